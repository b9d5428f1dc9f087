//! What a user may type after `meshgen handbook`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::WishArgs;

/// Write a handbook.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  meshgen handbook --profile canary-10 --out docs            # docs/canary-10/README.md and the pages beside it
  meshgen handbook --profile production --env prod --out docs --check")]
pub struct HandbookArgs {
    /// Name of a profile, or a path (with a `/` or ending in `.yaml`)
    #[arg(long, short, value_name = "NAME|PATH")]
    pub profile: String,
    /// Overlays
    #[command(flatten)]
    pub wish: WishArgs,
    /// Write the pages to DIR/<scenario>/
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Write nothing; exit 1 and name each file if DIR is not what would be written
    #[arg(long)]
    pub check: bool,
}
