//! `out/` is the golden: what every shipped profile renders to, byte for byte.

use std::path::Path;

use meshgen::bundle::{Layout, bundle};
use meshgen::outdir;

use crate::shipped;

#[test]
fn out_is_what_the_profiles_say() {
    let out = Path::new("out");
    let mut drift = Vec::new();
    for name in shipped::names() {
        let (scenario, mesh) = shipped::compile(name);
        let bundle = bundle(&mesh, name, &scenario.profile().namespace, Layout::Layers);
        let plan = outdir::plan(&bundle, out).unwrap();
        drift.extend(plan.drift().iter().map(|it| format!("out/{name}/{} {}", it.path, it.what.words())));
    }
    let names: Vec<&str> = shipped::names().collect();
    let gone = outdir::orphans(out, &names).unwrap();
    drift.extend(gone.iter().map(|it| format!("out/{it} has no profile")));
    assert!(
        drift.is_empty(),
        "out/ is not what the profiles say; read the difference after:\n  cargo run -- render --all --out out\n  {}\n",
        drift.join("\n  ")
    );
}
