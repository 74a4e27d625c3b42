//! What is checked: a folder of data files, or a part of one within the whole.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// Data files, and which of them are asked about.
pub(super) struct Scope {
    /// All files by their paths inside the data folder, and their content.
    pub(super) files: Vec<(String, String)>,
    /// What the paths of those that are asked about begin with.
    within: String,
}

impl Scope {
    /// The files that are part of the program.
    pub(super) fn embedded() -> Self {
        Self { files: chancery_coder::data_files(), within: String::new() }
    }

    /// A data folder, a part of one, or files that lie in none and stand for themselves.
    pub(super) fn of(path: &Path) -> Result<Self> {
        let Ok(found) = fs::metadata(path) else {
            bail!("{}: no such file or folder{}", path.display(), near(path))
        };
        let whole = std::path::absolute(path)?;
        let is_data = |folder: &&Path| folder.join("codebook").join("en").is_dir();
        if let Some(root) = whole.ancestors().find(is_data) {
            let inside = whole.strip_prefix(root).unwrap_or(&whole);
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            let folder = found.is_dir() && !parts.is_empty();
            let within = parts.join("/") + if folder { "/" } else { "" };
            return Ok(Self { files: read(root)?, within });
        }
        if found.is_dir() {
            return Ok(Self { files: read(path)?, within: String::new() });
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { files: vec![(name, text(path)?)], within: String::new() })
    }

    /// Whether a file is one of those that are asked about.
    pub(super) fn has(&self, file: &str) -> bool {
        file.starts_with(&self.within)
    }

    /// How many files are asked about.
    pub(super) fn len(&self) -> usize {
        self.files.iter().filter(|file| self.has(&file.0)).count()
    }
}

/// The name in the same folder that was meant, if one differs in capitals only or begins alike.
fn near(path: &Path) -> String {
    let wanted = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<PathBuf> = entries.map(|entry| PathBuf::from(entry.file_name())).collect();
    names.sort();
    let stem = |name: &str| name.split('.').next().unwrap_or(name).to_owned();
    let like = |name: &&PathBuf| stem(&name.to_string_lossy().to_lowercase()) == stem(&wanted);
    let meant = names.iter().find(like).map(|name| path.with_file_name(name));
    meant.map(|meant| format!("; did you mean {}?", meant.display())).unwrap_or_default()
}

/// The text files in the folder by their paths inside it, in order.
fn read(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    gather(folder, "", &mut files)?;
    Ok(files)
}

fn gather(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> Result<()> {
    let place = || folder.display().to_string();
    let entries = fs::read_dir(folder).with_context(place)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().with_context(place)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let (path, inside) = (entry.path(), format!("{prefix}{name}"));
        if path.is_dir() && !name.starts_with('.') {
            gather(&path, &format!("{inside}/"), files)?;
        } else if ["csv", "toml", "md", "txt"].iter().any(|e| path.extension().is_some_and(|x| x == *e)) {
            files.push((inside, text(&path)?));
        }
    }
    Ok(())
}

fn text(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    String::from_utf8(bytes).with_context(|| format!("{}: not UTF-8; save it as UTF-8", path.display()))
}
