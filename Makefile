# `make run` and `make test` need Python 3.11+ and make, and install everything else into .venv.
PYTHON ?= python3
BIN := .venv/bin
export PYTHONPATH := $(CURDIR)/plugins

run: .venv/installed       ## crawl the bundled replay site once, build the warehouse, write the mail
	@./disclosure run

serve: .venv/installed     ## Airflow with its schedules and web page on loopback, until Ctrl-C
	@./disclosure serve

test: .venv/installed      ## the whole test suite
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile $(PYTEST)

bench: .venv/installed     ## ratios, both sides in one run, every cell checked
	PYTHONPATH=plugins:tests/parse $(BIN)/python benchmarks/reading.py
	PYTHONPATH=plugins:tests/parse $(BIN)/python benchmarks/damage.py
	PYTHONPATH=plugins:tests $(BIN)/python benchmarks/causes.py
	PYTHONPATH=plugins:tests $(BIN)/python benchmarks/nation_of_reports.py
	PYTHONPATH=plugins:tests $(BIN)/python benchmarks/readers.py
	PYTHONPATH=plugins:tests $(BIN)/python benchmarks/injected_violations.py
	PYTHONPATH=plugins:tests $(BIN)/python benchmarks/politeness.py
	PYTHONPATH=plugins:tests $(BIN)/python benchmarks/quiet_night.py

lint: .venv/installed      ## mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/installed      ## resolve requirements*.in again
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes requirements-installer.in -o requirements-installer.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes requirements.in -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes requirements-celery.in -c requirements.txt -o requirements-celery.txt

catalogue: .venv/installed ## write expectations/README.md from the suites
	$(BIN)/python -c 'from disclosure.quality.catalogue import write_catalogue; from disclosure.settings import load_settings; write_catalogue(load_settings({}).expectations)'

dictionary: .venv/installed ## write sql/README.md from the comments in sql/mart
	PYTHONPATH=plugins:tests $(BIN)/python -m warehouse.write_dictionary

# Bytecode is compiled here, once: importing Airflow without it takes twice as long in every task.
.venv/installed: requirements.txt requirements-installer.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.11 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-installer.txt
	$(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes --compile-bytecode requirements.txt requirements-installer.txt
	@touch $@

.PHONY: run serve test bench lint lock catalogue dictionary
