# The verbs of the house; `make run` needs nothing but Python 3.11 or newer, with venv.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST_ARGS ?= -n logical --maxprocesses 4 --dist loadfile

# Where the suite may write: in memory, if 6 GB are free there, else where temporary files lie.
SCRATCH ?= $(shell [ "$$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1)" -ge 6000000 ] 2>/dev/null \
	&& echo /dev/shm || echo "$${TMPDIR:-/tmp}")

VENV := .venv
BIN := $(VENV)/bin
TRANSLATIONS := archive/web/translations
PACKAGING := setup.cfg pyproject.toml

.DELETE_ON_ERROR:
.PHONY: run test trust check audit bench bench-scale pictures fmt translations needs lint types floors templates spelling suite

run: $(VENV)/installed
	@$(BIN)/archive migrate
	@$(BIN)/archive seed
	@echo
	@echo '  时间线 / the timeline:    http://$(HOST):$(PORT)'
	@echo '  新建编辑 / an editor:     $(BIN)/archive user add NAME --role editor'
	@echo '  停止 / stop:              Ctrl+C'
	@echo
	@$(BIN)/archive serve --host $(HOST) --port $(PORT)

# The suite stands last, so that a run ends with its closing line.
test: check suite

# Two at a time; the types take longest, so they come first.
check: $(VENV)/installed-dev
	@$(MAKE) --jobs=2 types lint templates floors spelling

lint: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/bandit --quiet --recursive archive --configfile pyproject.toml

types: $(VENV)/installed-dev
	$(BIN)/mypy

floors: $(VENV)/installed-dev
	$(BIN)/lint-imports

templates: $(VENV)/installed-dev
	$(BIN)/djlint --check --lint templates

spelling: $(VENV)/installed-dev
	$(BIN)/codespell

# No part of the tests: the advisories lie on the network, and change under the same commit.
audit: $(VENV)/installed-dev
	$(BIN)/python .ci/audit.py

needs: $(VENV)/installed-dev
	@.ci/needs $(BIN)/python

suite: needs
	@folder="$$(mktemp -d -p $(SCRATCH) archive-tests-XXXXXX)" && chmod 755 "$$folder" && \
	trap 'rm -rf "$$folder"' EXIT INT TERM && TMPDIR="$$folder" $(BIN)/pytest $(PYTEST_ARGS)

# Processes killed, writers racing and histories played, far more of them than in a common run: hours.
trust: export ARCHIVE_TEST_KILLS := $(or $(ARCHIVE_TEST_KILLS),300)
trust: export ARCHIVE_TEST_SECONDS := $(or $(ARCHIVE_TEST_SECONDS),60)
trust: export ARCHIVE_HISTORIES := $(or $(ARCHIVE_HISTORIES),10000)
trust: $(VENV)/installed-dev
	$(BIN)/pytest $(PYTEST_ARGS) tests/log/test_crashes.py tests/contracts

bench: $(VENV)/installed-dev
	$(BIN)/python tests/benchmarks/run.py

bench-scale: $(VENV)/installed-dev
	$(BIN)/python tests/benchmarks/run.py --only scale --events 1000000 --rounds 10 $(SCALE_ARGS)

pictures: needs
	$(BIN)/python -m tests.browser.pictures

fmt: $(VENV)/installed-dev
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format
	$(BIN)/djlint --reformat --quiet templates || $(BIN)/djlint --check templates

translations: $(VENV)/installed-dev
	@mkdir -p build
	$(BIN)/pybabel extract --mapping-file=pyproject.toml --keywords=lazy_gettext --no-wrap \
		--sort-by-file --project=archive --output-file=build/messages.pot .
	@test -d $(TRANSLATIONS)/zh || $(BIN)/pybabel init --input-file=build/messages.pot \
		--output-dir=$(TRANSLATIONS) --locale=zh
	$(BIN)/pybabel update --input-file=build/messages.pot --output-dir=$(TRANSLATIONS) \
		--no-wrap --no-fuzzy-matching --ignore-pot-creation-date
	$(BIN)/pybabel compile --directory=$(TRANSLATIONS)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
		'需要 Python 3.11 或更高版本：make PYTHON=… / Python 3.11 or newer is needed: make PYTHON=…' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo \
		'需要 venv 模块 / the module venv is needed; on Debian: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(PACKAGING) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/installed-dev: $(PACKAGING) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(VENV)/installed $@
