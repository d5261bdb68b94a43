# Everything runs in .venv, which the first command makes.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
PORT ?= 8501
ADDRESS ?= localhost
FILE ?=
MNIST ?=
WILD ?=

VENV := .venv
BIN := $(VENV)/bin
APP := $(VENV)/.installed
TOOLS := $(VENV)/.installed-tools
LOGS := $(VENV)/logs
# Two workers; whoever is done first takes over from the other.
TWO := -n 2 --dist worksteal

.PHONY: help run test check lint unit browser bench screenshots samples sentences map wild recognition perturbations fuzz clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: $(APP)  ## open the dashboard (PORT=8501, FILE=predictions.csv, ADDRESS=0.0.0.0 to share)
	@$(BIN)/python -m pages.ui.start.serve --server.port "$(PORT)" --server.address "$(ADDRESS)" \
	  --server.showEmailPrompt false $(if $(FILE),-- "$(FILE)")

# Folders rather than markers: what is not run is not collected either. Tests that count frames have the machine to
# themselves, for a starved browser is slow; where there is none (5), nothing is wrong.
test: lint browser  ## everything: lint, types, unit tests, browser tests
	@mkdir -p $(LOGS)
	$(BIN)/python -m pytest $(TWO) --ignore=tests/browser 2>&1 | tee $(LOGS)/unit.log
	$(BIN)/python -m pytest $(TWO) -m "not frames" tests/browser 2>&1 | tee $(LOGS)/browser.log
	$(BIN)/python -m pytest -m frames tests/browser 2>&1 | tee $(LOGS)/frames.log || test $$? = 5
	@echo "Unit tests, browser tests, those that count frames:"
	@tail -qn 1 $(LOGS)/unit.log $(LOGS)/browser.log $(LOGS)/frames.log

check: lint unit  ## the loop while working: lint, types, unit tests without app and browser

lint: $(TOOLS)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

unit: $(TOOLS)
	$(BIN)/python -m pytest $(TWO) --ignore=tests/browser -m "not whole"

bench: $(TOOLS) browser  ## measure: sweep, moves in the browser, import and cold start
	$(BIN)/python -m tests.benchmarks.sweep_speed
	$(BIN)/python -m tests.benchmarks.open_speed
	$(BIN)/python -m tests.benchmarks.explorer_frames
	$(BIN)/python -m tests.benchmarks.policy_moves
	$(BIN)/python -m tests.benchmarks.slice_moves
	$(BIN)/python -m tests.benchmarks.import_time
	$(BIN)/python -m tests.benchmarks.start_speed
	$(BIN)/python -m tests.benchmarks.upload_speed

screenshots: $(TOOLS) browser  ## the README's picture, and every page into screenshots/
	$(BIN)/python -m tests.browser.make_screenshot --pages screenshots

samples: $(APP)  ## make the samples again (MNIST=folder of IDX files)
	$(BIN)/python sample_data/make_samples.py $(if $(MNIST),--mnist "$(MNIST)")

sentences: $(TOOLS)  ## write all sentences about files out anew, into tests/sentences.txt
	$(BIN)/python -m tests.sentences

map: $(TOOLS)  ## which folder imports from which, and how many modules each holds
	@$(BIN)/python -m tests.map

wild: $(TOOLS)  ## check real files against their manifest (WILD=folder)
	@test -d "$(WILD)" || { echo "Say where the files are: make wild WILD=folder" >&2; exit 1; }
	$(BIN)/python tests/wild.py "$(WILD)"

recognition: $(TOOLS)  ## open every labelled layout without help and grade it (FOLDER=more layouts)
	$(BIN)/python -m tests.recognition $(FOLDER)

fuzz: $(TOOLS)  ## open 20,000 mutated layouts: each gives figures or one sentence, in time (INPUTS=20000, SEED=0)
	$(BIN)/python -W ignore -m tests.fuzz $(or $(INPUTS),20000) $(or $(SEED),0)

perturbations: $(TOOLS)  ## change every layout in ways that say nothing new, and compare (FOLDER=more layouts)
	$(BIN)/python -m tests.perturbations $(FOLDER)

clean:  ## remove what was made: the environment and the caches, not saved evaluations
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis screenshots
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------------------- what the above need

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Operating Point needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo 'not one that runs')." >&2; \
	  echo "Name a newer one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "Python could not make a virtual environment. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }

# Stamps: packages are installed anew only after their list has changed.
$(APP): requirements.txt | $(BIN)/python
	@echo "Installing what the dashboard needs into $(VENV): a minute or two, this once."
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements.txt
	@touch $@

$(TOOLS): tests/requirements.txt $(APP)
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet -r tests/requirements.txt
	@touch $@

browser:
	@for name in chromium chromium-browser google-chrome; do command -v $$name >/dev/null && exit 0; done; \
	run=; test "$$(id -u)" = 0 || run="sudo -n"; \
	if command -v apt-get >/dev/null && $$run true 2>/dev/null; then \
	  echo "Installing Chromium for the browser tests."; $$run apt-get update -qq; \
	  $$run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else \
	  echo "The browser tests need Chromium or Chrome: install one (Debian: apt install chromium), then again." >&2; exit 1; \
	fi
