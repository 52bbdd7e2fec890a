"""What all exceptions of the engine have, and which class stands for which code."""

from __future__ import annotations

from typing import Any, ClassVar


class ClioRulesError(Exception):
    """Something could not be asked or loaded. It is never a denial.

    >>> from clio_rules import ClioRulesError, Firm, Rulebook
    >>> firm = Firm.example(Rulebook.builtin())
    >>> try:
    ...     firm.can("wern", "create_bill")
    ... except ClioRulesError as error:
    ...     print(error.code, error.help)
    unknown-user did you mean `wren`?
    """

    #: The stable code, as `clio-rules explain` knows it.
    code: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        _BY_CODE[cls.code] = cls

    def __init__(self, reply: dict[str, Any]) -> None:
        super().__init__(reply)
        #: The whole error reply, as the protocol has it.
        self.reply = reply

    @property
    def message(self) -> str:
        """What is wrong, in one line."""
        return str(self.reply["error"]["message"])

    @property
    def help(self) -> str | None:
        """The way out, where there is one."""
        help: str | None = self.reply["error"].get("help")
        return help

    @property
    def place(self) -> str | None:
        """Where it stands in a file or a text, as `file:line:column`."""
        place: str | None = self.reply["error"].get("place")
        return place

    @property
    def subject(self) -> dict[str, Any] | None:
        """Which word of the question it is about: `role`, and where there is one `name`."""
        subject: dict[str, Any] | None = self.reply["error"].get("subject")
        return subject

    @property
    def more(self) -> list[dict[str, Any]]:
        """What else is wrong with a file or a text."""
        more: list[dict[str, Any]] = self.reply["more"]
        return more

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        more = len(self.more) + int(self.reply.get("beyond", 0))
        others = f" (and {more} more)" if more else ""
        way_out = f"; {self.help}" if self.help else ""
        return f"{place}{self.message}{way_out}{others}"


_BY_CODE: dict[str, type[ClioRulesError]] = {}


def of_reply(reply: dict[str, Any]) -> ClioRulesError:
    """The exception for an error reply: of the class that stands for its code."""
    code = reply["error"]["code"]
    return _BY_CODE.get(code, ClioRulesError)(reply)
