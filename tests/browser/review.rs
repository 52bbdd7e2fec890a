//! The access review in a browser.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use clio_rules::{Firm, Question, Rulebook};
use pretty_assertions::assert_eq;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::chromium::Browser;

fn program(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let done = Command::new(env!("CARGO_BIN_EXE_clio-rules"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        done.stderr.is_empty() || done.status.code() != Some(2),
        "{done:?}"
    );
    done
}

/// The page of the example firm, with its review as JSON.
fn example() -> (TempDir, PathBuf, Value) {
    let folder = tempfile::tempdir().unwrap();
    let words = ["review", "--html", "review.html", "--format", "json"];
    let done = program(folder.path(), &words);
    let review = serde_json::from_slice(&done.stdout).unwrap();
    let page = folder.path().join("review.html");
    (folder, page, review)
}

pub(crate) fn the_page_is_drawn_and_asks_nobody(browser: &mut Browser) {
    let (_folder, page, review) = example();
    browser.open(&page);
    assert_eq!(
        browser.value("document.title"),
        "Access review: Hartley Moss LLP"
    );
    assert_eq!(browser.value("document.documentElement.lang"), "en");
    let text = browser.value("document.body.innerText");
    assert!(text.as_str().unwrap().len() > 5_000, "{text}");
    let sizes = "[...document.querySelectorAll('table.h')].map(t => [t.tBodies[0].rows.length, t.tBodies[0].rows[0].cells.length - 1])";
    let products = review["products"].as_array().unwrap();
    let expected = products.iter().map(|product| {
        let size = |key: &str| product[key].as_array().unwrap().len();
        json!([size("rows"), size("actions")])
    });
    assert_eq!(browser.value(sizes), Value::Array(expected.collect()));
    // Every table says what it is about, and every heading what it heads.
    let unscoped = "[...document.querySelectorAll('th')].filter(th => !th.scope).length + [...document.querySelectorAll('table')].filter(t => !t.caption).length";
    assert_eq!(browser.value(unscoped), 0);
    let requests = browser.events("Network.requestWillBeSent");
    let urls = requests
        .iter()
        .map(|event| event["params"]["request"]["url"].as_str().unwrap());
    let urls: Vec<&str> = urls.collect();
    assert!(!urls.is_empty());
    let is_here = |url: &&str| {
        url.starts_with("file:") || url.starts_with("data:") || url.starts_with("about:")
    };
    assert!(urls.iter().all(is_here), "{urls:?}");
    for method in [
        "Runtime.consoleAPICalled",
        "Runtime.exceptionThrown",
        "Log.entryAdded",
    ] {
        assert_eq!(browser.events(method), Vec::<&Value>::new());
    }
}

/// What stands at a cell when it has the focus, and in its note; the rows with the ids of their people.
const CELLS: &str = "[...document.querySelectorAll('table.h')].map(t => [...t.tBodies[0].rows].map(row => [...row.querySelectorAll('td a')].map(a => { a.focus(); return [a.textContent, getComputedStyle(a, '::after').content, document.querySelector(a.getAttribute('href')).textContent]; })))";

/// What `can --why` says about one question, in the words of a note.
fn said(firm: &Firm, question: &Question<'_>) -> (bool, String) {
    let explanation = firm.explain(question).unwrap();
    let decision = &explanation.decision;
    let word = if decision.is_allowed() { "yes" } else { "no" };
    let site = decision
        .grounds
        .site
        .as_deref()
        .map_or_else(String::new, |site| format!("; where: {site}"));
    let text = format!(
        "{word}: {} [{} at {}; {}; {}{site}]",
        &*decision.grounds.reason,
        &*decision.grounds.rule,
        &*decision.grounds.place,
        decision.grounds.basis,
        &*decision.grounds.section
    );
    (decision.is_allowed(), text)
}

/// A text of a style sheet as it is meant.
fn unquoted(content: &str) -> String {
    serde_json::from_str(&content.replace("\\a ", "\\n").replace('\n', "\\n")).unwrap()
}

pub(crate) fn every_cell_says_what_can_says(browser: &mut Browser) {
    let (_folder, page, review) = example();
    browser.open(&page);
    let cells = browser.value(CELLS);
    let firm = Firm::example(&Rulebook::builtin().unwrap()).unwrap();
    let mut asked = 0;
    for (product, cells) in review["products"]
        .as_array()
        .unwrap()
        .iter()
        .zip(cells.as_array().unwrap())
    {
        let id = product["product"].as_str().unwrap();
        let actions = product["actions"].as_array().unwrap();
        let rows = product["rows"].as_array().unwrap();
        let seated: Vec<&str> = rows
            .iter()
            .flat_map(|row| row["users"].as_array().unwrap())
            .map(|user| user.as_str().unwrap())
            .collect();
        for (row, cells) in rows.iter().zip(cells.as_array().unwrap()) {
            for (action, cell) in actions.iter().zip(cells.as_array().unwrap()) {
                let [word, tooltip, note] = [0, 1, 2].map(|part| cell[part].as_str().unwrap());
                let tooltip = unquoted(tooltip);
                assert_eq!(tooltip, note);
                for user in row["users"].as_array().unwrap() {
                    let user = user.as_str().unwrap();
                    let question =
                        Question::new(user, action["action"].as_str().unwrap()).product(id);
                    let title = action["title"].as_str().unwrap();
                    assert!(note.starts_with(title), "{note}");
                    if !action["on_target"].as_bool().unwrap() {
                        let (is_allowed, text) = said(&firm, &question);
                        assert_eq!(note.lines().skip(1).collect::<Vec<_>>(), [&text]);
                        assert_eq!(word == "yes", is_allowed);
                        asked += 1;
                        continue;
                    }
                    let mut lines: HashMap<String, Vec<&str>> = HashMap::new();
                    let (oneself, text) = said(&firm, &question.clone().target(user));
                    assert!(
                        note.contains(&format!("\non themselves {text}")),
                        "{note}\n{text}"
                    );
                    let mut allowed = 0;
                    for target in seated.iter().filter(|target| **target != user) {
                        let (is_allowed, text) = said(&firm, &question.clone().target(*target));
                        allowed += usize::from(is_allowed);
                        lines.entry(text).or_default().push(target);
                        asked += 1;
                    }
                    assert_eq!(note.lines().count(), 2 + lines.len());
                    for (text, targets) in &lines {
                        let line = note
                            .lines()
                            .skip(2)
                            .find(|line| line.ends_with(text.as_str()));
                        let on = line.unwrap().strip_suffix(text.as_str()).unwrap();
                        let names = targets.iter().map(|target| firm.name_of(target).unwrap());
                        let names = names.collect::<Vec<_>>().join(", ");
                        let counted = match targets.len() {
                            1 => "on 1 other ".to_owned(),
                            count => format!("on {count} others "),
                        };
                        assert!(
                            on == counted || on == format!("on {names} "),
                            "{on}, {names}"
                        );
                    }
                    let expected = match (oneself, allowed) {
                        (true, all) if all == seated.len() - 1 => "all",
                        (true, 0) => "themselves",
                        (false, 0) => "nobody",
                        (false, all) if all == seated.len() - 1 => "others",
                        _ => "some",
                    };
                    assert_eq!(word, expected);
                }
            }
        }
    }
    assert!(asked > 1_000, "{asked}");
    the_program_says_the_same(&review);
}

/// One question of every rule that allows or denies a whole action, asked of the program itself.
fn the_program_says_the_same(review: &Value) {
    let folder = tempfile::tempdir().unwrap();
    let mut asked = 0;
    for product in review["products"].as_array().unwrap() {
        let row = &product["rows"][1];
        let user = row["users"][0].as_str().unwrap();
        let numbers = row["notes"].as_array().unwrap().iter();
        for (action, number) in product["actions"]
            .as_array()
            .unwrap()
            .iter()
            .zip(numbers)
            .step_by(5)
        {
            if action["on_target"].as_bool().unwrap() {
                continue;
            }
            let note = &product["notes"][number.as_u64().unwrap() as usize - 1]["answers"][0];
            let words = [
                "can",
                user,
                action["action"].as_str().unwrap(),
                "--product",
                product["product"].as_str().unwrap(),
                "--why",
                "--format",
                "json",
            ];
            let said: Value =
                serde_json::from_slice(&program(folder.path(), &words).stdout).unwrap();
            for key in [
                "decision", "rule", "reason", "basis", "place", "section", "where",
            ] {
                assert_eq!(note[key], said[key], "{words:?}");
            }
            asked += 1;
        }
    }
    assert!(asked > 10, "{asked}");
}

pub(crate) fn notes_come_with_the_keyboard(browser: &mut Browser) {
    let (_folder, page, _) = example();
    browser.resize(1440, 900, false);
    browser.open(&page);
    browser.tab();
    assert_eq!(browser.value("document.activeElement.className"), "skip");
    let seen = "(() => { const r = document.activeElement.getBoundingClientRect(); return r.left >= 0 && r.width > 0; })()";
    assert_eq!(browser.value(seen), true);
    // The Tab key goes on from where the focus is.
    browser.value("document.querySelector('.map .wide').focus()");
    let shown = "(() => { const a = document.activeElement; const s = getComputedStyle(a, '::after'); return [a.closest('td') !== null, s.content !== 'none' && s.content !== 'normal', s.position, s.display, s.visibility]; })()";
    for _ in 0..3 {
        browser.tab();
        assert_eq!(
            browser.value(shown),
            json!([true, true, "fixed", "block", "visible"])
        );
    }
    let of_others = "[...document.querySelectorAll('.h td a')].filter(a => a !== document.activeElement && getComputedStyle(a, '::after').content !== 'none').length";
    assert_eq!(browser.value(of_others), 0);
}

pub(crate) fn no_script_is_needed(browser: &mut Browser) {
    let (_folder, page, _) = example();
    browser.ask(
        "Emulation.setScriptExecutionDisabled",
        json!({"value": true}),
    );
    browser.open(&page);
    let document = browser.ask("DOM.getDocument", json!({"depth": 0}));
    let root = &document["root"]["nodeId"];
    let cells = browser.ask(
        "DOM.querySelectorAll",
        json!({"nodeId": root, "selector": ".h td a"}),
    );
    assert!(cells["nodeIds"].as_array().unwrap().len() > 500);
    let scripts = browser.ask(
        "DOM.querySelectorAll",
        json!({"nodeId": root, "selector": "script, [onclick], iframe, img, link"}),
    );
    assert_eq!(scripts["nodeIds"], json!([]));
    let picture = browser.ask("Page.captureScreenshot", json!({"format": "png"}));
    assert!(picture["data"].as_str().unwrap().len() > 20_000);
}

pub(crate) fn nothing_runs_over_on_a_phone_or_a_desk(browser: &mut Browser) {
    let (_folder, page, _) = example();
    for (width, height, is_phone) in [(390, 844, true), (1440, 900, false)] {
        browser.resize(width, height, is_phone);
        browser.open(&page);
        let over = "[document.documentElement, document.body].map(e => e.scrollWidth - document.documentElement.clientWidth)";
        assert_eq!(browser.value(over), json!([0, 0]));
        assert_eq!(browser.value("innerWidth"), width);
        // The heat map moves in its own frame, with headings that stay.
        let frame = "(() => { const w = [...document.querySelectorAll('.map .wide')].at(-1); w.scrollLeft = 200; w.scrollTop = 100; const th = w.querySelector('tbody th').getBoundingClientRect(); return [getComputedStyle(w).overflowX, Math.abs(th.left - w.getBoundingClientRect().left) < 3]; })()";
        assert_eq!(browser.value(frame), json!(["auto", true]));
    }
}

/// Texts whose contrast with what is behind them is below 4.5 to 1.
const PALE: &str = r"(() => {
  const rgb = s => { const m = s.match(/[\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; } throw 'nothing behind'; };
  const pale = []; let seen = 0;
  const look = (e, style) => { const [a, b] = [light(rgb(style.color)), light(behind(e))]; seen++; const c = (Math.max(a, b) + .05) / (Math.min(a, b) + .05); if (c < 4.5) pale.push([e.outerHTML.slice(0, 80), c]); };
  for (const e of document.querySelectorAll('body *')) {
    if ([...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) look(e, getComputedStyle(e));
    const before = getComputedStyle(e, '::before'); if (before.content !== 'none') look(e, before);
  }
  const a = document.querySelector('.h td a'); a.focus(); const s = getComputedStyle(a, '::after');
  const [x, y] = [light(rgb(s.color)), light(rgb(s.backgroundColor))]; if ((Math.max(x, y) + .05) / (Math.min(x, y) + .05) < 4.5) pale.push('tooltip');
  return [seen, pale.slice(0, 5), getComputedStyle(document.body).backgroundColor];
})()";

pub(crate) fn contrast_is_enough_in_light_and_dark(browser: &mut Browser) {
    let (_folder, page, _) = example();
    let mut papers = Vec::new();
    for scheme in ["light", "dark"] {
        browser.media("screen", scheme);
        browser.open(&page);
        let found = browser.value(PALE);
        assert!(found[0].as_u64().unwrap() > 1_000, "{found}");
        assert_eq!(found[1], json!([]), "{scheme}");
        papers.push(found[2].clone());
    }
    assert_ne!(papers[0], papers[1]);
}

pub(crate) fn it_prints_with_its_notes(browser: &mut Browser) {
    let (_folder, page, review) = example();
    browser.open(&page);
    browser.media("print", "light");
    let notes: usize = review["products"]
        .as_array()
        .unwrap()
        .iter()
        .map(|product| product["notes"].as_array().unwrap().len())
        .sum();
    let shown = "[...document.querySelectorAll('.notes li')].filter(li => li.getBoundingClientRect().height > 0 && getComputedStyle(li).visibility === 'visible').length";
    assert_eq!(browser.value(shown), notes);
    // On paper each cell has the number of its note.
    let numbered = "[...document.querySelectorAll('.h td a')].every(a => JSON.parse(getComputedStyle(a, '::after').content) === a.getAttribute('href').split('-')[1])";
    assert_eq!(browser.value(numbered), true);
    let printed = browser.ask(
        "Page.printToPDF",
        json!({"preferCSSPageSize": true, "printBackground": true}),
    );
    let pdf = decoded(printed["data"].as_str().unwrap());
    assert!(
        pdf.starts_with(b"%PDF") && pdf.len() > 30_000,
        "{}",
        pdf.len()
    );
}

pub(crate) fn hostile_names_are_harmless(browser: &mut Browser) {
    let folder = tempfile::tempdir().unwrap();
    let long = "Long".repeat(2_500);
    let names = [
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        "\\u200b\\ufeffgnp.exe",
        "</style><b>\\\\22 }*{display:none}",
        "c\\td",
        "شركة محاماة",
        &long,
    ];
    let users = names.iter().enumerate().map(|(number, name)| {
        let roles = if number == 0 {
            "[primary_subscriber]"
        } else {
            "[billing]"
        };
        format!("  - id: u{number}\n    name: \"{name}\"\n    manage: {{roles: {roles}}}\n")
    });
    let text = format!(
        "firm: \"</title><script>alert(3)</script>\"\nusers:\n{}",
        users.collect::<String>()
    );
    std::fs::write(folder.path().join("firm.yaml"), text).unwrap();
    let done = program(folder.path(), &["review", "--html", "review.html"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    browser.resize(390, 844, true);
    browser.open(&folder.path().join("review.html"));
    assert_eq!(
        browser.value("document.querySelectorAll('script, img, b:not(.held)').length"),
        0
    );
    assert_eq!(
        browser.value("document.title"),
        "Access review: </title><script>alert(3)</script>"
    );
    assert_eq!(browser.value("document.documentElement.scrollWidth"), 390);
    let dialogs = browser.events("Page.javascriptDialogOpening");
    assert_eq!(dialogs, Vec::<&Value>::new());
    let unsafe_characters = "/[\\u0000-\\u0008\\u200b\\ufeff\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.innerText)";
    assert_eq!(browser.value(unsafe_characters), false);
    assert_eq!(
        browser.value("document.querySelectorAll('.h tbody tr').length"),
        2
    );
}

pub(crate) fn screenshots(browser: &mut Browser) {
    let (_folder, page, _) = example();
    for (name, width, height, is_phone) in [
        ("review-desktop", 1440, 940, false),
        ("review-phone", 390, 844, true),
    ] {
        browser.resize(width, height, is_phone);
        browser.media("screen", "light");
        browser.open(&page);
        browser.value("document.querySelector('#map1').scrollIntoView({behavior: 'instant'})");
        browser.value("(() => { const cells = document.querySelectorAll('#map1 tbody tr')[4].querySelectorAll('td a'); cells[44].focus({preventScroll: true}); if (innerWidth < 500) cells[44].closest('.wide').scrollLeft = 700; })()");
        let picture = browser.ask(
            "Page.captureScreenshot",
            json!({"format": "png", "optimizeForSpeed": false}),
        );
        let picture = decoded(picture["data"].as_str().unwrap());
        assert!(
            (10_000..200_000).contains(&picture.len()),
            "{name}: {}",
            picture.len()
        );
        if std::env::var_os("BLESS").is_some() {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/{name}.png"));
            std::fs::write(file, picture).unwrap();
        }
    }
}

/// Base64 as DevTools sends it.
fn decoded(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let bytes: Vec<u8> = text.bytes().filter(|c| *c != b'=').collect();
    let mut decoded = Vec::new();
    for four in bytes.chunks(4) {
        let bits = four
            .iter()
            .fold(0_u32, |bits, c| bits << 6 | u32::from(value(*c)));
        let bits = bits << (6 * (4 - four.len()));
        decoded.extend(bits.to_be_bytes()[1..four.len()].iter());
    }
    decoded
}
