//! Folders of knowledge that a user brings: tables of actors, pages of the codebook.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use chancery_coder::Coder;
use chancery_coder::knowledge::Names;
use clap::Args;

/// Whose names are looked up before the program's own.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Actors {
    /// Look names up in the tables of this folder first
    #[arg(id = "actors", long = "actors", value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
    /// Code events by the pages of this folder, in place of the program's pages of the same name
    #[arg(long, value_name = "FOLDER")]
    pub(crate) codebook: Option<PathBuf>,
}

impl Actors {
    /// The names of the folder, if one was given.
    fn names(&self) -> Result<Option<Names>> {
        let Some(folder) = &self.folder else { return Ok(None) };
        let files = files(folder, &["csv"])?;
        if files.is_empty() {
            bail!("{}: no table of actors in it; `chancery import actors FILE` makes some", folder.display());
        }
        match Names::of_tables(&files) {
            Ok(names) => Ok(Some(names)),
            Err(problems) => bail!("{}: {}; see `chancery check`", folder.display(), problems[0]),
        }
    }

    /// The coder with what the folders hold.
    pub(crate) fn coder(&self) -> Result<Coder> {
        let coder = self.names()?.map_or_else(Coder::embedded, Coder::with_actors);
        let Some(folder) = &self.codebook else { return Ok(coder) };
        let pages = files(folder, &["md", "toml", "csv"])?;
        if pages.is_empty() {
            bail!(
                "{}: no page of a codebook in it; copy one of data/codebook/en and change it",
                folder.display()
            );
        }
        coder.with_codebook(&pages).map_err(|problems| {
            let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
            anyhow!("{}: {}", folder.display(), all.join("\n"))
        })
    }
}

/// The files of a folder with one of these endings, by name.
///
/// # Errors
/// If the folder or one of them cannot be read as UTF-8.
pub fn files(folder: &Path, endings: &[&str]) -> Result<Vec<(String, String)>> {
    let place = || folder.display().to_string();
    let entries = fs::read_dir(folder).with_context(place)?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>().with_context(place)?;
    paths.retain(|path| path.extension().is_some_and(|ending| endings.iter().any(|e| ending == *e)));
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{}: cannot be read as UTF-8", path.display()))?;
        Ok((name, text))
    };
    paths.into_iter().map(read).collect()
}
