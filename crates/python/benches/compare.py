"""Decisions of this package and of cedarpy, from one firm and one model, in interleaved rounds: first that the answers are equal, then what
each takes, and the ratios.

    pip install target/wheels/clio_rules-*.whl pyarrow==26.0.1 cedarpy==4.12.2
    python crates/python/benches/compare.py

The policies are those of `benches/peers/cedar`, which `cargo run -p clio-rules-peers` holds against the rules. cedarpy is asked as its
documentation advises: policies, entities and schema are parsed once, and requests come one by one or in a batch.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cedarpy
import pyarrow as pa

from clio_rules import Firm, Rulebook

CEDAR = Path(__file__).parents[3] / "benches" / "peers" / "cedar"
FIRM = {"type": "Firm", "id": "everybody"}


def cedar_entities(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The firm as Cedar's entities: whatever somebody holds is a parent."""
    entities: list[dict[str, Any]] = json.loads((CEDAR / "entities.json").read_text())
    entities += [{"uid": uid, "attrs": {}, "parents": []} for uid in [FIRM, *({"type": "Product", "id": id} for id in ["manage", "grow"])]]
    for person in people:
        parents, attributes = [], {"enabled": True}
        seat = person["manage"]
        parents.append({"type": "Product", "id": "manage"})
        for role in seat["roles"]:
            kind = "Role" if role in {"primary_subscriber", "administrator"} else "Permission"
            parents.append({"type": kind, "id": role})
        attributes |= {name: seat[name] for name in ["billing_rate_visibility", "activity_hours_visibility"]}
        entities.append({"uid": {"type": "User", "id": person["id"]}, "attrs": attributes, "parents": parents})
    return entities


def made_firm(users: int, chance: random.Random) -> list[dict[str, Any]]:
    """People of Clio Manage with roles and settings by chance; the first is the primary subscriber."""
    people = []
    for number in range(users):
        held = [role for role in ["administrator", "billing", "accounts", "reports"] if chance.random() < 0.3]
        seat = {
            "roles": held if number else ["primary_subscriber"],
            "billing_rate_visibility": chance.choice(["all", "own", "none"]) if number else "all",
            "activity_hours_visibility": chance.choice(["all", "own"]) if number else "all",
        }
        people.append({"id": f"user{number}", "manage": seat})
    return people


def timed(work: Callable[[], object], decisions: int) -> float:
    """Nanoseconds a decision."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) / decisions * 1e9


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--rows", type=int, default=4_000_000)
    options = parser.parse_args()
    chance = random.Random(17)

    people = made_firm(options.users, chance)
    rulebook = Rulebook.builtin()
    firm = Firm.of({"firm": "Everybody", "users": people}, rulebook)
    manage = next(product for product in rulebook.catalogue() if product["id"] == "manage")
    actions = [one["id"] for one in manage["actions"] if not one["on_target"] and not one.get("on_thing") and not one["facts"]]
    users = firm.users
    asked = [(chance.choice(users), chance.choice(actions)) for _ in range(2_000)]

    schema = cedarpy.Schema.from_str((CEDAR / "schema.cedarschema").read_text())
    policies = cedarpy.PolicySet.from_str((CEDAR / "policies.cedar").read_text())
    entities = cedarpy.Entities.from_json_str(json.dumps(cedar_entities(people)), schema)
    requests = [
        {"principal": f'User::"{user}"', "action": f'Action::"{action}"', "resource": 'Firm::"everybody"', "context": {}} for user, action in asked
    ]
    few = requests[:200]
    answers = cedarpy.is_authorized_batch(requests, policies, entities, schema)
    wrong = [
        (question, str(answer.decision), answer.diagnostics.errors)
        for question, answer in zip(asked, answers, strict=True)
        if answer.allowed != firm.can(*question).allowed
    ]
    if wrong:
        raise SystemExit(f"the answers differ: {len(wrong)} of {len(asked)}, for instance {wrong[0]}")
    allowed = sum(answer.allowed for answer in answers)
    print(f"{len(asked)} questions about {len(users)} users and {len(actions)} actions: equal answers, {allowed} of them allow")

    columns = {name: pa.array([chance.choice(values) for _ in range(options.rows)]) for name, values in [("user", users), ("action", actions)]}
    plain = pa.table(columns)
    coded = pa.table({name: column.dictionary_encode() for name, column in columns.items()})

    def can() -> None:
        ask = firm.can
        for user, action in asked:
            ask(user, action).allowed

    def decide(table: pa.Table) -> None:
        for _ in pa.RecordBatchReader.from_stream(firm.decide(table)):
            pass

    works: list[tuple[str, Callable[[], object], int]] = [
        ("firm.can", can, len(asked)),
        ("firm.decide, texts", lambda: decide(plain), options.rows),
        ("firm.decide, dictionaries", lambda: decide(coded), options.rows),
        ("cedarpy, one by one", lambda: [cedarpy.is_authorized(one, policies, entities, schema) for one in few], len(few)),
        ("cedarpy, in a batch", lambda: cedarpy.is_authorized_batch(requests, policies, entities, schema), len(requests)),
    ]
    taken: dict[str, list[float]] = {name: [] for name, _, _ in works}
    for _ in range(options.rounds):
        for name, work, decisions in works:
            taken[name].append(timed(work, decisions))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    fastest = min(medians[name] for name in medians if name.startswith("cedarpy"))
    print(f"median of {options.rounds} interleaved rounds; ns a decision\n")
    print(f"{'':28}{'median':>12}{'fastest..slowest':>24}{'cedarpy / it':>14}")
    for name, times in taken.items():
        span = f"{min(times):.1f}..{max(times):.1f}"
        print(f"{name:28}{medians[name]:12.1f}{span:>24}{fastest / medians[name]:13,.1f}x")


if __name__ == "__main__":
    main()
