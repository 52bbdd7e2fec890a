//! What is wrong with a question or a change before any rule is asked. Never an answer: an error is no denial.

use super::code::codes;

codes! {
    AMBIGUOUS_PRODUCT = Error "ambiguous-product" {
        text: "more than one product knows `{0}`: {1}",
        help: "say which product is meant",
        explain: "A name that several products declare needs the product beside it: `--product` on the command line, `\"product\"` in JSON.",
    }
    MISSING_TARGET = Error "missing-target" {
        text: "`{0}` is done to a person, and none is named",
        help: "name the user it is done to",
        explain: "Some actions and all changes concern another user, the target. Without one there is nothing to decide.",
    }
    UNEXPECTED_TARGET = Error "unexpected-target" {
        text: "`{0}` is not done to a person, and `{1}` is named as one",
        help: "leave the target out",
        explain: "The action has no target. Answering all the same would look as if the target had been considered.",
    }
    MISSING_FACT = Error "missing-fact" {
        text: "`{0}` needs the fact `{1}`",
        explain: "The action's answer depends on this input, and the rule file gives no default for it: the question has to supply it.",
    }
    DUPLICATE_FACT = Error "duplicate-fact" {
        text: "the fact `{0}` is given twice",
        help: "give it once",
        explain: "Two values for one input contradict each other or say the same thing twice; either way something else was meant.",
    }
    MISSING_ARGUMENT = Error "missing-argument" {
        text: "`{0}` needs the argument `{1}`",
        explain: "The rule file lists what a change takes, in order, under `takes`.",
    }
    WRONG_WORDS = Error "wrong-words" {
        text: "`{0}` takes {1} after it, not {2}",
        explain: "A change is written as its name, then its arguments in the order of the rule file (`takes`), then the user it is done to: `grant billing wren`.",
    }
    UNEXPECTED_ARGUMENT = Error "unexpected-argument" {
        text: "`{0}` does not take `{1}`",
        explain: "The rule file lists what a change takes, in order, under `takes`. Anything else would be ignored, so it is refused.",
    }
    ROLE_NOT_GRANTED = Error "role-not-granted" {
        text: "`{0}` does not change who holds `{1}`",
        explain: "A change names the roles it can give or take. Roles that exactly one user holds are passed on by a change of their own.",
    }
    SETTING_NOT_CHANGED = Error "setting-not-changed" {
        text: "`{0}` does not change the setting `{1}`",
        explain: "A change names the settings it can set, under `takes`.",
    }
    NO_BULK = Error "no-bulk" {
        text: "{0} has no bulk changes",
        help: "make the changes one by one",
        explain: "The rule file of a product says under `bulk` which changes can be made together. This one does not.",
    }
    EMPTY_BULK = Error "empty-bulk" {
        text: "this bulk change has no parts",
        help: "list at least one change",
        explain: "A bulk change without parts is most likely a file that was not filled in, so it is an error and not an acceptance.",
    }
    BULK_TOO_LARGE = Error "bulk-too-large" {
        text: "this bulk change has {0} parts, more than the limit of {1}",
        help: "split it",
        explain: "The limit keeps a hostile request from holding up everybody else.",
    }
    BULK_PART_NOT_ALLOWED = Error "bulk-part-not-allowed" {
        text: "`{0}` cannot be part of a bulk change",
        explain: "The rule file says under `bulk` which changes can be made together. Anything else makes the whole bulk change an error.",
    }
    FOREIGN_HANDLE = Error "foreign-handle" {
        text: "this handle belongs to another {0}",
        help: "look the name up again in the one that is asked",
        explain: "Handles are numbers into one rulebook or firm. Used with another they could mean somebody else, so they are refused.",
    }
    DIFFERENCE_TOO_LARGE = Error "difference-too-large" {
        text: "`{0}` can differ in {1} ways or more, and {2} is the limit",
        help: "compare smaller steps, or allow more ways in the limits",
        explain: "A difference is worked out over every way through the decisions of both rulebooks, and never sampled. Where there are more ways than the limit, there is no answer.",
    }
}
