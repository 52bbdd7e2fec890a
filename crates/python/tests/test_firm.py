"""What the package adds to the protocol: types of Python, threads, notebooks, and what cannot go wrong quietly."""

from __future__ import annotations

import datetime
import html
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

import clio_rules
import worlds
from clio_rules import Firm, Matrix, Review, Rulebook, Session


@pytest.fixture(scope="module")
def firm() -> Firm:
    return Firm.example(Rulebook.builtin())


def test_a_decision_is_neither_true_nor_false(firm: Firm) -> None:
    decision = firm.can("wren", "create_bill")
    with pytest.raises(TypeError, match=r"ask `decision\.allowed`"):
        bool(decision)
    verdict = firm.change("tomas", "grant", "wren", role="billing")
    with pytest.raises(TypeError, match=r"ask `verdict\.accepted`"):
        assert not verdict


def test_a_firm_comes_from_files_texts_and_data(tmp_path: Path) -> None:
    shipped = worlds.ROOT
    rulebook = Rulebook.from_folder(shipped / "rules")
    read = Firm.from_file(shipped / "fixtures" / "firm.yaml", rulebook)
    assert read == Firm.example(rulebook) and read != Firm.example(Rulebook.builtin())
    assert read.state == Firm.from_text(read.to_yaml(), rulebook).state
    data = {"firm": "One", "users": [{"id": "ada", "grow": {"roles": ["admin"]}}]}
    assert Firm.of(data, rulebook).users == ["ada"]
    path = tmp_path / "one.yaml"
    path.write_text("firm: One\nusers: [{id: ada, grow: {roles: [admin]}}]\n")
    assert Firm.from_file(str(path), rulebook) == Firm.of(data, rulebook)
    with pytest.raises(clio_rules.UnknownRole) as caught:
        Firm.of({"firm": "One", "users": [{"id": "ada", "grow": {"roles": ["amdin"]}}]}, rulebook)
    assert caught.value.place is not None and caught.value.help == "did you mean `admin`?"
    with pytest.raises(TypeError, match="__arrow_c_stream__"):
        Firm.of([1, 2], rulebook)  # type: ignore[arg-type]


def test_a_firm_is_looked_at_on_a_day() -> None:
    text = (worlds.FOLDER / "ends.yaml").read_text()
    rulebook = Rulebook.builtin()
    with pytest.raises(clio_rules.DayWanted):
        Firm.from_text(text, rulebook)
    last = Firm.from_text(text, rulebook, on=datetime.date(2026, 12, 31))
    after = Firm.from_text(text, rulebook, on="2027-01-01")
    assert last.can("ben", "create_bill").allowed and not after.can("ben", "create_bill").allowed
    with pytest.raises(ValueError, match="day"):
        Firm.from_text(text, rulebook, on="31.12.2026")


def test_facts_are_words_and_flags() -> None:
    records = worlds.firm("records")
    action = next(action for action in records.rulebook.catalogue()[0]["actions"] if action["facts"])
    fact = action["facts"][0]
    for value in fact["values"]:
        flag = {"true": True, "false": False}.get(value, value)
        assert records.can("alice", action["id"], facts={fact["id"]: value}).rule
        assert records.can("alice", action["id"], facts={fact["id"]: flag}).rule
    with pytest.raises(TypeError, match="facts are a dict"):
        records.can("alice", action["id"], facts=dict.fromkeys([fact["id"]], 1))  # type: ignore[arg-type]


def test_a_decision_outlives_everything_else() -> None:
    decision = Firm.example(Rulebook.builtin()).can("wren", "open_matter", facts={"matter_access": "not_listed"})
    assert decision.rule == "matter_keeps_to_its_list" and decision.target is None
    assert (decision.user, decision.action, decision.product) == ("wren", "open_matter", "manage")
    assert decision.to_dict()["facts"] == {"matter_access": "not_listed"}


def test_a_notebook_shows_pages(firm: Firm) -> None:
    reports: list[Matrix | Review] = [firm.matrix(), firm.review()]
    for report in reports:
        frame = report._repr_html_()
        page = html.unescape(frame.split('srcdoc="', 1)[1].split('" sandbox', 1)[0])
        assert page == report.html() and page.lower().startswith("<!doctype html>")
        assert "<script" not in page and report.markdown().startswith("#")
    assert firm.review("grow", only=["wren"]).to_dict()["people"][0]["user"] == "wren"
    with pytest.raises(clio_rules.UnknownProduct):
        firm.matrix("mange")


def test_threads_share_a_firm_and_a_session(firm: Firm) -> None:
    wrong: list[str] = []

    def ask() -> None:
        for _ in range(200):
            if firm.can("wren", "create_bill").reason != "needs billing":
                wrong.append("can")
            if firm.ask({"ask": "who_can", "action": "create_bill"})["yes"] is not True:
                wrong.append("ask")

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []

    session = Session(firm)
    words = ["grant", "revoke"] * 40
    changes = [{"ask": "apply", "user": "tomas", "change": word, "role": "billing", "target": "wren"} for word in words]
    threads = [threading.Thread(target=lambda: [session.ask(change) for change in changes]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.firm.users == firm.users


def test_long_work_lets_other_threads_go_on(firm: Firm) -> None:
    """A thread that counts goes on while another one loads rules: the lock of the interpreter is given back."""
    texts = {"rules/manage.yaml": "", "rules/grow.yaml": "", "rules/manage.rhai": ""}
    texts = {name: (worlds.ROOT / name).read_text() for name in texts}
    counted = 0
    done = threading.Event()

    def load() -> None:
        for _ in range(20):
            Rulebook.from_texts(texts)
        done.set()

    before = sys.getswitchinterval()
    # Whoever holds the lock is not asked for it within this test.
    sys.setswitchinterval(1000)
    try:
        thread = threading.Thread(target=load)
        thread.start()
        while not done.is_set():
            counted += 1
            time.sleep(0)
        thread.join()
    finally:
        sys.setswitchinterval(before)
    assert counted > 20


def test_a_second_interpreter_is_refused_where_python_can_tell() -> None:
    script = """
        import clio_rules
        try:
            import _interpreters as interpreters
        except ImportError:
            import _xxsubinterpreters as interpreters
        try:
            outcome = interpreters.run_string(interpreters.create(), "import clio_rules; print('imported', flush=True)")
            print(getattr(outcome, "formatted", outcome))
        except Exception as error:
            print(error)
    """
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=False)
    expected = "ImportError" if sys.version_info >= (3, 12) else "imported"
    assert expected in run.stdout, run


def test_what_is_built_is_what_the_workspace_says() -> None:
    manifest = (worlds.ROOT / "Cargo.toml").read_text()
    version = manifest.split("[workspace.package]\nversion = \"", 1)[1].split('"', 1)[0]
    assert clio_rules.__version__ == version
