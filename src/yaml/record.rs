//! Records: one macro declares a map with known keys, both for reading and for the schema.

/// Declares a struct that is read from a map. Each field is a key. A key that may be missing is an `Option`.
///
/// Besides its fields the struct has `span`, the place of the map.
macro_rules! record {
    (
        $( #[$about:meta] )*
        $vis:vis struct $name:ident {
            $( $( #[$field_about:meta] )* $field:ident : $kind:ty ),* $(,)?
        }
    ) => {
        #[derive(Debug, Clone, PartialEq)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
        $( #[$about] )*
        $vis struct $name {
            $( $( #[$field_about] )* pub(crate) $field: $kind, )*
            /// Where it stands.
            #[cfg_attr(feature = "schema", schemars(skip))]
            pub(crate) span: $crate::text::Span,
        }

        impl $name {
            /// The keys that may stand in it.
            pub(crate) const KEYS: &'static [&'static str] =
                &[ $( $crate::yaml::key_of(stringify!($field)) ),* ];
        }

        impl $crate::yaml::Decode for $name {
            fn decode(
                node: &$crate::yaml::Node,
                cx: &mut $crate::yaml::DecodeContext<'_>,
            ) -> Option<Self> {
                let map = cx.map(node)?;
                let known = cx.knows_keys(map, Self::KEYS);
                // Every field is decoded before the first `?`, so that all mistakes are reported.
                $( let $field = cx.field(map, $crate::yaml::key_of(stringify!($field)), node.head()); )*
                let record = Self { $( $field: $field?, )* span: node.span };
                known.then_some(record)
            }

            fn example() -> String {
                let mut needed: Vec<String> = Vec::new();
                $( if <$kind as $crate::yaml::Decode>::is_needed() {
                    let key = $crate::yaml::key_of(stringify!($field));
                    needed.push(format!("{key}: {}", <$kind as $crate::yaml::Decode>::example()));
                } )*
                match needed.len() {
                    0 => "{}".to_owned(),
                    _ => format!("{{ {} }}", needed.join(", ")),
                }
            }
        }
    };
}

/// The key of a field: its name without the `r#` of raw identifiers.
pub(crate) const fn key_of(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

pub(crate) use record;

#[cfg(test)]
mod tests;
