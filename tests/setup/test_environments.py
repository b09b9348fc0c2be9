"""The environments are made by a stand-in for uv that only notes what it was asked for: no network, no packages."""

import json
import sys
from pathlib import Path

import pytest

from bootstrap import environments
from bootstrap.progress import SetupError

UV = """#!/bin/sh
echo "$@" >> {calls}
case "$1 $2" in
  "venv -q") mkdir -p "$5/bin" && ln -s "$4" "$5/bin/python";;
  "python install") echo 'blocked' >&2; exit 2;;
esac
"""


class Machine:
    """A clone of the repository with its locks, on a machine where uv is on PATH."""

    def __init__(self, folder: Path) -> None:
        self.root, self.tools = folder / "clone", folder / "tools"
        self.calls_file = folder / "calls.txt"
        (self.root / "rasa_env").mkdir(parents=True)
        self.tools.mkdir()
        for name in ("requirements.txt", "requirements-dev.txt", "rasa_env/rasa-310.txt", "rasa_env/rasa-311.txt"):
            (self.root / name).write_text(f"{name.replace('/', '-')}==1.0\n")
        (self.root / "pyproject.toml").write_text("[project]\n")
        self.write("uv", UV.format(calls=self.calls_file))
        self.environ = {"PATH": f"{self.tools}:/usr/bin:/bin", "HOME": str(folder)}

    def write(self, name: str, script: str) -> Path:
        path = self.tools / name
        path.write_text(script)
        path.chmod(0o755)
        return path

    def python(self, name: str, version: tuple[int, int, int]) -> Path:
        path = self.tools / name
        return self.write(name, f"#!/bin/sh\necho '{json.dumps([str(path), version, 'CPython'])}'\n")

    def asked(self) -> list[str]:
        """What uv was asked for since the last time, without its paths."""
        calls = self.calls_file.read_text().splitlines() if self.calls_file.exists() else []
        self.calls_file.unlink(missing_ok=True)
        words = [call.split() for call in calls if call != "--version"]
        return [" ".join([*call[:2], Path(call[-1]).name]).replace(" -q", "") for call in words]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_second_start_makes_nothing(machine: Machine) -> None:
    environments.application(machine.root, environments.RUN, machine.environ)
    assert machine.asked() == ["venv .venv", "pip sync requirements.txt", "pip install clone"]
    environments.application(machine.root, environments.RUN, machine.environ)
    assert machine.asked() == []


def test_an_environment_for_development_also_runs(machine: Machine) -> None:
    environments.application(machine.root, environments.DEVELOP, machine.environ)
    machine.asked()
    environments.application(machine.root, environments.RUN, machine.environ)
    assert machine.asked() == []


def test_development_adds_to_an_environment_for_running(machine: Machine) -> None:
    environments.application(machine.root, environments.RUN, machine.environ)
    machine.asked()
    environments.application(machine.root, environments.DEVELOP, machine.environ)
    assert machine.asked() == ["pip sync requirements-dev.txt", "pip install clone"]


def test_a_changed_lock_is_installed(machine: Machine) -> None:
    environments.application(machine.root, environments.RUN, machine.environ)
    machine.asked()
    (machine.root / "requirements.txt").write_text("other==2.0\n")
    environments.application(machine.root, environments.RUN, machine.environ)
    assert machine.asked() == ["pip sync requirements.txt", "pip install clone"]


def test_a_moved_environment_is_made_anew(machine: Machine, tmp_path: Path) -> None:
    environments.application(machine.root, environments.RUN, machine.environ)
    machine.asked()
    moved = machine.root.rename(tmp_path / "elsewhere")
    environments.application(moved, environments.RUN, machine.environ)
    assert machine.asked() == ["pip sync requirements.txt", "pip install elsewhere"]


def test_an_interrupted_installation_goes_on_at_the_next_start(machine: Machine) -> None:
    machine.write("uv", UV.format(calls=machine.calls_file) + 'test "$2" = sync && exit 1\nexit 0\n')
    with pytest.raises(SetupError, match="Is the package index reachable"):
        environments.application(machine.root, environments.RUN, machine.environ)
    machine.asked()
    machine.write("uv", UV.format(calls=machine.calls_file))
    environments.application(machine.root, environments.RUN, machine.environ)
    assert machine.asked() == ["pip sync requirements.txt", "pip install clone"]


def test_rasa_gets_the_lock_of_its_python(machine: Machine) -> None:
    for name, version, lock in [("ten", (3, 10, 13), "rasa-310.txt"), ("eleven", (3, 11, 7), "rasa-311.txt")]:
        environ = {**machine.environ, "RASA_PYTHON": str(machine.python(name, version))}
        environments.rasa(machine.root, environ)
        assert machine.asked() == ["venv .rasa", f"pip sync {lock}"]
        environments.rasa(machine.root, environ)
        assert machine.asked() == []


def test_the_fallback_is_said_aloud(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    environ = {**machine.environ, "RASA_PYTHON": str(machine.python("eleven", (3, 11, 7)))}
    environments.rasa(machine.root, environ)
    assert "makers do not support" in capsys.readouterr().out


def test_python_3_10_is_preferred_for_rasa(machine: Machine) -> None:
    machine.python("python3.11", (3, 11, 7))
    machine.python("python3.10", (3, 10, 13))
    environments.rasa(machine.root, machine.environ)
    assert machine.asked() == ["venv .rasa", "pip sync rasa-310.txt"]


def test_where_3_10_cannot_be_had_3_11_serves(machine: Machine) -> None:
    if Path("/usr/bin/python3.10").exists():
        pytest.skip("The system itself has a Python 3.10, which is rightly found.")
    machine.python("python3.11", (3, 11, 7))
    environments.rasa(machine.root, machine.environ)
    assert machine.asked() == ["python install 3.10", "venv .rasa", "pip sync rasa-311.txt"]


def test_the_application_runs_on_the_python_that_made_it(machine: Machine) -> None:
    folder = environments.application(machine.root, environments.RUN, machine.environ)
    assert (folder / "bin" / "python").resolve() == Path(sys.executable).resolve()
