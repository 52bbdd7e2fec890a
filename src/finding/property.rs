//! Findings about properties and conflicts.

use super::code::codes;

codes! {
    PROPERTY_SAYS_NOTHING = Error "property-says-nothing" {
        text: "the property `{0}` says nothing that could be true or false",
        help: "add what follows (`holds`, `lacks`, `can`, `cannot`, `with`, `target`), or use `nobody`, `always` or `alone`",
        explain: "A property is a promise that is checked. With a premise alone, nothing is promised: say what is true of the people it speaks about, or that there is nobody of that kind.",
    }
    PROPERTY_EMPTY_PREMISE = Error "property-empty-premise" {
        text: "`{0}` names nobody in particular",
        help: "say who is meant (`holds`, `lacks`, `can`, `cannot`, `makes`, `with`); leave `whoever` out where everybody is",
        explain: "An empty premise was most likely meant to say more. A property without `whoever` speaks about everybody who has a seat and is enabled.",
    }
    PROPERTY_TWO_KINDS = Error "property-two-kinds" {
        text: "`{0}` and `{1}` cannot stand in one property",
        help: "make two properties of it",
        explain: "A property says one kind of thing: what is true of whoever something is true of, that something is true of nobody, what is always true of the firm, or what nobody can do alone.",
    }
    PROPERTY_CONTRADICTS_ITSELF = Error "property-contradicts-itself" {
        text: "`{0}` stands under `{1}` and under `{2}`, which nobody can be",
        help: "keep one of the two",
        explain: "Nobody both holds and lacks a role, or is allowed and denied the same thing. A premise of that kind is true of nobody, so the property would hold whatever the rules say; a conclusion of that kind could never hold.",
    }
    PROPERTY_WITHOUT_TARGET = Error "property-without-target" {
        text: "`{0}` speaks about the person something is done to, and nothing here is done to a person",
        help: "name an action on a person under `can`, or a change that is done to somebody under `makes`, or remove the key",
        explain: "`on` and `target` only make sense where an action of the property is done to a person, or each change is done to a user or a group.",
    }
    PROPERTY_TWO_TARGETS = Error "property-two-targets" {
        text: "`{0}` can be done to a group, and `{1}` is done to a person",
        help: "make two properties of it: one about the change, and one about the action",
        explain: "A property speaks about one target: whom or what the change is done to is whom the action is done to. No action is done to a group, so the two have no target in common.",
    }
    CONFLICT_NOT_TWO = Error "conflict-not-two" {
        text: "the conflict `{0}` names {1} actions under `both`, not two",
        help: "name the two actions that one person should not hold; three that exclude each other are three conflicts",
        explain: "A conflict is a pair of abilities. Whoever holds both is pointed out.",
    }
    CONFLICT_NEEDS_MORE = Error "conflict-needs-more" {
        text: "whether somebody may `{0}` takes more than knowing that person",
        help: "name an action that has no `target` and whose facts all have a default",
        explain: "A conflict is about what one person can do. An action on another person, or one with a fact that every question has to supply, has no answer for one person alone.",
    }
    PROPERTY_TWICE = Error "property-twice" {
        text: "the property `{0}` of {1} is declared twice",
        help: "give one of the two another id",
        explain: "A proof names properties by their ids, so that no two of one file and product can share one. A file of properties is proven by itself: it may use the ids of the rule file's properties again.",
    }
    PROPERTY_BROKEN = Error "property-broken" {
        text: "the property `{0}` of {1} does not hold: {2}",
        help: "correct the rules or the property; `clio-rules prove` shows the firm and the steps that break it",
        explain: "A rule file promises what is true of its rules under `properties:`. This promise is broken: there is a firm, and perhaps a few accepted changes, after which it is false. Either a rule lets through more than was meant, or the promise says more than is meant.",
    }
    PROPERTY_VACUOUS = Warning "property-vacuous" {
        text: "the property `{0}` of {1} holds of nothing: {2}",
        help: "correct whom or what it speaks about, or remove the property",
        explain: "A property is true of everything it speaks about when there is no such thing, whatever the rules say. So it protects nothing: most likely its premise contradicts itself, or a rule has made impossible what it was about.",
    }
    PROPERTY_NOT_DECIDED = Warning "property-not-decided" {
        text: "the property `{0}` of {1} is not decided: {2}",
        help: "name fewer actions or changes in the property, or allow for more with `--states` and `--time` (`Limits::proof_states`, `Limits::search_time`)",
        explain: "A property is checked over all states and never over samples. Where that takes more states or more time than the limits allow, the search is cut off: nothing was found that breaks the property, and it is not known to hold.",
    }
}
