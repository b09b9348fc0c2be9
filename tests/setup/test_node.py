"""How the console is built, by stand-ins for Node.js, npm and uv that only note what they were asked for."""

from pathlib import Path

import pytest

from bootstrap import node
from bootstrap.progress import SetupError

NODE = """#!/bin/sh
echo "{place}/node {version}"
"""
NPM = """#!/bin/sh
echo "$3 $4" >> {calls}
case "$3 $4" in
  "ci ") mkdir -p "$2/node_modules";;
  "run build") mkdir -p "$2/dist" && touch "$2/dist/index.html";;
esac
exit {code}
"""
PYTHON = """#!/bin/sh
mkdir -p "$3" && echo "texts" >> {calls}
"""


class Machine:
    """A clone with a console, and a folder of programs."""

    def __init__(self, folder: Path) -> None:
        self.root, self.tools, self.calls = folder / "clone", folder / "tools", folder / "calls.txt"
        self.environ = {"PATH": f"{self.tools}:/usr/bin:/bin", "HOME": str(folder)}
        files = ("src/main.ts", "package.json", "package-lock.json", "node_modules/x.js", "src/texts/es.json")
        for name in (*(f"console/{each}" for each in files), *node._TEXTS):
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)
        self.write(self.root / ".venv" / "bin" / "python", PYTHON.format(calls=self.calls))
        self.write(self.tools / "node", NODE.format(place=self.tools, version="22.20.0"))
        self.npm(0)

    def npm(self, code: int) -> None:
        self.write(self.tools / "npm", NPM.format(calls=self.calls, code=code))

    def write(self, path: Path, script: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(script)
        path.chmod(0o755)

    def build(self) -> list[str]:
        """What was run for it."""
        self.calls.write_text("")
        node.build(self.root, self.root / ".venv", self.environ)
        return [call.strip() for call in self.calls.read_text().splitlines()]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_second_start_builds_nothing(machine: Machine) -> None:
    assert machine.build() == ["ci", "texts", "run build"]
    assert machine.build() == []


@pytest.mark.parametrize(
    ("changed", "ran"),
    [
        ("console/src/main.ts", ["texts", "run build"]),
        ("console/package-lock.json", ["ci", "texts", "run build"]),
        ("locales/en/LC_MESSAGES/console.po", ["texts", "run build"]),
        ("console/src/texts/es.json", []),
        ("console/node_modules/x.js", []),
    ],
)
def test_what_changed_decides_what_is_done(machine: Machine, changed: str, ran: list[str]) -> None:
    machine.build()
    (machine.root / changed).write_text("other")
    assert machine.build() == ran


def test_the_sources_are_checked_without_a_build(machine: Machine) -> None:
    machine.calls.write_text("")
    node.check(machine.root, machine.root / ".venv", machine.environ)
    assert machine.calls.read_text().split() == ["ci", "texts", "run", "check"]
    assert not (machine.root / "console" / "dist").exists()
    machine.npm(1)
    with pytest.raises(SetupError):
        node.check(machine.root, machine.root / ".venv", machine.environ)


def test_a_build_that_failed_is_tried_again(machine: Machine) -> None:
    machine.npm(1)
    with pytest.raises(SetupError) as error:
        machine.build()
    assert "registry" in error.value.fix
    machine.npm(0)
    assert machine.build() == ["ci", "texts", "run build"]


@pytest.mark.parametrize(
    ("version", "serves"),
    [
        ("18.20.4", False),
        ("20.18.0", False),
        ("20.19.0", True),
        ("22.11.0", False),
        ("22.12.0", True),
        ("24.1.0", True),
    ],
)
def test_only_a_node_that_can_build_is_taken(machine: Machine, version: str, serves: bool) -> None:
    machine.write(machine.tools / "node", NODE.format(place=machine.tools, version=version))
    assert (node._works(machine.tools / "node") is not None) is serves


def test_a_shim_with_nothing_behind_it_is_not_taken(machine: Machine) -> None:
    machine.write(machine.tools / "node", "#!/bin/sh\nexit 127\n")
    assert node._works(machine.tools / "node") is None
