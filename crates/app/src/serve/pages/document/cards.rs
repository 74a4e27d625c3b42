//! What was read out of a text, a card for each row.

use chancery_corpus::{Conflict, Correction, Layer, Stored};
use chancery_model::{Event, Meeting, Participant, Role, Span, Statement, When};
use maud::{Markup, html};
use serde::Serialize;

use super::forms;
use crate::serve::asked::part;
use crate::serve::cite::Citation;
use crate::serve::parts::{clean, link};
use crate::serve::words::{label, plain};

/// What else is known of the rows.
pub(super) struct Around {
    /// Which meeting over documents a row (`d1.m1`) is of.
    pub(super) meetings: Vec<(String, String)>,
    /// What people said of the rows.
    pub(super) corrections: Vec<Correction>,
    /// Where they do not agree, and nobody has settled it.
    pub(super) conflicts: Vec<Conflict>,
}

/// All cards, by kind.
pub(super) fn cards(stored: &Stored, around: &Around) -> Markup {
    let record = &stored.record;
    let part = |name: &str, number: usize, cards: Markup| {
        html! { @if number > 0 { section { h2 { (name) " " span.number { (number) } } (cards) } } }
    };
    html! {
        @if record.meetings.len() + record.roles.len() + record.statements.len() + record.events.len() == 0 {
            p.empty { "No row was read out of this text. The sentences below say why." }
        }
        (part("Meetings", record.meetings.len(), html! { @for m in &record.meetings { (meeting(stored, m, around)) } }))
        (part("Roles", record.roles.len(), html! { @for r in &record.roles { (role(stored, r, around)) } }))
        (part("Statements", record.statements.len(), html! { @for s in &record.statements { (statement(stored, s, around)) } }))
        (part("Events", record.events.len(), html! { @for e in &record.events { (event(stored, e, around)) } }))
        (forms::rejected(&around.corrections, &around.conflicts))
    }
}

/// A card: a heading, what it says, and what can be done with it.
fn card(
    (stored, around): (&Stored, &Around),
    kind: &str,
    row: &str,
    words: &[Span],
    title: Markup,
    body: Markup,
) -> Markup {
    let id = format!("{}.{row}", stored.id);
    let citation = Citation::of(stored, &id, words);
    html! {
        section class=(format!("card {kind}")) id=(id) data-lights=(id) tabindex="-1"
            data-citation=(clean(&citation.footnote)) data-bibtex=(clean(&citation.bibtex)) data-link=[citation.fragment.as_deref()] aria-label=(format!("{} {id}", kind.split(' ').next().unwrap_or_default())) {
            h3 { (title) " " a.id href=(format!("#{id}")) { (id) } }
            (body)
            (forms::judged(&around.corrections, &id))
            (forms::contested(&around.conflicts, &id))
            div.actions {
                a data-key="w" href=(format!("/why/{}", part(&id))) { "Why" }
                button type="button" data-key="c" data-copy { "Copy" }
                (forms::judge(&id, "accept", "a", "Right"))
                a data-key="e" data-inline href=(format!("/edit/{}", part(&id))) { "Edit" }
                (forms::judge(&id, "reject", "x", "No such row"))
            }
        }
    }
}

/// Facts under their names; what is empty is left out.
fn facts(facts: &[(&str, String)]) -> Markup {
    html! {
        dl.facts { @for (name, value) in facts.iter().filter(|(_, v)| !v.is_empty()) { div { dt { (name) } dd { (clean(value)) } } } }
    }
}

fn meeting(stored: &Stored, meeting: &Meeting, around: &Around) -> Markup {
    let own = format!("{}.{}", stored.id, meeting.id);
    let over = around.meetings.iter().find(|(account, _)| *account == own).map(|(_, over)| over);
    let parties = meeting.parties.iter().map(|p| {
        let host = if p.host { ", host" } else { "" };
        if p.persons.is_empty() {
            format!("{}{host}", p.code)
        } else {
            format!("{} ({}{host})", p.persons.join(", "), p.code)
        }
    });
    let planned = if meeting.planned { ", planned" } else { "" };
    let title = html! { (word(meeting.format).replace('_', " ")) (planned) @if let Some(over) = over { " " (link(over)) } };
    let body = facts(&[
        (label(Layer::Meeting, "parties"), parties.collect::<Vec<_>>().join(" – ")),
        (label(Layer::Meeting, "date"), when(meeting.when)),
        (
            label(Layer::Meeting, "place"),
            [meeting.place.clone(), meeting.country.clone()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(", "),
        ),
        (label(Layer::Meeting, "told"), plain("told", &word(meeting.told))),
    ]);
    card((stored, around), "meeting", &meeting.id, &[meeting.quote], title, body)
}

fn role(stored: &Stored, role: &Role, around: &Around) -> Markup {
    let of = role.organization.as_deref().unwrap_or(&role.country);
    let body = html! { p { (clean(&role.office)) ", " (clean(of)) } };
    let title = html! { a href=(format!("/people/{}", part(&role.person))) { (clean(&role.person)) } };
    card((stored, around), "role", &role.id, &[role.quote], title, body)
}

fn statement(stored: &Stored, statement: &Statement, around: &Around) -> Markup {
    let words =
        statement.content.iter().map(|&s| clean(stored.document.slice(s))).collect::<Vec<_>>().join(" … ");
    let holder = names(&statement.holder);
    let speaker = names(&statement.speaker);
    let body = html! {
        p.content { (words) }
        (facts(&[
            (label(Layer::Statement, "holder"), if holder == speaker { String::new() } else { holder }),
            (label(Layer::Statement, "addressee"), names(&statement.addressee)),
            (label(Layer::Statement, "polarity"), match word(statement.polarity) { neutral if neutral == "neutral" => String::new(), other => other }),
            (label(Layer::Statement, "topics"), statement.topics.join("; ")),
            (label(Layer::Statement, "manner"), word(statement.manner).replace('_', " ")),
            ("goes on from", statement.continues.clone().unwrap_or_default()),
        ]))
    };
    let title = html! { (word(statement.act)) " by " (clean(&speaker)) };
    let kind = format!("statement {} hue-{}", word(statement.act), super::hue(stored, statement));
    card((stored, around), &kind, &statement.id, &statement.content, title, body)
}

fn event(stored: &Stored, event: &Event, around: &Around) -> Markup {
    let mode = event.mode.as_ref().map(|m| format!(" / {m}")).unwrap_or_default();
    let sure = event.confidence.map(|c| format!("{c} in 100")).unwrap_or_default();
    let body = html! {
        p.content { (clean(stored.document.slice(event.quote))) }
        (facts(&[
            ("actor", names(&event.actor)),
            ("recipient", names(&event.recipient)),
            (label(Layer::Event, "date"), when(event.when)),
            (label(Layer::Event, "place"), event.place.clone().unwrap_or_default()),
            (label(Layer::Event, "cameo"), event.cameo.clone().unwrap_or_default()),
            ("contexts", event.contexts.join("; ")),
            (label(Layer::Event, "modality"), word(event.modality)),
            ("sure", sure),
            ("second opinion", plain("disputed", event.disputed.as_deref().unwrap_or_default())),
        ]))
    };
    let kind = if event.disputed.is_some() { "event disputed" } else { "event" };
    card((stored, around), kind, &event.id, &[event.quote], html! { (clean(&event.plover)) (mode) }, body)
}

/// Participants for people: names with codes.
pub(super) fn names(who: &[Participant]) -> String {
    let one = |p: &Participant| match (&p.name, p.code.is_empty()) {
        (Some(name), true) => name.clone(),
        (Some(name), false) => format!("{name} ({})", p.code),
        (None, _) => p.code.clone(),
    };
    who.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn when(when: Option<When>) -> String {
    when.map_or(String::new(), |w| {
        if w.from == w.to { w.from.to_string() } else { format!("{} to {}", w.from, w.to) }
    })
}

/// A value as the record names it: `commitment`.
pub(super) fn word(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
