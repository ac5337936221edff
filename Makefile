# Two commands do everything on a fresh machine with Python 3.11 or newer:
#   make crawl                      crawl the bundled sample outlets into news.db
#   make crawl OUTLET=north-press   crawl a real outlet
#   make test                       run the whole suite
PYTHON ?= python3
VENV := .venv
NEWSCRAWL := $(VENV)/bin/newscrawl

.PHONY: crawl test setup dev check lock clean

crawl: setup
ifdef OUTLET
	@$(NEWSCRAWL) crawl $(OUTLET)
	@$(NEWSCRAWL) latest --outlet $(OUTLET)
else
	@$(NEWSCRAWL) sample --crawl
endif

test: dev
	@$(VENV)/bin/python -m pytest

check: dev
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports --no-cache

setup: $(VENV)/.runtime

dev: $(VENV)/.dev

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "newscrawl needs Python 3.11 or newer: run 'make $(MAKECMDGOALS) PYTHON=/path/to/python3.11'"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python's venv module is missing: on Debian and Ubuntu run 'apt install python3-venv', then try again"; exit 1; }
	@echo "setting up $(VENV) (once)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

# For developers: pin newer versions after a change in pyproject.toml.
lock: dev
	@for part in "requirements.lock --extra postgres --extra workers --extra browse --extra export --group build" "requirements-dev.lock --group dev"; do \
	  set -- $$part; file=$$1; shift; \
	  $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	    --no-emit-find-links pyproject.toml $$@ -o $$file; \
	done

clean:
	rm -rf $(VENV) dist
