"""Asks a firm everything by the library, by DuckDB and by PostgreSQL, and compares every answer.

The firms are those of everybody whom the rules tell apart, by roles under two owners, and by settings as well; the example firm; and those of
rulebooks of other products.

CLIO_RULES and CLIO_RULES_EXPORT name the programs. PostgreSQL is started on a socket of a temporary folder, and stopped.
"""

import collections
import contextlib
import csv
import glob
import itertools
import json
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time

import duckdb
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[3]
PROGRAM = os.environ.get("CLIO_RULES", str(ROOT / "target/debug/clio-rules"))
EXPORT = os.environ.get("CLIO_RULES_EXPORT", str(ROOT / "target/debug/clio-rules-export"))
ANSWER = ["decision", "rule", "basis", "reason", "place", "error"]
QUESTION = ["product", "user", "action", "target", "facts"]
QUOTED = ", ".join(f'"{name}"' for name in ANSWER)


# ---------------------------------------------------------------- firms

def kinds(product, roles, settings):
    """Every seat with these roles or some of them: with each value of these settings."""
    for count in range(len(roles) + 1):
        for held in itertools.combinations(roles, count):
            for values in itertools.product(*settings.values()):
                yield {"roles": list(held), **dict(zip(settings, values))}


def firms():
    """Firms of everybody whom the built-in rules tell apart, with those who are somebody's target: by roles under two owners, and by settings."""
    manage = {product["id"]: product for product in catalogue(["--rules", str(ROOT / "rules")])}["manage"]
    roles = [role["id"] for role in manage["roles"] if role["id"] != "primary_subscriber"]
    every = {setting["id"]: setting["values"] for setting in manage["settings"]}
    usual = {setting["id"]: [setting["default"]] for setting in manage["settings"]}
    by_roles = list(kinds("manage", roles, usual))
    by_roles += [seat for seat in kinds("manage", roles[-1:], every) if seat not in by_roles]
    by_settings = list(kinds("manage", roles, every))
    # Targets: everybody once, or where they are many some of them.
    once = lambda ids: [name for name in ids if not name.startswith("second")] + ["second_1", "second_2"]
    some = lambda ids: ids[::32]
    made = [([], by_roles, once), (roles, by_roles, once), ([], by_settings, some)]
    grow = [{"roles": ["normal"]}, {"roles": ["admin"]}, None]
    for number, (of_owner, seats, targets) in enumerate(made):
        users = [user("owner", True, {"roles": ["primary_subscriber", *of_owner]}, grow[number % 3])]
        for copy in ["first", "second"]:
            for place, (enabled, seat) in enumerate(itertools.product([True, False], [None, *seats])):
                users.append(user(f"{copy}_{place}", enabled, seat, grow[(place + (copy == "second")) % 3]))
        ids = [one["id"] for one in users]
        yield targets(ids), {
            "firm": f"Everybody {number}",
            "groups": {"some": ids[1::7], "others": ["some", ids[3]]},
            "things": {"matter": [
                {"id": "closed", "access": []},
                {"id": "by_name", "access": ids[::5]},
                {"id": "by_group", "access": ["others"]},
                {"id": "both", "access": ["some", ids[0]]},
                {"id": "all", "access": ids},
                {"id": "open"},
            ]},
            "users": users,
        }


def user(name, enabled, manage, grow):
    one = {"id": name, "enabled": enabled, "manage": manage, "grow": grow}
    return {key: value for key, value in one.items() if value is not None}


# ---------------------------------------------------------------- questions

def catalogue(options):
    lines = run([PROGRAM, "batch", *options], json.dumps({"ask": "catalogue"}) + "\n")
    return json.loads(lines)["products"]


def questions(options, firm, pairs):
    """Everything that can be asked of a firm, and for each action what cannot be."""
    users = [str(one["id"]) for one in firm["users"]]
    things = {kind: [str(thing["id"]) for thing in all] for kind, all in firm.get("things", {}).items()}
    products = catalogue(options)
    names = collections.Counter(action["id"] for product in products for action in product["actions"])
    for product in products:
        for number, action in enumerate(product["actions"]):
            # Half of the actions are asked about without their product, where that is enough.
            named = product["id"] if number % 2 or names[action["id"]] > 1 else None
            ask = lambda user, target, facts: (named, user, action["id"], target, json.dumps(facts) if facts else None)
            alone, together = choices(action["facts"])
            if action["on_target"]:
                askers = users if pairs is None else pairs
                for one, target in itertools.product(askers, askers):
                    yield from (ask(one, target, facts) for facts in together)
            else:
                for one in users:
                    yield from (ask(one, None, facts) for facts in together)
                    for thing in things.get(action.get("on_thing"), []) if "on_thing" in action else []:
                        yield from (ask(one, thing, facts) for facts in alone)
                    if "on_thing" in action:
                        yield from (ask(one, "nowhere", facts) for facts in together)
            target = users[0] if action["on_target"] else None
            yield ask("nobody", target, None)
            yield ask(users[0], "nowhere", None)
            yield ask(users[0], users[-1], None)
            yield ask(users[0], None, None)
            yield ask(users[0], target, {"no_such_fact": "listed"})
            yield ask(users[0], target, {action["facts"][0]["id"]: "no such value"} if action["facts"] else {"none": "1"})
            yield ("no_such_product", users[0], action["id"], target, None)
            yield (None, users[0], action["id"], target, None)
            yield (product["id"], users[0], f"no_{action['id']}", target, None)


def choices(facts):
    """No fact and each fact alone; and all combinations, where they are not too many."""
    values = [[None, *fact["values"]] for fact in facts]
    alone = [{}] + [{fact["id"]: value} for fact in facts for value in fact["values"]]
    if len(facts) > 1:
        alone.append({fact["id"]: fact["values"][0] for fact in facts})
    count = 1
    for some in values:
        count *= len(some)
    if count > 64:
        return alone, alone
    every = itertools.product(*values)
    together = [{fact["id"]: value for fact, value in zip(facts, some) if value is not None} for some in every]
    return alone, together


# ---------------------------------------------------------------- answers

def run(command, text=None, **more):
    done = subprocess.run(command, input=text, capture_output=True, text=True, **more)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(map(str, command))}: {done.stderr}")
    return done.stdout


def by_library(options, asked):
    def line(question):
        one = {name: value for name, value in zip(QUESTION, question) if value is not None}
        if "facts" in one:
            one["facts"] = json.loads(one["facts"])
        return json.dumps(one)

    command = [PROGRAM, "batch", *options]
    with tempfile.TemporaryFile("w+") as lines:
        lines.writelines(line(question) + "\n" for question in asked)
        lines.seek(0)
        done = subprocess.run(command, stdin=lines, capture_output=True, text=True)
    for reply in done.stdout.splitlines():
        reply = json.loads(reply)
        if "error" in reply:
            yield (None,) * 5 + (reply["error"]["code"],)
        else:
            yield tuple(reply[name] for name in ANSWER[:-1]) + (None,)


def ask_duckdb(folder, table, before="", file=":memory:"):
    """A base that has the tables of an export, a file of questions, and the view of their answers; `before` runs before there is a view."""
    base = duckdb.connect(file)
    # Files are named as they stand in the folder.
    base.execute(f"SET file_search_path = '{folder}'")
    for name in ["tables.sql", "load.duckdb.sql"]:
        if (folder / name).exists():
            base.execute((folder / name).read_text())
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in ["number", *QUESTION])
    base.execute(
        f"CREATE TABLE questions AS SELECT * REPLACE (number::BIGINT AS number) FROM "
        f"read_csv('{table}', header = true, columns = {{{columns}}}, allow_quoted_nulls = false)"
    )
    base.execute(before + (folder / "decide.duckdb.sql").read_text())
    return base


def by_duckdb(folder, table, tamper=None):
    """The answers of DuckDB, from the folder of an export and a file of questions."""
    base = ask_duckdb(folder, table)
    if tamper:
        base.execute(tamper)
    return base.execute(f"SELECT {QUOTED} FROM answers ORDER BY number").fetchall()


class Postgres:
    """A server of a temporary folder, run by somebody who is not root."""

    def __init__(self, folder):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))
        self.programs = pathlib.Path(programs[-1]) if programs else pathlib.Path(shutil.which("initdb")).parent
        self.folder = folder
        self.more = {}
        self.user = pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            owner = pwd.getpwnam("postgres")
            self.more = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
            self.user = owner.pw_name
            os.chown(folder, owner.pw_uid, owner.pw_gid)

    def __enter__(self):
        data = self.folder / "data"
        run([self.programs / "initdb", "-D", data, "-A", "trust", "-U", self.user, "-E", "UTF8", "--no-sync"], cwd="/", **self.more)
        self.log = open(self.folder / "log", "w")
        self.server = subprocess.Popen(
            [self.programs / "postgres", "-D", data, "-k", self.folder, "-c", "listen_addresses=", "-c", "fsync=off"],
            stdout=self.log, stderr=self.log, cwd="/", **self.more)
        for _ in range(600):
            if subprocess.run([self.programs / "pg_isready", "-q", "-h", self.folder]).returncode == 0:
                return self
            if self.server.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"PostgreSQL does not start: {(self.folder / 'log').read_text()}")

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait(60)
        self.log.close()

    def psql(self, statements, base, **more):
        return run([self.programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", self.user, "-d", base],
                   statements, **more)

    def ask(self, base, folder, table, before=""):
        """Makes a base that has the tables of an export, a file of questions, and the view of their answers."""
        self.psql(f"DROP DATABASE IF EXISTS {base}", "postgres")
        self.psql(f"CREATE DATABASE {base}", "postgres")
        names = ["tables.sql", "load.postgres.sql"]
        loads = [(folder / name).read_text() for name in names if (folder / name).exists()]
        columns = ", ".join(f'"{name}" TEXT' for name in QUESTION)
        copied = "\\copy questions FROM '%s' WITH (FORMAT csv, HEADER)\nANALYZE;\n" % table
        decide = (folder / "decide.postgres.sql").read_text()
        self.psql("".join(loads) + f"CREATE TABLE questions (number BIGINT, {columns});\n" + copied + before + decide, base, cwd=folder)

    def answers(self, base, folder, table, tamper=None):
        """The answers of PostgreSQL, from the folder of an export and a file of questions."""
        self.ask(base, folder, table)
        if tamper:
            self.psql(tamper, base)
        yield from self.rows(f"SELECT {QUOTED} FROM answers ORDER BY number", base)

    def rows(self, query, base):
        out = self.psql(f"\\copy ({query}) TO STDOUT WITH (FORMAT csv)", base)
        for row in csv.reader(out.splitlines()):
            yield tuple(cell or None for cell in row)


# ---------------------------------------------------------------- comparing

class Tally:
    def __init__(self):
        self.counts = collections.Counter()

    def compare(self, name, asked, library, found):
        """Counts what was compared, and stops where an answer is another one."""
        count = 0
        for question, right, given in itertools.zip_longest(asked, library, found):
            count += 1
            if right != given:
                raise Different(f"{name}: {question}: the library says {right}, the join {given}")
            kind = "answers" if right[-1] is None else "errors"
            self.counts[f"{name}: {kind} equal"] += 1
        return count


class Different(Exception):
    pass


def exported(options, format, folder):
    run([EXPORT, "--format", format, *options, folder])
    return folder


def write_questions(path, asked):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["number", *QUESTION])
        writer.writerows([number, *[value for value in question]] for number, question in enumerate(asked))
    return path


def verify(name, options, firm, tally, postgres, scratch, pairs=None, formats=(("parquet", "csv"),), strict=False):
    """Compares everything about one firm."""
    begun = time.time()
    asked = list(dict.fromkeys(questions(options, firm, pairs)))
    library = list(by_library(options, asked))
    table = write_questions(scratch / "questions.csv", asked)
    assert len(library) == len(asked), (len(library), len(asked))
    for place, (of_duckdb, of_postgres) in enumerate(formats):
        folder = exported(options, of_duckdb, scratch / f"{of_duckdb}_{place}_d")
        tally.compare("DuckDB", asked, library, by_duckdb(folder, table))
        other = exported(options, of_postgres, scratch / f"{of_postgres}_{place}_p")
        tally.compare("PostgreSQL", asked, library, postgres.answers("verified", other, table))
        if strict:
            for engine, found in [
                ("DuckDB", lambda tamper: by_duckdb(folder, table, tamper)),
                ("PostgreSQL", lambda tamper: postgres.answers("verified", other, table, tamper)),
            ]:
                notice_tampering(engine, asked, library, found)
        shutil.rmtree(folder)
        shutil.rmtree(other)
    answers = sum(row[-1] is None for row in library)
    print(f"{name}: {len(asked)} questions, {answers} of them with a decision, {time.time() - begun:.0f} s", flush=True)


def notice_tampering(engine, asked, library, found):
    """One wrong row of each table that decides is noticed."""
    one_cell = "(SELECT min(action_id) FROM decisions WHERE action = 'create_bill')"
    for tamper in [
        f"UPDATE decisions SET decision = CASE decision WHEN 'allow' THEN 'deny' ELSE 'allow' END WHERE action_id = {one_cell} AND user_kind = 1",
        f"UPDATE decisions SET rule = 'another' WHERE action_id = {one_cell} AND user_kind = 0",
        f"UPDATE decisions SET basis = 'unknown' WHERE action_id = {one_cell} AND user_kind = 0",
        f"DELETE FROM kinds WHERE action_id = {one_cell} AND profile = (SELECT max(profile) FROM people WHERE product = 'manage')",
        "UPDATE people SET profile = (SELECT min(profile) FROM people p WHERE p.product = 'manage') "
        "WHERE product = 'manage' AND profile = (SELECT max(profile) FROM people p WHERE p.product = 'manage')",
        "DELETE FROM things WHERE thing = 'by_group' AND user_id IS NOT NULL",
    ]:
        try:
            Tally().compare(engine, asked, library, found(tamper))
        except Different:
            continue
        raise SystemExit(f"{engine}: nobody noticed: {tamper}")


# ---------------------------------------------------------------- the document

def documented(postgres, scratch):
    """The commands of the document give the library's answer as they stand there."""
    page = (ROOT / "docs/export.md").read_text()
    blocks = re.findall(r"^```sh\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    example = ["--rules", str(ROOT / "rules"), "--firm", str(ROOT / "fixtures/firm.yaml")]
    asked = ("manage", "wren", "create_bill", None, None)
    (right,) = by_library(example, [asked])
    postgres.psql("CREATE DATABASE documented", "postgres")
    found = {**os.environ, "PGHOST": str(postgres.folder), "PGUSER": postgres.user, "PGDATABASE": "documented"}
    found["PATH"] = os.pathsep.join([str(pathlib.Path(sys.executable).parent), str(postgres.programs), found["PATH"]])
    for engine, format in [("duckdb", "parquet"), ("psql", "csv")]:
        (block,) = [block for block in blocks if re.search(rf"^{engine} ", block, re.MULTILINE)]
        folder = exported(example, format, scratch / f"documented_{engine}")
        out = run(["bash", "-e", "-c", block], cwd=folder, env=found)
        for word in ["wren", "create_bill", right[0], right[3]]:
            if word not in out:
                raise SystemExit(f"docs/export.md: {engine}: {word!r} is not in what is printed:\n{out}")
        print(f"the commands of the document for {engine}: {right[0]}", flush=True)


def main():
    tally = Tally()
    with contextlib.ExitStack() as stack:
        scratch = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pg")))
        os.chmod(home, 0o755)
        postgres = stack.enter_context(Postgres(home))
        for number, (targets, firm) in enumerate(firms()):
            file = scratch / "firm.yaml"
            # Firm files are YAML, and JSON is YAML without anchors.
            file.write_text(json.dumps(firm))
            options = ["--rules", str(ROOT / "rules"), "--firm", str(file)]
            if number % 2:
                options += ["--reading", "own_profile_is_editable=false", "--reading", "administrator_opens_every_area=false"]
            verify(firm["firm"], options, firm, tally, postgres, scratch, pairs=targets, strict=number == 0)
        documented(postgres, scratch)
        example = ROOT / "fixtures/firm.yaml"
        options = ["--rules", str(ROOT / "rules"), "--firm", str(example)]
        verify("the example firm", options, yaml.safe_load(example.read_text()), tally, postgres, scratch,
               formats=[("csv", "sql"), ("sql", "csv")])
        for home in sorted((ROOT / "tests/rulebooks").iterdir()):
            if (home / "firm.yaml").exists():
                options = ["--rules", str(home / "rules"), "--firm", str(home / "firm.yaml")]
                firm = yaml.safe_load((home / "firm.yaml").read_text())
                verify(f"the rulebook {home.name}", options, firm, tally, postgres, scratch)
    for name, count in sorted(tally.counts.items()):
        print(f"{name}: {count}")


if __name__ == "__main__":
    sys.exit(main())
