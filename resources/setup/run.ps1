# Set the machine up if need be and start the program, on Windows 10 or 11.
#   powershell -ExecutionPolicy Bypass -File resources\setup\run.ps1                 the demonstration village
#   powershell -ExecutionPolicy Bypass -File resources\setup\run.ps1 ARGUMENTS...    the same as main.py ARGUMENTS...
# VILLAGE_LEDGER_VENV says where the Python environment lies (default: .venv in the project).
# There is no param() block on purpose: with one, PowerShell would take the program's -o for an option of its own.
$ErrorActionPreference = 'Stop'
$OutputEncoding = [Console]::OutputEncoding = [Text.Encoding]::UTF8
$project = (Resolve-Path (Join-Path $PSScriptRoot '..\..')).Path
$venv = if ($env:VILLAGE_LEDGER_VENV) { $env:VILLAGE_LEDGER_VENV } else { Join-Path $project '.venv' }
$python = Join-Path $venv 'Scripts\python.exe'
$main = Join-Path $project 'main.py'

function Say { $args | ForEach-Object { [Console]::Error.WriteLine($_) } }

function Stop-Here([string] $chinese, [string] $english) {
    Say $chinese $english
    exit 1
}

# The first Python of at least 3.11, 64 bit, that the launcher or the path offers, as a command and its arguments.
function Find-Python {
    $probe = 'import sys; sys.exit(sys.version_info < (3, 11) or sys.maxsize < 2**32)'
    foreach ($candidate in @(@('py', '-3'), @('py', '-3.13'), @('py', '-3.12'), @('py', '-3.11'), @('python'))) {
        if (-not (Get-Command $candidate[0] -ErrorAction SilentlyContinue)) { continue }
        $options = @($candidate | Select-Object -Skip 1)
        # Windows PowerShell turns what a program writes to stderr into errors; here only its exit code counts.
        $ErrorActionPreference = 'Continue'
        & $candidate[0] @options -c $probe 2>$null | Out-Null
        $found = $LASTEXITCODE -eq 0
        $ErrorActionPreference = 'Stop'
        if ($found) { return , $candidate }
    }
    Stop-Here '没有找到 64 位的 Python 3.11 或更新的版本。账簿没有变化。请从 python.org 安装 Python(勾选 py launcher)后再运行一次。' `
        'A 64-bit Python 3.11 or newer is needed: install it from python.org and run this again.'
}

# Install the pinned requirements unless exactly these are there already; the stamp is written last.
function Install-Requirements {
    $requirements = Join-Path $PSScriptRoot 'requirements.txt'
    $stamp = Join-Path $venv '.village-ledger-run.sha256'
    $want = (Get-FileHash -Algorithm SHA256 $requirements).Hash
    if (-not (Test-Path $python)) {
        $base = Find-Python
        $options = @($base | Select-Object -Skip 1)
        Say "正在建立 Python 环境：$venv" "Creating the virtual environment: $venv"
        & $base[0] @options -m venv $venv
        if ($LASTEXITCODE -ne 0) { Stop-Here 'Python 环境没有建成。账簿没有变化。请检查磁盘空间和文件夹权限。' 'The virtual environment could not be made: check disk space and permissions.' }
    }
    if ((Test-Path $stamp) -and ((Get-Content $stamp -TotalCount 1) -eq $want)) { return }
    Say '正在安装 Python 软件包（第一次约需几分钟）' 'Installing pinned Python packages (minutes, the first time)'
    & $python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --requirement $requirements
    if ($LASTEXITCODE -ne 0) { Stop-Here 'Python 软件包没有装上。账簿没有变化。请接通网络后再运行一次。' 'Python packages could not be installed: check the network and run this again.' }
    Set-Content -Path $stamp -Value $want
}

if ([Environment]::OSVersion.Version.Major -lt 10) {
    Stop-Here '这台电脑是 Windows 7 或 8，窗口所用的 Qt 6 不能在上面运行。账簿没有变化。请换用 Windows 10 或 11 的电脑。' `
        'Qt 6 does not run on Windows 7 or 8: use a computer with Windows 10 or 11.'
}

Install-Requirements

if ($args.Count -gt 0) {
    & $python $main @args
    exit $LASTEXITCODE
}

# The name is put together by Python, so that it is the folder the program itself uses.
$folder = & $python -X utf8 -c 'import platformdirs; print(platformdirs.user_data_path(''village-ledger'', appauthor=False))'
$book = Join-Path $folder '青山村.vledger'
New-Item -ItemType Directory -Force $folder | Out-Null
if (-not (Test-Path $book)) {
    & $python $main demo $book
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}
& $python $main open $book
exit $LASTEXITCODE
