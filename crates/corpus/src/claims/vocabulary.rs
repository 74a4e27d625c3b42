//! What claims are about and how strongly they are worded: `data/codebook/topics.csv` and `strength.csv`; what readers look for: `watch.csv`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use chancery_model::{Act, Polarity, Span};

use crate::wording::{Plain, parts, plain};

/// A topic under one name for all its wordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Stable name: `taiwan`.
    pub id: String,
    /// What a person reads: "Taiwan and one China".
    pub label: String,
}

/// A wording of a topic, where it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worded {
    /// Number of the topic in [`Vocabulary::topics`].
    pub topic: usize,
    /// Bytes of the text that was searched, half-open.
    pub span: Span,
}

/// A step of a ladder of wordings, from weak to strong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strength {
    /// The ladder: support, oppose, commit …
    pub ladder: String,
    /// From 1, the weakest; what shifts it is counted in.
    pub step: i32,
    /// The wording that it rests on.
    pub wording: String,
}

/// Topics with their wordings, and ladders of strength.
#[derive(Debug)]
pub struct Vocabulary {
    topics: Vec<Topic>,
    wordings: Finder<usize>,
    ladders: BTreeMap<String, Finder<i32>>,
    /// Code of a state with a phrase that readers look for in texts about it.
    watched: Vec<(String, String)>,
}

/// A row of a table that cannot be used: its line, and why.
pub type Fault = (usize, String);

impl Vocabulary {
    /// The tables of the program.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: OnceLock<Vocabulary> = OnceLock::new();
        EMBEDDED.get_or_init(|| {
            let topics = include_str!("../../../../data/codebook/topics.csv");
            let strength = include_str!("../../../../data/codebook/strength.csv");
            Self::read(topics, strength, include_str!("../../../../data/codebook/watch.csv")).0
        })
    }

    /// Read the three tables; rows that cannot be read are left out and told, table by table.
    #[must_use]
    pub fn read(topics: &str, strength: &str, watch: &str) -> (Self, [Vec<Fault>; 3]) {
        let (rows, mut wrong_topics) = rows(topics, 3);
        let (mut names, mut wordings) = (Vec::<Topic>::new(), Vec::new());
        for (line, row) in rows {
            let number = names.iter().position(|t| t.id == row[0]).unwrap_or_else(|| {
                names.push(Topic { id: row[0].clone(), label: row[1].clone() });
                names.len() - 1
            });
            if names[number].label != row[1] {
                let known = &names[number].label;
                wrong_topics
                    .push((line, format!("'{}' is labelled '{known}' above, '{}' here", row[0], row[1])));
            }
            wordings.push((row[2].clone(), number));
        }
        let (rows, mut wrong_strength) = self::rows(strength, 4);
        let mut ladders: BTreeMap<String, Vec<(String, i32)>> = BTreeMap::new();
        for (line, row) in rows {
            match row[1].trim_start_matches('+').parse() {
                Ok(step) => {
                    let forms = inflected(&row[2]).into_iter().map(|form| (form, step));
                    ladders.entry(row[0].clone()).or_default().extend(forms);
                }
                Err(_) => wrong_strength.push((line, format!("'{}' is no step; a whole number is", row[1]))),
            }
        }
        let ladders = ladders.into_iter().map(|(name, rows)| (name, Finder::new(rows))).collect();
        let (rows, wrong_watch) = self::rows(watch, 2);
        let watched = rows.into_iter().map(|(_, row)| (row[0].clone(), row[1].clone())).collect();
        let read = Self { topics: names, wordings: Finder::new(wordings), ladders, watched };
        (read, [wrong_topics, wrong_strength, wrong_watch])
    }

    /// All topics, in the order of the table.
    #[must_use]
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// A sum of the topics and their wordings, other for other tables (FNV-1a).
    pub(crate) fn sum(&self) -> i64 {
        let topics = self.wordings.means.iter().map(|(topic, _)| self.topics[*topic].id.as_str());
        let words = topics.zip(&self.wordings.plain).flat_map(|(topic, words)| [topic, "\n", words, "\n"]);
        let mix = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        words.flat_map(str::bytes).fold(0xcbf2_9ce4_8422_2325, mix).cast_signed()
    }

    /// How many wordings it knows of all topics.
    #[must_use]
    pub fn wordings(&self) -> usize {
        self.wordings.means.len()
    }

    /// Ids of topics that have one of these words (lower case) in a label or a wording.
    #[must_use]
    pub fn like(&self, words: &[&str]) -> Vec<&str> {
        let holds = |text: &str| words.iter().any(|w| Plain::of(text).as_str().contains(w));
        let worded = |number: usize| {
            let own = self.wordings.means.iter().zip(&self.wordings.plain);
            own.filter(|((topic, _), _)| *topic == number).any(|(_, wording)| holds(wording))
        };
        let like =
            self.topics.iter().enumerate().filter(|(number, topic)| holds(&topic.label) || worded(*number));
        like.map(|(_, topic)| topic.id.as_str()).collect()
    }

    /// The topics that these words may mean: one by its id, else all whose label or a wording holds them.
    #[must_use]
    pub fn meant(&self, words: &str) -> Vec<usize> {
        let wanted = plain(words);
        if let Some(known) = self.topics.iter().position(|t| t.id == wanted) {
            return vec![known];
        }
        let by_label = |t: &usize| plain(&self.topics[*t].label).contains(&wanted);
        let found = self.find(&wanted).into_iter();
        let worded: Vec<usize> =
            found.filter(|w| self.ends_well(w.topic, w.span.slice(&wanted))).map(|w| w.topic).collect();
        let mut out: Vec<usize> =
            (0..self.topics.len()).filter(|t| by_label(t) || worded.contains(t)).collect();
        out.dedup();
        out
    }

    /// Whether what was asked for is a wording, or one that allows any ending with an ending that words have: "taiwann" is a slip.
    fn ends_well(&self, topic: usize, asked: &str) -> bool {
        const ENDINGS: [&str; 16] = [
            "s", "ed", "ing", "ion", "ism", "ist", "ese", "ian", "al", "ity", "y", "ize", "ise", "ment",
            "er", "ly",
        ];
        let own = self.wordings.means.iter().zip(&self.wordings.plain).filter(|((t, _), _)| *t == topic);
        own.filter_map(|(_, stem)| asked.strip_prefix(stem.as_str()))
            .any(|ending| ending.is_empty() || ENDINGS.iter().any(|known| ending.ends_with(known)))
    }

    /// Phrases that readers look for in texts about these states, each once.
    pub fn watched<'v>(&'v self, codes: &BTreeSet<String>) -> Vec<&'v str> {
        let mut out: Vec<&str> = Vec::new();
        for (code, phrase) in &self.watched {
            if codes.contains(code) && !out.contains(&phrase.as_str()) {
                out.push(phrase);
            }
        }
        out
    }

    /// The wordings of topics in a text, in order.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Worded> {
        let plain = Plain::of(text);
        let found = self.wordings.find(plain.as_str()).into_iter();
        found.map(|(at, topic)| Worded { topic, span: plain.span(at.start, at.end) }).collect()
    }

    /// What tells at a glance that a text has no wording of these topics.
    #[must_use]
    pub fn glance(&self, topics: &[usize]) -> Glance {
        let own = self
            .wordings
            .means
            .iter()
            .zip(&self.wordings.plain)
            .filter(|((topic, _), _)| topics.contains(topic));
        // Blanks and hyphens may stand otherwise in a text, and so may all but plain letters.
        let longest = |wording: &String| {
            let words = wording.split(|c: char| !c.is_ascii_alphanumeric());
            words.max_by_key(|w| w.len()).unwrap_or_default().to_owned()
        };
        let words: Vec<String> = own.map(|(_, wording)| longest(wording)).collect();
        let any = words.iter().any(String::is_empty);
        let automaton = AhoCorasickBuilder::new().ascii_case_insensitive(true).build(&words);
        Glance(automaton.ok().filter(|_| !any))
    }

    /// How strongly a claim is worded, where a ladder for such claims names a wording of it: the strongest.
    #[must_use]
    pub fn strength(&self, act: Act, polarity: Polarity, words: &str) -> Option<Strength> {
        let names: &[&'static str] = match (act, polarity) {
            (Act::Commitment, Polarity::Support | Polarity::Neutral) => &["commit", "support"],
            (Act::Request, _) => &["request"],
            (Act::Courtesy, _) => &["courtesy"],
            (Act::Agreement, _) => &["agree", "commit", "support"],
            (_, Polarity::Oppose) => &["condemn", "oppose", "concern"],
            _ => &["support", "commit"],
        };
        let plain = plain(words);
        let steps = |name: &&'static str| {
            let ladder = self.ladders.get(*name)?;
            let best = ladder
                .find(&plain)
                .into_iter()
                .max_by_key(|(at, step)| (*step, std::cmp::Reverse(at.start)))?;
            Some((*name, best))
        };
        let (ladder, (at, step)) = names.iter().find_map(steps)?;
        // "Firmly" stands next to what it strengthens.
        let shifts = self.ladders.get("shift").map_or_else(Vec::new, |s| s.find(&plain));
        let near = |s: &std::ops::Range<usize>| {
            s.end <= at.start && at.start - s.end < 3 || s.start >= at.end && s.start - at.end < 3
        };
        let beside: Vec<_> = shifts.into_iter().filter(|(s, _)| near(s)).collect();
        let shift: i32 = beside.iter().map(|(_, by)| by).sum();
        let words = beside.into_iter().map(|(s, _)| s).chain([at]);
        let whole = words.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))?;
        Some(Strength { ladder: ladder.to_owned(), step: step + shift, wording: plain[whole].to_owned() })
    }

    /// Words that strengthen or weaken others: *unwavering*, *firmly*.
    #[must_use]
    pub fn shifts(&self, word: &str) -> bool {
        self.ladders.get("shift").is_some_and(|s| s.find(word).iter().any(|(at, _)| *at == (0..word.len())))
    }
}

/// A quick look at a text before its wordings are sought.
#[derive(Debug)]
pub struct Glance(Option<AhoCorasick>);

impl Glance {
    /// Whether the text may hold a wording.
    #[must_use]
    pub fn may_hold(&self, text: &str) -> bool {
        self.0.as_ref().is_none_or(|words| words.is_match(text))
    }
}

/// Wordings sought at once, whole words only; a trailing `*` allows any ending.
#[derive(Debug)]
struct Finder<T> {
    automaton: AhoCorasick,
    /// The plain form of each.
    plain: Vec<String>,
    /// What each means, and whether any ending will do.
    means: Vec<(T, bool)>,
}

impl<T: Copy + PartialEq> Finder<T> {
    fn new(rows: Vec<(String, T)>) -> Self {
        let means = rows.iter().map(|(wording, what)| (*what, wording.ends_with('*'))).collect();
        let plain = rows.iter().map(|(wording, _)| plain(wording.trim_end_matches('*')));
        let plain: Vec<String> = plain.collect();
        let automaton = AhoCorasickBuilder::new().build(&plain);
        #[expect(clippy::expect_used, reason = "it fails beyond four billion states only")]
        let automaton = automaton.expect("the tables are small");
        Self { automaton, plain, means }
    }

    /// Where wordings stand, in order; one inside a longer wording counts only if it means something else.
    fn find(&self, plain: &str) -> Vec<(std::ops::Range<usize>, T)> {
        let mut out: Vec<(std::ops::Range<usize>, T)> = Vec::new();
        for found in self.automaton.find_overlapping_iter(plain) {
            let (what, open) = self.means[found.pattern().as_usize()];
            let (before, rest) = (&plain[..found.start()], &plain[found.end()..]);
            let own = &plain[found.range()];
            let starts = parts(before.chars().next_back(), own.chars().next());
            if starts && (open || parts(own.chars().next_back(), rest.chars().next())) {
                let ending = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
                out.push((found.start()..found.end() + if open { ending } else { 0 }, what));
            }
        }
        out.sort_by_key(|(at, _)| (at.start, std::cmp::Reverse(at.end)));
        let all = out.clone();
        let inside = |a: &std::ops::Range<usize>, b: &std::ops::Range<usize>| {
            b.start <= a.start && a.end <= b.end && a != b
        };
        out.retain(|(at, what)| !all.iter().any(|(other, its)| its == what && inside(at, other)));
        out.dedup();
        out
    }
}

/// A wording with the forms that its verb takes: "note", "notes", "noted", "noting"; "be ready to" without its "be".
fn inflected(wording: &str) -> Vec<String> {
    let (first, rest) = wording.split_once(' ').map_or((wording, ""), |(first, rest)| (first, rest));
    if first == "be" {
        return vec![rest.to_owned()];
    }
    let stem = first.strip_suffix('e').unwrap_or(first);
    let soft = first.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u']));
    let mut forms = vec![first.to_owned(), format!("{first}s"), format!("{stem}ed"), format!("{stem}ing")];
    forms.extend(soft.iter().flat_map(|s| [format!("{s}ies"), format!("{s}ied")]));
    forms.into_iter().map(|form| format!("{form} {rest}").trim_end().to_owned()).collect()
}

/// The rows of a table with their lines, the heading left out; short ones are told.
fn rows(text: &str, columns: usize) -> (Vec<(usize, Vec<String>)>, Vec<Fault>) {
    let (mut out, mut wrong) = (Vec::new(), Vec::new());
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    for record in reader.records() {
        match record {
            Ok(row)
                if row.len() >= columns && row.iter().take(columns).all(|cell| !cell.trim().is_empty()) =>
            {
                let line = row.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
                out.push((line, row.iter().map(|cell| cell.trim().to_owned()).collect()));
            }
            Ok(row) => {
                let line = row.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0));
                wrong.push((line, format!("needs {columns} filled columns")));
            }
            Err(e) => wrong
                .push((e.position().map_or(0, |p| usize::try_from(p.line()).unwrap_or(0)), e.to_string())),
        }
    }
    (out, wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPICS: &str = "topic,label,wording,source\nwar,The war,Ruritania,editors\naid,Aid,support for Ruritania,editors\naid,Aid,support for Ruritania’s army,editors\nbomb,Bombs,denuclear*,editors\n";
    const STRENGTH: &str =
        "ladder,step,wording,part,source\nsupport,3,support,cue,editors\nshift,+1,firmly,either,editors\n";

    fn worded(text: &str) -> Vec<(String, String)> {
        let (vocabulary, faults) = Vocabulary::read(TOPICS, STRENGTH, "code,phrase,source\n");
        assert!(faults.iter().all(Vec::is_empty), "{faults:?}");
        let shown = |w: Worded| (vocabulary.topics()[w.topic].id.clone(), w.span.slice(text).to_owned());
        vocabulary.find(text).into_iter().map(shown).collect()
    }

    #[test]
    fn a_wording_inside_another_topics_wording_counts_too() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let found = worded("Support\u{a0}for  Ruritania's army");
        assert_eq!(found, [pair("aid", "Support\u{a0}for  Ruritania's army"), pair("war", "Ruritania")]);
    }

    #[test]
    fn a_star_allows_any_ending_and_whole_words_are_asked_for_else() {
        assert_eq!(worded("the Denuclearisation")[0].1, "Denuclearisation");
        assert!(worded("Ruritanians").is_empty());
    }

    #[test]
    fn a_slip_of_the_pen_means_no_topic() {
        let (vocabulary, _) = Vocabulary::read(TOPICS, STRENGTH, "code,phrase,source\n");
        assert_eq!(vocabulary.meant("denuclearisation"), [2]);
        assert!(vocabulary.meant("denuclearr").is_empty());
    }

    #[test]
    fn what_stands_beside_a_wording_moves_it_a_step() {
        let (vocabulary, _) = Vocabulary::read(TOPICS, STRENGTH, "code,phrase,source\n");
        let strength = |words: &str| vocabulary.strength(Act::Position, Polarity::Support, words);
        assert_eq!(strength("it supports the pact").map(|s| s.step), Some(3));
        let firm = strength("it firmly supports the pact").map(|s| (s.step, s.wording));
        assert_eq!(firm, Some((4, "firmly supports".to_owned())));
        assert_eq!(strength("it likes the pact"), None);
    }
}
