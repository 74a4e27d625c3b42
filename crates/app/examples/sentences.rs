//! Scores of the events that news sentences tell, a JSON object for each file:
//!
//!     cargo run --release -p chancery --example sentences -- [data/codebook/en] crates/app/tests/events/dev.txt
//!
//! A folder among the arguments holds pages in place of those that are part of the program.
#![expect(clippy::print_stdout, reason = "it prints")]

use std::path::Path;

use anyhow::Context as _;
use chancery::{Exit, Pipeline, coder::Coder};

fn main() -> anyhow::Result<()> {
    let mut pipeline = Pipeline::embedded()?;
    for path in std::env::args().skip(1) {
        if Path::new(&path).is_dir() {
            let coder =
                Coder::embedded().with_codebook(&chancery::files(Path::new(&path), &["md", "toml", "csv"])?);
            pipeline =
                Pipeline::with(Exit::Accurate, coder.map_err(|w| anyhow::anyhow!("{path}: {}", w[0]))?)?;
            continue;
        }
        let set = std::fs::read_to_string(&path).with_context(|| path.clone())?;
        println!("{}", chancery::sentences::score(&pipeline, &set)?.json());
    }
    Ok(())
}
