//! From CoNLL-U to an analysis.

use super::{ASKED, ConlluError};
use crate::{Analysis, Belief, Document, Sentence, Span, Token, Upos};

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
        } else if line == ASKED {
            analysis.asked = true;
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
            let tells = misc("Tells").map(beliefs).unwrap_or_default();
            analysis.asked |= !tells.is_empty();
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
                tells,
                leaning: None,
            });
        }
    }
    Ok(analysis)
}

/// `ASSAULT:93,COERCE:4`.
fn beliefs(text: &str) -> Vec<Belief> {
    let one = |part: &str| {
        let (kind, percent) = part.split_once(':')?;
        Some(Belief { kind: kind.to_owned(), percent: percent.parse().ok()? })
    };
    text.split(',').filter_map(one).collect()
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
