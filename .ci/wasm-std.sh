#!/usr/bin/env bash
# Gets Rust's standard library for wasm32: from rustup, or where its server cannot be reached, built from
# the source package that Debian keeps of the same Rust version. The system's own apt settings stay as they are.
set -euo pipefail

target=wasm32-unknown-unknown
sysroot=$(rustc --print sysroot)
lib=$sysroot/lib/rustlib/$target/lib
source=$sysroot/lib/rustlib/src/rust
has_std() { ls "$lib"/libstd-*.rlib >/dev/null 2>&1; }
has_std && exit 0

# Objects made with another build of the std do not fit this one.
rm -rf "$(dirname "$0")/../target/$target"

echo "→ getting the wasm32 standard library from rustup (about 10 s, given up after 60)"
command -v rustup >/dev/null && timeout 60 rustup target add $target && has_std && exit 0

version=$(rustc --version | cut -d' ' -f2)
echo "→ rustup cannot be reached: building it from Debian's source of Rust $version (about 1 min)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

if [ ! -e "$source/library/Cargo.toml" ]; then
    # The mirror comes from this machine's own apt settings; only the suite is ours to name.
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' | grep -v security | head -1)
    keys=/usr/share/keyrings/debian-archive-keyring.gpg
    apt_here() {
        apt-get -qq -o Dir::Etc::sourcelist="$work/suite.list" -o Dir::Etc::sourceparts=- \
            -o Dir::State::Lists="$work/lists" -o APT::Sandbox::User=root "$@"
    }
    mkdir -p lists/partial
    for suite in trixie-backports trixie sid; do
        echo "deb [signed-by=$keys] $mirror $suite main" >suite.list
        apt_here update 2>/dev/null && apt_here download "rust-src=$version*" 2>/dev/null && break
    done
    dpkg -x rust-src_*.deb src || { echo "no Debian suite has the source of Rust $version" >&2; exit 1; }
    # Copied into the toolchain, because that is where -Zbuild-std looks.
    rm -rf "$source"
    mkdir -p "$(dirname "$source")"
    cp -r src/usr/src/rustc-* "$source"
fi

cargo init --quiet --lib --vcs none --name empty_crate empty
cd empty
# Without embed-bitcode a later `lto = true` fails.
RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes CARGO_TARGET_DIR=target \
    cargo build --quiet --release --target $target -Zbuild-std=std,panic_abort
mkdir -p "$lib"
find target/$target/release/deps -name '*.rlib' ! -name 'libempty_crate*' -exec cp {} "$lib/" \;
