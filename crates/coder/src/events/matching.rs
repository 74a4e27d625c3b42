//! Whether a pattern fits at a word, and who fills its places.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

use chancery_model::Participant;

use super::frame::Frame;
use super::memo::Who;
use super::who::At;
use crate::codebook::{Filler, Listed, Pattern, Place, Predicate, Word};
use crate::resolve::state;
use crate::tree::Tree;

/// Those who fill the places of a pattern that fits, with the words that name them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) actors: Vec<Participant>,
    pub(crate) recipients: Vec<Participant>,
    /// Heads of the phrases that name the actors.
    pub(crate) by: Vec<usize>,
    /// Heads of the phrases that name the recipients.
    pub(crate) to: Vec<usize>,
    /// How many places that may be missing were filled.
    pub(crate) extra: usize,
}

/// One try of a pattern at a word.
struct Try<'t, 'p> {
    at: At<'t>,
    tree: &'t Tree<'t>,
    frame: Rc<Frame<'t>>,
    bound: Bound,
    /// Objects that a place has taken.
    taken: Vec<usize>,
    noun: Option<usize>,
    /// How many places of `ACTORS` were filled.
    together: usize,
    /// The thing that the pattern has for a subject.
    thing: Option<usize>,
    pattern: &'p Pattern,
}

/// Fit a pattern at a word whose lemma is one of its own.
pub(crate) fn fit<'t>(
    at: At<'t>,
    pattern: &Pattern,
    word: usize,
    around: &Rc<Frame<'t>>,
    sought: bool,
) -> Option<Bound> {
    let tree = &at.reader.trees[at.s];
    let noun = (pattern.predicate == Predicate::Noun).then_some(word);
    let mut this = Try {
        at,
        tree,
        frame: Rc::clone(around),
        bound: Bound::default(),
        taken: Vec::new(),
        noun,
        together: 0,
        thing: None,
        pattern,
    };
    if !this.names_what_stands() {
        return None;
    }
    if let Some(subject) = &pattern.subject {
        let fits = this.frame.subject.is_some_and(|w| this.fill(&subject.filler, w));
        // A subject that is there and is nobody known is not one that is unsaid: "cooks shelled peas".
        let unsaid = this.frame.subject.is_none() || this.frame.passive;
        if !(fits || subject.optional && unsaid) {
            return None;
        }
        this.thing = this.frame.subject.filter(|_| matches!(subject.filler, Filler::Words(_)));
    }
    let seek = sought.then_some(&**around);
    let needs = pattern.needs_recipient();
    let mut wanted = usize::from(matches!(pattern.subject.as_ref().map(|s| &s.filler), Some(Filler::Actors)));
    let mut places = pattern.places.iter();
    while let Some(place) = places.next() {
        wanted += usize::from(matches!(place.filler, Filler::Actors) && !place.optional);
        let fits = match &place.filler {
            Filler::Do(verbs) => match this.infinitive(verbs) {
                Some(inner) => {
                    // What stands behind the infinitive belongs to it.
                    this.frame = at.frame(Predicate::Verb, inner);
                    this.noun = None;
                    let rest: Vec<&Place> = places.by_ref().collect();
                    return this.rest_fits(&rest).then(|| this.done(wanted, needs, seek)).flatten();
                }
                None => false,
            },
            Filler::Doing(verbs) => match this.doing(place, verbs) {
                Some(inner) => {
                    this.frame = at.frame(Predicate::Verb, inner);
                    let rest: Vec<&Place> = places.by_ref().collect();
                    return this.rest_fits(&rest).then(|| this.done(wanted, needs, seek)).flatten();
                }
                None => false,
            },
            Filler::Clause => this.frame.clause.is_some(),
            Filler::ClauseOf => this.frame.clause.is_some_and(|clause| {
                let inner = at.frame(Predicate::Verb, clause);
                let subject = if inner.passive { inner.objects.first().copied() } else { inner.subject };
                subject.is_some_and(|w| this.fill(&Filler::Recipient(Vec::new()), w))
            }),
            _ => this.place(place),
        };
        if !fits && !place.optional {
            return None;
        }
        this.bound.extra += usize::from(fits && place.optional);
    }
    this.done(wanted, needs, seek)
}

impl Try<'_, '_> {
    /// Whether the words that a pattern names stand there, whoever is meant by the rest: what is soon told goes first.
    fn names_what_stands(&self) -> bool {
        for place in &self.pattern.places {
            let stands = place.optional
                || match &place.filler {
                    Filler::Do(verbs) => self.infinitive(verbs).is_some(),
                    Filler::Doing(verbs) => self.doing(place, verbs).is_some(),
                    Filler::Words(nouns) => {
                        self.candidates(place).any(|(w, whose)| !whose && self.is_told(w, nouns))
                    }
                    _ => true,
                };
            if !stands {
                return false;
            }
            // What stands behind another verb belongs to that.
            if matches!(place.filler, Filler::Do(_) | Filler::Doing(_)) {
                break;
            }
        }
        true
    }

    /// The outcome, unless nobody is left to act or to suffer it.
    fn done(mut self, wanted: usize, needs: bool, seek: Option<&Frame>) -> Option<Bound> {
        // "Iranian missiles hit the town": whose they are, if the pattern names nobody who acts.
        if let Some(thing) = self.thing.filter(|_| self.bound.actors.is_empty()) {
            let whose = self.at.owners(thing);
            self.act(&whose, thing);
        }
        if let Some(around) = seek.filter(|_| self.bound.recipients.is_empty()) {
            self.seek(around);
            // "Open to talks with Chad", "agreed to return the bells to Greece".
            let inner = Rc::clone(&self.frame);
            if self.bound.recipients.is_empty() && !std::ptr::eq(&*inner, around) {
                self.seek(&inner);
            }
        }
        self.settle();
        let actors = self.bound.actors.clone();
        self.bound.recipients.retain(|r| !actors.iter().any(|a| a.code == r.code && a.sector == r.sector));
        if needs && self.bound.recipients.is_empty() {
            return None;
        }
        // One of whom nothing is known but the name is no party.
        let party = |p: &&Participant| !p.code.is_empty() || p.sector.is_some();
        let parties = self.bound.actors.iter().filter(party).count();
        // "The retailer struck a deal": of what state any of them is, nobody can tell.
        let known = self.bound.actors.iter().chain(&self.bound.recipients).any(|p| !p.code.is_empty());
        (known && (wanted == 0 || parties > 1)).then_some(self.bound)
    }

    /// Those of no state known are of the state of the others, if they are of one: "the military detained Suu Kyi".
    fn settle(&mut self) {
        let all = || self.bound.actors.iter().chain(&self.bound.recipients);
        let states: BTreeSet<String> = all().filter(|p| p.code.len() == 3).map(|p| p.code.clone()).collect();
        let mut states = states.into_iter();
        if let (Some(state), None) = (states.next(), states.next()) {
            let foreign = |words: &[usize]| words.iter().any(|&w| self.at.is_foreign(w));
            let there = [foreign(&self.bound.by), foreign(&self.bound.to)];
            let sides = [&mut self.bound.actors, &mut self.bound.recipients].into_iter().zip(there);
            let both = sides.filter(|(_, foreign)| !foreign).flat_map(|(side, _)| side.iter_mut());
            let of_none = |p: &&mut Participant| p.code.is_empty() && p.name.is_none();
            let both = both.filter(of_none).filter(|p| p.sector.as_deref() != Some("IGO"));
            both.for_each(|p| p.code.clone_from(&state));
        }
    }

    /// Look for one toward whom it is done: the owner of what it is done to, or who stands behind "on", "against", "to".
    fn seek(&mut self, around: &Frame) {
        let toward = |o: &&(Cow<'_, str>, usize)| {
            matches!(
                &*o.0,
                "on" | "against"
                    | "to"
                    | "toward"
                    | "towards"
                    | "over"
                    | "with"
                    | "from"
                    | "of"
                    | "for"
                    | "at"
            )
        };
        let actors = self.bound.actors.clone();
        let other = |who: &[Participant]| -> Vec<Participant> {
            let other = |p: &&Participant| !p.code.is_empty() && !actors.iter().any(|a| a.code == p.code);
            who.iter().filter(other).cloned().collect()
        };
        for &object in &around.objects {
            // "Norwegian fish and Polish apples".
            let owners = self.tree.coordinated(object).into_iter().map(|o| self.at.owners(o).to_vec());
            let who = other(&owners.flatten().collect::<Vec<_>>());
            if self.suffer(&who, object) {
                return;
            }
        }
        // "Threatened to resume tests unless Washington changed its policy".
        let obliques = around.obliques.iter().filter(toward).map(|o| o.1);
        let toward: Vec<usize> = obliques.chain(around.conditions.iter().copied()).collect();
        for &word in &toward {
            let who = other(&self.at.actors(word));
            if self.suffer(&who, word) {
                return;
            }
        }
        // "Concern at the treatment of Russian speakers in Latvia".
        for &word in &toward {
            let beside: Vec<_> = self.at.countries_beside(word).iter().map(|c| state(c)).collect();
            if self.suffer(&other(&beside), word) {
                return;
            }
        }
    }

    /// The places behind an infinitive: its object, or anyone behind a preposition of it.
    fn rest_fits(&mut self, rest: &[&Place]) -> bool {
        self.taken.clear();
        rest.iter().all(|place| {
            let loose = place.filler.is_recipient() && place.prepositions.is_empty();
            self.place(place)
                || loose && {
                    let all: Vec<usize> = self.frame.obliques.iter().map(|o| o.1).collect();
                    all.into_iter().any(|w| self.fill(&place.filler, w))
                }
                || place.optional
        })
    }

    fn place(&mut self, place: &Place) -> bool {
        let candidates: Vec<_> = self.candidates(place).collect();
        candidates.into_iter().any(|(word, whose)| {
            let fits =
                if whose { self.fill_owner(&place.filler, word) } else { self.fill(&place.filler, word) };
            if fits {
                self.taken.push(word);
            }
            fits
        })
    }

    /// Words that may fill a place; with each whether the owner of the word is meant rather than the word.
    fn candidates<'s>(&'s self, place: &'s Place) -> impl Iterator<Item = (usize, bool)> + 's {
        let (bare, recipient) = (place.prepositions.is_empty(), place.filler.is_recipient());
        let objects = if bare { &self.frame.objects[..] } else { &[] };
        let obliques = if bare && !recipient { &[] } else { &self.frame.obliques[..] };
        let behind = obliques.iter().filter(move |(preposition, _)| match bare {
            // "Gave aid to X": the receiver of two bare phrases stands behind "to".
            true => matches!(&**preposition, "to" | "for"),
            false => opens(place, preposition),
        });
        let agents = if opens(place, "by") || opens(place, "of") { self.agents(place) } else { Vec::new() };
        let words = objects.iter().copied().chain(behind.map(|o| o.1));
        words.filter(|w| !self.taken.contains(w)).map(|w| (w, false)).chain(agents)
    }

    /// Those behind "by" or "of" who may be told in other ways: as who acts or owns.
    fn agents(&self, place: &Place) -> Vec<(usize, bool)> {
        let Some(noun) = self.noun else {
            let obliques = self.frame.obliques.iter().map(|o| &o.1);
            let nouns = self.taken.iter().chain(&self.frame.objects).chain(obliques);
            return nouns.map(|&w| (w, true)).collect();
        };
        // Who "launched strikes" did them; they are not what was struck.
        let acts = opens(place, "by") || matches!(place.filler, Filler::Actor(_) | Filler::Actors);
        let mut out: Vec<_> = self.frame.subject.filter(|_| acts).map(|w| (w, false)).into_iter().collect();
        // A place behind "of" that is one of the pattern's own does not tell who acts.
        let of = self.pattern.places.iter().any(|p| p.prepositions.iter().any(|q| q == "of"));
        let told = |w: &usize| opens(place, "of") || !of || self.tree.case(*w).as_deref() != Some("of");
        let owners = self.frame.owners.iter().copied();
        let owners: Vec<usize> = owners.filter(|w| !self.taken.contains(w) && told(w)).collect();
        // An adjective, as in "the Iranian raid", is told by the noun that it belongs to.
        let beside = owners.iter().any(|&w| self.tree.relation(w) != "nmod");
        out.extend(owners.into_iter().map(|w| (w, false)));
        out.extend(beside.then_some((noun, true)));
        let guest = self.frame.guest.filter(|_| matches!(place.filler, Filler::Actors) && opens(place, "by"));
        out.extend(guest.map(|w| (w, false)));
        out
    }

    fn fill(&mut self, filler: &Filler, word: usize) -> bool {
        match filler {
            Filler::Actor(sectors) => {
                let who = self.of_sectors(&self.at.actors(word), sectors);
                self.act(&who, word)
            }
            Filler::Actors => {
                let who = self.at.actors(word);
                self.together += usize::from(!who.is_empty());
                self.act(&who, word)
            }
            Filler::Recipient(sectors) => {
                let who = self.of_sectors(&self.at.recipients(word), sectors);
                self.suffer(&who, word)
            }
            Filler::RecipientAt(nouns) => {
                self.is_told(word, nouns) && {
                    let who = self.at.recipients(word);
                    self.suffer(&who, word)
                }
            }
            // "On Monday" is no thing.
            Filler::Something => {
                !self.at.reader.times[self.at.s].iter().any(|t| (t.words.0..=t.words.1).contains(&word))
            }
            Filler::Clause => true,
            Filler::Words(nouns) => self.is_told(word, nouns),
            Filler::Do(_) | Filler::Doing(_) | Filler::ClauseOf => false,
        }
    }

    fn fill_owner(&mut self, filler: &Filler, word: usize) -> bool {
        let who = self.at.owners(word);
        match filler {
            Filler::Actor(sectors) => {
                let who = self.of_sectors(&who, sectors);
                self.act(&who, word)
            }
            Filler::Actors => self.act(&who, word),
            Filler::Recipient(sectors) => {
                let who = self.of_sectors(&who, sectors);
                self.suffer(&who, word)
            }
            _ => false,
        }
    }

    /// Whether a phrase, in one of the words joined in it, is told by a noun of the list.
    fn is_told(&self, word: usize, nouns: &Listed) -> bool {
        self.is_one_of(word, nouns) || self.tree.all(word, &["conj"]).any(|next| self.is_told(next, nouns))
    }

    /// Whether a noun, or what it is a number or kind of, is of these: "tonnes of rice", "a package of measures".
    fn is_one_of(&self, head: usize, nouns: &Listed) -> bool {
        let word = self.at.word(head);
        if word == Word::OTHER {
            return false;
        }
        let text = |half| self.at.pages.lexis.text(half);
        nouns.has(word)
            || nouns.beside(word).any(|first| is_compound(self.tree, head, text(first)))
            || self.at.pages.quantities.has(word)
                && self.tree.all(head, &["nmod"]).any(|c| nouns.has(self.at.word(c)))
    }

    fn act(&mut self, who: &[Participant], word: usize) -> bool {
        if !who.is_empty() {
            add(&mut self.bound.actors, who);
            self.bound.by.push(word);
        }
        !who.is_empty()
    }

    fn suffer(&mut self, who: &[Participant], word: usize) -> bool {
        if !who.is_empty() {
            add(&mut self.bound.recipients, who);
            self.bound.to.push(word);
        }
        !who.is_empty()
    }

    fn of_sectors(&self, who: &Who, sectors: &[String]) -> Who {
        if sectors.is_empty() {
            return Rc::clone(who);
        }
        let fits = |p: &&Participant| match &p.sector {
            Some(sector) => sectors.contains(sector),
            None => sectors.iter().any(|s| s == self.at.sector_of(&p.code)),
        };
        who.iter().filter(fits).cloned().collect()
    }

    /// Whether a word is one of the verbs, with its particle if it has one: `give_up`.
    fn is_verb(&self, word: usize, verbs: &Listed) -> bool {
        let verb = self.at.word(word);
        let text = |half| self.at.pages.lexis.text(half);
        verbs.is_empty()
            || verbs.has(verb)
            || verbs.beside(verb).any(|particle| has_particle(self.tree, word, text(particle)))
    }

    fn infinitive(&self, verbs: &Listed) -> Option<usize> {
        self.frame.infinitives.iter().copied().find(|&c| self.is_verb(c, verbs))
    }

    fn doing(&self, place: &Place, verbs: &Listed) -> Option<usize> {
        let asks = |case: &str| match place.prepositions.is_empty() {
            true => case.is_empty(),
            false => place.prepositions.iter().any(|p| p == case),
        };
        let behind = self.frame.doings.iter().filter(|o| asks(&o.0));
        behind.map(|o| o.1).find(|&c| self.is_verb(c, verbs))
    }
}

/// Whether a place is behind a preposition. "Pulled out of Mali": what the parser takes for one may be a particle and one.
fn opens(place: &Place, preposition: &str) -> bool {
    let tail =
        |q: &String| preposition.strip_suffix(q.as_str()).is_some_and(|particle| particle.ends_with(' '));
    place.prepositions.iter().any(|q| q == preposition || tail(q))
}

/// A phrase that stands where a place asks for one, whoever is meant by it.
pub(super) fn in_place(place: &Place, frame: &Frame) -> Option<usize> {
    let asks = |p: &str| place.prepositions.iter().any(|q| q == p);
    let behind = || frame.obliques.iter().find(|o| asks(&o.0)).map(|o| o.1);
    match &place.prepositions[..] {
        [] if place.filler.is_recipient() || matches!(place.filler, Filler::Words(_)) => {
            frame.objects.first().copied()
        }
        [] => frame.subject,
        _ if asks("by") || asks("of") => behind().or(frame.subject).or(frame.owners.first().copied()),
        _ => behind(),
    }
}

/// Add those who are not yet among them.
fn add(to: &mut Vec<Participant>, who: &[Participant]) {
    for one in who {
        if !to.contains(one) {
            to.push(one.clone());
        }
    }
}

/// Whether a noun has this half of a word before it: the *war* of `war_game`.
pub(crate) fn is_compound(tree: &Tree, head: usize, half: &str) -> bool {
    tree.all(head, &["compound", "amod"]).any(|c| tree.lemma(c) == half)
}

/// Whether a verb has a particle: "called *off* the talks", "called the talks *off*", "pulled troops *out* of Mali".
pub(crate) fn has_particle(tree: &Tree, verb: usize, particle: &str) -> bool {
    let bare = |c: usize| tree.form(c).eq_ignore_ascii_case(particle) && tree.children(c).is_empty();
    let within = |o: usize| tree.case(o).as_deref() == Some(particle) && tree.all(o, &["case"]).count() > 1;
    tree.children(verb).iter().any(|&c| bare(c))
        || verb + 1 < tree.len() && tree.form(verb + 1).eq_ignore_ascii_case(particle)
        || tree.all(verb, &["obl"]).any(within)
}
