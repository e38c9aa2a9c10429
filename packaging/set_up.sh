#!/bin/bash
# Makes this machine ready: Debian packages, the environment in .venv, the project in it.
# Does nothing when nothing changed. Without root it names the packages that are missing.
set -euo pipefail
cd "$(dirname "$0")/.."

lists=(packaging/debian-packages.txt packaging/set_up.sh requirements.lock pyproject.toml)
stamp=.venv/.set-up
wanted=$(cat "${lists[@]}" | sha256sum | cut -d' ' -f1)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted  $PWD" ]; then
    exit 0
fi

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }

packages=$(grep -v '^#' packaging/debian-packages.txt | tr '\n' ' ')
missing=()
for package in $packages; do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" != 0 ]; then
        say "Debian packages are missing. Install them, then try again:"
        echo "  sudo apt-get install --no-install-recommends ${missing[*]}" >&2
        exit 1
    fi
    say "installing ${#missing[@]} Debian packages …"
    # Services are not started by their installation: the terminal's own tests bring their own pcscd.
    export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# vpcd's package gives its virtual reader to the system's pcscd, which would let any program on the network play
# a card. Demonstration and tests configure a pcscd of their own; dpkg does not bring a deleted file back.
virtual=/etc/reader.conf.d/vpcd
if [ -e "$virtual" ]; then
    if [ "$(id -u)" = 0 ]; then
        rm "$virtual"
        ! [ -d /run/systemd/system ] || systemctl try-restart pcscd
    else
        say "The system's pcscd serves a virtual reader. Take it out:"
        echo "  sudo rm $virtual && sudo systemctl try-restart pcscd" >&2
    fi
fi

if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))'; then
    say "making the environment in .venv …"
    rm -rf .venv
    /usr/bin/python3.11 -m venv .venv
fi
say "installing the locked Python packages …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
echo "$wanted  $PWD" > "$stamp"
say "ready."
