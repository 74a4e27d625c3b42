//! The weights file: a JSON header and raw tensors, as `training/export.py` writes them.

use std::collections::BTreeMap;
use std::fmt;

use chancery_model::Upos;
use serde::Deserialize;

use crate::Exit;
use crate::decode;
use crate::gazetteer::{self, Gazetteer};
use crate::lemma::Lexicon;
use crate::network::{Embedding, Linear, TAGS};
use crate::pieces::{SHAPES, Vocabulary};
use crate::wellformed::Relations;

const MAGIC: &[u8] = b"CHNLP\x02\0\0";

/// What is wrong with a weights file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeightsError(String);

impl WeightsError {
    pub(crate) fn sides(name: &str) -> Self {
        Self(format!("the sides of '{name}' do not fit each other"))
    }
}

impl fmt::Display for WeightsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "weights: {}; write them anew with training/export.py", self.0)
    }
}

impl std::error::Error for WeightsError {}

/// The label lists of the heads; a head's nth output speaks for its nth label. No list is empty.
pub(crate) struct Labels {
    pub(crate) upos: Vec<Upos>,
    pub(crate) xpos: Vec<String>,
    pub(crate) feats: Vec<String>,
    pub(crate) lemma: Vec<String>,
    pub(crate) deprel: Vec<String>,
    pub(crate) name: Vec<String>,
    /// For each name label, those that it goes on from.
    pub(crate) goes_on_from: Vec<Vec<usize>>,
    /// The feature bundles that go with each part of speech and Penn tag, at `upos * xpos.len() + xpos`; of a pair that no treebank
    /// has, none.
    pub(crate) bundles: Vec<Vec<usize>>,
    /// What the relations ask of each other.
    pub(crate) relations: Relations,
    /// The place of `parataxis` in `deprel`.
    pub(crate) parataxis: usize,
}

impl Labels {
    /// The feature bundles that go with a part of speech and a Penn tag.
    pub(crate) fn bundles(&self, upos: usize, xpos: usize) -> &[usize] {
        &self.bundles[upos * self.xpos.len() + xpos]
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct LabelNames {
    /// Kinds of events; of a file of [`Tellers`](crate::network::Tellers) only.
    events: Vec<String>,
    upos: Vec<String>,
    xpos: Vec<String>,
    feats: Vec<String>,
    lemma: Vec<String>,
    deprel: Vec<String>,
    name: Vec<String>,
    start: Vec<String>,
}

#[derive(Deserialize)]
struct Tensor {
    name: String,
    dtype: String,
    shape: Vec<usize>,
    offset: usize,
}

#[derive(Deserialize)]
struct Header {
    labels: LabelNames,
    #[serde(default)]
    lexicon: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    lists: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    bundles: BTreeMap<String, Vec<usize>>,
    #[serde(default)]
    exits: BTreeMap<String, usize>,
    tensors: Vec<Tensor>,
    #[serde(default)]
    attention_heads: usize,
    #[serde(default)]
    vocabulary: Vec<String>,
}

/// An opened weights file.
pub(crate) struct Weights {
    header: Header,
    data: &'static [u8],
}

impl Weights {
    pub(crate) fn read(bytes: &'static [u8]) -> Result<Self, WeightsError> {
        let fail = |message: &str| WeightsError(message.to_owned());
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| fail("no weights file of version 2"))?;
        let (length, rest) =
            rest.split_first_chunk::<4>().ok_or_else(|| fail("cut short in its first bytes"))?;
        let length = u32::from_le_bytes(*length) as usize;
        let (header, data) = rest.split_at_checked(length).ok_or_else(|| fail("cut short in its header"))?;
        let header = serde_json::from_slice(header).map_err(|e| WeightsError(format!("header: {e}")))?;
        Ok(Self { header, data })
    }

    /// Kinds of events that words may tell.
    pub(crate) fn events(&self) -> &[String] {
        &self.header.labels.events
    }

    pub(crate) fn attention_heads(&self) -> usize {
        self.header.attention_heads.max(1)
    }

    pub(crate) fn vocabulary(&self) -> Result<Vocabulary, WeightsError> {
        Vocabulary::new(&self.header.vocabulary)
            .ok_or_else(|| WeightsError("the vocabulary lacks [CLS], [SEP] or [UNK]".to_owned()))
    }

    pub(crate) fn lexicon(&self) -> Lexicon {
        let entries = self.header.lexicon.iter();
        Lexicon::new(entries.filter_map(|(tag, lines)| Some((Upos::parse(tag)?, lines.as_slice()))))
    }

    pub(crate) fn labels(&self) -> Result<Labels, WeightsError> {
        let LabelNames { upos, xpos, feats, lemma, deprel, name, start, .. } = &self.header.labels;
        for (list, head) in [upos, xpos, feats, lemma, name, start].into_iter().zip(TAGS) {
            for exit in [Exit::Fast, Exit::Accurate] {
                let bias = self.tensor(&format!("heads.{}.tags.{head}.bias", exit.name()))?;
                let outputs = bias.shape.iter().product::<usize>();
                if list.is_empty() || list.len() != outputs {
                    return Err(WeightsError(format!(
                        "{} labels for the {outputs} outputs of {head}",
                        list.len()
                    )));
                }
            }
        }
        let most = [upos, xpos, deprel, name].into_iter().map(Vec::len).max().unwrap_or_default();
        if most > 256 {
            return Err(WeightsError(format!("{most} labels of one head; 256 is the most")));
        }
        let bundles = upos.iter().flat_map(|upos| xpos.iter().map(move |xpos| format!("{upos} {xpos}")));
        let bundles = bundles.map(|pair| self.header.bundles.get(&pair).cloned().unwrap_or_default());
        let bundles: Vec<Vec<usize>> = bundles.collect();
        if bundles.iter().flatten().any(|bundle| *bundle >= feats.len()) {
            return Err(WeightsError("a tag goes with features that are not in the list".to_owned()));
        }
        let find = |label: &str| {
            let at = deprel.iter().position(|l| l == label);
            at.ok_or_else(|| WeightsError(format!("no relation '{label}'")))
        };
        let upos = upos.iter().map(|tag| {
            Upos::parse(tag).ok_or_else(|| WeightsError(format!("'{tag}' is no universal part of speech")))
        });
        Ok(Labels {
            relations: Relations::new(deprel, find("root")?)
                .ok_or_else(|| WeightsError("no relation 'punct'".to_owned()))?,
            parataxis: find("parataxis")?,
            upos: upos.collect::<Result<_, _>>()?,
            xpos: xpos.clone(),
            feats: feats.clone(),
            bundles,
            goes_on_from: decode::goes_on_from(name),
            lemma: lemma.clone(),
            deprel: deprel.clone(),
            name: name.clone(),
        })
    }

    /// The lists of known names.
    pub(crate) fn gazetteer(&self) -> Gazetteer {
        let lists =
            gazetteer::LISTS.iter().map(|kind| self.header.lists.get(*kind).map_or(&[][..], Vec::as_slice));
        Gazetteer::new(lists)
    }

    /// Encoder layers before an exit.
    pub(crate) fn depth(&self, exit: Exit) -> Result<usize, WeightsError> {
        let depth = self.header.exits.get(exit.name()).copied().filter(|d| *d <= self.layers());
        depth.ok_or_else(|| WeightsError(format!("no layer for the exit '{}'", exit.name())))
    }

    /// Encoder layers.
    pub(crate) fn layers(&self) -> usize {
        (0..).take_while(|i| self.tensor(&format!("layers.{i}.query.bias")).is_ok()).count()
    }

    /// Whether the tables have a row for whatever the analyser looks up, and the last heads an output for each relation.
    pub(crate) fn check(&self) -> Result<(), WeightsError> {
        let rows = |name: &str| Ok(self.sides(name)?.0);
        let mut fits = rows("words.weight")? == self.header.vocabulary.len()
            && rows("positions.weight")? >= crate::LONGEST_PIECES
            && rows("shapes.weight")? >= SHAPES
            && rows("lists.weight")? >= gazetteer::ROWS;
        for exit in [Exit::Fast, Exit::Accurate] {
            let head = |name: &str| rows(&format!("heads.{}.{name}.weight", exit.name()));
            fits &= head("label")? == self.relations() * (head("label_dependent")? + 1);
        }
        fits.then_some(())
            .ok_or_else(|| WeightsError("the tables do not fit the vocabulary and the labels".to_owned()))
    }

    /// Dependency relations.
    pub(crate) fn relations(&self) -> usize {
        self.header.labels.deprel.len()
    }

    /// A tensor of real numbers.
    pub(crate) fn floats(&self, name: &str) -> Result<Vec<f32>, WeightsError> {
        let bytes = self.bytes(name, "f32", 4)?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// Numbers in the vector of a word.
    pub(crate) fn width(&self) -> Result<usize, WeightsError> {
        Ok(self.floats("kinds")?.len())
    }

    /// Whether the file has a linear layer of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.tensor(&format!("{name}.weight")).is_ok()
    }

    /// A linear layer: `<name>.weight`, its scales, and `<name>.bias`.
    pub(crate) fn linear(&self, name: &str) -> Result<Linear, WeightsError> {
        let weight = format!("{name}.weight");
        let (outputs, inputs) = self.sides(&weight)?;
        let (scale, bias) = (self.floats(&format!("{weight}.scale"))?, self.floats(&format!("{name}.bias"))?);
        if scale.len() != outputs || bias.len() != outputs || inputs % 4 != 0 {
            return Err(WeightsError::sides(name));
        }
        Ok(Linear::new(self.bytes(&weight, "i8", 1)?, inputs, scale, bias))
    }

    /// A table of vectors, one row an entry.
    pub(crate) fn embedding(&self, name: &str) -> Result<Embedding, WeightsError> {
        let (rows, width) = self.sides(name)?;
        let scale = self.floats(&format!("{name}.scale"))?;
        if scale.len() != rows {
            return Err(WeightsError(format!("'{name}' has {rows} rows and {} scales", scale.len())));
        }
        Ok(Embedding { bytes: self.bytes(name, "i8", 1)?, width, scale })
    }

    fn tensor(&self, name: &str) -> Result<&Tensor, WeightsError> {
        let found = self.header.tensors.iter().find(|t| t.name == name);
        found.ok_or_else(|| WeightsError(format!("no tensor '{name}'")))
    }

    fn sides(&self, name: &str) -> Result<(usize, usize), WeightsError> {
        match self.tensor(name)?.shape[..] {
            [rows, columns] => Ok((rows, columns)),
            _ => Err(WeightsError(format!("'{name}' is no matrix"))),
        }
    }

    fn bytes(&self, name: &str, dtype: &str, size: usize) -> Result<&'static [u8], WeightsError> {
        let tensor = self.tensor(name)?;
        let length = tensor.shape.iter().product::<usize>() * size;
        let range = tensor.offset..tensor.offset.saturating_add(length);
        self.data
            .get(range)
            .filter(|_| tensor.dtype == dtype)
            .ok_or_else(|| WeightsError(format!("the file ends before the {dtype} tensor '{name}' does")))
    }
}
