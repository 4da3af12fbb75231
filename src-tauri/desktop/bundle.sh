#!/bin/sh
# Builds the command line and lays it where tauri.conf.json takes it into the package. Tauri runs
# this, from the repository's root, before it packs.
set -eu
if [ "${TAURI_ENV_DEBUG:-false}" = true ]; then
    profile=dev folder=debug
else
    profile=release folder=release
fi
cargo build --profile "$profile" --package lectern
install -D "${CARGO_TARGET_DIR:-target}/$folder/lectern" gen/bundle/lectern
