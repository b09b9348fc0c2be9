"""`alcorriente import` as a process, on an empty store."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk.files import HEADER, row

ROOT = Path(__file__).parents[2]


def run(store_url: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "ALCORRIENTE_DATABASE_URL": store_url,
        "ALCORRIENTE_DATA_DIR": str(folder),
        "ALCORRIENTE_SIMULATOR": "1",
        "COLUMNS": "200",
    }
    command = [sys.executable, "-c", "from alcorriente.commands.import_ import app; app()", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def write(path: Path, *rows: list[str]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return str(path)


@pytest.mark.slow
def test_a_portfolio_and_its_payments_are_taken_in_and_bad_rows_named(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'store.db'}"
    loans = write(tmp_path / "cartera.csv", HEADER, row(), row({"No. Crédito": "L-2", "Monto": "mucho"}))
    tried = run(store, tmp_path, "portfolio", loans, "--dry-run")
    assert tried.returncode == 1, tried.stderr
    assert "Solo prueba" in tried.stdout
    taken = run(store, tmp_path, "portfolio", loans)
    assert taken.returncode == 1, taken.stderr
    assert "2 filas: 1 nuevas" in taken.stdout
    assert "mucho" in taken.stdout
    assert "no es un importe" in taken.stdout
    again = run(store, tmp_path, "portfolio", loans, "--lang", "en")
    assert "1 unchanged, 1 refused" in again.stdout
    payments = write(tmp_path / "pagos.csv", ["folio", "monto", "fecha"], ["L-1", "100", "09/10/2026"])
    assert run(store, tmp_path, "payments", payments).returncode == 0


@pytest.mark.slow
def test_a_damaged_file_is_named_and_help_has_an_example(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'store.db'}"
    broken = tmp_path / "cartera.xlsx"
    broken.write_bytes(b"PK\x03\x04 half")
    taken = run(store, tmp_path, "portfolio", str(broken))
    assert taken.returncode == 1
    assert "dañado" in taken.stderr
    helped = run(store, tmp_path, "portfolio", "--help")
    assert helped.returncode == 0
    assert "alcorriente import portfolio cartera.xlsx" in helped.stdout
