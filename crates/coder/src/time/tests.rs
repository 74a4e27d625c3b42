//! Dates written in many ways, read on a Friday.

use chancery_model::{Date, Sentence, Span, Token, Upos};

use super::times;
use crate::tree::Tree;

/// The time expressions of words parted by spaces, read on a day: words, interval, `<` where they look back.
fn read(text: &str, reference: &str) -> Vec<String> {
    let reference: Option<Date> = reference.parse().ok();
    let sentence = sentence(text);
    let found = times(&Tree::new(0, &sentence, text), reference);
    let line = |t: &super::Time| {
        let to = if t.when.from == t.when.to { String::new() } else { format!("..{}", t.when.to) };
        format!("{}: {}{to}{}", t.span.slice(text), t.when.from, if t.back { " <" } else { "" })
    };
    found.iter().map(line).collect()
}

/// Every word hangs below the first.
fn sentence(text: &str) -> Sentence {
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = 0;
    for form in text.split(' ') {
        tokens.push(Token {
            span: Span::new(start, start + form.len()),
            lemma: form.to_lowercase(),
            upos: Upos::X,
            xpos: "_".into(),
            feats: "_".into(),
            head: usize::from(!tokens.is_empty()),
            deprel: if tokens.is_empty() { "root".into() } else { "dep".into() },
            name: "O".into(),
        });
        start += form.len() + 1;
    }
    Sentence { span: Span::new(0, text.len()), block: 0, tokens }
}

/// Read on Friday, 10 October 2025.
fn on_friday(text: &str) -> Vec<String> {
    read(text, "2025-10-10")
}

#[test]
fn a_weekday_is_the_last_one_today_included() {
    assert_eq!(on_friday("met on Thursday"), ["Thursday: 2025-10-09"]);
    assert_eq!(on_friday("met on Friday"), ["Friday: 2025-10-10"]);
    assert_eq!(on_friday("met on Saturday"), ["Saturday: 2025-10-04"]);
    assert_eq!(on_friday("will meet next Friday"), ["Friday: 2025-10-17"]);
}

#[test]
fn a_weekday_with_its_date_is_one_expression() {
    assert_eq!(
        on_friday("on Wednesday , September 7 , 2022 in Oslo"),
        ["Wednesday , September 7 , 2022: 2022-09-07"]
    );
}

#[test]
fn a_day_is_read_in_either_order_with_or_without_its_year() {
    assert_eq!(on_friday("on Oct. 9 in Oslo"), ["Oct. 9: 2025-10-09"]);
    assert_eq!(on_friday("on Sept. 8"), ["Sept. 8: 2025-09-08"]);
    assert_eq!(on_friday("on October 9 , 2025"), ["October 9 , 2025: 2025-10-09"]);
    assert_eq!(on_friday("on 9 October 2025"), ["9 October 2025: 2025-10-09"]);
    assert_eq!(on_friday("on 9 October"), ["9 October: 2025-10-09"]);
    assert_eq!(on_friday("on September 3rd"), ["September 3rd: 2025-09-03"]);
}

#[test]
fn months_and_years_stay_as_vague_as_they_are() {
    assert_eq!(on_friday("in September 2024"), ["September 2024: 2024-09"]);
    assert_eq!(on_friday("in September"), ["September: 2025-09"]);
    assert_eq!(on_friday("in 2018"), ["2018: 2018"]);
    assert_eq!(on_friday("with 2018 ships"), [""; 0]);
}

#[test]
fn relative_expressions_are_counted_from_the_reference_day() {
    assert_eq!(on_friday("met today"), ["today: 2025-10-10"]);
    assert_eq!(on_friday("met yesterday"), ["yesterday: 2025-10-09 <"]);
    assert_eq!(on_friday("will meet tomorrow"), ["tomorrow: 2025-10-11"]);
    assert_eq!(on_friday("met last month"), ["last month: 2025-09 <"]);
    assert_eq!(on_friday("met earlier this month"), ["earlier this month: 2025-10 <"]);
    assert_eq!(on_friday("will meet later this year"), ["later this year: 2025"]);
    assert_eq!(on_friday("met last year"), ["last year: 2024 <"]);
}

#[test]
fn a_week_runs_from_monday_to_sunday() {
    assert_eq!(on_friday("will meet next week"), ["next week: 2025-10-13..2025-10-19"]);
    assert_eq!(on_friday("met this week"), ["this week: 2025-10-06..2025-10-12"]);
    assert_eq!(on_friday("met last week"), ["last week: 2025-09-29..2025-10-05 <"]);
}

#[test]
fn a_weekend_is_saturday_and_sunday() {
    assert_eq!(on_friday("will meet next weekend"), ["next weekend: 2025-10-18..2025-10-19"]);
    assert_eq!(on_friday("met last weekend"), ["last weekend: 2025-10-04..2025-10-05 <"]);
}

#[test]
fn days_joined_are_a_range() {
    assert_eq!(on_friday("on July 4 – 5"), ["July 4 – 5: 2025-07-04..2025-07-05"]);
    assert_eq!(
        on_friday("from September 29 to October 1 , 2025"),
        ["September 29 to October 1 , 2025: 2025-09-29..2025-10-01"]
    );
}

#[test]
fn a_range_may_run_into_the_next_year() {
    assert_eq!(
        on_friday("from December 30 to January 2 , 2026"),
        ["December 30 to January 2 , 2026: 2025-12-30..2026-01-02"]
    );
    assert_eq!(
        read("from December 30 to January 2", "2026-01-03"),
        ["December 30 to January 2: 2025-12-30..2026-01-02"]
    );
}

#[test]
fn half_a_month_is_a_range() {
    assert_eq!(on_friday("in the first half of November"), ["November: 2025-11-01..2025-11-15"]);
    assert_eq!(on_friday("in the second half of February 2024"), ["February 2024: 2024-02-16..2024-02-29"]);
}

#[test]
fn a_date_without_a_year_is_the_nearest() {
    assert_eq!(read("on Dec. 30", "2026-01-02"), ["Dec. 30: 2025-12-30"]);
    assert_eq!(read("on Jan. 2", "2025-12-30"), ["Jan. 2: 2026-01-02"]);
    assert_eq!(read("met last month", "2026-01-02"), ["last month: 2025-12 <"]);
    assert_eq!(read("will meet next month", "2025-12-30"), ["next month: 2026-01"]);
    assert_eq!(read("met yesterday", "2026-01-01"), ["yesterday: 2025-12-31 <"]);
    assert_eq!(on_friday("on Feb. 29"), ["Feb. 29: 2024-02-29"]);
}

#[test]
fn a_month_that_is_a_verb_or_a_name_is_silent() {
    for text in [
        "they may meet",
        "all 9 may meet",
        "they march to the sea",
        "Prime Minister May met",
        "the March was long",
        "a letter of Marc",
    ] {
        assert_eq!(on_friday(text), [""; 0], "{text}");
    }
}

#[test]
fn a_day_that_does_not_exist_is_silent() {
    assert_eq!(on_friday("on June 31 , 2025"), [""; 0]);
    assert_eq!(on_friday("on 30 February"), [""; 0]);
}

#[test]
fn without_a_reference_day_only_dates_with_a_year_are_read() {
    for text in ["on Thursday", "on Oct. 9", "met last month", "will meet next week", "met yesterday"] {
        assert_eq!(read(text, ""), [""; 0], "{text}");
        assert_eq!(read(text, "2025"), [""; 0], "{text}");
    }
    assert_eq!(read("on October 9 , 2025", ""), ["October 9 , 2025: 2025-10-09"]);
    assert_eq!(read("in October 2025", ""), ["October 2025: 2025-10"]);
    assert_eq!(read("on 9 October 2025", ""), ["9 October 2025: 2025-10-09"]);
}

#[test]
fn the_reasoning_names_the_words_and_the_day() {
    let text = "met last month";
    let sentence = sentence(text);
    let found = times(&Tree::new(0, &sentence, text), "2025-10-10".parse().ok());
    assert_eq!(found[0].why, "\"last month\" + 2025-10-10 -> 2025-09");
    assert_eq!(found[0].words, (1, 2));
}
