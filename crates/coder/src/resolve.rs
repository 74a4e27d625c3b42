//! Who a noun phrase refers to: names, titles, pronouns, groups, states, capitals that stand for governments.

use chancery_model::{BlockKind, Date, Document, Participant, Upos};

use crate::cast::{Cast, name_words, stands_for};
use crate::fold::fold_words;
use crate::knowledge::{EntryKind, Knowledge};
use crate::references::PhraseWords;
use crate::relations::rel;
use crate::rules::ClauseWords;
use crate::scan::{Kind, Office};
use crate::time::Time;
use crate::tree::Tree;

/// Everything that is known of a document before its rows are made.
pub(crate) struct Reader<'a> {
    pub(crate) document: &'a Document,
    pub(crate) knowledge: &'a Knowledge,
    pub(crate) trees: Vec<Tree<'a>>,
    /// Whether the learned reader of events was asked about its words.
    pub(crate) asked: bool,
    pub(crate) times: Vec<Vec<Time>>,
    pub(crate) cast: Cast<'a>,
    /// Lists of words that the codebook keeps.
    pub(crate) words: &'a ClauseWords,
    /// Lists of words by which phrases mean someone.
    pub(crate) phrases: &'a PhraseWords,
}

/// What the reader of a text has in mind at a point: who is meeting, who was spoken of last.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scene {
    /// Persons (or bare sides) of the main meeting, in order.
    pub(crate) principals: Vec<Participant>,
    /// Codes of its sides, in order.
    pub(crate) sides: Vec<String>,
    /// Whether the text is a statement of several parties in common.
    pub(crate) joint: bool,
    /// Index in the cast of the person spoken of last as one who acts.
    pub(crate) person: Option<usize>,
    /// The last group that acted: of two or more, or the state that all of them are of.
    pub(crate) group: Vec<Participant>,
    /// Whether the last group that acted has members that cannot be told: "the Governors and the President".
    pub(crate) open: bool,
}

/// The referents of a noun phrase and how they were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolved {
    pub(crate) who: Vec<Participant>,
    pub(crate) rule: &'static str,
}

pub(crate) fn state(code: &str) -> Participant {
    Participant { code: code.to_owned(), ..Participant::default() }
}

impl Reader<'_> {
    /// The code of the state that stood on the day of the text where this one stands.
    pub(crate) fn on_the_day<'c>(&'c self, code: &'c str) -> &'c str {
        self.document.reference_date().map_or(code, |day| self.knowledge.state_on(code, day))
    }

    pub(crate) fn person(&self, p: usize) -> Participant {
        let person = &self.cast.persons[p];
        Participant { name: Some(person.full.clone()), code: person.code(), sector: None }
    }

    /// The block with the name of whose turn it is to speak, in a transcript.
    pub(crate) fn label(&self, s: usize) -> Option<usize> {
        let blocks = &self.document.blocks;
        let block = self.trees[s].sentence.block;
        let label = (0..block)
            .rev()
            .take_while(|&b| blocks[b].kind != BlockKind::Headline)
            .find(|&b| blocks[b].kind == BlockKind::Speaker)?;
        (!blocks[label..block].iter().any(|b| b.kind == BlockKind::Headline)).then_some(label)
    }

    /// Index in the cast of whose turn it is to speak.
    pub(crate) fn turn(&self, s: usize) -> Option<usize> {
        let words = fold_words(self.document.slice(self.document.blocks[self.label(s)?].span));
        let persons = &self.cast.persons;
        let named = persons.iter().position(|p| {
            p.words.iter().all(|w| words.contains(w)) || p.words.last().is_some_and(|w| words.contains(w))
        });
        named.or_else(|| persons.iter().position(|p| name_words(&p.full).iter().any(|w| words.contains(w))))
    }

    /// Whether a person is known to be of the other gender than a pronoun says.
    pub(crate) fn other_gender(&self, person: Option<&str>, female: bool) -> bool {
        person.and_then(|id| self.knowledge.female(id)).is_some_and(|known| known != female)
    }

    /// Whom the phrase headed by `word` refers to, all its coordinated heads together.
    pub(crate) fn resolve(&self, scene: &Scene, s: usize, word: usize) -> Option<Resolved> {
        let tree = &self.trees[s];
        let mut who: Vec<Participant> = Vec::new();
        let mut rule = "";
        let mut heads = vec![word];
        let mut at = 0;
        while at < heads.len() {
            heads.extend(tree.all(heads[at], rel!["conj"]).filter(|&c| tree.upos(c) != Upos::VERB));
            at += 1;
        }
        heads.sort_unstable();
        for head in heads {
            let found = self.single(scene, s, head);
            // "Mr. Sullivan and the Crown Prince": one who cannot be told is not left out in silence.
            let item = self.cast.item(s, head).map(|i| &i.kind);
            let lemma = tree.lemma(head);
            let persons =
                tree.plural(head) && (self.words.persons.contains(lemma) || self.words.sides.contains(lemma));
            // "Administration officials and executives": more than the state of the first.
            let nouns = [word, head].iter().all(|&w| tree.plural(w) && tree.upos(w) == Upos::NOUN);
            let state = matches!(self.cast.item(s, word).map(|i| &i.kind), Some(Kind::Actor { .. }));
            let others = nouns && !state;
            // "The two leaders and their teams".
            let rest = tree
                .all(head, rel!["amod", "nmod"])
                .any(|c| tree.is(c, &["other", "their", "his", "her", "its"]))
                || tree.all(head, rel!["nmod"]).any(|c| tree.upos(c) == Upos::PRON);
            let someone = (persons || others) && !rest || matches!(item, Some(Kind::Name | Kind::Office(_)));
            if found.is_none() && head != word && someone {
                return None;
            }
            if let Some(found) = found {
                if rule.is_empty() {
                    rule = found.rule;
                }
                for participant in found.who {
                    if !who.contains(&participant) {
                        who.push(participant);
                    }
                }
            }
        }
        (!who.is_empty()).then_some(Resolved { who, rule })
    }

    /// Whom a word with what belongs to it refers to, without what is joined to it.
    pub(crate) fn single(&self, scene: &Scene, s: usize, head: usize) -> Option<Resolved> {
        match self.named(s, head) {
            Some(p) => Some(Resolved { who: vec![self.person(p)], rule: "name" }),
            None => self.unnamed(scene, s, head),
        }
    }

    /// The same of a word that names nobody.
    pub(crate) fn unnamed(&self, scene: &Scene, s: usize, head: usize) -> Option<Resolved> {
        let tree = &self.trees[s];
        if tree.upos(head) == Upos::PRON || (tree.upos(head) == Upos::DET && tree.children(head).is_empty()) {
            return self.pronoun(scene, s, head);
        }
        if let Some(found) = self.group(scene, s, head) {
            return Some(found);
        }
        if let Some(Kind::Office(office)) = self.cast.item(s, head).map(|i| &i.kind)
            && head <= office.words.1
            && let Some(found) = self.office(scene, s, office)
        {
            return Some(found);
        }
        self.actor(scene, s, head)
    }

    /// The person whose name, or whose title beside a name, holds the word.
    pub(crate) fn named(&self, s: usize, head: usize) -> Option<usize> {
        if let Some(p) = self.cast.at(s, head) {
            return Some(p);
        }
        let tree = &self.trees[s];
        let span = tree.span(head);
        if let Some(p) = self.initials(tree.form(head)) {
            return Some(p);
        }
        let titled = self.cast.persons.iter().position(|p| {
            p.offices
                .iter()
                .any(|o| o.sentence == s && o.rule == "office-before-name" && o.words.contains(span))
        });
        titled.or_else(|| {
            // "The Biden-Harris Administration" is nobody's name.
            let body = || self.words.no_names.contains(tree.lemma(head));
            tree.all(head, rel!["flat", "appos", "compound"])
                .filter(|&c| {
                    tree.deprel(c) != "compound"
                        || tree.upos(head) == Upos::PROPN && !body()
                        || tree.is(head, &["dr.", "mr.", "ms.", "mr", "ms", "dr"])
                })
                .find_map(|c| self.cast.at(s, c))
        })
    }

    /// "EAM" for the External Affairs Minister: the one person of the text whose office has these initials.
    fn initials(&self, form: &str) -> Option<usize> {
        if !(2..=5).contains(&form.len()) || !form.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        let letters = form.to_lowercase();
        let fits = |p: &usize| {
            self.cast.persons[*p].offices.iter().any(|o| {
                fold_words(&o.office).iter().filter_map(|w| w.chars().next()).collect::<String>() == letters
            })
        };
        let mut found = (0..self.cast.persons.len()).filter(fits);
        found.next().filter(|_| found.next().is_none())
    }

    /// Persons listed right after those already told to take part: "with Secretary A of X and Director B of Y", whatever the parse.
    pub(crate) fn listed_with(&self, s: usize, after: usize, who: &[Participant]) -> Vec<Participant> {
        let tree = &self.trees[s];
        let names: Vec<&(usize, usize, usize)> = self.cast.names[s].iter().filter(|n| n.0 > after).collect();
        let part = |i: usize| {
            let form = tree.form(i);
            let link = matches!(form, "," | "and" | "the" | "of" | "for" | "'s" | "’s" | "-" | "as" | "well");
            link || self.cast.item(s, i).is_some() || form.chars().next().is_some_and(char::is_uppercase)
        };
        let mut out: Vec<Participant> = Vec::new();
        for pair in names.windows(2) {
            let (one, next) = (self.person(pair[0].2), self.person(pair[1].2));
            let joined = (pair[0].1 + 1..pair[1].0).any(|i| matches!(tree.form(i), "and" | ","));
            let titled = self.cast.persons[pair[1].2].offices.iter().any(|o| o.sentence == s);
            if joined
                && titled
                && (pair[0].1 + 1..pair[1].0).all(part)
                && (who.contains(&one) || out.contains(&one))
            {
                out.push(next);
            }
        }
        out
    }

    fn pronoun(&self, scene: &Scene, s: usize, head: usize) -> Option<Resolved> {
        let form = self.trees[s].lower(head);
        match form {
            "he" | "she" | "him" | "her" | "his" | "himself" | "herself" => {
                let p = scene.person?;
                Some(Resolved { who: vec![self.person(p)], rule: "pronoun" })
            }
            "they" | "them" | "their" | "both" | "each" | "all" => {
                let main = std::iter::successors(self.trees[s].head(head), |&at| {
                    self.trees[s].head(at).filter(|_| self.trees[s].relation(at) == "conj")
                });
                let main = main.last().is_some_and(|top| self.trees[s].head(top).is_none());
                let of_one = scene.group.len() == 1 && main && form == "they";
                let group = if scene.group.len() > 1 || of_one { &scene.group } else { &scene.principals };
                ((!scene.open || !main) && (of_one || group.len() > 1))
                    .then(|| Resolved { who: group.clone(), rule: "pronoun-group" })
            }
            // Of a joint statement all its parties are "we"; who they are must be known.
            "we" | "our" | "us" | "ours" if scene.joint => {
                let who: Vec<Participant> = scene.sides.iter().map(|c| state(c)).collect();
                (who.len() > 1).then_some(Resolved { who, rule: "pronoun-joint" })
            }
            "we" | "our" | "us" | "ours" => {
                let home = self.cast.home.clone()?;
                Some(Resolved { who: vec![state(&home)], rule: "pronoun-home" })
            }
            _ => None,
        }
    }

    /// "The leaders", "both sides", "the two countries": the persons or the sides of the meeting.
    fn group(&self, scene: &Scene, s: usize, head: usize) -> Option<Resolved> {
        let tree = &self.trees[s];
        let lemma = tree.lemma(head);
        let plural = tree.plural(head) || matches!(lemma, "both" | "two");
        if !plural || scene.principals.len() < 2 {
            return None;
        }
        let plain = tree.children(head).iter().all(|&c| match tree.relation(c) {
            "det" | "nummod" | "punct" | "case" | "cc" | "advmod" => true,
            "conj" | "acl" | "appos" => true,
            "amod" => tree.is(c, &["two", "both", "respective", "top"]),
            // "The leaders of the GCC member states" are not all who meet.
            "nmod" => {
                tree.is(c, &["country", "state", "nation", "side", "government", "they", "party"])
                    && !tree.subtree(c).iter().any(|&w| self.cast.item(s, w).is_some())
                    || (lemma == "head" && tree.is(c, &["state", "government"]))
                    || tree.upos(c) == Upos::PRON
                    // "Talks between the two premiers in Bled on Friday", the place hung at those who met.
                    || tree.case(head).as_deref() == Some("between") && self.where_or_when(s, c)
            }
            _ => false,
        });
        // "Participants welcomed": of a meeting, with or without an article.
        let bare =
            tree.children(head).iter().all(|&c| matches!(tree.relation(c), "det" | "punct" | "advmod"));
        let member = self.words.participants.contains(lemma)
            && bare
            && tree.relation(head) != "conj"
            && scene.sides.len() > 1;
        let definite = member
            || tree.children(head).iter().any(|&c| {
                matches!(tree.lower(c), "the" | "both" | "two" | "these") || tree.deprel(c) == "nmod:poss"
            })
            || matches!(lemma, "both" | "two");
        if !plain && definite {
            return self.peers(scene, s, head);
        }
        if !plain || !definite {
            return None;
        }
        if member || self.words.persons.contains(lemma) {
            return Some(Resolved { who: scene.principals.clone(), rule: "group-of-persons" });
        }
        if self.words.sides.contains(lemma) {
            let who = scene.sides.iter().map(|c| state(c)).collect();
            return Some(Resolved { who, rule: "group-of-sides" });
        }
        None
    }

    fn where_or_when(&self, s: usize, word: usize) -> bool {
        let tree = &self.trees[s];
        matches!(tree.case(word).as_deref(), Some("in" | "at" | "on"))
            && (tree.upos(word) == Upos::PROPN
                || self.times[s].iter().any(|t| t.words.0 <= word && word <= t.words.1))
    }

    /// "The Vice Presidents", "the national security advisors": those of the meeting who all hold that office.
    fn peers(&self, scene: &Scene, s: usize, head: usize) -> Option<Resolved> {
        let tree = &self.trees[s];
        if tree.children(head).iter().any(|&c| matches!(tree.relation(c), "nmod" | "conj" | "appos" | "acl"))
        {
            return None;
        }
        let below = tree.all(head, rel!["compound", "amod"]).flat_map(|c| tree.subtree(c));
        let mut words: Vec<usize> = below.chain([head]).collect();
        words.sort_unstable();
        let office: Vec<String> = words.iter().flat_map(|&w| fold_words(tree.lemma(w))).collect();
        let named = scene.principals.iter().filter(|p| p.name.is_some()).count();
        let holds = |p: &&Participant| {
            let person = p.name.as_ref().and_then(|n| self.cast.persons.iter().find(|q| q.full == *n));
            person.is_some_and(|q| q.holds(&office))
        };
        // Those who are not named hold it as well as those who are.
        let held = scene.principals.iter().filter(holds).count();
        let states = scene.principals.iter().all(|p| p.name.is_some() || p.code.len() == 3);
        (scene.principals.len() > 1 && states && named > 0 && held == named)
            .then(|| Resolved { who: scene.principals.clone(), rule: "group-of-office" })
    }

    /// A title without a name: "the premier", "the Israeli Prime Minister".
    fn office(&self, scene: &Scene, s: usize, office: &Office) -> Option<Resolved> {
        let tree = &self.trees[s];
        let words = fold_words(&tree.words(tree.span(office.words.0).cover(tree.span(office.words.1))));
        let words: Vec<String> = words.into_iter().filter(|w| w != "the").collect();
        let date = self.document.reference_date();
        let mut fits: Vec<usize> = (0..self.cast.persons.len())
            .filter(|&p| {
                let person = &self.cast.persons[p];
                let country = office.country.as_ref().is_none_or(|c| *c == person.country)
                    && office.body.as_ref().is_none_or(|b| {
                        person.body.as_ref() == Some(b)
                            || person.offices.iter().any(|o| o.body.as_ref() == Some(b))
                            || !b.starts_with("IGO:") && person.holds(&words)
                    });
                country
                    && (person.holds(&words)
                        || self.known_to_hold(p, &words, date)
                        || self.head_of_state(p, &words))
            })
            .collect();
        if office.country.is_none() && office.body.is_none() && fits.len() > 1 {
            let principal = |p: &usize| {
                scene.principals.iter().any(|q| q.name.as_deref() == Some(&self.cast.persons[*p].full))
            };
            let home = |p: &usize| Some(&self.cast.persons[*p].country) == self.cast.home.as_ref();
            let prefer: [&dyn Fn(&usize) -> bool; 3] = [&|p| home(p) && principal(p), &principal, &home];
            for preferred in prefer {
                let narrowed: Vec<usize> = fits.iter().copied().filter(preferred).collect();
                if !narrowed.is_empty() {
                    fits = narrowed;
                    break;
                }
            }
        }
        if let Some(&p) = fits.first() {
            return Some(Resolved { who: vec![self.person(p)], rule: "title" });
        }
        let code = office.country.as_ref().or(office.body.as_ref())?;
        Some(Resolved { who: vec![state(code)], rule: "title-of-state" })
    }

    /// Whether the tables say that the person held such an office on the document's day.
    pub(crate) fn known_to_hold(&self, p: usize, words: &[String], date: Option<Date>) -> bool {
        let held = self.cast.persons[p].known.iter().flat_map(|known| &known.offices);
        let mut held = held.filter(|term| date.is_none_or(|day| term.includes(day)));
        held.any(|term| stands_for(&fold_words(term.office), words))
    }

    /// "The head of state", "the leader" for one who is said to be president or monarch.
    fn head_of_state(&self, p: usize, words: &[String]) -> bool {
        let phrase = words.join(" ");
        let chief = ["president", "king", "queen", "emir", "sultan", "premier", "chancellor", "minister"];
        matches!(phrase.as_str(), "head of state" | "head of the state" | "leader" | "head of government")
            && (chief.iter().any(|o| self.cast.persons[p].holds(&[(*o).to_owned()]))
                || chief
                    .iter()
                    .any(|o| self.known_to_hold(p, &[(*o).to_owned()], self.document.reference_date())))
    }

    /// A state, organisation, capital or seat as one who acts, or a body with its state: "the Government of Ukraine".
    fn actor(&self, scene: &Scene, s: usize, head: usize) -> Option<Resolved> {
        let tree = &self.trees[s];
        if let Some(Kind::Actor { code, entry, .. }) = self.cast.item(s, head).map(|i| &i.kind) {
            return match entry {
                // A region or a water, known only so that no state is read into it.
                _ if code.is_empty() => None,
                EntryKind::Capital | EntryKind::Seat if self.as_place(s, head) => None,
                EntryKind::Demonym
                    if tree.upos(head) == Upos::ADJ
                        && !tree.token(head).has("Number=Plur")
                        && tree.relation(head) == "amod" =>
                {
                    None
                }
                EntryKind::Capital | EntryKind::Seat => {
                    Some(Resolved { who: vec![state(code)], rule: "seat-for-government" })
                }
                _ => Some(Resolved { who: vec![state(code)], rule: "state-or-organisation" }),
            };
        }
        let lemma = tree.lemma(head);
        // "The foreign ministers of Sudan and Egypt": persons unnamed, their states told.
        let persons = tree.plural(head) && self.words.persons.contains(lemma);
        let body = persons
            || self.words.bodies.contains(lemma)
            || matches!(self.cast.item(s, head).map(|i| &i.kind), Some(Kind::Office(_)));
        if !body {
            return None;
        }
        let mut codes = Vec::new();
        for c in tree.all(head, rel!["amod", "nmod", "compound", "det", "appos", "flat"]) {
            for c in tree.coordinated(c) {
                if let Some(Kind::Actor { code, entry, .. }) = self.cast.item(s, c).map(|i| &i.kind) {
                    // "The premiers of Chad, Niger and Mali in Niamey".
                    let there = matches!(entry, EntryKind::Capital | EntryKind::Seat)
                        && matches!(tree.case(c).as_deref(), Some("in" | "at"));
                    if !there && !codes.contains(code) {
                        codes.push(code.clone());
                    }
                } else if let Some(sides) = self.group(scene, s, c).filter(|g| g.rule == "group-of-sides") {
                    // "The foreign ministries of both countries".
                    codes.extend(sides.who.into_iter().map(|p| p.code));
                } else if administration(tree, head)
                    && let Some(p) = self.cast.at(s, c)
                {
                    // "The Biden-Harris Administration".
                    codes.push(self.cast.persons[p].code());
                } else if administration(tree, c) || self.words.bodies.contains(tree.lemma(c)) {
                    // "Administration officials", "the leaders of the GCC member states".
                    let whose = self.actor(scene, s, c);
                    codes.extend(whose.into_iter().flat_map(|r| r.who).map(|p| p.code));
                } else if tree.deprel(c) == "nmod:poss" {
                    let whose = self.single(scene, s, c);
                    codes.extend(whose.into_iter().flat_map(|r| r.who).map(|p| p.code));
                }
            }
        }
        codes.retain(|c| !c.is_empty());
        let mut seen = Vec::new();
        codes.retain(|c| {
            !seen.contains(c) && {
                seen.push(c.clone());
                true
            }
        });
        if codes.is_empty() && lemma == "counterpart" {
            return None;
        }
        if codes.is_empty()
            && administration(tree, head)
            && tree.child(head, rel!["compound", "amod", "nmod", "flat"]).is_none()
            && let Some(home) = &self.cast.home
        {
            return Some(Resolved { who: vec![state(home)], rule: "own-administration" });
        }
        (!codes.is_empty())
            .then(|| Resolved { who: codes.iter().map(|c| state(c)).collect(), rule: "body-of-state" })
    }

    /// Whether a capital is spoken of as a place: "in Pyongyang".
    fn as_place(&self, s: usize, head: usize) -> bool {
        let tree = &self.trees[s];
        matches!(
            tree.case(head).as_deref(),
            Some(
                "in" | "at"
                    | "to"
                    | "from"
                    | "near"
                    | "outside"
                    | "around"
                    | "into"
                    | "through"
                    | "via"
                    | "of"
            )
        ) && tree.deprel(head) != "nmod:poss"
    }

    /// The states, organisations and persons named anywhere among the words, in order.
    pub(crate) fn actors_among(&self, s: usize, words: &[usize]) -> Vec<Participant> {
        let mut out: Vec<Participant> = Vec::new();
        for &w in words {
            let found = match self.cast.at(s, w) {
                Some(p) => Some(self.person(p)),
                None => match self.cast.item(s, w).map(|i| &i.kind) {
                    Some(Kind::Actor { code, entry, .. })
                        if !matches!(entry, EntryKind::Capital | EntryKind::Seat) =>
                    {
                        Some(state(code))
                    }
                    _ => None,
                },
            };
            if let Some(found) = found
                && !out.contains(&found)
            {
                out.push(found);
            }
        }
        out
    }
}

/// "The Administration", with a capital: the government of the day.
fn administration(tree: &Tree, word: usize) -> bool {
    tree.form(word) == "Administration"
}
