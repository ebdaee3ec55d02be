# One command for each thing people do; `make help` lists them. The environment lives in .venv: made on
# first use, made anew when the lock (requirements*.txt) changes. Without make: see README, "Without make".

PYTHON ?= python3
BIN := .venv/bin
DATASET ?= demo
EDITION ?=
ARGS := --dataset $(DATASET) $(if $(EDITION),--edition $(EDITION))
# Some images ask Python to keep no compiled modules: hundreds of processes of a run would compile them anew.
unexport PYTHONDONTWRITEBYTECODE
# A test module stays on one worker, whose fixtures serve all of it; what takes longest comes first.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help book pdf test check test-all quick coverage lint types demo bench serve lab lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  DATASET=live EDITION=2026-Q4 choose another dataset or edition, as in: make book DATASET=live'

.venv/installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo '需要 Python 3.11 或更高版本:make PYTHON=python3.11 …'; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

book: .venv/installed ## build the book into _build/html (demonstration data by default)
	$(BIN)/python scripts/build.py $(ARGS)

pdf: .venv/installed ## build the book with PDFs (whole, each chapter) and department packs
	$(BIN)/python scripts/build.py --pdf $(ARGS)

test: check ## set up and run every gate: style, types, tests, the whole demonstration book
check: lint types
	$(PYTEST) -m "not long"

test-all: .venv/installed-dev ## after `make test`: long proofs, and properties with 1,000 examples each
	$(PYTEST) -m "long or hypothesis" --hypothesis-profile long

quick: lint types ## style, types, and the tests that are closest to what changed since main
	$(PYTEST) -m "not long and not book" $$($(BIN)/python tests/changed.py)

coverage: .venv/installed-dev ## measure which lines the tests of `make test` run, and show it
	$(BIN)/coverage run -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not long"
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

lint: .venv/installed-dev ## check style, format, notebooks and the order of rooms
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/nbstripout --verify --keep-id notebooks/*.ipynb
	$(BIN)/lint-imports

types: .venv/installed-dev ## check types
	$(BIN)/mypy

demo: .venv/installed ## make the demonstration data anew
	$(BIN)/python scripts/make_demo.py

bench: .venv/installed ## compare the build with the stock tools, in one run
	$(BIN)/python scripts/bench.py build

serve: .venv/installed ## show the built book at http://localhost:8000
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html 8000

lab: .venv/installed ## open the notebooks on DATASET and EDITION (JupyterLab is installed on first use)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check jupyterlab
	$(BIN)/python -m planbook lab $(ARGS)

lock: ## refresh the lock from pyproject.toml (needs uv)
	uv pip compile --universal --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile --universal --no-header --no-annotate --python-version 3.11 --group dev \
		-c requirements.txt -o requirements-dev.txt
	echo '-e .' >> requirements.txt

clean: ## delete everything that can be made again, but the environment
	rm -rf _build book/chapters book/goals
