//! What knowledge gains, tried on texts of the record before any file is changed.
//!
//! Texts are coded twice from one analysis, by the program's coder and by one that has the gain, as `code` does with `--actors` and
//! `--codebook`.

use std::time::Instant;

use anyhow::{Result, anyhow, bail};
use chancery_coder::Coder;
use chancery_coder::knowledge::{ALIASES, Knowledge, Names, people_table};
use chancery_corpus::{Corpus, Layer, Recoded, Row, Stored, Texts, recoded};
use chancery_nlp::{Analyser, Exit};
use indicatif::ProgressBar;

use crate::Pipeline;
use crate::corrections::{changes, said};
use crate::examples::failures_of;

/// Texts that are tried at most: the latest.
pub(crate) const TEXTS: usize = 200;

/// What tables or codebook could gain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Gain {
    /// A line of `people.csv`, on somebody of this name.
    Person { name: String, line: String },
    /// Another name of somebody whom the tables know.
    Alias { of: String, name: String },
    /// The section of a rule of the codebook (`accuse#blame`) in other words.
    Rule { name: String, section: String },
}

/// What became of the texts.
#[derive(Debug, Default)]
pub(crate) struct Trial {
    /// How many were coded twice.
    pub(crate) tried: usize,
    /// How many there are of which the gain may be.
    pub(crate) all: usize,
    /// Whether time ran out before the last of those that were to be tried.
    pub(crate) late: bool,
    /// Those of which the record holds what another coder made.
    pub(crate) others: usize,
    /// Rows that differ, and persons of the tables whom names now mean, text by text.
    pub(crate) effects: Vec<Effect>,
    /// Examples of the rule that are not as they say.
    pub(crate) failures: Vec<String>,
}

/// One thing that would be otherwise.
#[derive(Debug)]
pub(crate) struct Effect {
    /// `d3`.
    pub(crate) id: String,
    pub(crate) what: What,
    /// The sentence it rests on.
    pub(crate) sentence: String,
}

/// What would be otherwise.
#[derive(Debug)]
pub(crate) enum What {
    /// A row of a layer `comes`, `goes` or `changes`, with what it says or what of it changes.
    Row(&'static str, Layer, String),
    /// A name, and the person of the tables whom it means: before, after.
    Name(String, Option<String>, Option<String>),
}

impl Gain {
    /// The program's coder with it.
    ///
    /// # Errors
    /// What is wrong with it, as `chancery check` says it.
    pub(crate) fn coder(&self) -> Result<Coder> {
        match self {
            Self::Person { line, .. } => {
                let (file, header) = people_table(&[]);
                with_people((file, format!("{header}{}\n", line.trim())))
            }
            Self::Alias { of, name } => {
                let known = Knowledge::embedded();
                let Some(person) = known.person(of) else { bail!("the tables know nobody called {of}") };
                let mut rows = known.rows_of(person.id);
                let aliases: Vec<&str> =
                    person.aliases.iter().copied().chain([name.trim()]).filter(|a| !a.is_empty()).collect();
                let aliases = aliases.join("|");
                rows.iter_mut().filter_map(|row| row.get_mut(ALIASES)).for_each(|cell| *cell = &aliases);
                with_people(people_table(&rows))
            }
            Self::Rule { name, section } => {
                let page = chancery_coder::page_of(name).zip(rule_section(name));
                let Some(((path, text), own)) = page else {
                    bail!("no page of the program has a rule {name}")
                };
                let text = text.replacen(own, &format!("{}\n\n", section.replace("\r\n", "\n").trim()), 1);
                Coder::embedded().with_codebook(&[(path.to_owned(), text)]).map_err(|all| {
                    anyhow!(all.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
                })
            }
        }
    }

    /// The texts that it may be of: those with the name, or with a row of the rule.
    fn texts(&self, corpus: &Corpus) -> Result<Texts> {
        Ok(match self {
            Self::Person { name, .. } | Self::Alias { name, .. } => corpus.texts_with(name, TEXTS)?,
            Self::Rule { name, .. } => corpus.texts_read_by(name, TEXTS)?,
        })
    }

    /// Code the texts twice, `first` before the latest others, until `end`.
    ///
    /// # Errors
    /// The gain is not well-formed, or the record cannot be read.
    pub(crate) fn tried(&self, corpus: &Corpus, first: &str, end: Instant) -> Result<Trial> {
        let coder = self.coder()?;
        let Texts { mut latest, all } = self.texts(corpus)?;
        latest.retain(|id| id != first);
        latest.insert(0, first.to_owned());
        latest.truncate(TEXTS);
        let mut trial = Trial { all: all.max(latest.len()), failures: self.failures()?, ..Trial::default() };
        let mut pipeline = Pipeline::embedded()?;
        for id in &latest {
            if Instant::now() >= end {
                trial.late = true;
                break;
            }
            let stored = corpus.document(id)?;
            let found = stored.found.as_ref().unwrap_or(&stored.record);
            if found.coder.ends_with(Exit::Fast.name()) != pipeline.coder_name().ends_with(Exit::Fast.name())
            {
                let exit = if found.coder.ends_with(Exit::Fast.name()) { Exit::Fast } else { Exit::Accurate };
                pipeline = Pipeline::embedded_at(exit)?;
            }
            trial.others += usize::from(found.coder != pipeline.coder_name());
            let coded = pipeline.try_code(&stored.document).map_err(|fault| anyhow!(fault))?;
            let again = pipeline
                .try_with(&coder, &stored.document, &coded.analysis)
                .map_err(|fault| anyhow!(fault))?;
            trial.effects.extend(effects(&stored, &coded.record, &again));
            trial.tried += 1;
        }
        Ok(trial)
    }

    /// Which examples of the rule are not as they say; `chancery check` tells the same of a page.
    fn failures(&self) -> Result<Vec<String>> {
        let Self::Rule { name, .. } = self else { return Ok(Vec::new()) };
        let coder = self.coder()?.patterns_alone();
        let own: Vec<_> = coder.examples().into_iter().filter(|e| e.rule == *name).collect();
        let failures = failures_of(&coder, &Analyser::embedded()?, &own, &ProgressBar::hidden())?;
        Ok(failures.into_iter().map(|f| f.message).collect())
    }
}

fn with_people(table: (String, String)) -> Result<Coder> {
    let files = [table];
    let problems = chancery_coder::check(&files);
    if let Some(first) = problems.first() {
        bail!("{}", first.message);
    }
    let names = Names::of_tables(&files).map_err(|problems| anyhow!("{}", problems[0].message))?;
    Ok(Coder::with_actors(names))
}

/// The section of a rule on its page, from its heading to the next.
pub(crate) fn rule_section(rule: &str) -> Option<&'static str> {
    let (_, text) = chancery_coder::page_of(rule)?;
    let heading = format!("### {}\n", rule.split_once('#')?.1);
    let at = text.find(&format!("\n{heading}"))? + 1;
    let body = at + heading.len();
    let end = ["\n### ", "\n## "].iter().filter_map(|next| text[body..].find(next)).min();
    Some(&text[at..end.map_or(text.len(), |end| body + end + 1)])
}

/// The same with an example more, at the end of its list.
pub(crate) fn with_example(section: &str, list: &str, line: &str) -> String {
    let section = section.trim_end();
    let Some(at) = section.find(&format!("\n{list}")) else {
        return format!("{section}\n\n{list}\n\n{line}\n");
    };
    let body = at + 1 + list.len();
    // A list ends at the next word that is none of its lines.
    let mut end = body;
    for part in section[body..].split_inclusive('\n') {
        if !part.trim().is_empty() && !part.starts_with(['-', ' ']) {
            break;
        }
        end += part.len();
    }
    let (before, after) = section.split_at(end);
    format!("{}\n{line}\n{}{after}", before.trim_end(), if after.is_empty() { "" } else { "\n" })
}

/// What differs between two codings of a text.
fn effects(stored: &Stored, before: &chancery_model::Record, after: &chancery_model::Record) -> Vec<Effect> {
    let document = &stored.document;
    let sentence = |row: &Row| {
        let words = row.words().first().copied();
        let whole = words.and_then(|w| stored.sentences.iter().find(|s| s.contains(w)).copied().or(Some(w)));
        let text = whole.map(|span| document.slice(span)).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let effect = |change: Recoded| {
        let (word, row, says) = match &change {
            Recoded::Came(row) => ("comes", row, said(document, row)),
            Recoded::Went(row) => ("goes", row, said(document, row)),
            Recoded::Changed(from, to) => ("changes", &**to, changes(Some(document), from, to).join("; ")),
        };
        Effect { id: stored.id.clone(), sentence: sentence(row), what: What::Row(word, row.layer(), says) }
    };
    let meant = |record: &chancery_model::Record, name: &str| {
        record.people.iter().find(|known| known.name == name).map(|known| known.person.clone())
    };
    let mut names: Vec<&String> = before.people.iter().chain(&after.people).map(|p| &p.name).collect();
    names.sort();
    names.dedup();
    let named = names.into_iter().filter_map(|name| {
        let (was, is) = (meant(before, name), meant(after, name));
        let first = document.text.find(name.as_str());
        let at = first.and_then(|at| stored.sentences.iter().find(|s| (s.end as usize) > at));
        let text = at.map(|span| document.slice(*span)).unwrap_or_default();
        (was != is).then(|| Effect {
            id: stored.id.clone(),
            sentence: text.split_whitespace().collect::<Vec<_>>().join(" "),
            what: What::Name(name.clone(), was, is),
        })
    });
    named.chain(recoded(before, after).into_iter().map(effect)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_of_one_rule_and_takes_an_example_at_the_end_of_its_list() {
        let section = rule_section("aid#give-money").expect("the rule is there");
        assert!(section.starts_with("### give-money\n") && section.matches("\n### ").count() == 0);
        let more = with_example(section, "Fires:", "- Norway lent Chile money. → NOR > CHL");
        let (fires, silent) = (more.find("Norway lent"), more.find("\nSilent:"));
        assert!(fires.is_some() && fires < silent, "{more}");
        let gain = Gain::Rule { name: "aid#give-money".to_owned(), section: more };
        assert!(gain.coder().is_ok());
        assert!(rule_section("aid#reader").is_none());
    }

    #[test]
    fn a_line_that_is_none_says_what_is_wrong() {
        let gain = Gain::Person { name: "Ada Berg".to_owned(), line: "ada-berg,minister".to_owned() };
        let wrong = gain.coder().map(|_| ()).expect_err("it is too short").to_string();
        assert!(wrong.contains("2 columns where the header has 12"), "{wrong}");
    }
}
