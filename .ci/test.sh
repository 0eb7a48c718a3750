#!/usr/bin/env bash
# Runs every test and counts them. `make test` has the tools ready by then.
set -uo pipefail
cd "$(dirname "$0")/.."

log=target/test.log
: >"$log"
failed=0
step() { # words, command...
    printf '→ %s\n' "$1"
    shift
    local start=$SECONDS
    "$@" 2>&1 | tee -a "$log" || failed=1
    printf '  (%s s)\n' $((SECONDS - start))
}

# What a test file needs decides where it runs: `journeys` alone with a browser, the ones that name
# wasm_bindgen_test also inside one, the rest natively.
native=() in_browser=()
for path in tests/*.rs tests/*/main.rs; do
    [ -e "$path" ] || continue
    name=$(basename "${path%/main.rs}" .rs)
    case $name in journeys | bench) continue ;; esac
    native+=(--test "$name")
    grep -rq wasm_bindgen_test "$path" && in_browser+=(--test "$name")
done

# The app's whole-program optimisation keeps one core busy for minutes: meanwhile the other compiles the native tests.
echo "→ building the app for the journeys, sealed and unsealed, beside the native tests"
make --no-print-directory apps-for-tests >target/apps-for-tests.log 2>&1 &
apps=$!
trap 'kill $apps 2>/dev/null || true' EXIT

export WAAKVLAM_SITE=$PWD/dist WAAKVLAM_SITE_UNSEALED=$PWD/target/dist-unsealed
export WAAKVLAM_AXE=$TOOLS/node_modules/axe-core
export CHROMEDRIVER=${CHROMEDRIVER:-$(command -v chromedriver)}

step "native tests (about 4 min to compile the first time)" \
    cargo test --no-fail-fast --lib --bins "${native[@]}"
wait $apps || failed=1
cat target/apps-for-tests.log
# Not what runs on PostgreSQL in any case, needs no database, or is about SQLite's file.
step "the API once more, over PostgreSQL" \
    env WAAKVLAM_TEST_DATABASE=postgres cargo test --no-fail-fast --test api -- \
    --skip founding:: --skip site:: --skip described:: --skip backup:: --skip erased:: --skip import:: --skip restored:: --skip left_alone::not_a_byte --skip founded:: \
    --skip closed::a_restore --skip let_in::a_restore
step "examples in the documentation" cargo test --doc --no-fail-fast
if [ ${#in_browser[@]} -gt 0 ]; then
    step "the same stores in Chromium (about 2 min to compile the first time)" \
        env CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner WASM_BINDGEN_TEST_TIMEOUT=300 \
        cargo test --no-fail-fast --target wasm32-unknown-unknown "${in_browser[@]}"
fi
if [ -e tests/journeys.rs ] || [ -e tests/journeys/main.rs ]; then
    step "journeys: a real browser, a real server" \
        cargo test --no-fail-fast --test journeys -- --test-threads=1 --nocapture
fi

counts=$(grep -aoE '[0-9]+ passed; [0-9]+ failed' "$log" | awk '{ p += $1; f += $3 } END { print p + 0, f + 0 }')
passed=${counts% *} failures=${counts#* }
echo "tests: $passed passed, $failures failed"
[ "$failed" = 0 ] && [ "$failures" = 0 ] && [ "$passed" -gt 0 ]
