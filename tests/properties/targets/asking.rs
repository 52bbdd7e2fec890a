//! Everything that can be asked about a firm.

use clio_rules::direct::Direct;
use clio_rules::{Change, Firm, ProductEntry, Question, Rulebook, Verdict};

use super::choices::Choices;

/// Ids of things, some of which a firm may have.
const THINGS: &[&str] = &["one", "two", "three", "nowhere"];

/// Actions and changes of one product that are asked about, so that a large rulebook does not take long.
const MOST: usize = 200;

/// Every product's catalogue.
pub fn catalogue(rulebook: &Rulebook) -> Vec<ProductEntry> {
    rulebook
        .products()
        .filter_map(|id| rulebook.catalogue(id))
        .collect()
}

/// Every user may be asked about every action, with every value of each fact, and every answer has its rule and reason.
pub fn nothing_fails(firm: &Firm) {
    let users: Vec<&str> = firm.users().take(6).collect();
    for product in catalogue(firm.rulebook()) {
        assert!(firm.matrix(&product.id).is_some());
        assert_eq!(
            firm.access(&product.id)
                .expect("it is declared")
                .rows()
                .count(),
            firm.users().count()
        );
        for action in product.actions.iter().take(MOST) {
            // A thing of which nothing can be known cannot be brought along, and these firms have none.
            if action.on_thing.is_some() && action.facts.is_empty() {
                continue;
            }
            let values = action
                .facts
                .iter()
                .map(|fact| fact.values.len())
                .max()
                .unwrap_or(1);
            for (number, user) in users.iter().enumerate() {
                for value in 0..values {
                    let mut question = Question::new(*user, &*action.id).product(&*product.id);
                    if action.on_target {
                        question = question.target(users[(number + value) % users.len()]);
                    }
                    for fact in &action.facts {
                        question =
                            question.fact(&*fact.id, &*fact.values[value % fact.values.len()]);
                    }
                    is_answered(firm, &question);
                }
            }
        }
    }
}

/// A question about what is declared has an answer with its rule and place, and an explanation of it.
pub fn is_answered(firm: &Firm, question: &Question<'_>) {
    let decision = firm.ask(question).expect("everything is declared");
    let explanation = firm.explain(question).expect("everything is declared");
    assert!(
        !decision.grounds.rule.is_empty() && !decision.grounds.place.is_empty(),
        "{decision:?}"
    );
    assert_eq!(&*explanation.decision.grounds.rule, &*decision.grounds.rule);
}

/// A question of chance about what is declared.
pub fn question<'f>(
    firm: &'f Firm,
    products: &'f [ProductEntry],
    choices: &mut Choices<'_>,
) -> Option<Question<'f>> {
    let product = products.get(choices.below(products.len()))?;
    let action = product.actions.get(choices.below(product.actions.len()))?;
    let users: Vec<&str> = firm.users().collect();
    let mut question = Question::new(*choices.pick(&users), &*action.id).product(&*product.id);
    if action.on_target {
        question = question.target(*choices.pick(&users));
    }
    let is_on_thing = action.on_thing.is_some();
    if is_on_thing {
        question = question.target(*choices.pick(THINGS));
    }
    for fact in &action.facts {
        // What is not given about a thing is looked up, or is as the rule file has it.
        if !is_on_thing || choices.below(3) == 0 {
            question = question.fact(&*fact.id, &**choices.pick(&fact.values));
        }
    }
    Some(question)
}

/// A change of chance with what is declared.
pub fn change(firm: &Firm, products: &[ProductEntry], choices: &mut Choices<'_>) -> Option<Change> {
    let product = products.get(choices.below(products.len()))?;
    let declared = product.changes.get(choices.below(product.changes.len()))?;
    let users: Vec<&str> = firm.users().collect();
    let mut change = Change::new(*choices.pick(&users), &declared.id)
        .product(&product.id)
        .target(*choices.pick(&users));
    for argument in &declared.takes {
        match argument.as_str() {
            "role" => {
                change = change.role(&product.roles.get(choices.below(product.roles.len()))?.id)
            }
            "setting" => {
                let setting = product
                    .settings
                    .get(choices.below(product.settings.len()))?;
                change = change.setting(&setting.id, choices.pick(&setting.values).as_str());
            }
            _ => {}
        }
    }
    Some(change)
}

/// The rules of a verdict: the one that accepted, or every ground.
pub fn rules(verdict: &Verdict) -> Vec<String> {
    match &verdict.reasons[..] {
        [] => vec![verdict.grounds.rule.to_string()],
        reasons => reasons
            .iter()
            .map(|reason| reason.grounds.rule.to_string())
            .collect(),
    }
}

/// Tables and scripts answer a question alike.
pub fn answer_alike(firm: &Firm, direct: &Direct, question: &Question<'_>) {
    let table = firm
        .ask(question)
        .map(|answer| (answer.is_allowed(), vec![answer.grounds.rule.to_string()]));
    let script = direct
        .ask(firm, question)
        .map(|answer| (answer.is_yes(), answer.rules().to_vec()));
    assert_eq!(
        table.map_err(|error| error.to_string()),
        script.map_err(|error| error.to_string()),
        "{question:?}"
    );
}

/// Tables and scripts judge a change alike.
pub fn judge_alike(firm: &Firm, direct: &Direct, change: &Change) {
    let table = firm
        .judge(change)
        .map(|verdict| (verdict.is_accepted(), rules(&verdict)));
    let script = direct
        .judge(firm, change)
        .map(|answer| (answer.is_yes(), answer.rules().to_vec()));
    assert_eq!(
        table.map_err(|error| error.to_string()),
        script.map_err(|error| error.to_string()),
        "{change:?}"
    );
}

/// All of it: some questions and changes of chance.
pub fn tables_and_scripts_agree(
    firm: &Firm,
    direct: &Direct,
    choices: &mut Choices<'_>,
    many: usize,
) {
    let products = catalogue(firm.rulebook());
    for _ in 0..many {
        if let Some(question) = question(firm, &products, choices) {
            answer_alike(firm, direct, &question);
        }
        if let Some(change) = change(firm, &products, choices) {
            judge_alike(firm, direct, &change);
        }
    }
}
