//! Folders of tables of actors that a user brings.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use chancery_coder::knowledge::Names;
use clap::Args;

/// Whose names are looked up before the program's own.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Actors {
    /// Look names up in the tables of this folder first
    #[arg(id = "actors", long = "actors", value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
}

impl Actors {
    /// The names of the folder, if one was given.
    pub(crate) fn names(&self) -> Result<Option<Names>> {
        let Some(folder) = &self.folder else { return Ok(None) };
        let files = tables(folder)?;
        if files.is_empty() {
            bail!("{}: no table of actors in it; `chancery import actors FILE` makes some", folder.display());
        }
        match Names::of_tables(&files) {
            Ok(names) => Ok(Some(names)),
            Err(problems) => bail!("{}: {}; see `chancery check`", folder.display(), problems[0]),
        }
    }
}

/// The CSV files of a folder, by name.
pub(crate) fn tables(folder: &Path) -> Result<Vec<(String, String)>> {
    let place = || folder.display().to_string();
    let entries = fs::read_dir(folder).with_context(place)?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>().with_context(place)?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{}: cannot be read as UTF-8", path.display()))?;
        Ok((name, text))
    };
    paths.into_iter().map(read).collect()
}
