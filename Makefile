# Everything runs in one virtual environment, made at first use from any Python 3.11 or later.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PACKAGES := data documents features models train

.PHONY: help dev demo test lint types unit wheel bench model clean
help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo 'taohua needs Python 3.11 or later: make PYTHON=/path/to/python3.11'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo 'Python cannot make virtual environments here: apt install python3-venv'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

dev: $(READY) ## make the environment, and the links type checkers need
	@rm -rf .types && mkdir -p .types/taohua
	@ln -s $(addprefix ../../,$(wildcard app/*)) $(addprefix ../../,$(PACKAGES)) .types/taohua/

demo: $(READY) ## score the shipped example reports
	@$(BIN)/taohua demo

test: lint types unit wheel ## everything that CI runs

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: dev
	$(BIN)/mypy

unit: dev
	$(BIN)/pytest

wheel: dev ## build the wheel and use it in an environment of its own
	@rm -rf build dist
	$(BIN)/python -m build --wheel --outdir dist . >/dev/null
	@set -e; clean=$$(mktemp -d); trap 'rm -rf "$$clean"' EXIT; \
	$(PYTHON) -m venv "$$clean/venv"; \
	"$$clean/venv/bin/python" -m pip install --quiet dist/*.whl; \
	cd "$$clean" && venv/bin/python -I "$(CURDIR)/tests/check_installed.py"

bench: dev ## measure speed, on FOLDERS of .txt files if given; results go to benchmarks/results
	$(BIN)/python benchmarks/features.py $(FOLDERS)
	$(BIN)/python benchmarks/scoring.py $(FOLDERS)

model: dev ## fit the shipped model from data/passages.jsonl
	$(BIN)/python -m taohua.train.pretrained

clean: ## remove what make has made
	rm -rf $(VENV) .types build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
