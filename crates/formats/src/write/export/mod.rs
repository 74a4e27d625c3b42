//! The record in the formats that other programs load: event data (PLOVER, POLECAT, ICEWS, GDELT), tables, panels and graphs.
//!
//! Everything here is pure: events with all their codes go in, tables come out, and a [`Dialect`] makes bytes of a table and a table
//! of bytes, so that whoever writes a file can read it back and compare.

mod dialect;
mod dyads;
mod event;
mod gdelt;
mod graph;
mod icews;
mod package;
mod panel;
#[cfg(feature = "parquet")]
mod parquet;
mod plover;
mod polecat;
mod table;

pub use dialect::{Dialect, decode, difference, encode};
pub use event::{Actor, Event, Mention, Site};
pub use gdelt::gdelt;
pub use graph::{Graph, GraphFormat, Meeting, graph, graph_of, read_graph, write_graph};
pub use icews::icews;
pub use package::{CodeList, Package, Resource, codebook, datapackage};
pub use panel::{Frame, Unit, panel};
pub use plover::plover;
pub use polecat::polecat;
pub use table::{Column, Kind, Table, clean};

#[cfg(test)]
mod tests;
