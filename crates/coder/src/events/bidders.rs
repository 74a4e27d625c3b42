//! Those of a sentence who may fill the sides of its events: whom its phrases mean, and what is seen of a phrase by itself.

use std::borrow::Cow;
use std::cell::RefCell;

use chancery_model::{Participant, Upos};

use super::memo::Who;
use super::who::At;
use crate::codebook::{Agent, Part, Spelt};
use crate::relations::rel;
use crate::resolve::state;
use crate::scan::Kind;
use crate::tree::Tree;
use crate::words;

/// A word of the names of `sides.csv`, spelt out when the program is built.
macro_rules! part {
    ($word:literal) => {
        const { $crate::codebook::Part::of($word) }
    };
}
pub(super) use part;

/// A small number by its name; above seven they are as one.
pub(super) fn few(number: usize) -> Part<'static> {
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

pub(super) fn yes(is: bool) -> Part<'static> {
    if is { part!("true") } else { part!("false") }
}

/// Some of those whom a sentence means, one bit for each; where it means more than there are bits, the last are as one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Those {
    /// States or bodies with their sectors, whatever the names of persons.
    kinds: u128,
    /// Their codes.
    codes: u128,
}

impl Those {
    /// Whether they have somebody in common.
    pub(super) fn meet(self, other: Self) -> bool {
        self.kinds & other.kinds != 0
    }

    /// Whether all of them are of states and bodies that are among these.
    pub(super) fn are_of(self, other: Self) -> bool {
        self.codes & !other.codes == 0
    }

    /// Whether some of both are of one state or body.
    pub(super) fn share_codes(self, other: Self) -> bool {
        self.codes & other.codes != 0
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self { kinds: self.kinds | other.kinds, codes: self.codes | other.codes }
    }

    pub(super) fn is_nobody(self) -> bool {
        self.kinds == 0
    }

    /// Of how many states and bodies they are.
    pub(super) fn states(self) -> usize {
        self.codes.count_ones() as usize
    }
}

/// The bits of [`Those`] whom a sentence means, by the hashes of their codes and sectors.
#[derive(Debug)]
pub(super) struct Bits {
    kinds: RefCell<Vec<u64>>,
    codes: RefCell<Vec<u64>>,
}

impl Default for Bits {
    fn default() -> Self {
        let room = || RefCell::new(Vec::with_capacity(16));
        Self { kinds: room(), codes: room() }
    }
}

impl Bits {
    pub(super) fn of(&self, who: &[Participant]) -> Those {
        who.iter().fold(Those::default(), |all, one| all.and(self.one(&one.code, one.sector.as_deref())))
    }

    pub(super) fn one(&self, code: &str, sector: Option<&str>) -> Those {
        let bit = |known: &RefCell<Vec<u64>>, hash: u64| {
            let known = &mut *known.borrow_mut();
            let place = known.iter().position(|&other| other == hash).unwrap_or_else(|| {
                known.push(hash);
                known.len() - 1
            });
            1 << place.min(127)
        };
        let hash = words::hash(code);
        let kind = sector.map_or(hash, |sector| hash.rotate_left(1) ^ words::hash(sector));
        Those { kinds: bit(&self.kinds, kind), codes: bit(&self.codes, hash) }
    }
}

/// Those who would fill a place.
#[derive(Clone, Copy)]
pub(super) enum Bidder<'p> {
    /// Whom a phrase means.
    Phrase(&'p Phrase<'p>),
    /// Those whom two phrases mean together.
    Pair([&'p Phrase<'p>; 2]),
    /// Those whom a pattern has put together from several phrases.
    Put(&'p [Participant]),
    /// Those of a state of whom no phrase tells, of a sector where that is not the state's own.
    Home(&'p str, Option<&'static str>),
    /// Those who publish the text, where a clause has no subject: "Condemns the attack".
    Publisher(&'p str),
    Nobody,
}

impl Bidder<'_> {
    /// Heads of the phrases that name them.
    pub(super) fn words(self) -> Vec<usize> {
        match self {
            Self::Phrase(phrase) => vec![phrase.head],
            Self::Pair([one, other]) => vec![one.head, other.head],
            _ => Vec::new(),
        }
    }

    pub(super) fn participants(self) -> Vec<Participant> {
        match self {
            Self::Phrase(phrase) => phrase.who.to_vec(),
            Self::Pair([one, other]) => [&*one.who, &*other.who].concat(),
            Self::Put(who) => who.to_vec(),
            Self::Home(code, sector) => {
                vec![Participant { sector: sector.map(str::to_owned), ..state(code) }]
            }
            Self::Publisher(code) => vec![state(code)],
            Self::Nobody => Vec::new(),
        }
    }
}

/// A phrase that bids for the sides of every event of its sentence, with what is the same for all.
pub(super) struct Phrase<'t> {
    pub(super) head: usize,
    pub(super) who: Who,
    pub(super) those: Those,
    /// Whether they are meant by the phrase itself, by its owner, by where it stands, or by who publishes the text.
    pub(super) by: Part<'static>,
    pub(super) lemma: Part<'t>,
    pub(super) upos: Part<'static>,
    pub(super) relation: Part<'t>,
    pub(super) case: Spelt,
    pub(super) sector: Spelt,
    /// The word that it hangs on.
    pub(super) above: Option<(usize, Part<'t>)>,
    /// The verb of its clause.
    pub(super) clause: Option<usize>,
    pub(super) source: bool,
    pub(super) in_source: bool,
    pub(super) in_time: bool,
}

impl<'t> Phrase<'t> {
    /// All that there are in the sentence; what they are seen by is spelt out where it is learnt from.
    pub(super) fn all(at: At<'t>, bits: &Bits, spelt: bool) -> Vec<Self> {
        let tree = &at.reader.trees[at.s];
        let times = &at.reader.times[at.s];
        let phrase = |head: usize, (who, by): (Who, Part<'static>)| Self {
            head,
            by,
            those: bits.of(&who),
            lemma: Part::of(tree.lemma(head)),
            upos: Part::of(tree.upos(head).name()),
            relation: Part::of(tree.relation(head)),
            case: tree.case(head).map_or_else(|| Spelt::new(spelt), |case| Spelt::of(&case, spelt)),
            sector: Spelt::of(&sector(at, &who), spelt),
            above: tree.head(head).map(|above| (above, Part::of(tree.lemma(above)))),
            clause: clause(tree, head),
            source: is_source(at, head),
            in_source: tree.ancestors(head).any(|a| is_source(at, a)),
            in_time: times.iter().any(|t| (t.words.0..=t.words.1).contains(&head)),
            who,
        };
        let bidders =
            |head| at.bidder(head).into_iter().chain(at.publishers(head)).map(move |who| (head, who));
        (0..tree.len())
            .filter(|&head| may_bid(tree, head))
            .flat_map(bidders)
            .map(|(h, who)| phrase(h, who))
            .collect()
    }
}

/// Whether a word heads a phrase; of joined phrases the first speaks for all.
fn may_bid(tree: &Tree, head: usize) -> bool {
    matches!(tree.upos(head), Upos::NOUN | Upos::PROPN | Upos::PRON)
        && !tree.relates(head, rel!["compound", "flat", "conj", "det"])
}

/// The verb in whose clause a word is.
pub(super) fn clause(tree: &Tree, word: usize) -> Option<usize> {
    std::iter::once(word).chain(tree.ancestors(word)).find(|&a| tree.upos(a) == Upos::VERB)
}

/// Sector of the first, in the words of the codes.
pub(super) fn sector<'p, 'w: 'p>(at: At<'w>, who: &'p [Participant]) -> Cow<'p, str> {
    match who.first() {
        None => "-".into(),
        Some(Participant { sector: Some(sector), .. }) => sector.into(),
        Some(p) => at.sector_of(&p.code).into(),
    }
}

/// Whether a word is the subject of a verb whose clause is told as so: the source of what is told.
fn is_source(at: At, word: usize) -> bool {
    let tree = &at.reader.trees[at.s];
    tree.relates(word, rel!["nsubj"])
        && tree.head(word).is_some_and(|v| at.pages.realis.told.contains(tree.lemma(v)))
}

impl At<'_> {
    /// Whom a phrase means, itself, by its owner or by where it stands.
    fn bidder(&self, head: usize) -> Option<(Who, Part<'static>)> {
        let tree = &self.reader.trees[self.s];
        let known = |who: &Who| who.iter().any(|p| !p.code.is_empty() || p.sector.is_some());
        let itself = Some((self.actors(head), part!("self"))).filter(|found| known(&found.0));
        let owner = || Some((self.owners(head), part!("owner"))).filter(|found| known(&found.0));
        let place = || Some((self.recipients(head), part!("place"))).filter(|found| known(&found.0));
        let (who, by) = match itself {
            None if tree.upos(head) != Upos::PRON => owner().or_else(place)?,
            itself => itself?,
        };
        Some((self.on_the_day(who), by))
    }

    /// Those for whom a publisher speaks: "the Minister", "artillery", "two C-17 aircraft" as subject in a ministry's own text.
    fn publishers(&self, head: usize) -> Option<(Who, Part<'static>)> {
        let code = self.reader.cast.publisher.as_deref()?;
        let tree = &self.reader.trees[self.s];
        let mut near = tree
            .all(head, rel!["amod", "compound", "flat", "nmod"])
            .flat_map(|c| tree.subtree(c))
            .chain([head]);
        let named =
            |w: usize| matches!(self.reader.cast.item(self.s, w).map(|i| &i.kind), Some(Kind::Actor { .. }));
        if tree.upos(head) == Upos::PRON || near.any(named) {
            return None;
        }
        let agent = self.agent(head);
        let acts = tree.relates(head, rel!["nsubj"]) || tree.case(head).as_deref() == Some("by");
        let body = || self.reader.words.bodies.contains(tree.lemma(head));
        let own = |agent: &Agent| match code.contains(':') {
            // "The General Assembly" of whichever body of states.
            true => agent.of_state || agent.sector.contains(':'),
            // "Farmers' unions" at home.
            false => !agent.sector.contains(':') && agent.sector != "IGO",
        };
        if !agent.map_or_else(|| acts || body(), own) {
            return None;
        }
        let sector = agent.map(|agent| agent.sector.clone()).filter(|s| code.len() == 3 && s != "GOV");
        let name = match &*self.actors(head) {
            [one] => one.name.clone(),
            _ => None,
        };
        let who = vec![Participant { name, sector, ..state(code) }];
        Some((who.into(), part!("publisher")))
    }

    /// The same, states being those that stood on the day of the text.
    fn on_the_day(&self, who: Who) -> Who {
        if who.iter().all(|p| self.reader.on_the_day(&p.code) == p.code) {
            return who;
        }
        let mut then = who.to_vec();
        super::on_the_day(self.reader, then.iter_mut());
        then.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_of_one_code_and_sector_are_the_same_whatever_their_names() {
        let bits = Bits::default();
        let named = Participant { name: Some("Idriss Déby".to_owned()), ..state("TCD") };
        let army = Participant { sector: Some("MIL".to_owned()), ..state("TCD") };
        let [one, other, soldiers, sudan] =
            [state("TCD"), named, army, state("SDN")].map(|who| bits.of(&[who]));
        assert_eq!(one, other);
        assert!(soldiers.are_of(one) && !soldiers.meet(one) && one.and(soldiers).meet(soldiers));
        assert!(!sudan.are_of(one) && one.and(sudan).and(soldiers).states() == 2);
        assert!(bits.of(&[]).is_nobody() && bits.of(&[]).are_of(one));
    }
}
