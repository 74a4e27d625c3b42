//! Rows of annotations, set into the text that they are of.

use chancery_model::{
    Act, Date, Document, Event, Format, Manner, Meeting, Modality, Participant, Party, Polarity, Record,
    Role, Span, Statement, Told, When,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::LAYERS;
use super::place::Places;

/// The rows of a reading as those of a record, with ids by their place in their list: `s1` is the first statement.
///
/// # Errors
/// What is wrong with them, each with its place, and what would be right.
pub fn rows(document: &Document, reading: &Value) -> Result<Record, Vec<String>> {
    let mut reader = Reader { places: Places::new(document), faults: Vec::new() };
    let mut record = Record::empty(&document.id);
    for (layer, letter) in LAYERS {
        for (number, row) in (1..).zip(reading[layer].as_array().into_iter().flatten()) {
            let known = reader.faults.len();
            let id = format!("{letter}{number}");
            match row.as_object() {
                Some(row) => reader.put(&mut record, layer, id, row),
                None => reader.fault(format!("is no object; write {{\"{}\": …}}", required(layer)[0])),
            }
            for fault in &mut reader.faults[known..] {
                *fault = format!("{layer}, row {number}: {fault}");
            }
        }
    }
    if reader.faults.is_empty() { Ok(record) } else { Err(reader.faults) }
}

/// A row of annotations with some of its fields put otherwise, read again.
///
/// # Errors
/// What is wrong with it.
pub fn edited(document: &Document, layer: &str, row: Map<String, Value>) -> Result<Record, String> {
    let reading = Value::Object(Map::from_iter([(layer.to_owned(), Value::Array(vec![Value::Object(row)]))]));
    rows(document, &reading).map_err(|faults| {
        let bare = |fault: &String| fault.split_once(": ").map_or(fault.clone(), |(_, what)| what.to_owned());
        faults.iter().map(bare).collect::<Vec<_>>().join("; ")
    })
}

/// The fields that a row of this list must have.
#[must_use]
pub fn required(layer: &str) -> &'static [&'static str] {
    match layer {
        "roles" => &["person", "office", "quote"],
        "meetings" => &["parties", "quote"],
        "statements" => &["act", "speaker", "content"],
        _ => &["plover", "quote"],
    }
}

struct Reader<'a> {
    places: Places<'a>,
    faults: Vec<String>,
}

type Row = Map<String, Value>;

impl Reader<'_> {
    fn fault(&mut self, what: String) {
        self.faults.push(what);
    }

    fn put(&mut self, record: &mut Record, layer: &str, id: String, row: &Row) {
        let known = self.faults.len();
        // What a tool marks has its words already, and may not be able to say who speaks.
        let marked = row.contains_key("bytes");
        for field in required(layer).iter().filter(|_| !marked) {
            if row.get(*field).is_none_or(Value::is_null) {
                self.fault(format!("no '{field}'; it needs {}", required(layer).join(", ")));
            }
        }
        if self.faults.len() > known {
            return;
        }
        match layer {
            "roles" => record.roles.extend(self.role(id, row)),
            "meetings" => record.meetings.extend(self.meeting(id, row)),
            "statements" => record.statements.extend(self.statement(id, row)),
            _ => record.events.extend(self.event(id, row)),
        }
    }

    fn role(&mut self, id: String, row: &Row) -> Option<Role> {
        let (person, office, quote) =
            (self.filled(row, "person"), self.filled(row, "office"), self.quote(row));
        Some(Role {
            id,
            organization: self.text(row, "organization"),
            country: self.text(row, "country").unwrap_or_default(),
            post: None,
            person: person?,
            office: office?,
            quote: quote?,
            provenance: Vec::new(),
        })
    }

    fn meeting(&mut self, id: String, row: &Row) -> Option<Meeting> {
        let parties = row.get("parties").unwrap_or(&Value::Array(Vec::new())).clone();
        let parties: Option<Vec<Party>> = self.parsed(&parties, "parties", |fault| {
            format!("{fault}; write [{{\"code\": \"CHN\", \"persons\": [\"Li Qiang\"]}}, …]")
        });
        let quote = self.quote(row);
        Some(Meeting {
            id,
            format: self.one_of(row, "format", &["in_person", "call", "video", "unstated"], Format::Unstated),
            when: self.when(row),
            place: self.text(row, "place"),
            country: self.text(row, "country"),
            told: self.one_of(row, "told", &["main", "background"], Told::Main),
            planned: self.yes(row, "planned"),
            parties: parties?,
            quote: quote?,
            provenance: Vec::new(),
        })
    }

    fn statement(&mut self, id: String, row: &Row) -> Option<Statement> {
        let acts = ["position", "commitment", "request", "courtesy", "report", "agreement"];
        let speaker = self.participants(row, "speaker");
        let said = row.contains_key("holder");
        let holder = if said { self.participants(row, "holder") } else { speaker.clone() };
        let act = self.one_of(row, "act", &acts, Act::Position);
        let polarity = self.one_of(row, "polarity", &["support", "oppose", "neutral"], Polarity::Neutral);
        let content = self.content(row);
        let near = content.as_ref().map_or(Span::new(0, 0), |content| content[0]);
        Some(Statement {
            id,
            act,
            holder,
            speaker,
            addressee: self.participants(row, "addressee"),
            polarity,
            topics: self.list(row, "topics"),
            cue: self.cue(row, near),
            manner: self.one_of(row, "manner", &["quoted", "paraphrased"], Manner::Paraphrased),
            content: content?,
            continues: None,
            provenance: Vec::new(),
        })
    }

    fn event(&mut self, id: String, row: &Row) -> Option<Event> {
        let modalities = ["happened", "planned", "requested", "denied"];
        let (plover, quote) = (self.filled(row, "plover"), self.quote(row));
        Some(Event {
            id,
            mode: self.text(row, "mode"),
            cameo: self.text(row, "cameo"),
            contexts: self.list(row, "contexts"),
            actor: self.participants(row, "actor"),
            recipient: self.participants(row, "recipient"),
            when: self.when(row),
            place: self.text(row, "place"),
            modality: self.one_of(row, "modality", &modalities, Modality::Happened),
            said_in: None,
            meeting: None,
            plover: plover?,
            quote: quote?,
            confidence: None,
            disputed: None,
            provenance: Vec::new(),
        })
    }

    /// Words, or none.
    fn text(&mut self, row: &Row, key: &str) -> Option<String> {
        match row.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()).filter(|text| !text.is_empty()),
            Some(other) => {
                self.fault(format!("'{key}' is {other}; write words in quotation marks"));
                None
            }
        }
    }

    fn filled(&mut self, row: &Row, key: &str) -> Option<String> {
        let known = self.faults.len();
        let text = self.text(row, key);
        if row.contains_key("bytes") {
            return Some(text.unwrap_or_default());
        }
        if text.is_none() && self.faults.len() == known {
            self.fault(format!("'{key}' is empty"));
        }
        text
    }

    fn yes(&mut self, row: &Row, key: &str) -> bool {
        match row.get(key) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(yes)) => *yes,
            Some(other) => {
                self.fault(format!("'{key}' is {other}; write true or false"));
                false
            }
        }
    }

    fn list(&mut self, row: &Row, key: &str) -> Vec<String> {
        let wrong = |fault: String| format!("{fault}; write [\"…\", \"…\"]");
        match row.get(key) {
            None | Some(Value::Null) => Vec::new(),
            Some(list) => self.parsed(list, key, wrong).unwrap_or_default(),
        }
    }

    fn parsed<T: DeserializeOwned>(
        &mut self,
        value: &Value,
        key: &str,
        wrong: impl FnOnce(String) -> String,
    ) -> Option<T> {
        match serde_json::from_value(value.clone()) {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                self.fault(wrong(format!("'{key}': {error}")));
                None
            }
        }
    }

    fn one_of<T: DeserializeOwned>(&mut self, row: &Row, key: &str, valid: &[&str], else_: T) -> T {
        let value = match row.get(key) {
            None | Some(Value::Null) => return else_,
            Some(value) => value,
        };
        if let Ok(parsed) = serde_json::from_value(value.clone()) {
            return parsed;
        }
        let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.fault(format!("'{key}' is '{shown}'; it is one of {}", valid.join(", ")));
        else_
    }

    /// One participant, a list of them, or only codes.
    fn participants(&mut self, row: &Row, key: &str) -> Vec<Participant> {
        let all = match row.get(key) {
            None | Some(Value::Null) => return Vec::new(),
            Some(Value::Array(all)) => all.as_slice(),
            Some(one) => std::slice::from_ref(one),
        };
        let mut participants = Vec::new();
        for one in all {
            if let Some(code) = one.as_str() {
                participants.push(Participant { name: None, code: code.to_owned(), sector: None });
                continue;
            }
            let mut one = one.clone();
            if let Some(fields) = one.as_object_mut() {
                fields.entry("code").or_insert_with(|| Value::String(String::new()));
            }
            let wrong =
                |fault: String| format!("{fault}; write {{\"name\": \"Li Qiang\", \"code\": \"CHN\"}}");
            participants.extend(self.parsed::<Participant>(&one, key, wrong));
        }
        participants
    }

    fn when(&mut self, row: &Row) -> Option<When> {
        let (from, to) = (self.date(row, "from"), self.date(row, "to"));
        match (from, to) {
            (Some(from), to) => {
                let to = to.unwrap_or(from);
                if from.first() > to.last() {
                    self.fault(format!("'to' is {to}, before 'from', {from}"));
                }
                Some(When { from, to })
            }
            (None, Some(to)) => Some(When { from: to, to }),
            (None, None) => None,
        }
    }

    fn date(&mut self, row: &Row, key: &str) -> Option<Date> {
        let text = self.text(row, key)?;
        let parsed = text.parse();
        if parsed.is_err() {
            self.fault(format!("'{key}' is '{text}', no date; write YYYY-MM-DD, YYYY-MM or YYYY"));
        }
        parsed.ok()
    }

    /// Words that a tool marked, in bytes.
    fn bytes(&self, row: &Row, key: &str) -> Option<Vec<Span>> {
        let spans: Vec<[usize; 2]> = serde_json::from_value(row.get(key)?.clone()).ok()?;
        spans.into_iter().map(|[start, end]| self.places.bytes(start, end)).collect()
    }

    fn quote(&mut self, row: &Row) -> Option<Span> {
        if let Some(marked) = self.bytes(row, "bytes") {
            return marked.first().copied();
        }
        let words = self.filled(row, "quote")?;
        let span = self.places.first(&words, row.get("at").and_then(Value::as_u64));
        if span.is_none() {
            self.fault(format!("'quote': '{words}' is not in the text, word for word"));
        }
        span
    }

    /// What is said: words, or places in code points.
    fn content(&mut self, row: &Row) -> Option<Vec<Span>> {
        if let Some(marked) = self.bytes(row, "bytes").filter(|spans| !spans.is_empty()) {
            return Some(marked);
        }
        let all = match &row["content"] {
            Value::Array(all) => all.as_slice(),
            one => std::slice::from_ref(one),
        };
        let bound = |part: &Value, key: &str| part[key].as_u64();
        let places: Option<Vec<Span>> =
            all.iter().map(|part| self.places.between(bound(part, "start")?, bound(part, "end")?)).collect();
        if let Some(spans) = places.filter(|spans| !spans.is_empty()) {
            return Some(spans);
        }
        let words: Option<Vec<&str>> =
            all.iter().map(|part| part.as_str().filter(|words| !words.is_empty())).collect();
        let Some(words) = words.filter(|words| !words.is_empty()) else {
            self.fault("'content' is neither words of the text nor a list of such".to_owned());
            return None;
        };
        match self.places.parts(&words, row.get("at").and_then(Value::as_u64)) {
            Ok(spans) => Some(spans),
            Err(fault) => {
                self.fault(format!("'content': {fault}"));
                None
            }
        }
    }

    /// The words that attribute it: where it says, else nearest to the content.
    fn cue(&mut self, row: &Row, content: Span) -> Vec<Span> {
        if let Some(marked) = self.bytes(row, "cue_bytes") {
            return marked;
        }
        let Some(words) = self.text(row, "cue") else { return Vec::new() };
        let at = row.get("cue_at").and_then(Value::as_u64).and_then(|at| self.places.at(&words, at));
        let span = at.or_else(|| self.places.nearest(&words, content));
        if span.is_none() {
            self.fault(format!("'cue': '{words}' is not in the text, word for word"));
        }
        span.into_iter().collect()
    }
}
