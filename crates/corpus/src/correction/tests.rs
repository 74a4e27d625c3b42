//! What comes of a record and what people say of it.
#![allow(clippy::unwrap_used)]

use chancery_model::{
    Act, Event, Format, Manner, Meeting, Modality, Participant, Party, Polarity, Provenance, Record, Role,
    SCHEMA, Silence, Span, Statement, Told, When,
};
use proptest::prelude::*;

use super::*;

const TEXT: &str =
    "Dahl met Rojas in Oslo. Norway is ready to help, she said. Chile opposes the levy. It rained.";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).unwrap();
    Span::new(start, start + words.len())
}

fn sentences() -> Vec<Span> {
    ["Dahl met Rojas in Oslo.", "Norway is ready to help, she said.", "Chile opposes the levy.", "It rained."]
        .map(span)
        .to_vec()
}

fn state(code: &str) -> Participant {
    Participant { name: None, code: code.to_owned(), sector: None }
}

fn why(field: &str, words: &str) -> Provenance {
    let sentence = sentences().iter().position(|s| s.contains(span(words))).unwrap() + 1;
    Provenance {
        field: field.to_owned(),
        sentence: u32::try_from(sentence).unwrap(),
        spans: vec![span(words)],
        rule: "test#rule".to_owned(),
        why: None,
    }
}

fn statement(id: &str, act: Act, content: &str) -> Statement {
    Statement {
        id: id.to_owned(),
        act,
        speaker: vec![state("NOR")],
        holder: vec![state("NOR")],
        addressee: vec![],
        polarity: Polarity::Support,
        topics: vec![],
        cue: vec![],
        content: vec![span(content)],
        manner: Manner::Paraphrased,
        continues: None,
        provenance: vec![why("row", content), why("act", content)],
    }
}

fn event(id: &str, plover: &str, words: &str) -> Event {
    Event {
        id: id.to_owned(),
        plover: plover.to_owned(),
        mode: None,
        cameo: None,
        contexts: vec![],
        actor: vec![state("NOR")],
        recipient: vec![state("CHL")],
        when: None,
        place: None,
        modality: Modality::Happened,
        said_in: None,
        meeting: None,
        quote: span(words),
        confidence: Some(70),
        disputed: Some("nothing".to_owned()),
        provenance: vec![why("row", words)],
    }
}

fn record() -> Record {
    let when = When { from: "2031-03-04".parse().unwrap(), to: "2031-03-04".parse().unwrap() };
    let party = |code: &str| Party { code: code.to_owned(), persons: vec![], host: false };
    Record {
        schema: SCHEMA,
        document: "a".to_owned(),
        coder: "test 1".to_owned(),
        roles: vec![Role {
            id: "r1".to_owned(),
            person: "Dahl".to_owned(),
            office: "minister".to_owned(),
            organization: None,
            country: "NOR".to_owned(),
            post: None,
            quote: span("Dahl"),
            provenance: vec![why("row", "Dahl")],
        }],
        people: vec![],
        terms: vec![],
        meetings: vec![Meeting {
            id: "m1".to_owned(),
            format: Format::InPerson,
            when: Some(when),
            place: Some("Oslo".to_owned()),
            country: None,
            parties: vec![party("NOR"), party("CHL")],
            told: Told::Main,
            planned: false,
            quote: span("met Rojas"),
            provenance: vec![why("row", "met Rojas"), why("place", "Oslo")],
        }],
        statements: vec![
            statement("s1", Act::Commitment, "Norway is ready to help"),
            statement("s2", Act::Position, "Chile opposes the levy"),
        ],
        events: vec![
            Event { said_in: Some("s2".to_owned()), ..event("e1", "REJECT", "opposes the levy") },
            event("e2", "AGREE", "is ready to help"),
        ],
        silent: vec![Silence { sentence: 4, span: sentences()[3], why: "no words".to_owned() }],
        notes: vec![],
    }
}

#[test]
fn coded_otherwise_rows_come_go_and_change_whatever_their_numbers() {
    let (before, mut after) = (record(), record());
    let differ = super::recoded::recoded;
    assert_eq!(differ(&before, &after), []);
    after.statements.remove(0);
    after.statements[0].id = "s1".to_owned();
    after.events[1].recipient = vec![state("SWE")];
    after.roles.push(Role {
        id: "r2".to_owned(),
        quote: span("Rojas"),
        person: "Rojas".to_owned(),
        ..after.roles[0].clone()
    });
    let told: Vec<String> = differ(&before, &after)
        .iter()
        .map(|change| match change {
            Recoded::Came(row) => format!("+{}", row.id()),
            Recoded::Went(row) => format!("-{}", row.id()),
            Recoded::Changed(from, to) => format!("{} {}", from.id(), to.id()),
        })
        .collect();
    assert_eq!(told, ["+r2", "-s1", "e2 e2"]);
}

/// What `who` says, as number `number` and at that minute.
fn said(number: u32, who: &str, verdict: Verdict, found: Option<Row>, given: Option<Row>) -> Correction {
    Correction {
        number,
        key: "key".to_owned(),
        name: "a".to_owned(),
        verdict,
        who: who.to_owned(),
        made: format!("2031-06-01 10:{number:02}"),
        found,
        given,
        note: None,
        settles: false,
        undone: None,
        row: None,
        words: None,
        counts: false,
    }
}

fn s1() -> Statement {
    record().statements.remove(0)
}

/// The first statement with another act.
fn act(number: u32, who: &str, act: Act) -> Correction {
    let given = Row::Statement(Statement { act, ..s1() });
    said(number, who, Verdict::Edit, Some(Row::Statement(s1())), Some(given))
}

fn reject(number: u32, row: Row) -> Correction {
    said(number, "ada", Verdict::Reject, Some(row), None)
}

fn apply(corrections: &[Correction]) -> Record {
    corrected(&record(), &sentences(), corrections)
}

fn ids<'a>(rows: impl IntoIterator<Item = &'a String>) -> Vec<&'a str> {
    rows.into_iter().map(String::as_str).collect()
}

#[test]
fn a_record_of_which_nobody_says_anything_is_as_it_was() {
    assert_eq!(apply(&[]), record());
}

#[test]
fn an_edit_changes_its_field_keeps_the_words_and_tells_who_and_when() {
    let edited = apply(&[act(1, "ada", Act::Request)]);
    let row = &edited.statements[0];
    assert_eq!((row.id.as_str(), row.act), ("s1", Act::Request));
    let reason = row.provenance.iter().find(|p| p.field == "act").unwrap();
    assert_eq!(
        (reason.rule.as_str(), &reason.spans),
        ("correction by ada", &vec![span("Norway is ready to help")])
    );
    assert_eq!(reason.why.as_deref(), Some("2031-06-01 10:01: was commitment"));
    assert_eq!(row.provenance[0], why("row", "Norway is ready to help"), "what was not changed");
    assert_eq!(edited.statements[1..], record().statements[1..]);
    assert_eq!(edited.events, record().events);
}

#[test]
fn a_row_that_was_rejected_leaves_a_gap_and_a_silent_sentence() {
    let rejected =
        apply(&[reject(1, Row::Statement(s1())), reject(2, Row::Event(record().events.remove(1)))]);
    assert_eq!(ids(rejected.statements.iter().map(|s| &s.id)), ["s2"]);
    assert_eq!(ids(rejected.events.iter().map(|e| &e.id)), ["e1"]);
    let silent: Vec<(u32, &str)> = rejected.silent.iter().map(|s| (s.sentence, s.why.as_str())).collect();
    assert_eq!(silent, [(2, "its row was rejected by ada"), (4, "no words")]);
}

#[test]
fn a_sentence_that_another_row_speaks_for_is_not_silent() {
    assert_eq!(apply(&[reject(1, Row::Statement(s1()))]).silent, record().silent);
}

#[test]
fn an_added_row_follows_the_last_and_its_sentence_is_silent_no_more() {
    let new = Row::Statement(Statement {
        id: String::new(),
        provenance: vec![],
        ..statement("", Act::Report, "It rained")
    });
    let added = apply(&[said(1, "ada", Verdict::Add, None, Some(new))]);
    let row = &added.statements[2];
    assert_eq!((row.id.as_str(), row.provenance[0].sentence), ("s3", 4));
    assert_eq!(row.provenance[0].why.as_deref(), Some("2031-06-01 10:01: added"));
    assert!(added.silent.is_empty());
}

#[test]
fn numbers_of_added_rows_are_not_given_twice() {
    let new = |number: u32, words: &str| {
        let row = Row::Statement(statement("", Act::Report, words));
        said(number, "ada", Verdict::Add, None, Some(row))
    };
    let mut both = [new(1, "It rained"), new(2, "in Oslo")];
    assert_eq!(ids(apply(&both).statements.iter().map(|s| &s.id)), ["s1", "s2", "s3", "s4"]);
    both[0].undone = Some("2031-06-02".to_owned());
    assert_eq!(ids(apply(&both).statements.iter().map(|s| &s.id)), ["s1", "s2", "s4"]);
}

#[test]
fn the_later_word_of_one_person_takes_the_place_of_the_earlier() {
    let both = [act(1, "ada", Act::Request), act(2, "ada", Act::Report)];
    assert_eq!(apply(&both).statements[0].act, Act::Report);
}

#[test]
fn of_two_people_the_later_counts_unless_the_other_settles_it() {
    let mut both = [act(1, "ada", Act::Request), act(2, "ben", Act::Report)];
    assert_eq!(apply(&both).statements[0].act, Act::Report);
    both[0].settles = true;
    assert_eq!(apply(&both).statements[0].act, Act::Request);
    both[0].undone = Some("2031-06-02".to_owned());
    assert_eq!(apply(&both).statements[0].act, Act::Report);
}

#[test]
fn what_is_taken_back_no_longer_counts() {
    let mut one = act(1, "ada", Act::Request);
    one.undone = Some("2031-06-02".to_owned());
    assert_eq!(apply(&[one]), record());
}

/// The record of another coder: other ids, words and acts.
fn recoded() -> Record {
    let mut again = record();
    again.coder = "test 2".to_owned();
    again.statements.remove(0);
    again.statements[0].id = "s1".to_owned();
    again.statements.push(statement("s2", Act::Courtesy, "Norway is ready to help, she said"));
    again.events[0].said_in = Some("s1".to_owned());
    again
}

#[test]
fn a_correction_finds_its_row_again_by_its_words() {
    let again = corrected(&recoded(), &sentences(), &[act(1, "ada", Act::Request)]);
    assert_eq!(ids(again.statements.iter().map(|s| &s.id)), ["s1", "s2"]);
    assert_eq!(again.statements[1].act, Act::Request);
    assert_eq!(again.statements[1].content, s1().content, "as the person gave it");
    assert_eq!(again.statements[0], recoded().statements[0]);
}

#[test]
fn a_correction_whose_row_is_gone_still_holds_and_a_rejection_finds_nothing() {
    let mut gone = recoded();
    gone.statements.truncate(1);
    let again = corrected(&gone, &sentences(), &[act(1, "ada", Act::Request)]);
    assert_eq!(ids(again.statements.iter().map(|s| &s.id)), ["s1", "s2"]);
    assert_eq!((again.statements[1].act, &again.statements[1].content), (Act::Request, &s1().content));
    let again = corrected(&gone, &sentences(), &[reject(1, Row::Statement(s1()))]);
    assert_eq!(again, gone);
}

#[test]
fn an_event_of_another_kind_in_the_same_words_is_another_event() {
    let mut again = record();
    again.events =
        vec![event("e1", "ACCUSE", "opposes the levy"), event("e2", "REJECT", "Chile opposes the levy")];
    let judged = reject(1, Row::Event(record().events.remove(0)));
    let kept = corrected(&again, &sentences(), &[judged]);
    assert_eq!(ids(kept.events.iter().map(|e| &e.id)), ["e1"]);
}

#[test]
fn of_two_events_of_one_kind_in_the_same_words_the_one_that_was_meant_is_changed() {
    let mut two = record();
    let other = Event { actor: vec![state("PER")], ..event("e3", "REJECT", "opposes the levy") };
    two.events.push(other.clone());
    let given = Row::Event(Event { cameo: Some("120".to_owned()), ..other.clone() });
    let judged = said(1, "ada", Verdict::Edit, Some(Row::Event(other)), Some(given));
    let kept = corrected(&two, &sentences(), &[judged]);
    assert_eq!(kept.events[0], two.events[0]);
    assert_eq!((kept.events[2].id.as_str(), kept.events[2].cameo.as_deref()), ("e3", Some("120")));
}

#[test]
fn an_event_that_a_person_looked_at_is_neither_doubted_nor_disputed() {
    let row = Row::Event(record().events.remove(1));
    let kept = apply(&[said(1, "ada", Verdict::Accept, Some(row.clone()), Some(row))]);
    assert_eq!((kept.events[1].confidence, &kept.events[1].disputed), (None, &None));
}

#[test]
fn nothing_refers_to_a_row_that_is_gone() {
    let s2 = Row::Statement(record().statements.remove(1));
    assert_eq!(apply(&[reject(1, s2)]).events[0].said_in, None);
}

#[test]
fn an_added_consultation_is_the_meeting_in_its_words() {
    let when = record().meetings[0].when;
    let new = Event {
        actor: vec![state("CHL"), state("NOR")],
        recipient: vec![],
        when,
        ..event("", "CONSULT", "Dahl met Rojas")
    };
    let added = apply(&[said(1, "ada", Verdict::Add, None, Some(Row::Event(new)))]);
    assert_eq!(added.events[2].meeting.as_deref(), Some("m1"));
}

#[test]
fn what_two_people_added_in_nearly_the_same_words_is_one_row() {
    let new = |number: u32, who: &str, words: &str| {
        let row = Row::Statement(statement("", Act::Report, words));
        said(number, who, Verdict::Add, None, Some(row))
    };
    let both = [new(1, "ada", "It rained"), new(2, "ben", "It rained.")];
    assert_eq!(apply(&both).statements.len(), 3);
    let one = [new(1, "ada", "It rained"), new(2, "ada", "It rained.")];
    assert_eq!(apply(&one).statements.len(), 4, "one person knows what is two");
}

#[test]
fn an_edit_of_an_added_row_changes_it() {
    let new = Row::Statement(statement("", Act::Report, "It rained"));
    let given = Row::Statement(statement("", Act::Courtesy, "It rained"));
    let add = said(1, "ada", Verdict::Add, None, Some(new.clone()));
    let edit = said(2, "ben", Verdict::Edit, Some(new.clone()), Some(given));
    let edited = apply(&[add.clone(), edit]);
    assert_eq!((edited.statements.len(), edited.statements[2].act), (3, Act::Courtesy));
    let gone = apply(&[add, said(2, "ben", Verdict::Reject, Some(new), None)]);
    assert_eq!(gone, record());
}

#[test]
fn agreement_is_that_of_krippendorffs_examples() {
    let units = |rows: &[&str]| -> Vec<Vec<char>> {
        let rows: Vec<Vec<char>> = rows.iter().map(|row| row.chars().collect()).collect();
        (0..rows[0].len()).map(|u| rows.iter().map(|row| row[u]).filter(|c| *c != '.').collect()).collect()
    };
    // Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), A: binary, B: nominal, C: any number of observers.
    let round = |rows: &[&str]| (alpha(&units(rows)).unwrap() * 1000.0).round() / 1000.0;
    assert_eq!(round(&["0100000010", "1110010000"]), 0.095);
    assert_eq!(round(&["aabbdcccedda", "babbbccceddd"]), 0.692);
    assert_eq!(round(&["123321412...", "1233224125.3", ".3332342251.", "12332441251."]), 0.743);
    assert_eq!(alpha(&[vec!["a", "a"], vec!["a", "a"], vec!["b"]]), None);
    assert_eq!(alpha::<&str>(&[]), None);
}

fn any_correction(number: u32) -> impl Strategy<Value = Correction> {
    let rows: Vec<Row> = Layer::ALL.into_iter().flat_map(|layer| row::rows(&record(), layer)).collect();
    let acts = [Act::Report, Act::Request, Act::Courtesy];
    (0..rows.len(), 0_u8..4, 0..3_usize, any::<bool>(), any::<bool>(), 0_u8..4).prop_map(
        move |(at, verdict, other, settles, undone, who)| {
            let row = rows[at].clone();
            let given = match row.clone() {
                Row::Statement(row) => Row::Statement(Statement { act: acts[other], ..row }),
                row => row,
            };
            let (verdict, found, given) = match verdict {
                0 => (Verdict::Accept, Some(row.clone()), Some(row)),
                1 => (Verdict::Edit, Some(row), Some(given)),
                2 => (Verdict::Reject, Some(row), None),
                _ => (Verdict::Add, None, Some(Row::Statement(statement("", acts[other], "It rained")))),
            };
            let undone = (undone && who == 0).then(|| "later".to_owned());
            Correction {
                settles,
                undone,
                ..said(number, ["ada", "ben", "cy", "di"][usize::from(who)], verdict, found, given)
            }
        },
    )
}

proptest! {
    #[test]
    fn whatever_is_said_ids_are_unique_and_stay(
        first in prop::collection::vec(Just(()), 0..8).prop_flat_map(|all| {
            (1..).zip(all).map(|(n, ())| any_correction(n)).collect::<Vec<_>>()
        })
    ) {
        let after = apply(&first);
        for layer in Layer::ALL {
            let (before, after) = (row::rows(&record(), layer), row::rows(&after, layer));
            let mut ids: Vec<&str> = after.iter().map(Row::id).collect();
            let known = ids.len();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), known);
            for row in &before {
                let judged = first.iter().any(|c| c.anchor().fields() == row.fields());
                prop_assert!(judged || after.contains(row) || row.layer() == Layer::Event, "{:?}", row.id());
            }
            prop_assert!(after.iter().all(|row| row.check(TEXT).is_ok()));
        }
        let silent: Vec<u32> = after.silent.iter().map(|s| s.sentence).collect();
        prop_assert!(silent.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert_eq!(apply(&first), after);
    }
}
