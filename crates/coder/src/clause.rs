//! What a reported clause or noun phrase does: act, polarity, and where one point ends and the next begins.

use chancery_model::{Act, Participant, Polarity, Upos};

use crate::relations::rel;
use crate::resolve::{Reader, Scene};
use crate::rules::{Codebook, CueAct, StanceRule};
use crate::tree::Tree;

/// The reading of one point.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) act: Act,
    pub(crate) polarity: Polarity,
    /// Name of the rule of the codebook that decided, for events: "supports", "commitment".
    pub(crate) rule: String,
    pub(crate) why: String,
}

fn reading(act: Act, polarity: Polarity, rule: &str, why: &str) -> Reading {
    Reading { act, polarity, rule: rule.to_owned(), why: why.to_owned() }
}

/// Whose side the subject of a clause is on, seen from the speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Own,
    Other,
    Unknown,
}

/// Read a clause headed by `root`, said by `speaker`.
pub(crate) fn clause(
    reader: &Reader,
    codebook: &Codebook,
    scene: &Scene,
    s: usize,
    root: usize,
    subject: Option<usize>,
    speaker: &[Participant],
) -> Reading {
    let tree = &reader.trees[s];
    let words = &codebook.clauses;
    let lemma = tree.lemma(root);
    let auxiliaries = tree.auxiliaries(root);
    let has = |list: &[&str]| auxiliaries.iter().any(|a| list.contains(a));
    let side = side(reader, scene, s, subject, speaker);
    // "I would like to thank you": what one would like to do is what one does.
    if lemma == "like"
        && has(&["would"])
        && let Some(inner) = tree.child(root, rel!["xcomp"])
    {
        return clause(reader, codebook, scene, s, inner, subject, speaker);
    }
    let negated = tree.negated(root);
    let turned = |p: Polarity| if negated && p == Polarity::Support { Polarity::Oppose } else { p };
    let against = against(tree, codebook, root);
    let stance = if against || negated { Polarity::Oppose } else { Polarity::Support };

    if has(&["must", "should", "ought"])
        || (lemma == "need" && tree.child(root, rel!["xcomp"]).is_some())
        || lemma == "have" && tree.child(root, rel!["xcomp"]).is_some()
    {
        return reading(
            Act::Position,
            if against { Polarity::Oppose } else { Polarity::Support },
            "must",
            "must, should and need to are a position",
        );
    }
    let courtesy = courtesy(tree, root);
    if courtesy.is_some() && speaker.len() == 1 && side != Side::Other {
        return reading(
            Act::Courtesy,
            courtesy.unwrap_or(Polarity::Support),
            "greeting",
            "words of greeting, thanks or sympathy",
        );
    }
    if side != Side::Other {
        let remains = matches!(lemma, "remain" | "stay" | "be")
            && tree
                .all(root, rel!["xcomp", "advcl"])
                .any(|c| words.commits.contains(tree.lemma(c)) || tree.is(c, &["commit"]));
        // "the French, who were keen to sell": of whomever the pronoun stands for.
        let relative =
            side == Side::Unknown && subject.is_some_and(|c| tree.is(c, &["who", "which", "that"]));
        if relative {
            // Nothing is known of who is ready.
        } else if words.commits.contains(lemma) || words.commits.contains(tree.lower(root)) || remains {
            return reading(
                Act::Commitment,
                turned(Polarity::Support),
                "ready",
                "the subject is ready or willing",
            );
        }
        let commits = words.commit_verbs.contains(lemma)
            && !matches!(lemma, "stand" | "look")
            && tree
                .all(root, rel!["xcomp", "obl"])
                .any(|c| tree.upos(c) == Upos::VERB || tree.relation(c) == "obl");
        let stands_ready = lemma == "stand" && tree.children(root).iter().any(|&c| tree.is(c, &["ready"]));
        let looks_forward = lemma == "look" && tree.children(root).iter().any(|&c| tree.is(c, &["forward"]));
        let going = lemma == "go" && tree.child(root, rel!["xcomp"]).is_some();
        if commits || stands_ready || looks_forward || going {
            return reading(
                Act::Commitment,
                turned(Polarity::Support),
                "ready",
                "the subject says what it is ready to do",
            );
        }
        if has(&["will", "shall", "would"]) && side == Side::Own && !tree.passive(root) {
            return reading(
                Act::Commitment,
                turned(Polarity::Support),
                "will",
                "the subject says what it will do",
            );
        }
    }
    if has(&["will", "shall", "would", "can", "could", "may", "might"]) {
        return reading(Act::Position, stance, "view", "a view of what will or can be");
    }
    let past_only = tree.token(root).xpos == "VBD";
    if words.oppose_verbs.contains(lemma) && tree.upos(root) == Upos::VERB {
        return reading(
            Act::Position,
            Polarity::Oppose,
            "opposes",
            "the verb takes a stance against its object",
        );
    }
    if words.support_verbs.contains(lemma) && tree.upos(root) == Upos::VERB && !tree.passive(root) {
        let polarity = if negated { Polarity::Oppose } else { Polarity::Support };
        return reading(Act::Position, polarity, "supports", "the verb takes a stance for its object");
    }
    let judged = evaluative(tree, codebook, root);
    let copular = tree.child(root, rel!["cop"]).is_some();
    let was = has(&["be"])
        && tree.all(root, rel!["aux", "cop"]).any(|c| matches!(tree.token(c).xpos.as_str(), "VBD"));
    let perfect = has(&["have"]);
    let progressive = tree.token(root).xpos == "VBG" && has(&["be"]);
    let tells = past_only || (was && !copular) || (perfect && !copular) || progressive;
    // "Said he thought the approach was sound": what somebody thinks is a view, in whatever tense.
    let thought = tree.relation(root) == "ccomp"
        && tree.head(root).is_some_and(|verb| words.opinions.contains(tree.lemma(verb)));
    if tells && !judged && !against && !thought {
        return reading(Act::Report, Polarity::Neutral, "told", "past, perfect or ongoing: tells of a fact");
    }
    // "… is China's unwavering policy", "… remains the unwavering stance of the DPRK".
    let policy = std::iter::once(root)
        .chain(tree.all(root, rel!["xcomp", "obj"]))
        .any(|i| tree.is(i, &["policy", "stance", "position", "commitment"]));
    let rule = match (judged, perfect) {
        (true, _) if policy => "policy",
        (true, true) => "praises",
        (true, false) => "judged",
        _ => "view",
    };
    reading(Act::Position, stance, rule, "a view or evaluation")
}

fn side(reader: &Reader, scene: &Scene, s: usize, subject: Option<usize>, speaker: &[Participant]) -> Side {
    let tree = &reader.trees[s];
    let Some(subject) = subject else { return Side::Own };
    let form = tree.lower(subject);
    if matches!(form, "i" | "we") {
        return Side::Own;
    }
    if tree
        .child(subject, rel!["nmod"])
        .is_some_and(|c| matches!(tree.lower(c), "her" | "his" | "our" | "my"))
    {
        return Side::Own;
    }
    match reader.resolve(scene, s, subject) {
        Some(found) if found.rule == "pronoun" => Side::Own,
        Some(found) if found.who.iter().any(|w| speaker.iter().any(|p| p.code == w.code)) => Side::Own,
        Some(_) => Side::Other,
        None if tree.upos(subject) == Upos::PRON => Side::Unknown,
        None => Side::Other,
    }
}

/// Whether a clause turns against its matter: a word of the list at its head or hanging right below.
fn against(tree: &Tree, codebook: &Codebook, root: usize) -> bool {
    let hit = |i: usize| codebook.clauses.against.contains(tree.lemma(i));
    hit(root)
        || tree
            .children(root)
            .iter()
            .any(|&c| matches!(tree.relation(c), "advmod" | "xcomp" | "amod" | "obj") && hit(c))
        || tree.all(root, rel!["obl", "xcomp"]).any(hit)
}

fn evaluative(tree: &Tree, codebook: &Codebook, root: usize) -> bool {
    let hit = |i: usize| codebook.clauses.evaluative.contains(tree.lemma(i));
    hit(root)
        || tree.children(root).iter().any(|&c| {
            matches!(tree.relation(c), "advmod" | "amod" | "obj" | "xcomp" | "obl")
                && (hit(c) || tree.all(c, rel!["amod"]).any(hit))
        })
}

/// Greetings, thanks, sympathy in the speaker's own words; their polarity.
fn courtesy(tree: &Tree, root: usize) -> Option<Polarity> {
    let near: Vec<usize> = tree
        .subtree(root)
        .into_iter()
        .filter(|&i| tree.ancestors(i).take(4).any(|a| a == root) || i == root)
        .collect();
    let first =
        near.iter().any(|&i| matches!(tree.lower(i), "i" | "my" | "me" | "let" | "please" | "we" | "our"));
    let open = first || tree.is(root, &["pleasure", "thank", "welcome", "congratulation"]);
    let has = |list: &[&str]| near.iter().any(|&i| tree.is(i, list));
    if open && has(&["condolence", "sympathy"]) {
        return Some(Polarity::Neutral);
    }
    let glad = has(&["glad", "pleased", "delighted", "happy", "honoured", "honored"])
        && has(&["see", "meet", "welcome", "host", "receive"]);
    let kind = [
        "greet",
        "greeting",
        "congratulate",
        "congratulation",
        "thank",
        "welcome",
        "pleasure",
        "thanks",
        "grateful",
        "thankful",
    ];
    (open && (glad || has(&kind))).then_some(Polarity::Support)
}

/// The stance that a noun phrase carries, if one of the codebook's nouns heads it.
pub(crate) fn stance<'c>(tree: &Tree, codebook: &'c Codebook, head: usize) -> Option<&'c StanceRule> {
    let lemma = tree.lemma(head);
    let topic = |r: &&StanceRule| r.singular.contains(lemma) && tree.plural(head);
    codebook.stances.iter().find(|r| r.nouns.contains(lemma)).filter(|r| !topic(r))
}

/// Read a noun phrase that is affirmed, expressed or discussed.
pub(crate) fn phrase(
    tree: &Tree,
    codebook: &Codebook,
    head: usize,
    joint: bool,
    cue: (CueAct, Option<Polarity>),
) -> Reading {
    if let Some(rule) = stance(tree, codebook, head) {
        let act = if joint { rule.joint.unwrap_or(rule.act) } else { rule.act };
        let act = match (cue.0.fixed(), act.fixed()) {
            // "reaffirmed … support" together is an agreement; alone the noun decides.
            (Some(Act::Agreement), Some(Act::Position)) => Act::Agreement,
            (_, Some(act)) => act,
            (Some(act), None) => act,
            (None, None) => Act::Position,
        };
        let polarity = cue.1.unwrap_or(rule.polarity);
        let rule_name = if rule.name == "greetings" && tree.is(head, &["gratitude", "thanks", "appreciation"])
        {
            "gratitude"
        } else {
            &rule.name
        };
        return reading(act, polarity, rule_name, "the noun that heads the phrase decides");
    }
    let act = cue.0.fixed().unwrap_or(Act::Position);
    let against = codebook.clauses.against.contains(tree.lemma(head))
        || tree.all(head, rel!["amod", "acl"]).any(|c| codebook.clauses.against.contains(tree.lemma(c)));
    let polarity = cue.1.unwrap_or(if against { Polarity::Oppose } else { Polarity::Support });
    reading(act, polarity, "", "the cue decides")
}

/// The points of a clause: the head of each coordinated predicate that makes a point of its own, with its reading.
pub(crate) fn points(
    reader: &Reader,
    codebook: &Codebook,
    scene: &Scene,
    s: usize,
    root: usize,
    speaker: &[Participant],
) -> Vec<(usize, Reading)> {
    let tree = &reader.trees[s];
    let subject = tree.child(root, rel!["nsubj", "csubj"]);
    let read = |r: usize, subject| clause(reader, codebook, scene, s, r, subject, speaker);
    let first = read(root, subject);
    let mut out = vec![(root, first)];
    for c in tree.all(root, rel!["conj"]) {
        let own = tree.child(c, rel!["nsubj", "csubj"]);
        let predicate = tree.upos(c) == Upos::VERB || tree.child(c, rel!["cop"]).is_some();
        if !predicate {
            continue;
        }
        let finite = tree.child(c, rel!["aux", "cop"]).is_some()
            || matches!(tree.token(c).xpos.as_str(), "VBZ" | "VBP" | "VBD");
        let bare = tree.all(c, rel!["mark"]).any(|m| tree.form(m).eq_ignore_ascii_case("to"));
        if !finite || bare {
            continue;
        }
        let next = read(c, own.or(subject));
        let told = |r: usize| tree.token(r).xpos == "VBD" && tree.child(r, rel!["aux", "cop"]).is_none();
        if own.is_none() && told(root) && told(c) {
            continue;
        }
        // "is taking and will continue to take steps": the first has nothing of its own after it; they share what follows.
        let complete = tree
            .children(root)
            .iter()
            .any(|&x| x > root && x < c && !matches!(tree.relation(x), "punct" | "cc" | "advmod"));
        if own.is_none() && !complete && out.len() == 1 && tree.upos(root) == Upos::VERB {
            out[0].1 = next;
            continue;
        }
        let last = &out[out.len() - 1].1;
        let differs = next.act != last.act || next.polarity != last.polarity;
        let stances = matches!(next.rule.as_str(), "supports" | "opposes");
        let auxiliary = tree.child(c, rel!["aux"]).is_some() && tree.child(root, rel!["aux"]).is_some();
        if own.is_some() || differs || stances || auxiliary {
            out.push((c, next));
        }
    }
    out
}
