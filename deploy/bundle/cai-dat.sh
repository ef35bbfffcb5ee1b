#!/bin/sh
# Cài đặt hoặc nâng cấp Căn Cứ trên Linux, không cần mạng: sh cai-dat.sh [--vao THƯ-MỤC]
# Installs or upgrades Căn Cứ on Linux without a network: sh cai-dat.sh [--vao FOLDER]
# PYTHON=/duong/dan/python3.12 chọn Python / chooses the Python.
self=$(readlink -f "$0" 2>/dev/null) || self=$0
here=$(cd "$(dirname "$self")" && pwd)
suits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
chosen=
found=

try() {
    [ -z "$chosen" ] && [ ! -d "$1" ] && command -v "$1" >/dev/null 2>&1 || return 0
    if "$1" -c "$suits" >/dev/null 2>&1; then
        chosen=$1
    else
        found="$found $1 ($("$1" --version 2>&1))"
    fi
}

stop() {
    printf '%s\n%s\n' "$1" "$2" >&2
    exit 1
}

[ -s "$here/cai_dat.py" ] || stop \
    "Gói bị hỏng hoặc thiếu tệp: cai_dat.py. Hãy chép lại tệp zip và giải nén lại toàn bộ." \
    "The archive is damaged or files are missing: cai_dat.py. Copy the zip file again and unpack all of it."
if [ -n "${PYTHON:-}" ]; then
    try "$PYTHON"
    [ -n "$chosen$found" ] || stop \
        "Không tìm thấy Python ở “$PYTHON” (biến PYTHON). Hãy sửa đường dẫn, hoặc bỏ biến ấy." \
        "There is no Python at “$PYTHON” (the variable PYTHON). Mend the path, or drop the variable."
else
    for python in python3.13 python3.12 python3.11 python3 python; do
        try "$python"
    done
fi
[ -n "$chosen" ] || stop \
    "Cần Python 3.11, 3.12 hoặc 3.13.${found:+ Trên máy này chỉ có:$found.} Hãy cài Python rồi chạy lại." \
    "Python 3.11, 3.12 or 3.13 is needed.${found:+ This machine has only:$found.} Install it and run this again."
exec "$chosen" -I "$here/cai_dat.py" "$@"
