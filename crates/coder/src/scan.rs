//! First reading of a sentence for names: what each stretch of words is, before anyone asks who it refers to.

use chancery_model::Upos;

use crate::knowledge::{Entry, EntryKind, Knowledge, Read, Title};
use crate::references::PhraseWords;
use crate::relations::rel;
use crate::rules::Codebook;
use crate::tree::Tree;

/// What a stretch of words is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A state, organisation, capital or seat, or the adjective of one.
    Actor { code: String, entry: EntryKind, name: String },
    /// An office with what belongs to it.
    Office(Office),
    /// The name of a person.
    Name,
    /// "Mr", "Dr.", "His Majesty".
    Honorific,
}

/// An office phrase: "general secretary of the Workers' Party of Korea".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Office {
    /// The words of the office proper, first and last.
    pub(crate) words: (usize, usize),
    /// The head word: "minister" in "minister of finance of Peru".
    pub(crate) head: usize,
    /// Code of the state named with it.
    pub(crate) country: Option<String>,
    /// `ORG:` or `IGO:` code of the body named with it.
    pub(crate) body: Option<String>,
    /// Rank, 1 for heads of state and government, 5 for those far below; 5 where the tables do not tell.
    pub(crate) level: u8,
    /// Whether it says "former", "late" or "ex".
    pub(crate) former: bool,
    /// First and last word, and code, of those named after it: "Turkey" of "the ambassador of Turkey".
    pub(crate) named: Vec<(usize, usize, String)>,
    /// Whether it is of a part of the state: "President of Tatarstan".
    pub(crate) regional: bool,
}

/// A stretch of words of one kind, `words` inclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) words: (usize, usize),
    pub(crate) kind: Kind,
}

/// Particles that stand in lower case inside a name.
const PARTICLES: [&str; 16] = [
    "bin", "bint", "ibn", "ben", "al", "el", "de", "da", "dos", "del", "van", "von", "der", "di", "la", "ul",
];
/// Offices whose "of X" names the body they head rather than a part of the office.
const HEADS_BODY: [&str; 17] = [
    "president",
    "chairman",
    "chairwoman",
    "chair",
    "chairperson",
    "head",
    "governor",
    "chief",
    "rector",
    "mayor",
    "leader",
    "secretary",
    "ceo",
    "speaker",
    "general",
    "ambassador",
    "commissioner",
];

/// The items of a sentence, in order, none overlapping.
pub(crate) fn scan(
    tree: &Tree,
    knowledge: &Knowledge,
    codebook: &Codebook,
    phrases: &PhraseWords,
) -> Vec<Item> {
    let forms: Vec<&str> = (0..tree.len()).map(|i| tree.form(i)).collect();
    let read = knowledge.read(&forms);
    let scanner = Scanner { tree, knowledge, codebook, phrases, forms, read };
    let (mut items, mut at) = (Vec::new(), 0);
    while at < tree.len() {
        match scanner.item(at, items.last()) {
            Some(item) => {
                at = item.words.1 + 1;
                items.push(item);
            }
            None => at += 1,
        }
    }
    items
}

struct Scanner<'a> {
    tree: &'a Tree<'a>,
    knowledge: &'a Knowledge,
    codebook: &'a Codebook,
    phrases: &'a PhraseWords,
    forms: Vec<&'a str>,
    /// The same as tables are asked for them.
    read: Vec<Read>,
}

impl<'a> Scanner<'a> {
    /// The longest office of the tables that begins at a word.
    fn office_at(&self, at: usize) -> Option<(usize, Title<'a>)> {
        self.knowledge.title_read(self.forms.get(at..)?, self.read.get(at..)?)
    }

    /// The longest name of a state, body or place that begins at a word; "US$ 80 million" names nobody.
    fn name_at(&self, at: usize) -> Option<(usize, Entry<'a>)> {
        let (length, entry) = self.knowledge.longest_read(self.forms.get(at..)?, self.read.get(at..)?)?;
        let after = self.forms.get(at + length);
        let money = self.forms[at + length - 1].ends_with('$') || after.is_some_and(|f| *f == "$");
        (!money).then_some((length, entry))
    }

    fn item(&self, at: usize, before: Option<&Item>) -> Option<Item> {
        let title = self.title(at);
        if title.is_none()
            && let Some(length) = self.full_name(at)
        {
            return Some(Item { words: (at, at + length - 1), kind: Kind::Name });
        }
        if let Some((length, entry)) = self.actor(at) {
            let (code, name, entry) = (entry.code.to_owned(), entry.canonical.to_owned(), entry.kind);
            return Some(Item { words: (at, at + length - 1), kind: Kind::Actor { code, entry, name } });
        }
        if let Some((length, office)) = title {
            if office.is_honorific() {
                return Some(Item { words: (at, at + length - 1), kind: Kind::Honorific });
            }
            if self.is_noun(at, length) {
                return Some(self.office(at, length, before));
            }
        }
        self.name(at, before)
    }

    /// The office or form of address that begins at a word. "He" is none, though "H.E." and "HE" are.
    fn title(&self, at: usize) -> Option<(usize, Title<'a>)> {
        let found = self.office_at(at)?;
        (!matches!(self.forms[at], "he" | "He")).then_some(found)
    }

    fn capital(&self, i: usize) -> bool {
        self.forms.get(i).is_some_and(|f| f.chars().next().is_some_and(char::is_uppercase))
    }

    fn is_noun(&self, at: usize, length: usize) -> bool {
        let last = at + length - 1;
        matches!(self.tree.upos(last), Upos::NOUN | Upos::PROPN | Upos::ADJ) || self.capital(at)
    }

    /// Whether a hyphen without white space about it joins two words here.
    fn joins(&self, i: usize) -> bool {
        let glued = |a: usize, b: usize| self.tree.span(a).end == self.tree.span(b).start;
        i > 0 && i + 1 < self.forms.len() && self.forms[i] == "-" && glued(i - 1, i) && glued(i, i + 1)
    }

    /// Length of a person's full name that the tables know, two words or more, where no title begins.
    fn known_person(&self, at: usize) -> Option<usize> {
        self.full_name(at).filter(|_| self.title(at).is_none())
    }

    /// The same, whether a title begins there or not.
    fn full_name(&self, at: usize) -> Option<usize> {
        if !self.capital(at) {
            return None;
        }
        let named = |&i: &usize| {
            self.capital(i)
                || PARTICLES.contains(&self.forms[i])
                || !self.forms[i].chars().all(char::is_alphabetic)
        };
        // "Kim Sung-han": what a hyphen joins belongs to the name, capital or not.
        let joined = |i: &usize| *i > at + 1 && self.forms[*i - 1] == "-" && self.joins(*i - 1);
        let longest = (at..self.forms.len()).take(7).take_while(|i| named(i) || joined(i)).count();
        (2..=longest).rev().find(|&n| {
            let cut = self.joins(at + n) && self.known_person(at + n + 1).is_none();
            if cut || self.joins(at + n - 1) {
                return false;
            }
            let last = self.forms[at + n - 1];
            // "Mohammed bin Abdulrahman" of a longer name that goes on with "bin Jassim".
            if self.forms.get(at + n).is_some_and(|f| PARTICLES.contains(f))
                && !matches!(self.forms[at + n], "la" | "de" | "di")
            {
                return false;
            }
            let span = self.tree.span(at).cover(self.tree.span(at + n - 1));
            last.chars().any(char::is_alphabetic) && self.knowledge.knows(&self.tree.spaced(span))
        })
    }

    fn actor(&self, at: usize) -> Option<(usize, Entry<'a>)> {
        let (length, entry) = self.name_at(at)?;
        let inside_name = length == 1
            && self.tree.token(at).name.ends_with("PER")
            && (at + 1 < self.forms.len() && self.tree.token(at + 1).name == "I-PER");
        let common = !self.forms[at..at + length].iter().any(|f| f.chars().any(char::is_uppercase));
        let alike = matches!(entry.kind, EntryKind::State | EntryKind::Capital)
            && self.only_looks_like(at, length, entry.code, entry.kind);
        (!inside_name && !common && !alike).then_some((length, entry))
    }

    /// Whether a capitalised word is no name: "Presidents", "Department".
    fn common(&self, i: usize) -> bool {
        let lemma = self.tree.lemma(i);
        let singular = self.forms[i].to_lowercase();
        let offices = singular.strip_suffix('s').is_some_and(|w| self.knowledge.title(&[w]).is_some());
        offices
            || self.codebook.clauses.no_names.contains(lemma)
            || (self.tree.token(i).has("Number=Plur") && self.knowledge.title(&[lemma]).is_some())
    }

    /// How many words of "van der", "al -", "bin" stand at a word, before a part of a name.
    fn particles(&self, at: usize) -> usize {
        let mut end = at;
        while self.forms.get(end).is_some_and(|f| PARTICLES.contains(f) || end > at && *f == "-") {
            end += 1;
        }
        end - at
    }

    /// Whether the name of a state or capital is here that of a town, a part of another state or a river: "China Lake", "Cuba, Missouri",
    /// "the US state of Georgia", "Central Macedonia", "the Niger".
    fn only_looks_like(&self, at: usize, length: usize, code: &str, kind: EntryKind) -> bool {
        let after = at + length;
        let form = |i: usize| self.forms.get(i).copied().unwrap_or_default();
        let before = |n: usize| at.checked_sub(n).map_or("", form);
        let known = |i: usize| self.name_at(i).is_some();
        let inside = |i: usize| i < self.forms.len() && self.tree.token(i).name == "I-LOC";
        // The names layer sees a longer name.
        let unit = |i: usize| self.phrases.units.contains(self.tree.lemma(i));
        let goes_on = inside(after) && (self.capital(after) || unit(after)) && !known(after);
        let went_before = inside(at)
            && at > 1
            && self.capital(at - 1)
            && matches!(self.tree.upos(at - 1), Upos::ADJ | Upos::PROPN)
            && !(0..at).rev().take(3).any(known);
        // "Lebanon, Pennsylvania".
        let abroad = |i: usize| {
            let unit = self.name_at(i);
            unit.is_some_and(|(_, e)| e.kind == EntryKind::Place && e.code.len() == 3 && e.code != code)
        };
        let in_unit = form(after) == "," && after + 1 < self.forms.len() && abroad(after + 1);
        let side =
            ["Central", "Western", "Eastern", "Northern", "Southern", "Upper", "Lower", "Inner", "Outer"];
        let sided = at > 1 && side.contains(&form(at - 1)) && self.tree.head(at - 1) == Some(at);
        if goes_on || went_before || in_unit || sided {
            return true;
        }
        if kind == EntryKind::Capital {
            return false;
        }
        let one = matches!(before(1).to_lowercase().as_str(), "one" | "another");
        let river = before(1).eq_ignore_ascii_case("the")
            && self.phrases.rivers.iter().any(|river| river == form(at))
            && length == 1
            && before(2) != "of";
        let of = before(1) == "of" && at >= 2;
        let governor = of
            && self.phrases.of_units.contains(self.tree.lemma(at - 2))
            && self.knowledge.state(code).is_some_and(|state| state.sovereign);
        let of_another = || {
            let mut modifiers =
                self.tree.all(at - 2, rel!["compound", "amod", "nmod"]).filter(|&m| m + 3 <= at);
            modifiers.any(|m| self.name_at(m).is_some_and(|(_, e)| !e.code.is_empty() && e.code != code))
        };
        one || river || governor || of && unit(at - 2) && of_another()
    }

    /// A person's name: a run of proper nouns with particles, initials, hyphens and numerals.
    fn name(&self, at: usize, before: Option<&Item>) -> Option<Item> {
        let token = self.tree.token(at);
        let proper = |i: usize| {
            self.capital(i)
                && (self.tree.upos(i) == Upos::PROPN || self.tree.token(i).name.ends_with("PER"))
                && !matches!(self.forms[i], "I" | "God")
                && (!self.tree.token(i).name.ends_with("DATE")
                    || matches!(self.tree.relation(i), "nsubj" | "obj" | "iobj" | "flat"))
                && !self.common(i)
        };
        // What the names layer takes for a place is one, unless a title stands before it.
        let title = |b: &Item| matches!(b.kind, Kind::Office(_) | Kind::Honorific) && b.words.1 + 1 == at;
        if !proper(at) || token.name == "B-LOC" && !before.is_some_and(title) {
            return None;
        }
        let mut end = at;
        while end + 1 < self.forms.len() {
            let next = end + 1;
            let form = self.forms[next];
            // "Yu. Ushakov" is one, whatever the names layer says.
            let initial = end == at && self.forms[at].ends_with('.') && self.forms[at].chars().count() <= 3;
            let starts_other = self.known_person(next).is_some()
                || (!initial && self.tree.token(next).name == "B-PER" && self.tree.relation(next) != "flat")
                || self
                    .actor(next)
                    .is_some_and(|(n, ..)| n > 1 || !self.tree.token(next).name.ends_with("PER"))
                || self.office_at(next).is_some();
            let roman = form.len() <= 4 && form.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
            let glued = |a: usize, b: usize| self.tree.span(a).end == self.tree.span(b).start;
            let particles = self.particles(next);
            let particle = particles > 0 && next + particles < self.forms.len() && proper(next + particles);
            let hyphen =
                form == "-" && glued(end, next) && next + 1 < self.forms.len() && glued(next, next + 1);
            let junior = form == "," && matches!(self.forms.get(next + 1), Some(&"Jr." | &"Jr" | &"Sr."));
            if (proper(next) || roman) && !starts_other {
                end = next;
            } else if particle {
                end = next + particles;
            } else if hyphen || junior {
                end = next + 1;
            } else {
                break;
            }
        }
        // "the Biden-Harris Administration": a name that heads nothing of its own.
        let led = end + 1 < self.forms.len() && self.capital(end + 1) && self.common(end + 1);
        (!led).then_some(Item { words: (at, end), kind: Kind::Name })
    }

    /// An office at `at`, with modifiers before it and its chain of "of …" after it.
    fn office(&self, at: usize, length: usize, before: Option<&Item>) -> Item {
        let mut head = at + length - 1;
        let mut first = at;
        let floor = before.map_or(0, |b| b.words.1 + 1);
        let mut former = false;
        while first > floor {
            let (i, form) = (first - 1, self.forms[first - 1]);
            let lower = form.to_lowercase();
            former |= matches!(lower.as_str(), "former" | "late" | "ex" | "then");
            let modifier = matches!(
                lower.as_str(),
                "former"
                    | "acting"
                    | "deputy"
                    | "vice"
                    | "first"
                    | "special"
                    | "chief"
                    | "interim"
                    | "senior"
                    | "assistant"
            ) || (self.capital(i)
                && i > 0
                && matches!(self.tree.upos(i), Upos::PROPN | Upos::NOUN | Upos::ADJ)
                && !matches!(lower.as_str(), "the" | "mr." | "mr" | "today" | "president")
                && self.tree.head(i).is_some_and(|h| (at..=head).contains(&h))
                && matches!(self.tree.relation(i), "compound" | "amod" | "flat"));
            if !modifier {
                break;
            }
            first = i;
        }
        // "then-Foreign Secretary"
        if first >= floor + 2 && self.forms[first - 1] == "-" {
            former |= matches!(self.forms[first - 2].to_lowercase().as_str(), "then" | "ex");
        }
        // The head word is the one whose own head lies outside the phrase.
        if let Some(h) =
            (at..at + length).find(|&i| self.tree.head(i).is_none_or(|h| !(at..at + length).contains(&h)))
            && matches!(self.tree.upos(h), Upos::NOUN | Upos::PROPN)
        {
            head = h;
        }
        let level = self.office_at(at).map_or(5, |(_, title)| title.level());
        let mut office = Office { words: (first, at + length - 1), head, former, level, ..Office::default() };
        // "president of the European Council" as one phrase of the table: the body is none of the office's words.
        let inner = (at + 1..at + length).find(|&i| self.forms[i] == "of").and_then(|of| {
            let start = of + 1 + usize::from(self.forms.get(of + 1) == Some(&"the"));
            let (n, entry) = self.actor(start).filter(|(n, _)| start + n >= at + length)?;
            Some((of, start + n - 1, entry.code.to_owned()))
        });
        let mut after = at + length;
        if let Some((of, last, code)) = inner {
            office.words.1 = of - 1;
            office.head = office.head.min(of - 1);
            place(&mut office, &code);
            office.named.push((of + 1 + usize::from(self.forms.get(of + 1) == Some(&"the")), last, code));
            after = last + 1;
        }
        let end = self.chain(after, &mut office);
        if let Some((words, Kind::Actor { code, entry, .. })) =
            before.filter(|b| self.adjoins(b.words.1, first)).map(|b| (b.words, &b.kind))
        {
            office.regional |= *entry == EntryKind::Place && office.country.is_none();
            place(&mut office, code);
            // "the former Japanese Prime Minister", "first Russian President"
            let said = words.0.checked_sub(1).map(|i| self.forms[i].to_lowercase());
            office.former |= said.is_some_and(|w| matches!(w.as_str(), "former" | "late" | "ex" | "first"));
        }
        Item { words: (first, end), kind: Kind::Office(office) }
    }

    /// Whether only a possessive mark or an abbreviation in brackets lies between two words.
    fn adjoins(&self, a: usize, b: usize) -> bool {
        (a + 1..b).all(|i| {
            let hyphen = self.forms[i] == "-" && self.tree.span(i).start == self.tree.span(i - 1).end;
            hyphen || matches!(self.forms[i], "'s" | "’s" | "'" | "’" | ")" | "s" | "new" | "first" | "ever")
        })
    }

    /// Read "of the Political Bureau of the Communist Party of China" from `at`; the last word that belongs to it.
    fn chain(&self, mut at: usize, office: &mut Office) -> usize {
        let mut end = at - 1;
        let mut own = end;
        let mut unknown: Vec<(usize, usize)> = Vec::new();
        while matches!(self.forms.get(at), Some(&("of" | "for" | "to" | "on" | "at" | "in" | "from"))) {
            let link = self.forms[at];
            if link == "from" && !self.a_capital(at + 1) || link == "in" && !self.a_ministry(at + 1) {
                break;
            }
            let mut start = at + 1;
            while matches!(self.forms.get(start), Some(&("the" | "a" | "its" | "his" | "her"))) {
                start += 1;
            }
            if start >= self.forms.len() {
                break;
            }
            // "Chief Medical Advisor to the President", "Aide to the Russian President": an office that serves another.
            let definite = start > at + 1 && matches!(link, "to" | "for");
            let of = if definite { self.actor(start).map_or(0, |(length, ..)| length) } else { 0 };
            let served = start + of;
            if let Some((length, _)) =
                self.office_at(served).filter(|_| (link == "to" || definite) && self.capital(served))
            {
                end = served + length - 1;
                unknown.push((start, end));
                at = end + 1;
                continue;
            }
            if let Some((length, Entry { code, kind: entry, .. })) = self.actor(start) {
                let stop = start + length - 1;
                let seat = matches!(entry, EntryKind::Capital | EntryKind::Seat);
                if !matches!(entry, EntryKind::Place | EntryKind::Demonym) && (!seat || link == "of") {
                    office.named.push((start, stop, code.to_owned()));
                }
                if entry == EntryKind::Demonym {
                    match self.run(start) {
                        Some(last) if last > stop => {
                            // "Spokesperson for the Turkish Foreign Ministry"; an envoy for a Syrian Crisis serves another.
                            if link == "of" || self.tree.is(last, &["ministry", "government", "department"]) {
                                place(office, code);
                                office.regional |= link == "of";
                            }
                            unknown.push((start, last));
                            end = last;
                            at = end + 1;
                            continue;
                        }
                        _ => break,
                    }
                }
                if matches!(link, "to" | "on") {
                    break;
                }
                // "Governor of Kemerovo Region": the head of a part of a state acts for that part.
                let part = entry == EntryKind::Place && link == "of" && office.level > 2;
                if part && self.tree.is(office.head, &["governor", "mayor", "head"]) && office.body.is_none()
                {
                    let span = self.tree.span(start).cover(self.tree.span(stop));
                    office.body = Some(format!("ORG:{}", self.tree.words(span)));
                }
                office.regional |= entry == EntryKind::Place && office.country.is_none();
                place(office, code);
                end = self.bracket(stop);
                at = end + 1;
                if code.len() == 3 {
                    break;
                }
                continue;
            }
            match self.run(start) {
                Some(last) => {
                    unknown.push((start, last));
                    end = self.bracket(last);
                    at = end + 1;
                }
                None => break,
            }
        }
        let heads_body = HEADS_BODY.contains(&self.tree.lemma(office.words.1))
            || HEADS_BODY.contains(&self.tree.lemma(office.head));
        let place = unknown.len() == 1 && office.level <= 2 && self.tree.token(unknown[0].0).name == "B-LOC";
        if unknown.len() == 1 && office.body.is_none() && office.country.is_none() && (heads_body || place) {
            let (a, b) = unknown[0];
            if self.forms[office.words.1 + 1] == "of" {
                let span = self.tree.span(a).cover(self.tree.span(b));
                office.body = Some(format!("ORG:{}", self.tree.words(span)));
                unknown.clear();
            }
        }
        if let Some(last) = unknown.last() {
            own = last.1;
        }
        office.words.1 = own.max(office.words.1);
        end
    }

    /// "The minister from New Delhi": whose minister.
    fn a_capital(&self, at: usize) -> bool {
        self.actor(at).is_some_and(|(_, entry)| {
            entry.code.len() == 3 && matches!(entry.kind, EntryKind::Capital | EntryKind::State)
        })
    }

    /// "Director General in the Foreign Ministry": part of the office.
    fn a_ministry(&self, at: usize) -> bool {
        self.forms.get(at) == Some(&"the")
            && self.run(at + 1).is_some_and(|last| {
                (at + 1..=last)
                    .any(|i| self.tree.is(i, &["ministry", "department", "secretariat", "chancellery"]))
            })
    }

    /// The last word of a capitalised run ("Standing Committee", "Neighbourhood and Enlargement"), stopping before a person.
    fn run(&self, start: usize) -> Option<usize> {
        let mut end = None;
        let mut at = start;
        while at < self.forms.len() {
            let person = self.known_person(at).is_some() || self.tree.token(at).name == "B-PER";
            let office = at > start && self.capital(at) && self.office_at(at).is_some();
            let state = at > start && self.actor(at).is_some_and(|(_, e)| e.kind != EntryKind::Organization);
            if person || office || state {
                break;
            }
            if self.capital(at) {
                end = Some(at);
                at += 1;
            } else if end.is_some()
                && matches!(self.forms[at], "and" | "-" | "," | "of" | "for")
                && self.capital(at + 1)
                && self.known_person(at + 1).is_none()
                && self.office_at(at + 1).is_none()
                && self.actor(at + 1).is_none()
                && (self.forms[at] != ",")
                && (self.forms[at] != "of" || self.tree.token(at + 1).name != "B-PER")
            {
                at += 1;
            } else {
                break;
            }
        }
        end
    }

    /// The bracket after an abbreviated name, if one follows: "(DPRK)".
    fn bracket(&self, last: usize) -> usize {
        match (self.forms.get(last + 1), self.forms.get(last + 3)) {
            (Some(&"("), Some(&")")) => last + 3,
            _ => last,
        }
    }
}

/// Note the state or the body that an office belongs to.
fn place(office: &mut Office, code: &str) {
    if code.contains(':') {
        office.body.get_or_insert_with(|| code.to_owned());
    } else {
        office.country.get_or_insert_with(|| code.to_owned());
    }
}
