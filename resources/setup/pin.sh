#!/usr/bin/env bash
# Compile the pinned, hashed requirement files from pyproject.toml (needs uv on the path; for maintainers only).
# Usage: bash resources/setup/pin.sh [--upgrade | --upgrade-package NAME …]
# Versions stay as they are unless an upgrade is asked for. No index address is ever written: where the packages
# come from is the installing machine's own pip setting.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

compile() {
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --custom-compile-command "bash resources/setup/pin.sh" "$@"
}

run=resources/setup/requirements.txt
test=resources/setup/requirements-test.txt
compile pyproject.toml --output-file "$run" "$@"
compile --group test --constraints "$run" --output-file "$test" "$@"
