"""Tables in Arrow's C data: the answers are those of `can`, whoever made the table and however its columns are laid out."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pandas
import polars
import pyarrow as pa
import pytest

import worlds
from clio_rules import ClioRulesError, Firm, Rulebook

Row = dict[str, Any]


@pytest.fixture(scope="module")
def firm() -> Firm:
    return Firm.example(Rulebook.builtin())


def expected(firm: Firm, row: Row) -> Row:
    """The row of answers, by `can`."""
    if row["user"] is None or row["action"] is None:
        return {"decision": None, "rule": None, "basis": None, "place": None, "error": "wrong-type"}
    try:
        said = firm.can(row["user"], row["action"], row.get("target"), row.get("facts"), row.get("product"))
    except ClioRulesError as error:
        nothing = dict.fromkeys(["decision", "rule", "basis", "place"])
        return {**nothing, "reason": error.message, "error": error.code}
    return {**{key: getattr(said, key) for key in ["decision", "rule", "basis", "place", "reason"]}, "error": None}


def are_right(firm: Firm, rows: list[Row], answers: Any) -> int:
    """Compares answers with those of `can`, and says how many were errors."""
    answered: list[Row] = pa.table(answers).to_pylist()
    assert len(answered) == len(rows)
    for row, answer in zip(rows, answered, strict=True):
        should = expected(firm, row)
        assert {key: answer[key] for key in should} == should, row
    return sum(answer["error"] is not None for answer in answered)


def questions(world: str) -> list[Row]:
    """Everybody about everything: each action with targets, things, facts and products that fit and that do not."""
    asked = worlds.firm(world)
    people: list[str | None] = [*asked.users, "nobody", None]
    rows: list[Row] = []
    for product in asked.rulebook.catalogue():
        for action in product["actions"]:
            targets: list[str | None] = [None, *asked.users[:3], "nobody"]
            if "on_thing" in action:
                targets += things(world, action["on_thing"])
            facts: list[dict[str, str] | None] = [None]
            for fact in action["facts"][:2]:
                facts += [{fact["id"]: value} for value in fact["values"]]
            facts.append({"no_fact": "of_this_name"})
            named = itertools.cycle([None, product["id"], "nothing"])
            for user, target, given in itertools.product(people[::5], targets, facts):
                rows.append({"user": user, "action": action["id"], "product": next(named), "target": target, "facts": given})
    rows.append({"user": "nobody", "action": "nothing", "product": None, "target": None, "facts": None})
    rows.append({"user": people[0], "action": None, "product": None, "target": None, "facts": None})
    return rows


def things(world: str, kind: str) -> list[str]:
    firm = worlds.firm(world)
    reply = firm.ask({"ask": "review"})
    listed = json.dumps(reply)
    return [thing for thing in ["web", "docs", "vault", "octo", "acme", "kernel"] if f'"{thing}"' in listed][:3]


def arrow(rows: list[Row], text: pa.DataType = pa.string(), facts: Callable[[Any], Any] = json.dumps) -> pa.Table:
    columns: dict[str, Any] = {}
    for name in ["user", "action", "product", "target"]:
        column = pa.array([row.get(name) for row in rows], pa.string())
        columns[name] = column.dictionary_encode() if pa.types.is_dictionary(text) else column.cast(text)
    given = [row.get("facts") for row in rows]
    columns["facts"] = pa.array([None if one is None else facts(one) for one in given])
    return pa.table(columns)


@pytest.mark.parametrize("world", worlds.worlds())
def test_every_answer_is_that_of_can(world: str) -> None:
    rows = questions(world)
    assert len(rows) > 30
    errors = are_right(worlds.firm(world), rows, worlds.firm(world).decide(arrow(rows)))
    assert 0 < errors < len(rows)


@pytest.mark.parametrize(
    "text",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())],
    ids=str,
)
def test_texts_of_any_kind(firm: Firm, text: pa.DataType) -> None:
    rows = questions("shipped")
    are_right(firm, rows, firm.decide(arrow(rows, text)))


@pytest.mark.parametrize("keys", [pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int64(), pa.uint32(), pa.uint64()], ids=str)
def test_dictionaries_with_any_keys(firm: Firm, keys: pa.DataType) -> None:
    users = [*firm.users, None]
    column = pa.DictionaryArray.from_arrays(pa.array([*range(14), None], keys), pa.array([*firm.users, "nobody", None]))
    table = pa.table({"user": column, "action": ["create_bill"] * 15})
    are_right(firm, [{"user": user, "action": "create_bill"} for user in users], firm.decide(table))


def test_facts_are_structs_maps_or_texts(firm: Firm) -> None:
    values = ["everyone", "listed", "not_listed", "lsted"]
    rows: list[Row] = [{"user": user, "action": "open_matter", "facts": {"matter_access": value}} for user in firm.users for value in values]
    rows.append({"user": "wren", "action": "open_matter", "facts": None})
    users, actions = pa.array([row["user"] for row in rows]), pa.array(["open_matter"] * len(rows))
    given = [row["facts"] for row in rows]
    for facts in [
        pa.array(given, pa.struct([("matter_access", pa.string())])),
        pa.array(given, pa.struct([("matter_access", pa.dictionary(pa.int8(), pa.string()))])),
        pa.array([None if one is None else list(one.items()) for one in given], pa.map_(pa.string(), pa.string())),
        pa.array([None if one is None else json.dumps(one) for one in given]),
        pa.array([None if one is None else json.dumps(one) for one in given]).dictionary_encode(),
    ]:
        table = pa.table({"user": users, "action": actions, "facts": facts})
        assert are_right(firm, rows, firm.decide(table)) == 14
        # A part of a table begins within its buffers.
        part = table.slice(5, 20)
        assert are_right(firm, rows[5:25], firm.decide(part)) == 5
    flags = pa.table({"user": ["alice"], "action": ["delete"], "facts": pa.array([{"soft": True}])})
    records = worlds.firm("records")
    assert pa.table(records.decide(flags))["decision"].to_pylist() == [records.can("alice", "delete", facts={"soft": True}).decision]
    for text, code in [("[]", "wrong-type"), ("{", "not-json"), ('{"a": 1}', "wrong-type"), ('{} , "user": "x"', "not-json")]:
        table = pa.table({"user": ["wren"], "action": ["open_matter"], "facts": [text]})
        answer = pa.table(firm.decide(table)).to_pylist()[0]
        assert (answer["decision"], answer["error"]) == (None, code), text


def test_everybody_reads_and_writes_it(firm: Firm) -> None:
    rows = [{"user": user, "action": action, "target": None} for user in [*firm.users, "nobody"] for action in ["create_bill", "view_reports"]]
    table = pa.table({"user": [row["user"] for row in rows], "action": [row["action"] for row in rows]})
    decisions = [expected(firm, row)["decision"] for row in rows]

    frame = polars.DataFrame(table)
    answers = polars.DataFrame(firm.decide(frame.with_columns(polars.col("action").cast(polars.Categorical))))
    assert answers["decision"].to_list() == decisions
    assert answers.group_by("decision").len().height == 3

    data = pandas.DataFrame({"user": [row["user"] for row in rows], "action": pandas.Categorical([row["action"] for row in rows])})
    read = pa.table(firm.decide(data)).to_pandas()
    assert [None if pandas.isna(one) else one for one in read["decision"]] == decisions
    assert str(read["rule"].dtype) == "category"

    connection, questions = duckdb.connect(), table
    assert questions.num_rows == len(rows)
    relation = connection.sql('select "user", action from questions')
    reader = pa.RecordBatchReader.from_stream(firm.decide(relation))
    counted = duckdb.connect().sql("select decision, count(*) from reader group by all order by all").fetchall()
    assert dict(counted) == {word: decisions.count(word) for word in ["allow", "deny", None]}

    batch = table.to_batches()[0]
    assert pa.table(firm.decide(batch))["decision"].to_pylist() == decisions


def test_other_columns_are_handed_on_by_name(firm: Firm) -> None:
    table = pa.table({"at": [1, 2], "user": ["wren", "tomas"], "action": ["create_bill"] * 2})
    with pytest.raises(ValueError, match=r'the column `at` says nothing of a question: .*keep=\["at"\]'):
        firm.decide(table)
    answers = pa.table(firm.decide(table, keep=["user", "at"]))
    assert answers.column_names[:3] == ["user", "at", "decision"]
    assert answers["at"].to_pylist() == [1, 2] and answers["user"].to_pylist() == ["wren", "tomas"]


@pytest.mark.parametrize(
    ("columns", "keep", "message"),
    [
        ({"user": ["a"]}, [], "there is no column `action`"),
        ({"user": ["a"], "action": ["b"], "targt": ["c"]}, [], "the column `targt` says nothing"),
        ({"user": ["a"], "action": ["b"]}, ["at"], "there is no column `at` to keep"),
        ({"user": ["a"], "action": ["b"], "rule": ["c"]}, ["rule"], "the answer has one of that name"),
    ],
)
def test_a_wrong_table_is_refused(firm: Firm, columns: dict[str, list[str]], keep: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        firm.decide(pa.table(columns), keep=keep)


def test_a_column_of_another_type_is_refused(firm: Firm) -> None:
    with pytest.raises(TypeError, match="the column `user` holds texts"):
        firm.decide(pa.table({"user": [1], "action": ["b"]}))
    with pytest.raises(Exception, match="facts are a struct, a map or texts"):
        pa.table(firm.decide(pa.table({"user": ["wren"], "action": ["open_matter"], "facts": [1]})))
    with pytest.raises(TypeError, match="a table is needed"):
        firm.decide(pa.array(["wren"]))


def test_answers_are_read_once_and_an_empty_table_has_none(firm: Firm) -> None:
    table = pa.table({"user": ["wren"], "action": ["create_bill"]})
    answers = firm.decide(table)
    assert pa.schema(answers).names == ["decision", "rule", "basis", "reason", "place", "error"]
    assert pa.table(answers).num_rows == 1
    with pytest.raises(ValueError, match="read already"):
        pa.table(answers)
    assert pa.table(firm.decide(table.slice(0, 0))).num_rows == 0


def test_a_stream_is_answered_batch_by_batch(firm: Firm) -> None:
    """Nothing is read before somebody asks for it, and nothing is kept."""
    size, produced = 100_000, 0
    schema = pa.schema([("user", pa.string()), ("action", pa.string())])

    def batches() -> Iterator[pa.RecordBatch]:
        nonlocal produced
        for number in range(12):
            produced += 1
            users = pa.array([f"user{number}_{row}" for row in range(size)])
            yield pa.record_batch([users, pa.array(["create_bill"] * size)], schema=schema)

    reader = pa.RecordBatchReader.from_stream(firm.decide(pa.RecordBatchReader.from_batches(schema, batches())))
    assert produced == 0
    used, rows, most = pa.total_allocated_bytes(), 0, 0
    for batch in reader:
        rows += batch.num_rows
        most = max(most, batch.num_rows)
        assert pa.total_allocated_bytes() - used < 64 << 20
    assert (rows, produced, most) == (12 * size, 12, 1 << 16)


def test_dictionaries_of_batches_may_differ(firm: Firm) -> None:
    def batch(users: list[str]) -> pa.RecordBatch:
        return pa.record_batch({"user": pa.array(users).dictionary_encode(), "action": pa.array(["create_bill"] * len(users))})

    tables = [["wren", "tomas"], ["tomas", "wren", "nobody"], ["nadia"]]
    rows = [{"user": user, "action": "create_bill"} for users in tables for user in users]
    assert are_right(firm, rows, firm.decide(pa.Table.from_batches([batch(users) for users in tables]))) == 1


def test_a_failing_stream_is_an_error_and_no_end(firm: Firm) -> None:
    schema = pa.schema([("user", pa.string()), ("action", pa.string())])

    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch([pa.array(["wren"]), pa.array(["create_bill"])], schema=schema)
        raise RuntimeError("the disk is gone")

    with pytest.raises(Exception, match="the disk is gone"):
        pa.table(firm.decide(pa.RecordBatchReader.from_batches(schema, batches())))


def test_a_firm_comes_from_a_table_of_people(firm: Firm) -> None:
    rulebook = firm.rulebook
    rows: list[tuple[Any, ...]] = [
        ("ada", "Ada", True, "manage", ["primary_subscriber"], None),
        ("ada", "Ada", True, "grow", ["admin"], None),
        ("ben", None, True, "manage", ["billing", "reports"], {"billing_rate_visibility": "own"}),
        ("cleo", "Cleo", False, "manage", [], None),
        ("dan", None, True, None, None, None),
    ]
    data: dict[str, Any] = {
        "firm": "One",
        "users": [
            {"id": "ada", "name": "Ada", "manage": {"roles": ["primary_subscriber"]}, "grow": {"roles": ["admin"]}},
            {"id": "ben", "manage": {"roles": ["billing", "reports"], "billing_rate_visibility": "own"}},
            {"id": "cleo", "name": "Cleo", "enabled": False, "manage": {}},
            {"id": "dan"},
        ],
    }
    names = ["user", "name", "enabled", "product", "roles", "settings"]
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    table = pa.table(columns)
    assert Firm.of(table, rulebook, name="One") == Firm.of(data, rulebook)
    assert Firm.of(polars.DataFrame(table), rulebook, name="One") == Firm.of(data, rulebook)
    with pytest.raises(ClioRulesError, match="did you mean"):
        Firm.of(table.set_column(4, "roles", pa.array([["primary_subscriber"], ["amdin"], ["billing"], [], None])), rulebook)
    for changed, message in [
        (table.drop(["product"]), "there is no column `product`"),
        (table.append_column("age", pa.array([1] * 5)), "the column `age` says nothing of people"),
        (pa.concat_tables([table, table]), "`ada` has two rows for manage"),
        (table.set_column(1, "name", pa.array(["Ada", "Ida", None, None, None])), "the rows of `ada` differ"),
    ]:
        with pytest.raises(ValueError, match=message):
            Firm.of(changed, rulebook)
