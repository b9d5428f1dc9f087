//! Access logs and tracing become one Telemetry a namespace.

use std::collections::BTreeMap;

use crate::kube::observability::telemetry::{
    AccessLogging, Filter, Provider, Side, Tag, TelemetrySpec, Tracing,
};
use crate::kube::wave;
use crate::kube::{self, Manifest, made};
use crate::lower::Context;
use crate::lower::security::scope;
use crate::profile::Telemetry;
use crate::profile::telemetry::{self as told, AccessLog, AuditLog};
use crate::source::Text;

/// One for each namespace, because of several Istio heeds the oldest only.
pub fn telemetries(cx: &Context<'_>) -> Vec<Manifest> {
    let Some(Telemetry { access_log, audit_log, tracing }) = &cx.profile.telemetry else {
        return Vec::new();
    };
    let spec = TelemetrySpec {
        access_logging: access_log.iter().map(logged).chain(audit_log.iter().map(audited)).collect(),
        tracing: tracing.iter().map(traced).collect(),
    };
    let of = |namespace: &Text| {
        let metadata = cx.metadata(made("default"), namespace, cx.common());
        cx.telemetry(wave::WATCH, kube::Telemetry { metadata, spec: spec.clone() })
    };
    scope::namespaces(cx.profile).into_keys().map(of).collect()
}

fn logged(log: &AccessLog) -> AccessLogging {
    let AccessLog { providers, filter } = log;
    AccessLogging {
        side: None,
        providers: providers.iter().map(provider).collect(),
        filter: filter.as_ref().map(|it| Filter { expression: it.clone() }),
    }
}

/// Once for each refusal: by the proxy that refused, not by that of the caller, too.
fn audited(log: &AuditLog) -> AccessLogging {
    let AuditLog { providers } = log;
    AccessLogging {
        side: Some(Side { mode: "SERVER" }),
        providers: providers.iter().map(provider).collect(),
        filter: Some(Filter { expression: made("response.code == 401 || response.code == 403") }),
    }
}

fn traced(tracing: &told::Tracing) -> Tracing {
    let told::Tracing { provider: name, sampling_percent, tags, header_tags } = tracing;
    let literal = tags.iter().map(|(tag, it)| (tag.value.clone(), Tag::Literal { value: it.clone() }));
    let header = header_tags.iter().map(|(tag, it)| (tag.value.clone(), Tag::Header { name: it.clone() }));
    Tracing {
        providers: name.iter().map(provider).collect(),
        random_sampling_percentage: *sampling_percent,
        custom_tags: literal.chain(header).collect::<BTreeMap<_, _>>(),
    }
}

fn provider(name: &Text) -> Provider {
    Provider { name: name.clone() }
}

#[cfg(test)]
mod tests {
    use crate::lower::example::objects;

    #[test]
    fn each_namespace_has_one_that_says_everything() {
        let found = objects(
            "Telemetry",
            "namespace: demo\ntelemetry:\n  accessLog: { providers: [envoy, audit], filter: response.code >= 400 }\n  \
             tracing: { provider: otel, samplingPercent: 0.5%, tags: { team: shop }, headerTags: { user: x-user } }\n\
             clients: { c: { image: c, namespace: other } }",
        );
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[0],
            "apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata:
  name: default
  namespace: demo
spec:
  accessLogging:
  - providers:
    - name: envoy
    - name: audit
    filter:
      expression: response.code >= 400
  tracing:
  - providers:
    - name: otel
    randomSamplingPercentage: 0.5
    customTags:
      team:
        literal:
          value: shop
      user:
        header:
          name: x-user
"
        );
    }

    #[test]
    fn refusals_are_logged_besides_by_the_proxy_that_refused() {
        let found = objects(
            "Telemetry",
            "telemetry: { accessLog: { providers: envoy }, auditLog: { providers: audit } }",
        );
        let expected = "  accessLogging:
  - providers:
    - name: envoy
  - match:
      mode: SERVER
    providers:
    - name: audit
    filter:
      expression: response.code == 401 || response.code == 403
";
        assert!(found[0].ends_with(expected), "{}", found[0]);
    }
}
