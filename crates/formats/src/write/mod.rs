//! The output formats: annotations for scoring, records for exchange, rows for reading.

mod annotations;
pub mod export;
mod record;
mod references;
mod rows;

pub use annotations::{Annotator, annotations};
pub use record::{parse_record, record_json};
pub use references::references;
pub use rows::{TableFormat, write_rows};

#[cfg(test)]
mod tests;
