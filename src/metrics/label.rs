//! The labels of metrics.

/// A label that our questions may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is spelt out in `word`")]
pub enum Label {
    Reporter,
    SourceWorkload,
    SourceWorkloadNamespace,
    SourcePrincipal,
    DestinationWorkload,
    DestinationWorkloadNamespace,
    DestinationVersion,
    DestinationService,
    DestinationServiceName,
    DestinationServiceNamespace,
    RequestProtocol,
    ResponseCode,
    GrpcResponseStatus,
    ResponseFlags,
    ConnectionSecurityPolicy,
    ClusterName,
    ResourceName,
    Pod,
    Namespace,
    Job,
    Instance,
    Le,
}

impl Label {
    /// As Prometheus has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::SourceWorkload => "source_workload",
            Self::SourceWorkloadNamespace => "source_workload_namespace",
            Self::SourcePrincipal => "source_principal",
            Self::DestinationWorkload => "destination_workload",
            Self::DestinationWorkloadNamespace => "destination_workload_namespace",
            Self::DestinationVersion => "destination_version",
            Self::DestinationService => "destination_service",
            Self::DestinationServiceName => "destination_service_name",
            Self::DestinationServiceNamespace => "destination_service_namespace",
            Self::RequestProtocol => "request_protocol",
            Self::ResponseCode => "response_code",
            Self::GrpcResponseStatus => "grpc_response_status",
            Self::ResponseFlags => "response_flags",
            Self::ConnectionSecurityPolicy => "connection_security_policy",
            Self::ClusterName => "cluster_name",
            Self::ResourceName => "resource_name",
            Self::Pod => "pod",
            Self::Namespace => "namespace",
            Self::Job => "job",
            Self::Instance => "instance",
            Self::Le => "le",
        }
    }
}
