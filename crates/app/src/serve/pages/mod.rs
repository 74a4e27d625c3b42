//! One file a page.

pub(super) mod document;
pub(super) mod home;
pub(super) mod ingest;
pub(super) mod lists;
pub(super) mod meeting;
pub(super) mod why;
