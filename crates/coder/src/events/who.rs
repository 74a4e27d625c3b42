//! Who fills a place of a pattern: names, titles, pronouns as everywhere; groups told by a noun; the owners of things that are hit.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

use chancery_model::{Participant, Upos};

use super::frame::{Frame, owns};
use super::memo::{Memo, Who};
use crate::codebook::{Agent, Pages, Predicate, Word};
use crate::knowledge::{EntryKind, Organization, OrganizationKind};
use crate::relations::rel;
use crate::resolve::{Reader, Scene, state};
use crate::scan::Kind;

/// Sectors of those who act for their state.
pub(super) const STATE: [&str; 6] = ["COP", "GOV", "JUD", "LEG", "MIL", "SPY"];

/// The reader at one sentence, with what it has in mind there.
#[derive(Clone, Copy)]
pub(crate) struct At<'r> {
    pub(crate) reader: &'r Reader<'r>,
    pub(crate) pages: &'r Pages,
    pub(crate) scene: &'r Scene,
    pub(crate) s: usize,
    pub(crate) memo: &'r Memo<'r>,
}

impl<'r> At<'r> {
    /// The lemma of a word, as a word of the codebook.
    #[inline]
    pub(super) fn word(&self, word: usize) -> Word {
        self.memo.words[word].0
    }

    /// Its form, as one.
    #[inline]
    pub(super) fn form(&self, word: usize) -> Word {
        self.memo.words[word].1
    }

    /// The places around a word that may tell an event, as patterns of this kind look at them.
    pub(super) fn frame(&self, predicate: Predicate, word: usize) -> Rc<Frame<'r>> {
        let tree = &self.reader.trees[self.s];
        self.memo.frame(predicate, word, || match predicate {
            Predicate::Verb => Frame::of_verb(tree, word),
            Predicate::Adjective => Frame::of_adjective(tree, word),
            Predicate::Noun => Frame::of_noun(tree, word, &self.pages.realis.light),
        })
    }

    /// Those whom the phrase means, all that are joined in it.
    pub(crate) fn actors(&self, word: usize) -> Who {
        // "Khan, Sharif of his party meet": who "he" is leads back to the first of them.
        self.memo.actors.of_or(word, self.nobody(), || self.those(self.seek_actors(word)))
    }

    /// Those to whom it is done: as [`Self::actors`], else the owners of the thing that the phrase means, else of where it stands.
    pub(crate) fn recipients(&self, word: usize) -> Who {
        self.memo.recipients.of(word, || self.seek_recipients(word))
    }

    /// Those whose the thing is: "Iran's proposal", "the Iranian proposal", "a proposal by Iran".
    pub(crate) fn owners(&self, word: usize) -> Who {
        self.memo.owners.of(word, || self.those(self.seek_owners(word)))
    }

    pub(super) fn nobody(&self) -> Who {
        Rc::clone(&self.memo.nobody)
    }

    /// These, to be told again without being copied.
    fn those(&self, who: Vec<Participant>) -> Who {
        if who.is_empty() { self.nobody() } else { who.into() }
    }

    fn seek_actors(&self, word: usize) -> Vec<Participant> {
        let tree = &self.reader.trees[self.s];
        let mut heads: Vec<usize> = Vec::new();
        heads.extend(tree.coordinated(word).filter(|&h| h != word));
        // A headline's "Kenya, Somalia clinch deal".
        let listed = tree.all(word, rel!["appos"]).filter(|&c| {
            let (one, other) = (self.country(word), self.country(c));
            let persons = (self.reader.cast.at(self.s, word), self.reader.cast.at(self.s, c));
            one.is_some() && other.is_some() && one != other
                || matches!(persons, (Some(a), Some(b)) if a != b)
        });
        heads.extend(listed);
        heads.extend(self.beside_in_headline(word).filter(|w| !heads.contains(w)));
        let mut out = if heads.is_empty() { once(self.one(word)) } else { self.all_of(word, heads) };
        // "Guatemalan lawmakers and a judge".
        if out.iter().any(is_of_none) {
            let home = out.iter().map(|p| &p.code).find(|c| c.len() == 3).cloned().unwrap_or_default();
            give_home(&mut out, &home);
        }
        out
    }

    /// Those whom the heads of joined phrases mean, `word` among them.
    fn all_of(&self, word: usize, mut heads: Vec<usize>) -> Vec<Participant> {
        let tree = &self.reader.trees[self.s];
        let joined = tree.coordinated(word).count();
        heads.splice(0..joined - 1, tree.coordinated(word));
        heads.retain(|&h| h == word || tree.upos(h) != Upos::VERB);
        let mut each: Vec<Vec<Participant>> = heads.iter().map(|&head| self.one(head)).collect();
        // "Condemnation came from Berlin, Paris and Ottawa": one capital stands for what the others do.
        let capitals = heads.iter().filter(|&&h| self.is_capital(h)).count();
        if capitals > 1 && heads.iter().zip(&each).any(|(&h, who)| self.is_capital(h) && !who.is_empty()) {
            for (&head, who) in heads.iter().zip(&mut each).filter(|(_, who)| who.is_empty()) {
                who.extend(self.country(head).filter(|_| self.is_capital(head)).map(state));
            }
        }
        once(each.into_iter().flatten().collect())
    }

    fn is_capital(&self, word: usize) -> bool {
        matches!(
            self.reader.cast.item(self.s, word).map(|i| &i.kind),
            Some(Kind::Actor { entry: EntryKind::Capital, .. })
        )
    }

    /// The other of two states, bodies or persons that only a comma joins, at the start of a sentence or the end of a headline: "US, EU lift
    /// sanctions", "Putin, Xi meet", "tariffs on Mexico, Canada". The parser takes one of them for a part of something else.
    fn beside_in_headline(&self, word: usize) -> Option<usize> {
        let tree = &self.reader.trees[self.s];
        let comma = |at: usize| at < tree.len() && tree.form(at) == ",";
        let before = word.checked_sub(2).filter(|&w| comma(w + 1));
        let (first, second) =
            before.map(|w| (w, word)).or_else(|| comma(word + 1).then_some((word, word + 2)))?;
        if second >= tree.len() {
            return None;
        }
        let ends = second + 1 == tree.len();
        let starts = first == 0 && !ends && !matches!(tree.form(second + 1), "," | "'s" | "’s" | "'" | "’");
        // "Beirut, Lebanon" is one place; "Iran, Israel says, is building" has two clauses.
        let above = tree.head(second).filter(|_| tree.relation(second) == "nsubj");
        let says = above.is_some_and(|v| self.pages.realis.told.contains(tree.lemma(v)));
        let one_place = self.is_capital(first) && !self.is_capital(second);
        let apart = self.country(first) != self.country(second) && !says && !one_place;
        let persons = [first, second].map(|w| self.reader.cast.at(self.s, w));
        let both = self.is_known(first) && self.is_known(second) && apart
            || !says && matches!(persons, [Some(a), Some(b)] if a != b);
        let other = if first == word { second } else { first };
        // Whom a word belongs to is sought among what belongs to that: not the other way round too.
        ((starts || ends) && both && !tree.below(word, other)).then_some(other)
    }

    /// Whether a word is the name of a state or an organisation.
    fn is_known(&self, word: usize) -> bool {
        matches!(self.reader.cast.item(self.s, word).map(|i| &i.kind), Some(Kind::Actor { .. }))
            && self.reader.trees[self.s].upos(word) == Upos::PROPN
    }

    fn seek_recipients(&self, word: usize) -> Who {
        let direct = self.actors(word);
        if !direct.is_empty() {
            return direct;
        }
        let tree = &self.reader.trees[self.s];
        let mut out: Vec<Participant> = Vec::new();
        for head in tree.coordinated(word) {
            out.extend(self.place(head).map(state));
        }
        if !out.is_empty() {
            return out.into();
        }
        let owners = self.owners(word);
        if !owners.is_empty() {
            return owners;
        }
        self.those(self.countries_beside(word).iter().map(|c| state(c)).collect())
    }

    fn seek_owners(&self, word: usize) -> Vec<Participant> {
        let tree = &self.reader.trees[self.s];
        let mut out: Vec<Participant> = Vec::new();
        let own = |c: &usize| owns(tree, *c);
        let mut beside: Vec<usize> =
            tree.all(word, rel!["nmod", "amod", "compound", "det"]).filter(own).collect();
        // "Syrian chemical weapons sites": the parser hangs the adjective on the first noun.
        let inner = tree.all(word, rel!["compound"]);
        beside.extend(inner.flat_map(|c| tree.all(c, rel!["amod", "compound"])));
        for c in beside {
            let found: Who = match self.country(c) {
                Some(_) if tree.relation(c) != "nmod" => {
                    tree.coordinated(c).filter_map(|x| self.country(x)).map(state).collect()
                }
                Some(code) if self.actors(c).is_empty() => [state(code)].into(),
                _ => self.actors(c),
            };
            for one in found.iter() {
                if !out.contains(one) {
                    out.push(one.clone());
                }
            }
        }
        // "A Karachi police inspector" is of the police of Karachi's state.
        if out.iter().any(is_of_none)
            && let Some(home) = self.countries_beside(word).first()
        {
            give_home(&mut out, home);
        }
        out
    }

    /// The sector of a code without one of its own: states are governments.
    pub(crate) fn sector_of(&self, code: &str) -> &'r str {
        match code.contains(':') {
            false => "GOV",
            true if code.starts_with("IGO:") => "IGO",
            true => self.reader.knowledge.organization(code).map_or("", |o| o.sector),
        }
    }

    fn one(&self, head: usize) -> Vec<Participant> {
        let mut who = self.told_by(head);
        if self.names_states() {
            self.settle_kin(head, &mut who);
        }
        self.settle_army(head, &mut who);
        who
    }

    fn told_by(&self, head: usize) -> Vec<Participant> {
        let tree = &self.reader.trees[self.s];
        let lemma = tree.lemma(head);
        // "Dozens of protesters", "members of the opposition".
        if self.pages.quantities.has(self.word(head))
            && let Some(inner) = tree.all(head, rel!["nmod"]).find(|&c| tree.case(c).as_deref() == Some("of"))
        {
            let who = self.actors(inner);
            let people = tree.plural(inner) && self.is_demonym(inner);
            let crowd = |p: &Participant| Participant { sector: Some("CVL".to_owned()), ..p.clone() };
            return if people { who.iter().map(crowd).collect() } else { who.to_vec() };
        }
        let person = self.reader.named(self.s, head);
        if self.names_states()
            && let Some(both) = self.states_told(head, person.is_some())
        {
            return both.iter().map(|code| state(code)).collect();
        }
        // The head of an armed group acts for it, an envoy for who sent him, whatever his nationality.
        if let Some(p) = person
            && let Some(body) = self.body_of(p, head)
        {
            return vec![Participant { name: self.reader.person(p).name, ..state(body) }];
        }
        let named = person.is_some();
        if let Some(people) = self.people_beside(head) {
            return vec![Participant { name: person.and_then(|p| self.reader.person(p).name), ..people }];
        }
        if let Some(half) = self.half(head) {
            return vec![state(half)];
        }
        if let Some(known) = person.filter(|&p| self.reader.cast.persons[p].code().is_empty()) {
            return self.unplaced(known, head);
        }
        if let Some(group) = self.compound_group(head) {
            return vec![Participant {
                name: None,
                code: group.country.clone(),
                sector: Some(group.sector.clone()),
            }];
        }
        if !named && let Some(led) = self.led(head) {
            return led;
        }
        // Names, titles, pronouns and "the two sides" are told as everywhere; a bare noun says what it says.
        let words = self.reader.words;
        let side = tree.plural(head) && (words.sides.contains(lemma) || words.persons.contains(lemma));
        let told =
            named || side || tree.upos(head) == Upos::PRON || self.reader.cast.item(self.s, head).is_some();
        // "West African leaders" are of a body, whoever else the leaders are.
        let counted = || {
            tree.child(head, rel!["nummod"]).is_some()
                || tree.all(head, rel!["det"]).any(|c| tree.is(c, &["both"]))
        };
        let agent = match told {
            false => self.agent(head),
            true if side && !named => self.agent(head).filter(|a| a.sector.contains(':') && !counted()),
            true => None,
        };
        if let Some(agent) = agent.filter(|a| a.sector != "GOV") {
            return self.described(head, agent);
        }
        if let Some(Kind::Actor { code, .. }) = self.reader.cast.item(self.s, head).map(|i| &i.kind)
            && self.is_demonym(head)
            && tree.plural(head)
            && tree.child(head, rel!["nummod"]).is_some()
        {
            return vec![Participant { sector: Some("CVL".to_owned()), ..state(code) }];
        }
        let meant = match person {
            Some(known) => vec![self.reader.person(known)],
            None => self.reader.unnamed(self.scene, self.s, head).map_or_else(Vec::new, |found| found.who),
        };
        if meant.iter().any(|p| !p.code.is_empty()) {
            return meant.into_iter().filter(|p| !p.code.is_empty()).map(|p| self.in_arms(p)).collect();
        }
        if tree.upos(head) == Upos::PRON {
            return if self.is_first_person(head) { self.speaking(head) } else { self.spoken_of(head) };
        }
        // "His country", said by a minister.
        let own = tree.all(head, rel!["nmod"]).find(|&c| tree.deprel(c) == "nmod:poss");
        if let Some(own) = own.filter(|&c| tree.upos(c) == Upos::PRON && words.bodies.contains(lemma)) {
            let whose = self.spoken_of(own).into_iter().map(|p| state(&p.code)).collect::<BTreeSet<_>>();
            return whose.into_iter().collect();
        }
        match self.agent(head).filter(|_| !named && !side) {
            Some(agent) => self.described(head, agent),
            None if told && !tree.plural(head) => Vec::new(),
            None => self.people(head).into_iter().collect(),
        }
    }

    /// The organisation that a person acts for: an armed group by the tables or the text, else a body of states that is told beside the
    /// name, "African Union mediator Kofi Annan".
    fn body_of(&self, person: usize, head: usize) -> Option<&'r str> {
        let (tree, knowledge) = (&self.reader.trees[self.s], self.reader.knowledge);
        let person = &self.reader.cast.persons[person];
        let armed = |code: &str| {
            knowledge.organization(code).filter(|o| o.kind == OrganizationKind::ArmedGroup).map(|o| o.code)
        };
        let told = person.body.as_deref().and_then(armed);
        let day = self.reader.document.reference_date();
        let known = || {
            let known = person.known.as_ref()?;
            let held: Vec<&str> = known.held(day?).map(|term| term.organization).collect();
            let all = held.iter().all(|organization| !organization.is_empty());
            held.into_iter().filter(|_| all).find_map(armed)
        };
        told.or_else(known).or_else(|| {
            let titles = tree.all(head, rel!["compound", "flat", "amod", "nmod", "appos"]);
            let mut words: Vec<usize> = titles.flat_map(|c| tree.subtree(c)).filter(|&w| w != head).collect();
            words.sort_unstable();
            let near = |&w: &usize| {
                let above = tree.ancestors(w).take_while(|&a| a != head);
                above.chain([w]).all(|a| {
                    matches!(tree.relation(a), "compound" | "flat" | "amod" | "appos")
                        || tree.deprel(a) == "nmod:desc"
                })
            };
            let past = words.iter().any(|&w| tree.is(w, &["former", "ex", "late"]));
            let titled = words.iter().chain([&head]).any(|&w| tree.upos(w) == Upos::NOUN);
            let bodies = words.iter().copied().filter(near).filter_map(|w| self.body(w));
            let sent = |o: &Organization| {
                matches!(o.kind, OrganizationKind::ArmedGroup | OrganizationKind::International)
                    || o.kind == OrganizationKind::Party && o.sector == "OPP"
            };
            let body = bodies.filter_map(|code| knowledge.organization(code)).find(sent);
            body.filter(|_| titled && !past).map(|o| o.code)
        })
    }

    /// The code of the organisation that a word names.
    pub(super) fn body(&self, word: usize) -> Option<&'r str> {
        match self.reader.cast.item(self.s, word).map(|i| &i.kind) {
            Some(Kind::Actor { code, .. }) if code.contains(':') => Some(code),
            _ => None,
        }
    }

    /// One whom neither tables nor offices place: "Malawi's Kamuzu Banda", "opposition leader Aung San Suu Kyi".
    fn unplaced(&self, person: usize, head: usize) -> Vec<Participant> {
        let tree = &self.reader.trees[self.s];
        let mut beside =
            tree.all(head, rel!["nmod", "compound", "appos", "flat"]).filter(|&c| tree.upos(c) == Upos::NOUN);
        let agent = beside.find_map(|c| self.agent(c));
        let sector = agent.map(|a| a.sector.clone()).filter(|s| s != "GOV" && !s.contains(':'));
        let code = self.countries_beside(head).into_iter().next().map(Cow::into_owned);
        let setting = || sector.as_ref().and_then(|_| self.setting()).map(str::to_owned);
        let code = code.or_else(setting);
        let name = self.reader.person(person).name;
        // One who is named acts even if nobody knows for whom.
        let named = self.reader.cast.persons[person].words.len() > 1;
        let code = code.or_else(|| named.then(String::new));
        code.map(|code| Participant { name, code, sector }).into_iter().collect()
    }

    /// "Opposition leaders", "the leader of the union", "M23 rebels": those who are led, or the organisation that is named.
    fn led(&self, head: usize) -> Option<Vec<Participant>> {
        let tree = &self.reader.trees[self.s];
        let leads = self.pages.leaders.has(self.word(head));
        for c in tree.all(head, rel!["compound", "amod", "nmod", "flat"]) {
            // "Hamas's military wing", "the wing of Hamas".
            let armed = |a: &Agent| matches!(a.sector.as_str(), "REB" | "MIL" | "PTY" | "UAF");
            let owned = tree.deprel(c) == "nmod:poss" && self.agent(head).is_some_and(armed);
            let of =
                owned || tree.relation(c) != "nmod" || matches!(tree.case(c).as_deref(), Some("of" | "from"));
            if let Some(Kind::Actor { code, .. }) = self.reader.cast.item(self.s, c).map(|i| &i.kind)
                && code.contains(':')
                && of
            {
                let mut body = self.in_arms(state(code));
                // "Renault workers" are labour, not the company.
                let own = self.agent(head).map(|a| &a.sector).filter(|s| *s != "GOV" && !s.contains(':'));
                if body.sector.as_deref() == Some("BUS") && own.is_some() {
                    body.sector = own.cloned();
                }
                return Some(vec![body]);
            }
            // "The Bush administration", "Lukashenko aides": of the state that he acts for.
            let person =
                || self.reader.cast.at(self.s, c).map(|p| self.reader.cast.persons[p].country.clone());
            if tree.relation(c) == "compound"
                && tree.upos(c) == Upos::PROPN
                && self.agent(head).is_none_or(|a| a.sector == "GOV")
                && let Some(code) = person().filter(|code| !code.is_empty())
            {
                return Some(vec![state(&code)]);
            }
            if leads && of && self.country(c).is_none() {
                let who = match self.agent(c) {
                    Some(agent) if tree.relation(c) != "nmod" => self.described(head, agent),
                    _ if tree.relation(c) == "nmod" => self.one(c),
                    _ => Vec::new(),
                };
                if who.iter().any(|p| p.sector.is_some() || p.code.contains(':'))
                    || self.own_organ(c).is_some()
                {
                    return Some(who);
                }
            }
        }
        None
    }

    /// What the noun, with the nouns and adjectives that make one word of it, says of who acts.
    pub(super) fn agent(&self, head: usize) -> Option<&'r Agent> {
        self.memo.agents.of(head, || self.seek_agent(head))
    }

    fn seek_agent(&self, head: usize) -> Option<&'r Agent> {
        let tree = &self.reader.trees[self.s];
        // "A general strike" has no general.
        if tree.relation(head) == "amod" && tree.token(head).xpos.starts_with("JJ") {
            return None;
        }
        let (agents, word, lemma) = (&self.pages.agents, self.word(head), tree.lemma(head));
        let known = |words: &str| agents.noun(words);
        // "troops" is its own lemma, "troop" stands in the table.
        let singular = lemma.strip_suffix('s').filter(|_| tree.plural(head)).unwrap_or(lemma);
        let alone = || known(lemma).or_else(|| known(singular));
        let mut found = agents.may_be(word).then(alone).flatten();
        if !agents.may_end_with(word) {
            return found;
        }
        let (mut words, mut spelt) = (singular.to_owned(), tree.lower(head).to_owned());
        // "Secretary-General" is two words here.
        let before = (0..head).rev().filter(|&b| tree.form(b) != "-");
        let joined = |&b: &usize| tree.below(b, head) && agents.may_stand_before(self.word(b));
        for b in before.take(2).take_while(joined) {
            words = [tree.lemma(b), " ", &words].concat();
            spelt = [tree.lemma(b), " ", &spelt].concat();
            // "West African leaders" are of a body, one of them is of his state.
            found = known(&words).or_else(|| known(&spelt)).or(found);
        }
        found
    }

    fn described(&self, head: usize, agent: &Agent) -> Vec<Participant> {
        let tree = &self.reader.trees[self.s];
        let beside = self.countries_beside(head);
        let known = !beside.is_empty();
        // A mediator of a state is the state's.
        let own = agent.sector != "GOV" && !(agent.sector == "IGO" && known);
        let sector = own.then(|| agent.sector.clone());
        let two = tree.all(head, rel!["amod", "compound"]).find_map(|c| self.compound_group(c));
        if let Some(two) = two {
            return vec![Participant { name: None, code: two.country.clone(), sector }];
        }
        if !known && let Some(own) = self.own_organ(head) {
            return vec![state(own)];
        }
        // "The Security Council", "blue helmets" are of a body of states, unless a state's: "Chadian peacekeepers".
        if agent.sector == "IGO" || agent.sector.contains(':') {
            // What the noun says only with those before it is said of itself, "the Hague court", "Tamil rebels"; but "Israeli Arab leaders".
            let alone = self.pages.agents.noun(tree.lemma(head)).is_some_and(|a| a.sector == agent.sector);
            let own = |c: usize| tree.deprel(c) == "nmod:poss" || self.is_demonym(c);
            let mut whose = Vec::new();
            if alone || agent.sector == "IGO" || tree.all(head, rel!["amod", "compound", "nmod"]).any(own) {
                self.gather_countries(head, 0, &mut whose);
            }
            // "The Iranian security council chief": the parser hangs the adjective on the first noun.
            if whose.is_empty() {
                let mut inner =
                    tree.all(head, rel!["compound"]).flat_map(|c| tree.all(c, rel!["amod", "compound"]));
                let adjective = inner.find(|&c| self.is_demonym(c));
                whose.extend(adjective.and_then(|c| self.country(c)).map(Cow::Borrowed));
            }
            let whose: Vec<Participant> = whose.iter().map(|code| state(code)).collect();
            let of_body = || match agent.sector.as_str() {
                "IGO" => self.only_body().map_or(
                    Participant { sector: Some(agent.sector.clone()), ..Participant::default() },
                    state,
                ),
                code => state(code),
            };
            return if whose.is_empty() { vec![of_body()] } else { whose };
        }
        let foreign = self.is_foreign(head);
        if known && !foreign {
            let of_state = |code| Participant { name: None, code, sector: sector.clone() };
            return beside.into_iter().map(Cow::into_owned).map(of_state).collect();
        }
        let beside = |c| self.pages.agents.group(tree.lemma(c));
        let code = tree
            .all(head, rel!["amod", "compound"])
            .find_map(beside)
            .map(|g| g.country.as_str())
            .filter(|c| !c.is_empty())
            .or_else(|| self.only_state().filter(|_| STATE.contains(&agent.sector.as_str())))
            .or_else(|| self.setting().filter(|_| !foreign))
            .unwrap_or_default();
        if code.is_empty() && sector.is_none() {
            return Vec::new();
        }
        vec![Participant { name: None, code: code.to_owned(), sector }]
    }
}

/// Whether somebody without a name is of no state told.
fn is_of_none(who: &Participant) -> bool {
    who.code.is_empty() && who.name.is_none()
}

/// Those of no state told are of this one.
fn give_home(who: &mut [Participant], home: &str) {
    who.iter_mut().filter(|p| is_of_none(p)).for_each(|one| one.code.push_str(home));
}

/// Each of them once.
fn once(mut all: Vec<Participant>) -> Vec<Participant> {
    let mut at = 1;
    while at < all.len() {
        match all[..at].contains(&all[at]) {
            true => drop(all.remove(at)),
            false => at += 1,
        }
    }
    all
}
