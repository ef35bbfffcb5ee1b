"""What somebody does in an office without a network, run there with nothing but a Python: install, serve, look, ask.

    python office.py UNPACKED-ARCHIVE FOLDER PORT

Prints what was seen as JSON.
"""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

unpacked, folder, port = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
base = f"http://127.0.0.1:{port}"
env = {k: v for k, v in os.environ.items() if k in ("HOME", "LANG", "PATH")} | {
    "PYTHON": sys.executable
}


def said(*command: str) -> str:
    """What a command says; it must succeed."""
    ended = subprocess.run(
        command,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if ended.returncode:
        sys.exit(f"{command}: {ended.returncode}\n{ended.stdout}")
    return ended.stdout


def page(path: str) -> str:
    """A page of the running server."""
    asked = urllib.request.Request(base + path, headers={"Accept": "text/html, */*;q=0.5"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return str(answer.read().decode())


def waited() -> str:
    """What the server says of itself, as soon as it does."""
    for _ in range(300):
        try:
            return page("/healthz")
        except OSError:
            time.sleep(0.1)
    sys.exit("the server did not start")


def outside() -> str:
    """Proof that there is no network: why an address elsewhere cannot be reached."""
    try:
        urllib.request.urlopen("http://192.0.2.1/", timeout=5)
    except urllib.error.URLError as error:
        return str(error.reason)
    return "reached"


began = time.monotonic()
seen = {"outside": outside(), "installed": said("sh", str(unpacked / "cai-dat.sh"), "--vao", str(folder))}  # fmt: skip
seen["seconds"] = str(round(time.monotonic() - began))
server = subprocess.Popen(
    ["sh", str(folder / "chay.sh"), "--port", port], env=env, stderr=subprocess.DEVNULL
)
try:
    seen["health"] = waited()
    seen["first page"] = page("/")
    seen["editor"] = page("/sparql")
    seen["query"] = page("/sparql?query=SELECT+%281+AS+%3Fn%29+%7B%7D&format=csv")
finally:
    server.terminate()
    server.wait(20)
command = str(folder / "cancu")
seen["asked"] = said(command, "ask", "A4")
seen["doctor"] = said(command, "doctor")
seen["again"] = said("sh", str(unpacked / "cai-dat.sh"), "--vao", str(folder))
seen["doctor again"] = said(command, "doctor")
sys.stdout.write(json.dumps(seen))
