//! Who acts and toward whom, as all phrases of a sentence bid for it: what no pattern names is told by where it stands.

use std::collections::BTreeSet;

use chancery_model::{Event, Participant, Provenance, Upos};

use super::frame::infinitive;
use super::who::{At, STATE};
use crate::codebook::{Side, Tally};
use crate::resolve::state;
use crate::tree::Tree;

/// Somebody, or nobody, who may fill a place of an event, with what is seen of them.
pub(super) struct Bid<'w> {
    /// Those who would fill it; none if nobody does.
    pub(super) who: Vec<Participant>,
    /// Head of the phrase that names them.
    word: Option<usize>,
    pub(super) tally: Tally<'w>,
}

/// The two sides of an event as one of them is asked for.
struct Asked<'e> {
    side: Side,
    word: usize,
    kind: &'e str,
    /// Those whom the pattern has put there.
    filled: &'e [Participant],
    /// Those whom it has put on the other side.
    opposite: &'e [Participant],
    rule: &'e str,
    found_by: &'static str,
    /// Whether the names of what is seen are kept, to learn from.
    learning: bool,
}

impl<'e> Asked<'e> {
    fn new(side: Side, word: usize, event: &'e Event) -> Self {
        let (filled, opposite) = match side {
            Side::Actor => (&event.actor, &event.recipient),
            Side::Recipient => (&event.recipient, &event.actor),
        };
        let rule = event.provenance.first().map_or("", |p| p.rule.as_str());
        let found_by = if rule.ends_with("#reader") { "reader" } else { "page" };
        Self { side, word, kind: &event.plover, filled, opposite, rule, found_by, learning: false }
    }
}

/// Hear the bids for both sides of each event: an empty place is filled, and one that a pattern filled is given to another, where the
/// weights are sure enough.
pub(super) fn settle(at: At, found: &mut [(usize, Event)]) {
    if at.pages.sides.fill > 100 && at.pages.sides.replace > 100 {
        return;
    }
    for side in [Side::Actor, Side::Recipient] {
        for i in 0..found.len() {
            let (word, event) = (&found[i].0, &found[i].1);
            if side == Side::Recipient && at.pages.page(&event.plover).is_some_and(|p| p.together) {
                continue;
            }
            let asked = Asked::new(side, *word, event);
            let Some((bid, percent)) = best(bids(at, &asked, found)) else { continue };
            let least = if asked.filled.is_empty() { at.pages.sides.fill } else { at.pages.sides.replace };
            let nobody_left = bid.who.is_empty() && asked.opposite.is_empty();
            if percent < least || nobody_left || same(&bid.who, asked.filled) {
                continue;
            }
            let spans = bid.word.map(|w| at.reader.trees[at.s].subtree_span(w)).into_iter().collect();
            let event = &mut found[i].1;
            let why = Some(format!(
                "{}: sure by {percent} in 100, by where it stands in the sentence",
                shown(&bid.who)
            ));
            let row = event.provenance[0].clone();
            event.provenance.retain(|p| p.field != side.field());
            event.provenance.push(Provenance {
                field: side.field().to_owned(),
                spans,
                rule: "events#sides".to_owned(),
                why,
                ..row
            });
            match side {
                Side::Actor => event.actor = bid.who,
                Side::Recipient => event.recipient = bid.who,
            }
        }
    }
}

/// The bids for both sides of each event, with all that is seen: what the weights are learnt from.
pub(super) fn all_bids<'w>(at: At<'w>, found: &[(usize, Event)]) -> Vec<[Vec<Bid<'w>>; 2]> {
    let of = |(word, event): &(usize, Event)| {
        [Side::Actor, Side::Recipient]
            .map(|side| bids(at, &Asked { learning: true, ..Asked::new(side, *word, event) }, found))
    };
    found.iter().map(of).collect()
}

/// Codes with their sectors, as a reader sees them.
fn shown(who: &[Participant]) -> String {
    let code = |p: &Participant| match &p.sector {
        Some(sector) => format!("{}.{sector}", p.code),
        None => p.code.clone(),
    };
    if who.is_empty() { "nobody".to_owned() } else { who.iter().map(code).collect::<Vec<_>>().join(", ") }
}

/// The bid that is likeliest, those for the same taken together, and how likely it is in hundredths.
fn best(bids: Vec<Bid<'_>>) -> Option<(Bid<'_>, u8)> {
    let most = bids.iter().map(|b| b.tally.sum).fold(f32::MIN, f32::max);
    let share = |b: &Bid| (b.tally.sum - most).exp();
    let total: f32 = bids.iter().map(share).sum();
    let together = |one: &Bid| bids.iter().filter(|b| same(&b.who, &one.who)).map(share).sum::<f32>() / total;
    let shares: Vec<f32> = bids.iter().map(together).collect();
    let first = (0..bids.len()).reduce(|a, b| if shares[b] > shares[a] { b } else { a })?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is between 0 and 1")]
    let percent = (shares[first] * 100.0) as u8;
    bids.into_iter().nth(first).map(|bid| (bid, percent))
}

/// All bids for one side of an event; `found` are the events of the sentence.
fn bids<'w>(at: At<'w>, asked: &Asked, found: &[(usize, Event)]) -> Vec<Bid<'w>> {
    let tree = &at.reader.trees[at.s];
    let mut out: Vec<Bid> = Vec::new();
    for head in (0..tree.len()).filter(|&h| h != asked.word) {
        let Some((who, by)) = at.bidder(head) else { continue };
        if !same(&who, asked.opposite) || same(&who, asked.filled) {
            let tally = of_phrase(at, asked, found, head, (&who, by));
            out.push(Bid { who, word: Some(head), tally });
        }
    }
    let (kind, found_by) = (asked.kind, asked.found_by);
    let (is_empty, empty) = (asked.filled.is_empty(), yes(asked.filled.is_empty()));
    // What a pattern has put together from several phrases stays a bid.
    if !is_empty && !out.iter().any(|b| same(&b.who, asked.filled)) {
        let mut tally = at.pages.sides.tally(asked.side, asked.learning);
        tally.see(&["joint"]);
        tally.see(&[kind, "joint", found_by]);
        tally.see(&["joint", &sector(at, asked.filled)]);
        tally.see(&[kind, "chosen", found_by]);
        tally.see(&["chosen", found_by, "false"]);
        out.push(Bid { who: asked.filled.to_vec(), word: None, tally });
    }
    let rest = out.iter().filter(|b| !same(&b.who, asked.opposite)).count().min(3);
    out.iter_mut().for_each(|b| b.tally.see(&["rest", few(rest), empty]));
    let codes: BTreeSet<&str> = out.iter().flat_map(|b| &b.who).map(|p| p.code.as_str()).collect();
    let states = codes.len();
    let nobody = of_none(at, asked, "nobody", rest, states);
    // The public of a state toward its government, and the reverse.
    if let ([one], true, Side::Recipient) = (asked.opposite, is_empty, asked.side)
        && one.code.len() == 3
    {
        let official = one.sector.as_deref().is_none_or(|s| STATE.contains(&s));
        let sector = official.then(|| "CVL".to_owned());
        let tally = of_none(at, asked, "home", rest, states);
        out.push(Bid { who: vec![Participant { sector, ..state(&one.code) }], word: None, tally });
    }
    out.push(Bid { who: Vec::new(), word: None, tally: nobody });
    out
}

/// What is seen of a phrase.
fn of_phrase<'w>(
    at: At<'w>,
    asked: &Asked,
    found: &[(usize, Event)],
    head: usize,
    (who, by): (&[Participant], &str),
) -> Tally<'w> {
    let tree = &at.reader.trees[at.s];
    let (word, kind, found_by) = (asked.word, asked.kind, asked.found_by);
    let empty = yes(asked.filled.is_empty());
    let path = path(tree, head, word);
    let case = tree.case(head).unwrap_or_default();
    let own = who.iter().all(|p| asked.opposite.iter().any(|o| o.code == p.code));
    let kin = match (asked.opposite.is_empty(), own) {
        (true, _) => "alone",
        (_, true) => "own",
        _ => "other",
    };
    let sector = sector(at, who);
    let order = if head < word { "before" } else { "after" };
    let touches = |those: &[Participant]| who.iter().any(|x| those.iter().any(|y| alike(x, y)));
    let chosen = match (same(who, asked.filled), touches(asked.filled)) {
        (true, _) => "chosen",
        (_, true) => "part",
        _ => "not",
    };
    let distance = match head.abs_diff(word) {
        0..=1 => "1",
        2..=3 => "3",
        4..=6 => "6",
        7..=12 => "12",
        _ => "20",
    };
    let mut tally = at.pages.sides.tally(asked.side, asked.learning);
    tally.see(&["path", &path]);
    tally.see(&[kind, "path", &path]);
    tally.see(&["path", &path, by]);
    tally.see(&["path", &path, kin, &sector]);
    tally.see(&["word", tree.lemma(word), &case, order]);
    tally.see(&["head", tree.lemma(head), tree.relation(head)]);
    tally.see(&[kind, by, kin, empty]);
    tally.see(&["case", &case, order]);
    tally.see(&[kind, "case", &case, order]);
    tally.see(&[kind, kin, &sector]);
    tally.see(&[kin, &sector, chosen]);
    tally.see(&[by, kin, &case]);
    tally.see(&[kind, chosen, found_by]);
    tally.see(&[chosen, found_by, empty]);
    tally.see(&[&tree.token(word).xpos[..1], order, tree.relation(head)]);
    tally.see(&["upos", tree.upos(head).name(), by]);
    tally.see(&["distance", distance]);
    tally.see(&["depth", few(path.split(' ').count()), order]);
    if is_source(at, head) {
        tally.see(&["source"]);
        tally.see(&["source", chosen]);
    }
    if tree.ancestors(head).any(|a| is_source(at, a)) {
        tally.see(&["in", "source"]);
    }
    if at.reader.times[at.s].iter().any(|t| (t.words.0..=t.words.1).contains(&head)) {
        tally.see(&["in", "time"]);
    }
    for (w, one) in found.iter().filter(|o| o.0 != word) {
        let near = if *w < word { "earlier" } else { "later" };
        for (role, those) in [("actor", &one.actor), ("recipient", &one.recipient)] {
            if touches(those) {
                tally.see(&[role, "of", "another"]);
                tally.see(&[kind, role, "of", near, &one.plover]);
                tally.see(&[role, "of", "another", chosen, empty]);
            }
        }
    }
    tally
}

/// What speaks for `what`, nobody or those at home, of whom no phrase tells.
fn of_none<'w>(at: At<'w>, asked: &Asked, what: &str, rest: usize, states: usize) -> Tally<'w> {
    let tree = &at.reader.trees[at.s];
    let (word, kind, empty) = (asked.word, asked.kind, yes(asked.filled.is_empty()));
    let opposite = sector(at, asked.opposite);
    let object = tree.child(word, &["obj"]).is_some();
    let mut tally = at.pages.sides.tally(asked.side, asked.learning);
    tally.see(&[what]);
    tally.see(&[what, kind, asked.found_by, empty]);
    tally.see(&[what, empty, few(rest)]);
    tally.see(&[what, kind, few(rest)]);
    tally.see(&[what, kind, &tree.token(word).xpos[..1], yes(object)]);
    tally.see(&[what, asked.rule, empty]);
    tally.see(&[what, "word", tree.lemma(word)]);
    tally.see(&[what, kind, "toward", &opposite, empty]);
    tally.see(&[what, kind, "toward", &opposite]);
    tally.see(&[what, kind, "filled", &sector(at, asked.filled)]);
    tally.see(&[what, "states", few(states.min(4))]);
    tally.see(&[what, kind, "states", few(states.min(3))]);
    tally.see(&[what, "opposite", few(asked.opposite.len().min(3))]);
    tally.see(&[what, "infinitive", yes(infinitive(tree, word))]);
    tally
}

/// A small number by its name; above seven they are as one.
fn few(number: usize) -> &'static str {
    ["0", "1", "2", "3", "4", "5", "6", "7"][number.min(7)]
}

fn yes(is: bool) -> &'static str {
    if is { "true" } else { "false" }
}

/// Whether two are of one state or body and one sector, whatever their names.
fn alike(one: &Participant, other: &Participant) -> bool {
    one.code == other.code && one.sector == other.sector
}

fn same(one: &[Participant], other: &[Participant]) -> bool {
    let within = |a: &[Participant], b: &[Participant]| a.iter().all(|x| b.iter().any(|y| alike(x, y)));
    within(one, other) && within(other, one)
}

/// Sector of the first, in the words of the codes.
fn sector(at: At, who: &[Participant]) -> String {
    match who.first() {
        None => "-".to_owned(),
        Some(p) => p.sector.clone().unwrap_or_else(|| at.sector_of(&p.code).to_owned()),
    }
}

/// Whether a word is the subject of a verb whose clause is told as so: the source of what is told.
fn is_source(at: At, word: usize) -> bool {
    let tree = &at.reader.trees[at.s];
    tree.relation(word) == "nsubj"
        && tree.head(word).is_some_and(|v| at.pages.realis.told.contains(tree.lemma(v)))
}

/// How a word hangs together with another: the relations up, with prepositions, then down.
fn path(tree: &Tree, from: usize, to: usize) -> String {
    let mut up = Vec::new();
    let mut at = from;
    while at != to && !tree.below(to, at) {
        let relation = tree.relation(at);
        up.push(match tree.case(at).filter(|_| matches!(relation, "obl" | "nmod")) {
            _ if tree.deprel(at) == "nmod:poss" => "poss>".to_owned(),
            Some(case) => format!("{relation}:{case}>"),
            None => format!("{relation}>"),
        });
        let Some(head) = tree.head(at) else { break };
        at = head;
    }
    let low = std::iter::once(to).chain(tree.ancestors(to)).take_while(|&w| w != at);
    let mut down: Vec<String> = low.map(|w| format!("<{}", tree.relation(w))).collect();
    down.reverse();
    up.append(&mut down);
    if up.len() > 5 { "far".to_owned() } else { up.join(" ") }
}

impl At<'_> {
    /// Whom a phrase means, itself, by its owner or by where it stands; of joined phrases the first speaks for all.
    fn bidder(&self, head: usize) -> Option<(Vec<Participant>, &'static str)> {
        let tree = &self.reader.trees[self.s];
        let noun = matches!(tree.upos(head), Upos::NOUN | Upos::PROPN | Upos::PRON);
        if !noun || matches!(tree.relation(head), "compound" | "flat" | "conj" | "det") {
            return None;
        }
        let pronoun = tree.upos(head) == Upos::PRON;
        let ways =
            [("self", self.actors(head)), ("owner", self.owners(head)), ("place", self.recipients(head))];
        let known = |who: &[Participant]| who.iter().any(|p| !p.code.is_empty() || p.sector.is_some());
        let (by, who) = ways.into_iter().find(|(by, who)| known(who) && (!pronoun || *by == "self"))?;
        let day = self.reader.document.reference_date();
        let then = |p: &Participant| match day {
            Some(day) => {
                Participant { code: self.reader.knowledge.state_on(&p.code, day).to_owned(), ..p.clone() }
            }
            None => p.clone(),
        };
        Some((who.iter().map(then).collect(), by))
    }
}
