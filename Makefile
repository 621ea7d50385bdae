# run: a working site from nothing. test: everything the tests need, then the tests. See README.md.
SHELL := /bin/bash
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
PYTEST_ARGS ?=

.PHONY: run setup test messages lock check sbom clean

run: setup
	@$(BIN)/python -m relations_site.first_run
	@echo "The site is at http://$(HOST):$(PORT)/ and the editors' desk at http://$(HOST):$(PORT)/admin/"
	@exec $(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) --workers 1 --blocking-threads 4 --no-access-log --log-level warning relations_site.wsgi:application

setup: $(VENV)/runtime-installed .env

.env:
	@$(BIN)/python -c "import secrets; print('SECRET_KEY=' + secrets.token_urlsafe(50))" > .env
	@echo "Wrote .env with a fresh secret key."

$(VENV)/bin/python:
	@if [ -n "$(UV)" ]; then $(UV) venv --quiet --python $(PYTHON) $(VENV); else $(PYTHON) -m venv $(VENV); fi

$(VENV)/runtime-installed: requirements.txt | $(VENV)/bin/python
	@$(call install,-r requirements.txt)
	@touch $@

$(VENV)/dev-installed: requirements.txt requirements-scale.txt requirements-dev.txt | $(VENV)/bin/python
	@$(call install,-r requirements.txt -r requirements-scale.txt -r requirements-dev.txt)
	@touch $@ $(VENV)/runtime-installed

define install
if [ -n "$(UV)" ]; then VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --compile-bytecode --require-hashes $(1); else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(1); fi
endef

messages: $(VENV)/runtime-installed
	@$(BIN)/pybabel compile --directory relations_site/locale --domain django --statistics 2>&1 | grep -v '^compiling' || true

test: $(VENV)/dev-installed .env
	@PATH="$(CURDIR)/$(BIN):$$PATH" tests/run $(PYTEST_ARGS)

check: $(VENV)/dev-installed .env
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/python manage.py check
	@$(BIN)/python manage.py makemigrations --check --dry-run

# One resolution for all layers; no index address is written into a file.
lock: $(VENV)/dev-installed
	@cat requirements.in requirements-scale.in requirements-dev.in | uv pip compile --quiet --python-version 3.11 --no-header --no-annotate - -o var/constraints.txt
	@for layer in "" -scale -dev; do uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-emit-index-url -c var/constraints.txt requirements$$layer.in -o requirements$$layer.txt; done

# What the site is made of, for the runtime and for the scale-out layer, in CycloneDX's form.
sbom: $(VENV)/dev-installed
	@mkdir -p var
	@for layer in "" -scale; do $(BIN)/cyclonedx-py requirements requirements$$layer.txt --output-reproducible --of JSON -o var/sbom$$layer.cdx.json && echo "Wrote var/sbom$$layer.cdx.json"; done

clean:
	rm -rf $(VENV) var db.sqlite3*
