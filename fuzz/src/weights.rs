//! A weights file as `training/export.py` writes it, of a network with few and random numbers.

use serde_json::{Value, json};

const WIDTH: usize = 16;
const INNER: usize = 32;
const ARC: usize = 8;
const LABEL: usize = 4;
const LAYERS: usize = 2;

/// The bytes of the file.
pub(crate) fn tiny() -> Vec<u8> {
    let vocabulary = vocabulary();
    let labels = labels();
    let mut file = File { tensors: Vec::new(), data: Vec::new(), state: 0x9e37_79b9_7f4a_7c15 };
    for (name, rows) in [("words", vocabulary.len()), ("positions", 512), ("shapes", 16), ("lists", 16)] {
        file.matrix(&format!("{name}.weight"), rows, WIDTH);
    }
    file.floats("kinds", WIDTH, 0.0);
    file.norm("norm");
    for layer in 0..LAYERS {
        for (name, outputs, inputs) in [
            ("query", WIDTH, WIDTH),
            ("key", WIDTH, WIDTH),
            ("value", WIDTH, WIDTH),
            ("output", WIDTH, WIDTH),
            ("up", INNER, WIDTH),
            ("down", WIDTH, INNER),
        ] {
            file.linear(&format!("layers.{layer}.{name}"), outputs, inputs);
        }
        file.norm(&format!("layers.{layer}.attention_norm"));
        file.norm(&format!("layers.{layer}.norm"));
    }
    for exit in ["fast", "accurate"] {
        for (name, list) in labels.as_object().expect("labels are an object") {
            let count = list.as_array().map_or(0, Vec::len);
            if name == "deprel" {
                file.linear(&format!("heads.{exit}.label"), count * (LABEL + 1), LABEL);
            } else {
                file.linear(&format!("heads.{exit}.tags.{name}"), count, WIDTH);
            }
        }
        file.linear(&format!("heads.{exit}.arc"), ARC, ARC);
        for (name, outputs) in
            [("arc_head", ARC), ("arc_dependent", ARC), ("label_head", LABEL), ("label_dependent", LABEL)]
        {
            file.linear(&format!("heads.{exit}.{name}"), outputs, WIDTH);
        }
    }
    let header = json!({
        "labels": labels, "vocabulary": vocabulary, "tensors": file.tensors, "attention_heads": 2,
        "exits": {"fast": 1, "accurate": LAYERS},
        "bundles": {}, "lexicon": {"VERB": ["said say", "'s be have"], "NOUN": ["talks talk"]},
        "lists": {"place": ["zenda", "people ' s republic of sylvania"], "person": ["anna berg"]},
    });
    let header = header.to_string().into_bytes();
    let length = u32::try_from(header.len()).expect("the header is short").to_le_bytes();
    [b"CHNLP\x02\0\0", &length[..], &header, &file.data].concat()
}

fn labels() -> Value {
    json!({
        "upos": ["NOUN", "VERB", "PROPN", "PUNCT", "ADJ", "ADV", "PRON", "AUX", "NUM", "PART", "SYM", "X"],
        "xpos": ["NN", "VBD", "POS", "''", ".", "NNS"],
        "feats": ["_", "Number=Sing", "Mood=Ind|Tense=Past"],
        "lemma": ["l|0|", "=|0|", "l|1|", "l|3|y", "=|2|have", "=|9|"],
        "deprel": ["root", "nsubj", "obj", "punct", "parataxis", "nsubj:pass", "aux", "case", "cc", "det", "csubj", "dep", "flat", "conj"],
        "name": ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"],
        "start": ["no", "yes"],
    })
}

/// The special pieces, each printable character of ASCII first in a word and later in it, and a few words.
fn vocabulary() -> Vec<String> {
    let special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "said", "##ing"].map(str::to_owned);
    let letters = ('!'..='~').filter(|c| !c.is_ascii_uppercase());
    special.into_iter().chain(letters.flat_map(|c| [c.to_string(), format!("##{c}")])).collect()
}

struct File {
    tensors: Vec<Value>,
    data: Vec<u8>,
    state: u64,
}

impl File {
    fn tensor(&mut self, name: &str, dtype: &str, shape: &[usize], bytes: &[u8]) {
        self.tensors.push(json!({"name": name, "dtype": dtype, "shape": shape, "offset": self.data.len()}));
        self.data.extend(bytes);
        self.data.resize(self.data.len().next_multiple_of(16), 0);
    }

    /// A matrix of random bytes, one row an output, and its scales.
    fn matrix(&mut self, name: &str, rows: usize, columns: usize) {
        let bytes: Vec<u8> = (0..rows * columns).map(|_| self.byte()).collect();
        self.tensor(name, "i8", &[rows, columns], &bytes);
        self.floats(&format!("{name}.scale"), rows, 0.01);
    }

    fn linear(&mut self, name: &str, outputs: usize, inputs: usize) {
        self.matrix(&format!("{name}.weight"), outputs, inputs);
        self.floats(&format!("{name}.bias"), outputs, 0.0);
    }

    fn norm(&mut self, name: &str) {
        self.floats(&format!("{name}.weight"), WIDTH, 1.0);
        self.floats(&format!("{name}.bias"), WIDTH, 0.0);
    }

    fn floats(&mut self, name: &str, count: usize, value: f32) {
        self.tensor(name, "f32", &[count], &value.to_le_bytes().repeat(count));
    }

    /// The next of a fixed row of random bytes (xorshift); never -128, which no weights file holds.
    fn byte(&mut self) -> u8 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state.to_le_bytes()[3].max(129 * u8::from(self.state.to_le_bytes()[3] == 128))
    }
}
