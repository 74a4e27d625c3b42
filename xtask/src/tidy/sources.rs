//! Source files: short, introduced, and of no machine.

use super::{File, Finding};

/// No source file is longer, in lines.
const LONGEST: usize = 600;

/// Where a path of somebody's machine begins.
const MACHINES: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/tm", "p/"),
    concat!("/ho", "me/"),
    concat!("/Use", "rs/"),
    concat!("C:\\", "Users"),
];

/// The one registry that Cargo.lock may name.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn sources(files: &[File]) -> impl Iterator<Item = &File> {
    files.iter().filter(|file| file.is(".rs"))
}

pub(super) fn are_short(files: &[File]) -> Vec<Finding> {
    let long = |file: &File| {
        let lines = file.text().lines().count();
        let what = || format!("{lines} lines; split it by noun, {LONGEST} is the most");
        (lines > LONGEST).then(|| file.finding(lines, what()))
    };
    sources(files).filter_map(long).collect()
}

pub(super) fn open_with_a_comment(files: &[File]) -> Vec<Finding> {
    let bare = |file: &&File| !file.text().starts_with("//!");
    let what = "opens without a module comment; say in '//!' what the file holds";
    sources(files).filter(bare).map(|file| file.finding(1, what)).collect()
}

pub(super) fn name_no_machine(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        for (number, line) in (1..).zip(file.text().lines()) {
            for machine in MACHINES.iter().filter(|machine| line.contains(**machine)) {
                let what = format!(
                    "names a path of a machine ('{machine}'); name it relative to the root of the repository"
                );
                findings.push(file.finding(number, what));
            }
        }
    }
    findings
}

pub(super) fn lock_names_one_registry(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for lock in files.iter().filter(|file| file.is("Cargo.lock")) {
        for (number, line) in (1..).zip(lock.text().lines()) {
            if line.starts_with("source = ") && !line.contains(REGISTRY) {
                findings.push(lock.finding(number, format!("names another source than '{REGISTRY}'")));
            }
        }
    }
    findings
}
