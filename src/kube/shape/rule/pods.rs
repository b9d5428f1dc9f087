//! x

use crate::kube::shape::rule::Check;

/// The checks by name.
pub const CHECKS: &[(&str, Check)] = &[];
