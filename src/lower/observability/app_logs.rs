//! What applications are told of logging: two variables, and labels by which a log shipper knows their pods.

use crate::kube::base::container::EnvVar;
use crate::kube::{Labels, made};
use crate::lower::base::workload::Workload;
use crate::profile::observability::AppLogs;
use crate::source::Text;

/// `LOG_LEVEL` and `LOG_FORMAT`, where the workload's own environment does not speak of them.
pub fn variables(workload: &Workload<'_>) -> Vec<EnvVar> {
    let Some(AppLogs { level, format, labels: _ }) = workload.logs else { return Vec::new() };
    let said = |name: &str| workload.make.env.find(name).is_some();
    let variable = |(name, value): (&str, &Option<Text>)| {
        let value = value.clone().filter(|_| !said(name))?;
        Some(EnvVar { name: made(name), value: Some(value), value_from: None })
    };
    [("LOG_LEVEL", level), ("LOG_FORMAT", format)].into_iter().filter_map(variable).collect()
}

/// Adds the labels for log shippers; whatever a workload says itself is said after.
pub fn label(workload: &Workload<'_>, labels: &mut Labels) {
    for (key, value) in workload.logs.iter().flat_map(|it| it.labels.iter()) {
        labels.set(key.to_string(), value.value.clone());
    }
}

#[cfg(test)]
mod tests {
    use crate::lower::example::object;

    const LOGS: &str =
        "observability: { logs: { level: warn, format: json, labels: { logs: json, team: mesh } } }\n";

    #[test]
    fn every_container_is_told_how_to_log() {
        let text = object(&format!("{LOGS}clients: {{ c: {{}} }}"), "Deployment", "c");
        let told = "        env:\n        - name: LOG_LEVEL\n          value: warn\n        - name: LOG_FORMAT\n          value: json\n";
        assert!(text.contains(told), "{text}");
        assert_eq!(text.matches("logs: json\n").count(), 1, "{text}");
    }

    #[test]
    fn a_workload_has_the_last_word() {
        let profile =
            format!("{LOGS}clients: {{ c: {{ env: {{ LOG_LEVEL: debug }}, labels: {{ team: blue }} }} }}");
        let text = object(&profile, "Deployment", "c");
        assert!(!text.contains("warn") && text.matches("name: LOG_LEVEL").count() == 1, "{text}");
        assert!(text.contains("team: blue\n") && !text.contains("team: mesh"), "{text}");
    }
}
