//! URLs as Go reads them: what `ParseRequestURI` takes, and its parts.

use std::net::Ipv6Addr;
use std::rc::Rc;

use crate::crds::cel::Stop;
use crate::crds::cel::val::Val;

/// A URL in its parts.
#[derive(Debug, Default)]
pub struct Url {
    /// As it was written.
    pub text: String,
    scheme: String,
    host: String,
    path: String,
    query: String,
}

/// The functions by name; `None` if it is none of them.
pub fn call<'a>(name: &str, values: &[Val<'a>]) -> Option<Result<Val<'a>, Stop>> {
    Some(Ok(match (name, values) {
        ("isURL", [Val::Text(it)]) => Val::Bool(is_request_uri(it)),
        ("url", [Val::Url(_)]) => values[0].clone(),
        ("url", [Val::Text(it)]) => match Url::parse(it) {
            Some(url) => Val::Url(Rc::new(url)),
            None => return Some(Err(Stop::Failed(format!("URL parse error: `{it}` is no absolute URL")))),
        },
        ("getScheme", [Val::Url(it)]) => Val::made(&*it.scheme),
        ("getHost", [Val::Url(it)]) => Val::made(&*it.host),
        ("getHostname", [Val::Url(it)]) => {
            let host = it.host_and_port().0;
            Val::made(host.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(host))
        }
        ("getPort", [Val::Url(it)]) => Val::made(it.host_and_port().1),
        ("getEscapedPath", [Val::Url(it)]) => Val::made(escaped(&it.path)),
        ("getQuery", [Val::Url(it)]) => it.query(),
        _ => return None,
    }))
}

/// Whether a text is a URL with a scheme, or a path from the root.
pub fn is_request_uri(text: &str) -> bool {
    parse(text, true).is_some()
}

impl Url {
    fn parse(text: &str) -> Option<Self> {
        parse(text, true)?;
        // Asked as a request, `#` belongs to the path; the parts are without a fragment.
        parse(text.split_once('#').map_or(text, |(it, _)| it), false)
    }

    fn host_and_port(&self) -> (&str, &str) {
        match self.host.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port),
            _ => (&self.host, ""),
        }
    }

    fn query<'a>(&self) -> Val<'a> {
        let mut all: Vec<(String, Vec<Val<'a>>)> = Vec::new();
        for pair in self.query.split('&').filter(|it| !it.is_empty() && !it.contains(';')) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let plain = |it: &str| unescape(&it.replace('+', " "));
            let (Some(key), Some(value)) = (plain(key), plain(value)) else { continue };
            match all.iter_mut().find(|(it, _)| *it == key) {
                Some((_, values)) => values.push(Val::made(value)),
                None => all.push((key, vec![Val::made(value)])),
            }
        }
        Val::Map(Rc::new(all.into_iter().map(|(key, values)| (Val::made(key), Val::list(values))).collect()))
    }
}

fn parse(text: &str, request: bool) -> Option<Url> {
    if text.bytes().any(|it| it < 0x20 || it == 0x7f) || (text.is_empty() && request) {
        return None;
    }
    let mut url = Url { text: text.to_owned(), ..Url::default() };
    if text == "*" {
        text.clone_into(&mut url.path);
        return Some(url);
    }
    let (scheme, rest) = scheme(text)?;
    url.scheme = scheme.to_ascii_lowercase();
    let (mut rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    query.clone_into(&mut url.query);
    if !rest.starts_with('/') {
        if !scheme.is_empty() {
            return Some(url);
        }
        if request || rest.split('/').next().is_some_and(|it| it.contains(':')) {
            return None;
        }
    }
    if let Some(authority) =
        rest.strip_prefix("//").filter(|it| !scheme.is_empty() || !(request || it.starts_with('/')))
    {
        let end = authority.find('/').unwrap_or(authority.len());
        url.host = host_of(&authority[..end])?;
        rest = &authority[end..];
    }
    unescape(rest)?;
    rest.clone_into(&mut url.path);
    Some(url)
}

/// The scheme, empty if there is none, and the rest.
fn scheme(text: &str) -> Option<(&str, &str)> {
    for (at, letter) in text.char_indices() {
        match letter {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if at > 0 => {}
            ':' if at == 0 => return None,
            ':' => return Some((&text[..at], &text[at + 1..])),
            _ => break,
        }
    }
    Some(("", text))
}

fn host_of(authority: &str) -> Option<String> {
    let host = match authority.rsplit_once('@') {
        Some((user, host)) => {
            let usable = |it: char| it.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(it);
            unescape(user).filter(|_| user.chars().all(usable))?;
            host
        }
        None => authority,
    };
    let port = match host.strip_prefix('[') {
        Some(inside) => {
            let (address, port) = inside.rsplit_once(']')?;
            address.split("%25").next()?.parse::<Ipv6Addr>().ok()?;
            port
        }
        None => host.find(':').map_or("", |it| &host[it..]),
    };
    let digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    if !port.is_empty() && !port.strip_prefix(':').is_some_and(digits) {
        return None;
    }
    let usable =
        |it: char| it.is_ascii_alphanumeric() || !it.is_ascii() || "-_.~!$&'()*+,;=:[]<>\"%".contains(it);
    let escapes = |it: &str| {
        it.split('%').skip(1).all(|it| it.starts_with("25") || it.as_bytes().first() >= Some(&b'8'))
    };
    if !host.chars().all(usable) || !escapes(host) {
        return None;
    }
    unescape(host)
}

/// The text without its escapes; `None` if one is broken.
fn unescape(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            out.push(u8::try_from(value).ok()?);
        } else {
            out.push(byte);
        }
    }
    Some(String::from_utf8_lossy(&out).into_owned())
}

fn escaped(path: &str) -> String {
    let plain = |it: u8| it.is_ascii_alphanumeric() || b"-_.~$&+,/:;=@!'()*[]%".contains(&it);
    let byte = |it: u8| if plain(it) { char::from(it).to_string() } else { format!("%{it:02X}") };
    path.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use crate::crds::cel::url::is_request_uri;

    #[test]
    fn what_go_takes_for_a_request_is_taken() {
        for good in [
            "https://a.example/x?y=1",
            "/a/b",
            "oci://x/y:z",
            "mailto:x",
            "http://[::1]:80/",
            "file:///x",
            "*",
        ] {
            assert!(is_request_uri(good), "{good}");
        }
        for bad in ["", "a.example", "http://a b/", "http://a:b/", "://x", "http://[::1", "/%zz", "1a:b"] {
            assert!(!is_request_uri(bad), "{bad}");
        }
    }
}
