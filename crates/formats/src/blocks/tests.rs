//! Where blocks begin and end, and why what is set aside is.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::title;

/// The blocks of a text as `kind: words`, a line each.
fn blocks(text: &str) -> Vec<String> {
    let layout = lay_out(text, None);
    layout.blocks.iter().map(|b| format!("{}: {}", b.kind.name(), b.span.slice(text))).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(blocks(text), expected, "{text}");
}

#[test]
fn a_wire_report_falls_into_its_parts() {
    let text = " date 2031-03-04 Premier Olsen Meets Ruritania’s Envoy\n\nNordwire) 08:03, March 4, 2031\n\n\
        Premier Ása Olsen greets Envoy José Peña in Northhaven, March 3, 2031. (Xinhua/Lin Mei)\n\n\
        NORTHHAVEN, March 3 (Nordwire) -- Premier Olsen received the envoy on Monday.\n\nHe thanked her.";
    check(
        text,
        &[
            "debris: date 2031-03-04",
            "headline: Premier Olsen Meets Ruritania’s Envoy",
            "byline: Nordwire) 08:03, March 4, 2031",
            "caption: Premier Ása Olsen greets Envoy José Peña in Northhaven, March 3, 2031.",
            "credit: (Xinhua/Lin Mei)",
            "dateline: NORTHHAVEN, March 3 (Nordwire) --",
            "paragraph: Premier Olsen received the envoy on Monday.",
            "paragraph: He thanked her.",
        ],
    );
    let layout = lay_out(text, None);
    assert_eq!(layout.publisher.as_deref(), Some("Nordwire"));
    assert_eq!(layout.stamp.unwrap().to_string(), "2031-03-04");
    assert_eq!(layout.dateline.unwrap().place, "NORTHHAVEN");
}

#[test]
fn datelines_are_split_off_whatever_the_agency() {
    for (text, place, day, agency) in [
        ("PYONGYANG, Oct. 9 (Xinhua) -- The envoy left.", "PYONGYANG", true, Some("Xinhua")),
        ("MOSCOW, 3 March /TASS/. The envoy left.", "MOSCOW", true, Some("TASS")),
        ("MOSCOW, March 3. /TASS/. The envoy left.", "MOSCOW", true, Some("TASS")),
        ("SEOUL, Oct. 9 (Yonhap) -- The envoy left.", "SEOUL", true, Some("Yonhap")),
        ("(Yonhap) SEOUL, March 4 -- The envoy left.", "SEOUL", true, Some("Yonhap")),
        ("**NORTHHAVEN** – The envoy left.", "NORTHHAVEN", false, None),
        ("LONDON (Reuters) - The envoy left.", "LONDON", false, Some("Reuters")),
        ("WASHINGTON — The envoy left.", "WASHINGTON", false, None),
        ("São Tomé, October 10 (STP-Press) – The envoy left.", "São Tomé", true, Some("STP-Press")),
        ("PORT-AU-PRINCE, Haiti, May 2 (AP) — The envoy left.", "PORT-AU-PRINCE, Haiti", true, Some("AP")),
        ("New Delhi, Oct 9 (PTI) The envoy left.", "New Delhi", true, Some("PTI")),
        ("Geneva, 9 October 2025 – The envoy left.", "Geneva", true, None),
        ("LONDON, 17 September 1938, 6.15 p.m.", "LONDON", true, None),
    ] {
        let (found, dateline) = dateline::prefix(text).expect(text);
        assert!(text[found..].is_empty() || &text[found..] == "The envoy left.", "{text}");
        assert_eq!(dateline.place, place, "{text}");
        assert_eq!((dateline.day.is_some(), dateline.agency.as_deref()), (day, agency), "{text}");
    }
    for text in [
        "PYONGYANG-based envoys left.",
        "The envoy — a lawyer — left.",
        "THE PRESIDENT — well, yes.",
        "NATO (the alliance) met.",
        "President Peña (Ruritania) met the envoy on Monday.",
        "Joint Statement, 9 October 2025",
        "On Oct. 9 (Monday) the envoy left.",
    ] {
        assert_eq!(dateline::prefix(text), None, "{text}");
    }
}

#[test]
fn credits_are_split_off_captions() {
    check(
        "Headline here\n\nThe queen waves. (Photo: Zoë Ng/Reuters)\n\nThe king waves. Photo by Élise Roy\n\n[Photo/Xinhua]\n\n\
         Photo taken on May 2 shows the palace.\n\nThe queen signed the pact (see annex).\n\nThey met the Agency for Ponds (AP).\n\nThe envoy left. (Xinhua)",
        &[
            "headline: Headline here",
            "caption: The queen waves.",
            "credit: (Photo: Zoë Ng/Reuters)",
            "caption: The king waves.",
            "credit: Photo by Élise Roy",
            "credit: [Photo/Xinhua]",
            "caption: Photo taken on May 2 shows the palace.",
            "paragraph: The queen signed the pact (see annex).",
            "paragraph: They met the Agency for Ponds (AP).",
            "paragraph: The envoy left.",
            "credit: (Xinhua)",
        ],
    );
}

#[test]
fn labels_of_turns_are_split_off_and_headings_are_not() {
    check(
        "President of Freedonia Anna Lindh: Mr President, welcome.\n\nJosé Peña (retranslated): Thank you.\n\n\
         Question: Will you sign?\n\nPRESIDENT LINDH: (In French.) Yes: we will.\n\nQ  When?\n\nTHE PRESIDENT: Soon.\n\n\
         The document reads:\n\nMr Peña witnessed the signing of: a pact.\n\nParticipants: the envoys.",
        &[
            "speaker: President of Freedonia Anna Lindh:",
            "paragraph: Mr President, welcome.",
            "speaker: José Peña (retranslated):",
            "paragraph: Thank you.",
            "speaker: Question:",
            "paragraph: Will you sign?",
            "speaker: PRESIDENT LINDH:",
            "debris: (In French.)",
            "paragraph: Yes: we will.",
            "speaker: Q",
            "paragraph: When?",
            "speaker: THE PRESIDENT:",
            "paragraph: Soon.",
            "paragraph: The document reads:",
            "paragraph: Mr Peña witnessed the signing of: a pact.",
            "paragraph: Participants: the envoys.",
        ],
    );
}

#[test]
fn a_record_of_remarks_has_its_room_and_times_set_aside() {
    check(
        "Blue Room\n\n4:16 P.M. EST\n\nPRESIDENT PEÑA: Welcome.\n\nEND 4:20 P.M. EST",
        &[
            "dateline: Blue Room",
            "byline: 4:16 P.M. EST",
            "speaker: PRESIDENT PEÑA:",
            "paragraph: Welcome.",
            "byline: END 4:20 P.M. EST",
        ],
    );
}

#[test]
fn hard_wrapped_lines_are_one_paragraph_and_long_lines_are_many() {
    let wrapped = "The foreign minister of Freedonia met her colleague from\nRuritania in Northhaven on Monday and spoke of trade,\n\
                   fish and the “blue border”.\nThe two agreed to meet again in the spring of next year\nat the lake.";
    assert_eq!(blocks(wrapped).len(), 2);
    let long =
        format!("{}.\n{}.\n{}.", "Fish and trade ".repeat(12), "Ice and rail ".repeat(14), "Short one");
    assert_eq!(blocks(&long).len(), 3);
    let bare =
        format!("Envoy meets queen\nXinhua) 08:03, October 10, 2025\n{}.", "Fish and trade ".repeat(12));
    assert_eq!(
        lay_out(&bare, None).blocks.iter().map(|b| b.kind.name()).collect::<Vec<_>>(),
        ["headline", "byline", "paragraph"]
    );
}

#[test]
fn items_are_told_by_their_mark_or_their_semicolons() {
    check(
        "They signed:\n\nA pact on fish;\n\nA pact on ice.\n\nThey left.\n\n- The first\n- The second\n1. The third",
        &[
            "paragraph: They signed:",
            "list_item: A pact on fish;",
            "list_item: A pact on ice.",
            "paragraph: They left.",
            "debris: -",
            "list_item: The first",
            "debris: -",
            "list_item: The second",
            "debris: 1.",
            "list_item: The third",
        ],
    );
}

#[test]
fn left_overs_of_the_page_are_debris_with_a_reason() {
    for text in [
        "* * *",
        "###",
        "Share",
        "Print | Email | Facebook",
        "Editor: Zoë Ng",
        "Related: Queen waves",
        "Enditem",
        "© 2031 Nordwire. All rights reserved.",
        "We use cookies to improve this site.",
        "<…>",
        "(Speaks French.)",
        "Tags: pact, fish",
        "(END)",
        "press@mfa.example",
        "[Share](https://x.example) | [Print](/p)",
        "Press contact: Zoë Ng",
        "[NAA: A1838, 49/2]",
        "分享 · · ·".trim_start_matches("分享"),
    ] {
        let layout = lay_out(&format!("The envoy left.\n\n{text}\n\nThe queen stayed."), None);
        assert_eq!(layout.blocks[1].kind, BlockKind::Debris, "{text}");
        assert!(layout.blocks[1].reason.is_some());
    }
    for text in [
        "More envoys came.",
        "The queen will share the fish.",
        "Print media praised it.",
        "Ends meet.",
        "They will (a) fish and (c) meet by 2030.",
        "They discussed a privacy policy.",
        "For further information exchange, both sides will meet.",
    ] {
        assert_eq!(debris::reason(text), None, "{text}");
    }
}

#[test]
fn bylines_name_writers_not_deadlines() {
    assert!(stamp::is_byline("By Zoë Ng and José Peña"));
    assert!(stamp::is_byline("By ANNA LINDH, Northhaven"));
    assert!(!stamp::is_byline("By 2030, both will trade more fish."));
    assert!(!stamp::is_byline("By then they had left."));
}

/// Text that looks like the pages we read, so that rules are hit.
fn page() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("OSLO, Oct. 9 (Xinhua) -- ".to_owned()),
        Just("President Peña: ".to_owned()),
        Just("(Xinhua/Lin Mei)".to_owned()),
        Just(" date 2031-03-04 ".to_owned()),
        Just("\r\n\r\n".to_owned()),
        Just("\n".to_owned()),
        Just("- ".to_owned()),
        Just("# ".to_owned()),
        Just("Q  ".to_owned()),
        Just("4:16 P.M.".to_owned()),
        Just("\u{a0}\u{2028}李强会见。".to_owned()),
        Just("They signed:".to_owned()),
        Just("(".to_owned()),
        Just("Photo: ".to_owned()),
        "\\PC{0,12}",
        any::<String>(),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn blocks_are_in_order_apart_and_hold_every_letter(text in page(), title in prop::option::of(any::<String>())) {
        let headline = title.and_then(|title| title::opening(&text, &title));
        let layout = lay_out(&text, headline);
        let mut at = 0;
        for block in &layout.blocks {
            let (start, end) = (block.span.start as usize, block.span.end as usize);
            prop_assert!(at <= start && start < end);
            prop_assert!(text[at..start].trim().is_empty(), "lost {:?}", &text[at..start]);
            prop_assert_eq!(block.span.slice(&text).trim(), block.span.slice(&text));
            prop_assert!(block.kind.is_read() || block.reason.is_some() || block.kind == BlockKind::Headline);
            at = end;
        }
        prop_assert!(text[at..].trim().is_empty(), "lost {:?}", &text[at..]);
    }
}
