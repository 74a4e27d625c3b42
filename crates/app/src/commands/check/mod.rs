//! `check`: are the data files well-formed, and do the rules what their examples say?

mod scope;

use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use chancery_coder::{Coder, Problem, Vocabulary};
use chancery_model::Upos;
use chancery_nlp::Analyser;

use crate::Ended;
use crate::output::{Output, bar};
use scope::Scope;

pub(super) fn check(path: Option<&Path>, strict: bool) -> Result<Ended> {
    let scope = path.map_or_else(|| Ok(Scope::embedded()), Scope::of)?;
    let mut problems = chancery_coder::check(&scope.files);
    problems.extend(vocabulary(&scope.files));
    // A fault elsewhere counts only if nothing can be tried for it.
    let codebook = |file: &str| file.contains("codebook/");
    problems.retain(|p| scope.has(&p.file) || codebook(&p.file));
    let mut remarks = Vec::new();
    let untried = !problems.is_empty();
    if problems.is_empty() {
        let analyser =
            Analyser::embedded().context("the weights in this program are damaged; build it again")?;
        if path.is_some() {
            problems = examples(&scope, &analyser)?;
        }
        remarks = chancery_coder::remarks(&scope.files, &Words(analyser));
        remarks.retain(|remark| scope.has(&remark.file));
    }
    let mut out = Output::new();
    for problem in &problems {
        out.line(&format!("{}:{}: {}", problem.file, problem.line, problem.message))?;
    }
    for remark in &remarks {
        out.line(&format!("{}:{}: remark: {}", remark.file, remark.line, remark.message))?;
    }
    let mut ending = match problems.len() {
        0 => format!("{}, nothing wrong", counted(scope.len(), "data file")),
        problems => counted(problems, "problem"),
    };
    if untried && path.is_some() {
        ending += "; examples are tried when nothing else is wrong";
    }
    if !remarks.is_empty() {
        ending += &format!(", {}", counted(remarks.len(), "remark"));
    }
    out.line(&ending)?;
    out.finish()?;
    let well = problems.is_empty() && (remarks.is_empty() || !strict);
    Ok(if well { Ended::Well } else { Ended::WithFailures })
}

/// What is wrong in the tables of topics, strength and phrases to watch for.
fn vocabulary(files: &[(String, String)]) -> Vec<Problem> {
    let names = ["topics.csv", "strength.csv", "watch.csv"];
    let own = |name: &str| files.iter().find(|f| f.0.rsplit('/').next() == Some(name));
    let text = |name: &str| own(name).map_or("", |f| f.1.as_str());
    let (_, faults) = chancery_corpus::Vocabulary::read(text(names[0]), text(names[1]), text(names[2]));
    let told = |(name, faults): (&str, Vec<(usize, String)>)| {
        let file = own(name).map_or(name, |f| f.0.as_str()).to_owned();
        faults
            .into_iter()
            .map(move |(line, message)| Problem { file: file.clone(), line, message })
            .collect::<Vec<_>>()
    };
    names.into_iter().zip(faults).flat_map(told).collect()
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// What the program's own analyser makes of a word.
struct Words(Analyser);

impl Vocabulary for Words {
    fn lemmas(&self, word: &str, upos: Upos, xpos: &str) -> Vec<String> {
        self.0.lemmas(word, upos, xpos)
    }

    fn has_lemma(&self, word: &str, upos: Upos) -> bool {
        self.0.has_lemma(word, upos)
    }

    fn cut(&self, word: &str) -> Vec<String> {
        Analyser::words(word).into_iter().map(str::to_owned).collect()
    }
}

/// Which examples of the pages that are asked about fail; those of the program's own pages are tested with the program.
fn examples(scope: &Scope, analyser: &Analyser) -> Result<Vec<Problem>> {
    let is_of = |f: &&(String, String)| f.0.contains("codebook/") || f.1.contains("\n## Rules");
    let pages: Vec<(String, String)> = scope.files.iter().filter(is_of).cloned().collect();
    let asked = |rule: &str| page(&pages, rule).filter(|file| scope.has(file));
    if !pages.iter().any(|page| page.0.ends_with(".md") && scope.has(&page.0)) {
        return Ok(Vec::new());
    }
    let coder = Coder::embedded().with_codebook(&pages).map_err(|problems| anyhow!("{}", problems[0]))?;
    let coder = coder.patterns_alone();
    let mut examples = coder.examples();
    examples.retain(|example| asked(&example.rule).is_some());
    let sentences = examples.iter().map(|e| e.fires.len() + e.silent.len()).sum();
    let failures = crate::examples::failures_of(&coder, analyser, &examples, &bar(sentences, "examples"))?;
    let problem = |f: crate::examples::Failure| {
        let message = format!("'{}' {}", f.rule, f.message);
        Some(Problem { file: asked(&f.rule)?, line: f.line, message })
    };
    Ok(failures.into_iter().filter_map(problem).collect())
}

/// The file of the page that a rule is on.
fn page(pages: &[(String, String)], rule: &str) -> Option<String> {
    let kind = rule.split('#').next()?.to_uppercase();
    pages.iter().find(|p| p.1.starts_with(&format!("# {kind}\n"))).map(|p| p.0.clone())
}
