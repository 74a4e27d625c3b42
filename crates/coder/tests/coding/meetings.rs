//! Who met whom, when and where, each encounter once.

use expect_test::expect;

use crate::testdata::rows;

#[test]
fn one_meeting_told_in_headline_caption_lead_and_body_is_one_row() {
    expect![[r#"
        meeting in_person 2031-03-31 Ulaanbaatar/MNG VNM(Trần Quốc Bình) MNG*(Gantulga Dorj) main, told 3x “Vietnamese Premier Trần Quốc Bình met with Mongolian President Gantulga Dorj (甘图拉嘎) in Ulaanbaatar on Monday”
    "#]].assert_eq(&rows("visit", &["meeting", "main"]));
}

#[test]
fn a_headline_and_a_lead_without_a_date_take_the_day_and_place_of_publication() {
    expect![[r#"
        meeting in_person 2031-05-03 Tallinn/EST EST*(Aino Kask) CHL(José Rojas) main, told 2x “Prime Minister Aino Kask of Estonia held a meeting with President of Chile José Rojas”
    "#]].assert_eq(&rows("transcript", &["meeting"]));
}

#[test]
fn last_month_is_counted_from_the_dateline() {
    expect![[r#"
        meeting unstated 2031-02 Hanoi/VNM MNG(Gantulga Dorj) VNM(Trần Quốc Bình) background, told 1x “He held talks with Premier Trần in Hanoi last month”
    "#]].assert_eq(&rows("visit", &["meeting", "last month"]));
}

#[test]
fn a_weekday_is_the_last_one_before_publication() {
    expect![[r#"
        meeting in_person 2031-06-09 Santiago/CHL ZMB(Grace Mwila) CHL*(José Rojas) main, told 1x “Zambian Vice President Grace Mwila met with Chilean President José Rojas in Santiago on Monday”
    "#]].assert_eq(&rows("greetings", &["meeting"]));
}

#[test]
fn a_call_has_no_place_and_no_host() {
    expect![[r#"
        meeting call 2031-09-11 -/- CHL(José Rojas) EST(Aino Kask) main, told 1x “President José Rojas of Chile spoke by phone with Prime Minister Aino Kask of Estonia on Thursday”
    "#]].assert_eq(&rows("call", &["meeting call"]));
}

#[test]
fn a_meeting_to_come_is_planned() {
    expect![[r#"
        meeting in_person 2031-11-01..2031-11-15 Tallinn/EST CHL(José Rojas) EST*(Aino Kask) background planned, told 1x “President Rojas and Prime Minister Kask will meet in Tallinn in the first half of November”
    "#]].assert_eq(&rows("call", &["meeting", "planned"]));
}

#[test]
fn a_visit_in_the_past_is_background() {
    expect![[r#"
        meeting in_person 2029-05 -/CHL EST(Aino Kask) CHL*() background, told 1x “the visit by Prime Minister Kask to Chile in May 2029”
    "#]].assert_eq(&rows("call", &["meeting", "2029"]));
}

#[test]
fn the_state_after_a_town_tells_which_town_it_is_and_a_month_is_none() {
    expect![[r#"
        meeting in_person 2031-05-19 Hyderabad/PAK NOR(Astrid Holm) PAK*(Imran Baloch) main, told 1x “Norwegian Foreign Minister Astrid Holm met with Pakistani Foreign Minister Imran Baloch in Hyderabad, Pakistan, on Monday”
        meeting in_person 2031-03 -/- NOR(Astrid Holm) CHL(José Rojas) background, told 1x “Foreign Minister Holm met with Chilean President José Rojas in March”
        meeting in_person 2031-05-18 Cannes/FRA NOR(Astrid Holm) EST(Aino Kask) background, told 1x “Foreign Minister Holm met with Estonian Prime Minister Aino Kask in Cannes on Sunday”
    "#]].assert_eq(&rows("towns", &["meeting"]));
}

#[test]
fn who_receives_is_the_host() {
    expect![[r#"
        meeting in_person 2031-08-01 Hanoi/VNM VNM*(Phạm Văn Đức) LAO(Khamla Sisouk) main, told 1x “Phạm Văn Đức, general secretary of the Communist Party of Vietnam and president of Vietnam, received Laotian Foreign Minister Khamla Sisouk in Hanoi on Friday”
    "#]].assert_eq(&rows("offices", &["meeting"]));
}

#[test]
fn every_meeting_is_a_consultation_of_all_its_parties() {
    expect![[r#"
        event CONSULT 041 phone José Rojas/CHL + Aino Kask/EST 2031-09-11 happened (m1)
        event CONSULT 042 visit José Rojas/CHL + Aino Kask/EST 2031-11-01..2031-11-15 planned (m2)
        event CONSULT 042 visit Aino Kask/EST + CHL 2029-05 happened (m3)
    "#]]
    .assert_eq(&rows("call", &["event CONSULT"]));
    expect![[r#"
        event CONSULT 042 visit Trần Quốc Bình/VNM + Gantulga Dorj/MNG 2031-03-31 happened (m1)
        event CONSULT 042 visit Gantulga Dorj/MNG + Trần Quốc Bình/VNM 2031-02 happened (m2)
    "#]]
    .assert_eq(&rows("visit", &["event CONSULT"]));
}

#[test]
fn a_text_without_an_encounter_has_no_meeting() {
    expect![].assert_eq(&rows("seats", &["meeting"]));
}

#[test]
fn who_did_not_meet_or_refused_to_has_no_meeting() {
    expect![].assert_eq(&rows("denials", &["meeting"]));
}

#[test]
fn a_video_conference_is_a_call_by_video() {
    expect![[r#"
        meeting video 2031-07-05 -/- IGO:UN(Ana Keita) KEN(Amina Odhiambo) main, told 2x “UN Secretary-General Ana Keita held a video conference with Kenyan President Amina Odhiambo on Saturday”
    "#]].assert_eq(&rows("summit", &["meeting", "main"]));
}

#[test]
fn ministers_without_names_stand_for_their_states() {
    expect![[r#"
        meeting in_person 2031-07-06 Nairobi/KEN KEN*(Amina Odhiambo) SDN() EGY() background, told 1x “Odhiambo met with the foreign ministers of Sudan and Egypt in Nairobi yesterday”
    "#]].assert_eq(&rows("summit", &["meeting", "background"]));
}

#[test]
fn a_headline_of_remarks_before_a_meeting_tells_of_it() {
    expect![[r#"
        meeting in_person 2031-04-02 -/- EST(Aino Kask) CHL(José Rojas) main, told 1x “Remarks by Prime Minister Aino Kask of the Republic of Estonia and President José Rojas of Chile Before Bilateral Meeting”
        meeting in_person 2030 Santiago/CHL EST(Aino Kask) CHL*(José Rojas) background, told 1x “We met in Santiago last year”
    "#]].assert_eq(&rows("remarks", &["meeting", "EST"]));
}

#[test]
fn what_we_will_discuss_is_no_meeting_to_come() {
    expect![].assert_eq(&rows("remarks", &["meeting", "planned"]));
}

#[test]
fn to_telephone_someone_is_a_call() {
    expect![[r#"
        meeting call 2031-03-31 -/- CHL(José Rojas) ZMB(Grace Mwila) background, told 1x “President Rojas telephoned President Grace Mwila of Zambia on Monday”
    "#]].assert_eq(&rows("remarks", &["meeting call"]));
}

#[test]
fn a_publisher_that_leaves_its_own_side_unsaid_is_that_side() {
    expect![[r#"
        meeting call 2031-05-03 -/- RUS() CHL(José Rojas) main, told 1x “Telephone conversation with President of Chile José Rojas”
    "#]].assert_eq(&rows("unsaid", &["meeting"]));
}

#[test]
fn a_call_told_by_its_day_is_another_than_the_one_of_the_text() {
    expect![[r#"
        meeting call 2031-11-20 -/- EST(Aino Kask) CHL(José Rojas) main, told 2x “Prime Minister Aino Kask of Estonia spoke by phone with President José Rojas of Chile”
        meeting call 2031-11-09 -/- EST(Aino Kask) CHL(José Rojas) background, told 1x “on the November 9 call”
    "#]].assert_eq(&rows("earlier", &["meeting call"]));
}

#[test]
fn a_summit_named_by_day_and_town_alone_is_of_the_two_who_meet_in_the_text_and_one_with_a_name_is_not() {
    expect![[r#"
        meeting in_person 2031-09-27 Tallinn/EST EST*(Aino Kask) CHL(José Rojas) background, told 1x “at the summit in Tallinn”
    "#]].assert_eq(&rows("earlier", &["meeting", "-09-27"]));
}

#[test]
fn the_two_heads_of_state_are_told_though_a_town_stands_beside_them() {
    expect![[r#"
        meeting in_person 2030-05-03 Lima/PER EST(Aino Kask) CHL(José Rojas) background, told 1x “the meeting between the two heads of state in Lima on May 3, 2030”
    "#]].assert_eq(&rows("earlier", &["meeting", "2030-05"]));
}

#[test]
fn leaders_who_are_not_named_met_where_their_states_and_the_day_are_told() {
    expect![[r#"
        meeting in_person 2031-10-04 Lusaka/ZMB ZMB*() NOR() VNM() background, told 1x “about the meeting between the leaders of Zambia, Norway and Vietnam in Lusaka on October 4”
    "#]].assert_eq(&rows("earlier", &["meeting", "leaders of"]));
}

#[test]
fn who_is_invited_pays_the_visit_on_the_day_to_come() {
    expect![[r#"
        meeting in_person 2032-01-15 -/CHL EST(Aino Kask) CHL*() background planned, told 1x “to pay a visit to Chile on January 15”
    "#]].assert_eq(&rows("earlier", &["meeting", "pay a visit"]));
}
