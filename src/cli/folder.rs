//! One folder of ours, and the bundle that it should be.

use std::path::Path;

use crate::bundle::Bundle;
use crate::cli::world::World;
use crate::outdir;

/// Makes one folder equal to its bundle, or only says how it differs; whether it was equal.
///
/// # Errors
/// As [`outdir::plan`] and [`outdir::apply`].
pub fn write(bundle: &Bundle, out: &Path, check: bool, world: &World) -> Result<bool, outdir::Problem> {
    let plan = outdir::plan(bundle, out)?;
    if check {
        for drift in plan.drift() {
            world.say(&format!(
                "{}/{}/{}: {}",
                out.display(),
                bundle.scenario,
                drift.path,
                drift.what.words()
            ));
        }
        return Ok(plan.is_clean());
    }
    let clean = plan.is_clean();
    for edited in plan.drift().iter().filter(|it| it.what == outdir::What::Edited) {
        let path = format!("{}/{}/{}", out.display(), bundle.scenario, edited.path);
        world.say(&format!(
            "note: `{path}` was edited by hand, and is written anew: change the profile instead"
        ));
    }
    outdir::apply(&plan, &mut |_, _| ())?;
    Ok(clean)
}
