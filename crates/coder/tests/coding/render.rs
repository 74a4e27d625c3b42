//! A record in a form to be read: one line a row.

use chancery_model::{
    Document, Event, Meeting, Participant, Record, Role, Silence, Span, Statement, Told, When,
};

/// Every row of the record.
pub(crate) fn render(document: &Document, record: &Record) -> Vec<String> {
    let roles = record.roles.iter().map(|r| role(document, r));
    let meetings = record.meetings.iter().map(|m| meeting(document, m));
    let statements = record.statements.iter().map(|s| statement(document, s));
    let silent = record.silent.iter().map(|s| silence(document, s));
    let notes = record.notes.iter().map(|n| format!("note {}", n.text));
    let events = record.events.iter().map(event);
    roles.chain(meetings).chain(statements).chain(events).chain(silent).chain(notes).collect()
}

fn role(document: &Document, r: &Role) -> String {
    let body = r.organization.as_ref().map(|o| format!(" ({o})")).unwrap_or_default();
    format!("role {}: {}{body} of {} “{}”", r.person, r.office, r.country, words(document, &[r.quote]))
}

fn meeting(document: &Document, m: &Meeting) -> String {
    let parties: Vec<String> = m
        .parties
        .iter()
        .map(|p| format!("{}{}({})", p.code, if p.host { "*" } else { "" }, p.persons.join(", ")))
        .collect();
    let told = m.provenance.iter().filter(|p| p.field == "row").count();
    format!(
        "meeting {} {} {}/{} {} {}{}, told {told}x “{}”",
        lower(m.format),
        when(m.when),
        m.place.as_deref().unwrap_or("-"),
        m.country.as_deref().unwrap_or("-"),
        parties.join(" "),
        if m.told == Told::Main { "main" } else { "background" },
        if m.planned { " planned" } else { "" },
        words(document, &[m.quote])
    )
}

fn statement(document: &Document, s: &Statement) -> String {
    let holder = if s.holder == s.speaker { String::new() } else { format!(" for {}", who(&s.holder)) };
    let toward = if s.addressee.is_empty() { String::new() } else { format!(" -> {}", who(&s.addressee)) };
    let goes_on = s.continues.as_ref().map(|id| format!(" after {id}")).unwrap_or_default();
    format!(
        "{} {}/{}{goes_on} {}{holder}{toward} [{}] {}: {}",
        s.id,
        lower(s.act),
        lower(s.polarity),
        who(&s.speaker),
        words(document, &s.cue),
        lower(s.manner),
        words(document, &s.content)
    )
}

fn event(e: &Event) -> String {
    let toward = if e.recipient.is_empty() { String::new() } else { format!(" -> {}", who(&e.recipient)) };
    let origin = e.said_in.as_deref().or(e.meeting.as_deref()).unwrap_or("-");
    let code = [e.cameo.as_deref(), e.mode.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    format!(
        "event {} {code} {}{toward} {} {} ({origin})",
        e.plover,
        who(&e.actor),
        when(e.when),
        lower(e.modality)
    )
}

fn silence(document: &Document, s: &Silence) -> String {
    format!("silent {} ({}): {}", s.sentence, s.why, words(document, &[s.span]))
}

fn who(all: &[Participant]) -> String {
    let one = |p: &Participant| match &p.name {
        Some(name) => format!("{name}/{}", p.code),
        None => p.code.clone(),
    };
    all.iter().map(one).collect::<Vec<_>>().join(" + ")
}

fn when(when: Option<When>) -> String {
    match when {
        Some(w) if w.from == w.to => w.from.to_string(),
        Some(w) => format!("{}..{}", w.from, w.to),
        None => "undated".to_owned(),
    }
}

/// The words of the spans, a non-breaking space as `~`.
fn words(document: &Document, spans: &[Span]) -> String {
    let words: Vec<&str> = spans.iter().map(|s| document.slice(*s)).collect();
    words.join(" … ").replace('\u{a0}', "~")
}

fn lower(value: impl std::fmt::Debug) -> String {
    let name = format!("{value:?}");
    name.replace("InPerson", "in_person").to_lowercase()
}
