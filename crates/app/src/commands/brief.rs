//! `brief`: one cited page on two parties.

use std::path::Path;

use anyhow::Result;
use chancery_corpus::Corpus;

use crate::Ended;
use crate::answers::series::Series;
use crate::brief::{Brief, html, markdown};
use crate::cli::BriefFormat;
use crate::output::Output;

pub(super) fn brief(series: &Series, format: BriefFormat, record: &Path) -> Result<Ended> {
    let brief = Brief::of(&Corpus::read(record)?, series.parties, series.persons)?;
    let mut out = Output::new();
    out.write(&match format {
        BriefFormat::Markdown => markdown(&brief),
        BriefFormat::Html => html(&brief),
    })?;
    out.finish()?;
    Ok(Ended::Well)
}
