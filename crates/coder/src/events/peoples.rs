//! Peoples, and the people of states: "Kurds", "three Ugandans", "Bosnian Serb leaders", "soldiers in Hebron".

use chancery_model::Participant;

use super::place::{distinct, only};
use super::who::At;
use crate::codebook::Group;
use crate::knowledge::EntryKind;
use crate::relations::rel;
use crate::scan::Kind;

/// Sectors of those who may be of a people rather than of a state.
const OF_PEOPLE: [&str; 8] = ["CVL", "ETH", "PRM", "REB", "REF", "REL", "SEP", "UAF"];

impl<'r> At<'r> {
    /// Whether any word of the sentence stands for states, or for a people that lives in several.
    pub(super) fn names_states(&self) -> bool {
        let tree = &self.reader.trees[self.s];
        let names = || (0..tree.len()).any(|w| self.pages.agents.may_mean_states(self.form(w)));
        *self.memo.names_states.get_or_init(names)
    }

    /// "The two Koreas", "the Baltic states", "the Pope": the states that a word stands for.
    pub(super) fn states_told(&self, head: usize, named: bool) -> Option<&'r [String]> {
        let (tree, words) = (&self.reader.trees[self.s], self.reader.words);
        let lemma = tree.lemma(head);
        let of_them = tree.plural(head)
            && (words.sides.contains(lemma) || words.persons.contains(lemma) || words.bodies.contains(lemma));
        let beside = of_them.then(|| tree.all(head, rel!["amod", "compound"]));
        // A pope who is named is a person, and one of a people is of another church.
        let bare =
            !named && !tree.all(head, rel!["amod"]).any(|c| self.pages.agents.group(tree.lemma(c)).is_some());
        let mut told = beside.into_iter().flatten().chain(bare.then_some(head));
        told.find_map(|w| Some(self.pages.agents.pair(tree.lower(w))).filter(|both| !both.is_empty()))
    }

    /// "Soldiers in Hebron" are Israel's, "Palestinian soldiers" are not.
    pub(super) fn settle_army(&self, head: usize, who: &mut [Participant]) {
        let tree = &self.reader.trees[self.s];
        let of_none = |p: &Participant| {
            p.sector.as_deref() == Some("MIL")
                && p.name.is_none()
                && self.pages.agents.army(&p.code).is_some()
        };
        if !who.iter().any(of_none) {
            return;
        }
        // "Arafat's men", "the army of Palestine", "Palestinian Authority troops" say whose they are.
        let own = |w: usize| {
            tree.deprel(w) == "nmod:poss"
                || tree.relation(w) != "nmod" && self.country(w).is_some()
                || tree.case(w).as_deref() == Some("of")
        };
        if tree.all(head, rel!["amod", "compound", "nmod", "flat"]).any(own) {
            return;
        }
        for one in who.iter_mut().filter(|p| of_none(p)) {
            if let Some(whose) = self.pages.agents.army(&one.code) {
                whose.clone_into(&mut one.code);
            }
        }
    }

    /// "Serb gunners" above Gorazde are of Bosnia: of a people that lives in several states those are meant whose state the sentence names
    /// or plays in, unless they act for another.
    pub(super) fn settle_kin(&self, head: usize, who: &mut [Participant]) {
        let tree = &self.reader.trees[self.s];
        let beside = tree.all(head, rel!["amod", "compound"]);
        let lives =
            beside.chain([head]).map(|w| self.pages.agents.kin(tree.lower(w))).find(|l| !l.is_empty());
        let Some(lives) = lives else { return };
        let own = tree.plural(head) && !self.pages.agents.kin(tree.lower(head)).is_empty();
        let told = |p: &Participant| p.sector.as_deref().map_or(own, |s| OF_PEOPLE.contains(&s));
        for one in who.iter_mut().filter(|p| p.code.len() == 3 && p.name.is_none() && told(p)) {
            // "Serbs rallied in Belgrade against Kosovo" are at home.
            let elsewhere =
                |w: usize| w != head && !tree.below(w, head) && self.country(w) == Some(&one.code);
            if (0..tree.len()).any(elsewhere) {
                continue;
            }
            let there =
                |w: usize| self.country(w).or_else(|| self.place(w)).filter(|c| lives.iter().any(|l| l == c));
            if let Some(home) = only(&distinct((0..tree.len()).filter_map(there))) {
                home.clone_into(&mut one.code);
                one.sector.get_or_insert_with(|| "ETH".to_owned());
            }
        }
    }

    /// "Bosnian Serb leaders": those of a people whose name is two words, who are not of the states that each word names.
    pub(super) fn people_beside(&self, head: usize) -> Option<Participant> {
        let tree = &self.reader.trees[self.s];
        if self.is_ethnic(head) {
            let code = self.setting().unwrap_or_default().to_owned();
            return Some(Participant { name: None, code, sector: Some("ETH".to_owned()) });
        }
        let group = tree.all(head, rel!["amod", "compound", "flat"]).find_map(|c| self.compound_group(c))?;
        let sector = self.agent(head).map(|a| &a.sector).filter(|s| *s != "GOV" && !s.contains(':'));
        let sector = Some(sector.unwrap_or(&group.sector).clone());
        Some(Participant { name: None, code: group.country.clone(), sector })
    }

    /// "The North", where South Korea is named: the state that is meant beside another.
    pub(super) fn half(&self, head: usize) -> Option<&'r str> {
        let tree = &self.reader.trees[self.s];
        let bare = tree.children(head).iter().all(|&c| matches!(tree.relation(c), "det" | "case" | "punct"));
        let told = bare && tree.all(head, rel!["det"]).any(|c| tree.lower(c) == "the");
        let halves = told.then(|| self.pages.agents.halves(tree.lower(head))).flatten()?;
        let named = self.named();
        halves.iter().find(|half| named.contains(&half.beside.as_str())).map(|half| half.meant.as_str())
    }

    /// Whether people are told to be of another state than where they are: "foreign reporters".
    pub(super) fn is_foreign(&self, head: usize) -> bool {
        let tree = &self.reader.trees[self.s];
        tree.all(head, rel!["amod"]).any(|c| tree.is(c, &["foreign", "western", "overseas"]))
    }

    /// Whether a word is the adjective of a state or the name of its people: "Kenyans".
    pub(super) fn is_demonym(&self, word: usize) -> bool {
        matches!(
            self.reader.cast.item(self.s, word).map(|i| &i.kind),
            Some(Kind::Actor { entry: EntryKind::Demonym, .. })
        )
    }

    /// "Bosnian Serbs": a people whose name is two words, the second alone another's.
    pub(super) fn compound_group(&self, head: usize) -> Option<&Group> {
        if !self.pages.agents.may_end_with(self.form(head)) {
            return None;
        }
        let tree = &self.reader.trees[self.s];
        let first = head.checked_sub(1).filter(|&b| {
            self.pages.agents.may_stand_before(self.form(b))
                && (tree.below(b, head) || tree.head(b) == tree.head(head))
        })?;
        let words = [tree.lower(first), " ", tree.lower(head)].concat();
        self.pages.agents.group(&words).filter(|g| !g.country.is_empty())
    }

    /// "Kurds", "three Ugandans": a people, or people of a state.
    pub(super) fn people(&self, head: usize) -> Option<Participant> {
        let tree = &self.reader.trees[self.s];
        if tree.plural(head)
            && let Some(group) = self.pages.agents.group(tree.lemma(head))
        {
            let code = match group.country.as_str() {
                "" => self.country_beside(head)?.into_owned(),
                known => known.to_owned(),
            };
            return Some(Participant { name: None, code, sector: Some(group.sector.clone()) });
        }
        None
    }
}
