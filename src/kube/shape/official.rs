//! The table against the types of `k8s-openapi`: every field of every kind, and what it takes.

use std::cell::RefCell;
use std::fmt;

use k8s_openapi::Resource;
use k8s_openapi::api::{
    admissionregistration, apps, authentication, authorization, autoscaling, batch, certificates,
    coordination, core, discovery, events, flowcontrol, networking, node, policy, rbac, resource, scheduling,
    storage,
};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions;
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::kube::shape::types::Type;
use crate::kube::shape::{builtin, find};

/// What asks a type for its fields, one after the other, beside what our table says of them.
#[derive(Clone, Copy)]
struct Probe<'a> {
    ours: Option<&'a Type>,
    path: &'a str,
    depth: usize,
    differences: &'a RefCell<Vec<String>>,
}

fn ask<T: DeserializeOwned + Resource>(differences: &RefCell<Vec<String>>) {
    let path = format!("{} {}", T::API_VERSION, T::KIND);
    let served = find(T::API_VERSION, T::KIND)
        .filter(|it| it.served.versions.contains(&crate::kube::shape::version(T::API_VERSION)));
    let Some(known) = served else {
        differences.borrow_mut().push(format!("{path} is not in the table"));
        return;
    };
    let place = builtin().place(known.object.name);
    let ours = Type::Object(known.object.name, place);
    let probe = Probe { ours: Some(&ours), path: &path, depth: 0, differences };
    if let Err(wrong) = T::deserialize(probe) {
        differences.borrow_mut().push(format!("{path}: {wrong}"));
    }
}

macro_rules! ask {
    ($differences:expr, $($group:ident::$version:ident: $($kind:ident)+;)+) => {
        $($(ask::<$group::$version::$kind>($differences);)+)+
    };
}

#[test]
fn every_field_of_the_official_types_is_in_the_table() {
    let differences = RefCell::default();
    ask!(&differences,
        admissionregistration::v1: MutatingWebhookConfiguration ValidatingWebhookConfiguration
            ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding;
        admissionregistration::v1alpha1: MutatingAdmissionPolicy MutatingAdmissionPolicyBinding;
        apiextensions::v1: CustomResourceDefinition;
        apiregistration::v1: APIService;
        apps::v1: ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet;
        authentication::v1: SelfSubjectReview TokenRequest TokenReview;
        authorization::v1: LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview;
        autoscaling::v1: HorizontalPodAutoscaler Scale;
        autoscaling::v2: HorizontalPodAutoscaler;
        batch::v1: CronJob Job;
        certificates::v1: CertificateSigningRequest;
        certificates::v1alpha1: ClusterTrustBundle;
        certificates::v1beta1: ClusterTrustBundle;
        coordination::v1: Lease;
        coordination::v1alpha2: LeaseCandidate;
        coordination::v1beta1: LeaseCandidate;
        core::v1: Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume
            PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount;
        discovery::v1: EndpointSlice;
        events::v1: Event;
        flowcontrol::v1: FlowSchema PriorityLevelConfiguration;
        networking::v1: Ingress IngressClass IPAddress NetworkPolicy ServiceCIDR;
        networking::v1beta1: IPAddress ServiceCIDR;
        node::v1: RuntimeClass;
        policy::v1: Eviction PodDisruptionBudget;
        rbac::v1: ClusterRole ClusterRoleBinding Role RoleBinding;
        resource::v1beta1: DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice;
        resource::v1beta2: DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice;
        scheduling::v1: PriorityClass;
        storage::v1: CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment;
        storage::v1beta1: VolumeAttributesClass;
    );
    assert_eq!(differences.into_inner(), Vec::<String>::new());
}

#[derive(Debug)]
struct Wrong(String);

impl Error for Wrong {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl std::error::Error for Wrong {}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Probe<'_> {
    fn expect(self, holds: bool, what: &str) {
        if !holds && !matches!(self.ours, Some(Type::Any) | None) {
            self.differences.borrow_mut().push(format!("{} takes {what}, not {:?}", self.path, self.ours));
        }
    }

    fn text(self) -> &'static str {
        match self.ours {
            Some(Type::Text(format, _)) if format.name == "time" => "2026-01-01T00:00:00Z",
            Some(Type::Text(format, _)) if format.name == "base64" => "YQ==",
            _ => "1",
        }
    }
}

macro_rules! scalars {
    ($($name:ident $visit:ident $value:expr, $what:literal, $ours:pat,)+) => {
        $(fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            self.expect(matches!(self.ours, Some($ours)), $what);
            visitor.$visit($value)
        })+
    };
}

impl<'de> Deserializer<'de> for Probe<'de> {
    type Error = Wrong;

    scalars! {
        deserialize_bool visit_bool false, "a boolean", Type::Bool,
        deserialize_i32 visit_i32 1, "a whole number", Type::Whole(..),
        deserialize_i64 visit_i64 1, "a whole number", Type::Whole(..),
        deserialize_f64 visit_f64 1.0, "a number", Type::Number(_),
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_str(self.text())
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let fits = matches!(self.ours, Some(Type::Text(..) | Type::Words(_) | Type::Quantity));
        self.expect(fits, "a text");
        visitor.visit_str(self.text())
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.expect(matches!(self.ours, Some(Type::List(_))), "a list");
        let item = match self.ours {
            Some(Type::List(list)) => Some(&list.item),
            _ => None,
        };
        visitor.visit_seq(Items(Some(Probe { ours: item, depth: self.depth + 1, ..self })))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.expect(matches!(self.ours, Some(Type::Map(..) | Type::Mapping)), "a mapping");
        let value = match self.ours {
            Some(Type::Map(_, value, _)) => Some(&**value),
            _ => None,
        };
        let known = value.is_some_and(|it| !matches!(it, Type::Any));
        let key: &'static [&'static str] = if known { &["a"] } else { &[] };
        visitor.visit_map(Fields { probe: Probe { depth: self.depth + 1, ..self }, value, keys: key.iter() })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.expect(matches!(self.ours, Some(Type::Object(..))), "an object");
        let deep = self.depth > 24 || !matches!(self.ours, Some(Type::Object(..)));
        let keys = if deep { [].iter() } else { fields.iter() };
        visitor.visit_map(Fields { probe: Probe { depth: self.depth + 1, ..self }, value: None, keys })
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u32 u64 u128 f32 char bytes byte_buf unit unit_struct tuple tuple_struct enum identifier
        ignored_any
    }
}

struct Items<'a>(Option<Probe<'a>>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Wrong;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Wrong> {
        self.0.take().filter(|it| it.ours.is_some()).map(|it| seed.deserialize(it)).transpose()
    }
}

struct Fields<'a> {
    probe: Probe<'a>,
    /// What the key takes that is next.
    value: Option<&'a Type>,
    keys: std::slice::Iter<'static, &'static str>,
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Wrong;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Wrong> {
        let object = match self.probe.ours {
            Some(Type::Object(_, place)) => builtin().at(*place),
            _ => None,
        };
        for key in self.keys.by_ref() {
            let Some(object) = object else {
                return seed.deserialize(StrDeserializer::<Wrong>::new(key)).map(Some);
            };
            if matches!(*key, "apiVersion" | "kind") && object.served.is_some() {
                continue;
            }
            match object.field(key) {
                None => self.probe.expect(false, key),
                Some(field) if matches!(field.takes, Type::Any) || self.probe.depth > 16 => {}
                Some(field) if field.takes.is(self.probe.ours) => {}
                Some(field) => {
                    self.value = Some(&field.takes);
                    return seed.deserialize(StrDeserializer::<Wrong>::new(key)).map(Some);
                }
            }
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Wrong> {
        seed.deserialize(Probe { ours: self.value, ..self.probe })
    }
}
