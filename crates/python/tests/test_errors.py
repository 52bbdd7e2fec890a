"""The classes of exceptions are those of the codes. `BLESS=1 pytest` writes them anew."""

from __future__ import annotations

import os
import pickle
import textwrap
from pathlib import Path

import pytest

import clio_rules
from clio_rules import Firm, Rulebook, errors
from clio_rules._engine import codes

SOURCE = Path(__file__).parent.parent / "python" / "clio_rules" / "errors.py"
HEAD = '''"""One exception for each code of an error: `BLESS=1 pytest` writes this file from the engine's own list.

A name that nobody knows is a `KeyError`, a file that cannot be read or written an `OSError`, anything else a `ValueError`.
"""

from ._error import ClioRulesError, of_reply
'''
# What is unknown here is no name of something, but a word that cannot stand where it does.
NO_NAMES = {"unknown-code", "unknown-file-kind", "unknown-key", "unknown-question", "unknown-value", "unknown-version", "unknown-word"}


def kind(code: str) -> str:
    if code.startswith("unknown-") and code not in NO_NAMES:
        return "KeyError"
    return "OSError" if code.startswith("cannot-") else "ValueError"


def class_name(code: str) -> str:
    return "".join(part.capitalize() for part in code.split("-"))


def source() -> str:
    """The file as it should be."""
    names = [class_name(code) for code, _ in codes()]
    listed = "".join(f'    "{name}",\n' for name in sorted(["ClioRulesError", "of_reply", *names]))
    parts = [HEAD, f"__all__ = [\n{listed}]\n"]
    for code, meaning in codes():
        words = textwrap.wrap(meaning.replace("\\", "\\\\"), 120, initial_indent='    """', subsequent_indent="    ")
        doc = "\n".join(words) + ('"""' if len(words) == 1 else '\n    """')
        parts.append(f'\n\nclass {class_name(code)}(ClioRulesError, {kind(code)}):\n{doc}\n\n    code = "{code}"\n')
    return "\n".join(parts[:2]) + "".join(parts[2:])


def test_there_is_a_class_for_each_code() -> None:
    if os.environ.get("BLESS"):
        SOURCE.write_text(source())
    assert SOURCE.read_text() == source(), "BLESS=1 pytest writes it anew"
    for code, _ in codes():
        of_code = getattr(clio_rules, class_name(code))
        assert issubclass(of_code, errors.ClioRulesError) and of_code.code == code


@pytest.fixture
def firm() -> Firm:
    return Firm.example(Rulebook.builtin())


def test_an_error_says_what_is_wrong_and_the_way_out(firm: Firm) -> None:
    with pytest.raises(clio_rules.UnknownUser) as caught:
        firm.can("wern", "create_bill")
    error = caught.value
    assert isinstance(error, KeyError) and isinstance(error, clio_rules.ClioRulesError)
    assert (error.code, error.help, error.place) == ("unknown-user", "did you mean `wren`?", None)
    assert error.subject == {"role": "user", "name": "wern"}
    assert str(error) == "nobody in this firm has the id `wern`; did you mean `wren`?"
    assert error.reply["error"]["message"] == error.message
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error) and again.reply == error.reply


def test_a_load_says_every_mistake_with_its_place(firm: Firm) -> None:
    text = "firm: One\nusers:\n  - { id: ada, grow: { roles: [amdin] } }\n  - { id: ada, hrow: { roles: [admin] } }\n"
    with pytest.raises(clio_rules.UnknownRole) as caught:
        Firm.from_text(text, firm.rulebook, name="one.yaml")
    assert caught.value.place == "one.yaml:3:32"
    assert len(caught.value.more) >= 1
    assert str(caught.value).endswith(f"(and {len(caught.value.more)} more)")
    with pytest.raises(OSError) as unread:
        Firm.from_file("/nowhere/firm.yaml", firm.rulebook)
    assert isinstance(unread.value, clio_rules.CannotRead)


def test_what_can_be_done_with_a_verdict_only_once(firm: Firm) -> None:
    rejected = firm.change("otto", "grant", role="billing", target="otto")
    with pytest.raises(clio_rules.RejectedVerdict):
        firm.after(rejected)
    accepted = firm.change("tomas", "grant", role="billing", target="wren")
    with pytest.raises(clio_rules.StaleVerdict):
        firm.after(accepted).after(accepted)
