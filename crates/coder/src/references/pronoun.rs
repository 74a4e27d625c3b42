//! Pronouns: who is spoken of where they stand.

use chancery_model::{Participant, Referent, Upos};

use super::focus::{Focus, Group, Mentioned, same};
use super::{Told, referent};
use crate::relations::rel;
use crate::resolve::{Reader, Scene};
use crate::tree::Tree;

/// How far back, in sentences, a pronoun looks.
const NEAR: usize = 2;

/// Whether a word is a pronoun that may stand for an actor.
pub(super) fn is_one(tree: &Tree, at: usize) -> bool {
    const FORMS: &str = "he him his himself she her hers herself they them their theirs themselves we us our ours ourselves \
                         it its itself both each i me my you your";
    // "Both sides": part of a phrase of its own.
    let alone = !tree.is(at, &["both", "each"])
        || !matches!(tree.relation(at), "det" | "cc" | "advmod" | "nummod" | "amod");
    alone && FORMS.split_whitespace().any(|form| form == tree.lower(at))
}

/// Whom a pronoun means.
pub(super) fn pronoun(reader: &Reader, scene: &Scene, focus: &Focus, s: usize, at: usize) -> Told {
    let tree = &reader.trees[s];
    let found = match tree.lower(at) {
        "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => person(reader, focus, s, at),
        "it" | "its" | "itself" => side(reader, focus, s, at),
        "they" | "them" | "their" | "theirs" | "themselves" | "both" | "each" => {
            several(reader, focus, s, at)
        }
        "you" | "your" => addressed(reader, scene, s, at),
        "we" | "us" | "our" | "ours" | "ourselves" => parties(reader, scene, focus, s, at),
        "i" | "me" | "my" => quoted(reader, scene, focus, s, at)
            .or_else(|| reader.turn(s).map(|p| (vec![referent(reader, reader.person(p))], "speaker"))),
        _ => None,
    };
    if let Some(found) = found {
        return found;
    }
    let impersonal = tree.is(at, &["it", "its", "itself"])
        || female(tree, at).is_some()
        || tree.form(at).eq_ignore_ascii_case("they") && people_before(reader, s, at, 0);
    match reader.single(scene, s, at) {
        Some(found) if !impersonal && (found.who.len() < 2 || mentioned(focus, &found.who)) => {
            (found.who.into_iter().map(|p| referent(reader, p)).collect(), found.rule)
        }
        _ => (Vec::new(), "a pronoun"),
    }
}

/// "He": a person mentioned before in the sentence or in the last, rather one who acts, never one on whom the same verb acts.
fn person(reader: &Reader, focus: &Focus, s: usize, at: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    let form = tree.lower(at);
    let female = female(tree, at)?;
    let reflexive = form.ends_with("self");
    let possessive = tree.deprel(at) == "nmod:poss";
    let clause = clause(tree, at);
    // "Li told him": the two are not one; nor is "Péter, his foreign minister"; nor one who says "I".
    let beside = |m: &Mentioned| {
        if m.sentence != s {
            return false;
        }
        let own = self::clause(tree, m.head) == clause;
        let apposed = possessive
            && tree.head(at).and_then(|n| tree.head(n)) == Some(m.head)
            && tree.head(at).is_some_and(|n| tree.relation(n) == "appos");
        let controls = clause.and_then(|verb| controller(tree, verb)) == Some(m.head);
        if controls && !possessive && !reflexive {
            return true;
        }
        let same_verb = m.subject || tree.head(m.head) == tree.head(at);
        let loose = matches!(tree.relation(m.head), "appos" | "dislocated" | "vocative" | "advcl");
        apposed || own && same_verb && !possessive && !reflexive && !loose && !within_possessive(tree, m.head)
    };
    let mut others: Vec<Referent> =
        focus.all.iter().filter(|m| m.is_person() && beside(m)).map(|m| m.who.clone()).collect();
    others.extend(reader.turn(s).filter(|_| !quotes(tree, at)).map(|p| referent(reader, reader.person(p))));
    if let Some(told) = answering(reader, focus, s, at).filter(|who| {
        !reader.other_gender(who.person.as_deref(), female) && !others.iter().any(|o| same(o, who))
    }) {
        return Some((vec![told], "pronoun-answer"));
    }
    let mut best: Option<(i32, &Mentioned)> = None;
    for (back, m) in focus.all.iter().rev().filter(|m| m.is_person()).enumerate() {
        if m.sentence + NEAR < s
            || reader.other_gender(m.who.person.as_deref(), female)
            || others.iter().any(|other| same(other, &m.who))
        {
            continue;
        }
        let mut score = -(i32::try_from(back.min(20)).unwrap_or(20));
        if m.sentence == s {
            let own = self::clause(tree, m.head) == clause;
            score += if m.subject { 14 } else { 6 };
            if own && reflexive {
                score += if m.subject { 20 } else { 0 };
            }
            // "Thanked the president for his hospitality": whose it is for which someone is thanked.
            if possessive
                && own
                && !m.subject
                && thanks(tree, clause)
                && matches!(tree.relation(m.head), "obj" | "iobj")
            {
                score += 12;
            }
        } else {
            score += if m.subject { 8 } else { 0 };
            score -= 4 * i32::try_from(s - m.sentence).unwrap_or(0);
        }
        if m.pronoun {
            score += 3;
        }
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, m));
        }
    }
    let (_, m) = best?;
    Some((vec![m.who.clone()], "pronoun"))
}

/// "It": a state or organisation that is the subject of a clause around, or that was that of the last sentence.
fn side(reader: &Reader, focus: &Focus, s: usize, at: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    let weather = tree.head(at).is_some_and(|verb| reader.phrases.weather.contains(tree.lemma(verb)));
    if tree.relation(at) == "expl"
        || weather
        || tree.children(tree.head(at)?).iter().any(|&c| {
            matches!(tree.relation(c), "csubj" | "ccomp")
                && c > at
                && tree.relation(at) == "nsubj"
                && tree.passive(tree.head(at).unwrap_or(at))
        })
    {
        return None;
    }
    let side = |m: &&Mentioned| !m.is_person() && !m.place && !m.who.code.is_empty();
    let own = clause(tree, at);
    let possessive = tree.deprel(at) == "nmod:poss";
    let here = focus
        .all
        .iter()
        .rev()
        .filter(side)
        .find(|m| m.sentence == s && m.subject && (possessive || clause(tree, m.head) != own));
    let before = || {
        let subject = tree.relation(at) == "nsubj" || possessive;
        let last: Vec<&Mentioned> =
            focus.all.iter().filter(side).filter(|m| m.sentence + 1 == s && m.subject).collect();
        if subject { last.last().copied() } else { None }
    };
    let found = here.or_else(before)?;
    Some((vec![found.who.clone()], "pronoun-side"))
}

/// Whether all of these have been mentioned, themselves or their side.
fn mentioned(focus: &Focus, who: &[Participant]) -> bool {
    let is = |p: &Participant, m: &Mentioned| m.who.code == p.code && (p.name.is_none() || m.is_person());
    who.iter().all(|p| focus.all.iter().any(|m| is(p, m)))
}

/// What a pronoun says of gender.
fn female(tree: &Tree, at: usize) -> Option<bool> {
    let form = tree.lower(at);
    match form {
        "she" | "her" | "hers" | "herself" => Some(true),
        "he" | "him" | "his" | "himself" => Some(false),
        _ => None,
    }
}

/// "Valtonen told her that …; she replied": one who replies is the one just spoken to.
fn answering(reader: &Reader, focus: &Focus, s: usize, at: usize) -> Option<Referent> {
    let tree = &reader.trees[s];
    let verb = tree.head(at).filter(|_| tree.relation(at) == "nsubj")?;
    if !reader.phrases.answers.contains(tree.lemma(verb)) {
        return None;
    }
    let spoken_to = |m: &&Mentioned| {
        let there = &reader.trees[m.sentence];
        let near = m.sentence == s && m.head < at || m.sentence + 1 == s;
        let verb_there = there.head(m.head);
        m.is_person()
            && near
            && matches!(there.relation(m.head), "obj" | "iobj")
            && verb_there
                .is_some_and(|v| there.is(v, &["tell", "ask", "assure", "inform", "urge", "remind", "warn"]))
    };
    focus.all.iter().rev().find(spoken_to).map(|m| m.who.clone())
}

/// "They": those who were mentioned together last, rather those who act; "the militia sent their men": the one who acts.
fn several(reader: &Reader, focus: &Focus, s: usize, at: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    let own = clause(tree, at);
    let possessive = tree.deprel(at) == "nmod:poss";
    let beside = |sentence: usize, head: usize| sentence == s && clause(tree, head) == own;
    let of_sentence = |sentence: usize| {
        let groups = focus.groups.iter().rev().filter(|g| g.sentence == sentence);
        let groups: Vec<&Group> = groups.filter(|g| possessive || !beside(g.sentence, g.head)).collect();
        let mut subjects = groups.iter().copied().filter(|g| g.subject);
        // Of this sentence those spoken of last; of the last one those whom it is about.
        let subject = if sentence == s { subjects.next() } else { subjects.next_back() };
        subject.or(groups.first().copied())
    };
    if possessive {
        let acts = focus.all.iter().rev().find(|m| m.subject && beside(m.sentence, m.head));
        let body = acts.filter(|m| m.who.code.contains(':') && !m.is_person());
        if let Some(m) = body.filter(|m| !focus.groups.iter().any(|g| (g.sentence, g.head) == (s, m.head))) {
            return Some((vec![m.who.clone()], "pronoun-side"));
        }
    }
    let group = [Some(s), s.checked_sub(1)].into_iter().flatten().find_map(of_sentence);
    if let Some(group) = group {
        let after = if group.sentence == s { group.head } else { 0 };
        if tree.is(at, &["they", "them"]) && people_before(reader, s, at, after) {
            return None;
        }
        return Some((group.members.clone(), "pronoun-group"));
    }
    if !tree.is(at, &["both"]) && tree.relation(at) != "nsubj" {
        return None;
    }
    let others: Vec<&Referent> =
        focus.all.iter().filter(|m| beside(m.sentence, m.head)).map(|m| &m.who).collect();
    let two = |persons: bool| -> Option<Vec<Referent>> {
        let fits = |m: &Mentioned| {
            m.is_person() == persons && m.sentence + 1 >= s && !m.place && !m.who.code.is_empty()
        };
        let found: Vec<Referent> = focus
            .last(|m| fits(m) && !others.iter().any(|other| same(other, &m.who)))
            .iter()
            .rev()
            .map(|m| m.who.clone())
            .collect();
        (found.len() == 2).then_some(found)
    };
    let sides = || two(false).filter(|_| tree.is(at, &["both"]));
    two(true).or_else(sides).map(|found| (found, "pronoun-group"))
}

/// "Each will name three scientists, and they will …": whether people who act for no state stand right before.
fn people_before(reader: &Reader, s: usize, at: usize, after: usize) -> bool {
    let tree = &reader.trees[s];
    (after..at).any(|i| tree.plural(i) && reader.phrases.people.contains(tree.lemma(i)))
}

/// Whether a word stands between quotation marks.
fn quotes(tree: &Tree, at: usize) -> bool {
    let marks = (0..at).filter(|&i| matches!(tree.form(i), "\"" | "“" | "”")).count();
    marks % 2 == 1
}

/// "I" between quotation marks: the subject of the verb of saying.
fn quoted(reader: &Reader, scene: &Scene, focus: &Focus, s: usize, at: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    if !quotes(tree, at) {
        return None;
    }
    let subject = tree.ancestors(at).find_map(|verb| {
        tree.child(verb, rel!["nsubj"]).filter(|&subject| subject != at && !quotes(tree, subject))
    })?;
    if female(tree, subject).is_some() {
        return person(reader, focus, s, subject);
    }
    let found = reader.single(scene, s, subject)?;
    Some((found.who.into_iter().map(|p| referent(reader, p)).collect(), "quoted"))
}

/// "You": who is called upon ("Mr. Secretary, do you …"); in a transcript of two the one whose turn it is not.
fn addressed(reader: &Reader, scene: &Scene, s: usize, at: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    let called = tree.ancestors(at).find_map(|verb| tree.child(verb, rel!["vocative"]));
    let called = called.and_then(|called| reader.single(scene, s, called)).map(|found| {
        let one = |p| {
            let who = referent(reader, p);
            let first = who.name.as_deref().filter(|_| who.code.is_empty());
            first.and_then(|name| super::by_first_name(reader, name)).unwrap_or(who)
        };
        found.who.into_iter().map(one).collect()
    });
    if let Some(who) = called {
        return Some((who, "addressed"));
    }
    let speaker = reader.turn(s)?;
    let mut others: Vec<usize> =
        (0..reader.trees.len()).filter_map(|s| reader.turn(s)).filter(|p| *p != speaker).collect();
    others.sort_unstable();
    others.dedup();
    match others.as_slice() {
        [one] => Some((vec![referent(reader, reader.person(*one))], "addressed")),
        _ => None,
    }
}

/// "We, the Governments of Finland and Sweden": those named beside it, there and later; in a turn those for whom the speaker acts.
fn parties(reader: &Reader, scene: &Scene, focus: &Focus, s: usize, at: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    if let Some(beside) = tree.child(at, rel!["appos"])
        && let Some(found) = reader.resolve(scene, s, beside)
    {
        return Some((found.who.into_iter().map(|p| referent(reader, p)).collect(), "named-beside"));
    }
    if !focus.we.is_empty() {
        return Some((focus.we.clone(), "named-beside"));
    }
    let code = reader.cast.persons[reader.turn(s)?].code();
    (!code.is_empty()).then(|| (vec![Referent { code, ..Referent::default() }], "speaker-side"))
}

/// The verb, or other head of a clause, that a word belongs to.
pub(super) fn clause(tree: &Tree, at: usize) -> Option<usize> {
    let mut word = at;
    loop {
        let verb = matches!(tree.upos(word), Upos::VERB | Upos::AUX);
        // A verb joined to another without a subject of its own is of one clause with it, and so is an infinitive.
        let own = match tree.relation(word) {
            "root" | "ccomp" | "acl" | "csubj" | "parataxis" => true,
            // "Asked him to call": he calls.
            "xcomp" => controller(tree, word).is_some(),
            "advcl" => tree.child(word, rel!["nsubj"]).is_some(),
            "conj" => verb && tree.child(word, rel!["nsubj"]).is_some(),
            _ => false,
        };
        if own {
            return Some(word);
        }
        word = tree.head(word)?;
    }
}

/// The object that is the subject of an infinitive: "him" in "asked him to call".
fn controller(tree: &Tree, infinitive: usize) -> Option<usize> {
    let verb = tree.head(infinitive).filter(|_| tree.relation(infinitive) == "xcomp")?;
    tree.all(verb, rel!["obj", "iobj"]).find(|&object| object < infinitive)
}

/// Whether a word belongs to another, as "China" in "China's president".
fn within_possessive(tree: &Tree, at: usize) -> bool {
    tree.deprel(at) == "nmod:poss"
}

fn thanks(tree: &Tree, clause: Option<usize>) -> bool {
    clause.is_some_and(|verb| {
        tree.is(
            verb,
            &["thank", "praise", "congratulate", "commend", "applaud", "salute", "welcome", "credit"],
        )
    })
}
