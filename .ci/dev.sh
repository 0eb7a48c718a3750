#!/usr/bin/env bash
# Trunk serves the app on 8080 and builds it on every change; /api goes to the server on 8081.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p data target/dist-dev
echo "→ building the server, debug (about 3 min the first time)"
cargo build --quiet
target/debug/waakvlam --database sqlite://data/dev.db serve --listen 127.0.0.1:8081 --site target/dist-dev &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
trunk serve --offline --dist target/dist-dev
