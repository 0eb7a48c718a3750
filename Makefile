# Waakvlam. `make run` and `make test` are the two to know; `make help` lists the rest.
# Every step says what it does; a step that is done is skipped. What is built goes to target/ and dist/.

TOOLS := $(if $(WAAKVLAM_TOOLS),$(WAAKVLAM_TOOLS),$(CURDIR)/target/tools)
export PATH := $(TOOLS)/bin:$(PATH)
# dist is the sealed app, whatever the environment says; only target/dist-unsealed is built without sealing.
unexport WAAKVLAM_UNSEALED

LISTEN   ?= 127.0.0.1:8080
DATABASE ?= sqlite://data/waakvlam.db
SERVER   := target/release/waakvlam
WASM     := target/wasm32-unknown-unknown/app/waakvlam.wasm
# The app that is shipped is built with the small standard library (.ci/wasm-std.sh), and so that it can be cut in pieces (.ci/pieces.mjs).
BUILD_APP := CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--sysroot $(TOOLS)/wasm-std --cfg in_pieces -Clink-arg=--emit-relocs" \
             trunk build --offline --release
# What the app is made of, folders too (a file that is gone counts); not the server's side.
APP_SOURCES := $(shell find src style public -path src/server -prune -o ! -name '*.md' -print) Cargo.toml Cargo.lock Trunk.toml .ci/finish.mjs .ci/pieces.mjs .ci/wasm-std.sh

.PHONY: run test journey apps-for-tests build app server check sim sim-planted size kill load bench bench-sync dev help tools test-tools fetch
.DEFAULT_GOAL := help

run: build data/demo-accounts.txt ## build all that is missing and serve on http://localhost:8080
	@cat data/demo-accounts.txt
	@echo "→ serving on http://localhost:8080 (stop with Ctrl-C)"
	@exec $(SERVER) --database $(DATABASE) serve --listen $(LISTEN) --site dist

data/demo-accounts.txt:
	@echo "→ filling data/waakvlam.db with the demonstration neighbourhood (once, about 10 s)"
	@mkdir -p data
	@$(SERVER) --database $(DATABASE) demo >/dev/null

build: app server ## the app into dist/, the server into target/release/waakvlam
app: tools dist/index.html
server: fetch
	@echo "→ building the server, release (about 6 min the first time)"
	@cargo build --release --locked --quiet

dist/index.html: $(APP_SOURCES) | tools fetch
	@echo "→ building the app, release (about 3 min the first time)"
	@$(BUILD_APP)
	@cp $(WASM) target/app-with-names.wasm

target/dist-unsealed/index.html: $(APP_SOURCES) | dist/index.html
	@echo "→ building the app once more with sealing switched off, for one test (about 1 min)"
	@WAAKVLAM_UNSEALED=1 $(BUILD_APP) --dist target/dist-unsealed

journey: test-tools fetch ## one journey while building, on an unoptimised app: NAME=the_path (1 min after a change)
	@WAAKVLAM_QUICK=1 trunk build --offline --dist target/dist-quick
	@WAAKVLAM_SITE=$(CURDIR)/target/dist-quick WAAKVLAM_SITE_UNSEALED=$(CURDIR)/target/dist-quick WAAKVLAM_AXE=$(TOOLS)/node_modules/axe-core \
	CHROMEDRIVER=$${CHROMEDRIVER:-$$(command -v chromedriver)} cargo test --quiet --test journeys $(NAME) -- --nocapture --test-threads=1

check: tools ## formatting, and clippy with warnings denied on both targets
	@echo "→ checking the format"
	@cargo fmt --check
	@echo "→ clippy, native (about 2 min the first time)"
	@cargo clippy --quiet --all-targets -- -D warnings
	@echo "→ clippy, wasm32 (about 2 min the first time)"
	@cargo clippy --quiet --lib --bins --target wasm32-unknown-unknown -- -D warnings

test: test-tools fetch ## every test: native, in Chromium, and whole journeys
	@TOOLS=$(TOOLS) .ci/test.sh
apps-for-tests: dist/index.html target/dist-unsealed/index.html

# Only our own code is compiled anew for it, optimised; everything else is as in the tests.
SIM := cargo test --quiet --config profile.dev.package.waakvlam.opt-level=3 --test sim -- --ignored --nocapture --test-threads=1 --exact

sim: fetch ## the proving ground: SEEDS=20000 FROM=0, or SEED=n to live through one again and hear what happens
	@SIM_SEEDS=$(or $(SEEDS),2000) SIM_FROM=$(or $(FROM),0) $(if $(SEED),SIM_SEED=$(SEED)) $(SIM) sim
sim-planted: fetch ## the same with bugs planted one at a time: each must be seen
	@SIM_SEEDS=$(or $(SEEDS),3000) $(SIM) planted

size: dist/index.html ## what the browser fetches, and which crates cost most
	@echo "→ the same wasm once more, with its function names kept (about 15 s)"
	@wasm-bindgen --target web --no-typescript --out-dir target/size --out-name named target/app-with-names.wasm
	@wasm-opt -Oz -g target/size/named_bg.wasm -o target/size/named.wasm
	@node .ci/size.mjs dist target/size/named.wasm

# The proving ground. The tests are the ones of `make test`; the server is the one of `make build`.
KILLS         ?= 500
BROWSER_KILLS ?= 200
RUNS          ?= 3
PROVING = WAAKVLAM_SERVER=$(CURDIR)/$(SERVER) cargo test --locked --quiet --test proving -- --nocapture --test-threads=1
JOURNEY = WAAKVLAM_SERVER=$(CURDIR)/$(SERVER) WAAKVLAM_SITE=$(CURDIR)/dist CHROMEDRIVER=$${CHROMEDRIVER:-$$(command -v chromedriver)} \
          cargo test --locked --quiet --test journeys -- --nocapture

kill: build test-tools ## the server killed KILLS times on each database, the browser BROWSER_KILLS times
	@KILLS=$(KILLS) $(PROVING) kill::
	@KILLS_BROWSER=$(BROWSER_KILLS) $(JOURNEY) killed_browser

load: server test-tools ## 200 devices on 20 journals, open loop, upward, on each database
	@$(PROVING) --ignored load::

bench-sync: build test-tools ## 10,000 entries up and down between a browser and a server
	@RUNS=$(RUNS) $(JOURNEY) --ignored bench_sync::

bench: build test-tools ## with 10,000 entries on the phone: saving, starting, searching, from the pocket to a saved contact
	@echo "→ the store alone, a thousand saves in a row (about 3 min to compile the first time)"
	@CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner WASM_BINDGEN_TEST_TIMEOUT=300 \
	cargo test --locked --release --target wasm32-unknown-unknown --test stores a_thousand_saves -- --nocapture >target/stores.txt
	@STORES="$$(grep -ao 'stores: save_mean.*' target/stores.txt)" $(JOURNEY) --ignored --exact bench::a_year_of_work

dev: tools fetch ## build on every change: the app on http://localhost:8080, the server behind it
	@.ci/dev.sh

tools:
	@.ci/tools.sh build
test-tools:
	@.ci/tools.sh test
fetch:
	@cargo fetch --locked --quiet

help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 16
