//! One telling of an encounter: the word that tells it, who took part, how, when and where.

use chancery_model::{BlockKind, Date, Format, Participant, Span, Upos, When};

use super::sides::{
    acting, beside, body_of, occasion, of_principals, opener, own_official, place_state, possessor,
};
use crate::knowledge::{Around, EntryKind};
use crate::relations::rel;
use crate::resolve::{Reader, Scene};
use crate::rules::{Codebook, MeetingRule};
use crate::scan::Kind;
use crate::time::Time;
use crate::tree::Tree;

/// One telling of an encounter.
#[derive(Debug, Clone)]
pub(super) struct Telling {
    pub(super) sentence: usize,
    pub(super) word: usize,
    pub(super) who: Vec<Participant>,
    pub(super) format: Format,
    pub(super) time: Option<Time>,
    pub(super) place: Option<(String, Option<String>, Span)>,
    pub(super) host: Option<String>,
    pub(super) planned: bool,
    pub(super) visit: bool,
    pub(super) quote: Span,
    pub(super) rule: String,
    /// One meeting for each partner: "telephone conversations with A and B".
    pub(super) apart: bool,
    /// One meeting for each of those whose they are: "A's and B's meetings with C".
    pub(super) severally: Vec<Participant>,
    /// Of states alone, known by its day: "the talks between Russia and Iran on April 4".
    pub(super) mentioned: bool,
}

/// Whether a telling is of another time than the document's own: "last month", "a recent visit", "we met just recently".
pub(super) fn looks_back(reader: &Reader, telling: &Telling) -> bool {
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
    // "Yesterday" is a day of the document's own.
    let recent = telling.time.as_ref().is_some_and(|t| t.when.from == t.when.to && t.when.from.is_day())
        && long_ago() == Some(false);
    // "Followed up on the September 9 call": told apart by a day that is not the text's own.
    let told_apart = || {
        let Some(time) = telling.time.as_ref().filter(|t| t.words.1 < telling.word) else { return false };
        let headline = reader.document.blocks[tree.sentence.block].kind == BlockKind::Headline;
        let today = reader.document.reference_date().is_none_or(|d| time.when.to.last() >= d.first());
        let own = matches!(tree.case(telling.word).as_deref(), Some("in" | "during" | "at"))
            || tree.relation(telling.word) == "root";
        !headline
            && !today
            && !own
            && tree.below(time.words.0, telling.word)
            && tree.upos(telling.word) == Upos::NOUN
            && tree.head(telling.word).is_some_and(|h| {
                tree.is(h, &["follow", "build", "since", "continue"])
                    || !matches!(tree.relation(telling.word), "obj" | "nsubj")
            })
    };
    let before_today = || {
        let today = reader.document.reference_date();
        today.zip(telling.time.as_ref()).is_some_and(|(day, t)| t.when.to.last() < day.first())
    };
    telling.time.as_ref().is_some_and(|t| t.back) && !recent
        || told_apart()
        || telling.mentioned && before_today()
        || tree.all(telling.word, rel!["amod", "advmod"]).any(|c| tree.is(c, &other))
        || long_ago().unwrap_or(false)
}

/// Days since the year 0, near enough to compare dates.
fn days(date: Date) -> Option<i32> {
    let (y, m, d) = date.parts();
    Some(i32::from(y) * 365 + i32::from(m?) * 30 + i32::from(d?))
}

pub(super) fn codes(who: &[Participant]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for p in who {
        if !p.code.is_empty() && !out.contains(&p.code) {
            out.push(p.code.clone());
        }
    }
    out
}

/// All tellings in one sentence.
pub(super) fn in_sentence(reader: &Reader, codebook: &Codebook, scene: &Scene, s: usize) -> Vec<Telling> {
    let tree = &reader.trees[s];
    let when = |t: &Telling| t.time.as_ref().map(|time| time.when);
    let mut out: Vec<Telling> = Vec::new();
    for word in 0..tree.len() {
        let lemma = tree.lemma(word);
        for rule in codebook.meetings.of(lemma) {
            let verb = rule.verb.as_deref() == Some(lemma) && tree.upos(word) == Upos::VERB;
            let noun =
                rule.noun.as_deref() == Some(lemma) && matches!(tree.upos(word), Upos::NOUN | Upos::PROPN);
            if !verb && !noun {
                continue;
            }
            if let Some(telling) = telling(reader, scene, s, word, rule) {
                // "The talks during his visit": the word that heads the clause tells it; what hangs below adds nothing.
                if !out.iter().any(|t| {
                    t.visit == telling.visit
                        && tree.below(word, t.word)
                        && codes(&t.who) == codes(&telling.who)
                        && t.rule != "meetings#discussed-together"
                        // "Previous meetings, including A hosting B in May".
                        && !(rule.verb.is_some() && telling.time.is_some() && when(t) != when(&telling))
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
    let (mut subject, mut severally): (Vec<Participant>, Vec<Participant>) = (Vec::new(), Vec::new());
    let governor = if rule.verb.is_some() { Some(word) } else { governor(reader, s, word) };
    let passive = governor.is_some_and(|g| tree.passive(g));
    // "Did not meet": no encounter.
    if tree.negated(governor.unwrap_or(word)) {
        return None;
    }
    if tree.children(word).iter().any(|&c| rule.unless.iter().any(|r| r == tree.relation(c))) {
        return None;
    }
    if let Some(needs) = &rule.needs
        && !tree.all(word, rel!["obl"]).any(|c| tree.case(c).as_deref() == Some(needs.as_str()))
    {
        return None;
    }
    if !rule.by.is_empty() && means(tree, word).iter().all(|&c| rule.by.iter().all(|by| by != tree.lemma(c)))
    {
        return None;
    }
    if let Some(governor) = governor {
        let actor = acting(reader, scene, s, governor);
        subject = actor.or_else(|| own_official(reader, s, governor)).unwrap_or_default();
    }
    if rule.noun.is_some() {
        for c in tree.all(word, rel!["nmod"]).filter(|&c| tree.deprel(c) == "nmod:poss") {
            let whose = possessor(reader, scene, s, c, word);
            if let [one] = whose.as_slice()
                && !severally.contains(one)
            {
                severally.push(one.clone());
            }
            subject = if whose.is_empty() { subject } else { whose };
        }
        severally.retain(|_| tree.token(word).has("Number=Plur"));
    }
    let mut partners: Vec<Participant> = Vec::new();
    if let Some(invitation) = tree.head(word).filter(|&h| rule.visit && tree.is(h, &["invitation"])) {
        let host = tree.all(invitation, rel!["nmod"]).find(|&c| tree.deprel(c) == "nmod:poss");
        partners.extend(host.and_then(|c| reader.resolve(scene, s, c)).map(|r| r.who).unwrap_or_default());
    }
    let (mut between, mut with, mut told) = (false, false, None);
    let relations =
        if rule.verb.is_some() { rel!["obl", "nmod", "obj", "iobj", "xcomp"] } else { rel!["nmod", "obl"] };
    let mut spots: Vec<usize> = tree.all(word, relations).collect();
    if rule.verb.is_some() {
        // "spoke by telephone with X", the person hung at the telephone, or at what was spoken of.
        let phones = tree
            .all(word, rel!["obl"])
            .filter(|&c| tree.is(c, &["telephone", "phone", "video", "videoconference"]));
        let phones: Vec<usize> = phones.collect();
        spots.extend(phones.iter().flat_map(|&c| tree.all(c, rel!["nmod", "obl"])));
        let objects = tree.all(word, rel!["obj"]).filter(|_| !phones.is_empty());
        let with = objects.flat_map(|c| tree.all(c, rel!["nmod"]));
        spots.extend(with.filter(|&c| tree.case(c).as_deref() == Some("with")));
    }
    if rule.noun.is_some() {
        if let Some(g) = governor {
            spots.extend(tree.all(g, rel!["obl", "nmod"]).filter(|&c| c > word));
            // "Talks were held at the Kremlin between A and B".
            let where_held = tree.all(g, rel!["obl"]).flat_map(|c| tree.all(c, rel!["nmod"]));
            spots.extend(where_held.filter(|&c| tree.case(c).as_deref() == Some("between")));
        }
        spots.extend(
            tree.all(word, rel!["nmod"])
                .flat_map(|c| tree.all(c, rel!["nmod"]))
                .filter(|&c| tree.case(c).as_deref() == Some(if rule.visit { "to" } else { "with" })),
        );
        // "a conversation, initiated by the Serbian side, with X".
        let with = tree.all(word, rel!["acl"]).flat_map(|a| tree.all(a, rel!["obl"]));
        spots.extend(with.filter(|&c| tree.case(c).as_deref() == Some("with")));
    }
    // "Discussed trade with Prime Minister A": the person, though the parser hangs him on what was discussed.
    if rule.persons {
        let beside = tree.all(word, rel!["obj"]).flat_map(|object| tree.all(object, rel!["nmod"]));
        spots.extend(
            beside.filter(|&c| tree.case(c).as_deref() == Some("with") && reader.named(s, c).is_some()),
        );
    }
    // What hangs below a noun stands after it: "Remarks by A and B of Israel Before a Meeting" is no meeting of Israel.
    spots.retain(|&c| rule.verb.is_some() || c > word);
    for c in spots {
        let case = tree.case(c);
        let spot = match case.as_deref() {
            // "Recent engagements, including between A and B".
            Some("including") if tree.all(c, rel!["case"]).any(|w| tree.lower(w) == "between") => "between",
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
        // "received the Albright Award" is no reception of Albright: the object must be the person.
        let person = matches!(
            reader.cast.item(s, c).map(|i| &i.kind),
            Some(Kind::Name | Kind::Office(_) | Kind::Honorific)
        );
        if rule.persons && !person && found.who.iter().all(|p| p.name.is_none()) {
            continue;
        }
        if spot == "obj" && !rule.visit && (!person || found.who.iter().all(|p| p.name.is_none())) {
            continue;
        }
        if rule.visit && spot == "by" {
            subject = found.who;
            continue;
        }
        with |= spot == "with";
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
    for p in reader.listed_with(s, word, &partners) {
        if !partners.contains(&p) && !subject.contains(&p) {
            partners.push(p);
        }
    }
    // "President A and President B spoke": who is meant must be named, for "the leaders spoke of …" tells of no call.
    let named = || {
        let subject = governor.and_then(|g| tree.child(g, rel!["nsubj"]));
        subject.is_some_and(|n| {
            reader.named(s, n).is_some() && tree.all(n, rel!["conj"]).any(|c| reader.named(s, c).is_some())
        })
    };
    if partners.is_empty()
        && rule.partner.iter().any(|p| p == "beside")
        && let Some((head, who)) = beside(reader, scene, s, word)
    {
        (subject, partners, between, told) = (Vec::new(), who, true, Some(head));
    }
    let occasion_of_both = || {
        let open = subject.is_empty()
            && partners.is_empty()
            && rule.noun.is_some()
            && !rule.visit
            && governor.is_none();
        open.then(|| of_principals(reader, scene, s, word)).flatten()
    };
    if let Some(who) = occasion_of_both() {
        (partners, between) = (who, true);
    }
    let together = rule.partner.iter().any(|p| p == "subj" || p == "named" && named());
    let alone = together && codes(&subject).len() > 1;
    if between {
        subject.clear();
    }
    // "We met just recently": those who are meeting now.
    let we = rule.verb.is_some()
        && rule.partner.iter().any(|p| p == "subj")
        && tree.child(word, rel!["obj"]).is_none()
        && tree.child(word, rel!["nsubj"]).is_some_and(|n| tree.form(n).eq_ignore_ascii_case("we"));
    if partners.is_empty() && we && scene.principals.len() > 1 && !planned(reader, s, word) {
        subject.clear();
        partners.clone_from(&scene.principals);
    }
    if partners.is_empty() && (passive || !alone) {
        return None;
    }
    if subject.is_empty() && !between && !alone && rule.noun.is_some() && with {
        subject = occasion(reader, scene, s, word).unwrap_or_default();
    }
    if subject.is_empty() && !between && !alone {
        subject = opener(reader, s, &partners);
    }
    // "Learnings from his trip to Poland and Germany": who travelled must be known.
    if rule.visit && subject.is_empty() {
        return None;
    }
    let several_hosts = rule.visit && subject.len() == 1 && partners.len() > 1;
    let mut who = subject;
    for p in partners {
        if !who.iter().any(|q| *q == p || (p.name.is_none() && q.code == p.code)) {
            who.push(p);
        }
    }
    let clause = governor.unwrap_or(word);
    // "Discussed the goals for 2030", "the visit in January": of what two discuss, not of when they did.
    let discussed = rule.verb.as_deref() == Some("discuss") && rule.partner.iter().any(|p| p == "named");
    let time = time(reader, s, clause, word).filter(|_| !discussed);
    let (time, planned) = settle(reader, time, planned(reader, s, word), tree.token(word).xpos == "VBD");
    // "The meeting between the leaders of Russia and Iran on April 4": those who are not named are told by the day.
    let dated = between && time.as_ref().is_some_and(|t| t.when.from.parts().1.is_some());
    let nameless = rule.noun.is_some() && governor.is_none() && who.iter().all(|p| p.name.is_none());
    if who.len() < 2 || nameless && !dated {
        return None;
    }
    let place = place(reader, s, clause, word, time.as_ref());
    let host = (rule.host.as_deref() == Some("subject")).then(|| who[0].code.clone());
    let apart = rule.noun.is_some()
        && tree.token(word).has("Number=Plur")
        && !between
        && tree.is(word, &["conversation", "call", "meeting"])
        || several_hosts;
    Some(Telling {
        sentence: s,
        word,
        format: format(reader, s, clause, word, rule),
        time,
        planned,
        visit: rule.visit,
        quote: tree.subtree_span(told.unwrap_or(clause)),
        rule: format!("meetings#{}", rule.name),
        host: if rule.visit { who.last().map(|p| p.code.clone()) } else { host },
        place,
        who,
        apart,
        severally,
        mentioned: nameless,
    })
}

/// Plan and date in accord: "agreed to build on the meeting in November 2022" plans none; a visit being prepared for "January 15" is to come;
/// what is dated after the day of the text is planned.
fn settle(reader: &Reader, time: Option<Time>, planned: bool, past: bool) -> (Option<Time>, bool) {
    let (Some(mut time), Some(today)) = (time, reader.document.reference_date()) else {
        return (time, planned);
    };
    let (from, to) = (time.when.from, time.when.to);
    if from.is_day() && from.first() > today.last() && !past {
        return (Some(time), true);
    }
    if !planned || to.last() >= today.first() {
        return (Some(time), planned);
    }
    let words = reader.document.slice(time.span);
    let year = words.split(|c: char| !c.is_ascii_digit()).any(|n| n.len() == 4);
    let next = |date: Date| match date.parts() {
        (year, Some(month), Some(day)) => Date::day(year + 1, month, day),
        (year, Some(month), None) => Date::month(year + 1, month),
        _ => None,
    };
    match next(from).zip(next(to)).filter(|(from, _)| !year && from.first() >= today.first()) {
        Some((from, to)) => time.when = When { from, to },
        None => return (Some(time), planned && !year),
    }
    (Some(time), true)
}

/// The words that tell by what means it was done: "by telephone", "over the phone", "in a telephone conversation".
fn means(tree: &Tree, word: usize) -> Vec<usize> {
    let mut found: Vec<usize> = tree.all(word, rel!["obl"]).collect();
    let below: Vec<usize> = found.iter().flat_map(|&c| tree.all(c, rel!["compound", "nmod"])).collect();
    found.extend(below);
    found
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
                "continue", "join", "conclude", "complete", "finish", "end", "lead", "host", "head", "pay",
            ],
        ))
    .then_some(head)
}

fn format(reader: &Reader, s: usize, clause: usize, word: usize, rule: &MeetingRule) -> Format {
    let tree = &reader.trees[s];
    let near: Vec<&str> = tree
        .subtree(clause)
        .into_iter()
        .filter(|&w| w.abs_diff(word) < 12 || w.abs_diff(clause) < 8)
        .map(|w| tree.lower(w))
        .collect();
    let has = |words: &[&str]| near.iter().any(|n| words.contains(n));
    let spoken_by_phone = || {
        let verb = tree.upos(word) == Upos::VERB;
        verb && means(tree, word).into_iter().any(|c| tree.is(c, &["phone", "telephone"]))
    };
    if has(&["video", "videoconference", "virtual", "virtually", "teleconference", "vtc"]) {
        Format::Video
    } else if has(&["phone", "telephone", "telephoned"]) || spoken_by_phone() {
        Format::Call
    } else if rule.format == Format::Call && has(&["sidelines", "margins", "person"]) {
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
                        // "Meetings in May 2023 and a trip in November 2022".
                        || tree.relation(a) == "conj" && tree.head(a) == Some(word) && a > word
                })
        };
        let dist = |t: &&Time| t.words.0.abs_diff(word);
        reader.times[s].iter().filter(inside).min_by_key(dist).copied()
    };
    let up = || tree.ancestors(word).find(|&a| tree.upos(a) == Upos::VERB).and_then(below);
    // "called on the President on 10 April and handed over a letter", the date hung at the second verb.
    let between = || {
        let next = tree.all(word, rel!["conj"]).find(|&c| c > word).unwrap_or(tree.len());
        reader.times[s]
            .iter()
            .find(|t| t.words.0 > word && t.words.1 < next && tree.upos(word) == Upos::VERB)
            .copied()
    };
    // "the visit … to Uzbekistan in October 2018", its date hung elsewhere.
    let after = || reader.times[s].iter().find(|t| t.words.0 > word && t.words.0 < word + 14).copied();
    below(word)
        .or_else(|| below(clause))
        .or_else(up)
        .or_else(between)
        .or_else(|| if tree.upos(word) == Upos::VERB { None } else { after() })
}

/// Whether the encounter is still to come: "will meet", "agreed to hold a meeting", "invitation to visit".
fn planned(reader: &Reader, s: usize, word: usize) -> bool {
    let tree = &reader.trees[s];
    let mut at = word;
    for _ in 0..4 {
        if tree.auxiliaries(at).iter().any(|a| matches!(*a, "will" | "would" | "shall")) {
            return true;
        }
        if tree
            .all(at, rel!["amod"])
            .any(|c| tree.is(c, &["next", "upcoming", "forthcoming", "planned", "plan", "future"]))
        {
            return true;
        }
        if at != word && matches!(tree.relation(at), "nsubj" | "csubj" | "obl") {
            return false;
        }
        let Some(head) = tree.head(at) else { return false };
        let to = tree.all(at, rel!["mark"]).any(|c| tree.form(c).eq_ignore_ascii_case("to"));
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
        if tree.case(at).as_deref() == Some("of") && tree.is(head, &["preparation"])
            || tree.case(at).as_deref() == Some("for") && tree.is(head, &["preparation", "prepare"])
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
fn place(
    reader: &Reader,
    s: usize,
    clause: usize,
    word: usize,
    time: Option<&Time>,
) -> Option<(String, Option<String>, Span)> {
    let tree = &reader.trees[s];
    let mut spots: Vec<usize> = (0..tree.len())
        // "In May in Vienna", the town hung at the month.
        .filter(|&i| tree.below(i, clause) || time.is_some_and(|t| tree.below(i, t.words.0)))
        .filter(|&i| matches!(tree.relation(i), "obl" | "nmod"))
        // Nor of what is joined to it: "meetings in Jakarta and a visit to Manila".
        .filter(|&i| {
            let mut up = tree.ancestors(i).take_while(|&a| a != word);
            !up.any(|a| tree.relation(a) == "conj" && tree.head(a) == Some(word) && a > word)
        })
        // Not from a clause within: "criminals based in Russia".
        .filter(|&i| !tree.ancestors(i).take_while(|&a| a != clause).any(|a| tree.upos(a) == Upos::VERB))
        .filter(|&i| matches!(tree.case(i).as_deref(), Some("in" | "at")))
        .collect();
    spots.sort_by_key(|&i| i.abs_diff(word));
    spots.into_iter().find_map(|i| {
        let cut: Vec<usize> =
            tree.all(i, rel!["case", "det", "acl", "appos", "nmod", "punct", "conj", "cc"]).collect();
        let words = tree.subtree_without(i, &cut);
        let span = tree.trimmed(words[0], words[words.len() - 1])?;
        let name = tree.words(span);
        let country = country_of(reader, s, i, &name)?;
        Some((name, Some(country), span))
    })
}

fn country_of(reader: &Reader, s: usize, word: usize, name: &str) -> Option<String> {
    if let Some(Kind::Actor { code, entry, .. }) = reader.cast.item(s, word).map(|i| &i.kind)
        && matches!(entry, EntryKind::State | EntryKind::Capital | EntryKind::Seat)
        && code.len() == 3
    {
        return Some(code.clone());
    }
    let after = after(&reader.trees[s], word);
    let around = after.as_deref().map_or(Around::In, Around::Before);
    reader.knowledge.place(name, around).map(|p| p.country.to_owned()).filter(|c| !c.is_empty())
}

/// "Guyana" in "Georgetown, Guyana": the name that stands after another's comma.
fn after(tree: &Tree, word: usize) -> Option<String> {
    let mut below = tree.all(word, rel!["appos", "nmod", "flat", "list", "conj", "dep"]);
    let next = below.find(|&c| c > word && tree.upos(c) == Upos::PROPN)?;
    let cut: Vec<usize> =
        tree.all(next, rel!["punct", "case", "acl", "nmod", "appos", "conj", "cc"]).collect();
    let words = tree.subtree_without(next, &cut);
    let span = tree.trimmed(*words.first()?, *words.last()?)?;
    (tree.form(words[0].checked_sub(1)?) == ",").then(|| tree.words(span))
}
