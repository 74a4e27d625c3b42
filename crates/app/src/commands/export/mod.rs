//! `export`: the record as files that other programs load.

mod folder;
mod notes;
mod texts;
mod views;

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use chancery_coder::knowledge::Knowledge;
use chancery_coder::ontology::Ontology;
use chancery_corpus::{Corpus, Filter, Kind};
use chancery_formats::write::export::{
    self as formats, Dialect, Event, Frame, Graph, GraphFormat, Package, Resource, Table, Unit, decode,
    difference, encode, read_graph, write_graph,
};
use chancery_model::Date;

use crate::Ended;
use crate::answers::{count, events};
use crate::cli::{ExportFormat, PanelUnit};
use crate::output::Output;
use folder::Draft;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What is wanted.
pub(super) struct Order<'a> {
    pub(super) format: ExportFormat,
    pub(super) unit: PanelUnit,
    pub(super) filter: Filter,
    pub(super) out: &'a Path,
    pub(super) overwrite: bool,
    pub(super) record: &'a Path,
}

/// What an export is made of, and where it goes.
struct Export<'a> {
    order: &'a Order<'a>,
    corpus: Corpus,
    knowledge: Knowledge,
    ontology: Ontology,
    draft: Draft,
    resources: Vec<Resource>,
}

/// Write all files to a folder beside the one that is wanted, read them back, and put them there only if they are as they should be.
pub(super) fn export(order: &Order<'_>) -> Result<Ended> {
    let corpus = Corpus::read(order.record)?;
    let draft = Draft::begin(order.out, order.overwrite)?;
    let (knowledge, ontology) = (Knowledge::embedded(), Ontology::embedded());
    let mut export = Export { order, corpus, knowledge, ontology, draft, resources: Vec::new() };
    export.write()
}

impl Export<'_> {
    fn write(&mut self) -> Result<Ended> {
        let events = match self.order.format {
            ExportFormat::Csv | ExportFormat::Jsonl | ExportFormat::Parquet => Vec::new(),
            ExportFormat::Doccano | ExportFormat::LabelStudio | ExportFormat::Inception => Vec::new(),
            _ => events::events(&self.corpus, &self.order.filter, &self.knowledge, &self.ontology)?,
        };
        match self.order.format {
            ExportFormat::Plover => {
                let coders = self.corpus.coders()?.join("; ");
                self.table(&formats::plover(&events, &coders, VERSION), Dialect::Jsonl, "events.jsonl")?;
                self.mentions(Dialect::Jsonl, "event_mentions.jsonl")?;
            }
            ExportFormat::Polecat => {
                let dialect = Dialect::Tsv { header: true, missing: "None" };
                self.table(&formats::polecat(&events, VERSION), dialect, "events.tsv")?;
                self.mentions(dialect, "event_mentions.tsv")?;
            }
            ExportFormat::Icews => {
                let dialect = Dialect::Tsv { header: true, missing: "NULL" };
                let table = formats::icews(&events, &|code| {
                    self.ontology.cameo(code).map(|c| (c.name.clone(), c.goldstein))
                });
                self.table(&table, dialect, "events.tsv")?;
                self.mentions(dialect, "event_mentions.tsv")?;
            }
            ExportFormat::Gdelt => {
                let dialect = Dialect::Tsv { header: false, missing: "" };
                let meaning = |code: &str| self.ontology.cameo(code).map(|c| (c.quad, c.goldstein));
                let (table, mentions) = formats::gdelt(&events, &meaning);
                self.table(&table, dialect, "events.export.CSV")?;
                self.table(&mentions, dialect, "events.mentions.CSV")?;
            }
            ExportFormat::Csv => self.views(Dialect::Csv, "csv")?,
            ExportFormat::Jsonl => self.views(Dialect::Jsonl, "jsonl")?,
            #[cfg(feature = "parquet")]
            ExportFormat::Parquet => self.views(Dialect::Parquet, "parquet")?,
            #[cfg(not(feature = "parquet"))]
            ExportFormat::Parquet => bail!(
                "this chancery was built without Parquet; build it with `cargo build --release --features parquet`, \
                 or export csv"
            ),
            ExportFormat::Graph => self.graph(&formats::graph(&events))?,
            ExportFormat::Panel => self.panel(&events)?,
            ExportFormat::Doccano | ExportFormat::LabelStudio | ExportFormat::Inception => self.texts()?,
        }
        self.finish(&events)
    }

    fn views(&mut self, dialect: Dialect, ending: &str) -> Result<()> {
        for kind in Kind::ALL {
            let table = views::table(&self.corpus, kind, &self.order.filter)?;
            self.table(&table, dialect, &format!("{}.{ending}", table.name))?;
        }
        Ok(())
    }

    fn mentions(&mut self, dialect: Dialect, path: &str) -> Result<()> {
        let table = views::table(&self.corpus, Kind::EventMentions, &self.order.filter)?;
        self.table(&table, dialect, path)
    }

    fn panel(&mut self, events: &[Event]) -> Result<()> {
        let types: Vec<(String, u8)> =
            self.ontology.types().iter().map(|t| (t.name.clone(), t.quad)).collect();
        let (from, to) = (self.order.filter.from, self.order.filter.to);
        let mut documents = self.corpus.months()?;
        documents.retain(|month, _| {
            let month = month.parse::<Date>().ok();
            let within = |month: Date| {
                from.is_none_or(|from| from.first() <= month.last())
                    && to.is_none_or(|to| month.first() <= to.last())
            };
            month.is_some_and(within)
        });
        let frame = Frame {
            documents: &documents,
            types: &types,
            cow: &|code, date| self.knowledge.actor_codes(code, Some(date)).cow,
        };
        let (unit, path) = match self.order.unit {
            PanelUnit::DyadMonth => (Unit::DyadMonth, "dyad-month.csv"),
            PanelUnit::CountryMonth => (Unit::CountryMonth, "country-month.csv"),
        };
        let table = formats::panel(events, unit, &frame);
        self.table(&table, Dialect::Csv, path)
    }

    fn table(&mut self, table: &Table, dialect: Dialect, path: &str) -> Result<()> {
        let wrong = |what: String| anyhow::anyhow!("{path}: {what}");
        let bytes = encode(table, dialect).map_err(wrong)?;
        let written = self.draft.write(path, &bytes)?;
        let rows = decode(&written, table, dialect).map_err(wrong)?;
        if let Some(what) = difference(table, dialect, &rows) {
            bail!("{path}: {what}; nothing was written, please report this");
        }
        self.resources.push(Resource::of_table(table, dialect, path, &written));
        Ok(())
    }

    fn graph(&mut self, graph: &Graph) -> Result<()> {
        for (format, name, path) in [
            (GraphFormat::Gexf, "meetings_gexf", "meetings.gexf"),
            (GraphFormat::Graphml, "meetings_graphml", "meetings.graphml"),
        ] {
            let written = self.draft.write(path, write_graph(graph, format).as_bytes())?;
            let text = std::str::from_utf8(&written).with_context(|| path.to_owned())?;
            match read_graph(text, format) {
                Ok(again) if again == *graph => {}
                Ok(_) => {
                    bail!("{path}: it reads back as another graph; nothing was written, please report this")
                }
                Err(what) => bail!("{path}: {what}; nothing was written, please report this"),
            }
            let (nodes, edges) = graph.size();
            let title =
                format!("Who met whom: {nodes} actors; an edge joins two who met, each from another side.");
            self.resources.push(Resource::of_graph(name, path, &title, edges, &written));
        }
        Ok(())
    }

    /// Write what lies beside the files, put all in place and say what was done.
    fn finish(&mut self, events: &[Event]) -> Result<Ended> {
        let filter = &self.order.filter;
        let narrowed = [
            ("country", filter.country.clone()),
            ("from", filter.from.map(|date| date.to_string())),
            ("to", filter.to.map(|date| date.to_string())),
        ];
        let name = notes::name(self.order.format);
        let package = Package {
            format: name.to_owned(),
            title: notes::title(self.order.format).to_owned(),
            version: VERSION.to_owned(),
            coders: self.corpus.coders()?,
            filter: narrowed.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect(),
            notes: notes::notes(self.order.format, events),
            resources: std::mem::take(&mut self.resources),
            codes: notes::codes(self.order.format, events, &self.ontology),
        };
        self.draft.write("codebook.md", formats::codebook(&package).as_bytes())?;
        self.draft.write(folder::PACKAGE, formats::datapackage(&package).as_bytes())?;
        self.draft.publish()?;
        let mut out = Output::new();
        for resource in &package.resources {
            let path = self.order.out.join(&resource.path);
            let (one, many) = match resource {
                Resource { texts: true, .. } => ("text", "texts"),
                Resource { columns, .. } if columns.is_empty() => ("edge", "edges"),
                _ => ("row", "rows"),
            };
            let rows = u32::try_from(resource.rows).unwrap_or(u32::MAX);
            out.line(&format!("{}: {}", path.display(), count(rows, one, many)))?;
        }
        out.finish()?;
        Ok(Ended::Well)
    }
}
