//! The folder that is written: whole, or not at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::ExportError;
use crate::format::is_of_an_export;

/// Fills a new folder beside the one that is meant, and puts it in its place when it is whole.
pub(crate) fn write<T>(
    folder: &Path,
    force: bool,
    fill: impl FnOnce(&Path) -> Result<T, ExportError>,
) -> Result<T, ExportError> {
    let is_there = look_at(folder, force)?;
    let parent = match folder.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(ExportError::of(parent))?;
    let beside = || {
        tempfile::Builder::new()
            .prefix(".export-")
            .tempdir_in(parent)
    };
    let failed = ExportError::of(folder);
    let made = beside().map_err(&failed)?;
    let new = made.path().join("new");
    fs::create_dir(&new).map_err(&failed)?;
    let filled = fill(&new)?;
    settle(&new).map_err(&failed)?;
    put(&new, folder, is_there, &made).map_err(&failed)?;
    Ok(filled)
}

/// Whether there is a folder already. One that holds something is replaced only where that is asked for, and only an export.
fn look_at(folder: &Path, force: bool) -> Result<bool, ExportError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(ExportError::NotAFolder(folder.to_owned()));
        }
        Err(error) => return Err(ExportError::of(folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(ExportError::of(folder))?;
        if !force {
            return Err(ExportError::NotEmpty(folder.to_owned()));
        }
        let name = entry.file_name();
        if !is_of_an_export(&name) {
            return Err(ExportError::NotAnExport {
                folder: folder.to_owned(),
                found: name.to_string_lossy().into_owned(),
            });
        }
    }
    Ok(true)
}

/// Waits until all of it is on the disk.
fn settle(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        File::open(entry?.path())?.sync_all()?;
    }
    Ok(())
}

/// Puts the new folder in the place of the old one, which stays where that fails.
fn put(new: &Path, folder: &Path, is_there: bool, made: &TempDir) -> io::Result<()> {
    let old: PathBuf = made.path().join("old");
    if is_there {
        fs::rename(folder, &old)?;
    }
    fs::rename(new, folder).inspect_err(|_| {
        if is_there {
            // If it cannot go back either, the error that is told is the first one.
            let _ = fs::rename(&old, folder);
        }
    })
}
