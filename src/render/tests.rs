use std::path::Path;

use askama::filters::Escaper;
use pretty_assertions::assert_eq;

use super::Renderer;
use super::html::{HtmlDoor, StyleDoor};
use super::markdown::{CodeSpan, MarkdownDoor};
use super::terminal::{HEADING, PaintedText, SafeLines, TextDoor, fit_for_terminal};
use super::xml::XmlDoor;
use crate::protocol::{
    AnswerReply, DiffFirmRequest, MatrixRequest, Request, ReviewRequest, SourceTexts,
    WhoCanRequest, World,
};
use crate::text::cell::CsvCells;
use crate::text::character::{CharacterClass, SAMPLES};
use crate::{Finding, Firm, Rulebook, Seat, Source, Span, User, codes};

/// Templates go through the door of their form. Only a template that says `safe`, or that is escaped in another form, does not.
#[test]
fn no_template_goes_around_its_door() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/templates");
    let mut open = vec![folder];
    let mut count = 0;
    let mut broken = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("it is a folder") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("it can be read");
            let ending = path.extension().and_then(|ending| ending.to_str());
            assert!(
                matches!(
                    ending,
                    Some("html" | "md" | "txt" | "css" | "xml" | "github")
                ),
                "{path:?}"
            );
            let text = text.replace("|e(\"css\")", "");
            count += 1;
            for around in ["|safe", "| safe", "|e(", "|escape(", "escape none"] {
                if text.contains(around) {
                    broken.push(format!("{}: {around}", path.display()));
                }
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
    assert!(count > 20);
}

/// What a door makes of a text.
type Door = (&'static str, fn(&str) -> String);

fn through(door: impl Escaper, text: &str) -> String {
    let mut out = String::new();
    door.write_escaped_str(&mut out, text)
        .expect("a string takes all");
    out
}

const DOORS: &[Door] = &[
    ("terminal", |text| through(TextDoor, text)),
    ("terminal, for programs", fit_for_terminal),
    ("terminal, in colours", |text| {
        PaintedText::of(HEADING, text, &()).to_string()
    }),
    ("terminal, in a table", |text| {
        SafeLines(text.replace('\n', " ")).to_string()
    }),
    ("Markdown", |text| through(MarkdownDoor, text)),
    ("Markdown, an id", |text| CodeSpan(text).to_string()),
    ("HTML", |text| through(HtmlDoor, text)),
    ("CSS", |text| through(StyleDoor, text)),
    ("XML", |text| through(XmlDoor, text)),
    ("CSV", |text| CsvCells::Shown.cell(text).into_owned()),
    ("a finding", |text| {
        let place = Source::new(text, "").place(Span::default());
        Finding::new(&codes::UNKNOWN_USER, Some(place), &[&text])
            .with_help(text)
            .to_string()
    }),
];

/// Nothing that people cannot see, that begins a line or that turns a text comes out of any door; what scripts and emoji need does.
#[test]
fn every_door_takes_every_class_of_characters() {
    for (name, door) in DOORS {
        for (class, samples) in SAMPLES {
            for c in samples.chars() {
                let out = door(&format!("a{c}b"));
                if *class == CharacterClass::Joiner {
                    assert!(out.contains(&format!("a{c}b")), "{name}: {out:?}");
                    continue;
                }
                // A page shows a line end and a tab as a space.
                let is_space = |c: char| *name == "HTML" && matches!(c, '\n' | '\t');
                let comes_out = |c: char| CharacterClass::of(c).is_some() && !is_space(c);
                assert!(!out.contains(comes_out), "{name}: {out:?}");
            }
        }
        assert!(door("é שלום").contains("é שלום"), "{name}");
    }
}

const HOSTILE: &str = "<b>*x*|";

fn firm() -> Firm {
    let rulebook = Rulebook::builtin().expect("built in");
    let users = [
        User::new("ada")
            .name(HOSTILE)
            .seat(Seat::new("manage").role("primary_subscriber")),
        User::new("ben")
            .name(HOSTILE)
            .seat(Seat::new("manage").role("billing")),
    ];
    Firm::of_users(&rulebook, HOSTILE, users).expect("it fits the rules")
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("memory takes all");
    String::from_utf8(out).expect("text")
}

#[test]
fn names_are_harmless_in_every_form() {
    let firm = firm();
    let world = World::new(&firm);
    let renderer = Renderer::of(&world);
    let review = world
        .ask(ReviewRequest::default())
        .expect("it is small")
        .reply;
    let who = world
        .ask(WhoCanRequest::of("create_bill"))
        .expect("it is known");
    let mut text = written(|to| renderer.text(&review, to));
    text.push_str(&written(|to| renderer.text(&who, to)));
    assert!(text.contains("<b>*x*|"), "{text}");
    let markdown = written(|to| renderer.markdown(&review, to));
    assert!(markdown.contains("\\<b\\>\\*x\\*\\|"), "{markdown}");
    let page = written(|to| renderer.page(&review, to));
    assert!(page.contains("&lt;b&gt;*x*|"), "{page}");
    for form in [text, markdown, page] {
        assert!(!form.contains(['\u{202e}', '\u{1b}']));
    }
}

/// Whoever has an answer as data gets the same text as whoever has it typed.
#[test]
fn an_answer_is_shown_alike_typed_and_as_data() {
    let firm = Firm::example(&Rulebook::builtin().expect("built in")).expect("it fits");
    let world = World::new(&firm).with_firm("old.yaml", &firm);
    let renderer = Renderer::of(&world).coloured(true);
    let old = SourceTexts::Loaded("old.yaml".to_owned());
    let same = DiffFirmRequest { old, new: None };
    let requests: [Request; 3] = [
        Request::new(WhoCanRequest::of("create_bill")),
        Request::new(MatrixRequest::default()),
        Request::new(same),
    ];
    for request in requests {
        let answer = world.try_answer(&request).expect("it can be asked");
        let json = serde_json::to_string(&answer).expect("it is data");
        let read: crate::protocol::Reply = serde_json::from_str(&json).expect("it is a reply");
        let read: AnswerReply = read.answer().expect("it is an answer");
        let text = written(|to| renderer.text(&answer, to));
        assert_eq!(written(|to| renderer.text(&read, to)), text);
        assert!(text.lines().count() > 0 && text.ends_with('\n'));
    }
    let who = world
        .ask(WhoCanRequest::of("create_bill"))
        .expect("it is known");
    let typed = written(|to| renderer.text(&who, to));
    assert!(typed.starts_with("\u{1b}[1m\u{1b}[32m"), "{typed}");
    assert_eq!(
        written(|to| renderer.text(&AnswerReply::from(who), to)),
        typed
    );
}
