//! Is the house in order? What a reviewer would otherwise have to say twice.

mod arrows;
mod codebook;
mod pages;
mod sources;

use std::process::Command;

/// What is wrong, where, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    line: usize,
    what: String,
}

/// A file that is under version control.
#[derive(Debug, Clone)]
struct File {
    /// From the root, parted by `/`.
    path: String,
    /// Its text; none where it is no UTF-8.
    text: Option<String>,
}

impl File {
    fn is(&self, ending: &str) -> bool {
        self.path.ends_with(ending)
    }

    fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    fn finding(&self, line: usize, what: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, what: what.into() }
    }

    /// Number of the first line that holds the words, else 1.
    fn line_of(&self, words: &str) -> usize {
        self.text().lines().position(|line| line.contains(words)).map_or(1, |index| index + 1)
    }
}

type Check = fn(&[File]) -> Vec<Finding>;

const CHECKS: &[Check] = &[
    arrows::only_those_that_are_drawn,
    sources::are_short,
    sources::open_with_a_comment,
    sources::name_no_machine,
    sources::lock_names_one_registry,
    codebook::rules_have_examples,
    pages::links_resolve,
    pages::describe_each_data_file,
    pages::describe_each_format,
    pages::readme_names_each_command,
    pages::design_names_each_dependency,
    pages::changelog_is_open,
];

/// `cargo xtask tidy`.
pub(crate) fn run() -> Result<String, String> {
    let files = files()?;
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| check(&files)).collect();
    findings.sort();
    let lines = findings.iter().map(|f| format!("{}:{}: {}", f.path, f.line, f.what));
    match findings.len() {
        0 => Ok(format!("{} files, all tidy", files.len())),
        _ => Err(lines.collect::<Vec<_>>().join("\n")),
    }
}

/// What git knows of; a file that is gone from the disk is left out.
fn files() -> Result<Vec<File>, String> {
    let listed = crate::run(Command::new("git").args(["ls-files", "-z"]))?;
    let listed = String::from_utf8(listed.stdout).map_err(|_| "a file's name is not UTF-8".to_owned())?;
    let read = |path: &str| {
        let bytes = std::fs::read(crate::root().join(path)).ok()?;
        Some(File { path: path.to_owned(), text: String::from_utf8(bytes).ok() })
    };
    Ok(listed.split_terminator('\0').filter_map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_is_tidy() {
        match run() {
            Ok(_) => {}
            Err(why) if why.starts_with("git") => eprintln!("skipped, not a git checkout: {why}"),
            Err(why) => panic!("\n{why}\n"),
        }
    }

    /// What the check says of one file, as `line: what`.
    #[track_caller]
    fn check(check: Check, path: &str, text: &str, expect: &[&str]) {
        let found = check(&[File { path: path.to_owned(), text: Some(text.to_owned()) }]);
        let found: Vec<String> = found.iter().map(|f| format!("{}: {}", f.line, f.what)).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn an_arrow_that_is_not_drawn_is_found() {
        let manifest = "[package]\nname = \"chancery-coder\"\n[dependencies]\nchancery-model.workspace = true\n\
                        chancery-nlp.workspace = true\n";
        let expect = ["5: 'coder' must not import 'nlp'; it may import model"];
        check(arrows::only_those_that_are_drawn, "crates/coder/Cargo.toml", manifest, &expect);
    }

    #[test]
    fn an_arrow_for_tests_only_is_an_arrow() {
        let manifest = "[dev-dependencies]\nchancery-formats = { path = \"../formats\" }\n";
        let expect = ["2: 'model' must not import 'formats'; it imports none of ours"];
        check(arrows::only_those_that_are_drawn, "crates/model/Cargo.toml", manifest, &expect);
    }

    #[test]
    fn a_long_file_and_one_without_a_comment_are_found() {
        let long = "//! Long.\n".repeat(601);
        check(sources::are_short, "a.rs", &long, &["601: 601 lines; split it by noun, 600 is the most"]);
        let expect = ["1: opens without a module comment; say in '//!' what the file holds"];
        check(sources::open_with_a_comment, "a.rs", "use std::fs;\n", &expect);
    }

    #[test]
    fn a_path_of_a_machine_is_found() {
        let home = concat!("/ho", "me/");
        let expect = format!(
            "2: names a path of a machine ('{home}'); name it relative to the root of the repository"
        );
        check(sources::name_no_machine, "a.md", &format!("fine\nsee {home}anna/x\n"), &[&expect]);
    }

    #[test]
    fn a_rule_without_examples_is_found() {
        let rules = "[[cue]]\nname = \"said\"\nfires = \"She said so.\"\nsilent = \" \"\n";
        let expect = ["2: rule 'said' has no 'silent'; give a sentence in which it must find nothing"];
        check(codebook::rules_have_examples, "data/codebook/statements.toml", rules, &expect);
    }

    #[test]
    fn a_link_to_nothing_is_found() {
        let page = "# Café, *again*\n[here](#café-again) [gone](gone.md) [no](#such) `[code](x)`\n```\n[a](b)\n```\n";
        let expect =
            ["2: links to 'gone.md', which there is not", "2: links to '#such', but no heading reads so"];
        check(pages::links_resolve, "docs/page.md", page, &expect);
    }
}
