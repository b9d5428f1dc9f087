//! Findings in the form `human`.
