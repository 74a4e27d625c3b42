//! The words of texts, found again in any dress: white space, quotes, dashes and case do not count.

mod plain;

pub(crate) use plain::Plain;
