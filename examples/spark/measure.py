"""Measures `decide.py` on Spark and on Sail: rows a second by cores, memory, and what a billion decisions would cost.

    CLIO_RULES_WHEEL=clio_rules.whl measure.py --rows 100000000 --folder questions

The questions are Parquet of 1,000 firms, sorted by firm; they are made once and stay in the folder. The script decides as it stands, and
writes its answers as Parquet: starting the engine, reading and writing are part of the time. Each job is held to so many cores.

First each engine decides some questions out of every file, and each answer is compared with what the library says in this process. After each
job its answers are counted: there have to be as many of each decision as the library gives.
"""

import argparse
import collections
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from common import ANSWER, HERE, SPARK, WHEEL, children, firms, sail, unpack_wheel

FIRMS = 1_000
FILES = 50
# Questions of each file that are compared one by one.
SOME = 100
WRITTEN = {"all": ANSWER, "decision": ["decision"]}


def say(text):
    """What goes on, for somebody who looks on."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr, flush=True)


# ---------------------------------------------------------------- questions

class Questions:
    """Anybody, any action of Clio Manage, and where it needs one any target. One in a thousand is asked about somebody who is not there."""

    def __init__(self, engine):
        rulebook = engine.Rulebook.builtin()
        (manage,) = [product for product in rulebook.catalogue() if product["id"] == "manage"]
        self.chance = np.random.default_rng(17)
        self.users = [*engine.Firm.example(rulebook).users, "joker"]
        self.asked = []
        for action in manage["actions"]:
            targets = self.users if action["on_target"] else ["hale_estate"] if action.get("on_thing") else [None]
            self.asked += [(action["id"], target) for target in targets]

    def table(self, names, of_each):
        """So many questions about each of these firms, in dictionaries, as Parquet keeps them."""
        count = len(names) * of_each
        asked = self.chance.integers(len(self.asked), size=count, dtype="int32")
        users = self.chance.integers(len(self.users), size=count, dtype="int32")
        users[::1000] = len(self.users)
        columns = {
            "firm": (np.repeat(np.arange(len(names), dtype="int32"), of_each), names),
            "user": (users, [*self.users, "nobody"]),
            "action": (asked, [action for action, _ in self.asked]),
            "target": (asked, [target for _, target in self.asked]),
        }
        return pa.table({
            column: pa.DictionaryArray.from_arrays(pa.array(numbers), pa.array(words, pa.string())).cast(pa.string())
            for column, (numbers, words) in columns.items()
        })

    def write(self, names, rows, folder):
        folder.mkdir()
        for part in range(FILES):
            say(f"questions: file {part + 1} of {FILES}")
            size = len(names) // FILES
            of_part = names[part * size:(part + 1) * size]
            pq.write_table(self.table(of_part, rows // len(names)), folder / f"part-{part:02}.parquet")


def some_of(folder):
    """Some questions out of every file."""
    chance = np.random.default_rng(18)
    tables = []
    for file in sorted(folder.iterdir()):
        table = pq.read_table(file)
        tables.append(table.take(np.sort(chance.integers(len(table), size=SOME))))
    return pa.concat_tables(tables)


# ---------------------------------------------------------------- what the library says

class Library:
    """The answers of the library, in this process."""

    def __init__(self, engine, texts):
        self.engine = engine
        self.texts = texts
        self.rulebook = engine.Rulebook.builtin()
        self.loaded = {}

    def firm(self, name):
        if name not in self.loaded:
            self.loaded[name] = self.engine.Firm.from_text(self.texts[name], self.rulebook, name=name)
        return self.loaded[name]

    def answer(self, firm, user, action, target):
        try:
            decision = self.firm(firm).can(user, action, target)
        except self.engine.ClioRulesError as error:
            return None, None, None, error.message, None, error.code
        return "allow" if decision.allowed else "deny", decision.rule, decision.basis, decision.reason, decision.place, None

    def counts(self, folder):
        """How many questions have each decision."""
        counts = collections.Counter()
        for file in sorted(folder.iterdir()):
            say(f"the library: {file.name}")
            table = pq.read_table(file)
            ends = [*np.flatnonzero(np.diff(table["firm"].dictionary_encode().combine_chunks().indices.to_numpy())) + 1, len(table)]
            for begin, end in zip([0, *ends], ends):
                rows = table.slice(begin, end - begin)
                answers = pa.table(self.firm(rows["firm"][0].as_py()).decide(rows.drop_columns("firm")))
                counts.update(counted(answers["decision"]))
        return counts


def counted(decisions):
    return {one["values"]: one["counts"] for one in decisions.cast(pa.string()).value_counts().to_pylist()}


def check_some(name, library, folder):
    """Each answer is the library's."""
    for row in pq.read_table(folder).to_pylist():
        asked = row["firm"], row["user"], row["action"], row["target"]
        found = tuple(row[column] for column in ANSWER)
        if found != library.answer(*asked):
            raise SystemExit(f"{name}: {asked}: {found}, and the library says {library.answer(*asked)}")


def check_counts(name, right, folder):
    counts = collections.Counter()
    for file in sorted(folder.glob("*.parquet")):
        counts.update(counted(pq.read_table(file, columns=["decision"])["decision"]))
    if counts != right:
        raise SystemExit(f"{name}: {dict(counts)}, and the library says {dict(right)}")


# ---------------------------------------------------------------- jobs

@contextlib.contextmanager
def held_to(cores):
    """Whatever is started meanwhile runs on so many cores."""
    here = os.sched_getaffinity(0)
    if cores > len(here):
        raise SystemExit(f"there are no {cores} cores here")
    os.sched_setaffinity(0, sorted(here)[:cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, here)


class Watch(threading.Thread):
    """Watches all processes under this one: what they have in memory together, and the time of processors that each took."""

    def __init__(self):
        super().__init__(daemon=True)
        self.samples = []
        self.taken = {}
        self.done = threading.Event()

    def run(self):
        while not self.done.wait(0.5):
            below = {process: used(process) for process in children(os.getpid())}
            self.samples.append(sum(memory for memory, _ in below.values()))
            for process, (_, seconds) in below.items():
                self.taken[process] = max(seconds, self.taken.get(process, 0))

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.join()

    def peaks(self):
        """The most memory in the first half of the time, and in the second."""
        half = len(self.samples) // 2
        return max(self.samples[:half], default=0), max(self.samples[half:], default=0)


def used(process):
    """Memory of a process in bytes, and the seconds of processors that it took."""
    try:
        # What stands behind the name, which may have spaces.
        words = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0, 0
    return int(words[21]) * os.sysconf("SC_PAGE_SIZE"), (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def decide(where, questions, firms, out, columns):
    command = [sys.executable, HERE / "decide.py", *where, "--firms", firms, "--questions", questions, "--out", out, "--answer", ",".join(columns)]
    done = subprocess.run(command, env={**os.environ, **SPARK}, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(done.stdout[-3000:] + done.stderr[-6000:])


@contextlib.contextmanager
def engine(name, cores, packages):
    """Where the script finds an engine that has so many cores."""
    with held_to(cores):
        if name == "spark":
            yield ["--master", f"local[{cores}]", "--wheel", WHEEL]
        else:
            # One partition for each core, and batches as large as those of Spark.
            settings = {"SAIL_EXECUTION__DEFAULT_PARALLELISM": str(cores), "SAIL_EXECUTION__BATCH_SIZE": "65536"}
            with sail(packages, settings) as remote:
                yield ["--remote", remote]


def measured(name, cores, packages, job):
    with engine(name, cores, packages) as where, Watch() as watch:
        begun = time.monotonic()
        decide(where, *job)
        taken = time.monotonic() - begun
    return taken, sum(watch.taken.values()), watch.peaks()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000_000, help=f"questions, a multiple of {FIRMS:,} [default: %(default)s]")
    parser.add_argument("--folder", type=pathlib.Path, help="where the questions stay [default: a folder that goes away]")
    parser.add_argument("--engines", default="spark,sail", help="[default: %(default)s]")
    parser.add_argument("--cores", default="1,2", help="[default: %(default)s]")
    parser.add_argument("--written", default="all,decision", help="columns of the answer: all of them, or the decision alone [default: %(default)s]")
    parser.add_argument("--price", type=float, default=0.05, help="dollars an hour for one core [default: %(default)s]")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        scratch = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(dir=options.folder and options.folder.parent)))
        home = options.folder or scratch / "questions"
        packages = unpack_wheel(scratch / "packages")
        sys.path.insert(0, str(packages))
        import clio_rules

        texts = dict(firms(FIRMS))
        library = Library(clio_rules, texts)
        asked, of_firms = home / f"{options.rows}", scratch / "firms.parquet"
        pq.write_table(pa.table({"firm": list(texts), "text": list(texts.values())}), of_firms)
        if not asked.exists():
            home.mkdir(exist_ok=True)
            # A folder with this name is whole.
            shutil.rmtree(home / "half", ignore_errors=True)
            Questions(clio_rules).write(list(texts), options.rows, home / "half")
            (home / "half").rename(asked)
        pq.write_table(some_of(asked), scratch / "some.parquet")
        with held_to(1):
            begun = time.monotonic()
            right = library.counts(asked)
            taken = time.monotonic() - begun
        rows = sum(right.values())
        engines = options.engines.split(",")
        for name in engines:
            say(f"{name}: some questions")
            with engine(name, 1, packages) as where:
                decide(where, scratch / "some.parquet", of_firms, scratch / "some", ANSWER)
            check_some(name, library, scratch / "some")
            shutil.rmtree(scratch / "some")
        print(f"{rows:,} questions of {FIRMS:,} firms; {FILES * SOME:,} of them have the library's answer on {' and '.join(engines)}")
        print(f"{rows / taken:,.0f} rows/s by the library in one process on one core, reading included")
        print(f"the last two columns: a billion rows, at {options.price} dollars an hour for a core\n")
        line = "{:8}{:>6}{:>10}{:>9}{:>12}{:>12}{:>13}{:>16}{:>16}{:>12}{:>9}"
        head = ["seconds", "rows/s", "a core", "CPU seconds", "MB, first half", "MB, second half", "core-hours", "dollars"]
        print(line.format("", "cores", "columns", *head), flush=True)
        for name in engines:
            for written in options.written.split(","):
                for cores in map(int, options.cores.split(",")):
                    say(f"{name}: {cores} cores, {written}")
                    out = scratch / "answers"
                    taken, processors, (first, second) = measured(name, cores, packages, (asked, of_firms, out, WRITTEN[written]))
                    check_counts(name, right, out)
                    shutil.rmtree(out)
                    hours = 1e9 / rows * taken * cores / 3600
                    figures = [taken, rows / taken, rows / taken / cores, processors, first / 1e6, second / 1e6]
                    figures = [f"{figure:,.0f}" for figure in figures]
                    print(line.format(name, cores, written, *figures, f"{hours:.2f}", f"{hours * options.price:.3f}"), flush=True)


if __name__ == "__main__":
    main()
