# The commands of a checkout; `make help` lists them.

PYTHON_BIN ?= .venv/bin
RUN = $(PYTHON_BIN)/python
PYTEST_ARGS ?= -n 3 --dist loadfile

.PHONY: help demo test check fix bench docs snapshots clean

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: ## try Primitivus with a server, a correspondent and nothing to configure (CHECK=1: drive it by itself)
	@tools/setup demo
	@exec $(RUN) -m tools.demo $(if $(CHECK),--check)

test: ## set up what is missing, then check everything, as CI does
	@tools/setup test
	@$(MAKE) --no-print-directory check

check: ## ruff, mypy, import-linter, generated docs, pytest
	$(PYTHON_BIN)/ruff check
	$(PYTHON_BIN)/ruff format --check
	$(PYTHON_BIN)/mypy
	$(PYTHON_BIN)/mypy -p tools -p bench -p tests.lab --exclude '/test_'
	$(PYTHON_BIN)/lint-imports
	$(RUN) -m tools.docs --check
	$(RUN) -m pytest $(PYTEST_ARGS)

fix: ## format the code and mend what ruff can mend; refuses a tree with uncommitted changes
	@test -z "$$(git status --porcelain)" || { echo "make fix: commit your changes first" >&2; exit 1; }
	$(PYTHON_BIN)/ruff check --fix
	$(PYTHON_BIN)/ruff format
	$(MAKE) --no-print-directory snapshots
	$(RUN) -m tools.docs

snapshots: ## draw each view anew into tests/primitivus/snapshots, to be looked at before it is committed
	$(RUN) -m pytest -q -n 1 tests/primitivus/test_snapshots.py --renew-snapshots

docs: ## generate docs/dbus.md, cli.md, config.md, commands.md, keys.md, themes.md, tour.md and the pages for man
	$(RUN) -m tools.docs

bench: ## measure Primitivus beside its rivals (docs/performance.md)
	@tools/setup test
	$(RUN) -m bench

clean: ## remove what setup and the checks left in this folder
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build
