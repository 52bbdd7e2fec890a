//! Findings about lines of JSON and records of comma-separated values, and about what else only the command line is given.

use super::code::codes;

codes! {
    NOT_JSON = Error "not-json" {
        text: "this is not JSON: {0}",
        help: "write a request as one JSON object, on a line of its own",
        explain: "Every request is one JSON object, on one line, complete in itself: names and texts in double quotes, no comments, no comma after the last entry, no line break inside.",
    }
    NOT_CSV = Error "not-csv" {
        text: "this record cannot be read: {0}",
        help: "give each column a cell, and put a cell that holds a comma, a quote or a line break between quotes, each quote in it doubled",
        explain: "The first line of the table names the columns, and every record below it has a cell for each, empty where there is nothing to say. Quotes stand around a whole cell or nowhere; a quote inside a quoted cell is written twice. Spreadsheets write it so.",
    }
    WRONG_TYPE = Error "wrong-type" {
        text: "{0} has to be {1}, and {2} stands here",
        explain: "Ids and values are texts in double quotes; a value that is a flag may also be `true` or `false` without quotes. `facts` is an object, `parts` a list of objects. Only `target` may be `null`, which means that there is none.",
    }
    NOT_ONE_QUESTION = Error "not-one-question" {
        text: "a request asks exactly one thing: {0}",
        help: "give it one of `action`, `change` and `parts`, or say under `ask` which question it is",
        explain: "`action` asks whether a user may do something, `change` whether one change is permitted, `parts` whether a bulk change is; every other question is named under `ask`. A request with none or several of them does not say what it asks.",
    }
    UNKNOWN_QUESTION = Error "unknown-question" {
        text: "there is no question `{0}`",
        explain: "`ask` says which question a request is: `who_can`, `how_can` and so on. `docs/protocol.md` has them all, with the keys of each.",
    }
    UNKNOWN_VERSION = Error "unknown-version" {
        text: "this program speaks version {0} of the protocol, and the request is of version {1}",
        help: "leave `v` out, or say the version that is spoken",
        explain: "`v` says which version of the protocol a request is written for. Without it, the version is 1.",
    }
    UNKNOWN_SOURCE = Error "unknown-source" {
        text: "nothing is loaded under the name `{0}`",
        help: "send the texts with the request, as an object from the names of files to what stands in them",
        explain: "A request that compares with other rules or another firm, or proves properties of its own, brings their texts or names what the program that answers has loaded for it. No request makes it read files.",
    }
    NOT_ONE_TEXT = Error "not-one-text" {
        text: "one text is needed, and {0} are given",
        help: "give an object with one entry, from the name of the file to what stands in it",
        explain: "A firm, and a file of properties, is one text. Only rules are several.",
    }
    NOT_ONE_CHANGE = Error "not-one-change" {
        text: "each change of a simulation has exactly one of `grant`, `revoke`, `set`, `change` and `words`: {0}",
        explain: "`grant` and `revoke` name a role and `set` a setting, and the change that does that is looked for; `change` is the id of one, with what it takes beside it, and `words` are those of the command line.",
    }
    NO_TEST_BENCH = Error "no-test-bench" {
        text: "this program runs no tests",
        help: "run them with `clio-rules test`, or ask `clio-rules batch`",
        explain: "Suites are run by a part of the library that not every program has: in Rust it is given to a `World` by `with_tests`.",
    }
    NOTHING_IS_APPLIED = Error "nothing-is-applied" {
        text: "nothing is applied here: every request is answered in the firm as it was loaded",
        help: "ask by `change` or `parts` what would come of it, or start `batch` with `--apply`",
        explain: "`apply` makes a change, so that later requests are answered in the firm after it. That takes a program that keeps the firm from one request to the next, and answers them one after the other.",
    }
    LINE_TOO_LONG = Error "line-too-long" {
        text: "this line has more than {0} bytes",
        help: "shorten it, or split what it asks into several requests, each on a line of its own",
        explain: "The limit keeps a line that never ends from filling the memory. The lines after it are answered all the same.",
    }
    UNKNOWN_CODE = Error "unknown-code" {
        text: "no finding has the code `{0}`",
        help: "`clio-rules explain` lists them all",
        explain: "Every error and warning has a short name, which stands in brackets in front of its message.",
    }
}
