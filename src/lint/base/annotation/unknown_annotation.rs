//! An annotation in Istio's own domain is one that Istio knows.

use crate::diag::Severity;
use crate::lint::base::annotation::catalogue::ANNOTATIONS;
use crate::lint::base::annotation::{SORTS, written};
use crate::lint::{Findings, Rule, Run};
use crate::mesh::{Cluster, Object};

pub static RULE: Rule = Rule {
    code: "MG5302",
    name: "unknown-annotation",
    severity: Severity::Warning,
    equivalents: &["IST0108"],
    why: "Istio reads annotations by their exact name and says nothing of any other: a misspelt one is lost.",
    bad: "
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  annotations:
    networking.istio.io/exportto: '.' #~
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
",
    good: "
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: shop
  annotations:
    networking.istio.io/exportTo: '.'
    example.com/exportto: '.'
spec: { selector: { app: web }, ports: [{ name: http, port: 80 }] }
",
    run: Run::Each(SORTS, run),
};

fn run(object: &Object, _: &Cluster, findings: &mut Findings<'_>) {
    for it in written(object).filter(|it| it.known.is_none()) {
        let name = &it.entry.key;
        let near = crate::diag::nearest(name, ANNOTATIONS.iter().map(|it| it.name));
        let mut finding = findings.at(name.span, format!("Istio has no annotation `{name}`"));
        finding = match near {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("take it away, or write it in a domain of your own"),
        };
        finding.fix = near.map(ToOwned::to_owned);
        findings.push(finding);
    }
}
