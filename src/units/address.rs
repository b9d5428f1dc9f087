//! Where a bundle is fetched from: the address of a repository, a folder in it, a revision.

/// How an address of a repository may start.
const SCHEMES: [&str; 4] = ["https", "http", "ssh", "oci"];

const EXAMPLE: &str = "as `https://git.example.com/team/mesh.git`";

/// What keeps a text from being the address of a repository, to follow the text: "is empty", "has a password in it".
pub fn repository_flaw(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some("is empty".to_owned());
    }
    let odd = |it: &char| !it.is_ascii_graphic() || "\"'<>\\^`{|}".contains(*it);
    if let Some(odd) = text.chars().find(odd) {
        return Some(format!("has `{}`, which is no part of a URL", odd.escape_debug()));
    }
    let (authority, path) = match text.split_once("://") {
        Some((scheme, _)) if !SCHEMES.contains(&scheme) => {
            return Some(format!(
                "starts with `{scheme}://`, which is none of `https://`, `http://`, `ssh://` and `oci://`"
            ));
        }
        Some((_, rest)) => rest.split_once('/').unwrap_or((rest, "")),
        None => match scp(text) {
            Some(parts) => parts,
            None => return Some(format!("is no URL, {EXAMPLE}")),
        },
    };
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    if user.contains(':') {
        return Some("has a password in it, and what is written here is for everybody to read".to_owned());
    }
    if !is_host(host) {
        return Some(format!("names no host, {EXAMPLE}"));
    }
    path.trim_matches('/').is_empty().then(|| format!("names a host and no repository on it, {EXAMPLE}"))
}

/// Host and path of `git@git.example.com:team/mesh.git`, as ssh itself writes it.
fn scp(text: &str) -> Option<(&str, &str)> {
    let (authority, path) = text.split_once(':')?;
    let (user, _) = authority.split_once('@')?;
    (!user.is_empty() && !authority.contains('/')).then_some((authority, path))
}

/// A name or an address, perhaps with a port.
fn is_host(host: &str) -> bool {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split_once(']').is_some_and(|(address, port)| {
            address.parse::<std::net::Ipv6Addr>().is_ok() && (port.is_empty() || is_port(port))
        });
    }
    let name = host.find(':').map_or(host, |at| &host[..at]);
    let inside = |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.' | b'_');
    let ends = |it: Option<u8>| it.is_some_and(|it| it.is_ascii_alphanumeric());
    let port = &host[name.len()..];
    name.bytes().all(inside)
        && ends(name.bytes().next())
        && ends(name.bytes().last())
        && (port.is_empty() || is_port(port))
}

fn is_port(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|it| it.parse::<u16>().is_ok_and(|it| it > 0))
}

/// The address with its scheme: Flux does not read what ssh itself writes, as `git@git.example.com:team/mesh.git`.
pub fn with_scheme(repository: &str) -> String {
    match scp(repository).filter(|_| !repository.contains("://")) {
        Some((authority, path)) => format!("ssh://{authority}/{}", path.trim_start_matches('/')),
        None => repository.to_owned(),
    }
}

/// What keeps a text from being a folder of a repository.
pub fn folder_flaw(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some("is empty: `.` is the root of the repository".to_owned());
    }
    if text.starts_with('/') {
        return Some("is absolute: it starts at the root of the repository".to_owned());
    }
    let odd = |it: &char| it.is_control() || matches!(it, '\\' | '{' | '}');
    if let Some(odd) = text.chars().find(odd) {
        return Some(format!("has `{}`, which no folder should have", odd.escape_debug()));
    }
    let parts: Vec<&str> = text.strip_suffix('/').unwrap_or(text).split('/').collect();
    if parts.contains(&"..") {
        return Some("leads through `..`, and must be written without".to_owned());
    }
    let blank = |it: &&str| it.is_empty() || it.trim().len() < it.len();
    parts.iter().any(blank).then(|| "has a part that is empty, or starts or ends with a space".to_owned())
}

/// A path of parts that are not `.`, below a folder of a repository: `./out/` and `canary` are `out/canary`.
pub fn below<'a>(folder: &'a str, parts: &[&'a str]) -> String {
    let whole: Vec<&str> =
        folder.split('/').filter(|it| !matches!(*it, "" | ".")).chain(parts.iter().copied()).collect();
    whole.join("/")
}

/// What keeps a text from being a branch, a tag, a commit or a range of versions.
pub fn revision_flaw(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some("is empty".to_owned());
    }
    let odd = |it: &char| it.is_control() || matches!(it, '\\' | '{' | '}' | '?' | '[' | '"' | '\'' | '`');
    if let Some(odd) = text.chars().find(odd) {
        return Some(format!("has `{}`, which no branch, tag or commit has", odd.escape_debug()));
    }
    if text.starts_with('-') || text.trim() != text {
        return Some("starts with `-`, or starts or ends with a space".to_owned());
    }
    let spaced = text.contains(' ') && !is_range(text);
    (spaced || text.contains(".."))
        .then(|| "has a space or `..`, which no branch, tag or commit has".to_owned())
}

/// Whether a revision is a range of versions, as `>=1.2.0 <2.0.0`.
pub fn is_range(revision: &str) -> bool {
    revision.starts_with(['<', '>', '=', '~', '^'])
}

/// Whether a revision is a version, as `v1.2.0`.
pub fn is_version(revision: &str) -> bool {
    let bare = revision.strip_prefix('v').unwrap_or(revision);
    let number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let mut parts = bare.splitn(3, '.');
    parts.next().is_some_and(number) && parts.next().is_some_and(number)
}

#[cfg(test)]
mod tests {
    use super::{below, folder_flaw, is_version, repository_flaw, revision_flaw, with_scheme};

    #[test]
    fn a_repository_has_a_scheme_a_host_and_a_path() {
        for fine in [
            "https://git.example.com/team/mesh.git",
            "http://git.local:3000/mesh",
            "ssh://git@git.example.com:22/mesh.git",
            "git@git.example.com:team/mesh.git",
            "oci://registry.example.com/mesh",
            "https://user@[::1]:8443/mesh",
        ] {
            assert_eq!(repository_flaw(fine), None, "{fine}");
        }
        for wrong in [
            "",
            "mesh",
            "../mesh",
            "git.example.com/mesh",
            "ftp://git.example.com/mesh",
            "https://",
            "https:///mesh",
            "https://git.example.com",
            "https://git.example.com/",
            "https://git.example.com:99999/mesh",
            "https://-/mesh",
            "https://git.example.com/a b",
            "https://git.example.com/{{.env}}",
            "https://git.example.com/a\nb",
            "https://me:secret@git.example.com/mesh",
            "@host:path",
            "a/b@host:path",
        ] {
            assert!(repository_flaw(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn what_ssh_writes_is_a_url_too() {
        assert_eq!(
            with_scheme("git@git.example.com:team/mesh.git"),
            "ssh://git@git.example.com/team/mesh.git"
        );
        assert_eq!(with_scheme("ssh://git@git.example.com:22/mesh"), "ssh://git@git.example.com:22/mesh");
    }

    #[test]
    fn a_folder_stays_in_its_repository() {
        for fine in [".", "./", "out", "./out/", "a/b.c/d e"] {
            assert_eq!(folder_flaw(fine), None, "{fine}");
        }
        for wrong in ["", "/", "/out", "..", "a/../b", "a//b", "a\\b", "{{.path}}", "a/ b", "a\n"] {
            assert!(folder_flaw(wrong).is_some(), "{wrong:?}");
        }
        assert_eq!(below("./out/", &["canary"]), "out/canary");
        assert_eq!(below(".", &["dev", "canary"]), "dev/canary");
    }

    #[test]
    fn a_revision_is_what_git_takes_or_a_range() {
        for fine in
            ["main", "v1.2.0", "feature/x", "refs/pull/420/head", ">=1.0.0 <2.0.0", "sha256:ab", "0a1b"]
        {
            assert_eq!(revision_flaw(fine), None, "{fine}");
        }
        for wrong in ["", " main", "a b", "a..b", "-x", "@{1}", "a\nb", "{{.env}}"] {
            assert!(revision_flaw(wrong).is_some(), "{wrong:?}");
        }
        assert!(is_version("v1.2") && is_version("1.2.0-rc.1") && !is_version("main") && !is_version("1"));
    }
}
