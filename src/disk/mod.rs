//! The file system, and nothing else that touches it.

mod folder;

use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;

use crate::finding::{Finding, Findings};
use crate::text::Source;
use crate::yaml::decode_text;
pub(crate) use folder::{FileKind, files, has_ending, holds, left_out, list};

/// Reads a text file of at most `limit` bytes. If it cannot be read, that is a finding.
pub(crate) fn read_text(path: &Path, limit: usize, findings: &mut Findings) -> Option<Arc<Source>> {
    let name = path.display().to_string();
    match read_bytes(path, limit) {
        Ok(bytes) => decode_text(&name, bytes, limit, findings),
        Err(error) => {
            findings.push(Finding::cannot_read(&name, &error));
            None
        }
    }
}

/// Reads a stream as a text of at most `limit` bytes. `name` is what messages call it.
pub(crate) fn read_stream(
    name: &str,
    stream: impl Read,
    limit: usize,
    findings: &mut Findings,
) -> Option<Arc<Source>> {
    let mut bytes = Vec::new();
    match stream.take(limit as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) => decode_text(name, bytes, limit, findings),
        Err(error) => {
            findings.push(Finding::cannot_read(&name, &error));
            None
        }
    }
}

/// The bytes of a file. It reads at most one byte more than the limit, which shows that the file is too large.
fn read_bytes(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    // The length of the file is usually known, so no extra room is needed.
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

/// Whether a path is something other than a file, such as a pipe or a device, which cannot be replaced.
pub(crate) fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|there| !there.is_file())
}

#[cfg(feature = "testing")]
/// Whether there is a folder at a path.
pub(crate) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

#[cfg(feature = "testing")]
/// What is the same for all names of one file.
pub(crate) fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// How long a writer waits for others in the same folder before it gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// A lock on a folder, for as long as it is kept; none where the folder cannot be found.
pub(crate) type FolderLock = Option<File>;

/// Makes other writers in the same folder wait while it lives, and removes temporary files that a stopped writer left
/// there. If the system has no locks, nobody waits and nothing is removed.
///
/// # Errors
/// If other writers keep the folder locked for too long.
pub(crate) fn lock_beside(path: &Path) -> io::Result<FolderLock> {
    let path = fs::canonicalize(path).ok();
    match path.as_deref().and_then(Path::parent) {
        Some(folder) => lock_folder(folder),
        None => Ok(None),
    }
}

fn lock_folder(folder: &Path) -> io::Result<Option<File>> {
    let Ok(lock) = File::open(folder) else {
        return Ok(None);
    };
    let start = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => break,
            Err(TryLockError::Error(_)) => return Ok(None),
            Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => {
                let busy = "another program keeps its folder locked";
                return Err(io::Error::new(io::ErrorKind::WouldBlock, busy));
            }
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(5)),
        }
    }
    clear_leftovers(folder);
    Ok(Some(lock))
}

/// The start of the names of our temporary files. Six letters or digits follow.
const TEMPORARY: &str = ".clio-rules-";

/// Removes temporary files of ours, which nobody writes while we hold the folder's lock.
fn clear_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let chance = name.to_str().and_then(|name| name.strip_prefix(TEMPORARY));
        let is_ours = chance.is_some_and(|chance| {
            chance.len() == 6 && chance.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_file()) {
            // A file that stays does no harm, because no name is used twice.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Replaces a file in one step: readers see the old or the new text, never a part.
///
/// The new text is these parts in a row. It is written beside the file, flushed to disk, given the file's permissions,
/// and renamed over the file. A symbolic link stays one. `is_still` is asked last: if it returns `false`, nothing is
/// replaced, which is not an error.
pub(crate) fn replace(
    path: &Path,
    parts: &[&str],
    is_still: impl FnOnce() -> bool,
) -> io::Result<bool> {
    let path = fs::canonicalize(path)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied));
    }
    // The folder is opened before anything is written, so that a failure cannot come after the file was replaced.
    let folder_on_disk = open_folder(folder)?;
    let file = tempfile::Builder::new()
        .prefix(TEMPORARY)
        .tempfile_in(folder)?;
    write_parts(file.as_file(), parts)?;
    file.as_file().set_permissions(permissions)?;
    keep_owner(&path, file.as_file())?;
    file.as_file().sync_all()?;
    if !is_still() {
        return Ok(false);
    }
    file.persist(&path).map_err(|error| error.error)?;
    sync_folder(folder_on_disk)?;
    Ok(true)
}

/// Writes many parts of one text: small ones together, large ones as they are.
fn write_parts(file: &File, parts: &[&str]) -> io::Result<()> {
    let mut writer = BufWriter::with_capacity(AT_ONCE, file);
    for part in parts {
        writer.write_all(part.as_bytes())?;
    }
    writer.flush()
}

/// Whether a file holds exactly the bytes of these parts.
pub(crate) fn has_bytes(path: &Path, parts: &[&str]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0; AT_ONCE];
    for wanted in parts
        .iter()
        .flat_map(|part| part.as_bytes().chunks(AT_ONCE))
    {
        let is_there = buffer.get_mut(..wanted.len()).map(|found| {
            let read = file.read_exact(found);
            read.map(|()| found == wanted)
        });
        match is_there {
            Some(Ok(true)) => {}
            Some(Err(error)) if error.kind() != io::ErrorKind::UnexpectedEof => return Err(error),
            _ => return Ok(false),
        }
    }
    match file.read_exact(&mut [0]) {
        Ok(()) => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(true),
        Err(error) => Err(error),
    }
}

/// How many bytes are read or written at once.
const AT_ONCE: usize = 1 << 18;

/// A folder that can be flushed to disk. `None` if the system does not support that.
#[cfg(unix)]
fn open_folder(folder: &Path) -> io::Result<Option<File>> {
    File::open(folder).map(Some)
}

#[cfg(not(unix))]
fn open_folder(_: &Path) -> io::Result<Option<File>> {
    Ok(None)
}

/// Flushes the names in a folder to disk.
fn sync_folder(folder: Option<File>) -> io::Result<()> {
    folder.map_or(Ok(()), |folder| folder.sync_all())
}

/// Whether something is at a path, a broken link included.
pub(crate) fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Writes files that do not exist yet, with the folders they need. If one cannot be written, the others are removed again.
pub(crate) fn write_all_new(files: &[(PathBuf, String)]) -> Result<(), (PathBuf, io::Error)> {
    for (number, (path, text)) in files.iter().enumerate() {
        if let Err(error) = write_new(path, text) {
            for (written, _) in files.iter().take(number) {
                // A file that cannot be removed stays. The error says that the set is not complete.
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
    new_beside(path, text)?
        .persist_noclobber(path)
        .map_err(|error| error.error)?;
    Ok(())
}

#[cfg(feature = "testing")]
/// Writes a whole file, whether or not it exists. Something that is no file, such as a pipe, is written to directly.
pub(crate) fn put(path: &Path, text: &str) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if there.is_file() => {
            let _lock = lock_beside(path)?;
            replace(path, &[text], || true).map(|_| ())
        }
        Ok(_) => fs::write(path, text),
        Err(_) => {
            let _lock = lock_folder(folder_of(path))?;
            new_beside(path, text)?
                .persist(path)
                .map_err(|error| error.error)?;
            sync_folder(open_folder(folder_of(path))?)
        }
    }
}

fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    folder.unwrap_or(Path::new("."))
}

/// A temporary file beside a path, with the whole text flushed to disk. So a renamed file is always complete.
fn new_beside(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The file gets the usual permissions of the process, because it is no secret, unlike most temporary files.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder_of(path))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
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
