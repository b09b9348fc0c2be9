# Two commands matter: `make run` and `make test`. Everything they need is built on first use.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test check format train bench lock

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
SETUP := $(PYTHON) -m bootstrap

help: ## Show these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

run: ## Start the assistant with a demo portfolio (options: ARGS="--help")
	@$(SETUP) run $(ARGS)

test: ## Run all tests (some of them: ARGS="tests/loans -k plan")
	@$(SETUP) develop
	@$(SETUP) system
	@$(SETUP) counterparts
	$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

check: ## Format, lint, types, import contracts, catalogues, console, training data, shipped model
	@$(SETUP) develop
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/locales
	@$(SETUP) console-check
	@$(SETUP) validate
	@$(SETUP) check-phrases
	@$(SETUP) check-model

format: ## Put the code into its one format
	@$(SETUP) develop
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

train: ## Train the model after a change of config.yml, domain.yml or nlu_data
	@$(SETUP) train

bench: ## Measure (one benchmark: ARGS="turns")
	@$(SETUP) develop
	$(BIN)/alcorriente bench $(ARGS)

UV := $(firstword $(wildcard .tools/bin/uv) uv)
PIN := --generate-hashes --no-header --no-annotate --quiet
lock: ## Bring the locks into step with pyproject.toml and rasa_env/rasa.in (newer versions: ARGS=--upgrade)
	$(UV) pip compile pyproject.toml $(PIN) --universal --python-version 3.11 $(ARGS) -o requirements.txt
	$(UV) pip compile pyproject.toml $(PIN) --universal --python-version 3.11 $(ARGS) --group dev \
	  --constraints requirements.txt -o requirements-dev.txt
	$(UV) pip compile rasa_env/rasa.in $(PIN) --python-version 3.10 $(ARGS) -o rasa_env/rasa-310.txt
	$(UV) pip compile rasa_env/rasa.in $(PIN) --python-version 3.11 $(ARGS) \
	  --overrides rasa_env/overrides-311.txt -o rasa_env/rasa-311.txt
