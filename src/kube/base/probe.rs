//! A probe: one question that the kubelet asks a container again and again.

use serde::Serialize;

use crate::source::{Spanned, Text};
use crate::units::{Port, PortRef};

/// A question and how often it is asked; Kubernetes' defaults are left to Kubernetes.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Probe {
    /// The question.
    #[serde(flatten)]
    pub ask: Ask,
    /// Seconds before the first question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initial_delay_seconds: Option<Spanned<u32>>,
    /// Seconds between questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period_seconds: Option<Spanned<u32>>,
    /// Seconds that an answer may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_seconds: Option<Spanned<u32>>,
    /// Wrong answers in a row that count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_threshold: Option<Spanned<u32>>,
    /// Right answers in a row that count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub success_threshold: Option<Spanned<u32>>,
}

/// The question of a [`Probe`].
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Ask {
    /// A GET.
    HttpGet(HttpGet),
    /// Opening a connection.
    TcpSocket(TcpSocket),
    /// A command in the container.
    Exec(Exec),
    /// gRPC's health service.
    Grpc(Grpc),
}

/// A GET.
#[derive(Clone, Debug, Serialize)]
pub struct HttpGet {
    /// The path.
    pub path: Text,
    /// The port, by number or by name.
    pub port: Spanned<PortRef>,
    /// `HTTP`: written out, as the API server would fill it in.
    pub scheme: &'static str,
}

/// A connection.
#[derive(Clone, Debug, Serialize)]
pub struct TcpSocket {
    /// The port, by number or by name.
    pub port: Spanned<PortRef>,
}

/// A command in the container.
#[derive(Clone, Debug, Serialize)]
pub struct Exec {
    /// The command and its arguments.
    pub command: Vec<Text>,
}

/// gRPC's health service.
#[derive(Clone, Debug, Serialize)]
pub struct Grpc {
    /// The port; Kubernetes takes only a number here.
    pub port: Spanned<Port>,
}
