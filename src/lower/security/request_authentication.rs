//! An issuer becomes a RequestAuthentication for each service that checks its tokens.

use crate::kube::security::request_authentication::{JwtRule, RequestAuthenticationSpec};
use crate::kube::wave;
use crate::kube::{Manifest, RequestAuthentication};
use crate::lower::Context;
use crate::lower::security::scope;
use crate::profile::JwtIssuer;
use crate::profile::lookup::ServiceRef;
use crate::source::Text;

/// Every issuer is an object of its own: Istio adds up the rules of all objects that select a pod.
pub fn request_authentications(cx: &Context<'_>) -> Vec<Manifest> {
    cx.profile.jwt.iter().flat_map(|(key, issuer)| of_issuer(cx, key, issuer)).collect()
}

fn of_issuer(cx: &Context<'_>, key: &Text, issuer: &JwtIssuer) -> Vec<Manifest> {
    let JwtIssuer { issuer, jwks_uri, jwks, audiences, forward_original_token, to } = issuer;
    let rule = JwtRule {
        issuer: issuer.clone(),
        audiences: audiences.to_vec(),
        jwks_uri: jwks_uri.clone(),
        jwks: jwks.clone(),
        forward_original_token: *forward_original_token,
    };
    if to.is_empty() {
        let namespaces = scope::namespaces(cx.profile).into_keys();
        return namespaces.map(|it| of_namespace(cx, key.clone(), it, rule.clone())).collect();
    }
    let services = scope::services(cx.profile, to);
    if let [only] = services[..] {
        return vec![of_service(cx, key.clone(), only, rule)];
    }
    let several = services.iter().map(|it| of_service(cx, scope::name_for(key, *it), *it, rule.clone()));
    several.collect()
}

fn of_namespace(cx: &Context<'_>, name: Text, namespace: &Text, rule: JwtRule) -> Manifest {
    let metadata = cx.metadata(name, namespace, cx.common());
    let spec = RequestAuthenticationSpec { selector: None, jwt_rules: vec![rule] };
    cx.security(wave::FIRST, RequestAuthentication { metadata, spec })
}

fn of_service(cx: &Context<'_>, name: Text, service: ServiceRef<'_>, rule: JwtRule) -> Manifest {
    let metadata = cx.metadata(name, service.namespace(), cx.labels(service.name()));
    let spec = RequestAuthenticationSpec { selector: Some(scope::pods_of(service)), jwt_rules: vec![rule] };
    cx.security(wave::FIRST, RequestAuthentication { metadata, spec })
}

#[cfg(test)]
mod tests {
    use crate::lower::example::objects;

    const SERVICES: &str = "namespace: demo\nservices:\n  \
        a: { ports: { http: { number: 80 } }, versions: { v1: { image: x } } }\n  \
        b: { namespace: other, ports: { http: { number: 80 } }, versions: { v1: { image: x } } }\n";

    fn found(jwt: &str) -> Vec<String> {
        objects("RequestAuthentication", &format!("{SERVICES}jwt:\n  login: {jwt}\n"))
    }

    #[test]
    fn an_issuer_says_everything_of_its_tokens() {
        let whole = found(
            "{ issuer: 'https://login.example', jwksUri: 'https://login.example/keys', audiences: [web, app], \
             forwardOriginalToken: true, to: a }",
        );
        assert_eq!(
            whole,
            ["apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata:
  name: login
  namespace: demo
spec:
  selector:
    matchLabels:
      app: a
  jwtRules:
  - issuer: https://login.example
    audiences:
    - web
    - app
    jwksUri: https://login.example/keys
    forwardOriginalToken: true
"]
        );
    }

    #[test]
    fn without_services_every_namespace_checks() {
        let all = found("{ issuer: me, jwks: '{\"keys\":[]}' }");
        let places: Vec<_> = all.iter().filter_map(|it| it.lines().nth(4)).collect();
        assert_eq!(places, ["  namespace: demo", "  namespace: other"]);
        assert!(all.iter().all(|it| !it.contains("selector")));
    }

    #[test]
    fn several_services_have_an_object_each() {
        let names: Vec<_> = found("{ issuer: https://me.example, to: [b, a, other/b] }")
            .iter()
            .filter_map(|it| it.lines().nth(3))
            .map(str::to_owned)
            .collect();
        assert_eq!(names, ["  name: login.a", "  name: login.b"]);
    }
}
