#!/bin/sh
# Cài đặt hoặc nâng cấp Căn Cứ trên Linux, không cần mạng: sh cai-dat.sh [--vao THƯ-MỤC]
# Installs or upgrades Căn Cứ on Linux without a network: sh cai-dat.sh [--vao FOLDER]
# PYTHON=/duong/dan/python3.12 chọn Python / chooses the Python.
here=$(cd "$(dirname "$0")" && pwd)
suits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
found=
for python in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
    command -v "$python" >/dev/null 2>&1 || continue
    if "$python" -c "$suits" >/dev/null 2>&1; then
        exec "$python" -I "$here/cai_dat.py" "$@"
    fi
    found="$found $python ($("$python" --version 2>&1))"
done
echo "Cần Python 3.11, 3.12 hoặc 3.13.${found:+ Trên máy này chỉ có:$found.} Hãy cài Python rồi chạy lại." >&2
echo "Python 3.11, 3.12 or 3.13 is needed.${found:+ This machine has only:$found.} Install it and run this again." >&2
exit 1
