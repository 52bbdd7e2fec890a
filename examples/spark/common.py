"""What `verify.py` and `measure.py` share: firms to ask about, the wheel, a server of Sail, and the processes under a process."""

import contextlib
import os
import pathlib
import socket
import subprocess
import sys
import time
import zipfile

import pyspark

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROGRAM = os.environ.get("CLIO_RULES", str(ROOT / "target/debug/clio-rules"))
EXPORT = os.environ.get("CLIO_RULES_EXPORT", str(ROOT / "target/debug/clio-rules-export"))
WHEEL = os.environ["CLIO_RULES_WHEEL"]
ANSWER = ["decision", "rule", "basis", "reason", "place", "error"]
# So that Spark runs its workers with this Python.
SPARK = {"SPARK_HOME": os.path.dirname(pyspark.__file__), "PYSPARK_PYTHON": sys.executable}


def firms(count):
    """The example firm, with another somebody in each: the answers of firms differ."""
    text = (ROOT / "fixtures/firm.yaml").read_text()
    roles = ["accounts", "reports", "billing", "administrator"]
    for number in range(count):
        held = [role for bit, role in enumerate(roles) if number >> bit & 1]
        yield f"firm_{number}", f"{text}\n  - id: joker\n    manage: {{ roles: [{', '.join(held)}] }}\n"


def unpack_wheel(folder):
    """A folder in which the package is found."""
    with zipfile.ZipFile(WHEEL) as packed:
        packed.extractall(folder)
    return folder


def children(parent):
    """Processes under this one, with their command lines."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    found, new = {}, {str(parent)}
    while new:
        below = {row[0]: row[2] for row in rows if row[1] in new and len(row) == 3}
        new = set(below) - set(found)
        found.update(below)
    return found


@contextlib.contextmanager
def sail(packages, settings=None):
    """The address of a Sail server in a process of its own, which finds the package among these: it takes none along with a job."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = pathlib.Path(sys.executable).parent / "sail"
    found = {**os.environ, "PYTHONPATH": str(packages), **(settings or {})}
    server = subprocess.Popen([program, "spark", "server", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=found)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.2)
        yield f"sc://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)
