//! The condition of an HTTP route on the wire.

use serde::{Serialize, Serializer};

use crate::kube::Labels;
use crate::kube::pairs::Pairs;
use crate::source::{Spanned, Text};
use crate::units::Port;

/// A condition on a request: all of its fields must hold.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpMatch {
    /// The path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<StringMatch>,
    /// The method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<StringMatch>,
    /// Headers that must fit.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub headers: Pairs<StringMatch>,
    /// Headers that must not.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub without_headers: Pairs<StringMatch>,
    /// Query parameters.
    #[serde(skip_serializing_if = "Pairs::is_empty")]
    pub query_params: Pairs<StringMatch>,
    /// The port that the caller asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<Spanned<Port>>,
    /// Labels of the caller's pod.
    #[serde(skip_serializing_if = "Labels::is_empty")]
    pub source_labels: Labels,
    /// The caller's namespace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_namespace: Option<Text>,
}

impl HttpMatch {
    /// Whether every request fits.
    pub fn is_empty(&self) -> bool {
        let Self {
            uri,
            method,
            headers,
            without_headers,
            query_params,
            port,
            source_labels,
            source_namespace,
        } = self;
        let some = uri.is_some() || method.is_some() || port.is_some() || source_namespace.is_some();
        let maps = [headers, without_headers, query_params];
        !some && maps.iter().all(|it| it.is_empty()) && source_labels.is_empty()
    }
}

/// A condition on a text.
#[derive(Clone, Debug)]
pub enum StringMatch {
    /// The very text.
    Exact(Text),
    /// Begins so.
    Prefix(Text),
    /// The whole text fits an RE2 pattern.
    Regex(Text),
    /// Any text, so that the thing is there at all: `{}` on the wire.
    Any,
}

impl Serialize for StringMatch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entry = match self {
            Self::Exact(text) => Some(("exact", text)),
            Self::Prefix(text) => Some(("prefix", text)),
            Self::Regex(text) => Some(("regex", text)),
            Self::Any => None,
        };
        serializer.collect_map(entry)
    }
}
