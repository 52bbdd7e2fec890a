//! `what-can`: what one user may do, group by group.

use std::io::{self, Write};

use askama::Template;

use super::renderer::{RenderText, Renderer};
use super::{filters, words};
use crate::protocol::{Exchange, WhatCanRequest};
use crate::{Ability, MissingInput, WhatCan};

#[derive(Template)]
#[template(path = "what_can.txt")]
struct WhatCanText<'r> {
    renderer: Renderer<'r>,
    asked: &'r WhatCanRequest,
    yes: bool,
    reply: &'r WhatCan,
}

/// Actions of one group.
struct AbilityGroup<'r> {
    /// Id of the product, where the group is its first.
    product: Option<&'r str>,
    heading: String,
    abilities: &'r [Ability],
}

impl<'r> WhatCanText<'r> {
    fn count(&self) -> String {
        let (count, denied) = (self.reply.actions.len(), self.reply.denied.len());
        format!("{count} of {} actions", count + denied)
    }

    fn grounds(&self) -> Vec<(&str, &str)> {
        let grounds = self.reply.grounds.iter();
        let mut rows: Vec<(&str, &str)> = grounds
            .map(|ground| (&*ground.grounds.rule, &*ground.grounds.reason))
            .collect();
        // Whoever is disabled is so in every product.
        rows.dedup();
        rows
    }

    fn groups(&self) -> Vec<AbilityGroup<'r>> {
        let is_together = |one: &Ability, other: &Ability| {
            one.product == other.product && one.group == other.group
        };
        let mut last = "";
        let mut groups = Vec::new();
        for group in self.reply.actions.chunk_by(is_together) {
            let Some(first) = group.first() else { continue };
            let section = &first.grounds.section;
            let is_one_section = group.iter().all(|each| each.grounds.section == *section);
            groups.push(AbilityGroup {
                product: (*first.product != *last).then_some(&*first.product),
                heading: if is_one_section {
                    format!("{} ({section})", first.group)
                } else {
                    first.group.to_string()
                },
                abilities: group,
            });
            last = &first.product;
        }
        groups
    }
}

/// What an action is called, on whom it is done, and which facts would turn it.
pub(super) fn ability(renderer: Renderer<'_>, ability: &Ability) -> String {
    let mut text = words::with_facts(&ability.title, &ability.facts);
    if let Some(targets) = &ability.targets {
        let whom = targets.in_words(|id| renderer.named(id));
        text = format!("{text}: {whom}");
    }
    if let Some(things) = &ability.things {
        let name = |id: &str| renderer.named_target(&ability.product, &ability.action, id);
        text = format!("{text}: {}", things.in_words(name));
    }
    if !ability.turned_by.is_empty() {
        let turns = ability.turned_by.iter().map(MissingInput::to_string);
        let turns: Vec<String> = turns.collect();
        text = format!("{text}; another answer where {}", turns.join(" or "));
    }
    text
}

impl RenderText for Exchange<WhatCanRequest> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let text = WhatCanText {
            renderer,
            asked: &self.request,
            yes: self.yes,
            reply: &self.reply,
        };
        renderer.fill(&text, to)
    }
}
