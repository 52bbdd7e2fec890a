use crate::program::Folder;

#[test]
fn without_arguments_there_is_help() {
    let done = Folder::new().run(std::iter::empty()).done();
    assert_eq!((done.status, done.stdout.as_str()), (2, ""));
    assert!(done.stderr.contains("clio-rules can wren create_bill"));
}

#[test]
fn help_and_version_are_answers() {
    let help = Folder::new().run(["--help"]).done();
    assert_eq!((help.status, help.stderr.as_str()), (0, ""));
    let version = Folder::new().run(["--version"]).done();
    let expected = format!("clio-rules {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!((version.status, version.stdout), (0, expected));
}

#[test]
fn wrong_usage_exits_with_2() {
    let status = |arguments: [&str; 3]| Folder::new().run(arguments).done().status;
    assert_eq!(status(["can", "wren", "--nonsense"]), 2);
    assert_eq!(status(["change", "tomas", "--write"]), 2);
    assert_eq!(status(["frobnicate", "a", "b"]), 2);
    assert_eq!(status(["check", "--format", "xml"]), 2);
}

/// `clio-rules NAME` runs `clio-rules-NAME`, with what stands behind the name.
#[cfg(unix)]
#[test]
fn commands_of_other_programs_are_looked_up() {
    use std::os::unix::fs::PermissionsExt;
    let script = "#!/bin/sh\nfor word; do echo \"<$word>\"; done\nexit 7\n";
    let folder = Folder::new()
        .with("clio-rules-hello", script)
        .with("clio-rules-mute", script);
    let may_run = |name: &str, mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(folder.path().join(name), permissions).unwrap();
    };
    may_run("clio-rules-hello", 0o755);
    may_run("clio-rules-mute", 0o644);
    let path = format!("{}:/usr/bin:/bin", folder.path().display());
    let run = |arguments: &[&str]| {
        folder
            .run(arguments.iter().copied())
            .env("PATH", &path)
            .done()
    };
    let done = run(&["--color", "never", "hello", "a b", "--help", "-x"]);
    assert_eq!(
        (done.status, done.stdout.as_str()),
        (7, "<a b>\n<--help>\n<-x>\n")
    );
    let done = run(&["mute"]);
    assert_eq!((done.status, done.stdout.as_str()), (2, ""));
    assert!(
        done.stderr.contains("`clio-rules-mute` cannot be run"),
        "{}",
        done.stderr
    );
    // Without a program of the name, the nearest command is named.
    let done = run(&["matrx"]);
    assert_eq!(done.status, 2);
    assert!(
        done.stderr.contains("unrecognized subcommand 'matrx'"),
        "{}",
        done.stderr
    );
    assert!(done.stderr.contains("'matrix'"), "{}", done.stderr);
    // A path is no name.
    let done = run(&["../clio-rules-hello"]);
    assert_eq!((done.status, done.stdout.as_str()), (2, ""));
}

/// The examples that a command's help shows, each run as it stands there.
#[test]
fn the_examples_in_the_help_work() {
    for command in ["can", "change", "check", "sources", "explain"] {
        let help = Folder::new().run([command, "--help"]).done().stdout;
        let (_, examples) = help.split_once("Examples:\n").unwrap();
        for example in examples.lines().filter(|line| !line.contains("my-")) {
            let words = example.split_whitespace().skip(1);
            let status = Folder::new().run(words).done().status;
            assert!(status < 2, "{example}");
        }
    }
}

#[test]
fn a_duration_is_a_number_and_a_unit() {
    let status = |time: &str| Folder::new().run(["prove", "--time", time]).done();
    for time in ["60000ms", "60s", "2m", "1h"] {
        assert_eq!(status(time).status, 0, "{time}");
    }
    let too_long = format!("{}h", u64::MAX);
    for time in [
        "", "10", "s", "-1s", "1.5s", "1d", "1 s", "1S", "s10", "10ss", &too_long,
    ] {
        let done = status(time);
        assert_eq!((done.status, done.stdout.as_str()), (2, ""), "{time}");
        assert!(
            time.starts_with('-') || done.stderr.contains("500ms, 10s or 2m"),
            "{time}: {}",
            done.stderr
        );
    }
}

#[test]
fn the_help_of_every_command_has_an_example() {
    let help = Folder::new().run(["--help"]).done().stdout;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let names: Vec<&str> = commands
        .lines()
        .take_while(|line| !line.is_empty())
        // Deeper lines go on with what is said of a command.
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !matches!(*name, "" | "help"))
        .collect();
    assert!(names.len() > 20, "{help}");
    for name in names {
        let help = Folder::new().run([name, "--help"]).done().stdout;
        assert!(help.contains("Example"), "{name}");
        assert!(
            help.contains(&format!("  clio-rules {name}")),
            "{name}: {help}"
        );
    }
}
