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
ifndef SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH := $(shell git log -1 --format=%ct 2>/dev/null || date +%s)
endif
export SOURCE_DATE_EPOCH # what is built bears the date of the commit, wherever and whenever it is built
PYODIDE ?=
ADDRESS ?=
ifdef PYODIDE
.PHONY: $(STAMPS)/lite # another source than last time is another build
endif

NOTEBOOKS := $(wildcard book/*.ipynb course/assignments/*/*.ipynb)
LIBRARY := $(shell find hdclib -name '*.py' -o -name '*.js' -o -name '*.css')
TYPES := $(shell find hdclib -name '*.pyi' -o -name py.typed)
PAGE := $(wildcard web/*.py web/*.js web/*.css web/*.svg web/check/*) _config.yml _toc.yml book/references.bib $(wildcard book/*.md)
NBVAL := --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg --nbval-cell-timeout 60
PARTS := environments lint scripts doctest unit nbval page grading anywhere # the quickest first
# Status 1 of a command of the course says that a human is needed; its own list says who, so make has nothing to add.
OR_NEEDS_A_HUMAN = || { status=$$?; test $$status -eq 1 || exit $$status; }
# What is pinned is complete and has hashes, so nothing is left to find out; pip takes no file with another hash.
INSTALL := pip install --quiet --no-deps --require-hashes
PIN := .venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-emit-index-url --custom-compile-command 'make lock'
SECTION = @printf '\n=== %s ===\n'
# The narrow tests with other versions of everything: made anew each time, since what the ranges allow changes.
define TEST_OTHER
	$(PYTHON) -m venv --clear $(1)
	.venv-lock/bin/uv pip install --quiet --python $(1)/bin/python --resolution $(2) \
		-e '.[book,test]' -r course/requirements.in
	$(1)/bin/pytest -n 2 --ignore tests/page --ignore tests/witness --ignore tests/course --ignore tests/anywhere tests
	$(1)/bin/pytest -n 2 tests/course/test_coursework*.py
	PYTHONPATH=.:tests $(1)/bin/pytest $(NBVAL) -p nbval_glue --png-tolerance inf -n 2 --dist loadscope \
		$$($(1)/bin/python -m tools.notebooks.notebook_form)
endef

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# A name of letters alone is a command, never a file: a folder called `release` stops nothing.
.PHONY: $(shell sed -n 's/^\([a-z][a-z-]*\):.*/\1/p' $(firstword $(MAKEFILE_LIST)))

help: ## list the commands
	@awk -F ':.*## ' '/^##@/ { print "\n" substr($$0, 5) } /^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

##@ For readers

serve: site ## build the book with Python in the browser, and serve it on this machine
	@$(BIN)/python -m tools.site.serve --port $(PORT) --site _build/site

site: $(STAMPS)/site ## put the book and Python in the browser together in _build/site, ready to publish

offline: ## the same with the PDF, also in one archive that needs no network; PYODIDE names where packages of Pyodide are
	@$(MAKE) --no-print-directory site pdf
	@PYTHONPATH=web $(BIN)/python -m tools.site.assemble_site --offline

pdf: $(STAMPS)/book $(STAMPS)/browser ## print the whole book into _build/dilated-convolution.pdf; ADDRESS is where the site is, for its links
	PYTHONPATH=web $(BIN)/python -m tools.site.pdf --address '$(ADDRESS)'

##@ For authors

book: $(STAMPS)/book ## build the book into _build/html

notebooks: $(STAMPS)/notebooks ## execute the notebooks whose code or library changed

nbval: $(STAMPS)/python ## compare the notebooks' stored outputs with fresh ones
	$(SECTION) 'notebooks: stored outputs against fresh ones (nbval, strict)'
	PYTHONPATH=.:tests $(BIN)/pytest $(NBVAL) -p nbval_glue -n 2 --dist loadscope $$($(BIN)/python -m tools.notebooks.notebook_form)

page: $(STAMPS)/book $(STAMPS)/browser ## test the built pages in Chromium
	@# three workers on two processors, because each waits for its browser now and then
	$(SECTION) 'built pages in Chromium'
	$(BIN)/pytest -n 3 --dist worksteal tests/page

places: $(STAMPS)/site $(STAMPS)/browser ## run every notebook in every place and print a table
	PYTHONPATH=.:tests:web $(BIN)/python -m tools.driving.places --nbval '$(BIN)/pytest $(NBVAL) -p nbval_glue -q'

experiment: .venv-witness/.stamp ## train the networks of the chapter again (about 30 minutes on two cores)
	.venv-witness/bin/python -m experiments.segmentation

##@ For teachers

release: $(STAMPS)/python ## make the notebooks that students get, in COURSE; of one ASSIGNMENT or for one STUDENT, if you say so; FROM as for collect, to hand them out there
	$(BIN)/python -m course release $(ASSIGNMENT) $(addprefix --student ,$(STUDENT)) --course '$(COURSE)' $(if $(FROM),--from '$(FROM)')

collect: $(STAMPS)/python ## take submissions to ASSIGNMENT from the folder or zip archive FROM
	@$(BIN)/python -m course collect '$(ASSIGNMENT)' '$(FROM)' --course '$(COURSE)' $(OPTIONS) $(OR_NEEDS_A_HUMAN)

grade: $(STAMPS)/python $(STAMPS)/sandbox ## grade ASSIGNMENT in the sandbox, JOBS at once
	@$(BIN)/python -m course grade '$(ASSIGNMENT)' --course '$(COURSE)' --jobs $(JOBS) $(OPTIONS) $(OR_NEEDS_A_HUMAN)

seen: $(STAMPS)/python ## acknowledge that you have looked at the submission of STUDENT
	@$(BIN)/python -m course seen '$(ASSIGNMENT)' $(STUDENT) --course '$(COURSE)' $(OPTIONS)

formgrader: $(STAMPS)/python ## grade written answers in the browser
	@$(BIN)/python -m course formgrader --course '$(COURSE)'

feedback: $(STAMPS)/python ## write a page for each student, or for one STUDENT, and the archives that platforms take back
	@$(BIN)/python -m course feedback '$(ASSIGNMENT)' $(addprefix --student ,$(STUDENT)) --course '$(COURSE)' $(OPTIONS)

export: $(STAMPS)/python ## write the tables of grades, also for Canvas and Moodle
	@$(BIN)/python -m course export '$(ASSIGNMENT)' --course '$(COURSE)' $(OPTIONS)

statistics: $(STAMPS)/python ## write a page about how the class did in ASSIGNMENT
	@$(BIN)/python -m course statistics '$(ASSIGNMENT)' --course '$(COURSE)' $(OPTIONS)

similarity: $(STAMPS)/python ## write a page about whose code in ASSIGNMENT is alike, and why
	@$(BIN)/python -m course similarity '$(ASSIGNMENT)' --course '$(COURSE)' $(OPTIONS)

answers: $(STAMPS)/notebooks ## write a key to the exercises of all chapters into _build/answers.md; it is not published
	@$(BIN)/python -m tools.notebooks.exercises

faults: $(STAMPS)/python $(STAMPS)/sandbox ## grade every fault and print the table of outcomes
	PYTHONPATH=.:tests/course $(BIN)/python tests/course/faults.py

##@ For maintainers

test: ## run every test, and print how long each part took; ALSO names further parts
	@$(PYTHON) -m tools.setup.run_parts $(PARTS) $(ALSO)

environments: ## make the environments of Python that the tests need, two at a time; ALSO as for test
	$(SECTION) 'environments of Python'
	@$(MAKE) --no-print-directory -j 2 $(if $(filter witness,$(ALSO)),.venv-witness/.stamp) $(STAMPS)/python .venv-lite/.stamp

lint: $(STAMPS)/web ## check the style of the Python code, and the types of Python and of the page scripts
	$(SECTION) 'style (ruff), types of hdclib and course (mypy), types of the page scripts (TypeScript)'
	$(BIN)/ruff check .
	$(BIN)/mypy
	cd web && PATH='$(CURDIR)/$(BIN)':"$$PATH" npm run --silent types

scripts: $(STAMPS)/web ## check the syntax of the page scripts
	$(SECTION) 'syntax of the page scripts'
	$(BIN)/python -m tools.setup.check_scripts

doctest: $(STAMPS)/python ## run the examples in the documentation of hdclib
	$(SECTION) 'examples in the documentation of hdclib'
	$(BIN)/pytest --doctest-modules --ignore-glob '*/inspecting/*torch*' hdclib

unit: $(STAMPS)/web ## test the library, the rules of the book and the tools
	$(SECTION) 'library, book rules and tools'
	$(BIN)/pytest -n 2 --ignore tests/page --ignore tests/witness --ignore tests/course --ignore tests/anywhere tests

grading: $(STAMPS)/python $(STAMPS)/sandbox ## test the coursework: release, grading in the sandbox, faults
	$(SECTION) 'coursework: release, grading in the sandbox, faults'
	$(BIN)/pytest -n 2 --dist loadfile tests/course

anywhere: $(STAMPS)/site $(STAMPS)/browser ## test the book without a network, and Python in the browser
	$(SECTION) 'the book without a network, and Python in the browser'
	$(BIN)/pytest -n 2 --dist loadfile tests/anywhere

witness: .venv-witness/.stamp ## compare with PyTorch, live, on random cases
	$(SECTION) 'PyTorch as an independent witness'
	@# a thread for each of the two workers, since what they train is small
	OMP_NUM_THREADS=1 .venv-witness/bin/pytest -n 2 --dist worksteal tests/witness

test-latest: $(STAMPS)/web .venv-lock/.stamp ## run the tests with the newest versions that the ranges allow
	$(call TEST_OTHER,.venv-latest,highest)

test-oldest: $(STAMPS)/web .venv-lock/.stamp ## run the tests with the oldest versions that the ranges allow
	$(call TEST_OTHER,.venv-oldest,lowest-direct)

mutants: $(STAMPS)/book $(STAMPS)/browser $(STAMPS)/sandbox .venv-mutants/.stamp ## plant mistakes one at a time and print which layer notices each; ROOM is a part, JOBS at once
	@PYTHONPATH=web $(BIN)/python -m tools.mutants --python .venv-mutants/bin/python --draw 10 --jobs $(JOBS) --room '$(ROOM)' $(OPTIONS)

fuzz: $(STAMPS)/python ## give every public function arguments that nobody planned, drawn anew; HDC_FUZZ is how many each
	HDC_FUZZ=$${HDC_FUZZ:-1000} $(BIN)/pytest -n $(JOBS) tests/layers/test_hostile_arguments.py

drawings: $(STAMPS)/web ## store again what each widget draws and says; read what changed
	PYTHONPATH=.:tests:tests/widgets $(BIN)/python tests/widgets/drawings.py

planted-pages: $(STAMPS)/book $(STAMPS)/browser ## plant bugs in a copy of the built site; each must turn its test red
	$(BIN)/python -m tools.site.planted_page_bugs

bench: $(STAMPS)/book $(STAMPS)/browser $(STAMPS)/sandbox ## measure against rivals and budgets; the table goes to docs/benchmarks.md
	@$(BIN)/python -m benchmarks

lock: .venv-lock/.stamp ## pin the newest versions that the ranges in pyproject.toml allow, with the hashes of their files
	$(PIN) --extra book --extra test --output-file requirements.txt pyproject.toml
	$(PIN) --constraint requirements.txt --output-file course/requirements.txt course/requirements.in
	for folder in binder web/lite; do $(PIN) --constraint requirements.txt \
		--extra $$(basename $$folder) --output-file $$folder/requirements.txt pyproject.toml; done

audit: .venv-lock/.stamp $(STAMPS)/web ## ask for known vulnerabilities of all that is pinned; says so where nobody can be asked
	@PATH='$(CURDIR)/$(BIN)':"$$PATH" $(BIN)/python -m tools.setup.audit

reproducible: ## build the site, the wheel and the archive twice from the last commit, in two places, and compare the bytes
	@$(PYTHON) -m tools.setup.reproducible

lite: $(STAMPS)/lite ## build JupyterLite into _build/lite; PYODIDE names where packages of Pyodide are

clean: ## remove everything that the other commands made
	rm -rf _build book/coursework .venv .venv-latest .venv-oldest .venv-witness .venv-mutants .venv-lock .venv-lite *.egg-info
	rm -rf web/node_modules web/lite/node_modules web/dist web/bundled.json
	rm -rf .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the commands need, each made once.

$(STAMPS)/python: requirements.txt course/requirements.txt pyproject.toml
	@$(PYTHON) -m tools.setup.check_python
	@echo 'installing Python packages into $(VENV) (about a minute)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/$(INSTALL) -r requirements.txt -r course/requirements.txt
	$(BIN)/pip install --quiet --no-deps -e .
	@mkdir -p $(@D) && touch $@

$(STAMPS)/web: $(STAMPS)/python $(wildcard web/*.mjs web/*.js web/check/*.js web/package*.json)
	@echo 'bundling the page scripts'
	cd web && PATH='$(CURDIR)/$(BIN)':"$$PATH" && npm ci --silent && npm run --silent build
	@touch $@

$(STAMPS)/notebooks: $(STAMPS)/python $(NOTEBOOKS) $(LIBRARY) _toc.yml $(addprefix tools/notebooks/,execute.py narrow_figures.py notebook_form.py)
	$(BIN)/python -m tools.notebooks.execute
	@touch $@

$(STAMPS)/coursework: $(STAMPS)/python $(wildcard course/*.py course/assignments/*/*)
	$(BIN)/python -m course release --pages
	@touch $@

$(STAMPS)/book: $(STAMPS)/web $(STAMPS)/notebooks $(STAMPS)/coursework $(PAGE)
	@echo 'building the site'
	rm -rf _build/html
	$(BIN)/jupyter-book build . -W --keep-going -q --all
	@touch $@

$(STAMPS)/lite: $(STAMPS)/notebooks $(STAMPS)/coursework .venv-lite/.stamp $(wildcard web/lite/*.json web/lite/page/*) $(TYPES) web/check/worker.js web/hdc_versions.py tools/site/lite.py tools/site/pyodide_packages.py
	@echo 'building JupyterLite'
	cd web/lite && PATH='$(CURDIR)/$(BIN)':"$$PATH" npm ci --silent
	PYTHONPATH=web $(BIN)/python -m tools.site.lite --pyodide '$(PYODIDE)'
	@touch $@

$(STAMPS)/site: $(STAMPS)/book $(STAMPS)/lite $(addprefix tools/site/,assemble_site.py built.py components.py licences.py serve.py) web/offline/README.txt LICENSE LICENSE-text
	PYTHONPATH=web $(BIN)/python -m tools.site.assemble_site
	@touch $@

$(STAMPS)/browser: $(STAMPS)/python
	$(BIN)/python -m tools.setup.install_browser
	@touch $@

$(STAMPS)/sandbox: $(STAMPS)/python tools/setup/install_sandbox.py
	$(BIN)/python -m tools.setup.install_sandbox
	@touch $@

.venv-witness/.stamp: requirements-witness.txt experiments/requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv-witness
	.venv-witness/bin/pip install --quiet --no-compile -r requirements-witness.txt # what is imported is compiled then
	.venv-witness/bin/pip install --quiet --no-deps -e .
	@touch $@

.venv-mutants/.stamp:
	$(PYTHON) -m venv .venv-mutants
	.venv-mutants/bin/pip install --quiet cosmic-ray==8.7.0
	@touch $@

.venv-lock/.stamp:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet uv pip-audit
	@touch $@

.venv-lite/.stamp: web/lite/requirements.txt
	$(PYTHON) -m venv .venv-lite
	.venv-lite/bin/$(INSTALL) --no-compile -r web/lite/requirements.txt
	@touch $@
