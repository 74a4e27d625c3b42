//! From an analysis to CoNLL-U.

use std::fmt::Write as _;

use crate::{Analysis, Document, Sentence, Token};

/// Write the analysis of one document, with `# newdoc id`, `# newpar` where a block begins, `# sent_id` and `# text`.
///
/// Words that are written as one token (`don't`, `cannot`, `Li's`) follow a line for their range, as in `3-4`. A document without
/// sentences gives no line. White space in the document's id becomes `_` and a slash `-`, which CoNLL-U keeps for itself.
#[must_use]
pub fn write(document: &Document, analysis: &Analysis) -> String {
    let id: String = one_line(&document.id).replace(' ', "_").replace('/', "-");
    let mut out = String::new();
    let mut block = None;
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        if number == 0 {
            out += &format!("# newdoc id = {id}\n");
        }
        if block.replace(sentence.block) != Some(sentence.block) {
            out += "# newpar\n";
        }
        let text = one_line(document.slice(sentence.span));
        out += &format!("# sent_id = {id}-{}\n# text = {text}\n", number + 1);
        let next = analysis.sentences.get(number + 1).map(|s| s.span.start);
        write_words(document, sentence, next, &mut out);
        out.push('\n');
    }
    out
}

/// The lines of a sentence, after which the text goes on at `next`.
fn write_words(document: &Document, sentence: &Sentence, next: Option<u32>, out: &mut String) {
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
            write_word(document, i + 1, token, glued && first == last, out);
        }
        first = last + 1;
    }
}

fn write_word(document: &Document, number: usize, token: &Token, glued: bool, out: &mut String) {
    let form = one_line(document.slice(token.span));
    let lemma = if token.lemma.is_empty() { "_" } else { &token.lemma };
    let Token { upos, xpos, feats, head, deprel, .. } = token;
    let upos = upos.name();
    write!(out, "{number}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{deprel}\t_\t")
        .expect("a string takes all");
    if glued {
        *out += "SpaceAfter=No|";
    }
    if token.name != "O" {
        *out += &format!("Name={}|", token.name);
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
