"""Decides a table of questions about many firms, on Spark or on Sail: Parquet in, Parquet out.

    spark-submit decide.py --wheel clio_rules.whl --firms firms.parquet --questions questions.parquet --out answers
    python decide.py --remote sc://localhost:50051 --firms firms.parquet --questions questions.parquet --out answers

`firms` has the columns `firm` (an id) and `text` (the firm file). `questions` has `firm`, `user`, `action`, and where they are needed
`product`, `target` and `facts` (JSON); every further column is kept. The answer adds `decision` (allow, deny, or null where the question
cannot be asked), `rule`, `basis`, `reason`, `place` and `error`.
"""

import argparse
import os
import pathlib
import sys
import tempfile
import zipfile

ASKED = ["product", "user", "action", "target", "facts"]
ANSWER = ["decision", "rule", "basis", "reason", "place", "error"]


def load_engine(wheel):
    """The package from the wheel that came with the job: Python loads no compiled module out of an archive, so it is unpacked once."""
    try:
        import clio_rules
        return clio_rules
    except ImportError:
        if wheel is None:
            raise
    from pyspark import SparkFiles

    archive = pathlib.Path(SparkFiles.get(wheel))
    folder = archive.with_suffix(".unpacked")
    if not folder.exists():
        # Several workers of one machine may do so at once; the first that is ready wins.
        made = tempfile.mkdtemp(dir=archive.parent)
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(made)
        try:
            os.rename(made, folder)
        except OSError:
            pass
    sys.path.insert(0, str(folder))
    import clio_rules
    return clio_rules


def decide_batches(shared, wheel, kept, answer):
    """What each task does with its batches of rows."""
    import pyarrow as pa
    import pyarrow.compute as pc

    def firm_of(name):
        """A firm, which a worker loads once as long as it keeps what it was sent."""
        at_hand = shared.value
        if "rulebook" not in at_hand:
            at_hand["engine"] = engine = load_engine(wheel)
            rules = at_hand["rules"]
            at_hand["rulebook"] = engine.Rulebook.from_texts(rules) if rules else engine.Rulebook.builtin()
            at_hand["loaded"] = {}
        loaded = at_hand["loaded"]
        if name not in loaded:
            text = at_hand["firms"].get(name)
            firm = text and at_hand["engine"].Firm.from_text(text, at_hand["rulebook"], name=name)
            loaded[name] = firm
        return loaded[name]

    def decided(name, rows):
        firm = firm_of(name)
        if firm is None:
            columns = {column: pa.nulls(len(rows), pa.string()) for column in answer}
            if "error" in columns:
                columns["error"] = pa.array(["unknown-firm"] * len(rows))
        else:
            asked = rows.select([column for column in ASKED if column in rows.schema.names])
            table = pa.table(firm.decide(asked))
            columns = {column: table[column].cast(pa.string()) for column in answer}
        return pa.table({**{column: rows[column] for column in kept}, **columns})

    def decide(batches):
        for batch in batches:
            rows = pa.table(batch)
            names = pc.unique(rows["firm"]).to_pylist()
            if len(names) > 1:
                # Rows of one firm are asked together.
                rows = rows.take(pc.sort_indices(rows["firm"]))
            begin = 0
            for name, count in sorted_runs(rows["firm"], names):
                yield from decided(name, rows.slice(begin, count)).combine_chunks().to_batches()
                begin += count

    def sorted_runs(firms, names):
        if len(names) == 1:
            return [(names[0], len(firms))]
        counts = {one["values"]: one["counts"] for one in pc.value_counts(firms).to_pylist()}
        # Sorting puts what is null at the end.
        order = sorted(counts, key=lambda name: (name is None, name or ""))
        return [(name, counts[name]) for name in order]

    return decide


class Held:
    """What stands in for a broadcast where the protocol has none: it goes along with the function."""

    def __init__(self, value):
        self.value = value


def decide_table(spark, questions, firms, rules=None, wheel=None, answer=ANSWER):
    """The questions with their answers. `firms` are texts by id, `rules` texts by file name, or none for the built-in rules."""
    shared = {"rules": rules, "firms": firms}
    if is_classic(spark):
        shared = spark.sparkContext.broadcast(shared)
        if wheel:
            spark.sparkContext.addFile(wheel)
    else:
        shared = Held(shared)
        if wheel:
            spark.addArtifacts(wheel, file=True)
    kept = [field.name for field in questions.schema]
    schema = [f"`{field.name}` {field.dataType.simpleString()}" for field in questions.schema]
    schema += [f"`{column}` string" for column in answer]
    function = decide_batches(shared, wheel and os.path.basename(wheel), kept, list(answer))
    return questions.mapInArrow(function, ", ".join(schema))


def is_classic(spark):
    """Whether there is a driver in this process, and not only a server that is spoken to."""
    return type(spark).__module__ == "pyspark.sql.session"


def session(remote=None, master=None):
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("clio-rules")
    if remote:
        return builder.remote(remote).getOrCreate()
    if master:
        builder = builder.master(master)
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", 65536)
    # A few bytes of Parquet hold many questions: tasks of the usual 128 MB are too few to keep all cores busy to the end.
    return builder.config("spark.sql.files.maxPartitionBytes", "8m").getOrCreate()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--firms", required=True, help="Parquet with the columns firm and text")
    parser.add_argument("--questions", required=True, help="Parquet of questions")
    parser.add_argument("--out", required=True, help="folder of Parquet that is written; it must not be there")
    parser.add_argument("--rules", help="folder of rule files [default: the built-in rules]")
    parser.add_argument("--wheel", help="wheel of clio-rules that goes with the job [default: it is installed where the job runs, as Sail needs it]")
    parser.add_argument("--remote", help="address of Spark Connect or Sail, such as sc://localhost:50051")
    parser.add_argument("--master", help="master of Spark, where spark-submit does not say it")
    parser.add_argument("--answer", default=",".join(ANSWER), help="columns of the answer [default: %(default)s]")
    options = parser.parse_args()
    spark = session(options.remote, options.master)
    rules = options.rules and {
        file.name: file.read_text() for file in sorted(pathlib.Path(options.rules).iterdir())
        if file.suffix in (".yaml", ".yml", ".rhai")
    }
    firms = {row["firm"]: row["text"] for row in spark.read.parquet(options.firms).select("firm", "text").collect()}
    questions = spark.read.parquet(options.questions)
    answers = decide_table(spark, questions, firms, rules, options.wheel, options.answer.split(","))
    answers.write.parquet(options.out)
    spark.stop()


if __name__ == "__main__":
    main()
