//! A fixture suite as it is written.

use crate::text::Span;
use crate::yaml::{Cx, Decode, Entries, Flag, Node, OneOrMany, Text, record};

record! {
    /// A suite of tests: questions and changes, and what is expected of the answers.
    pub(crate) struct FixtureFile {
        /// What the suite is called.
        suite: Text,
        /// The product that is asked about, where a test does not say otherwise.
        product: Option<Text>,
        /// The firm file, seen from this file.
        firm: Option<Text>,
        /// Readings chosen for the whole suite.
        readings: Option<Entries<Flag>>,
        /// The tests.
        tests: Vec<TestEntry>,
    }
}

record! {
    /// A test. It asks in one way: by `actions`, by `users` with `expect`, by `changes` or `bulk`, by `load`, or with a
    /// question about more than one answer: `who_can`, `what_can`, `why_not`, `simulate`, `how_can`, `prove`, `diff`,
    /// `diff_firm`, `review`.
    pub(crate) struct TestEntry {
        /// Its title, unique in the suite.
        test: Text,
        /// The product that is asked about.
        product: Option<Text>,
        /// Readings chosen for this test.
        readings: Option<Entries<Flag>>,
        /// Why the test is left out for now. Skipped tests are counted and listed.
        skip: Option<Text>,
        /// Who asks. With `diff_firm`, everybody of whom anything is different, exactly.
        users: Option<Listed>,
        /// What they want to do.
        actions: Option<Listed>,
        /// The users it is done to.
        targets: Option<Listed>,
        /// Facts that come with the question.
        facts: Option<Entries<Text>>,
        /// Who is expected to be allowed.
        allow: Option<Listed>,
        /// Who is expected to be denied.
        deny: Option<Listed>,
        /// What is expected of all others in the firm, or in `users`: `allow` or `deny`.
        otherwise: Option<Text>,
        /// What is expected of each action: `allow` or `deny`.
        expect: Option<Entries<Text>>,
        /// Code of the error that every question of the test is expected to meet.
        error: Option<Text>,
        /// Changes, each judged by itself: `grant billing wren`.
        changes: Option<Listed>,
        /// The parts of one bulk change.
        bulk: Option<Listed>,
        /// What is expected of the change: `accept` or `reject`.
        verdict: Option<Text>,
        /// The effects of each change, exactly and in order.
        effects: Option<Listed>,
        /// The parts of a bulk change that are refused, by number.
        refused_parts: Option<Listed>,
        /// What users hold afterwards: `roles`, exactly, and settings.
        after: Option<Entries<Entries<Listed>>>,
        /// A firm file, or a folder of rule files, that is loaded.
        load: Option<Text>,
        /// Codes of what is wrong with it, exactly.
        findings: Option<Listed>,
        /// Who may do this: `create_bill`, or `edit_user_profile wren`.
        who_can: Option<Text>,
        /// Everybody who may, exactly.
        allowed: Option<Listed>,
        /// What this user may do in the product: `actions`, exactly.
        what_can: Option<Text>,
        /// What stands in the way of this: `wren create_bill`, or `tomas edit_user_profile nadia`.
        why_not: Option<Text>,
        /// All that would have to be different, together, exactly: `user holds billing`.
        missing: Option<Listed>,
        /// How this could come to be allowed: `wren create_bill`, or `tomas edit_user_profile nadia`.
        how_can: Option<Text>,
        /// All the plans, exactly, each as the words of its changes: `grant billing wren`, or
        /// `grant administrator wren, transfer_ownership wren`.
        plans: Option<Listed>,
        /// Whether this property of the rule file holds, by its id.
        prove: Option<Text>,
        /// `true` or `false`.
        holds: Option<Text>,
        /// What would be different for this user after some `changes`: `grant billing`, or `transfer_ownership of tomas`.
        simulate: Option<Text>,
        /// Who makes them; whoever may, where it is left out.
        by: Option<Text>,
        /// The actions that the user gains by them, exactly.
        gained: Option<Listed>,
        /// The actions that the user loses by them, exactly.
        lost: Option<Listed>,
        /// The conflicts that the user newly holds, exactly.
        conflicts: Option<Listed>,
        /// The old rules with which those that are loaded are compared: a folder of rule files, seen from this file.
        diff: Option<Text>,
        /// By action or permission change of the product, in what the loaded rules decide otherwise, exactly.
        differences: Option<Entries<OneOrMany<RuleDifferenceEntry>>>,
        /// A firm file with an earlier state of the suite's firm, seen from this file.
        diff_firm: Option<Text>,
        /// Whether the two that are compared are equal: `true` or `false`.
        equal: Option<Text>,
        /// By user, what is different of them in the product.
        people: Option<Entries<UserDifferenceEntry>>,
        /// The permitted changes that lead to the firm as it is, exactly and in order: `nadia grant billing wren`.
        steps: Option<Listed>,
        /// Those that can be made only after what is outside of the rules, exactly and in order.
        then: Option<Listed>,
        /// What the access review of the firm says.
        review: Option<ReviewEntry>,
        /// The rules that decided, over all answers of the test, exactly.
        because: Option<Listed>,
        /// Some of the rules that decided.
        because_includes: Option<Listed>,
        /// Basis of every answer: `stated` or `inferred`.
        basis: Option<Text>,
        /// Reason of every answer.
        reason: Option<Text>,
        /// Where in the product it is done, of every answer.
        r#where: Option<Text>,
    }
}

record! {
    /// Something that rules decide or say otherwise.
    pub(crate) struct RuleDifferenceEntry {
        /// What kind of difference it is; without it, one of the decision.
        #[cfg_attr(feature = "schema", schemars(extend("enum" = [
            "decision", "effects", "altered", "rule", "reason", "needs", "basis", "section", "where"
        ])))]
        kind: Option<Text>,
        /// What the old rules say: of an action `allow` or `deny`, of a change `accept` or `reject`.
        from: Text,
        /// What the loaded rules say.
        to: Text,
        /// For whom and under which conditions, in the words of `clio-rules diff`.
        when: Option<Text>,
    }
}

record! {
    /// What is different of one person since an earlier state of the firm, in one product.
    pub(crate) struct UserDifferenceEntry {
        /// What no permission change alters, exactly: `added`, `removed`, `enabled`, `disabled`, `renamed`, `seat_given`,
        /// `seat_taken`.
        outside: Option<Listed>,
        /// The roles that were given, exactly.
        given: Option<Listed>,
        /// The roles that were taken, exactly.
        taken: Option<Listed>,
        /// The settings that have another value, exactly.
        settings: Option<Entries<FromToEntry>>,
        /// The actions that the person gains, exactly.
        gained: Option<Listed>,
        /// The actions that the person loses, exactly.
        lost: Option<Listed>,
        /// The permitted changes that were made for this person, exactly and in order: `nadia grant billing wren`.
        steps: Option<Listed>,
        /// The roles and settings that no permitted change makes as they are, exactly.
        impossible: Option<Listed>,
    }
}

record! {
    /// What something was, and what it is.
    pub(crate) struct FromToEntry {
        /// What it was.
        from: Text,
        /// What it is.
        to: Text,
    }
}

record! {
    /// What an access review says of the firm, and of the product.
    pub(crate) struct ReviewEntry {
        /// How many people there are.
        users: Option<Text>,
        /// How many of them are disabled.
        disabled: Option<Text>,
        /// How many have a seat in no product.
        without_seat: Option<Text>,
        /// How many have a seat in the product.
        seats: Option<Text>,
        /// By role, how many hold it.
        roles: Option<Entries<ReviewRoleEntry>>,
        /// By user, what they hold.
        people: Option<Entries<ReviewPersonEntry>>,
        /// By powerful role, who would get it by one permitted change.
        one_step: Option<Entries<ReviewStepEntry>>,
        /// By conflict, everybody who holds both sides of it, exactly.
        conflicts: Option<Entries<Listed>>,
    }
}

record! {
    /// How many hold a role.
    pub(crate) struct ReviewRoleEntry {
        /// How many hold it themselves.
        held: Option<Text>,
        /// How many have it only because another role brings it.
        brought: Option<Text>,
    }
}

record! {
    /// What somebody holds in the product.
    pub(crate) struct ReviewPersonEntry {
        /// The roles that they hold themselves, exactly.
        holds: Option<Listed>,
        /// The roles that others bring them, exactly.
        brought: Option<Listed>,
        /// The settings that are not at their default, exactly.
        settings: Option<Entries<Text>>,
        /// How many actions they may do, to anybody at all.
        can: Option<Text>,
    }
}

record! {
    /// Who is one permitted change away from a role.
    pub(crate) struct ReviewStepEntry {
        /// Everybody who would get it, exactly.
        users: Option<Listed>,
        /// Everybody who could make such a change, exactly.
        by: Option<Listed>,
    }
}

/// One text or a list of them, with the place of the whole.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(transparent))]
pub(crate) struct Listed {
    pub(crate) items: OneOrMany<Text>,
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub(crate) span: Span,
}

impl Listed {
    /// The texts, in order.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Text> {
        self.items.0.iter()
    }

    /// The texts without their places.
    pub(crate) fn words(&self) -> Vec<String> {
        self.iter().map(|text| text.value.clone()).collect()
    }
}

impl Decode for Listed {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let items = OneOrMany::decode(node, cx)?;
        Some(Self {
            items,
            span: node.span,
        })
    }
}
