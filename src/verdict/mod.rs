//! What becomes of a finding: allowed by a comment, known from before, or told.

pub mod allow;
pub mod baseline;
pub mod suppress;
