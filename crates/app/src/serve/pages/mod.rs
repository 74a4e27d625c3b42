//! One file a page.

pub(super) mod brief;
pub(super) mod compare;
pub(super) mod corrections;
pub(super) mod document;
pub(super) mod dyad;
pub(super) mod edit;
pub(super) mod figures;
pub(super) mod home;
pub(super) mod ingest;
pub(super) mod learn;
pub(super) mod lists;
pub(super) mod meeting;
pub(super) mod news;
pub(super) mod person;
pub(super) mod phrases;
pub(super) mod positions;
pub(super) mod search;
pub(super) mod series;
pub(super) mod why;
