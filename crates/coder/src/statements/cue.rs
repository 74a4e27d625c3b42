//! Cues in a sentence: who speaks, to whom, and which points are made.

use chancery_model::{Act, Participant, Polarity, Span, Upos};

use super::frame::{Carried, match_rule};
use super::{Found, content};
use crate::clause::{self, Reading};
use crate::meetings::acting;
use crate::relations::rel;
use crate::resolve::{Reader, Scene, state};
use crate::rules::{Codebook, CueAct, CueRule, Passive};
use crate::tree::Tree;

/// All that the cues of a sentence carry; where there is a cue and nothing comes of it, why.
pub(super) fn cues(
    reader: &Reader,
    codebook: &Codebook,
    scene: &Scene,
    s: usize,
) -> (Vec<Found>, Option<String>) {
    let tree = &reader.trees[s];
    let mut out: Vec<Found> = according(reader, codebook, scene, s);
    let mut inside: Vec<usize> = out.iter().flat_map(|f| f.content.clone()).collect();
    let mut why = None;
    // From the top of the tree down, so that what is said inside a saying is not told twice.
    let depth = |w: &usize| tree.ancestors(*w).count();
    let verb = |w: usize| matches!(tree.upos(w), Upos::VERB | Upos::AUX);
    let told = |w: &usize| verb(*w) && codebook.cues.of(tree.lemma(*w)).next().is_some();
    let mut order: Vec<usize> = (0..tree.len()).filter(told).collect();
    let aside =
        |w: &usize| matches!(tree.relation(*w), "parataxis") && tree.child(*w, rel!["nsubj"]).is_some();
    order.sort_by_key(|w| (!aside(w), depth(w), *w));
    for word in order {
        if inside.contains(&word) {
            continue;
        }
        if !speaks(tree, codebook, word) {
            continue;
        }
        let Some((rule, carried)) = match_rule(reader, codebook, s, word) else { continue };
        let (speaker, speaker_why) = speaker(reader, scene, s, word, rule);
        if speaker.is_empty() {
            why = Some(format!("\"{}\": no speaker could be resolved", tree.form(word)));
            continue;
        }
        let joint = sides(&speaker) > 1;
        if joint && rule.alone {
            continue;
        }
        let cue = cue_span(tree, word, rule);
        for one in &carried {
            inside.extend(&one.words);
            out.extend(readings(reader, codebook, scene, s, one, rule, joint, &speaker).into_iter().map(
                |(root, words, r)| Found {
                    sentence: s,
                    cue: vec![cue],
                    content: words,
                    root,
                    is_clause: one.is_clause,
                    speaker: speaker.clone(),
                    speaker_why: speaker_why.clone(),
                    addressed: addressed(reader, scene, s, word),
                    act: r.act,
                    polarity: r.polarity,
                    reading: r.rule,
                    why: r.why,
                    rule: format!("statements#{}", rule.name),
                    continues: false,
                },
            ));
        }
    }
    (out, why)
}

/// Whether the verb tells of speech that took place: an infinitive does only as the purpose of an encounter ("met to reaffirm …").
///
/// "Our shared commitment" and "if they said so" tell of none.
fn speaks(tree: &Tree, codebook: &Codebook, word: usize) -> bool {
    let supposed = tree.all(word, rel!["mark"]).any(|m| tree.form(m).eq_ignore_ascii_case("if"));
    if tree.relation(word) == "amod" || supposed && tree.relation(word) == "advcl" {
        return false;
    }
    let mut at = word;
    while tree.relation(at) == "conj" && tree.token(at).xpos == "VB" {
        let Some(head) = tree.head(at) else { break };
        at = head;
    }
    let to = tree.all(at, rel!["mark"]).any(|m| tree.form(m).eq_ignore_ascii_case("to"));
    if !to || tree.token(at).xpos != "VB" {
        return true;
    }
    tree.head(at).is_some_and(|h| {
        let lemma = tree.lemma(h);
        let meets = codebook.meetings.of(lemma).any(|m| m.verb.as_deref() == Some(lemma));
        let holds = tree.is(
            h,
            &["hold", "have", "write", "phone", "telephone", "continue", "use", "convene", "join", "ring"],
        );
        matches!(tree.relation(at), "advcl" | "xcomp") && (meets || holds)
    })
}

fn sides(who: &[Participant]) -> usize {
    let mut codes: Vec<&str> = who.iter().map(|p| p.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.len()
}

/// The points that something carried makes, each with its words.
#[allow(clippy::too_many_arguments)]
fn readings(
    reader: &Reader,
    codebook: &Codebook,
    scene: &Scene,
    s: usize,
    one: &Carried,
    rule: &CueRule,
    joint: bool,
    speaker: &[Participant],
) -> Vec<(usize, Vec<usize>, Reading)> {
    let tree = &reader.trees[s];
    let cue_act = if joint { rule.joint.unwrap_or(rule.act) } else { rule.act };
    if !one.is_clause {
        let infinitive = tree.upos(one.root) == Upos::VERB;
        let reading = if infinitive && cue_act != CueAct::ByContent {
            Reading {
                act: cue_act.fixed().unwrap_or(Act::Position),
                polarity: rule.polarity.unwrap_or(Polarity::Support),
                rule: String::new(),
                why: "the cue decides".into(),
            }
        } else {
            let fixed_wins = matches!(cue_act, CueAct::Request | CueAct::Report | CueAct::Courtesy)
                || rule.polarity.is_some() && !rule.stance_only;
            let mut r = clause::phrase(tree, codebook, one.root, joint, (cue_act, rule.polarity));
            if fixed_wins {
                r.act = cue_act.fixed().unwrap_or(r.act);
            }
            if r.rule == "commitment" && r.act == Act::Agreement && one_side(reader, scene, s, one.root) {
                (r.act, r.why) = (Act::Commitment, "the readiness is of one side".into());
            }
            if let Some(act) = rule.of_person.and_then(CueAct::fixed)
                && welcomes_persons(reader, scene, s, one.root)
            {
                (r.act, r.why) = (act, "it is done to a person, not to an act".into());
            }
            r
        };
        return vec![(one.root, one.words.clone(), reading)];
    }
    let points = clause::points(reader, codebook, scene, s, one.root, speaker);
    let heads: Vec<usize> = points.iter().map(|p| p.0).collect();
    points
        .into_iter()
        .map(|(root, mut reading)| {
            let later: Vec<usize> = heads.iter().copied().filter(|&h| h != root && h > root).collect();
            let branch = tree.subtree_without(root, &later);
            let own = |w: &usize| heads.len() == 1 || branch.contains(w);
            let mut words: Vec<usize> = one.words.iter().copied().filter(own).collect();
            while words.first().is_some_and(|&w| {
                matches!(tree.relation(w), "cc")
                    || tree.relation(w) == "mark" && tree.form(w).eq_ignore_ascii_case("that")
                    || tree.upos(w) == Upos::PUNCT && tree.form(w) != "“" && tree.form(w) != "\""
            }) {
                words.remove(0);
            }
            if let Some(act) = cue_act.fixed() {
                reading.act = act;
                reading.why = "the cue decides".into();
            } else if joint && matches!(reading.act, Act::Commitment) && !one_side(reader, scene, s, root) {
                reading.act = Act::Agreement;
            }
            if let Some(p) = rule.polarity {
                reading.polarity = p;
            }
            if reading.act != Act::Report
                && reading.polarity == Polarity::Neutral
                && cue_act.fixed().is_some()
            {
                reading.polarity = Polarity::Support;
            }
            (root, words, reading)
        })
        .filter(|(_, words, _)| !words.is_empty())
        .collect()
}

/// Whether the clause or phrase is of one side only: "Russia will continue …", "the United States' readiness".
fn one_side(reader: &Reader, scene: &Scene, s: usize, root: usize) -> bool {
    let tree = &reader.trees[s];
    let whose = tree.child(root, rel!["nsubj"]).or_else(|| {
        tree.all(root, rel!["nmod", "compound"])
            .find(|&c| tree.deprel(c) == "nmod:poss" || tree.relation(c) == "compound")
    });
    whose
        .and_then(|w| reader.resolve(scene, s, w))
        .is_some_and(|r| r.who.len() == 1 && r.rule != "pronoun-home" && r.who[0].name.is_none())
}

/// Whether those welcomed are persons: named, or a delegation or guests.
fn welcomes_persons(reader: &Reader, scene: &Scene, s: usize, root: usize) -> bool {
    let tree = &reader.trees[s];
    tree.is(root, &["delegation", "guest", "visitor", "friend", "participant", "remark"])
        || reader.resolve(scene, s, root).is_some_and(|r| r.who.iter().all(|w| w.name.is_some()))
}

/// Who says it, and how that was found.
fn speaker(
    reader: &Reader,
    scene: &Scene,
    s: usize,
    word: usize,
    rule: &CueRule,
) -> (Vec<Participant>, String) {
    let tree = &reader.trees[s];
    let agent =
        tree.all(word, rel!["obl"]).find(|&c| tree.case(c).as_deref() == Some("by") && tree.passive(word));
    if let Some(agent) = agent {
        let who = reader.resolve(scene, s, agent).map(|r| r.who).unwrap_or_default();
        return (who, "the agent of the passive".into());
    }
    let participle = tree.relation(word) == "acl"
        && matches!(tree.token(word).xpos.as_str(), "VBN" | "VBD")
        && tree.child(word, rel!["nsubj"]).is_none();
    if tree.passive(word) || participle {
        if participle && !tree.passive(word) {
            return (Vec::new(), String::new());
        }
        return match rule.passive {
            Passive::Subject if !matches!(tree.relation(word), "advcl" | "acl") => {
                let subject = tree.child(word, rel!["nsubj"]).and_then(|c| reader.resolve(scene, s, c));
                (subject.map(|r| r.who).unwrap_or_default(), "subject of the cue".into())
            }
            Passive::Parties if scene.principals.len() > 1 && tree.relation(word) != "acl" => {
                (scene.principals.clone(), "a passive without an agent is spoken by all parties".into())
            }
            Passive::Subject | Passive::Parties | Passive::None => (Vec::new(), String::new()),
        };
    }
    if let Some(subject) = tree.child(word, rel!["nsubj"]) {
        if codebook_letter(tree, subject) && !scene.sides.is_empty() {
            return (
                scene.sides.iter().map(|c| state(c)).collect(),
                "the document speaks for its parties".into(),
            );
        }
        // "an award which they welcomed": a relative pronoun is no speaker.
        if let Some(found) = reader.resolve(scene, s, subject) {
            return (found.who, format!("subject of the cue, by {}", found.rule));
        }
        return (Vec::new(), String::new());
    }
    match acting(reader, scene, s, word) {
        Some(who) => (who, "subject of the clause above the cue".into()),
        // "Together they …", "Discussed were …": nothing to go by.
        None => (Vec::new(), String::new()),
    }
}

fn codebook_letter(tree: &Tree, subject: usize) -> bool {
    tree.is(subject, &["document", "declaration", "communique", "statement", "communiqué"])
}

/// The cue with its particle: "called on".
fn cue_span(tree: &Tree, word: usize, rule: &CueRule) -> Span {
    let mut span = tree.span(word);
    if let Some(particle) = rule.particle_of(tree, word) {
        return span.cover(tree.span(particle));
    }
    if let Some(next) = (word + 1 < tree.len()).then(|| tree.lower(word + 1))
        && (rule.with.as_deref().is_some_and(|w| w.split(' ').any(|w| w == next))
            || rule.noun.as_deref() == Some(next))
    {
        span = span.cover(tree.span(word + 1));
    }
    span
}

/// Whom the cue addresses by its own grammar: object, or "to X".
fn addressed(reader: &Reader, scene: &Scene, s: usize, word: usize) -> Vec<Participant> {
    let tree = &reader.trees[s];
    let object = tree.all(word, rel!["iobj", "obj"]).find_map(|c| {
        let found = reader.resolve(scene, s, c)?;
        // "thanked him": not the one who thanks, but the other who is meeting.
        let himself =
            tree.upos(c) == Upos::PRON && Some(&found.who) == acting(reader, scene, s, word).as_ref();
        if !himself {
            return Some(found);
        }
        let who: Vec<Participant> =
            scene.principals.iter().filter(|p| !found.who.contains(p)).cloned().collect();
        (who.len() == 1).then_some(crate::resolve::Resolved { who, rule: "pronoun" })
    });
    let to = || {
        tree.all(word, rel!["obl", "nmod"])
            .chain(tree.child(word, rel!["obj"]).into_iter().flat_map(|o| tree.all(o, rel!["nmod"])))
            .filter(|&c| matches!(tree.case(c).as_deref(), Some("to" | "on" | "upon" | "with")))
            .find_map(|c| reader.resolve(scene, s, c))
    };
    object.or_else(to).map(|r| r.who).unwrap_or_default()
}

/// "According to the Premier, …", "in his view, …".
fn according(reader: &Reader, codebook: &Codebook, scene: &Scene, s: usize) -> Vec<Found> {
    let tree = &reader.trees[s];
    let spot = |i: &usize| {
        let according = || tree.case(*i).as_deref() == Some("according to");
        let view = || {
            tree.is(*i, &["view", "opinion", "word"])
                && tree.case(*i).as_deref() == Some("in")
                && tree.all(*i, rel!["nmod"]).any(|c| tree.deprel(c) == "nmod:poss")
        };
        tree.relates(*i, rel!["obl", "nmod", "parataxis", "advcl"]) && (according() || view())
    };
    let Some(phrase) = (0..tree.len()).find(spot) else { return Vec::new() };
    let Some(root) = tree.head(phrase) else { return Vec::new() };
    let whose = tree.all(phrase, rel!["nmod"]).find(|&c| tree.deprel(c) == "nmod:poss").unwrap_or(phrase);
    let view = tree.case(phrase).as_deref() == Some("in");
    let who = reader.resolve(scene, s, if view { whose } else { phrase }).map(|r| r.who);
    let home = || {
        let government = tree.subtree(phrase).iter().any(|&w| tree.is(w, &["government"]));
        government.then(|| reader.cast.home.clone()).flatten().map(|c| vec![state(&c)])
    };
    let Some(speaker) = who.or_else(home) else { return Vec::new() };
    let cue = tree.subtree_span(phrase);
    let cut = [phrase];
    let all = content::clause(tree, root, &cut);
    let points = clause::points(reader, codebook, scene, s, root, &speaker);
    let heads: Vec<usize> = points.iter().map(|p| p.0).collect();
    points
        .into_iter()
        .map(|(root, mut reading)| {
            if !view && reading.rule == "view" {
                (reading.act, reading.polarity) = (Act::Report, Polarity::Neutral);
            }
            let later: Vec<usize> = heads.iter().copied().filter(|&h| h > root).chain([phrase]).collect();
            let branch = tree.subtree_without(root, &later);
            let mut words: Vec<usize> = all.iter().copied().filter(|w| branch.contains(w)).collect();
            while words.first().is_some_and(|&w| tree.relation(w) == "cc" || tree.upos(w) == Upos::PUNCT) {
                words.remove(0);
            }
            Found {
                sentence: s,
                cue: vec![cue],
                content: words,
                root,
                is_clause: true,
                speaker: speaker.clone(),
                speaker_why: "named by the phrase".into(),
                addressed: Vec::new(),
                act: reading.act,
                polarity: reading.polarity,
                reading: reading.rule,
                why: reading.why,
                rule: if view { "statements#in-view".into() } else { "statements#according-to".into() },
                continues: false,
            }
        })
        .collect()
}
