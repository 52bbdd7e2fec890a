//! Findings about characters that people cannot see, and about ids that they cannot tell apart.

use super::code::codes;

codes! {
    DIRECTION_CHARACTER = Error "direction-character" {
        text: "the invisible character {0} turns the direction of the text here",
        help: "delete it: the letters of each script find their direction without it",
        explain: "Such a character makes the text behind it run from right to left or back, so that people read something else than programs do: a name can show words that it does not hold. Arabic and Hebrew letters do not need it. It usually comes along when text is pasted. Delete the place and type it again.",
    }
    LINE_BREAK = Error "line-break" {
        text: "a line break stands in a text that has to be one line",
        help: "write the text on one line; where it stands after `|` or `>`, write `>-` instead",
        explain: "Ids, names and titles are shown in the middle of lines. One that holds a line break could put lines of its own between those that are answers. Reasons and notes may have several lines. After `|` and `>` a text ends with a line break; after `>-` it does not, and its lines are joined.",
    }
    INVISIBLE_IN_ID = Error "invisible-in-id" {
        text: "the id `{1}` holds the invisible character {0}",
        help: "delete it",
        explain: "An id with an invisible character looks like another one that is not the same: people would grant to one and mean the other. Ids of users, names of suites and tests, and values of settings, facts and arguments hold no invisible characters at all. Names and titles may hold those that some scripts and emoji need.",
    }
    LOOK_ALIKE_IDS = Warning "look-alike-ids" {
        text: "people cannot tell `{0}` from `{1}`: both are {2}",
        help: "give one of them another id",
        explain: "The two ids differ only in capital letters, in spaces, in how Unicode writes the same letter, or in letters that look the same, such as `l` and `1`, or a Latin and a Cyrillic `a`. The program tells them apart; people who grant, ask and review do not. `check` looks at all ids of rule files and firm files.",
    }
}
