"""The description of the server is valid, and whatever a tester makes of it is answered as it says."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

from openapi_spec_validator import validate

from servers import answering, served

CONFIG = Path(__file__).with_name("schemathesis.toml")


def described(url):
    with urllib.request.urlopen(f"{url}/openapi.json") as reply:
        return json.load(reply)


def run_tester(folder, *words):
    """What the tester ends with, and what it says."""
    command = [sys.executable, "-m", "schemathesis.cli", f"--config-file={CONFIG}", "run", *words, "--no-color"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    return done.returncode, done.stdout + done.stderr


def test_the_description_is_valid(tmp_path):
    with served(tmp_path) as (url, _):
        validate(described(url))


def test_the_tester_finds_nothing(tmp_path):
    with served(tmp_path) as (url, _):
        status, said = run_tester(tmp_path, f"{url}/openapi.json", "--checks=all")
        print(said)
        assert (status, "API Operations:\n  Selected: 8/8\n  Tested: 8" in said) == (0, True)


def test_the_tester_finds_what_is_wrong(tmp_path):
    with served(tmp_path) as (url, _):
        (tmp_path / "openapi.json").write_text(json.dumps(described(url)))
    with answering(lambda *_: {"decision": "yes"}) as wrong:
        words = ["--checks=all", "--include-path=/access/v1/evaluation", "--max-examples=10"]
        status, said = run_tester(tmp_path, str(tmp_path / "openapi.json"), f"--url={wrong}", *words)
    assert status == 1
    assert "Response violates schema" in said and "Schema-violating request accepted" in said
