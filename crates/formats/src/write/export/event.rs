//! One real event with its codes in every system, as the export formats need it.

use chancery_model::{Date, Modality};

/// One real event, however many documents tell it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Unique in the record: `d1.e2`.
    pub id: String,
    /// The same as a number.
    pub number: u64,
    /// Id of the meeting that it is: `M3`.
    pub meeting: Option<String>,
    /// First day; the document's where the event has no date.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Whether its date lies within one month (`2031-03`), and which.
    pub month: Option<(i16, u8)>,
    /// PLOVER type.
    pub plover: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// PLOVER's quad class, 1 to 4.
    pub quad: Option<u8>,
    /// PLOVER's score.
    pub score: Option<f64>,
    /// CAMEO code, the type's default where the event has none.
    pub cameo: Option<String>,
    /// Whether it took place.
    pub modality: Modality,
    /// Who acts; of a meeting, all parties.
    pub actors: Vec<Actor>,
    /// Toward whom.
    pub recipients: Vec<Actor>,
    /// Where.
    pub site: Site,
    /// The words that state it best.
    pub quote: String,
    /// Those who tell it, the best first.
    pub mentions: Vec<Mention>,
    /// Persons that the best document names.
    pub people: Vec<String>,
    /// Organisations that it names.
    pub organizations: Vec<String>,
    /// Places that it names.
    pub places: Vec<String>,
}

/// Who takes part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Actor {
    /// The person's name, else that of the state or organisation.
    pub name: String,
    /// What the record has for it: the name of the person, else the code.
    pub raw: String,
    /// The record's code: `CHN`, `IGO:UN`; empty where the text does not tell.
    pub code: String,
    /// ISO 3166-1 alpha-3 of the state, or of the organisation's home.
    pub country: Option<String>,
    /// Name of that state.
    pub country_name: Option<String>,
    /// Its number among the Correlates of War, on the day of the event.
    pub cow: Option<u16>,
    /// Its number on the list of Gleditsch and Ward.
    pub gw: Option<u16>,
    /// PLOVER sector.
    pub sector: String,
    /// What that is called: "Government".
    pub sector_name: String,
    /// Code among CAMEO's known groups.
    pub group: Option<String>,
    /// Office, as stated.
    pub title: Option<String>,
    /// Whether it is a person.
    pub person: bool,
}

impl Actor {
    /// PLOVER's code of an actor: the state's, else `IGO`, `NGO` or `MNC` by the sector; none where the text does not tell.
    #[must_use]
    pub fn plover_code(&self) -> Option<&str> {
        let supranational = ["IGO", "NGO", "MNC", "IMG", "ISM"].into_iter().find(|code| *code == self.sector);
        if self.code.starts_with("IGO:") { Some("IGO") } else { self.country.as_deref().or(supranational) }
    }
}

impl Actor {
    /// Its unit in panels: the state that it belongs to, else its own code; none where the text does not tell.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        self.country.as_deref().or(Some(self.code.as_str())).filter(|code| !code.is_empty())
    }
}

/// Where something was.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Site {
    /// In the text's words.
    pub raw: Option<String>,
    /// Name of the town.
    pub city: Option<String>,
    /// First-order unit of the country.
    pub province: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// Name of the country.
    pub country_name: Option<String>,
    /// Latitude and longitude of the town.
    pub coordinates: Option<(f64, f64)>,
}

/// A document that tells of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mention {
    /// Id of its own row: `d1.e2`.
    pub event: String,
    /// `d1`.
    pub document: String,
    /// The document's date.
    pub date: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Language as a BCP 47 tag.
    pub language: Option<String>,
    /// Number of the sentence, from 1.
    pub sentence: Option<u32>,
    /// Where the words stand in the text, in characters from 0.
    pub offset: Option<u32>,
    /// The words that state it.
    pub quote: String,
    /// How many characters the text has.
    pub length: u32,
}

/// The day without hyphens: 20310304.
pub(super) fn digits(date: Date) -> u64 {
    let (year, month, day) = date.parts();
    u64::from(year.unsigned_abs()) * 10_000
        + u64::from(month.unwrap_or(1)) * 100
        + u64::from(day.unwrap_or(1))
}
