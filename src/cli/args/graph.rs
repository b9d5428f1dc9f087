//! What a user may type after `meshgen graph`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::args::WishArgs;

/// Draw a mesh.
#[derive(Args, Debug)]
#[command(group(clap::ArgGroup::new("mesh").required(true).args(["profile", "files"])))]
#[command(after_help = "Examples:
  meshgen graph --profile canary-50                    # in the terminal
  meshgen graph --profile production -o svg > mesh.svg
  kubectl get svc,deploy,vs,dr,se,pa,ap,gw -A -o yaml | meshgen graph -f - -o mermaid
  meshgen graph -f manifests/ --observed answer.json   # also what was seen and is declared nowhere

The answer is that of Prometheus' /api/v1/query to this question:
  max without (reporter)
    (sum by (reporter, source_workload, source_workload_namespace,
             destination_service_name, destination_service_namespace)
      (rate(istio_requests_total[1h])))")]
pub struct GraphArgs {
    /// Name of a profile, or a path
    #[arg(long, short, value_name = "NAME|PATH")]
    pub profile: Option<String>,
    /// Overlays
    #[command(flatten)]
    pub wish: WishArgs,
    /// Manifests in place of a profile: files, folders with all below, `-` for stdin
    #[arg(long = "filename", short, value_name = "FILE|DIR|-", num_args = 1.., conflicts_with_all = ["env", "sets"])]
    pub files: Vec<PathBuf>,
    /// The answer of a Prometheus to hold against what is declared, or `-`
    #[arg(long, value_name = "FILE")]
    pub observed: Option<PathBuf>,
    /// Format of the picture
    #[arg(long, short, value_name = "FORMAT", default_value = "ascii")]
    pub output: GraphFormat,
}

/// The format of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// Boxes and arrows of characters
    Ascii,
    /// A flow chart that GitHub draws
    Mermaid,
    /// For Graphviz
    Dot,
    /// For slides and pages, light and dark
    Svg,
    /// Every fact
    Json,
}

#[cfg(test)]
mod tests {
    use clap::{Args, Command};

    use super::GraphArgs;

    #[test]
    fn the_question_of_the_help_is_the_one_whose_answer_is_read() {
        let help = GraphArgs::augment_args(Command::new("graph")).get_after_help().unwrap().to_string();
        let bare = |it: &str| it.split_whitespace().collect::<String>();
        assert!(bare(&help).ends_with(&bare(&crate::graph::question())), "{}", crate::graph::question());
    }
}
