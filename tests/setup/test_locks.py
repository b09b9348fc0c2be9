import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [
    "requirements.txt",
    "requirements-dev.txt",
    "rasa_env/rasa-310.txt",
    "rasa_env/rasa-311.txt",
    "bootstrap/uv.txt",
    "bootstrap/node.txt",
]


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^([\w.\[\],-]+==[^ ;\\]+)", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "index-url" not in text
    requirements = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in requirement for requirement in requirements)


@pytest.mark.parametrize("folder", ["console", "tests/counterparts"])
def test_a_lock_of_npm_holds_hashes_and_no_address(folder: str) -> None:
    packages = json.loads((ROOT / folder / "package-lock.json").read_text())["packages"]
    locked = [each for name, each in packages.items() if name]
    assert not any("resolved" in each for each in locked)
    assert all(each.get("integrity") or each.get("link") for each in locked)


def test_development_tests_the_versions_that_run() -> None:
    assert pins("requirements.txt") < pins("requirements-dev.txt")
