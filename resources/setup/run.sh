#!/usr/bin/env bash
# Set the machine up if need be and start the program.
#   bash resources/setup/run.sh               the demonstration village in a window, or on paper if there is no screen
#   bash resources/setup/run.sh ARGUMENTS…    the same as main.py ARGUMENTS… (for example: open BOOK, report BOOK …)
# VILLAGE_LEDGER_VENV    where the Python environment lies (default: .venv in the project)
# VILLAGE_LEDGER_OUT     where the demonstration's papers go (default: out/演示-青山村 in the project)
set -euo pipefail
# shellcheck source=resources/setup/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

program() { "$python" "$project/main.py" "$@"; }

# Whether a screen is named and really answers: Qt itself is asked, since it is what will use it.
screen_answers() {
  [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || return 1
  # Qt aborts when nothing answers: no core file, and no word of it from the shell.
  (ulimit -c 0 && timeout 30 "$python" -c 'from PySide6.QtGui import QGuiApplication; QGuiApplication([])' ||
    exit 1) >/dev/null 2>&1
}

open_demo() {
  local folder book
  folder=$("$python" -c 'import platformdirs; print(platformdirs.user_data_path("village-ledger", appauthor=False))')
  book=$folder/青山村.vledger
  mkdir -p "$folder"
  [ -e "$book" ] || program demo "$book"
  exec "$python" "$project/main.py" open "$book"
}

# Each paper as PDF for the wall and as xlsx for reading on.
paper() {
  local file=$1 format
  shift
  for format in pdf xlsx; do
    program report "$book" "$@" --format "$format" -o "$out/$file.$format"
  done
}

print_demo() {
  local out=${VILLAGE_LEDGER_OUT:-$project/out/演示-青山村}
  local book=$out/青山村.vledger
  local ledger name quarter
  local first=(2025-01-01 2025-04-01 2025-07-01 2025-10-01)
  local last=(2025-03-31 2025-06-30 2025-09-30 2025-12-31)
  say "这台机器没有屏幕，改为把演示村的科目余额表和公开表写成文件。" \
    "No screen here: writing the demonstration village's trial balances and wall sheets to files instead."
  mkdir -p "$out"
  [ -e "$book" ] || program demo "$book"
  for ledger in collective committee; do
    case $ledger in
      collective) name=集体经济组织账 ;;
      committee) name=村民委员会账 ;;
    esac
    paper "科目余额表-$name-2025年12月" trial-balance --ledger "$ledger" --month 2025-12
    for quarter in 1 2 3 4; do
      paper "收支公开表-$name-2025年第${quarter}季度" disclosure --ledger "$ledger" \
        --from "${first[quarter - 1]}" --to "${last[quarter - 1]}"
    done
  done
  say "写好了，文件在这里：$out" "Done; the files are in: $out"
}

need_packages "${run_packages[@]}"
need_requirements run requirements.txt

if [ $# -gt 0 ]; then
  exec "$python" "$project/main.py" "$@"
elif screen_answers; then
  open_demo
else
  print_demo
fi
