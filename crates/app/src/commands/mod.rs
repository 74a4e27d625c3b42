//! One file a command.

mod add;
mod check;
mod code;
mod list;
mod marks;
mod score;
mod show;
mod why;

use anyhow::Result;
use chancery_corpus::Kind;

use crate::Ended;
use crate::cli::Command;

/// Run one command.
pub(crate) fn run(command: Command) -> Result<Ended> {
    match command {
        Command::Add { path, verbose, threads, depth, list, record } => {
            let ended = add::add(&path, verbose, threads, depth.into(), &record.path)?;
            if let Some(kind) = list {
                list::all(kind.into(), &record.path)?;
            }
            Ok(ended)
        }
        Command::Meetings(list) => list::list(Kind::Meetings, &list),
        Command::Statements(list) => list::list(Kind::Statements, &list),
        Command::Events(list) => list::list(Kind::Events, &list),
        Command::Roles(list) => list::list(Kind::Roles, &list),
        Command::People(list) => list::list(Kind::People, &list),
        Command::Documents(list) => list::list(Kind::Documents, &list),
        Command::Show { document, record } => show::show(&document, &record.path),
        Command::Why { id, field, record } => why::why(&id, field.as_deref(), &record.path),
        Command::Code { path, format, threads, depth } => code::code(&path, format, threads, depth.into()),
        Command::Score { gold, docs, predicted, json, show, depth } => {
            score::score(&gold, &docs, predicted.as_deref(), json, show, depth.into())
        }
        Command::Check { folder } => check::check(folder.as_deref()),
    }
}

/// How many threads to work on.
fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

/// The count with its noun: "1 meeting", "3 meetings", "2 people".
fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
