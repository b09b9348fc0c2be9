"""The built console, as it is served."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from admin_api.static import console


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("the page", "utf-8")
    (folder / "sw.js").write_text("the worker", "utf-8")
    (folder / "assets" / "index-1a2b.js").write_text("the code", "utf-8")
    (tmp_path / "secret.txt").write_text("not for the world", "utf-8")
    return folder


def client(folder: Path) -> TestClient:
    app = FastAPI()
    app.include_router(console(folder))
    return TestClient(app)


@pytest.mark.parametrize(
    ("path", "text", "kept"),
    [
        ("/console", "the page", "no-cache"),
        ("/console/", "the page", "no-cache"),
        ("/console/cases/17", "the page", "no-cache"),
        ("/console/sw.js", "the worker", "no-cache"),
        ("/console/assets/index-1a2b.js", "the code", "public, max-age=31536000, immutable"),
    ],
)
def test_files_and_pages(built: Path, path: str, text: str, kept: str) -> None:
    answer = client(built).get(path)
    assert (answer.status_code, answer.text, answer.headers["cache-control"]) == (200, text, kept)
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_file_of_an_earlier_build_is_not_answered_with_the_page(built: Path) -> None:
    answer = client(built).get("/console/assets/index-0000.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")


@pytest.mark.parametrize("path", ["/console/%2e%2e/secret.txt", "/console/..%2fsecret.txt", "/console//etc/passwd"])
def test_nothing_beside_the_build_is_served(built: Path, path: str) -> None:
    assert client(built).get(path).text == "the page"


def test_a_console_that_is_not_built_says_so(tmp_path: Path) -> None:
    answer = client(tmp_path / "nothing").get("/console/queue")
    assert answer.status_code == 503
    assert "not built" in answer.text
