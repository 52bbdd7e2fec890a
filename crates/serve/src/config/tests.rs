use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use clap::Parser;

use super::{ConfigError, Limits, LogTarget, Options, Settings, of_text};

fn options(arguments: &[&str]) -> Options {
    let arguments = ["clio-rules-serve"].iter().chain(arguments);
    Options::try_parse_from(arguments).unwrap()
}

fn settings(arguments: &[&str]) -> Result<Settings, ConfigError> {
    Settings::resolve(options(arguments))
}

fn file(text: &str) -> Result<Options, ConfigError> {
    of_text("server.yaml", text)
}

#[test]
fn without_options_this_computer_is_answered_from_the_built_in_rules() {
    let settings = settings(&[]).unwrap();
    assert_eq!(settings.listen, SocketAddr::from(([127, 0, 0, 1], 8181)));
    assert_eq!(settings.limits, Limits::DEFAULT);
    assert!(settings.page && settings.tls.is_none() && settings.keys.is_none());
    assert!(settings.decision_log.is_none());
    assert_eq!(settings.tenants.len(), 1);
    assert_eq!(settings.subject_types, ["user"]);
}

#[test]
fn options_go_before_the_file() {
    let given = options(&[
        "--firm",
        "mine.yaml",
        "--max-depth",
        "3",
        "--reading",
        "a=true",
    ]);
    let file = "rules: r\nfirm: f\nreading: { b: false }\nno_page: true\nlimits: { depth: 4, body_time: 0.5 }\n";
    let both = given.or(super::tests::file(file).unwrap());
    assert_eq!(both.rules.as_deref(), Some(Path::new("r")));
    assert_eq!(both.firm.as_deref(), Some(Path::new("mine.yaml")));
    assert_eq!(
        (both.reading.len(), both.reading[0].name.as_str()),
        (1, "a")
    );
    assert!(both.no_page);
    let limits = both.limits.resolve();
    assert_eq!(
        (limits.depth, limits.body_time),
        (3, Duration::from_millis(500))
    );
}

#[test]
fn a_choice_about_tests_replaces_that_of_the_file() {
    let file = || file("fixtures: f\n").unwrap();
    assert!(options(&["--no-fixtures"]).or(file()).fixtures.is_none());
    assert_eq!(
        options(&[]).or(file()).fixtures.as_deref(),
        Some(Path::new("f"))
    );
    let without = super::tests::file("no_fixtures: true\n").unwrap();
    assert!(!options(&["--fixtures", "g"]).or(without).no_fixtures);
}

#[test]
fn every_option_is_a_key_of_the_file() {
    use clap::CommandFactory;
    let only_options = ["config", "check", "new-key", "help", "version"];
    for option in Options::command().get_arguments() {
        let Some(name) = option
            .get_long()
            .filter(|name| !only_options.contains(name))
        else {
            continue;
        };
        let is_limit = option.get_help_heading() == Some("Limits");
        let variable = option
            .get_env()
            .unwrap_or_else(|| panic!("--{name} has no variable"));
        assert_eq!(
            variable.to_str().unwrap(),
            format!("CLIO_RULES_SERVE_{}", name.to_uppercase().replace('-', "_"))
        );
        let key = option.get_id().as_str();
        let text = if is_limit {
            format!("limits: {{ {key}: oops }}")
        } else {
            format!("{key}: {{ oops: oops }}")
        };
        let error = file(&text).unwrap_err().to_string();
        assert!(!error.contains("unknown-key"), "--{name}: {error}");
        assert!(
            is_limit || key == name.replace('-', "_"),
            "--{name} is `{key}` in the file"
        );
    }
}

#[test]
fn an_unknown_key_is_named_with_its_place_and_its_neighbour() {
    let error = |text: &str| file(text).unwrap_err().to_string();
    assert_eq!(
        error("rules: r\nlisten_: x\n"),
        "server.yaml:2:1: error[unknown-key]: there is no key `listen_` here; did you mean `listen`?"
    );
    assert!(error("limits: { dept: 1 }").contains("did you mean `depth`?"));
    assert!(error("tenants: { a: { fixture: x } }").contains("did you mean `fixtures`?"));
    let wrong = error("no_page: maybe\n");
    assert!(
        wrong.starts_with("server.yaml:1:10: error[yaml-syntax]"),
        "{wrong}"
    );
    assert!(error("listen: here\n").contains("server.yaml:1:9"));
    assert!(error("firm: a\nfirm: b\n").contains("firm"));
}

#[test]
fn an_empty_file_says_nothing() {
    for text in ["", "# nothing\n", "---\n"] {
        assert!(file(text).unwrap().rules.is_none());
    }
}

#[test]
fn paths_of_a_file_begin_at_its_folder() {
    let text = "rules: r\nfirm: /f\ndecision_log: \"-\"\ntenants: { a: { firm: a.yaml } }\n";
    let options = file(text).unwrap().beside(Path::new("etc"));
    assert_eq!(options.rules.as_deref(), Some(Path::new("etc/r")));
    assert_eq!(options.firm.as_deref(), Some(Path::new("/f")));
    assert_eq!(options.decision_log.as_deref(), Some(Path::new("-")));
    assert_eq!(
        options.tenants["a"].firm.as_deref(),
        Some(Path::new("etc/a.yaml"))
    );
}

#[test]
fn what_does_not_go_together_is_refused() {
    let wrong = |arguments: &[&str]| settings(arguments).unwrap_err().to_string();
    assert!(wrong(&["--listen", "10.0.0.1:1"]).contains("--insecure-no-tls"));
    assert!(wrong(&["--listen", "10.0.0.1:1", "--insecure-no-tls"]).contains("--insecure-no-keys"));
    assert!(wrong(&["--tls-key", "k"]).contains("tls_cert"));
    assert!(wrong(&["--decision-log-share", "1.5"]).contains("1.5"));
    for url in [
        "pdp.example",
        "ftp://pdp.example",
        "https://",
        "https:///x",
        "https://a?b",
        "https://a#b",
        "https://a b",
    ] {
        assert!(wrong(&["--public-url", url]).contains(url), "{url}");
    }
    assert_eq!(
        settings(&["--public-url", "https://a.example/pdp/"])
            .unwrap()
            .public_url
            .unwrap(),
        "https://a.example/pdp"
    );
    for name in ["", "a/b", "..", ".a", "a b", "%41", &"a".repeat(65)] {
        let given = file(&format!("tenants: {{ \"{name}\": {{}} }}")).unwrap();
        let resolved = Settings::resolve(given);
        assert!(
            matches!(resolved, Err(ConfigError::TenantName(_))),
            "{name}"
        );
    }
}

#[test]
fn times_and_logs_are_read() {
    for wrong in ["0", "-1", "x", "inf", "NaN", "1e300"] {
        assert!(
            Options::try_parse_from(["x", "--body-seconds", wrong]).is_err(),
            "{wrong}"
        );
    }
    let log = |path: &str| {
        settings(&["--decision-log", path])
            .unwrap()
            .decision_log
            .unwrap()
    };
    assert_eq!(log("-").target, LogTarget::Stdout);
    assert_eq!(log("a").target, LogTarget::File("a".into()));
    assert!((log("a").share - 1.0).abs() < f64::EPSILON);
}

#[test]
fn the_page_about_the_server_has_every_limit_with_its_default() {
    use clap::CommandFactory;
    let page = include_str!("../../../../docs/server.md");
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| ")).collect();
    let command = Options::command();
    let limits = command
        .get_arguments()
        .filter(|option| option.get_help_heading() == Some("Limits"));
    let mut count = 0;
    for limit in limits {
        let (option, key) = (limit.get_long().unwrap(), limit.get_id());
        let help = limit.get_help().unwrap().to_string();
        let default = help
            .rsplit("[default: ")
            .next()
            .unwrap()
            .trim_end_matches(']');
        let cells = format!("| `--{option}` | `{key}` | {default} |");
        assert!(rows.iter().any(|row| row.contains(&cells)), "{cells}");
        count += 1;
    }
    assert_eq!(count, 12);
}

#[test]
fn the_defaults_are_those_that_the_help_tells() {
    use clap::CommandFactory;
    // Giving every limit its default alters nothing.
    let command = Options::command();
    let limits = command
        .get_arguments()
        .filter(|option| option.get_help_heading() == Some("Limits"));
    let mut arguments = Vec::new();
    for limit in limits {
        let help = limit.get_help().unwrap().to_string();
        let default = help
            .rsplit("[default: ")
            .next()
            .unwrap()
            .trim_end_matches(']');
        arguments.extend([
            format!("--{}", limit.get_long().unwrap()),
            default.to_owned(),
        ]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert_eq!(settings(&arguments).unwrap().limits, Limits::DEFAULT);
}

#[test]
fn the_example_of_the_package_is_read() {
    let options = file(include_str!("../../packaging/server.example.yaml")).unwrap();
    let settings = Settings::resolve(options).unwrap();
    assert_eq!(settings.tenants.len(), 2);
    assert_eq!(settings.limits, Limits::DEFAULT);
}
