//! Words and sentences by the conventions of UD English, one behaviour a test.

use super::{sentences, stretches, words};

fn split(text: &str) -> String {
    words(text).iter().map(|s| s.slice(text)).collect::<Vec<_>>().join(" ")
}

/// The sentences, their words parted by spaces.
fn parts(text: &str) -> Vec<String> {
    let join = |s: Vec<chancery_model::Span>| s.iter().map(|w| w.slice(text)).collect::<Vec<_>>().join(" ");
    sentences(text).into_iter().map(join).collect()
}

#[test]
fn contractions_and_possessives_are_parted() {
    assert_eq!(split("They don't, can’t and won't."), "They do n't , ca n’t and wo n't .");
    assert_eq!(split("Flavia’s view; it's the leaders’ duty"), "Flavia ’s view ; it 's the leaders ’ duty");
    assert_eq!(split("We'll, I'm, you've, they're, he'd"), "We 'll , I 'm , you 've , they 're , he 'd");
    assert_eq!(split("cannot Cannot"), "can not Can not");
    assert_eq!(split("O'Brien of Côte d’Ivoire"), "O'Brien of Côte d’Ivoire");
}

#[test]
fn compounds_are_parted_at_hyphens_but_prefixes_stay() {
    assert_eq!(split("long-term U.S.-Ruritania ties"), "long - term U.S. - Ruritania ties");
    assert_eq!(
        split("co-chair, e-mail, non-state, re-elected"),
        "co-chair , e-mail , non-state , re-elected"
    );
    assert_eq!(split("2021-22, COVID-19, 75-year"), "2021 - 22 , COVID - 19 , 75 - year");
}

#[test]
fn numbers_money_and_percentages() {
    assert_eq!(split("$1.5bn, US$2,500.75, €3 and 90%"), "$ 1.5 bn , US$ 2,500.75 , € 3 and 90 %");
    assert_eq!(split("at 10:30, the 1990s, the 20th, 5pm"), "at 10:30 , the 1990s , the 20th , 5 pm");
    assert_eq!(split("on 9/11 and 10/09/2025; 1/2"), "on 9/11 and 10/09/2025 ; 1 / 2");
    assert_eq!(split("and/or"), "and / or");
}

#[test]
fn units_and_lists_of_numbers_are_parted_decades_and_ordinals_are_not() {
    assert_eq!(split("375mm, 39K and 20th, 5G"), "375 mm , 39 K and 20th , 5G");
    assert_eq!(split("in the 70's, 2019's talks"), "in the 70's , 2019 's talks");
    assert_eq!(split("parts 13,14; 2,500; 7,5"), "parts 13 , 14 ; 2,500 ; 7,5");
    assert_eq!(split("call 713/555-0142 by 10-09-2025, 24/7"), "call 713/555-0142 by 10-09-2025 , 24 / 7");
}

#[test]
fn contractions_without_an_apostrophe_are_parted_too() {
    assert_eq!(split("dont, Ive, thats, outta, don`t"), "do nt , I ve , that s , out ta , do n`t");
    assert_eq!(split("its cat wants more"), "its cat wants more");
}

#[test]
fn names_of_files_hosts_and_accounts_are_whole() {
    assert_eq!(
        split("Annex_2.pdf (draft).doc, gov.example.org @palace #summit a@house"),
        "Annex_2.pdf ( draft ) .doc , gov.example.org @palace #summit a@house"
    );
    assert_eq!(split("It ended.In Zenda"), "It ended . In Zenda");
}

#[test]
fn emoticons_arrows_and_rows_of_stops_are_whole() {
    assert_eq!(split("Thanks :-) so:) (see:) --> ----=="), "Thanks :-) so :) ( see : ) --> ----==");
    assert_eq!(split("What.? Really?! No... Inc.."), "What .? Really ?! No ... Inc. .");
}

#[test]
fn the_last_stop_of_a_sentence_is_its_own() {
    assert_eq!(split("at 9 p.m. The grain, timber, etc."), "at 9 p.m . The grain , timber , etc .");
    assert_eq!(split("Hentzau Inc. He left the U.S."), "Hentzau Inc . He left the U.S.");
}

#[test]
fn abbreviations_keep_their_stop() {
    assert_eq!(split("Mr. Rudolf K. Elphberg, Jr. of the U.S."), "Mr. Rudolf K. Elphberg , Jr. of the U.S.");
    assert_eq!(split("at 9 a.m. on Oct. 9 in Washington, D.C."), "at 9 a.m. on Oct. 9 in Washington , D.C.");
    assert_eq!(split("Resolution No. 7. He said no. Then"), "Resolution No. 7 . He said no . Then");
}

#[test]
fn addresses_are_whole() {
    assert_eq!(
        split("See https://example.org/a-b?c=d. Write to press@example.org, please."),
        "See https://example.org/a-b?c=d . Write to press@example.org , please ."
    );
}

#[test]
fn markup_and_foreign_letters_stand_apart() {
    assert_eq!(split("**Zenda**, 9<sup>th</sup>"), "** Zenda ** , 9 < sup > th < / sup >");
    assert_eq!(split("Hentzau (亨佐) …and so on..."), "Hentzau ( 亨佐 ) … and so on ...");
}

#[test]
fn spaces_of_every_kind_part_words_and_invisible_characters_do_not() {
    assert_eq!(split("10\u{a0}million\u{202f}crowns\u{3000}a"), "10 million crowns a");
    assert_eq!(split("min\u{ad}ister"), "min\u{ad}ister");
}

#[test]
fn titles_and_initials_end_no_sentence() {
    assert_eq!(parts("Gen. Sapt met Anna R. Hentzau, Jr. on Oct. 9. They spoke.").len(), 2);
    assert_eq!(parts("The U.S. President spoke.").len(), 1);
}

#[test]
fn an_abbreviation_ends_a_sentence_before_a_usual_first_word() {
    assert_eq!(
        parts("He returned to the U.S. The talks go on."),
        ["He returned to the U.S.", "The talks go on ."]
    );
}

#[test]
fn an_hour_ends_a_sentence_unless_its_day_or_zone_follows() {
    assert_eq!(parts("It opens at 5 p.m. Reporters wait.").len(), 2);
    for rest in ["Monday", "EST", "Strelsau time", "on Monday"] {
        assert_eq!(parts(&format!("It opens at 5 p.m. {rest}.")).len(), 1, "{rest}");
    }
}

#[test]
fn sums_and_lower_case_articles_begin_sentences() {
    assert_eq!(parts("Imports fell. €3 million was lost. al-Rashid agreed.").len(), 3);
    assert_eq!(parts("Adm. J.-P. Duval spoke."), ["Adm. J. - P. Duval spoke ."]);
}

#[test]
fn closing_quotation_marks_belong_to_the_sentence() {
    assert_eq!(
        parts("“We agree.” She left.\n\"So do we!\" he said."),
        ["“ We agree . ”", "She left .", "\" So do we ! \" he said ."]
    );
}

#[test]
fn brackets_hold_a_sentence_together() {
    assert_eq!(parts("The envoy (who arrived. Late) spoke. (He left.) All rose.").len(), 3);
}

#[test]
fn hard_wrapped_lines_are_one_sentence() {
    assert_eq!(parts("The two sides\nagreed; they\r\nsigned."), ["The two sides agreed ; they signed ."]);
}

#[test]
fn semicolons_and_numbered_beginnings_end_no_sentence() {
    assert_eq!(parts("1. The sides agreed; more follows.").len(), 1);
    assert_eq!(parts("2.1. Trade and transit").len(), 1);
    assert_eq!(parts("‘Really?’ – he asked").len(), 1);
    assert_eq!(parts("Really?! Yes.").len(), 2);
}

#[test]
fn text_without_words_has_no_sentences() {
    assert!(parts(" \n\u{a0}").is_empty());
}

/// The stretches, a bar before each word at which the rules would begin a sentence.
fn runs(text: &str) -> Vec<String> {
    let show = |s: &super::sentences::Stretch| {
        let words = s.words.iter().enumerate();
        words
            .map(|(i, w)| format!("{}{}", if s.starts.contains(&i) { "|" } else { "" }, w.slice(text)))
            .collect::<Vec<_>>()
            .join(" ")
    };
    stretches(text).iter().map(show).collect()
}

#[test]
fn a_stretch_ends_where_a_sentence_ends_for_sure() {
    assert_eq!(runs("The envoy arrived. Talks began."), ["The envoy arrived .", "Talks began ."]);
    assert_eq!(
        runs("She met Rudolf. The two spoke in 2025. They agreed."),
        ["She met Rudolf .", "The two spoke in 2025 .", "They agreed ."]
    );
    assert_eq!(runs("“We agree.” She left."), ["“ We agree . ”", "She left ."]);
}

#[test]
fn where_there_is_doubt_the_rules_only_propose() {
    assert_eq!(runs("He left the U.S. The talks go on."), ["He left the U.S. |The talks go on ."]);
    assert_eq!(
        runs("She met Rudolf. Flavia spoke... Then he left."),
        ["She met Rudolf . |Flavia spoke ... |Then he left ."]
    );
    assert_eq!(
        runs("“The pact holds. Nobody doubts it,” he said."),
        ["“ The pact holds . |Nobody doubts it , ” he said ."]
    );
}

#[test]
fn a_long_stretch_is_cut_where_the_rules_propose_if_they_do() {
    let text =
        format!("{}. {}. {}.", "Zenda ".repeat(100), "Hentzau ".repeat(100), "Tarlenheim ".repeat(300));
    let lengths: Vec<usize> = stretches(&text).iter().map(|s| s.words.len()).collect();
    assert_eq!(lengths, [101, 101, 301]);
    assert!(stretches(&text).iter().all(|s| s.starts.is_empty()));
}

#[test]
fn footnotes_belong_to_the_sentence_before() {
    assert_eq!(
        runs("Trade grew.[1] It fell later. [2-4] Rates rose."),
        ["Trade grew . [ 1 ]", "It fell later . [ 2 - 4 ]", "Rates rose ."]
    );
}

#[test]
fn a_run_of_words_without_end_is_cut() {
    let text = "Zenda ".repeat(25_000);
    let lengths: Vec<usize> = stretches(&text).iter().map(|s| s.words.len()).collect();
    assert_eq!(lengths, [10_000, 10_000, 5_000]);
}

/// What took a time that grew with the square of its length, or the whole stack, would not come to an end here.
#[test]
fn odd_texts_of_any_length_are_split() {
    let odd = [
        "\"", "(", ")", "()", "a's", "'s", "1-", "a-", "a.", "a_", ":)", "-_", "?.", "[1]", "A&", "'", "“",
        "...", "1,", "@", "@a", "#", "w/o", "$", "$ ", ". ", ".\" ", "A. ", "<-", "www.", "http://", "n't",
        "\u{301}", "\u{ad}", "🦀", "。", "(a. B) ",
    ];
    for part in odd {
        let text = part.repeat(50_000);
        let held: usize = stretches(&text).iter().flat_map(|s| &s.words).map(|w| w.len()).sum();
        assert_eq!(held, text.split_whitespace().map(str::len).sum::<usize>(), "{part}");
    }
}

#[test]
fn no_sentence_begins_inside_a_pair_of_marks_or_after_the_number_of_an_item() {
    let words = ["Both", "agreed", ":", "3", ".", "Trade", "“", "Why", "?", "”", "In", "2025", ".", "They"];
    let begin: Vec<&str> =
        (1..words.len()).filter(|at| super::may_begin(&words, *at)).map(|at| words[at]).collect();
    assert_eq!(begin, ["agreed", "3", "“", "In", "2025", "They"]);
}
