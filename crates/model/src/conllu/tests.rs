//! What is refused, what is skipped, and that reading gives back what was written.
#![allow(clippy::unwrap_used)]

use super::{read, write, write_with};
use crate::{
    Analysis, Attribution, Block, BlockKind, Discourse, Document, Mention, MentionKind, Sentence, Source,
    Span, Token, Upos,
};

/// A document of one paragraph for each text between blank lines.
fn document(text: &str) -> Document {
    let mut at = 0;
    let mut blocks = Vec::new();
    for part in text.split("\n\n") {
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(at, at + part.len()), reason: None });
        at += part.len() + 2;
    }
    Document { id: "doc".into(), source: Source::default(), text: text.into(), blocks }
}

/// A sentence for each block, a token for each stretch of letters or other signs, each hung on the one before.
fn analysis(document: &Document) -> Analysis {
    let mut sentences = Vec::new();
    for (block, b) in document.blocks.iter().enumerate() {
        let mut tokens: Vec<Token> = Vec::new();
        for word in document.slice(b.span).split_inclusive(|c: char| !c.is_alphanumeric()) {
            let start = word.as_ptr() as usize - document.text.as_ptr() as usize;
            let letters = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            let ends = [(start, start + letters.len()), (start + letters.len(), start + word.len())];
            for (a, z) in ends {
                let span = Span::new(a, z).trim(&document.text);
                if !span.is_empty() {
                    let first = tokens.is_empty();
                    tokens.push(Token {
                        span,
                        lemma: document.slice(span).to_lowercase(),
                        upos: if first { Upos::VERB } else { Upos::X },
                        xpos: "XX".into(),
                        feats: if first { "Mood=Ind|Tense=Past".into() } else { "_".into() },
                        head: tokens.len(),
                        deprel: if first { "root".into() } else { "nsubj:pass".into() },
                        name: if first { "B-PER".into() } else { "O".into() },
                        tells: Vec::new(),
                        leaning: None,
                    });
                }
            }
        }
        if let (Some(first), Some(last)) = (tokens.first(), tokens.last()) {
            sentences.push(Sentence { span: first.span.cover(last.span), block, tokens });
        }
    }
    Analysis { sentences, asked: false }
}

/// One line of CoNLL-U.
fn line(id: &str, form: &str, upos: &str, head: &str, misc: &str) -> String {
    format!("{id}\t{form}\t{form}\t{upos}\t_\t_\t{head}\tdep\t_\t{misc}\n")
}

fn refusal(text: &str, conllu: &str) -> String {
    read(&document(text), conllu).unwrap_err().to_string()
}

#[test]
fn reading_gives_back_what_was_written() {
    for text in [
        "Zoë met Trần.",
        "“The harbour treaty,” she said,\u{a0}“holds.”\n\n甘图拉嘎 spoke (拉穆).\n\nthe the the",
        "Ž\u{301}\u{200d}🦀 — end\n\nsaid\nover two lines",
        "",
    ] {
        let document = document(text);
        let analysis = analysis(&document);
        let written = write(&document, &analysis);
        assert_eq!(read(&document, &written).unwrap(), analysis, "{written}");
        assert_eq!(write(&document, &read(&document, &written).unwrap()), written);
    }
}

#[test]
fn that_a_network_was_asked_is_read_again_though_it_saw_nothing() {
    let document = document("Zoë met Trần.");
    for asked in [true, false] {
        let analysis = Analysis { asked, ..analysis(&document) };
        assert_eq!(read(&document, &write(&document, &analysis)).unwrap(), analysis);
    }
}

#[test]
fn a_sentence_is_written_with_its_document_its_number_and_its_text() {
    let document = document("Zoë met\u{a0}Trần.");
    let written = write(&document, &analysis(&document));
    let head: Vec<&str> = written.lines().take(4).collect();
    assert_eq!(head, ["# newdoc id = doc", "# newpar", "# sent_id = doc-1", "# text = Zoë met Trần."]);
    assert!(
        written.contains("3\tTrần\ttrần\tX\tXX\t_\t2\tnsubj:pass\t_\tSpaceAfter=No|Start=10|End=16\n"),
        "{written}"
    );
    assert!(written.ends_with("\n\n"));
}

/// A sentence of these words, which stand in the text in turn; possessive marks are tagged so.
fn of_words(text: &str, words: &[&str]) -> (Document, Analysis) {
    let document = document(text);
    let mut at = 0;
    let tokens = words.iter().enumerate().map(|(i, word)| {
        at += text[at..].find(word).unwrap();
        let span = Span::new(at, at + word.len());
        at += word.len();
        Token {
            span,
            lemma: (*word).into(),
            upos: Upos::X,
            xpos: if *word == "’" { "POS" } else { "XX" }.into(),
            feats: "_".into(),
            head: i,
            deprel: if i == 0 { "root" } else { "dep" }.into(),
            name: "O".into(),
            tells: Vec::new(),
            leaning: None,
        }
    });
    let tokens: Vec<Token> = tokens.collect();
    let span = tokens[0].span.cover(tokens[tokens.len() - 1].span);
    (document, Analysis { sentences: vec![Sentence { span, block: 0, tokens }], asked: false })
}

/// The first two columns and the start of the last of each line of words.
fn tokens_of(written: &str) -> Vec<String> {
    let lines = written.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
    let columns = lines.map(|line| line.split('\t').collect::<Vec<_>>());
    let space = |misc: &str| if misc.starts_with("SpaceAfter=No") { "+" } else { "" };
    columns.map(|c| format!("{} {}{}", c[0], c[1], space(c[9]))).collect()
}

#[test]
fn words_written_as_one_stand_under_their_range_and_are_read_back() {
    let words =
        ["They", "do", "n’t", ",", "can", "not", ",", "see", "Li", "'s", "leaders", "’", "5", "pm", "."];
    let (document, analysis) = of_words("They don’t, cannot, see Li's leaders’ 5pm.", &words);
    let written = write(&document, &analysis);
    assert_eq!(
        tokens_of(&written),
        [
            "1 They",
            "2-3 don’t+",
            "2 do",
            "3 n’t",
            "4 ,",
            "5-6 cannot+",
            "5 can",
            "6 not",
            "7 ,",
            "8 see",
            "9-10 Li's",
            "9 Li",
            "10 's",
            "11-12 leaders’",
            "11 leaders",
            "12 ’",
            "13 5+",
            "14 pm+",
            "15 ."
        ]
    );
    assert_eq!(read(&document, &written).unwrap(), analysis);
}

#[test]
fn a_quotation_mark_after_a_letter_joins_nothing() {
    let (document, analysis) = of_words("‘yes’ ‘no’", &["‘", "yes", "’", "‘", "no"]);
    let mut plain = analysis;
    plain.sentences[0].tokens[2].xpos = "''".into();
    assert!(!write(&document, &plain).contains("-3"));
}

#[test]
fn paragraphs_are_marked_and_ids_are_made_fit() {
    let mut document = document("One.\n\nTwo.");
    document.id = "notes/of may".into();
    let written = write(&document, &analysis(&document));
    let comments: Vec<&str> = written.lines().filter(|l| l.starts_with('#') && !l.contains("text")).collect();
    assert_eq!(
        comments,
        [
            "# newdoc id = notes-of_may",
            "# newpar",
            "# sent_id = notes-of_may-1",
            "# newpar",
            "# sent_id = notes-of_may-2"
        ]
    );
    assert_eq!(write(&document, &Analysis::default()), "");
}

#[test]
fn tokens_without_places_are_found_in_turn() {
    let text = "the fox saw the dog";
    let conllu = ["the", "fox", "saw", "the"].map(|form| line("1", form, "X", "0", "_")).concat() + "\n";
    let analysis = read(&document(text), &conllu).unwrap();
    let spans: Vec<(u32, u32)> =
        analysis.sentences[0].tokens.iter().map(|t| (t.span.start, t.span.end)).collect();
    assert_eq!(spans, [(0, 3), (4, 7), (8, 11), (12, 15)]);
}

#[test]
fn a_place_that_cuts_the_text_is_not_believed() {
    let conllu = line("1", "Trần", "PROPN", "0", "Start=0|End=4");
    let analysis = read(&document("Trần"), &conllu).unwrap();
    assert_eq!(analysis.sentences[0].span, Span::new(0, 6));
}

#[test]
fn multiword_ranges_empty_nodes_and_comments_are_skipped() {
    let conllu = ["# text = cannot\n".to_owned(), line("1-2", "cannot", "_", "_", "_")]
        .into_iter()
        .chain([
            line("1", "can", "AUX", "0", "_"),
            line("2", "not", "PART", "1", "_"),
            line("2.1", "x", "_", "_", "_"),
        ])
        .collect::<String>();
    let analysis = read(&document("cannot"), &conllu).unwrap();
    assert_eq!(analysis.sentences[0].tokens.len(), 2);
}

#[test]
fn what_is_no_conllu_is_refused_with_its_line() {
    let good = line("1", "a", "X", "0", "_");
    let refused = |second: &str| refusal("a b", &format!("# text = a b\n{good}{second}"));
    assert_eq!(refused("2\tb\n"), "line 3: 2 columns where CoNLL-U has 10, parted by tabs");
    assert_eq!(refused(&line("2", "b", "NOM", "1", "_")), "line 3: 'NOM' is no universal part of speech");
    assert_eq!(refused(&line("2", "b", "X", "one", "_")), "line 3: head 'one' is no number");
    assert_eq!(refused(&line("2", "é", "X", "1", "_")), "line 3: 'é' is not in the text after byte 1");
}

#[test]
fn trees_that_are_none_are_refused_where_the_sentence_begins() {
    let two = |a: &str, b: &str| line("1", "a", "X", a, "_") + &line("2", "b", "X", b, "_");
    let after_another =
        |tree: String| refusal("a b", &format!("{}\n{tree}", line("1", "a", "X", "0", "Start=0|End=1")));
    let far = "a head lies outside the sentence that begins here";
    let circle = "the heads of the sentence that begins here run in a circle";
    assert_eq!(refusal("a b", &two("0", "3")), format!("line 1: {far}"));
    assert_eq!(refusal("a b", &two("2", "1")), format!("line 1: {circle}"));
    assert_eq!(refusal("a b", &two("0", "2")), format!("line 1: {circle}"));
    assert_eq!(after_another(line("1", "b", "X", "1", "_")), format!("line 3: {circle}"));
}

#[test]
fn mentions_and_cues_are_written_beside_the_words() {
    let document = document("Queen Flavia said that she left.");
    let analysis = analysis(&document);
    let mention = |first: usize, end: usize, kind: MentionKind, chain: Option<usize>| Mention {
        sentence: 0,
        first,
        end,
        head: end - 1,
        kind,
        chain,
    };
    let discourse = Discourse {
        mentions: vec![
            mention(0, 2, MentionKind::Name, Some(0)),
            mention(3, 4, MentionKind::Demonstrative, None),
            mention(4, 5, MentionKind::Pronoun, Some(0)),
        ],
        attributions: vec![Attribution { sentence: 0, cue: 2, source: Some(1), content: Some(5) }],
    };
    let written = write_with(&document, &analysis, &discourse);
    let misc: Vec<&str> = written.lines().filter_map(|l| l.split('\t').nth(9)).collect();
    let begins =
        ["Entity=(e1-name|", "Entity=e1)|", "Cue=Yes|Source=2|Content=6|", "Start=", "Entity=(e1-pronoun)|"];
    for (misc, begins) in misc.iter().zip(begins) {
        assert!(misc.starts_with(begins), "{misc}");
    }
    assert_eq!(read(&document, &written).unwrap(), analysis);
    assert_eq!(write_with(&document, &analysis, &Discourse::default()), write(&document, &analysis));
}
