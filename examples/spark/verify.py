"""Runs `decide.py` on a real cluster of Spark and on Sail, and compares every answer with the command line's; and the commands of the README and
those for Spark SQL of `docs/export.md` as they stand there.

    verify.py               all of it
    verify.py sql sail      some of it: sql, readme, spark, sail

CLIO_RULES and CLIO_RULES_EXPORT name the programs, CLIO_RULES_WHEEL the wheel. On Spark one executor is killed while the job runs.
"""

import contextlib
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

import pyarrow as pa
import pyarrow.parquet as pq

from common import ANSWER, EXPORT, HERE, PROGRAM, ROOT, SPARK, WHEEL, children, firms, sail, unpack_wheel

# ---------------------------------------------------------------- questions

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
    command = [sys.executable, HERE / "decide.py", "--master", "local-cluster[2,1,1024]", "--wheel", WHEEL,
               "--firms", scratch / "firms.parquet", "--questions", scratch / "questions", "--out", scratch / "spark"]
    killed = []
    with open(scratch / "spark.log", "w") as log:
        # Without the package in the environment: it has to come with the wheel.
        job = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **SPARK})
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


def on_sail(scratch):
    with sail(unpack_wheel(scratch / "packages")) as remote:
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
    print("the commands of the document for Spark SQL: deny", flush=True)


def by_readme(scratch, right):
    """The commands of the README, as they stand there, one block after the other in a folder that has what they name."""
    page = (HERE / "README.md").read_text()
    blocks = re.findall(r"^```sh\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    folder = scratch / "readme"
    folder.mkdir()
    for file in [HERE / "decide.py", HERE / "requirements.txt", WHEEL, scratch / "firms.parquet"]:
        shutil.copy(file, folder)
    shutil.copytree(scratch / "questions", folder / "questions.parquet")
    for place, (engine, block) in enumerate(zip(["Spark", "Sail"], blocks, strict=True)):
        with open(folder / f"log-{place}", "w+") as log:
            # A session of its own, with which a server that was left in the background ends.
            job = subprocess.Popen(["bash", "-e", "-c", block], cwd=folder, stdout=log, stderr=log, start_new_session=True)
            try:
                code = job.wait()
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(job.pid, signal.SIGTERM)
            if code != 0:
                log.seek(0)
                raise SystemExit(f"examples/spark/README.md: {block}\n{log.read()[-6000:]}")
        compare(f"the commands of the README for {engine}", right, read(folder / "answers"))
        shutil.rmtree(folder / "answers")


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
        which = sys.argv[1:] or ["sql", "readme", "spark", "sail"]
        if "sql" in which:
            by_sql(scratch)
        if "readme" in which:
            by_readme(scratch, right)
        if "spark" in which:
            compare("Spark", right, on_spark(scratch))
        if "sail" in which:
            compare("Sail", right, on_sail(scratch))
        wrong = {**right, 0: ("allow", *right[0][1:]) if right[0][0] == "deny" else ("deny", *right[0][1:])}
        try:
            compare("a wrong answer", wrong, right)
        except SystemExit:
            print("a wrong answer is noticed")
        else:
            raise SystemExit("nobody noticed a wrong answer")


if __name__ == "__main__":
    main()
