//! What a user may type after `meshgen rules` and `meshgen explain`.

use clap::{Args, ValueEnum};

/// Print the catalogue.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  meshgen rules | grep AuthorizationPolicy
  meshgen rules --undecidable
  meshgen rules -o json | jq '.[] | select(.level == \"error\") | .code'")]
pub struct RulesArgs {
    /// Format of the catalogue
    #[arg(long, short, value_name = "FORMAT", default_value = "human")]
    pub output: RulesFormat,

    /// Instead, the codes of Istio and Kiali that no files can tell, with the reason
    #[arg(long)]
    pub undecidable: bool,
}

/// The format of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// A line a code
    Human,
    /// One JSON array, with reasons and examples
    Json,
    /// The page of the documentation
    Markdown,
}

/// Say what a code means.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  meshgen explain MG3501
  meshgen explain unknown-subset
  meshgen explain IST0101        # what says the same as Istio's, Kiali's or the catalogue's code")]
pub struct ExplainArgs {
    /// A code or a name of ours, or a code of Istio or Kiali
    #[arg(value_name = "CODE|NAME")]
    pub code: String,
}
