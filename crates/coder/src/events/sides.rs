//! Who acts and toward whom, as all phrases of a sentence bid for it: what no pattern names is told by where it stands.

use std::borrow::Cow;
use std::rc::Rc;

use chancery_model::{Event, Participant, Provenance, Upos};

use super::frame::infinitive;
use super::memo::Who;
use super::who::{At, STATE};
use crate::codebook::{Part, Side, Spelt, Tally};
use crate::relations::rel;
use crate::resolve::state;
use crate::tree::Tree;

/// A word of the names of `sides.csv`, spelt out when the program is built.
macro_rules! part {
    ($word:literal) => {
        const { Part::of($word) }
    };
}

/// Somebody, or nobody, who may fill a place of an event, with what is seen of them.
pub(super) struct Bid<'w> {
    /// Those who would fill it; none if nobody does.
    pub(super) who: Who,
    /// Heads of the phrases that name them.
    words: Vec<usize>,
    pub(super) tally: Tally<'w>,
}

/// A phrase that bids for the sides of every event of its sentence, with what is the same for all.
struct Phrase<'t> {
    head: usize,
    who: Who,
    /// Whether they are meant by the phrase itself, by its owner or by where it stands.
    by: Part<'static>,
    lemma: Part<'t>,
    relation: Part<'t>,
    case: Cow<'t, str>,
    source: bool,
    in_source: bool,
    in_time: bool,
}

impl<'t> Phrase<'t> {
    /// All that there are in the sentence.
    fn all(at: At<'t>) -> Vec<Self> {
        let tree = &at.reader.trees[at.s];
        let times = &at.reader.times[at.s];
        let phrase = |head: usize| {
            let (who, by) = at.bidder(head)?;
            Some(Self {
                head,
                by,
                lemma: Part::of(tree.lemma(head)),
                relation: Part::of(tree.relation(head)),
                case: tree.case(head).unwrap_or_default(),
                source: is_source(at, head),
                in_source: tree.ancestors(head).any(|a| is_source(at, a)),
                in_time: times.iter().any(|t| (t.words.0..=t.words.1).contains(&head)),
                who,
            })
        };
        (0..tree.len()).filter_map(phrase).collect()
    }
}

/// The two sides of an event as one of them is asked for.
struct Asked<'e> {
    side: Side,
    word: usize,
    lemma: Part<'e>,
    /// The first letter of its Penn tag.
    tag: Part<'e>,
    kind: Part<'e>,
    /// Those whom the pattern has put there.
    filled: &'e [Participant],
    /// Those whom it has put on the other side.
    opposite: &'e [Participant],
    rule: Part<'e>,
    /// Whether several may do it together.
    jointly: bool,
    /// Whether it is a protest, of which the crowd may go without saying.
    protest: bool,
    found_by: Part<'static>,
    /// Whether the pattern has put nobody there.
    empty: Part<'static>,
    /// Whether the names of what is seen are kept, to learn from.
    learning: bool,
}

impl<'e> Asked<'e> {
    fn new(at: At, tree: &'e Tree, side: Side, word: usize, event: &'e Event) -> Self {
        let (filled, opposite) = match side {
            Side::Actor => (&event.actor, &event.recipient),
            Side::Recipient => (&event.recipient, &event.actor),
        };
        let rule = event.provenance.first().map_or("", |p| p.rule.as_str());
        Self {
            side,
            word,
            lemma: Part::of(tree.lemma(word)),
            tag: Part::of(&tree.token(word).xpos[..1]),
            kind: Part::of(&event.plover),
            filled,
            opposite,
            rule: Part::of(rule),
            jointly: at.pages.reader.jointly(&event.plover),
            protest: event.plover == "PROTEST",
            found_by: if rule.ends_with("#reader") { part!("reader") } else { part!("page") },
            empty: yes(filled.is_empty()),
            learning: false,
        }
    }

    /// How many phrases stand between the word and one that bids, and how many others bid, those of the other side left out.
    fn standing(&self, phrases: &[Phrase], head: usize) -> (usize, usize) {
        let own = |p: &&Phrase| p.who.iter().all(|x| self.opposite.iter().any(|o| o.code == x.code));
        let others = phrases.iter().filter(|p| p.head != self.word && p.head != head && !own(p));
        let between = head.min(self.word)..head.max(self.word);
        others.fold((0, 0), |(near, all), p| (near + usize::from(between.contains(&p.head)), all + 1))
    }
}

/// Hear the bids for both sides of each event: an empty place is filled, and one that a pattern filled is given to another, where the
/// weights are sure enough.
pub(super) fn settle(at: At, found: &mut [(usize, Event)]) {
    if at.pages.sides.fill > 100 && at.pages.sides.replace > 100 {
        return;
    }
    let tree = &at.reader.trees[at.s];
    let phrases = if found.is_empty() { Vec::new() } else { Phrase::all(at) };
    for side in [Side::Actor, Side::Recipient] {
        for i in 0..found.len() {
            let (word, event) = (&found[i].0, &found[i].1);
            if side == Side::Recipient && at.pages.page(&event.plover).is_some_and(|p| p.together) {
                continue;
            }
            let asked = Asked::new(at, tree, side, *word, event);
            let Some((bid, percent)) = best(bids(at, &asked, (&phrases, found))) else { continue };
            let least = if asked.filled.is_empty() { at.pages.sides.fill } else { at.pages.sides.replace };
            let nobody_left = bid.who.is_empty() && asked.opposite.is_empty();
            if percent < least || nobody_left || same(&bid.who, asked.filled) {
                continue;
            }
            let spans = bid.words.iter().map(|&w| tree.subtree_span(w)).collect();
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
                Side::Actor => {
                    event.actor = bid.who.to_vec();
                    // "Bartered cotton for pipe with Ukraine": those who do it together do it to nobody.
                    if bid.words.len() > 1 {
                        event.recipient.retain(|r| !bid.who.iter().any(|a| alike(a, r)));
                    }
                }
                Side::Recipient => event.recipient = bid.who.to_vec(),
            }
        }
    }
}

/// The bids for both sides of each event, with all that is seen: what the weights are learnt from.
pub(super) fn all_bids<'w>(at: At<'w>, found: &[(usize, Event)]) -> Vec<[Vec<Bid<'w>>; 2]> {
    let (tree, phrases) = (&at.reader.trees[at.s], Phrase::all(at));
    let of = |(word, event): &(usize, Event)| {
        [Side::Actor, Side::Recipient].map(|side| {
            bids(at, &Asked { learning: true, ..Asked::new(at, tree, side, *word, event) }, (&phrases, found))
        })
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

/// All bids for one side of an event, by the phrases of the sentence; `found` are its events.
fn bids<'w>(at: At<'w>, asked: &Asked, (phrases, found): (&[Phrase], &[(usize, Event)])) -> Vec<Bid<'w>> {
    let mut out: Vec<Bid> = Vec::with_capacity(phrases.len() + 2);
    for phrase in phrases.iter().filter(|phrase| phrase.head != asked.word) {
        let who = &phrase.who;
        if !same(who, asked.opposite) || same(who, asked.filled) {
            let tally = of_phrase(at, asked, (phrases, found), phrase);
            out.push(Bid { who: Rc::clone(who), words: vec![phrase.head], tally });
        }
    }
    if asked.side == Side::Actor && asked.jointly {
        pairs(at, asked, phrases, &mut out);
    }
    let (kind, found_by) = (asked.kind, asked.found_by);
    let (is_empty, empty) = (asked.filled.is_empty(), asked.empty);
    // What a pattern has put together from several phrases stays a bid.
    if !is_empty && !out.iter().any(|b| same(&b.who, asked.filled)) {
        let mut tally = at.pages.sides.tally(asked.side, asked.learning);
        tally.see(&[part!("joint")]);
        tally.see(&[kind, part!("joint"), found_by]);
        tally.see(&[part!("joint"), Part::of(&sector(at, asked.filled))]);
        tally.see(&[kind, part!("chosen"), found_by]);
        tally.see(&[part!("chosen"), found_by, part!("false")]);
        out.push(Bid { who: asked.filled.into(), words: Vec::new(), tally });
    }
    let rest = out.iter().filter(|b| !same(&b.who, asked.opposite)).count().min(3);
    out.iter_mut().for_each(|b| b.tally.see(&[part!("rest"), few(rest), empty]));
    let mut codes: Vec<&str> = out.iter().flat_map(|b| &*b.who).map(|p| p.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let states = codes.len();
    let nobody = of_none(at, asked, part!("nobody"), rest, states);
    // The public of a state toward its government, and the reverse; of a riot in a town only the place is told.
    if let ([one], true) = (asked.opposite, is_empty)
        && one.code.len() == 3
        && (asked.side == Side::Recipient || asked.protest)
    {
        let official = one.sector.as_deref().is_none_or(|s| STATE.contains(&s));
        let sector = official.then(|| "CVL".to_owned());
        let tally = of_none(at, asked, part!("home"), rest, states);
        let public = Participant { sector, ..state(&one.code) };
        out.push(Bid { who: [public].into(), words: Vec::new(), tally });
    }
    out.push(Bid { who: at.nobody(), words: Vec::new(), tally: nobody });
    out
}

/// As many phrases as are tried in pairs.
const PAIRED: usize = 6;

/// The bids of each two phrases that may do it together: "a swap of electricity for water: Kyrgyzstan …, and Uzbekistan …".
fn pairs<'w>(at: At<'w>, asked: &Asked, phrases: &[Phrase], out: &mut Vec<Bid<'w>>) {
    let mut those: Vec<&Phrase> =
        phrases.iter().filter(|p| p.head != asked.word && p.who.len() == 1).collect();
    those.sort_by_key(|p| p.head.abs_diff(asked.word));
    those.truncate(PAIRED);
    those.sort_by_key(|p| p.head);
    for (i, one) in those.iter().enumerate() {
        for other in those[i + 1..].iter().filter(|other| other.who[0].code != one.who[0].code) {
            let who: Who = [one.who[0].clone(), other.who[0].clone()].into();
            if !same(&who, asked.filled) && !out.iter().any(|b| same(&b.who, &who)) {
                let tally = of_pair(at, asked, [one, other]);
                out.push(Bid { who, words: vec![one.head, other.head], tally });
            }
        }
    }
}

/// What is seen of two phrases together.
fn of_pair<'w>(at: At<'w>, asked: &Asked, both: [&Phrase; 2]) -> Tally<'w> {
    let tree = &at.reader.trees[at.s];
    let (word, kind, pair) = (asked.word, asked.kind, part!("pair"));
    let mut tally = at.pages.sides.tally(asked.side, asked.learning);
    tally.see(&[pair]);
    tally.see(&[pair, kind, asked.found_by, asked.empty]);
    tally.see(&[pair, kind, asked.tag]);
    tally.see(&[pair, part!("word"), asked.lemma]);
    for (nth, phrase) in [part!("first"), part!("second")].into_iter().zip(both) {
        let order = if phrase.head < word { part!("before") } else { part!("after") };
        let case = Part::of(&phrase.case);
        let direct = yes(tree.head(phrase.head) == Some(word));
        tally.see(&[pair, nth, phrase.relation, case, order]);
        tally.see(&[pair, kind, nth, phrase.relation, case, order]);
        tally.see(&[pair, nth, direct, phrase.relation]);
        tally.see(&[pair, kind, nth, phrase.by]);
        tally.see(&[pair, nth, part!("source"), yes(phrase.source || phrase.in_source)]);
        let chosen = phrase.who.iter().any(|x| asked.filled.iter().any(|y| alike(x, y)));
        let toward = phrase.who.iter().any(|x| asked.opposite.iter().any(|y| alike(x, y)));
        tally.see(&[pair, kind, nth, part!("chosen"), yes(chosen), yes(toward)]);
    }
    let [one, other] = both;
    let (first, second) = (Part::of(&one.case), Part::of(&other.case));
    tally.see(&[pair, one.relation, first, other.relation, second]);
    tally.see(&[pair, kind, one.relation, first, other.relation, second]);
    let of_sector = |phrase: &Phrase| phrase.who[0].sector.is_some();
    tally.see(&[pair, kind, part!("sectors"), yes(of_sector(one)), yes(of_sector(other))]);
    tally
}

/// What is seen of a phrase.
fn of_phrase<'w>(
    at: At<'w>,
    asked: &Asked,
    (phrases, found): (&[Phrase], &[(usize, Event)]),
    phrase: &Phrase,
) -> Tally<'w> {
    let tree = &at.reader.trees[at.s];
    let (head, by) = (phrase.head, phrase.by);
    let (who, case, sector) = (&*phrase.who, Part::of(&phrase.case), sector(at, &phrase.who));
    let sector = Part::of(&sector);
    let (word, kind, found_by, empty) = (asked.word, asked.kind, asked.found_by, asked.empty);
    let (path, steps) = path(tree, head, word, asked.learning);
    let (path, depth) = (path.part(), few(steps.max(1)));
    let own = who.iter().all(|p| asked.opposite.iter().any(|o| o.code == p.code));
    let kin = match (asked.opposite.is_empty(), own) {
        (true, _) => part!("alone"),
        (_, true) => part!("own"),
        _ => part!("other"),
    };
    let order = if head < word { part!("before") } else { part!("after") };
    let touches = |those: &[Participant]| who.iter().any(|x| those.iter().any(|y| alike(x, y)));
    let chosen = match (same(who, asked.filled), touches(asked.filled)) {
        (true, _) => part!("chosen"),
        (_, true) => part!("part"),
        _ => part!("not"),
    };
    let distance = match head.abs_diff(word) {
        0..=1 => part!("1"),
        2..=3 => part!("3"),
        4..=6 => part!("6"),
        7..=12 => part!("12"),
        _ => part!("20"),
    };
    let mut tally = at.pages.sides.tally(asked.side, asked.learning);
    tally.see(&[part!("path"), path]);
    tally.see(&[kind, part!("path"), path]);
    tally.see(&[part!("path"), path, by]);
    tally.see(&[part!("path"), path, kin, sector]);
    tally.see(&[part!("word"), asked.lemma, case, order]);
    tally.see(&[part!("head"), phrase.lemma, phrase.relation]);
    tally.see(&[kind, by, kin, empty]);
    tally.see(&[part!("case"), case, order]);
    tally.see(&[kind, part!("case"), case, order]);
    tally.see(&[kind, kin, sector]);
    tally.see(&[kin, sector, chosen]);
    tally.see(&[by, kin, case]);
    tally.see(&[kind, chosen, found_by]);
    tally.see(&[chosen, found_by, empty]);
    tally.see(&[asked.rule, chosen, empty]);
    tally.see(&[asked.rule, part!("path"), path]);
    tally.see(&[asked.rule, part!("case"), case, order]);
    tally.see(&[asked.rule, kin, sector]);
    // What the phrase hangs on, where that is not the event's own word: "officials in Riga said".
    if let Some(above) = tree.head(head).filter(|&above| above != word) {
        let above = Part::of(tree.lemma(above));
        tally.see(&[part!("under"), above, phrase.relation, case]);
        tally.see(&[part!("under"), above, by]);
    }
    // Which it is of those on its side of the word, counted from the word, that are not on the other side of the event.
    let (rank, others) = asked.standing(phrases, head);
    tally.see(&[part!("rank"), order, few(rank)]);
    tally.see(&[kind, part!("rank"), order, few(rank)]);
    tally.see(&[kind, part!("others"), few(others.min(3)), kin, empty]);
    tally.see(&[part!("others"), few(others.min(3)), by, kin, case]);
    let clause = |w: usize| std::iter::once(w).chain(tree.ancestors(w)).find(|&a| tree.upos(a) == Upos::VERB);
    let shared = yes(clause(head) == clause(word));
    tally.see(&[part!("clause"), shared, phrase.relation, case]);
    tally.see(&[kind, part!("clause"), shared, by, kin]);
    tally.see(&[kind, part!("head"), phrase.lemma, phrase.relation]);
    tally.see(&[asked.tag, order, phrase.relation]);
    tally.see(&[part!("upos"), Part::of(tree.upos(head).name()), by]);
    tally.see(&[part!("distance"), distance]);
    tally.see(&[part!("depth"), depth, order]);
    if phrase.source {
        tally.see(&[part!("source")]);
        tally.see(&[part!("source"), chosen]);
    }
    if phrase.in_source {
        tally.see(&[part!("in"), part!("source")]);
    }
    if phrase.in_time {
        tally.see(&[part!("in"), part!("time")]);
    }
    for (w, one) in found.iter().filter(|o| o.0 != word) {
        let near = if *w < word { part!("earlier") } else { part!("later") };
        for (role, those) in [(part!("actor"), &one.actor), (part!("recipient"), &one.recipient)] {
            if touches(those) {
                tally.see(&[role, part!("of"), part!("another")]);
                tally.see(&[kind, role, part!("of"), near, Part::of(&one.plover)]);
                tally.see(&[role, part!("of"), part!("another"), chosen, empty]);
            }
        }
    }
    tally
}

/// What speaks for `what`, nobody or those at home, of whom no phrase tells.
fn of_none<'w>(at: At<'w>, asked: &Asked, what: Part, rest: usize, states: usize) -> Tally<'w> {
    let tree = &at.reader.trees[at.s];
    let (word, kind, empty) = (asked.word, asked.kind, asked.empty);
    let opposite = sector(at, asked.opposite);
    let opposite = Part::of(&opposite);
    let object = tree.child(word, rel!["obj"]).is_some();
    let mut tally = at.pages.sides.tally(asked.side, asked.learning);
    tally.see(&[what]);
    tally.see(&[what, kind, asked.found_by, empty]);
    tally.see(&[what, empty, few(rest)]);
    tally.see(&[what, kind, few(rest)]);
    tally.see(&[what, kind, asked.tag, yes(object)]);
    tally.see(&[what, asked.rule, empty]);
    tally.see(&[what, part!("word"), asked.lemma]);
    tally.see(&[what, kind, part!("toward"), opposite, empty]);
    tally.see(&[what, kind, part!("toward"), opposite]);
    tally.see(&[what, kind, part!("filled"), Part::of(&sector(at, asked.filled))]);
    tally.see(&[what, part!("states"), few(states.min(4))]);
    tally.see(&[what, kind, part!("states"), few(states.min(3))]);
    tally.see(&[what, part!("opposite"), few(asked.opposite.len().min(3))]);
    tally.see(&[what, part!("infinitive"), yes(infinitive(tree, word))]);
    tally
}

/// A small number by its name; above seven they are as one.
fn few(number: usize) -> Part<'static> {
    const NUMBERS: [Part; 8] = [
        Part::of("0"),
        Part::of("1"),
        Part::of("2"),
        Part::of("3"),
        Part::of("4"),
        Part::of("5"),
        Part::of("6"),
        Part::of("7"),
    ];
    NUMBERS[number.min(7)]
}

fn yes(is: bool) -> Part<'static> {
    if is { part!("true") } else { part!("false") }
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
fn sector<'p, 'w: 'p>(at: At<'w>, who: &'p [Participant]) -> Cow<'p, str> {
    match who.first() {
        None => "-".into(),
        Some(Participant { sector: Some(sector), .. }) => sector.into(),
        Some(p) => at.sector_of(&p.code).into(),
    }
}

/// Whether a word is the subject of a verb whose clause is told as so: the source of what is told.
fn is_source(at: At, word: usize) -> bool {
    let tree = &at.reader.trees[at.s];
    tree.relation(word) == "nsubj"
        && tree.head(word).is_some_and(|v| at.pages.realis.told.contains(tree.lemma(v)))
}

/// What hangs together by more steps is far.
const LONGEST_PATH: usize = 5;

/// How a word hangs together with another: the relations up, with prepositions, then down; and in how many steps.
fn path(tree: &Tree, from: usize, to: usize, learning: bool) -> (Spelt, usize) {
    let (mut path, mut steps, mut at) = (Spelt::new(learning), 0, from);
    // A preposition of two words looks like a step more.
    let mut blanks = 0;
    while at != to && !tree.below(to, at) {
        if steps > 0 {
            path.push(part!(" "));
        }
        let poss = tree.deprel(at) == "nmod:poss";
        path.push(if poss { part!("poss") } else { Part::of(tree.relation(at)) });
        if path_has_case(tree, at)
            && let Some(case) = tree.case(at)
        {
            path.push(part!(":"));
            path.push(Part::of(&case));
            blanks += case.matches(' ').count();
        }
        path.push(part!(">"));
        steps += 1;
        let Some(head) = tree.head(at) else { break };
        at = head;
    }
    let low = || std::iter::once(to).chain(tree.ancestors(to)).take_while(|&w| w != at);
    let down = low().count();
    if steps + down > LONGEST_PATH {
        let mut far = Spelt::new(learning);
        far.push(part!("far"));
        return (far, 1);
    }
    for (nth, word) in (0..down).rev().filter_map(|nth| low().nth(nth)).enumerate() {
        path.push(if steps + nth == 0 { part!("<") } else { part!(" <") });
        path.push(Part::of(tree.relation(word)));
    }
    (path, steps + down + blanks)
}

/// Whether the preposition before a word on a path is told.
fn path_has_case(tree: &Tree, word: usize) -> bool {
    matches!(tree.relation(word), "obl" | "nmod") && tree.deprel(word) != "nmod:poss"
}

impl At<'_> {
    /// Whom a phrase means, itself, by its owner or by where it stands; of joined phrases the first speaks for all.
    fn bidder(&self, head: usize) -> Option<(Who, Part<'static>)> {
        let tree = &self.reader.trees[self.s];
        let noun = matches!(tree.upos(head), Upos::NOUN | Upos::PROPN | Upos::PRON);
        if !noun || matches!(tree.relation(head), "compound" | "flat" | "conj" | "det") {
            return None;
        }
        let known = |who: &Who| who.iter().any(|p| !p.code.is_empty() || p.sector.is_some());
        let itself = Some((self.actors(head), part!("self"))).filter(|found| known(&found.0));
        let other = || match tree.upos(head) {
            Upos::PRON => None,
            _ => [(self.owners(head), part!("owner")), (self.recipients(head), part!("place"))]
                .into_iter()
                .find(|found| known(&found.0)),
        };
        let (who, by) = itself.or_else(other)?;
        Some((self.on_the_day(who), by))
    }

    /// The same, states being those that stood on the day of the text.
    fn on_the_day(&self, who: Who) -> Who {
        let Some(day) = self.reader.document.reference_date() else { return who };
        let knowledge = self.reader.knowledge;
        let then = |p: &Participant| knowledge.state_on(&p.code, day) != p.code;
        let of_then =
            |p: &Participant| Participant { code: knowledge.state_on(&p.code, day).to_owned(), ..p.clone() };
        match who.iter().any(then) {
            true => who.iter().map(of_then).collect(),
            false => who,
        }
    }
}
