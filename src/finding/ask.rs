//! What is wrong with a question or a change before any rule is asked. Never an answer: an error is no denial.

use super::code::codes;

codes! {
    AMBIGUOUS_PRODUCT = Error "ambiguous-product" {
        text: "more than one product knows `{0}`: {1}",
        help: "say which one is meant: `--product` on the command line, `product` in a request",
        explain: "A name that several products declare needs the product beside it: `--product` on the command line, `\"product\"` in JSON.",
    }
    MISSING_TARGET = Error "missing-target" {
        text: "`{0}` is done to a person, and none is named",
        help: "name the user it is done to",
        explain: "Some actions and all changes concern another user, the target. Without one there is nothing to decide.",
    }
    MISSING_THING = Error "missing-thing" {
        text: "`{0}` is done to a thing of the kind `{1}`, and none is named",
        help: "name one by its id as the target, or say what is known of it, as facts",
        explain: "What the rules read of a thing comes from the firm file, or from the question itself. Without either there is nothing to decide.",
    }
    AMBIGUOUS_THING = Error "ambiguous-thing" {
        text: "things of several kinds have the id `{0}`: {1}",
        explain: "Ids are unique among things of one kind. Where a thing is named without an action, the kind may have to stand before its id, with a colon between them.",
    }
    UNEXPECTED_TARGET = Error "unexpected-target" {
        text: "`{0}` is not done to a person, and `{1}` is named as one",
        help: "leave the target out",
        explain: "The action has no target. Answering all the same would look as if the target had been considered.",
    }
    NO_TARGETS = Error "no-targets" {
        text: "`{0}` is not done to a person or thing, so there is nothing to list",
        help: "`can` says whether the user may do it",
        explain: "`where-can` lists the users or things to which an action may be done. This action has no target: a user may do it or may not, whoever or whatever else is in the firm.",
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
        explain: "A change is written as its name, then its arguments in the order of the rule file (`takes`), then the user or group it is done to, if there is one: `grant billing wren`.",
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
    LIST_NOT_CHANGED = Error "list-not-changed" {
        text: "`{0}` does not change the list `{1}`",
        explain: "A change names the lists of a thing that it can change, under `takes`.",
    }
    GROUP_IN_ITSELF = Error "group-in-itself" {
        text: "a group would be in itself, directly or through other groups",
        help: "take one of the two groups out of the other first",
        explain: "Groups of a firm can be in other groups, but not in a circle. A firm with such a circle could not be read again.",
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
    NOT_IN_STATE = Error "not-in-state" {
        text: "the user of this handle is not in this state of the firm",
        help: "look the user up again by id",
        explain: "A handle stays with its user through all changes and edits of a firm. The user of this one was removed, or was added in another state than the one that is asked. No answer about somebody else takes its place.",
    }
    STALE_VERDICT = Error "stale-verdict" {
        text: "this is about another state of the firm",
        help: "judge the change again, in the firm as it is now",
        explain: "A verdict is about a change in one state of the firm. In another state, or with other readings, the same change may be refused or have other effects: its maker may have lost the permission, or two people could end up with a role that exactly one may hold. So a verdict can only be applied to the state that was judged. A firm that was loaded again is another state as well. To judge and apply in one step, use `Firm::apply`. A change that names its state with `if_state` is refused in every other state.",
    }
    REJECTED_VERDICT = Error "rejected-verdict" {
        text: "a rejected change cannot be applied: {0}",
        help: "ask whether the verdict is accepted first",
        explain: "Nothing follows from a change that was rejected, so there is no firm after it, and nothing to write. Whether a verdict is accepted is known before it is applied.",
    }
    NO_CHANGE_DOES = Error "no-change-does" {
        text: "no change of {0} {1}",
        explain: "A simulation looks for the change of the rule file that gives or takes a role of its target, or sets a setting, by what the change says under `does`. There is none, or it takes more words than that: name it by its own words.",
    }
    SEVERAL_CHANGES_DO = Error "several-changes-do" {
        text: "more than one change of {0} {1}: {2}",
        help: "name one of them by its own words",
        explain: "A simulation looks for the change of the rule file that gives or takes a role of its target, or sets a setting. Where there are several, it cannot know which one is meant.",
    }
    EMPTY_SIMULATION = Error "empty-simulation" {
        text: "this simulation has no changes",
        help: "name at least one change",
        explain: "A simulation shows what would be different after some changes. Without one nothing would, which is most likely not what was meant.",
    }
    REVIEW_TOO_LARGE = Error "review-too-large" {
        text: "a review of {0} {1} is larger than {2} {1}",
        help: "review some of them at a time with `--only` (`only` in a request), which keeps the firm whole; `access` writes a firm of any size",
        explain: "A review is read by people, and lists everybody with everything that they may do. Of more people than the limit nothing is left out silently: there is no review. `--only` names the people who are reviewed, a department for instance. The others stay in the firm: numbers, targets and who could give somebody a powerful role are those of the whole firm.",
    }
    DIFFERENCE_CUT_OFF = Error "difference-cut-off" {
        text: "whether the two rulebooks differ is not decided: {0}",
        help: "allow more with `--states` or `--time`, or with `Limits::difference_states` and `Limits::search_time`",
        explain: "A difference is worked out over every path through the decisions of both rulebooks. A fixture expects all of it, so that a part of it says nothing, and the test fails.",
    }
    DIFFERENCE_TOO_LARGE = Error "difference-too-large" {
        text: "`{0}` can differ in {1} ways or more, and {2} is the limit",
        help: "compare smaller steps; programs that embed the library can allow more (`Limits::difference_ways`)",
        explain: "A difference is worked out over every way through the decisions of both rulebooks, and never sampled. Where there are more ways than the limit, there is no answer.",
    }
}
