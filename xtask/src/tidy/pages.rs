//! What is there is written down, and what is written down is there.

use std::collections::BTreeSet;
use std::path::Path;

use super::{File, Finding};

fn pages(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|file| file.is(".md") && !file.path.starts_with("examples/readouts/"))
}

fn page<'a>(files: &'a [File], path: &str) -> Option<&'a File> {
    files.iter().find(|file| file.path == path)
}

pub(super) fn links_resolve(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for page in pages(files) {
        let headings = headings(page.text());
        for (number, line) in prose(page.text()) {
            for link in links(&line) {
                let (path, heading) = link.split_once('#').unwrap_or((&link, ""));
                if link.contains("://") || link.starts_with("mailto:") {
                    continue;
                }
                let folder = Path::new(&page.path).parent().unwrap_or(Path::new(""));
                if !path.is_empty() && !crate::root().join(folder).join(path).exists() {
                    findings.push(page.finding(number, format!("links to '{link}', which there is not")));
                } else if path.is_empty() && !headings.contains(heading) {
                    findings
                        .push(page.finding(number, format!("links to '{link}', but no heading reads so")));
                }
            }
        }
    }
    findings
}

/// The lines outside blocks of code, by number, without what stands in backticks.
fn prose(text: &str) -> Vec<(usize, String)> {
    let mut inside = false;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| {
        let fence = line.trim_start().starts_with("```");
        inside ^= fence;
        !inside && !fence
    });
    lines.map(|(number, line)| (number, line.split('`').step_by(2).collect())).collect()
}

fn links(line: &str) -> Vec<String> {
    let ends = line.split("](").skip(1);
    ends.filter_map(|rest| rest.split_once(')')).map(|(link, _)| link.to_owned()).collect()
}

/// The headings as a link spells them.
fn headings(text: &str) -> BTreeSet<String> {
    let titles = text.lines().filter(|line| line.starts_with('#'));
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    titles
        .map(|title| title.trim_start_matches('#').trim().to_lowercase())
        .map(|title| title.chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect())
        .collect()
}

pub(super) fn describe_each_data_file(files: &[File]) -> Vec<Finding> {
    let described: String = pages(files).map(File::text).collect();
    let data = files.iter().filter(|file| file.path.starts_with("data/") && !file.is(".md"));
    let silent = data.filter(|file| !described.contains(file.path.rsplit('/').next().unwrap_or_default()));
    silent.map(|file| file.finding(1, "is described in no page; name it in one under docs/")).collect()
}

/// Formats are named in the table of their reader: `name: "json"`.
pub(super) fn describe_each_format(files: &[File]) -> Vec<Finding> {
    let Some(page) = page(files, "docs/formats.md") else { return Vec::new() };
    let mut findings = Vec::new();
    for reader in files.iter().filter(|file| file.path.starts_with("crates/formats/src/read/")) {
        for (number, line) in (1..).zip(reader.text().lines()) {
            let Some(name) = line.trim().strip_prefix("name: \"").and_then(|rest| rest.strip_suffix("\","))
            else {
                continue;
            };
            if !page.text().contains(&format!("\n| {name} |")) {
                let what = format!("format '{name}' has no row in docs/formats.md");
                findings.push(reader.finding(number, what));
            }
        }
    }
    findings
}

/// The commands are the headings of docs/cli.md, which a test of the program holds complete.
pub(super) fn readme_names_each_command(files: &[File]) -> Vec<Finding> {
    let (Some(readme), Some(cli)) = (page(files, "README.md"), page(files, "docs/cli.md")) else {
        return Vec::new();
    };
    let sections = (1..).zip(cli.text().lines()).filter_map(|(n, line)| Some((n, line.strip_prefix("## ")?)));
    let commands = sections.flat_map(|(n, names)| names.split(", ").map(move |name| (n, name)));
    let rows: String = readme.text().lines().filter(|line| line.starts_with('|')).collect();
    let missing = commands.filter(|(_, name)| {
        !rows.contains(&format!("chancery {name}")) && !rows.contains(&format!("`{name}`"))
    });
    missing
        .map(|(n, name)| cli.finding(n, format!("command '{name}' is missing in the table of README.md")))
        .collect()
}

pub(super) fn design_names_each_dependency(files: &[File]) -> Vec<Finding> {
    let (Some(design), Some(manifest)) = (page(files, "DESIGN.md"), page(files, "Cargo.toml")) else {
        return Vec::new();
    };
    let table = manifest.text().parse::<toml::Table>().unwrap_or_default();
    let shared = table.get("workspace").and_then(|workspace| workspace.get("dependencies")?.as_table());
    let names = shared.into_iter().flat_map(toml::Table::keys).filter(|name| !name.starts_with("chancery-"));
    let unnamed = names.filter(|name| !design.text().contains(&format!("`{name}`")));
    let finding = |name: &String| {
        let what = format!("'{name}' has no line in DESIGN.md that says what it saves us");
        manifest.finding(manifest.line_of(&format!("{name} = ")), what)
    };
    unnamed.map(finding).collect()
}

pub(super) fn changelog_is_open(files: &[File]) -> Vec<Finding> {
    let Some(changelog) = page(files, "CHANGELOG.md") else { return Vec::new() };
    let open = changelog.text().lines().any(|line| line == "## [Unreleased]");
    let what = "has no section '## [Unreleased]'; changes that are not out yet are told there";
    if open { Vec::new() } else { vec![changelog.finding(1, what)] }
}
