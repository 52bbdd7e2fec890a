"""The examples of docstrings and of the README run, and the stubs say what there is."""

from __future__ import annotations

import ast
import contextlib
import doctest
import inspect
import io
import re
from pathlib import Path
from typing import Any

import pytest

import clio_rules
from clio_rules import _engine, _error

PACKAGE = Path(__file__).parent.parent
CLASSES = [value for value in vars(_engine).values() if inspect.isclass(value)]


def described() -> list[tuple[str, Any]]:
    """Everything with a docstring that the package hands out, each class with its members."""
    found: list[tuple[str, Any]] = [("clio_rules", clio_rules), ("ClioRulesError", _error.ClioRulesError)]
    for of in CLASSES:
        found.append((of.__name__, of))
        found += [(f"{of.__name__}.{name}", member) for name, member in vars(of).items() if not name.startswith("__")]
    return found


def test_the_examples_of_docstrings_run() -> None:
    runner = doctest.DocTestRunner(verbose=False)
    attempted = 0
    for name, value in described():
        doc = inspect.getdoc(value) or ""
        firm = clio_rules.Firm.example(clio_rules.Rulebook.builtin())
        known = {**vars(clio_rules), "firm": firm}
        test = doctest.DocTestParser().get_doctest(doc, known, name, None, None)
        runner.run(test)
        attempted += len(test.examples)
    assert runner.failures == 0 if hasattr(runner, "failures") else runner.summarize().failed == 0
    assert attempted > 60


def test_everything_has_a_docstring() -> None:
    without = [name for name, value in described() if not inspect.getdoc(value) and not name.endswith("_repr_html_")]
    assert without == []


def test_the_readme_runs() -> None:
    text = (PACKAGE / "README.md").read_text()
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) >= 3
    assert len(blocks[0].split("# False")[0].strip().splitlines()) == 5
    known: dict[str, Any] = {}
    for block in blocks:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(block, known)
        said = re.findall(r"^# (.*)$", block, re.MULTILINE)
        assert printed.getvalue().splitlines() == said


@pytest.mark.parametrize("of", CLASSES, ids=lambda of: of.__name__)
def test_stubs_have_what_there_is(of: type) -> None:
    stub = ast.parse((PACKAGE / "python" / "clio_rules" / "_engine.pyi").read_text())
    classes = {node.name: node for node in stub.body if isinstance(node, ast.ClassDef)}
    members = {node.name: node for node in classes[of.__name__].body if isinstance(node, ast.FunctionDef)}
    there = {name for name in vars(of) if not name.startswith("__") or name.startswith("__arrow")}
    assert {name for name in members if not name.startswith("__") or name.startswith("__arrow")} == there
    for name in there:
        member = inspect.getattr_static(of, name)
        is_property = not callable(member) and not isinstance(member, staticmethod)
        decorators = {ast.unparse(one) for one in members[name].decorator_list}
        assert ("property" in decorators) == is_property, name
        if is_property:
            continue
        arguments = members[name].args
        written = [one.arg for one in [*arguments.args, *arguments.kwonlyargs]]
        assert written == list(inspect.signature(getattr(of, name)).parameters) or written == [
            "self",
            *inspect.signature(getattr(of, name)).parameters,
        ], name
