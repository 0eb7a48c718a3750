#!/usr/bin/env bash
# Gets Rust's standard library for wasm32, twice.
#
# 1. The ordinary one, into the toolchain, for clippy, tests and `make dev`: from rustup, or where its server cannot be reached,
#    built from source.
# 2. A small one, into $1, for the app that a phone fetches (the Makefile builds with it): optimised for size, and a panic only stops instead of
#    composing a message for a console that nobody looks into. It takes 41 kB off the first load. Always built from
#    source, so that it is the same wherever it is built.
#
# The source is rustup's component, or Debian's package of the same Rust version; the system's own apt settings stay as they are.
set -euo pipefail

small=$1
target=wasm32-unknown-unknown
sysroot=$(rustc --print sysroot)
lib=$sysroot/lib/rustlib/$target/lib
source=$sysroot/lib/rustlib/src/rust
version=$(rustc --version | cut -d' ' -f2)
has_std() { ls "$1"/libstd-*.rlib >/dev/null 2>&1; }

# What panics do is asked of the std alone: our own crates stay on the stable compiler.
small_flags='-Cpanic=abort --cfg panic="immediate-abort" -Aexplicit_builtin_cfgs_in_flags'
made="$(rustc --version) $small_flags 1"
is_small() { [ "$(cat "$small/made" 2>/dev/null)" = "$made" ]; }
has_std "$lib" && is_small && exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

get_source() {
    [ -e "$source/library/Cargo.toml" ] && return
    echo "→ getting the source of the standard library from rustup (about 5 s, given up after 60)"
    command -v rustup >/dev/null && timeout 60 rustup component add rust-src && [ -e "$source/library/Cargo.toml" ] && return
    echo "→ rustup cannot be reached: getting Debian's source of Rust $version (about 15 s)"
    # The mirror comes from this machine's own apt settings; only the suite is ours to name.
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' | grep -v security | head -1)
    keys=/usr/share/keyrings/debian-archive-keyring.gpg
    mkdir -p "$work/lists/partial"
    (
        cd "$work"
        apt_here() {
            apt-get -qq -o Dir::Etc::sourcelist="$work/suite.list" -o Dir::Etc::sourceparts=- \
                -o Dir::State::Lists="$work/lists" -o APT::Sandbox::User=root "$@"
        }
        for suite in trixie-backports trixie sid; do
            echo "deb [signed-by=$keys] $mirror $suite main" >suite.list
            apt_here update 2>/dev/null && apt_here download "rust-src=$version*" 2>/dev/null && break
        done
        dpkg -x rust-src_*.deb src || { echo "no Debian suite has the source of Rust $version" >&2; exit 1; }
    )
    # Copied into the toolchain, because that is where -Zbuild-std looks.
    rm -rf "$source"
    mkdir -p "$(dirname "$source")"
    cp -r "$work"/src/usr/src/rustc-* "$source"
}

build_std() { # into, flags, more arguments for cargo...
    local into=$1 flags=$2
    shift 2
    rm -rf "$work/empty"
    cargo init --quiet --lib --vcs none --name empty_crate "$work/empty"
    # Without embed-bitcode a later `lto = true` fails.
    (cd "$work/empty" && RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Cembed-bitcode=yes $flags" CARGO_TARGET_DIR=target \
        cargo build --quiet --release --target $target -Zbuild-std=std,panic_abort "$@")
    mkdir -p "$into"
    find "$work/empty/target/$target/release/deps" -name '*.rlib' ! -name 'libempty_crate*' -exec cp {} "$into/" \;
}

# Objects made with another build of the std do not fit this one.
rm -rf "$(dirname "$0")/../target/$target"

if ! has_std "$lib"; then
    echo "→ getting the wasm32 standard library from rustup (about 10 s, given up after 60)"
    if ! { command -v rustup >/dev/null && timeout 60 rustup target add $target && has_std "$lib"; }; then
        get_source
        echo "→ building the wasm32 standard library (about 1 min)"
        build_std "$lib" ""
    fi
fi
if ! is_small; then
    get_source
    echo "→ building the small standard library for the app (about 1 min)"
    rm -rf "$small"
    build_std "$small/lib/rustlib/$target/lib" "$small_flags" -Zbuild-std-features=optimize_for_size \
        --config 'profile.release.opt-level="z"' --config 'profile.release.codegen-units=1'
    echo "$made" >"$small/made"
fi
