//! What holds of every record.

use std::collections::BTreeSet;

use chancery_model::{Analysis, Provenance, Record, Span, conllu};

use crate::document::document;
use crate::testdata::{CODED, CODER};

fn provenance(record: &Record) -> impl Iterator<Item = &Provenance> {
    let roles = record.roles.iter().flat_map(|r| &r.provenance);
    let meetings = record.meetings.iter().flat_map(|m| &m.provenance);
    let statements = record.statements.iter().flat_map(|s| &s.provenance);
    let events = record.events.iter().flat_map(|e| &e.provenance);
    roles.chain(meetings).chain(statements).chain(events)
}

/// The words that rows quote: never empty.
fn quotes(record: &Record) -> Vec<Span> {
    let mut out: Vec<Span> = record.roles.iter().map(|r| r.quote).collect();
    out.extend(record.meetings.iter().map(|m| m.quote));
    out.extend(record.events.iter().map(|e| e.quote));
    out.extend(record.statements.iter().flat_map(|s| s.content.iter().chain(&s.cue)));
    out.extend(record.silent.iter().map(|s| s.span));
    out
}

/// Every span lies on character boundaries of the text, holds words and has no white space at its ends.
pub(crate) fn check_spans(name: &str, text: &str, record: &Record) {
    let spans = provenance(record).flat_map(|p| p.spans.iter().copied());
    for span in spans.chain(quotes(record)) {
        let words = text.get(span.start as usize..span.end as usize);
        let words = words.unwrap_or_else(|| panic!("{span:?} cuts the text of {name}"));
        assert!(!words.trim().is_empty(), "{span:?} of {name} holds no words");
        assert_eq!(words, words.trim(), "{span:?} of {name} has white space at its ends");
    }
}

#[test]
fn spans_slice_the_text() {
    for (name, coded) in CODED.iter() {
        check_spans(name, &coded.document.text, &coded.record);
    }
}

#[test]
fn spans_stay_inside_a_block_that_is_read_or_name_its_speaker() {
    for (name, coded) in CODED.iter() {
        for span in quotes(&coded.record) {
            assert!(
                coded.document.blocks.iter().any(|b| b.span.contains(span)),
                "{:?} of {name} runs over blocks",
                coded.document.slice(span)
            );
        }
    }
}

#[test]
fn a_page_is_not_believed_where_the_reader_of_events_was_asked_and_sees_nothing() {
    let found = |asked: bool| {
        let of = CODED.values().map(|coded| {
            let mut analysis = Analysis { asked, ..coded.analysis.clone() };
            analysis.sentences.iter_mut().flat_map(|s| &mut s.tokens).for_each(|t| t.tells.clear());
            CODER.code(&coded.document, &analysis).events.iter().filter(|e| e.disputed.is_none()).count()
        });
        of.sum::<usize>()
    };
    let (alone, asked) = (found(false), found(true));
    assert!(alone > 0 && asked < alone, "{asked} of {alone} events stand");
}

#[test]
fn an_event_has_somebody_on_a_side() {
    for (name, coded) in CODED.iter() {
        let of_nobody = coded.record.events.iter().find(|e| e.actor.is_empty() && e.recipient.is_empty());
        assert!(of_nobody.is_none(), "{name}: {of_nobody:?}");
    }
}

#[test]
fn provenance_names_a_sentence_and_a_rule_and_why_no_words_state_it() {
    for (name, coded) in CODED.iter() {
        for p in provenance(&coded.record) {
            let place = format!("{} of {name}: {p:?}", p.field);
            assert!((1..=coded.analysis.sentences.len()).contains(&(p.sentence as usize)), "{place}");
            assert!(p.rule.contains('#'), "{place}");
            assert!(!p.spans.is_empty() || p.why.is_some(), "{place}");
        }
    }
}

#[test]
fn every_row_says_what_it_rests_on() {
    for (name, coded) in CODED.iter() {
        let record = &coded.record;
        let rows = record.roles.iter().map(|r| (&r.id, &r.provenance));
        let rows = rows.chain(record.meetings.iter().map(|m| (&m.id, &m.provenance)));
        let rows = rows.chain(record.statements.iter().map(|s| (&s.id, &s.provenance)));
        let rows = rows.chain(record.events.iter().map(|e| (&e.id, &e.provenance)));
        let mut ids = BTreeSet::new();
        for (id, provenance) in rows {
            assert!(ids.insert(id), "{id} of {name} stands twice");
            assert!(provenance.iter().any(|p| p.field == "row"), "{id} of {name}");
        }
    }
}

#[test]
fn every_sentence_gives_a_row_or_is_silent() {
    for (name, coded) in CODED.iter() {
        let spoke = provenance(&coded.record).map(|p| p.sentence);
        let silent = coded.record.silent.iter().map(|s| s.sentence);
        let told: BTreeSet<u32> = spoke.chain(silent).collect();
        assert_eq!(told.len(), coded.analysis.sentences.len(), "{name}");
    }
}

#[test]
fn statements_and_events_point_at_rows_that_are_there() {
    for (name, coded) in CODED.iter() {
        let record = &coded.record;
        let statement = |id: &String| record.statements.iter().any(|s| s.id == *id);
        for id in record.statements.iter().filter_map(|s| s.continues.as_ref()) {
            assert!(statement(id), "{id} of {name}");
        }
        for event in &record.events {
            assert!(event.said_in.iter().all(statement), "{} of {name}", event.id);
            let meeting = |id: &String| record.meetings.iter().any(|m| m.id == *id);
            assert!(event.meeting.iter().all(meeting), "{} of {name}", event.id);
        }
    }
}

#[test]
fn coding_twice_gives_the_same_record() {
    for (name, coded) in CODED.iter() {
        assert_eq!(CODER.code(&coded.document, &coded.analysis), coded.record, "{name}");
    }
}

#[test]
fn trees_written_and_read_again_are_the_same() {
    for (name, coded) in CODED.iter() {
        let written = conllu::write(&coded.document, &coded.analysis);
        assert_eq!(conllu::read(&coded.document, &written), Ok(coded.analysis.clone()), "{name}");
    }
}

#[test]
fn an_empty_document_gives_an_empty_record() {
    let empty = document("empty", "");
    assert_empty(&CODER.code(&empty, &Analysis::default()), "empty");
}

#[test]
fn a_document_with_no_sentences_gives_an_empty_record() {
    let bare = document("bare", "[debris] Share | Print | 分享\n\n[byline] By Zoë Dahl");
    assert_empty(&CODER.code(&bare, &Analysis::default()), "bare");
}

fn assert_empty(record: &Record, id: &str) {
    let empty = Record { coder: CODER.name().to_owned(), ..Record::empty(id) };
    assert_eq!(*record, empty);
}
