# Every target sets up the machine first; that takes minutes once and milliseconds afterwards.
.PHONY: help set-up run test quick mutants coverage check bench faults faults-mutants fuzz gallery docs clean
.DEFAULT_GOAL := help

PYTHON := .venv/bin/python
OFFSCREEN := QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software
SEED := $(shell od -An -N3 -tu4 /dev/urandom | tr -d ' ')
SPREAD = --numprocesses=$(shell nproc) --dist=worksteal --randomly-seed=$(SEED)

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

set-up: ## install everything this machine lacks
	@packaging/set_up.sh

run: set-up ## the terminal with an embedded centre and virtual cards; without a display, its stories
	@.venv/bin/onecard run --demo

test: set-up check ## all checks and all tests, a process for each core, in random order (SEED=… repeats one)
	@echo "random order: make test SEED=$(SEED)"
	@$(OFFSCREEN) $(PYTHON) -m pytest -q $(SPREAD)

quick: check ## the inner loop: style, types, import rules and the pure tests, under a minute
	@$(OFFSCREEN) $(PYTHON) -m pytest -q $(SPREAD) tests/unit

mutants: set-up ## mutation score of rules, journal and ledger; red under 90 % (CHANGED=1: of changed modules)
	@$(PYTHON) -m tools.mutants $(if $(CHANGED),--changed)

coverage: set-up ## branch coverage of all tests, printed; no gate
	@$(OFFSCREEN) $(PYTHON) -m pytest -q $(SPREAD) --cov --cov-branch --cov-report=term:skip-covered

check: set-up ## style, types, import rules
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports --no-logo 2>/dev/null || .venv/bin/lint-imports
	@$(PYTHON) -m tools.language

bench: set-up ## benchmarks beside their peers; writes build/bench.json
	@$(PYTHON) -m benchmarks

faults: set-up ## ten thousand transactions with a random fault each; both ledgers compared
	@$(PYTHON) -m tests.faults.run

faults-mutants: set-up ## fault runs over centres with a seeded fault; at least 98 % must be found
	@$(PYTHON) -m tests.faults.mutant_run

fuzz: set-up ## fuzzing guided by coverage: a minute for each parser of strangers' bytes
	@$(PYTHON) -m tests.fuzz

gallery: set-up ## every screen in every size, language and theme, under build/gallery
	@$(PYTHON) -m ui.gallery

docs: set-up ## the documentation site under build/docs, with the screens of build/gallery; a broken link ends it
	@NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build --quiet

clean: ## remove what was built, not the environment
	@rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
