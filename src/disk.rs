//! The file system, and nothing else that touches it.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::finding::{Finding, Findings, disk as codes};
use crate::text::Source;
use crate::yaml::decode_text;

/// Reads a text file of at most `limit` bytes. What keeps it from being read is a finding.
pub(crate) fn read_text(path: &Path, limit: usize, findings: &mut Findings) -> Option<Arc<Source>> {
    let name = path.display().to_string();
    match read_bytes(path, limit) {
        Ok(bytes) => decode_text(&name, bytes, limit, findings),
        Err(error) => {
            findings.push(Finding::new(
                &codes::CANNOT_READ,
                None,
                &[&name, &reason(&error)],
            ));
            None
        }
    }
}

/// The bytes of a file; one more than the limit is enough to know that it is too large.
fn read_bytes(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    // A file that says how long it is needs no room to spare.
    let most = limit as u64 + 1;
    let length = file.metadata()?.len().min(most);
    let mut bytes = Vec::new();
    bytes.reserve_exact(
        usize::try_from(length)
            .unwrap_or_default()
            .saturating_add(1),
    );
    file.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The files directly in a folder with one of these endings, sorted by name.
pub(crate) fn list(
    folder: &Path,
    endings: &[&str],
    limit: usize,
    findings: &mut Findings,
) -> Option<Vec<PathBuf>> {
    match list_sorted(folder, endings) {
        Ok(files) if files.len() > limit => {
            let folder = folder.display();
            findings.push(Finding::new(
                &codes::TOO_MANY_FILES,
                None,
                &[&folder, &files.len(), &limit],
            ));
            None
        }
        Ok(files) => Some(files),
        Err(error) => {
            let folder = folder.display();
            findings.push(Finding::new(
                &codes::CANNOT_READ,
                None,
                &[&folder, &reason(&error)],
            ));
            None
        }
    }
}

/// Whether a folder holds a file with one of these endings; so it does where that cannot be found out.
pub(crate) fn holds(folder: &Path, endings: &[&str]) -> bool {
    match list_sorted(folder, endings) {
        Ok(files) => !files.is_empty(),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

/// Whether there is a folder at a path.
pub(crate) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

fn list_sorted(folder: &Path, endings: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if ending.is_some_and(|ending| endings.contains(&ending)) && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Keeps other writers of files in the same folder waiting while it lives. Where there are no locks, nobody waits.
pub(crate) fn lock_beside(path: &Path) -> Option<File> {
    let path = fs::canonicalize(path).ok()?;
    let folder = File::open(path.parent()?).ok()?;
    folder.lock().ok()?;
    Some(folder)
}

/// Replaces a file in one step: readers see the old or the new text, never a part.
///
/// The new text is written beside the file, brought to the disk, given the file's permissions, and renamed over it. A symbolic link stays one.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    let mut file = tempfile::Builder::new()
        .prefix(".clio-rules-")
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(permissions)?;
    keep_owner(&path, file.as_file())?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    File::open(folder)?.sync_all()
}

/// Whether something is at a path, a broken link included.
pub(crate) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Writes files that are not there yet, with the folders they need. When one cannot be written, those that were are taken away again.
pub(crate) fn write_all_new(files: &[(PathBuf, String)]) -> Result<(), (PathBuf, io::Error)> {
    for (number, (path, text)) in files.iter().enumerate() {
        if let Err(error) = write_new(path, text) {
            for (written, _) in files.iter().take(number) {
                // What cannot be taken away again stays; the error says that the set is not complete.
                let _ = fs::remove_file(written);
            }
            return Err((path.clone(), error));
        }
    }
    Ok(())
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}

/// Writes a file as a whole, in place of one that is there or new. What is no file, as a pipe, is written to.
pub(crate) fn put(path: &Path, text: &str) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if there.is_file() => replace(path, text),
        Ok(_) => fs::write(path, text),
        Err(_) => put_new(path, text),
    }
}

fn put_new(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".clio-rules-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Others may read it as far as the process lets them: it is no secret, unlike most temporary files.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(unix)]
fn keep_owner(path: &Path, file: &File) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let (old, new) = (fs::metadata(path)?, file.metadata()?);
    if (old.uid(), old.gid()) == (new.uid(), new.gid()) {
        return Ok(());
    }
    std::os::unix::fs::fchown(file, Some(old.uid()), Some(old.gid()))
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &File) -> io::Result<()> {
    Ok(())
}

/// The reason in the words of the system, without its number.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
