//! One file a command.

mod absent;
mod add;
mod brief;
mod check;
mod code;
mod commitments;
mod compare;
mod correct;
mod corrections;
mod export;
mod formulae;
mod import;
mod ledger;
mod link;
mod list;
mod marks;
mod phrase;
mod positions;
mod score;
mod series;
mod show;
mod why;

use anyhow::Result;
use chancery_corpus::{Filter, Kind, Wanted};
use chancery_nlp::Exit;

use crate::actors::Actors;
use crate::answers::series::Series;
use crate::cli::{Command, Corrections, Import};
use crate::{Ended, Pipeline};

/// Run one command.
pub(crate) fn run(command: Command) -> Result<Ended> {
    match command {
        Command::Add { path, verbose, threads, depth, actors, list, record } => {
            let ended =
                add::add(&path, verbose, threads, &Reading { exit: depth.into(), actors }, &record.path)?;
            if let Some(kind) = list {
                list::all(kind.into(), &record.path)?;
            }
            Ok(ended)
        }
        Command::Meetings(list) => list::list(Kind::Meetings, &list),
        Command::Statements(list) => list::list(Kind::Statements, &list),
        Command::Events { doubtful, list } => {
            list::list(if doubtful { Kind::Doubts } else { Kind::Events }, &list)
        }
        Command::Roles(list) => list::list(Kind::Roles, &list),
        Command::People { name, changes, list } => list::people(name, changes, list),
        Command::Documents(list) => list::list(Kind::Documents, &list),
        Command::Compare { texts, seek, series, person, topic, format, record } => match series {
            Some(parties) => series::series(&parties.0, &person, topic.as_deref(), format, &record.path),
            None => compare::compare(&texts, &seek, format, &record.path),
        },
        Command::Ledger { who, format, record } => ledger::ledger(&who, format, &record.path),
        Command::Positions { topic, list } => positions::positions(&topic, &list),
        Command::Absent { series, person, text, last, least, format, record } => {
            let series = Series { parties: &series.0, persons: &person };
            absent::absent(&series, text.as_deref(), (least, last), format, &record.path)
        }
        Command::Commitments { series, person, format, record } => {
            commitments::commitments(&Series { parties: &series.0, persons: &person }, format, &record.path)
        }
        Command::Brief { series, person, format, record } => {
            brief::brief(&Series { parties: &series.0, persons: &person }, format, &record.path)
        }
        Command::Phrase { phrase, speaker, texts, from, to, variants, list, limit, format, record } => {
            let asked = phrase::Asked { speaker, texts, from, to, limit, format: format.into() };
            let what = match (list, variants) {
                (true, _) => phrase::What::Uses,
                (_, true) => phrase::What::Variants,
                _ => phrase::What::Counts,
            };
            phrase::phrase(&phrase, what, asked, &record.path)
        }
        Command::New { since, formulae } => formulae::formulae(Wanted::New, Some(since), formulae),
        Command::Vanished { since, formulae } => formulae::formulae(Wanted::Vanished, since, formulae),
        Command::Show { document, record } => show::show(&document, &record.path),
        Command::Why { id, field, record } => why::why(&id, field.as_deref(), &record.path),
        Command::Link { undo: Some(number), record, .. } => link::undo(number, &record.path),
        Command::Link { import: Some(file), record, .. } => link::import(&file, &record.path),
        Command::Link { id, record, .. } => link::link(&id, &record.path),
        Command::Split { meeting, account, record } => link::split(&meeting, &account, &record.path),
        Command::Links { format, record } => link::links(format, &record.path),
        Command::Correct { id, what, person, record, .. } if what.undo => {
            correct::undo_last(&id, &person, &record.path)
        }
        Command::Correct { id, what, fields, note, settle, person, record } => {
            correct::correct(&id, &what, &fields, &person, (note, settle), &record.path)
        }
        Command::Corrections { what: None, which, format, record } => {
            corrections::list(&which, format, &record.path)
        }
        Command::Corrections { what: Some(what), .. } => match what {
            Corrections::Export { file, record } => corrections::export(&file, &record.path),
            Corrections::Import { file, complete, person, record } => {
                corrections::import(&file, complete, &person, &record.path)
            }
            Corrections::Undo { number, record } => correct::undo(number, &record.path),
        },
        Command::Agree { coder, conflicts, format, record } => {
            corrections::agree(&coder, conflicts, format, &record.path)
        }
        Command::Code { path, format, threads, depth, actors } => {
            code::code(&path, format, threads, &Reading { exit: depth.into(), actors })
        }
        Command::Score { gold, docs, predicted, json, show, depth, actors } => score::score(
            &gold,
            &docs,
            predicted.as_deref(),
            json,
            show,
            &Reading { exit: depth.into(), actors },
        ),
        Command::Import { what: Import::Actors { file, into, report } } => {
            import::actors(&file, &into, report.as_deref())
        }
        Command::Export { format, out, country, from, to, unit, overwrite, record } => {
            let filter = Filter { country, person: None, from, to };
            export::export(&export::Order {
                format,
                unit,
                filter,
                out: &out,
                overwrite,
                record: &record.path,
            })
        }
        Command::Serve { door, record } => crate::serve::serve(&door, &record.path),
        Command::Check { path, strict } => check::check(path.as_deref(), strict),
    }
}

/// How texts are read: how deep, and whose names go first.
struct Reading {
    exit: Exit,
    actors: Actors,
}

impl Reading {
    fn pipeline(&self) -> Result<Pipeline> {
        Pipeline::with(self.exit, self.actors.coder()?)
    }
}

/// How many threads to work on.
fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}
