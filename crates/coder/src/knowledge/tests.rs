//! What look-ups and checks promise.
#![allow(clippy::unwrap_used)]

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use super::names::SCHEMAS;
use super::table::Schema;
use super::*;

fn code(knowledge: &Knowledge, words: &str) -> (usize, String) {
    let words: Vec<&str> = words.split(' ').collect();
    knowledge.longest(&words).map_or((0, String::new()), |(n, entry)| (n, entry.code.to_owned()))
}

fn hit(n: usize, code: &str) -> (usize, String) {
    (n, code.to_owned())
}

/// The tables as they lie in the repository.
fn files() -> Vec<(String, String)> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let text =
        |schema: &Schema| (schema.file.to_owned(), fs::read_to_string(data.join(schema.file)).unwrap());
    SCHEMAS.iter().map(text).collect()
}

#[test]
fn the_tables_that_ship_have_no_problem() {
    let problems: Vec<String> =
        check(&files(), &Knowledge::embedded()).iter().map(ToString::to_string).collect();
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn the_program_carries_the_tables_cell_for_cell() {
    assert_eq!(Names::embedded().tables(), files());
}

fn problems(path: &str, text: &str) -> Vec<String> {
    let files = [(path.to_owned(), text.to_owned())];
    check(&files, &Knowledge::embedded()).iter().map(ToString::to_string).collect()
}

const PEOPLE: &str = "id,office,organization,from,to,name,surname,aliases,country,gender,source,checked\n";

#[test]
fn a_broken_date_is_told_with_its_line_and_the_nearest_day() {
    let rows = "ana-åström,premier,,2020-01-01,2023-02-30,Ana Åström,Åström,,SWE,,editors,\n\
                bo-li,premier,,2021-05-01,2020,Bo Li,Bo,,CHN,,editors,yesterday\n";
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
    let text = "name,country,admin,kind,population,latitude,longitude,aliases,found,source\n\
                Arendal,NRO,,city,many,58.46,8.77,,,editors\nBråtland,NOR,,citty,,,,,,editors\nHav,NOR,,hamlet,,,,,,editors\n\
                Sund,NOR,Agder,city,,north,8.1,,near,editors\nVik,NOR,,city,,61.1,,,,editors\n";
    assert_eq!(
        problems("actors/places.csv", text),
        [
            "actors/places.csv:2: 'country' 'NRO' is unknown; did you mean 'NOR'?",
            "actors/places.csv:2: 'population' many is no whole number; write digits only",
            "actors/places.csv:3: 'kind' 'citty' is unknown; did you mean 'city'?",
            "actors/places.csv:4: 'kind' 'hamlet' is unknown; write one of city, unit, region, venue, water",
            "actors/places.csv:5: 'found' 'near' is unknown; write one of , in, state",
            "actors/places.csv:5: 'latitude' north is no degree; write one from -90 to 90, such as 47.38",
            "actors/places.csv:6: 'latitude' stands without 'longitude'; give both or none",
        ]
    );
}

#[test]
fn rows_of_wrong_width_order_or_repeated_key_are_told() {
    let text = "name,code,body,source\nOld Mill,CHE,,editors\nHill House,CHE,,editors\nHill House,CHE,,editors\nToo,many,columns,are,here\n";
    assert_eq!(
        problems("seats.csv", text),
        [
            "seats.csv:3: 'Hill House' comes before 'Old Mill' in a sorted file; move the row",
            "seats.csv:4: 'Hill House' stands on line 3 already",
            "seats.csv:5: 5 columns where the header has 4",
        ]
    );
    assert_eq!(
        problems("seats.csv", "title,code,body,source\n"),
        ["seats.csv:1: the header must be 'name,code,body,source'"]
    );
}

#[test]
fn a_name_that_two_states_claim_is_told_and_a_quoted_line_break_keeps_the_count() {
    let text = "code,name,official_name,aliases,demonyms,capital,capital_dates,alpha2,numeric,cow,gw,from,to,source\n\
                AAA,Arland,\"Republic\nof Arland\",Ar|Arl,Arlandic,,,,,,,,,editors\n\
                BBB,Berland,,Ärl,Berlandic,,,,,,,,,editors\n";
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
        // As agencies write: the larger one.
        ("Congo", "COD"),
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
    assert!(k.states().count() >= 250);
    for state in k.states() {
        let plurals: Vec<String> = state.demonyms.iter().filter_map(|d| states::plural(d)).collect();
        let demonyms = state.demonyms.iter().copied().chain(plurals.iter().map(String::as_str));
        for word in state.names().chain(demonyms) {
            let words: Vec<&str> = word.split(' ').collect();
            let (n, entry) = k.longest(&words).unwrap();
            assert_eq!((n, entry.code), (words.len(), state.code), "{word}");
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
    let office = |words: &[&str]| k.office(words).map(|(n, o)| (n, o.phrase.to_owned()));
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
    assert_eq!((kim.name, kim.country), ("Kim Jong Un", "PRK"));
    assert!(k.people_with_surname("Kim").contains(&kim));
    assert_eq!(k.person("Fumio Kishida"), k.person("Kishida Fumio"));
    assert_eq!(k.person("Recep Tayyip Erdogan").unwrap().country, "TUR");
    assert_ne!(k.person("Abdulaziz bin Salman"), k.person("Salman bin Abdulaziz"));
    assert!(k.person("Nobody Known").is_none());
}

#[test]
fn surnames_are_found_as_news_spell_them_and_given_names_are_none() {
    let k = Knowledge::embedded();
    let called = |surname: &str, name: &str| k.people_with_surname(surname).iter().any(|p| p.name == name);
    assert!(called("Zelensky", "Volodymyr Zelenskyy") && called("Zelenskyy", "Volodymyr Zelenskyy"));
    assert!(called("Assad", "Bashar al-Assad") && called("al-Assad", "Bashar al-Assad"));
    assert!(called("Tudjman", "Franjo Tuđman"));
    assert!(!called("Un", "Kim Jong Un") && !called("Chung", "Antony Leung"));
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

fn country(name: &str, around: Around) -> Option<String> {
    Knowledge::embedded().place(name, around).map(|place| place.country.to_owned())
}

#[test]
fn places_lie_in_countries() {
    for (place, code) in [
        ("Sochi", "RUS"),
        ("Bürgenstock", "CHE"),
        ("Great Hall of the People", "CHN"),
        ("Paris", "FRA"),
        ("Geneva", "CHE"),
        ("Sharm El-Sheikh", "EGY"),
        ("Kiev", "UKR"),
        ("Bombay", "IND"),
        ("Punjab", "IND"),
    ] {
        assert_eq!(country(place, Around::Nothing).as_deref(), Some(code), "{place}");
    }
    let k = Knowledge::embedded();
    assert_eq!(k.place("Taiwan Strait", Around::In).unwrap().kind, PlaceKind::Water);
}

#[test]
fn a_city_has_its_unit_and_its_coordinates() {
    let k = Knowledge::embedded();
    let nice = k.place("Nice", Around::In).unwrap();
    assert_eq!(nice.admin, "Provence-Alpes-Côte d'Azur");
    let (latitude, longitude) = nice.coordinates.unwrap();
    assert!((latitude - 43.7).abs() < 0.1 && (longitude - 7.27).abs() < 0.1);
    assert!(nice.population.unwrap() > 300_000);
    let cities = k.rows(Table::Places).map(Place::of).filter(|place| place.kind == PlaceKind::City);
    assert!(cities.filter(|place| place.coordinates.is_some()).count() > 30_000);
}

#[test]
fn of_places_that_share_a_name_capitals_come_first_then_the_largest() {
    let k = Knowledge::embedded();
    let countries = |name| k.places(name).map(|place| place.country).collect::<Vec<_>>();
    assert_eq!(countries("San Jose")[..2], ["CRI", "USA"]);
    assert_eq!(countries("Hyderabad")[..2], ["IND", "PAK"]);
    assert!(countries("Georgetown").contains(&"USA") && countries("Georgetown")[0] == "GUY");
}

#[test]
fn what_stands_after_a_comma_tells_which_place_is_meant() {
    assert_eq!(country("Hyderabad", Around::Before("Pakistan")).as_deref(), Some("PAK"));
    assert_eq!(country("Paris", Around::Before("Texas")).as_deref(), Some("USA"));
    assert_eq!(country("Paris", Around::Before("Friday")).as_deref(), Some("FRA"));
}

#[test]
fn a_small_town_needs_a_word_of_place_and_one_that_is_also_a_word_its_state() {
    assert_eq!(country("Cannes", Around::Nothing), None);
    assert_eq!(country("Cannes", Around::In).as_deref(), Some("FRA"));
    for word in ["March", "Most", "Lee", "Wang", "Wedding", "Mission", "Bend"] {
        assert_eq!(country(word, Around::In), None, "{word}");
    }
    assert_eq!(country("Most", Around::Before("Czech Republic")).as_deref(), Some("CZE"));
    assert_eq!(country("nice", Around::In), None);
}

#[test]
fn tables_of_a_user_are_compiled_by_the_running_program_and_go_before_its_own() {
    let places = "name,country,admin,kind,population,latitude,longitude,aliases,found,source\n\
                  Sochi,NOR,,city,,,,,,mine\nÅsgard Manor,NOR,,venue,,,,Asgard House,,mine\n";
    let organizations = "code,name,aliases,kind,country,adjectives,sector,cameo,from,to,source\nORG:Frost Party,Frost Party,FP,party,NOR,,PTY,,,,mine\n";
    let files = [("places.csv", places), ("my/organizations.csv", organizations)];
    let names = Names::of_tables(&files.map(|(path, text)| (path.to_owned(), text.to_owned()))).unwrap();
    let names = Names::of_bytes(Cow::Owned(names.bytes().to_vec())).unwrap();
    let k = Knowledge::embedded().with(names);
    assert_eq!(code(&k, "Frost Party of Norway"), hit(2, "ORG:Frost Party"));
    assert_eq!(code(&k, "Asgard Manor"), hit(2, "NOR"));
    assert_eq!(k.place("Asgard House", Around::In).unwrap().name, "Åsgard Manor");
    assert_eq!(k.place("Sochi", Around::In).unwrap().country, "NOR");
    assert_eq!(k.state("NOR").unwrap().name, "Norway");
    assert_ne!(k.stamp(), Knowledge::embedded().stamp());
}

#[test]
fn what_is_no_file_of_names_is_told() {
    let sound = Names::embedded().bytes().to_vec();
    assert!(Names::of_bytes(Cow::Owned(sound[..sound.len() / 2].to_vec())).is_err());
    assert_eq!(Names::of_bytes(Cow::Borrowed(b"name,code\n")).unwrap_err(), NotNames);
    let table = ("seats.csv".to_owned(), "name,code,body,source\nOld Mill\n".to_owned());
    let problems = Names::of_tables(&[table]).unwrap_err();
    assert_eq!(problems[0].to_string(), "actors/seats.csv:2: 1 columns where the header has 4");
}
