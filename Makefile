# `make run` opens the app, `make test` runs every check. Both set up what they need in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8501

# On Linux the default index serves torch with CUDA, gigabytes of it. TORCH_INDEX can name an index of CPU builds;
# empty, pip's own settings decide.
TORCH_INDEX ?=
PIP_TORCH := $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX),)

.PHONY: run test check lint types imports docs screenshots bench clean
.DEFAULT_GOAL := run

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "derivlab needs Python 3.11 or newer; try: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install -q $(PIP_TORCH) -r requirements.txt
	touch $@

$(VENV)/.test-ready: requirements-dev.txt requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install -q $(PIP_TORCH) -r requirements-dev.txt
	touch $@

run: $(VENV)/.run-ready
	$(BIN)/python -m streamlit run app.py --server.port $(PORT) --server.headless false --server.showEmailPrompt false

# Two at a time: the browser's tests, which mostly wait, beside all others.
test: check
	$(BIN)/python -m pytest -n 2

check: lint types imports

lint: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test-ready
	$(BIN)/mypy

imports: $(VENV)/.test-ready
	$(BIN)/lint-imports

docs: $(VENV)/.test-ready
	$(BIN)/python -m derivlab.expression.reference docs/language.md

screenshots: $(VENV)/.test-ready
	$(BIN)/python docs/make_screenshots.py

bench: $(VENV)/.test-ready
	for part in evaluation orders hessian parsing sampling record; do $(BIN)/python -m benchmarks.$$part || exit 1; done

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
