//! Job and CronJob: pods that come to an end, once or again and again.

use serde::Serialize;
use serde::ser::SerializeStruct;

use crate::kube::base::pod::PodTemplate;
use crate::kube::{Kind, Metadata};
use crate::source::Text;

/// A Job.
#[derive(Clone, Debug)]
pub struct Job {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: JobSpec,
}

/// What a [`Job`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JobSpec {
    /// How many pods may fail before it is given up.
    pub backoff_limit: u32,
    /// Seconds after which it is given up.
    pub active_deadline_seconds: u64,
    /// Seconds after its end until it is deleted.
    pub ttl_seconds_after_finished: u32,
    /// The make of its pods.
    pub template: PodTemplate,
}

/// A CronJob.
#[derive(Clone, Debug)]
pub struct CronJob {
    /// Name, namespace, labels.
    pub metadata: Metadata,
    /// What it is.
    pub spec: CronJobSpec,
}

/// What a [`CronJob`] is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CronJobSpec {
    /// When, as a cron line.
    pub schedule: Text,
    /// Whether it only runs when somebody makes a Job of it.
    pub suspend: bool,
    /// What happens when the one before still runs.
    pub concurrency_policy: &'static str,
    /// How many ended Jobs are kept.
    pub successful_jobs_history_limit: u32,
    /// How many failed Jobs are kept.
    pub failed_jobs_history_limit: u32,
    /// Its Jobs.
    pub job_template: JobTemplate,
}

/// The Jobs of a [`CronJob`].
#[derive(Clone, Debug, Serialize)]
pub struct JobTemplate {
    /// What each is.
    pub spec: JobSpec,
}

impl Kind for Job {
    const KIND: &'static str = "Job";

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn body<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        out.serialize_field("spec", &self.spec)
    }
}

impl Kind for CronJob {
    const KIND: &'static str = "CronJob";

    fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    fn metadata_mut(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn body<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
        out.serialize_field("spec", &self.spec)
    }
}
