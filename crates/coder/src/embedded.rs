//! The tables of actors that the program carries.

use std::borrow::Cow;

use crate::knowledge::{Knowledge, Names};

/// `data/actors`, compiled by the build script.
const NAMES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/actors.names"));

impl Names {
    /// The tables that the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        Self::of_bytes(Cow::Borrowed(NAMES)).expect("the build script wrote them")
    }
}

impl Knowledge {
    /// What the program knows by itself.
    #[must_use]
    pub fn embedded() -> Self {
        Self::of(Names::embedded())
    }
}
