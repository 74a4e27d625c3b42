//! Compiles the tables of `data/actors` into one file, which the program carries.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use knowledge::Names;

#[allow(dead_code, unused_imports, unreachable_pub)]
#[path = "src/knowledge/mod.rs"]
mod knowledge;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=src/knowledge");
    println!("cargo::rerun-if-changed=build.rs");
    match compile() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            for line in why.lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn compile() -> Result<(), String> {
    let variable = |name: &str| env::var(name).map_err(|error| format!("{name}: {error}"));
    let folder = Path::new(&variable("CARGO_MANIFEST_DIR")?).join("../../data/actors");
    println!("cargo::rerun-if-changed={}", folder.display());
    let said = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(|error| said(&folder, error))?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|error| said(&path, error))?;
        files.push((path.display().to_string(), text));
    }
    let names = Names::of_tables(&files)
        .map_err(|problems| problems.iter().map(|problem| format!("data/{problem}\n")).collect::<String>())?;
    let out = Path::new(&variable("OUT_DIR")?).join("actors.names");
    fs::write(&out, names.bytes()).map_err(|error| said(&out, error))
}
