# Sets Unsung up in .venv beside this checkout; sourced by ./unsung and ./check.
# Needs Python 3.11 or newer. What else is missing is installed with apt-get where that is allowed.

say() { printf 'unsung: %s\n' "$*" >&2; }

# apt_install PACKAGE...: true if they are installed afterwards
apt_install() {
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
    if [ -n "$as_root" ] && ! sudo -n true 2>/dev/null; then return 1; fi
    say "installing $* with apt-get"
    { $as_root apt-get update -q && $as_root apt-get install -y -q --no-install-recommends "$@"; } \
        >"${TMPDIR:-/tmp}/unsung-apt.log" 2>&1
}

# python: the first interpreter that is new enough
find_python() {
    for candidate in python3.14 python3.13 python3.12 python3.11 python3; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

make_venv() {
    python=$(find_python) || {
        apt_install python3 python3-venv && python=$(find_python)
    } || {
        say "Python 3.11 or newer is missing and could not be installed; install it (apt install python3 python3-venv)"
        exit 1
    }
    "$python" -c 'import ensurepip' 2>/dev/null || apt_install python3-venv || {
        say "the system package python3-venv is missing and could not be installed (not root, or no apt-get); install it"
        exit 1
    }
    "$python" -m venv "$1/.venv"
}

# set_up FOLDER EXTRA: the package with that extra in FOLDER/.venv, unless it is there already
set_up() {
    wanted="$2 $(cksum <"$1/pyproject.toml")"
    [ "$(cat "$1/.venv/unsung-setup-$2" 2>/dev/null)" = "$wanted" ] && return
    [ -x "$1/.venv/bin/python" ] || make_venv "$1"
    say "setting up (once; about a minute)"
    "$1/.venv/bin/python" -m pip install -q --disable-pip-version-check -e "$1[$2]" || {
        say "the Python packages could not be installed; see the lines above"
        exit 1
    }
    printf '%s' "$wanted" >"$1/.venv/unsung-setup-$2"
}

# need COMMAND PACKAGE WHY: install PACKAGE if COMMAND is missing; false, with one line, if that fails
need() {
    command -v "$1" >/dev/null && return
    apt_install "$2" && command -v "$1" >/dev/null && return
    say "the system package $2 is missing and could not be installed here; it is needed $3"
    return 1
}
