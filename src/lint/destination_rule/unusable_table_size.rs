//! The table of Maglev hashing has a prime size below 5000011.
//!
//! Source: `pkg/config/validation` of Istio.

use crate::diag::Severity;
use crate::lint::destination_rule::places::CONSISTENT_HASHES;
use crate::lint::{Findings, Rule, Run};
use crate::yaml::Node;

pub static RULE: Rule = Rule {
    code: "MG3116",
    name: "unusable-table-size",
    severity: Severity::Error,
    equivalents: &["VAL-DR-07", "IST0106"],
    why: "Istio refuses any other size, 0 included: Envoy fills the table by steps that only a prime lets reach every place.",
    bad: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true, maglev: { tableSize: 65536 } } } } } #~
",
    good: "
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, trafficPolicy: { loadBalancer: { consistentHash: { useSourceIp: true, maglev: { tableSize: 65537 } } } } }
",
    run: Run::Values(CONSISTENT_HASHES, run),
};

/// The first size that is too large.
const TOO_LARGE: u64 = 5_000_011;

fn run(hash: &Node, findings: &mut Findings<'_>) {
    let Some(maglev) = hash.get("maglev").filter(|it| !it.is_null()) else { return };
    let span = maglev.spot("tableSize");
    let size = match maglev.get("tableSize").filter(|it| !it.is_null()) {
        None => 0,
        Some(size) => match size.as_whole().map(u64::try_from) {
            Some(Ok(size)) => size,
            _ => return,
        },
    };
    let message = match size {
        0 => "`maglev` has no `tableSize`".to_owned(),
        TOO_LARGE.. => format!("`tableSize` is {size}, not below {TOO_LARGE}"),
        _ if !is_prime(size) => format!("`tableSize` is {size}, which is no prime number"),
        _ => return,
    };
    findings.push(findings.at(span, message).help("write a prime number, for example 65537"));
}

fn is_prime(number: u64) -> bool {
    let factors = (2..).take_while(|it| it * it <= number);
    number > 0 && factors.into_iter().all(|it| !number.is_multiple_of(it))
}

#[cfg(test)]
mod tests {
    use super::is_prime;

    #[test]
    fn one_counts_as_a_prime_to_envoy() {
        let primes: Vec<u64> = (0..14).filter(|it| is_prime(*it)).collect();
        assert_eq!(primes, [1, 2, 3, 5, 7, 11, 13]);
    }
}
