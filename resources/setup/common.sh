# shellcheck shell=bash disable=SC2034
# Shared by run.sh and test.sh: what a machine needs before the program starts. Sourced, never run.
# Works on a bare Debian 12 with nothing but apt, as root or through sudo. Whatever is there already is left alone, so a
# second run installs nothing and needs no network. Messages go to stderr: stdout belongs to the program.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
setup=$project/resources/setup
venv=${VILLAGE_LEDGER_VENV:-$project/.venv}
python=$venv/bin/python

# Debian's names; "a|b" where newer releases renamed a library.
run_packages=(
  ca-certificates python3 python3-venv
  "libglib2.0-0|libglib2.0-0t64" libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0
  libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libwayland-cursor0
  "fonts-noto-cjk|fonts-wqy-zenhei"
)

say() { printf '%s\n' "$@" >&2; }

# Say what failed, that no book was touched, and what to do; then stop.
stop() {
  say "$1账簿没有变化。$2" "$3"
  exit 1
}

# A package may be there for two architectures, one line each.
has_package() { dpkg-query -W -f='${db:Status-Status}\n' "$1" 2>/dev/null | grep -x installed >/dev/null; }

# Print the members of the given specs that are missing, the first name of each spec that apt knows.
missing_packages() {
  local spec name names known
  for spec in "$@"; do
    IFS='|' read -ra names <<<"$spec"
    for name in "${names[@]}"; do
      has_package "$name" && continue 2
    done
    known=${names[0]}
    for name in "${names[@]}"; do
      if apt-cache show "$name" >/dev/null 2>&1; then known=$name && break; fi
    done
    printf '%s\n' "$known"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    stop "安装系统软件包需要管理员权限，这台机器上没有 sudo。" "请用 root 身份再运行一次。" \
      "Installing packages needs root, and there is no sudo: run this once as root."
  fi
}

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@"; }

# Install what is missing from the given Debian packages; apt's own lines are shown only when it fails.
need_packages() {
  local missing log
  if ! command -v dpkg-query >/dev/null; then
    say "这台机器不用 Debian 的软件包，请自行装好：$*" "No dpkg here; please see to these yourself: $*"
    return
  fi
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" = 0 ] && return
  say "正在安装系统软件包：${missing[*]}" "Installing Debian packages: ${missing[*]}"
  log=$(mktemp)
  # An unreachable extra source need not matter; whether the packages are there is what the install decides.
  apt_get update >"$log" 2>&1 || true
  # Once more by name: before the update apt may have known none of them.
  mapfile -t missing < <(missing_packages "$@")
  if ! apt_get install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    stop "系统软件包没有装上。" "请接通网络后再运行一次。" \
      "Debian packages could not be installed: check the network and run this again."
  fi
  rm -f "$log"
}

# The first Python of at least 3.11 that can make a virtual environment.
find_python() {
  local candidate
  for candidate in "${VILLAGE_LEDGER_PYTHON:-/usr/bin/python3}" python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  stop "没有找到 Python 3.11 或更新的版本。" "请先安装 Python 3.11(Debian 12 自带)。" \
    "Python 3.11 or newer is needed."
}

# Install the named requirement files into the virtual environment, unless exactly these are in it already.
# The stamp holds the files' checksum and is written last: an interrupted installation starts over.
need_requirements() {
  local kind=$1 base name want
  local stamp=$venv/.village-ledger-$kind.sha256
  local files=()
  shift
  for name in "$@"; do files+=("$setup/$name"); done
  want=$(cat "${files[@]}" | sha256sum)
  if ! "$python" -c '' 2>/dev/null; then
    base=$(find_python)
    say "正在建立 Python 环境：$venv" "Creating the virtual environment: $venv"
    "$base" -m venv --clear "$venv"
  fi
  [ "$(cat "$stamp" 2>/dev/null)" = "$want" ] && return
  say "正在安装 Python 软件包（第一次约需几分钟）" "Installing pinned Python packages (minutes, the first time)"
  "$python" -m pip install --quiet --disable-pip-version-check --no-input --require-hashes \
    "${files[@]/#/--requirement=}" >&2 ||
    stop "Python 软件包没有装上。" "请接通网络后再运行一次。" \
      "Python packages could not be installed: check the network and run this again."
  printf '%s\n' "$want" >"$stamp"
}
