//! Findings about YAML itself: encoding, syntax, limits, texts that two readers read differently, and
//! values of another kind than their key wants.

use super::code::codes;

codes! {
    NOT_UTF8 = Error "not-utf8" {
        text: "this is not UTF-8 text",
        help: "save it as UTF-8",
        explain: "Rule, firm and fixture files are UTF-8, and so are the lines that `batch` reads. Another encoding would turn names into other names without anybody noticing. Most editors offer the encoding in their \"save as\" window.",
    }
    ODD_SPACE = Error "odd-space" {
        text: "the space {0} stands here, which YAML does not take for one",
        help: "put ordinary spaces in its place, in every line that was pasted along with it",
        explain: "Word processors and web pages put spaces into a text that look like ordinary ones and are others: U+00A0, for instance, at which no line is broken. YAML indents with ordinary spaces only, so that the line belongs elsewhere than it seems to. An editor that shows invisible characters shows them; replace each by an ordinary space.",
    }
    CONFLICT_MARKER = Error "conflict-marker" {
        text: "`{0}` is a mark of version control: two versions of what stands here were not merged",
        help: "keep what is meant, and remove the lines that start with `<<<<<<<`, `|||||||`, `=======` and `>>>>>>>`",
        explain: "Where two people changed the same lines, version control leaves both versions in the file, with marks around them, and somebody has to decide. Until then nobody can say which rule or which person is meant, so the file is refused as a whole.",
    }
    CONTROL_CHARACTER = Error "control-character" {
        text: "the invisible character {0} stands here",
        help: "delete it, or put a space",
        explain: "An invisible character makes two names look the same that are not, or breaks a line where a reader sees none. Such characters usually come along when text is pasted from a web page or a word processor. Delete the place and type it again.",
    }
    FILE_TOO_LARGE = Error "file-too-large" {
        text: "this file has {0} bytes, and {1} are allowed",
        help: "take out what is not needed; fixtures can be split into several files",
        explain: "Every kind of file has a limit, so that a wrong or hostile file cannot use up the memory of the machine. Fixtures can be split into several files of one folder. A product has one rule file and one script, a firm has one file: there, take out what is not needed. Programs that embed the library can raise the limit.",
    }
    TOO_DEEP = Error "too-deep" {
        text: "more than {0} levels stand inside one another here: the limit `depth`",
        help: "nest less",
        explain: "Lists and keys can stand inside one another, but only so deep: no file that a person writes comes near the limit, and a hostile one could use up the memory of the machine.",
    }
    TOO_MANY_EVENTS = Error "too-many-events" {
        text: "more than {0} keys, values and brackets stand here: the limit `{1}`",
        help: "take out what is not needed; fixtures can be split into several files",
        explain: "The number of keys, values and brackets of a file is limited, and in a firm file the number for each user as well, so that a wrong or hostile file cannot use up the memory of the machine. A firm file of the usual layout may be of any length; where something in it is wrong or unusual, it is looked at closely, up to the limit `firm_events`, and a label shows what is unusual. Also, a list in brackets that starts on a line of its own is held in memory as a whole: put a long list on lines that start with `- `. Programs that embed the library can raise the limits `events`, `events_per_user` and `firm_events`.",
    }
    TEXT_TOO_LONG = Error "text-too-long" {
        text: "more than {0} bytes stand here before a text, a list or a comment ends: the limit `text_bytes`",
        help: "close the quote or bracket, or shorten the text",
        explain: "A single text, the comments and blank lines between two, and a list in brackets that starts on a line of its own are held in memory as a whole. No text that a person writes comes near the limit, and a hostile one could use up the memory of the machine. A long list goes on lines that start with `- `.",
    }
    YAML_SYNTAX = Error "yaml-syntax" {
        text: "this is not YAML: {0}",
        explain: "The file cannot be read from this place on. Common reasons: a text with `: ` or ` #` in it that is not in quotes, a line that is indented by one space too many or too few, a tab instead of spaces, or a quote or bracket that is never closed. The mistake is often in the line before.",
    }
    DUPLICATE_KEY = Error "duplicate-key" {
        text: "`{0}` stands here a second time",
        help: "remove one of the two",
        explain: "A key may stand only once in the same place. Some programs would silently take the first, others the last, and a rule that somebody sees in the file would not be the one that holds. A key in quotes is the same key as one without.",
    }
    MERGE_KEY = Error "merge-key" {
        text: "`<<` would copy keys from elsewhere",
        help: "write the keys out",
        explain: "YAML's `<<` copies the keys of another place into this one. Not every program does it, and whoever reads the rule cannot see what it says. Write the keys out where they hold.",
    }
    YAML_TAG = Error "yaml-tag" {
        text: "`{0}` is a YAML tag",
        help: "put it in quotes",
        explain: "A value that starts with `!` is a tag for YAML: a note about the kind of the value, and the rest of it gets lost. A condition such as `when: !same_user` would lose its meaning. Put the whole value in quotes: `when: \"!same_user\"`.",
    }
    YAML_ANCHOR = Error "yaml-anchor" {
        text: "`{0}` gives this value a name for use elsewhere",
        help: "remove it, or put the text in quotes",
        explain: "A value that starts with `&` is given a name for YAML, so that other places can repeat it. Rules must be readable where they stand, so names are not allowed. If it is meant as text, put it in quotes.",
    }
    YAML_ALIAS = Error "yaml-alias" {
        text: "`{0}` stands for a value from elsewhere",
        help: "write the value out, or put the text in quotes",
        explain: "A value that starts with `*` repeats one from elsewhere in the file. Rules must be readable where they stand, and repeated repetitions can blow up a small file to any size. Write the value out; if it is meant as text, put it in quotes.",
    }
    YAML_DIRECTIVE = Error "yaml-directive" {
        text: "`{0}` is an instruction to YAML programs",
        help: "remove this line",
        explain: "A line that starts with `%` before the document tells YAML programs to read it differently. These files are always read in the same way; remove the line.",
    }
    SECOND_DOCUMENT = Error "second-document" {
        text: "a second document starts here",
        help: "put it in a file of its own",
        explain: "A line `---` starts another document in the same file. Some programs would read only the first, and the rules of the second would silently not hold. Put each in a file of its own.",
    }
    COMPLEX_KEY = Error "complex-key" {
        text: "a key has to be a text, and this one is {0}",
        help: "put a key before the colon; put a text that holds brackets or a colon in quotes",
        explain: "YAML allows lists, maps and nothing at all as keys. Nothing in our files is named in such a way, so it is a slip: a forgotten key, or brackets around one. A key is a word or a text in quotes.",
    }
    EMPTY_FILE = Error "empty-file" {
        text: "nothing stands in this file",
        help: "write something, or delete the file",
        explain: "A file without content, or with comments only, is more likely to be a mistake (a failed copy, an unsaved editor) than meant. Delete it if it is not needed.",
    }
    YAML_AMBIGUOUS = Error "yaml-ambiguous" {
        text: "two YAML readers differ here: `{0}` or `{1}`",
        help: "put the value in quotes, and use spaces instead of tabs",
        explain: "Each rule and fixture file is read by two independent YAML readers. Where they do not see the same, other programs and other people would not either: `0x1F` is a text for one and the number 31 for another, and a tab after a colon or a closing bracket at the start of a line is read by some only. Put the value in quotes, indent with spaces, and indent a closing bracket.",
    }
    UNKNOWN_KEY = Error "unknown-key" {
        text: "there is no key `{0}` here",
        explain: "Only known keys may be used, because a misspelt one would otherwise be ignored, and with it the restriction that it holds. The help names the nearest known key, or all that may stand here. Check also how far the line is indented: it may belong one level further out or in.",
    }
    MISSING_KEY = Error "missing-key" {
        text: "the key `{0}` is missing here",
        help: "add it beside the other keys here",
        explain: "This part of the file cannot be understood without that key. If the key does stand nearby, check how far its line is indented.",
    }
    EMPTY_VALUE = Error "empty-value" {
        text: "a value is missing here",
        help: "write one, or remove the key",
        explain: "A key without a value, an empty text and `null` say nothing. Whether nothing, everything or a default is meant would be a guess, and a rule must not be one. Write the value, or remove the key.",
    }
    EXPECTED_TEXT = Error "expected-text" {
        text: "a text should stand here, not {0}",
        help: "write one word, or a text in quotes",
        explain: "This key takes one text. A list or further keys stand there instead; often a line below it is indented too far, or brackets stand where quotes should.",
    }
    EXPECTED_FLAG = Error "expected-flag" {
        text: "`true` or `false` should stand here, not {0}",
        help: "write `true` or `false`, without quotes",
        explain: "This key takes `true` or `false`, written without quotes and in lower case. `yes`, `no`, `on` and `off` mean different things to different programs and are not taken.",
    }
    EXPECTED_LIST = Error "expected-list" {
        text: "a list should stand here, not {0}",
        help: "write `[a, b]`, or lines that start with `- `",
        explain: "This key takes a list, even if it has only one item: `[a]`, or one line for each item that starts with `- `.",
    }
    EXPECTED_MAP = Error "expected-map" {
        text: "keys with values should stand here, not {0}",
        help: "write `key: value`, one in each line",
        explain: "Lines of the form `key: value` are expected here. Common reasons: no space after the colon, a line that is not indented, or a `- ` too many.",
    }
    CONDITION_FOLDED = Error "condition-folded" {
        text: "a condition after `>` loses its lines",
        help: "write `|` instead of `>`",
        explain: "After `>` YAML joins the lines of a text. In a condition, a comment at the end of one line would then swallow the next, and with it a restriction. After `|` lines stay lines.",
    }
    CONDITION_COMMENT = Error "condition-comment" {
        text: "a comment `//` would swallow the rest of this condition",
        help: "write the condition after `|`, or use a YAML comment with `#`",
        explain: "YAML joins the lines of a text that does not stand after `|`. A Rhai comment `//` reaches up to the end of its line, so it would swallow everything after it, perhaps a restriction. Write the condition after `|`, each part on its own line.",
    }
    CONDITION_EMPTY = Error "condition-empty" {
        text: "this condition is empty",
        help: "write a condition, or remove the key",
        explain: "A condition without content says neither when something is allowed nor when not. If there is no condition, remove the key.",
    }
}
