#!/usr/bin/env bash
# Every check of the project: ruff, pyright, import contracts, all tests offscreen in random order.
#   bash resources/setup/test.sh [--full] [pytest arguments…]
# --full adds LibreOffice, PostgreSQL and the long fuzz and kill runs.
# The programs our output is held against are installed here; without one of them the tests fail, they do not skip.
set -euo pipefail
# shellcheck source=resources/setup/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
export LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen
export PYRIGHT_PYTHON_IGNORE_WARNINGS=1 # the pinned pyright runs as it is, without asking for a newer one
unset LC_ALL
unset PYTHONDONTWRITEBYTECODE # hundreds of processes would each compile the program anew

test_packages=(hledger ledger poppler-utils xvfb xauth xdotool)
full_packages=(libreoffice-calc postgresql)
wanted=("${run_packages[@]}" "${test_packages[@]}")
if [ "${1:-}" = --full ]; then
  shift
  wanted+=("${full_packages[@]}")
  export VILLAGE_LEDGER_FULL=1
fi
failed=()

# Run one named step, print its seconds, remember a failure and go on: one run tells everything.
step() {
  local name=$1 start=$SECONDS result=ok
  shift
  printf '== %s\n' "$name"
  "$@" || { result=FAILED && failed+=("$name"); }
  printf '== %s: %s, %d s\n' "$name" "$result" $((SECONDS - start))
}

install_everything() {
  need_packages "${wanted[@]}"
  need_requirements test requirements.txt requirements-test.txt
}

cd "$project"
start=$SECONDS
printf '== set-up\n'
install_everything
printf '== set-up: ok, %d s\n' $((SECONDS - start))

step "ruff check" "$venv/bin/ruff" check .
step "ruff format" "$venv/bin/ruff" format --check .
step "import contracts" "$venv/bin/lint-imports"

# Pyright takes minutes of one processor: beside the tests both processors have work to the end.
said=$(mktemp)
(
  failed=()
  step pyright "$venv/bin/pyright" --pythonpath "$python"
  exit "${#failed[@]}"
) >"$said" 2>&1 &
pyright=$!
trap 'kill "$pyright" 2>/dev/null || true; rm -f "$said"' EXIT

[ "${#failed[@]}" = 0 ] || printf '== not passed so far: %s\n' "${failed[*]}"
printf '== pytest\n'
# Neighbours in the (random) order share a worker, and with it their module's fixtures, until one worker has nothing left.
# Not quiet: the first lines name the seed that plays this order again (--randomly-seed=…).
"$python" -m pytest -n 2 --dist worksteal "$@" || failed+=(pytest)

wait "$pyright" || failed+=(pyright)
cat "$said"
[ "${#failed[@]}" = 0 ] || printf '== FAILED: %s\n' "${failed[*]}"
[ "${#failed[@]}" = 0 ]
