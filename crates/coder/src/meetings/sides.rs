//! Who takes part in an encounter, where that is told beside it: who acts, whose it is, what two sides said before it.

use chancery_model::{BlockKind, Participant, Upos};

use super::telling::codes;
use crate::knowledge::Around;
use crate::relations::rel;
use crate::resolve::{Reader, Resolved, Scene, state};
use crate::scan::Kind;

/// Prepositions that set something else beside an encounter.
const BESIDE: [&str; 6] = ["before", "after", "following", "during", "at", "in"];

/// "The President met with X": a head of state or government who is not named is the publisher's own.
pub(super) fn own_official(reader: &Reader, s: usize, verb: usize) -> Option<Vec<Participant>> {
    let subject = reader.trees[s].child(verb, rel!["nsubj"])?;
    let Kind::Office(office) = &reader.cast.item(s, subject)?.kind else { return None };
    let own = office.level == 1 && !office.former && office.country.is_none() && office.body.is_none();
    let home = reader.cast.home.as_ref().filter(|_| own)?;
    Some(vec![state(home)])
}

/// Whose "Telephone conversation with X" a headline tells: the first other person who acts in the sentences below it, or else
/// someone of the publisher's own state.
pub(super) fn opener(reader: &Reader, s: usize, partners: &[Participant]) -> Vec<Participant> {
    let kind = |s: usize| reader.document.blocks[reader.trees[s].sentence.block].kind;
    if kind(s) != BlockKind::Headline {
        return Vec::new();
    }
    (s + 1..(s + 4).min(reader.trees.len()))
        .filter(|&n| kind(n) == BlockKind::Paragraph)
        .find_map(|n| {
            let tree = &reader.trees[n];
            let subjects = (0..tree.len()).filter(|&i| tree.relation(i) == "nsubj");
            let title = |i: usize| {
                let office = matches!(reader.cast.item(n, i)?.kind, Kind::Office(_));
                let held = office.then(|| reader.resolve(&Scene::default(), n, i)).flatten()?;
                held.who.into_iter().find(|p| p.name.is_some())
            };
            subjects
                .filter_map(|i| reader.named(n, i).map(|p| reader.person(p)).or_else(|| title(i)))
                .find(|p| !partners.contains(p))
        })
        .or_else(|| {
            reader.cast.home.as_deref().map(state).filter(|h| partners.iter().all(|p| p.code != h.code))
        })
        .into_iter()
        .collect()
}

/// Where a noun of encounter tells only when something was done: "Remarks by A and B before a meeting", "During talks A and B agreed".
///
/// The word that heads what was said or done, and who did.
pub(super) fn beside(
    reader: &Reader,
    scene: &Scene,
    s: usize,
    word: usize,
) -> Option<(usize, Vec<Participant>)> {
    let tree = &reader.trees[s];
    let case = tree.case(word)?;
    let own =
        |c: usize| c > word && matches!(tree.case(c).as_deref(), Some("with" | "between" | "of" | "among"));
    if !BESIDE.contains(&case.as_ref()) || tree.all(word, rel!["nmod", "obl"]).any(own) {
        return None;
    }
    let by = |c: &usize| *c < word && tree.case(*c).as_deref() == Some("by");
    let heads = || std::iter::once(word).chain(tree.ancestors(word)).filter_map(|a| tree.head(a));
    let spoken = heads().find_map(|a| tree.all(a, rel!["nmod", "obl"]).find(by));
    let acted = || heads().find(|&a| tree.upos(a) == Upos::VERB).and_then(|v| tree.child(v, rel!["nsubj"]));
    let those = spoken.or_else(acted)?;
    // "Before a Meeting | Tel Aviv": what stands after the encounter is joined to no one.
    let named = tree
        .coordinated(those)
        .filter(|&c| c < word || spoken.is_none())
        .all(|c| reader.named(s, c).is_some());
    let who = reader.resolve(scene, s, those).filter(|_| named)?.who;
    (codes(&who).len() > 1).then(|| (tree.head(those).unwrap_or(those), who))
}

/// Who acts in the clause that tells what was said or done at an encounter: "Putin announced this at a meeting with the Emir".
pub(super) fn occasion(reader: &Reader, scene: &Scene, s: usize, word: usize) -> Option<Vec<Participant>> {
    let tree = &reader.trees[s];
    let case = tree.case(word)?;
    let verb = tree.head(word).filter(|&h| tree.upos(h) == Upos::VERB && !tree.passive(h))?;
    // "Following the meeting with A and B he held one with A alone": the verb tells another.
    let other = tree.is(verb, &["meet", "hold", "have", "host", "receive", "speak", "talk", "call"]);
    let at = tree.relation(word) == "obl" && BESIDE.contains(&case.as_ref()) && !other;
    let who = at.then(|| acting(reader, scene, s, verb)).flatten()?;
    (who.iter().all(|p| p.name.is_some())).then_some(who)
}

/// "What was settled at the summit in Bled on March 3": a past encounter that the text dates and names nobody for is of
/// the two who meet in it, unless its words say whose else it was.
pub(super) fn of_principals(
    reader: &Reader,
    scene: &Scene,
    s: usize,
    word: usize,
) -> Option<Vec<Participant>> {
    let tree = &reader.trees[s];
    let kind = reader.document.blocks[tree.sentence.block].kind;
    let two = scene.sides.len() == 2 && scene.principals.iter().all(|p| p.name.is_some());
    let number =
        tree.token(word).has("Number=Plur") && !tree.is(word, &["talk", "negotiation", "consultation"]);
    if kind != BlockKind::Paragraph || !two || number {
        return None;
    }
    let definite = tree.all(word, rel!["det"]).any(|c| matches!(tree.lower(c), "the" | "their" | "our"))
        || tree
            .all(word, rel!["nmod"])
            .any(|c| tree.deprel(c) == "nmod:poss" && tree.is(c, &["they", "we", "their", "our"]));
    let plain = |c: usize| match tree.relation(c) {
        "amod" | "compound" => {
            tree.is(c, &OWN_KIND) || time_holds(reader, s, c) || sides_named(reader, scene, s, c)
        }
        // Where and when it was, in any order; not of whom or on what.
        "nmod" => {
            tree.deprel(c) == "nmod:poss" && tree.upos(c) == Upos::PRON
                || time_holds(reader, s, c)
                || matches!(tree.case(c).as_deref(), Some("in" | "at")) && tree.upos(c) == Upos::PROPN
        }
        "appos" | "conj" | "nummod" | "flat" => false,
        _ => true,
    };
    (definite && tree.children(word).iter().all(|&c| plain(c)) && dated_before(reader, s, word))
        .then(|| scene.principals.clone())
}

/// What an encounter of two may be called without a word on who took part.
const OWN_KIND: [&str; 12] = [
    "bilateral",
    "telephone",
    "phone",
    "video",
    "recent",
    "previous",
    "last",
    "earlier",
    "past",
    "virtual",
    "working",
    "latest",
];

fn time_holds(reader: &Reader, s: usize, word: usize) -> bool {
    reader.times[s].iter().any(|t| t.words.0 <= word && word <= t.words.1)
}

/// "Russian-Turkish": the two sides and nobody else.
fn sides_named(reader: &Reader, scene: &Scene, s: usize, word: usize) -> bool {
    let tree = &reader.trees[s];
    let codes: Vec<&String> = tree
        .subtree(word)
        .into_iter()
        .filter_map(|w| match &reader.cast.item(s, w)?.kind {
            Kind::Actor { code, .. } => Some(code),
            _ => None,
        })
        .collect();
    !codes.is_empty()
        && codes.iter().all(|c| scene.sides.contains(c))
        && scene.sides.iter().all(|c| codes.contains(&c))
}

/// Whether the words right after the noun, or before it in its phrase, date it before the day of the text, to the month or nearer.
fn dated_before(reader: &Reader, s: usize, word: usize) -> bool {
    let Some(today) = reader.document.reference_date() else { return false };
    let tree = &reader.trees[s];
    reader.times[s].iter().any(|t| {
        let near = t.words.0 > word && t.words.0 <= word + 8 || tree.below(t.words.0, word);
        let between = || (word + 1..t.words.0).all(|w| tree.upos(w) != Upos::VERB && tree.form(w) != ",");
        let exact = t.when.from.parts().1.is_some() && (t.when.from == t.when.to || t.when.from.is_day());
        near && exact && t.when.to.last() < today.first() && between()
    })
}

/// Who acts in a clause, looking up through coordination and control.
pub(crate) fn acting(reader: &Reader, scene: &Scene, s: usize, verb: usize) -> Option<Vec<Participant>> {
    let tree = &reader.trees[s];
    let mut at = verb;
    for _ in 0..4 {
        if let Some(subject) = tree.child(at, rel!["nsubj"]) {
            return reader.resolve(scene, s, subject).map(|r| r.who);
        }
        match tree.relation(at) {
            // "invited Mr Kuchma to pay a visit": who is invited pays it.
            "xcomp" if tree.head(at).is_some_and(|h| tree.is(h, &["invite"])) => {
                let invited = tree.child(tree.head(at)?, rel!["obj"])?;
                return reader.resolve(scene, s, invited).map(|r| r.who);
            }
            "conj" | "xcomp" | "advcl" | "parataxis" => at = tree.head(at)?,
            // "accepted his invitation to visit": who accepts is who visits.
            "acl" if tree.head(at).is_some_and(|h| tree.is(h, &["invitation", "request", "decision"])) => {
                at = tree.ancestors(at).find(|&a| tree.upos(a) == Upos::VERB)?;
            }
            "acl" => return reader.resolve(scene, s, tree.head(at)?).map(|r| r.who),
            _ => return None,
        }
    }
    None
}

/// Whose meeting it is: "his meeting with Xi" is of the person spoken of last who is not the partner.
pub(super) fn possessor(reader: &Reader, scene: &Scene, s: usize, c: usize, word: usize) -> Vec<Participant> {
    let tree = &reader.trees[s];
    if tree.upos(c) == Upos::PRON && tree.is(c, &["his", "her", "he", "she"]) {
        let partner: Vec<usize> =
            tree.subtree(word).into_iter().filter_map(|w| reader.cast.at(s, w)).collect();
        let here = (0..word).rev().filter(|&i| tree.relation(i) == "nsubj").find_map(|i| reader.named(s, i));
        let person = here.filter(|p| !partner.contains(p)).or(scene.person.filter(|p| !partner.contains(p)));
        return person.map(|p| reader.person(p)).into_iter().collect();
    }
    reader.resolve(scene, s, c).map(|r| r.who).unwrap_or_default()
}

pub(super) fn place_state(reader: &Reader, s: usize, c: usize) -> Option<Resolved> {
    match reader.cast.item(s, c).map(|i| &i.kind) {
        Some(Kind::Actor { code, .. }) if code.len() == 3 => {
            Some(Resolved { who: vec![state(code)], rule: "state-visited" })
        }
        // "A visit to St Petersburg".
        None => {
            let cut: Vec<usize> =
                reader.trees[s].all(c, rel!["case", "det", "acl", "nmod", "punct", "conj", "cc"]).collect();
            let words = reader.trees[s].subtree_without(c, &cut);
            let span = reader.trees[s].trimmed(*words.first()?, *words.last()?)?;
            let place = reader.knowledge.place(&reader.trees[s].words(span), Around::In)?;
            (place.country.len() == 3)
                .then(|| Resolved { who: vec![state(place.country)], rule: "state-visited" })
        }
        _ => None,
    }
}

/// "A meeting of the State Council presidium": the body as the other side.
pub(super) fn body_of(reader: &Reader, s: usize, word: usize) -> Option<Participant> {
    let tree = &reader.trees[s];
    let of = tree.all(word, rel!["nmod"]).find(|&c| tree.case(c).as_deref() == Some("of"))?;
    let cut: Vec<usize> = tree.all(of, rel!["nmod", "acl", "case", "det", "appos", "conj"]).collect();
    let articles = tree.subtree_without(of, &cut).into_iter().skip_while(|&w| tree.upos(w) == Upos::DET);
    let words: Vec<usize> = articles.collect();
    let capital = words.iter().any(|&w| tree.form(w).chars().next().is_some_and(char::is_uppercase));
    let span = tree.trimmed(*words.first()?, *words.last()?)?;
    capital.then(|| state(&format!("ORG:{}", tree.words(span))))
}
