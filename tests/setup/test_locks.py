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


def test_development_tests_the_versions_that_run() -> None:
    assert pins("requirements.txt") < pins("requirements-dev.txt")
