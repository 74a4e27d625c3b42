//! Who did what to whom: each meeting is a CONSULT, and a statement that is directed at someone is an act toward them.

mod bidders;
mod few;
mod frame;
mod matching;
mod memo;
mod peoples;
mod place;
mod pronouns;
mod realis;
mod sides;
mod told;
mod unfired;
mod who;

use std::collections::BTreeSet;

use chancery_model::{
    Act, BlockKind, Event, Format, Meeting, Modality, Participant, Polarity, Provenance, Span, When,
};

use crate::codebook::FoundBy;
use crate::knowledge::OrganizationKind;
use crate::resolve::{Reader, Scene};
use crate::rules::Codebook;
use crate::statements::Draft;
use memo::Memo;
use who::At;

/// All events of a document in the order of its text, and sentences whose events have nobody on either side, each with what is not told.
pub(crate) fn events(
    reader: &Reader,
    codebook: &Codebook,
    scenes: &[Scene],
    meetings: &[Meeting],
    drafts: &[Draft],
) -> (Vec<Event>, Vec<(usize, String)>) {
    let main = meetings.iter().find(|m| m.told == chancery_model::Told::Main);
    let about_meeting = main.is_some() && reader.trees.len() > 1;
    let main = main.and_then(|m| m.when);
    let day = reader.document.reference_date().map(|d| When { from: d, to: d });
    let mut out: Vec<Event> = Vec::with_capacity(meetings.len() + 2);
    out.extend(meetings.iter().map(consult));
    out.extend(drafts.iter().filter_map(|d| of_statement(codebook, d, main.or(day))));
    for event in &mut out {
        on_the_day(reader, event.actor.iter_mut().chain(&mut event.recipient));
    }
    let mut of_nobody = Vec::new();
    let headline = |s: &usize| is_headline(reader, *s);
    let body = (0..scenes.len()).filter(|s| !headline(s));
    for s in body.chain((0..scenes.len()).filter(headline)) {
        let memo = Memo::of(&reader.trees[s], &codebook.pages.lexis);
        let at = At { reader, pages: &codebook.pages, scene: &scenes[s], s, memo: &memo };
        for (word, event) in told::told(at, main.or(day), about_meeting) {
            if headline(&s) && (by_reader(&event) || out.iter().any(|e| is_told_below(e, &event))) {
                continue;
            }
            // "Called on the President": the meeting is that event.
            if by_reader(&event) && meetings.iter().any(|m| is_told_by(m, word)) {
                continue;
            }
            // "During discussions": of several sentences, an encounter of one is none.
            let alone = event.plover == "CONSULT" && event.actor.len() < 2 && reader.trees.len() > 1;
            if by_reader(&event) && alone {
                continue;
            }
            if event.actor.is_empty() && event.recipient.is_empty() {
                let told = word.slice(&reader.document.text);
                of_nobody.push((
                    s,
                    format!("'{told}' may tell {} but nobody is named on either side", event.plover),
                ));
                continue;
            }
            if event.plover == "CONSULT" && meetings.iter().any(|m| tells(reader, m, &event)) {
                out.iter_mut().filter(|e| told::same(e, &event)).for_each(|e| know_sectors(e, &event));
                continue;
            }
            // A page that reads the very word of saying knows better what it does: "pledged a tough response", "pledged grain".
            if !by_reader(&event)
                && let Some(draft) = drafts.iter().find(|d| d.statement.cue.iter().any(|c| c.contains(word)))
                && (WORDS.contains(&event.plover.as_str()) || event.plover == "AID")
                && draft.statement.act != Act::Courtesy
            {
                let other =
                    |e: &Event| e.said_in.as_ref() == Some(&draft.statement.id) && e.plover != event.plover;
                out.retain(|e| !other(e));
                let said = |e: &&mut Event| e.said_in.as_ref() == Some(&draft.statement.id);
                out.iter_mut().filter(said).for_each(|e| know_body(e, &event));
            }
            let settled = drafts.iter().any(|d| settles(d, &out, word, &event));
            // What the pages find twice in one sentence they have told apart already.
            let other = |e: &&mut Event| e.said_in.is_some() || e.meeting.is_some();
            match out.iter_mut().filter(other).find(|e| told::same(e, &event)) {
                Some(said) if said.said_in.is_some() => {
                    let cue = drafts.iter().find(|d| Some(&d.statement.id) == said.said_in.as_ref());
                    let by_cue = cue.is_some_and(|d| d.statement.cue.iter().any(|c| c.contains(word)));
                    said.take_from(event, by_cue);
                }
                None if !settled => out.push(event),
                _ => {}
            }
        }
    }
    out.sort_by_key(|e| (e.quote.start, e.meeting.is_none()));
    for (i, event) in out.iter_mut().enumerate() {
        event.id = format!("e{}", i + 1);
        let found_by = if event.meeting.is_some() { FoundBy::Meeting } else { FoundBy::Statement };
        if event.meeting.is_some() || event.said_in.is_some() {
            event.confidence = codebook.pages.sureness.of(found_by, Some(0));
        }
    }
    (out, of_nobody)
}

/// What the pages find in one sentence, word by word: what the learned reader of events is trained on.
#[derive(Debug, Clone, Default)]
pub struct Sketch {
    /// Words that tell an event by the pages, with its type.
    pub told: Vec<(usize, String)>,
    /// The events, with what is seen of all who might be their actor or recipient.
    pub sides: Vec<Sided>,
}

/// An event with the bids for its sides, as `training/sides.py` reads them.
#[derive(Debug, Clone)]
pub struct Sided {
    /// The word that tells it.
    pub word: usize,
    /// The event as the patterns tell it.
    pub event: Event,
    /// All that bid for actor and for recipient.
    pub bids: [Vec<SideBid>; 2],
}

/// Somebody, or nobody, who might be the actor or the recipient of an event.
#[derive(Debug, Clone)]
pub struct SideBid {
    /// Who would fill the side.
    pub who: Vec<Participant>,
    /// The heads of the phrases that name them.
    pub words: Vec<usize>,
    /// What is seen of them, by the names of `sides.csv`.
    pub seen: Vec<String>,
}

/// A sketch of each sentence.
pub(crate) fn sketches(reader: &Reader, codebook: &Codebook, scenes: &[Scene]) -> Vec<Sketch> {
    let day = reader.document.reference_date().map(|d| When { from: d, to: d });
    let sketch = |(s, scene): (usize, &Scene)| {
        let memo = Memo::of(&reader.trees[s], &codebook.pages.lexis);
        let at = At { reader, pages: &codebook.pages, scene, s, memo: &memo };
        Sketch { told: told::sketch(at, day), sides: told::sided(at, day) }
    };
    scenes.iter().enumerate().map(sketch).collect()
}

/// Why a rule, named as provenance names it, does not fire in a document, as far as can be told.
pub(crate) fn unfired(reader: &Reader, codebook: &Codebook, scenes: &[Scene], rule: &str) -> Option<String> {
    let (kind, name) = rule.split_once('#')?;
    let page = codebook.pages.page(&kind.to_uppercase())?;
    let rule = page.rules.iter().find(|rule| rule.name == name)?;
    let reasons = scenes.iter().enumerate().filter_map(|(s, scene)| {
        let memo = Memo::of(&reader.trees[s], &codebook.pages.lexis);
        unfired::unfired(At { reader, pages: &codebook.pages, scene, s, memo: &memo }, page, rule)
    });
    reasons.max_by_key(|reason| reason.0).map(|reason| reason.1)
}

/// Whether a sentence is the headline of a text of more than it.
fn is_headline(reader: &Reader, s: usize) -> bool {
    let block = reader.trees[s].sentence.block;
    reader.document.blocks[block].kind == BlockKind::Headline && reader.trees.len() > 1
}

/// Whether what a headline tells is told in the text as well: something of its type, or something of the same states and bodies.
fn is_told_below(event: &Event, headline: &Event) -> bool {
    let all = |e: &Event| e.actor.iter().chain(&e.recipient).map(|p| p.code.clone()).collect::<BTreeSet<_>>();
    event.plover == headline.plover || all(event) == all(headline)
}

/// Whether a text about a meeting tells it as a meeting or as a statement: what the learned reader, which knows news, says of it there is not heard.
fn is_spoken(plover: &str) -> bool {
    plover == "CONSULT" || WORDS.contains(&plover)
}

/// Types that are words, not deeds.
const WORDS: [&str; 6] = ["ACCUSE", "AGREE", "REJECT", "REQUEST", "SUPPORT", "THREATEN"];

/// Whether a meeting of the document is the encounter that a page found: all who take part are parties of it.
fn tells(reader: &Reader, meeting: &Meeting, event: &Event) -> bool {
    // A company that meets is a party by its own name; a page tells of its state's business.
    let company = |code: &str, state: &str| {
        let known = reader.knowledge.organization(code);
        known.is_some_and(|o| o.kind == OrganizationKind::Company && o.country == state)
    };
    let is = |a: &Participant, party: &str| {
        reader.on_the_day(party) == a.code || a.sector.as_deref() == Some("BUS") && company(party, &a.code)
    };
    event.actor.iter().all(|a| meeting.parties.iter().any(|p| is(a, &p.code)))
}

/// States are those that stood on the day of the text: Moscow of 1990 is the Soviet Union's.
fn on_the_day<'p>(reader: &Reader, who: impl Iterator<Item = &'p mut Participant>) {
    for one in who {
        let then = reader.on_the_day(&one.code);
        if then != one.code {
            let then = then.to_owned();
            one.code = then;
        }
    }
}

/// Whether this is the word of encounter that a meeting was found by.
fn is_told_by(meeting: &Meeting, word: Span) -> bool {
    let met = meeting.provenance.iter().filter(|p| p.field == "format");
    met.flat_map(|p| &p.spans).any(|s| s.contains(word))
}

/// A meeting knows the sides; the page knows whether a parliament or rebels came for them.
fn know_sectors(meeting: &mut Event, told: &Event) {
    for one in meeting.actor.iter_mut().filter(|a| a.name.is_none() && a.sector.is_none()) {
        one.sector = told.actor.iter().find(|a| a.code == one.code).and_then(|a| a.sector.clone());
    }
    meeting.provenance.extend(told.provenance.iter().cloned());
}

/// A statement knows the state of who makes it; the page knows the body that sent him, or the people that are not of that state.
fn know_body(said: &mut Event, told: &Event) {
    if let ([holder], [one]) = (&said.actor[..], &told.actor[..])
        && (one.code.contains(':') && one.name.is_some() && one.name == holder.name
            || one.sector.as_deref() == Some("ETH"))
        && one.code != holder.code
    {
        said.actor = told.actor.clone();
        said.recipient.retain(|r| r.code != told.actor[0].code);
    }
}

/// Whether the learned reader tells it, and no page.
fn by_reader(event: &Event) -> bool {
    event.provenance.first().is_some_and(|p| p.rule.ends_with("#reader"))
}

/// Whether what a word tells is settled by the statement that it stands in: the statement is that event, or is a courtesy.
fn settles(draft: &Draft, events: &[Event], word: Span, event: &Event) -> bool {
    let s = &draft.statement;
    let within = s.content.iter().chain(&s.cue).any(|c| c.contains(word));
    // What is said in a statement is the statement's to tell, unless a page knows better.
    if within && by_reader(event) {
        return s.cue.iter().any(|c| c.contains(word)) || WORDS.contains(&event.plover.as_str());
    }
    within
        && WORDS.contains(&event.plover.as_str())
        && (s.act == Act::Courtesy || events.iter().any(|e| e.said_in.as_ref() == Some(&s.id)))
}

/// The CONSULT event of a meeting, all parties as actors (PLOVER manual, CONSULT; CAMEO 040–046).
fn consult(meeting: &Meeting) -> Event {
    let codes: Vec<&str> = meeting.parties.iter().map(|p| p.code.as_str()).collect();
    let guest = meeting.country.as_deref().is_some_and(|c| codes.contains(&c))
        && codes.iter().any(|c| *c != codes[0]);
    let (mode, cameo, why) = match meeting.format {
        Format::Call | Format::Video => (Some("phone"), Some("041"), "by telephone or video"),
        _ if codes.len() > 3 => (Some("multilateral"), Some("040"), "more than three parties"),
        _ if guest => (Some("visit"), Some("042"), "one side is the other's guest"),
        Format::InPerson if meeting.country.is_some() && codes.iter().any(|c| *c != codes[0]) => {
            (Some("third-party"), Some("044"), "neither side is at home")
        }
        _ => (None, Some("040"), "nothing tells where"),
    };
    let mut provenance: Vec<Provenance> = meeting.provenance.clone();
    if let Some(first) = meeting.provenance.first() {
        provenance.push(Provenance {
            field: "mode".into(),
            spans: vec![],
            rule: "events#consult".into(),
            why: Some(why.into()),
            ..first.clone()
        });
    }
    Event {
        id: String::new(),
        plover: "CONSULT".into(),
        mode: mode.map(str::to_owned),
        cameo: cameo.map(str::to_owned),
        contexts: Vec::new(),
        actor: meeting.parties.iter().flat_map(chancery_model::Party::participants).collect(),
        recipient: Vec::new(),
        when: meeting.when,
        place: meeting.place.clone(),
        modality: if meeting.planned { Modality::Planned } else { Modality::Happened },
        said_in: None,
        meeting: Some(meeting.id.clone()),
        quote: meeting.quote,
        confidence: None,
        disputed: None,
        provenance,
    }
}

/// The event that a statement amounts to, by the first rule of the codebook that fits.
fn of_statement(codebook: &Codebook, draft: &Draft, when: Option<When>) -> Option<Event> {
    let s = &draft.statement;
    let recipient: Vec<Participant> = if s.act == Act::Agreement {
        Vec::new()
    } else {
        s.addressee.iter().filter(|p| !s.holder.iter().any(|h| h.code == p.code)).cloned().collect()
    };
    let rule = codebook.events.iter().find(|r| {
        r.act.fixed() == Some(s.act)
            && r.polarity.is_none_or(|p| p == s.polarity)
            && (!r.needs_recipient || !recipient.is_empty())
            && (r.cues.is_empty() || r.cues.iter().any(|c| *c == draft.cue_rule || *c == draft.reading))
    })?;
    if s.act == Act::Commitment && s.polarity == Polarity::Oppose {
        return None;
    }
    let quote = s.content.iter().copied().reduce(chancery_model::Span::cover)?;
    let quote = s
        .cue
        .first()
        .filter(|c| c.end <= quote.start && quote.start - c.end < 4)
        .map_or(quote, |c| c.cover(quote));
    let provenance = vec![Provenance {
        field: "row".into(),
        sentence: u32::try_from(draft.sentence + 1).unwrap_or(u32::MAX),
        spans: vec![quote],
        rule: format!("events#{}", rule.name),
        why: Some(format!("the statement is a {:?} with polarity {:?}", s.act, s.polarity).to_lowercase()),
    }];
    Some(Event {
        id: String::new(),
        plover: rule.plover.clone(),
        mode: None,
        cameo: rule.cameo.clone(),
        contexts: Vec::new(),
        actor: s.holder.clone(),
        recipient,
        when,
        place: None,
        modality: Modality::Happened,
        said_in: Some(s.id.clone()),
        meeting: None,
        quote,
        confidence: None,
        disputed: None,
        provenance,
    })
}

/// What a page adds to an event that a statement amounts to; `by_cue` if it is the statement's own words that the page reads.
trait TakeFrom {
    fn take_from(&mut self, told: Event, by_cue: bool);
}

impl TakeFrom for Event {
    /// The statement knows in whose name it is; the page knows those who do it together, toward whom, and the code.
    fn take_from(&mut self, told: Event, by_cue: bool) {
        let codes = |who: &[Participant]| who.iter().map(|p| p.code.clone()).collect::<BTreeSet<_>>();
        let (mine, its) = (codes(&self.actor), codes(&told.actor));
        if by_cue && mine.is_subset(&its) && mine.len() < its.len() {
            self.recipient.retain(|r| !its.contains(&r.code));
            self.actor.clone_from(&told.actor);
        }
        let (mine, its) = (codes(&self.recipient), codes(&told.recipient));
        // What many agree on has no recipient: "agreed to work together on Russia".
        let comparable = match mine.is_empty() {
            true => self.actor.len() == 1,
            false => by_cue && (its.is_subset(&mine) || its.is_superset(&mine)),
        };
        if !its.is_empty() && comparable {
            self.recipient.clone_from(&told.recipient);
            let own = codes(&self.actor);
            self.recipient.retain(|r| r.sector.is_some() || !own.contains(&r.code));
        }
        let known = told.actor.iter().chain(&told.recipient);
        for one in self.actor.iter_mut().chain(&mut self.recipient).filter(|p| p.name.is_none()) {
            one.sector = known
                .clone()
                .find(|k| k.code == one.code)
                .and_then(|k| k.sector.clone())
                .or(one.sector.take());
        }
        self.cameo = told.cameo.or(self.cameo.take());
        self.mode = told.mode;
        self.contexts = told.contexts;
        self.provenance.extend(told.provenance);
    }
}
