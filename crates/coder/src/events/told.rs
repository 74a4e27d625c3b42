//! Events that a sentence tells in its own words, by the pages of the codebook.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use chancery_model::{Belief, BlockKind, Date, Event, Modality, Participant, Provenance, Span, When};

use super::frame::{Frame, infinitive};
use super::matching::{self, Bound, fit, has_particle, is_compound};
use super::realis::Status;
use super::sides;
use super::who::At;
use super::{Sided, by_reader, is_spoken, on_the_day};
use crate::codebook::{Around, FoundBy, Named, Page, Pattern, Predicate, Rule, Word};
use crate::relations::rel;
use crate::tree::Tree;

/// How much older than the text what it tells may be, in months: what is older is background.
const NEWS: i32 = 8;

/// The events of one sentence with the words that tell them, in order; `about_meeting` if the text is, of several sentences.
pub(super) fn told(at: At, day: Option<When>, about_meeting: bool) -> Vec<(Span, Event)> {
    let tree = &at.reader.trees[at.s];
    let mut found = found(at, day, about_meeting);
    sides::settle(at, &mut found);
    let again: Vec<bool> = (0..found.len()).map(|i| is_told_again(&found, i)).collect();
    let once = found.into_iter().zip(again).filter(|(_, again)| !again);
    once.map(|((word, event), _)| (tree.span(word), event)).collect()
}

/// Whether another word tells the same of the same and only the reader finds it here too: "threw their weight behind the envoy". On
/// sentences that it had not learnt from such a second one was an event of its own 7 times in 34; where pages find both, 21 times in 34.
fn is_told_again(found: &[(usize, Event)], i: usize) -> bool {
    let event = &found[i].1;
    let codes = |who: &[Participant]| who.iter().map(|p| p.code.clone()).collect::<BTreeSet<_>>();
    let same = |e: &Event| {
        e.plover == event.plover
            && codes(&e.actor) == codes(&event.actor)
            && codes(&e.recipient) == codes(&event.recipient)
    };
    let surer = |j: usize, e: &Event| !by_reader(e) || (e.confidence, i) > (event.confidence, j);
    by_reader(event) && found.iter().enumerate().any(|(j, (_, e))| j != i && surer(j, e) && same(e))
}

/// Each event of a sentence with the bids for its two sides.
pub(super) fn sided(at: At, day: Option<When>) -> Vec<Sided> {
    let found = found(at, day, false);
    let bids = sides::all_bids(at, &found);
    found.into_iter().zip(bids).map(|((word, event), bids)| Sided { word, event, bids }).collect()
}

/// The events of one sentence with the words that tell them.
fn found(at: At, day: Option<When>, about_meeting: bool) -> Vec<(usize, Event)> {
    let tree = &at.reader.trees[at.s];
    let kind = at.reader.document.blocks[tree.sentence.block].kind;
    if kind == BlockKind::Caption {
        return Vec::new();
    }
    // Most sentences tell one or two.
    let mut found: Vec<(usize, Event)> = Vec::with_capacity(2);
    for word in (0..tree.len()).filter(|&word| about_meeting || !is_nothing(at, word)) {
        if let Some(event) = at_word(at, word, day, about_meeting) {
            let doubled = found.iter().position(|(w, e)| twice(tree, (*w, e), (word, &event)));
            match doubled {
                Some(i) if found[i].1.recipient.len() < event.recipient.len() => found[i] = (word, event),
                Some(_) => {}
                None => found.push((word, event)),
            }
        }
    }
    found.iter_mut().for_each(|(word, event)| weigh(at, *word, event));
    listen(at, day, about_meeting, &mut found);
    found
}

/// What the reader takes a word of a page for, where it is so sure that this is told instead.
pub(super) fn instead<'r>(at: At<'r>, word: usize, plover: &str) -> Option<&'r Belief> {
    let top = at.reader.trees[at.s].token(word).tells.first()?;
    (top.kind != plover && top.percent >= at.pages.reader.instead).then_some(top)
}

/// How sure the reader is, in hundredths, that a word tells nothing; none where it was not asked.
pub(super) fn nothing(at: At, word: usize) -> Option<u8> {
    let told = || at.reader.trees[at.s].token(word).tells.iter().map(|b| b.percent).sum::<u8>().min(100);
    at.reader.asked.then(|| 100 - told())
}

/// Whether the reader is so sure that a word tells nothing that no page is believed there.
fn is_nothing(at: At, word: usize) -> bool {
    nothing(at, word).is_some_and(|n| n >= at.pages.reader.overrule)
}

/// Whether the reader is so sure that a word of a page tells nothing, or another type, that the page is not believed.
fn overruled(at: At, word: usize, plover: &str, about_meeting: bool) -> bool {
    let spoken = about_meeting && is_spoken(plover);
    !spoken && (instead(at, word, plover).is_some() || is_nothing(at, word))
}

/// How sure an event is that a page finds, and whether the reader takes the word for something else.
fn weigh(at: At, word: usize, event: &mut Event) {
    let tells = &at.reader.trees[at.s].token(word).tells;
    let of_type = tells.iter().find(|b| b.kind == event.plover).map_or(0, |b| b.percent);
    let nothing = nothing(at, word);
    event.confidence = at.pages.sureness.of(FoundBy::Page, nothing.map(|_| of_type));
    event.disputed = match tells.first() {
        _ if nothing.is_some_and(|n| n >= at.pages.reader.against) => Some("nothing".to_owned()),
        Some(top) if top.kind != event.plover && top.percent >= at.pages.reader.least => {
            Some(top.kind.clone())
        }
        _ => None,
    };
}

/// What the learned reader tells at words that no page knows.
fn listen(at: At, day: Option<When>, about_meeting: bool, found: &mut Vec<(usize, Event)>) {
    let (tree, reader) = (&at.reader.trees[at.s], &at.pages.reader);
    for word in 0..tree.len() {
        let Some(belief) = tree.token(word).tells.first().filter(|b| b.percent >= reader.least) else {
            continue;
        };
        let near = |w: usize| tree.head(w) == Some(word) || tree.head(word) == Some(w);
        if about_meeting && is_spoken(&belief.kind) {
            continue;
        }
        let known = found.iter().any(|(w, e)| {
            *w == word || e.plover == belief.kind && (near(*w) || belief.percent < reader.second)
        });
        let Some(page) = at.pages.page(&belief.kind).filter(|_| !known) else { continue };
        let rule = reader.rule(&belief.kind);
        if let Some((pattern, bound, modality)) = heard(at, word, rule, belief.percent)
            && let Some(when) = when(at, word, day)
        {
            let mut event = event(at, word, (page, rule, pattern), bound, (modality, when));
            event.provenance[0].why = Some(format!(
                "no page knows '{}'; the reader is sure by {} in 100",
                tree.lemma(word),
                belief.percent
            ));
            event.confidence = at.pages.sureness.of(FoundBy::Reader, Some(belief.percent));
            found.push((word, event));
        }
    }
    found.sort_by_key(|(word, _)| *word);
}

/// How the sides at a word that only the reader knows are filled, and how it stands to the world: by the pattern that says most, or,
/// where the reader is sure enough, by none.
fn heard<'p>(at: At, word: usize, rule: &'p Rule, percent: u8) -> Option<(&'p Pattern, Bound, Modality)> {
    let (tree, reader) = (&at.reader.trees[at.s], &at.pages.reader);
    let mut best: Option<(usize, (&Pattern, Bound, Modality))> = None;
    let mut modality = None;
    for kind in Predicate::ALL {
        let Some(seen) = Seen::new(at, kind, word) else { continue };
        for pattern in rule.patterns.iter().filter(|p| p.predicate == kind) {
            let Some(told) = seen.tells(pattern) else { continue };
            modality = Some(told);
            let Some(bound) = fit(at, pattern, word, &seen.frame, true, &|_| true) else { continue };
            let weight = pattern.weight() + 3 * bound.extra;
            if best.as_ref().is_none_or(|b| b.0 < weight) {
                best = Some((weight, (pattern, bound, told)));
            }
        }
    }
    let least = if modality.is_some() { reader.bare } else { reader.unreal };
    let ahead = if infinitive(tree, word) { Modality::Planned } else { Modality::Happened };
    let bare = || Some((rule.patterns.first()?, Bound::default(), modality.unwrap_or(ahead)));
    best.map(|b| b.1).or_else(|| bare().filter(|_| percent >= least))
}

/// The words that tell an event by the pages, with its type.
pub(super) fn sketch(at: At, day: Option<When>) -> Vec<(usize, String)> {
    let words = 0..at.reader.trees[at.s].len();
    let found = words.filter_map(|word| {
        let page = best(at, word)?.0;
        when(at, word, day)?;
        Some((word, page.plover.clone()))
    });
    found.collect()
}

/// Whether two events of a document are one: of one type, by one of the same, in words that overlap.
pub(super) fn same(one: &Event, other: &Event) -> bool {
    let by = |e: &Event| e.actor.iter().map(|p| p.code.clone()).collect::<Vec<_>>();
    let overlap = one.quote.start < other.quote.end && other.quote.start < one.quote.end;
    one.plover == other.plover && overlap && by(one).iter().any(|c| by(other).contains(c))
}

/// Whether a verb and the noun behind it tell one event: "launched an attack".
fn twice(tree: &Tree, one: (usize, &Event), other: (usize, &Event)) -> bool {
    let near = tree.head(one.0) == Some(other.0) || tree.head(other.0) == Some(one.0);
    // "Lifted the curfew and freed prisoners" are two deeds, each with what it is done to.
    let deed = |w: usize| tree.token(w).xpos.starts_with("VB") && tree.child(w, rel!["obj"]).is_some();
    let joined = near && (tree.relation(one.0) == "conj" || tree.relation(other.0) == "conj");
    if joined && deed(one.0) && deed(other.0) {
        return false;
    }
    // "Submitted a request": whoever is read as the one who asks.
    let noun_of = |noun: usize, verb: usize| tree.head(noun) == Some(verb) && tree.relates(noun, rel!["obj"]);
    let light = noun_of(one.0, other.0) || noun_of(other.0, one.0);
    let (one, other) = (one.1, other.1);
    let same = one.actor == other.actor;
    one.plover == other.plover
        && (same && one.recipient == other.recipient
            || light
            || near && (same || one.actor.is_empty() || other.actor.is_empty()))
}

/// A pattern that fits, and who fills it.
pub(super) type Found<'p> = (&'p Page, &'p Rule, &'p Pattern, Bound, Modality);

/// The event that a word tells, unless the reader knows better.
fn at_word(at: At, word: usize, day: Option<When>, about_meeting: bool) -> Option<Event> {
    let known = |found: &Found| !overruled(at, word, &found.0.plover, about_meeting);
    let (page, rule, pattern, bound, modality) = best(at, word).filter(known)?;
    let when = when(at, word, day)?;
    Some(event(at, word, (page, rule, pattern), bound, (modality, when)))
}

/// The pattern that says most of those that fit at a word.
pub(super) fn best<'p>(at: At<'p>, word: usize) -> Option<Found<'p>> {
    let entries = at.pages.at(at.word(word));
    if entries.is_empty() {
        return None;
    }
    let tree = &at.reader.trees[at.s];
    let seen = Predicate::ALL.map(|predicate| {
        let tried = has_form(tree, predicate, word) && entries.iter().any(|e| e.predicate == predicate);
        tried.then(|| Seen::new(at, predicate, word)).flatten()
    });
    if seen.iter().all(Option::is_none) {
        return None;
    }
    let around = seen.each_ref().map(|seen| seen.as_ref().map_or(Around::default(), |seen| seen.around));
    let mut best: Option<(usize, Found)> = None;
    for entry in entries {
        // What says most comes first; places that may be missing add little.
        if best.as_ref().is_some_and(|b| b.0 >= entry.most()) {
            break;
        }
        if !entry.may_fit(around[entry.predicate as usize]) {
            continue;
        }
        let Some(seen) = &seen[entry.predicate as usize] else { continue };
        if !entry.is_named(|| seen.named(at)) {
            continue;
        }
        let (page, rule, pattern) = at.pages.pattern(entry);
        let Some(modality) = seen.tells(pattern) else { continue };
        if !entry.halves.is_empty() && !entry.halves.iter().any(|&h| has_half(at, entry.predicate, word, h)) {
            continue;
        }
        let weight = |extra: usize| entry.weight() + 3 * extra;
        let says_more = |extra: usize| best.as_ref().is_none_or(|b| b.0 < weight(extra));
        if let Some(bound) = fit(at, pattern, word, &seen.frame, page.sought, &says_more) {
            best = Some((weight(bound.extra), (page, rule, pattern, bound, modality)));
        }
    }
    best.map(|b| b.1)
}

/// A word as all patterns of one kind see it.
pub(super) struct Seen<'r> {
    status: Status,
    /// Whether it stands behind *will* or *would*.
    ahead: bool,
    pub(super) frame: Rc<Frame<'r>>,
    around: Around,
    /// The lists of which a word stands around it, once they are asked for.
    named: OnceCell<Named>,
}

impl<'r> Seen<'r> {
    /// Nothing where the word has not the form that such patterns ask for, or has not happened.
    pub(super) fn new(at: At<'r>, predicate: Predicate, word: usize) -> Option<Self> {
        let tree = &at.reader.trees[at.s];
        if !has_form(tree, predicate, word) {
            return None;
        }
        let realis = &at.pages.realis;
        let status = match predicate {
            Predicate::Noun => realis.of_noun(tree, word),
            _ => realis.of_verb(tree, word),
        };
        if status == Status::Unreal {
            return None;
        }
        let mut auxiliaries = tree.all(word, rel!["aux", "cop"]);
        let ahead = auxiliaries.any(|a| tree.is(a, &["will", "would", "shall"]));
        let frame = at.frame(predicate, word);
        Some(Self { status, ahead, around: frame.around(), named: OnceCell::new(), frame })
    }

    fn named(&self, at: At) -> &Named {
        self.named.get_or_init(|| at.pages.lists.named(matching::words_around(at, &self.frame)))
    }

    /// How what a pattern tells here stands to the world, if it may be tried.
    pub(super) fn tells(&self, pattern: &Pattern) -> Option<Modality> {
        match self.status {
            _ if pattern.ahead && !self.ahead => None,
            Status::Real(modality) => (!pattern.negated).then_some(modality),
            Status::Negated => pattern.negated.then_some(Modality::Happened),
            Status::Unreal => None,
        }
    }
}

/// Whether a word has the form that patterns of a kind ask for.
fn has_form(tree: &Tree, predicate: Predicate, word: usize) -> bool {
    let xpos = tree.token(word).xpos.as_bytes();
    match predicate {
        Predicate::Verb => xpos.starts_with(b"VB"),
        Predicate::Noun => xpos.starts_with(b"NN"),
        Predicate::Adjective => {
            tree.child(word, rel!["cop"]).is_some() || xpos.starts_with(b"JJ") && tree.head(word).is_none()
        }
    }
}

/// Whether a word has the other half of a noun before it, or a particle behind it.
pub(super) fn has_half(at: At, predicate: Predicate, word: usize, half: Word) -> bool {
    match predicate {
        Predicate::Noun => is_compound(at, word, half),
        _ => has_particle(at, word, half),
    }
}

/// When it was: by the words of time below it, else the day of the text. Nothing if it is background of another year.
pub(super) fn when(at: At, word: usize, day: Option<When>) -> Option<Option<When>> {
    let tree = &at.reader.trees[at.s];
    let near = |w: usize| tree.head(w) == Some(word) || tree.head(w).and_then(|h| tree.head(h)) == Some(word);
    let own = at.reader.times[at.s].iter().find(|t| (t.words.0..=t.words.1).any(near));
    let Some(time) = own else { return Some(day) };
    let months = |date: Date| {
        let (year, month, _) = date.parts();
        i32::from(year) * 12 + i32::from(month.unwrap_or(1))
    };
    let recent = day.is_none_or(|d| months(d.from.first()) - months(time.when.to.last()) < NEWS);
    recent.then_some(Some(time.when))
}

fn event(
    at: At,
    word: usize,
    (page, rule, pattern): (&Page, &Rule, &Pattern),
    mut bound: Bound,
    (modality, when): (Modality, Option<When>),
) -> Event {
    let tree = &at.reader.trees[at.s];
    if page.together {
        for one in std::mem::take(&mut bound.recipients) {
            if !bound.actors.contains(&one) {
                bound.actors.push(one);
            }
        }
        bound.by.append(&mut bound.to);
    }
    on_the_day(at.reader, bound.actors.iter_mut().chain(&mut bound.recipients));
    let code = pattern.code.as_ref().unwrap_or(&rule.code);
    let quote = tree.subtree_span(word);
    let sentence = u32::try_from(at.s + 1).unwrap_or(u32::MAX);
    let named = page.name_of(rule);
    let why = |field: &str, spans: Vec<Span>, why: Option<String>| Provenance {
        field: field.to_owned(),
        sentence,
        spans,
        rule: named.clone(),
        why,
    };
    let phrases = |words: &[usize]| words.iter().map(|&w| tree.subtree_span(w)).collect::<Vec<_>>();
    let shown = |who: &[Participant]| {
        let mut out = String::with_capacity(8 * who.len());
        for (i, p) in who.iter().enumerate() {
            out.push_str(if i > 0 { ", " } else { "" });
            out.push_str(&p.code);
            p.sector.iter().flat_map(|sector| [".", sector]).for_each(|part| out.push_str(part));
        }
        out
    };
    let mut provenance = Vec::with_capacity(3);
    provenance.push(why("row", vec![quote], Some(format!("line {} of its page", pattern.line))));
    if !bound.by.is_empty() {
        provenance.push(why("actor", phrases(&bound.by), Some(shown(&bound.actors))));
    }
    if !bound.to.is_empty() && !bound.recipients.is_empty() {
        provenance.push(why("recipient", phrases(&bound.to), Some(shown(&bound.recipients))));
    }
    Event {
        id: String::new(),
        plover: page.plover.clone(),
        mode: code.mode.clone().or_else(|| rule.code.mode.clone()),
        cameo: code.cameo.clone(),
        contexts: if code.contexts.is_empty() { rule.code.contexts.clone() } else { code.contexts.clone() },
        actor: bound.actors,
        recipient: bound.recipients,
        when,
        place: None,
        modality: if code.planned && modality == Modality::Happened { Modality::Planned } else { modality },
        said_in: None,
        meeting: None,
        quote,
        confidence: None,
        disputed: None,
        provenance,
    }
}
