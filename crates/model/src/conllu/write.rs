//! From an analysis to CoNLL-U.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::ASKED;
use crate::{Analysis, Discourse, Document, Sentence, Token};

/// Write the analysis of one document, with `# newdoc id`, `# events = asked` if a network was asked what the words tell, `# newpar` where a block begins, `# sent_id` and `# text`.
///
/// Words that are written as one token (`don't`, `cannot`, `Li's`) follow a line for their range, as in `3-4`. A document without
/// sentences gives no line. White space in the document's id becomes `_` and a slash `-`, which CoNLL-U keeps for itself.
#[must_use]
pub fn write(document: &Document, analysis: &Analysis) -> String {
    write_with(document, analysis, &Discourse::default())
}

/// The same, with who is meant and who says what in MISC.
///
/// The first word of a mention in a chain has `Entity=(e3-name`, its last `Entity=e3)`: the chain's number, counted from 1, and how the
/// mention refers. A cue has `Cue=Yes`, with `Source=` and `Content=` for the numbers of the words that it has as such.
#[must_use]
pub fn write_with(document: &Document, analysis: &Analysis, discourse: &Discourse) -> String {
    let marks = marks(discourse);
    let id: String = one_line(&document.id).replace(' ', "_").replace('/', "-");
    let mut out = String::new();
    let mut block = None;
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        if number == 0 {
            out += &format!("# newdoc id = {id}\n");
            if analysis.asked {
                out += ASKED;
                out += "\n";
            }
        }
        if block.replace(sentence.block) != Some(sentence.block) {
            out += "# newpar\n";
        }
        let text = one_line(document.slice(sentence.span));
        out += &format!("# sent_id = {id}-{}\n# text = {text}\n", number + 1);
        let next = analysis.sentences.get(number + 1).map(|s| s.span.start);
        let marks = |word: usize| marks.get(&(number, word)).map_or("", String::as_str);
        write_words(document, sentence, next, marks, &mut out);
        out.push('\n');
    }
    out
}

/// The lines of a sentence, after which the text goes on at `next`.
fn write_words<'a>(
    document: &Document,
    sentence: &Sentence,
    next: Option<u32>,
    marks: impl Fn(usize) -> &'a str,
    out: &mut String,
) {
    let tokens = &sentence.tokens;
    let mut first = 0;
    while first < tokens.len() {
        let joint = |pair: &[Token]| is_joint(document, &pair[0], &pair[1]);
        let last = first + tokens[first..].windows(2).take_while(|pair| joint(pair)).count();
        let after = tokens.get(last + 1).map(|t| t.span.start).or(next);
        let glued = after == Some(tokens[last].span.end);
        if last > first {
            let form = one_line(document.slice(tokens[first].span.cover(tokens[last].span)));
            let misc = if glued { "SpaceAfter=No" } else { "_" };
            let range = format!("{}-{}", first + 1, last + 1);
            writeln!(out, "{range}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}").expect("a string takes all");
        }
        for (i, token) in tokens.iter().enumerate().take(last + 1).skip(first) {
            write_word(document, i + 1, token, glued && first == last, marks(i), out);
        }
        first = last + 1;
    }
}

/// What a discourse puts into MISC, by sentence and word, each part with a stroke after it.
fn marks(discourse: &Discourse) -> BTreeMap<(usize, usize), String> {
    let mut entities: BTreeMap<(usize, usize), String> = BTreeMap::new();
    let chained = || discourse.mentions.iter().filter_map(|m| Some((m, m.chain? + 1)));
    for (m, chain) in chained().filter(|(m, _)| m.end > m.first + 1) {
        *entities.entry((m.sentence, m.end - 1)).or_default() += &format!("e{chain})");
    }
    for (m, chain) in chained() {
        let close = if m.end > m.first + 1 { "" } else { ")" };
        *entities.entry((m.sentence, m.first)).or_default() += &format!("(e{chain}-{}{close}", m.kind.name());
    }
    let mut marks: BTreeMap<_, _> =
        entities.into_iter().map(|(place, entity)| (place, format!("Entity={entity}|"))).collect();
    for cue in &discourse.attributions {
        let mark: &mut String = marks.entry((cue.sentence, cue.cue)).or_default();
        *mark += "Cue=Yes|";
        for (name, word) in [("Source", cue.source), ("Content", cue.content)] {
            if let Some(word) = word {
                *mark += &format!("{name}={}|", word + 1);
            }
        }
    }
    marks
}

fn write_word(document: &Document, number: usize, token: &Token, glued: bool, marks: &str, out: &mut String) {
    let form = one_line(document.slice(token.span));
    let lemma = if token.lemma.is_empty() { "_" } else { &token.lemma };
    let Token { upos, xpos, feats, head, deprel, .. } = token;
    let upos = upos.name();
    write!(out, "{number}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{deprel}\t_\t")
        .expect("a string takes all");
    if glued {
        *out += "SpaceAfter=No|";
    }
    *out += marks;
    if token.name != "O" {
        *out += &format!("Name={}|", token.name);
    }
    if !token.tells.is_empty() {
        let beliefs = token.tells.iter().map(|b| format!("{}:{}", b.kind, b.percent));
        *out += &format!("Tells={}|", beliefs.collect::<Vec<_>>().join(","));
    }
    *out += &format!("Start={}|End={}\n", token.span.start, token.span.end);
}

/// Whether two words are written as one token: no space and no mark stands between them, or the second leans on the first.
fn is_joint(document: &Document, left: &Token, right: &Token) -> bool {
    let (before, word) = (document.slice(left.span), document.slice(right.span));
    let clitic = word
        .strip_prefix(['\'', '’', '`'])
        .is_some_and(|rest| right.xpos == "POS" || rest.starts_with(char::is_alphabetic));
    left.span.end == right.span.start
        && (before.ends_with(char::is_alphanumeric) && clitic
            || before.ends_with(char::is_alphabetic) && word.starts_with(char::is_alphabetic))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
