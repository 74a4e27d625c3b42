//! What look-ups and checks promise.
#![allow(clippy::unwrap_used)]

use super::*;

fn code(knowledge: &Knowledge, words: &str) -> (usize, String) {
    let words: Vec<&str> = words.split(' ').collect();
    knowledge.longest(&words).map_or((0, String::new()), |(n, entry)| (n, entry.code.clone()))
}

fn hit(n: usize, code: &str) -> (usize, String) {
    (n, code.to_owned())
}

#[test]
fn the_tables_that_ship_have_no_problem() {
    let files: Vec<(String, String)> =
        data_files().into_iter().map(|(p, t)| (p.to_owned(), t.to_owned())).collect();
    let problems: Vec<String> = check(&files).iter().map(ToString::to_string).collect();
    assert_eq!(problems, Vec::<String>::new());
}

fn problems(path: &str, text: &str) -> Vec<String> {
    check(&[(path.to_owned(), text.to_owned())]).iter().map(ToString::to_string).collect()
}

const PEOPLE: &str = "id,office,organization,from,to,name,surname,aliases,country,source,checked\n";

#[test]
fn a_broken_date_is_told_with_its_line_and_the_nearest_day() {
    let rows = "ana-åström,premier,,2020-01-01,2023-02-30,Ana Åström,Åström,,SWE,editors,\n\
                bo-li,premier,,2021-05-01,2020,Bo Li,Bo,,CHN,editors,yesterday\n";
    assert_eq!(
        problems("my data/people.csv", &format!("{PEOPLE}{rows}")),
        [
            "my data/people.csv:2: 'to' 2023-02-30 is no date; did you mean 2023-02-28?",
            "my data/people.csv:3: 'checked' yesterday is no date; write YYYY-MM-DD, YYYY-MM or YYYY",
            "my data/people.csv:3: 'to' 2020 lies before 'from' 2021-05-01",
        ]
    );
}

#[test]
fn unknown_codes_and_kinds_come_with_the_nearest_valid_one() {
    let text = "name,country,kind,population,source\nArendal,NRO,city,many,editors\nBråtland,NOR,citty,,editors\nHav,NOR,hamlet,,editors\n";
    assert_eq!(
        problems("actors/places.csv", text),
        [
            "actors/places.csv:2: 'country' 'NRO' is unknown; did you mean 'NOR'?",
            "actors/places.csv:2: 'population' many is no whole number; write digits only",
            "actors/places.csv:3: 'kind' 'citty' is unknown; did you mean 'city'?",
            "actors/places.csv:4: 'kind' 'hamlet' is unknown; write one of city, region, venue, water",
        ]
    );
}

#[test]
fn rows_of_wrong_width_order_or_repeated_key_are_told() {
    let text = "name,code,source\nOld Mill,CHE,editors\nHill House,CHE,editors\nHill House,CHE,editors\nToo,many,columns,here\n";
    assert_eq!(
        problems("seats.csv", text),
        [
            "seats.csv:3: 'Hill House' comes before 'Old Mill' in a sorted file; move the row",
            "seats.csv:4: 'Hill House' stands on line 3 already",
            "seats.csv:5: 4 columns where the header has 3",
        ]
    );
    assert_eq!(
        problems("seats.csv", "title,code,source\n"),
        ["seats.csv:1: the header must be 'name,code,source'"]
    );
}

#[test]
fn a_name_that_two_states_claim_is_told_and_a_quoted_line_break_keeps_the_count() {
    let text = "code,name,official_name,aliases,demonyms,capital,source\n\
                AAA,Arland,\"Republic\nof Arland\",Ar|Arl,Arlandic,,editors\n\
                BBB,Berland,,Ärl,Berlandic,,editors\n";
    assert_eq!(problems("states.csv", text), ["states.csv:4: 'Ärl' names AAA on line 2 already"]);
}

#[test]
fn names_are_found_however_they_are_tokenised() {
    let k = Knowledge::embedded();
    assert_eq!(code(&k, "Côte d’Ivoire ,"), hit(2, "CIV"));
    assert_eq!(code(&k, "Cote d' Ivoire and"), hit(3, "CIV"));
    assert_eq!(code(&k, "Türkiye"), hit(1, "TUR"));
    assert_eq!(code(&k, "Turkiye"), hit(1, "TUR"));
    assert_eq!(code(&k, "Workers ' Party of Korea"), hit(5, "ORG:Workers' Party of Korea"));
    assert_eq!(code(&k, "Workers’ Party of Korea"), hit(4, "ORG:Workers' Party of Korea"));
    assert_eq!(code(&k, "People 's Republic of China 's"), hit(5, "CHN"));
    assert_eq!(code(&k, "Guinea - Bissau"), hit(3, "GNB"));
    assert_eq!(code(&k, "U.S. - China"), hit(1, "USA"));
    assert_eq!(code(&k, "United States ' allies"), hit(2, "USA"));
    assert_eq!(code(&k, "São Tomé and Príncipe"), hit(4, "STP"));
}

#[test]
fn a_name_does_not_run_over_the_end_of_a_sentence_or_into_what_is_no_name() {
    let k = Knowledge::embedded();
    assert_eq!(code(&k, "Guinea . Bissau"), hit(1, "GIN"));
    assert_eq!(code(&k, "' China"), (0, String::new()));
    assert_eq!(code(&k, "us"), (0, String::new()));
    assert_eq!(code(&k, "turkey"), (0, String::new()));
    assert_eq!(code(&k, "US"), hit(1, "USA"));
    assert_eq!(code(&k, "who"), (0, String::new()));
    assert_eq!(code(&k, "CHINA"), hit(1, "CHN"));
    assert_eq!(code(&k, "South China Sea"), (3, String::new()));
}

#[test]
fn states_with_like_names_stay_apart() {
    let k = Knowledge::embedded();
    for (words, wanted) in [
        ("North Korea", "PRK"),
        ("Democratic People 's Republic of Korea", "PRK"),
        ("DPRK", "PRK"),
        ("Republic of Korea", "KOR"),
        ("ROK", "KOR"),
        ("Democratic Republic of the Congo", "COD"),
        ("Republic of the Congo", "COG"),
        ("Congo", "COG"),
        ("DRC", "COD"),
        ("Equatorial Guinea", "GNQ"),
        ("Papua New Guinea", "PNG"),
        ("Guinea", "GIN"),
        ("Republic of China", "TWN"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("South Sudan", "SSD"),
        ("Dominica", "DMA"),
        ("Dominican Republic", "DOM"),
    ] {
        assert_eq!(code(&k, words), hit(words.split(' ').count(), wanted), "{words}");
    }
}

#[test]
fn every_name_demonym_and_plural_maps_back_to_its_state() {
    let k = Knowledge::embedded();
    assert!(k.states().len() >= 250);
    for state in k.states() {
        let plurals: Vec<String> = state.demonyms.iter().filter_map(|d| states::plural(d)).collect();
        let words = state.names().chain(state.demonyms.iter().chain(&plurals).map(String::as_str));
        for word in words {
            let words: Vec<&str> = word.split(' ').collect();
            let (n, entry) = k.longest(&words).unwrap();
            assert_eq!((n, entry.code.as_str()), (words.len(), state.code.as_str()), "{word}");
        }
    }
}

#[test]
fn capitals_and_seats_stand_for_governments() {
    let k = Knowledge::embedded();
    assert_eq!(code(&k, "Pyongyang"), hit(1, "PRK"));
    assert_eq!(k.longest(&["Beijing"]).unwrap().1.kind, EntryKind::Capital);
    assert_eq!(code(&k, "White House"), hit(2, "USA"));
    assert_eq!(code(&k, "Kremlin"), hit(1, "RUS"));
    assert_eq!(code(&k, "Élysée"), hit(1, "FRA"));
    assert_eq!(code(&k, "Brussels"), hit(1, "IGO:EU"));
    assert_eq!(code(&k, "Kiev"), hit(1, "UKR"));
    assert_eq!(k.state("CHN").unwrap().capital(), Some("Beijing"));
}

#[test]
fn organisations_are_found_by_organ_and_abbreviation() {
    let k = Knowledge::embedded();
    assert_eq!(code(&k, "CPC Central Committee"), hit(3, "ORG:Communist Party of China"));
    assert_eq!(code(&k, "NATO Kosovo Force"), hit(3, "IGO:NATO"));
    assert_eq!(code(&k, "European Commission"), hit(2, "IGO:EU"));
    assert_eq!(k.organization("ORG:Hamas").unwrap().kind, OrganizationKind::ArmedGroup);
}

#[test]
fn the_longest_office_is_found_in_any_case_and_spelling() {
    let k = Knowledge::embedded();
    let office = |words: &[&str]| k.office(words).map(|(n, o)| (n, o.phrase.clone()));
    assert_eq!(office(&["Vice", "-", "President", "Ana"]), Some((3, "vice president".to_owned())));
    assert_eq!(office(&["Deputy", "Prime", "Minister"]), Some((3, "deputy prime minister".to_owned())));
    assert_eq!(office(&["Secretary", "-", "General"]), Some((3, "secretary general".to_owned())));
    assert_eq!(office(&["presidents"]), None);
    assert!(k.office(&["His", "Majesty"]).unwrap().1.honorific);
}

#[test]
fn people_are_found_in_either_order_of_their_names() {
    let k = Knowledge::embedded();
    let kim = k.person("KIM Jong-un").unwrap();
    assert_eq!((kim.name.as_str(), kim.country.as_str()), ("Kim Jong Un", "PRK"));
    assert!(k.people_with_surname("Kim").contains(&kim));
    assert_eq!(k.person("Fumio Kishida"), k.person("Kishida Fumio"));
    assert_eq!(k.person("Recep Tayyip Erdogan").unwrap().country, "TUR");
    assert_ne!(k.person("Abdulaziz bin Salman"), k.person("Salman bin Abdulaziz"));
    assert!(k.person("Nobody Known").is_none());
}

#[test]
fn a_person_serves_an_international_organisation_only_while_in_its_office() {
    let k = Knowledge::embedded();
    let stoltenberg = k.person("Jens Stoltenberg").unwrap();
    assert_eq!(stoltenberg.serves("2012-05".parse().unwrap()), "NOR");
    assert_eq!(stoltenberg.serves("2022-06-29".parse().unwrap()), "IGO:NATO");
    assert!(!stoltenberg.country_only());
    assert!(k.person("Angela Merkel").unwrap().country_only());
}

#[test]
fn places_lie_in_countries() {
    let k = Knowledge::embedded();
    for (place, country) in [
        ("Sochi", "RUS"),
        ("Bürgenstock", "CHE"),
        ("Great Hall of the People", "CHN"),
        ("Paris", "FRA"),
        ("Geneva", "CHE"),
    ] {
        assert_eq!(k.place(place).unwrap().country, country, "{place}");
    }
    assert_eq!(k.place("Taiwan Strait").unwrap().kind, PlaceKind::Water);
    assert_eq!(k.place("sharm el-sheikh").unwrap().country, "EGY");
}
