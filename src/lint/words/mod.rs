//! The small judgements that many rules share: a text fits, or here is the reason why it does not.
//!
//! A reason is a clause that follows a colon: ``format!("`{host}` is no host name: {reason}")``.

#![allow(dead_code, reason = "every room takes its own of them")]

pub mod address;
pub mod duration;
pub mod header;
pub mod host;
pub mod label;
pub mod protocol;
pub mod regex;
pub mod scoped_host;
pub mod socket;
mod unicode;
pub mod uri;

/// Nothing, or the reason.
pub type Verdict = Result<(), String>;

/// A port that traffic can use.
pub fn port(number: i64) -> Verdict {
    if (1..=65535).contains(&number) { Ok(()) } else { Err("a port is between 1 and 65535".to_owned()) }
}

#[cfg(test)]
mod tests {
    use crate::lint::words::port;

    #[test]
    fn a_port_has_sixteen_bits_and_is_not_zero() {
        assert!(port(1).is_ok() && port(65535).is_ok());
        assert!(port(0).is_err() && port(65536).is_err() && port(-1).is_err());
    }
}
