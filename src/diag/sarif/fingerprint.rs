//! What tells a finding apart from others, whatever moves around it.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::diag::Diagnostic;
use crate::diag::sarif::uri::hex;

/// Tells findings apart across runs by what they say, as lines move when the file is edited.
#[derive(Default)]
pub struct Fingerprints {
    seen: BTreeMap<String, usize>,
}

impl Fingerprints {
    /// A hash of code, file and message, and how many times it has been seen, this time included.
    pub fn of(&mut self, diagnostic: &Diagnostic, uri: &str) -> String {
        let identity = format!("{}\0{uri}\0{}", diagnostic.code.id, diagnostic.message);
        let hash = Sha256::digest(identity.as_bytes());
        let digits = hash.iter().flat_map(|it| [hex(it >> 4), hex(it & 15)]);
        let hash: String = digits.map(|it| it.to_ascii_lowercase()).collect();
        let times = self.seen.entry(hash.clone()).or_default();
        *times += 1;
        format!("{hash}:{times}")
    }
}
