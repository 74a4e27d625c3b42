//! Accounts that are one, and those that only look like it.
#![allow(clippy::unwrap_used)]

use chancery_model::{Date, Format, Party, Told, When};

use super::account::{Account, named};
use super::decision::{Decided, Decision, Named, Ruling};
use super::group::{Group, group};
use super::{parties, told};

/// An account of a document that is published on the last day of 2031: `2031-03`, or `2031-03-04/2031-03-06`.
fn account(document: u32, dates: &str, sides: &[(&str, &[&str])]) -> Account {
    let (from, to) = dates.split_once('/').unwrap_or((dates, dates));
    let parties: Vec<Party> = sides
        .iter()
        .map(|(code, persons)| Party {
            code: (*code).to_owned(),
            persons: persons.iter().map(|p| (*p).to_owned()).collect(),
            host: false,
        })
        .collect();
    let account = Account {
        id: format!("d{document}.m1"),
        document,
        publisher: None,
        when: from.parse().ok().map(|from| When { from, to: to.parse().unwrap() }),
        days: None,
        dated: true,
        place: None,
        country: None,
        state: None,
        named: named(&parties, |_| None),
        parties,
        format: Format::Unstated,
        told: Told::Background,
        planned: false,
        quote: format!("{document} {dates}"),
        key: document.to_string(),
        name: format!("text {document}"),
    };
    published(account, "2031-12-31")
}

fn published(mut account: Account, day: &str) -> Account {
    account.count_days(day.parse::<Date>().ok());
    account
}

/// Someone of Norway and someone of Chile, where they are named.
fn of_two(document: u32, dates: &str, norwegian: &'static str, chilean: &'static str) -> Account {
    let named = |name: &'static str| if name.is_empty() { vec![] } else { vec![name] };
    let (norwegian, chilean) = (named(norwegian), named(chilean));
    account(document, dates, &[("NOR", &norwegian), ("CHL", &chilean)])
}

fn at(place: &str, state: &str, account: Account) -> Account {
    Account { place: Some(place.to_owned()), state: Some(state.to_owned()), ..account }
}

fn linked(accounts: &[Account]) -> Vec<Group> {
    group(accounts.to_vec(), &Decided::default())
}

fn sizes(accounts: &[Account]) -> Vec<usize> {
    linked(accounts).iter().map(|group| group.members.len()).collect()
}

fn ids(groups: &[Group]) -> Vec<Vec<&str>> {
    groups.iter().map(|group| group.members.iter().map(|m| m.id.as_str()).collect()).collect()
}

/// What is said of an account: `date agrees: 2031-03; 2031-03-04 in d1.m1`.
fn said(groups: &[Group], account: &str) -> Vec<String> {
    let bonds = groups.iter().flat_map(|group| &group.bonds).filter(|(id, _)| id == account);
    bonds.map(|(_, e)| format!("{} {}: {}", e.field, e.verdict.word(), e.words)).collect()
}

#[test]
fn a_vague_account_joins_the_precise_one_which_leads() {
    let groups =
        linked(&[of_two(2, "2031-03", "", "Rojas"), of_two(1, "2031-03-04", "Kari Nes", "José Rojas")]);
    assert_eq!(ids(&groups), [["d1.m1", "d2.m1"]]);
    let members = &groups[0].members;
    assert_eq!(parties(&super::named(&members[1], members)), "Kari Nes (NOR) – José Rojas (CHL)");
}

#[test]
fn a_surname_a_short_first_name_and_junior_are_one_person() {
    let full = account(1, "2031-03-04", &[("NOR", &["Kari B. Nes, Jr."]), ("CHL", &["Joseph R. Rojas"])]);
    let surname = account(2, "2031-03-04", &[("NOR", &["Nes"]), ("CHL", &["Joe Rojas"])]);
    assert_eq!(sizes(&[full, surname]), [2]);
}

#[test]
fn other_parties_persons_dates_or_formats_keep_meetings_apart() {
    let base = || of_two(1, "2031-03-04", "Kari Nes", "");
    for other in [
        account(2, "2031-03-04", &[("NOR", &[]), ("PER", &[])]),
        account(2, "2031-03-04", &[("NOR", &[]), ("CHL", &[]), ("PER", &[])]),
        of_two(2, "2031-03-04", "Ola Dahl", ""),
        of_two(2, "2031-03-05", "", ""),
        of_two(2, "-", "", ""),
        of_two(1, "2031-03-04", "", ""),
    ] {
        assert_eq!(sizes(&[base(), other.clone()]), [1, 1], "{other:?}");
    }
    let call = Account { format: Format::Call, ..of_two(2, "2031-03", "", "") };
    let in_person = Account { format: Format::InPerson, ..base() };
    assert_eq!(sizes(&[in_person, call.clone()]), [1, 1]);
    assert_eq!(sizes(&[base(), call]), [2], "an unstated format agrees with any");
}

#[test]
fn an_account_that_fits_two_encounters_alike_stays_alone_and_says_so() {
    let groups = linked(&[
        of_two(1, "2031-03-04", "", ""),
        of_two(2, "2031-03-09", "", ""),
        of_two(3, "2031-03", "", ""),
    ]);
    assert_eq!(groups.len(), 3);
    assert_eq!(said(&groups, "d3.m1"), ["link rival: fits d1.m1 and d2.m1 alike, and stays alone"]);
}

#[test]
fn of_two_that_fit_the_one_with_the_same_persons_or_place_is_taken_and_the_other_named() {
    let groups = linked(&[
        of_two(1, "2031-03-04", "Kari Nes", "Rojas"),
        of_two(2, "2031-03-09", "", ""),
        of_two(3, "2031-03", "Nes", "Rojas"),
    ]);
    assert_eq!(ids(&groups), [vec!["d1.m1", "d3.m1"], vec!["d2.m1"]]);
    assert!(said(&groups, "d3.m1").contains(&"link rival: fits d2.m1 too, with less that agrees".to_owned()));
}

#[test]
fn the_nameless_come_after_the_named_whatever_the_order_of_the_texts() {
    let (nameless, nes, dahl) = (
        of_two(1, "2031-03-04", "", ""),
        of_two(2, "2031-03-04", "Nes", ""),
        of_two(3, "2031-03-04", "Ola Dahl", ""),
    );
    assert_eq!(sizes(&[nameless, nes, dahl]), [1, 1, 1]);
}

#[test]
fn what_is_mentioned_lies_before_its_publication_and_what_is_planned_after_it() {
    let held = of_two(1, "2031-06-15", "Kari Nes", "Rojas");
    let mention = |planned| Account { planned, ..of_two(2, "2031", "Nes", "Rojas") };
    let on = |planned, day| published(mention(planned), day);
    assert_eq!(sizes(&[held.clone(), on(false, "2031-08-01")]), [2], "it had been held");
    assert_eq!(sizes(&[held.clone(), on(false, "2031-05-01")]), [1, 1]);
    assert_eq!(sizes(&[held.clone(), on(true, "2031-05-01")]), [2], "it was to be held");
    assert_eq!(sizes(&[held, on(true, "2031-08-01")]), [1, 1]);
}

#[test]
fn a_year_joins_nothing_where_persons_and_place_are_not_told() {
    let held = of_two(1, "2031-06-15", "Kari Nes", "");
    assert_eq!(sizes(&[held.clone(), of_two(2, "2031", "Nes", "")]), [1, 1]);
    let in_oslo = |account| at("Oslo", "NOR", account);
    assert_eq!(sizes(&[in_oslo(held), in_oslo(of_two(2, "2031", "Nes", ""))]), [2]);
    let decade = of_two(2, "2029/2031", "Nes", "Rojas");
    assert_eq!(sizes(&[of_two(1, "2031-06-15", "Nes", "Rojas"), decade]), [1, 1]);
}

#[test]
fn two_vague_dates_that_share_a_quarter_are_not_one() {
    assert_eq!(sizes(&[of_two(1, "2031", "Nes", "Rojas"), of_two(2, "2031", "Nes", "Rojas")]), [1, 1]);
    assert_eq!(sizes(&[of_two(1, "2031-03", "Nes", "Rojas"), of_two(2, "2031-03", "Nes", "Rojas")]), [2]);
}

#[test]
fn places_in_two_states_keep_apart_but_of_the_same_persons_on_the_same_day_they_are_shown() {
    let oslo = at("Oslo", "NOR", of_two(1, "2031-03-04", "Kari Nes", "José Rojas"));
    let vague = at("Santiago", "CHL", of_two(2, "2031-03", "Nes", "Rojas"));
    assert_eq!(sizes(&[oslo.clone(), vague]), [1, 1]);
    let groups = linked(&[oslo, at("Santiago", "CHL", of_two(2, "2031-03-04", "Nes", "Rojas"))]);
    assert_eq!(groups.len(), 1);
    assert!(
        said(&groups, "d2.m1")
            .contains(&"place contradicts: Santiago (CHL) against Oslo (NOR) in d1.m1".to_owned())
    );
}

#[test]
fn a_visit_is_in_the_state_of_its_host() {
    let hosted = |state: &str, account| Account { state: Some(state.to_owned()), ..account };
    let talks = hosted("NOR", of_two(1, "2031-03-04", "Kari Nes", "Rojas"));
    let visit = |state| hosted(state, of_two(2, "2031-03", "", "Rojas"));
    assert_eq!(sizes(&[talks.clone(), visit("NOR")]), [2]);
    assert_eq!(sizes(&[talks, visit("CHL")]), [1, 1]);
}

#[test]
fn a_report_that_names_one_side_only_is_not_the_meeting_that_another_mentions_by_name() {
    let traders = Account { told: Told::Main, ..of_two(1, "2031-03-04", "Kari Nes", "") };
    assert_eq!(sizes(&[traders.clone(), of_two(2, "2031-03", "Nes", "Rojas")]), [1, 1]);
    assert_eq!(sizes(&[traders, of_two(2, "2031-03-04", "Nes", "Rojas")]), [2], "unless it was on that day");
}

#[test]
fn a_video_may_be_told_as_a_meeting_and_that_is_shown() {
    let video = Account { format: Format::Video, ..of_two(1, "2031-03-04", "Nes", "Rojas") };
    let meeting = Account { format: Format::InPerson, ..of_two(2, "2031-03-04", "Nes", "Rojas") };
    let groups = linked(&[video, meeting]);
    assert_eq!(
        said(&groups, "d2.m1"),
        [
            "parties agrees: CHL – NOR",
            "date agrees: 2031-03-04",
            "persons agrees: Rojas – Nes",
            "format contradicts: in_person against video in d1.m1",
            "place missing: nothing told in either",
        ]
    );
}

#[test]
fn two_reports_of_a_call_by_one_publisher_are_two_calls() {
    let call = |document, publisher: &str| Account {
        format: Format::Call,
        told: Told::Main,
        publisher: Some(publisher.to_owned()),
        ..of_two(document, "2031-03-04", "Nes", "Rojas")
    };
    assert_eq!(sizes(&[call(1, "fjord.example"), call(2, "fjord.example")]), [1, 1]);
    assert_eq!(sizes(&[call(1, "fjord.example"), call(2, "andes.example")]), [2]);
}

#[test]
fn of_two_delegations_of_a_day_the_first_named_will_do_but_not_within_a_state() {
    let abroad =
        |document, second| account(document, "2031-03-04", &[("NOR", &["Nes", second]), ("CHL", &["Rojas"])]);
    assert_eq!(sizes(&[abroad(1, "Berg"), abroad(2, "Vik")]), [2]);
    let home = |document, other| account(document, "2031-03-04", &[("NOR", &["Nes"]), ("NOR", &[other])]);
    assert_eq!(sizes(&[home(1, "Berg"), home(2, "Vik")]), [1, 1]);
}

fn decision(number: u32, ruling: Ruling, sides: &[(u8, &str)]) -> Decision {
    let named = |(side, account): &(u8, &str)| Named {
        side: *side,
        key: String::new(),
        name: String::new(),
        date_from: None,
        date_to: None,
        parties: String::new(),
        quote: String::new(),
        account: Some((*account).to_owned()),
    };
    Decision { number, ruling, decided: "2031-12-31".to_owned(), accounts: sides.iter().map(named).collect() }
}

#[test]
fn users_unite_what_contradicts_itself_and_split_what_agrees() {
    let accounts = [
        of_two(1, "2031-03-04", "Nes", "Rojas"),
        of_two(2, "2031-03-05", "Nes", "Rojas"),
        of_two(3, "2031-03-05", "Nes", "Rojas"),
    ];
    let decided = |decisions: &[Decision]| group(accounts.to_vec(), &Decided::of(decisions));
    let one = decision(1, Ruling::One, &[(1, "d1.m1"), (1, "d2.m1")]);
    let united = decided(std::slice::from_ref(&one));
    assert_eq!(ids(&united), [["d1.m1", "d2.m1", "d3.m1"]], "and what fits either joins them");
    assert!(
        said(&united, "d2.m1")
            .contains(&"date contradicts: 2031-03-05 against 2031-03-04 in d1.m1".to_owned())
    );
    assert!(said(&united, "d2.m1").contains(&"decision agrees: said to be of it in decision 1".to_owned()));
    let apart = decision(2, Ruling::Apart, &[(1, "d3.m1"), (2, "d2.m1"), (2, "d1.m1")]);
    assert_eq!(ids(&decided(&[one, apart])), [vec!["d1.m1", "d2.m1"], vec!["d3.m1"]]);
}

#[test]
fn of_two_decisions_the_later_counts() {
    let accounts = [of_two(1, "2031-03-04", "Nes", "Rojas"), of_two(2, "2031-03-04", "Nes", "Rojas")];
    let sizes = |decisions: &[Decision]| group(accounts.to_vec(), &Decided::of(decisions)).len();
    let one = |number| decision(number, Ruling::One, &[(1, "d1.m1"), (1, "d2.m1")]);
    let apart = |number| decision(number, Ruling::Apart, &[(1, "d1.m1"), (2, "d2.m1")]);
    assert_eq!((sizes(&[one(1), apart(2)]), sizes(&[apart(1), one(2)])), (2, 1));
}

#[test]
fn told_names_the_reports() {
    let mention = account(2, "2031", &[]);
    let report = Account { told: Told::Main, ..account(1, "2031", &[]) };
    assert_eq!(told(&[mention.clone(), report]), "reported in d1");
    assert_eq!(told(std::slice::from_ref(&mention)), "mentioned in 1 document");
    let plan = Account { planned: true, ..mention.clone() };
    assert_eq!(told(std::slice::from_ref(&plan)), "mentioned in 1 document, as planned");
    assert_eq!(told(&[mention.clone(), plan]), "mentioned in 2 documents", "it took place");
    assert_eq!(told(&[mention.clone(), mention]), "mentioned in 2 documents");
}
