//! CoNLL-U, the seam between language analysis and coding (universaldependencies.org/format).
//!
//! What is written carries each token's byte range in MISC (`Start=…|End=…`), so that an analysis made elsewhere can be laid
//! over the same document again.

use std::fmt;

use crate::{Analysis, Document, Sentence, Span, Token, Upos};

/// What is wrong in a CoNLL-U text, and on which line (1-based).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConlluError {
    /// Line.
    pub line: usize,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for ConlluError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ConlluError {}

/// Write the analysis of one document: `# newdoc id`, then each sentence with `# sent_id` and `# text`.
#[must_use]
pub fn write(document: &Document, analysis: &Analysis) -> String {
    let mut out = format!("# newdoc id = {}\n", one_line(&document.id));
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let text = one_line(document.slice(sentence.span));
        out += &format!("# sent_id = {}-{}\n# text = {text}\n", one_line(&document.id), number + 1);
        for (i, token) in sentence.tokens.iter().enumerate() {
            let glued = sentence.tokens.get(i + 1).is_some_and(|next| next.span.start == token.span.end);
            let mut misc = format!("Start={}|End={}", token.span.start, token.span.end);
            if token.name != "O" {
                misc = format!("Name={}|{misc}", token.name);
            }
            if glued {
                misc = format!("SpaceAfter=No|{misc}");
            }
            out += &format!(
                "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\t{misc}\n",
                i + 1,
                one_line(document.slice(token.span)),
                if token.lemma.is_empty() { "_" } else { &token.lemma },
                token.upos.name(),
                token.xpos,
                token.feats,
                token.head,
                token.deprel,
            );
        }
        out.push('\n');
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lay a CoNLL-U analysis over the document that it was made for.
///
/// Tokens are placed by `Start=`/`End=` where MISC has them, else by finding each form in turn. Multiword ranges and empty
/// nodes are skipped.
///
/// # Errors
/// A line of other than ten columns, an unknown part of speech, a head out of range, a form that the text does not hold.
pub fn read(document: &Document, conllu: &str) -> Result<Analysis, ConlluError> {
    let mut analysis = Analysis::default();
    let mut tokens: Vec<Token> = Vec::new();
    let mut cursor = 0;
    let mut first_line = 1;
    for (number, line) in conllu.lines().map(str::trim_end).chain(std::iter::once("")).enumerate() {
        let fail = |message: String| ConlluError { line: number + 1, message };
        if line.is_empty() {
            if !tokens.is_empty() {
                analysis.sentences.push(finish(document, std::mem::take(&mut tokens), first_line)?);
            }
            first_line = number + 2;
        } else if !line.starts_with('#') {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns.len() != 10 {
                return Err(fail(format!("{} columns where CoNLL-U has 10, parted by tabs", columns.len())));
            }
            if columns[0].contains(['-', '.']) {
                continue;
            }
            let misc = |key: &str| columns[9].split('|').find_map(|m| m.strip_prefix(key)?.strip_prefix('='));
            let span = match (
                misc("Start").and_then(|s| s.parse().ok()),
                misc("End").and_then(|s| s.parse().ok()),
            ) {
                (Some(start), Some(end)) if document.text.get(start..end).is_some() => Span::new(start, end),
                _ => {
                    let at = document.text[cursor..].find(columns[1]).ok_or_else(|| {
                        fail(format!("'{}' is not in the text after byte {cursor}", columns[1]))
                    })?;
                    Span::new(cursor + at, cursor + at + columns[1].len())
                }
            };
            cursor = span.end as usize;
            tokens.push(Token {
                span,
                lemma: columns[2].to_owned(),
                upos: Upos::parse(columns[3])
                    .ok_or_else(|| fail(format!("'{}' is no universal part of speech", columns[3])))?,
                xpos: columns[4].to_owned(),
                feats: columns[5].to_owned(),
                head: columns[6].parse().map_err(|_| fail(format!("head '{}' is no number", columns[6])))?,
                deprel: columns[7].to_owned(),
                name: misc("Name").unwrap_or("O").to_owned(),
            });
        }
    }
    Ok(analysis)
}

fn finish(document: &Document, tokens: Vec<Token>, line: usize) -> Result<Sentence, ConlluError> {
    let fail = |message: &str| ConlluError { line, message: message.to_owned() };
    let (first, last) = (tokens[0].span, tokens[tokens.len() - 1].span);
    if tokens.iter().any(|t| t.head > tokens.len()) {
        return Err(fail("a head lies outside the sentence that begins here"));
    }
    for start in 0..tokens.len() {
        let (mut at, mut steps) = (start, 0);
        while tokens[at].head > 0 {
            at = tokens[at].head - 1;
            steps += 1;
            if steps > tokens.len() {
                return Err(fail("the heads of the sentence that begins here run in a circle"));
            }
        }
    }
    let span = first.cover(last);
    let block = document.blocks.iter().position(|b| b.span.contains(span)).unwrap_or(0);
    Ok(Sentence { span, block, tokens })
}

#[cfg(test)]
mod tests;
