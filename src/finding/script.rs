//! Findings about scripts: the conditions in rule files and the functions beside them.

use super::code::codes;

codes! {
    SCRIPT_SYNTAX = Error "script-syntax" {
        text: "this condition cannot be read: {0}",
        explain: "A condition is written in Rhai: comparisons such as `user.billing` or `role == \"billing\"`, joined by `&&` (and), `||` (or) and `!` (not). Here the text stops making sense, mostly because a quote, a bracket or an operator is missing. The caret shows where reading stopped; the mistake is there or just before.",
    }
    SCRIPT_UNTERMINATED_COMMENT = Error "script-unterminated-comment" {
        text: "this comment is never closed",
        help: "close it with `*/`, or start each line of it with `//`",
        explain: "A comment that begins with `/*` goes on until `*/`. Without that end, everything after it is silently ignored, and a restriction written there would never be applied.",
    }
    SCRIPT_TOO_LONG = Error "script-too-long" {
        text: "this script has {0} bytes, and the limit is {1} (`script_bytes`)",
        help: "shorten it: what stands in several conditions can be a function in the script beside the rule file",
        explain: "Scripts are bounded so that no file can keep the program busy for long. Whoever embeds the library can raise the limit that is named.",
    }
    SCRIPT_OUTSIDE_FUNCTION = Error "script-outside-function" {
        text: "only functions and comments may stand here",
        help: "put it inside a function: `fn name() { … }`",
        explain: "A `.rhai` file holds functions that conditions call. Anything outside of a function would never run, so it is refused rather than ignored.",
    }
    SCRIPT_SHADOWS_INPUT = Error "script-shadows-input" {
        text: "`{0}` is the name of an input and cannot be given to something else",
        help: "choose another name",
        explain: "Inside a script `user`, `target` and every declared name always mean what the rule files declare. A variable, a parameter or a function of the same name would look like the input and be something else.",
    }
    SCRIPT_ASSIGNS_INPUT = Error "script-assigns-input" {
        text: "`{0}` is an input and cannot be changed",
        help: "compare with `==`; to remember something, use a variable of its own: `let name = …`",
        explain: "A condition asks about people, settings and facts; it never alters them. A single `=` where `==` was meant is the usual cause.",
    }
    SCRIPT_UNKNOWN_NAME = Error "script-unknown-name" {
        text: "there is no input called `{0}`",
        explain: "A condition may read `user`, `target` and the names that the rule files declare. A misspelt name is refused when the files are read, even where no run would reach it, so that it cannot fail later.",
    }
    SCRIPT_THING_ALONE = Error "script-thing-alone" {
        text: "`{0}` is a whole thing",
        help: "read what is known of it, as in `thing.property`, or hand it to a function",
        explain: "Conditions compare what is known of a thing, and ask who stands on its lists. A whole thing can only be handed to a function that does so.",
    }
    SCRIPT_UNKNOWN_PART = Error "script-unknown-part" {
        text: "a `{0}` has no `{1}`",
        explain: "Conditions read the properties and lists of a thing, and what it is part of, as the rule file declares them under `things:`.",
    }
    SCRIPT_UNKNOWN_MEMBER = Error "script-unknown-member" {
        text: "a person has no `{0}`",
        explain: "After `user.` or `target.` stands a role, a setting or `enabled`, exactly as the rule files declare it. Other names are refused when the files are read.",
    }
    SCRIPT_UNKNOWN_FUNCTION = Error "script-unknown-function" {
        text: "there is no function `{0}` that takes {1}",
        explain: "A condition may call only the functions of the `.rhai` file of its product, each with as many values as the function names. Nothing else can be called: no clock, no files, no network.",
    }
    SCRIPT_UNKNOWN_VALUE = Error "script-unknown-value" {
        text: "{0} is not a value of `{1}`",
        explain: "Everything that a condition reads has a declared list of values. A comparison with something outside of that list can never hold, so a misspelt value would silently turn a rule off. It is refused instead.",
    }
    SCRIPT_STRAY_VALUE = Error "script-stray-value" {
        text: "`{0}` is not a value of anything that a condition can read",
        explain: "A word in quotes is there to be compared with what a condition reads. This one is a value of none of the declared names, so no comparison with it can hold; it is most likely misspelt.",
    }
    SCRIPT_ORDERS_WORDS = Error "script-orders-words" {
        text: "words have no order, so `{0}` cannot be compared with `{1}`",
        help: "name the values that are meant: `x in [\"a\", \"b\"]`",
        explain: "The signs `<`, `<=`, `>` and `>=` compare numbers. On words they would compare the alphabet, which says nothing about who may do more.",
    }
    SCRIPT_PERSON_ALONE = Error "script-person-alone" {
        text: "`{0}` is a whole person and cannot be compared or used as yes or no",
        help: "name what is asked of the person, as in `user.enabled`; whether both are the same person is `same_user`",
        explain: "`user` and `target` stand for people. A condition asks for one thing about them, such as a role or a setting, or hands them to a function.",
    }
    SCRIPT_NOT_A_PERSON = Error "script-not-a-person" {
        text: "only a person or a thing has members, so `.{0}` cannot stand here",
        help: "members are read from `user`, `target`, a kind of thing, or a parameter that holds one of them",
        explain: "The dot reads a role or a setting of a person, or a property or a list of a thing. Words, numbers and yes-or-no values have nothing to read, and nothing can be called on them.",
    }
    SCRIPT_FORBIDDEN = Error "script-forbidden" {
        text: "`{0}` is not part of what a script may use",
        explain: "Scripts use comparisons, `&&`, `||`, `!`, `in`, `if`, `switch`, loops, variables and functions of their own file. What could reach outside (printing, files, imports, running text as a script) or make a script hard to read (methods, maps, pointers to functions) is left out, so that every condition can be tried on all its values when the files are read.",
    }
    SCRIPT_FAILED = Error "script-failed" {
        text: "this condition fails: {0}",
        explain: "When the files are read, each condition is tried with every combination of the values it may see. With the values named here it stops with a mistake instead of answering yes or no. A rule that can fail is refused, because a failing rule must neither allow nor deny.",
    }
    SCRIPT_NOT_BOOLEAN = Error "script-not-boolean" {
        text: "this condition answers with {0} instead of yes or no",
        help: "compare it with one of its values: `… == \"value\"`",
        explain: "A condition holds or does not hold: its answer is `true` or `false`. A setting by itself, or an `if` without `else`, answers with something else.",
    }
    SCRIPT_TOO_MANY_OPERATIONS = Error "script-too-many-operations" {
        text: "this condition does not come to an end within {0}",
        help: "look for a loop that never ends or a function that calls itself",
        explain: "Scripts are tried on all their values when the files are read, so each run and all runs together are bounded. A condition of a rulebook needs a few dozen steps.",
    }
    SCRIPT_TOO_LARGE = Error "script-too-large" {
        text: "this script needs more than {0}",
        help: "conditions compare words; they need not build any",
        explain: "Texts and lists inside a script are bounded, so that a small script cannot fill the memory.",
    }
    SCRIPT_TOO_DEEP = Error "script-too-deep" {
        text: "this condition goes too deep: {0}",
        help: "split it into several conditions; functions may call each other 6 deep, and none may call itself",
        explain: "Brackets within brackets, long chains of operators and functions that call each other are bounded, so that no script can exhaust the program.",
    }
}
