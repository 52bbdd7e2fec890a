//! Number types: each kind of linked thing has its own type, so that the kinds cannot be mixed up.

/// Declares number types.
macro_rules! numbers {
    ($( $(#[$doc:meta])* $name:ident($inner:ty); )*) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub(crate) struct $name(pub(crate) $inner);

        impl $name {
            pub(crate) fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl From<usize> for $name {
            fn from(index: usize) -> Self {
                Self(index as $inner)
            }
        }
    )* };
}

numbers! {
    /// A role of a product.
    RoleId(u16);
    /// A setting of a product.
    SettingId(u16);
    /// A reading of a product.
    ReadingId(u16);
    /// A fact of a product.
    FactId(u16);
    /// A kind of thing of a product.
    KindId(u16);
    /// An action of a product.
    ActionId(u32);
    /// A permission change of a product.
    ChangeId(u16);
    /// An effect of a product.
    EffectId(u16);
    /// A section of the source document.
    SectionId(u16);
    /// A condition of a product.
    ConditionId(u32);
    /// A ruling of a product.
    RulingId(u32);
}
