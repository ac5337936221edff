# Two commands do everything on a fresh machine with Python 3.11 or newer:
#   make crawl                      crawl the bundled sample outlets into news.db
#   make crawl OUTLET=north-press   crawl a real outlet
#   make test                       run the whole suite
PYTHON ?= python3
VENV := .venv
NEWSCRAWL := $(VENV)/bin/newscrawl

PIP := $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps

.PHONY: crawl test setup testing dev check lock clean

crawl: setup
ifdef OUTLET
	@$(NEWSCRAWL) crawl $(OUTLET)
	@$(NEWSCRAWL) latest --outlet $(OUTLET)
else
	@$(NEWSCRAWL) sample --crawl
endif

# The tests start many processes: none of them shall compile newscrawl anew, whatever the shell says.
test: testing
	@$(VENV)/bin/python -m compileall -q newscrawl pipelines
	@PYTHONDONTWRITEBYTECODE= $(VENV)/bin/python -m pytest

check: dev
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-cache

setup: $(VENV)/.runtime

testing: $(VENV)/.test

dev: $(VENV)/.dev

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "newscrawl needs Python 3.11 or newer: run 'make $(MAKECMDGOALS) PYTHON=/path/to/python3.11'"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python's venv module is missing: on Debian and Ubuntu run 'apt install python3-venv', then try again"; exit 1; }
	@echo "setting up $(VENV) (once)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-build-isolation --editable .
	@touch $@

# What newscrawl needs, too: one call of pip is quicker than two.
$(VENV)/.test: requirements.lock requirements-test.lock pyproject.toml | $(VENV)/bin/python
	@$(PIP) --require-hashes -r requirements.lock -r requirements-test.lock
	@$(PIP) --no-build-isolation --editable .
	@touch $(VENV)/.runtime $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.test
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# For developers: pin newer versions after a change in pyproject.toml.
lock: dev
	@for part in "requirements.lock --extra postgres --extra workers --extra browse --extra export --group build" "requirements-test.lock --group test" "requirements-dev.lock --group dev"; do \
	  set -- $$part; file=$$1; shift; \
	  $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	    --no-emit-find-links pyproject.toml $$@ -o $$file; \
	done

clean:
	rm -rf $(VENV) dist
