//! A tool of its own that embeds the evaluator: it guards the routes of a billing service.
//!
//! ```sh
//! cargo run --example guard
//! ```
//!
//! Names are resolved once, at start; each request is then a table lookup that allocates nothing.

use std::collections::HashMap;
use std::error::Error;

use clio_rules::{ActionHandle, Answer, Change, Firm, Rulebook};

/// The routes of the service, and the action that each one is.
const ROUTES: &[(&str, &str)] = &[
    ("GET /bills", "view_billing_tab"),
    ("POST /bills", "create_bill"),
    ("DELETE /bills/7", "delete_bill"),
    ("GET /reports", "view_reports_tab"),
];

struct Guard {
    firm: Firm,
    actions: HashMap<&'static str, ActionHandle>,
}

impl Guard {
    fn new(firm: Firm) -> Result<Self, Box<dyn Error>> {
        let mut actions = HashMap::new();
        for (route, action) in ROUTES {
            actions.insert(*route, firm.rulebook().action(Some("manage"), action)?);
        }
        Ok(Self { firm, actions })
    }

    /// Whoever asks for an unknown route, or is unknown, gets an error and never an answer.
    fn answer(&self, user: &str, route: &str) -> Result<Answer<'_>, Box<dyn Error>> {
        let action = self.actions.get(route).ok_or("no such route")?;
        Ok(self.firm.decide(self.firm.user(user)?, *action, None)?)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let firm = Firm::example(&Rulebook::builtin()?)?;
    let guard = Guard::new(firm.clone())?;
    for (route, _) in ROUTES {
        for user in ["wren", "sami"] {
            let answer = guard.answer(user, route)?;
            let status = if answer.is_allowed() { 200 } else { 403 };
            println!(
                "{status} {route:<16} {user}: {} ({})",
                answer.reason(),
                answer.place()
            );
        }
    }

    let grant = Change::new("tomas", "grant").role("billing").target("wren");
    let verdict = firm.judge(&grant)?;
    println!(
        "\ntomas grants billing to wren: {}",
        serde_json::to_string(&verdict)?
    );
    let guard = Guard::new(firm.after(&verdict)?)?;
    println!("afterwards: {:?}", guard.answer("wren", "POST /bills")?);
    Ok(())
}
