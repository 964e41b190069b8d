# The two commands are `make demo` and `make test`; both make what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CASE ?= examples/thirty-day-2025

.PHONY: demo simulated test test-fast check bench lock assets clean

demo: $(VENV)/.made ## run the main job on the bundled case
	@$(BIN)/holdfire run $(CASE)

simulated: $(VENV)/.made ## the same on the simulated case
	@$(BIN)/holdfire run examples/simulated-front

test: $(VENV)/.made-dev ## all tests
	@$(BIN)/python -m pytest -n 2

test-fast: $(VENV)/.made-dev ## all but the slow ones
	@$(BIN)/python -m pytest -n 2 -m "not slow and not browser"

check: $(VENV)/.made-dev ## format, lint, types, import contract
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.made-dev ## the benchmarks; minutes
	@$(BIN)/python -m benchmarks

lock: ## write the lock files anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml lock-build.in -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

assets: ## bundle the scripts of the site anew (needs Node 20 or newer)
	cd web && npm ci --ignore-scripts && npm run check && npm run build

# The build backend is locked too and is used from the environment itself, so that nothing is
# fetched that the lock files do not name.
$(VENV)/.made: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "holdfire needs Python 3.11 or newer: make PYTHON=python3.12 demo"; exit 1; }
	@test -x $(BIN)/pip || { echo "making the environment in $(VENV) …"; $(PYTHON) -m venv $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.made-dev: $(VENV)/.made requirements-dev.lock
	@echo "adding the test tools …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r requirements-dev.lock
	@touch $@

clean: ## remove the environment and what runs wrote
	rm -rf $(VENV) examples/*/out
