//! Findings about what can never matter: parts of a rule file that can be taken out without changing any answer.

use super::code::codes;

codes! {
    RULE_NEVER_DECIDES = Warning "rule-never-decides" {
        text: "the rule `{0}` never decides: {1}",
        help: "remove it, or move it in front of the rules that decide in its place",
        explain: "Rules are tried in their order: the first that allows answers, and if none does, the first that speaks about the case. Over everybody who can exist, all facts and both choices of every reading, no answer comes from this rule, so that nobody would notice if it were gone. Either an earlier rule lets through more than was meant, or this one is left over.",
    }
    REFUSAL_NEVER_REFUSES = Warning "refusal-never-refuses" {
        text: "the refusal `{0}` changes no answer here: {1}",
        help: "take it out of this `unless` (with the key, where it is the only one), or correct its condition",
        explain: "A refusal denies what `allow` and `when` let through. Over everybody who can exist, all facts and both choices of every reading, every answer would be the same without it at this place. It looks like a protection and is none.",
    }
    WHEN_STOPS_NOBODY = Warning "when-stops-nobody" {
        text: "this condition changes no answer: {0}",
        help: "remove `when` and its `because`, or correct the condition",
        explain: "A condition under `when` restricts what `allow` lets through. Over everybody who can exist, all facts and both choices of every reading, every answer would be the same without this one. It looks like a restriction and is none.",
    }
    BECAUSE_NEVER_SHOWN = Warning "because-never-shown" {
        text: "this reason is never shown: {0}",
        help: "remove it, or move it to the rule that it explains",
        explain: "A `because` is what people read when a rule turns them away. No answer can show this one, whoever asks: so it explains nothing, and most likely it was meant for another rule, or a `when` beside it is missing.",
    }
    ACTION_NEVER_ALLOWED = Warning "action-never-allowed" {
        text: "nobody can ever do `{0}`: {1}",
        help: "correct who may, or remove the action",
        explain: "Over everybody who can exist, all facts and both choices of every reading, the answer is no. That is hardly what an action is declared for: its `allow`, `when` and `unless` exclude each other.",
    }
    CHANGE_NEVER_ACCEPTED = Warning "change-never-accepted" {
        text: "nobody can ever make the change `{0}`: {1}",
        help: "correct who may, or remove the change",
        explain: "Over everybody who can exist, all arguments of the change and both choices of every reading, it is rejected. That is hardly what a change is declared for: its `allow`, `when` and `unless` exclude each other.",
    }
    CONFLICT_NEVER_HELD = Warning "conflict-never-held" {
        text: "nobody can be in the conflict `{0}`: {1}",
        help: "correct `both` or `except`, or remove the conflict",
        explain: "A conflict points out people who may do both of two things. Over everybody who can exist and both choices of every reading there is no such person, so that it watches over nothing.",
    }
    PROPERTY_ALWAYS_TRUE = Warning "property-always-true" {
        text: "the property `{0}` holds whatever the rules are: {1}",
        help: "say what the rules should add to it, or remove the property",
        explain: "A property is there to fail when a rule changes for the worse. This one says again what it supposes, so that no rules could break it, and it protects nothing.",
    }
    UNUSED_ROLE = Warning "unused-role" {
        text: "the role `{0}` changes no answer: {1}",
        help: "name it where it should open something, or remove it",
        explain: "Over everybody who can exist, all facts and both choices of every reading, each decision, each verdict, each effect that follows and each conflict is the same whether somebody holds this role or not (of levels: this level or another one). Who holds it may be written down and changed, and nothing comes of it.",
    }
    UNUSED_SETTING = Warning "unused-setting" {
        text: "the setting `{0}` changes no answer: {1}",
        help: "read it in a condition, or remove it",
        explain: "Over everybody who can exist, all facts and both choices of every reading, each decision, each verdict, each effect that follows and each conflict is the same whatever the value of this setting is. It may be set, and nothing comes of it.",
    }
    UNUSED_PART = Warning "unused-part" {
        text: "`{0}` changes no answer: {1}",
        help: "name it where it should open or restrict something, or remove it",
        explain: "Over everybody who can exist and every thing there can be, each decision is the same whatever this property of a thing is, or whoever stands on this list. It may be written down, and nothing comes of it.",
    }
    UNUSED_READING = Warning "unused-reading" {
        text: "the reading `{0}` changes no answer: {1}",
        help: "read it in a condition, or remove it",
        explain: "A reading is a question that the document leaves open. Over everybody who can exist and all facts, each decision, each verdict, each effect that follows and each conflict is the same with both answers to this one, so that a firm that chooses the other answer gets no other rules.",
    }
    FACT_TURNS_NOTHING = Warning "fact-turns-nothing" {
        text: "the fact `{0}` changes no answer about `{1}`: every answer is the same whatever its value",
        help: "remove it, or correct the condition that reads it",
        explain: "Whoever asks has to supply a fact. A condition reads this one, but over everybody who can exist and both choices of every reading, no value of it leads to another answer. So it is a burden without a use.",
    }
    UNUSED_FUNCTION = Warning "unused-function" {
        text: "no condition calls the function `{0}`",
        help: "call it where it should decide, or remove it",
        explain: "A function decides only where a condition calls it, or another function that a condition calls. One that nothing calls protects nothing.",
    }
    IDLE_PARTS_CUT_OFF = Warning "idle-parts-cut-off" {
        text: "not all of {0} was searched for parts that can never matter: {1}",
        help: "allow for more with `--states` and `--time` (`Limits::proof_states`, `Limits::search_time`)",
        explain: "Whether a part of a rule file can ever matter is found out over everybody who can exist, never over samples. Where that takes more states or more time than the limits allow, the search is cut off: parts that were not reached may matter or not, and nothing is said about them.",
    }
}
