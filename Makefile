# Everything starts here: `make help` lists what there is.
# Needs Python 3.11 or newer; all else comes from the package index into .venv.

UV_VERSION := 0.13.9
BIN := .venv/bin
CATALOGUES := $(wildcard clerk/locale/*/LC_MESSAGES/clerk.po)
PACKAGES := clerk storage exports services screens central
E2E_PROGRAMS := soffice:libreoffice-calc pdftotext:poppler-utils pdfsig:poppler-utils \
	chromium:chromium node:nodejs npm:npm pgbouncer:pgbouncer tmux:tmux \
	softhsm2-util:softhsm2

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# A container's usual setting; with it each process that a test starts compiles all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test test-failed check format lock bench sim soak e2e e2e-deps shell messages \
	compile-messages snapshots pictures recording clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: .venv/installed compile-messages ## Make .venv and install everything, once per lock

run: setup ## Start the demo city and a desk on it; without a terminal, play one day
	$(BIN)/clerk demo

test: setup .venv/collected ## Run the tests (no simulation in full length, no soak, no e2e)
	$(BIN)/python -m pytest -n 5 --dist worksteal --timeout 120

test-failed: setup ## Run what failed last once more, one test after the other
	$(BIN)/python -m pytest --last-failed --last-failed-no-failures none --timeout 300

check: setup ## Format, lint, types, import contracts, structure
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/test_structure.py

format: setup ## Put the code into its one format and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## Run the benchmarks; each prints ratios
	$(BIN)/python -m bench

sim: setup ## Run the simulation in full length
	$(BIN)/python -m pytest -m sim -q --timeout 3600 tests/sim
	$(BIN)/python -m pytest -m sim -q -n 2 --timeout 3600 --ignore tests/sim

soak: setup ## Run the hours of load
	$(BIN)/python -m pytest -m soak --timeout 36000

e2e: setup ## Run what needs other programs, naming those that are missing
	@for pair in $(E2E_PROGRAMS); do command -v $${pair%%:*} >/dev/null \
		|| echo "missing: $${pair%%:*} (Debian package $${pair##*:}; make e2e-deps installs it)"; done
	$(BIN)/python -m pytest -m e2e --timeout 600

e2e-deps: ## Install the other programs that are missing, on Debian (as root)
	@missing=; for pair in $(E2E_PROGRAMS); do command -v $${pair%%:*} >/dev/null \
		|| missing="$$missing $${pair##*:}"; done; \
	test -z "$$missing" || apt-get install --yes --no-install-recommends $$missing

shell: setup ## Open Python with the services at hand
	$(BIN)/python -i -c "from services import bootstrap"

lock: .venv/uv-$(UV_VERSION) ## Resolve pyproject.toml anew into requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
		--extra dev --python $(BIN)/python pyproject.toml --output-file requirements.lock

messages: setup ## Gather the texts into the translations
	$(BIN)/pybabel --quiet extract --keywords mark --keywords _n:1,2 --keywords mark_n:1,2 --no-wrap --sort-by-file --add-location file \
		--project clerk --output-file clerk/locale/clerk.pot $(PACKAGES)
	@test -f clerk/locale/zh_CN/LC_MESSAGES/clerk.po || $(BIN)/pybabel --quiet init --no-wrap \
		--locale zh_CN --domain clerk --input-file clerk/locale/clerk.pot --output-dir clerk/locale
	$(BIN)/pybabel --quiet update --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
		--domain clerk --input-file clerk/locale/clerk.pot --output-dir clerk/locale
	$(MAKE) compile-messages

compile-messages: $(CATALOGUES:.po=.mo)

%.mo: %.po .venv/installed
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

snapshots: setup ## Keep what each screen shows now; review the differences before they are committed
	$(BIN)/python -m pytest -q -n 2 tests/screens/test_snapshots.py --renew-snapshots

pictures: setup ## Take the documents' pictures of the real program anew
	$(BIN)/python -m tests.support.pictures

recording: setup ## Record one walk-in on a real terminal anew
	$(BIN)/python -m tests.support.recording

clean: ## Remove what was made, .venv included
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist demo-out
	find $(PACKAGES) bench tests -name __pycache__ -prune -exec rm -rf {} +
	find clerk/locale -name '*.mo' -delete

.venv/installed: requirements.lock pyproject.toml .venv/uv-$(UV_VERSION)
	$(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --offline --editable .
	@touch $@

# Read all tests once after an installation: else each worker of the first run compiles them.
.venv/collected: .venv/installed
	-@$(BIN)/python -m pytest --collect-only -qq > /dev/null 2>&1
	@touch $@

.venv/uv-$(UV_VERSION):
	@for python in python3.13 python3.12 python3.11 python3; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			found=$$python; break; fi; done; \
	if [ -z "$$found" ]; then echo "Python 3.11 or newer is needed and was not found." >&2; exit 1; fi; \
	$$found -m venv .venv
	$(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	@touch $@
