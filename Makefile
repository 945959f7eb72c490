# Two commands do all the set-up on a machine with Python 3.11 or newer: `make site` and `make test`.
# The virtual environment holds exactly what the lock files name, by hash.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes --only-binary :all:

.PHONY: setup site check serve test lint format cases terjemahan soak bench audit audit-python audit-site release lock clean

setup: $(VENV)/site.done

site: $(VENV)/site.done
	$(BIN)/python build.py

check: $(VENV)/site.done
	$(BIN)/python build.py check

serve: $(VENV)/site.done
	$(BIN)/python build.py serve

test: $(VENV)/test.done
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

lint: $(VENV)/test.done
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/actionlint
	$(BIN)/zizmor --offline --quiet .github .pre-commit-config.yaml

format: $(VENV)/test.done
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Write the expected results of tests/cases and additions to the contract of the API anew; read the difference before committing it.
cases: $(VENV)/test.done
	$(BIN)/python -m pytest tests/test_cases.py tests/test_api.py --update-cases

# Gather the words of templates and code into every language of locale/; `make terjemahan BAHASA=ms` begins a new one.
GATHER := --keywords "_ N_ gettext ngettext:1,2" --no-default-keywords --add-comments Translators: --add-location file --no-wrap --sort-by-file
terjemahan: $(VENV)/site.done
	mkdir -p .cache
	$(BIN)/pybabel --quiet extract --mapping babel.cfg $(GATHER) --output .cache/katalog.pot katalog templates
	$(if $(BAHASA),test -e locale/$(BAHASA) || $(BIN)/pybabel --quiet init --domain katalog --no-wrap --input-file .cache/katalog.pot --output-dir locale --locale $(BAHASA))
	$(BIN)/pybabel --quiet update --domain katalog --no-wrap --ignore-obsolete --ignore-pot-creation-date --input-file .cache/katalog.pot --output-dir locale

# Builds killed by the hundred, full and read-only disks, builds at once; figures for docs/MEASUREMENTS.md.
soak: $(VENV)/test.done
	$(BIN)/python -m benchmarks.soak

# Our builds beside Hugo's and, where Node is, Eleventy's; benchmarks/README.md. BENCH="--sizes 123 --runs 3" chooses.
bench: $(VENV)/bench.done
	$(BIN)/python -m benchmarks.speed $(BENCH)

# What is known against what we use. Where a service cannot be reached it says so and goes on.
audit: audit-python audit-site

audit-python: $(VENV)/site.done
	-@$(PIP) --requirement requirements-audit.lock
	$(BIN)/python -m tools.audit_python requirements.lock requirements-test.lock requirements-audit.lock requirements-bench.lock

# The Nu HTML checker and Lighthouse: need Node, Java and Chromium, and name what is missing.
audit-site: $(VENV)/test.done
	$(BIN)/python -m tools.audit_site

# Checks, tests, then one commit and one tag; never pushes. make release VERSION=1.2.0, after writing CHANGELOG.md.
release: $(VENV)/test.done
	$(BIN)/python -m tools.release "$(VERSION)"

# Renew the lock files from pyproject.toml; needs uv.
lock:
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra test pyproject.toml -c requirements.lock -o requirements-test.lock
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra audit pyproject.toml -c requirements-test.lock -o requirements-audit.lock
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra bench pyproject.toml -c requirements.lock -o requirements-bench.lock
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra brotli pyproject.toml -c requirements-test.lock -o requirements-brotli.lock

clean:
	rm -rf _site _site.* .cache $(VENV)

$(VENV)/python.done:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Perlu Python 3.11 atau lebih baru: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/site.done: requirements.lock $(VENV)/python.done
	$(PIP) --requirement requirements.lock
	touch $@

$(VENV)/test.done: requirements-test.lock $(VENV)/site.done
	$(PIP) --requirement requirements-test.lock
	touch $@

$(VENV)/bench.done: requirements-bench.lock $(VENV)/site.done
	$(PIP) --requirement requirements-bench.lock
	touch $@
