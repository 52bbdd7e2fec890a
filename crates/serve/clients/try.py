"""Asks a server with clients that others wrote, and with a tester that reads its OpenAPI document.

    python try.py PROGRAM RULEBOOKS

PROGRAM is clio-rules-serve, RULEBOOKS the folder `tests/rulebooks` of the repository.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

from authzen_backend import AuthZENBackend
from decern import Client, DecernError
from openapi_spec_validator import validate

PROGRAM, RULEBOOKS = sys.argv[1], pathlib.Path(sys.argv[2])


class Server:
    """A server on a free port, for as long as the block lasts."""

    def __init__(self, firm: pathlib.Path, *options: str):
        rules = RULEBOOKS / "authzen" / "rules"
        words = [PROGRAM, "--listen", "127.0.0.1:0", "--rules", str(rules), "--firm", str(firm)]
        words += ["--no-fixtures", *options]
        self.process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if found := re.search(r"http://[0-9.]+:[0-9]+", line):
                self.url = found[0]
                return
        raise SystemExit("the server does not start")

    def __enter__(self) -> str:
        return self.url

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate(timeout=10)


def same(got, expected, asked):
    if got != expected:
        raise SystemExit(f"{asked}: {got!r}, and not {expected!r}")


def client_of_decern(url: str):
    client = Client(url)
    same(client.healthy(), True, "healthy")
    user = lambda id, **properties: {"type": "user", "id": id, "properties": properties}
    record = lambda id, **properties: {"type": "record", "id": id, "properties": properties}
    for subject, action, resource, expected in [
        (user("alice"), "read", record("record-1"), True),
        (user("bob"), "write", record("record-1"), False),
        (user("alice"), "write", record("record-2", status="archived"), False),
        (user("bob", role="admin"), "write", record("record-2", status="archived"), True),
        (user("alice"), {"name": "delete", "properties": {"soft": True}}, record("record-1"), True),
        (user("nobody"), "read", record("record-1"), False),
    ]:
        decision = client.evaluate(subject, action, resource, {"time": "2026-01-01T00:00:00Z"})
        same(decision.allowed, expected, (subject, action, resource))
    try:
        client.evaluate({"type": "user"}, "read", record("record-1"))
        raise SystemExit("a subject without an id was accepted")
    except DecernError as error:
        same(error.status_code, 400, "a subject without an id")


def backend_of_agents(url: str):
    with AuthZENBackend(
        f"{url}/access/v1/evaluation", "records", token="none", default_resource_type="record"
    ) as backend:
        for agent, action, record, expected in [
            ("alice", "read", "record-1", True),
            ("alice", "write", "record-1", True),
            ("bob", "write", "record-1", False),
            ("carol", "read", "record-1", False),
        ]:
            asked = {"agent_id": agent, "action": action, "resource_id": record, "tool_name": "records"}
            decision = backend.evaluate(asked)
            same((decision.allowed, decision.error), (expected, None), asked)


def tester(url: str):
    with urllib.request.urlopen(f"{url}/openapi.json") as reply:
        validate(json.load(reply))
    tests = [
        (["--exclude-path", "/v1/ask"], []),
        # Which words go together in a question of the protocol, its schema does not say.
        (["--include-path", "/v1/ask", "--phases", "fuzzing"], ["--exclude-checks", "positive_data_acceptance"]),
    ]
    for paths, checks in tests:
        words = [sys.executable, "-m", "schemathesis.cli", "run", f"{url}/openapi.json", "--url", url]
        words += ["-n", "25", "--seed", "1", *paths, *checks]
        subprocess.run(words, check=True)


def main():
    firm = RULEBOOKS / "authzen" / "firm.yaml"
    with Server(firm) as url:
        client_of_decern(url)
        tester(url)
    # That client puts words before the ids.
    text = firm.read_text()
    for name in ["alice", "bob"]:
        text = re.sub(rf"\b{name}\b", f'"auth:agent:agentmesh:{name}"', text)
    with tempfile.TemporaryDirectory() as folder:
        firm = pathlib.Path(folder) / "firm.yaml"
        firm.write_text(text)
        with Server(firm, "--subject-type", "ai_agent") as url:
            backend_of_agents(url)
    print("all clients got their answers")


main()
