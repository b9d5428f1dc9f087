//! How long each room of the compiler takes for meshes of 1 to 5,000 services: `cargo bench`, or
//! `cargo bench -- 1000 5000` for meshes of other sizes.
//!
//! The mesh is that of `mesh_profile.py`, made in memory. Medians of several runs; a figure a service that stays the
//! same from line to line is a compiler that is linear.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench reads its arguments and the clock, and prints what it found"
)]

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use meshgen::amend::amend;
use meshgen::builtin;
use meshgen::check::check;
use meshgen::diag::{Diagnostics, Reported};
use meshgen::lower::lower;
use meshgen::profile::Profile;
use meshgen::resolve::{Library, Loaded, Resolver, Wish};
use meshgen::source::{FileId, SourceMap};
use meshgen::yaml;

const ROOMS: [&str; 5] = ["parse, resolve", "read", "check", "lower, amend", "print"];

fn main() {
    // `cargo bench` adds a `--bench` of its own.
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1, 100, 1000, 5000] } else { sizes };
    for size in sizes {
        let text = mesh(size);
        let runs: Vec<Run> = (0..runs_of(size)).filter_map(|_| compile(&text).ok()).collect();
        if runs.is_empty() {
            println!("{size} services: the profile does not compile");
            continue;
        }
        report(size, &text, &runs);
    }
}

/// Small meshes are over so soon that it takes many runs to see anything.
fn runs_of(size: usize) -> usize {
    (2000 / size).clamp(9, 200)
}

/// One compilation: the time in each room, and the bytes that came out.
struct Run {
    times: [Duration; ROOMS.len()],
    bytes: usize,
}

fn compile(text: &str) -> Result<Run, Reported> {
    let (mut files, mut diags) = (SourceMap::default(), Diagnostics::default());
    let mut library = OnlyBase(files.add("base.yaml", builtin::find("base").map_or("", |it| it.text)));
    let Some(file) = files.add("mesh.yaml", text) else { return diags.ok().map(|()| Run::none()) };
    let mut clock = Clock(Instant::now());
    let tree = Resolver::default().tree(file, &Wish::default(), &mut library, &mut files, &mut diags)?;
    let resolved = clock.lap();
    let profile: Option<Profile> = yaml::read(&tree, &mut diags);
    let profile = diags.found(profile)?;
    drop(tree);
    let read = clock.lap();
    let scenario = check("mesh".into(), profile, &mut diags)?;
    let checked = clock.lap();
    let mesh = amend(lower(&scenario), &scenario, &mut diags)?;
    let lowered = clock.lap();
    let (mut document, mut bytes) = (String::new(), 0);
    for manifest in mesh.manifests() {
        document.clear();
        yaml::print_to(manifest, &mut document);
        bytes += black_box(&document).len();
    }
    Ok(Run { times: [resolved, read, checked, lowered, clock.lap()], bytes })
}

impl Run {
    fn none() -> Self {
        Self { times: [Duration::ZERO; ROOMS.len()], bytes: 0 }
    }

    fn total(&self) -> Duration {
        self.times.iter().sum()
    }
}

struct Clock(Instant);

impl Clock {
    /// The time since the last lap.
    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        now - std::mem::replace(&mut self.0, now)
    }
}

fn report(size: usize, text: &str, runs: &[Run]) {
    let bytes = runs[0].bytes;
    println!(
        "{size} services, {} kB -> {} kB, median of {} runs",
        text.len() / 1000,
        bytes / 1000,
        runs.len()
    );
    let line = |name: &str, time: Duration| {
        let micros = time.as_secs_f64() * 1e6;
        let (each, speed) = (micros / f64::from(small(size)), f64::from(small(bytes)) / micros);
        println!("  {name:<16}{:>10.2} ms{each:>10.2} us a service{speed:>8.0} MB of bundle/s", micros / 1e3);
    };
    for (place, name) in ROOMS.iter().enumerate() {
        line(name, median(runs.iter().map(|it| it.times[place])));
    }
    line("all", median(runs.iter().map(Run::total)));
}

/// Numbers here are far from 2³².
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort_unstable();
    times[times.len() / 2]
}

/// A library that knows base and nothing else.
struct OnlyBase(Option<FileId>);

impl Library for OnlyBase {
    fn load(&mut self, _: &str, _: FileId, _: &mut SourceMap) -> Loaded {
        self.0.map_or(Loaded::Unknown, Loaded::Found)
    }

    fn names(&self) -> Vec<String> {
        vec!["base".to_owned()]
    }
}

const VERSIONS: [&str; 2] = ["v1", "v2"];

/// A profile of so many services of two versions each, and a rule for each; nothing is left to defaults that a user
/// would write out.
fn mesh(size: usize) -> String {
    let mut out = "namespace: shop\nmtls: strict\nservices:\n".to_owned();
    // Writing to a `String` cannot fail.
    for number in 0..size {
        let (target, first) = (8000 + number % 1000, 90 - number % 5 * 10);
        let _ = writeln!(
            out,
            "  svc-{number}:\n    ports: {{ http: {{ number: 80, target: {target}, protocol: http }} }}"
        );
        out.push_str("    versions:\n");
        for version in VERSIONS {
            let image = format!("registry.example.com/shop/svc-{number}:{version}");
            let _ = writeln!(
                out,
                "      {version}:\n        image: {image}\n        replicas: {}",
                2 + number % 3
            );
            let _ = writeln!(out, "        env: {{ VERSION: {version} }}");
            out.push_str(CONTAINER);
        }
        out.push_str(ROUTES);
        let _ = writeln!(out, "        split: {{ v1: {first}, v2: {} }}", 100 - first);
        out.push_str(REST);
    }
    out.push_str("authz:\n  allow:\n");
    for number in 0..size {
        let caller = (number + 1) % size;
        let from_to = format!("from: [svc-{caller}], to: svc-{number}");
        let _ = writeln!(out, "    to-{number}: {{ {from_to}, methods: [GET, POST], paths: [/api/*] }}");
    }
    out
}

const CONTAINER: &str = "        resources:
          requests: { cpu: 100m, memory: 128Mi }
          limits: { cpu: 500m, memory: 256Mi }
        probes:
          readiness: { httpGet: { path: /ready, port: http }, initialDelaySeconds: 5, periodSeconds: 10 }
          liveness: { httpGet: { path: /live, port: http }, initialDelaySeconds: 15, periodSeconds: 20 }
";

const ROUTES: &str = "    routes:
      canary-header: { match: { headers: { x-canary: \"true\" } }, split: { v2: 100 } }
      weighted:
";

const REST: &str = "        timeout: 5s
        retries: { attempts: 2, perTryTimeout: 2s, retryOn: [5xx, connect-failure] }
    circuitBreaker:
      connectionPool: { maxConnections: 100, http1MaxPendingRequests: 100, http2MaxRequests: 1000, maxRequestsPerConnection: 10 }
      outlierDetection: { consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s, maxEjectionPercent: 50 }
";
