//! Who acts and toward whom, where a noun, a title or a part of a name says it: each with a sentence that is like it and is not.
#![allow(clippy::unwrap_used)]

use chancery::Pipeline;
use chancery::model::{Document, Participant};

/// The events of a sentence, each as `TYPE actors > recipients`, codes without sectors.
fn told(pipeline: &Pipeline, day: &str, sentence: &str) -> Vec<String> {
    told_by(pipeline, day, "", sentence)
}

/// The same of a sentence that somebody publishes, or that stands at an address.
fn told_by(pipeline: &Pipeline, day: &str, source: &str, sentence: &str) -> Vec<String> {
    let line = serde_json::json!({ "id": "x", "published": day, "source": source, "text": sentence });
    let line = line.to_string();
    let document: Document =
        chancery::formats::read("x.jsonl", line.as_bytes()).into_iter().next().unwrap().outcome.unwrap();
    let codes = |who: &[Participant]| {
        let codes: Vec<&str> = who.iter().map(|p| if p.code.is_empty() { "-" } else { &p.code }).collect();
        if codes.is_empty() { "nobody".to_owned() } else { codes.join(" ") }
    };
    let event =
        |e: &chancery::model::Event| format!("{} {} > {}", e.plover, codes(&e.actor), codes(&e.recipient));
    pipeline.code(&document).record.events.iter().map(event).collect()
}

#[test]
fn a_council_of_the_publishers_state_is_its_own_where_no_other_is_spoken_of() {
    let pipeline = Pipeline::embedded().unwrap();
    let (kremlin, own) = ("http://en.kremlin.ru/events/1", "The Security Council condemned Japan on Friday.");
    let other = "The Security Council condemned Japan on Friday. The UN Secretary-General spoke.";
    assert_eq!(told_by(&pipeline, "2016-06-03", kremlin, own), ["ACCUSE RUS > JPN"]);
    assert_eq!(told_by(&pipeline, "2016-06-03", kremlin, other), ["ACCUSE IGO:UN > JPN"]);
    assert_eq!(told(&pipeline, "2016-06-03", own), ["ACCUSE IGO:UN > JPN"]);
}

#[test]
fn those_who_are_meant_are_told_from_those_who_are_like_them() {
    let pipeline = Pipeline::embedded().unwrap();
    let pairs = [
        // A council that needs no name, and a state's own.
        ("2005-03-02", "The Security Council condemned Sudan on Wednesday.", "ACCUSE IGO:UN > SDN"),
        (
            "2005-03-02",
            "Turkey's national security council condemned Greece on Wednesday.",
            "ACCUSE TUR > GRC",
        ),
        // A town whose name begins with what kind of name it is; a part of a state by its governor.
        ("2016-03-02", "Police in Saint Petersburg detained a Finnish diplomat.", "COERCE RUS > FIN"),
        ("2016-03-02", "Police in Petersburg, Virginia, detained a Finnish diplomat.", "COERCE USA > FIN"),
        (
            "2016-03-02",
            "The governor of Kerala met the Prime Minister of Finland.",
            "CONSULT IND FIN > nobody",
        ),
        (
            "2016-03-02",
            "The governor of Krasnoyarsk Territory met the Prime Minister of Finland.",
            "CONSULT RUS FIN > nobody",
        ),
        // Peacekeepers are the United Nations', unless they are a state's.
        ("2004-06-02", "Rebels accused the peacekeepers in Congo of spying.", "ACCUSE COD > IGO:UN"),
        ("2004-06-02", "Rebels in Mali accused Chadian peacekeepers of spying.", "ACCUSE MLI > TCD"),
        // Who is sent acts for who sends him; who once was sent does not.
        ("2008-01-25", "African Union envoy Kofi Annan urged Kenya to hold talks.", "REQUEST IGO:AU > KEN"),
        ("2013-01-25", "Former U.N. chief Kofi Annan urged Kenya to hold talks.", "REQUEST GHA > KEN"),
        (
            "2006-07-14",
            "Hezbollah leader Hassan Nasrallah threatened Israel on Friday.",
            "THREATEN ORG:Hezbollah > ISR",
        ),
        // A people whose name is two words.
        ("1994-07-14", "Bosnian Serb leaders condemned Croatia on Thursday.", "ACCUSE BIH > HRV"),
        ("2014-07-14", "Serbian leaders condemned Croatia on Thursday.", "ACCUSE SRB > HRV"),
        // Half of a country that is two.
        ("2010-05-20", "South Korea accused the North of sinking a warship.", "ACCUSE KOR > PRK"),
        ("2010-05-20", "Kenya accused Uganda of neglecting the north.", "ACCUSE KEN > UGA"),
        // People from elsewhere.
        (
            "2001-11-19",
            "Afghan bandits killed foreign reporters near Jalalabad on Monday.",
            "ASSAULT AFG > -",
        ),
        ("2001-11-19", "Afghan bandits killed reporters near Jalalabad on Monday.", "ASSAULT AFG > AFG"),
        // Two states of one name.
        ("2018-11-02", "The two Koreas held talks at Panmunjom on Friday.", "CONSULT KOR PRK > nobody"),
        // By a surname as news spell it; and a capital for who ruled from it then.
        ("2012-05-14", "Turkey denounced Assad on Monday.", "ACCUSE TUR > SYR"),
        ("1990-05-01", "Moscow condemned Latvia on Tuesday.", "ACCUSE SUN > LVA"),
        ("1995-05-02", "Moscow condemned Latvia on Tuesday.", "ACCUSE RUS > LVA"),
        // Two whom only a comma joins.
        ("2024-11-26", "Putin, Xi condemn Israel", "ACCUSE RUS CHN > ISR"),
        // Whose soldiers they are.
        ("2002-04-01", "Soldiers in Hebron killed a shopkeeper on Monday.", "ASSAULT ISR > PSE"),
        ("2002-04-01", "Palestinian soldiers killed a shopkeeper in Hebron on Monday.", "ASSAULT PSE > PSE"),
        // States that an adjective names together, and one for which a man stands.
        ("1991-08-26", "Iceland recognised the Baltic states on Monday.", "SUPPORT ISL > EST LVA LTU"),
        ("2015-05-11", "The Pope condemned Libya on Monday.", "ACCUSE VAT > LBY"),
        // A people in the states where it lives too, and in its own.
        (
            "1994-04-08",
            "Serb gunmen attacked a convoy in Sarajevo on Friday, and France condemned them.",
            "ACCUSE FRA > BIH",
        ),
        ("2014-04-08", "Serb farmers protested in Belgrade on Tuesday.", "PROTEST SRB > nobody"),
        // A people that is called as a town is.
        ("2001-11-09", "Moro rebels condemned Malaysia on Friday.", "ACCUSE PHL > MYS"),
        // Those who belong to an organisation, and who belong to a state.
        ("2009-01-20", "Hamas's military wing condemned Norway on Tuesday.", "ACCUSE ORG:Hamas > NOR"),
        // A company is of its state, and the governor of a town is no body of its own.
        ("2009-01-20", "Gazprom threatened Moldova on Tuesday.", "THREATEN RUS > MDA"),
        // Courts and leaders that a place or a part of the world names, and those of a state.
        ("2010-07-12", "The Hague court condemned Sudan on Monday.", "ACCUSE IGO:ICC > SDN"),
        ("2010-07-12", "A Rotterdam court condemned Airbus on Monday.", "ACCUSE NLD > FRA"),
        ("2022-01-10", "West African leaders condemned Mali on Monday.", "ACCUSE IGO:ECOWAS > MLI"),
        ("2022-01-10", "The West African leader of Ghana condemned Mali on Monday.", "ACCUSE GHA > MLI"),
        // The police of a town are of its state, and so is who is named like the town and has no other name.
        ("2010-03-05", "A Karachi police inspector was shot dead on Friday.", "ASSAULT nobody > PAK"),
        ("2021-08-13", "Vitebsk bloggers denounced Lithuania on Friday.", "ACCUSE BLR > LTU"),
        // A province that is no city.
        ("2001-06-08", "Bougainville rebels handed over their guns on Friday.", "RETREAT PNG > nobody"),
        // Capitals that are joined.
        (
            "2005-10-28",
            "Condemnation of Iran came from Berlin, Paris and Ottawa.",
            "ACCUSE DEU FRA CAN > IRN",
        ),
    ];
    for (day, sentence, expected) in pairs {
        let told = told(&pipeline, day, sentence);
        assert!(told.iter().any(|event| event == expected), "{sentence}\n  {told:?}, not {expected}");
    }
}

#[test]
fn i_and_we_are_whoever_publishes_and_nobody_else_where_that_is_not_known() {
    let pipeline = Pipeline::embedded().unwrap();
    let (day, attack) = ("2016-06-03", "We strongly condemn the bombing of the embassy by the Taliban.");
    for (publisher, expected) in [
        ("Ministry of Foreign Affairs (Finland)", "ACCUSE FIN > ORG:Taliban"),
        ("African Union Mission in Somalia", "ACCUSE IGO:AU > ORG:Taliban"),
        ("Executive Office of the President (Russia)", "ACCUSE RUS > ORG:Taliban"),
        ("https://www.mea.gov.in/statements/1", "ACCUSE IND > ORG:Taliban"),
        ("https://www.gov.uk/news/1", "ACCUSE GBR > ORG:Taliban"),
        ("https://www.state.gov/1", "ACCUSE USA > ORG:Taliban"),
        ("https://www.news.in/1", "ACCUSE nobody > ORG:Taliban"),
        ("", "ACCUSE nobody > ORG:Taliban"),
    ] {
        let told = told_by(&pipeline, day, publisher, attack);
        assert!(told.iter().any(|event| event == expected), "{publisher}\n  {told:?}, not {expected}");
    }
}

#[test]
fn an_official_without_a_state_serves_the_publishers() {
    let pipeline = Pipeline::embedded().unwrap();
    let sentence = "The Minister of Defence met his Chadian counterpart in N'Djamena on Monday.";
    let french = told_by(&pipeline, "2013-05-06", "Ministry of Defence (France)", sentence);
    assert!(matches!(french.as_slice(), [met] if met.contains("FRA") && met.contains("TCD")), "{french:?}");
    let nobodys = told(&pipeline, "2013-05-06", sentence);
    assert!(nobodys.iter().all(|event| !event.contains("FRA")), "{nobodys:?}");
}

#[test]
fn money_and_letters_that_spell_a_town_are_no_state() {
    let pipeline = Pipeline::embedded().unwrap();
    for (day, sentence, code) in [
        ("2031-04-10", "India will provide US$ 80 million for tea factories.", "USA"),
        ("1999-10-24", "KOTA forces attacked a fort in East Timor on Sunday.", "IND"),
    ] {
        let told = told(&pipeline, day, sentence);
        assert!(told.iter().all(|event| !event.contains(code)), "{sentence}\n  {told:?}");
    }
    let told = told(&pipeline, "1999-10-24", "Kota police attacked students on Sunday.");
    assert!(
        matches!(told.as_slice(), [one] if one.starts_with("ASSAULT IND >")),
        "the town itself: {told:?}"
    );
}
