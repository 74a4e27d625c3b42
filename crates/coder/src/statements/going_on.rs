//! Speech without a cue of its own: letters that are quoted, turns of a transcript, a speaker who goes on.

use chancery_model::{Act, Participant, Span, Upos};

use super::{Draft, Found, content};
use crate::clause;
use crate::relations::rel;
use crate::resolve::{Reader, Scene, state};
use crate::rules::Codebook;

/// Who is speaking at length, if anyone.
#[derive(Debug, Default)]
pub(super) struct Voice {
    letter: Option<Speech>,
    turn: Option<(usize, Speech)>,
}

#[derive(Debug, Clone)]
struct Speech {
    speaker: Vec<Participant>,
    addressed: Vec<Participant>,
    cue: Span,
    open: bool,
    rule: &'static str,
}

impl Voice {
    /// The points of a sentence that belongs to a letter or a turn; a sentence that opens a letter gives none.
    pub(super) fn speech(
        &mut self,
        reader: &Reader,
        codebook: &Codebook,
        scene: &Scene,
        s: usize,
        before: &[Draft],
    ) -> Vec<Found> {
        if let Some(turn) = self.turn(reader, scene, s) {
            return said(reader, codebook, scene, s, &turn);
        }
        let tree = &reader.trees[s];
        let text = reader.document.slice(tree.sentence.span);
        if let Some(mut letter) = self.letter.take() {
            let opens = text.starts_with(['“', '"', '«']);
            if opens || letter.open {
                let straight = text.ends_with('"') && text.matches('"').count() % 2 == usize::from(!opens);
                let closes = text.trim_end().ends_with(['”', '»']) || straight;
                letter.open = !closes;
                // More paragraphs of the letter may follow, each opened anew.
                let speech = letter.clone();
                self.letter = Some(letter);
                return said(reader, codebook, scene, s, &speech);
            }
        }
        self.letter = opening(reader, codebook, scene, s, before);
        Vec::new()
    }

    fn turn(&mut self, reader: &Reader, scene: &Scene, s: usize) -> Option<Speech> {
        let label = reader.label(s)?;
        if let Some((known, speech)) = &self.turn
            && *known == label
        {
            return Some(speech.clone());
        }
        let p = reader.turn(s)?;
        let speaker = vec![reader.person(p)];
        let addressed = scene.principals.iter().filter(|q| **q != speaker[0]).cloned().collect();
        let speech = Speech {
            speaker,
            addressed,
            cue: reader.document.blocks[label].span,
            open: true,
            rule: "statements#transcript",
        };
        self.turn = Some((label, speech.clone()));
        Some(speech)
    }

    /// A sentence in which the last speaker goes on without being named.
    pub(super) fn carry_on(
        &self,
        reader: &Reader,
        codebook: &Codebook,
        scene: &Scene,
        s: usize,
        before: &[Draft],
    ) -> Vec<Found> {
        let tree = &reader.trees[s];
        let Some(last) = before.last().filter(|d| d.sentence + 1 == s && d.statement.speaker.len() == 1)
        else {
            return Vec::new();
        };
        let same_block = reader.trees[last.sentence].sentence.block == tree.sentence.block;
        let Some(root) = (0..tree.len()).find(|&i| tree.head(i).is_none()) else { return Vec::new() };
        let speaker = &last.statement.speaker;
        let subject = tree.child(root, rel!["nsubj", "csubj"]);
        let reading = clause::clause(reader, codebook, scene, s, root, subject, speaker);
        let state = subject.and_then(|x| reader.resolve(scene, s, x)).is_some_and(|r| {
            r.rule != "group-of-persons"
                && r.who.iter().all(|w| w.name.is_none())
                && r.who.iter().any(|w| w.code == speaker[0].code)
        });
        let pronoun = subject.is_some_and(|x| tree.is(x, &["they", "this", "it"]));
        let modal = tree.auxiliaries(root).iter().any(|a| matches!(*a, "must" | "should" | "ought"));
        let goes_on = match reading.act {
            Act::Commitment => state,
            Act::Position => {
                (modal && same_block)
                    || (state && reading.rule != "view")
                    || (subject.is_some_and(|x| tree.is(x, &["this"]))
                        && (same_block || before_is_near(last, s)))
            }
            Act::Report => same_block && pronoun && last.statement.act == Act::Report,
            _ => false,
        };
        if !goes_on || last.cue_rule == "transcript" {
            return Vec::new();
        }
        let speech = Speech {
            speaker: speaker.clone(),
            addressed: Vec::new(),
            cue: Span::new(0, 0),
            open: true,
            rule: "statements#goes-on",
        };
        said(reader, codebook, scene, s, &speech)
    }

    /// "We will promote trade", "Australia remains committed to peace": what a text of several parties undertakes, holds or demands
    /// without a word of saying, all of them say. Facts are no statement.
    pub(super) fn in_common(
        &self,
        reader: &Reader,
        codebook: &Codebook,
        scene: &Scene,
        s: usize,
    ) -> Vec<Found> {
        let tree = &reader.trees[s];
        if !scene.joint || scene.sides.len() < 2 {
            return Vec::new();
        }
        let speaker: Vec<Participant> = scene.sides.iter().map(|c| state(c)).collect();
        let speech = Speech {
            speaker,
            addressed: Vec::new(),
            cue: Span::new(0, 0),
            open: true,
            rule: "statements#in-common",
        };
        let mut found = said(reader, codebook, scene, s, &speech);
        // "The parties welcomed …": what a word of saying carries is not the sentence.
        let cued = |w: usize| {
            let undertakes = codebook.clauses.commit_verbs.contains(tree.lemma(w));
            !undertakes && codebook.cues.of(tree.lemma(w)).any(|r| r.is_cue(tree, w))
        };
        found.retain_mut(|f| {
            if cued(f.root) {
                return false;
            }
            let subject = tree.child(f.root, rel!["nsubj"]).or_else(|| {
                tree.head(f.root)
                    .filter(|_| tree.relation(f.root) == "conj")
                    .and_then(|h| tree.child(h, rel!["nsubj"]))
            });
            let who = subject.and_then(|x| reader.resolve(scene, s, x)).map(|r| r.who).unwrap_or_default();
            let one = matches!(who.as_slice(), [one] if one.name.is_some());
            let several = subject.is_some_and(|x| tree.coordinated(x).nth(1).is_some());
            let own = !one && !who.is_empty() && who.iter().all(|w| scene.sides.contains(&w.code));
            if f.act == Act::Commitment && (who.len() > 1 || several) {
                f.act = Act::Agreement;
            }
            match f.act {
                Act::Commitment | Act::Agreement => own,
                Act::Position => {
                    f.reading == "must"
                        || own && matches!(f.reading.as_str(), "supports" | "opposes" | "judged" | "policy")
                }
                _ => false,
            }
        });
        found
    }
}

fn before_is_near(last: &Draft, s: usize) -> bool {
    last.sentence + 1 == s
}

/// "The message reads, in part:": whose words follow.
fn opening(
    reader: &Reader,
    codebook: &Codebook,
    scene: &Scene,
    s: usize,
    before: &[Draft],
) -> Option<Speech> {
    let tree = &reader.trees[s];
    let ends = tree.form(tree.len() - 1) == ":"
        || reader.document.text[tree.sentence.span.end as usize..].trim_start().starts_with(['“', ':']);
    let reads = |i: usize| tree.is(i, &["read", "say", "state", "write", "note"]);
    if !ends || !(0..tree.len()).any(reads) {
        return None;
    }
    let subject = (0..tree.len()).find(|&i| {
        matches!(tree.relation(i), "nsubj" | "root") && codebook.clauses.letters.contains(tree.lemma(i))
    })?;
    let owner = tree.all(subject, rel!["nmod"]).find_map(|c| reader.resolve(scene, s, c)).map(|r| r.who);
    let last = before.last().map(|d| (d.statement.speaker.clone(), d.statement.addressee.clone()));
    let (speaker, addressed) = match (owner, last) {
        (Some(who), last) => (who, last.map(|l| l.1).unwrap_or_default()),
        (None, Some(last)) => last,
        (None, None) => return None,
    };
    Some(Speech {
        speaker,
        addressed,
        cue: tree.trimmed(0, tree.len() - 1)?,
        open: false,
        rule: "statements#letter",
    })
}

/// Every point of a sentence as said by a speaker.
fn said(reader: &Reader, codebook: &Codebook, scene: &Scene, s: usize, speech: &Speech) -> Vec<Found> {
    let tree = &reader.trees[s];
    let Some(root) = (0..tree.len()).find(|&i| tree.head(i).is_none()) else { return Vec::new() };
    let predicate = tree.upos(root) == Upos::VERB || tree.child(root, rel!["cop", "nsubj"]).is_some();
    if !predicate {
        return Vec::new();
    }
    let points = clause::points(reader, codebook, scene, s, root, &speech.speaker);
    let heads: Vec<usize> = points.iter().map(|p| p.0).collect();
    let goes_on = speech.rule == "statements#goes-on";
    let common = speech.rule == "statements#in-common";
    points
        .into_iter()
        .map(|(head, reading)| {
            let later: Vec<usize> = heads.iter().copied().filter(|&h| h > head).collect();
            let branch = tree.subtree_without(head, &later);
            let mut words: Vec<usize> =
                content::clause(tree, root, &[]).into_iter().filter(|w| branch.contains(w)).collect();
            while words
                .first()
                .is_some_and(|&w| tree.relation(w) == "cc" || matches!(tree.form(w), "," | "“" | "\""))
            {
                words.remove(0);
            }
            while words.last().is_some_and(|&w| matches!(tree.form(w), "”" | "\"" | "." | ",")) {
                words.pop();
            }
            Found {
                sentence: s,
                cue: if goes_on || common { Vec::new() } else { vec![speech.cue] },
                content: words,
                root: head,
                is_clause: true,
                speaker: speech.speaker.clone(),
                speaker_why: if goes_on {
                    "the speaker of the sentence before goes on".into()
                } else if common {
                    "the parties to a text in common".into()
                } else {
                    "the speaker of the letter or turn".into()
                },
                addressed: speech.addressed.clone(),
                act: reading.act,
                polarity: reading.polarity,
                reading: reading.rule,
                why: reading.why,
                rule: speech.rule.to_owned(),
                continues: goes_on,
            }
        })
        .filter(|f| !f.content.is_empty())
        .collect()
}
