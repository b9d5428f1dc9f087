//! Commands that a reader types: words quoted, long lines broken where a shell lets them be.

use crate::template::shell;

/// Words as one line of a shell, each quoted where it must be.
pub fn line<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    words.into_iter().map(shell).collect::<Vec<_>>().join(" ")
}

/// `kubectl exec` in the container of a Deployment: what follows is typed there.
pub fn exec(namespace: &str, deployment: &str) -> String {
    line(["kubectl", "-n", namespace, "exec", &format!("deploy/{deployment}"), "-c", "app", "--"])
}
