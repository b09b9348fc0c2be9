"""What the tests need of the operating system: a browser and a PostgreSQL server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from bootstrap import progress

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_POSTGRES = (
    "usr/lib/postgresql/*/bin/initdb",
    "usr/local/pgsql/bin/initdb",
    "opt/homebrew/opt/postgresql*/bin/initdb",
)


def missing() -> list[str]:
    """The Debian packages that would bring what is not there."""
    packages = []
    if not any(shutil.which(browser) for browser in _BROWSERS):
        packages.append("chromium")
    if not shutil.which("initdb") and not any(any(Path("/").glob(pattern)) for pattern in _POSTGRES):
        packages.append("postgresql")
    return packages


def ensure(environ: Mapping[str, str]) -> None:
    """Install what is missing where we may; else say what to install, and let the tests that need it speak."""
    packages = missing()
    if not packages:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        progress.say(f"Missing for some tests: {', '.join(packages)}. On Debian: apt-get install {' '.join(packages)}")
        return
    quiet = {**environ, "DEBIAN_FRONTEND": "noninteractive"}
    fix = f"Install by hand: {', '.join(packages)}."
    progress.run("Reading the list of system packages", ["apt-get", "update", "-q"], quiet, fix)
    install = ["apt-get", "install", "-qy", "--no-install-recommends", *packages]
    progress.run(f"Installing {', '.join(packages)}", install, quiet, fix)
