//! In whose name a statement is made, and toward whom.

use chancery_model::{Act, Participant, Polarity, Upos};

use super::Found;
use crate::relations::rel;
use crate::resolve::{Reader, Scene, state};
use crate::scan::Kind;
use crate::tree::Tree;

/// Holder and the reason: the speaker's own state where the clause or phrase names it as the one who acts, else the speaker.
pub(super) fn holder(reader: &Reader, scene: &Scene, f: &Found) -> (Vec<Participant>, String) {
    let alone = f.speaker.len() == 1 && !matches!(f.act, Act::Request | Act::Agreement);
    let of_one = f.act == Act::Commitment || f.reading == "will";
    (alone || of_one)
        .then(|| named_holder(reader, scene, f))
        .flatten()
        .unwrap_or_else(|| (f.speaker.clone(), String::new()))
}

fn named_holder(reader: &Reader, scene: &Scene, f: &Found) -> Option<(Vec<Participant>, String)> {
    let tree = &reader.trees[f.sentence];
    let s = f.sentence;
    let own = |who: &[Participant]| who.iter().any(|w| f.speaker.iter().any(|p| p.code == w.code));
    if f.is_clause {
        let governing =
            std::iter::once(f.root).chain(tree.head(f.root).filter(|_| tree.relation(f.root) == "conj"));
        let subject = governing.clone().find_map(|r| tree.child(r, rel!["nsubj"]));
        // "The leaders agreed we will continue": they, not the publisher's state; "we are glad to see you": whoever says so.
        let here = |r: usize| {
            let near = std::iter::once(r).chain(tree.all(r, rel!["xcomp"]));
            near.into_iter().any(|w| reader.words.present.contains(tree.lemma(w)))
        };
        let all = f.speaker.len() > 1 || f.rule.ends_with("#transcript") && governing.clone().any(here);
        if all && !scene.joint && subject.is_some_and(|c| tree.is(c, &["we"])) {
            return None;
        }
        if let Some(subject) = subject {
            let found = reader.resolve(scene, s, subject)?;
            let common = f.rule.ends_with("#in-common");
            let whole = !common || tree.coordinated(subject).count() <= found.who.len();
            let bare = whole && found.who.iter().all(|w| w.name.is_none());
            if bare && found.who.len() == 1 && (own(&found.who)) {
                return Some((found.who, "the clause speaks for the state".to_owned()));
            }
        }
        // "… is China's unwavering policy", "… the stance of the party and government of the DPRK".
        if matches!(tree.upos(f.root), Upos::NOUN)
            && tree.is(f.root, &["policy", "stance", "position", "commitment", "choice", "priority", "goal"])
        {
            let words = tree.subtree(f.root);
            let near: Vec<usize> =
                words.into_iter().filter(|&w| w > f.root || tree.deprel(w) == "nmod:poss").collect();
            let found = reader.actors_among(s, &near);
            if let Some(first) = found.into_iter().find(|w| own(std::slice::from_ref(w))) {
                return Some((vec![state(&first.code)], "the policy is the state's".to_owned()));
            }
        }
        return None;
    }
    // "Xi Jinping's cordial greetings", conveyed by another, wherever the parser hung the possessor.
    if f.act == Act::Courtesy {
        let possessed = |w: usize| w + 1 < tree.len() && matches!(tree.form(w + 1), "'s" | "’s" | "'" | "’");
        let whose = f
            .content
            .iter()
            .copied()
            .filter(|&w| w < f.root && possessed(w))
            .find_map(|w| reader.cast.at(s, w));
        if let Some(p) = whose {
            return Some((
                vec![reader.person(p)],
                "the greetings are another's, conveyed by the speaker".to_owned(),
            ));
        }
    }
    if f.act == Act::Courtesy {
        return None;
    }
    let our = |c: usize| tree.deprel(c) == "nmod:poss" && tree.lower(c) == "our";
    // "Our growing trade" may be of both; our efforts are of one.
    let policy = !f.reading.is_empty() || reader.words.policies.contains(tree.lemma(f.root));
    if policy && f.speaker.len() == 1 && tree.all(f.root, rel!["nmod", "det"]).any(our) {
        return Some((vec![state(&f.speaker[0].code)], "\"our\" is the speaker's state".to_owned()));
    }
    if !policy {
        return None;
    }
    // "U.S. support", "our commitment", "the United States' readiness".
    let mut spots: Vec<usize> = tree.all(f.root, rel!["nmod", "compound", "amod", "det"]).collect();
    let inner = tree.all(f.root, rel!["compound"]);
    spots.extend(inner.flat_map(|c| tree.all(c, rel!["compound"])));
    for c in spots {
        let possessive = tree.deprel(c) == "nmod:poss";
        if possessive
            && tree.upos(c) != Upos::PRON
            && reader.cast.item(s, c).is_none_or(|i| !matches!(i.kind, Kind::Actor { .. }))
            && let Some(whose) = reader.single(scene, s, c)
            && let [one] = whose.who.as_slice()
            && own(&whose.who)
            && !f.speaker.contains(one)
        {
            return Some((vec![one.clone()], "the phrase names the one whose it is".to_owned()));
        }
        let code = match reader.cast.item(s, c).map(|i| &i.kind) {
            Some(Kind::Actor { code, .. })
                if possessive || matches!(tree.relation(c), "compound" | "amod") =>
            {
                Some(code.clone())
            }
            _ => None,
        };
        let of = tree.case(c).as_deref() == Some("of");
        let named = code.or_else(|| {
            (of && matches!(f.act, Act::Commitment))
                .then(|| reader.resolve(scene, s, c))
                .flatten()
                .map(|r| r.who[0].code.clone())
        });
        if let Some(code) = named
            && f.speaker.iter().any(|p| p.code == code)
        {
            return Some((
                vec![state(&code)],
                "the phrase names the state as the one whose it is".to_owned(),
            ));
        }
    }
    None
}

/// To or about whom it is directed.
pub(super) fn addressee(
    reader: &Reader,
    scene: &Scene,
    f: &Found,
    holder: &[Participant],
) -> Vec<Participant> {
    // Of what two sides say in one's name, the other may be the one addressed.
    let apart = f.speaker.len() > 1 && holder.len() == 1;
    let own = |p: &Participant| {
        let speakers = f.speaker.iter().filter(|_| !apart);
        holder
            .iter()
            .chain(speakers)
            .any(|h| h.code == p.code && (h.name.is_none() || p.name.is_none() || h.name == p.name))
    };
    // Of whom it is not known whose he is, he may be the publisher's.
    let unknown = f.speaker.iter().any(|p| p.code.is_empty());
    let home = |p: &Participant| unknown && p.name.is_none() && reader.cast.home.as_ref() == Some(&p.code);
    let others = |who: Vec<Participant>| -> Vec<Participant> {
        who.into_iter().filter(|p| !own(p) && !home(p) && !p.code.is_empty()).collect()
    };
    // Nobody asks himself.
    let another = |p: &&Participant| !(p.name.is_some() && f.speaker.contains(p));
    let asked: Vec<Participant> = f.addressed.iter().filter(another).cloned().collect();
    if f.act == Act::Request && !asked.is_empty() {
        return asked;
    }
    let addressed = others(f.addressed.clone());
    let tree = &reader.trees[f.sentence];
    // "Greetings to General Secretary Xi", whoever is asked to convey them.
    if f.act == Act::Courtesy && !f.is_clause {
        let conveyed = tree.head(f.root).filter(|_| tree.relation(f.root) == "obj");
        let to = tree
            .coordinated(f.root)
            .chain(conveyed)
            .flat_map(|h| tree.all(h, rel!["nmod", "obl"]))
            .find(|&c| tree.case(c).as_deref() == Some("to"));
        if let Some(found) = to.and_then(|c| reader.resolve(scene, f.sentence, c)) {
            return others(found.who);
        }
    }
    let spoken_to = f.rule.ends_with("#letter") || f.rule.ends_with("#transcript");
    if (matches!(f.act, Act::Courtesy) || spoken_to) && !addressed.is_empty() {
        return addressed;
    }
    if !f.is_clause {
        return of_phrase(reader, scene, f, &others, addressed);
    }
    if f.act == Act::Request {
        let subject = tree.child(f.root, rel!["nsubj"]).filter(|_| f.is_clause);
        return others(
            subject.and_then(|c| reader.resolve(scene, f.sentence, c)).map(|r| r.who).unwrap_or_default(),
        );
    }
    // "To counter Iran's activity" is not toward Iran.
    let hostile = |w: usize| {
        tree.ancestors(w).any(|a| f.content.contains(&a) && reader.words.hostile.contains(tree.lemma(a)))
    };
    // "The Japanese Government would have preferred this", says one of whom it is not known whose he is: maybe his own.
    let acts =
        tree.child(f.root, rel!["nsubj"]).filter(|_| unknown).map(|c| tree.subtree(c)).unwrap_or_default();
    let words: Vec<usize> =
        f.content.iter().copied().filter(|&w| !hostile(w) && !acts.contains(&w)).collect();
    let named = others(reader.actors_among(f.sentence, &words));
    let words: Vec<usize> = words.into_iter().filter(|&w| !aside(tree, f, w)).collect();
    let among = others(reader.actors_among(f.sentence, &words));
    if matches!(f.act, Act::Agreement) {
        return among.into_iter().filter(|p| !scene.sides.contains(&p.code)).take(2).collect();
    }
    let principal: Vec<Participant> =
        named.iter().filter(|p| scene.sides.contains(&p.code)).cloned().collect();
    if let Some(first) = principal.first() {
        return vec![first.clone()];
    }
    let counterpart = other_side(reader, scene, f);
    if !counterpart.is_empty() {
        return counterpart;
    }
    let common = f.rule.ends_with("#in-common");
    if let Some(first) = among.first().filter(|_| !common) {
        return vec![first.clone()];
    }
    addressed
}

/// Whether a word of what is said stands aside from it: "the war in Ukraine", "on the margins of the General Assembly", "in violation
/// of its resolutions".
fn aside(tree: &Tree, f: &Found, word: usize) -> bool {
    const PLACES: [&str; 11] = [
        "in",
        "at",
        "near",
        "across",
        "during",
        "on",
        "over",
        "rather than",
        "instead of",
        "than",
        "outside",
    ];
    // "In response to their actions", "the people in Gaza" are of those who are named.
    let toward = |a: usize| {
        tree.is(a, &["response", "support", "favor", "favour", "cooperation", "coordination", "solidarity"])
            || tree.head(a).is_some_and(|h| tree.is(h, &["people", "civilian", "population", "citizen"]))
    };
    std::iter::once(word)
        .chain(tree.ancestors(word))
        .take_while(|&a| a != f.root && f.content.contains(&a) && tree.upos(a) != Upos::VERB)
        .any(|a| !toward(a) && tree.case(a).is_some_and(|case| PLACES.contains(&case.as_ref())))
}

/// "Bilateral ties", "the two countries", "the relationship": the other side of the meeting, where there are two.
fn other_side(reader: &Reader, scene: &Scene, f: &Found) -> Vec<Participant> {
    let tree = &reader.trees[f.sentence];
    let shared = f.content.iter().any(|&w| {
        tree.is(w, &["bilateral", "relationship", "alliance"])
            || (tree.is(w, &["country", "side", "nation", "people"])
                && tree.children(w).iter().any(|&c| tree.is(c, &["two", "both", "we", "our"])))
    });
    if !shared || f.speaker.len() != 1 || scene.sides.len() != 2 {
        return Vec::new();
    }
    scene.sides.iter().filter(|c| **c != f.speaker[0].code).map(|c| state(c)).collect()
}

/// Toward whom a noun phrase is directed, by grammatical role: whose it is, or with, to, for or by whom; never where or over what.
fn of_phrase(
    reader: &Reader,
    scene: &Scene,
    f: &Found,
    others: &dyn Fn(Vec<Participant>) -> Vec<Participant>,
    addressed: Vec<Participant>,
) -> Vec<Participant> {
    let tree = &reader.trees[f.sentence];
    let blames = f.act == Act::Position && f.polarity == Polarity::Oppose;
    if f.act == Act::Request {
        let asked = others(reader.resolve(scene, f.sentence, f.root).map(|r| r.who).unwrap_or_default());
        let among = || {
            others(reader.actors_among(f.sentence, &f.content))
                .into_iter()
                .filter(|p| scene.sides.contains(&p.code))
        };
        return if asked.is_empty() { among().take(1).collect() } else { asked };
    }
    let allowed = |c: usize| match tree.case(c).as_deref() {
        None | Some("'s" | "’s" | "'" | "’" | "by") => true,
        Some("with" | "to" | "for" | "of" | "toward" | "towards") => !blames,
        Some(_) => false,
    };
    let mut spots: Vec<usize> = tree.all(f.root, rel!["nmod", "amod", "compound", "obl"]).collect();
    spots.retain(|&c| tree.deprel(c) == "nmod:poss" || allowed(c));
    // "The steps that Serbia has taken": whose act it is.
    let doers = tree.all(f.root, rel!["acl"]).filter_map(|c| tree.child(c, rel!["nsubj"]));
    spots.extend(doers);
    // "A direct Armenian-Azerbaijani dialogue" is of both.
    let adjectives: Vec<Participant> = spots
        .iter()
        .filter(|&&c| matches!(tree.relation(c), "amod" | "compound"))
        .flat_map(|&c| tree.subtree(c))
        .filter_map(|c| match reader.cast.item(f.sentence, c).map(|i| &i.kind) {
            Some(Kind::Actor { code, .. }) => Some(state(code)),
            _ => None,
        })
        .collect();
    let adjectives = others(adjectives);
    if adjectives.len() == 2 && adjectives[0] != adjectives[1] {
        return adjectives;
    }
    for c in std::iter::once(f.root).chain(spots) {
        let found = match reader.cast.item(f.sentence, c).map(|i| &i.kind) {
            // "Applications by Finland and Sweden" are of both.
            Some(Kind::Actor { .. }) if matches!(tree.relation(c), "nmod" | "obl") => tree
                .coordinated(c)
                .filter_map(|c| match reader.cast.item(f.sentence, c).map(|i| &i.kind) {
                    Some(Kind::Actor { code, .. }) => Some(state(code)),
                    _ => None,
                })
                .collect(),
            Some(Kind::Actor { code, .. }) => vec![state(code)],
            _ => reader.resolve(scene, f.sentence, c).map(|r| r.who).unwrap_or_default(),
        };
        let found = others(found);
        if !found.is_empty() {
            return found.into_iter().take(2).collect();
        }
    }
    // "Concern about Serbian mobilizations": the act of another, one step down.
    let below = tree.all(f.root, rel!["nmod", "acl", "obl"]);
    for c in below.flat_map(|c| tree.all(c, rel!["nmod", "amod", "compound"])) {
        let whose = tree.deprel(c) == "nmod:poss" || matches!(tree.relation(c), "amod" | "compound");
        if let (true, Some(Kind::Actor { code, .. })) =
            (whose, reader.cast.item(f.sentence, c).map(|i| &i.kind))
        {
            let found = others(vec![state(code)]);
            if !found.is_empty() {
                return found;
            }
        }
    }
    // "The importance of continuing to support Ukraine".
    if matches!(f.reading.as_str(), "importance" | "commitment") {
        let direct = |w: &usize| {
            let verbs = |a: &usize| *a == f.root || tree.upos(*a) == Upos::VERB;
            tree.ancestors(*w).take_while(|&a| a != f.root).all(|a| verbs(&a))
                && tree.case(*w).as_deref() != Some("including")
        };
        let verbs = f.content.iter().copied().filter(|&w| tree.upos(w) == Upos::VERB);
        let helps = verbs.filter(|&w| tree.is(w, &["support", "assist", "help", "aid"])).filter(direct);
        for c in helps.flat_map(|w| tree.all(w, rel!["obj"])) {
            if let Some(Kind::Actor { code, .. }) = reader.cast.item(f.sentence, c).map(|i| &i.kind) {
                let helped = others(vec![state(code)]);
                if !helped.is_empty() {
                    return helped;
                }
            }
        }
    }
    let among = others(reader.actors_among(f.sentence, &f.content));
    if f.act == Act::Agreement {
        let words: Vec<usize> = f.content.iter().copied().filter(|&w| !aside(tree, f, w)).collect();
        let among = others(reader.actors_among(f.sentence, &words));
        return among.into_iter().filter(|p| !scene.sides.contains(&p.code)).take(2).collect();
    }
    if blames {
        return Vec::new();
    }
    let alike = |p: &Participant| f.speaker.iter().all(|q| q.code == p.code);
    let principal: Vec<Participant> =
        among.into_iter().filter(|p| scene.sides.contains(&p.code) && !alike(p)).take(1).collect();
    if !principal.is_empty() {
        return principal;
    }
    let counterpart = other_side(reader, scene, f);
    if counterpart.is_empty() { addressed } else { counterpart }
}
