"""What the person at the terminal sees while things are made: plain lines with the seconds since the start."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

STARTED = time.monotonic()
SIGN_OF_LIFE_S = 20
SHOWN_LINES = 25


class SetupError(Exception):
    """Making something failed: the cause, and what the person can do about it."""

    def __init__(self, cause: str, fix: str) -> None:
        super().__init__(f"{cause}\n{fix}")
        self.cause = cause
        self.fix = fix


def say(text: str) -> None:
    print(f"[{time.monotonic() - STARTED:4.0f} s] {text}", flush=True)


def run(what: str, arguments: Sequence[str | Path], environ: Mapping[str, str], fix: str, limit_s: float = 1800) -> str:
    """Run a program that takes a while and return its output.

    Says ``what`` first and a sign of life from time to time. Raises SetupError with the last lines of its output
    and with ``fix`` when the program fails or takes longer than ``limit_s`` seconds.
    """
    say(what)
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        process = subprocess.Popen(
            [str(argument) for argument in arguments], env=dict(environ), stdout=output, stderr=subprocess.STDOUT
        )
        failure = _wait(process, what, limit_s)
        output.seek(0)
        if failure:
            raise SetupError(f"{what}: {failure}\n{_last_lines(output)}", fix)
        return output.read()


def _wait(process: subprocess.Popen[bytes], what: str, limit_s: float) -> str | None:
    """None when the process ended well, else how it failed. A process that is too slow is ended."""
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        try:
            code = process.wait(timeout=min(SIGN_OF_LIFE_S, max(0.1, deadline - time.monotonic())))
        except subprocess.TimeoutExpired:
            say(f"  ... {what[0].lower()}{what[1:]}")
        except KeyboardInterrupt:
            process.terminate()
            raise
        else:
            return f"ended with code {code}." if code else None
    process.kill()
    process.wait()
    return f"no end after {limit_s:.0f} s."


def _last_lines(output: IO[str]) -> str:
    return "\n".join("    " + line for line in output.read().splitlines()[-SHOWN_LINES:])
