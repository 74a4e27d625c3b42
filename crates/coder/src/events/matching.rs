//! Whether a pattern fits at a word, and who fills its places.

use std::rc::Rc;

use chancery_model::Participant;

use super::few::Few;
use super::frame::{Frame, Oblique};
use super::memo::Who;
use super::who::At;
use crate::codebook::{Around, Filler, Listed, Pattern, Place, Predicate, Word};
use crate::relations::rel;
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

/// A pattern at a word, and what stands around it.
struct Look<'t, 'p> {
    at: At<'t>,
    tree: &'t Tree<'t>,
    frame: Rc<Frame<'t>>,
    /// Objects that a place has taken.
    taken: Few<usize>,
    noun: Option<usize>,
    pattern: &'p Pattern,
}

/// Those who fill the places so far, each with the head of the phrase that names them.
#[derive(Default)]
struct Filled {
    actors: Few<(Who, usize)>,
    recipients: Few<(Who, usize)>,
}

/// One try of a pattern at a word.
struct Try<'t, 'p> {
    look: Look<'t, 'p>,
    filled: Filled,
    /// How many places that may be missing were filled.
    extra: usize,
    /// The thing that the pattern has for a subject.
    thing: Option<usize>,
}

/// Fit a pattern at a word whose lemma is one of its own, if so many filled places that may be missing are worth it.
pub(crate) fn fit<'t>(
    at: At<'t>,
    pattern: &Pattern,
    word: usize,
    around: &Rc<Frame<'t>>,
    sought: bool,
    worth: &dyn Fn(usize) -> bool,
) -> Option<Bound> {
    let tree = &at.reader.trees[at.s];
    let noun = (pattern.predicate == Predicate::Noun).then_some(word);
    let look = Look { at, tree, frame: Rc::clone(around), taken: Few::None, noun, pattern };
    if !look.names_what_stands() {
        return None;
    }
    let mut this = Try { look, filled: Filled::default(), extra: 0, thing: None };
    if let Some(subject) = &pattern.subject {
        let fits = around.subject.is_some_and(|w| this.filled.fill(&this.look, &subject.filler, w));
        // A subject that is there and is nobody known is not one that is unsaid: "cooks shelled peas".
        let unsaid = around.subject.is_none() || around.passive;
        if !(fits || subject.optional && unsaid) {
            return None;
        }
        this.thing = around.subject.filter(|_| matches!(subject.filler, Filler::Words(_)));
    }
    let seek = sought.then_some(&**around);
    let needs = pattern.needs_recipient();
    let mut wanted = usize::from(matches!(pattern.subject.as_ref().map(|s| &s.filler), Some(Filler::Actors)));
    let mut places = pattern.places.iter();
    while let Some(place) = places.next() {
        wanted += usize::from(matches!(place.filler, Filler::Actors) && !place.optional);
        let other_verb = match &place.filler {
            Filler::Do(verbs) => this.look.infinitive(verbs),
            Filler::Doing(verbs) => this.look.doing(place, verbs),
            _ => None,
        };
        if let Some(inner) = other_verb {
            // What stands behind the infinitive belongs to it.
            this.look.frame = at.frame(Predicate::Verb, inner);
            if matches!(place.filler, Filler::Do(_)) {
                this.look.noun = None;
            }
            let fits = this.rest_fits(places) && worth(this.extra);
            return fits.then(|| this.done(wanted, needs, seek)).flatten();
        }
        let fits = match &place.filler {
            Filler::Do(_) | Filler::Doing(_) => false,
            Filler::Clause => around.clause.is_some(),
            Filler::ClauseOf => around.clause.is_some_and(|clause| {
                let inner = at.frame(Predicate::Verb, clause);
                let subject = if inner.passive { inner.objects.first().copied() } else { inner.subject };
                subject.is_some_and(|w| this.filled.fill(&this.look, &Filler::Recipient(Vec::new()), w))
            }),
            _ => this.place(place),
        };
        if !fits && !place.optional {
            return None;
        }
        this.extra += usize::from(fits && place.optional);
    }
    worth(this.extra).then(|| this.done(wanted, needs, seek)).flatten()
}

impl Try<'_, '_> {
    /// The outcome, unless nobody is left to act or to suffer it.
    fn done(mut self, wanted: usize, needs: bool, seek: Option<&Frame>) -> Option<Bound> {
        // "Iranian missiles hit the town": whose they are, if the pattern names nobody who acts.
        if let Some(thing) = self.thing.filter(|_| self.filled.actors.is_empty()) {
            self.filled.act(self.look.at.owners(thing), thing);
        }
        if let Some(around) = seek.filter(|_| self.filled.recipients.is_empty()) {
            self.seek(around);
            // "Open to talks with Chad", "agreed to return the bells to Greece".
            let inner = Rc::clone(&self.look.frame);
            if self.filled.recipients.is_empty() && !std::ptr::eq(&*inner, around) {
                self.seek(&inner);
            }
        }
        if needs && self.filled.recipients.is_empty() {
            return None;
        }
        let mut bound = self.filled.bound(self.extra);
        bound.settle(self.look.at);
        let Bound { actors, recipients, .. } = &mut bound;
        recipients.retain(|r| !actors.iter().any(|a| a.code == r.code && a.sector == r.sector));
        if needs && recipients.is_empty() {
            return None;
        }
        // One of whom nothing is known but the name is no party.
        let party = |p: &&Participant| !p.code.is_empty() || p.sector.is_some();
        let parties = actors.iter().filter(party).count();
        // "The retailer struck a deal": of what state any of them is, nobody can tell.
        let known = actors.iter().chain(&*recipients).any(|p| !p.code.is_empty());
        (known && (wanted == 0 || parties > 1)).then_some(bound)
    }

    /// Look for one toward whom it is done: the owner of what it is done to, or who stands behind "on", "against", "to".
    fn seek(&mut self, around: &Frame) {
        let toward = |o: &&Oblique| {
            matches!(
                &*o.preposition,
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
        let at = self.look.at;
        let Filled { actors, recipients } = &mut self.filled;
        let mut suffer = |who: &mut dyn Iterator<Item = Participant>, word: usize| {
            let acts = |p: &Participant| actors.iter().flat_map(|a| &*a.0).any(|a| a.code == p.code);
            let other: Vec<Participant> = who.filter(|p| !p.code.is_empty() && !acts(p)).collect();
            let found = !other.is_empty();
            if found {
                recipients.push((other.into(), word));
            }
            found
        };
        for &object in &around.objects {
            // "Norwegian fish and Polish apples".
            let owners: Vec<Who> = self.look.tree.coordinated(object).map(|o| at.owners(o)).collect();
            if suffer(&mut owners.iter().flat_map(|who| &**who).cloned(), object) {
                return;
            }
        }
        // "Threatened to resume tests unless Washington changed its policy".
        let obliques = around.obliques.iter().filter(toward).map(|o| o.word);
        let mut toward = obliques.chain(around.conditions.iter().copied());
        if toward.clone().any(|word| suffer(&mut at.actors(word).iter().cloned(), word)) {
            return;
        }
        // "Concern at the treatment of Russian speakers in Latvia".
        toward.any(|word| suffer(&mut at.countries_beside(word).into_iter().map(|c| state(&c)), word));
    }

    /// The places behind an infinitive: its object, or anyone behind a preposition of it.
    fn rest_fits<'p>(&mut self, mut rest: impl Iterator<Item = &'p Place>) -> bool {
        self.look.taken = Few::None;
        rest.all(|place| {
            let loose = place.filler.is_recipient() && place.prepositions.is_empty();
            self.place(place) || loose && self.any_oblique(place) || place.optional
        })
    }

    fn any_oblique(&mut self, place: &Place) -> bool {
        let Self { look, filled, .. } = self;
        look.frame.obliques.iter().any(|oblique| filled.fill(look, &place.filler, oblique.word))
    }

    /// Fill a place with the first word that may.
    fn place(&mut self, place: &Place) -> bool {
        let Self { look, filled, .. } = self;
        let fills = |&(word, whose): &(usize, bool)| match whose {
            true => filled.fill_owner(look, &place.filler, word),
            false => filled.fill(look, &place.filler, word),
        };
        let found = look.candidates(place).find(fills);
        if let Some((word, _)) = found {
            self.look.taken.push(word);
        }
        found.is_some()
    }
}

impl Look<'_, '_> {
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

    /// Words that may fill a place; with each whether the owner of the word is meant rather than the word.
    fn candidates<'s>(&'s self, place: &'s Place) -> impl Iterator<Item = (usize, bool)> + 's {
        let (bare, recipient) = (place.prepositions.is_empty(), place.filler.is_recipient());
        let objects = if bare { &self.frame.objects[..] } else { &[] };
        let obliques = if bare && !recipient { &[] } else { &self.frame.obliques[..] };
        let behind = obliques.iter().filter(move |oblique| match bare {
            // "Gave aid to X": the receiver of two bare phrases stands behind "to".
            true => matches!(&*oblique.preposition, "to" | "for"),
            false => place.prepositions.open(oblique.behind),
        });
        let told = place.prepositions.open(Around::BY) || place.prepositions.open(Around::OF);
        let agents = told.then(|| self.agents(place)).into_iter().flatten();
        let words = objects.iter().copied().chain(behind.map(|o| o.word));
        words.filter(|w| !self.taken.contains(w)).map(|w| (w, false)).chain(agents)
    }

    /// Those behind "by" or "of" who may be told in other ways: as who acts or owns.
    fn agents<'s>(&'s self, place: &'s Place) -> impl Iterator<Item = (usize, bool)> + 's {
        let of_verb = self.noun.is_none().then(|| {
            let obliques = self.frame.obliques.iter().map(|o| o.word);
            let nouns = self.taken.iter().chain(&self.frame.objects).copied().chain(obliques);
            nouns.map(|w| (w, true))
        });
        let of_noun = self.noun.map(|noun| self.agents_of_noun(place, noun));
        of_verb.into_iter().flatten().chain(of_noun.into_iter().flatten())
    }

    fn agents_of_noun<'s>(
        &'s self,
        place: &'s Place,
        noun: usize,
    ) -> impl Iterator<Item = (usize, bool)> + 's {
        let (by, of) = (place.prepositions.open(Around::BY), place.prepositions.open(Around::OF));
        // Who "launched strikes" did them; they are not what was struck.
        let acts = by || matches!(place.filler, Filler::Actor(_) | Filler::Actors);
        let subject = self.frame.subject.filter(|_| acts);
        // A place behind "of" that is one of the pattern's own does not tell who acts.
        let own = self.pattern.places.iter().any(|p| p.prepositions.open(Around::OF));
        let told = move |w: &usize| of || !own || self.tree.case(*w).as_deref() != Some("of");
        let owners = self.frame.owners.iter().copied().filter(move |w| !self.taken.contains(w) && told(w));
        // An adjective, as in "the Iranian raid", is told by the noun that it belongs to.
        let beside = owners.clone().any(|w| self.tree.relation(w) != "nmod");
        let guest = self.frame.guest.filter(|_| by && matches!(place.filler, Filler::Actors));
        let owners = owners.map(|w| (w, false)).chain(beside.then_some((noun, true)));
        subject.map(|w| (w, false)).into_iter().chain(owners).chain(guest.map(|w| (w, false)))
    }

    /// Whether a phrase, in one of the words joined in it, is told by a noun of the list.
    fn is_told(&self, word: usize, nouns: &Listed) -> bool {
        self.is_one_of(word, nouns) || self.tree.all(word, rel!["conj"]).any(|next| self.is_told(next, nouns))
    }

    /// Whether a noun, or what it is a number or kind of, is of these: "tonnes of rice", "a package of measures".
    fn is_one_of(&self, head: usize, nouns: &Listed) -> bool {
        let word = self.at.word(head);
        if word == Word::OTHER {
            return false;
        }
        nouns.has(word)
            || nouns.beside(word).any(|first| is_compound(self.at, head, first))
            || self.at.pages.quantities.has(word)
                && self.tree.all(head, rel!["nmod"]).any(|c| nouns.has(self.at.word(c)))
    }

    fn of_sectors(&self, who: Who, sectors: &[String]) -> Who {
        let fits = |p: &&Participant| match &p.sector {
            _ if sectors.is_empty() => true,
            Some(sector) => sectors.contains(sector),
            None => sectors.iter().any(|s| s == self.at.sector_of(&p.code)),
        };
        match who.iter().filter(fits).count() {
            0 => self.at.nobody(),
            all if all == who.len() => who,
            _ => who.iter().filter(fits).cloned().collect(),
        }
    }

    /// Whether a word is one of the verbs, with its particle if it has one: `give_up`.
    fn is_verb(&self, word: usize, verbs: &Listed) -> bool {
        let verb = self.at.word(word);
        verbs.is_empty()
            || verbs.has(verb)
            || verbs.beside(verb).any(|particle| has_particle(self.at, word, particle))
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

impl Filled {
    fn fill(&mut self, look: &Look, filler: &Filler, word: usize) -> bool {
        let at = look.at;
        match filler {
            Filler::Actor(sectors) => self.act(look.of_sectors(at.actors(word), sectors), word),
            Filler::Actors => self.act(at.actors(word), word),
            Filler::Recipient(sectors) => self.suffer(look.of_sectors(at.recipients(word), sectors), word),
            Filler::RecipientAt(nouns) => look.is_told(word, nouns) && self.suffer(at.recipients(word), word),
            // "On Monday" is no thing.
            Filler::Something => {
                !at.reader.times[at.s].iter().any(|t| (t.words.0..=t.words.1).contains(&word))
            }
            Filler::Clause => true,
            Filler::Words(nouns) => look.is_told(word, nouns),
            Filler::Do(_) | Filler::Doing(_) | Filler::ClauseOf => false,
        }
    }

    fn fill_owner(&mut self, look: &Look, filler: &Filler, word: usize) -> bool {
        let who = || look.at.owners(word);
        match filler {
            Filler::Actor(sectors) => self.act(look.of_sectors(who(), sectors), word),
            Filler::Actors => self.act(who(), word),
            Filler::Recipient(sectors) => self.suffer(look.of_sectors(who(), sectors), word),
            _ => false,
        }
    }

    fn act(&mut self, who: Who, word: usize) -> bool {
        let found = !who.is_empty();
        if found {
            self.actors.push((who, word));
        }
        found
    }

    fn suffer(&mut self, who: Who, word: usize) -> bool {
        let found = !who.is_empty();
        if found {
            self.recipients.push((who, word));
        }
        found
    }

    /// Each of them once.
    fn bound(self, extra: usize) -> Bound {
        let heads = |side: &[(Who, usize)]| side.iter().map(|filled| filled.1).collect();
        let each = |side: &[(Who, usize)]| {
            let mut all: Vec<Participant> = Vec::with_capacity(side.len());
            for one in side.iter().flat_map(|filled| &*filled.0) {
                if !all.contains(one) {
                    all.push(one.clone());
                }
            }
            all
        };
        Bound {
            actors: each(&self.actors),
            recipients: each(&self.recipients),
            by: heads(&self.actors),
            to: heads(&self.recipients),
            extra,
        }
    }
}

impl Bound {
    /// Those of no state known are of the state of the others, if they are of one: "the military detained Suu Kyi".
    fn settle(&mut self, at: At) {
        let all = || self.actors.iter().chain(&self.recipients);
        let of_none =
            |p: &Participant| p.code.is_empty() && p.name.is_none() && p.sector.as_deref() != Some("IGO");
        let mut states = all().map(|p| &p.code).filter(|code| code.len() == 3);
        let Some(state) = states.next().filter(|_| all().any(of_none)) else { return };
        if states.any(|other| other != state) {
            return;
        }
        let state = state.clone();
        let foreign = |words: &[usize]| words.iter().any(|&w| at.is_foreign(w));
        for (side, words) in [(&mut self.actors, &self.by), (&mut self.recipients, &self.to)] {
            if !foreign(words) {
                side.iter_mut().filter(|p| of_none(p)).for_each(|p| p.code.clone_from(&state));
            }
        }
    }
}

/// The words by which the places around a word may be told, as [`Look::is_told`] asks for them.
pub(super) fn words_around(at: At, frame: &Frame) -> impl Iterator<Item = Word> {
    let (tree, mut all) = (&at.reader.trees[at.s], Vec::with_capacity(32));
    all.extend(frame.subject.iter().chain(&frame.guest));
    for own in [&frame.objects, &frame.owners, &frame.infinitives] {
        all.extend_from_slice(own);
    }
    all.extend(frame.doings.iter().map(|doing| doing.1));
    all.extend(frame.obliques.iter().map(|o| o.word));
    let mut next = 0;
    while let Some(&word) = all.get(next) {
        let counts = at.pages.quantities.has(at.word(word));
        let joined = if counts { rel!["conj", "nmod"] } else { rel!["conj"] };
        all.extend(tree.all(word, joined));
        next += 1;
    }
    all.into_iter().map(move |word| at.word(word))
}

/// A phrase that stands where a place asks for one, whoever is meant by it.
pub(super) fn in_place(place: &Place, frame: &Frame) -> Option<usize> {
    let asks = |p: &str| place.prepositions.iter().any(|q| q == p);
    let behind = || frame.obliques.iter().find(|o| asks(&o.preposition)).map(|o| o.word);
    match &place.prepositions[..] {
        [] if place.filler.is_recipient() || matches!(place.filler, Filler::Words(_)) => {
            frame.objects.first().copied()
        }
        [] => frame.subject,
        _ if asks("by") || asks("of") => behind().or(frame.subject).or(frame.owners.first().copied()),
        _ => behind(),
    }
}

/// Whether a noun has this half of a word before it: the *war* of `war_game`.
pub(super) fn is_compound(at: At, head: usize, half: Word) -> bool {
    at.reader.trees[at.s].all(head, rel!["compound", "amod"]).any(|c| at.word(c) == half)
}

/// Whether a verb has a particle: "called *off* the talks", "called the talks *off*", "pulled troops *out* of Mali".
pub(super) fn has_particle(at: At, verb: usize, particle: Word) -> bool {
    let tree = &at.reader.trees[at.s];
    let bare = |c: usize| at.form(c) == particle && tree.children(c).is_empty();
    let within = |o: usize| {
        tree.all(o, rel!["case"]).nth(1).is_some()
            && tree.case(o).as_deref() == Some(at.pages.lexis.text(particle))
    };
    tree.children(verb).iter().any(|&c| bare(c))
        || verb + 1 < tree.len() && at.form(verb + 1) == particle
        || tree.all(verb, rel!["obl"]).any(within)
}
