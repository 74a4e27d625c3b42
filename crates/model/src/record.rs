//! What was read out of a document: roles, meetings, statements, events, each with its provenance.

use serde::{Deserialize, Serialize};

use crate::{Date, Span};

/// Version of the shape of [`Record`]; grows when a field changes meaning.
pub const SCHEMA: u32 = 1;

/// Everything that the coder read out of one document: the unit that is stored, exchanged and compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// [`SCHEMA`] of the writer.
    pub schema: u32,
    /// Id of the document.
    pub document: String,
    /// Which coder made it: program, version, hash of its rules and weights.
    pub coder: String,
    /// Who held which office, as stated.
    pub roles: Vec<Role>,
    /// Which persons of the tables its names mean.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub people: Vec<Identity>,
    /// What the tables say of those persons, and of the offices that it states.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub terms: Vec<Term>,
    /// Who met whom.
    pub meetings: Vec<Meeting>,
    /// Who said what in whose name.
    pub statements: Vec<Statement>,
    /// Who did what to whom, in an ontology's codes.
    pub events: Vec<Event>,
    /// The sentences that gave nothing, and why.
    pub silent: Vec<Silence>,
    /// What a reader should know before trusting the rows.
    pub notes: Vec<Note>,
}

impl Record {
    /// A record of no rows of the document of this id, made by nobody.
    #[must_use]
    pub fn empty(document: &str) -> Self {
        Self {
            schema: SCHEMA,
            document: document.to_owned(),
            coder: String::new(),
            roles: Vec::new(),
            people: Vec::new(),
            terms: Vec::new(),
            meetings: Vec::new(),
            statements: Vec::new(),
            events: Vec::new(),
            silent: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// Why a field holds what it holds: the words it rests on and the rule that read them.
///
/// Invariant: `spans` slice the document's text; empty only where `why` explains a value that no words state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The field of the row ("date", "holder"), or "row" for the row as a whole.
    pub field: String,
    /// 1-based number of the sentence.
    pub sentence: u32,
    /// The words.
    pub spans: Vec<Span>,
    /// Name of the rule, or of the model, that read them.
    pub rule: String,
    /// The reasoning, where there is any: `"last month" + dateline 2025-10-09 -> 2025-09`.
    pub why: Option<String>,
}

/// One who takes part: a person, or a state or organisation by its code.
///
/// `code` is an ISO 3166-1 alpha-3 code, `IGO:<short name>` or `ORG:<name>`; empty where the text does not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Participant {
    /// Fullest name that the document gives the person.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// State or organisation.
    pub code: String,
    /// PLOVER sector of one who is not the government of `code`: `REB`, `CVL`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sector: Option<String>,
}

/// A person's office as the text states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Unique within the record: `r1`.
    pub id: String,
    /// Fullest name that the document gives.
    pub person: String,
    /// The office without its state or body: "general secretary".
    pub office: String,
    /// The body, where the text names one other than the state: `ORG:Workers' Party of Korea`.
    pub organization: Option<String>,
    /// Code of the state served, or of the international organisation; empty where the text does not tell.
    pub country: String,
    /// The office beneath its spelling.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub post: Option<Post>,
    /// The words that state it.
    pub quote: Span,
    /// Why each field is so.
    pub provenance: Vec<Provenance>,
}

/// An office under one name for all its spellings.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Post {
    /// Lower case: "foreign minister" for "Acting Minister for Foreign Affairs and Trade".
    pub name: String,
    /// Whether only one person at a time holds it of a state or international organisation.
    pub single: bool,
    /// PLOVER sector of its holder; empty where the tables do not know the office.
    pub sector: String,
    /// How it is held.
    pub standing: Standing,
}

/// How an office is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// In full.
    Held,
    /// In the place of another: "acting", "interim".
    Acting,
    /// Not yet: "-elect", "-designate".
    Designate,
    /// No longer: "former", "then-".
    Former,
}

/// Which person of the tables a name of the document means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// As participants and roles give it.
    pub name: String,
    /// Key in the tables: "xi-jinping".
    pub person: String,
}

/// A row of the tables: who held which office from when to when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Key in the tables: "xi-jinping".
    pub person: String,
    /// Usual full name.
    pub name: String,
    /// As the row gives it.
    pub office: String,
    /// The same as [`Post::name`].
    pub post: String,
    /// State or body served.
    pub code: String,
    /// When it began, if known.
    pub from: Option<Date>,
    /// When it ended, if it did and that is known.
    pub to: Option<Date>,
    /// Where the editors have it from.
    pub source: String,
    /// When they last looked.
    pub checked: Option<Date>,
    /// File and line: "data/actors/people.csv:812".
    pub place: String,
}

/// How the parties met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Face to face.
    InPerson,
    /// By telephone.
    Call,
    /// By video link.
    Video,
    /// The text does not tell.
    Unstated,
}

/// Whether the document reports the meeting or only mentions it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// The meeting that the document reports.
    Main,
    /// An earlier or planned one that it mentions.
    Background,
}

/// One side of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Code of the state or organisation.
    pub code: String,
    /// Those who spoke for it, in the order in which they are named.
    pub persons: Vec<String>,
    /// Whether it received the others.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub host: bool,
}

impl Party {
    /// Its persons, each with its code; the code alone if none is named.
    #[must_use]
    pub fn participants(&self) -> Vec<Participant> {
        let one = |name: Option<&String>| Participant {
            name: name.cloned(),
            code: self.code.clone(),
            sector: None,
        };
        if self.persons.is_empty() {
            vec![one(None)]
        } else {
            self.persons.iter().map(|p| one(Some(p))).collect()
        }
    }
}

/// When it was: an interval, both ends inclusive, as precise as the text allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct When {
    /// First day, month or year.
    pub from: Date,
    /// Last day, month or year.
    pub to: Date,
}

/// One encounter of two or more parties, however often the document tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    /// Unique within the record: `m1`.
    pub id: String,
    /// How they met.
    pub format: Format,
    /// When, where the text or its date of publication tells.
    pub when: Option<When>,
    /// Where, in the text's words.
    pub place: Option<String>,
    /// Code of the country it was in.
    pub country: Option<String>,
    /// The sides.
    pub parties: Vec<Party>,
    /// Reported or only mentioned.
    pub told: Told,
    /// Announced, not yet held.
    pub planned: bool,
    /// The words that state it best.
    pub quote: Span,
    /// Why each field is so; one `row` entry for each time that it is told.
    pub provenance: Vec<Provenance>,
}

/// What a speaker does by saying it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// A view, evaluation, support or opposition.
    Position,
    /// The holder says that it will or is ready to do something.
    Commitment,
    /// It asks, urges or calls on someone.
    Request,
    /// Greetings, thanks, congratulations, condolences, welcome.
    Courtesy,
    /// It tells of a fact or past event.
    Report,
    /// Two or more sides agreed, affirmed or committed together.
    Agreement,
}

/// Stance toward the matter itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// For it.
    Support,
    /// Against it.
    Oppose,
    /// Neither.
    Neutral,
}

/// Whose words they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// In quotation marks.
    Quoted,
    /// In the reporter's words.
    Paraphrased,
}

/// Attributed speech or stance: one clause that makes one point under one cue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Unique within the record: `s1`.
    pub id: String,
    /// What is done by saying it.
    pub act: Act,
    /// Who says it.
    pub speaker: Vec<Participant>,
    /// In whose name: "China, he said, is willing …" is said by Li Qiang and held by CHN.
    pub holder: Vec<Participant>,
    /// To or about whom the act is directed.
    pub addressee: Vec<Participant>,
    /// Stance toward the matter.
    pub polarity: Polarity,
    /// Short lower-case noun phrases.
    pub topics: Vec<String>,
    /// The words that attribute it; empty where it goes on from the sentence before.
    pub cue: Vec<Span>,
    /// What is said; more than one span where the cue interrupts it.
    pub content: Vec<Span>,
    /// Quoted or paraphrased.
    pub manner: Manner,
    /// The statement whose speaker it goes on from.
    pub continues: Option<String>,
    /// Why each field is so.
    pub provenance: Vec<Provenance>,
}

/// Whether the event took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// It did.
    Happened,
    /// It is to.
    Planned,
    /// Someone asks that it do.
    Requested,
    /// It is said not to have.
    Denied,
}

/// Who did what to whom, in the codes of PLOVER and, where clear, CAMEO.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Unique within the record: `e1`.
    pub id: String,
    /// PLOVER type: `CONSULT`.
    pub plover: String,
    /// PLOVER mode: `visit`.
    pub mode: Option<String>,
    /// CAMEO code: `042`.
    pub cameo: Option<String>,
    /// PLOVER contexts: `military`, `human_rights`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub contexts: Vec<String>,
    /// Who acts; of a meeting, all parties.
    pub actor: Vec<Participant>,
    /// Toward whom; of a meeting, nobody.
    pub recipient: Vec<Participant>,
    /// When.
    pub when: Option<When>,
    /// Where, in the text's words.
    pub place: Option<String>,
    /// Whether it took place.
    pub modality: Modality,
    /// The statement that it is, or that tells of it.
    pub said_in: Option<String>,
    /// The meeting that it is.
    pub meeting: Option<String>,
    /// The words that state it.
    pub quote: Span,
    /// How often an event found in this way, with as sure sides, is right in type, actors and recipients (states and organisations), in
    /// hundredths; none where it was not measured.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub confidence: Option<u8>,
    /// What the second opinion takes it for instead: another PLOVER type, or `nothing`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub disputed: Option<String>,
    /// Why each field is so.
    pub provenance: Vec<Provenance>,
}

/// A sentence that gave no row, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// 1-based number of the sentence.
    pub sentence: u32,
    /// Where it is.
    pub span: Span,
    /// Why nothing was read from it.
    pub why: String,
}

/// Something odd that a reader should see: a weekday that contradicts its date, a name that could not be placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Where, if at a place.
    pub span: Option<Span>,
    /// What, in the user's words.
    pub text: String,
}
