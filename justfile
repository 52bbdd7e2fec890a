# The habits of this project: `just` lists them. Each is a command that you could type yourself.

# Lists the habits.
default:
    @just --list --unsorted

# The tests, or those whose name holds FILTER.
test *FILTER:
    cargo test {{ FILTER }}

# The tests with every generated case. A little optimisation costs less than it saves then.
test-all *FILTER:
    CLIO_RULES_TEST_CASES=all CARGO_PROFILE_DEV_OPT_LEVEL=1 cargo test {{ FILTER }}

# Format and lints, as the gate wants them.
lint:
    .ci/run format lints

# Writes every kept output anew: schemas, cases, documents, screenshots. Read the difference before you commit it.
bless:
    BLESS=1 cargo test

# A benchmark, or all of them.
bench *NAME:
    cargo bench {{ if NAME == "" { "" } else { "--bench " + NAME } }}

# The gate, or some of its steps; `.ci/run --list` names them.
gate *STEPS:
    .ci/run {{ STEPS }}

# The rules by their own tests: what do the fixtures notice, assert and stand for?
rules:
    .ci/run rules
