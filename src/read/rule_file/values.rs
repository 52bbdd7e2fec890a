//! Values as they are written: listed, or the name of a list that stands under `values` of the rule file.

use crate::yaml::{Decode, DecodeContext, Node, NodeContent, Text};

/// The values of a setting, a fact or a property.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ValuesEntry {
    /// The values themselves.
    Listed(Vec<Text>),
    /// The name of a list of values that several can share.
    Named(Text),
}

impl Decode for ValuesEntry {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        match &node.content {
            NodeContent::Scalar(_) => Text::decode(node, cx).map(Self::Named),
            _ => Vec::decode(node, cx).map(Self::Listed),
        }
    }

    fn example() -> String {
        Vec::<Text>::example()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ValuesEntry {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ValuesEntry".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let name = generator.subschema_for::<Text>();
        let listed = generator.subschema_for::<Vec<Text>>();
        schemars::json_schema!({ "anyOf": [listed, name] })
    }
}
