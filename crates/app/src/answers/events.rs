//! Events of the record with the codes of every system.

use anyhow::Result;
use chancery_coder::knowledge::{Around, EntryKind, Knowledge, PlaceKind};
use chancery_coder::ontology::Ontology;
use chancery_corpus::{self as corpus, Corpus, Figure, Filter, Happening};
use chancery_formats::write::export::{Actor, Event, Mention, Site};
use chancery_model::{Date, When};

/// The real events that meet the filter, in order.
pub(crate) fn events(
    corpus: &Corpus,
    filter: &Filter,
    knowledge: &Knowledge,
    ontology: &Ontology,
) -> Result<Vec<Event>> {
    let happenings = corpus.happenings(filter)?;
    Ok(happenings.into_iter().map(|happening| event(happening, knowledge, ontology)).collect())
}

fn event(happening: Happening, knowledge: &Knowledge, ontology: &Ontology) -> Event {
    let reported = happening.mentions.first().and_then(|mention| mention.date);
    let from = happening.when.map(|when| when.from).or(reported).map(Date::first);
    let to = happening.when.map(|when| when.to.last()).or(from);
    let kind = ontology.plover(&happening.plover);
    let default = || ontology.default_cameo(&happening.plover).map(|code| code.code.clone());
    let actors = |figures: &[Figure]| figures.iter().map(|f| actor(f, from, knowledge, ontology)).collect();
    let organization = |code: &String| knowledge.name_of(code).map_or_else(|| bare(code), str::to_owned);
    Event {
        number: number(&happening.id),
        meeting: happening.meeting.clone(),
        from,
        to,
        month: happening.when.and_then(month),
        quad: kind.map(|kind| kind.quad),
        score: kind.map(|kind| kind.score),
        cameo: happening.cameo.clone().or_else(default),
        actors: actors(&happening.actor),
        recipients: actors(&happening.recipient),
        site: site(happening.place.as_deref(), happening.country.as_deref(), knowledge),
        quote: happening.mentions.first().map(|mention| mention.quote.clone()).unwrap_or_default(),
        people: happening.story.people.clone(),
        organizations: happening.story.organizations.iter().map(organization).collect(),
        places: happening.story.places.clone(),
        mentions: happening.mentions.into_iter().map(mention).collect(),
        id: happening.id,
        plover: happening.plover,
        mode: happening.mode,
        contexts: happening.contexts,
        modality: happening.modality,
    }
}

/// `d3.e12` as 300012.
fn number(id: &str) -> u64 {
    let parts = id.strip_prefix('d').and_then(|id| id.split_once(".e"));
    let parse = |part: &str| part.parse::<u64>().unwrap_or_default();
    parts.map_or(0, |(document, event)| parse(document) * 100_000 + parse(event))
}

/// The month that holds all of it.
fn month(when: When) -> Option<(i16, u8)> {
    let ((year, month, _), (last_year, last_month, _)) = (when.from.parts(), when.to.parts());
    ((year, month) == (last_year, last_month)).then_some(())?;
    Some((year, month?))
}

/// Who takes part, with the codes of every system.
pub(crate) fn actor(figure: &Figure, day: Option<Date>, knowledge: &Knowledge, ontology: &Ontology) -> Actor {
    let who = &figure.participant;
    let codes = knowledge.actor_codes(&who.code, day);
    let government = codes.country.filter(|_| codes.sector.is_none()).map(|_| "GOV");
    let sector = who.sector.as_deref().or(codes.sector).or(government).unwrap_or_default();
    let known = codes.name.map(str::to_owned).unwrap_or_else(|| bare(&who.code));
    Actor {
        name: who.name.clone().unwrap_or(known),
        raw: who.name.clone().unwrap_or_else(|| who.code.clone()),
        code: who.code.clone(),
        country: codes.country.map(str::to_owned),
        country_name: codes.country.and_then(|code| knowledge.name_of(code)).map(str::to_owned),
        cow: codes.cow,
        gw: codes.gw,
        sector: sector.to_owned(),
        sector_name: ontology.sector(sector).unwrap_or(sector).to_owned(),
        group: codes.group.map(str::to_owned),
        title: figure.title.clone(),
        person: who.name.is_some(),
    }
}

/// The name in `ORG:Graustark`.
fn bare(code: &str) -> String {
    code.split_once(':').map_or(code, |(_, name)| name).to_owned()
}

/// The place in the tables, if it is one that lies in the country.
pub(crate) fn site(raw: Option<&str>, country: Option<&str>, knowledge: &Knowledge) -> Site {
    let (name, after) = raw.map_or(("", ""), |raw| raw.split_once(", ").unwrap_or((raw, "")));
    let around = if after.is_empty() { Around::In } else { Around::Before(after) };
    let place = match country {
        Some(country) => knowledge.places(name).find(|place| place.country == country),
        None => knowledge.place(name, around),
    };
    let words: Vec<&str> = name.split_whitespace().collect();
    let state =
        knowledge.longest(&words).filter(|(n, entry)| *n == words.len() && entry.kind == EntryKind::State);
    let country =
        country.or(place.as_ref().map(|place| place.country)).or(state.map(|(_, entry)| entry.code));
    let country = country.filter(|country| !country.is_empty());
    let town = place.filter(|place| place.kind == PlaceKind::City);
    Site {
        raw: raw.map(str::to_owned),
        city: town.as_ref().map(|place| place.name.to_owned()),
        province: town.as_ref().map(|place| place.admin.to_owned()).filter(|admin| !admin.is_empty()),
        country: country.map(str::to_owned),
        country_name: country.and_then(|code| knowledge.name_of(code)).map(str::to_owned),
        coordinates: town.and_then(|place| place.coordinates),
    }
}

fn mention(mention: corpus::Mention) -> Mention {
    Mention {
        event: mention.event,
        document: mention.document,
        date: mention.date,
        publisher: mention.source.publisher,
        title: mention.source.title,
        url: mention.source.url,
        language: mention.source.language,
        sentence: mention.sentence,
        offset: mention.offset,
        quote: mention.quote,
        length: mention.length,
    }
}
