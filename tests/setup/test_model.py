import io
import os
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bootstrap import model
from bootstrap.progress import SetupError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "clone"
    for name in (
        "config.yml",
        "domain.yml",
        "nlu_data/es/pay.yml",
        "rasa_env/components/embed.py",
        "rasa_env/rasa-310.txt",
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return root


def put_model(root: Path, name: str = "metadata.json") -> Path:
    path = model.place(root)
    path.parent.mkdir(exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    return path


CHANGES: list[tuple[str, Callable[[Path], object], bool]] = [
    ("the pipeline", lambda root: (root / "config.yml").write_text("other"), True),
    ("the domain", lambda root: (root / "domain.yml").write_text("other"), True),
    ("an example", lambda root: (root / "nlu_data/es/pay.yml").write_text("other"), True),
    ("a new file of examples", lambda root: (root / "nlu_data/es/new.yml").write_text(""), True),
    ("a renamed file", lambda root: (root / "nlu_data/es/pay.yml").rename(root / "nlu_data/es/paid.yml"), True),
    ("a component", lambda root: (root / "rasa_env/components/embed.py").write_text("other"), True),
    ("a library", lambda root: (root / "rasa_env/rasa-310.txt").write_text("other"), True),
    ("compiled files", lambda root: (root / "rasa_env/components/embed.pyc").write_text("x"), False),
    ("a note beside the data", lambda root: (root / "nlu_data/README.md").write_text("x"), False),
    ("the time of a file", lambda root: os.utime(root / "domain.yml", (0, 0)), False),
    ("a file of another room", lambda root: (root / "endpoints.yml").write_text("x"), False),
]


@pytest.mark.parametrize(("what", "change", "counts"), CHANGES, ids=[case[0] for case in CHANGES])
def test_the_model_depends_on_its_inputs_alone(
    root: Path, what: str, change: Callable[[Path], object], counts: bool
) -> None:
    before = model.fingerprint(root)
    change(root)
    assert (model.fingerprint(root) != before) is counts, what


def test_text_moved_between_files_is_another_state(root: Path) -> None:
    (root / "nlu_data/es/a.yml").write_text("xy")
    (root / "nlu_data/es/b.yml").write_text("")
    before = model.fingerprint(root)
    (root / "nlu_data/es/a.yml").write_text("x")
    (root / "nlu_data/es/b.yml").write_text("y")
    assert model.fingerprint(root) != before


def test_the_folder_of_the_clone_does_not_count(root: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(root, tmp_path / "copy"))
    assert model.fingerprint(copy) == model.fingerprint(root)


def test_a_model_of_these_inputs_belongs(root: Path) -> None:
    put = put_model(root)
    assert model.check(root) == put


def test_a_model_of_other_inputs_does_not_belong(root: Path) -> None:
    old = put_model(root)
    (root / "domain.yml").write_text("other")
    with pytest.raises(SetupError, match="is missing") as error:
        model.check(root)
    assert old.name in error.value.cause
    assert "make train" in error.value.fix


def test_an_old_model_beside_the_right_one_is_named(root: Path) -> None:
    old = put_model(root)
    (root / "domain.yml").write_text("other")
    put_model(root)
    with pytest.raises(SetupError, match=f"also holds {old.name}"):
        model.check(root)


def test_a_broken_file_is_no_model(root: Path) -> None:
    put_model(root, "something.else")
    with pytest.raises(SetupError, match="is no Rasa model"):
        model.check(root)
    model.place(root).write_bytes(b"half a fi")
    with pytest.raises(SetupError, match="is no Rasa model"):
        model.check(root)
