"""Questions with their answers: the public vectors of the standard, and the fixtures of the built-in rules."""

import json
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
VECTORS = ROOT / "crates/serve/tests/vectors"


@dataclass
class Question:
    """A request of the standard, and whether it is allowed."""

    request: dict
    allowed: bool


@dataclass
class Scenario:
    """Questions for one rulebook; for the built-in one, where it is None."""

    name: str
    rulebook: str | None
    questions: list[Question]
    subject_type: str = "user"

    def __str__(self) -> str:
        return self.name


def read(file: str) -> dict:
    return json.loads((VECTORS / file).read_text())


def decisions(file: str) -> list[Question]:
    """The evaluations of a file, and the items of its batches."""
    vectors = read(file)
    found = [Question(one["request"], one["expected"]) for one in vectors["evaluation"]]
    for batch in vectors.get("evaluations", []):
        found += answered(batch["request"], batch["expected"])
    return found


def answered(batch: dict, answers: list[dict]) -> list[Question]:
    """The questions of a batch: what an item leaves out comes from the top, as a whole."""
    above = {key: value for key, value in batch.items() if key not in ("evaluations", "options")}
    items = zip(batch["evaluations"], answers, strict=True)
    return [Question(above | item, answer["decision"]) for item, answer in items]


def certified() -> list[Question]:
    """Whatever the certification scenario has a decision for, single or in a batch."""
    found, asked = [], None
    for block in read("certification.json")["blocks"]:
        body = block.get("json")
        if not isinstance(body, dict) or not block["id"].startswith(("c-2-2-", "c-3-2-")):
            continue
        if block["label"].startswith("Request"):
            asked = body
        elif "evaluations" in body:
            found += answered(asked, body["evaluations"])
        else:
            found.append(Question(asked, body["decision"]))
    return found


@dataclass
class Search:
    """A search, and what it finds in its order."""

    kind: str
    request: dict
    found: list[str]


def searches(file: str, kind: str, key: str = "evaluation") -> list[Search]:
    name = "name" if kind == "action" else "id"
    return [
        Search(kind, one["request"], [result[name] for result in one["expected"]["results"]])
        for one in read(file)[key]
    ]


def all_searches() -> list[Search]:
    return [
        *searches("search-subject.json", "subject"),
        *searches("search-resource.json", "resource"),
        *searches("search-action.json", "action"),
        *searches("idp.json", "resource", "search"),
    ]


def searched() -> list[Question]:
    """What is found is allowed when it is asked about, and whatever else is ever found is not."""
    asked = []
    for kind in ("subject", "resource", "action"):
        of_kind = [search for search in all_searches() if search.kind == kind]
        candidates = sorted({one for search in of_kind for one in search.found})
        for search in of_kind:
            for one in candidates:
                part = {"name": one} if kind == "action" else search.request[kind] | {"id": one}
                asked.append(Question(search.request | {kind: part}, one in search.found))
    return asked


def listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def done_to_something() -> set[str]:
    """The actions of the built-in rules that take a target."""
    found = set()
    for file in sorted((ROOT / "rules").glob("*.yaml")):
        for group in yaml.safe_load(file.read_text()).get("actions", []):
            for action, words in group["actions"].items():
                if "target" in group or "target" in words and not isinstance(words, str):
                    found.add(action)
    return found


def fixtures() -> list[Question]:
    """What the fixtures of the built-in rules say of people and actions, where nothing else matters."""
    plain = {"test", "product", "actions", "allow", "deny", "otherwise", "basis", "because", "reason"}
    targeted = done_to_something()
    found = []
    for file in sorted((ROOT / "fixtures").glob("*.yaml")):
        suite = yaml.safe_load(file.read_text())
        if suite.get("firm") != "firm.yaml" or "tests" not in suite:
            continue
        for test in suite["tests"]:
            if "actions" not in test or not set(test) <= plain:
                continue
            product = test.get("product", suite["product"])
            for action in set(listed(test["actions"])) - targeted:
                for key, allowed in (("allow", True), ("deny", False)):
                    found += [Question(of_product(user, product, action), allowed) for user in listed(test.get(key))]
    return found


def of_product(user: str, product: str, action: str) -> dict:
    """The request for an action without a target."""
    return {
        "subject": {"type": "user", "id": user},
        "action": {"name": f"{product}:{action}"},
        "resource": {"type": "product", "id": product},
    }


SCENARIOS = [
    Scenario("certification", "authzen", certified()),
    Scenario("todo 1.0.01", "authzen-todo", decisions("todo-01.json")),
    Scenario("todo 1.0.02", "authzen-todo", decisions("todo-02.json")),
    Scenario("gateway", "authzen-gateway", decisions("gateway.json"), "identity"),
    Scenario("search", "authzen-search", searched()),
    Scenario("built-in rules", None, fixtures()),
]
