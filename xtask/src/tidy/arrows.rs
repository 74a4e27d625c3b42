//! Which crate may import which: a star around the nouns.

use super::{File, Finding};

/// The arrows that are drawn in ARCHITECTURE.md.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("formats", &["model"]),
    ("nlp", &["model"]),
    ("coder", &["model"]),
    ("corpus", &["model"]),
    ("app", &["model", "formats", "nlp", "coder", "corpus"]),
    ("xtask", &[]),
    ("fuzz", &["model", "formats", "nlp"]),
];

pub(super) fn only_those_that_are_drawn(files: &[File]) -> Vec<Finding> {
    let manifests = files.iter().filter(|file| file.is("/Cargo.toml"));
    manifests.flat_map(of_one_crate).collect()
}

fn of_one_crate(manifest: &File) -> Vec<Finding> {
    let folder = manifest.path.trim_end_matches("/Cargo.toml").trim_start_matches("crates/");
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == folder) else {
        let what = format!("no arrows are drawn for '{folder}'; add it to xtask/src/tidy/arrows.rs");
        return vec![manifest.finding(1, what)];
    };
    let imports = manifest.text().parse::<toml::Table>().map(|table| imports(&table)).unwrap_or_default();
    let forbidden = imports.into_iter().filter(|name| !allowed.contains(&name.as_str()));
    let finding = |name: String| {
        let instead = match allowed {
            [] => "it imports none of ours".to_owned(),
            _ => format!("it may import {}", allowed.join(", ")),
        };
        let line = manifest.line_of(&format!("chancery-{name}"));
        manifest.finding(line, format!("'{folder}' must not import '{name}'; {instead}"))
    };
    forbidden.map(finding).collect()
}

/// The crates of ours in any table of dependencies, also those for tests, for building or for one target.
fn imports(table: &toml::Table) -> Vec<String> {
    let mut imports = Vec::new();
    for (key, value) in table {
        let Some(inner) = value.as_table() else { continue };
        if key.ends_with("dependencies") {
            imports.extend(inner.keys().filter_map(|k| k.strip_prefix("chancery-")).map(str::to_owned));
        } else if key == "target" || key.starts_with("cfg(") {
            imports.extend(inner.values().filter_map(toml::Value::as_table).flat_map(self::imports));
        }
    }
    imports
}
