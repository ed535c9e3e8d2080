# make demo   installs, takes in the sample coverage, prints a brief, writes the site
# make test   installs, then lint, types, layers, tests
# Both can be run again: what is installed is not installed twice.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo test check fix accept quality bench clean

demo: .make/installed
	$(BIN)/livebrief demo --dir demo

test: check

check: .make/tools
	@echo "== lint"   && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "== types"  && $(BIN)/mypy
	@echo "== layers" && $(BIN)/lint-imports
	@echo "== tests"  && $(BIN)/python -m pytest

fix: .make/tools
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

accept: .make/tools
	ACCEPT=1 $(BIN)/python -m pytest tests -q

quality: .make/tools
	$(BIN)/python -m eval --write

bench: .make/tools
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) .make demo

$(BIN)/python:
	@echo "== making $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { echo "$(PYTHON) -m venv failed: on Debian, apt-get install python3-venv"; exit 1; }

.make/installed: $(BIN)/python pyproject.toml
	@echo "== installing livebrief (once)"
	$(PIP) install --quiet --editable .
	@mkdir -p .make && touch $@

.make/tools: .make/installed
	@echo "== installing the tools (once)"
	$(PIP) install --quiet --upgrade 'pip>=25.1'
	$(PIP) install --quiet --group dev
	@mkdir -p .make && touch $@
