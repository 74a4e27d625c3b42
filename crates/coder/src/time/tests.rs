//! Dates written in many ways, read on a Friday.

use std::sync::LazyLock;

use chancery_model::{Date, Sentence, Span, Token, Upos};

use super::{FILES, Tagger, TimeExpression};
use crate::tree::Tree;

static TAGGER: LazyLock<Tagger> = LazyLock::new(Tagger::embedded);

/// The time expressions of sentences parted by line breaks, their words by spaces.
fn tagged(text: &str, reference: &str) -> Vec<TimeExpression> {
    let mut start = 0;
    let sentences: Vec<Sentence> = text
        .split('\n')
        .map(|line| {
            start += line.len() + 1;
            sentence(line, start - line.len() - 1)
        })
        .collect();
    let trees: Vec<Tree> = sentences.iter().enumerate().map(|(n, s)| Tree::new(n, s, text)).collect();
    TAGGER.expressions(&trees, reference.parse().ok(), None).concat()
}

/// Of each expression that is an interval: words, interval, `<` where it looks back.
fn read(text: &str, reference: &str) -> Vec<String> {
    let line = |t: &TimeExpression| {
        let (from, last) = (t.from?, t.to?);
        let to = if from == last { String::new() } else { format!("..{last}") };
        Some(format!("{}: {from}{to}{}", t.span.slice(text), if t.back { " <" } else { "" }))
    };
    tagged(text, reference).iter().filter_map(line).collect()
}

/// Of each expression: words and TIMEX3 value, its modifier after a tilde.
fn values(text: &str) -> Vec<String> {
    let modifier = |t: &TimeExpression| t.modifier.map_or(String::new(), |m| format!("~{m}"));
    let found = tagged(text, "2025-10-10");
    found.iter().map(|t| format!("{}: {}{}", t.span.slice(text), t.value, modifier(t))).collect()
}

/// Every word hangs below the first, which is a verb: in the past if it ends in "ed", to come after "will".
fn sentence(text: &str, offset: usize) -> Sentence {
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = offset;
    let will = text.split(' ').position(|w| w == "will").map(|k| k + 1);
    let verb = will.unwrap_or(0);
    for (k, form) in text.split(' ').enumerate() {
        let past = k == verb && (form.ends_with("ed") || form == "met");
        let (upos, deprel) = match (k == verb, Some(k + 1) == will) {
            (true, _) => (if past || will.is_some() { Upos::VERB } else { Upos::X }, "root"),
            (_, true) => (Upos::AUX, "aux"),
            _ => (Upos::X, "dep"),
        };
        tokens.push(Token {
            span: Span::new(start, start + form.len()),
            lemma: form.to_lowercase(),
            upos,
            xpos: "_".into(),
            feats: if past && will.is_none() { "Tense=Past".into() } else { "_".into() },
            head: if k == verb { 0 } else { verb + 1 },
            deprel: deprel.into(),
            name: "O".into(),
            tells: Vec::new(),
            leaning: None,
        });
        start += form.len() + 1;
    }
    Sentence { span: Span::new(offset, offset + text.len()), block: 0, tokens }
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
    assert_eq!(on_friday("will meet next Friday"), ["next Friday: 2025-10-17"]);
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
        ["from September 29 to October 1 , 2025: 2025-09-29..2025-10-01"]
    );
}

#[test]
fn a_range_may_run_into_the_next_year() {
    assert_eq!(
        on_friday("from December 30 to January 2 , 2026"),
        ["from December 30 to January 2 , 2026: 2025-12-30..2026-01-02"]
    );
    assert_eq!(
        read("from December 30 to January 2", "2026-01-03"),
        ["from December 30 to January 2: 2025-12-30..2026-01-02"]
    );
}

#[test]
fn half_a_month_is_a_range() {
    assert_eq!(
        on_friday("in the first half of November"),
        ["the first half of November: 2025-11-01..2025-11-15"]
    );
    assert_eq!(
        on_friday("in the second half of February 2024"),
        ["the second half of February 2024: 2024-02-16..2024-02-29"]
    );
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
    let sentence = sentence(text, 0);
    let tree = Tree::new(0, &sentence, text);
    let reference: Option<Date> = "2025-10-10".parse().ok();
    let found = TAGGER.expressions(std::slice::from_ref(&tree), reference, None).concat();
    let time = found[0].time().expect("an interval");
    assert_eq!(time.why(&tree, reference), "\"last month\" + 2025-10-10 -> 2025-09");
    assert_eq!(time.words, (1, 2));
}

#[test]
fn tense_decides_whether_a_weekday_is_past_or_to_come() {
    assert_eq!(on_friday("They will meet on Thursday"), ["Thursday: 2025-10-16"]);
    assert_eq!(on_friday("attended talks on Thursday"), ["Thursday: 2025-10-09"]);
    assert_eq!(on_friday("talks on Thursday"), ["Thursday: 2025-10-09"]);
    assert_eq!(
        on_friday("They will meet from Monday to Wednesday"),
        ["from Monday to Wednesday: 2025-10-13..2025-10-15"]
    );
    assert_eq!(
        on_friday("attended talks from Monday to Wednesday"),
        ["from Monday to Wednesday: 2025-10-06..2025-10-08"]
    );
}

#[test]
fn tense_decides_the_year_of_a_date_that_is_far_away() {
    assert_eq!(on_friday("attended talks in March"), ["March: 2025-03"]);
    assert_eq!(on_friday("They will meet in March"), ["March: 2026-03"]);
    assert_eq!(on_friday("They will meet on Oct. 9"), ["Oct. 9: 2025-10-09"]);
}

#[test]
fn a_weekday_that_contradicts_its_date_is_noted_and_the_date_kept() {
    let found = tagged("on Monday , October 9 , 2025", "2025-10-10");
    assert_eq!(found[0].from, "2025-10-09".parse().ok());
    assert_eq!(found[0].note.as_deref(), Some("2025-10-09 is a Thursday, not a Monday"));
    assert_eq!(tagged("on Thursday , October 9 , 2025", "2025-10-10")[0].note, None);
    assert_eq!(
        tagged("on February 30 , 2025", "2025-10-10")[0].note.as_deref(),
        Some("there is no such day")
    );
}

#[test]
fn the_next_day_is_counted_from_the_day_told_of_before() {
    assert_eq!(read("met on 3 October\nmet again the next day", "2025-10-10")[1], "the next day: 2025-10-04");
    assert_eq!(
        read("met on 3 October\nmet again two days later", "2025-10-10")[1],
        "two days later: 2025-10-05"
    );
    assert_eq!(read("met on 3 March\nmet again the same month", "2025-10-10")[1], "the same month: 2025-03");
    assert_eq!(on_friday("met the same day"), [""; 0]);
    assert_eq!(read("met on 3 October\nx\nx\nmet again the next day", "2025-10-10").len(), 1);
    assert_eq!(
        on_friday("They will meet the following week"),
        ["the following week: 2025-10-13..2025-10-19"]
    );
}

#[test]
fn counting_from_the_day_of_the_text_is_as_vague_as_its_unit() {
    assert_eq!(on_friday("met two days ago"), ["two days ago: 2025-10-08 <"]);
    assert_eq!(on_friday("met two months ago"), ["two months ago: 2025-08 <"]);
    assert_eq!(on_friday("met nearly forty years ago"), ["nearly forty years ago: 1985 <"]);
    assert_eq!(tagged("met two months ago", "2025-10-10")[0].day, "2025-08-10".parse().ok());
    assert_eq!(on_friday("They will meet in two weeks"), ["in two weeks: 2025-10-20..2025-10-26"]);
    assert_eq!(
        on_friday("visited three days after September 12"),
        ["three days after September 12: 2025-09-15"]
    );
}

#[test]
fn what_lasted_is_no_time_to_come() {
    assert_eq!(values("completed it in two weeks"), ["in two weeks: P2W"]);
    assert_eq!(values("the first time in 20 years"), ["20 years: P20Y"]);
}

#[test]
fn periods_up_to_the_day_of_the_text_and_from_it_on() {
    assert_eq!(on_friday("over the past three months"), ["the past three months: 2025-07-10..2025-10-09 <"]);
    assert_eq!(on_friday("in the next two weeks"), ["the next two weeks: 2025-10-11..2025-10-24"]);
    assert_eq!(on_friday("in the coming weeks"), ["the coming weeks: 2025-10-11..2025-10-31"]);
    assert_eq!(on_friday("the previous three quarters"), ["the previous three quarters: 2025-01..2025-09 <"]);
    assert_eq!(on_friday("since 2018"), ["since 2018: 2018-01-01..2025-10-10 <"]);
    assert_eq!(on_friday("by the end of the month"), ["by the end of the month: 2025-10-10..2025-10-31"]);
}

#[test]
fn an_open_side_is_no_interval() {
    assert_eq!(on_friday("met before 2018"), [""; 0]);
    assert_eq!(values("met before 2018"), ["before 2018: 2018~BEFORE"]);
}

#[test]
fn quarters_halves_seasons_decades_and_centuries() {
    assert_eq!(on_friday("in Q3 2022"), ["Q3 2022: 2022-07..2022-09"]);
    assert_eq!(on_friday("in the third quarter of 2022"), ["the third quarter of 2022: 2022-07..2022-09"]);
    assert_eq!(on_friday("the first half of 2023"), ["the first half of 2023: 2023-01..2023-06"]);
    assert_eq!(on_friday("last winter"), ["last winter: 2024-12..2025-02 <"]);
    assert_eq!(on_friday("in the summer of 2012"), ["the summer of 2012: 2012-06..2012-08"]);
    assert_eq!(on_friday("in the 1990s"), ["the 1990s: 1990..1999"]);
    assert_eq!(on_friday("in the nineteen seventies"), ["the nineteen seventies: 1970..1979"]);
    assert_eq!(on_friday("in the 15th century"), ["the 15th century: 1400..1499"]);
}

#[test]
fn parts_of_periods() {
    assert_eq!(on_friday("in early 2024"), ["early 2024: 2024-01..2024-04"]);
    assert_eq!(on_friday("in mid-November"), ["mid-November: 2025-11-10..2025-11-20"]);
    assert_eq!(on_friday("at the end of last month"), ["the end of last month: 2025-09-16..2025-09-30 <"]);
    assert_eq!(on_friday("the last week of July"), ["the last week of July: 2025-07-28..2025-08-03"]);
    assert_eq!(
        on_friday("the first four months of 2021"),
        ["the first four months of 2021: 2021-01..2021-04"]
    );
    assert_eq!(on_friday("the first Monday of next month"), ["the first Monday of next month: 2025-11-03"]);
    assert_eq!(
        on_friday("from the middle of 2007 to the end of 2008"),
        ["from the middle of 2007 to the end of 2008: 2007-07-02..2008-12-31"]
    );
}

#[test]
fn numbers_may_be_written_in_words() {
    assert_eq!(
        on_friday("on the twenty-first of May , 1996"),
        ["the twenty-first of May , 1996: 1996-05-21"]
    );
    assert_eq!(on_friday("on May twenty nine"), ["May twenty nine: 2025-05-29"]);
    assert_eq!(on_friday("in nineteen ninety six"), ["nineteen ninety six: 1996"]);
    assert_eq!(on_friday("in two thousand and fifteen"), ["two thousand and fifteen: 2015"]);
}

#[test]
fn figures_put_the_month_first_unless_they_cannot() {
    assert_eq!(on_friday("of 2025-10-09"), ["2025-10-09: 2025-10-09"]);
    assert_eq!(on_friday("on 07/11/2016"), ["07/11/2016: 2016-07-11"]);
    assert_eq!(on_friday("on 22/04"), ["22/04: 2025-04-22"]);
    assert_eq!(on_friday("on 9.10.2025"), ["9.10.2025: 2025-10-09"]);
    assert_eq!(on_friday("on Thursday , 9/10/2025"), ["Thursday , 9/10/2025: 2025-10-09"]);
    for text in ["grew by 2.5 percent", "call 86 138-2010-2015", "6,107.31 tons", "paid $12 in cash"] {
        assert_eq!(values(text), [""; 0], "{text}");
    }
}

#[test]
fn a_holiday_of_one_state_is_not_read_elsewhere() {
    let text = "talks on Thanksgiving";
    let sentence = sentence(text, 0);
    let tree = [Tree::new(0, &sentence, text)];
    let day = |home: &str| TAGGER.expressions(&tree, "2025-10-10".parse().ok(), Some(home)).concat();
    assert_eq!(day("USA")[0].from, "2025-11-27".parse().ok());
    assert!(day("CHN").is_empty());
    assert_eq!(on_friday("met on Easter Monday"), ["Easter Monday: 2025-04-21"]);
}

#[test]
fn lengths_and_what_comes_again_are_no_dates() {
    assert_eq!(values("talked for three years"), ["three years: P3Y"]);
    assert_eq!(
        values("talked for more than two and a half years"),
        ["more than two and a half years: P2.5Y~MORE_THAN"]
    );
    assert_eq!(values("talked for several weeks"), ["several weeks: P3W~APPROX"]);
    assert_eq!(values("met every Monday"), ["every Monday: XXXX-WXX-1"]);
    assert_eq!(values("met every two years"), ["every two years: P2Y"]);
    assert_eq!(values("met annually"), ["annually: P1Y"]);
    assert_eq!(on_friday("talked for three years"), [""; 0]);
}

#[test]
fn a_fiscal_year_has_a_value_and_no_days() {
    assert_eq!(values("in fiscal year 2024"), ["fiscal year 2024: FY2024"]);
    assert_eq!(on_friday("in fiscal year 2024"), [""; 0]);
}

/// The words of an example, signs parted off.
fn parted(text: &str) -> String {
    let mut out = String::new();
    for (n, word) in text.split(' ').enumerate() {
        let bare = word.trim_end_matches(['.', ',']);
        let sign = if bare.len() == word.len() { String::new() } else { format!(" {}", &word[bare.len()..]) };
        out += &format!("{}{bare}{sign}", if n > 0 { " " } else { "" });
    }
    out.replace(" .\u{20}", " .\n")
}

#[test]
fn every_rule_fires_on_its_example_and_stays_silent_on_its_counter_example() {
    let mut wrong = Vec::new();
    for example in TAGGER.examples() {
        let rules = |text: &str| -> Vec<String> {
            tagged(&parted(text), "2025-10-10").into_iter().map(|t| t.rule).collect()
        };
        if !rules(&example.fires[0].text).contains(&example.rule) {
            wrong.push(format!(
                "{} does not fire on: {} {:?}",
                example.rule,
                example.fires[0].text,
                rules(&example.fires[0].text)
            ));
        }
        if rules(&example.silent[0].text).contains(&example.rule) {
            wrong.push(format!("{} fires on: {}", example.rule, example.silent[0].text));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_rule_that_cannot_be_read_is_reported_with_its_line() {
    let page = FILES[0].1;
    assert_eq!(Tagger::check(FILES[0].0, page), None);
    let wrong = page.replacen("pattern = \"<weekday> <daypart>?\"", "pattern = \"<wekday>\"", 1);
    let (line, message) = Tagger::check(FILES[0].0, &wrong).expect("it is wrong");
    assert!(page.lines().nth(line - 1).is_some_and(|l| l == "name = \"weekday\""), "{line}");
    assert_eq!(message, "rule 'weekday': '<wekday>' is no class");
}
