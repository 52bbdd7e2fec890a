//! Firms for questions, and the same firms with a difference.

use serde_json::{Value as Json, json};

use crate::firm::Alteration;
use crate::link::product::{RoleId, SettingId, UserPart};
use crate::tests::dice::cases;
use crate::value::Value;
use crate::{Firm, Limits, Loader, MissingInput, Question, Rulebook};

/// Every rulebook, as it is and with trees in place of tables.
pub(super) fn rulebooks() -> Vec<Rulebook> {
    let walked = Limits {
        table_cells: 1,
        ..Limits::DEFAULT
    };
    let load = |folder, limits: &Limits| {
        Loader::new()
            .limits(limits)
            .rulebook_from_folder(folder)
            .unwrap()
    };
    let mut all = Vec::new();
    for limits in [&Limits::DEFAULT, &walked] {
        for folder in ["rules", "tests/rulebooks/records/rules"] {
            all.push(load(folder, limits));
        }
        all.push(
            Loader::new()
                .limits(limits)
                .rulebook_from_texts([("house.yaml", HOUSE)])
                .unwrap(),
        );
    }
    all
}

/// A rulebook with three levels, facts of both kinds, readings and rules that exclude each other.
pub(super) const HOUSE: &str = "\
product: house
title: The house
document: { title: Rules of the house, sections: { all: All } }
roles:
  guest: { title: Guest, basis: stated, section: all }
  tenant: { title: Tenant, basis: stated, section: all }
  owner: { title: Owner, basis: stated, section: all }
  gardener: { title: Gardener, basis: stated, section: all }
seats:
  hold: exactly one of [guest, tenant, owner]
settings:
  floor: { title: Floor, values: [ground, first, roof], default: ground, basis: stated, section: all }
readings:
  guests_cook: { question: May guests cook?, default: false, section: all }
grounds:
  user_disabled: { because: They moved out, basis: stated, section: all }
  user_has_no_seat: { because: They do not live here, basis: stated, section: all }
  target_has_no_seat: { because: The other one does not live here, basis: stated, section: all }
refusals:
  not_at_night:
    when: hour == \"night\"
    because: Nobody makes noise at night
  not_on_the_roof:
    when: target.floor == \"roof\"
    because: Nobody climbs after them
actions:
  - group: In the house
    section: all
    basis: stated
    actions:
      cook:
        title: Cook
        allow: everyone
        when: guests_cook || !user.guest
        because: Guests do not cook
      hammer:
        title: Hammer
        facts:
          hour: { title: The hour, values: [day, night], default: day }
          drill: { title: Whether with a drill, values: [false, true] }
        allow: [tenant, owner]
        when: \"!drill || user.owner\"
        because: Only owners drill
        unless: [not_at_night]
      garden:
        title: Garden
        allow: gardener
        when: user.floor == \"ground\" && (user.owner || user.tenant)
        because: Only who lives on the ground floor gardens
  - group: With others
    section: all
    target: user
    basis: stated
    rules:
      - rule: owners_visit_others
        whom: others
        allow: owner
        unless: [not_on_the_roof]
      - rule: everybody_visits_themselves
        whom: self
        allow: everyone
        when: user.floor != \"roof\"
        because: The roof is closed
    actions:
      visit: Visit
changes:
  level:
    title: Give a level
    section: all
    basis: stated
    takes: { role: [guest, tenant, owner] }
    allow: owner
    does:
      - give: role
        to: target
  move_in:
    title: Move to another floor
    section: all
    basis: stated
    takes: { setting: [floor], value: a value of setting }
    allow: everyone
    does:
      - set: setting
        of: target
        to: value
";

/// Small firms of a rulebook in which people differ in many ways.
pub(super) fn firms(rulebook: &Rulebook) -> Vec<Firm> {
    let mut firms = Vec::new();
    if rulebook.products().any(|product| product == "manage") {
        firms.push(Firm::example(rulebook).unwrap());
    }
    // Trees give the same answers as tables, so a few people are enough.
    let is_walked = rulebook.limits().table_cells == 1;
    firms.truncate(usize::from(!is_walked));
    firms.extend((0..if is_walked { 1 } else { cases(1, 2) }).map(|seed| made(rulebook, seed)));
    firms
}

/// A firm with pseudo-random people.
fn made(rulebook: &Rulebook, seed: u64) -> Firm {
    let mut state = seed + 1;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut users = Vec::new();
    for number in 0..9 {
        let mut user = json!({ "id": format!("u{number}") });
        if number > 0 && next(6) == 0 {
            user["enabled"] = json!(false);
        }
        for compiled in rulebook.compiled() {
            let product = &compiled.product;
            if number > 0 && next(5) == 0 {
                continue;
            }
            let mut roles: Vec<&str> = Vec::new();
            for (id, role) in product.roles.iter().enumerate() {
                let is_level = product.levels.contains(&RoleId::from(id));
                let held = match &role.holders {
                    Some(_) => number == 0,
                    None => !is_level && next(3) == 0,
                };
                roles.extend(held.then_some(&*role.id));
            }
            if !product.levels.is_empty() {
                roles.push(product.role_name(product.levels[next(product.levels.len())]));
            }
            let mut seat = json!({ "roles": roles });
            for setting in &product.settings {
                let values: Vec<&str> = setting.domain.words().collect();
                seat[&*setting.id] = json!(values[next(values.len())]);
            }
            user[&*product.id] = seat;
        }
        users.push(user);
    }
    from_json(rulebook, &json!({ "firm": "Made", "users": users }))
}

fn from_json(rulebook: &Rulebook, firm: &Json) -> Firm {
    Firm::from_text(rulebook, "made.yaml", &firm.to_string()).unwrap()
}

/// An action with all choices of its question.
pub(super) struct Action {
    pub(super) product: String,
    pub(super) id: String,
    pub(super) on_target: bool,
    pub(super) is_on_things: bool,
    /// Every choice of facts: all values of those without a default. The others are left out.
    pub(super) choices: Vec<Vec<(String, String)>>,
}

/// All actions of a rulebook, in the order of the rule files.
pub(super) fn actions(rulebook: &Rulebook) -> Vec<Action> {
    let mut all = Vec::new();
    for product in rulebook.products() {
        for action in rulebook.catalogue(product).unwrap().actions {
            let open = action.facts.iter().filter(|fact| fact.default.is_none());
            let choices = open.fold(vec![Vec::new()], |choices, fact| {
                let with = |choice: Vec<(String, String)>| {
                    fact.values.clone().into_iter().map(move |value| {
                        let mut longer = choice.clone();
                        longer.push((fact.id.clone(), value));
                        longer
                    })
                };
                choices.into_iter().flat_map(with).collect()
            });
            all.push(Action {
                product: product.to_owned(),
                id: action.id,
                on_target: action.on_target,
                is_on_things: action.on_thing.is_some(),
                choices,
            });
        }
    }
    all
}

/// Facts by name, with their values.
type Facts = Vec<(String, String)>;

impl Action {
    /// Every choice of facts, for every target if the action has one.
    pub(super) fn asked<'u>(&self, users: &[&'u str]) -> Vec<(Option<&'u str>, &Facts)> {
        let targets: Vec<Option<&str>> = if self.on_target {
            users.iter().copied().map(Some).collect()
        } else {
            vec![None]
        };
        let on = |target| self.choices.iter().map(move |choice| (target, choice));
        targets.into_iter().flat_map(on).collect()
    }

    /// A question about it.
    pub(super) fn question(
        &self,
        user: &str,
        target: Option<&str>,
        facts: &[(String, String)],
    ) -> Question<'static> {
        let product = self.product.clone();
        let mut question = Question::new(user.to_owned(), self.id.clone()).product(product);
        if let Some(target) = target {
            question = question.target(target.to_owned());
        }
        let facts = facts.iter().cloned();
        facts.fold(question, |question, (name, value)| {
            question.fact(name, value)
        })
    }
}

/// Whether it is allowed once all missing inputs have the needed values.
pub(super) fn is_allowed_with(
    firm: &Firm,
    question: &Question<'_>,
    missing: &[MissingInput],
) -> bool {
    let (rulebook, mut question) = (firm.rulebook(), question.clone());
    let product = question.product.clone().unwrap().to_string();
    let number = rulebook.product_number(&product).unwrap();
    let compiled = &rulebook.compiled()[number];
    let user = question.user.to_string();
    let mut json = serde_json::to_value(firm).unwrap();
    let place = |json: &Json, id: &str| {
        let users = json["users"].as_array().unwrap();
        users.iter().position(|user| user["id"] == id).unwrap()
    };
    // Levels for new seats, which a firm file needs.
    let level_of = |who: &str| {
        let held = missing
            .iter()
            .filter_map(|missing| missing.input.strip_prefix(&format!("{who} holds ")));
        held.map(str::to_owned).find(|role| {
            let id = compiled.product.names.roles.get(role.as_str()).unwrap();
            compiled.product.levels.contains(id)
        })
    };
    for lack in missing {
        let who = if lack.input.starts_with("target") {
            "target"
        } else {
            "user"
        };
        let id = match who {
            "target" => question.target.clone().unwrap().to_string(),
            _ => user.clone(),
        };
        if lack.input == "user is enabled" || lack.input == "target is enabled" {
            let at = place(&json, &id);
            json["users"][at]["enabled"] = json!(lack.to == "true");
        } else if lack.input.ends_with(&format!(" has a seat in {product}")) {
            let at = place(&json, &id);
            let roles: Vec<String> = level_of(who).into_iter().collect();
            json["users"][at][&product] = json!({ "roles": roles });
        } else if lack.input == "same_user" && lack.to == "true" {
            question.target = Some(user.clone().into());
        } else if lack.input == "same_user" {
            let mut twin = json["users"][place(&json, &user)].clone();
            twin["id"] = json!("twin");
            for compiled in rulebook.compiled() {
                let single = |role: &Json| {
                    let id = compiled.product.names.roles[role.as_str().unwrap()];
                    compiled.product.role(id).unwrap().holders.is_some()
                };
                let seat = twin.get_mut(&*compiled.product.id);
                let roles = seat.and_then(|seat| seat.get_mut("roles"));
                if let Some(roles) = roles {
                    roles.as_array_mut().unwrap().retain(|role| !single(role));
                }
            }
            json["users"].as_array_mut().unwrap().push(twin);
            question.target = Some("twin".into());
        }
    }
    let mut then = from_json(rulebook, &json);
    let alter = |then: &mut Firm, id: &str, what, to| {
        let user = then.user_number(id).unwrap();
        *then = then.altered(&[Alteration {
            product: number,
            user,
            what,
            to,
        }]);
    };
    if question.target.as_deref() == Some("twin") {
        for (id, role) in compiled.product.roles.iter().enumerate() {
            if role.holders.is_some() && firm.roles(&product, &user).unwrap().contains(&&*role.id) {
                alter(
                    &mut then,
                    "twin",
                    UserPart::Role(RoleId::from(id)),
                    Value::YES,
                );
            }
        }
    }
    for lack in missing {
        let (who, rest) = match lack.input.split_once([' ', '.']) {
            Some(("target", rest)) => (question.target.clone().unwrap().to_string(), rest),
            Some(("user", rest)) => (user.clone(), rest),
            _ if lack.input == "same_user" => continue,
            _ => {
                let name = &lack.input;
                if compiled.product.names.readings.contains_key(name.as_str()) {
                    then = then
                        .with_reading(Some(&product), name, lack.to == "true")
                        .unwrap()
                } else {
                    question.facts.retain(|(fact, _)| *fact != *name);
                    question = question.fact(name.to_owned(), lack.to.to_owned());
                }
                continue;
            }
        };
        if let Some(role) = rest.strip_prefix("holds ") {
            let id = *compiled.product.names.roles.get(role).unwrap();
            if compiled.product.levels.contains(&id) {
                for level in &compiled.product.levels {
                    alter(&mut then, &who, UserPart::Role(*level), Value::NO);
                }
            }
            alter(
                &mut then,
                &who,
                UserPart::Role(id),
                Value::from(lack.to == "true"),
            );
        } else if let Some(setting) = compiled.product.names.settings.get(rest) {
            let setting: SettingId = *setting;
            let to = compiled
                .product
                .setting(setting)
                .unwrap()
                .domain
                .find(&lack.to)
                .unwrap();
            alter(&mut then, &who, UserPart::Setting(setting), to);
        }
    }
    then.ask(&question).unwrap().is_allowed()
}
