"""Models to compare: the shipped one, and two that learned from the same 4,000 phrases, kept in .cache/benchmarks."""

import hashlib
import json
import os
import subprocess
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from bootstrap import model

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "benchmarks"
PYTHON = ROOT / ".rasa" / "bin" / "python"
STOCK = Path(__file__).parent / "stock_pipeline.yml"
PHRASES = 4000


def shipped() -> Path:
    return model.check(ROOT)


def peers() -> dict[str, Path]:
    """Trained at the first call, for about a quarter of an hour; ALCORRIENTE_BENCH_PEERS=0 leaves them out."""
    if os.environ.get("ALCORRIENTE_BENCH_PEERS") == "0":
        return {}
    data = _some_phrases()
    return {"stock of 4,000": _trained(STOCK, data), "ours of 4,000": _trained(ROOT / "config.yml", data)}


def parse(trained: Path, texts: list[str]) -> list[dict[str, Any]]:
    command = [PYTHON, ROOT / "rasa_env" / "parse_texts.py", trained]
    asked = json.dumps(texts)
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True, cwd=ROOT)
    return list(json.loads(done.stdout))


def _some_phrases() -> Path:
    """Every n-th phrase of each intent and language, so that all have their share."""
    corpus: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "nlu_data").glob("e[ns]/*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            corpus[block["intent"]] += block["examples"].splitlines()
    step = max(1, sum(map(len, corpus.values())) // PHRASES)
    chosen = [{"intent": intent, "examples": "\n".join(lines[::step]) + "\n"} for intent, lines in corpus.items()]
    CACHE.mkdir(parents=True, exist_ok=True)
    file = CACHE / "phrases.yml"
    file.write_text(yaml.safe_dump({"version": "3.1", "nlu": chosen}, allow_unicode=True), encoding="utf-8")
    return file


def _trained(config: Path, data: Path) -> Path:
    code = b"".join(path.read_bytes() for path in sorted((ROOT / "rasa_env" / "components").glob("*.py")))
    mark = hashlib.sha256(config.read_bytes() + data.read_bytes() + code * (config != STOCK)).hexdigest()[:16]
    file = CACHE / f"{config.stem}-{mark}.tar.gz"
    if not file.exists():
        options = ["--config", config, "--nlu", data, "--out", CACHE, "--fixed-model-name", file.name]
        command = [PYTHON, ROOT / "rasa_env" / "rasa_command.py", "train", "nlu", *options]
        subprocess.run([str(each) for each in command], check=True, capture_output=True, cwd=ROOT)
    return file
