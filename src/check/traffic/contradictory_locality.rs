//! Requests spread over places in one way, whole, and fail over only where failures are noticed.

use crate::diag::Severity;
use crate::profile::Profile;
use crate::profile::balance::Locality;
use crate::profile::lookup::ServiceRef;
use crate::rule::{Findings, Rule};
use crate::source::{Spanned, Text};
use crate::units::Weight;
use crate::yaml::Named;

pub static RULE: Rule<Profile> = Rule {
    code: "MG2038",
    name: "contradictory-locality",
    severity: Severity::Error,
    equivalents: &["VAL-DR-08"],
    why: "Istio takes either fixed shares or a failover, wants the shares of a place to total 100, and fails over only \
          where outlier detection finds pods that fail: without it the setting does nothing.",
    bad: "
services:
  a:
    versions: { v1: {} }
    loadBalancer:
      locality: { failover: { us-east: us-east } } #~
  b:
    versions: { v1: {} }
    circuitBreaker: { outlierDetection: { consecutive5xxErrors: 5 } }
    loadBalancer:
      locality:
        distribute:
          us-west/*: { us-west/*: 80, us-east/*: 10 } #~
",
    good: "
services:
  a:
    versions: { v1: {} }
    circuitBreaker: { outlierDetection: { consecutive5xxErrors: 5 } }
    loadBalancer:
      locality: { failover: { us-east: us-west } }
",
    run,
};

fn run(profile: &Profile, findings: &mut Findings<'_>) {
    for service in profile.service_refs() {
        let Some(locality) = &service.service.load_balancer.locality else { continue };
        let Locality { failover, failover_priority, distribute } = locality;
        let first = failover.iter().map(|it| it.0).chain(failover_priority.iter()).next();
        if let Some(first) = first {
            notices(service, first, findings);
            if let Some((other, _)) = distribute.iter().next() {
                let finding = findings.at(first.span, "places have fixed shares, and a failover");
                findings.push(finding.related(other.span, "the shares").help("keep one of the two"));
            }
        }
        for (from, to) in failover.iter() {
            regions(from, to, findings);
        }
        let of_places = |it: &&Text| it.starts_with("topology.");
        if let Some(label) = failover_priority.iter().find(of_places).filter(|_| !failover.is_empty()) {
            let message = format!("`{label}` is decided by `failover`");
            findings.push(findings.at(label.span, message).help("keep one of the two"));
        }
        apart(distribute.iter().map(|it| it.0), findings);
        for (from, to) in distribute.iter() {
            total(from, to, findings);
            apart(to.iter().map(|it| it.0), findings);
        }
    }
}

fn notices(service: ServiceRef<'_>, at: &Text, findings: &mut Findings<'_>) {
    let breaker = service.service.circuit_breaker.as_deref();
    if breaker.is_none_or(|it| it.outlier_detection.is_none()) {
        let message = format!("nothing notices that pods of `{}` fail", service.id);
        let help = "write `circuitBreaker: { outlierDetection: { consecutive5xxErrors: 5 } }`";
        findings.push(findings.at(at.span, message).help(help));
    }
}

fn regions(from: &Text, to: &Text, findings: &mut Findings<'_>) {
    if from.value == to.value {
        findings.push(findings.at(to.span, format!("`{from}` cannot take over for itself")));
    }
    for region in [from, to].into_iter().filter(|it| it.contains(['/', '*']) || it.is_empty()) {
        findings.push(
            findings
                .at(region.span, format!("`{region}` is no region"))
                .help("a failover is between regions"),
        );
    }
}

/// No place lies within another: Istio could not tell which is meant.
fn apart<'p>(places: impl Iterator<Item = &'p Text>, findings: &mut Findings<'_>) {
    let mut seen: Vec<&Text> = Vec::new();
    for place in places {
        let covers = |a: &Text, b: &Text| b.starts_with(a.trim_end_matches('*')) && a.ends_with('*');
        if let Some(other) = seen.iter().find(|it| covers(it, place) || covers(place, it)) {
            let finding = findings.at(place.span, format!("`{place}` and `{other}` overlap"));
            findings.push(finding.related(other.span, "the other").help("name places that lie apart"));
        }
        seen.push(place);
    }
}

fn total(from: &Text, to: &Named<Spanned<Weight>>, findings: &mut Findings<'_>) {
    if let Some((place, _)) = to.iter().find(|(_, share)| share.value.0 == 0) {
        let finding = findings.at(place.span, format!("`{place}` gets nothing from `{from}`"));
        findings.push(finding.help("leave it out"));
    }
    let sum: u64 = to.values().map(|it| u64::from(it.value.0)).sum();
    if sum != 100 {
        findings.push(findings.at(from.span, format!("the shares of `{from}` add up to {sum}, not 100")));
    }
}
