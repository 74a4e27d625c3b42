//! The record for other programs: whole tables, and real events with their mentions.

use std::collections::BTreeMap;

use chancery_model::{Date, Modality, Participant, Source, When};
use rusqlite::{Result as SqlResult, Row};
use serde_json::Value;

use crate::load::parse as parse_json;
use crate::store::number_of;
use crate::{Corpus, CorpusError, Filter, Kind};

/// A view with all its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// One value a column; texts, numbers and nulls only.
    pub rows: Vec<Vec<Value>>,
}

/// One real event, however many documents tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// Id of the event that tells it best: `d1.e2`.
    pub id: String,
    /// Id of the meeting that it is: `M3`.
    pub meeting: Option<String>,
    /// When.
    pub when: Option<When>,
    /// PLOVER type.
    pub plover: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Whether it took place.
    pub modality: Modality,
    /// Who acts.
    pub actor: Vec<Figure>,
    /// Toward whom.
    pub recipient: Vec<Figure>,
    /// In the text's words.
    pub place: Option<String>,
    /// Code of the country that it was in, where it is a meeting.
    pub country: Option<String>,
    /// Those who tell it, the best first.
    pub mentions: Vec<Mention>,
    /// Who and what else the document that tells it best names.
    pub story: Story,
}

/// Who takes part, with the office that the document gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Name, code and sector.
    pub participant: Participant,
    /// Offices, as the document that tells the event best states them.
    pub title: Option<String>,
}

/// A document that tells of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Id of its own row: `d1.e2`.
    pub event: String,
    /// `d1`.
    pub document: String,
    /// The document's date.
    pub date: Option<Date>,
    /// Where it was published.
    pub source: Source,
    /// Number of the sentence, from 1.
    pub sentence: Option<u32>,
    /// The words that state it.
    pub quote: String,
    /// Where they stand in the document's text, in characters from 0; the first place, where they stand there twice.
    pub offset: Option<u32>,
    /// How many characters the text has.
    pub length: u32,
}

/// Who and what a document names in its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Story {
    /// Names of persons.
    pub people: Vec<String>,
    /// Codes of organisations.
    pub organizations: Vec<String>,
    /// Places, in the text's words.
    pub places: Vec<String>,
}

impl Corpus {
    /// A view with all columns: the rows that meet the filter, by date, document and id.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn table(&self, kind: Kind, filter: &Filter) -> Result<Table, CorpusError> {
        let (columns, rows) = self.select("*", kind, filter, kind.export_order()).map_err(self.wrong())?;
        Ok(Table { columns, rows })
    }

    /// Some columns of a view: the rows that meet the filter, by date, document and id.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn columns(
        &self,
        kind: Kind,
        columns: &[&str],
        filter: &Filter,
    ) -> Result<Vec<Vec<Value>>, CorpusError> {
        let quoted: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
        let found =
            self.select(&quoted.join(", "), kind, filter, kind.export_order()).map_err(self.wrong())?;
        Ok(found.1)
    }

    /// The real events that meet the filter, by date, document and id.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn happenings(&self, filter: &Filter) -> Result<Vec<Happening>, CorpusError> {
        self.read_happenings(filter).map_err(self.wrong())
    }

    /// The months (`2031-03`) in which a document of the record is dated, and how many are.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn months(&self) -> Result<BTreeMap<String, u32>, CorpusError> {
        let read = || -> SqlResult<BTreeMap<String, u32>> {
            let mut select = self.connection.prepare(
                "SELECT substr(date, 1, 7), count(*) FROM document WHERE length(date) >= 7 GROUP BY 1",
            )?;
            select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        read().map_err(self.wrong())
    }

    /// Who coded the documents: program, version and data, each once.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn coders(&self) -> Result<Vec<String>, CorpusError> {
        let read = || -> SqlResult<Vec<String>> {
            let mut select = self.connection.prepare("SELECT DISTINCT coder FROM document ORDER BY 1")?;
            select.query_map([], |row| row.get(0))?.collect()
        };
        read().map_err(self.wrong())
    }

    fn read_happenings(&self, filter: &Filter) -> SqlResult<Vec<Happening>> {
        let (figures, stories) = (self.figures()?, self.stories()?);
        let mut mentions = self.mentions()?;
        let columns =
            "id, meeting, plover, mode, cameo, contexts, modality, place, country, date_from, date_to";
        let (_, rows) = self.select(columns, Kind::Happenings, filter, Kind::Happenings.export_order())?;
        let happening = |row: Vec<Value>| {
            let cell = |at: usize| row[at].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
            let date = |at: usize| cell(at).and_then(|text| text.parse::<Date>().ok());
            let id = cell(0).unwrap_or_default();
            let part = |part: &str| figures.get(&(id.clone(), part.to_owned())).cloned().unwrap_or_default();
            Happening {
                meeting: cell(1),
                plover: cell(2).unwrap_or_default(),
                mode: cell(3),
                cameo: cell(4),
                contexts: cell(5).map(|c| c.split("; ").map(str::to_owned).collect()).unwrap_or_default(),
                modality: serde_json::from_value(row[6].clone()).unwrap_or(Modality::Happened),
                place: cell(7),
                country: cell(8),
                when: date(9).zip(date(10)).map(|(from, to)| When { from, to }),
                actor: part("actor"),
                recipient: part("recipient"),
                mentions: mentions.remove(&id).unwrap_or_default(),
                story: number_of(&id).and_then(|number| stories.get(&number).cloned()).unwrap_or_default(),
                id,
            }
        };
        Ok(rows.into_iter().map(happening).collect())
    }

    /// Who takes part in each event, and as what.
    fn figures(&self) -> SqlResult<BTreeMap<(String, String), Vec<Figure>>> {
        let mut titles: BTreeMap<(u32, String), Vec<String>> = BTreeMap::new();
        let mut select =
            self.connection.prepare("SELECT document, person, office FROM role ORDER BY rowid")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let offices = titles.entry((row.get(0)?, row.get(1)?)).or_default();
            let office: String = row.get(2)?;
            if !offices.contains(&office) {
                offices.push(office);
            }
        }
        let mut figures: BTreeMap<(String, String), Vec<Figure>> = BTreeMap::new();
        let mut select = self.connection.prepare(
            "SELECT \"row\", part, name, code, sector, document FROM participant
             WHERE part IN ('actor', 'recipient') ORDER BY rowid",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let participant = Participant { name: row.get(2)?, code: row.get(3)?, sector: row.get(4)? };
            let document: u32 = row.get(5)?;
            let held = participant.name.clone().and_then(|name| titles.get(&(document, name)));
            let title = held.map(|offices| offices.join(", "));
            figures.entry((row.get(0)?, row.get(1)?)).or_default().push(Figure { participant, title });
        }
        Ok(figures)
    }

    /// What each document names in its rows.
    fn stories(&self) -> SqlResult<BTreeMap<u32, Story>> {
        let mut stories: BTreeMap<u32, Story> = BTreeMap::new();
        let mut select = self.connection.prepare(
            "SELECT document, 0, name FROM participant WHERE name IS NOT NULL UNION
             SELECT document, 1, code FROM participant WHERE code LIKE '%:%' UNION
             SELECT document, 2, place FROM meeting WHERE place IS NOT NULL UNION
             SELECT document, 2, place FROM event WHERE place IS NOT NULL ORDER BY 1, 2, 3",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let story = stories.entry(row.get(0)?).or_default();
            let list = match row.get(1)? {
                0 => &mut story.people,
                1 => &mut story.organizations,
                _ => &mut story.places,
            };
            list.push(row.get(2)?);
        }
        Ok(stories)
    }

    /// Who tells each happening.
    fn mentions(&self) -> SqlResult<BTreeMap<String, Vec<Mention>>> {
        let mut mentions: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
        let mut select = self.connection.prepare(
            "SELECT m.happening, m.event, m.document, m.document_date, d.source, m.sentence, m.quote,
                    nullif(instr(d.text, m.quote), 0) - 1, length(d.text)
             FROM event_mentions m JOIN document d ON d.number = CAST(substr(m.document, 2) AS INTEGER)
             ORDER BY m.happening <> m.event, d.number, CAST(substr(m.event, instr(m.event, '.') + 2) AS INTEGER)",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            mentions.entry(row.get(0)?).or_default().push(mention(row)?);
        }
        Ok(mentions)
    }
}

fn mention(row: &Row<'_>) -> SqlResult<Mention> {
    Ok(Mention {
        event: row.get(1)?,
        document: row.get(2)?,
        date: row.get::<_, Option<String>>(3)?.and_then(|date| date.parse().ok()),
        source: parse_json(row, 4)?,
        sentence: row.get(5)?,
        quote: row.get(6)?,
        offset: row.get(7)?,
        length: row.get(8)?,
    })
}
