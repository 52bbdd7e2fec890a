//! What only a system with owners, links and mounted disks can do to a file.

use std::io::Write as _;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::Path;
use std::process::{Command, Output};

use pretty_assertions::assert_eq;

use super::{GRANT, REVOKE, large_firm};
use crate::program::{Folder, shipped};

const CANNOT_WRITE: &str = "error[cannot-write]: `firm.yaml` cannot be written";

/// Says on standard error, past the capturing of tests, that one was skipped, and why.
macro_rules! skip {
    ($($reason:tt)*) => {{
        let line = format!("1 skipped: {}\n", format_args!($($reason)*));
        std::io::stderr().write_all(line.as_bytes()).unwrap();
    }};
}

/// Runs a script in a folder that is a small disk of its own, with the program as `$1` and the large firm as `$2`.
/// None, with the reason printed, where no disk can be mounted.
fn on_a_small_disk(options: &str, script: &str) -> Option<Output> {
    let folder = Folder::new()
        .with("large.yaml", large_firm())
        .with("disk/none", "");
    let mount = format!("mount -t tmpfs -o {options} tmpfs disk && cd disk || exit 99\n{script}");
    let output = Command::new("unshare")
        .args(["--mount", "--map-root-user", "sh", "-c", &mount, "sh"])
        .arg(env!("CARGO_BIN_EXE_clio-rules"))
        .arg(folder.path().join("large.yaml"))
        .current_dir(folder.path())
        .output();
    let reason = match output {
        Ok(output) if output.status.code() != Some(99) && !refuses(&output) => {
            return Some(output);
        }
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    skip!("no disk can be mounted here: {reason}");
    None
}

fn refuses(output: &Output) -> bool {
    String::from_utf8_lossy(&output.stderr).starts_with("unshare:")
}

/// The change fails with this beginning, the file is as it was, and nothing lies beside it.
fn keeps_the_file(options: &str, prepare: &str, begins: &str) {
    let script = format!(
        "cp \"$2\" firm.yaml && {prepare} || exit 98
        \"$1\" change tomas grant accounts otto --write > /dev/null; code=$?
        cmp firm.yaml \"$2\" >&2 && echo \"$code $(ls -A | tr '\\n' ' ')\""
    );
    let Some(output) = on_a_small_disk(options, &script) else {
        return;
    };
    let error = crate::program::errors(&output.stderr);
    assert!(error.starts_with(begins), "{error}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "2 firm.yaml \n");
}

#[test]
fn a_full_disk_is_an_error_and_keeps_the_file() {
    let size = large_firm().len().div_ceil(4096) * 4;
    let full = format!("{CANNOT_WRITE}: no space left on device");
    keeps_the_file(&format!("size={}k", size + 8), ":", &full);
    keeps_the_file("size=1m,nr_inodes=2", ":", &full);
}

#[test]
fn a_disk_that_only_reads_is_an_error_and_keeps_the_file() {
    let begins = format!("{CANNOT_WRITE}: read-only file system");
    keeps_the_file("size=1m", "mount -o remount,ro .", &begins);
}

#[test]
fn a_small_disk_with_room_is_written_to() {
    let script =
        "cp \"$2\" firm.yaml && \"$1\" change tomas grant accounts otto --write | tail -n 1";
    if let Some(output) = on_a_small_disk("size=1m", script) {
        let said = String::from_utf8(output.stdout).unwrap();
        assert_eq!(said, "written to firm.yaml\n");
    }
}

/// In a folder with these permissions the change fails, the file is as it was, and nothing lies beside it.
fn keeps_the_file_in_a_folder_of(mode: u32) {
    let folder = Folder::new().with_firm();
    let set = |mode| {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(folder.path(), mode).unwrap();
    };
    // Root may do everything everywhere, so that the program runs as somebody who is not, with a file of their own.
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    let program = env!("CARGO_BIN_EXE_clio-rules");
    let mut command = if is_root {
        chown(folder.path().join("firm.yaml"), Some(65_534), Some(65_534)).unwrap();
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", program]);
        command
    } else {
        Command::new(program)
    };
    command.args(GRANT).args(["--firm", "firm.yaml"]);
    set(mode);
    let output = command.current_dir(folder.path()).output();
    set(0o755);
    let output = match output {
        Ok(output) if !output.stderr.starts_with(b"setpriv:") => output,
        other => return skip!("nobody else can be run as here: {other:?}"),
    };
    let error = crate::program::errors(&output.stderr);
    let begins = format!("{CANNOT_WRITE}: permission denied");
    assert!(error.starts_with(&begins), "{error}");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert_eq!(folder.read("firm.yaml"), shipped("fixtures/firm.yaml"));
    assert_eq!(folder.names(), ["firm.yaml"]);
}

#[test]
fn a_folder_that_may_not_be_written_to_is_an_error_and_keeps_the_file() {
    keeps_the_file_in_a_folder_of(0o555);
}

#[test]
fn a_folder_that_cannot_be_opened_is_an_error_before_the_file_is_replaced() {
    // Files may be made in it and found by name, but it may not be read.
    keeps_the_file_in_a_folder_of(0o333);
}

#[test]
fn a_link_stays_a_link_and_what_it_names_is_written() {
    let folder = Folder::new().with("real/firm.yaml", shipped("fixtures/firm.yaml"));
    symlink("real/firm.yaml", folder.path().join("firm.yaml")).unwrap();
    symlink("firm.yaml", folder.path().join("second.yaml")).unwrap();
    let done = folder
        .run(GRANT.into_iter().chain(["--firm", "second.yaml"]))
        .done();
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    let is_link = |name: &str| folder.path().join(name).is_symlink();
    assert!(is_link("firm.yaml") && is_link("second.yaml") && !is_link("real/firm.yaml"));
    assert!(
        folder
            .read("real/firm.yaml")
            .contains("roles: [reports, accounts]")
    );
    assert_eq!(folder.names(), ["firm.yaml", "real", "second.yaml"]);
}

#[test]
fn links_that_lead_nowhere_are_errors() {
    let folder = Folder::new();
    symlink("gone.yaml", folder.path().join("dangling.yaml")).unwrap();
    symlink("round.yaml", folder.path().join("round.yaml")).unwrap();
    for (name, reason) in [
        ("dangling.yaml", "no such file or directory"),
        ("round.yaml", "too many levels of symbolic links"),
    ] {
        let done = folder.run(GRANT.into_iter().chain(["--firm", name])).done();
        let begins = format!("error[cannot-read]: `{name}` cannot be read: {reason}");
        assert!(done.stderr.starts_with(&begins), "{}", done.stderr);
        assert_eq!(done.status, 2);
    }
    assert_eq!(folder.names(), ["dangling.yaml", "round.yaml"]);
}

#[test]
fn permissions_and_owner_stay() {
    let folder = Folder::new().with_firm();
    let path = folder.path().join("firm.yaml");
    let owner = |path: &Path| {
        let file = std::fs::metadata(path).unwrap();
        (file.uid(), file.gid(), file.mode() & 0o7777)
    };
    // Only root gives files away; for everybody else the owner stays the same anyway.
    let given = chown(&path, Some(12_345), Some(54_321)).is_ok();
    for (mode, words) in [(0o600, GRANT), (0o640, REVOKE), (0o664, GRANT)] {
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        let before = owner(&path);
        assert!(!given || (before.0, before.1) == (12_345, 54_321));
        let done = folder.run(words).done();
        assert_eq!((done.status, done.stderr.as_str()), (0, ""));
        assert_eq!(owner(&path), before);
    }
}

#[test]
fn a_folder_that_somebody_keeps_locked_is_an_error_after_a_while() {
    let folder = Folder::new().with_firm();
    let lock = std::fs::File::open(folder.path()).unwrap();
    lock.lock().unwrap();
    let done = folder.run(GRANT).done();
    let begins = format!("{CANNOT_WRITE}: another program keeps its folder locked");
    assert!(done.stderr.starts_with(&begins), "{}", done.stderr);
    assert_eq!(done.status, 2);
    lock.unlock().unwrap();
    assert_eq!(folder.run(GRANT).done().status, 0);
}

#[test]
fn an_answer_that_cannot_be_printed_is_no_success() {
    let folder = Folder::new().with_firm();
    if !Path::new("/dev/full").exists() {
        return skip!("there is no /dev/full");
    }
    let script = "\"$1\" matrix --format html > /dev/full";
    let output = Command::new("sh")
        .args(["-c", script, "sh", env!("CARGO_BIN_EXE_clio-rules")])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!output.stderr.is_empty());
}

#[test]
fn a_pipe_is_read_but_not_written_to() {
    let folder = Folder::new().with_firm();
    let script = "mkfifo pipe.yaml && cat firm.yaml > pipe.yaml &
        sleep 0.2; timeout 20 \"$1\" change tomas grant accounts otto --firm pipe.yaml --write";
    let output = Command::new("sh")
        .args(["-c", script, "sh", env!("CARGO_BIN_EXE_clio-rules")])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let begins = "error[cannot-write]: `pipe.yaml` cannot be written: it is no regular file";
    let error = crate::program::errors(&output.stderr);
    assert!(error.starts_with(begins), "{error}");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert_eq!(folder.names(), ["firm.yaml", "pipe.yaml"]);
}

#[test]
fn a_second_name_of_the_file_keeps_the_old_text() {
    let folder = Folder::new().with("my firm.yaml", shipped("fixtures/firm.yaml"));
    let path = folder.path().join("my firm.yaml");
    std::fs::hard_link(path, folder.path().join("copy.yaml")).unwrap();
    let words = GRANT.into_iter().chain(["--firm", "my firm.yaml"]);
    let done = folder.run(words).done();
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    let granted = "roles: [reports, accounts]";
    assert!(folder.read("my firm.yaml").contains(granted));
    assert_eq!(folder.read("copy.yaml"), shipped("fixtures/firm.yaml"));
}
