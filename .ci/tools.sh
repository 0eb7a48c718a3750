#!/usr/bin/env bash
# Gets the tools that are missing; what is there is skipped.
#
#   .ci/tools.sh build      what building needs: wasm std, wasm-bindgen, Trunk, wasm-opt, wasm-split, esbuild
#   .ci/tools.sh test       the same, and what testing needs: Chromium, chromedriver, PostgreSQL, axe-core, schemathesis
#
# They land in target/tools, or in $WAAKVLAM_TOOLS; only the ordinary wasm std, Chromium and PostgreSQL go into the system.
set -euo pipefail
cd "$(dirname "$0")/.."

BINDGEN=0.2.130   # must equal the crate in Cargo.toml
TRUNK=0.21.14     # 0.22 needs a newer Rust
BINARYEN=132.0.0
ESBUILD=0.28.2
SPLIT=0.2.4       # fits wasm_split_helpers in Cargo.lock
AXE=4.14.1

tools=${WAAKVLAM_TOOLS:-$PWD/target/tools}
mkdir -p "$tools/bin"
say() { printf '→ %s\n' "$*"; }
is_version() { [ "$("$tools/bin/$1" --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -1)" = "$2" ]; }

node_package() { # name, version
    [ "$(node -p "require('$tools/node_modules/$1/package.json').version" 2>/dev/null)" = "$2" ] && return
    say "getting $1 $2 (npm, about 5 s)"
    npm install --prefix "$tools" --no-save --no-package-lock --no-audit --no-fund --loglevel=error \
        "binaryen@$BINARYEN" "esbuild@$ESBUILD" "axe-core@$AXE"
}

.ci/wasm-std.sh "$tools/wasm-std"

if ! is_version wasm-bindgen $BINDGEN; then
    say "compiling wasm-bindgen $BINDGEN (about 3 min on 2 cores)"
    # Without --locked: its lock file may name crate versions that a mirror does not have yet.
    cargo install --quiet wasm-bindgen-cli --version $BINDGEN --root "$tools" --force
fi
if ! is_version trunk $TRUNK; then
    say "compiling Trunk $TRUNK (about 4 min on 2 cores)"
    CARGO_PROFILE_DEV_DEBUG=0 cargo install --quiet trunk --version $TRUNK --locked --debug --root "$tools" --force
fi
# It has no --version; the file beside it says which one it is.
if [ "$(cat "$tools/wasm-split.version" 2>/dev/null)" != $SPLIT ]; then
    say "compiling wasm-split $SPLIT (about 2 min on 2 cores)"
    cargo install --quiet wasm_split_cli_support --version $SPLIT --features build-binary --locked --root "$tools" --force
    echo $SPLIT >"$tools/wasm-split.version"
fi
node_package binaryen $BINARYEN
node_package esbuild $ESBUILD
ln -sf ../node_modules/binaryen/bin/wasm-opt "$tools/bin/wasm-opt"
ln -sf ../node_modules/esbuild/bin/esbuild "$tools/bin/esbuild"

[ "${1:-build}" = test ] || exit 0
node_package axe-core $AXE

# In an environment of its own; python.txt pins every package of it.
if ! cmp -s .ci/python.txt "$tools/schemathesis/python.txt"; then
    say "getting schemathesis (pip, about 20 s)"
    rm -rf "$tools/schemathesis"
    python3 -m venv "$tools/schemathesis" || {
        echo "python3 -m venv does not work: on Debian, apt-get install python3-venv" >&2
        exit 1
    }
    "$tools/schemathesis/bin/pip" install --quiet --disable-pip-version-check --no-input -r .ci/python.txt
    cp .ci/python.txt "$tools/schemathesis/python.txt"
fi

install() { # words, packages...
    say "$1"
    shift
    as_root=; [ "$(id -u)" = 0 ] || as_root=sudo
    $as_root apt-get update -qq
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}
if ! command -v chromium >/dev/null || ! command -v chromedriver >/dev/null; then
    install "installing Chromium and chromedriver (apt, about 30 s)" chromium chromium-driver fonts-liberation fonts-dejavu-core
fi
# The tests start one of their own, in a temporary folder; without it they fail.
if ! command -v initdb >/dev/null && ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
    install "installing PostgreSQL (apt, about 20 s)" postgresql
fi
