//! The persons of a document: every name gathered under its fullest form, with the offices that stand beside it.

use chancery_model::{BlockKind, Date, Document, Span};

use crate::beside::{office_as, offices_beside};
use crate::fold::fold_words;
use crate::identify::{Named, identify};
use crate::kin;
use crate::knowledge::{self, Knowledge, OrganizationKind};
use crate::learnt::{know_bodies, know_surnames};
use crate::references::PhraseWords;
use crate::rules::Codebook;
use crate::scan::{Item, Kind, scan};
use crate::tree::Tree;

/// A person of the document.
#[derive(Debug, Clone)]
pub(crate) struct Person<'k> {
    /// Fullest name that the document gives.
    pub(crate) full: String,
    /// Folded words of that name, without "Jr." and initials.
    pub(crate) words: Vec<String>,
    /// State served, where the text, the tables or the publisher tell; else empty.
    pub(crate) country: String,
    /// Body served where that is no state: `IGO:UN`, `ORG:Kemerovo Region`.
    pub(crate) body: Option<String>,
    /// Why the country is taken to be so.
    pub(crate) why: String,
    /// Offices as stated, in order of statement.
    pub(crate) offices: Vec<Stated>,
    /// What the tables say of the person, where they do.
    pub(crate) known: Option<knowledge::Person<'k>>,
}

/// One statement that a person holds an office.
#[derive(Debug, Clone)]
pub(crate) struct Stated {
    pub(crate) office: String,
    pub(crate) country: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) sentence: usize,
    pub(crate) quote: Span,
    pub(crate) words: Span,
    /// Whether it is said to be held no longer.
    pub(crate) former: bool,
    /// Whether it is of a part of the state.
    pub(crate) regional: bool,
    pub(crate) rule: &'static str,
}

impl Stated {
    /// Whether it is the office of one who heads a part of a state: a region, a city.
    fn of_part(&self) -> bool {
        let head = fold_words(&self.office);
        self.body.is_some()
            && head.last().is_some_and(|w| matches!(w.as_str(), "governor" | "mayor" | "head"))
    }
}

impl<'k> Person<'k> {
    /// Key in `people.csv`, where the tables know the person.
    pub(crate) fn id(&self) -> Option<&'k str> {
        self.known.as_ref().map(|known| known.id)
    }

    /// The code that stands for the person's side: the state, else the body.
    pub(crate) fn code(&self) -> String {
        if self.country.is_empty() { self.body.clone().unwrap_or_default() } else { self.country.clone() }
    }

    /// Whether the person is said to hold an office that these (folded) words may stand for.
    pub(crate) fn holds(&self, office: &[String]) -> bool {
        self.offices.iter().any(|o| stands_for(&fold_words(&o.office), office))
    }
}

/// All persons of a document and where they are named.
pub(crate) struct Cast<'k> {
    pub(crate) persons: Vec<Person<'k>>,
    /// For each sentence: the items of the scan.
    pub(crate) items: Vec<Vec<Item>>,
    /// For each sentence: first word, last word and person of each name.
    pub(crate) names: Vec<Vec<(usize, usize, usize)>>,
    /// Code of the state whose officials the text names without saying so.
    pub(crate) home: Option<String>,
    /// Code of the publisher's own state, where it is known.
    pub(crate) own: Option<String>,
    /// The same, or the code of the organisation that publishes.
    pub(crate) publisher: Option<String>,
}

/// A name found in a sentence, before it is given to a person.
struct Found {
    sentence: usize,
    item: usize,
    text: String,
    words: Vec<String>,
    offices: Vec<Stated>,
    hint: Option<String>,
    likely: bool,
    /// Whether the names layer takes a word of it for a place.
    place: bool,
    /// What "Mrs." or "Mr." before it says.
    female: Option<bool>,
}

impl<'k> Cast<'k> {
    /// Gather the persons of a document.
    pub(crate) fn gather(
        document: &Document,
        trees: &[Tree],
        knowledge: &'k Knowledge,
        (codebook, phrases): (&Codebook, &PhraseWords),
        publisher: Option<&str>,
    ) -> Self {
        // A headline with escapes left in it ("Joe\\_Biden\\u2019s") spells its names wrong; the text below spells them right.
        let spoilt = |t: &Tree| {
            let words = document.slice(t.sentence.span);
            document.blocks[t.sentence.block].kind == BlockKind::Headline && words.contains('\\')
        };
        let scanned = |t: &Tree| if spoilt(t) { Vec::new() } else { scan(t, knowledge, codebook, phrases) };
        let mut items: Vec<Vec<Item>> = trees.iter().map(scanned).collect();
        know_bodies(trees, &mut items, knowledge);
        know_surnames(trees, &mut items);
        let mut found = Vec::new();
        for (s, tree) in trees.iter().enumerate() {
            for (i, item) in items[s].iter().enumerate() {
                if item.kind == Kind::Name {
                    found.push(Self::found(tree, &items[s], s, i, knowledge));
                }
            }
        }
        // "the Biden-Harris administration" names two who are each named elsewhere, not a third.
        let alone: Vec<String> =
            found.iter().filter(|f| f.words.len() == 1).map(|f| f.words[0].clone()).collect();
        let pair = |f: &Found| {
            f.text.contains('-') && f.words.len() > 1 && f.words.iter().all(|w| alone.contains(w))
        };
        found.retain(|f| !pair(f));
        let mut cast = Self {
            persons: Vec::new(),
            names: vec![Vec::new(); trees.len()],
            items,
            home: None,
            own: None,
            publisher: None,
        };
        // Long names first, so that short ones find the person they belong to.
        let mut order: Vec<usize> = (0..found.len()).collect();
        order.sort_by_key(|&i| std::cmp::Reverse(found[i].words.len().min(2)));
        let mut owner = vec![None; found.len()];
        for i in order {
            owner[i] = cast.admit(&found[i], knowledge, document.reference_date());
        }
        for (f, owner) in found.iter().zip(&owner) {
            if let Some(p) = owner {
                let (a, b) = cast.items[f.sentence][f.item].words;
                cast.names[f.sentence].push((a, b, *p));
            }
        }
        for (f, owner) in found.into_iter().zip(owner) {
            if let Some(p) = owner {
                cast.persons[p].offices.extend(f.offices);
            }
        }
        cast.hear(document, trees, knowledge);
        cast.part_joined(knowledge, document.reference_date());
        cast.place(document, knowledge, publisher);
        kin::place(&mut cast, trees, phrases);
        cast
    }

    fn found(tree: &Tree, items: &[Item], sentence: usize, item: usize, knowledge: &Knowledge) -> Found {
        let (a, mut b) = items[item].words;
        // "Nursultan Nazarbayev Nazarbayev Nursultan": the tooltip of a web page repeats the name.
        let forms: Vec<&str> = (a..=b).map(|i| tree.lower(i)).collect();
        if let Some(k) = (2..forms.len()).find(|&k| forms[k..].iter().all(|w| forms[..k].contains(w))) {
            b = a + k - 1;
        }
        let text = tree.words(tree.span(a).cover(tree.span(b)));
        let (mut offices, hint) = offices_beside(tree, items, item);
        offices.extend(office_as(tree, items, item));
        let honoured =
            item > 0 && items[item - 1].kind == Kind::Honorific && items[item - 1].words.1 + 1 == a;
        // "EAM" may be a person to the names layer, but is initials of an office.
        let initials = a == b && text.chars().count() <= 5 && text.chars().all(char::is_uppercase);
        let per = (a..=b).filter(|&i| !initials && tree.token(i).name.ends_with("PER")).count();
        let likely = !offices.is_empty() || honoured || 2 * per > b - a || knowledge.knows(&text);
        let female = match honoured.then(|| tree.lower(a - 1)) {
            Some("mr." | "mr" | "king" | "prince" | "sir" | "lord") => Some(false),
            Some(
                "mrs." | "mrs" | "ms." | "ms" | "miss" | "madam" | "madame" | "queen" | "princess" | "lady",
            ) => Some(true),
            _ => None,
        };
        let place = (a..=b).any(|i| tree.token(i).name.ends_with("LOC"));
        Found { sentence, item, words: name_words(&text), text, offices, hint, likely, place, female }
    }

    /// The person whom a name belongs to; a new one if the name may stand for itself.
    fn admit(&mut self, found: &Found, knowledge: &'k Knowledge, date: Option<Date>) -> Option<usize> {
        if found.words.is_empty() {
            return None;
        }
        let named = Named {
            text: &found.text,
            words: &found.words,
            offices: found.offices.iter().map(|o| fold_words(&o.office)).collect(),
            country: found.offices.iter().find_map(|o| o.country.as_deref()),
            female: found.female,
        };
        let known = identify(knowledge, &named, date);
        // "Secretary Clinton" where the text is of another Clinton, who held no such office on the day.
        let id = known.as_ref().map(|k| k.id);
        let other = |p: &Person| {
            let told = !found.offices.is_empty() && known.is_some();
            let another = || match &known {
                // "President Biden" is no George Biden of whom an anecdote is told.
                Some(known) if p.known.is_none() => {
                    let mut names = known.names().map(name_words);
                    p.words.len() > 1 && !names.any(|name| p.words.iter().all(|w| name.contains(w)))
                }
                _ => p.id() != id,
            };
            let gender = p.known.as_ref().and_then(|known| known.female);
            told && another() || matches!((found.female, gender), (Some(a), Some(b)) if a != b)
        };
        let fits = |p: &Person| {
            if other(p) {
                return false;
            }
            found.words.iter().all(|w| p.words.contains(w))
                || (p.words.len() > 1 && p.words.iter().all(|w| found.words.contains(w)))
                || (id.is_some() && p.id() == id)
        };
        let country = found.offices.iter().find_map(|o| o.country.clone()).or_else(|| found.hint.clone());
        let mut matches: Vec<usize> = (0..self.persons.len()).filter(|&i| fits(&self.persons[i])).collect();
        if matches.len() > 1 {
            let same = |&i: &usize| {
                let offices: Vec<Vec<String>> = found.offices.iter().map(|o| fold_words(&o.office)).collect();
                let stated = self.persons[i].offices.iter().find_map(|o| o.country.clone());
                (country.is_some() && stated == country) || offices.iter().any(|o| self.persons[i].holds(o))
            };
            let narrowed: Vec<usize> = matches.iter().copied().filter(same).collect();
            if !narrowed.is_empty() {
                matches = narrowed;
            }
        }
        if let Some(&p) = matches.first() {
            let person = &mut self.persons[p];
            if found.text.chars().count() > person.full.chars().count()
                && found.words.len() >= person.words.len()
            {
                person.full = found.text.clone();
                person.words = found.words.clone();
            }
            return Some(p);
        }
        // "Correa, Uribe break bread": the names layer takes one in high office for something else, but for a place seldom.
        let in_office = found.words.len() == 1 && !found.place && known.is_some();
        if !found.likely && !in_office {
            return None;
        }
        self.persons.push(Person {
            full: found.text.clone(),
            words: found.words.clone(),
            country: String::new(),
            body: None,
            why: String::new(),
            offices: Vec::new(),
            known,
        });
        Some(self.persons.len() - 1)
    }

    /// Who speaks by the labels of a transcript: "President of Russia Vladimir Putin:" states an office, "CHANCELLOR SCHOLZ:" names him whom
    /// the tables know by this surname and office on the day.
    fn hear(&mut self, document: &Document, trees: &[Tree], knowledge: &'k Knowledge) {
        let labels = document.blocks.iter().enumerate().filter(|(_, b)| b.kind == BlockKind::Speaker);
        for (number, block) in labels {
            let label = document.slice(block.span).trim_end_matches([':', ' ']);
            let forms: Vec<&str> = label.split(' ').collect();
            let titled = knowledge.office(&forms).filter(|(n, o)| *n < forms.len() && !o.honorific);
            let (length, office) = titled.map_or((0, ""), |(n, office)| (n, office.phrase));
            let (of, country) = match forms.get(length) {
                Some(&"of") if length > 0 => match knowledge.longest(&forms[length + 1..]) {
                    Some((n, entry)) if entry.code.len() == 3 => (n + 1, Some(entry.code.to_owned())),
                    _ => continue,
                },
                _ => (0, None),
            };
            let text = in_small_letters(&forms[length + of..].join(" "));
            let words = name_words(&text);
            if words.is_empty() {
                continue;
            }
            let sentence = trees.iter().position(|t| t.sentence.block > number).unwrap_or(0);
            let stated = country.as_ref().map(|code| Stated {
                office: forms[..length].join(" "),
                country: Some(code.clone()),
                body: None,
                sentence,
                quote: Span::new(block.span.start as usize, block.span.start as usize + label.len()),
                words: block.span,
                rule: "speaker-label",
                former: false,
                regional: false,
            });
            let named = |p: &Person| p.words.last().is_some_and(|w| words.contains(w));
            if let Some(person) = self.persons.iter_mut().find(|p| named(p)) {
                if words.iter().all(|w| person.words.contains(w)) {
                    person.offices.extend(stated);
                }
                continue;
            }
            let offices = if office.is_empty() { Vec::new() } else { vec![fold_words(office)] };
            let beside =
                Named { text: &text, words: &words, offices, country: country.as_deref(), female: None };
            if let Some(known) = identify(knowledge, &beside, document.reference_date()) {
                self.persons.push(Person {
                    full: text,
                    words,
                    country: String::new(),
                    body: None,
                    why: String::new(),
                    offices: stated.into_iter().collect(),
                    known: Some(known),
                });
            }
        }
    }

    /// "The Vice President and Prime Minister Sunak" are two: an office joined to another is dropped where someone else holds it.
    fn part_joined(&mut self, knowledge: &Knowledge, date: Option<Date>) {
        if self.persons.iter().flat_map(|p| &p.offices).all(|o| o.rule != "offices-joined") {
            return;
        }
        let held: Vec<(usize, Vec<String>)> = self
            .persons
            .iter()
            .enumerate()
            .flat_map(|(p, person)| {
                person
                    .offices
                    .iter()
                    .filter(|o| o.rule != "offices-joined")
                    .map(move |o| (p, fold_words(&o.office)))
            })
            .collect();
        for (p, person) in self.persons.iter_mut().enumerate() {
            let known = &person.known;
            // "The President and First Lady Jill Biden": by the tables she leads no state.
            let leads = |o: &Stated, words: &[String]| {
                let forms: Vec<&str> = o.office.split_whitespace().collect();
                let first =
                    knowledge.office(&forms).is_some_and(|(n, office)| n == forms.len() && office.level == 1);
                let Some((known, date)) = known.as_ref().zip(date) else { return true };
                !first || known.held(date).any(|term| stands_for(&fold_words(term.office), words))
            };
            person.offices.retain(|o| {
                let words = fold_words(&o.office);
                o.rule != "offices-joined"
                    || leads(o, &words) && !held.iter().any(|(q, other)| *q != p && *other == words)
            });
        }
    }

    /// Decide for each person which state or body they act for.
    fn place(&mut self, document: &Document, knowledge: &Knowledge, publisher: Option<&str>) {
        for person in &mut self.persons {
            let stated = person.offices.iter().find_map(|o| o.country.clone());
            let body = person.offices.iter().find_map(|o| o.body.clone());
            let table = person.known.as_ref().map(|known| known.country.to_owned());
            let of_body = body
                .as_ref()
                .and_then(|b| knowledge.organization(b))
                .map(|o| o.country.to_owned())
                .filter(|c| !c.is_empty());
            // A body that the tables do not know, and no state said with it: the person acts for the body.
            let unknown = body.as_ref().is_some_and(|b| {
                b.starts_with("ORG:")
                    && knowledge
                        .organization(b)
                        .is_none_or(|o| matches!(o.kind, OrganizationKind::Body | OrganizationKind::Company))
            });
            let serves = person.known.as_ref().and_then(|known| {
                let date = document.reference_date();
                let held = known.offices.iter().filter(|t| date.is_none_or(|day| t.includes(day)));
                held.map(|t| t.organization.to_owned()).find(|o| o.starts_with("IGO:"))
            });
            person.body = body.or(serves);
            let part = unknown && person.offices.iter().any(|o| o.of_part());
            if part
                || stated.is_none()
                    && (unknown || person.body.as_deref().is_some_and(|b| b.starts_with("IGO:")))
            {
                person.why = "the body that the office is stated with, or that the tables give".to_owned();
                continue;
            }
            let (country, why) = match (stated, table, of_body) {
                (Some(c), ..) => (c, "the office is stated with its state"),
                (None, Some(c), _) if !c.contains(':') => (c, "the tables of officials"),
                (None, Some(c), _) => {
                    person.body.get_or_insert(c);
                    (String::new(), "the tables of officials")
                }
                (None, None, Some(c)) => (c, "the home state of the body"),
                _ => (String::new(), ""),
            };
            person.country = country;
            person.why = why.to_owned();
        }
        self.home = publisher.map(str::to_owned).or_else(|| self.home_by_officials());
        let Some(home) = self.home.clone() else { return };
        // A head of state or government whom the tables do not know is taken for the publisher's own only where the publisher
        // is named and nobody else in the text holds that office of that state.
        let first = |o: &Stated| {
            let words: Vec<&str> = o.office.split_whitespace().collect();
            knowledge.office(&words).is_some_and(|(n, office)| n == words.len() && office.level == 1)
        };
        let held: Vec<Vec<String>> = self
            .persons
            .iter()
            .filter(|p| p.country == home)
            .flat_map(|p| p.offices.iter().map(|o| fold_words(&o.office)))
            .collect();
        for person in &mut self.persons {
            let taken = |o: &Stated| publisher.is_none() || held.contains(&fold_words(&o.office));
            if person.known.is_none() && person.offices.iter().any(|o| first(o) && taken(o)) {
                continue;
            }
            if person.country.is_empty() && person.body.is_none() && !person.offices.is_empty() {
                person.country.clone_from(&home);
                person.why = format!("an office without a state is the publisher's own: {home}");
            }
        }
    }

    /// The state of the officials whom the tables know and the text names without a state, if they are all of one: those with
    /// an office, or all where none has one.
    fn home_by_officials(&self) -> Option<String> {
        let bare = |p: &&Person| {
            p.known.is_some()
                && !p.country.is_empty()
                && p.offices.iter().all(|o| o.country.is_none() && o.body.is_none())
        };
        let persons = self.persons.iter().filter(bare);
        let (titled, others): (Vec<_>, Vec<_>) = persons.partition(|p| !p.offices.is_empty());
        let asked = if titled.is_empty() { others } else { titled };
        let home = &asked.first()?.country;
        asked.iter().all(|p| p.country == *home).then(|| home.clone())
    }

    /// The person named at a word of a sentence.
    pub(crate) fn at(&self, sentence: usize, word: usize) -> Option<usize> {
        self.names[sentence].iter().find(|(a, b, _)| (*a..=*b).contains(&word)).map(|n| n.2)
    }

    /// The item that covers a word of a sentence.
    pub(crate) fn item(&self, sentence: usize, word: usize) -> Option<&Item> {
        self.items[sentence].iter().find(|i| (i.words.0..=i.words.1).contains(&word))
    }
}

/// Whether a title may stand for a held office: the same words, "President" for "President of the Academy", "the Minister" for
/// "Foreign Minister", but not "President" for "Vice President" or "Assistant to the President".
pub(crate) fn stands_for(held: &[String], title: &[String]) -> bool {
    let deputy = |w: &String| {
        matches!(w.as_str(), "vice" | "deputy" | "under" | "assistant" | "former" | "counselor" | "to")
    };
    let (held, title) = (&plain_order(held)[..], &plain_order(title)[..]);
    // "The vice minister" for the vice foreign minister.
    if let ([rank, head], [first, .., last]) = (title, held)
        && deputy(rank)
        && (rank, head) == (first, last)
    {
        return true;
    }
    let same = |w: &String| title.contains(w);
    if title.is_empty() || held == title {
        return !title.is_empty();
    }
    if held.starts_with(title) {
        return matches!(held[title.len()].as_str(), "of" | "for");
    }
    held.ends_with(title) && !held[..held.len() - title.len()].iter().any(|w| deputy(w) && !same(w))
}

/// "Vice minister of foreign affairs" as "vice foreign minister", which is the same office.
fn plain_order(office: &[String]) -> Vec<String> {
    let is = |i: usize, words: &[&str]| office.get(i).is_some_and(|w| words.contains(&w.as_str()));
    let spelt = |w: &String| if w == "defense" { "defence".to_owned() } else { w.clone() };
    let Some(at) = (0..office.len()).find(|&i| is(i, &["minister"]) && is(i + 1, &["of", "for"])) else {
        return office.iter().map(spelt).collect();
    };
    let mut what: Vec<&String> = office[at + 2..].iter().filter(|w| *w != "the").collect();
    if what.len() > 1 {
        what.retain(|w| *w != "affairs");
    }
    if what.is_empty() || what.len() > 2 || what.iter().any(|w| matches!(w.as_str(), "and" | "of" | "state"))
    {
        return office.iter().map(spelt).collect();
    }
    office[..at].iter().chain(what).chain([&office[at]]).map(spelt).collect()
}

/// A name in capitals as it is usually written: each word begins with one.
fn in_small_letters(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_string() + &letters.as_str().to_lowercase())
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// Folded words of a name that count when names are compared.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    // "Yu. Ushakov": in Russian an initial may have two letters.
    let initial = |word: &str| word.strip_suffix('.').is_some_and(|w| w.chars().count() == 2 && w.is_ascii());
    let without: Vec<&str> = name.split(' ').filter(|w| !initial(w)).collect();
    let name = if without.len() > 1 || without.len() == 1 && name.contains(' ') {
        without.join(" ")
    } else {
        name.to_owned()
    };
    fold_words(&name)
        .into_iter()
        .filter(|w| {
            !matches!(w.as_str(), "jr" | "sr" | "ii" | "iii" | "vi" | "iv")
                && (w.chars().count() > 1 || !w.is_ascii())
        })
        .collect()
}
