//! Plain text: the whole content is the text.

use super::{Format, Input};
use crate::assemble::Given;

pub(super) const FORMAT: Format = Format {
    name: "text",
    description: "plain text; the whole file is the text, its date and publisher are looked for in it",
    endings: &["txt", "text"],
    sniff: |_| true,
    read: |input: &Input| input.document(Given { text: input.text.to_owned(), ..Given::default() }),
};
