//! Events as pairs of a source and a target, as ICEWS and GDELT have them.

use chancery_model::Modality;

use super::event::{Actor, Event};

/// A source and a target of one event; an event of many parties makes many.
#[derive(Debug, Clone)]
pub(super) struct Dyad<'a> {
    /// The event.
    pub(super) event: &'a Event,
    /// Unique over all dyads.
    pub(super) id: u64,
    /// Who acts.
    pub(super) source: Option<&'a Actor>,
    /// Toward whom.
    pub(super) target: Option<&'a Actor>,
    /// CAMEO code, in the direction of the dyad: the guest visits (042), the host hosts (043).
    pub(super) cameo: Option<String>,
}

/// Room for the dyads of one event in [`Dyad::id`].
const ROOM: u64 = 100_000;

/// The dyads of the events that took place, in order.
///
/// Each actor with each recipient; where there is no recipient and the act is mutual (a meeting, an agreement, cooperation, a fight),
/// each side with each other, once in each direction; else each side without a target. A side is a state or body with its sector,
/// however many persons speak for it; the first of them stands for it.
pub(super) fn dyads(events: &[Event]) -> Vec<Dyad<'_>> {
    events.iter().filter(|event| event.modality == Modality::Happened).flat_map(of).collect()
}

fn of(event: &Event) -> Vec<Dyad<'_>> {
    let (sources, targets) = (sides(&event.actors), sides(&event.recipients));
    let mut pairs: Vec<(Option<&Actor>, Option<&Actor>)> = Vec::new();
    for &source in &sources {
        if !targets.is_empty() {
            pairs.extend(targets.iter().map(|&target| (Some(source), Some(target))));
        } else if sources.len() > 1 && is_mutual(event) {
            let others = sources.iter().filter(|other| !is_one_side(source, other));
            pairs.extend(others.map(|&target| (Some(source), Some(target))));
        } else {
            pairs.push((Some(source), None));
        }
    }
    let dyad = |(index, (source, target))| Dyad {
        event,
        id: event.number * ROOM + index,
        source,
        target,
        cameo: directed(event, source),
    };
    (0_u64..).zip(pairs).map(dyad).collect()
}

/// The units of the two sides of each dyad, each pair once; for counting.
pub(super) fn pairs(event: &Event) -> Vec<(&str, &str)> {
    let mut pairs: Vec<(&str, &str)> = of(event)
        .iter()
        .filter_map(|dyad| Some((dyad.source?.unit()?, dyad.target?.unit()?)))
        .filter(|(source, target)| source != target)
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn sides(actors: &[Actor]) -> Vec<&Actor> {
    let mut sides: Vec<&Actor> = Vec::new();
    for actor in actors {
        if !sides.iter().any(|side| is_one_side(side, actor)) {
            sides.push(actor);
        }
    }
    sides
}

/// Whether two speak for the same; those of no code are told by their names.
fn is_one_side(one: &Actor, other: &Actor) -> bool {
    one.code == other.code && one.sector == other.sector && (!one.code.is_empty() || one.raw == other.raw)
}

fn is_mutual(event: &Event) -> bool {
    ["AGREE", "ASSAULT", "CONSULT", "COOPERATE"].contains(&event.plover.as_str())
        || event.cameo.as_deref() == Some("057")
}

fn directed(event: &Event, source: Option<&Actor>) -> Option<String> {
    let at_home = |actor: &Actor| actor.country.is_some() && actor.country == event.site.country;
    match event.cameo.as_deref() {
        Some("042") if source.is_some_and(at_home) => Some("043".to_owned()),
        cameo => cameo.map(str::to_owned),
    }
}
