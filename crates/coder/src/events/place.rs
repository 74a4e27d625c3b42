//! Of which state a phrase is: by the names beside it, by the places in it, by where the sentence plays.

use std::borrow::Cow;

use chancery_model::{Participant, Upos};

use super::who::{At, STATE};
use crate::knowledge::{Around, EntryKind, OrganizationKind, Place, PlaceKind};
use crate::relations::rel;
use crate::scan::Kind;
use crate::tree::Tree;

/// How many live in a place that is known beyond its state.
const TOWN: u64 = 50_000;

impl<'r> At<'r> {
    pub(super) fn country_beside(&self, head: usize) -> Option<Cow<'r, str>> {
        self.countries_beside(head).into_iter().next().or_else(|| self.setting().map(Cow::Borrowed))
    }

    /// The states that stand beside a noun: "Darfur rebels", "the Turkish and Greek navies", "villagers on the island of Bougainville".
    pub(super) fn countries_beside(&self, head: usize) -> Vec<Cow<'r, str>> {
        let mut out = Vec::new();
        self.gather_countries(head, 2, &mut out);
        out
    }

    pub(super) fn gather_countries(&self, head: usize, depth: usize, out: &mut Vec<Cow<'r, str>>) {
        let tree = &self.reader.trees[self.s];
        let possessive = |c: usize| tree.deprel(c) == "nmod:poss";
        let phrase = |c: usize| tree.relation(c) == "nmod" && !possessive(c);
        let deep = depth > 0;
        let mut beside: Vec<usize> =
            tree.all(head, rel!["amod", "compound", "nmod", "appos", "flat"]).collect();
        // "Macedonia's Albanian rebels" are Macedonia's; "Afghan refugees in a camp outside Peshawar" are Afghans.
        beside.sort_by_key(|&c| (phrase(c), !possessive(c)));
        for c in beside {
            let near = !phrase(c)
                || deep
                    && matches!(
                        tree.case(c).as_deref(),
                        Some("of" | "in" | "from" | "at" | "near" | "on" | "across")
                    );
            let kin = !phrase(c) && !possessive(c) && self.is_ethnic(c);
            let owned =
                !out.is_empty() && !possessive(c) && tree.children(head).iter().any(|&p| possessive(p));
            let enough = owned || phrase(c) && c > head && !out.is_empty();
            if !near || enough || kin {
                continue;
            }
            for x in tree.coordinated(c) {
                // "Mugabe's party", "his country's embassy": of the state that he acts for; a company's are wherever it is.
                let owner = || {
                    let whose = possessive(c).then(|| self.actors(x))?;
                    let of_state = |p: &&Participant| p.code.len() == 3 && p.sector.as_deref() != Some("BUS");
                    whose.iter().find(of_state).map(|p| Cow::Owned(p.code.clone()))
                };
                // "A Russian Baltic port" is Russia's.
                if out.is_empty() && self.names_states() {
                    out.extend(
                        self.pages.agents.pair(tree.lower(x)).iter().map(|c| Cow::Borrowed(c.as_str())),
                    );
                }
                // "Moro rebels" are of a people, though a town has that name too.
                let people = || self.pages.agents.group(tree.lower(x)).map(|g| g.country.as_str());
                let people = || people().filter(|code| !code.is_empty());
                let told = self.country(x).or_else(people).or_else(|| self.place(x));
                match told.map(Cow::Borrowed).or_else(owner) {
                    Some(code) if !out.contains(&code) => out.push(code),
                    None if (phrase(c) || tree.relation(c) == "compound") && depth > 0 && out.is_empty() => {
                        self.gather_countries(x, depth - 1, out);
                    }
                    _ => {}
                }
            }
        }
    }

    /// "Ethnic Albanian rebels": whose people they are, not whose citizens.
    pub(super) fn is_ethnic(&self, word: usize) -> bool {
        let tree = &self.reader.trees[self.s];
        word > 0 && tree.is(word - 1, &["ethnic"])
    }

    /// The state that a word names, is the adjective of, or is the capital of; of "Saudi-led" Saudi Arabia.
    pub(super) fn country(&self, word: usize) -> Option<&'r str> {
        let tree = &self.reader.trees[self.s];
        if tree.relates(word, rel!["amod"])
            && matches!(tree.form(word), "led" | "based" | "flagged" | "owned")
        {
            let before =
                tree.children(word).iter().copied().find(|&c| c < word && tree.upos(c) != Upos::PUNCT);
            return before.and_then(|c| self.country(c));
        }
        match self.reader.cast.item(self.s, word).map(|i| &i.kind) {
            Some(Kind::Actor { code, .. }) if code.len() == 3 && !self.is_ethnic(word) => Some(code),
            _ => None,
        }
    }

    /// The only body of states that the sentence names: whose "the mediators" are.
    pub(super) fn only_body(&self) -> Option<&'r str> {
        let words = 0..self.reader.trees[self.s].len();
        let named = words.filter_map(|w| self.body(w)).filter(|code| code.starts_with("IGO:"));
        only(&distinct(named))
    }

    /// The publisher's state, where two words name an organ of it, though elsewhere a body of states: "the Security Council" in Moscow, in
    /// texts that do not speak of the United Nations.
    pub(super) fn own_organ(&self, head: usize) -> Option<&'r str> {
        let (tree, own) = (&self.reader.trees[self.s], self.reader.cast.own.as_deref()?);
        if !self.pages.agents.may_end_with(self.form(head)) {
            return None;
        }
        let words = [tree.lemma(head.checked_sub(1)?), " ", tree.lemma(head)].concat();
        let named = |tree: &Tree| (0..tree.len()).any(|w| matches!(tree.form(w), "UN" | "U.N." | "Nations"));
        let abroad = || self.reader.trees.iter().any(named);
        (self.pages.agents.is_own_organ(&words, own) && !abroad()).then_some(own)
    }

    /// A force or an organ of a state is the state's: "the Revolutionary Guards", "the Duma"; a company is of its state, unless by name
    /// somebody acts for it; and a town or part of a state that is led by somebody is no body: "the governor of Shanghai".
    pub(super) fn in_arms(&self, who: Participant) -> Participant {
        let knowledge = self.reader.knowledge;
        let Some(name) = who.code.strip_prefix("ORG:") else { return who };
        let Some(body) = knowledge.organization(&who.code) else {
            // "Krasnoyarsk Territory" is a part of the state as Krasnoyarsk is.
            let words = self.reader.phrases;
            let unit = |word: &str| {
                let word = word.to_lowercase();
                words.units.contains(&word) || words.named_units.contains(&word)
            };
            let short = match (name.split_once(" of "), name.rsplit_once(' ')) {
                (Some((kind, short)), _) | (_, Some((short, kind))) if unit(kind) => short,
                _ => name,
            };
            let place = |name| knowledge.place(name, Around::Nothing);
            let part = place(name).or_else(|| place(short));
            let part = part.filter(|p| matches!(p.kind, PlaceKind::City | PlaceKind::Unit));
            let code = part.map_or_else(|| who.code.clone(), |part| part.country.to_owned());
            return Participant { code, ..who };
        };
        let company = body.kind == OrganizationKind::Company && who.name.is_none();
        let of_state = STATE.contains(&body.sector) || company;
        if body.country.len() != 3 || !of_state {
            return who;
        }
        let sector = (body.sector != "GOV").then(|| body.sector.to_owned());
        Participant { code: body.country.to_owned(), sector, ..who }
    }

    /// The state that a place is in.
    pub(super) fn place(&self, word: usize) -> Option<&'r str> {
        self.memo.places.of(word, || self.seek_place(word))
    }

    fn seek_place(&self, word: usize) -> Option<&'r str> {
        let tree = &self.reader.trees[self.s];
        if tree.upos(word) != Upos::PROPN {
            return None;
        }
        // "UDT and KOTA forces": in a sentence of small letters capitals spell a body, not a town.
        let shouted = |form: &str| form.len() > 2 && form.chars().all(char::is_uppercase);
        let small = |w: usize| tree.form(w).starts_with(char::is_lowercase);
        if self.reader.cast.at(self.s, word).is_some_and(|p| !self.may_be_place(p, tree.form(word)))
            || shouted(tree.form(word)) && (0..tree.len()).any(small)
        {
            return None;
        }
        if let Some(Kind::Actor { code, entry, .. }) = self.reader.cast.item(self.s, word).map(|i| &i.kind) {
            let stands = matches!(entry, EntryKind::Capital | EntryKind::State) && code.len() == 3;
            return stands.then_some(code.as_str());
        }
        let mut words = vec![word];
        // "Saint Petersburg", "Lake Chad": what kind of name it is belongs to it.
        let kind_of_name = |c: usize| c < word && tree.deprel(c) == "nmod:desc";
        words.extend(
            tree.all(word, rel!["compound", "flat", "amod", "nmod"])
                .filter(|&c| tree.relation(c) != "nmod" || kind_of_name(c))
                .filter(|&c| tree.upos(c) == Upos::PROPN || tree.form(c).starts_with(char::is_uppercase)),
        );
        words.sort_unstable();
        let name = words.iter().map(|&w| tree.form(w)).collect::<Vec<_>>().join(" ");
        // Of several of one name that in a state which the sentence names.
        let named = self.named();
        let knowledge = self.reader.knowledge;
        let mut of_name = knowledge.places(&name).peekable();
        of_name.peek()?;
        let near = of_name.find(|p| named.contains(&p.country));
        // Among states that are named a small place of another is likelier none: London's "Docklands" is not in Melbourne.
        let known = |p: &Place| named.is_empty() || p.population.is_none_or(|n| n >= TOWN);
        let found = near.or_else(|| knowledge.place(&name, Around::In).filter(known))?;
        (!found.country.is_empty()).then_some(found.country)
    }

    /// Whether one of whom nothing is known but a single name, that of a large place, may be the place: "a Vitebsk blogger".
    fn may_be_place(&self, person: usize, name: &str) -> bool {
        let person = &self.reader.cast.persons[person];
        let unknown = person.known.is_none() && person.offices.is_empty() && person.code().is_empty();
        unknown && person.words.len() == 1 && self.reader.knowledge.place(name, Around::Nothing).is_some()
    }

    /// The only state that the sentence names: whose "the government" and "the army" are.
    pub(super) fn only_state(&self) -> Option<&'r str> {
        only(self.named())
    }

    /// The states that the sentence names, each once.
    pub(super) fn named(&self) -> &'r [&'r str] {
        let named = || distinct((0..self.reader.trees[self.s].len()).filter_map(|w| self.country(w)));
        self.memo.named.get_or_init(named)
    }

    /// The state in which the sentence plays: the only one that a place in it names, else that of the dateline.
    pub(super) fn setting(&self) -> Option<&'r str> {
        *self.memo.setting.get_or_init(|| self.seek_setting())
    }

    fn seek_setting(&self) -> Option<&'r str> {
        let tree = &self.reader.trees[self.s];
        let within = |&w: &usize| {
            matches!(tree.relation(w), "obl" | "nmod")
                && matches!(
                    tree.case(w).as_deref(),
                    Some(
                        "in" | "at"
                            | "near"
                            | "outside"
                            | "inside"
                            | "across"
                            | "around"
                            | "through"
                            | "into"
                            | "of"
                    )
                )
        };
        let places = distinct((0..tree.len()).filter(within).filter_map(|w| self.place(w)));
        let alone = if places.is_empty() { self.only_state() } else { only(&places) };
        if alone.is_some() {
            return alone;
        }
        let dateline = self.reader.document.source.dateline_place.as_deref()?;
        let city = dateline.split(',').next().unwrap_or(dateline).trim();
        let entry = self.reader.knowledge.place(city, Around::In).map(|p| p.country);
        entry.filter(|c| !c.is_empty())
    }
}

/// Each code once.
pub(super) fn distinct<'c>(codes: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    let mut out = Vec::new();
    for code in codes {
        if !out.contains(&code) {
            out.push(code);
        }
    }
    out
}

/// The only one of some codes.
pub(super) fn only<'c>(codes: &[&'c str]) -> Option<&'c str> {
    match codes {
        [one] => Some(one),
        _ => None,
    }
}
