//! Where a listener is bound: an address, or a socket of Unix.
//!
//! Source: `ValidateUnixAddress` in `pkg/config/validation` of Istio.

use crate::lint::words::Verdict;

/// What names of sockets begin with.
pub const UNIX: &str = "unix://";

/// The path of a socket, after `unix://`: a file, or the name of an abstract socket.
pub fn unix_path(text: &str) -> Verdict {
    match text {
        "" => Err("it names no socket".to_owned()),
        it if it.starts_with('@') => Ok(()),
        it if it.starts_with('/') && !it.ends_with('/') => Ok(()),
        _ => Err("it is no absolute path of a file".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::words::socket::unix_path;

    #[test]
    fn a_socket_is_a_file_or_abstract() {
        assert!(unix_path("/a/b").is_ok() && unix_path("@a").is_ok());
        assert!(unix_path("").is_err() && unix_path("a/b").is_err() && unix_path("/a/").is_err());
    }
}
