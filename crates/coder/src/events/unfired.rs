//! Why a rule is silent where its editor expects it to fire, as far as can be told.

use chancery_model::Upos;

use super::frame::Frame;
use super::matching::{fit, in_place};
use super::told::{Seen, best, has_half, instead, nothing, when};
use super::who::At;
use crate::codebook::{Filler, Lexis, Page, Pattern, Place, Predicate, Rule, Word};

/// A reason, and how near to firing the rule was: what fits but for a trifle says more than what hardly fits.
type Reason = (usize, String);

/// The likeliest reason why a rule does not fire in a sentence.
pub(super) fn unfired(at: At, page: &Page, rule: &Rule) -> Option<Reason> {
    let tree = &at.reader.trees[at.s];
    let mut out: Vec<Reason> = Vec::new();
    for word in 0..tree.len() {
        for pattern in &rule.patterns {
            if pattern.lemmas.iter().any(|(lemma, _)| *lemma == at.word(word)) {
                out.extend(at_word(at, (page, rule, pattern), word));
            }
        }
        out.extend(misread(at, rule, word));
    }
    // Of equals the first that was found.
    out.into_iter().rev().max_by_key(|reason| reason.0).or_else(|| unlisted(at, page))
}

/// Why a pattern does not tell an event at a word that is its own.
fn at_word(at: At, (page, rule, pattern): (&Page, &Rule, &Pattern), word: usize) -> Option<Reason> {
    let tree = &at.reader.trees[at.s];
    let (form, line) = (tree.form(word), pattern.line);
    let halves = pattern.lemmas.iter().filter(|l| l.0 == at.word(word)).map(|l| l.1);
    let halves: Option<Vec<Word>> = halves.collect();
    let lacking = halves.filter(|halves| !halves.iter().any(|&h| has_half(at, pattern.predicate, word, h)));
    if let Some(halves) = lacking {
        return Some((
            2,
            format!(
                "'{form}' stands without '{}' (line {line})",
                halves.iter().map(|&half| at.pages.lexis.text(half)).collect::<Vec<_>>().join("' or '")
            ),
        ));
    }
    let Some(seen) = Seen::new(at, pattern.predicate, word) else {
        let read = match tree.upos(word) {
            Upos::VERB | Upos::AUX => "a verb",
            Upos::NOUN | Upos::PROPN => "a noun",
            Upos::ADJ => "an adjective",
            _ => "another word",
        };
        let asked = match pattern.predicate {
            Predicate::Verb => "a verb",
            Predicate::Noun => "a noun",
            Predicate::Adjective => "an adjective with 'be'",
        };
        return Some(if read == asked {
            (6, format!("'{form}' is told as something that has not happened (see realis.toml)"))
        } else {
            (3, format!("'{form}' is read as {read}; line {line} has it as {asked}"))
        });
    };
    if seen.tells(pattern).is_none() {
        let why = match (pattern.ahead, pattern.negated) {
            (_, false) => "is negated",
            (true, _) => "is not negated behind 'will' or 'would'",
            (false, true) => "is not negated",
        };
        return Some((5, format!("'{form}' {why} (line {line})")));
    }
    let fits = |pattern: &Pattern| fit(at, pattern, word, &seen.frame, page.sought, &|_| true).is_some();
    if fits(pattern) {
        return Some((9, forestalled(at, (page, rule, pattern), word)));
    }
    let (empty, nearest) = lacking_places(pattern, &fits)?;
    let why = empty.into_iter().map(|place| stays_empty(at, place, &seen.frame, word));
    let why: Vec<String> = why.collect();
    Some((8 - 2 * why.len().min(2) - usize::from(!nearest), format!("{} (line {line})", why.join(", and "))))
}

/// What fits tells nothing: something else goes before it.
fn forestalled(at: At, (page, rule, pattern): (&Page, &Rule, &Pattern), word: usize) -> String {
    let form = at.reader.trees[at.s].form(word);
    let line = pattern.line;
    match best(at, word) {
        Some((other, by, winner, ..)) if (&other.plover, &by.name) != (&page.plover, &rule.name) => {
            let name = other.name_of(by);
            format!("line {line} fits at '{form}', but line {} of '{name}' says more", winner.line)
        }
        _ if when(at, word, None).is_none() => format!("'{form}' is dated long before the text"),
        _ => match (instead(at, word, &page.plover), nothing(at, word)) {
            (Some(belief), _) => format!(
                "line {line} fits at '{form}', but the reader is sure by {} in 100 that it tells {} (`instead` in reader.toml)",
                belief.percent, belief.kind
            ),
            (None, Some(n)) if n >= at.pages.reader.overrule => format!(
                "line {line} fits at '{form}', but the reader is sure that it tells nothing (`overrule` in reader.toml)"
            ),
            _ => format!(
                "line {line} fits at '{form}', but another event or statement tells the same, or nobody is named on either side"
            ),
        },
    }
}

/// The fewest places, two at most, without which the pattern would fit; with whether one is enough.
fn lacking_places<'p>(
    pattern: &'p Pattern,
    fits: &impl Fn(&Pattern) -> bool,
) -> Option<(Vec<&'p Place>, bool)> {
    let all: Vec<Option<usize>> = std::iter::once(None).chain((0..pattern.places.len()).map(Some)).collect();
    let place = |i: Option<usize>| match i {
        None => pattern.subject.as_ref(),
        Some(i) => pattern.places.get(i),
    };
    let required: Vec<Option<usize>> =
        all.into_iter().filter(|&i| place(i).is_some_and(|p| !p.optional)).collect();
    let without = |left_out: &[Option<usize>]| {
        let mut rest = pattern.clone();
        rest.places = (0..)
            .zip(&pattern.places)
            .filter(|(i, _)| !left_out.contains(&Some(*i)))
            .map(|p| p.1.clone())
            .collect();
        rest.subject = pattern.subject.clone().filter(|_| !left_out.contains(&None));
        rest
    };
    if let Some(&one) = required.iter().find(|&&i| fits(&without(&[i]))) {
        return Some((place(one).into_iter().collect(), true));
    }
    let pairs =
        required.iter().enumerate().flat_map(|(n, &a)| required[n + 1..].iter().map(move |&b| [a, b]));
    let pair = pairs.into_iter().find(|pair| fits(&without(pair)))?;
    Some((pair.into_iter().filter_map(place).collect(), false))
}

/// What stands in a place that nothing fills.
fn stays_empty(at: At, place: &Place, frame: &Frame, word: usize) -> String {
    let tree = &at.reader.trees[at.s];
    let (name, form) = (shown(place, &at.pages.lexis), tree.form(word));
    let there = match &place.filler {
        Filler::Do(_) => frame.infinitives.first().copied(),
        Filler::Doing(_) => frame.doings.first().map(|d| d.1),
        Filler::Clause | Filler::ClauseOf => frame.clause,
        _ => in_place(place, frame),
    };
    let Some(there) = there else { return format!("nothing at '{form}' fills {name}") };
    let phrase = at.reader.document.slice(tree.subtree_span(there));
    let (who, sectors) = match &place.filler {
        Filler::Actor(sectors) => (at.actors(there), sectors.as_slice()),
        Filler::Recipient(sectors) => (at.recipients(there), sectors.as_slice()),
        Filler::Actors => (at.actors(there), &[][..]),
        Filler::RecipientAt(_) | Filler::Words(_) | Filler::Do(_) | Filler::Doing(_) => {
            return format!(
                "'{}', read as '{}', is not listed in {name}",
                tree.form(there),
                tree.lemma(there)
            );
        }
        _ => return format!("'{phrase}' does not fill {name}"),
    };
    if who.is_empty() {
        return format!("'{phrase}' is nobody known, so {name} stays empty");
    }
    let own = who.iter().map(|p| p.sector.clone().unwrap_or_else(|| at.sector_of(&p.code).to_owned()));
    let own: Vec<String> = own.collect();
    match own.iter().any(|sector| sectors.contains(sector)) || sectors.is_empty() {
        false => format!("'{phrase}' is {}, not {}", own.join(" and "), sectors.join("|")),
        true => format!("'{phrase}' does not fill {name}"),
    }
}

/// A place as an editor writes it, long lists cut.
fn shown(place: &Place, lexis: &Lexis) -> String {
    let with = |name: &str, words: Vec<&str>| match &words[..] {
        [] => name.to_owned(),
        [first, second, third, _, ..] => format!("{name}{first}|{second}|{third}|…"),
        few => format!("{name}{}", few.join("|")),
    };
    let sectors = |name: &str, sectors: &[String]| match sectors {
        [] => name.to_owned(),
        some => with(&format!("{name}:"), some.iter().map(String::as_str).collect()),
    };
    let filler = match &place.filler {
        Filler::Actor(of) => sectors("ACTOR", of),
        Filler::Actors => "ACTORS".to_owned(),
        Filler::Recipient(of) => sectors("RECIPIENT", of),
        Filler::RecipientAt(nouns) => {
            with("RECIPIENT:", nouns.words(lexis).into_iter().map(|w| w.0).collect())
        }
        Filler::ClauseOf => "that RECIPIENT CLAUSE".to_owned(),
        Filler::Something => "SOMETHING".to_owned(),
        Filler::Words(nouns) => with("", nouns.words(lexis).into_iter().map(|w| w.0).collect()),
        Filler::Do(verbs) if verbs.is_empty() => "to DO".to_owned(),
        Filler::Do(verbs) => with("to DO:", verbs.words(lexis).into_iter().map(|w| w.0).collect()),
        Filler::Doing(verbs) if verbs.is_empty() => "DOING".to_owned(),
        Filler::Doing(verbs) => with("DOING:", verbs.words(lexis).into_iter().map(|w| w.0).collect()),
        Filler::Clause => "that CLAUSE".to_owned(),
    };
    let words = with("", place.prepositions.iter().map(String::as_str).collect());
    format!("'{}'", format!("{words} {filler}").trim())
}

/// A word of the rule whose form in the text is read as another: "serenaded" as "serenad".
fn misread(at: At, rule: &Rule, word: usize) -> Option<Reason> {
    let tree = &at.reader.trees[at.s];
    let (form, lemma) = (tree.lower(word), tree.lemma(word));
    let own = rule.patterns.iter().flat_map(|p| p.lemmas.iter().map(|l| at.pages.lexis.text(l.0)));
    let ending = |listed: &str| form.strip_prefix(listed.strip_suffix('e').unwrap_or(listed));
    let of =
        |listed: &&str| matches!(ending(listed), Some("s" | "es" | "ed" | "ing" | "d")) && *listed != lemma;
    let listed = own.filter(of).max_by_key(|listed| listed.len())?;
    Some((4, format!("'{form}' is read as '{lemma}', not '{listed}'; list that too")))
}

/// Where no word of the sentence is in a line of the rule: its verbs, and whether another rule of the page has them.
fn unlisted(at: At, page: &Page) -> Option<Reason> {
    let tree = &at.reader.trees[at.s];
    let verbs = (0..tree.len()).filter(|&w| tree.upos(w) == Upos::VERB);
    let has = |rule: &Rule, verb: usize| {
        rule.patterns.iter().any(|p| p.lemmas.iter().any(|l| l.0 == at.word(verb)))
    };
    let told = |verb: usize| match (tree.lemma(verb), page.rules.iter().find(|rule| has(rule, verb))) {
        (lemma, Some(rule)) => format!("'{lemma}', which only '{}' has", rule.name),
        (lemma, None) => format!("'{lemma}', which no line of {} has", page.plover),
    };
    let told: Vec<String> = verbs.map(told).collect();
    let what = match &told[..] {
        [] => "no verb is found in it".to_owned(),
        some => format!("no word of it is in a line of this rule; its verbs are {}", some.join(", ")),
    };
    Some((1, what))
}
