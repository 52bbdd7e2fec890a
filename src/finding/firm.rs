//! Findings about firm files: who works there, with which seats, roles and settings.

use super::code::codes;

codes! {
    DUPLICATE_USER = Error "duplicate-user" {
        text: "the id `{0}` is given to two people",
        help: "give each person an id of their own",
        explain: "People are known by their ids. With one id for two, an answer about one could be read as an answer about the other.",
    }
    DUPLICATE_ROLE = Error "duplicate-role" {
        text: "`{0}` is listed twice",
        help: "remove one of the two",
        explain: "A role that is listed twice was most likely meant to be another one.",
    }
    TOO_MANY_HOLDERS = Error "too-many-holders" {
        text: "{0} people hold `{1}`, and exactly one may",
        help: "leave the role to one of them",
        explain: "The rule file says that exactly one user holds this role in every firm where anybody has a seat in the product. The places of all holders are shown.",
    }
    NO_HOLDER = Error "no-holder" {
        text: "nobody holds `{0}`, and exactly one user has to",
        help: "give the role to one user",
        explain: "The rule file says that exactly one user holds this role in every firm where anybody has a seat in the product. The help names who it usually is.",
    }
    HOLDER_DISABLED = Error "holder-disabled" {
        text: "`{1}` is held by `{0}`, who is disabled",
        help: "enable this person, or give the role to somebody who is enabled",
        explain: "The rule file says that the one holder of this role is enabled.",
    }
    LEVELS_NOT_ONE = Error "levels-not-one" {
        text: "a seat in {0} holds exactly one of {1}, and this one holds {2}",
        help: "list exactly one of them under `roles`",
        explain: "In this product every seat has one level. None, or more than one, would leave open what the person may do.",
    }
    ADVICE_UNMET = Warning "advice-unmet" {
        text: "`{0}` is not as the rules of {1} advise: {2}",
        help: "change what they hold or how they are set, or leave it as it is: answers stay as the rules say",
        explain: "Rule files say under `advice:` how the users of a firm should be. The firm is sound without it and loads; whoever is not as they should be is pointed out, because something most likely goes wrong outside of the program.",
    }
    DORMANT_ROLES = Warning "dormant-roles" {
        text: "`{0}` is disabled and still holds {1} in {2}",
        help: "take what they hold away, or their seat, if they are not to come back",
        explain: "Whoever is disabled can do nothing. But what they hold is dormant, not gone: whoever enables them again gives it back at once. A level that every seat has to hold counts only if it is a powerful one.",
    }
    DORMANT_ENTRIES = Warning "dormant-entries" {
        text: "`{0}` is disabled and still stands on lists: enabled again, they could `{1}` on the {2} `{3}` in {4}",
        help: "take them off the lists and out of the groups, if they are not to come back",
        explain: "Whoever is disabled can do nothing. But their places on lists of things and in groups stay: whoever enables them again opens what these open at once. One action on one thing is named for each person. Lists that open nothing to them are not counted, such as those that keep people out; `review` lists everybody who stands somewhere without effect.",
    }
    CONFLICT_TAKEN = Error "conflict-taken" {
        text: "the rules of {1} have a conflict `{0}` already",
        help: "give this one another id",
        explain: "A firm's own conflicts stand beside those of the rules, and reports name both by their ids. So no two of a product can share one.",
    }
    GROUP_TAKEN = Error "group-taken" {
        text: "`{0}` is a group and a person",
        help: "give the group another id",
        explain: "Lists of a thing name people and groups alike. With one id for both, nobody could tell who is meant.",
    }
    GROUP_CIRCLE = Error "group-circle" {
        text: "the group `{0}` is in itself, through `{1}`",
        help: "take one of the groups out of the other",
        explain: "Everybody in a group is also in the groups that it is in. Groups that are in each other would be one and the same group.",
    }
    DUPLICATE_THING = Error "duplicate-thing" {
        text: "the id `{0}` is given to two things of the kind `{1}`",
        help: "give each of them an id of its own",
        explain: "Things are known by their kind and their id. With one id for two, an answer about one could be read as an answer about the other.",
    }
    THING_CIRCLE = Error "thing-circle" {
        text: "the {0} `{1}` is part of itself",
        help: "take it out of what it is in",
        explain: "A thing can be part of another one of its kind, such as a folder of a folder. Seen from below, each has to be another one.",
    }
    THING_TOO_DEEP = Error "thing-too-deep" {
        text: "above the {0} `{1}` are {2} others, and rules read {3}",
        help: "put it less deep, or write a larger `depth` under this kind in the rule file",
        explain: "The rule file says under `depth` how many things of one kind there may be above another one. Rules could not read those beyond it, so that what they say would be left out without a word.",
    }
    ONE_VALUE_WANTED = Error "one-value-wanted" {
        text: "`{0}` has one value",
        help: "write one value",
        explain: "A property of a thing has exactly one of the values that the rule file declares.",
    }
    ONE_ENTRY_WANTED = Error "one-entry-wanted" {
        text: "`{0}` holds one person or group, and this is the second",
        help: "name one of them",
        explain: "The rule file says `holds: one` of this list.",
    }
    NOT_A_DAY = Error "not-a-day" {
        text: "`{0}` is no day of the calendar",
        help: "write it as YYYY-MM-DD, such as 2026-12-31",
        explain: "An entry with `until` holds through that day, the day included. Days are written year first, with four digits for the year and two each for month and day.",
    }
    DAY_WANTED = Error "day-wanted" {
        text: "an entry holds until {0}, and nobody said on which day the firm is looked at",
        help: "say which day it is: `--on DATE` on the command line, `FirmLoader::on` in the library",
        explain: "Whether an entry with `until` holds depends on the day. The engine has no clock: whoever loads a firm with such entries says which day it is looked at. The command line takes today where it is not told otherwise. A firm in a request is looked at on the day of the firm that the request is about.",
    }
    ENTRY_ENDED = Warning "entry-ended" {
        text: "`{0}` was {1} until {2}",
        help: "remove the entry, or give it a later day",
        explain: "An entry with `until` holds through that day. Afterwards it is as if it was not written: it gives nothing and takes nothing away. It is kept until somebody removes it.",
    }
    EXAMPLE_DOES_NOT_FIT = Error "example-does-not-fit" {
        text: "the built-in example firm does not fit these rules: {0}",
        help: "name your own firm file with `--firm`, or put a `firm.yaml` here",
        explain: "Without a firm file, questions are asked about the example firm that comes with the program. It fits the built-in rules; rules of your own may declare other products, roles or settings, and then they need a firm of their own.",
    }
    NO_FIRM_FILE = Error "no-firm-file" {
        text: "there is no firm file to write to: {0}",
        help: "name a firm file with `--firm`, or make one with `clio-rules init`",
        explain: "An accepted change is written into the firm file it was asked about. The example firm is part of the program and stays as it is; a firm from standard input has no file.",
    }
    TOO_MANY_MEMBERS = Error "too-many-members" {
        text: "the groups of this firm have more than {0} members",
        explain: "The limit keeps a hostile file from filling the memory. A member of a group counts once for this group, and once more for each group that it is in, directly or through others.",
    }
    TOO_MANY_THINGS = Error "too-many-things" {
        text: "this firm has more than {0} things",
        explain: "The limit keeps a hostile file from filling the memory. It counts the things of all kinds, each once for every product that has its kind.",
    }
    FILE_OUTSIDE = Error "file-outside" {
        text: "`{0}` is no file beside the firm file",
        help: "name a file in the folder of the firm file, or in a folder in there",
        explain: "A firm file names its files of things by their paths from its own folder, without a leading `/` and without `..`. So a firm file from somebody else cannot have files read that it has nothing to do with.",
    }
    FILE_APART = Error "file-apart" {
        text: "`{0}` cannot be found: this firm was not read from a file",
        help: "list the things in the firm itself, or read the firm from its file",
        explain: "The files of things stand beside the firm file that names them. A firm from standard input, from a request or from memory has no folder in which they could be looked for.",
    }
    UNKNOWN_FILE_KIND = Error "unknown-file-kind" {
        text: "what is in `{0}` is not known from its name",
        help: "let its name end in .yaml, .yml, .json, .jsonl, .ndjson or .csv",
        explain: "The end of its name says how a file of things is written: a list in YAML, an array in JSON, an object of JSON on each line, or comma-separated values.",
    }
    TOO_MANY_USERS = Error "too-many-users" {
        text: "this firm has more than {0} people",
        explain: "The limit keeps a hostile file from filling the memory.",
    }
}
