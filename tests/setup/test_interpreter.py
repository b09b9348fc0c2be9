import json
from pathlib import Path

import pytest

from bootstrap import interpreter
from bootstrap.progress import SetupError

SHIM = "echo 'pyenv: python3.10: command not found' >&2; exit 127"


def program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def saying(path: Path, version: tuple[int, int, int] = (3, 10, 13), kind: str = "CPython") -> Path:
    """A program that answers like the interpreter it is said to be."""
    return program(path, f"echo '{json.dumps([str(path), version, kind])}'")


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (SHIM, "a shim with nothing behind it"),
        ("exit 0", "it says nothing"),
        ("echo hello", "what it says is no answer"),
        ("echo '[]'", "an answer without fields"),
        ("echo 'ModuleNotFoundError: ssl' >&2; exit 1", "a build without ssl"),
        ("""echo '["/x/pypy3.10", [3, 10, 14], "PyPy"]'""", "another implementation"),
        ("""echo '["/x/python2", [2, 7, 18], "CPython"]'""", "another language"),
    ],
)
def test_a_program_that_cannot_serve_is_not_taken(tmp_path: Path, script: str, reason: str) -> None:
    assert interpreter.probe(program(tmp_path / "python3.10", script)) is None, reason


def test_a_file_that_cannot_be_run_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "python3.10").write_text("not a program")
    assert interpreter.probe(tmp_path / "python3.10") is None
    assert interpreter.probe(tmp_path / "absent") is None


def test_a_name_that_lies_about_its_version_is_passed_over(tmp_path: Path) -> None:
    lying = saying(tmp_path / "a" / "python3.10", (3, 12, 1))
    honest = saying(tmp_path / "b" / "python3.10")
    found = interpreter.first_working(10, [lying, honest])
    assert found == interpreter.Interpreter(honest, (3, 10, 13))
    assert interpreter.first_working(10, [lying]) is None


def test_a_shim_on_the_path_does_not_hide_what_lies_behind_it(tmp_path: Path) -> None:
    program(tmp_path / "shims" / "python3.10", SHIM)
    behind = saying(tmp_path / "home" / ".pyenv" / "versions" / "3.10.13" / "bin" / "python3.10")
    found = interpreter.find(10, {"PATH": str(tmp_path / "shims"), "HOME": str(tmp_path / "home")})
    assert found
    assert found.path == behind


def test_places_are_searched_in_their_order(tmp_path: Path) -> None:
    home, pyenv, managed = tmp_path / "home", tmp_path / "pyenv", tmp_path / "managed"
    expected = [
        saying(tmp_path / "first" / "python3.11"),
        saying(tmp_path / "second" / "python3.11"),
        saying(pyenv / "versions" / "3.11.7" / "bin" / "python3.11"),
        saying(managed / "cpython-3.11.9-linux" / "bin" / "python3.11"),
    ]
    environ = {
        "PATH": f"{tmp_path / 'first'}:{tmp_path / 'second'}:{tmp_path / 'first'}",
        "HOME": str(home),
        "PYENV_ROOT": str(pyenv),
        "UV_PYTHON_INSTALL_DIR": str(managed),
    }
    ours = [place for place in interpreter.candidates(11, environ) if place.is_relative_to(tmp_path)]
    assert ours == expected


@pytest.mark.parametrize(("version", "minor"), [((3, 10, 13), 10), ((3, 11, 7), 11)])
def test_the_python_named_for_rasa_is_taken(tmp_path: Path, version: tuple[int, int, int], minor: int) -> None:
    named = interpreter.named_for_rasa({"RASA_PYTHON": str(saying(tmp_path / "python", version))})
    assert named
    assert named.minor == minor


@pytest.mark.parametrize(
    ("script", "cause"),
    [
        (SHIM, "does not run as a complete CPython"),
        ("""echo '["/x/python3.12", [3, 12, 1], "CPython"]'""", "is Python 3.12"),
        ("""echo '["/x/python3.9", [3, 9, 1], "CPython"]'""", "is Python 3.9"),
    ],
)
def test_a_named_python_that_cannot_serve_is_an_error(tmp_path: Path, script: str, cause: str) -> None:
    path = program(tmp_path / "python", script)
    with pytest.raises(SetupError) as error:
        interpreter.named_for_rasa({"RASA_PYTHON": str(path)})
    assert cause in error.value.cause
    assert str(path) in error.value.cause
    assert "RASA_PYTHON" in error.value.cause


def test_no_named_python_is_no_error() -> None:
    assert interpreter.named_for_rasa({}) is None
    assert interpreter.named_for_rasa({"RASA_PYTHON": ""}) is None


def test_the_running_python_serves_the_application() -> None:
    found = interpreter.for_application({"PATH": "", "HOME": "/nonexistent"})
    assert found.minor in interpreter.APPLICATION_MINORS
