//! What events news sentences tell, in sets that say so: `tests/events/`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use chancery::Pipeline;
use chancery::sentences::score;

fn check(set: &str, text: &str) {
    let score = score(&Pipeline::embedded().unwrap(), text).unwrap();
    println!("{set}: {score}");
    common::hold(set, &score.json());
}

#[test]
fn events_of_the_half_that_the_rules_were_written_with() {
    check("sentences-dev", include_str!("events/dev.txt"));
}

#[test]
fn events_of_the_second_set_for_breadth() {
    check("sentences-dev2", include_str!("events/dev2.txt"));
}

#[test]
fn events_of_the_half_that_nobody_reads() {
    check("sentences-held", include_str!("events/held.txt"));
}

#[test]
fn events_of_a_second_set_that_nobody_reads() {
    check("sentences-held2", include_str!("events/held2.txt"));
}

#[test]
fn events_of_official_texts_that_nobody_reads() {
    check("sentences-official", include_str!("events/held-official.txt"));
}
