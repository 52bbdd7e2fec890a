"""The server itself on a free port, and stand-ins for what else a client asks: wrong decisions, and tokens."""

import contextlib
import http.server
import json
import os
import re
import subprocess
import threading
import time

import yaml

from questions import ROOT

PROGRAM = os.environ.get("CLIO_RULES_SERVE", str(ROOT / "target/debug/clio-rules-serve"))


@contextlib.contextmanager
def served(folder, rulebook=None, *, subject_type="user", prefix="", key=False):
    """The address of a server for a rulebook, or for the built-in rules and firm; and its key, where it wants one."""
    options = ["--listen", "127.0.0.1:0", "--subject-type", subject_type]
    home = ROOT / "tests/rulebooks" / rulebook if rulebook else ROOT / "fixtures"
    firm = home / "firm.yaml"
    if rulebook:
        options += ["--rules", str(home / "rules")]
    if prefix:
        # The fixtures of the rules know users without the prefix.
        firm = renamed(yaml.safe_load(firm.read_text()), prefix)
        (folder / "firm.yaml").write_text(yaml.safe_dump(firm, sort_keys=False))
        options += ["--firm", str(folder / "firm.yaml"), "--no-fixtures"]
    elif rulebook:
        options += ["--firm", str(firm)]
    if key:
        made = subprocess.run([PROGRAM, "--new-key", "tests"], capture_output=True, text=True, check=True)
        key = re.search(r"clio_rules_\w+", made.stderr)[0]
        (folder / "keys.yaml").write_text("keys:\n" + made.stdout)
        options += ["--keys", str(folder / "keys.yaml")]
    with (folder / "log").open("w+") as log:
        process = subprocess.Popen([PROGRAM, *options], stderr=log, stdout=subprocess.DEVNULL)
        try:
            yield address(process, folder / "log"), key or "a key that nobody looks at"
        finally:
            process.terminate()
            process.wait(30)


def address(process, log):
    """Where the server listens, as soon as it does."""
    for _ in range(1200):
        said = log.read_text()
        if found := re.search(r"listening on (http://\S+)", said):
            return found[1]
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"the server does not listen:\n{said}")


def renamed(firm, prefix):
    """A firm whose users have a prefix before their ids, wherever these stand."""
    ids = {user["id"] for user in firm["users"]}

    def of(value):
        if isinstance(value, dict):
            return {key: of(one) for key, one in value.items()}
        if isinstance(value, list):
            return [of(one) for one in value]
        return prefix + value if isinstance(value, str) and value in ids else value

    return of(firm)


@contextlib.contextmanager
def answering(reply):
    """The address of something that gives the same reply to whatever is posted, made of its path and body."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = json.dumps(reply(self.path, body)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def always(decision):
    """A decision point that gives one decision to everything, and finds nothing."""

    def reply(path, body):
        if "/search/" in path:
            return {"results": []}
        items = json.loads(body).get("evaluations")
        return {"evaluations": [{"decision": decision}] * len(items)} if items else {"decision": decision}

    return answering(reply)


def token_endpoint(key):
    """An endpoint of OAuth that gives the key of the server as a token."""
    return answering(lambda *_: {"access_token": key, "token_type": "Bearer", "expires_in": 3600})
