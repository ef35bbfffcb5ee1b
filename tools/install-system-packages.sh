#!/bin/sh
# The programs the tests need from the system; nothing happens where they are present.
# (virtuoso-opensource-7-bin is the bare server: the package virtuoso-opensource would also
# set up and start a database service on the machine, and the tests start their own.)
set -u

missing=
command -v chromium >/dev/null || missing="$missing chromium"
command -v virtuoso-t >/dev/null || missing="$missing virtuoso-opensource-7-bin"
[ -n "$(find /usr/share/fonts /usr/local/share/fonts -name 'NotoSans-Regular.*' 2>/dev/null)" ] ||
    missing="$missing fonts-noto-core"
command -v soffice >/dev/null || missing="$missing libreoffice-writer-nogui"
tesseract --list-langs 2>/dev/null | grep -qx vie || missing="$missing tesseract-ocr tesseract-ocr-vie"
[ -z "$missing" ] && exit 0

by_hand() {
    echo "The tests need these system packages, please install them by hand ($1):$missing" >&2
    exit 1
}

command -v apt-get >/dev/null || by_hand "there is no apt-get here; the names are Debian's"
as_root=
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || by_hand "not root, and there is no sudo"
    as_root=sudo
    [ -t 0 ] || as_root="sudo -n"
fi

echo "Installing for the tests:$missing" >&2
apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq \
        -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" >&2
}
# A failed update may still leave lists good enough to install from.
apt update || true
# shellcheck disable=SC2086
apt install --yes --no-install-recommends $missing || by_hand "apt-get failed, see above"
