//! Who said what in whose name.

use expect_test::expect;

use crate::testdata::rows;

#[test]
fn the_state_is_the_holder_where_the_clause_speaks_for_it() {
    expect![[r#"
        s3 position/support Grace Mwila/ZMB for ZMB [said] paraphrased: Zambia supports the copper pact
    "#]]
    .assert_eq(&rows("greetings", &["copper pact"]));
}

#[test]
fn the_speaker_is_the_holder_where_the_clause_names_no_state() {
    expect![[r#"
        s1 position/support Zoë Dahl/NOR [said] paraphrased: the fishing dispute must be resolved peacefully
    "#]]
    .assert_eq(&rows("seats", &["dispute"]));
}

#[test]
fn speech_interrupted_by_its_cue_has_two_spans() {
    expect![[r#"
        s1 commitment/support Trần Quốc Bình/VNM for VNM -> MNG [said] paraphrased: Vietnam … is willing to build a railway with Mongolia
    "#]].assert_eq(&rows("visit", &["Vietnam …"]));
}

#[test]
fn speech_goes_on_without_a_cue() {
    expect![[r#"
        s2 commitment/support after s1 Trần Quốc Bình/VNM for VNM [] paraphrased: Vietnam will also open a consulate in Darkhan
    "#]].assert_eq(&rows("visit", &["Darkhan"]));
    expect![[r#"
        s2 position/support after s1 Elif Aydın/TUR [] quoted: It must end now
    "#]]
    .assert_eq(&rows("spokesperson", &["end now"]));
}

#[test]
fn a_second_cue_in_a_sentence_tells_a_statement_of_its_own() {
    expect![[r#"
        s3 commitment/support Elif Aydın/TUR for TUR [added] paraphrased: Ankara is ready to host talks
        s4 report/neutral Elif Aydın/TUR for TUR [noting] paraphrased: Türkiye had sent two ships to the strait
    "#]].assert_eq(&format!(
        "{}{}",
        rows("spokesperson", &["[added]"]),
        rows("spokesperson", &["[noting]"])
    ));
}

#[test]
fn greetings_conveyed_for_another_are_held_by_that_other() {
    expect![[r#"
        s1 courtesy/support Grace Mwila/ZMB for Daniel Phiri/ZMB -> José Rojas/CHL [conveyed] paraphrased: Zambian President Daniel Phiri’s greetings and best wishes to Rojas
    "#]].assert_eq(&rows("greetings", &["[conveyed]"]));
}

#[test]
fn greetings_to_be_conveyed_are_to_whom_they_go() {
    expect![[r#"
        s4 courtesy/support José Rojas/CHL -> Daniel Phiri/ZMB [asked] paraphrased: his greetings to Phiri
    "#]]
    .assert_eq(&rows("greetings", &["[asked]"]));
}

#[test]
fn opposing_and_supporting_under_one_cue_are_two_statements() {
    expect![[r#"
        s5 position/support Gantulga Dorj/MNG for MNG [stressed] paraphrased: Mongolia firmly supports the canal treaty
        s6 position/oppose Gantulga Dorj/MNG for MNG [stressed] paraphrased: opposes new tariffs
    "#]].assert_eq(&rows("visit", &["[stressed]"]));
}

#[test]
fn a_bare_topic_is_no_statement_but_its_importance_is() {
    expect![[r#"
        silent 2 (no words of attribution and no encounter): The two leaders discussed fisheries and shipping.
        s1 position/support José Rojas/CHL + Aino Kask/EST [discussed] paraphrased: the importance of free passage
    "#]].assert_eq(&format!("{}{}", rows("call", &["fisheries"]), rows("call", &["free passage"])));
}

#[test]
fn an_agentless_passive_is_spoken_by_all() {
    expect![[r#"
        s2 agreement/support José Rojas/CHL + Aino Kask/EST [reaffirmed] paraphrased: Unwavering support for the harbour treaty
    "#]].assert_eq(&rows("call", &["[reaffirmed]"]));
}

#[test]
fn quoted_words_are_quoted() {
    expect![[r#"
        s3 position/support Zoë Dahl/NOR [said] quoted: The harbour treaty is of great importance to~Norway
        s1 position/oppose Elif Aydın/TUR [said] quoted: We oppose the blockade
        s2 position/support after s1 Elif Aydın/TUR [] quoted: It must end now
    "#]]
    .assert_eq(&format!("{}{}", rows("seats", &[" quoted"]), rows("spokesperson", &[" quoted"])));
}

#[test]
fn a_letter_is_said_by_its_sender() {
    expect![[r#"
        s2 position/support José Rojas/CHL for CHL -> Aino Kask/EST [The message reads] quoted: Chile stands with the people of Estonia
        s3 commitment/support José Rojas/CHL -> Aino Kask/EST [The message reads] quoted: We are ready to send two ships
    "#]].assert_eq(&rows("letter", &["[The message reads]"]));
}

#[test]
fn condolences_are_neutral() {
    expect![[r#"
        s1 courtesy/neutral José Rojas/CHL -> Aino Kask/EST [sent] paraphrased: condolences to Prime Minister Aino Kask of Estonia over the storm on Saaremaa
    "#]].assert_eq(&rows("letter", &["[sent]"]));
}

#[test]
fn a_turn_of_a_transcript_is_said_by_its_label() {
    expect![[r#"
        s1 courtesy/support Aino Kask/EST -> José Rojas/CHL [Aino Kask:] paraphrased: Mr President, I am glad to welcome you to Tallinn
        s2 position/support Aino Kask/EST for EST -> José Rojas/CHL [Aino Kask:] paraphrased: Estonia supports the harbour treaty
        s3 courtesy/support José Rojas/CHL -> Aino Kask/EST [José Rojas:] paraphrased: Thank you very much
        s4 commitment/support José Rojas/CHL -> Aino Kask/EST [José Rojas:] paraphrased: We are ready to buy Estonian ships
    "#]].assert_eq(&rows("transcript", &[":] "]));
}

#[test]
fn what_is_said_toward_someone_is_an_event() {
    expect![[r#"
        event REQUEST 026 meet NOR -> CHL 2031-04-17 happened (s2)
        event REJECT 120 Zoë Dahl/NOR -> CHL 2031-04-17 happened (s4)
        event SUPPORT 051 José Rojas/CHL -> ZMB 2031-06-09 happened (s2)
        event SUPPORT 051 ZMB 2031-06-09 happened (-)
    "#]]
    .assert_eq(&format!("{}{}", rows("seats", &["event"]), rows("greetings", &["event SUPPORT"])));
}

#[test]
fn sentences_that_give_nothing_are_listed_with_the_reason() {
    expect![[r#"
        silent 3 (no words of attribution and no encounter): Rain fell over the harbour all day.
        silent 1 (headline: what it says is told again below): Türkiye rejects blockade of the strait
        silent 5 (no words of attribution and no encounter): Asked about the dispute, Aydın declined to comment.
        silent 2 (no words of attribution and no encounter): The two leaders discussed fisheries and shipping.
    "#]].assert_eq(&format!(
        "{}{}{}",
        rows("seats", &["silent"]),
        rows("spokesperson", &["silent"]),
        rows("call", &["silent"])
    ));
}

#[test]
fn quoted_speech_interrupted_by_its_cue_has_two_spans() {
    expect![[r#"
        s1 position/support Amina Odhiambo/KEN [said] quoted: Peace … is the only way
    "#]]
    .assert_eq(&rows("denials", &[" quoted"]));
}

#[test]
fn a_promise_not_to_is_a_commitment_against() {
    expect![[r#"
        s2 commitment/oppose Amina Odhiambo/KEN for KEN [stressed] paraphrased: Kenya will not send troops to the border
    "#]].assert_eq(&rows("denials", &["[stressed]"]));
}

#[test]
fn what_is_denied_is_opposed() {
    expect![[r#"
        s4 position/oppose José Rojas/CHL for CHL -> KEN [denied] paraphrased: Chile had threatened Kenya
    "#]]
    .assert_eq(&rows("denials", &["[denied]"]));
}

#[test]
fn a_refusal_is_an_event_toward_the_one_refused() {
    expect![[r#"
        event REJECT 120 KEN 2031-07-07 happened (-)
        event REJECT 125 meet José Rojas/CHL -> KEN 2031-07-07 happened (-)
    "#]]
    .assert_eq(&rows("denials", &["REJECT"]));
}

#[test]
fn according_to_someone_is_a_cue() {
    expect![[r#"
        s1 commitment/support Ana Keita/IGO:UN for IGO:UN -> KEN [According to Keita] paraphrased: the United Nations will double its aid to Kenya
    "#]].assert_eq(&rows("summit", &["[According to"]));
}

/// In `repairs.conllu` "carry" stands beside "values" and "continue" beside "noted", as the parser sometimes has them.
#[test]
fn an_infinitive_goes_on_from_the_infinitive_before_it() {
    expect![[r#"
        s2 commitment/support Ama Osei/GHA for GHA -> NOR [adding] paraphrased: Ghana is ready to implement the pact reached by the two sides, further carry forward the friendship, and jointly protect the fisheries of the two countries
    "#]].assert_eq(&rows("repairs", &["implement"]));
}

#[test]
fn what_is_noted_is_the_whole_clause() {
    expect![[r#"
        s3 commitment/support Ama Osei/GHA + Zoë Dahl/NOR for GHA [noted] paraphrased: Ghana is taking and will continue to take steps to open its ports
    "#]].assert_eq(&rows("repairs", &["taking"]));
}
