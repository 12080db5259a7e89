# The commands of a working day. Recipes are thin: what needs more than a line or two is a script in scripts/.
# Everything that is compiled or downloaded stays in one cache folder outside the clone, so that a second
# clone or a second run starts where the last one ended.

VESTIBULE_CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/vestibule
CARGO_TARGET_DIR ?= $(VESTIBULE_CACHE)/target
# The client that the server embeds when it is compiled.
VESTIBULE_CLIENT_DIR ?= $(VESTIBULE_CACHE)/client
# The program that whole-program and end-to-end tests start.
VESTIBULE_PROGRAM ?= $(CARGO_TARGET_DIR)/debug/vestibule
export VESTIBULE_CACHE CARGO_TARGET_DIR VESTIBULE_CLIENT_DIR VESTIBULE_PROGRAM

DATA ?= ./data
LISTEN ?= 127.0.0.1:3000
ROWS ?= 1000000

# The frontend is built for WASM only: with it in a selection, cargo would join the features of server and
# client, and effects would run on the server. `--all-features` would do the same.
HOST_CRATES := --workspace --exclude frontend --features app/ssr
# CI fails where Cargo.lock does not fit; elsewhere cargo brings it up to date.
LOCKED := $(if $(CI),--locked)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run dev test lint lint-text lint-host lint-client test-rust test-e2e pictures client server build licences bench bench-explorer bench-growth bench-reports bench-http bench-browser bench-accounts fuzz deny fmt clean

help: ## show these commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: client server ## build, make a demo tenant in ./data when it is empty, and start on 127.0.0.1:3000
	@exec $(VESTIBULE_PROGRAM) serve --listen $(LISTEN) --data $(DATA) --demo-when-empty 200000

dev: ## like run, and rebuild and reload on every change
	@scripts/ensure-wasm-target.sh
	@exec node scripts/dev.mjs --listen $(LISTEN) --data $(DATA)

# Clippy for the host crates looks on while they are built: see scripts/with-clippy.sh.
test: WITH_CLIPPY := scripts/with-clippy.sh
test: lint-text lint-client client test-rust test-e2e ## everything that CI checks: lints, Rust tests, a real browser

lint: lint-text lint-host lint-client ## formatting, habits, licences, clippy for the server and for the client

lint-text:
	@scripts/ensure-lint-tools.sh
	cargo fmt --all --check
	node scripts/check-wording.mjs
	node scripts/check-blade.mjs
	node scripts/check-licences.mjs
	@scripts/ensure-node-packages.sh end2end
	end2end/node_modules/.bin/tsc --project end2end

lint-host:
	cargo clippy $(LOCKED) $(HOST_CRATES) --all-targets -- -D warnings

# A second configuration, because a browser has no clock, files, threads or sockets of std's kind.
lint-client:
	@scripts/ensure-wasm-target.sh
	CLIPPY_CONF_DIR=$(CURDIR)/scripts/clippy_wasm \
		cargo clippy $(LOCKED) -p frontend --target wasm32-unknown-unknown -- -D warnings

test-rust: server ## Rust tests: unit, property and whole-program
	$(WITH_CLIPPY) scripts/test-rust.sh $(LOCKED) $(HOST_CRATES)

test-e2e: server ## tests in a real browser
	scripts/end2end.sh

pictures: server ## docs/images anew: every page in both themes
	scripts/end2end.sh --config=pictures.config.ts

client: ## the client alone: WASM, JavaScript, styles; prints its size and fails over budget
	@scripts/build-client.sh wasm-release

server: client
	$(WITH_CLIPPY) cargo build $(LOCKED) -p server

build: client licences ## dist/vestibule: one file to deploy, with the licences beside it
	cargo build $(LOCKED) --release -p server
	install -D -m 755 $(CARGO_TARGET_DIR)/release/vestibule dist/vestibule
	install -m 644 LICENSE dist/LICENSE
	@ls -l dist

licences: ## dist/THIRD-PARTY-LICENSES.txt
	node scripts/third-party-licences.mjs dist/THIRD-PARTY-LICENSES.txt

bench: ## import and query benchmarks beside other engines, and whole requests
	scripts/bench.sh
	ROWS=$(ROWS) scripts/bench-explorer.sh
	ROWS=$(ROWS) scripts/bench-reports.sh
	ROWS=$(ROWS) scripts/bench-http.sh
	ROWS=$(ROWS) scripts/bench-browser.sh
	ROWS=$(ROWS) scripts/bench-accounts.sh

bench-explorer: ## eighteen queries on ROWS demo sign-ins, beside five other engines
	ROWS=$(ROWS) scripts/bench-explorer.sh

bench-growth: ## the same queries on lakes of SIZES demo sign-ins
	SIZES="$(SIZES)" scripts/bench-growth.sh

bench-reports: ## the reports on ROWS demo sign-ins, beside DuckDB
	ROWS=$(ROWS) scripts/bench-reports.sh

bench-http: ## whole requests on ROWS demo sign-ins: starts, load, the blade beside a bare page
	ROWS=$(ROWS) scripts/bench-http.sh

bench-accounts: ## pages for 100 people who are signed in at once, on ROWS demo sign-ins
	ROWS=$(ROWS) scripts/bench-accounts.sh

bench-browser: ## the blade in a real browser on ROWS demo sign-ins: clicks, scrolling, first rows
	ROWS=$(ROWS) scripts/bench-browser.sh

fuzz: ## feed the importers with hostile bytes for a while
	scripts/fuzz.sh

deny: ## advisories, sources and bans of dependencies (needs cargo-deny)
	@command -v cargo-deny >/dev/null || { \
		echo "cargo-deny is missing: get it with 'cargo install --locked cargo-deny' (takes minutes to compile)" >&2; exit 1; }
	cargo deny check

fmt: ## format all Rust code
	cargo fmt --all

clean: ## remove what was built; data and tools stay
	rm -rf dist end2end/test-results $(VESTIBULE_CACHE)/client $(VESTIBULE_CACHE)/client-dev $(VESTIBULE_CACHE)/client-work
	cargo clean
