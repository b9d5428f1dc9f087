//! Findings in the form `json`.
