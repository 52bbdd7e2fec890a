"""Runs `decide.py` on a real cluster of Spark and on Sail, and compares every answer with the command line's; and the commands for Spark SQL
of `docs/export.md`.

CLIO_RULES and CLIO_RULES_EXPORT name the programs, CLIO_RULES_WHEEL the wheel. On Spark one executor is killed while the job runs.
"""

import contextlib
import itertools
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PROGRAM = os.environ.get("CLIO_RULES", str(ROOT / "target/debug/clio-rules"))
EXPORT = os.environ.get("CLIO_RULES_EXPORT", str(ROOT / "target/debug/clio-rules-export"))
WHEEL = os.environ["CLIO_RULES_WHEEL"]
ANSWER = ["decision", "rule", "basis", "reason", "place", "error"]

# ---------------------------------------------------------------- firms and questions

def firms(count):
    """The example firm, with another somebody in each: the answers of firms differ."""
    text = (ROOT / "fixtures/firm.yaml").read_text()
    roles = ["accounts", "reports", "billing", "administrator"]
    for number in range(count):
        held = [role for bit, role in enumerate(roles) if number >> bit & 1]
        yield f"firm_{number}", f"{text}\n  - id: joker\n    manage: {{ roles: [{', '.join(held)}] }}\n"


def questions(names):
    """Every action of Clio Manage by a few people, on a few targets, in every firm; and some that cannot be asked."""
    done = subprocess.run([PROGRAM, "batch", "--rules", ROOT / "rules"], input='{"ask":"catalogue"}\n', capture_output=True, text=True)
    manage = next(product for product in json.loads(done.stdout)["products"] if product["id"] == "manage")
    for name, user in itertools.product(names, ["joker", "wren", "tomas", "nobody"]):
        for action in manage["actions"]:
            targets = ["joker", "nadia"] if action["on_target"] else ["hale_estate", "nowhere"] if "on_thing" in action else [None]
            for target in targets:
                yield name, "manage", user, action["id"], target, None
            for fact in action["facts"]:
                yield name, None, user, action["id"], None, json.dumps({fact["id"]: fact["values"][-1]})


def by_command_line(texts, asked, scratch):
    """The answers of the command line, by number of the question."""
    answers = {}
    for name, of_firm in itertools.groupby(enumerate(asked), key=lambda one: one[1][0]):
        of_firm = list(of_firm)
        file = scratch / "firm.yaml"
        file.write_text(texts[name])
        lines = []
        for _, (_, product, user, action, target, facts) in of_firm:
            line = {"product": product, "user": user, "action": action, "target": target, "facts": facts and json.loads(facts)}
            lines.append(json.dumps({key: value for key, value in line.items() if value is not None}))
        done = subprocess.run([PROGRAM, "batch", "--firm", file], input="\n".join(lines) + "\n", capture_output=True, text=True, cwd=scratch)
        for (number, _), reply in zip(of_firm, done.stdout.splitlines(), strict=True):
            reply = json.loads(reply)
            error = reply.get("error")
            # Where a question cannot be asked, the reason is what the error says.
            words = {"error": error["code"], "reason": error["message"]} if error else reply
            answers[number] = tuple(words.get(column) for column in ANSWER)
    return answers


def read(folder):
    rows = pq.read_table(folder).to_pylist()
    return {row["number"]: tuple(row[column] for column in ANSWER) for row in rows}


def compare(engine, right, found):
    wrong = [number for number in right if found.get(number) != right[number]]
    if wrong or len(found) != len(right):
        first = wrong[0] if wrong else None
        raise SystemExit(f"{engine}: {len(found)} of {len(right)} answers, {len(wrong)} wrong; {right.get(first)}, not {found.get(first)}")
    print(f"{engine}: {len(right)} answers equal", flush=True)


# ---------------------------------------------------------------- engines

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


def kill_an_executor(job, killed, log):
    """Kills one executor of the job once tasks run on it."""
    while job.poll() is None and not killed:
        below = children(job.pid)
        executors = [pid for pid, words in below.items() if "CoarseGrainedExecutorBackend" in words and "java" in words]
        busy = [pid for pid in executors if any("daemon" in words for words in children(pid).values())]
        if len(executors) == 2 and busy:
            os.kill(int(busy[0]), signal.SIGKILL)
            killed.append(busy[0])
        time.sleep(0.2)


def on_spark(scratch):
    """A cluster of two workers, each a process of its own, one of which loses its executor."""
    import pyspark

    home = os.path.dirname(pyspark.__file__)
    command = [sys.executable, HERE / "decide.py", "--master", "local-cluster[2,1,1024]", "--wheel", WHEEL,
               "--firms", scratch / "firms.parquet", "--questions", scratch / "questions", "--out", scratch / "spark"]
    killed = []
    with open(scratch / "spark.log", "w") as log:
        # Without the package in the environment: it has to come with the wheel.
        job = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "SPARK_HOME": home, "PYSPARK_PYTHON": sys.executable})
        watch = threading.Thread(target=kill_an_executor, args=(job, killed, log))
        watch.start()
        code = job.wait()
        watch.join()
    said = (scratch / "spark.log").read_text()
    if code != 0:
        raise SystemExit(said[-6000:])
    if not killed or "Lost executor" not in said and "ExecutorLost" not in said:
        raise SystemExit(f"no executor was lost: killed {killed}\n{said[-3000:]}")
    print(f"Spark: executor with the process {killed[0]} was killed, and the job went on", flush=True)
    return read(scratch / "spark")


@contextlib.contextmanager
def sail(packages):
    """The address of a Sail server in a process of its own, which finds the package among these: it takes none along with a job."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = pathlib.Path(sys.executable).parent / "sail"
    command = [program, "spark", "server", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(packages)})
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.2)
        yield f"sc://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def on_sail(scratch):
    with zipfile.ZipFile(WHEEL) as packed:
        packed.extractall(scratch / "packages")
    with sail(scratch / "packages") as remote:
        command = [sys.executable, HERE / "decide.py", "--remote", remote,
                   "--firms", scratch / "firms.parquet", "--questions", scratch / "questions", "--out", scratch / "sail"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(done.stdout[-3000:] + done.stderr[-6000:])
    return read(scratch / "sail")


def by_sql(scratch):
    """The commands of the document, as they stand there, in an export of the example firm."""
    page = (ROOT / "docs/export.md").read_text()
    (block,) = re.findall(r"^```sh\n([^`]*^spark-sql .*?)^```$", page, re.DOTALL | re.MULTILINE)
    folder = scratch / "tables"
    example = ["--rules", ROOT / "rules", "--firm", ROOT / "fixtures/firm.yaml"]
    subprocess.run([EXPORT, "--format", "parquet", *example, folder], check=True, capture_output=True)
    path = os.pathsep.join([str(pathlib.Path(sys.executable).parent), os.environ["PATH"]])
    done = subprocess.run(["bash", "-e", "-c", block], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True)
    if "wren\tcreate_bill\tdeny\tneeds billing" not in done.stdout:
        raise SystemExit(f"docs/export.md: {done.stdout}\n{done.stderr}")
    print("the commands of the document for Spark SQL: deny")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        texts = dict(firms(16))
        asked = list(questions(texts))
        right = by_command_line(texts, asked, scratch)
        pq.write_table(pa.table({"firm": list(texts), "text": list(texts.values())}), scratch / "firms.parquet")
        columns = ["firm", "product", "user", "action", "target", "facts"]
        table = {column: pa.array([one[place] for one in asked], pa.string()) for place, column in enumerate(columns)}
        table = pa.table({"number": pa.array(range(len(asked)), pa.int64()), **table})
        # Many files, so that there are tasks left when an executor is killed.
        (scratch / "questions").mkdir()
        for part in range(64):
            size = -(-len(table) // 64)
            pq.write_table(table.slice(part * size, size), scratch / "questions" / f"part-{part:02}.parquet")
        which = sys.argv[1:] or ["sql", "spark", "sail"]
        if "sql" in which:
            by_sql(scratch)
        if "spark" in which:
            compare("Spark", right, on_spark(scratch))
        if "sail" in which:
            found = on_sail(scratch)
            compare("Sail", right, found)
        wrong = {**right, 0: ("allow", *right[0][1:]) if right[0][0] == "deny" else ("deny", *right[0][1:])}
        try:
            compare("a wrong answer", wrong, right)
        except SystemExit:
            print("a wrong answer is noticed")
        else:
            raise SystemExit("nobody noticed a wrong answer")


if __name__ == "__main__":
    main()
