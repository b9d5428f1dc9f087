//! What a port speaks, as Istio takes it from the port's own words.
//!
//! Source: `pkg/config/kube/conversion.go` and `pkg/config/protocol/instance.go`.

use crate::yaml::Node;

/// A protocol that Istio tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the protocols")]
pub enum Protocol {
    Http,
    HttpProxy,
    Http2,
    Grpc,
    GrpcWeb,
    Https,
    Tls,
    Tcp,
    Udp,
    Mongo,
    Redis,
    Mysql,
    /// Nobody said it, or no word that Istio knows: proxies look at the first bytes of each connection.
    Unknown,
}

/// The words for protocols, of ports of Services and of Istio's own kinds.
pub const PROTOCOLS: &[(&str, Protocol)] = &[
    ("http", Protocol::Http),
    ("http2", Protocol::Http2),
    ("http_proxy", Protocol::HttpProxy),
    ("https", Protocol::Https),
    ("grpc", Protocol::Grpc),
    ("grpc-web", Protocol::GrpcWeb),
    ("tcp", Protocol::Tcp),
    ("tls", Protocol::Tls),
    ("udp", Protocol::Udp),
    ("mongo", Protocol::Mongo),
    ("mysql", Protocol::Mysql),
    ("redis", Protocol::Redis),
];

/// Ports whose servers speak first: Istio does not wait there for the client's first bytes.
const SERVER_SPEAKS_FIRST: &[i64] = &[25, 53, 3306, 27017];

impl Protocol {
    /// The protocol of a word of `Port.protocol`, whatever its case.
    pub fn of_word(word: &str) -> Self {
        PROTOCOLS.iter().find(|it| it.0.eq_ignore_ascii_case(word)).map_or(Self::Unknown, |it| it.1)
    }

    /// The protocol of a port of a Service.
    pub fn of_service_port(port: &Node) -> Self {
        if port.word("protocol").is_some_and(|it| it == "UDP") {
            return Self::Udp;
        }
        let said = port.word("appProtocol");
        match said.map_or("", |it| it.as_str()) {
            "kubernetes.io/h2c" => return Self::Http2,
            "kubernetes.io/ws" => return Self::Http,
            "kubernetes.io/wss" => return Self::Https,
            _ => {}
        }
        let word = said.or_else(|| port.word("name")).map_or("", |it| it.as_str());
        match Self::of_prefix(word) {
            Self::Unknown if port.whole("port").is_some_and(|it| SERVER_SPEAKS_FIRST.contains(&it)) => {
                Self::Tcp
            }
            known => known,
        }
    }

    /// The protocol that a name begins with: `http-admin` is HTTP.
    pub fn of_prefix(name: &str) -> Self {
        // The one word with a hyphen of its own needs none behind it.
        if name.get(..8).is_some_and(|it| it.eq_ignore_ascii_case("grpc-web")) {
            return Self::GrpcWeb;
        }
        Self::of_word(name.split('-').next().unwrap_or_default())
    }

    /// Whether rules about requests apply: everything else is bytes to a proxy.
    pub fn is_http(self) -> bool {
        matches!(self, Self::Http | Self::HttpProxy | Self::Http2 | Self::Grpc | Self::GrpcWeb)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        PROTOCOLS.iter().find(|it| it.1 == self).map_or("unknown", |it| it.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Protocol;
    use crate::mesh::Cluster;

    fn of(port: &str) -> Protocol {
        let text = format!("{{ apiVersion: v1, kind: Port, metadata: {{ name: a }}, port: {port} }}");
        Protocol::of_service_port(Cluster::parse(&text).objects()[0].node.get("port").unwrap())
    }

    #[test]
    fn the_words_of_a_port_say_its_protocol() {
        assert_eq!(of("{ name: http-admin, port: 80 }"), Protocol::Http);
        assert_eq!(of("{ name: grpc-web-x, port: 80 }"), Protocol::GrpcWeb);
        assert_eq!(of("{ name: x, port: 80, protocol: UDP, appProtocol: http }"), Protocol::Udp);
        assert_eq!(of("{ name: http, port: 80, appProtocol: kubernetes.io/h2c }"), Protocol::Http2);
        assert_eq!(of("{ name: http, port: 80, appProtocol: mine }"), Protocol::Unknown);
        assert_eq!(of("{ name: db, port: 3306 }"), Protocol::Tcp);
        assert_eq!(of("{ port: 80 }"), Protocol::Unknown);
        assert_eq!(Protocol::Http2.word(), "http2");
    }
}
