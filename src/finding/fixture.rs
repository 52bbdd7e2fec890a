//! Findings about fixtures: tests that ask nothing, expect nothing, or expect what nothing can reach.

use super::code::codes;

codes! {
    NO_SUITE = Error "no-suite" {
        text: "there is no fixture suite in `{0}`",
        help: "a suite is a YAML file with `suite:` and `tests:`; it stands directly in the folder",
        explain: "A run without a single suite would look as if everything had passed. Files with `users:` are firm files and not suites; folders in the folder are not searched.",
    }
    EMPTY_SUITE = Error "empty-suite" {
        text: "the suite `{0}` has no tests",
        help: "add a test, or remove the file",
        explain: "A suite without tests passes whatever the rules say, so it was most likely not filled in.",
    }
    EMPTY_TEST = Error "empty-test" {
        text: "this test expects nothing",
        help: "give it `actions` with `allow`, `deny` or `otherwise`, or `users` with `expect`, `changes` with `verdict`, `load` with `findings`, or a question such as `who_can` with `allowed`",
        explain: "A test that asks nothing, or asks and expects nothing of the answer, passes whatever the rules say.",
    }
    DUPLICATE_TEST = Error "duplicate-test" {
        text: "two tests are called `{0}`",
        help: "give each test a title of its own",
        explain: "Reports name tests by suite and title. With one title for two, nobody knows which of them failed.",
    }
    DUPLICATE_SUITE = Error "duplicate-suite" {
        text: "two suites are called `{0}`",
        help: "give each suite a name of its own",
        explain: "Reports name tests by suite and title. With one name for two suites, nobody knows in which of them a test failed.",
    }
    KEYS_APART = Error "keys-apart" {
        text: "`{0}` does not go together with `{1}`",
        explain: "A test asks in one way: by `actions`, by `users` with `expect`, by `changes` or `bulk`, by `load`, or with a question about more than one answer; and it expects answers or an `error`. A key that its way does not use would be ignored, so it is refused.",
    }
    NAMED_TWICE = Error "named-twice" {
        text: "`{0}` stands here twice",
        help: "remove one of the two, or name the one that was meant",
        explain: "A name that stands twice in one list was most likely meant to be another one.",
    }
    ALLOWED_AND_DENIED = Error "allowed-and-denied" {
        text: "`{0}` is expected to be allowed and to be denied",
        help: "remove one of the two",
        explain: "The two expectations contradict each other: no rules could meet both.",
    }
    NO_EXPECTATION = Error "no-expectation" {
        text: "nothing is expected of `{0}`",
        help: "say what is expected of each; for all who are left, `otherwise: deny` or `otherwise: allow` does",
        explain: "Whoever or whatever a test asks about has an expectation: there is no silent default. A test of changes says `verdict`.",
    }
    NOT_ASKED = Error "not-asked" {
        text: "`{0}` is not among the `users` of this test",
        help: "add them to `users`, or remove the expectation",
        explain: "Where a test says under `users` whom it asks, an expectation about somebody else would never be looked at.",
    }
    NOBODY_LEFT = Error "nobody-left" {
        text: "nobody is left for `otherwise`",
        help: "remove it: `allow` and `deny` name everybody already",
        explain: "`otherwise` speaks for everybody whom `allow` and `deny` do not name: of the firm, or of `users` where the test has them. For nobody it says nothing.",
    }
    UNKNOWN_RULE = Error "unknown-rule" {
        text: "no answer in {1} comes from a rule `{0}`",
        explain: "Rule ids are those of actions, of rules, of refusals, of changes and of the grounds that speak before any rule. An unknown one could never be met.",
    }
    UNKNOWN_EFFECT = Error "unknown-effect" {
        text: "there is no effect `{0}` in {1}",
        explain: "Effects are declared under `effects:` in the product's rule file. An unknown one could never be met.",
    }
    UNKNOWN_ADVICE = Error "unknown-advice" {
        text: "there is no advice `{0}` in {1}",
        explain: "Advice is declared under `advice:` in the product's rule file. An unknown one could never be met.",
    }
    UNKNOWN_CONFLICT = Error "unknown-conflict" {
        text: "there is no conflict `{0}` in {1}",
        explain: "Conflicts are declared under `conflicts:` in the product's rule file or in the firm file. An unknown one could never be met.",
    }
    DECLARED_NOWHERE = Error "declared-nowhere" {
        text: "neither the old nor the new rules declare an action or a change `{0}` in {1}",
        explain: "A test that compares rules says by action or by permission change what is decided otherwise. One that neither side declares could never differ.",
    }
    UNKNOWN_DIFFERENCE = Error "unknown-difference" {
        text: "nothing that can be different of a person in {1} is written `{0}`",
        explain: "What no permission change alters is written `added`, `removed`, `enabled`, `disabled`, `renamed`, `seat_given` or `seat_taken`, and what cannot have come about is a role or a setting by its id. Anything else could never be met.",
    }
    UNKNOWN_PROPERTY = Error "unknown-property" {
        text: "no property `{0}` is promised in {1}",
        explain: "Properties are declared under `properties:` in the product's rule file. One that is not there cannot be proven.",
    }
    UNKNOWN_INPUT = Error "unknown-input" {
        text: "no input of {1} is written `{0}`",
        explain: "An input is written as `why-not` writes it: `user holds ROLE`, `not same_user`, `user.SETTING is VALUE`, `user is enabled`, `user has a seat in PRODUCT`, and the same of `target`. Anything else could never be met.",
    }
    WRONG_NUMBER_OF_WORDS = Error "wrong-number-of-words" {
        text: "`{0}` has too few or too many words",
        help: "write it as on the command line: `who_can: ACTION [TARGET]`, `what_can: USER`, `why_not: USER ACTION [TARGET]`, `how_can: USER ACTION [TARGET]`, `simulate: USER`",
        explain: "A question about more than one answer is written in the words of its command.",
    }
    NO_SUCH_PART = Error "no-such-part" {
        text: "the bulk change has no part `{0}`",
        help: "parts are counted from 1, in the order in which they are listed",
        explain: "`refused_parts` names the parts of the bulk change that are refused, by their number.",
    }
    OUT_OF_REACH = Error "out-of-reach" {
        text: "no answer can meet this: {0}",
        explain: "The expectation contradicts how answers are made: every answer comes from a rule, and what is rejected has no effects. It could never be met, whatever the rules say.",
    }
    NO_TEST_MATCHES = Error "no-test-matches" {
        text: "no test matches `{0}`",
        help: "the filter is looked for in the names of suites, in titles, and in the ids of users and actions",
        explain: "A run without a single test would look as if everything had passed.",
    }
    TEST_FAILED = Error "test-failed" {
        text: "`{0}` fails: {1}: expected {2}, got {3}",
        explain: "The rules answer otherwise than this expectation says. Either the rules are wrong, or the expectation is; the rule that answered, and what it looked at, stand beside the failure in the text that `clio-rules test` prints.",
    }
    MUTANT_SURVIVED = Warning "mutant-survived" {
        text: "no fixture notices `{1}` instead of `{2}`: {0}",
        explain: "The rules were changed by one small step, some answers are others since, and every fixture still passes. Add a test that asks the question which is answered otherwise.",
    }
    STATED_WITHOUT_FIXTURE = Warning "stated-without-fixture" {
        text: "no fixture asserts `{0}`, which the document states",
        help: "add a test that expects an answer which comes from it",
        explain: "What the source document states has to hold whatever else changes. Without a fixture that expects an answer from the rule, nobody would notice if it no longer did.",
    }
    REPORT_NOT_WRITTEN = Error "report-not-written" {
        text: "the report `{0}` cannot be written: {1}",
        help: "choose a file in a folder that you may write to",
        explain: "A report is written as a whole when all tests have run, or not at all. The tests did run; run them without the report to see their results.",
    }
}
