"""Measures the query of an export in DuckDB and in PostgreSQL: rows a second, by cores.

    measure.py --rows 10000000

The firm is the first of `verify.py`. Its questions are drawn by chance from those that can be asked: of the table `names` none has facts, of the
table `facts` every one, as JSON. What is measured makes every column of the answer for every row, and counts rows that have them alike; the counts
have to be those of the library. Programs are named as for `verify.py`.
"""

import argparse
import collections
import contextlib
import json
import os
import pathlib
import random
import statistics
import sys
import tempfile
import time

from verify import QUESTION, QUOTED, ROOT, Postgres, ask_duckdb, by_library, exported, firms, questions, write_questions

COUNTED = f"SELECT {QUOTED}, count(*) FROM answers GROUP BY {QUOTED}"
# Questions that the tables of many are drawn from, and people that are somebody's target.
POOL = 20_000
TARGETS = 12


def say(text):
    """What goes on, for somebody who looks on."""
    if sys.stderr.isatty():
        print(text, file=sys.stderr, flush=True)


def pools(options, firm, chance):
    """Questions that have an answer, with it: without facts, and with."""
    people = [one["id"] for one in chance.sample(firm["users"], TARGETS)]
    asked = list(dict.fromkeys(questions(options, firm, people)))
    asked = chance.sample(asked, min(len(asked), 10 * POOL))
    answered = [(question, answer) for question, answer in zip(asked, by_library(options, asked), strict=True) if answer[-1] is None]
    for name, has_facts in [("names", False), ("facts", True)]:
        pool = [one for one in answered if (one[0][-1] is not None) == has_facts]
        yield name, pool[:POOL]


def draw(rows, pool, series):
    """Statements that make the table of questions out of the few that it is drawn from."""
    columns = ", ".join(f'pool."{name}"' for name in ["number", *QUESTION])
    return f"""
        ALTER TABLE questions RENAME TO pool;
        CREATE TABLE questions AS SELECT {columns} FROM
            (SELECT CAST(floor(random() * {pool}) AS BIGINT) AS number FROM {series} AS series) AS drawn JOIN pool ON pool.number = drawn.number;
        ANALYZE;
    """


def check(engine, pool, drawn, found):
    """As many rows have each answer as the library gives."""
    right = collections.Counter()
    for number, count in drawn:
        right[pool[int(number)][1]] += int(count)
    given = {tuple(row[:-1]): int(row[-1]) for row in found}
    if given != right:
        raise SystemExit(f"{engine}: {list(set(given.items()) ^ set(right.items()))[:4]} are not the library's")


class DuckDb:
    name = "DuckDB"

    def __init__(self, folder, table, rows, pool):
        self.base = ask_duckdb(folder, table, draw(rows, pool, f"range({rows})"), folder / "measured.db")

    def rows(self, query):
        return self.base.execute(query).fetchall()

    def counted(self, cores):
        self.base.execute(f"SET threads = {cores}")
        return self.rows(COUNTED)


class PostgreSql:
    name = "PostgreSQL"

    def __init__(self, server, folder, table, rows, pool):
        self.server = server
        server.ask("measured", folder, table, draw(rows, pool, f"generate_series(1, {rows})"))

    def rows(self, query):
        return list(self.server.rows(query, "measured"))

    def counted(self, cores):
        # The process of the session works as well.
        self.server.psql(f"ALTER DATABASE measured SET max_parallel_workers_per_gather = {cores - 1}", "postgres")
        return self.rows(COUNTED)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000_000, help="questions [default: %(default)s]")
    parser.add_argument("--engines", default="duckdb,postgres", help="[default: %(default)s]")
    parser.add_argument("--cores", default="1,2", help="[default: %(default)s]")
    parser.add_argument("--rounds", type=int, default=3, help="[default: %(default)s]")
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        scratch = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        _, firm = next(firms())
        file = scratch / "firm.yaml"
        file.write_text(json.dumps(firm))
        options = ["--rules", str(ROOT / "rules"), "--firm", str(file)]
        made = dict(pools(options, firm, random.Random(17)))
        print(f"{asked.rows:,} questions of {len(firm['users'])} people; median of {asked.rounds} rounds\n")
        print(f"{'':12}{'questions':>10}{'cores':>6}{'seconds':>10}{'rows/s':>14}{'a core':>14}", flush=True)
        for engine in asked.engines.split(","):
            for name, pool in made.items():
                say(f"{engine}: makes {asked.rows:,} questions, {name}")
                table = write_questions(scratch / "questions.csv", [question for question, _ in pool])
                folder = exported(options, "csv", scratch / f"{engine}_{name}")
                if engine == "postgres":
                    home = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pg")))
                    os.chmod(home, 0o755)
                    base = PostgreSql(stack.enter_context(Postgres(home)), folder, table, asked.rows, len(pool))
                else:
                    base = DuckDb(folder, table, asked.rows, len(pool))
                drawn = base.rows("SELECT number, count(*) FROM questions GROUP BY number")
                taken = collections.defaultdict(list)
                for round in range(asked.rounds):
                    for cores in map(int, asked.cores.split(",")):
                        say(f"{engine}: {name}, round {round + 1}, {cores} cores")
                        begun = time.monotonic()
                        found = base.counted(cores)
                        taken[cores].append(time.monotonic() - begun)
                        check(base.name, pool, drawn, found)
                for cores, times in taken.items():
                    rate = asked.rows / statistics.median(times)
                    print(f"{base.name:12}{name:>10}{cores:6}{asked.rows / rate:10.2f}{rate:14,.0f}{rate / cores:14,.0f}", flush=True)


if __name__ == "__main__":
    main()
