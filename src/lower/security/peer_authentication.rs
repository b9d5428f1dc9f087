//! A mutual TLS mode becomes a PeerAuthentication: of the mesh, of a namespace, of a service.

use std::collections::BTreeMap;

use crate::kube::security::peer_authentication::{MutualTls, PeerAuthenticationSpec};
use crate::kube::wave;
use crate::kube::{Manifest, PeerAuthentication, made};
use crate::lower::Context;
use crate::lower::security::scope;
use crate::profile::lookup::ServiceRef;
use crate::profile::security::ServiceMtls;
use crate::profile::{Mtls, MtlsMode};
use crate::source::{Spanned, Text};

/// Every mode that the profile says.
pub fn peer_authentications(cx: &Context<'_>) -> Vec<Manifest> {
    let Mtls { mesh, namespace, namespaces: single } = &cx.profile.mtls;
    let root = &cx.profile.mesh.root_namespace;
    let mut modes = BTreeMap::new();
    if let Some(mode) = namespace {
        modes.extend(scope::namespaces(cx.profile).into_keys().map(|it| (it, mode)));
    }
    modes.extend(single.iter().filter(|(it, _)| *it != root));
    modes.extend(mesh.as_ref().map(|mode| (root, mode)));
    let wide = modes.into_iter().map(|(namespace, mode)| of_namespace(cx, namespace, *mode));
    wide.chain(cx.profile.service_refs().filter_map(|it| of_service(cx, it))).collect()
}

/// In the root namespace such an object is for the whole mesh.
fn of_namespace(cx: &Context<'_>, namespace: &Text, mode: Spanned<MtlsMode>) -> Manifest {
    let metadata = cx.metadata(made("default"), namespace, cx.common());
    let spec =
        PeerAuthenticationSpec { selector: None, mtls: Some(asked(mode)), port_level_mtls: BTreeMap::new() };
    manifest(cx, mode.value == MtlsMode::Strict, PeerAuthentication { metadata, spec })
}

fn of_service(cx: &Context<'_>, service: ServiceRef<'_>) -> Option<Manifest> {
    let ServiceMtls { mode, ports } = service.service.mtls.as_ref()?;
    let named = |(name, mode): (&Text, &Spanned<MtlsMode>)| {
        service.service.ports.get(name).map(|port| (port.target().value, asked(*mode)))
    };
    let spec = PeerAuthenticationSpec {
        selector: Some(scope::pods_of(service)),
        mtls: mode.map(asked),
        port_level_mtls: ports.iter().filter_map(named).collect(),
    };
    if spec.mtls.is_none() && spec.port_level_mtls.is_empty() {
        return None;
    }
    let strict = mode.iter().chain(ports.values()).any(|it| it.value == MtlsMode::Strict);
    let metadata = cx.metadata(service.name().clone(), service.namespace(), cx.labels(service.name()));
    Some(manifest(cx, strict, PeerAuthentication { metadata, spec }))
}

fn asked(mode: Spanned<MtlsMode>) -> MutualTls {
    let word = match mode.value {
        MtlsMode::Strict => "STRICT",
        MtlsMode::Permissive => "PERMISSIVE",
        MtlsMode::Disable => "DISABLE",
    };
    MutualTls { mode: mode.with(word) }
}

/// What opens goes first, what shuts out goes last: no caller meets a door that is shut too early.
fn manifest(cx: &Context<'_>, strict: bool, object: PeerAuthentication) -> Manifest {
    cx.security(if strict { wave::BEFORE_PODS } else { wave::FIRST }, object)
}

#[cfg(test)]
mod tests {
    use crate::lower::example::objects;

    fn modes(profile: &str) -> Vec<String> {
        objects("PeerAuthentication", profile)
            .into_iter()
            .map(|it| it.split_once("metadata:\n").unwrap().1.to_owned())
            .collect()
    }

    #[test]
    fn a_mode_is_that_of_every_namespace_but_those_that_say_another() {
        let found = modes(
            "namespace: demo\nmtls: { namespace: strict, namespaces: { old: permissive } }\n\
             clients: { c: { image: c, namespace: old } }",
        );
        assert_eq!(
            found,
            [
                "  name: default\n  namespace: old\nspec:\n  mtls:\n    mode: PERMISSIVE\n",
                "  name: default\n  namespace: demo\nspec:\n  mtls:\n    mode: STRICT\n",
            ],
            "what opens goes first"
        );
    }

    #[test]
    fn the_mode_of_the_mesh_is_that_of_the_root_namespace() {
        let found = modes(
            "namespace: demo\nmesh: { rootNamespace: root }\nmtls: { mesh: permissive, namespace: null }",
        );
        assert_eq!(found, ["  name: default\n  namespace: root\nspec:\n  mtls:\n    mode: PERMISSIVE\n"]);
    }

    #[test]
    fn a_port_has_the_number_that_the_pod_listens_on() {
        let found = modes(
            "namespace: demo\nmtls: { namespace: null }\nservices:\n  hello:\n    \
             ports: { http: { number: 80, target: 8080 }, db: { number: 5432, protocol: tcp } }\n    \
             versions: { v1: { image: x } }\n    mtls: { mode: strict, ports: { http: disable, db: permissive } }",
        );
        assert_eq!(
            found,
            [
                "  name: hello\n  namespace: demo\nspec:\n  selector:\n    matchLabels:\n      app: hello\n  mtls:\n    \
              mode: STRICT\n  portLevelMtls:\n    \"5432\":\n      mode: PERMISSIVE\n    \"8080\":\n      mode: DISABLE\n"
            ]
        );
    }
}
