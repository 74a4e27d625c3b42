//! The matching rules one by one; `tests/score.rs` compares whole figures with the reference scorer.

use serde_json::json;

use super::compare::{codes, content, fold, greedy, meetings, person, roles};
use super::rounded;

#[test]
fn names_fold_to_their_last_two_parts() {
    assert_eq!(fold(&json!("Ž. O’Né_il-Ḿ")), ["z", "o", "ne_il", "m"]);
    assert_eq!(person(&json!("Anna Zoë Dahl")), person(&json!("DAHL, Zoe")));
    assert!(person(&json!(null)).is_empty());
}

#[test]
fn states_are_three_letters_and_organisations_whole() {
    let list = json!([{"code": "NORGOV"}, {"code": "IGO:UNESCO"}, {"code": ""}, {}]);
    assert_eq!(codes(&list).into_iter().collect::<Vec<_>>(), ["IGO:UNESCO", "NOR"]);
    assert_eq!(codes(&json!({"code": "CHL"})).len(), 1);
}

#[test]
fn the_best_pairs_are_taken_first_and_of_equals_the_earlier() {
    let likeness = [[0.6, 0.9], [0.9, 0.9]];
    assert_eq!(greedy(2, 2, |i, j| likeness[i][j]), [(0, 1), (1, 0)]);
    assert_eq!(greedy(2, 1, |_, _| 0.0), []);
}

#[test]
fn a_role_needs_the_state_or_the_body_and_half_of_the_office() {
    let role = |office: &str, country: &str, body: Option<&str>| json!({"person": "Zoë Dahl", "office": office, "country": country, "organization": body});
    let gold = role("foreign minister", "NOR", Some("ORG:Storting"));
    assert_eq!(roles(&gold, &role("minister", "NOR", None)), 1.5);
    assert_eq!(roles(&gold, &role("minister", "SWE", None)), 0.0);
    assert_eq!(roles(&gold, &role("foreign trade envoy", "NOR", None)), 0.0);
}

#[test]
fn vague_dates_intersect_what_they_hold() {
    let meeting =
        |from: &str, to: &str| json!({"from": from, "to": to, "told": "main", "parties": [{"code": "NOR"}]});
    assert_eq!(meetings(&meeting("2031-03-04", "2031-03-04"), &meeting("2031-03", "2031-03")), 2.0);
    assert_eq!(meetings(&meeting("2031-03-04", "2031-03-04"), &meeting("2031-04", "2031")), 0.0);
    assert_eq!(meetings(&meeting("2031", "2031"), &meeting("2031", "2031")), 4.0);
}

#[test]
fn content_is_placed_by_code_point_and_without_white_space() {
    let text: Vec<char> = "“né à Oslo”, né à\nOslo".chars().collect();
    let places = |statement| content(&text, &statement).into_iter().collect::<Vec<_>>();
    assert_eq!(places(json!({"content": "né à"})), [1, 2, 4]);
    assert_eq!(places(json!({"content": "né à", "at": 13})), [13, 14, 16]);
    assert_eq!(
        places(json!({"content": "né à", "at": -3})),
        [1, 2, 4],
        "a place that does not hold is not used"
    );
    assert_eq!(
        places(json!({"content": ["à\nOslo", "not there", {"start": 0, "end": 2}]})),
        [0, 1, 16, 18, 19, 20, 21]
    );
}

#[test]
fn halves_round_to_even_as_the_reference_does() {
    assert_eq!([0.0625, 0.1875, 2.0 / 3.0, 1.0].map(rounded), [0.062, 0.188, 0.667, 1.0]);
}
