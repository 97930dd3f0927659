# Every target sets up what it needs: a virtual environment of its own, from the package index.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := $(CURDIR)/.venv
BIN := $(VENV)/bin
SQL := macros $(addprefix integration_tests/,models macros snapshots tests)
SCRIPTS := $(addprefix $(CURDIR)/,integration_tests/demo.py integration_tests/picture.py bench)

# "sqlglot[c]>=30.25,<31", "click>=8.2" -> sqlglot[c]==30.25 click==8.2
FLOORS := $(shell sed -n 's/^dependencies = \[\(.*\)\]/\1/p' python/pyproject.toml | sed 's/,<[0-9]*//g; s/>=/==/g' | tr -d '",')

export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export PATH := $(BIN):$(PATH)

# The owner of the repository on GitHub, as pyproject.toml has it.
OWNER_NOW := $(shell sed -n 's|^Repository = "https://github.com/\(.*\)/dbt_breaking_changes"$$|\1|p' python/pyproject.toml)

.PHONY: address help demo test test-all mutants coverage lint parse pytest docs tables judges bench fuzz audit floors witness clean

help:
	@echo "make demo     show a report of breaking changes in a sample project"
	@echo "make test     run the checks; 'make lint parse audit pytest' are its parts"
	@echo "make test-all run the long tests too, as CI does"
	@echo "make mutants  change the code in small ways and count what the tests notice (long)"
	@echo "make coverage measure what the tests run of the helper and, in both hosts, of the macros (long)"
	@echo "make picture  draw docs/report.png from the html report of the demo"
	@echo "make docs     write the pages of the rules and README's table from the catalogue"
	@echo "make tables   ask the engines again what they accept, and classify all types anew"
	@echo "make judges   ask the engines' own analyzers about the queries of docs/accuracy.md (long)"
	@echo "make bench    print the measures of speed and memory"
	@echo "make fuzz     check artifacts with random faults for two minutes, then kill saves of baselines"
	@echo "make audit    ask the package index for known vulnerabilities of the dependencies"
	@echo "make floors   run a part of the tests with the lowest versions of the dependencies"
	@echo "make witness  compare every verdict with what DuckDB does (long)"
	@echo "make address OWNER=name   write the repository's address into every file that has it"
	@echo "make clean    remove what the other targets made"

$(VENV)/.base:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --upgrade pip
	touch $@

$(VENV)/.dbt: $(VENV)/.base python/pyproject.toml
	$(BIN)/pip install --quiet --editable "python[dbt]"
	touch $@

$(VENV)/.dev: $(VENV)/.dbt
	$(BIN)/pip install --quiet --editable "python[dev]"
	touch $@

demo: $(VENV)/.dbt
	@PYTHONPATH=python/tests $(BIN)/python integration_tests/demo.py

test: lint parse audit pytest

lint: $(VENV)/.dev
	cd python && ruff check --config pyproject.toml . $(SCRIPTS)
	cd python && ruff format --config pyproject.toml --check . $(SCRIPTS)
	cd python && MYPYPATH=tests mypy breaking_changes tests $(SCRIPTS)
	sqlfmt --quiet --line-length 100 --check $(SQL)

# The package alone, then a project that has it installed: no deprecation and no warning in either.
parse: $(VENV)/.dev
	dbt --quiet parse --no-partial-parse --warn-error --show-all-deprecations \
		--profiles-dir integration_tests --profile shop
	cd integration_tests && dbt --quiet deps
	cd integration_tests && dbt --quiet parse --no-partial-parse --warn-error --show-all-deprecations

pytest: $(VENV)/.dev
	cd python && pytest --numprocesses 2 --dist worksteal -m "not slow"

# What CI runs: the long tests too (python/tests/conftest.py lists them).
test-all: lint parse audit $(VENV)/.dev
	cd python && pytest --numprocesses 2 --dist worksteal

# MUTANTS says how many are drawn, MUTANTS_SEED which; ANEW=1 asks again which tests run what.
mutants: $(VENV)/.dev
	cd python && PYTHONPATH=.:tests $(BIN)/python -m mutants

# What did not run stands in python/build/coverage.
coverage: $(VENV)/.dev
	cd python && PYTHONPATH=.:tests $(BIN)/python -m covered

docs: $(VENV)/.dev
	cd python && PYTHONPATH=.:tests $(BIN)/python -m rules.pages

picture: $(VENV)/.dev demo
	PYTHONPATH=python/tests $(BIN)/python integration_tests/picture.py

tables: $(VENV)/.dev
	cd python && PYTHONPATH=.:tests $(BIN)/python -m type_grid
	cd python && PYTHONPATH=.:tests $(BIN)/python -m type_errors.ask

# fakesnow wants another sqlglot than the helper, and knows the connector up to version 4.
FAKESNOW := "fakesnow>=0.12,<0.13" "snowflake-connector-python<5"

# Needs a Java runtime for Spark; `make test` reads the answers that are kept.
judges: $(VENV)/.dev
	$(BIN)/pip install --quiet --editable "python[judges]"
	cd python && PYTHONPATH=.:tests $(BIN)/python -m judges.ask
	cd python && PYTHONPATH=.:tests $(BIN)/python -m judges.blanks
	cd python && PYTHONPATH=.:tests $(BIN)/python -m type_errors.ask bigquery spark clickhouse
	cd python && PYTHONPATH=.:tests $(BIN)/python -m judges.accuracy
	rm -rf build/fakesnow
	$(PYTHON) -m venv build/fakesnow
	build/fakesnow/bin/pip install --quiet $(FAKESNOW)
	cd python && PYTHONPATH=.:tests $(BIN)/python -m judges.snowflake $(CURDIR)/build/fakesnow/bin/python

bench: $(VENV)/.dev
	PYTHONPATH=python/tests $(BIN)/python bench

# FUZZ_SECONDS bounds it, FUZZ_SEED adds a seed to those in python/tests/fuzz/seeds.txt; KILLS says how
# many saves of a baseline are killed on each warehouse.
fuzz: $(VENV)/.dev
	cd python && PYTHONPATH=.:tests DBT_BREAKING_CHANGES_CACHE=off $(BIN)/python -m fuzz
	cd python && PYTHONPATH=.:tests $(BIN)/python -m baseline.savers

# AUDIT=all asks about everything that is installed.
audit: $(VENV)/.dev
	cd python && PYTHONPATH=.:tests $(BIN)/python -m audit $(AUDIT)

# The helper with the lowest versions that its own dependencies allow, before those of the environment.
# dbt needs newer ones, so what starts dbt is left out.
floors: $(VENV)/.dev
	rm -rf build/floors
	$(BIN)/pip install --quiet --no-warn-conflicts --target build/floors $(FLOORS)
	cd python && PYTHONPATH=$(CURDIR)/build/floors:.:tests $(BIN)/python -m pytest --numprocesses 2 \
		tests/binder tests/type_errors tests/lineage tests/rendering tests/macros tests/rules
	cd python && PYTHONPATH=$(CURDIR)/build/floors:.:tests DBT_BREAKING_CHANGES_CACHE=off \
		FUZZ_SECONDS=20 $(BIN)/python -m fuzz

witness: $(VENV)/.dev
	cd python && WITNESS=all pytest --numprocesses 2 tests/witness tests/gate/test_no_silent_break.py

address:
	@test -n "$(OWNER)" || { echo "usage: make address OWNER=name"; exit 2; }
	git grep -lF '$(OWNER_NOW)/dbt_breaking_changes' \
		| xargs sed -i 's|$(OWNER_NOW)/dbt_breaking_changes|$(OWNER)/dbt_breaking_changes|g'

clean:
	rm -rf $(VENV) build logs target dbt_packages
	rm -rf $(addprefix integration_tests/,logs target dbt_packages package-lock.yml)
	find . -name __pycache__ -prune -exec rm -rf {} +
	find python -name '.*_cache' -prune -exec rm -rf {} +
