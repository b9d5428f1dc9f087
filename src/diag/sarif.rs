//! Findings in the form `sarif`.
