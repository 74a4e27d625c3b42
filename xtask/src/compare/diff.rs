//! Rows of two codings of the same documents: which are the same, added, lost or altered.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Kinds of rows, and what is shown of one beside its words.
pub(super) const KINDS: [(&str, &[&str]); 4] = [
    ("roles", &["person", "office", "country"]),
    ("meetings", &["format", "parties"]),
    ("statements", &["act", "holder"]),
    ("events", &["plover", "actor", "recipient"]),
];

/// What a program made of a document: its record, and the same rows in the document's words.
#[derive(Debug, Clone, Default)]
pub(super) struct Coded {
    pub(super) record: Value,
    pub(super) annotations: Value,
}

/// Documents by their id.
pub(super) type Coding = BTreeMap<String, Coded>;

/// A row of a record.
#[derive(Debug, Clone, PartialEq)]
struct Row<'a> {
    document: &'a str,
    words: String,
    /// Where the words stand that tell it: of a statement its cue, of all others the quote.
    anchor: Value,
    /// What it says, the names of its rules among it.
    fields: Map<String, Value>,
}

/// What became of the rows of one kind.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) same: usize,
    pub(super) added: Vec<String>,
    pub(super) lost: Vec<String>,
    pub(super) altered: Vec<String>,
}

/// The rows of a kind before and after, document by document.
pub(super) fn change(kind: &str, shown: &[&str], before: &Coding, after: &Coding) -> Change {
    let nothing = Coded::default();
    let mut change = Change::default();
    let mut documents: Vec<&String> = before.keys().chain(after.keys()).collect();
    documents.sort();
    documents.dedup();
    for id in documents {
        let of = |coding: &'_ Coding| rows(kind, id, coding.get(id).unwrap_or(&nothing));
        let (mut old, mut new) = (of(before), of(after));
        change.same += paired(&mut old, &mut new, |a, b| usize::from(a == b)).len();
        let like = |a: &Row, b: &Row| if a.anchor == b.anchor { 1 + agreement(a, b) } else { 0 };
        for (old, new) in paired(&mut old, &mut new, like) {
            change.altered.push(format!("{} | {}", new.line(&[]), differences(&old, &new).join("; ")));
        }
        change.lost.extend(old.iter().map(|row| row.line(shown)));
        change.added.extend(new.iter().map(|row| row.line(shown)));
    }
    change
}

/// Take out pairs of rows, the likest first, until none are alike.
fn paired<'a>(
    old: &mut Vec<Row<'a>>,
    new: &mut Vec<Row<'a>>,
    likeness: impl Fn(&Row, &Row) -> usize,
) -> Vec<(Row<'a>, Row<'a>)> {
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (i, one) in old.iter().enumerate() {
        pairs.extend(new.iter().enumerate().map(|(j, other)| (likeness(one, other), i, j)));
    }
    pairs.retain(|pair| pair.0 > 0);
    pairs.sort_by_key(|&(likeness, i, j)| (std::cmp::Reverse(likeness), i, j));
    let (mut left, mut right, mut out) = (vec![true; old.len()], vec![true; new.len()], Vec::new());
    for (_, i, j) in pairs {
        if left[i] && right[j] {
            (left[i], right[j]) = (false, false);
            out.push((old[i].clone(), new[j].clone()));
        }
    }
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    old.retain(|_| left.next().unwrap_or_default());
    new.retain(|_| right.next().unwrap_or_default());
    out
}

fn agreement(one: &Row, other: &Row) -> usize {
    one.fields.iter().filter(|(name, value)| other.fields.get(*name) == Some(*value)).count()
}

/// `actor: TCD -> TCD, SDN` for each field in which they differ.
fn differences(old: &Row, new: &Row) -> Vec<String> {
    let field = |row: &Row, name: &str| row.fields.get(name).cloned().unwrap_or_default();
    let mut names: Vec<&String> = old.fields.keys().chain(new.fields.keys()).collect();
    names.sort();
    names.dedup();
    let differ = names.into_iter().filter(|name| field(old, name) != field(new, name));
    differ
        .map(|name| format!("{name}: {} -> {}", brief(&field(old, name)), brief(&field(new, name))))
        .collect()
}

fn rows<'a>(kind: &str, document: &'a str, coded: &Coded) -> Vec<Row<'a>> {
    let list = |value: &Value| value[kind].as_array().cloned().unwrap_or_default();
    let quotes = list(&coded.annotations);
    let row = |(number, row): (usize, Value)| {
        let words = quotes.get(number).map(|quote| words(&quote["cue"], quote)).unwrap_or_default();
        let cue = row["cue"].as_array().is_some_and(|cue| !cue.is_empty());
        let anchor = ["quote", "cue", "content"].iter().find(|name| match **name {
            "cue" => cue,
            name => !row[name].is_null(),
        });
        let anchor = anchor.map(|name| row[*name].clone()).unwrap_or_default();
        Row { document, words, anchor, fields: fields(row) }
    };
    list(&coded.record).into_iter().enumerate().map(row).collect()
}

/// What a row says. Ids are numbers in the order of the text: of those that it points at only counts whether there is one.
fn fields(row: Value) -> Map<String, Value> {
    let rules = row["provenance"].as_array().into_iter().flatten().filter(|why| why["field"] == "row");
    let mut rules: Vec<Value> = rules.map(|why| why["rule"].clone()).collect();
    rules.dedup();
    let Value::Object(mut fields) = row else { return Map::new() };
    fields.remove("id");
    fields.insert("rule".to_owned(), rules.into());
    fields.remove("provenance");
    for pointer in ["said_in", "meeting", "continues"] {
        if let Some(id) = fields.get_mut(pointer) {
            *id = (!id.is_null()).into();
        }
    }
    fields
}

/// The words of a row as its annotation gives them: the quote, or cue and content.
fn words(cue: &Value, quote: &Value) -> String {
    let parts = [&quote["quote"], cue, &quote["content"]];
    let text: Vec<String> = parts.into_iter().filter(|part| !part.is_null()).map(brief).collect();
    text.join(" · ").split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Row<'_> {
    fn line(&self, shown: &[&str]) -> String {
        let words: String = self.words.chars().take(120).collect();
        let rule = self.fields.get("rule").map(brief).unwrap_or_default();
        let mut parts = vec![self.document.to_owned(), words, rule];
        if !shown.is_empty() {
            let said = shown.iter().map(|name| self.fields.get(*name).map(brief).unwrap_or_default());
            parts.push(said.collect::<Vec<_>>().join(" > "));
        }
        parts.join(" | ")
    }
}

/// A value in few letters: codes of participants, ends of spans and intervals.
fn brief(value: &Value) -> String {
    let text = |name: &str| value[name].as_str().unwrap_or_default();
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) if text.is_empty() => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) if list.is_empty() => "-".to_owned(),
        Value::Array(list) => list.iter().map(brief).collect::<Vec<_>>().join(", "),
        Value::Object(who) if who.contains_key("code") => {
            let names = [text("name"), text("code"), text("sector")].map(str::to_owned);
            let persons = who.get("persons").filter(|p| p.as_array().is_some_and(|p| !p.is_empty()));
            let all = names.into_iter().chain(persons.map(brief)).filter(|part| !part.is_empty());
            all.collect::<Vec<_>>().join(" ")
        }
        Value::Object(span) if span.contains_key("end") => format!("{}-{}", span["start"], span["end"]),
        Value::Object(when) if when.contains_key("from") => format!("{}/{}", text("from"), text("to")),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(start: usize, plover: &str, actor: &str, rule: &str) -> Value {
        json!({
            "id": format!("e{start}"), "plover": plover, "actor": [{"code": actor}], "recipient": [], "said_in": null,
            "quote": {"start": start, "end": start + 5}, "provenance": [{"field": "row", "rule": rule, "why": "line 7"}],
        })
    }

    /// One document of these events, each in the words "blamed it".
    fn coding(events: &[Value]) -> Coding {
        let quotes: Vec<Value> = events.iter().map(|_| json!({"quote": "blamed\n it"})).collect();
        let coded = Coded { record: json!({ "events": events }), annotations: json!({ "events": quotes }) };
        Coding::from([("d1".to_owned(), coded)])
    }

    #[track_caller]
    fn check(before: &[Value], after: &[Value], same: usize, lines: [&[&str]; 3]) {
        let change = change("events", &["plover", "actor"], &coding(before), &coding(after));
        let got = [&change.added, &change.lost, &change.altered];
        assert_eq!(
            (change.same, got.map(|l| l.iter().map(String::as_str).collect::<Vec<_>>())),
            (same, lines.map(<[_]>::to_vec))
        );
    }

    #[test]
    fn rows_whose_numbers_alone_differ_are_the_same() {
        let renumbered =
            json!({"id": "e9", "provenance": [{"field": "row", "rule": "accuse#blame", "why": "line 8"}]});
        let mut later = event(3, "ACCUSE", "TCD", "accuse#blame");
        later["id"] = renumbered["id"].clone();
        later["provenance"] = renumbered["provenance"].clone();
        check(&[event(3, "ACCUSE", "TCD", "accuse#blame")], &[later], 1, [&[], &[], &[]]);
    }

    #[test]
    fn a_row_in_other_words_is_lost_and_added() {
        check(
            &[event(3, "ACCUSE", "TCD", "accuse#blame")],
            &[event(9, "ACCUSE", "TCD", "accuse#blame")],
            0,
            [
                &["d1 | blamed it | accuse#blame | ACCUSE > TCD"],
                &["d1 | blamed it | accuse#blame | ACCUSE > TCD"],
                &[],
            ],
        );
    }

    #[test]
    fn a_row_in_the_same_words_is_altered_and_says_in_what() {
        check(
            &[event(3, "ACCUSE", "TCD", "accuse#blame")],
            &[event(3, "ACCUSE", "SDN", "accuse#charge")],
            0,
            [
                &[],
                &[],
                &["d1 | blamed it | accuse#charge | actor: TCD -> SDN; rule: accuse#blame -> accuse#charge"],
            ],
        );
    }

    #[test]
    fn of_rows_in_the_same_words_the_likest_belong_together() {
        let (one, two) = (event(3, "ACCUSE", "TCD", "accuse#blame"), event(3, "AID", "SDN", "aid#give"));
        let changed = event(3, "AID", "EGY", "aid#give");
        check(
            &[one.clone(), two],
            &[changed, one],
            1,
            [&[], &[], &["d1 | blamed it | aid#give | actor: SDN -> EGY"]],
        );
    }

    #[test]
    fn a_statement_is_told_by_its_cue_and_where_it_has_none_by_its_content() {
        let statement = |cue: Value, act: &str| json!({"id": "s1", "act": act, "cue": cue, "content": [{"start": 20, "end": 30}], "provenance": []});
        let coding = |statement: Value| {
            let quote = json!({"cue": "said", "content": "all is well"});
            let coded = Coded {
                record: json!({"statements": [statement]}),
                annotations: json!({"statements": [quote]}),
            };
            Coding::from([("d1".to_owned(), coded)])
        };
        for cue in [json!([{"start": 1, "end": 5}]), json!([])] {
            let (before, after) =
                (coding(statement(cue.clone(), "report")), coding(statement(cue, "position")));
            let change = change("statements", &[], &before, &after);
            assert_eq!(change.altered, ["d1 | said · all is well | - | act: report -> position"]);
        }
    }

    #[test]
    fn rows_of_a_document_that_is_gone_are_lost() {
        let change = change("events", &[], &coding(&[event(3, "AID", "TCD", "aid#give")]), &Coding::new());
        assert_eq!((change.lost.len(), change.added.len()), (1, 0));
    }
}
