//! Bytes → firm: refused with findings that are sound, or loaded; and then nothing that can be asked fails, and written
//! down as YAML or JSON it reads as the same firm.

use std::sync::LazyLock;

use clio_rules::{Firm, LoadError, Rulebook};

use super::{asking, refusal};

/// The rules that come with the crate.
pub static BUILTIN: LazyLock<Rulebook> =
    LazyLock::new(|| Rulebook::builtin().expect("it is built in"));

/// Any bytes.
pub fn holds(bytes: &[u8]) {
    match load(bytes) {
        Err(error) => {
            refusal::is_sound(error.findings());
            let again = load(bytes).expect_err("it was refused");
            assert_eq!(error.to_string(), again.to_string());
        }
        Ok(firm) => {
            asking::nothing_fails(&firm);
            reads_back(&firm);
        }
    }
}

/// Written as YAML and as JSON it reads as the same firm.
pub fn reads_back(firm: &Firm) {
    let json = serde_json::to_string(firm).expect("a firm is a value");
    let yaml = serde_yaml::to_string(firm).expect("a firm is a value");
    let pretty = serde_json::to_string_pretty(firm).expect("a firm is a value");
    for text in [&json, &yaml, &pretty] {
        reads_as(text, firm);
    }
}

/// A text reads as this firm.
pub fn reads_as(text: &str, firm: &Firm) {
    let read = Firm::from_text(firm.rulebook(), "firm.yaml", text);
    let read = read.unwrap_or_else(|error| panic!("{error}\n{text}"));
    let [read, firm] =
        [&read, firm].map(|firm| serde_json::to_string_pretty(firm).expect("a firm is a value"));
    assert_eq!(read, firm, "{text}");
}

fn load(bytes: &[u8]) -> Result<Firm, LoadError> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Firm::from_text(&BUILTIN, "firm.yaml", text);
    }
    // What is no UTF-8 comes from a disk, as no other text can.
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("firm.yaml");
    std::fs::write(&file, bytes).expect("there is room for a file");
    let error = Firm::from_file(&BUILTIN, &file).expect_err("it is no text");
    assert!(error.to_string().contains("not-utf8"), "{error}");
    Firm::from_text(&BUILTIN, "firm.yaml", &String::from_utf8_lossy(bytes))
}
