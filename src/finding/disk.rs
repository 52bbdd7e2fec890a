//! Findings about files and folders that cannot be read or written.

use std::fmt::Display;
use std::io;

use super::Finding;
use super::code::codes;

codes! {
    CANNOT_READ = Error "cannot-read" {
        text: "`{0}` cannot be read: {1}",
        help: "check the path and who may read it",
        explain: "The file or folder is not there, is of another kind than expected, or may not be read by you.",
    }
    CANNOT_WRITE = Error "cannot-write" {
        text: "`{0}` cannot be written: {1}",
        help: "the file is as it was; check its folder, its permissions and the space on the disk",
        explain: "A changed firm file is written beside the old one and takes its place only when it is complete. When that fails, the old file stays as it was.",
    }
    CHANGED_MEANWHILE = Error "changed-meanwhile" {
        text: "`{0}` was changed by somebody else in the meantime",
        help: "the file is as they left it; make the change again",
        explain: "Between reading the firm file and writing it, somebody else wrote it. Writing over it would lose their change.",
    }
    EDIT_FAILED = Error "edit-failed" {
        text: "the change to `{0}` would not read back as what was asked",
        help: "the file is as it was; make the change by hand and run `check`",
        explain: "After every edit the new text is read again and compared with the firm as it should be. This text has a form that could not be edited safely.",
    }
    SEVERAL_FILES = Error "several-files" {
        text: "the change to `{0}` would alter several files",
        help: "nothing was written; make the changes of each file by themselves",
        explain: "Things can stand in files of their own. A change is written into one file, in one step: two files could not be replaced together, so that one of them could be left as it was.",
    }
    NOT_READ = Warning "not-read" {
        text: "`{0}` is not read: {1}",
        explain: "Of a folder of rules or fixtures, the files that stand directly in it are read whose names have the right ending, in small or large letters: `.yaml` or `.yml`, and `.rhai` for scripts. Files whose names begin with a dot are not read, nor what by its name is a copy of another file that is read, such as `a copy.yaml` or `a (1).yaml`. This one is not read, and looks as if somebody could count on it.",
    }
    TOO_MANY_FILES = Error "too-many-files" {
        text: "`{0}` holds {1} files, more than the limit of {2}",
        explain: "The limit keeps a folder that was chosen by mistake from being read as a whole.",
    }
    OUTPUT_IN_USE = Error "output-in-use" {
        text: "{0} is not written to `{1}`: {2}",
        help: "nothing was written; name another file",
        explain: "A report never takes the place of a file that the same run reads: rules, scripts, a firm, suites and the files they name, the firm of the last review. Two reports do not go into one file either. A file counts as the same by whatever path or link it is named.",
    }
    STREAM_IN_USE = Error "stream-in-use" {
        text: "standard {0} cannot be both {1} and {2}",
        help: "name a file for one of them",
        explain: "`-` in the place of a file is standard input or standard output. Each of them is one stream, so that only one thing can be read from it or written to it.",
    }
    WOULD_OVERWRITE = Error "would-overwrite" {
        text: "`{0}` is there already",
        help: "choose another folder; nothing was written",
        explain: "`init` never overwrites: a folder that has any of the files it would write is refused as a whole.",
    }
    CANNOT_CREATE = Error "cannot-create" {
        text: "`{0}` cannot be written: {1}",
        help: "choose a folder that you may write to; the files written so far were taken away again",
        explain: "`init` writes all of its files or none. One of them could not be written, for the reason that the message names.",
    }
}

impl Finding {
    /// The finding that a file, folder or stream cannot be read. `name` is what messages call it.
    ///
    /// ```
    /// let error = std::io::Error::from_raw_os_error(2);
    /// let finding = clio_rules::Finding::cannot_read(&"ids.txt", &error);
    /// assert_eq!(finding.message(), "`ids.txt` cannot be read: no such file or directory");
    /// ```
    pub fn cannot_read(name: &dyn Display, error: &io::Error) -> Self {
        Self::new(&CANNOT_READ, None, &[name, &reason(error)])
    }
}

/// The system's message for an error, without its number.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
