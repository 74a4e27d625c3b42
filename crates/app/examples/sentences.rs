//! Scores of the events that news sentences tell, a JSON object for each file:
//! `cargo run --release -p chancery --example sentences -- crates/app/tests/events/dev.txt`.
#![expect(clippy::print_stdout, reason = "it prints")]

use anyhow::Context as _;

fn main() -> anyhow::Result<()> {
    let pipeline = chancery::Pipeline::embedded()?;
    for path in std::env::args().skip(1) {
        let set = std::fs::read_to_string(&path).with_context(|| path.clone())?;
        println!("{}", chancery::sentences::score(&pipeline, &set)?.json());
    }
    Ok(())
}
