"""How whoever uses the package writes it: nothing here runs, mypy and pyright read it in strict mode."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clio_rules import (
    ClioRulesError,
    Decision,
    Decisions,
    Firm,
    Matrix,
    Review,
    Rulebook,
    Session,
    UnknownUser,
    Verdict,
    errors,
)

if TYPE_CHECKING:
    # Python has it from 3.11 on.
    from typing_extensions import assert_type


def use(path: Path, table: Decisions) -> None:
    rulebook = assert_type(Rulebook.from_folder(path), Rulebook)
    assert_type(Rulebook.from_texts({"rules/mine.yaml": ""}).products, list[str])
    firm = assert_type(Firm.from_file(path, rulebook, on=date(2026, 12, 31)), Firm)
    assert_type(Firm.of({"firm": "One", "users": []}, Rulebook.builtin(), on="2026-12-31"), Firm)
    assert_type(Firm.of(table, rulebook, name="One"), Firm)
    decision = assert_type(firm.can("wren", "create_bill", "otto", {"soft": True}, product="manage"), Decision)
    assert_type(decision.allowed, bool)
    assert_type(decision.where, str | None)
    assert_type(firm.decide(table, keep=["at"]), Decisions)
    verdict = assert_type(firm.change("tomas", "grant", "wren", role="billing"), Verdict)
    assert_type(verdict.effects, list[str])
    assert_type(firm.after(verdict), Firm)
    assert_type(firm.bulk("tomas", [{"change": "grant", "role": "billing", "target": "wren"}]), Verdict)
    assert_type(Session(firm).ask({"ask": "access"}), dict[str, Any])
    assert_type(firm.matrix(), Matrix)
    assert_type(firm.matrix("manage", by="matter"), Matrix)
    assert_type(firm.review(only=["wren"]), Review)


def fails(firm: Firm) -> str | None:
    try:
        firm.ask('{"user": "wern", "action": "create_bill"}')
    except UnknownUser as error:
        assert_type(error.subject, dict[str, Any] | None)
        return error.help
    except (errors.DayWanted, ClioRulesError) as error:
        return error.place
    return None
