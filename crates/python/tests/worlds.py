"""The vectors of the protocol, and the worlds that they are about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from clio_rules import Firm, Rulebook

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "tests" / "vectors"


@dataclass(frozen=True)
class Exchange:
    request: dict[str, Any] | str
    reply: dict[str, Any]


@dataclass(frozen=True)
class Vector:
    world: str
    is_session: bool
    exchanges: list[Exchange]


def exchange(written: dict[str, Any]) -> Exchange:
    return Exchange(written["text"] if "text" in written else written["request"], written["reply"])


@cache
def vectors() -> list[Vector]:
    """All of them."""
    found: list[Vector] = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text().splitlines():
            written = json.loads(line)
            session = written.get("session")
            found.append(Vector(written["world"], session is not None, [exchange(one) for one in session or [written]]))
    return found


@cache
def firm(world: str) -> Firm:
    """The firm of a world."""
    written = json.loads((FOLDER / "worlds.json").read_text())[world]
    rulebook = Rulebook.from_texts({name: (ROOT / path).read_text() for name, path in written["rules"].items()})
    return Firm.from_text((ROOT / written["firm"]).read_text(), rulebook, on=written["on"])


def worlds() -> list[str]:
    return list(json.loads((FOLDER / "worlds.json").read_text()))
