//! Findings about rule files whose YAML is fine.

use super::code::codes;

codes! {
    NO_RULE_FILES = Error "no-rule-files" {
        text: "there are no rule files in {0}",
        help: "a rule file ends in .yaml and has a `product:` line; `clio-rules init DIR` writes a set to start from",
        explain: "A rulebook needs at least one rule file. Without any, there is nothing that could be asked. Check which folder is named, and that its files end in .yaml.",
    }
    SCRIPT_WITHOUT_RULES = Warning "script-without-rules" {
        text: "no rule file belongs to this script",
        help: "name it like the rule file that uses it: `manage.rhai` beside `manage.yaml`",
        explain: "The functions of a `.rhai` file can be used by the rule file of the same name. A script without such a rule file is never read by anybody.",
    }
    DUPLICATE_PRODUCT = Error "duplicate-product" {
        text: "the product `{0}` is declared twice",
        help: "keep one rule file for each product",
        explain: "Two rule files that declare the same product would contradict each other without anybody noticing.",
    }
    NOT_AN_ID = Error "not-an-id" {
        text: "`{0}` is not an id",
        help: "an id starts with a lower-case letter and has only lower-case letters, digits and `_`, 64 at most",
        explain: "Ids stand in rule files, scripts, questions and answers. They are kept plain so that they mean the same everywhere.",
    }
    RESERVED_NAME = Error "reserved-name" {
        text: "`{0}` cannot be the id of {1}",
        help: "choose another word",
        explain: "Some words mean something to the engine or to the script language (`default`, `new`, `is`, `user`, `target`, …), and a product cannot be called `id`, `name` or `enabled`, nor a setting `roles`: firm files use these words already.",
    }
    NAME_TAKEN = Error "name-taken" {
        text: "`{0}` is already the name of {1}",
        help: "choose another word for one of the two",
        explain: "Scripts see roles, settings, readings and facts by their plain names. Two things with one name could be mistaken for each other.",
    }
    DUPLICATE_ACTION = Error "duplicate-action" {
        text: "the action `{0}` is declared twice",
        help: "keep one of the two",
        explain: "Each action stands in one group only, so that there is one place that says who may do it.",
    }
    DUPLICATE_RULE = Error "duplicate-rule" {
        text: "two rules are called `{0}`",
        help: "give each rule an id of its own",
        explain: "Answers and fixtures name rules by their ids. Actions, named rules, refusals, changes and grounds share one list of ids, so that an id says which line decided.",
    }
    DUPLICATE_ENTRY = Error "duplicate-entry" {
        text: "`{0}` stands twice in this list",
        help: "remove one of the two",
        explain: "A list that names something twice was most likely meant to name something else.",
    }
    EMPTY_LIST = Error "empty-list" {
        text: "this list names nothing",
        help: "name at least one, or remove the key",
        explain: "An empty list under `allow` would let nobody in, an empty list of values could never be answered, and a change that takes or alters nothing could never do anything. Say what is meant.",
    }
    TOO_MANY_NAMES = Error "too-many-names" {
        text: "there are {0} {1} here, more than the limit of {2}",
        explain: "The limit keeps a hostile file from growing tables without end. Real rule files are far below it.",
    }
    MISSING_BASIS = Error "missing-basis" {
        text: "`{0}` does not say whether it is `stated` or `inferred`",
        help: "add `basis: stated` or `basis: inferred` here or to its group",
        explain: "Every answer tells the reader whether the source document says so or whether it is our reading. A rule without a basis could not.",
    }
    MISSING_SECTION = Error "missing-section" {
        text: "`{0}` does not say which section of the document it comes from",
        help: "add `section:` here or to its group",
        explain: "Every answer points to a section of the source document, so that a reader can check it.",
    }
    MISSING_ALLOW = Error "missing-allow" {
        text: "nothing says who may `{0}`",
        help: "add `allow:` here or to its group, for instance `allow: everyone`",
        explain: "An action without `allow` would be denied to everybody, which nobody writes down on purpose.",
    }
    RULES_AND_ALLOW = Error "rules-and-allow" {
        text: "`rules` and `{0}` cannot stand together",
        help: "move what stands beside `rules` into one of them",
        explain: "An action has either one rule of its own (`allow`, `when`, `unless`) or a list of `rules`. With both, it would be unclear which one speaks.",
    }
    WHEN_WITHOUT_BECAUSE = Error "when-without-because" {
        text: "nothing says what to tell people when this condition does not hold",
        help: "add `because:` with the reason in plain words",
        explain: "Every denial carries a reason that a person understands. A condition cannot be its own reason.",
    }
    WHOM_WITHOUT_TARGET = Error "whom-without-target" {
        text: "`whom` tells oneself from others, and the action `{0}` is done to {1}",
        help: "add `target: user` to the action, or remove `whom`",
        explain: "`whom: others`, `self` or `anyone` only makes sense where the action is done to a person.",
    }
    WHOM_LEAVES_GAP = Warning "whom-leaves-gap" {
        text: "no rule of `{0}` speaks about {1}",
        help: "it is denied; say so with a rule of its own, so that the reason is clear",
        explain: "The rules of an action together should speak about others and about oneself. Whatever no rule speaks about is denied with a general reason.",
    }
    READS_UNDECLARED = Error "reads-undeclared" {
        text: "this condition reads `{0}`, which {1} does not have",
        help: "only inputs that every user of the condition has can be read",
        explain: "Facts are there for the actions that declare them, `target` and `same_user` where there is a target, and arguments in the changes that take them. What brings a role may read only readings.",
    }
    FACT_DIFFERS = Error "fact-differs" {
        text: "the fact `{0}` has {1} elsewhere in this file",
        help: "give it the same values and the same `from` everywhere, or another name",
        explain: "A fact means one thing in a whole rule file, so that a shared condition can read it.",
    }
    THING_OUT_OF_REACH = Error "thing-out-of-reach" {
        text: "`{0}` is about a kind of thing that {1} is not done to",
        help: "add `target:` with that kind to the action, or `thing:` with it to what the change takes",
        explain: "What a rule reads of a thing comes from the thing that a question names. An action that is not done to a thing of that kind never has one to look at.",
    }
    KIND_CIRCLE = Error "kind-circle" {
        text: "the kind `{0}` is part of `{1}`, which is part of it",
        help: "remove `part_of` from one of the two",
        explain: "What is part of something else cannot have that inside it. A kind may be part of itself, such as a folder of a folder.",
    }
    DEPTH_NOT_FIT = Error "depth-not-fit" {
        text: "`{0}` is no depth: that is a number from 1 to {1}",
        help: "write such a number, or remove `depth`",
        explain: "`depth` says how many things of the same kind there may be above one, and so how many the rules can read.",
    }
    DEPTH_ALONE = Error "depth-alone" {
        text: "things of the kind `{0}` are not part of others of it, so they have no depth",
        help: "remove `depth`, or name the kind itself under `part_of`",
        explain: "`depth` says how many things of the same kind there may be above one. It stands only where a kind is part of itself, such as a folder of a folder.",
    }
    LIST_CYCLE = Error "list-cycle" {
        text: "`{0}` brings `{1}`, which brings it back",
        help: "remove one of the two",
        explain: "Lists of a thing that bring each other would be one and the same list.",
    }
    FACTS_TOO_WIDE = Error "facts-too-wide" {
        text: "the inputs of `{0}` need {1} bits, more than the limit of {2}",
        help: "declare fewer facts, or fewer values",
        explain: "All inputs that come with one question are packed into one machine word, which is what makes answers fast.",
    }
    FACTS_TOO_MANY_CHOICES = Error "facts-too-many-choices" {
        text: "`{0}` can be asked in {1} ways by its facts without a default, more than the limit of {2}",
        help: "give some of its facts a default, or declare fewer values",
        explain: "A question has to say each fact that has no default. Lists of what somebody may do have a line for every choice of those facts, so their number is limited.",
    }
    BRINGS_CIRCLE = Error "brings-circle" {
        text: "`{0}` brings itself: it {1}",
        help: "remove one of the `brings` of this circle",
        explain: "If each of several roles brings the next and the last brings the first, they are all the same role.",
    }
    HOLDERS_WORDS = Error "holders-words" {
        text: "`{0}` is not a number of holders",
        help: "write `count: exactly one`",
        explain: "The number of holders that can be kept true is `exactly one`.",
    }
    SEATS_WORDS = Error "seats-words" {
        text: "`{0}` does not say what a seat holds",
        help: "write `hold: exactly one of [role, role]`",
        explain: "`seats` says that every seat holds exactly one of a list of roles, its level.",
    }
    TAKES_WORDS = Error "takes-words" {
        text: "`{0}` is no argument that a change can take like this",
        help: "`role`, `setting` and `list` take a list of names, `value` the words `a value of setting` or `a value of KIND.PROPERTY`, `thing` the id of a kind, and `group` the words `a group`; what a word belongs to stands before it",
        explain: "A change takes up to six arguments: a role; a setting, and a value of it; a thing of the firm, a list of it, and a value of one of its properties; a group of the firm.",
    }
    DOES_WORDS = Error "does-words" {
        text: "this alteration is not complete or says too much",
        help: "write `give: ROLE` with `to:`, `take: ROLE` with `from:`, `set: SETTING` with `of:` and `to:`, `add: target` with `to: LIST`, `remove: target` with `from: LIST`, `only: target` with `on: LIST`, `reset: LIST`, or `set: KIND.PROPERTY` with `to:`",
        explain: "An alteration is one of these: give a role to somebody, take it, set a setting of somebody; put somebody on a list of the thing or into the group, take them off, put them there alone; make the list as if nobody had said anything about it; set a property of the thing. Somebody is `user`, `target` or `holder of ROLE`.",
    }
    CHANGE_ABOUT_NOTHING = Error "change-about-nothing" {
        text: "`{0}` is done to no user, and is about no thing and no group",
        help: "add `thing:` or `group:` under `takes:`, or let it be done to `user`",
        explain: "A change alters what a user holds, or the thing or group that it names. One that is done to a group or to nobody has to name what it alters.",
    }
    ALTERS_BOTH = Error "alters-both" {
        text: "`{0}` is about a thing or a group, so it does not alter what people hold",
        help: "make a change of its own that gives and takes roles and sets settings",
        explain: "A change either alters roles and settings of people, or the thing or group that it names. So what follows from it can be looked up on either side alone.",
    }
    GROUP_HAS_NO_SEAT = Error "group-has-no-seat" {
        text: "`{0}` may be a group here, which has no roles and no settings",
        help: "let the change be done to `user` alone",
        explain: "A group of the firm stands on lists and in other groups. Roles and settings belong to people.",
    }
    NO_TARGET_TO_ALTER = Error "no-target-to-alter" {
        text: "this change is done to nobody, so it has no `target`",
        help: "remove `target: nobody` from the change, or alter the thing",
        explain: "`target: nobody` stands in changes that only set what is known of a thing.",
    }
    NOT_AN_ARGUMENT = Error "not-an-argument" {
        text: "`{0}` is no argument of this change",
        help: "add it under `takes:`, or name a role, a setting or a value",
        explain: "What a change alters is named outright or comes from its arguments.",
    }
    HOLDER_UNKNOWN = Error "holder-unknown" {
        text: "`{0}` can have more than one holder, or none",
        help: "`holder of` needs a role with `holders: { count: exactly one }`",
        explain: "Only a role that exactly one user holds has a holder that can be named.",
    }
    HOLDERS_UNSAFE = Error "holders-unsafe" {
        text: "this could leave the firm without exactly one `{0}`",
        help: "only the change under `moves_by` alters this role: allowed to its holder alone, it takes the role from `user` and gives it to `target`",
        explain: "A role that exactly one user holds moves from its holder to another user, in one step. A change that gives or takes it otherwise could leave two holders or none.",
    }
    LEVEL_TAKEN = Error "level-taken" {
        text: "taking `{0}` would leave a seat without a level",
        help: "give another level instead: the old one goes by itself",
        explain: "Where a seat holds exactly one of a list of roles, giving one takes the others.",
    }
    DEFAULT_NOT_A_VALUE = Error "default-not-a-value" {
        text: "{0} `{1}` is not one of the values",
        help: "choose one of the values",
        explain: "A default is used where nothing was said; it has to be one of the declared values. So have the words under `from`, which a fact has for those on a list and for those who are not.",
    }
    UNUSED_REFUSAL = Warning "unused-refusal" {
        text: "no rule uses the refusal `{0}`",
        help: "name it under `unless` where it should refuse, or remove it",
        explain: "A refusal refuses only where a rule names it under `unless`. One that nobody uses protects nothing.",
    }
    UNUSED_VALUES = Warning "unused-values" {
        text: "nothing takes its values from the list `{0}`",
        help: "remove it, or name it under `values:` of a setting, a fact or a property",
        explain: "Lists of values stand at the top of a rule file so that settings, facts and properties can share them. One that none of them names says nothing.",
    }
    UNUSED_KIND = Warning "unused-kind" {
        text: "no action is done to things of the kind `{0}`",
        help: "remove it, or name it under `target:` of an action",
        explain: "Rules read a thing that the question names, and those that it is part of. A kind that no action is done to, nor to what is part of it, is never read.",
    }
    UNUSED_SECTION = Warning "unused-section" {
        text: "no rule comes from the section `{0}`",
        help: "remove it, or add the rules it states",
        explain: "Every section that is listed should have rules that come from it, otherwise something was forgotten.",
    }
    UNUSED_FACT = Warning "unused-fact" {
        text: "nothing about `{0}` reads the fact `{1}`",
        help: "remove it, or read it in a condition",
        explain: "Whoever asks has to supply a fact. One that decides nothing is a burden without a use.",
    }
    CONDITION_NEVER = Warning "script-never-allows" {
        text: "this condition never holds",
        help: "check its words: as it stands, it is the same as `false`",
        explain: "Every path through the condition was run, and none of them ends in true. An `allow` with it lets nobody in, and a refusal with it refuses nobody.",
    }
    CONDITION_ALWAYS = Warning "script-always-holds" {
        text: "this condition always holds",
        help: "check its words: as it stands, it is the same as `true`",
        explain: "Every path through the condition was run, and all of them end in true. It restricts nothing.",
    }
    EFFECT_NEVER = Warning "effect-never" {
        text: "nothing in this file makes `{0}` follow",
        explain: "The effect follows a change that is never accepted or a condition that never holds.",
    }
    TOO_MANY_PATHS = Error "too-many-paths" {
        text: "`{0}` has more than {1} paths",
        help: "let it read fewer inputs, or split it",
        explain: "Every decision is run over every path when the rules load. The limit keeps a hostile file from running forever; real conditions have a dozen paths.",
    }
}
