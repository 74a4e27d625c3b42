//! What a page may change: corrections, links, and the name they are made in.
//!
//! An action is a form that is posted. It answers with the address of the page that shows what came of it.

use chancery_corpus::{Corpus, Judgement, Layer, Row, Stored, Verdict};

use super::asked::part;
use super::fault::Fault;
use super::multipart::parts;
use super::page::Page;
use super::pages::corrections::imported;
use super::parts::address;
use crate::clock::now;
use crate::corrections::{Field, Valid, filled, fresh, rows, set, take, whole_names};

/// A form as it was sent.
pub(super) struct Sent {
    /// In whose name.
    pub(super) who: String,
    fields: Vec<(String, String)>,
    /// Name and content of its files; none where the content is no UTF-8.
    files: Vec<(String, Option<String>)>,
}

impl Sent {
    /// `body` is encoded as its kind says: as files are sent, else as an address is.
    pub(super) fn new(who: String, kind: &str, body: &[u8]) -> Self {
        let Some(parts) = parts(kind, body) else {
            return Self {
                who,
                fields: form_urlencoded::parse(body).into_owned().collect(),
                files: Vec::new(),
            };
        };
        let (mut fields, mut files) = (Vec::new(), Vec::new());
        for part in parts {
            let text = std::str::from_utf8(part.body).ok().map(str::to_owned);
            match part.file {
                Some(name) if name.is_empty() && part.body.is_empty() => {}
                Some(name) => files.push((name, text)),
                None => fields.extend(text.map(|text| (part.name, text))),
            }
        }
        Self { who, fields, files }
    }

    /// What is given for a name; nothing where it is empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.trim())
            .filter(|v| !v.is_empty())
    }

    fn need(&self, name: &str) -> Result<&str, Fault> {
        self.get(name).ok_or_else(|| Fault::asked(format!("the form says no {name}")))
    }

    /// The fields of a row, sent as `set.NAME`.
    fn fields(&self) -> Vec<Field> {
        let field = |(key, text): &(String, String)| {
            Some(Field { name: key.strip_prefix("set.")?.to_owned(), text: one_line(text) })
        };
        self.fields.iter().filter_map(field).collect()
    }

    fn signed(&self) -> Result<String, Fault> {
        match self.get("who").unwrap_or(&self.who).trim() {
            "" => Err(Fault::asked("say who you are first, at the foot of the page: corrections are signed")),
            who => Ok(who.to_owned()),
        }
    }
}

/// What is done with a form.
#[derive(Clone, Copy)]
pub(super) enum Action {
    /// What came of it is at the address that it gives.
    Leads(fn(&mut Corpus, &Sent) -> Result<String, Fault>),
    /// What came of it is a page of its own.
    Shows(fn(&mut Corpus, &Sent) -> Result<Page, Fault>),
}

/// Every action by its address.
pub(super) const ACTIONS: &[(&str, Action)] = &[
    ("/corrections", Action::Leads(correct)),
    ("/corrections/undo", Action::Leads(undo)),
    (IMPORT, Action::Shows(import)),
    ("/links", Action::Leads(unite)),
    ("/links/apart", Action::Leads(split)),
];

/// Where files of corrections are sent.
pub(super) const IMPORT: &str = "/corrections/import";

/// Files are taken up as `chancery corrections import` does; `complete` rejects what a reading does not have.
fn import(corpus: &mut Corpus, sent: &Sent) -> Result<Page, Fault> {
    let read = |(name, text): &(String, Option<String>)| {
        let text = text.clone().ok_or_else(|| Fault::asked(format!("{name} is no text in UTF-8")))?;
        Ok((name.clone(), text))
    };
    let files: Vec<(String, String)> = sent.files.iter().map(read).collect::<Result<_, Fault>>()?;
    if files.is_empty() {
        return Err(Fault::asked("no file was sent; choose one first"));
    }
    let who = sent.signed().ok();
    let taken = take(corpus, &files, who, now(), sent.get("complete").is_some())?;
    Ok(imported(&taken))
}

/// A `row` is right (`accept`), not there (`reject`), otherwise (`edit`, with its fields as `set.NAME`), or missed (`add`, with
/// the kind of row as `layer` and the document as `row`).
fn correct(corpus: &mut Corpus, sent: &Sent) -> Result<String, Fault> {
    let (id, word) = (sent.need("row")?, sent.need("verdict")?);
    let verdict = Verdict::of(word)
        .ok_or_else(|| Fault::asked(format!("'{word}' is no verdict; accept, edit, reject and add are")))?;
    let given = match verdict {
        Verdict::Accept | Verdict::Reject => None,
        Verdict::Edit => Some(edited(corpus, id, sent)?),
        Verdict::Add => Some(added(corpus, id, sent)?),
    };
    let judgement = Judgement {
        verdict,
        given,
        who: sent.signed()?,
        made: now(),
        note: sent.get("note").map(str::to_owned),
        settles: sent.get("settles").is_some(),
    };
    let said = corpus.correct(id, judgement)?;
    Ok(address(said.row.as_deref().unwrap_or(id)))
}

/// The row with the fields that the form changes.
fn edited(corpus: &Corpus, id: &str, sent: &Sent) -> Result<Row, Fault> {
    let stored = corpus.document(id)?;
    let own = id.split_once('.').map(|(_, row)| row);
    let row = rows(&stored.record).into_iter().find(|row| Some(row.id()) == own);
    let row = row.ok_or_else(|| Fault::missing(format!("{id} is no row that is there")))?;
    let was = filled(&stored.document, &row);
    let is_changed =
        |field: &Field| was.iter().all(|w| w.name != field.name || one_line(&w.text) != field.text);
    let changed = sent.fields().into_iter().filter(is_changed);
    let changed: Vec<Field> = changed.map(|field| whole_names(&stored.record, row.layer(), field)).collect();
    if changed.is_empty() {
        return Err(Fault::asked("nothing was changed; if the row is right as it is, accept it"));
    }
    set(&stored.document, &row, &changed, &Valid::embedded()).map_err(Fault::asked)
}

fn added(corpus: &Corpus, id: &str, sent: &Sent) -> Result<Row, Fault> {
    let word = sent.need("layer")?;
    let layer = Layer::of(word).ok_or_else(|| {
        Fault::asked(format!("'{word}' is no kind of row; role, meeting, statement and event are"))
    })?;
    let stored = corpus.document(id)?;
    let given = sent.fields().into_iter().filter(|field| !field.text.is_empty());
    let given: Vec<Field> = given.map(|field| whole_names(&stored.record, layer, field)).collect();
    let row = fresh(&stored.document, layer, &given, &Valid::embedded()).map_err(Fault::asked)?;
    match beside(&stored, &row) {
        Some(there) if sent.get("again").is_none() => Err(Fault::asked(format!(
            "its sentence has such a row already, {}.{}: “{}”; tick the box above the button if this is another",
            stored.id,
            there.id(),
            there.words().iter().map(|w| stored.document.slice(*w)).collect::<Vec<_>>().join(" … ")
        ))),
        _ => Ok(row),
    }
}

/// A row of the same kind in the same sentence, the one that shares most words first.
fn beside(stored: &Stored, row: &Row) -> Option<Row> {
    let sentence = |row: &Row| {
        let first = row.words().first().copied()?;
        stored.sentences.iter().position(|s| s.overlaps(first))
    };
    let own = sentence(row)?;
    let shared = |other: &Row| other.words().iter().any(|w| row.words().iter().any(|own| own.overlaps(*w)));
    let all = rows(&stored.record).into_iter();
    let of_sentence = all.filter(|other| other.layer() == row.layer() && sentence(other) == Some(own));
    of_sentence.max_by_key(shared)
}

/// A browser sends the line breaks of a field as it likes.
fn one_line(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// The last correction of `row` in the own name is taken back, or the one of a `number`.
fn undo(corpus: &mut Corpus, sent: &Sent) -> Result<String, Fault> {
    let who = sent.signed()?;
    let taken = match sent.get("number") {
        Some(number) => {
            let number = number
                .parse()
                .map_err(|_| Fault::asked(format!("'{number}' is no number of a correction")))?;
            corpus.undo_correction(number, &now())?
        }
        None => corpus.undo_last(sent.need("row")?, Some(&who), &now())?,
    };
    Ok(taken.row.map_or_else(|| "/".to_owned(), |row| address(&row)))
}

/// A meeting or account (`with`) is the one of `id`.
fn unite(corpus: &mut Corpus, sent: &Sent) -> Result<String, Fault> {
    let ids = [sent.need("id")?.to_owned(), sent.need("with")?.to_owned()];
    // The numbers of meetings move when links are made; accounts keep theirs.
    let account = if ids[0].starts_with('M') {
        corpus.encounter(&ids[0])?.members.into_iter().next()
    } else {
        Some(ids[0].clone())
    };
    corpus.unite(&ids, &now())?;
    meeting_of(corpus, &account.unwrap_or_default())
}

/// An `account` is not of a `meeting`.
fn split(corpus: &mut Corpus, sent: &Sent) -> Result<String, Fault> {
    let (meeting, account) = (sent.need("meeting")?, sent.need("account")?);
    corpus.split(meeting, account, &now())?;
    meeting_of(corpus, account)
}

/// Where the meeting of an account is now.
fn meeting_of(corpus: &Corpus, account: &str) -> Result<String, Fault> {
    let meeting = corpus.meeting_of(account)?;
    Ok(meeting.map_or_else(|| address(account), |meeting| format!("/meetings/{}", part(&meeting))))
}
