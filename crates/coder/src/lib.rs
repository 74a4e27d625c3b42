//! Reads roles, meetings, statements and events out of analysed documents.

pub mod knowledge;
