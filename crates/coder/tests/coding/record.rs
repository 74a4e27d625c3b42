//! What holds of every record.

use chancery_model::{Analysis, Document, Provenance, Span};

use crate::document::document;
use crate::testdata::{CODED, CODER, Coded, rows};
use expect_test::expect;

#[test]
fn all() {
    for name in CODED.keys() {
        eprintln!("== {name}\n{}", rows(name, &[]));
    }
}
