"""One exception for each code of an error: `BLESS=1 pytest` writes this file from the engine's own list.

A name that nobody knows is a `KeyError`, a file that cannot be read or written an `OSError`, anything else a `ValueError`.
"""

from ._error import ClioRulesError, of_reply

__all__ = [
    "AllowedAndDenied",
    "AltersBoth",
    "AmbiguousProduct",
    "AmbiguousThing",
    "BringsCircle",
    "BulkPartNotAllowed",
    "BulkTooLarge",
    "CannotCreate",
    "CannotRead",
    "CannotWrite",
    "ChangeAboutNothing",
    "ChangedMeanwhile",
    "ClioRulesError",
    "ComplexKey",
    "ConditionComment",
    "ConditionEmpty",
    "ConditionFolded",
    "ConflictMarker",
    "ConflictNeedsMore",
    "ConflictNotTwo",
    "ConflictTaken",
    "ControlCharacter",
    "DayWanted",
    "DeclaredNowhere",
    "DefaultNotAValue",
    "DepthAlone",
    "DepthNotFit",
    "DifferenceCutOff",
    "DifferenceTooLarge",
    "DirectionCharacter",
    "DoesWords",
    "DuplicateAction",
    "DuplicateEntry",
    "DuplicateFact",
    "DuplicateKey",
    "DuplicateProduct",
    "DuplicateRole",
    "DuplicateRule",
    "DuplicateSuite",
    "DuplicateTest",
    "DuplicateThing",
    "DuplicateUser",
    "EditFailed",
    "EmptyBulk",
    "EmptyFile",
    "EmptyList",
    "EmptySimulation",
    "EmptySuite",
    "EmptyTest",
    "EmptyValue",
    "ExampleDoesNotFit",
    "ExpectedFlag",
    "ExpectedList",
    "ExpectedMap",
    "ExpectedText",
    "FactDiffers",
    "FactsTooManyChoices",
    "FactsTooWide",
    "FileApart",
    "FileOutside",
    "FileTooLarge",
    "ForeignHandle",
    "GroupCircle",
    "GroupHasNoSeat",
    "GroupInItself",
    "GroupTaken",
    "HolderDisabled",
    "HolderUnknown",
    "HoldersUnsafe",
    "HoldersWords",
    "InvisibleInId",
    "KeysApart",
    "KindCircle",
    "KindNotDeclared",
    "LevelTaken",
    "LevelsNotOne",
    "LineBreak",
    "LineTooLong",
    "ListCycle",
    "ListNotChanged",
    "MergeKey",
    "MissingAllow",
    "MissingArgument",
    "MissingBasis",
    "MissingFact",
    "MissingKey",
    "MissingSection",
    "MissingTarget",
    "MissingThing",
    "NameTaken",
    "NamedTwice",
    "NoBulk",
    "NoChangeDoes",
    "NoExpectation",
    "NoFirmFile",
    "NoHolder",
    "NoRuleFiles",
    "NoSuchPart",
    "NoSuite",
    "NoTargetToAlter",
    "NoTargets",
    "NoTestBench",
    "NoTestMatches",
    "NobodyLeft",
    "NotADay",
    "NotAnArgument",
    "NotAnId",
    "NotAsked",
    "NotCsv",
    "NotInState",
    "NotJson",
    "NotOneChange",
    "NotOneQuestion",
    "NotOneText",
    "NotUtf8",
    "NothingIsApplied",
    "OddSpace",
    "OneEntryWanted",
    "OneValueWanted",
    "OutOfReach",
    "OutputInUse",
    "PropertyBroken",
    "PropertyContradictsItself",
    "PropertyEmptyPremise",
    "PropertySaysNothing",
    "PropertyTwice",
    "PropertyTwoKinds",
    "PropertyTwoTargets",
    "PropertyWithoutTarget",
    "ReadsUndeclared",
    "RejectedVerdict",
    "ReportNotWritten",
    "ReservedName",
    "ReviewTooLarge",
    "RoleNotGranted",
    "RulesAndAllow",
    "ScriptAssignsInput",
    "ScriptFailed",
    "ScriptForbidden",
    "ScriptNotAPerson",
    "ScriptNotBoolean",
    "ScriptOrdersWords",
    "ScriptOutsideFunction",
    "ScriptPersonAlone",
    "ScriptShadowsInput",
    "ScriptStrayValue",
    "ScriptSyntax",
    "ScriptThingAlone",
    "ScriptTooDeep",
    "ScriptTooLarge",
    "ScriptTooLong",
    "ScriptTooManyOperations",
    "ScriptUnknownFunction",
    "ScriptUnknownMember",
    "ScriptUnknownName",
    "ScriptUnknownPart",
    "ScriptUnknownValue",
    "ScriptUnterminatedComment",
    "SeatsWords",
    "SecondDocument",
    "SettingNotChanged",
    "SeveralChangesDo",
    "SeveralFiles",
    "StaleVerdict",
    "StreamInUse",
    "TakesWords",
    "TestFailed",
    "TextTooLong",
    "ThingCircle",
    "ThingOutOfReach",
    "ThingTooDeep",
    "TooDeep",
    "TooManyEvents",
    "TooManyFiles",
    "TooManyHolders",
    "TooManyMembers",
    "TooManyNames",
    "TooManyPaths",
    "TooManyThings",
    "TooManyUsers",
    "UnexpectedArgument",
    "UnexpectedTarget",
    "UnknownAction",
    "UnknownAdvice",
    "UnknownChange",
    "UnknownCode",
    "UnknownColumns",
    "UnknownConflict",
    "UnknownDifference",
    "UnknownEffect",
    "UnknownFact",
    "UnknownFileKind",
    "UnknownGroup",
    "UnknownInput",
    "UnknownKey",
    "UnknownKind",
    "UnknownList",
    "UnknownMember",
    "UnknownProduct",
    "UnknownProperty",
    "UnknownPropertyOfThing",
    "UnknownQuestion",
    "UnknownReading",
    "UnknownRefusal",
    "UnknownRole",
    "UnknownRule",
    "UnknownSection",
    "UnknownSetting",
    "UnknownSource",
    "UnknownThing",
    "UnknownUser",
    "UnknownValue",
    "UnknownValues",
    "UnknownVersion",
    "UnknownWord",
    "WhenWithoutBecause",
    "WhomWithoutTarget",
    "WouldOverwrite",
    "WrongNumberOfWords",
    "WrongType",
    "WrongWords",
    "YamlAlias",
    "YamlAmbiguous",
    "YamlAnchor",
    "YamlDirective",
    "YamlSyntax",
    "YamlTag",
    "of_reply",
]


class CannotRead(ClioRulesError, OSError):
    """The file or folder is not there, is of another kind than expected, or may not be read by you."""

    code = "cannot-read"


class CannotWrite(ClioRulesError, OSError):
    """A changed firm file is written beside the old one and takes its place only when it is complete. When that fails,
    the old file stays as it was.
    """

    code = "cannot-write"


class ChangedMeanwhile(ClioRulesError, ValueError):
    """Between reading the firm file and writing it, somebody else wrote it. Writing over it would lose their change."""

    code = "changed-meanwhile"


class EditFailed(ClioRulesError, ValueError):
    """After every edit the new text is read again and compared with the firm as it should be. This text has a form that
    could not be edited safely.
    """

    code = "edit-failed"


class SeveralFiles(ClioRulesError, ValueError):
    """Things can stand in files of their own. A change is written into one file, in one step: two files could not be
    replaced together, so that one of them could be left as it was.
    """

    code = "several-files"


class TooManyFiles(ClioRulesError, ValueError):
    """The limit keeps a folder that was chosen by mistake from being read as a whole."""

    code = "too-many-files"


class OutputInUse(ClioRulesError, ValueError):
    """A report never takes the place of a file that the same run reads: rules, scripts, a firm, suites and the files
    they name, the firm of the last review. Two reports do not go into one file either. A file counts as the same by
    whatever path or link it is named.
    """

    code = "output-in-use"


class StreamInUse(ClioRulesError, ValueError):
    """`-` in the place of a file is standard input or standard output. Each of them is one stream, so that only one
    thing can be read from it or written to it.
    """

    code = "stream-in-use"


class WouldOverwrite(ClioRulesError, ValueError):
    """`init` never overwrites: a folder that has any of the files it would write is refused as a whole."""

    code = "would-overwrite"


class CannotCreate(ClioRulesError, OSError):
    """`init` writes all of its files or none. One of them could not be written, for the reason that the message names."""

    code = "cannot-create"


class NotUtf8(ClioRulesError, ValueError):
    """Rule, firm and fixture files are UTF-8, and so are the lines that `batch` reads. Another encoding would turn
    names into other names without anybody noticing. Most editors offer the encoding in their "save as" window.
    """

    code = "not-utf8"


class OddSpace(ClioRulesError, ValueError):
    """Word processors and web pages put spaces into a text that look like ordinary ones and are others: U+00A0, for
    instance, at which no line is broken. YAML indents with ordinary spaces only, so that the line belongs elsewhere
    than it seems to. An editor that shows invisible characters shows them; replace each by an ordinary space.
    """

    code = "odd-space"


class ConflictMarker(ClioRulesError, ValueError):
    """Where two people changed the same lines, version control leaves both versions in the file, with marks around
    them, and somebody has to decide. Until then nobody can say which rule or which person is meant, so the file is
    refused as a whole.
    """

    code = "conflict-marker"


class ControlCharacter(ClioRulesError, ValueError):
    """An invisible character makes two names look the same that are not, or breaks a line where a reader sees none.
    Such characters usually come along when text is pasted from a web page or a word processor. Delete the place and
    type it again.
    """

    code = "control-character"


class FileTooLarge(ClioRulesError, ValueError):
    """Every kind of file has a limit, so that a wrong or hostile file cannot use up the memory of the machine. Fixtures
    can be split into several files of one folder. A product has one rule file and one script, a firm has one file:
    there, take out what is not needed. Programs that embed the library can raise the limit.
    """

    code = "file-too-large"


class TooDeep(ClioRulesError, ValueError):
    """Lists and keys can stand inside one another, but only so deep: no file that a person writes comes near the limit,
    and a hostile one could use up the memory of the machine.
    """

    code = "too-deep"


class TooManyEvents(ClioRulesError, ValueError):
    """The number of keys, values and brackets of a file is limited, and in a firm file the number for each user as
    well, so that a wrong or hostile file cannot use up the memory of the machine. A firm file of the usual layout may
    be of any length; where something in it is wrong or unusual, it is looked at closely, up to the limit `firm_events`,
    and a label shows what is unusual. Also, a list in brackets that starts on a line of its own is held in memory as a
    whole: put a long list on lines that start with `- `. Programs that embed the library can raise the limits `events`,
    `events_per_user` and `firm_events`.
    """

    code = "too-many-events"


class TextTooLong(ClioRulesError, ValueError):
    """A single text, the comments and blank lines between two, and a list in brackets that starts on a line of its own
    are held in memory as a whole. No text that a person writes comes near the limit, and a hostile one could use up the
    memory of the machine. A long list goes on lines that start with `- `.
    """

    code = "text-too-long"


class YamlSyntax(ClioRulesError, ValueError):
    """The file cannot be read from this place on. Common reasons: a text with `: ` or ` #` in it that is not in quotes,
    a line that is indented by one space too many or too few, a tab instead of spaces, or a quote or bracket that is
    never closed. The mistake is often in the line before.
    """

    code = "yaml-syntax"


class DuplicateKey(ClioRulesError, ValueError):
    """A key may stand only once in the same place. Some programs would silently take the first, others the last, and a
    rule that somebody sees in the file would not be the one that holds. A key in quotes is the same key as one without.
    """

    code = "duplicate-key"


class MergeKey(ClioRulesError, ValueError):
    """YAML's `<<` copies the keys of another place into this one. Not every program does it, and whoever reads the rule
    cannot see what it says. Write the keys out where they hold.
    """

    code = "merge-key"


class YamlTag(ClioRulesError, ValueError):
    """A value that starts with `!` is a tag for YAML: a note about the kind of the value, and the rest of it gets lost.
    A condition such as `when: !same_user` would lose its meaning. Put the whole value in quotes: `when: "!same_user"`.
    """

    code = "yaml-tag"


class YamlAnchor(ClioRulesError, ValueError):
    """A value that starts with `&` is given a name for YAML, so that other places can repeat it. Rules must be readable
    where they stand, so names are not allowed. If it is meant as text, put it in quotes.
    """

    code = "yaml-anchor"


class YamlAlias(ClioRulesError, ValueError):
    """A value that starts with `*` repeats one from elsewhere in the file. Rules must be readable where they stand, and
    repeated repetitions can blow up a small file to any size. Write the value out; if it is meant as text, put it in
    quotes.
    """

    code = "yaml-alias"


class YamlDirective(ClioRulesError, ValueError):
    """A line that starts with `%` before the document tells YAML programs to read it differently. These files are
    always read in the same way; remove the line.
    """

    code = "yaml-directive"


class SecondDocument(ClioRulesError, ValueError):
    """A line `---` starts another document in the same file. Some programs would read only the first, and the rules of
    the second would silently not hold. Put each in a file of its own.
    """

    code = "second-document"


class ComplexKey(ClioRulesError, ValueError):
    """YAML allows lists, maps and nothing at all as keys. Nothing in our files is named in such a way, so it is a slip:
    a forgotten key, or brackets around one. A key is a word or a text in quotes.
    """

    code = "complex-key"


class EmptyFile(ClioRulesError, ValueError):
    """A file without content, or with comments only, is more likely to be a mistake (a failed copy, an unsaved editor)
    than meant. Delete it if it is not needed.
    """

    code = "empty-file"


class YamlAmbiguous(ClioRulesError, ValueError):
    """Each rule and fixture file is read by two independent YAML readers. Where they do not see the same, other
    programs and other people would not either: `0x1F` is a text for one and the number 31 for another, and a tab after
    a colon or a closing bracket at the start of a line is read by some only. Put the value in quotes, indent with
    spaces, and indent a closing bracket.
    """

    code = "yaml-ambiguous"


class UnknownKey(ClioRulesError, ValueError):
    """Only known keys may be used, because a misspelt one would otherwise be ignored, and with it the restriction that
    it holds. The help names the nearest known key, or all that may stand here. Check also how far the line is indented:
    it may belong one level further out or in.
    """

    code = "unknown-key"


class MissingKey(ClioRulesError, ValueError):
    """This part of the file cannot be understood without that key. If the key does stand nearby, check how far its line
    is indented.
    """

    code = "missing-key"


class EmptyValue(ClioRulesError, ValueError):
    """A key without a value, an empty text and `null` say nothing. Whether nothing, everything or a default is meant
    would be a guess, and a rule must not be one. Write the value, or remove the key.
    """

    code = "empty-value"


class ExpectedText(ClioRulesError, ValueError):
    """This key takes one text. A list or further keys stand there instead; often a line below it is indented too far,
    or brackets stand where quotes should.
    """

    code = "expected-text"


class ExpectedFlag(ClioRulesError, ValueError):
    """This key takes `true` or `false`, written without quotes and in lower case. `yes`, `no`, `on` and `off` mean
    different things to different programs and are not taken.
    """

    code = "expected-flag"


class ExpectedList(ClioRulesError, ValueError):
    """This key takes a list, even if it has only one item: `[a]`, or one line for each item that starts with `- `."""

    code = "expected-list"


class ExpectedMap(ClioRulesError, ValueError):
    """Lines of the form `key: value` are expected here. Common reasons: no space after the colon, a line that is not
    indented, or a `- ` too many.
    """

    code = "expected-map"


class ConditionFolded(ClioRulesError, ValueError):
    """After `>` YAML joins the lines of a text. In a condition, a comment at the end of one line would then swallow the
    next, and with it a restriction. After `|` lines stay lines.
    """

    code = "condition-folded"


class ConditionComment(ClioRulesError, ValueError):
    """YAML joins the lines of a text that does not stand after `|`. A Rhai comment `//` reaches up to the end of its
    line, so it would swallow everything after it, perhaps a restriction. Write the condition after `|`, each part on
    its own line.
    """

    code = "condition-comment"


class ConditionEmpty(ClioRulesError, ValueError):
    """A condition without content says neither when something is allowed nor when not. If there is no condition, remove
    the key.
    """

    code = "condition-empty"


class DirectionCharacter(ClioRulesError, ValueError):
    """Such a character makes the text behind it run from right to left or back, so that people read something else than
    programs do: a name can show words that it does not hold. Arabic and Hebrew letters do not need it. It usually comes
    along when text is pasted. Delete the place and type it again.
    """

    code = "direction-character"


class LineBreak(ClioRulesError, ValueError):
    """Ids, names and titles are shown in the middle of lines. One that holds a line break could put lines of its own
    between those that are answers. Reasons and notes may have several lines. After `|` and `>` a text ends with a line
    break; after `>-` it does not, and its lines are joined.
    """

    code = "line-break"


class InvisibleInId(ClioRulesError, ValueError):
    """An id with an invisible character looks like another one that is not the same: people would grant to one and mean
    the other. Ids of users, names of suites and tests, and values of settings, facts and arguments hold no invisible
    characters at all. Names and titles may hold those that some scripts and emoji need.
    """

    code = "invisible-in-id"


class UnknownProduct(ClioRulesError, KeyError):
    """A product is known by the `product:` line of its rule file. Check the spelling, or load the folder that holds its
    rule file.
    """

    code = "unknown-product"


class UnknownUser(ClioRulesError, KeyError):
    """Questions, changes and fixtures name people by their `id` in the firm file. An unknown id is an error and never a
    denial: a misspelt name must not look like an answer.
    """

    code = "unknown-user"


class UnknownAction(ClioRulesError, KeyError):
    """Only actions that the product's rule file declares can be asked about. In a product that opens everything not
    reserved, this means everything declared: an unknown action is an error, never an allow or a deny.
    """

    code = "unknown-action"


class UnknownChange(ClioRulesError, KeyError):
    """The rule file lists the permission changes that the product knows, under `changes:`."""

    code = "unknown-change"


class UnknownRole(ClioRulesError, KeyError):
    """Roles are declared under `roles:` in the product's rule file. A role that nobody declared would silently grant
    nothing, so it is refused.
    """

    code = "unknown-role"


class UnknownSetting(ClioRulesError, KeyError):
    """Settings are declared under `settings:` in the product's rule file."""

    code = "unknown-setting"


class UnknownValue(ClioRulesError, ValueError):
    """Settings, facts and arguments take one of a declared list of values. A value that is not in the list would
    silently match nothing, so it is refused.
    """

    code = "unknown-value"


class UnknownReading(ClioRulesError, KeyError):
    """A reading is a question that the source document leaves open. The rule file lists them under `readings:`; a firm
    file or `--reading name=true` chooses the answer.
    """

    code = "unknown-reading"


class UnknownFact(ClioRulesError, KeyError):
    """A fact is an input that comes with the question, such as the status of an item. Each action lists the facts it
    takes under `facts:`.
    """

    code = "unknown-fact"


class KindNotDeclared(ClioRulesError, ValueError):
    """Kinds of things are named by their ids: under `part_of`, the kind that something is part of; under `takes: {
    thing: … }`, the kind that a change is about. They are declared under `things:` of the same rule file.
    """

    code = "kind-not-declared"


class UnknownPropertyOfThing(ClioRulesError, KeyError):
    """A change sets properties of the thing that it names under `takes: { thing: … }`. They are written with their
    kind, as `matter.status`.
    """

    code = "unknown-property-of-thing"


class UnknownValues(ClioRulesError, KeyError):
    """Under `values:` of a setting, a fact or a property stand the values in brackets, or the name of a list that
    stands under `values:` at the top of the rule file.
    """

    code = "unknown-values"


class UnknownKind(ClioRulesError, KeyError):
    """Kinds of things are declared in rule files, under `things:`. A firm file lists its things under their kind."""

    code = "unknown-kind"


class UnknownThing(ClioRulesError, KeyError):
    """The things of a firm stand in its file, under `things:`. A thing that the firm does not have can be asked about
    when the question says what is known of it, as facts.
    """

    code = "unknown-thing"


class UnknownGroup(ClioRulesError, KeyError):
    """The groups of a firm stand in its file, under `groups:`."""

    code = "unknown-group"


class UnknownMember(ClioRulesError, KeyError):
    """Groups and the lists of things name people and groups by the ids that they have in the same firm file."""

    code = "unknown-member"


class UnknownList(ClioRulesError, KeyError):
    """A list says how people stand to a thing. Rule files declare lists under `things:` and name them with their kind,
    as `matter.access`.
    """

    code = "unknown-list"


class UnknownColumns(ClioRulesError, KeyError):
    """The columns of a matrix are roles, unless the question names something else: a setting, a fact or a property of a
    thing, as `matter.status`, for its values; a kind of thing, as `matter`, for its lists.
    """

    code = "unknown-columns"


class UnknownSection(ClioRulesError, KeyError):
    """Sections are listed once under `document:` with the heading they have in the source document; rules name them by
    their id.
    """

    code = "unknown-section"


class UnknownRefusal(ClioRulesError, KeyError):
    """`unless` names refusals that stand under `refusals:` in the same rule file. A misspelt one would refuse nothing,
    so it is an error.
    """

    code = "unknown-refusal"


class UnknownWord(ClioRulesError, ValueError):
    """Some keys take one of a few fixed words. The message lists them."""

    code = "unknown-word"


class NoRuleFiles(ClioRulesError, ValueError):
    """A rulebook needs at least one rule file. Without any, there is nothing that could be asked. Check which folder is
    named, and that its files end in .yaml.
    """

    code = "no-rule-files"


class DuplicateProduct(ClioRulesError, ValueError):
    """Two rule files that declare the same product would contradict each other without anybody noticing."""

    code = "duplicate-product"


class NotAnId(ClioRulesError, ValueError):
    """Ids stand in rule files, scripts, questions and answers. They are kept plain so that they mean the same
    everywhere.
    """

    code = "not-an-id"


class ReservedName(ClioRulesError, ValueError):
    """Some words mean something to the engine or to the script language (`default`, `new`, `is`, `user`, `target`, …),
    and a product cannot be called `id`, `name` or `enabled`, nor a setting `roles`: firm files use these words already.
    """

    code = "reserved-name"


class NameTaken(ClioRulesError, ValueError):
    """Scripts see roles, settings, readings and facts by their plain names. Two things with one name could be mistaken
    for each other.
    """

    code = "name-taken"


class DuplicateAction(ClioRulesError, ValueError):
    """Each action stands in one group only, so that there is one place that says who may do it."""

    code = "duplicate-action"


class DuplicateRule(ClioRulesError, ValueError):
    """Answers and fixtures name rules by their ids. Actions, named rules, refusals, changes and grounds share one list
    of ids, so that an id says which line decided.
    """

    code = "duplicate-rule"


class DuplicateEntry(ClioRulesError, ValueError):
    """A list that names something twice was most likely meant to name something else."""

    code = "duplicate-entry"


class EmptyList(ClioRulesError, ValueError):
    """An empty list under `allow` would let nobody in, an empty list of values could never be answered, and a change
    that takes or alters nothing could never do anything. Say what is meant.
    """

    code = "empty-list"


class TooManyNames(ClioRulesError, ValueError):
    """The limit keeps a hostile file from growing tables without end. Real rule files are far below it."""

    code = "too-many-names"


class MissingBasis(ClioRulesError, ValueError):
    """Every answer tells the reader whether the source document says so or whether it is our reading. A rule without a
    basis could not.
    """

    code = "missing-basis"


class MissingSection(ClioRulesError, ValueError):
    """Every answer points to a section of the source document, so that a reader can check it."""

    code = "missing-section"


class MissingAllow(ClioRulesError, ValueError):
    """An action without `allow` would be denied to everybody, which nobody writes down on purpose."""

    code = "missing-allow"


class RulesAndAllow(ClioRulesError, ValueError):
    """An action has either one rule of its own (`allow`, `when`, `unless`) or a list of `rules`. With both, it would be
    unclear which one speaks.
    """

    code = "rules-and-allow"


class WhenWithoutBecause(ClioRulesError, ValueError):
    """Every denial carries a reason that a person understands. A condition cannot be its own reason."""

    code = "when-without-because"


class WhomWithoutTarget(ClioRulesError, ValueError):
    """`whom: others`, `self` or `anyone` only makes sense where the action is done to a person."""

    code = "whom-without-target"


class ReadsUndeclared(ClioRulesError, ValueError):
    """Facts are there for the actions that declare them, `target` and `same_user` where there is a target, and
    arguments in the changes that take them. What brings a role may read only readings.
    """

    code = "reads-undeclared"


class FactDiffers(ClioRulesError, ValueError):
    """A fact means one thing in a whole rule file, so that a shared condition can read it."""

    code = "fact-differs"


class ThingOutOfReach(ClioRulesError, ValueError):
    """What a rule reads of a thing comes from the thing that a question names. An action that is not done to a thing of
    that kind never has one to look at.
    """

    code = "thing-out-of-reach"


class KindCircle(ClioRulesError, ValueError):
    """What is part of something else cannot have that inside it. A kind may be part of itself, such as a folder of a
    folder.
    """

    code = "kind-circle"


class DepthNotFit(ClioRulesError, ValueError):
    """`depth` says how many things of the same kind there may be above one, and so how many the rules can read."""

    code = "depth-not-fit"


class DepthAlone(ClioRulesError, ValueError):
    """`depth` says how many things of the same kind there may be above one. It stands only where a kind is part of
    itself, such as a folder of a folder.
    """

    code = "depth-alone"


class ListCycle(ClioRulesError, ValueError):
    """Lists of a thing that bring each other would be one and the same list."""

    code = "list-cycle"


class FactsTooWide(ClioRulesError, ValueError):
    """All inputs that come with one question are packed into one machine word, which is what makes answers fast."""

    code = "facts-too-wide"


class FactsTooManyChoices(ClioRulesError, ValueError):
    """A question has to say each fact that has no default. Lists of what somebody may do have a line for every choice
    of those facts, so their number is limited.
    """

    code = "facts-too-many-choices"


class BringsCircle(ClioRulesError, ValueError):
    """If each of several roles brings the next and the last brings the first, they are all the same role."""

    code = "brings-circle"


class HoldersWords(ClioRulesError, ValueError):
    """The number of holders that can be kept true is `exactly one`."""

    code = "holders-words"


class SeatsWords(ClioRulesError, ValueError):
    """`seats` says that every seat holds exactly one of a list of roles, its level."""

    code = "seats-words"


class TakesWords(ClioRulesError, ValueError):
    """A change takes up to six arguments: a role; a setting, and a value of it; a thing of the firm, a list of it, and
    a value of one of its properties; a group of the firm.
    """

    code = "takes-words"


class DoesWords(ClioRulesError, ValueError):
    """An alteration is one of these: give a role to somebody, take it, set a setting of somebody; put somebody on a
    list of the thing or into the group, take them off, put them there alone; make the list as if nobody had said
    anything about it; set a property of the thing. Somebody is `user`, `target` or `holder of ROLE`.
    """

    code = "does-words"


class ChangeAboutNothing(ClioRulesError, ValueError):
    """A change alters what a user holds, or the thing or group that it names. One that is done to a group or to nobody
    has to name what it alters.
    """

    code = "change-about-nothing"


class AltersBoth(ClioRulesError, ValueError):
    """A change either alters roles and settings of people, or the thing or group that it names. So what follows from it
    can be looked up on either side alone.
    """

    code = "alters-both"


class GroupHasNoSeat(ClioRulesError, ValueError):
    """A group of the firm stands on lists and in other groups. Roles and settings belong to people."""

    code = "group-has-no-seat"


class NoTargetToAlter(ClioRulesError, ValueError):
    """`target: nobody` stands in changes that only set what is known of a thing."""

    code = "no-target-to-alter"


class NotAnArgument(ClioRulesError, ValueError):
    """What a change alters is named outright or comes from its arguments."""

    code = "not-an-argument"


class HolderUnknown(ClioRulesError, ValueError):
    """Only a role that exactly one user holds has a holder that can be named."""

    code = "holder-unknown"


class HoldersUnsafe(ClioRulesError, ValueError):
    """A role that exactly one user holds moves from its holder to another user, in one step. A change that gives or
    takes it otherwise could leave two holders or none.
    """

    code = "holders-unsafe"


class LevelTaken(ClioRulesError, ValueError):
    """Where a seat holds exactly one of a list of roles, giving one takes the others."""

    code = "level-taken"


class DefaultNotAValue(ClioRulesError, ValueError):
    """A default is used where nothing was said; it has to be one of the declared values. So have the words under
    `from`, which a fact has for those on a list and for those who are not.
    """

    code = "default-not-a-value"


class TooManyPaths(ClioRulesError, ValueError):
    """Every decision is run over every path when the rules load. The limit keeps a hostile file from running forever;
    real conditions have a dozen paths.
    """

    code = "too-many-paths"


class PropertySaysNothing(ClioRulesError, ValueError):
    """A property is a promise that is checked. With a premise alone, nothing is promised: say what is true of the
    people it speaks about, or that there is nobody of that kind.
    """

    code = "property-says-nothing"


class PropertyEmptyPremise(ClioRulesError, ValueError):
    """An empty premise was most likely meant to say more. A property without `whoever` speaks about everybody who has a
    seat and is enabled.
    """

    code = "property-empty-premise"


class PropertyTwoKinds(ClioRulesError, ValueError):
    """A property says one kind of thing: what is true of whoever something is true of, that something is true of
    nobody, what is always true of the firm, or what nobody can do alone.
    """

    code = "property-two-kinds"


class PropertyContradictsItself(ClioRulesError, ValueError):
    """Nobody both holds and lacks a role, or is allowed and denied the same thing. A premise of that kind is true of
    nobody, so the property would hold whatever the rules say; a conclusion of that kind could never hold.
    """

    code = "property-contradicts-itself"


class PropertyWithoutTarget(ClioRulesError, ValueError):
    """`on` and `target` only make sense where an action of the property is done to a person, or each change is done to
    a user or a group.
    """

    code = "property-without-target"


class PropertyTwoTargets(ClioRulesError, ValueError):
    """A property speaks about one target: whom or what the change is done to is whom the action is done to. No action
    is done to a group, so the two have no target in common.
    """

    code = "property-two-targets"


class ConflictNotTwo(ClioRulesError, ValueError):
    """A conflict is a pair of abilities. Whoever holds both is pointed out."""

    code = "conflict-not-two"


class ConflictNeedsMore(ClioRulesError, ValueError):
    """A conflict is about what one person can do. An action on another person, or one with a fact that every question
    has to supply, has no answer for one person alone.
    """

    code = "conflict-needs-more"


class PropertyTwice(ClioRulesError, ValueError):
    """A proof names properties by their ids, so that no two of one file and product can share one. A file of properties
    is proven by itself: it may use the ids of the rule file's properties again.
    """

    code = "property-twice"


class PropertyBroken(ClioRulesError, ValueError):
    """A rule file promises what is true of its rules under `properties:`. This promise is broken: there is a firm, and
    perhaps a few accepted changes, after which it is false. Either a rule lets through more than was meant, or the
    promise says more than is meant.
    """

    code = "property-broken"


class ScriptSyntax(ClioRulesError, ValueError):
    """A condition is written in Rhai: comparisons such as `user.billing` or `role == "billing"`, joined by `&&` (and),
    `||` (or) and `!` (not). Here the text stops making sense, mostly because a quote, a bracket or an operator is
    missing. The caret shows where reading stopped; the mistake is there or just before.
    """

    code = "script-syntax"


class ScriptUnterminatedComment(ClioRulesError, ValueError):
    """A comment that begins with `/*` goes on until `*/`. Without that end, everything after it is silently ignored,
    and a restriction written there would never be applied.
    """

    code = "script-unterminated-comment"


class ScriptTooLong(ClioRulesError, ValueError):
    """Scripts are bounded so that no file can keep the program busy for long. Whoever embeds the library can raise the
    limit that is named.
    """

    code = "script-too-long"


class ScriptOutsideFunction(ClioRulesError, ValueError):
    """A `.rhai` file holds functions that conditions call. Anything outside of a function would never run, so it is
    refused rather than ignored.
    """

    code = "script-outside-function"


class ScriptShadowsInput(ClioRulesError, ValueError):
    """Inside a script `user`, `target` and every declared name always mean what the rule files declare. A variable, a
    parameter or a function of the same name would look like the input and be something else.
    """

    code = "script-shadows-input"


class ScriptAssignsInput(ClioRulesError, ValueError):
    """A condition asks about people, settings and facts; it never alters them. A single `=` where `==` was meant is the
    usual cause.
    """

    code = "script-assigns-input"


class ScriptUnknownName(ClioRulesError, ValueError):
    """A condition may read `user`, `target` and the names that the rule files declare. A misspelt name is refused when
    the files are read, even where no run would reach it, so that it cannot fail later.
    """

    code = "script-unknown-name"


class ScriptThingAlone(ClioRulesError, ValueError):
    """Conditions compare what is known of a thing, and ask who stands on its lists. A whole thing can only be handed to
    a function that does so.
    """

    code = "script-thing-alone"


class ScriptUnknownPart(ClioRulesError, ValueError):
    """Conditions read the properties and lists of a thing, and what it is part of, as the rule file declares them under
    `things:`.
    """

    code = "script-unknown-part"


class ScriptUnknownMember(ClioRulesError, ValueError):
    """After `user.` or `target.` stands a role, a setting or `enabled`, exactly as the rule files declare it. Other
    names are refused when the files are read.
    """

    code = "script-unknown-member"


class ScriptUnknownFunction(ClioRulesError, ValueError):
    """A condition may call only the functions of the `.rhai` file of its product, each with as many values as the
    function names. Nothing else can be called: no clock, no files, no network.
    """

    code = "script-unknown-function"


class ScriptUnknownValue(ClioRulesError, ValueError):
    """Everything that a condition reads has a declared list of values. A comparison with something outside of that list
    can never hold, so a misspelt value would silently turn a rule off. It is refused instead.
    """

    code = "script-unknown-value"


class ScriptStrayValue(ClioRulesError, ValueError):
    """A word in quotes is there to be compared with what a condition reads. This one is a value of none of the declared
    names, so no comparison with it can hold; it is most likely misspelt.
    """

    code = "script-stray-value"


class ScriptOrdersWords(ClioRulesError, ValueError):
    """The signs `<`, `<=`, `>` and `>=` compare numbers. On words they would compare the alphabet, which says nothing
    about who may do more.
    """

    code = "script-orders-words"


class ScriptPersonAlone(ClioRulesError, ValueError):
    """`user` and `target` stand for people. A condition asks for one thing about them, such as a role or a setting, or
    hands them to a function.
    """

    code = "script-person-alone"


class ScriptNotAPerson(ClioRulesError, ValueError):
    """The dot reads a role or a setting of a person, or a property or a list of a thing. Words, numbers and yes-or-no
    values have nothing to read, and nothing can be called on them.
    """

    code = "script-not-a-person"


class ScriptForbidden(ClioRulesError, ValueError):
    """Scripts use comparisons, `&&`, `||`, `!`, `in`, `if`, `switch`, loops, variables and functions of their own file.
    What could reach outside (printing, files, imports, running text as a script) or make a script hard to read
    (methods, maps, pointers to functions) is left out, so that every condition can be tried on all its values when the
    files are read.
    """

    code = "script-forbidden"


class ScriptFailed(ClioRulesError, ValueError):
    """When the files are read, each condition is tried with every combination of the values it may see. With the values
    named here it stops with a mistake instead of answering yes or no. A rule that can fail is refused, because a
    failing rule must neither allow nor deny.
    """

    code = "script-failed"


class ScriptNotBoolean(ClioRulesError, ValueError):
    """A condition holds or does not hold: its answer is `true` or `false`. A setting by itself, or an `if` without
    `else`, answers with something else.
    """

    code = "script-not-boolean"


class ScriptTooManyOperations(ClioRulesError, ValueError):
    """Scripts are tried on all their values when the files are read, so each run and all runs together are bounded. A
    condition of a rulebook needs a few dozen steps.
    """

    code = "script-too-many-operations"


class ScriptTooLarge(ClioRulesError, ValueError):
    """Texts and lists inside a script are bounded, so that a small script cannot fill the memory."""

    code = "script-too-large"


class ScriptTooDeep(ClioRulesError, ValueError):
    """Brackets within brackets, long chains of operators and functions that call each other are bounded, so that no
    script can exhaust the program.
    """

    code = "script-too-deep"


class DuplicateUser(ClioRulesError, ValueError):
    """People are known by their ids. With one id for two, an answer about one could be read as an answer about the
    other.
    """

    code = "duplicate-user"


class DuplicateRole(ClioRulesError, ValueError):
    """A role that is listed twice was most likely meant to be another one."""

    code = "duplicate-role"


class TooManyHolders(ClioRulesError, ValueError):
    """The rule file says that exactly one user holds this role in every firm where anybody has a seat in the product.
    The places of all holders are shown.
    """

    code = "too-many-holders"


class NoHolder(ClioRulesError, ValueError):
    """The rule file says that exactly one user holds this role in every firm where anybody has a seat in the product.
    The help names who it usually is.
    """

    code = "no-holder"


class HolderDisabled(ClioRulesError, ValueError):
    """The rule file says that the one holder of this role is enabled."""

    code = "holder-disabled"


class LevelsNotOne(ClioRulesError, ValueError):
    """In this product every seat has one level. None, or more than one, would leave open what the person may do."""

    code = "levels-not-one"


class ConflictTaken(ClioRulesError, ValueError):
    """A firm's own conflicts stand beside those of the rules, and reports name both by their ids. So no two of a
    product can share one.
    """

    code = "conflict-taken"


class GroupTaken(ClioRulesError, ValueError):
    """Lists of a thing name people and groups alike. With one id for both, nobody could tell who is meant."""

    code = "group-taken"


class GroupCircle(ClioRulesError, ValueError):
    """Everybody in a group is also in the groups that it is in. Groups that are in each other would be one and the same
    group.
    """

    code = "group-circle"


class DuplicateThing(ClioRulesError, ValueError):
    """Things are known by their kind and their id. With one id for two, an answer about one could be read as an answer
    about the other.
    """

    code = "duplicate-thing"


class ThingCircle(ClioRulesError, ValueError):
    """A thing can be part of another one of its kind, such as a folder of a folder. Seen from below, each has to be
    another one.
    """

    code = "thing-circle"


class ThingTooDeep(ClioRulesError, ValueError):
    """The rule file says under `depth` how many things of one kind there may be above another one. Rules could not read
    those beyond it, so that what they say would be left out without a word.
    """

    code = "thing-too-deep"


class OneValueWanted(ClioRulesError, ValueError):
    """A property of a thing has exactly one of the values that the rule file declares."""

    code = "one-value-wanted"


class OneEntryWanted(ClioRulesError, ValueError):
    """The rule file says `holds: one` of this list."""

    code = "one-entry-wanted"


class NotADay(ClioRulesError, ValueError):
    """An entry with `until` holds through that day, the day included. Days are written year first, with four digits for
    the year and two each for month and day.
    """

    code = "not-a-day"


class DayWanted(ClioRulesError, ValueError):
    """Whether an entry with `until` holds depends on the day. The engine has no clock: whoever loads a firm with such
    entries says which day it is looked at. The command line takes today where it is not told otherwise. A firm in a
    request is looked at on the day of the firm that the request is about.
    """

    code = "day-wanted"


class ExampleDoesNotFit(ClioRulesError, ValueError):
    """Without a firm file, questions are asked about the example firm that comes with the program. It fits the built-in
    rules; rules of your own may declare other products, roles or settings, and then they need a firm of their own.
    """

    code = "example-does-not-fit"


class NoFirmFile(ClioRulesError, ValueError):
    """An accepted change is written into the firm file it was asked about. The example firm is part of the program and
    stays as it is; a firm from standard input has no file.
    """

    code = "no-firm-file"


class TooManyMembers(ClioRulesError, ValueError):
    """The limit keeps a hostile file from filling the memory. A member of a group counts once for this group, and once
    more for each group that it is in, directly or through others.
    """

    code = "too-many-members"


class TooManyThings(ClioRulesError, ValueError):
    """The limit keeps a hostile file from filling the memory. It counts the things of all kinds, each once for every
    product that has its kind.
    """

    code = "too-many-things"


class FileOutside(ClioRulesError, ValueError):
    """A firm file names its files of things by their paths from its own folder, without a leading `/` and without `..`.
    So a firm file from somebody else cannot have files read that it has nothing to do with.
    """

    code = "file-outside"


class FileApart(ClioRulesError, ValueError):
    """The files of things stand beside the firm file that names them. A firm from standard input, from a request or
    from memory has no folder in which they could be looked for.
    """

    code = "file-apart"


class UnknownFileKind(ClioRulesError, ValueError):
    """The end of its name says how a file of things is written: a list in YAML, an array in JSON, an object of JSON on
    each line, or comma-separated values.
    """

    code = "unknown-file-kind"


class TooManyUsers(ClioRulesError, ValueError):
    """The limit keeps a hostile file from filling the memory."""

    code = "too-many-users"


class NoSuite(ClioRulesError, ValueError):
    """A run without a single suite would look as if everything had passed. Files with `users:` are firm files and not
    suites; folders in the folder are not searched.
    """

    code = "no-suite"


class EmptySuite(ClioRulesError, ValueError):
    """A suite without tests passes whatever the rules say, so it was most likely not filled in."""

    code = "empty-suite"


class EmptyTest(ClioRulesError, ValueError):
    """A test that asks nothing, or asks and expects nothing of the answer, passes whatever the rules say."""

    code = "empty-test"


class DuplicateTest(ClioRulesError, ValueError):
    """Reports name tests by suite and title. With one title for two, nobody knows which of them failed."""

    code = "duplicate-test"


class DuplicateSuite(ClioRulesError, ValueError):
    """Reports name tests by suite and title. With one name for two suites, nobody knows in which of them a test failed."""

    code = "duplicate-suite"


class KeysApart(ClioRulesError, ValueError):
    """A test asks in one way: by `actions`, by `users` with `expect`, by `changes` or `bulk`, by `load`, or with a
    question about more than one answer; and it expects answers or an `error`. A key that its way does not use would be
    ignored, so it is refused.
    """

    code = "keys-apart"


class NamedTwice(ClioRulesError, ValueError):
    """A name that stands twice in one list was most likely meant to be another one."""

    code = "named-twice"


class AllowedAndDenied(ClioRulesError, ValueError):
    """The two expectations contradict each other: no rules could meet both."""

    code = "allowed-and-denied"


class NoExpectation(ClioRulesError, ValueError):
    """Whoever or whatever a test asks about has an expectation: there is no silent default. A test of changes says
    `verdict`.
    """

    code = "no-expectation"


class NotAsked(ClioRulesError, ValueError):
    """Where a test says under `users` whom it asks, an expectation about somebody else would never be looked at."""

    code = "not-asked"


class NobodyLeft(ClioRulesError, ValueError):
    """`otherwise` speaks for everybody whom `allow` and `deny` do not name: of the firm, or of `users` where the test
    has them. For nobody it says nothing.
    """

    code = "nobody-left"


class UnknownRule(ClioRulesError, KeyError):
    """Rule ids are those of actions, of rules, of refusals, of changes and of the grounds that speak before any rule.
    An unknown one could never be met.
    """

    code = "unknown-rule"


class UnknownEffect(ClioRulesError, KeyError):
    """Effects are declared under `effects:` in the product's rule file. An unknown one could never be met."""

    code = "unknown-effect"


class UnknownAdvice(ClioRulesError, KeyError):
    """Advice is declared under `advice:` in the product's rule file. An unknown one could never be met."""

    code = "unknown-advice"


class UnknownConflict(ClioRulesError, KeyError):
    """Conflicts are declared under `conflicts:` in the product's rule file or in the firm file. An unknown one could
    never be met.
    """

    code = "unknown-conflict"


class DeclaredNowhere(ClioRulesError, ValueError):
    """A test that compares rules says by action or by permission change what is decided otherwise. One that neither
    side declares could never differ.
    """

    code = "declared-nowhere"


class UnknownDifference(ClioRulesError, KeyError):
    """What no permission change alters is written `added`, `removed`, `enabled`, `disabled`, `renamed`, `seat_given` or
    `seat_taken`, and what cannot have come about is a role or a setting by its id. Anything else could never be met.
    """

    code = "unknown-difference"


class UnknownProperty(ClioRulesError, KeyError):
    """Properties are declared under `properties:` in the product's rule file. One that is not there cannot be proven."""

    code = "unknown-property"


class UnknownInput(ClioRulesError, KeyError):
    """An input is written as `why-not` writes it: `user holds ROLE`, `not same_user`, `user.SETTING is VALUE`, `user is
    enabled`, `user has a seat in PRODUCT`, and the same of `target`. Anything else could never be met.
    """

    code = "unknown-input"


class WrongNumberOfWords(ClioRulesError, ValueError):
    """A question about more than one answer is written in the words of its command."""

    code = "wrong-number-of-words"


class NoSuchPart(ClioRulesError, ValueError):
    """`refused_parts` names the parts of the bulk change that are refused, by their number."""

    code = "no-such-part"


class OutOfReach(ClioRulesError, ValueError):
    """The expectation contradicts how answers are made: every answer comes from a rule, and what is rejected has no
    effects. It could never be met, whatever the rules say.
    """

    code = "out-of-reach"


class NoTestMatches(ClioRulesError, ValueError):
    """A run without a single test would look as if everything had passed."""

    code = "no-test-matches"


class TestFailed(ClioRulesError, ValueError):
    """The rules answer otherwise than this expectation says. Either the rules are wrong, or the expectation is; the
    rule that answered, and what it looked at, stand beside the failure in the text that `clio-rules test` prints.
    """

    code = "test-failed"


class ReportNotWritten(ClioRulesError, ValueError):
    """A report is written as a whole when all tests have run, or not at all. The tests did run; run them without the
    report to see their results.
    """

    code = "report-not-written"


class AmbiguousProduct(ClioRulesError, ValueError):
    """A name that several products declare needs the product beside it: `--product` on the command line, `"product"` in
    JSON.
    """

    code = "ambiguous-product"


class MissingTarget(ClioRulesError, ValueError):
    """Some actions and all changes concern another user, the target. Without one there is nothing to decide."""

    code = "missing-target"


class MissingThing(ClioRulesError, ValueError):
    """What the rules read of a thing comes from the firm file, or from the question itself. Without either there is
    nothing to decide.
    """

    code = "missing-thing"


class AmbiguousThing(ClioRulesError, ValueError):
    """Ids are unique among things of one kind. Where a thing is named without an action, the kind may have to stand
    before its id, with a colon between them.
    """

    code = "ambiguous-thing"


class UnexpectedTarget(ClioRulesError, ValueError):
    """The action has no target. Answering all the same would look as if the target had been considered."""

    code = "unexpected-target"


class NoTargets(ClioRulesError, ValueError):
    """`where-can` lists the users or things to which an action may be done. This action has no target: a user may do it
    or may not, whoever or whatever else is in the firm.
    """

    code = "no-targets"


class MissingFact(ClioRulesError, ValueError):
    """The action's answer depends on this input, and the rule file gives no default for it: the question has to supply
    it.
    """

    code = "missing-fact"


class DuplicateFact(ClioRulesError, ValueError):
    """Two values for one input contradict each other or say the same thing twice; either way something else was meant."""

    code = "duplicate-fact"


class MissingArgument(ClioRulesError, ValueError):
    """The rule file lists what a change takes, in order, under `takes`."""

    code = "missing-argument"


class WrongWords(ClioRulesError, ValueError):
    """A change is written as its name, then its arguments in the order of the rule file (`takes`), then the user or
    group it is done to, if there is one: `grant billing wren`.
    """

    code = "wrong-words"


class UnexpectedArgument(ClioRulesError, ValueError):
    """The rule file lists what a change takes, in order, under `takes`. Anything else would be ignored, so it is
    refused.
    """

    code = "unexpected-argument"


class RoleNotGranted(ClioRulesError, ValueError):
    """A change names the roles it can give or take. Roles that exactly one user holds are passed on by a change of
    their own.
    """

    code = "role-not-granted"


class SettingNotChanged(ClioRulesError, ValueError):
    """A change names the settings it can set, under `takes`."""

    code = "setting-not-changed"


class ListNotChanged(ClioRulesError, ValueError):
    """A change names the lists of a thing that it can change, under `takes`."""

    code = "list-not-changed"


class GroupInItself(ClioRulesError, ValueError):
    """Groups of a firm can be in other groups, but not in a circle. A firm with such a circle could not be read again."""

    code = "group-in-itself"


class NoBulk(ClioRulesError, ValueError):
    """The rule file of a product says under `bulk` which changes can be made together. This one does not."""

    code = "no-bulk"


class EmptyBulk(ClioRulesError, ValueError):
    """A bulk change without parts is most likely a file that was not filled in, so it is an error and not an
    acceptance.
    """

    code = "empty-bulk"


class BulkTooLarge(ClioRulesError, ValueError):
    """The limit keeps a hostile request from holding up everybody else."""

    code = "bulk-too-large"


class BulkPartNotAllowed(ClioRulesError, ValueError):
    """The rule file says under `bulk` which changes can be made together. Anything else makes the whole bulk change an
    error.
    """

    code = "bulk-part-not-allowed"


class ForeignHandle(ClioRulesError, ValueError):
    """Handles are numbers into one rulebook or firm. Used with another they could mean somebody else, so they are
    refused.
    """

    code = "foreign-handle"


class NotInState(ClioRulesError, ValueError):
    """A handle stays with its user through all changes and edits of a firm. The user of this one was removed, or was
    added in another state than the one that is asked. No answer about somebody else takes its place.
    """

    code = "not-in-state"


class StaleVerdict(ClioRulesError, ValueError):
    """A verdict is about a change in one state of the firm. In another state, or with other readings, the same change
    may be refused or have other effects: its maker may have lost the permission, or two people could end up with a role
    that exactly one may hold. So a verdict can only be applied to the state that was judged. A firm that was loaded
    again is another state as well. To judge and apply in one step, use `Firm::apply`. A change that names its state
    with `if_state` is refused in every other state.
    """

    code = "stale-verdict"


class RejectedVerdict(ClioRulesError, ValueError):
    """Nothing follows from a change that was rejected, so there is no firm after it, and nothing to write. Whether a
    verdict is accepted is known before it is applied.
    """

    code = "rejected-verdict"


class NoChangeDoes(ClioRulesError, ValueError):
    """A simulation looks for the change of the rule file that gives or takes a role of its target, or sets a setting,
    by what the change says under `does`. There is none, or it takes more words than that: name it by its own words.
    """

    code = "no-change-does"


class SeveralChangesDo(ClioRulesError, ValueError):
    """A simulation looks for the change of the rule file that gives or takes a role of its target, or sets a setting.
    Where there are several, it cannot know which one is meant.
    """

    code = "several-changes-do"


class EmptySimulation(ClioRulesError, ValueError):
    """A simulation shows what would be different after some changes. Without one nothing would, which is most likely
    not what was meant.
    """

    code = "empty-simulation"


class ReviewTooLarge(ClioRulesError, ValueError):
    """A review is read by people, and lists everybody with everything that they may do. Of more people than the limit
    nothing is left out silently: there is no review. `--only` names the people who are reviewed, a department for
    instance. The others stay in the firm: numbers, targets and who could give somebody a powerful role are those of the
    whole firm.
    """

    code = "review-too-large"


class DifferenceCutOff(ClioRulesError, ValueError):
    """A difference is worked out over every path through the decisions of both rulebooks. A fixture expects all of it,
    so that a part of it says nothing, and the test fails.
    """

    code = "difference-cut-off"


class DifferenceTooLarge(ClioRulesError, ValueError):
    """A difference is worked out over every way through the decisions of both rulebooks, and never sampled. Where there
    are more ways than the limit, there is no answer.
    """

    code = "difference-too-large"


class NotJson(ClioRulesError, ValueError):
    """Every request is one JSON object, on one line, complete in itself: names and texts in double quotes, no comments,
    no comma after the last entry, no line break inside.
    """

    code = "not-json"


class NotCsv(ClioRulesError, ValueError):
    """The first line of the table names the columns, and every record below it has a cell for each, empty where there
    is nothing to say. Quotes stand around a whole cell or nowhere; a quote inside a quoted cell is written twice.
    Spreadsheets write it so.
    """

    code = "not-csv"


class WrongType(ClioRulesError, ValueError):
    """Ids and values are texts in double quotes; a value that is a flag may also be `true` or `false` without quotes.
    `facts` is an object, `parts` a list of objects. Only `target` may be `null`, which means that there is none.
    """

    code = "wrong-type"


class NotOneQuestion(ClioRulesError, ValueError):
    """`action` asks whether a user may do something, `change` whether one change is permitted, `parts` whether a bulk
    change is; every other question is named under `ask`. A request with none or several of them does not say what it
    asks.
    """

    code = "not-one-question"


class UnknownQuestion(ClioRulesError, ValueError):
    """`ask` says which question a request is: `who_can`, `how_can` and so on. `docs/protocol.md` has them all, with the
    keys of each.
    """

    code = "unknown-question"


class UnknownVersion(ClioRulesError, ValueError):
    """`v` says which version of the protocol a request is written for. Without it, the version is 1."""

    code = "unknown-version"


class UnknownSource(ClioRulesError, KeyError):
    """A request that compares with other rules or another firm, or proves properties of its own, brings their texts or
    names what the program that answers has loaded for it. No request makes it read files.
    """

    code = "unknown-source"


class NotOneText(ClioRulesError, ValueError):
    """A firm, and a file of properties, is one text. Only rules are several."""

    code = "not-one-text"


class NotOneChange(ClioRulesError, ValueError):
    """`grant` and `revoke` name a role and `set` a setting, and the change that does that is looked for; `change` is
    the id of one, with what it takes beside it, and `words` are those of the command line.
    """

    code = "not-one-change"


class NoTestBench(ClioRulesError, ValueError):
    """Suites are run by a part of the library that not every program has: in Rust it is given to a `World` by
    `with_tests`.
    """

    code = "no-test-bench"


class NothingIsApplied(ClioRulesError, ValueError):
    """`apply` makes a change, so that later requests are answered in the firm after it. That takes a program that keeps
    the firm from one request to the next, and answers them one after the other.
    """

    code = "nothing-is-applied"


class LineTooLong(ClioRulesError, ValueError):
    """The limit keeps a line that never ends from filling the memory. The lines after it are answered all the same."""

    code = "line-too-long"


class UnknownCode(ClioRulesError, ValueError):
    """Every error and warning has a short name, which stands in brackets in front of its message."""

    code = "unknown-code"
