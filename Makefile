# make run    the app, in an environment of its own (.venv), made when it is missing or out of date
# make test   lint, types, and every test, those in a real Chromium included, file by file on two cores
.PHONY: run test lint style types tests bench screenshots messages clean

# Compiled once, our own files are read by some fifty programs that tests start.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
SUITABLE := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
# The first Python on the path that TensorFlow has wheels for; another by `make PYTHON=/path/to/python run`.
PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c '$(SUITABLE)' 2>/dev/null && echo $$name && break; done)

run: $(VENV)/.installed
	$(BIN)/python -m streamlit run dashboard/app.py

# Types are checked on one core beside the tests, which begin with those that wait for a browser.
test: style
	$(BIN)/python -m tests.browser.chromium
	$(MAKE) --no-print-directory -j 2 types tests

lint: style types

style: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

tests: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n 2 --no-loadscope-reorder

# Ratios of throughput and the time to the first point, measured side by side on this machine. PyTorch, which only this
# needs, is in an environment of its own; without it, the benchmark says so.
bench: $(VENV)/.installed-dev
	-$(MAKE) --no-print-directory .venv-bench/.installed
	$(BIN)/python -m tests.benchmarks

# The README's pictures, taken of the running app.
screenshots: $(VENV)/.installed-dev
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.browser.screenshots

# Collect what the code says into the catalogs; then translate what is empty or fuzzy in dashboard/locales.
messages: $(VENV)/.installed
	$(BIN)/python -m dashboard.ui.messages

clean:
	rm -rf $(VENV) .venv-bench .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/browser/failures
	find core dashboard tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamps say when all was installed last, so that a second `make run` starts at once.
$(VENV)/.installed: requirements.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed, and none was found. Install one, or name it: make PYTHON=/path/to/python run"; exit 1; }
	$(PYTHON) -c '$(SUITABLE)' || { echo "$(PYTHON) is not Python 3.11, 3.12 or 3.13."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "On Debian and Ubuntu, this needs: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements.txt
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/python -m pip install --disable-pip-version-check --quiet -r requirements-dev.txt
	touch $@

.venv-bench/.installed: tests/benchmarks/requirements.txt
	test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --disable-pip-version-check --quiet -r tests/benchmarks/requirements.txt
	touch $@
