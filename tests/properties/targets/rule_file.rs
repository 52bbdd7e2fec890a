//! Bytes → rule file: refused with findings that are sound and the same each time, or loaded; and then nothing that can
//! be asked fails.

use clio_rules::{LoadError, Rulebook};

use super::{asking, people, refusal};

/// Any bytes.
pub fn holds(bytes: &[u8]) {
    match load(bytes) {
        Err(error) => {
            refusal::is_sound(error.findings());
            let again = load(bytes).expect_err("it was refused");
            assert_eq!(error.to_string(), again.to_string());
        }
        Ok(rulebook) => {
            rulebook
                .warnings()
                .iter()
                .for_each(refusal::finding_is_sound);
            for firm in people::some_firms(&rulebook) {
                asking::nothing_fails(&firm);
            }
        }
    }
}

/// What is no UTF-8 comes from a disk, as no other text can.
fn load(bytes: &[u8]) -> Result<Rulebook, LoadError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Rulebook::from_texts([("rules.yaml", text)]),
        Err(_) => {
            let folder = tempfile::tempdir().expect("there is room for a folder");
            std::fs::write(folder.path().join("rules.yaml"), bytes)
                .expect("there is room for a file");
            let loaded = Rulebook::from_folder(folder.path());
            let error = loaded.expect_err("it is no text").into_findings();
            assert!(
                error
                    .iter()
                    .any(|finding| finding.code().name() == "not-utf8"),
                "{error}"
            );
            let text = String::from_utf8_lossy(bytes);
            Rulebook::from_texts([("rules.yaml", &*text)])
        }
    }
}
