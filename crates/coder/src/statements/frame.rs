//! Cues in a sentence and what they carry, frame by frame.

use chancery_model::{Act, Participant, Polarity, Span, Upos};

use super::{Found, content};
use crate::clause::{self, Reading};
use crate::meetings::acting;
use crate::resolve::{Reader, Scene, state};
use crate::rules::{Codebook, CueAct, CueRule};
use crate::tree::Tree;

/// What a cue carries.
struct Carried {
    root: usize,
    words: Vec<usize>,
    is_clause: bool,
}

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
    let mut order: Vec<usize> =
        (0..tree.len()).filter(|&w| matches!(tree.upos(w), Upos::VERB | Upos::AUX)).collect();
    let aside = |w: &usize| matches!(tree.relation(*w), "parataxis") && tree.child(*w, &["nsubj"]).is_some();
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
fn speaks(tree: &Tree, codebook: &Codebook, word: usize) -> bool {
    let mut at = word;
    while tree.relation(at) == "conj" && tree.token(at).xpos == "VB" {
        let Some(head) = tree.head(at) else { break };
        at = head;
    }
    let to = tree.all(at, &["mark"]).iter().any(|&m| tree.form(m).eq_ignore_ascii_case("to"));
    if !to || tree.token(at).xpos != "VB" {
        return true;
    }
    tree.head(at).is_some_and(|h| {
        let lemma = tree.lemma(h);
        let meets = codebook.meetings.iter().any(|m| m.verb.as_ref() == Some(&lemma));
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

/// The first rule of the codebook that fits the verb and finds something said.
fn match_rule<'c>(
    reader: &Reader,
    codebook: &'c Codebook,
    s: usize,
    word: usize,
) -> Option<(&'c CueRule, Vec<Carried>)> {
    let tree = &reader.trees[s];
    let lemma = tree.lemma(word);
    codebook.cues.iter().filter(|r| r.verbs.contains(&lemma)).find_map(|rule| {
        if let Some(noun) = &rule.noun {
            if !tree.subtree(word).iter().any(|&c| tree.lemma(c) == *noun && c.abs_diff(word) < 12) {
                return None;
            }
        }
        let carried = rule.content.iter().find_map(|frame| {
            let found = match frame.as_str() {
                "clause" => clause_frame(tree, codebook, word),
                "object" => object_frame(reader, codebook, s, word, rule),
                "infinitive" => infinitive_frame(tree, codebook, word, rule),
                _ => phrase_frame(tree, codebook, word, rule),
            };
            (!found.is_empty()).then_some(found)
        })?;
        Some((rule, carried))
    })
}

/// Branches below `top` that are cues of their own: ", adding that …", ", noting …".
fn own_cues(tree: &Tree, codebook: &Codebook, top: usize) -> Vec<usize> {
    tree.subtree(top)
        .into_iter()
        .filter(|&w| w != top && tree.relation(w) == "advcl" && tree.token(w).xpos == "VBG")
        .filter(|&w| w > 0 && tree.upos(w - 1) == Upos::PUNCT || w == 0)
        .filter(|&w| {
            let lemma = tree.lemma(w);
            codebook.cues.iter().any(|r| r.verbs.contains(&lemma))
        })
        .collect()
}

fn clause_frame(tree: &Tree, codebook: &Codebook, word: usize) -> Vec<Carried> {
    let carried = |root: usize, cut: &[usize]| {
        let mut cut = cut.to_vec();
        cut.extend(own_cues(tree, codebook, root));
        let words = content::clause(tree, root, &cut);
        vec![Carried { root, words, is_clause: true }]
    };
    let bare = |c: usize| {
        tree.child(c, &["nsubj", "csubj", "expl"]).is_none()
            && tree.all(c, &["mark"]).iter().any(|&m| tree.form(m).eq_ignore_ascii_case("to"))
    };
    let spoken = |c: &usize| tree.upos(*c) != Upos::PUNCT && !bare(*c);
    if let Some(c) = tree.all(word, &["ccomp", "csubj"]).into_iter().find(spoken) {
        // "Serhat, which she said was the only way": the clause lacks its subject, which stands above.
        if tree.relation(word) == "acl" && tree.child(c, &["nsubj", "csubj", "expl"]).is_none() {
            if let Some(noun) = tree.head(word) {
                let mut words = tree.subtree_without(noun, &[word]);
                words.retain(|&w| w < word && tree.relation(w) != "case");
                words.extend(content::clause(tree, c, &own_cues(tree, codebook, c)));
                return vec![Carried { root: c, words, is_clause: true }];
            }
        }
        // "said he hoped the budget would be adopted": what is hoped is what is said.
        let hoped = |c: usize| {
            (tree.is(c, &["hope", "believe", "think"])
                && tree.child(c, &["nsubj"]).is_some_and(|n| tree.upos(n) == Upos::PRON))
            .then(|| tree.child(c, &["ccomp"]))
            .flatten()
        };
        return carried(hoped(c).unwrap_or(c), &[]);
    }
    // "China, he said, is willing": the cue hangs in the clause that is said.
    let parenthetical = matches!(tree.relation(word), "parataxis")
        || (tree.relation(word) == "advcl"
            && tree.all(word, &["mark", "advmod"]).iter().any(|&m| tree.form(m).eq_ignore_ascii_case("as")));
    let complete = tree.child(word, &["obj"]).is_none() && tree.all(word, &["xcomp"]).is_empty();
    if parenthetical && complete {
        if let Some(mut head) = tree.head(word) {
            // Tied to the subject that it follows rather than to the clause.
            if matches!(tree.relation(head), "nsubj" | "csubj" | "obl") {
                head = tree.head(head).unwrap_or(head);
            }
            return carried(head, &[word]);
        }
    }
    // "Li said: China is ready."
    if let Some(c) =
        tree.all(word, &["parataxis"]).into_iter().find(|&c| c > word && tree.upos(c) != Upos::PUNCT)
    {
        if complete && tree.child(c, &["nsubj", "csubj", "expl"]).is_some() {
            return carried(c, &[]);
        }
    }
    Vec::new()
}

/// Dependents of the cue after its object that belong to what is said: not times, not the occasion, not other cues.
fn complements(reader: &Reader, codebook: &Codebook, s: usize, word: usize, after: usize) -> Vec<usize> {
    let tree = &reader.trees[s];
    let cut = own_cues(tree, codebook, word);
    tree.all(word, &["obl", "advcl", "xcomp", "nmod", "ccomp", "acl"])
        .into_iter()
        .filter(|&c| c > after && !cut.contains(&c))
        .filter(|&c| !reader.times[s].iter().any(|t| (t.words.0..=t.words.1).contains(&c)))
        .filter(|&c| {
            !tree.is(
                c,
                &["meeting", "call", "conversation", "talk", "visit", "speech", "remark", "detail", "part"],
            )
        })
        .collect()
}

fn object_frame(reader: &Reader, codebook: &Codebook, s: usize, word: usize, rule: &CueRule) -> Vec<Carried> {
    let tree = &reader.trees[s];
    let passive = tree.passive(word);
    let objects = if passive { tree.all(word, &["nsubj"]) } else { tree.all(word, &["obj"]) };
    let stance = objects.iter().copied().find(|&o| clause::stance(tree, codebook, o).is_some());
    let object = stance.or(objects.first().copied()).or_else(|| tree.child(word, &["iobj"]));
    // "an agreement which they welcomed": the object stands above.
    let above = (object.is_none() || object.is_some_and(|o| tree.is(o, &["which", "that"])))
        .then(|| {
            tree.head(word).filter(|_| tree.relation(word) == "acl" && tree.child(word, &["nsubj"]).is_some())
        })
        .flatten();
    let Some(object) = above.or(object) else { return Vec::new() };
    if !rule.stance_only {
        let mut cut = own_cues(tree, codebook, object);
        if above.is_some() {
            cut.push(word);
        }
        let mut words = tree.subtree_without(object, &cut);
        let person = rule.addressee_apart && reader.resolve(&Scene::default(), s, object).is_some();
        if person {
            words.clear();
        }
        if above.is_none() && !passive {
            for c in complements(reader, codebook, s, word, object) {
                words.extend(tree.subtree_without(c, &own_cues(tree, codebook, c)));
            }
        }
        words.sort_unstable();
        if words.iter().all(|&w| matches!(tree.upos(w), Upos::PRON | Upos::DET | Upos::PUNCT)) {
            return Vec::new();
        }
        return if words.is_empty() {
            Vec::new()
        } else {
            vec![Carried { root: object, words, is_clause: false }]
        };
    }
    stances_in(reader, codebook, s, word, object, &objects)
}

/// From the first coordinated phrase that a noun of stance heads to the end: "greetings and best wishes to …".
fn stances_in(
    reader: &Reader,
    codebook: &Codebook,
    s: usize,
    word: usize,
    object: usize,
    objects: &[usize],
) -> Vec<Carried> {
    let tree = &reader.trees[s];
    let heads: Vec<usize> = tree.coordinated(object);
    let Some(&first) = heads.iter().find(|&&h| clause::stance(tree, codebook, h).is_some()) else {
        return Vec::new();
    };
    let mut cut: Vec<usize> = heads.iter().copied().filter(|&h| h < first).collect();
    cut.extend(own_cues(tree, codebook, object));
    let mut words: Vec<usize> = Vec::new();
    for &h in heads.iter().filter(|&&h| h >= first) {
        words.extend(tree.subtree_without(h, &cut));
    }
    // A possessor that the parser took for an object of its own: "conveyed General Secretary … Xi Jinping's greetings".
    for &other in objects.iter().filter(|&&o| o != object && o < object) {
        words.extend(tree.subtree(other));
    }
    for c in complements(reader, codebook, s, word, first) {
        words.extend(tree.subtree_without(c, &own_cues(tree, codebook, c)));
    }
    words.sort_unstable();
    words.dedup();
    while words.first().is_some_and(|&w| tree.relation(w) == "cc" || tree.upos(w) == Upos::PUNCT) {
        words.remove(0);
    }
    vec![Carried { root: first, words, is_clause: false }]
}

fn infinitive_frame(tree: &Tree, codebook: &Codebook, word: usize, rule: &CueRule) -> Vec<Carried> {
    let to = |c: &usize| {
        tree.token(*c).xpos != "VBG"
            && tree.all(*c, &["mark"]).iter().any(|&m| tree.form(m).eq_ignore_ascii_case("to"))
    };
    let Some(c) = tree.all(word, &["xcomp", "ccomp", "advcl"]).into_iter().find(to) else {
        return Vec::new();
    };
    let mut words = tree.subtree_without(c, &own_cues(tree, codebook, c));
    let mut root = c;
    if rule.noun.as_deref().is_some_and(|n| tree.lemma(c) == n) {
        // "asked Li to convey his greetings": the greetings are what is said.
        let Some(object) = tree.child(c, &["obj"]) else { return Vec::new() };
        words.retain(|&w| w > c);
        root = object;
    } else if !rule.addressee_apart {
        if let Some(object) = tree.child(word, &["obj"]) {
            words.extend(tree.subtree(object));
            words.sort_unstable();
        }
    }
    vec![Carried { root, words, is_clause: false }]
}

fn phrase_frame(tree: &Tree, codebook: &Codebook, word: usize, rule: &CueRule) -> Vec<Carried> {
    let listed: Vec<&str> = rule.with.as_deref().unwrap_or("of about on for").split(' ').collect();
    let spot = |c: &usize| tree.case(*c).is_some_and(|p| listed.contains(&p.as_str()));
    let Some(c) = tree.all(word, &["obl", "obj", "advcl", "xcomp", "nmod"]).into_iter().find(spot) else {
        return Vec::new();
    };
    let measure =
        tree.is(c, &["second", "minute", "hour", "day", "week", "month", "year", "while", "time", "long"]);
    if measure || rule.stance_only && clause::stance(tree, codebook, c).is_none() {
        return Vec::new();
    }
    let keep = matches!(rule.name.as_str(), "agreed-on" | "committed-to-phrase");
    let mut words = tree.subtree_without(c, &own_cues(tree, codebook, c));
    if !keep {
        let case = tree.all(c, &["case", "mark"]).into_iter().next();
        words.retain(|w| Some(*w) != case);
    }
    if rule.name == "called-on" {
        for v in tree
            .all(word, &["xcomp", "advcl", "ccomp"])
            .into_iter()
            .filter(|&v| v > c && !own_cues(tree, codebook, word).contains(&v))
        {
            words.extend(tree.subtree(v));
        }
        words.sort_unstable();
    }
    vec![Carried { root: c, words, is_clause: false }]
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
            if rule.name == "welcomed" && welcomes_persons(reader, scene, s, one.root) {
                (r.act, r.why) = (Act::Courtesy, "a person is welcomed, not an act".into());
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
            let mut words: Vec<usize> = one.words.iter().copied().filter(|w| branch.contains(w)).collect();
            while words.first().is_some_and(|&w| {
                matches!(tree.relation(w), "cc")
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
    let whose = tree.child(root, &["nsubj"]).or_else(|| {
        tree.all(root, &["nmod", "compound"])
            .into_iter()
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
    let agent = tree
        .all(word, &["obl"])
        .into_iter()
        .find(|&c| tree.case(c).as_deref() == Some("by") && tree.passive(word));
    if let Some(agent) = agent {
        let who = reader.resolve(scene, s, agent).map(|r| r.who).unwrap_or_default();
        return (who, "the agent of the passive".into());
    }
    let participle = tree.relation(word) == "acl"
        && matches!(tree.token(word).xpos.as_str(), "VBN" | "VBD")
        && tree.child(word, &["nsubj"]).is_none();
    if tree.passive(word) || (participle && rule.name != "said") {
        if participle && !tree.passive(word) {
            return (Vec::new(), String::new());
        }
        let who = if scene.principals.len() > 1 { scene.principals.clone() } else { Vec::new() };
        return (who, "a passive without an agent is spoken by all parties".into());
    }
    if let Some(subject) = tree.child(word, &["nsubj"]) {
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
    if let Some(next) = (word + 1 < tree.len()).then(|| tree.form(word + 1).to_lowercase()) {
        if rule.with.as_deref().is_some_and(|w| w.split(' ').any(|w| w == next))
            || rule.noun.as_deref() == Some(next.as_str())
        {
            span = span.cover(tree.span(word + 1));
        }
    }
    span
}

/// Whom the cue addresses by its own grammar: object, or "to X".
fn addressed(reader: &Reader, scene: &Scene, s: usize, word: usize) -> Vec<Participant> {
    let tree = &reader.trees[s];
    let object = tree.all(word, &["iobj", "obj"]).into_iter().find_map(|c| reader.resolve(scene, s, c));
    let to = || {
        tree.all(word, &["obl", "nmod"])
            .into_iter()
            .chain(tree.child(word, &["obj"]).map(|o| tree.all(o, &["nmod"])).unwrap_or_default())
            .filter(|&c| matches!(tree.case(c).as_deref(), Some("to" | "on" | "upon" | "with")))
            .find_map(|c| reader.resolve(scene, s, c))
    };
    object.or_else(to).map(|r| r.who).unwrap_or_default()
}

/// "According to the Premier, …", "in his view, …".
fn according(reader: &Reader, codebook: &Codebook, scene: &Scene, s: usize) -> Vec<Found> {
    let tree = &reader.trees[s];
    let spot = |i: &usize| {
        let according = tree.case(*i).as_deref() == Some("according to");
        let view = tree.is(*i, &["view", "opinion", "word"])
            && tree.case(*i).as_deref() == Some("in")
            && tree.all(*i, &["nmod"]).iter().any(|&c| tree.deprel(c) == "nmod:poss");
        (according || view) && matches!(tree.relation(*i), "obl" | "nmod" | "parataxis" | "advcl")
    };
    let Some(phrase) = (0..tree.len()).find(spot) else { return Vec::new() };
    let Some(root) = tree.head(phrase) else { return Vec::new() };
    let whose =
        tree.all(phrase, &["nmod"]).into_iter().find(|&c| tree.deprel(c) == "nmod:poss").unwrap_or(phrase);
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
