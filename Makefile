# Lectern. `make run` opens it, `make test` proves it; both install what is missing first.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:

TOOLS ?= $(CURDIR)/.tools
TARGET := $(or $(CARGO_TARGET_DIR),$(CURDIR)/target)
export TOOLS
export PATH := $(TOOLS)/node/node_modules/.bin:$(TOOLS)/bin:$(TOOLS)/python/bin:$(PATH):$(HOME)/.cargo/bin

# One shape of build for the window, the program and the tests. Cargo joins the features of what one command
# builds, so the same targets in every command are what keeps dependencies from being compiled twice.
WORKSPACE := --workspace --features desktop,tauri/custom-protocol,lectern-tests/window
TESTS := $(WORKSPACE) --lib --bins --tests
HAS_DISPLAY := $(or $(DISPLAY),$(WAYLAND_DISPLAY))

## Using it

run: ## Open Lectern: a window where there is a display, else the web UI on an address it prints
	@if [ -n "$(HAS_DISPLAY)" ]; then
	    .ci/setup window
	    $(MAKE) --no-print-directory ui
	    cargo build $(WORKSPACE) --bins
	    exec "$(TARGET)/debug/lectern-desktop"
	else
	    .ci/setup build
	    $(MAKE) --no-print-directory ui
	    cargo build
	    exec "$(TARGET)/debug/lectern" serve --open-code
	fi

build: ui ## Build the optimised command line and server, target/release/lectern
	.ci/setup build
	cargo build --release -p lectern

package: ui ## Make the Debian package: the window, and the command line beside it
	.ci/setup window
	cargo build --release -p lectern
	ui/node_modules/.bin/tauri build --bundles deb -- --package lectern-desktop

## Proving it

test: ## Run every test: crates, command line, server, UI, browser and real window
	.ci/setup test
	$(MAKE) --no-print-directory test-ui ui
	cargo build $(TESTS)
	cargo test $(TESTS)
	$(MAKE) --no-print-directory e2e-browser

e2e: ## Run only the end-to-end tests, in Chromium and in the real window
	.ci/setup test
	$(MAKE) --no-print-directory ui
	cargo build $(TESTS)
	cargo test $(WORKSPACE) --test window
	$(MAKE) --no-print-directory e2e-browser

kill: ## Kill processes 20 times over 200 documents, on each engine; DOCUMENTS=… KILLS=…
	.ci/setup test
	LECTERN_TEST_DOCUMENTS=$(or $(DOCUMENTS),200) LECTERN_TEST_KILLS=$(or $(KILLS),20) \
	    cargo test $(WORKSPACE) --test keeping

test-ui: ui/node_modules/.installed ## Run only the UI's unit tests
	cd ui && npm test

check: ui ## Run every check that is not a test: format, lints, docs, dependencies, spelling, types
	.ci/setup check
	cargo fmt --all --check
	cargo clippy $(WORKSPACE) --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --document-private-items --quiet
	cargo deny --log-level error check bans licenses sources
	typos
	cd ui && npm run check

## Measuring it

bench: ## Run the benchmarks of the reader's parts
	.ci/setup build
	cargo bench -p lectern-vision -p lectern-parse

bench-mrz: ## Compare the reader with others, into docs/reading; options in tests/bench/mrz
	.ci/setup build
	tests/bench/mrz

bench-read: ## Compare the reader of printed text with others; options in tests/bench/read
	.ci/setup build
	tests/bench/read

bench-store: ## Measure the store with up to a million records, into docs; options in tests/bench/store
	.ci/setup test
	tests/bench/store

fuzz: ## Throw arbitrary bytes at the reader, SECONDS=600 for each target
	.ci/setup build
	tests/fuzz/run $(or $(SECONDS),600)

## Making it

fmt: ui/node_modules/.installed ## Format everything
	cargo fmt --all
	cd ui && npm run format

openapi: ## Write ui/openapi.json and the UI's types from the router
	cargo run --quiet -p lectern -- openapi > ui/openapi.json
	cd ui && npm run api

samples: ## Draw the sample documents that ship with Lectern anew
	cargo run --quiet -p lectern-tests --bin specimens -- samples --out src-tauri/app/samples

clean: ## Remove what was built
	rm -rf "$(TARGET)" ui/dist ui/node_modules

help: ## Say what can be made
	@awk '/^## /{printf "\n%s\n", substr($$0,4)} /^[a-z0-9-]+:.*## /{split($$0,a,":.*## "); printf "  make %-10s %s\n", a[1], a[2]}' Makefile

# --- the parts

ui: ui/dist/index.html

ui/node_modules/.installed: ui/package.json ui/package-lock.json
	.ci/setup build
	# Not `npm ci`: it refuses a lock file that lacks the optional binaries of other platforms, and npm
	# leaves out of the lock file those that the registry it asks does not carry.
	cd ui && npm install --no-save --no-audit --no-fund --loglevel=error
	touch node_modules/.installed

ui/dist/index.html: ui/node_modules/.installed ui/index.html ui/vite.config.ts $(shell find ui/src ui/public -type f 2>/dev/null)
	cd ui && npm run --silent build

e2e-browser:
	cd ui && LECTERN_BIN="$(TARGET)/debug/lectern" npm run e2e

.PHONY: run build package test e2e test-ui check bench bench-mrz bench-read bench-store fuzz fmt openapi samples clean help ui e2e-browser
