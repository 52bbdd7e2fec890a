"""Every vector of the protocol, through `Firm.ask`, `Session.ask`, and the methods that say the same."""

from __future__ import annotations

import copy
from typing import Any

import pytest

import worlds
from clio_rules import ClioRulesError, Decision, Session, Verdict
from worlds import Exchange, Vector


def replies(vector: Vector) -> list[dict[str, Any]]:
    firm = worlds.firm(vector.world)
    ask = Session(firm).ask if vector.is_session else firm.ask
    answers: list[dict[str, Any]] = []
    for exchange in vector.exchanges:
        try:
            answers.append(ask(exchange.request))
        except ClioRulesError as error:
            answers.append(error.reply)
    return answers


def noticed(vectors: list[Vector], answers: list[list[dict[str, Any]]]) -> list[Vector]:
    """The vectors to which the answers are others."""
    pairs = zip(vectors, answers, strict=True)
    return [vector for vector, found in pairs if [one.reply for one in vector.exchanges] != found]


def altered(vector: Vector) -> Vector:
    """The same with one word of its last reply that is another."""
    *before, last = vector.exchanges
    reply = copy.deepcopy(last.reply)
    if "error" in reply:
        reply["error"]["code"] = "another-code"
    else:
        reply["yes"] = not reply["yes"]
    return Vector(vector.world, vector.is_session, [*before, Exchange(last.request, reply)])


def test_every_reply_is_that_of_the_vector() -> None:
    vectors = worlds.vectors()
    assert len(vectors) > 500
    answers = [replies(vector) for vector in vectors]
    assert noticed(vectors, answers) == []
    assert len(noticed([altered(vector) for vector in vectors], answers)) == len(vectors)


def single(ask: str, key: str) -> list[tuple[str, dict[str, Any], dict[str, Any]]]:
    """World, request and reply of the vectors that ask for this."""
    found: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
    for vector in worlds.vectors():
        request = vector.exchanges[0].request
        if vector.is_session or isinstance(request, str):
            continue
        if request.get("ask", ask) == ask and key in request and request.get("v", 1) == 1:
            found.append((vector.world, request, vector.exchanges[0].reply))
    return found


def arguments(request: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in request.items() if key not in {"ask", "id", "v"}}


def test_can_says_what_the_protocol_says() -> None:
    count = 0
    for world, request, reply in single("can", "action"):
        try:
            decision: Decision = worlds.firm(world).can(**arguments(request))
        except ClioRulesError as error:
            assert error.code == reply["error"]["code"]
            assert error.help == reply["error"].get("help")
        except TypeError:
            # What is no word at all, or an argument that there is not.
            assert reply["error"]["code"] in {"wrong-type", "unknown-key", "not-one-question"}
        else:
            said = {key: value for key, value in decision.to_dict().items() if key not in arguments(request)}
            assert said.items() <= reply.items() | {("product", decision.product)} if "needs" not in said else True
            for key in ["rule", "reason", "basis", "place", "section", "decision", "needs"]:
                assert getattr(decision, key) == reply[key], request
            assert decision.allowed is reply["yes"] and decision.where == reply.get("where")
            count += 1
    assert count > 300


def test_changes_say_what_the_protocol_says() -> None:
    count = 0
    for world, request, reply in single("change", "change") + single("bulk", "parts"):
        firm = worlds.firm(world)
        words = arguments(request)
        if {"change", "parts"} <= words.keys() or "action" in words:
            continue
        try:
            verdict: Verdict = firm.bulk(**words) if "parts" in words else firm.change(**words)
        except ClioRulesError as error:
            assert error.reply == reply
        else:
            assert verdict.accepted is reply["yes"] and verdict.where == reply.get("where")
            for key in ["verdict", "effects", "rule", "reason", "basis", "place", "section", "reasons", "altered", "altered_things"]:
                assert getattr(verdict, key) == reply[key], request
            count += 1
    assert count > 50


@pytest.mark.parametrize("world", worlds.worlds())
def test_each_world_is_asked(world: str) -> None:
    assert any(vector.world == world for vector in worlds.vectors())
