"""What another trained model says of texts: all of them at once, in Rasa's environment, beside the one that runs."""

import json
import subprocess
from collections.abc import Collection
from pathlib import Path
from typing import Any

from alcorriente.rasa_process import RasaMissing, python
from alcorriente.settings import ROOT
from alcorriente.understood import Parse


def parser_of(model: Path, texts: Collection[str]) -> Parse:
    """Knows these texts only. Raises RasaMissing where the model can't be loaded."""
    some, known = sorted(set(texts)), dict[str, dict[str, Any]]()
    if not some:
        return known.__getitem__
    command = [str(python()), str(ROOT / "rasa_env" / "parse_texts.py"), str(model)]
    done = subprocess.run(  # noqa: S603  (our own command, no shell)
        command, cwd=ROOT, input=json.dumps(some), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no reason was given"])[-1]
        raise RasaMissing(f"{model} can't be read as a trained model: {last}")
    for text, answer in zip(some, json.loads(done.stdout), strict=True):
        ranking = [{"name": name, "confidence": share} for name, share in answer["ranking"]]
        known[text] = {"intent_ranking": ranking}
    return known.__getitem__
