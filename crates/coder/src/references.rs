//! Whom each phrase of a document means: first as the meetings, statements and events understand it, then by what has been
//! mentioned before and by who held an office on the day.
//!
//! What only this second look tells is not in the record, whose every field rests on words of the text; it is given to those who ask
//! whom a phrase means.

mod focus;
mod group;
mod holder;
mod home;
mod pronoun;
mod words;

use chancery_model::{Participant, Reference, Referent, Span, Upos};

use crate::knowledge::EntryKind;
use crate::resolve::{Reader, Scene};
use crate::scan::Kind;
use focus::{Focus, Mentioned};
pub(crate) use words::{PAGE, PhraseWords};

/// A phrase that may mean an actor.
struct Phrase {
    first: usize,
    last: usize,
    head: usize,
    what: What,
    /// Code of who is named inside a title: "Turkey" in "the ambassador of Turkey".
    inner: Option<String>,
}

/// What a phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Name,
    Actor,
    Title,
    Pronoun,
    Noun,
}

impl What {
    fn described(self) -> &'static str {
        match self {
            Self::Name => "a name",
            Self::Actor => "a state or organisation",
            Self::Title => "a title",
            Self::Pronoun => "a pronoun",
            Self::Noun => "a body or group",
        }
    }
}

/// Those meant, and how they were told.
type Told = (Vec<Referent>, &'static str);

/// The references of a document in the order of their words. `scenes` holds what the reader has in mind at each sentence.
pub(crate) fn references(reader: &Reader, scenes: &[Scene]) -> Vec<Reference> {
    let mut focus = Focus::default();
    let mut out = Vec::new();
    for (s, scene) in scenes.iter().enumerate() {
        let tree = &reader.trees[s];
        let label = reader.label(s);
        if label.is_some()
            && label != s.checked_sub(1).and_then(|before| reader.label(before))
            && let Some((block, p)) = label.zip(reader.turn(s))
        {
            let turn = turn(reader, s, block, p);
            focus.begin(s, &turn.who);
            out.push(turn);
        }
        for phrase in phrases(reader, s) {
            let (who, rule) = told(reader, scene, &focus, s, &phrase);
            if phrase.what == What::Noun && who.is_empty() {
                continue;
            }
            focus.add(reader, s, &phrase, &who);
            out.push(Reference {
                sentence: u32::try_from(s + 1).unwrap_or(u32::MAX),
                span: tree.span(phrase.first).cover(tree.span(phrase.last)),
                head: tree.span(phrase.head),
                who,
                rule: rule.to_owned(),
            });
        }
    }
    out
}

/// "Left Hanoi", "left for Hanoi", "snow fell on the Kremlin": a city or building where somebody goes or something is.
fn only_a_place(reader: &Reader, s: usize, head: usize) -> bool {
    let tree = &reader.trees[s];
    let Some(Kind::Actor { entry: EntryKind::Capital | EntryKind::Seat, .. }) =
        reader.cast.item(s, head).map(|i| &i.kind)
    else {
        return false;
    };
    let above = tree.head(head);
    let verb_of_motion = above.is_some_and(|v| reader.words.motion.contains(tree.lemma(v)));
    match tree.case(head).as_deref() {
        None => verb_of_motion && tree.relation(head) == "obj",
        Some("for") => verb_of_motion,
        Some("on" | "over" | "across" | "inside" | "outside" | "above") => true,
        _ => false,
    }
}

/// "Jordan" where a Jordan Hill, who is nobody's official, has been named: him.
fn borrowed(reader: &Reader, s: usize, phrase: &Phrase) -> Option<Referent> {
    let name = reader.trees[s].lower(phrase.first);
    let mut named = reader.cast.persons.iter().filter(|p| {
        p.known.is_none()
            && p.code().is_empty()
            && p.words.len() > 1
            && p.words.iter().any(|word| word == name)
    });
    // "The envoys of Chad and Jordan": the preposition is that of the first.
    let tree = &reader.trees[s];
    let first =
        std::iter::successors(Some(phrase.head), |&at| tree.head(at).filter(|_| tree.relation(at) == "conj"));
    let bare = first.last().is_none_or(|at| tree.case(at).is_none());
    let person = named.next().filter(|_| phrase.first == phrase.last && bare)?;
    Some(Referent { code: String::new(), name: Some(person.full.clone()), person: None })
}

/// "Mr. Lee" where a President Lee and a Minister Lee have been spoken of: the surname alone is not enough.
fn ambiguous(reader: &Reader, s: usize, phrase: &Phrase) -> bool {
    let Some(p) = reader.cast.at(s, phrase.first) else { return false };
    let tree = &reader.trees[s];
    let surname = tree.lower(phrase.last);
    let before = phrase.first.checked_sub(1).and_then(|i| reader.cast.item(s, i)).map(|i| &i.kind);
    if phrase.first != phrase.last || matches!(before, Some(Kind::Office(_) | Kind::Actor { .. })) {
        return false;
    }
    // Those whom a title was needed to tell apart.
    let titled = |q: &usize| {
        reader.cast.names.iter().enumerate().take(s).any(|(t, names)| {
            names.iter().any(|(a, b, person)| {
                let office = a.checked_sub(1).and_then(|i| reader.cast.item(t, i)).map(|i| &i.kind);
                person == q
                    && a == b
                    && reader.trees[t].lower(*a) == surname
                    && matches!(office, Some(Kind::Office(_)))
            })
        })
    };
    titled(&p) && (0..reader.cast.persons.len()).any(|q| q != p && titled(&q))
}

/// "Olaf": the person of the document whose full name begins so, if there is only one.
fn by_first_name(reader: &Reader, name: &str) -> Option<Referent> {
    let begins = |full: &str| full.split(' ').next() == Some(name) && full.len() > name.len();
    let mut found = (0..reader.cast.persons.len()).filter(|&p| {
        let person = &reader.cast.persons[p];
        begins(&person.full) || person.known.as_ref().is_some_and(|known| known.names().any(begins))
    });
    let one = found.next()?;
    found.next().is_none().then(|| referent(reader, reader.person(one)))
}

/// The name of whose turn it is to speak.
fn turn(reader: &Reader, s: usize, block: usize, p: usize) -> Reference {
    let label = reader.document.blocks[block].span;
    let name = reader.document.slice(label).trim_end_matches([':', ' ']);
    let span = Span::new(label.start as usize, label.start as usize + name.len());
    Reference {
        sentence: u32::try_from(s + 1).unwrap_or(u32::MAX),
        span,
        head: span,
        who: vec![referent(reader, reader.person(p))],
        rule: "turn".to_owned(),
    }
}

fn told(reader: &Reader, scene: &Scene, focus: &Focus, s: usize, phrase: &Phrase) -> Told {
    let head = phrase.head;
    if let Some(code) = &phrase.inner {
        return (vec![home::state(code)], "state-or-organisation");
    }
    if phrase.what == What::Pronoun {
        return pronoun::pronoun(reader, scene, focus, s, head);
    }
    if let Some(told) = group::group(reader, focus, s, head) {
        return told;
    }
    if phrase.what == What::Noun
        && let Some(told) = group::region(reader, focus, s, head)
    {
        return told;
    }
    if matches!(phrase.what, What::Title | What::Noun)
        && let Some(told) = holder::counterpart(reader, focus, s, head)
    {
        return told;
    }
    if phrase.what == What::Noun
        && let Some(told) = home::of_state(reader, focus, s, head)
    {
        return told;
    }
    if phrase.what == What::Actor
        && let Some(told) = home::by_act(reader, s, head).or_else(|| home::countryman(reader, focus, s, head))
    {
        return told;
    }
    if phrase.what == What::Name && ambiguous(reader, s, phrase) {
        return (Vec::new(), phrase.what.described());
    }
    if phrase.what == What::Actor && (only_a_place(reader, s, head) || home::city_state(reader, s, head)) {
        return (Vec::new(), phrase.what.described());
    }
    if phrase.what == What::Actor
        && let Some(person) = borrowed(reader, s, phrase)
    {
        return (vec![person], "surname");
    }
    // Of two who bear one name, this one.
    if phrase.what == What::Name
        && let Some(p) = reader.named(s, head)
        && let Some(known) = reader.cast.persons[p].id()
    {
        return (
            vec![Referent { person: Some(known.to_owned()), ..referent(reader, reader.person(p)) }],
            "name",
        );
    }
    let found = reader.single(scene, s, head);
    let (who, rule) = found.map_or((Vec::new(), phrase.what.described()), |found| {
        (found.who.into_iter().map(|p| referent(reader, p)).collect(), found.rule)
    });
    if let (What::Name, [one]) = (phrase.what, who.as_slice())
        && one.code.is_empty()
        && one.person.is_none()
        && let Some(name) = one.name.as_deref()
        && let Some(known) = by_first_name(reader, name)
    {
        return (vec![known], "first-name");
    }
    match phrase.what {
        What::Title => holder::title(reader, focus, s, phrase, who, rule),
        What::Noun if who.is_empty() => focus
            .organization(reader, s, head)
            .map(|code| (vec![code], "short-form"))
            .or_else(|| home::bare_body(reader, focus, s, head))
            .unwrap_or((who, rule)),
        _ => (who, rule),
    }
}

/// The phrases of a sentence that may mean an actor, in order.
fn phrases(reader: &Reader, s: usize) -> Vec<Phrase> {
    let tree = &reader.trees[s];
    let (mut out, mut at) = (Vec::new(), 0);
    while at < tree.len() {
        if let Some(item) = reader.cast.item(s, at) {
            let (first, last) = item.words;
            let found = match &item.kind {
                Kind::Honorific => None,
                // "The North" is no person.
                Kind::Name if reader.cast.at(s, first).is_none() && group::may_be(reader, s, last) => {
                    Some((What::Noun, inner_head(reader, s, first, last)))
                }
                Kind::Name => Some((What::Name, inner_head(reader, s, first, last))),
                Kind::Actor { .. } => Some((What::Actor, inner_head(reader, s, first, last))),
                // A title is part of the phrase of the name beside it.
                Kind::Office(office) => {
                    reader.named(s, office.head).is_none().then_some((What::Title, office.head))
                }
            };
            out.extend(found.map(|(what, head)| Phrase { first, last, head, what, inner: None }));
            if let Kind::Office(office) = &item.kind {
                out.extend(office.named.iter().map(|(first, last, code)| Phrase {
                    first: *first,
                    last: *last,
                    head: inner_head(reader, s, *first, *last),
                    what: What::Actor,
                    inner: Some(code.clone()),
                }));
            }
            at = last.max(at) + 1;
            continue;
        }
        let what = match tree.upos(at) {
            Upos::PRON | Upos::DET | Upos::NUM if pronoun::is_one(tree, at) => Some(What::Pronoun),
            Upos::NUM if group::number(tree, at) => Some(What::Noun),
            Upos::NOUN | Upos::PROPN | Upos::ADJ if group::may_be(reader, s, at) => Some(What::Noun),
            _ => None,
        };
        out.extend(what.map(|what| Phrase { first: at, last: at, head: at, what, inner: None }));
        at += 1;
    }
    out
}

/// The word on which the others of a stretch depend.
fn inner_head(reader: &Reader, s: usize, first: usize, last: usize) -> usize {
    let tree = &reader.trees[s];
    (first..=last).find(|&i| tree.head(i).is_none_or(|h| h < first || h > last)).unwrap_or(first)
}

fn referent(reader: &Reader, participant: Participant) -> Referent {
    let known =
        participant.name.as_ref().and_then(|name| reader.cast.persons.iter().find(|p| p.full == *name)?.id());
    Referent { code: participant.code, person: known.map(str::to_owned), name: participant.name }
}
