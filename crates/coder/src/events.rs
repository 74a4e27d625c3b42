//! Who did what to whom: each meeting is a CONSULT, and a statement that is directed at someone is an act toward them.

use std::collections::BTreeSet;

use chancery_model::{
    Act, BlockKind, Event, Format, Meeting, Modality, Participant, Polarity, Provenance, Upos, When,
};

use crate::meetings::acting;
use crate::resolve::{Reader, Scene, state};
use crate::rules::Codebook;
use crate::statements::Draft;

/// All events of a document in the order of its text.
pub(crate) fn events(
    reader: &Reader,
    codebook: &Codebook,
    scene: &Scene,
    meetings: &[Meeting],
    drafts: &[Draft],
) -> Vec<Event> {
    let main = meetings.iter().find(|m| m.told == chancery_model::Told::Main).and_then(|m| m.when);
    let day = reader.document.reference_date().map(|d| When { from: d, to: d });
    let mut out: Vec<Event> = meetings.iter().map(consult).collect();
    for s in 0..reader.trees.len() {
        out.extend(told(reader, codebook, scene, s, main.or(day)));
    }
    out.extend(drafts.iter().filter_map(|d| of_statement(codebook, d, main.or(day))));
    out.sort_by_key(|e| (e.quote.start, e.meeting.is_none()));
    for (i, event) in out.iter_mut().enumerate() {
        event.id = format!("e{}", i + 1);
    }
    out
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
        provenance,
    }
}

/// Acts that a sentence tells: "The parties signed a declaration".
fn told(reader: &Reader, codebook: &Codebook, scene: &Scene, s: usize, when: Option<When>) -> Vec<Event> {
    let tree = &reader.trees[s];
    let kind = reader.document.blocks[tree.sentence.block].kind;
    if matches!(kind, BlockKind::Headline | BlockKind::Caption) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for word in (0..tree.len()).filter(|&w| tree.upos(w) == Upos::VERB && !tree.negated(w)) {
        let lemma = tree.lemma(word);
        let Some(rule) = codebook.acts.iter().find(|r| r.verbs.contains(&lemma)) else { continue };
        let ahead = tree
            .auxiliaries(word)
            .iter()
            .any(|a| matches!(a.as_str(), "will" | "would" | "may" | "might" | "can" | "could"));
        let infinitive = tree.token(word).xpos == "VB";
        let object = tree.all(word, &[if tree.passive(word) { "nsubj" } else { "obj" }]);
        // "a package of agreements was signed": what is signed may stand one step down.
        let signed = object.iter().flat_map(|&o| std::iter::once(o).chain(tree.all(o, &["nmod", "conj"])));
        let fits = signed.into_iter().any(|o| rule.objects.contains(&tree.lemma(o)));
        if ahead || infinitive || !fits {
            continue;
        }
        let agent = tree.all(word, &["obl"]).into_iter().find(|&c| tree.case(c).as_deref() == Some("by"));
        let actor = if tree.passive(word) {
            match agent {
                Some(agent) => reader.resolve(scene, s, agent).map(|r| r.who).unwrap_or_default(),
                None => scene.sides.iter().map(|c| state(c)).collect(),
            }
        } else {
            acting(reader, scene, s, word).unwrap_or_default()
        };
        let sides: BTreeSet<&str> = actor.iter().map(|p| p.code.as_str()).filter(|c| !c.is_empty()).collect();
        if sides.is_empty() || rule.joint && sides.len() < 2 {
            continue;
        }
        let quote = tree.subtree_span(word);
        out.push(Event {
            id: String::new(),
            plover: rule.plover.clone(),
            mode: None,
            cameo: rule.cameo.clone(),
            contexts: Vec::new(),
            actor,
            recipient: Vec::new(),
            when,
            place: None,
            modality: Modality::Happened,
            said_in: None,
            meeting: None,
            quote,
            provenance: vec![Provenance {
                field: "row".into(),
                sentence: u32::try_from(s + 1).unwrap_or(u32::MAX),
                spans: vec![quote],
                rule: format!("acts#{}", rule.name),
                why: None,
            }],
        });
    }
    out
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
        provenance,
    })
}
