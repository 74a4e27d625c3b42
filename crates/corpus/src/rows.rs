//! The rows of one document, laid out into the tables.

use std::collections::BTreeMap;

use chancery_model::{
    Date, Document, Participant, Party, Post, Provenance, Record, Role, Span, Standing, When,
};
use rusqlite::{Result as SqlResult, Transaction, params};
use serde::Serialize;

use crate::store::json;

/// Lays the rows of one document out into the tables.
pub(crate) struct Rows<'a> {
    pub(crate) transaction: &'a Transaction<'a>,
    pub(crate) document: &'a Document,
    pub(crate) number: u32,
}

impl Rows<'_> {
    pub(crate) fn all(&self, sentences: &[Span], record: &Record) -> SqlResult<()> {
        self.sentences(sentences, record)?;
        self.terms(record)?;
        self.notes(record)?;
        self.told(sentences, record)
    }

    /// What people can correct, once the rest is there.
    pub(crate) fn again(&self, sentences: &[Span], record: &Record) -> SqlResult<()> {
        self.put(
            "UPDATE sentence SET silent = NULL WHERE document = ?1 AND silent IS NOT NULL",
            [self.number],
        )?;
        record.silent.iter().try_for_each(|s| {
            self.put(
                "UPDATE sentence SET silent = ?3 WHERE document = ?1 AND number = ?2",
                params![self.number, s.sentence, s.why],
            )
        })?;
        self.told(sentences, record)
    }

    fn told(&self, sentences: &[Span], record: &Record) -> SqlResult<()> {
        self.roles(record)?;
        self.meetings(record)?;
        self.statements(sentences, record)?;
        self.events(record)
    }

    fn id(&self, row: &str) -> String {
        format!("d{}.{row}", self.number)
    }

    fn words(&self, spans: &[Span]) -> String {
        spans.iter().map(|&s| self.document.slice(s)).collect::<Vec<_>>().join(" … ")
    }

    fn put(&self, sql: &str, values: impl rusqlite::Params) -> SqlResult<()> {
        self.transaction.prepare_cached(sql)?.execute(values).map(|_| ())
    }

    fn participant(&self, row: &str, part: &str, who: &Participant, host: bool) -> SqlResult<()> {
        self.put(
            "INSERT INTO participant VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![self.number, row, part, who.name, who.code, who.sector, host],
        )
    }

    fn participants(&self, row: &str, part: &str, participants: &[Participant]) -> SqlResult<()> {
        participants.iter().try_for_each(|p| self.participant(row, part, p, false))
    }

    fn provenance(&self, row: &str, provenance: &[Provenance]) -> SqlResult<()> {
        provenance.iter().try_for_each(|p| {
            self.put(
                "INSERT INTO provenance VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    self.number,
                    row,
                    p.field,
                    p.sentence,
                    json(&p.spans),
                    self.words(&p.spans),
                    p.rule,
                    p.why
                ],
            )
        })
    }

    fn sentences(&self, sentences: &[Span], record: &Record) -> SqlResult<()> {
        let silent: BTreeMap<u32, &str> =
            record.silent.iter().map(|s| (s.sentence, s.why.as_str())).collect();
        (1..).zip(sentences).try_for_each(|(number, sentence)| {
            self.put(
                "INSERT INTO sentence VALUES (?1, ?2, ?3, ?4, ?5)",
                params![self.number, number, sentence.start, sentence.end, silent.get(&number)],
            )
        })
    }

    fn roles(&self, record: &Record) -> SqlResult<()> {
        record.roles.iter().try_for_each(|r| {
            let id = self.id(&r.id);
            let quote = self.document.slice(r.quote);
            let post = post(r);
            self.put(
                "INSERT INTO role VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                params![
                    id,
                    self.number,
                    r.person,
                    r.office,
                    r.organization,
                    r.country,
                    post.name,
                    post.single,
                    post.sector,
                    word(post.standing),
                    quote
                ],
            )?;
            let holder = Participant { name: Some(r.person.clone()), code: r.country.clone(), sector: None };
            self.participant(&id, "person", &holder, false)?;
            self.provenance(&id, &r.provenance)
        })
    }

    /// Who is meant by the names, and what the tables say of them.
    fn terms(&self, record: &Record) -> SqlResult<()> {
        for known in &record.people {
            self.put(
                "INSERT INTO identity VALUES (?1, ?2, ?3)",
                params![self.number, known.name, known.person],
            )?;
        }
        record.terms.iter().try_for_each(|t| {
            let date = |date: Option<Date>| date.map(|d| d.to_string());
            self.put(
                "INSERT INTO term VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                params![
                    self.number,
                    t.person,
                    t.name,
                    t.office,
                    t.post,
                    t.code,
                    date(t.from),
                    date(t.to),
                    t.source,
                    date(t.checked),
                    t.place
                ],
            )
        })
    }

    fn meetings(&self, record: &Record) -> SqlResult<()> {
        record.meetings.iter().try_for_each(|m| {
            let id = self.id(&m.id);
            let (from, to) = dates(m.when);
            self.put(
                "INSERT INTO meeting VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                params![
                    id,
                    self.number,
                    from,
                    to,
                    m.place,
                    m.country,
                    json(&m.parties),
                    parties(&m.parties),
                    word(m.format),
                    word(m.told),
                    m.planned,
                    self.document.slice(m.quote),
                ],
            )?;
            for party in &m.parties {
                for who in party.participants() {
                    self.participant(&id, "party", &who, party.host)?;
                }
            }
            self.provenance(&id, &m.provenance)
        })
    }

    fn statements(&self, sentences: &[Span], record: &Record) -> SqlResult<()> {
        record.statements.iter().try_for_each(|s| {
            let id = self.id(&s.id);
            let holds = |span: &Span| (1_u32..).zip(sentences).find(|(_, n)| n.contains(*span));
            let sentence = s.content.first().and_then(holds).map(|(number, _)| number);
            self.put(
                "INSERT INTO statement VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                params![
                    id,
                    self.number,
                    sentence,
                    word(s.act),
                    names_only(&s.speaker),
                    codes(&s.speaker),
                    list(&s.holder),
                    list(&s.addressee),
                    word(s.polarity),
                    s.topics.join("; "),
                    word(s.manner),
                    self.words(&s.cue),
                    self.words(&s.content),
                    s.continues.as_deref().map(|c| self.id(c)),
                ],
            )?;
            self.participants(&id, "speaker", &s.speaker)?;
            self.participants(&id, "holder", &s.holder)?;
            self.participants(&id, "addressee", &s.addressee)?;
            self.provenance(&id, &s.provenance)
        })
    }

    fn events(&self, record: &Record) -> SqlResult<()> {
        record.events.iter().try_for_each(|e| {
            let id = self.id(&e.id);
            let (from, to) = dates(e.when);
            self.put(
                "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
                params![
                    id,
                    self.number,
                    from,
                    to,
                    e.plover,
                    e.mode,
                    e.cameo,
                    e.contexts.join("; "),
                    list(&e.actor),
                    list(&e.recipient),
                    e.place,
                    word(e.modality),
                    e.said_in.as_deref().map(|s| self.id(s)),
                    e.meeting.as_deref().map(|m| self.id(m)),
                    self.document.slice(e.quote),
                    e.confidence,
                    e.disputed,
                ],
            )?;
            self.participants(&id, "actor", &e.actor)?;
            self.participants(&id, "recipient", &e.recipient)?;
            self.provenance(&id, &e.provenance)
        })
    }

    fn notes(&self, record: &Record) -> SqlResult<()> {
        record.notes.iter().try_for_each(|note| {
            let (start, stop) = (note.span.map(|s| s.start), note.span.map(|s| s.end));
            self.put("INSERT INTO note VALUES (?1, ?2, ?3, ?4)", params![self.number, start, stop, note.text])
        })
    }
}

fn dates(when: Option<When>) -> (Option<String>, Option<String>) {
    (when.map(|w| w.from.to_string()), when.map(|w| w.to.to_string()))
}

/// The office beneath its spelling; as stated where the coder tells nothing more.
fn post(role: &Role) -> Post {
    role.post.clone().unwrap_or_else(|| Post {
        name: role.office.to_lowercase(),
        single: false,
        sector: String::new(),
        standing: Standing::Held,
    })
}

/// The unit variant's name as serde writes it: `in_person`.
pub(crate) fn word(value: impl Serialize) -> String {
    json(&value).trim_matches('"').to_owned()
}

/// "Li Qiang (CHN)", "CHN", or the name alone; a sector follows its code: "SDN.REB".
pub(crate) fn shown(name: Option<&str>, code: &str) -> String {
    match (name, code) {
        (Some(name), "") => name.to_owned(),
        (Some(name), code) => format!("{name} ({code})"),
        (None, code) => code.to_owned(),
    }
}

fn list(participants: &[Participant]) -> String {
    let code =
        |p: &Participant| p.sector.as_ref().map_or_else(|| p.code.clone(), |s| format!("{}.{s}", p.code));
    let each: Vec<String> = participants.iter().map(|p| shown(p.name.as_deref(), &code(p))).collect();
    each.join("; ")
}

fn names_only(participants: &[Participant]) -> String {
    let each: Vec<&str> = participants.iter().map(|p| p.name.as_deref().unwrap_or(&p.code)).collect();
    each.join("; ")
}

fn codes(participants: &[Participant]) -> String {
    let mut codes: Vec<&str> =
        participants.iter().map(|p| p.code.as_str()).filter(|c| !c.is_empty()).collect();
    codes.dedup();
    codes.join("; ")
}

/// The parties for people: "Ana Rego, Li Wei (AAA) – BBB".
pub(crate) fn parties(parties: &[Party]) -> String {
    let side = |party: &Party| {
        let names = party.persons.join(", ");
        shown((!names.is_empty()).then_some(&names), &party.code)
    };
    parties.iter().map(side).collect::<Vec<_>>().join(" – ")
}
