# Everything the book needs, from a fresh clone. `make help` lists the commands.
PYTHON ?= python3
PORT ?= 8000
COURSE ?= _course
JOBS ?= $(shell nproc 2>/dev/null || echo 2)
VENV := .venv
BIN := $(VENV)/bin
STAMPS := _build/.stamps
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
PYODIDE ?=
ifdef PYODIDE
.PHONY: $(STAMPS)/lite # another source than last time is another build
endif

NOTEBOOKS := $(wildcard book/*.ipynb course/assignments/*/*.ipynb)
LIBRARY := $(shell find hdclib -name '*.py' -o -path '*/static/*')
PAGE := $(wildcard web/*.py web/*.js web/*.css web/*.svg) _config.yml _toc.yml book/references.bib $(wildcard book/*.md)
NBVAL := --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg --nbval-cell-timeout 60
SECTION = @printf '\n=== %s ===\n'

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve book site offline notebooks test test-latest lint scripts unit doctest nbval page anywhere places witness experiment \
	bench planted lite lock clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

serve: site ## build the book with Python in the browser, and serve it on this machine
	@$(BIN)/python tools/serve.py --port $(PORT) --site _build/site

book: $(STAMPS)/book ## build the book into _build/html

site: $(STAMPS)/site ## put the book and Python in the browser together in _build/site, ready to publish

offline: ## the same in one archive that needs no network; PYODIDE names where packages of Pyodide are
	@$(MAKE) --no-print-directory site
	@test -f _build/dilated-convolution.zip || PYTHONPATH=web $(BIN)/python tools/assemble.py --offline

notebooks: $(STAMPS)/notebooks ## execute the notebooks whose code or library changed

test: lint scripts unit doctest nbval grading page anywhere ## run every test
	$(SECTION) 'all tests passed'

lint: $(STAMPS)/python
	$(SECTION) 'style of the Python code (ruff)'
	$(BIN)/ruff check .

scripts: $(STAMPS)/web
	$(SECTION) 'syntax of the page scripts'
	$(BIN)/python tools/check_scripts.py

unit: $(STAMPS)/web
	$(SECTION) 'library, book rules and tools'
	$(BIN)/pytest -n 2 --ignore tests/page --ignore tests/witness --ignore tests/grading --ignore tests/anywhere tests

doctest: $(STAMPS)/python
	$(SECTION) 'examples in the documentation of hdclib'
	$(BIN)/pytest --doctest-modules hdclib

nbval: $(STAMPS)/python
	$(SECTION) 'notebooks: stored outputs against fresh ones (nbval, strict)'
	PYTHONPATH=tools:tests $(BIN)/pytest $(NBVAL) -p nbval_glue -n 2 --dist loadscope $$($(BIN)/python tools/notebook_form.py)

grading: $(STAMPS)/python $(STAMPS)/sandbox
	$(SECTION) 'coursework: release, grading in the sandbox, faults'
	$(BIN)/pytest -n 2 --dist loadfile tests/grading

page: $(STAMPS)/book $(STAMPS)/browser
	$(SECTION) 'built pages in Chromium'
	$(BIN)/pytest -n 2 --dist loadfile tests/page

anywhere: $(STAMPS)/site $(STAMPS)/browser
	$(SECTION) 'the book without a network, and Python in the browser'
	$(BIN)/pytest -n 2 --dist loadfile tests/anywhere

places: $(STAMPS)/site $(STAMPS)/browser ## run every notebook in every place and print a table
	PYTHONPATH=tools:tests:web $(BIN)/python tools/places.py --nbval '$(BIN)/pytest $(NBVAL) -p nbval_glue -q'

release: $(STAMPS)/python ## coursework: make the notebooks that students get, in COURSE
	$(BIN)/python -m course release --course '$(COURSE)'

collect: $(STAMPS)/python ## coursework: take submissions to ASSIGNMENT from the folder or zip archive FROM
	@$(BIN)/python -m course collect '$(ASSIGNMENT)' '$(FROM)' --course '$(COURSE)'

grade: $(STAMPS)/python $(STAMPS)/sandbox ## coursework: grade ASSIGNMENT in the sandbox, JOBS at once
	@$(BIN)/python -m course grade '$(ASSIGNMENT)' --course '$(COURSE)' --jobs $(JOBS) $(OPTIONS)

formgrader: $(STAMPS)/python ## coursework: grade written answers in the browser
	cd '$(COURSE)' && '$(CURDIR)/$(BIN)/jupyter' lab --LabApp.default_url=/formgrader \
		$(if $(filter 0,$(shell id -u)),--allow-root)

feedback: $(STAMPS)/python ## coursework: write a page for each student
	@$(BIN)/python -m course feedback '$(ASSIGNMENT)' --course '$(COURSE)' $(OPTIONS)

export: $(STAMPS)/python ## coursework: write the tables of grades, also for Canvas and Moodle
	@$(BIN)/python -m course export '$(ASSIGNMENT)' --course '$(COURSE)' $(OPTIONS)

faults: $(STAMPS)/python $(STAMPS)/sandbox ## coursework: grade every fault and print the table of outcomes
	PYTHONPATH=.:tests/grading $(BIN)/python tests/grading/faults.py

test-latest: $(STAMPS)/web ## run the tests with the newest versions that the ranges allow
	$(PYTHON) -m venv --clear .venv-latest
	.venv-latest/bin/pip install --quiet --upgrade -e '.[book,test]' -r course/requirements.in
	.venv-latest/bin/pytest -n 2 --ignore tests/page --ignore tests/witness --ignore tests/grading --ignore tests/anywhere tests
	PYTHONPATH=tools:tests .venv-latest/bin/pytest $(NBVAL) -p nbval_glue --png-tolerance 255 -n 2 --dist loadscope \
		$$(.venv-latest/bin/python tools/notebook_form.py)

witness: .venv-witness/.stamp ## compare with PyTorch, live, on random cases
	$(SECTION) 'PyTorch as an independent witness'
	.venv-witness/bin/pytest tests/witness

experiment: .venv-witness/.stamp ## train the networks of the chapter again (about half an hour on two idle cores)
	.venv-witness/bin/python -m experiments.segmentation

planted: $(STAMPS)/python ## plant bugs in a copy of hdclib; each must turn the notebooks red
	$(BIN)/python tools/planted_bugs.py

bench: $(STAMPS)/book $(STAMPS)/browser $(STAMPS)/sandbox ## measure against rivals and budgets, and print the tables
	$(SECTION) 'the library against its rivals'
	$(BIN)/python benchmarks/library.py
	$(SECTION) 'the pages against their rivals'
	$(BIN)/python benchmarks/page.py
	$(SECTION) 'from key to paint, every widget in its largest state'
	$(BIN)/python benchmarks/widgets.py
	$(SECTION) 'grading in the sandbox'
	$(BIN)/python benchmarks/grading.py

lock: .venv-lock/.stamp ## pin the newest versions that the ranges in pyproject.toml allow
	.venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra book --extra test \
		--no-emit-index-url --custom-compile-command 'make lock' --output-file requirements.txt pyproject.toml
	.venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --constraints requirements.txt \
		--no-emit-index-url --custom-compile-command 'make lock' --output-file course/requirements.txt course/requirements.in
	for folder in binder web/lite; do .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
		--extra $$(basename $$folder) --constraint requirements.txt --no-emit-index-url \
		--custom-compile-command 'make lock' --output-file $$folder/requirements.txt pyproject.toml; done

lite: $(STAMPS)/lite ## build JupyterLite into _build/lite; PYODIDE names where packages of Pyodide are

clean: ## remove everything that the other commands made
	rm -rf _build book/coursework .venv .venv-latest .venv-witness .venv-lock .venv-lite *.egg-info
	rm -rf web/node_modules web/lite/node_modules web/dist
	rm -rf .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMPS)/python: requirements.txt course/requirements.txt pyproject.toml
	@$(PYTHON) tools/check_python.py
	@echo 'installing Python packages into $(VENV) (about a minute)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -r requirements.txt -r course/requirements.txt
	$(BIN)/pip install --quiet --no-deps -e .
	@mkdir -p $(@D) && touch $@

$(STAMPS)/web: $(STAMPS)/python $(wildcard web/*.mjs web/*.js web/package*.json)
	@echo 'bundling the page scripts'
	cd web && PATH='$(CURDIR)/$(BIN)':"$$PATH" && npm ci --silent && npm run --silent build
	@touch $@

$(STAMPS)/notebooks: $(STAMPS)/python $(NOTEBOOKS) $(LIBRARY) _toc.yml tools/execute.py tools/notebook_form.py
	$(BIN)/python tools/execute.py
	@touch $@

$(STAMPS)/coursework: $(STAMPS)/python $(wildcard course/*.py course/assignments/*/*)
	$(BIN)/python -m course release --pages
	@touch $@

$(STAMPS)/book: $(STAMPS)/web $(STAMPS)/notebooks $(STAMPS)/coursework $(PAGE)
	@echo 'building the site'
	rm -rf _build/html
	$(BIN)/jupyter-book build . -W --keep-going -q --all
	@touch $@

$(STAMPS)/lite: $(STAMPS)/notebooks $(STAMPS)/coursework .venv-lite/.stamp $(wildcard web/lite/*.json) tools/lite.py tools/pyodide_packages.py
	@echo 'building JupyterLite'
	cd web/lite && PATH='$(CURDIR)/$(BIN)':"$$PATH" npm ci --silent
	$(BIN)/python tools/lite.py --pyodide '$(PYODIDE)'
	@touch $@

$(STAMPS)/site: $(STAMPS)/book $(STAMPS)/lite tools/assemble.py tools/serve.py web/offline/README.txt LICENSE LICENSE-text
	PYTHONPATH=web $(BIN)/python tools/assemble.py
	@touch $@

$(STAMPS)/browser: $(STAMPS)/python
	$(BIN)/python tools/install_browser.py
	@touch $@

$(STAMPS)/sandbox: $(STAMPS)/python tools/install_sandbox.py
	$(BIN)/python tools/install_sandbox.py
	@touch $@

.venv-witness/.stamp: requirements-witness.txt experiments/requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv-witness
	.venv-witness/bin/pip install --quiet -r requirements-witness.txt
	.venv-witness/bin/pip install --quiet --no-deps -e .
	@touch $@

.venv-lock/.stamp:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet uv
	@touch $@

.venv-lite/.stamp: web/lite/requirements.txt
	$(PYTHON) -m venv .venv-lite
	.venv-lite/bin/pip install --quiet -r web/lite/requirements.txt
	@touch $@
