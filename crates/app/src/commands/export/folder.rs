//! A folder of files that appears whole or not at all.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// The file that tells an export from other things.
pub(super) const PACKAGE: &str = "datapackage.json";

/// Files on their way to a folder. What was not published is removed.
#[derive(Debug)]
pub(super) struct Draft {
    /// Where they shall be.
    folder: PathBuf,
    /// Where they are, beside it.
    draft: PathBuf,
    written: Vec<String>,
    /// Files of an earlier export there.
    earlier: BTreeSet<String>,
}

impl Draft {
    /// Begin, unless the folder holds other things than an earlier export and may not be written to all the same.
    pub(super) fn begin(folder: &Path, overwrite: bool) -> Result<Self> {
        let place = || folder.display().to_string();
        let earlier = if folder.is_dir() { of_earlier_export(folder) } else { BTreeSet::new() };
        if folder.is_dir() {
            let mut others = Vec::new();
            for entry in fs::read_dir(folder).with_context(place)? {
                let name = entry.with_context(place)?.file_name().to_string_lossy().into_owned();
                if !earlier.contains(&name) {
                    others.push(name);
                }
            }
            others.sort();
            if let (Some(first), false) = (others.first(), overwrite) {
                let more = if others.len() > 1 { " and more" } else { "" };
                bail!(
                    "{}: holds other things ({first}{more}); name another folder, or give --overwrite to write beside them",
                    folder.display()
                );
            }
        } else if folder.exists() {
            bail!("{}: a file of this name is there; name a folder", folder.display());
        }
        let name = folder.file_name().context("name a folder to write to")?.to_string_lossy().into_owned();
        let parent = match folder.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        fs::create_dir_all(&parent).with_context(|| parent.display().to_string())?;
        let draft = parent.join(format!(".{name}.unfinished"));
        if draft.exists() {
            fs::remove_dir_all(&draft).with_context(|| draft.display().to_string())?;
        }
        fs::create_dir(&draft).with_context(|| draft.display().to_string())?;
        Ok(Self { folder: folder.to_owned(), draft, written: Vec::new(), earlier })
    }

    /// Write a file, and give what then stands on the disk.
    pub(super) fn write(&mut self, name: &str, bytes: &[u8]) -> Result<Vec<u8>> {
        let path = self.draft.join(name);
        let place = || path.display().to_string();
        fs::write(&path, bytes).with_context(place)?;
        self.written.push(name.to_owned());
        fs::read(&path).with_context(place)
    }

    /// Put the files in place; those of an earlier export that are not written anew go.
    pub(super) fn publish(&mut self) -> Result<()> {
        let place = || self.folder.display().to_string();
        if !self.folder.exists() {
            return fs::rename(&self.draft, &self.folder).with_context(place);
        }
        for name in &self.written {
            fs::rename(self.draft.join(name), self.folder.join(name)).with_context(place)?;
        }
        for name in self.earlier.iter().filter(|name| !self.written.contains(name)) {
            fs::remove_file(self.folder.join(name)).with_context(place)?;
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.draft);
    }
}

/// The files in the folder that an earlier export says are its own.
fn of_earlier_export(folder: &Path) -> BTreeSet<String> {
    let read = || -> Option<serde_json::Value> {
        serde_json::from_slice(&fs::read(folder.join(PACKAGE)).ok()?).ok()
    };
    let Some(package) = read().filter(|package| package["chancery"]["format"].is_string()) else {
        return BTreeSet::new();
    };
    let listed = package["resources"].as_array().into_iter().flatten();
    let listed = listed.filter_map(|resource| resource["path"].as_str().map(str::to_owned));
    let all = listed.chain([PACKAGE.to_owned(), "codebook.md".to_owned()]);
    all.filter(|name| !name.contains(['/', '\\']) && folder.join(name).is_file()).collect()
}
