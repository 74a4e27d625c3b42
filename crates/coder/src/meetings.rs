//! Who met whom: every telling of an encounter is a candidate; tellings of one encounter become one row.

use chancery_model::{
    BlockKind, Date, Format, Meeting, Participant, Party, Provenance, Span, Told, Upos, When,
};

use crate::cast::name_words;
use crate::knowledge::EntryKind;
use crate::resolve::{Reader, Scene, state};
use crate::rules::{Codebook, MeetingRule};
use crate::scan::Kind;
use crate::time::Time;

/// One telling of an encounter.
#[derive(Debug, Clone)]
struct Telling {
    sentence: usize,
    word: usize,
    who: Vec<Participant>,
    format: Format,
    time: Option<Time>,
    place: Option<(String, Option<String>, Span)>,
    host: Option<String>,
    planned: bool,
    visit: bool,
    quote: Span,
    rule: String,
    /// One meeting for each partner: "telephone conversations with A and B".
    apart: bool,
}

/// The meetings of a document, the main one first, and the scene that they set.
pub(crate) fn meetings(reader: &Reader, codebook: &Codebook) -> (Vec<Meeting>, Scene) {
    let mut scene = Scene::default();
    let mut tellings = Vec::new();
    for s in 0..reader.trees.len() {
        follow(reader, &mut scene, s);
        let found = in_sentence(reader, codebook, &scene, s);
        if scene.principals.is_empty() {
            if let Some(first) = found
                .iter()
                .find(|t| !t.planned && codes(&t.who).len() + usize::from(t.apart) > 1 || t.who.len() > 1)
            {
                scene.principals.clone_from(&first.who);
                scene.sides = codes(&first.who);
            }
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
        .find(|g| !g[0].planned && !g[0].visit && !looks_back(reader, &g[0]))
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
    rows.sort_by_key(|m| m.told == Told::Background);
    for (i, meeting) in rows.iter_mut().enumerate() {
        meeting.id = format!("m{}", i + 1);
    }
    let main: Vec<&Meeting> = rows.iter().filter(|m| m.told == Told::Main).collect();
    let mut scene = Scene::default();
    for party in main.iter().flat_map(|m| &m.parties) {
        let persons: Vec<Participant> = party
            .persons
            .iter()
            .map(|n| Participant { name: Some(n.clone()), code: party.code.clone() })
            .collect();
        for p in if persons.is_empty() { vec![state(&party.code)] } else { persons } {
            if !scene.principals.contains(&p) {
                scene.principals.push(p);
            }
        }
        if !scene.sides.contains(&party.code) {
            scene.sides.push(party.code.clone());
        }
    }
    (rows, scene)
}

/// Keep track of the person spoken of last, for pronouns in the sentences that follow.
pub(crate) fn follow(reader: &Reader, scene: &mut Scene, s: usize) {
    if s == 0 {
        return;
    }
    let tree = &reader.trees[s - 1];
    let subjects = (0..tree.len()).filter(|&i| tree.relation(i) == "nsubj");
    if let Some(p) = subjects.filter_map(|i| reader.named(s - 1, i)).last() {
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

/// Whether a telling is of another time than the document's own: "last month", "a recent visit", "we met just recently".
fn looks_back(reader: &Reader, telling: &Telling) -> bool {
    let tree = &reader.trees[telling.sentence];
    let other = [
        "recent",
        "previous",
        "last",
        "earlier",
        "past",
        "next",
        "upcoming",
        "forthcoming",
        "recently",
        "previously",
    ];
    let long_ago = || {
        let day = reader.document.reference_date().and_then(days)?;
        let then = days(telling.time.as_ref()?.when.to.last())?;
        Some(day - then > 14)
    };
    telling.time.as_ref().is_some_and(|t| t.back)
        || tree.all(telling.word, &["amod", "advmod"]).iter().any(|&c| tree.is(c, &other))
        || long_ago().unwrap_or(false)
}

/// Days since the year 0, near enough to compare dates.
fn days(date: Date) -> Option<i32> {
    let (y, m, d) = date.parts();
    Some(i32::from(y) * 365 + i32::from(m?) * 30 + i32::from(d?))
}

fn codes(who: &[Participant]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for p in who {
        if !p.code.is_empty() && !out.contains(&p.code) {
            out.push(p.code.clone());
        }
    }
    out
}

/// "Telephone conversations with A and B" are two.
fn split(telling: Telling) -> Vec<Telling> {
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
    let sides_fit = sides(g) == sides(t)
        || sides(t).iter().all(|c| sides(g).contains(c)) && t.who.iter().all(|p| p.name.is_some());
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

/// All tellings in one sentence.
fn in_sentence(reader: &Reader, codebook: &Codebook, scene: &Scene, s: usize) -> Vec<Telling> {
    let tree = &reader.trees[s];
    let mut out: Vec<Telling> = Vec::new();
    for word in 0..tree.len() {
        let lemma = tree.lemma(word);
        for rule in &codebook.meetings {
            let verb = rule.verb.as_ref() == Some(&lemma) && tree.upos(word) == Upos::VERB;
            let noun =
                rule.noun.as_ref() == Some(&lemma) && matches!(tree.upos(word), Upos::NOUN | Upos::PROPN);
            if !verb && !noun {
                continue;
            }
            if let Some(telling) = telling(reader, scene, s, word, rule) {
                // "The talks during his visit": the word that heads the clause tells it; what hangs below adds nothing.
                if !out.iter().any(|t| {
                    t.visit == telling.visit
                        && tree.below(word, t.word)
                        && codes(&t.who) == codes(&telling.who)
                }) {
                    out.push(telling);
                }
                break;
            }
        }
    }
    out
}

fn telling(reader: &Reader, scene: &Scene, s: usize, word: usize, rule: &MeetingRule) -> Option<Telling> {
    let tree = &reader.trees[s];
    let mut subject: Vec<Participant> = Vec::new();
    let governor = if rule.verb.is_some() { Some(word) } else { governor(reader, s, word) };
    let passive = governor.is_some_and(|g| tree.passive(g));
    if let Some(needs) = &rule.needs {
        if !tree.all(word, &["obl"]).iter().any(|&c| tree.case(c).as_deref() == Some(needs.as_str())) {
            return None;
        }
    }
    if let Some(actor) = governor.and_then(|g| acting(reader, scene, s, g)) {
        subject = actor;
    }
    if rule.noun.is_some() {
        for c in tree.all(word, &["nmod"]).into_iter().filter(|&c| tree.deprel(c) == "nmod:poss") {
            let whose = possessor(reader, scene, s, c, word);
            subject = if whose.is_empty() { subject } else { whose };
        }
    }
    let mut partners: Vec<Participant> = Vec::new();
    if let Some(invitation) = tree.head(word).filter(|&h| rule.visit && tree.is(h, &["invitation"])) {
        let host = tree.all(invitation, &["nmod"]).into_iter().find(|&c| tree.deprel(c) == "nmod:poss");
        partners.extend(host.and_then(|c| reader.resolve(scene, s, c)).map(|r| r.who).unwrap_or_default());
    }
    let mut between = false;
    let relations: &[&str] =
        if rule.verb.is_some() { &["obl", "nmod", "obj", "iobj", "xcomp"] } else { &["nmod", "obl"] };
    let mut spots: Vec<usize> = tree.all(word, relations);
    if rule.noun.is_some() {
        if let Some(g) = governor {
            spots.extend(tree.all(g, &["obl", "nmod"]).into_iter().filter(|&c| c > word));
        }
        spots.extend(
            tree.all(word, &["nmod"])
                .iter()
                .flat_map(|&c| tree.all(c, &["nmod"]))
                .filter(|&c| tree.case(c).as_deref() == Some(if rule.visit { "to" } else { "with" })),
        );
    }
    for c in spots {
        let case = tree.case(c);
        let spot = match case.as_deref() {
            // A person after a verb that the parser takes for a complement: "called Prime Minister Brnabić".
            None if matches!(tree.relation(c), "obj" | "iobj") || reader.named(s, c).is_some() => "obj",
            Some(p) => p,
            None => continue,
        };
        if !rule.partner.iter().any(|p| p == spot) {
            continue;
        }
        let Some(found) = reader
            .resolve(scene, s, c)
            .or_else(|| (rule.visit && spot == "to").then(|| place_state(reader, s, c)).flatten())
        else {
            continue;
        };
        if spot == "obj" && !rule.visit && found.who.iter().all(|p| p.name.is_none()) {
            continue;
        }
        if rule.visit && spot == "by" {
            subject = found.who;
            continue;
        }
        between |= spot == "between" || (spot == "of" && found.who.len() > 1);
        for p in found.who {
            if !partners.contains(&p) {
                partners.push(p);
            }
        }
    }
    let chaired = rule.noun.is_some()
        && governor.is_some_and(|g| tree.is(g, &["chair", "co-chair", "convene", "open", "head", "lead"]));
    if partners.is_empty() && chaired {
        partners.extend(body_of(reader, s, word));
    }
    let alone = rule.partner.iter().any(|p| p == "subj") && codes(&subject).len() > 1;
    if between && subject.iter().all(|p| partners.iter().any(|q| q.code == p.code)) || between {
        subject.clear();
    }
    // "We met just recently": those who are meeting now.
    let we = governor
        .and_then(|g| tree.child(g, &["nsubj"]))
        .is_some_and(|n| tree.is(n, &["we"]) || tree.form(n).eq_ignore_ascii_case("we"));
    if partners.is_empty()
        && we
        && rule.verb.is_some()
        && scene.principals.len() > 1
        && word == governor.unwrap_or(word)
    {
        subject.clear();
        partners.clone_from(&scene.principals);
    }
    if partners.is_empty() && !(alone && !passive) {
        return None;
    }
    if subject.is_empty() && !between && !alone {
        subject = opener(reader, scene, s, &partners);
    }
    let mut who = subject;
    for p in partners {
        if !who.iter().any(|q| *q == p || (p.name.is_none() && q.code == p.code)) {
            who.push(p);
        }
    }
    if who.len() < 2 || (rule.noun.is_some() && governor.is_none() && who.iter().all(|p| p.name.is_none())) {
        return None;
    }
    let clause = governor.unwrap_or(word);
    let place = place(reader, s, clause, word);
    let host = (rule.host.as_deref() == Some("subject")).then(|| who[0].code.clone());
    let apart = rule.noun.is_some()
        && tree.token(word).has("Number=Plur")
        && !between
        && tree.is(word, &["conversation", "call", "meeting"]);
    Some(Telling {
        sentence: s,
        word,
        format: format(reader, s, clause, word, rule),
        time: time(reader, s, clause, word),
        planned: planned(reader, s, word),
        visit: rule.visit,
        quote: tree.subtree_span(clause),
        rule: format!("meetings#{}", rule.name),
        host: if rule.visit { who.last().map(|p| p.code.clone()) } else { host },
        place,
        who,
        apart,
    })
}

/// Whose "Telephone conversation with X" a headline tells: the first other person who acts in the sentences below it.
fn opener(reader: &Reader, scene: &Scene, s: usize, partners: &[Participant]) -> Vec<Participant> {
    let kind = |s: usize| reader.document.blocks[reader.trees[s].sentence.block].kind;
    if kind(s) != BlockKind::Headline {
        return Vec::new();
    }
    let _ = scene;
    (s + 1..(s + 4).min(reader.trees.len()))
        .filter(|&n| kind(n) == BlockKind::Paragraph)
        .find_map(|n| {
            let tree = &reader.trees[n];
            let subjects = (0..tree.len()).filter(|&i| tree.relation(i) == "nsubj");
            subjects
                .filter_map(|i| reader.named(n, i))
                .map(|p| reader.person(p))
                .find(|p| !partners.contains(p))
        })
        .into_iter()
        .collect()
}

/// The verb that a noun of encounter depends on: "held" in "held talks".
fn governor(reader: &Reader, s: usize, word: usize) -> Option<usize> {
    let tree = &reader.trees[s];
    let head = tree.head(word)?;
    (tree.upos(head) == Upos::VERB
        && (matches!(tree.relation(word), "obj") || tree.passive(head) && tree.relation(word) == "nsubj")
        && tree.is(
            head,
            &[
                "hold", "have", "conduct", "chair", "co-chair", "convene", "open", "begin", "start",
                "continue", "join", "conclude", "lead", "host", "head",
            ],
        ))
    .then_some(head)
}

/// Who acts in a clause, looking up through coordination and control.
pub(crate) fn acting(reader: &Reader, scene: &Scene, s: usize, verb: usize) -> Option<Vec<Participant>> {
    let tree = &reader.trees[s];
    let mut at = verb;
    for _ in 0..4 {
        if let Some(subject) = tree.child(at, &["nsubj"]) {
            return reader.resolve(scene, s, subject).map(|r| r.who);
        }
        match tree.relation(at) {
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
fn possessor(reader: &Reader, scene: &Scene, s: usize, c: usize, word: usize) -> Vec<Participant> {
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

fn place_state(reader: &Reader, s: usize, c: usize) -> Option<crate::resolve::Resolved> {
    match reader.cast.item(s, c).map(|i| &i.kind) {
        Some(Kind::Actor { code, .. }) if code.len() == 3 => {
            Some(crate::resolve::Resolved { who: vec![state(code)], rule: "state-visited" })
        }
        _ => None,
    }
}

/// "A meeting of the State Council presidium": the body as the other side.
fn body_of(reader: &Reader, s: usize, word: usize) -> Option<Participant> {
    let tree = &reader.trees[s];
    let of = tree.all(word, &["nmod"]).into_iter().find(|&c| tree.case(c).as_deref() == Some("of"))?;
    let cut = tree.all(of, &["nmod", "acl", "case", "det", "appos", "conj"]);
    let words: Vec<usize> = tree.subtree_without(of, &cut);
    let capital = words.iter().any(|&w| tree.form(w).chars().next().is_some_and(char::is_uppercase));
    let span = tree.trimmed(words[0], words[words.len() - 1])?;
    capital.then(|| state(&format!("ORG:{}", tree.words(span))))
}

fn format(reader: &Reader, s: usize, clause: usize, word: usize, rule: &MeetingRule) -> Format {
    let tree = &reader.trees[s];
    let near: Vec<String> = tree
        .subtree(clause)
        .into_iter()
        .filter(|&w| w.abs_diff(word) < 12 || w.abs_diff(clause) < 8)
        .map(|w| tree.form(w).to_lowercase())
        .collect();
    let has = |words: &[&str]| near.iter().any(|n| words.contains(&n.as_str()));
    if has(&["video", "videoconference", "virtual", "virtually", "teleconference", "vtc"]) {
        Format::Video
    } else if has(&["phone", "telephone", "telephoned"]) {
        Format::Call
    } else if rule.name == "conversation" && !has(&["telephone", "phone"]) {
        Format::Unstated
    } else if rule.format == Format::Call
        && rule.verb.as_deref() == Some("speak")
        && has(&["sidelines", "margins", "person"])
    {
        Format::InPerson
    } else {
        rule.format
    }
}

/// The time expression of the clause: below the word itself, else below its verb, nearest first.
fn time(reader: &Reader, s: usize, clause: usize, word: usize) -> Option<Time> {
    let tree = &reader.trees[s];
    let below = |top: usize| {
        let inside = |t: &&Time| {
            tree.below(t.words.0, top)
                && !tree.ancestors(t.words.0).take_while(|&a| a != top).any(|a| {
                    matches!(tree.relation(a), "acl" | "ccomp" | "advcl" | "conj" | "appos" | "parataxis")
                        && tree.upos(a) == Upos::VERB
                })
        };
        let dist = |t: &&Time| t.words.0.abs_diff(word);
        reader.times[s].iter().filter(inside).min_by_key(dist).cloned()
    };
    let up = || tree.ancestors(word).find(|&a| tree.upos(a) == Upos::VERB).and_then(below);
    // "the visit … to Uzbekistan in October 2018", its date hung elsewhere.
    let after = || reader.times[s].iter().find(|t| t.words.0 > word && t.words.0 < word + 14).cloned();
    below(word)
        .or_else(|| below(clause))
        .or_else(up)
        .or_else(|| if tree.upos(word) == Upos::VERB { None } else { after() })
}

/// Whether the encounter is still to come: "will meet", "agreed to hold a meeting", "invitation to visit".
fn planned(reader: &Reader, s: usize, word: usize) -> bool {
    let tree = &reader.trees[s];
    let mut at = word;
    for _ in 0..4 {
        if tree.auxiliaries(at).iter().any(|a| matches!(a.as_str(), "will" | "would" | "shall")) {
            return true;
        }
        if tree
            .all(at, &["amod"])
            .iter()
            .any(|&c| tree.is(c, &["next", "upcoming", "forthcoming", "planned", "future"]))
        {
            return true;
        }
        if at != word && matches!(tree.relation(at), "nsubj" | "csubj" | "obl") {
            return false;
        }
        let Some(head) = tree.head(at) else { return false };
        let to = tree.all(at, &["mark"]).iter().any(|&c| tree.form(c).eq_ignore_ascii_case("to"));
        let towards = matches!(tree.case(at).as_deref(), Some("towards" | "toward"));
        if towards
            || to
                && tree.is(
                    head,
                    &[
                        "agree",
                        "plan",
                        "intend",
                        "decide",
                        "invite",
                        "hope",
                        "expect",
                        "invitation",
                        "look",
                        "agreement",
                        "want",
                        "accept",
                    ],
                )
        {
            return true;
        }
        if tree.case(at).as_deref() == Some("to") && tree.is(head, &["look", "invite", "invitation"]) {
            return true;
        }
        at = head;
    }
    false
}

/// Where the clause says it was: words, country, span.
fn place(reader: &Reader, s: usize, clause: usize, word: usize) -> Option<(String, Option<String>, Span)> {
    let tree = &reader.trees[s];
    let mut spots: Vec<usize> = (0..tree.len())
        .filter(|&i| tree.below(i, clause) && matches!(tree.relation(i), "obl" | "nmod"))
        .filter(|&i| matches!(tree.case(i).as_deref(), Some("in" | "at")))
        .collect();
    spots.sort_by_key(|&i| i.abs_diff(word));
    spots.into_iter().find_map(|i| {
        let cut = tree.all(i, &["case", "det", "acl", "appos", "nmod", "punct", "conj", "cc"]);
        let words = tree.subtree_without(i, &cut);
        let span = tree.trimmed(words[0], words[words.len() - 1])?;
        let name = tree.words(span);
        let country = country_of(reader, s, i, &name)?;
        Some((name, Some(country), span))
    })
}

fn country_of(reader: &Reader, s: usize, word: usize, name: &str) -> Option<String> {
    if let Some(Kind::Actor { code, entry, .. }) = reader.cast.item(s, word).map(|i| &i.kind) {
        if matches!(entry, EntryKind::State | EntryKind::Capital | EntryKind::Seat) && code.len() == 3 {
            return Some(code.clone());
        }
    }
    reader.knowledge.place(name).map(|p| p.country.clone()).filter(|c| !c.is_empty())
}

/// The row of one encounter, from all its tellings.
fn row(reader: &Reader, group: &[Telling], main: bool) -> Option<Meeting> {
    let best = group.iter().max_by_key(|t| {
        let kind = reader.document.blocks[reader.trees[t.sentence].sentence.block].kind;
        let lead = kind == BlockKind::Paragraph && t.sentence <= 5;
        let named = t.who.iter().filter(|p| p.name.is_some()).count().min(2);
        (named, t.time.is_some() && lead, lead, kind != BlockKind::Headline, std::cmp::Reverse(t.sentence))
    })?;
    let time =
        group.iter().filter_map(|t| t.time.clone()).min_by_key(|t| t.when.from.first() != t.when.to.last());
    let published = reader.document.reference_date();
    let mut provenance: Vec<Provenance> = Vec::new();
    for t in group {
        provenance.push(mark("row", t, vec![t.quote], None));
    }
    let when = match (&time, published) {
        (Some(t), _) => {
            let from = group.iter().find(|g| g.time.as_ref().is_some_and(|x| x.span == t.span))?;
            provenance.push(mark("date", from, vec![t.span], Some(t.why.clone())));
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
            let why = inherited.map_or(format!("undated -> year of publication {}", d.parts().0), |t| t.why);
            provenance.push(mark("date", best, vec![], Some(why)));
            Some(when)
        }
        _ => {
            let inherited = before(reader, best)?;
            provenance.push(mark(
                "date",
                best,
                vec![inherited.span],
                Some(format!("sentence before: {}", inherited.why)),
            ));
            Some(inherited.when)
        }
    };
    let parties = parties(reader, best, group);
    if parties.len() < 2 && best.who.len() < 2 {
        return None;
    }
    // A place told far below the lead ("we met recently in Moscow") does not overrule the publisher's own.
    let given = reader.document.source.place.is_some() || reader.document.source.dateline_place.is_some();
    let near = |t: &&Telling| !main || !given || t.sentence <= 5;
    let located = group.iter().filter(near).find_map(|t| t.place.clone().map(|p| (p, t)));
    let (mut place, mut country) = (None, None);
    if let Some(((name, code, span), t)) = located {
        provenance.push(mark("place", t, vec![span], None));
        (place, country) = (Some(name), code);
    } else if main {
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
    } else if let Some(code) = came_to(reader, best) {
        country = Some(code);
    }
    let mut format =
        group.iter().map(|t| t.format).find(|f| *f != Format::Unstated).unwrap_or(Format::Unstated);
    if format == Format::Unstated && place.is_some() && main {
        format = Format::InPerson;
    }
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
        planned: best.planned,
        quote: best.quote,
        provenance,
    })
}

fn country_of_name(reader: &Reader, name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let whole = reader.knowledge.place(name).map(|p| p.country.clone());
    whole
        .or_else(|| {
            name.split(',').find_map(|part| reader.knowledge.place(part.trim()).map(|p| p.country.clone()))
        })
        .or_else(|| {
            (0..words.len()).find_map(|i| {
                reader.knowledge.longest(&words[i..]).map(|(_, e)| e.code.clone()).filter(|c| c.len() == 3)
            })
        })
}

/// The backward-looking time of the sentence before, which a telling without its own goes on from.
fn before(reader: &Reader, t: &Telling) -> Option<Time> {
    let s = t.sentence.checked_sub(1)?;
    let near = reader.trees[s].sentence.block == reader.trees[t.sentence].sentence.block;
    reader.times[s].iter().find(|t| t.back).filter(|_| near).cloned()
}

/// "Kim came to China": where the sentence before says that someone travelled.
fn came_to(reader: &Reader, t: &Telling) -> Option<String> {
    let s = t.sentence.checked_sub(1)?;
    let tree = &reader.trees[s];
    (0..tree.len()).filter(|&i| tree.is(i, &["come", "travel", "arrive", "fly", "visit"])).find_map(|verb| {
        tree.all(verb, &["obl", "obj"]).into_iter().find_map(|c| {
            match reader.cast.item(s, c).map(|i| &i.kind) {
                Some(Kind::Actor { code, .. }) if code.len() == 3 => Some(code.clone()),
                _ => None,
            }
        })
    })
}

fn parties(reader: &Reader, best: &Telling, group: &[Telling]) -> Vec<Party> {
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
    let _ = reader;
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
