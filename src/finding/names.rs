//! Findings about names that nobody declared, in files and in questions alike.

use super::code::codes;

codes! {
    UNKNOWN_PRODUCT = Error "unknown-product" {
        text: "no product is called `{0}`",
        explain: "A product is known by the `product:` line of its rule file. Check the spelling, or load the folder that holds its rule file.",
    }
    UNKNOWN_USER = Error "unknown-user" {
        text: "nobody in this firm has the id `{0}`",
        explain: "Questions, changes and fixtures name people by their `id` in the firm file. An unknown id is an error and never a denial: a misspelt name must not look like an answer.",
    }
    UNKNOWN_ACTION = Error "unknown-action" {
        text: "there is no action `{0}` in {1}",
        explain: "Only actions that the product's rule file declares can be asked about. In a product that opens everything not reserved, this means everything declared: an unknown action is an error, never an allow or a deny.",
    }
    UNKNOWN_CHANGE = Error "unknown-change" {
        text: "there is no change `{0}` in {1}",
        explain: "The rule file lists the permission changes that the product knows, under `changes:`.",
    }
    UNKNOWN_ROLE = Error "unknown-role" {
        text: "there is no role `{0}` in {1}",
        explain: "Roles are declared under `roles:` in the product's rule file. A role that nobody declared would silently grant nothing, so it is refused.",
    }
    UNKNOWN_SETTING = Error "unknown-setting" {
        text: "there is no setting `{0}` in {1}",
        explain: "Settings are declared under `settings:` in the product's rule file.",
    }
    UNKNOWN_VALUE = Error "unknown-value" {
        text: "`{1}` has no value `{0}`",
        explain: "Settings, facts and arguments take one of a declared list of values. A value that is not in the list would silently match nothing, so it is refused.",
    }
    UNKNOWN_READING = Error "unknown-reading" {
        text: "there is no reading `{0}` in {1}",
        explain: "A reading is a question that the source document leaves open. The rule file lists them under `readings:`; a firm file or `--reading name=true` chooses the answer.",
    }
    UNKNOWN_FACT = Error "unknown-fact" {
        text: "the action `{1}` takes no fact `{0}`",
        explain: "A fact is an input that comes with the question, such as the status of an item. Each action lists the facts it takes under `facts:`.",
    }
    KIND_NOT_DECLARED = Error "kind-not-declared" {
        text: "{1} declares no kind of thing `{0}`",
        explain: "Kinds of things are named by their ids: under `part_of`, the kind that something is part of; under `takes: { thing: … }`, the kind that a change is about. They are declared under `things:` of the same rule file.",
    }
    UNKNOWN_PROPERTY_OF_THING = Error "unknown-property-of-thing" {
        text: "`{1}` has no property `{0}` that this change could be about",
        explain: "A change sets properties of the thing that it names under `takes: { thing: … }`. They are written with their kind, as `matter.status`.",
    }
    UNKNOWN_VALUES = Error "unknown-values" {
        text: "`{1}` has no list of values called `{0}`",
        explain: "Under `values:` of a setting, a fact or a property stand the values in brackets, or the name of a list that stands under `values:` at the top of the rule file.",
    }
    UNKNOWN_KIND = Error "unknown-kind" {
        text: "no product has a kind of thing `{0}`",
        explain: "Kinds of things are declared in rule files, under `things:`. A firm file lists its things under their kind.",
    }
    UNKNOWN_THING = Error "unknown-thing" {
        text: "the firm has no {1} `{0}`",
        explain: "The things of a firm stand in its file, under `things:`. A thing that the firm does not have can be asked about when the question says what is known of it, as facts.",
    }
    UNKNOWN_GROUP = Error "unknown-group" {
        text: "the firm has no group `{0}`",
        explain: "The groups of a firm stand in its file, under `groups:`.",
    }
    UNKNOWN_MEMBER = Error "unknown-member" {
        text: "no person and no group has the id `{0}`",
        explain: "Groups and the lists of things name people and groups by the ids that they have in the same firm file.",
    }
    UNKNOWN_LIST = Error "unknown-list" {
        text: "`{1}` has no kind of thing with the list `{0}`",
        explain: "A list says how people stand to a thing. Rule files declare lists under `things:` and name them with their kind, as `matter.access`.",
    }
    UNKNOWN_COLUMNS = Error "unknown-columns" {
        text: "a matrix of `{1}` has no columns for `{0}`",
        explain: "The columns of a matrix are roles, unless the question names something else: a setting, a fact or a property of a thing, as `matter.status`, for its values; a kind of thing, as `matter`, for its lists.",
    }
    UNKNOWN_SECTION = Error "unknown-section" {
        text: "the document has no section `{0}` here",
        explain: "Sections are listed once under `document:` with the heading they have in the source document; rules name them by their id.",
    }
    UNKNOWN_REFUSAL = Error "unknown-refusal" {
        text: "no refusal is called `{0}`",
        explain: "`unless` names refusals that stand under `refusals:` in the same rule file. A misspelt one would refuse nothing, so it is an error.",
    }
    UNKNOWN_WORD = Error "unknown-word" {
        text: "`{0}` cannot stand here; expected {1}",
        explain: "Some keys take one of a few fixed words. The message lists them.",
    }
}
