//! The page about the command line names every command and flag, and no others.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

#[test]
fn every_command_and_flag_is_documented() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md")).unwrap();
    let mut command = chancery::command();
    command.build();
    let commands: Vec<_> = command.get_subcommands().filter(|c| c.get_name() != "help").collect();
    assert!(commands.len() >= 12);
    let mut flags = BTreeSet::from(["--help".to_owned(), "--version".to_owned()]);
    for command in &commands {
        let name = command.get_name();
        let section = page.split("\n## ").find(|s| s.lines().next().unwrap().split(", ").any(|n| n == name));
        let section = section.unwrap_or_else(|| panic!("docs/cli.md has no section on '{name}'"));
        let below = command.get_subcommands().filter(|c| c.get_name() != "help");
        for argument in command.get_arguments().chain(below.flat_map(|c| c.get_arguments())) {
            let Some(long) = argument.get_long().filter(|long| *long != "help") else { continue };
            let flag = format!("--{long}");
            assert!(section.contains(&format!("`{flag}")), "the section on '{name}' does not name {flag}");
            flags.insert(flag);
        }
    }
    for word in page.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(|w| w.starts_with("--"))
    {
        assert!(
            word.chars().all(|c| c == '-') || flags.contains(word),
            "docs/cli.md names {word}, which there is not"
        );
    }
}
