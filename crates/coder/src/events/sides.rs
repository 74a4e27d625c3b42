//! Who acts and toward whom, as all phrases of a sentence bid for it: what no pattern names is told by where it stands.

use chancery_model::{Event, Leaning, Participant, Provenance, Span};

use super::SideBid;
use super::bidders::{Bidder, Bits, Phrase, Those, clause, few, part, sector, yes};
use super::frame::infinitive;
use super::pronouns::lacks_a_subject;
use super::who::{At, STATE};
use crate::codebook::{Names, Part, Side, Sight, Spelt, Tally};
use crate::relations::rel;
use crate::tree::Tree;

/// Somebody, or nobody, who may fill a place of an event, with what is seen of them.
struct Bid<'p, S> {
    who: Bidder<'p>,
    those: Those,
    seen: S,
}

/// Those who fill a side, with the heads of their phrases.
type Filling = (Vec<Participant>, Vec<usize>);

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
    /// The same two.
    those: [Those; 2],
    rule: Part<'e>,
    /// Whether it is asked who acts, and several may do it together.
    jointly: bool,
    /// Whether it is a protest, of which the crowd may go without saying.
    protest: bool,
    found_by: Part<'static>,
    /// Whether the pattern has put nobody there.
    empty: Part<'static>,
    /// The verb of its clause.
    clause: Option<usize>,
    /// What the network that reads for events leans to.
    leaning: Option<&'e Leaning>,
}

impl<'e> Asked<'e> {
    fn new<'r: 'e>(at: At<'r>, side: Side, at_word: &'e (usize, Event), sides: [Those; 2]) -> Self {
        let (tree, word, event) = (&at.reader.trees[at.s], at_word.0, &at_word.1);
        let [actor, recipient] = sides;
        let (filled, opposite, those) = match side {
            Side::Actor => (&event.actor, &event.recipient, [actor, recipient]),
            Side::Recipient => (&event.recipient, &event.actor, [recipient, actor]),
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
            those,
            rule: Part::of(rule),
            jointly: side == Side::Actor && at.pages.reader.jointly(&event.plover),
            protest: event.plover == "PROTEST",
            found_by: if rule.ends_with("#reader") { part!("reader") } else { part!("page") },
            empty: yes(filled.is_empty()),
            clause: clause(tree, word),
            leaning: tree.token(word).leaning.as_ref(),
        }
    }

    /// What the network says for a bidder, a logarithm as the sums of weights are.
    fn leans_to(&self, bidder: Bidder) -> f32 {
        let Some(leaning) = self.leaning else { return 0.0 };
        let side = self.side as usize;
        let [nobody, home, put, any_two] = leaning.others[side].map(f32::from);
        let heads = |phrase: &Phrase, place: usize| {
            leaning.words.get(phrase.head).map_or(0.0, |row| f32::from(row[place]))
        };
        let hundredths = match bidder {
            Bidder::Phrase(phrase) => heads(phrase, side),
            Bidder::Pair(both) => any_two + both.iter().map(|phrase| heads(phrase, 2 + side)).sum::<f32>(),
            Bidder::Put(_) => put,
            Bidder::Home(..) => home,
            Bidder::Nobody => nobody,
            Bidder::Publisher(_) => 0.0,
        };
        hundredths / 100.0
    }

    /// How many phrases stand between the word and one that bids, and how many others bid, those of the other side left out.
    fn standing(&self, phrases: &[Phrase], head: usize) -> (usize, usize) {
        let other = |p: &&Phrase| p.head != self.word && p.head != head && !p.those.are_of(self.those[1]);
        let between = head.min(self.word)..head.max(self.word);
        let others = phrases.iter().filter(other);
        others.fold((0, 0), |(near, all), p| (near + usize::from(between.contains(&p.head)), all + 1))
    }
}

/// A side that a pattern fills is said to be doubtful where the weights are less sure of it than this, in hundredths.
const DOUBTED: u8 = 50;

/// Hear the bids for both sides of each event: an empty place is filled, and one that a pattern filled is given to another, where the
/// weights are sure enough. How sure they are of who stays there counts for how sure the event is.
pub(super) fn settle(at: At, found: &mut [(usize, Event)]) {
    if at.pages.sides.fill > 100 && at.pages.sides.replace > 100 {
        return;
    }
    if found.is_empty() {
        return;
    }
    let (tree, bits) = (&at.reader.trees[at.s], Bits::default());
    let phrases = Phrase::all(at, &bits, false);
    let ways = ways(tree, found, &phrases, false);
    let mut sides: Vec<[Those; 2]> = found.iter().map(|(_, event)| both(&bits, event)).collect();
    let mut sure = vec![1.0; found.len()];
    for side in [Side::Actor, Side::Recipient] {
        for i in 0..found.len() {
            if side == Side::Recipient && at.pages.page(&found[i].1.plover).is_some_and(|p| p.together) {
                continue;
            }
            // "We condemned it": whoever speaks, it is nobody whom the sentence names.
            if side == Side::Actor && found[i].1.actor.is_empty() && at.is_by_a_speaker(found[i].0) {
                continue;
            }
            let sentence = Sentence { phrases: &phrases, ways: &ways, found, sides: &sides, bits: &bits };
            let (share, other) = sentence.likeliest(at, side, i);
            sure[i] *= share;
            let percent = hundredths(share);
            let read = at.reader.trees[at.s].token(found[i].0).leaning.is_some();
            let and = if read { " and how a network reads it" } else { "" };
            let by = || format!("sure by {percent} in 100, by where it stands in the sentence{and}");
            let event = &mut found[i].1;
            let Some((who, words)) = other else {
                if percent < DOUBTED {
                    let told = event.provenance.iter_mut().filter(|p| p.field == side.field());
                    told.filter_map(|p| p.why.as_mut()).for_each(|why| *why += &format!("; only {}", by()));
                }
                continue;
            };
            // Those at home are known by the words that name their state, on the other side.
            let spans = match words.as_slice() {
                [] if !who.is_empty() => spans_of(event, side.other()),
                words => words.iter().map(|&w| tree.subtree_span(w)).collect(),
            };
            let why = Some(format!("{}: {}", shown(&who), by()));
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
                    // Nobody does it to himself, nor "bartered cotton for pipe with Ukraine" to one of both.
                    let those = bits.of(&who);
                    if words.len() > 1 || those == sides[i][1] {
                        event.recipient.retain(|r| !those.meet(bits.of(std::slice::from_ref(r))));
                    }
                    event.actor = who;
                }
                Side::Recipient => event.recipient = who,
            }
            sides[i] = both(&bits, event);
        }
    }
    for ((_, event), sure) in found.iter_mut().zip(sure) {
        without_themselves(event);
        event.confidence = event.confidence.map(|c| at.pages.sureness.of_row(c, hundredths(sure)));
    }
}

/// Where several act or several are acted on, none of those who act is: of 8 such rows in sentences left out 1 was right, 4 are without.
fn without_themselves(event: &mut Event) {
    let Event { actor, recipient, provenance, .. } = event;
    if actor.len() < 2 && recipient.len() < 2 {
        return;
    }
    recipient.retain(|r| r.code.is_empty() || r.sector.is_some() || actor.iter().all(|a| a.code != r.code));
    if recipient.is_empty() {
        provenance.retain(|p| p.field != Side::Recipient.field());
    }
}

/// The words from which a side of an event was read.
fn spans_of(event: &Event, side: Side) -> Vec<Span> {
    event.provenance.iter().filter(|p| p.field == side.field()).flat_map(|p| p.spans.clone()).collect()
}

/// A share in hundredths, rounded down.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is between 0 and 1")]
fn hundredths(share: f32) -> u8 {
    (share * 100.0) as u8
}

/// Actors and recipients of an event.
fn both(bits: &Bits, event: &Event) -> [Those; 2] {
    [&event.actor, &event.recipient].map(|who| bits.of(who))
}

/// A sentence with all who may fill the sides of its events.
#[derive(Clone, Copy)]
struct Sentence<'p> {
    phrases: &'p [Phrase<'p>],
    /// How each of them hangs together with the word of each event.
    ways: &'p [Vec<Way>],
    /// Its events, each with its word.
    found: &'p [(usize, Event)],
    /// Actors and recipients of each.
    sides: &'p [[Those; 2]],
    bits: &'p Bits,
}

impl Sentence<'_> {
    /// The share of those who fill a side of an event; and who they are, where the weights are sure enough that they are not those whom the
    /// patterns have put there.
    fn likeliest(self, at: At, side: Side, event: usize) -> (f32, Option<Filling>) {
        let asked = Asked::new(at, side, &self.found[event], self.sides[event]);
        let mut bids = bids::<Tally>(at, &asked, self, &self.ways[event]);
        bids.iter_mut().for_each(|bid| bid.seen.sum += asked.leans_to(bid.who));
        shares(&mut bids);
        let share = |bid: &Bid<Tally>| bid.seen.sum;
        let put = bids.iter().find(|bid| bid.those == asked.those[0]).map_or(0.0, share);
        let likelier = |a: usize, b: usize| if share(&bids[b]) > share(&bids[a]) { b } else { a };
        let first = (0..bids.len()).reduce(likelier);
        let Some(first) = first.and_then(|first| bids.into_iter().nth(first)) else { return (put, None) };
        let least = if asked.filled.is_empty() { at.pages.sides.fill } else { at.pages.sides.replace };
        let nobody_left = first.those.is_nobody() && asked.opposite.is_empty();
        let other = hundredths(share(&first)) >= least && !nobody_left && first.those != asked.those[0];
        if !other {
            return (put, None);
        }
        (share(&first), Some((first.who.participants(), first.who.words())))
    }
}

/// The bids for both sides of each event, with all that is seen: what the weights are learnt from.
pub(super) fn all_bids(at: At, found: &[(usize, Event)]) -> Vec<[Vec<SideBid>; 2]> {
    let bits = Bits::default();
    let phrases = Phrase::all(at, &bits, true);
    let sides: Vec<[Those; 2]> = found.iter().map(|(_, event)| both(&bits, event)).collect();
    let ways = ways(&at.reader.trees[at.s], found, &phrases, true);
    let sentence = Sentence { phrases: &phrases, ways: &ways, found, sides: &sides, bits: &bits };
    let of = |event: usize| {
        [Side::Actor, Side::Recipient].map(|side| {
            let asked = Asked::new(at, side, &found[event], sides[event]);
            let bids = bids::<Names>(at, &asked, sentence, &ways[event]).into_iter();
            let told = |bid: Bid<'_, Names>| SideBid {
                who: bid.who.participants(),
                words: bid.who.words(),
                seen: bid.seen.0,
            };
            bids.map(told).collect()
        })
    };
    (0..found.len()).map(of).collect()
}

/// Codes with their sectors, as a reader sees them.
fn shown(who: &[Participant]) -> String {
    let code = |p: &Participant| match &p.sector {
        Some(sector) => format!("{}.{sector}", p.code),
        None => p.code.clone(),
    };
    if who.is_empty() { "nobody".to_owned() } else { who.iter().map(code).collect::<Vec<_>>().join(", ") }
}

/// From sums of weights to shares; those of bids for the same are summed where the first of them stands.
fn shares(bids: &mut [Bid<'_, Tally<'_>>]) {
    let most = bids.iter().map(|b| b.seen.sum).fold(f32::MIN, f32::max);
    let mut total = 0.0;
    for i in 0..bids.len() {
        let share = (bids[i].seen.sum - most).exp();
        total += share;
        bids[i].seen.sum = 0.0;
        let first = bids[..=i].iter().position(|b| b.those == bids[i].those).unwrap_or(i);
        bids[first].seen.sum += share;
    }
    bids.iter_mut().for_each(|bid| bid.seen.sum /= total);
}

/// All bids for one side of an event, by the phrases of the sentence.
fn bids<'w: 'p, 'p, S: Sight<'w>>(
    at: At<'w>,
    asked: &Asked<'p>,
    sentence: Sentence<'p>,
    ways: &[Way],
) -> Vec<Bid<'p, S>> {
    let (phrases, [filled, opposite]) = (sentence.phrases, asked.those);
    let mut out: Vec<Bid<S>> = Vec::with_capacity(phrases.len() + 3);
    for (phrase, way) in phrases.iter().zip(ways).filter(|(phrase, _)| phrase.head != asked.word) {
        let those = phrase.those;
        // Those to whom a pattern has it done may be who does: "paid for by Tokyo".
        if asked.side == Side::Actor || those != opposite || those == filled {
            let seen = of_phrase(at, asked, sentence, (phrase, way));
            out.push(Bid { who: Bidder::Phrase(phrase), those, seen });
        }
    }
    if asked.jointly {
        pairs(at, asked, phrases, &mut out);
    }
    let (kind, found_by) = (asked.kind, asked.found_by);
    let (is_empty, empty) = (asked.filled.is_empty(), asked.empty);
    // What a pattern has put together from several phrases stays a bid.
    if !is_empty && !out.iter().any(|b| b.those == filled) {
        let mut seen = S::of(&at.pages.sides, asked.side);
        seen.see(&[part!("joint")]);
        seen.see(&[kind, part!("joint"), found_by]);
        seen.see(&[part!("joint"), Part::of(&sector(at, asked.filled))]);
        seen.see(&[kind, part!("chosen"), found_by]);
        seen.see(&[part!("chosen"), found_by, part!("false")]);
        out.push(Bid { who: Bidder::Put(asked.filled), those: filled, seen });
    }
    let rest = out.iter().filter(|b| b.those != opposite).take(3).count();
    out.iter_mut().for_each(|b| b.seen.see(&[part!("rest"), few(rest), empty]));
    let states = out.iter().fold(Those::default(), |all, bid| all.and(bid.those)).states();
    let nobody = of_none(at, asked, part!("nobody"), rest, states);
    // The public of a state toward its government, and the reverse; of a riot in a town only the place is told. In readouts and texts of those
    // who act themselves nobody goes without saying: of 13 such recipients in official texts that were left out 2 were right, of 104 in news 61.
    let unsaid = at.reader.cast.publisher.is_none() && at.scene.sides.len() < 2;
    if let ([one], true) = (asked.opposite, is_empty && unsaid)
        && one.code.len() == 3
        && (asked.side == Side::Recipient || asked.protest)
    {
        let official = one.sector.as_deref().is_none_or(|s| STATE.contains(&s));
        let sector = official.then_some("CVL");
        let seen = of_none(at, asked, part!("home"), rest, states);
        let those = sentence.bits.one(&one.code, sector);
        out.push(Bid { who: Bidder::Home(&one.code, sector), those, seen });
    }
    if let Some(code) = at.reader.cast.publisher.as_deref()
        && asked.side == Side::Actor
        && lacks_a_subject(&at.reader.trees[at.s], asked.word)
    {
        let seen = of_none(at, asked, part!("publisher"), rest, states);
        out.push(Bid { who: Bidder::Publisher(code), those: sentence.bits.one(code, None), seen });
    }
    out.push(Bid { who: Bidder::Nobody, those: Those::default(), seen: nobody });
    out
}

/// As many phrases as are tried in pairs.
const PAIRED: usize = 6;

/// As many as may be joined in a phrase of a pair: "the Maldives joined Riyadh and Cairo".
const JOINED: usize = 3;

/// The bids of each two phrases that may do it together: "a swap of electricity for water: Kyrgyzstan …, and Uzbekistan …".
fn pairs<'w, 'p, S: Sight<'w>>(
    at: At<'w>,
    asked: &Asked,
    phrases: &'p [Phrase<'p>],
    out: &mut Vec<Bid<'p, S>>,
) {
    let mut those: Vec<&Phrase> =
        phrases.iter().filter(|p| p.head != asked.word && (1..=JOINED).contains(&p.who.len())).collect();
    those.sort_by_key(|p| p.head.abs_diff(asked.word));
    those.truncate(PAIRED);
    those.sort_by_key(|p| p.head);
    for (i, one) in those.iter().enumerate() {
        for other in those[i + 1..].iter().filter(|other| !other.those.share_codes(one.those)) {
            let those = one.those.and(other.those);
            if those != asked.those[0] && !out.iter().any(|b| b.those == those) {
                let seen = of_pair(at, asked, [one, other]);
                out.push(Bid { who: Bidder::Pair([one, other]), those, seen });
            }
        }
    }
}

/// What is seen of two phrases together.
fn of_pair<'w, S: Sight<'w>>(at: At<'w>, asked: &Asked, both: [&Phrase; 2]) -> S {
    let tree = &at.reader.trees[at.s];
    let (word, kind, pair) = (asked.word, asked.kind, part!("pair"));
    let mut seen = S::of(&at.pages.sides, asked.side);
    seen.see(&[pair]);
    seen.see(&[pair, kind, asked.found_by, asked.empty]);
    seen.see(&[pair, kind, asked.tag]);
    seen.see(&[pair, part!("word"), asked.lemma]);
    for (nth, phrase) in [part!("first"), part!("second")].into_iter().zip(both) {
        let order = if phrase.head < word { part!("before") } else { part!("after") };
        let case = phrase.case.part();
        let direct = yes(tree.head(phrase.head) == Some(word));
        seen.see(&[pair, nth, phrase.relation, case, order]);
        seen.see(&[pair, kind, nth, phrase.relation, case, order]);
        seen.see(&[pair, nth, direct, phrase.relation]);
        seen.see(&[pair, kind, nth, phrase.by]);
        seen.see(&[pair, nth, part!("source"), yes(phrase.source || phrase.in_source)]);
        let [chosen, toward] = asked.those.map(|those| yes(phrase.those.meet(those)));
        seen.see(&[pair, kind, nth, part!("chosen"), chosen, toward]);
    }
    let [one, other] = both;
    let (first, second) = (one.case.part(), other.case.part());
    seen.see(&[pair, one.relation, first, other.relation, second]);
    seen.see(&[pair, kind, one.relation, first, other.relation, second]);
    let of_sector = |phrase: &Phrase| phrase.who[0].sector.is_some();
    seen.see(&[pair, kind, part!("sectors"), yes(of_sector(one)), yes(of_sector(other))]);
    seen
}

/// What is seen of a phrase.
fn of_phrase<'w, S: Sight<'w>>(
    at: At<'w>,
    asked: &Asked,
    sentence: Sentence,
    (phrase, way): (&Phrase, &Way),
) -> S {
    let (head, by, those) = (phrase.head, phrase.by, phrase.those);
    let (case, sector) = (phrase.case.part(), phrase.sector.part());
    let (word, kind, found_by, empty) = (asked.word, asked.kind, asked.found_by, asked.empty);
    let (path, depth) = (way.path.part(), few(way.steps.max(1)));
    let [filled, opposite] = asked.those;
    let kin = match () {
        () if opposite.is_nobody() => part!("alone"),
        () if those.are_of(opposite) => part!("own"),
        () => part!("other"),
    };
    let order = if head < word { part!("before") } else { part!("after") };
    let chosen = match () {
        () if those == filled => part!("chosen"),
        () if those.meet(filled) => part!("part"),
        () => part!("not"),
    };
    let distance = match head.abs_diff(word) {
        0..=1 => part!("1"),
        2..=3 => part!("3"),
        4..=6 => part!("6"),
        7..=12 => part!("12"),
        _ => part!("20"),
    };
    let mut seen = S::of(&at.pages.sides, asked.side);
    seen.see(&[part!("path"), path]);
    seen.see(&[kind, part!("path"), path]);
    seen.see(&[part!("path"), path, by]);
    seen.see(&[part!("path"), path, kin, sector]);
    seen.see(&[part!("word"), asked.lemma, case, order]);
    seen.see(&[part!("head"), phrase.lemma, phrase.relation]);
    seen.see(&[kind, by, kin, empty]);
    seen.see(&[part!("case"), case, order]);
    seen.see(&[kind, part!("case"), case, order]);
    seen.see(&[kind, kin, sector]);
    seen.see(&[kin, sector, chosen]);
    seen.see(&[by, kin, case]);
    seen.see(&[kind, chosen, found_by]);
    seen.see(&[chosen, found_by, empty]);
    seen.see(&[asked.rule, chosen, empty]);
    seen.see(&[asked.rule, part!("path"), path]);
    seen.see(&[asked.rule, part!("case"), case, order]);
    seen.see(&[asked.rule, kin, sector]);
    // What the phrase hangs on, where that is not the event's own word: "officials in Riga said".
    if let Some((_, above)) = phrase.above.filter(|above| above.0 != word) {
        seen.see(&[part!("under"), above, phrase.relation, case]);
        seen.see(&[part!("under"), above, by]);
    }
    // Which it is of those on its side of the word, counted from the word, that are not on the other side of the event.
    let (rank, others) = asked.standing(sentence.phrases, head);
    seen.see(&[part!("rank"), order, few(rank)]);
    seen.see(&[kind, part!("rank"), order, few(rank)]);
    seen.see(&[kind, part!("others"), few(others.min(3)), kin, empty]);
    seen.see(&[part!("others"), few(others.min(3)), by, kin, case]);
    let shared = yes(phrase.clause == asked.clause);
    seen.see(&[part!("clause"), shared, phrase.relation, case]);
    seen.see(&[kind, part!("clause"), shared, by, kin]);
    seen.see(&[kind, part!("head"), phrase.lemma, phrase.relation]);
    seen.see(&[asked.tag, order, phrase.relation]);
    seen.see(&[part!("upos"), phrase.upos, by]);
    seen.see(&[part!("distance"), distance]);
    seen.see(&[part!("depth"), depth, order]);
    if phrase.source {
        seen.see(&[part!("source")]);
        seen.see(&[part!("source"), chosen]);
    }
    if phrase.in_source {
        seen.see(&[part!("in"), part!("source")]);
    }
    if phrase.in_time {
        seen.see(&[part!("in"), part!("time")]);
    }
    for ((w, one), sides) in sentence.found.iter().zip(sentence.sides).filter(|o| o.0.0 != word) {
        let near = if *w < word { part!("earlier") } else { part!("later") };
        for (role, side) in [part!("actor"), part!("recipient")].into_iter().zip(sides) {
            if those.meet(*side) {
                seen.see(&[role, part!("of"), part!("another")]);
                seen.see(&[kind, role, part!("of"), near, Part::of(&one.plover)]);
                seen.see(&[role, part!("of"), part!("another"), chosen, empty]);
            }
        }
    }
    seen
}

/// What speaks for `what`, nobody or those at home, of whom no phrase tells.
fn of_none<'w, S: Sight<'w>>(at: At<'w>, asked: &Asked, what: Part, rest: usize, states: usize) -> S {
    let tree = &at.reader.trees[at.s];
    let (word, kind, empty) = (asked.word, asked.kind, asked.empty);
    let opposite = sector(at, asked.opposite);
    let opposite = Part::of(&opposite);
    let object = tree.child(word, rel!["obj"]).is_some();
    let mut seen = S::of(&at.pages.sides, asked.side);
    seen.see(&[what]);
    seen.see(&[what, kind, asked.found_by, empty]);
    seen.see(&[what, empty, few(rest)]);
    seen.see(&[what, kind, few(rest)]);
    seen.see(&[what, kind, asked.tag, yes(object)]);
    seen.see(&[what, asked.rule, empty]);
    seen.see(&[what, part!("word"), asked.lemma]);
    seen.see(&[what, kind, part!("toward"), opposite, empty]);
    seen.see(&[what, kind, part!("toward"), opposite]);
    seen.see(&[what, kind, part!("filled"), Part::of(&sector(at, asked.filled))]);
    seen.see(&[what, part!("states"), few(states.min(4))]);
    seen.see(&[what, kind, part!("states"), few(states.min(3))]);
    seen.see(&[what, part!("opposite"), few(asked.opposite.len().min(3))]);
    seen.see(&[what, part!("infinitive"), yes(infinitive(tree, word))]);
    seen
}

/// What hangs together by more steps is far.
const LONGEST_PATH: usize = 5;

/// How a word hangs together with another.
struct Way {
    /// The relations up, with prepositions, then down.
    path: Spelt,
    steps: usize,
}

impl Way {
    fn of(tree: &Tree, from: usize, to: usize, learning: bool) -> Self {
        let (mut path, mut steps, mut at) = (Spelt::new(learning), 0, from);
        // A preposition of two words looks like a step more.
        let mut blanks = 0;
        while at != to && !tree.below(to, at) {
            if steps > 0 {
                path.push(" ");
            }
            let poss = tree.deprel(at) == "nmod:poss";
            path.push(if poss { "poss" } else { tree.relation(at) });
            if path_has_case(tree, at)
                && let Some(case) = tree.case(at)
            {
                path.push(":");
                path.push(&case);
                blanks += case.matches(' ').count();
            }
            path.push(">");
            steps += 1;
            let Some(head) = tree.head(at) else { break };
            at = head;
        }
        let low = || std::iter::once(to).chain(tree.ancestors(to)).take_while(|&w| w != at);
        let down = low().count();
        if steps + down > LONGEST_PATH {
            return Self { path: Spelt::of("far", learning), steps: 1 };
        }
        for (nth, word) in (0..down).rev().filter_map(|nth| low().nth(nth)).enumerate() {
            path.push(if steps + nth == 0 { "<" } else { " <" });
            path.push(tree.relation(word));
        }
        Self { path, steps: steps + down + blanks }
    }
}

/// How each phrase hangs together with the word of each event.
fn ways(tree: &Tree, found: &[(usize, Event)], phrases: &[Phrase], learning: bool) -> Vec<Vec<Way>> {
    let to = |word: usize| phrases.iter().map(|p| Way::of(tree, p.head, word, learning)).collect();
    found.iter().map(|&(word, _)| to(word)).collect()
}

/// Whether the preposition before a word on a path is told.
fn path_has_case(tree: &Tree, word: usize) -> bool {
    matches!(tree.relation(word), "obl" | "nmod") && tree.deprel(word) != "nmod:poss"
}
