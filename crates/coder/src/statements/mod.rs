//! Who said what in whose name: cues, what they carry, and speech that goes on without one.

mod content;
mod cue;
mod frame;
mod going_on;
mod holder;

use chancery_model::{Act, BlockKind, Manner, Participant, Polarity, Provenance, Span, Statement, Upos};

use crate::knowledge::EntryKind;
use crate::meetings::follow;
use crate::relations::rel;
use crate::resolve::{Reader, Scene};
use crate::rules::Codebook;
use crate::scan::Kind;

/// A statement with what later steps need to know of it.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) statement: Statement,
    pub(crate) sentence: usize,
    /// Name of the stance or clause rule, for the choice of an event.
    pub(crate) reading: String,
    /// Name of the cue rule.
    pub(crate) cue_rule: String,
}

/// What a cue, a letter or a transcript yields before it becomes a row.
pub(crate) struct Found {
    pub(crate) sentence: usize,
    pub(crate) cue: Vec<Span>,
    pub(crate) content: Vec<usize>,
    /// Head of the clause or phrase that is said.
    pub(crate) root: usize,
    /// Whether it is a clause rather than a noun phrase.
    pub(crate) is_clause: bool,
    pub(crate) speaker: Vec<Participant>,
    pub(crate) speaker_why: String,
    pub(crate) addressed: Vec<Participant>,
    pub(crate) act: Act,
    pub(crate) polarity: Polarity,
    pub(crate) reading: String,
    pub(crate) why: String,
    pub(crate) rule: String,
    pub(crate) continues: bool,
}

/// What was said in a document.
pub(crate) struct Said {
    pub(crate) drafts: Vec<Draft>,
    /// For sentences with a cue that gave nothing, why.
    pub(crate) silent: Vec<(usize, String)>,
    /// What the reader has in mind at each sentence.
    pub(crate) scenes: Vec<Scene>,
}

/// All statements of a document.
pub(crate) fn statements(reader: &Reader, codebook: &Codebook, scene: &Scene) -> Said {
    let mut scene = scene.clone();
    let mut scenes = Vec::with_capacity(reader.trees.len());
    let mut drafts: Vec<Draft> = Vec::new();
    let mut silent = Vec::new();
    let mut voice = going_on::Voice::default();
    for s in 0..reader.trees.len() {
        follow(reader, &mut scene, s);
        let kind = reader.document.blocks[reader.trees[s].sentence.block].kind;
        if let Some(last) = drafts.last() {
            remember(reader, &mut scene, last);
        }
        scenes.push(scene.clone());
        if matches!(kind, BlockKind::Headline | BlockKind::Caption) {
            continue;
        }
        let mut found = voice.speech(reader, codebook, &scene, s, &drafts);
        if found.is_empty() {
            let (cued, why) = cue::cues(reader, codebook, &scene, s);
            found = cued;
            if found.is_empty() {
                found = voice.carry_on(reader, codebook, &scene, s, &drafts);
            }
            if found.is_empty() {
                found = voice.in_common(reader, codebook, &scene, s);
            }
            if found.is_empty() {
                silent.extend(why.map(|w| (s, w)));
            }
        }
        for f in found {
            let draft = finish(reader, &scene, f, &drafts);
            if draft.statement.content.is_empty() || draft.statement.speaker.is_empty() {
                continue;
            }
            // Someone who speaks is who "he" means next.
            if draft.statement.speaker.len() > 1 {
                scene.group.clone_from(&draft.statement.speaker);
                scene.open = false;
            }
            drafts.push(draft);
        }
        regroup(reader, codebook, &mut scene, s);
    }
    drafts.sort_by_key(|d| d.statement.content[0].start);
    drafts.dedup_by(|b, a| b.statement.content == a.statement.content);
    for (i, draft) in drafts.iter_mut().enumerate() {
        draft.statement.id = format!("s{}", i + 1);
    }
    let ids: Vec<(usize, String)> = drafts.iter().map(|d| (d.sentence, d.statement.id.clone())).collect();
    for draft in &mut drafts {
        if draft.statement.continues.is_some() {
            draft.statement.continues =
                ids.iter().rev().find(|(s, _)| *s < draft.sentence).map(|(_, id)| id.clone());
        }
    }
    Said { drafts, silent, scenes }
}

/// Whom "they" means in the next sentence: those who act in this one, if they are several and known.
fn regroup(reader: &Reader, codebook: &Codebook, scene: &mut Scene, s: usize) {
    let tree = &reader.trees[s];
    let Some(root) = (0..tree.len()).find(|&i| tree.head(i).is_none()) else { return };
    let Some(subject) = tree.child(root, rel!["nsubj"]) else { return };
    let heads: Vec<usize> = tree.coordinated(subject).collect();
    let several = heads.len() > 1 || tree.plural(subject);
    if !several || tree.upos(subject) == Upos::PRON {
        return;
    }
    let persons = |w: &usize| {
        let lemma = tree.lemma(*w);
        tree.plural(*w)
            && (reader.words.persons.contains(lemma)
                || reader.words.participants.contains(lemma)
                || reader.words.bodies.contains(lemma)
                || reader.phrases.people.contains(lemma))
    };
    // "The President and Vice President met with Senators": they are all who met.
    let meets = codebook.meetings.of(tree.lemma(root)).any(|m| m.verb.as_deref() == Some(tree.lemma(root)));
    if meets || tree.is(root, &["host", "join", "convene", "hold", "have"]) {
        scene.group.clear();
        scene.open = false;
        return;
    }
    let codes = |who: &[Participant]| {
        let mut codes: Vec<String> = who.iter().map(|p| p.code.clone()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    let states = codes(&scene.principals);
    let named = matches!(
        reader.cast.item(s, subject).map(|i| &i.kind),
        Some(Kind::Actor { entry: EntryKind::State, .. })
    );
    let bare = heads.len() == 1 && tree.child(subject, rel!["nmod", "amod", "compound", "acl"]).is_none();
    match reader.resolve(scene, s, subject).map(|r| r.who) {
        // "Both countries": the persons who speak for them are still there.
        Some(who)
            if codes(&who) == codes(&scene.group)
                || states.len() > 1 && states.iter().all(|c| codes(&who).contains(c)) =>
        {
            scene.open = false;
        }
        // "The Australians", "Administration officials", but not "the United States".
        Some(who) if who.len() > 1 || !named && who.iter().all(|w| w.name.is_none()) => {
            (scene.group, scene.open) = (who, false);
        }
        Some(_) => {}
        // "Officials", "leaders" alone are those who meet.
        None if !bare && heads.iter().any(persons) => scene.open = true,
        None => {}
    }
}

/// The speaker of the last statement is the person that a pronoun means.
fn remember(reader: &Reader, scene: &mut Scene, last: &Draft) {
    if let [speaker] = last.statement.speaker.as_slice()
        && let Some(name) = &speaker.name
    {
        scene.person = reader.cast.persons.iter().position(|p| p.full == *name).or(scene.person);
    }
}

/// Make the row: spans, holder, addressee, manner, provenance.
fn finish(reader: &Reader, scene: &Scene, mut f: Found, before: &[Draft]) -> Draft {
    let told = |p: &Participant| p.name.is_some() || !p.code.is_empty();
    f.speaker.retain(told);
    f.addressed.retain(told);
    let tree = &reader.trees[f.sentence];
    let content = tree.spans(&f.content);
    let (holder, holder_why) = holder::holder(reader, scene, &f);
    let addressee = holder::addressee(reader, scene, &f, &holder);
    let number = u32::try_from(f.sentence + 1).unwrap_or(u32::MAX);
    let mark = |field: &str, spans: Vec<Span>, why: &str| Provenance {
        field: field.to_owned(),
        sentence: number,
        spans,
        rule: f.rule.clone(),
        why: (!why.is_empty()).then(|| why.to_owned()),
    };
    let mut provenance = vec![
        mark("row", content.clone(), ""),
        Provenance { rule: act_rule(&f), ..mark("act", f.cue.clone(), &f.why) },
        mark("speaker", f.cue.clone(), &f.speaker_why),
    ];
    if holder != f.speaker {
        provenance.push(mark("holder", content.clone(), &holder_why));
    }
    if !addressee.is_empty() {
        provenance.push(mark(
            "addressee",
            content.clone(),
            "named as the one addressed, or whose matter it is",
        ));
    }
    let stance = if f.cue.is_empty() { content.clone() } else { f.cue.clone() };
    provenance.push(Provenance { rule: act_rule(&f), ..mark("polarity", stance, &f.why) });
    let statement = Statement {
        id: String::new(),
        act: f.act,
        speaker: f.speaker,
        holder,
        addressee,
        polarity: f.polarity,
        topics: content::topics(tree, &f.content, f.root),
        manner: if f.rule == "statements#letter"
            || content.first().is_some_and(|c| quoted(&reader.document.text, *c))
        {
            Manner::Quoted
        } else {
            Manner::Paraphrased
        },
        cue: f.cue,
        content,
        continues: (f.continues && !before.is_empty()).then(String::new),
        provenance,
    };
    Draft {
        statement,
        sentence: f.sentence,
        reading: f.reading,
        cue_rule: f.rule.rsplit('#').next().unwrap_or("").to_owned(),
    }
}

/// The rule that decided the act: of the clause, of the noun that heads the phrase, or of the cue itself.
fn act_rule(f: &Found) -> String {
    match f.reading.as_str() {
        "" => f.rule.clone(),
        clause if f.is_clause => format!("clauses#{clause}"),
        "gratitude" => "stances#greetings".to_owned(),
        noun => format!("stances#{noun}"),
    }
}

/// Whether the words stand in quotation marks: more marks opened than closed before them in the paragraph.
fn quoted(text: &str, span: Span) -> bool {
    let start = span.start as usize;
    if text[start..].starts_with(['“', '"', '«']) {
        return true;
    }
    let paragraph = text[..start].rfind("\n\n").map_or(0, |p| p + 2);
    let before = &text[paragraph..start];
    let (mut open, mut straight) = (0_isize, false);
    for mark in before.chars() {
        match mark {
            '“' | '«' => open += 1,
            '”' | '»' => open -= 1,
            '"' => straight = !straight,
            _ => {}
        }
    }
    open > 0 || straight
}
