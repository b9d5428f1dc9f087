//! What Istio and Kiali say that no files can: each code with the reason.

/// A code of another tool that no rule has, and why files do not decide it.
#[derive(Clone, Copy, Debug)]
pub struct Undecidable {
    /// The code, as `IST0141`.
    pub id: &'static str,
    /// What would have to be known, in one sentence.
    pub reason: &'static str,
}

const fn row(id: &'static str, reason: &'static str) -> Undecidable {
    Undecidable { id, reason }
}

/// All of them, by code.
pub const UNDECIDABLE: &[Undecidable] = &[
    row("IST0001", "It speaks of a mistake inside of istioctl, and no analyzer says it."),
    row(
        "IST0126",
        "Which registries a network may name is told by the secrets that join remote clusters to the control plane.",
    ),
    row("IST0141", "What somebody may create is for the API server of a cluster to say, when it is asked."),
    row("IST0142", "The release of Kubernetes is that of a running API server."),
    row("IST0143", "On which addresses a process listens is known only where it runs."),
    row("IST0168", "No release of Istio that is still served says it; it compares two installations."),
    row(
        "IST0169",
        "It compares the installed release with the one that is to come, and asks running proxies.",
    ),
    row("IST0170", "It compares the Services of several clusters, and files are those of one."),
    row("KIA0107", "The identities of remote clusters are in their own API servers."),
];

#[cfg(test)]
mod tests {
    use super::UNDECIDABLE;

    #[test]
    fn codes_stand_in_order_each_with_one_sentence() {
        assert!(UNDECIDABLE.is_sorted_by(|a, b| a.id < b.id));
        for it in UNDECIDABLE {
            assert!(it.reason.ends_with('.') && !it.reason.trim_end_matches('.').contains(". "), "{}", it.id);
        }
    }
}
