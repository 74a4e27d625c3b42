//! Language analysis: sentences, words, lemmas, tags, dependency trees and names of English text.
//!
//! An [`Analyser`] holds the network's weights; [`Analyser::analyse`] lays an [`Analysis`] over a document. The same text gives the
//! same analysis on every machine: sums of products are whole numbers, and the few real-valued steps are this crate's own code.
//!
//! Must not know: files, politics, what the analysis is for.

mod cache;
mod decode;
mod discourse;
mod gazetteer;
mod inflection;
mod kernel;
mod lemma;
mod network;
mod pieces;
mod tokenise;
mod weights;
mod wellformed;

use std::ops::Range;

use chancery_model::{Analysis, Belief, Document, Sentence, Span, Token, Upos};

use crate::cache::Cache;
use crate::decode::{Parse, Word};
use crate::gazetteer::Gazetteer;
use crate::lemma::Lexicon;
use crate::network::{Network, Scores, Sequence};
use crate::pieces::Vocabulary;
use crate::weights::{Labels, Weights};

pub use kernel::Kernel;
pub use weights::WeightsError;

/// Words that one pass of the network takes; a longer sentence is analysed in parts.
const LONGEST_WORDS: usize = 180;
/// Word pieces that one pass takes, [CLS] and [SEP] included.
const LONGEST_PIECES: usize = 500;
/// Word pieces that are analysed together, so that weights are fetched once for several sentences.
const BATCH_PIECES: usize = 320;

/// Hundredths below which a kind of event is not worth a word.
const LIKELY: u8 = 2;

/// How deep the network reads before it answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Exit {
    /// Its first half: nearly twice as fast.
    Fast,
    /// All of it: fewer mistakes.
    #[default]
    Accurate,
}

impl Exit {
    /// `fast` or `accurate`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Accurate => "accurate",
        }
    }
}

/// The English front end: a network with its vocabulary and labels.
///
/// Reading is `Sync`: one analyser serves any number of threads.
pub struct Analyser {
    network: Network,
    exit: Exit,
    vocabulary: Vocabulary,
    gazetteer: Gazetteer,
    labels: Labels,
    lexicon: Lexicon,
    /// Where the weights have them.
    discourse: Option<discourse::Heads>,
    cache: Cache,
    stamp: u64,
}

impl Analyser {
    /// The analyser whose weights are part of the program.
    ///
    /// # Errors
    /// If the program was built with a damaged weights file.
    pub fn embedded() -> Result<Self, WeightsError> {
        let mut analyser = Self::from_bytes(include_bytes!("../../../data/weights/en.bin"))?;
        let events = include_bytes!("../../../data/weights/events.bin");
        analyser.network.learn(&Weights::read(events)?)?;
        analyser.stamp ^= sample(events).rotate_left(1);
        Ok(analyser)
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
            exit: Exit::default(),
            vocabulary: weights.vocabulary()?,
            gazetteer: weights.gazetteer(),
            labels: weights.labels()?,
            lexicon: weights.lexicon(),
            discourse: discourse::Heads::read(&weights)?,
            cache: Cache::default(),
            stamp: sample(bytes),
        })
    }

    /// The same analyser, answering from this exit.
    #[must_use]
    pub fn at(self, exit: Exit) -> Self {
        Self { exit, cache: Cache::default(), ..self }
    }

    /// The same analyser, computing each sentence anew though it has seen it before. Its results are the same.
    #[must_use]
    pub fn forgetful(self) -> Self {
        Self { cache: Cache::none(), ..self }
    }

    /// The same analyser, computing with another of the machine's instruction sets than the fastest. Its results are the same.
    #[must_use]
    pub fn with_kernel(mut self, kernel: Kernel) -> Self {
        self.network.set_kernel(kernel);
        self
    }

    /// How many multiplications of bytes it has done so far.
    #[must_use]
    pub fn multiplications(&self) -> u64 {
        self.network.multiplications()
    }

    /// A number that tells one set of weights from another.
    #[must_use]
    pub fn stamp(&self) -> u64 {
        self.stamp
    }

    /// How deep the network reads.
    #[must_use]
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// The dictionary forms that a word may be given with this part of speech and Penn tag; which of them, its sentence decides.
    #[must_use]
    pub fn lemmas(&self, word: &str, upos: Upos, xpos: &str) -> Vec<String> {
        self.lexicon.lemmas(word, upos, xpos)
    }

    /// Whether a word is a dictionary form that the lexicon lists with this part of speech. Others may be words as well.
    #[must_use]
    pub fn has_lemma(&self, word: &str, upos: Upos) -> bool {
        self.lexicon.has(word, upos)
    }

    /// The words of a text as they are cut before anything is known of them: "air-strike" is three.
    #[must_use]
    pub fn words(text: &str) -> Vec<&str> {
        tokenise::words(text).into_iter().map(|span| span.slice(text)).collect()
    }

    /// The sentences of every block that is read, each with its words and their tree. Never fails.
    #[must_use]
    pub fn analyse(&self, document: &Document) -> Analysis {
        let mut stretches = Vec::new();
        for (block, place) in document.blocks.iter().enumerate().filter(|(_, b)| b.kind.is_read()) {
            for mut stretch in tokenise::stretches(document.slice(place.span)) {
                for span in &mut stretch.words {
                    *span = Span::new(
                        (place.span.start + span.start) as usize,
                        (place.span.start + span.end) as usize,
                    );
                }
                stretches.push((block, stretch));
            }
        }
        let texts: Vec<Vec<&str>> =
            stretches.iter().map(|(_, s)| s.words.iter().map(|w| document.slice(*w)).collect()).collect();
        let asked: Vec<Stretch> = stretches
            .iter()
            .zip(&texts)
            .map(|((_, s), words)| Stretch { words, starts: Some(&s.starts) })
            .collect();
        let mut sentences = Vec::new();
        for (((block, stretch), words), parses) in stretches.iter().zip(&texts).zip(self.parse(&asked)) {
            let mut first = 0;
            for parse in parses {
                let range = first..first + parse.words.len();
                first = range.end;
                let spans = &stretch.words[range.clone()];
                sentences.push(Sentence {
                    span: spans[0].cover(spans[spans.len() - 1]),
                    block: *block,
                    tokens: self.tokens(spans, &words[range], &parse),
                });
            }
        }
        Analysis { sentences, asked: self.network.is_asked(self.exit) }
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
        let parses = self.parse(&[Stretch { words, starts: None }]);
        parses.iter().flatten().flat_map(|parse| self.tokens(&spans, words, parse)).collect()
    }

    fn tokens(&self, spans: &[Span], words: &[&str], parse: &Parse) -> Vec<Token> {
        let labels = &self.labels;
        let each = parse.words.iter().enumerate();
        each.map(|(i, word)| Token {
            span: spans[i],
            lemma: self.lexicon.lemma(
                words[i],
                labels.upos[word.upos as usize],
                &labels.xpos[word.xpos as usize],
                word.lemma.iter().map(|rule| labels.lemma[*rule as usize].as_str()),
            ),
            upos: labels.upos[word.upos as usize],
            xpos: labels.xpos[word.xpos as usize].clone(),
            feats: labels.feats[word.feats as usize].clone(),
            head: word.head as usize,
            deprel: labels.deprel[word.deprel as usize].clone(),
            name: labels.name[word.name as usize].clone(),
            tells: self.beliefs(word),
            leaning: parse.leanings.iter().find(|(told, _)| *told == i).map(|(_, leaning)| leaning.clone()),
        })
        .collect()
    }

    /// What the network believes a word to tell, the likeliest first.
    fn beliefs(&self, word: &Word) -> Vec<Belief> {
        let likely = self.network.kinds().iter().zip(word.tells).filter(|(_, percent)| *percent >= LIKELY);
        let mut out: Vec<Belief> =
            likely.map(|(kind, percent)| Belief { kind: kind.clone(), percent }).collect();
        out.sort_by_key(|b| std::cmp::Reverse(b.percent));
        out
    }

    /// The sentences of each stretch, in order; a stretch without words has none.
    fn parse(&self, stretches: &[Stretch]) -> Vec<Vec<Parse>> {
        let keys = self.cache.keys(stretches);
        let mut known = self.cache.find(&keys);
        known.resize(stretches.len(), None);
        let mut parts = Vec::new();
        for (number, stretch) in stretches.iter().enumerate().filter(|(n, _)| known[*n].is_none()) {
            let pieces: Vec<_> = stretch.words.iter().map(|w| self.vocabulary.pieces(w)).collect();
            for range in stretch.cut(&pieces) {
                let words = &stretch.words[range.clone()];
                let sequence =
                    Sequence::new(&self.vocabulary, &self.gazetteer, words, &pieces[range.clone()]);
                parts.push(Part { stretch: number, range, sequence });
            }
        }
        let mut rest = &parts[..];
        while !rest.is_empty() {
            let mut total = 0;
            let fits = rest.iter().take_while(|part| {
                total += part.sequence.ids.len();
                total <= BATCH_PIECES
            });
            let (batch, later) = rest.split_at(fits.count().max(1));
            let sequences: Vec<&Sequence> = batch.iter().map(|part| &part.sequence).collect();
            let scored = self.network.run(self.exit, &sequences);
            for (part, scores) in batch.iter().zip(scored.sentences()) {
                let sentences = known[part.stretch].get_or_insert_default();
                self.split(&stretches[part.stretch], part, scores, sentences);
            }
            rest = later;
        }
        let new = parts.iter().filter(|part| part.range.start == 0).map(|part| part.stretch);
        self.cache.keep(new.filter_map(|n| Some((*keys.get(n)?, known[n].as_deref()?))));
        known.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Put the sentences of a part of a stretch after those of its earlier parts.
    fn split(&self, stretch: &Stretch, part: &Part, scores: Scores, sentences: &mut Vec<Parse>) {
        let first = part.range.start;
        let rules = stretch.starts.map(|starts| {
            starts.iter().filter(|s| part.range.contains(s)).map(|s| s - first).collect::<Vec<_>>()
        });
        let words = &stretch.words[part.range.clone()];
        let may_begin = |word: usize| tokenise::may_begin(words, word);
        let mut starts = rules.as_ref().map_or(vec![0], |rules| decode::starts(scores, rules, may_begin));
        starts.push(scores.words());
        for pair in starts.windows(2) {
            let parse = decode::parse(&self.network, self.exit, scores, pair[0]..pair[1], &self.labels);
            match sentences.last_mut() {
                Some(last) if pair[0] == 0 && !rules.as_ref().is_some_and(|r| r.contains(&0)) => {
                    last.append(&parse, &self.labels);
                }
                _ => sentences.push(parse),
            }
        }
    }
}

/// Words between places where a sentence surely ends.
#[derive(Hash)]
struct Stretch<'a> {
    words: &'a [&'a str],
    /// Where the rules would begin further sentences; none if the words are known to be one sentence.
    starts: Option<&'a [usize]>,
}

/// What one pass of the network takes of a stretch.
struct Part {
    stretch: usize,
    range: Range<usize>,
    sequence: Sequence,
}

impl Stretch<'_> {
    /// The ranges of words that are analysed in one pass each: all of them, unless there are too many. Then they are cut before the last
    /// sentence that the rules begin and that does not fit, else after the last punctuation mark that still fits.
    fn cut(&self, pieces: &[Vec<u32>]) -> Vec<Range<usize>> {
        let words = self.words;
        let mut ranges = Vec::new();
        let mut start = 0;
        while start < words.len() {
            let (mut end, mut total) = (start, 2);
            while end < words.len()
                && end - start < LONGEST_WORDS
                && total + pieces[end].len() <= LONGEST_PIECES
            {
                total += pieces[end].len();
                end += 1;
            }
            if end < words.len() {
                let mark = |i: &usize| matches!(words[*i], "," | ";" | ":" | "." | "—" | "–" | "-" | "--");
                let rules = self.starts.unwrap_or_default().iter().rev();
                let rule = rules.copied().find(|s| (start + 1..=end).contains(s));
                let marked = || (start + (end - start) / 2..end).rev().find(mark).map(|i| i + 1);
                end = rule.or_else(marked).unwrap_or(end);
            }
            ranges.push(start..end);
            start = end;
        }
        ranges
    }
}

/// FNV-1a over every 61st byte: any training moves nearly every weight, and start-up stays quick.
fn sample(bytes: &[u8]) -> u64 {
    bytes.iter().step_by(61).fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
