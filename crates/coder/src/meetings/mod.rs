//! Who met whom: every telling of an encounter is a candidate; tellings of one encounter become one row.

use std::collections::BTreeSet;

use chancery_model::{BlockKind, Date, Format, Meeting, Participant, Party, Provenance, Span, Told, When};

use crate::cast::name_words;
use crate::knowledge::{Around, EntryKind};
use crate::relations::rel;
use crate::resolve::{Reader, Scene, state};
use crate::rules::Codebook;
use crate::scan::Kind;
use crate::time::Time;

mod sides;
mod telling;

pub(crate) use sides::acting;
use telling::{Telling, codes, in_sentence, looks_back};

/// The meetings of a document, the main one first, and the scene that they set.
pub(crate) fn meetings(reader: &Reader, codebook: &Codebook) -> (Vec<Meeting>, Scene) {
    let mut scene = Scene::default();
    let mut tellings = Vec::new();
    for s in 0..reader.trees.len() {
        follow(reader, &mut scene, s);
        let found = in_sentence(reader, codebook, &scene, s);
        if scene.principals.is_empty()
            && let Some(first) = found
                .iter()
                .find(|t| !t.planned && codes(&t.who).len() + usize::from(t.apart) > 1 || t.who.len() > 1)
        {
            scene.principals.clone_from(&first.who);
            scene.sides = codes(&first.who);
        }
        tellings.extend(found);
    }
    let mut groups: Vec<Vec<Telling>> = Vec::new();
    for telling in tellings.into_iter().flat_map(split) {
        match groups.iter_mut().find(|g| same(reader, g, &telling)) {
            Some(group) => group.push(telling),
            None => groups.push(vec![telling]),
        }
    }
    let main_sentence = groups
        .iter()
        .find(|g| !g[0].planned && !g[0].visit && !looks_back(reader, &g[0]) && parties(&g[0], g).len() > 1)
        .map(|g| g[0].sentence);
    let mut rows: Vec<Meeting> = groups
        .iter()
        .filter_map(|g| {
            let main = Some(g[0].sentence) == main_sentence
                && !g[0].planned
                && !g[0].visit
                && !looks_back(reader, &g[0]);
            row(reader, g, main && leads(reader, g))
        })
        .collect();
    told_once(&mut rows);
    rows.sort_by_key(|m| m.told == Told::Background);
    for (i, meeting) in rows.iter_mut().enumerate() {
        meeting.id = format!("m{}", i + 1);
    }
    let main: Vec<&Meeting> = rows.iter().filter(|m| m.told == Told::Main).collect();
    let mut scene = Scene::default();
    for party in main.iter().flat_map(|m| &m.parties) {
        for p in party.participants() {
            if !scene.principals.contains(&p) {
                scene.principals.push(p);
            }
        }
        if !scene.sides.contains(&party.code) {
            scene.sides.push(party.code.clone());
        }
    }
    joint_parties(reader, &mut scene);
    (rows, scene)
}

/// "President A met with President B in C during his visit to C": a journey on which the text tells a meeting of the same two sides is
/// no encounter beside it.
fn told_once(rows: &mut Vec<Meeting>) {
    let codes = |m: &Meeting| m.parties.iter().map(|p| p.code.clone()).collect::<BTreeSet<String>>();
    let journey = |m: &Meeting| {
        m.provenance.iter().any(|p| {
            p.field == "row" && (p.rule.starts_with("meetings#visit") || p.rule.starts_with("meetings#trip"))
        })
    };
    let same = |visit: &Meeting, met: &Meeting| {
        let persons =
            |m: &Meeting| m.parties.iter().flat_map(|p| p.persons.clone()).collect::<BTreeSet<String>>();
        visit
            .when
            .zip(met.when)
            .is_some_and(|(v, m)| v.from.first() <= m.to.last() && m.from.first() <= v.to.last())
            && codes(visit) == codes(met)
            && persons(visit).is_subset(&persons(met))
            && met.format != Format::Call
            && met.format != Format::Video
            && visit.planned == met.planned
    };
    let beside: Vec<bool> =
        rows.iter().map(|v| journey(v) && rows.iter().any(|m| !journey(m) && same(v, m))).collect();
    let mut beside = beside.into_iter();
    rows.retain(|_| !beside.next().unwrap_or(false));
}

/// "Joint statement by Germany and Kenya": the states and bodies of the headline, or else of the first sentences, speak together;
/// not a region, nor what the headline is "on".
fn joint_parties(reader: &Reader, scene: &mut Scene) {
    let blocks = &reader.document.blocks;
    let headline = |s: &usize| blocks[reader.trees[*s].sentence.block].kind == BlockKind::Headline;
    let common = |s: &usize| {
        let words = reader.document.slice(reader.trees[*s].sentence.span).to_lowercase();
        let kinds = ["statement", "declaration", "communiqu", "vision", "press release", "readout"];
        words.contains("joint") && kinds.iter().any(|k| words.contains(k))
    };
    let Some(title) = (0..reader.trees.len().min(3)).filter(headline).find(common) else { return };
    scene.joint = true;
    if scene.sides.len() > 1 {
        return;
    }
    let subject_matter = |s: usize, word: usize| {
        let tree = &reader.trees[s];
        let about: &[&str] = match headline(&s) {
            true => &["on", "under", "for", "regarding", "concerning"],
            false => &["following", "after", "against", "regarding", "concerning"],
        };
        std::iter::once(word)
            .chain(tree.ancestors(word))
            .any(|w| tree.case(w).is_some_and(|case| about.contains(&case.as_ref())))
    };
    let named = |sentences: std::ops::Range<usize>| {
        let mut codes: Vec<String> = Vec::new();
        for (s, item) in sentences.flat_map(|s| reader.cast.items[s].iter().map(move |item| (s, item))) {
            if let Kind::Actor { code, entry, .. } = &item.kind
                && !matches!(entry, EntryKind::Capital | EntryKind::Seat | EntryKind::Place)
                && !code.is_empty()
                && !subject_matter(s, item.words.0)
                && !codes.contains(code)
            {
                codes.push(code.clone());
            }
        }
        codes
    };
    let mut codes = named(title..title + 1);
    // "By President Biden and President von der Leyen".
    for &(first, _, p) in &reader.cast.names[title] {
        let code = reader.cast.persons[p].code();
        if !code.is_empty() && !codes.contains(&code) && !subject_matter(title, first) {
            codes.push(code);
        }
    }
    if codes.len() < 2 {
        let of_title = codes.clone();
        codes = named(title..reader.trees.len().min(title + 3));
        // "On AUKUS": what the statement is about, wherever it is named again.
        codes.retain(|code| {
            let about = |kind: &Kind| matches!(kind, Kind::Actor { code: c, .. } if c == code);
            let mut items = reader.cast.items[title].iter().filter(|item| about(&item.kind)).peekable();
            items.peek().is_none() || items.any(|item| !subject_matter(title, item.words.0))
        });
        // "Quad Joint Statement … we, the prime ministers of India, Japan and Australia": these are it.
        if codes.iter().filter(|c| c.len() == 3).count() > 2 {
            codes.retain(|c| c.len() == 3 || !of_title.contains(c));
        }
    }
    if codes.len() > 1 {
        scene.principals = codes.iter().map(|c| state(c)).collect();
        scene.sides = codes;
    }
}

/// Keep track of the person spoken of last, for pronouns in the sentences that follow.
pub(crate) fn follow(reader: &Reader, scene: &mut Scene, s: usize) {
    if s == 0 {
        return;
    }
    let tree = &reader.trees[s - 1];
    let subjects = (0..tree.len()).filter(|&i| tree.relation(i) == "nsubj");
    if let Some(p) = subjects.filter_map(|i| reader.named(s - 1, i)).next_back() {
        scene.person = Some(p);
    }
}

/// Whether the telling stands where a document states its subject: headline, caption or the first sentences.
fn leads(reader: &Reader, group: &[Telling]) -> bool {
    group.iter().any(|t| {
        let tree = &reader.trees[t.sentence];
        let kind = reader.document.blocks[tree.sentence.block].kind;
        matches!(kind, BlockKind::Headline | BlockKind::Caption) || t.sentence <= 5
    })
}

/// "Telephone conversations with A and B" are two.
fn split(telling: Telling) -> Vec<Telling> {
    if telling.severally.len() > 1 {
        let others = telling.who.iter().filter(|p| !telling.severally.contains(p));
        let others: Vec<Participant> = others.cloned().collect();
        let with = |one: &Participant| std::iter::once(one.clone()).chain(others.iter().cloned()).collect();
        let each = telling.severally.iter();
        return each
            .map(|one| Telling { who: with(one), severally: Vec::new(), ..telling.clone() })
            .collect();
    }
    if !telling.apart || telling.who.len() < 3 {
        return vec![telling];
    }
    let first = telling.who[0].clone();
    telling.who[1..]
        .iter()
        .map(|p| Telling { who: vec![first.clone(), p.clone()], ..telling.clone() })
        .collect()
}

/// Whether a telling is of the encounter that a group tells.
fn same(reader: &Reader, group: &[Telling], t: &Telling) -> bool {
    let g = &group[0];
    if g.planned != t.planned || g.visit != t.visit {
        return false;
    }
    let sides = |t: &Telling| {
        let mut c = codes(&t.who);
        c.sort();
        c
    };
    // What a headline shortens ("… with the Advisors of Japan and Korea") the lead tells in full.
    let headline = |t: &Telling| {
        reader.document.blocks[reader.trees[t.sentence].sentence.block].kind == BlockKind::Headline
    };
    let shortened = group.iter().all(headline) && sides(g).iter().all(|c| sides(t).contains(c));
    let within = sides(t).iter().all(|c| sides(g).contains(c)) && t.who.iter().all(|p| p.name.is_some());
    let sides_fit = sides(g) == sides(t) || within || shortened;
    let named = |t: &Telling| -> Vec<Vec<String>> {
        t.who.iter().filter_map(|p| p.name.as_deref()).map(name_words).collect()
    };
    let (a, b) = (named(g), named(t));
    let persons_fit = b.iter().all(|n| a.contains(n)) || a.iter().all(|n| b.contains(n));
    let group_day = group.iter().find_map(|t| t.time.as_ref().map(|t| t.when));
    let dates_fit = match (group_day, t.time.as_ref().map(|t| t.when)) {
        (Some(a), Some(b)) => a.from.first() <= b.to.last() && b.from.first() <= a.to.last(),
        _ => looks_back(reader, g) == looks_back(reader, t),
    };
    sides_fit && persons_fit && dates_fit
}

/// The row of one encounter, from all its tellings.
fn row(reader: &Reader, group: &[Telling], main: bool) -> Option<Meeting> {
    let best = group.iter().max_by_key(|t| {
        let kind = reader.document.blocks[reader.trees[t.sentence].sentence.block].kind;
        let lead = kind == BlockKind::Paragraph && t.sentence <= 5;
        let named = t.who.iter().filter(|p| p.name.is_some()).count().min(2);
        (named, t.time.is_some() && lead, lead, kind != BlockKind::Headline, std::cmp::Reverse(t.sentence))
    })?;
    // A vague time told far below the lead ("since we met this year") is not the day of the main meeting.
    let dates = |t: &&Telling| {
        let day = t.time.as_ref().is_some_and(|t| t.when.from.is_day());
        !main || day || t.sentence <= 5
    };
    let time = group
        .iter()
        .filter(dates)
        .filter_map(|t| t.time)
        .min_by_key(|t| t.when.from.first() != t.when.to.last());
    let published = reader.document.reference_date();
    let why = |t: &Telling, time: &Time| time.why(&reader.trees[t.sentence], published);
    let mut provenance: Vec<Provenance> = Vec::new();
    for t in group {
        provenance.push(mark("row", t, vec![t.quote], None));
    }
    let when = match (&time, published) {
        (Some(t), _) => {
            let from = group.iter().find(|g| g.time.as_ref().is_some_and(|x| x.span == t.span))?;
            provenance.push(mark("date", from, vec![t.span], Some(why(from, t))));
            Some(t.when)
        }
        (None, Some(d)) if main => {
            provenance.push(mark(
                "date",
                best,
                vec![],
                Some(format!("no date in the text -> day of dateline or publication {d}")),
            ));
            Some(When { from: d, to: d })
        }
        (None, Some(d)) if best.planned || looks_back(reader, best) => {
            let inherited = before(reader, best);
            let when = inherited
                .as_ref()
                .map_or(When { from: Date::year(d.parts().0), to: Date::year(d.parts().0) }, |t| t.when);
            let undated = || format!("undated -> year of publication {}", d.parts().0);
            let why = inherited.map_or_else(undated, |t| why(best, &t));
            provenance.push(mark("date", best, vec![], Some(why)));
            Some(when)
        }
        _ => {
            let inherited = before(reader, best)?;
            provenance.push(mark(
                "date",
                best,
                vec![inherited.span],
                Some(format!("sentence before: {}", why(best, &inherited))),
            ));
            Some(inherited.when)
        }
    };
    provenance.push(mark("parties", best, vec![best.quote], None));
    let parties = parties(best, group);
    if parties.len() < 2 {
        return None;
    }
    // A place told far below the lead ("we met recently in Moscow") does not overrule the publisher's own.
    let given = reader.document.source.place.is_some() || reader.document.source.dateline_place.is_some();
    let near = |t: &&Telling| !main || !given || t.sentence <= 5;
    let located = group.iter().filter(near).find_map(|t| t.place.clone().map(|p| (p, t)));
    let (mut place, mut country) = (None, None);
    let remote = group
        .iter()
        .map(|t| t.format)
        .find(|f| *f != Format::Unstated)
        .is_some_and(|f| matches!(f, Format::Call | Format::Video));
    let located = located.filter(|_| !remote);
    if let Some(((name, code, span), t)) = located {
        provenance.push(mark("place", t, vec![span], None));
        (place, country) = (Some(name), code);
    } else if main && !remote {
        let source = &reader.document.source;
        if let Some(name) = source.place.clone().or_else(|| source.dateline_place.clone()) {
            country = country_of_name(reader, &name);
            provenance.push(mark(
                "place",
                best,
                vec![],
                Some(format!("\"{name}\" as the publisher's place or dateline")),
            ));
            place = Some(name);
        }
    } else {
        // A visit takes place where the host is.
        let visited = || best.host.clone().filter(|code| best.visit && code.len() == 3);
        country = came_to(reader, best).or_else(visited);
    }
    let mut format =
        group.iter().map(|t| t.format).find(|f| *f != Format::Unstated).unwrap_or(Format::Unstated);
    if format == Format::Unstated && place.is_some() && main {
        format = Format::InPerson;
    }
    if let Some(t) = group.iter().find(|t| t.format == format) {
        let word = reader.trees[t.sentence].span(t.word);
        provenance.push(mark("format", t, vec![word], None));
    }
    let why = if main { "told in headline, caption or lead" } else { "mentioned as earlier or to come" };
    provenance.push(mark("told", best, vec![], Some(why.to_owned())));
    let host = group
        .iter()
        .find_map(|t| t.host.clone())
        .or_else(|| country.clone().filter(|_| format == Format::InPerson));
    let parties = parties.into_iter().map(|p| Party { host: host.as_ref() == Some(&p.code), ..p }).collect();
    Some(Meeting {
        id: String::new(),
        format,
        when,
        place,
        country,
        parties,
        told: if main { Told::Main } else { Told::Background },
        planned: best.planned
            || when
                .is_some_and(|w| reader.document.source.published.is_some_and(|p| w.from.first() > p.last())),
        quote: best.quote,
        provenance,
    })
}

fn country_of_name(reader: &Reader, name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    // "Georgetown, Guyana": each part with what stands after it.
    let parts = std::iter::successors(Some(name), |rest| rest.split_once(',').map(|(_, after)| after));
    let place = reader.knowledge.place(name, Around::In).or_else(|| {
        parts.into_iter().find_map(|part| {
            let (part, after) = part.split_once(',').unwrap_or((part, ""));
            let after = after.split(',').next().unwrap_or_default().trim();
            reader
                .knowledge
                .place(part.trim(), if after.is_empty() { Around::In } else { Around::Before(after) })
        })
    });
    place.map(|p| p.country.to_owned()).or_else(|| {
        (0..words.len()).find_map(|i| {
            reader.knowledge.longest(&words[i..]).map(|(_, e)| e.code.to_owned()).filter(|c| c.len() == 3)
        })
    })
}

/// The backward-looking time of the sentence before, which a telling without its own goes on from.
fn before(reader: &Reader, t: &Telling) -> Option<Time> {
    let s = t.sentence.checked_sub(1)?;
    let near = reader.trees[s].sentence.block == reader.trees[t.sentence].sentence.block;
    reader.times[s].iter().find(|t| t.back).filter(|_| near).copied()
}

/// "Kim came to China": where the sentence before says that someone travelled.
fn came_to(reader: &Reader, t: &Telling) -> Option<String> {
    let s = t.sentence.checked_sub(1)?;
    let tree = &reader.trees[s];
    (0..tree.len()).filter(|&i| tree.is(i, &["come", "travel", "arrive", "fly", "visit"])).find_map(|verb| {
        tree.all(verb, rel!["obl", "obj"]).find_map(|c| match reader.cast.item(s, c).map(|i| &i.kind) {
            Some(Kind::Actor { code, .. }) if code.len() == 3 => Some(code.clone()),
            _ => None,
        })
    })
}

fn parties(best: &Telling, group: &[Telling]) -> Vec<Party> {
    let mut out: Vec<Party> = Vec::new();
    let domestic = codes(&best.who).len() == 1;
    for who in std::iter::once(best).chain(group.iter()).flat_map(|t| &t.who) {
        if who.code.is_empty() {
            continue;
        }
        let person = who.name.clone();
        let known = person.as_ref().is_some_and(|n| out.iter().any(|p| p.persons.contains(n)));
        if known {
            continue;
        }
        match out
            .iter_mut()
            .find(|p| p.code == who.code && !(domestic && person.is_some() && !p.persons.is_empty()))
        {
            Some(party) => party.persons.extend(person),
            None => {
                out.push(Party { code: who.code.clone(), persons: person.into_iter().collect(), host: false })
            }
        }
    }
    out
}

fn mark(field: &str, t: &Telling, spans: Vec<Span>, why: Option<String>) -> Provenance {
    Provenance {
        field: field.into(),
        sentence: u32::try_from(t.sentence + 1).unwrap_or(u32::MAX),
        spans,
        rule: t.rule.clone(),
        why,
    }
}
