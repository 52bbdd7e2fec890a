//! Entries of lists in firm files: an id alone, or with the last day on which it stands there.

use std::borrow::Cow;

use crate::finding::firm as codes;
use crate::firm::assemble::SpannedStr;
use crate::text::Spanned;
use crate::value::Day;
use crate::yaml::{Decode, DecodeContext, Node, NodeContent, Text, record};

/// Who or what stands on a list, and until when.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListEntry {
    pub(crate) id: Text,
    pub(crate) until: Option<Spanned<Day>>,
}

record! {
    /// An entry that ends.
    struct EndingEntry {
        /// What stands on the list.
        id: Text,
        /// The last day on which it does, as YYYY-MM-DD.
        until: LastDay,
    }
}

/// A day as it is written.
#[derive(Debug, Clone, PartialEq)]
struct LastDay(Spanned<Day>);

impl Decode for ListEntry {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        if matches!(node.content, NodeContent::Map(_)) {
            let EndingEntry { id, until, .. } = EndingEntry::decode(node, cx)?;
            let until = Some(until.0);
            return Some(Self { id, until });
        }
        let id = Text::decode(node, cx)?;
        Some(Self { id, until: None })
    }

    fn example() -> String {
        Text::example()
    }
}

impl Decode for LastDay {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        let text = Text::decode(node, cx)?;
        match text.value.parse() {
            Ok(day) => Some(Self(Spanned::new(day, text.span))),
            Err(_) => {
                cx.report(&codes::NOT_A_DAY, text.span, &[&text.value]);
                None
            }
        }
    }

    fn example() -> String {
        "2026-12-31".to_owned()
    }
}

/// A text that is kept when its file is gone.
pub(super) fn owned(text: Text) -> SpannedStr<'static> {
    Spanned::new(Cow::Owned(text.value), text.span)
}

#[cfg(feature = "schema")]
mod schema {
    use std::borrow::Cow;

    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    use super::{EndingEntry, LastDay, ListEntry};
    use crate::value::Day;
    use crate::yaml::Text;

    impl JsonSchema for LastDay {
        fn inline_schema() -> bool {
            true
        }

        fn schema_name() -> Cow<'static, str> {
            Day::schema_name()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            Day::json_schema(generator)
        }
    }

    impl JsonSchema for ListEntry {
        fn inline_schema() -> bool {
            true
        }

        fn schema_name() -> Cow<'static, str> {
            Cow::Borrowed("ListEntry")
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let [id, ending] = [
                Text::json_schema(generator),
                EndingEntry::json_schema(generator),
            ];
            json_schema!({ "anyOf": [id, ending] })
        }
    }
}
