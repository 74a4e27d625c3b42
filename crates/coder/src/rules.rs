//! The codebook: rules that a political scientist writes, read from `data/codebook/*.toml`.

use serde::Deserialize;

use chancery_model::{Act, Format, Polarity};

use crate::codebook::Pages;
use crate::words::{WordList, WordMap};

/// How an encounter is told; see `data/codebook/meetings.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MeetingRule {
    pub(crate) name: String,
    pub(crate) verb: Option<String>,
    pub(crate) noun: Option<String>,
    pub(crate) partner: Vec<String>,
    pub(crate) format: Format,
    pub(crate) host: Option<String>,
    pub(crate) needs: Option<String>,
    /// Words of which one must tell by what means it was done: "congratulated him by telephone".
    #[serde(default)]
    pub(crate) by: Vec<String>,
    /// Relations below the verb that rule it out: an infinitive makes "called on" a request.
    #[serde(default)]
    pub(crate) unless: Vec<String>,
    #[serde(default)]
    pub(crate) visit: bool,
    /// Whether the other side must be a person or an office: "discussed ties with Serbia" is no talk.
    #[serde(default)]
    pub(crate) persons: bool,
    pub(crate) fires: String,
    pub(crate) silent: String,
}

/// What the cue does: a fixed act, or one that its content decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CueAct {
    Position,
    Commitment,
    Request,
    Courtesy,
    Report,
    Agreement,
    /// Decided by the clause that is said.
    ByContent,
}

impl CueAct {
    pub(crate) fn fixed(self) -> Option<Act> {
        Some(match self {
            Self::Position => Act::Position,
            Self::Commitment => Act::Commitment,
            Self::Request => Act::Request,
            Self::Courtesy => Act::Courtesy,
            Self::Report => Act::Report,
            Self::Agreement => Act::Agreement,
            Self::ByContent => return None,
        })
    }
}

/// Who speaks where a cue stands in the passive and no agent is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Passive {
    /// All who meet: "it was noted that".
    #[default]
    Parties,
    /// Its subject: "Estonia is committed to".
    Subject,
    /// Nobody: "this effort will be supported by a fund".
    None,
}

/// A word that attributes speech or stance; see `data/codebook/statements.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CueRule {
    pub(crate) name: String,
    /// Lemmas of the verb.
    pub(crate) verbs: WordList,
    /// Preposition or particle that belongs to the cue: "on" in "called on".
    pub(crate) with: Option<String>,
    /// Words below the verb of which one belongs to the cue: "convey pass" in "asked him to pass on".
    pub(crate) noun: Option<String>,
    /// Words right below the verb, and after it, of which one must be there and belongs to the cue: "clear" in "made clear that".
    pub(crate) particle: Option<String>,
    /// What may hold the content, first match wins: clause, object, infinitive, phrase, manner.
    pub(crate) content: Vec<String>,
    pub(crate) act: CueAct,
    /// The act when two or more sides speak together; the same when not given.
    pub(crate) joint: Option<CueAct>,
    pub(crate) polarity: Option<Polarity>,
    /// Only if the object carries a stance ("discussed the importance of").
    #[serde(default)]
    pub(crate) stance_only: bool,
    /// Whether the preposition of the cue belongs to what is said ("agreed | on the importance of …").
    #[serde(default)]
    pub(crate) keeps_preposition: bool,
    /// Whether an infinitive after the phrase belongs to what is said ("called for all parties | to return").
    #[serde(default)]
    pub(crate) takes_infinitive: bool,
    /// Whether there must be an infinitive or a purpose: "called on the President" alone is a visit.
    #[serde(default)]
    pub(crate) needs_purpose: bool,
    /// The act where the object is a person: welcoming someone is a courtesy.
    pub(crate) of_person: Option<CueAct>,
    /// Who speaks in the passive without an agent.
    #[serde(default)]
    pub(crate) passive: Passive,
    /// Only where one side speaks.
    #[serde(default)]
    pub(crate) alone: bool,
    /// Whether the person addressed is left out of the content ("assured X that …").
    #[serde(default)]
    pub(crate) addressee_apart: bool,
    pub(crate) fires: String,
    pub(crate) silent: String,
}

/// A noun that tells what its phrase does: "their commitment to …" commits; see `data/codebook/stances.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StanceRule {
    pub(crate) name: String,
    pub(crate) nouns: WordList,
    /// Those of the nouns that are a topic in the plural: "shared priorities".
    #[serde(default)]
    pub(crate) singular: WordList,
    pub(crate) act: CueAct,
    pub(crate) joint: Option<CueAct>,
    pub(crate) polarity: Polarity,
    pub(crate) fires: String,
    pub(crate) silent: String,
}

/// Which event a statement amounts to; see `data/codebook/events.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventRule {
    pub(crate) name: String,
    pub(crate) act: CueAct,
    pub(crate) polarity: Option<Polarity>,
    /// Cue rules or lemmas that it is limited to; any if empty.
    #[serde(default)]
    pub(crate) cues: Vec<String>,
    pub(crate) plover: String,
    pub(crate) cameo: Option<String>,
    /// Whether it needs someone toward whom it is done.
    #[serde(default)]
    pub(crate) needs_recipient: bool,
    pub(crate) fires: String,
    pub(crate) silent: String,
}

/// Words that tell the act of a clause; see `data/codebook/clauses.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClauseWords {
    /// Adjectives and participles that commit their subject: ready, willing.
    pub(crate) commits: WordList,
    /// Verbs whose subject commits itself: intend, pledge.
    pub(crate) commit_verbs: WordList,
    /// Verbs that take a stance for their object.
    pub(crate) support_verbs: WordList,
    /// Verbs that take a stance against it.
    pub(crate) oppose_verbs: WordList,
    /// Words that turn a clause against its matter.
    pub(crate) against: WordList,
    /// Words that judge rather than tell.
    pub(crate) evaluative: WordList,
    /// Nouns that a capitalised run may end in without being a person's name: department, summit.
    pub(crate) no_names: WordList,
    /// Nouns that, with a state beside them, stand for that state: government, delegation.
    pub(crate) bodies: WordList,
    /// Nouns whose plural stands for the persons of a meeting: leader, minister.
    pub(crate) persons: WordList,
    /// Verbs and adjectives of being together, whose "we" is those who speak: meet, glad.
    pub(crate) present: WordList,
    /// Pronouns for those who speak, in every case.
    pub(crate) first_person: WordList,
    /// Nouns for what a government does or wants: effort, policy.
    pub(crate) policies: WordList,
    /// Nouns whose plural, with or without an article, stands for them: participant.
    pub(crate) participants: WordList,
    /// Nouns whose plural stands for its sides: side, country.
    pub(crate) sides: WordList,
    /// Nouns that stand for a person by what they are to another: host, visitor.
    pub(crate) roles: WordList,
    /// Verbs whose object, or what is behind "for", is a place: leave, visit.
    pub(crate) motion: WordList,
    /// Words for a part of the world that stand for a state where another is spoken of: `north PRK KOR`.
    pub(crate) regions: Vec<String>,
    /// Nouns that stand for an organisation mentioned before: bloc, agency.
    pub(crate) organizations: WordList,
    /// Verbs whose object is one acted against: counter, deter.
    pub(crate) hostile: WordList,
    /// Verbs whose clause is a view: think, feel.
    pub(crate) opinions: WordList,
    /// Nouns that open a text whose words follow: message, letter.
    pub(crate) letters: WordList,
}

/// Rules in the order of their page, found by the words that they wait for.
#[derive(Debug, Clone)]
pub(crate) struct Rules<R> {
    all: Vec<R>,
    /// The numbers of the rules of each word.
    by_word: WordMap<Vec<usize>>,
}

impl<R> Rules<R> {
    fn new<'r, W: IntoIterator<Item = &'r String>>(all: &'r [R], words: impl Fn(&'r R) -> W) -> Self
    where
        R: Clone,
    {
        let mut by_word: WordMap<Vec<usize>> = WordMap::default();
        for (number, rule) in all.iter().enumerate() {
            for word in words(rule) {
                by_word.entry(word.clone()).or_default().push(number);
            }
        }
        Self { all: all.to_vec(), by_word }
    }

    /// The rules of a word.
    pub(crate) fn of(&self, word: &str) -> impl Iterator<Item = &R> {
        self.by_word.get(word).into_iter().flatten().map(|&number| &self.all[number])
    }
}

/// All rules.
#[derive(Debug, Clone)]
pub(crate) struct Codebook {
    pub(crate) meetings: Rules<MeetingRule>,
    pub(crate) cues: Rules<CueRule>,
    pub(crate) stances: Vec<StanceRule>,
    pub(crate) events: Vec<EventRule>,
    pub(crate) pages: Pages,
    pub(crate) clauses: ClauseWords,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    #[serde(default)]
    meeting: Vec<MeetingRule>,
    #[serde(default)]
    cue: Vec<CueRule>,
    #[serde(default)]
    stance: Vec<StanceRule>,
    #[serde(default)]
    event: Vec<EventRule>,
}

/// The examples that a rule carries: sentences in which it must fire, and such in which it must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The rule as provenance names it: `statements#said`.
    pub rule: String,
    /// Texts in which it must fire.
    pub fires: Vec<Sample>,
    /// Texts in which it must not.
    pub silent: Vec<Sample>,
}

/// A sentence of the codebook, and who does it to whom if a rule fires in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sample {
    /// The sentence.
    pub text: String,
    /// `TCD > SDN.REB`, where the rule says so.
    pub record: Option<String>,
    /// 1-based line in its page; 0 where it is not known.
    pub line: usize,
}

impl From<&str> for Sample {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// The pages of the codebook, by path.
pub(crate) const PAGES: [(&str, &str); 5] = [
    ("codebook/clauses.toml", include_str!("../../../data/codebook/clauses.toml")),
    ("codebook/events.toml", include_str!("../../../data/codebook/events.toml")),
    ("codebook/meetings.toml", include_str!("../../../data/codebook/meetings.toml")),
    ("codebook/stances.toml", include_str!("../../../data/codebook/stances.toml")),
    ("codebook/statements.toml", include_str!("../../../data/codebook/statements.toml")),
];

impl Codebook {
    /// The codebook that is part of the program.
    pub(crate) fn embedded() -> Self {
        let page = |path: &str| {
            let text = PAGES.iter().find(|p| p.0 == path).expect("the page is in the list").1;
            toml::from_str::<Page>(text).expect("the embedded codebook is valid: a test checks it")
        };
        Self {
            meetings: Rules::new(&page("codebook/meetings.toml").meeting, |rule| {
                rule.verb.iter().chain(&rule.noun)
            }),
            cues: Rules::new(&page("codebook/statements.toml").cue, |rule| rule.verbs.iter()),
            stances: page("codebook/stances.toml").stance,
            events: page("codebook/events.toml").event,
            pages: Pages::embedded(),
            clauses: toml::from_str(PAGES[0].1).expect("the embedded codebook is valid: a test checks it"),
        }
    }

    /// The examples of all rules, in the order of the pages.
    pub(crate) fn examples(&self) -> Vec<Example> {
        let example = |page: &str, name: &str, fires: &str, silent: &str| Example {
            rule: format!("{page}#{name}"),
            fires: vec![fires.into()],
            silent: vec![silent.into()],
        };
        let mut out: Vec<Example> = self.pages.examples().collect();
        out.extend(self.meetings.all.iter().map(|r| example("meetings", &r.name, &r.fires, &r.silent)));
        out.extend(self.cues.all.iter().map(|r| example("statements", &r.name, &r.fires, &r.silent)));
        out.extend(self.stances.iter().map(|r| example("stances", &r.name, &r.fires, &r.silent)));
        out.extend(self.events.iter().map(|r| example("events", &r.name, &r.fires, &r.silent)));
        out
    }

    /// What is wrong with a page: line (1-based) and message, if anything.
    pub(crate) fn check(path: &str, text: &str) -> Option<(usize, String)> {
        let error = if path.ends_with("clauses.toml") {
            toml::from_str::<ClauseWords>(text).err()
        } else {
            toml::from_str::<Page>(text).err()
        }?;
        let line = error.span().map_or(1, |s| text[..s.start.min(text.len())].matches('\n').count() + 1);
        Some((line, error.message().lines().next().unwrap_or("not valid TOML").to_owned()))
    }
}
