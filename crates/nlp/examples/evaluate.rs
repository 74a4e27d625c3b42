//! Measure the language analysis, or look at it:
//!
//!     cargo run --release -p chancery-nlp --example evaluate -- TREEBANK.conllu    figures on gold words and end to end
//!     cargo run --release -p chancery-nlp --example evaluate -- TREEBANK.conllu --write words    CoNLL-U of its words
//!     cargo run --release -p chancery-nlp --example evaluate -- DOCUMENTS.jsonl    CoNLL-U of documents (`id`, `text`)
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::time::Instant;

use chancery_model::{Analysis, Block, BlockKind, Document, Sentence, Source, Span, Token, conllu};
use chancery_nlp::{Analyser, Exit};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a .conllu or .jsonl file")?;
    let options = Options::read(std::env::args().skip(2))?;
    let text = std::fs::read_to_string(&path)?;
    let start = Instant::now();
    let analyser = Analyser::embedded()?.at(options.exit);
    let loaded = start.elapsed();
    if path.ends_with(".jsonl") {
        for line in text.lines() {
            let value: serde_json::Value = serde_json::from_str(line)?;
            let field = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
            let document = document(field("id"), field("text"));
            print!("{}", conllu::write(&document, &analyser.analyse(&document)));
        }
        return Ok(());
    }
    let gold = treebank(&text);
    if options.words {
        print!("{}", of_words(&analyser, &gold));
        return Ok(());
    }
    println!("weights loaded in {loaded:.1?}");
    gold_words(&analyser, &gold);
    end_to_end(&analyser, &gold, options.errors);
    Ok(())
}

/// What follows the file's name.
#[derive(Default)]
struct Options {
    /// `--exit fast` or `--exit accurate`: how deep the network reads.
    exit: Exit,
    /// `--write words`: CoNLL-U of the treebank's words, no figures.
    words: bool,
    /// `--errors`: words and sentences that are not the treebank's.
    errors: bool,
}

impl Options {
    fn read(mut given: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        while let Some(option) = given.next() {
            let value = match option.as_str() {
                "--write" | "--exit" => given.next().unwrap_or_default(),
                _ => String::new(),
            };
            match (option.as_str(), value.as_str()) {
                ("--write", "words") => options.words = true,
                ("--exit", "accurate") => options.exit = Exit::Accurate,
                ("--exit", "fast") => options.exit = Exit::Fast,
                ("--errors", "") => options.errors = true,
                _ => {
                    return Err(format!(
                        "'{option} {value}' is no option; there are --write words, --exit fast or accurate, --errors"
                    ));
                }
            }
        }
        Ok(options)
    }
}

/// A document whose paragraphs are parted by blank lines.
fn document(id: String, text: String) -> Document {
    let (mut blocks, mut start) = (Vec::new(), 0);
    for part in text.split_inclusive("\n\n") {
        let span = Span::new(start, start + part.len()).trim(&text);
        start += part.len();
        if !span.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span, reason: None });
        }
    }
    Document { id, source: Source::default(), text, blocks }
}

struct Word {
    form: String,
    columns: Vec<String>,
    /// Its place in `Gold::text`; words that no text stands for have an empty one.
    span: Span,
}

/// A treebank as one text of paragraphs, and its sentences.
struct Gold {
    text: String,
    sentences: Vec<Vec<Word>>,
    /// The genre of each sentence, as the name of its document begins: `email`, `news`.
    genres: Vec<String>,
}

fn treebank(conllu: &str) -> Gold {
    let mut gold = Gold { text: String::new(), sentences: Vec::new(), genres: Vec::new() };
    let mut genre = String::new();
    let mut words: Vec<Word> = Vec::new();
    let (mut joint, mut joint_until) = (String::new(), 0);
    for line in conllu.lines() {
        let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if let Some(name) = line.strip_prefix("# newdoc id = ") {
            genre = name.trim_start_matches("GUM_").split(['-', '_']).next().unwrap_or_default().to_owned();
        }
        if line.starts_with("# newdoc") || line.starts_with("# newpar") {
            gold.text.push_str("\n\n");
        } else if line.is_empty() {
            gold.sentences.push(std::mem::take(&mut words));
            gold.genres.push(genre.clone());
            joint_until = 0;
        } else if line.starts_with('#') || columns[0].contains('.') {
        } else if let Some((_, last)) = columns[0].split_once('-') {
            (joint, joint_until) = (columns[1].clone(), last.parse().unwrap_or(0));
            if !columns[9].contains("SpaceAfter=No") {
                joint.push(' ');
            }
        } else {
            let number: usize = columns[0].parse().unwrap_or(0);
            let start = gold.text.len();
            let form = columns[1].clone();
            if number > joint_until {
                gold.text.push_str(&form);
                words.push(Word {
                    span: Span::new(start, start + form.len()),
                    form,
                    columns: columns.clone(),
                });
                if !columns[9].contains("SpaceAfter=No") {
                    gold.text.push(' ');
                }
                continue;
            }
            // A word of a joint form: placed where the form spells it.
            let length = if joint.starts_with(&form) { form.len() } else { joint.trim_end().len() };
            gold.text.push_str(&joint[..length]);
            joint.drain(..length);
            words.push(Word { span: Span::new(start, start + length), form, columns });
            if number == joint_until {
                gold.text.push_str(&joint);
            }
        }
    }
    gold
}

/// What the system makes of the treebank's sentences and words, as CoNLL-U over a text of words parted by spaces.
fn of_words(analyser: &Analyser, gold: &Gold) -> String {
    let (mut text, mut analysis) = (String::new(), Analysis::default());
    for sentence in &gold.sentences {
        let forms: Vec<&str> = sentence.iter().map(|w| w.form.as_str()).collect();
        let (start, mut tokens) = (text.len() as u32, analyser.analyse_words(&forms));
        for token in &mut tokens {
            token.span = Span { start: token.span.start + start, end: token.span.end + start };
        }
        text += &forms.join(" ");
        let span = Span { start, end: text.len() as u32 };
        analysis.sentences.push(Sentence { span, block: 0, tokens });
        text.push('\n');
    }
    conllu::write(&document("treebank".to_owned(), text), &analysis)
}

fn gold_words(analyser: &Analyser, gold: &Gold) {
    let mut right = HashMap::<&str, usize>::new();
    let mut genres = BTreeMap::<&str, [usize; 3]>::new();
    let mut total = 0;
    let start = Instant::now();
    for (sentence, genre) in gold.sentences.iter().zip(&gold.genres) {
        let forms: Vec<&str> = sentence.iter().map(|w| w.form.as_str()).collect();
        for (word, token) in sentence.iter().zip(analyser.analyse_words(&forms)) {
            total += 1;
            let column = |i: usize| word.columns[i].as_str();
            let mut count = |name, hit| *right.entry(name).or_default() += usize::from(hit);
            count("lemma", column(2) == token.lemma);
            count("upos", column(3) == token.upos.name());
            count("xpos", column(4) == token.xpos);
            count("feats", column(5) == token.feats);
            count("uas", column(6) == token.head.to_string());
            let las = column(6) == token.head.to_string() && column(7) == token.deprel;
            count("las", las);
            let [words, upos, attached] = genres.entry(genre).or_default();
            *words += 1;
            *upos += usize::from(column(3) == token.upos.name());
            *attached += usize::from(las);
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let count = gold.sentences.len();
    println!("gold words: {count} sentences in {seconds:.2} s, {:.0} a second", count as f64 / seconds);
    for name in ["upos", "xpos", "feats", "lemma", "uas", "las"] {
        println!("  {name:6} {:.2}", 100.0 * right[name] as f64 / total as f64);
    }
    for (genre, [words, upos, las]) in genres {
        let share = |hit: usize| 100.0 * hit as f64 / words as f64;
        println!("  {genre:12} {words:6} words, upos {:.2}, las {:.2}", share(upos), share(las));
    }
}

fn end_to_end(analyser: &Analyser, gold: &Gold, errors: bool) {
    let document = document("treebank".to_owned(), gold.text.clone());
    let start = Instant::now();
    let analysis = analyser.analyse(&document);
    let seconds = start.elapsed().as_secs_f64();
    let count = analysis.sentences.len();
    println!("end to end: {count} sentences in {seconds:.2} s, {:.0} a second", count as f64 / seconds);

    let mut wanted = HashMap::new();
    let mut wanted_sentences = HashMap::new();
    for words in &gold.sentences {
        wanted_sentences.insert(words[0].span.cover(words[words.len() - 1].span), ());
        for word in words {
            let head = word.columns[6].parse::<usize>().ok().filter(|h| *h > 0).map(|h| words[h - 1].span);
            wanted.insert(word.span, (word, head));
        }
    }
    let got: usize = analysis.sentences.iter().map(|s| s.tokens.len()).sum();
    let f1 = |hit: usize, got: usize, want: usize| 200.0 * hit as f64 / (got + want) as f64;
    let want: usize = gold.sentences.iter().map(Vec::len).sum();
    let mut hits = [0; 4];
    for sentence in &analysis.sentences {
        for token in &sentence.tokens {
            let Some((word, head)) = wanted.get(&token.span) else { continue };
            let attached = *head == token.head.checked_sub(1).map(|h| sentence.tokens[h].span);
            hits[0] += 1;
            hits[1] += usize::from(word.columns[3] == token.upos.name());
            hits[2] += usize::from(attached);
            hits[3] += usize::from(attached && word.columns[7] == token.deprel);
        }
    }
    for (name, hit) in ["words", "upos", "uas", "las"].into_iter().zip(hits) {
        println!("  {name:9} F1 {:.2}", f1(hit, got, want));
    }
    let hit = analysis.sentences.iter().filter(|s| wanted_sentences.contains_key(&s.span)).count();
    println!("  sentences F1 {:.2}", f1(hit, count, gold.sentences.len()));
    if errors {
        let slices: Vec<&Token> = analysis.sentences.iter().flat_map(|s| &s.tokens).collect();
        for token in slices.iter().filter(|t| !wanted.contains_key(&t.span)) {
            let around = |at: usize, by: isize| {
                gold.text.floor_char_boundary(at.saturating_add_signed(by).min(gold.text.len()))
            };
            let (start, end) = (token.span.start as usize, token.span.end as usize);
            println!(
                "word\t{}\t{}",
                document.slice(token.span),
                gold.text[around(start, -25)..around(end, 25)].replace('\n', "¶")
            );
        }
        for sentence in analysis.sentences.iter().filter(|s| !wanted_sentences.contains_key(&s.span)) {
            println!("sentence\t{}", document.slice(sentence.span).replace('\n', "¶"));
        }
    }
}
