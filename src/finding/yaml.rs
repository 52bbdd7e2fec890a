//! Findings about YAML itself: encoding, syntax, limits, and texts that two readers read differently.

use super::code::{codes, optional};

codes! {
    NOT_UTF8 = Error "not-utf8" {
        text: "this file is not UTF-8 text",
        help: "save it as UTF-8",
        explain: "Rule, firm and fixture files are UTF-8. Another encoding would turn names into other names without anybody noticing.",
    }
}
