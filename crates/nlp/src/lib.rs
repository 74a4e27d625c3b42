//! Language analysis: sentences, words, lemmas, tags, dependency trees and names of English text.
//!
//! An [`Analyser`] holds the network's weights; [`Analyser::analyse`] lays an [`Analysis`] over a document. The same text gives the
//! same analysis on every machine: sums of products are whole numbers, and the few real-valued steps are this crate's own code.
//!
//! Must not know: files, politics, what the analysis is for.

mod decode;
mod inflection;
mod kernel;
mod lemma;
mod network;
mod pieces;
mod tokenise;
mod weights;

use chancery_model::{Analysis, Document, Sentence, Span, Token};

use crate::decode::Parse;
use crate::lemma::Lexicon;
use crate::network::{Network, Sequence};
use crate::pieces::Vocabulary;
use crate::weights::{Labels, Weights};

pub use weights::WeightsError;

/// Words that one pass of the network takes; a longer sentence is analysed in parts.
const LONGEST_WORDS: usize = 180;
/// Word pieces that one pass takes, [CLS] and [SEP] included.
const LONGEST_PIECES: usize = 500;
/// Word pieces that are analysed together, so that weights are fetched once for several sentences.
const BATCH_PIECES: usize = 160;

/// The English front end: a network with its vocabulary and labels.
///
/// Reading is `Sync`: one analyser serves any number of threads.
pub struct Analyser {
    network: Network,
    vocabulary: Vocabulary,
    labels: Labels,
    lexicon: Lexicon,
    stamp: u64,
}

impl Analyser {
    /// The analyser whose weights are part of the program.
    ///
    /// # Errors
    /// If the program was built with a damaged weights file.
    pub fn embedded() -> Result<Self, WeightsError> {
        Self::from_bytes(include_bytes!("../../../data/weights/en.bin"))
    }

    /// The analyser with the weights that `training/export.py` wrote.
    ///
    /// # Errors
    /// If the bytes are no weights file, one of another version, or one that is cut short.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, WeightsError> {
        let weights = Weights::read(bytes)?;
        weights.check()?;
        Ok(Self {
            network: Network::read(&weights)?,
            vocabulary: weights.vocabulary()?,
            labels: weights.labels()?,
            lexicon: weights.lexicon(),
            stamp: sample(bytes),
        })
    }

    /// A number that tells one set of weights from another.
    #[must_use]
    pub fn stamp(&self) -> u64 {
        self.stamp
    }

    /// The sentences of every block that is read, each with its words and their tree. Never fails.
    #[must_use]
    pub fn analyse(&self, document: &Document) -> Analysis {
        let mut places = Vec::new();
        for (block, place) in document.blocks.iter().enumerate().filter(|(_, b)| b.kind.is_read()) {
            let text = document.slice(place.span);
            for mut sentence in tokenise::sentences(text) {
                for span in &mut sentence {
                    *span = Span::new(
                        (place.span.start + span.start) as usize,
                        (place.span.start + span.end) as usize,
                    );
                }
                places.push((block, sentence));
            }
        }
        let words: Vec<Vec<&str>> =
            places.iter().map(|(_, spans)| spans.iter().map(|s| document.slice(*s)).collect()).collect();
        let parses = self.parse(&words);
        let sentences = places.into_iter().zip(&words).zip(parses).map(|(((block, spans), words), parse)| {
            let span = spans[0].cover(spans[spans.len() - 1]);
            Sentence { span, block, tokens: self.tokens(&spans, words, &parse) }
        });
        Analysis { sentences: sentences.collect() }
    }

    /// The analysis of one sentence given as words. Spans are those of the words joined by single spaces.
    #[must_use]
    pub fn analyse_words(&self, words: &[&str]) -> Vec<Token> {
        let mut spans = Vec::with_capacity(words.len());
        let mut start = 0;
        for word in words {
            spans.push(Span::new(start, start + word.len()));
            start += word.len() + 1;
        }
        let sentence = vec![words.to_vec()];
        self.parse(&sentence).first().map(|parse| self.tokens(&spans, words, parse)).unwrap_or_default()
    }

    fn tokens(&self, spans: &[Span], words: &[&str], parse: &Parse) -> Vec<Token> {
        let labels = &self.labels;
        (0..words.len())
            .map(|i| Token {
                span: spans[i],
                lemma: self.lexicon.lemma(
                    words[i],
                    labels.upos[parse.upos[i]],
                    &labels.xpos[parse.xpos[i]],
                    parse.lemma[i].iter().map(|rule| labels.lemma[*rule].as_str()),
                ),
                upos: labels.upos[parse.upos[i]],
                xpos: labels.xpos[parse.xpos[i]].clone(),
                feats: labels.feats[parse.feats[i]].clone(),
                head: parse.heads[i],
                deprel: labels.deprel[parse.deprels[i]].clone(),
                name: decode::name(&labels.name, &parse.names, i),
            })
            .collect()
    }

    /// The parses of sentences given as words, in order; sentences without words have empty parses.
    fn parse(&self, sentences: &[Vec<&str>]) -> Vec<Parse> {
        let mut parts = Vec::new();
        for (number, words) in sentences.iter().enumerate() {
            let pieces: Vec<_> = words.iter().map(|w| self.vocabulary.pieces(w)).collect();
            for range in cut(words, &pieces) {
                parts.push((number, Sequence::new(&self.vocabulary, &words[range.clone()], &pieces[range])));
            }
        }
        let mut parses: Vec<Parse> = sentences.iter().map(|_| Parse::default()).collect();
        let mut rest = &parts[..];
        while !rest.is_empty() {
            let mut total = 0;
            let fits = rest.iter().take_while(|(_, s)| {
                total += s.ids.len();
                total <= BATCH_PIECES
            });
            let (batch, later) = rest.split_at(fits.count().max(1));
            let sequences: Vec<&Sequence> = batch.iter().map(|(_, s)| s).collect();
            for ((number, _), scores) in batch.iter().zip(self.network.run(&sequences)) {
                parses[*number].append(decode::parse(&self.network, &scores, &self.labels), &self.labels);
            }
            rest = later;
        }
        parses
    }
}

/// The ranges of words that are analysed in one pass each: all of them, unless the sentence is too long. Then it is cut after the last
/// punctuation mark that still fits.
fn cut(words: &[&str], pieces: &[Vec<u32>]) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let (mut end, mut total) = (start, 2);
        while end < words.len() && end - start < LONGEST_WORDS && total + pieces[end].len() <= LONGEST_PIECES
        {
            total += pieces[end].len();
            end += 1;
        }
        if end < words.len() {
            let mark = |i: &usize| matches!(words[*i], "," | ";" | ":" | "." | "—" | "–" | "-" | "--");
            end = (start + (end - start) / 2..end).rev().find(mark).map_or(end, |i| i + 1);
        }
        ranges.push(start..end);
        start = end;
    }
    ranges
}

/// FNV-1a over every 61st byte: any training moves nearly every weight, and start-up stays quick.
fn sample(bytes: &[u8]) -> u64 {
    bytes.iter().step_by(61).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
