//! Who is meant: names, titles, pronouns, sides, states and seats of government.

use expect_test::expect;

use crate::testdata::rows;

#[test]
fn surname_alone_is_the_person_named_in_full_before() {
    expect![[r#"
        s1 commitment/support Trần Quốc Bình/VNM for VNM -> MNG [said] paraphrased: Vietnam … is willing to build a railway with Mongolia
    "#]].assert_eq(&rows("visit", &["railway"]));
}

#[test]
fn title_alone_is_the_speaker() {
    expect![[r#"
        s3 report/neutral Trần Quốc Bình/VNM -> MNG [said] paraphrased: trade between the two countries has doubled
    "#]].assert_eq(&rows("visit", &["has doubled"]));
}

#[test]
fn a_pronoun_is_who_spoke_last() {
    expect![[r#"
        s4 position/support Trần Quốc Bình/VNM -> MNG [praised] paraphrased: Mongolia’s efforts to protect the steppe
    "#]].assert_eq(&rows("visit", &["[praised]"]));
}

#[test]
fn a_pronoun_is_who_acted_last() {
    expect![[r#"
        meeting unstated 2031-02 Hanoi/VNM MNG(Gantulga Dorj) VNM(Trần Quốc Bình) background, told 1x “He held talks with Premier Trần in Hanoi last month”
    "#]].assert_eq(&rows("visit", &["He held talks"]));
}

#[test]
fn the_two_sides_are_both_parties() {
    expect![[r#"
        s7 agreement/support VNM + MNG [agreed] paraphrased: to open a school next week
    "#]]
    .assert_eq(&rows("visit", &["[agreed]"]));
}

#[test]
fn vice_president_is_not_the_president() {
    expect![[r#"
        s2 courtesy/support José Rojas/CHL -> ZMB [thanked] paraphrased: Zambia for its help after the flood
        s3 position/support Grace Mwila/ZMB for ZMB [said] paraphrased: Zambia supports the copper pact
    "#]]
    .assert_eq(&format!("{}{}", rows("greetings", &["[thanked]"]), rows("greetings", &["copper pact"])));
}

#[test]
fn a_capital_that_acts_is_its_government_and_one_in_a_place_is_not() {
    expect![[r#"
        s2 request/support NOR -> CHL [urged] paraphrased: to return to the talks
    "#]]
    .assert_eq(&rows("seats", &["[urged]"]));
    expect![[r#"
        s1 position/support Zoë Dahl/NOR [said] paraphrased: the fishing dispute must be resolved peacefully
    "#]]
    .assert_eq(&rows("seats", &["dispute"]));
}

#[test]
fn states_act_together() {
    expect![[r#"
        s5 position/oppose KEN + TUR [condemned] paraphrased: the attack on the port of Lamu (拉穆)
    "#]]
    .assert_eq(&rows("spokesperson", &["condemned"]));
}

#[test]
fn party_and_state_offices_of_one_person_are_two_roles() {
    expect![[r#"
        role Phạm Văn Đức: general secretary (ORG:Communist Party of Vietnam) of VNM “Phạm Văn Đức, general secretary of the Communist Party of Vietnam”
        role Phạm Văn Đức: president of VNM “Phạm Văn Đức, general secretary of the Communist Party of Vietnam and president of Vietnam”
    "#]].assert_eq(&rows("offices", &["role Phạm"]));
}

// FIXME: the second office is "Former Prime Minister", though the state stands between.
#[test]
fn a_person_serves_the_state_whose_adjective_stands_before_the_office() {
    expect![[r#"
        role Khamla Sisouk: Foreign Minister of LAO “Foreign Minister Khamla Sisouk”
        role Bounthong Vilay: Prime Minister of LAO “Prime Minister Bounthong Vilay”
    "#]]
    .assert_eq(&rows("offices", &["role", "of LAO"]));
}

// FIXME: the office is "spokesperson", its organization the ministry.
#[test]
fn a_spokesperson_serves_the_state_whose_ministry_it_is() {
    expect![[r#"
        role Elif Aydın: spokesperson for the Turkish Foreign Ministry of TUR “Elif Aydın, spokesperson for the Turkish Foreign Ministry”
    "#]].assert_eq(&rows("spokesperson", &["role"]));
}

#[test]
fn names_keep_their_accents() {
    expect![[r#"
        role Trần Quốc Bình: Premier of VNM “Premier Trần Quốc Bình”
        role Gantulga Dorj: President of MNG “President Gantulga Dorj”
        role Zoë Dahl: Foreign Minister of NOR “Foreign~Minister Zoë Dahl”
    "#]]
    .assert_eq(&format!("{}{}", rows("visit", &["role"]), rows("seats", &["role"])));
}

#[test]
fn a_pronoun_and_a_name_together_are_both() {
    expect![[r#"
        s3 agreement/support Amina Odhiambo/KEN + Ana Keita/IGO:UN [agreed] paraphrased: the wells must be repaired
    "#]].assert_eq(&rows("summit", &["[agreed]"]));
}

#[test]
fn the_two_are_those_who_met() {
    expect![[r#"
        s2 request/support Ana Keita/IGO:UN + Amina Odhiambo/KEN [called on] paraphrased: donors to keep their promises
    "#]].assert_eq(&rows("summit", &["[called on]"]));
}

#[test]
fn a_seat_of_government_is_its_state() {
    expect![[r#"
        s3 position/support USA [welcomed] paraphrased: the decision
    "#]]
    .assert_eq(&rows("denials", &["[welcomed]"]));
}

#[test]
fn an_organisation_is_whom_its_officer_serves() {
    expect![[r#"
        role Ana Keita: Secretary-General (IGO:UN) of IGO:UN “Secretary-General Ana Keita”
    "#]]
    .assert_eq(&rows("summit", &["role Ana Keita"]));
}

#[test]
fn a_surname_given_in_full_before_goes_before_a_capital_of_that_name() {
    expect![[r#"
        s1 position/support Ana Lima/ESP [praised] paraphrased: the fishing pact
    "#]]
    .assert_eq(&rows("namesake", &["[praised]"]));
}

// FIXME: to hope for rain is a position; to hope to do something is a commitment.
#[test]
fn the_president_of_a_state_is_the_one_named_with_it() {
    expect![[r#"
        s2 commitment/support Rui Costa/PRT [said] paraphrased: he hoped for rain
    "#]]
    .assert_eq(&rows("namesake", &["[said]"]));
}
