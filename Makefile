# The commands of this project. Each sets up what it needs first; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench bench-crash bench-days bench-fuzz bench-printing bench-year sabotage
PY := .venv/bin/python

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## make the virtual environment and install what is missing
	@.ci/setup

demo: setup ## run a whole hall; windows with a screen, pictures in out/demo/ without one (or with HEADLESS=1)
	@$(PY) -m tests.demo

test: setup ## run the whole test suite
	@$(PY) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

check: setup ## format, lint, types, import rules
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache

bench: setup ## measure the speeds that docs/performance.md promises
	@$(PY) -m benchmarks.hub --json
	@$(PY) -m benchmarks.kiosk --json --sessions 100
	@$(PY) -m benchmarks.printing --json --every 97
	@$(PY) -m benchmarks.display --json --calls 40 --minutes 2 --events 2000
	@$(PY) -m benchmarks.reports --json

bench-crash: setup ## kill the hub a thousand times under fifty clients and count what it kept
	@$(PY) -m benchmarks.crash --cycles 1000

bench-days: setup ## simulate ten thousand days of halls and replay every call
	@$(PY) -m benchmarks.days

bench-printing: setup ## break the line, end the paper or kill the program at every byte of a receipt (half an hour)
	@$(PY) -m benchmarks.printing

bench-year: setup ## simulate a year of a hall with twenty windows through the real service and store
	@$(PY) -m benchmarks.year

bench-fuzz: setup ## send a million hostile frames to a real hub from enrolled terminals
	@$(PY) -m benchmarks.fuzz

sabotage: setup ## take each protection out of a copy of the tree; a test that still passes is no test
	@$(PY) -m tests.sabotage
