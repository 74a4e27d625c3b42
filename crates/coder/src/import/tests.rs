//! Invented dictionaries, whole and broken.
#![allow(clippy::unwrap_used)]

use super::*;

fn taken(files: &[(&str, &str)], folder: &[(String, String)]) -> Imported {
    let files: Vec<_> = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    import(&files, folder).unwrap()
}

/// The rows of a table without its header.
fn rows(imported: &Imported, table: &str) -> Vec<String> {
    let text = imported.tables.iter().find(|(name, _)| name == table).map(|(_, text)| text.clone());
    text.unwrap_or_default().lines().skip(1).map(str::to_owned).collect()
}

fn troubles(imported: &Imported) -> Vec<(usize, &str)> {
    imported.files[0].troubles.iter().map(|t| (t.line, t.what)).collect()
}

const SOUND: &str = "\
# Invented.
ZOE_VAN_DER_DAHL_
+Z._VAN_DER_DAHL_
+VAN_DER_DAHL_
\t[NORGOV 000101-050607]
\t[NORELI >20050608]
FROST_PARTY_ [NORPTY] ; of the north
+FPN_
FJORDLAND_ [ROM]
HARBOUR_OFFICE_ [NORGOV]
TUNDRA_WATCH_ [NGOENV]
NORWAY_ [NOR]
";

#[test]
fn a_dictionary_becomes_rows_of_the_tables() {
    let imported = taken(&[("my.actors", SOUND)], &[]);
    assert_eq!(troubles(&imported), []);
    assert_eq!(
        rows(&imported, "people.csv"),
        [
            "zoe-van-der-dahl,official,,2000-01-01,2005-06-07,Zoe van der Dahl,van der Dahl,Z. van der Dahl,NOR,,my.actors,",
            "zoe-van-der-dahl,public figure,,2005-06-08,,Zoe van der Dahl,van der Dahl,Z. van der Dahl,NOR,,my.actors,",
        ]
    );
    assert_eq!(
        rows(&imported, "organizations.csv"),
        [
            "ORG:Frost Party,Frost Party,FPN,party,NOR,,PTY,NORPTY,,,my.actors",
            "ORG:Tundra Watch,Tundra Watch,,body,,,NGO,NGOENV,,,my.actors",
        ]
    );
    assert_eq!(
        rows(&imported, "seats.csv"),
        ["Fjordland,ROU,as imported,my.actors", "Harbour Office,NOR,\"government, as imported\",my.actors"]
    );
    let file = &imported.files[0];
    assert_eq!((file.lines, file.taken, file.known, file.there), (12, 6, 1, 0), "Norway is known");
}

#[test]
fn what_is_made_has_nothing_that_check_finds_wrong() {
    let agents = "DEPUTY_HARBOUR_MINISTER {DEPUTY_HARBOUR_MINISTERS} [~GOV]\n";
    let imported = taken(&[("my.actors", SOUND), ("my.agents", agents)], &[]);
    assert_eq!(imported.tables.len(), 4);
    assert_eq!(crate::check(&imported.tables), []);
}

#[test]
fn a_second_import_changes_nothing() {
    let once = taken(&[("my.actors", SOUND)], &[]);
    let twice = taken(&[("my.actors", SOUND)], &once.tables);
    assert_eq!(once.tables, twice.tables);
    assert_eq!((twice.files[0].taken, twice.files[0].known, twice.files[0].there), (0, 1, 6));
    assert_eq!(troubles(&twice), []);
}

#[test]
fn a_broken_dictionary_loses_no_good_line() {
    let broken = "\
+NOBODYS_ALIAS_
FROST_PARTY_ [NORPTY
SNOW_PARTY_ [NORPTY]
ICE_PARTY_ NORPTY]
HAIL_PARTY_
RAIN_PARTY_ [NORPTY]]
SNOW_PARTY_ [NORPTY]
SNOW_PARTY_ [SWEPTY]
ZOE_DAHLMANN_
\t[NORGOV 20130231-20140101]
\t[NORGOV >991332]
\t[NORGOV 150101-160101]
THAW_ -> FROST_
SLEET_PARTY_ [QQQPTY]
DRIZZLE_PARTY_ [NORXYZ]
EASTERNERS_ [EUR]
FOG_PARTY_ [] [NORPTY]
__ [NORPTY]
LAST_PARTY_ [NORPTY]";
    let imported = taken(&[("broken.actors", broken)], &[]);
    assert_eq!(
        troubles(&imported),
        [
            (1, "an alias or code of no name"),
            (2, "unbalanced brackets"),
            (4, "unbalanced brackets"),
            (5, "no code"),
            (6, "unbalanced brackets"),
            (7, "a name that stands twice"),
            (8, "a name that stands twice"),
            (10, "a malformed date"),
            (11, "a malformed date"),
            (13, "a rule where a name should be"),
            (14, "an unknown code"),
            (15, "taken without an unknown role"),
            (16, "a region"),
            (17, "no code"),
            (18, "a name without letters"),
        ]
    );
    let names: Vec<String> = rows(&imported, "organizations.csv")
        .iter()
        .map(|row| row.split(',').nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(names, ["Drizzle Party", "Fog Party", "Last Party", "Rain Party", "Snow Party"]);
    let people = rows(&imported, "people.csv");
    assert_eq!(
        people,
        ["zoe-dahlmann,official,,2015-01-01,2016-01-01,Zoe Dahlmann,Dahlmann,,NOR,,broken.actors,"]
    );
}

#[test]
fn trouble_says_what_would_be_right() {
    let imported = taken(&[("x", "ZOE_DAHLMANN_ [NORGOV >20130231]\nICE_PARTY_ [NROPTY]\n")], &[]);
    let said: Vec<&str> = imported.files[0].troubles.iter().map(|t| t.message.as_str()).collect();
    assert_eq!(said[0], "'20130231' is no day; that month ends on 2013-02-28");
    assert!(
        said[1].starts_with("'NRO' is neither a state nor a kind of body; did you mean '"),
        "{}",
        said[1]
    );
}

#[test]
fn a_name_has_one_meaning() {
    let text = "FJORDLAND_ [NOR]\nGREAT_FJORDLAND_ [SWE]\n+FJORDLAND_\n";
    let imported = taken(&[("x", text)], &[]);
    assert_eq!(
        rows(&imported, "seats.csv"),
        ["Fjordland,NOR,as imported,x", "Great Fjordland,SWE,as imported,x"]
    );
    assert_eq!(
        imported.files[0].troubles[0].message,
        "'Fjordland' stands for NOR on line 1 of x already; a name has one meaning"
    );
}

#[test]
fn another_name_of_an_organisation_that_the_program_knows_is_an_alias() {
    let imported = taken(&[("x", "NATO_ [IGO]\n+FROSTBOUND_ALLIANCE_\n")], &[]);
    assert_eq!(rows(&imported, "seats.csv"), ["Frostbound Alliance,IGO:NATO,as imported,x"]);
    assert_eq!(imported.files[0].known, 1);
    assert_eq!(crate::check(&imported.tables), []);
}

#[test]
fn a_person_may_have_served_a_state_that_ended() {
    let text = "IVAN_ZIMOV_\n\t[SUNGOV 850101-911225]\n\t[RUSGOV >911226]\n\t[IGOUNO 010101-020101]\n";
    let imported = taken(&[("x", text)], &[]);
    let offices: Vec<String> = rows(&imported, "people.csv");
    assert!(
        offices.iter().any(|row| row.starts_with("ivan-zimov,official,SUN,1985-01-01,1991-12-25,")),
        "{offices:?}"
    );
    assert!(
        offices.iter().any(|row| row.starts_with("ivan-zimov,official,IGO:UN,2001-01-01,")),
        "{offices:?}"
    );
    assert_eq!(crate::check(&imported.tables), []);
}

#[test]
fn words_for_agents_are_offices_where_their_last_word_is_one() {
    let text = "MINISTER {MINISTERS} [~GOV]\nDEPUTY_TIDES_MINISTER {DEPUTY_TIDES_MINISTERS} [~GOV]\nFISHERFOLK [~GOV]\nREFUGEE [~REF]\nTIDE_JUDGE [~XXX]\n";
    let imported = taken(&[("x.agents", text)], &[]);
    assert_eq!(rows(&imported, "offices.csv"), ["deputy tides minister,GOV,5,any,office,,,x.agents"]);
    assert_eq!(troubles(&imported), [(3, "no office"), (4, "no office"), (5, "an unknown code")]);
    assert_eq!(imported.files[0].known, 1);
}

#[test]
fn a_sheet_is_read_by_its_header() {
    let sheet = "\
Name;Code;Office;From;To;Colour;Aliases;Kind
Zoe Dahlmann;NOR;Harbour Minister;2031-01;;red;Z. Dahlmann;
Tundra Watch;NGO;;;;;TWA|Watch of the Tundra;
Fjordland;NOR;;;;;;
Ice Guild;ORG:Ice Guild;;;;;;company
Nameless kind;;;;;;;
Late Guild;NOR;;2031;2030;;;company
Short;NOR
";
    let imported = taken(&[("my.csv", sheet)], &[]);
    assert_eq!(
        rows(&imported, "people.csv"),
        ["zoe-dahlmann,harbour minister,,2031-01,,Zoe Dahlmann,Dahlmann,Z. Dahlmann,NOR,,my.csv,"]
    );
    assert_eq!(
        rows(&imported, "organizations.csv"),
        [
            "ORG:Ice Guild,Ice Guild,,company,,,,,,,my.csv",
            "ORG:Tundra Watch,Tundra Watch,TWA|Watch of the Tundra,body,,,NGO,NGO,,,my.csv",
        ]
    );
    assert_eq!(rows(&imported, "seats.csv"), ["Fjordland,NOR,as imported,my.csv"]);
    assert_eq!(
        troubles(&imported),
        [(1, "an unknown column"), (6, "no code"), (7, "a malformed date"), (8, "a row of another width"),]
    );
    assert_eq!(crate::check(&imported.tables), []);
}

#[test]
fn a_sheet_without_a_column_of_names_is_told_once() {
    let imported = taken(&[("my.csv", "actor,code\nFjordland,NOR\nIcelake,NOR\n")], &[]);
    assert_eq!(troubles(&imported), [(1, "no column of names")]);
    assert!(imported.tables.is_empty());
}

#[test]
fn rows_that_are_there_are_kept_and_broken_tables_are_not_overwritten() {
    let own = ("seats.csv".to_owned(), "name,code,body,source\nFjordland,SWE,mine,me\n".to_owned());
    let imported = taken(&[("x", "FJORDLAND_ [NOR]\nICELAKE_ [NOR]\n")], &[own]);
    assert_eq!(rows(&imported, "seats.csv"), ["Fjordland,SWE,mine,me", "Icelake,NOR,as imported,x"]);
    assert_eq!(troubles(&imported), [(1, "a name with two meanings")]);
    let broken = ("seats.csv".to_owned(), "name,code,body,source\nFjordland\n".to_owned());
    assert_eq!(import(&[], &[broken]).unwrap_err()[0].line, 2);
}

#[test]
fn every_letter_of_cameo_leads_to_a_state_that_is_known() {
    let known = Knowledge::embedded();
    let cameo = Cameo::new(&known);
    for code in ["ROM", "ZAR", "TMP", "KSV", "GMY", "PAL", "SUN"] {
        let meant = cameo.code(code).unwrap();
        assert!(known.state(&meant.country).is_some() && meant.role.is_none(), "{code}");
    }
}
