"""The parts that live in Rasa's environment, asked through its own Python."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

QUESTIONS = """
import json, jsonschema, components
schema = {"type": "object", "required": ["events"], "properties": {"events": {"type": "array"}}}
def ask(instance, schema):
    try:
        jsonschema.validate(instance, schema)
    except jsonschema.ValidationError as error:
        return error.message
    except jsonschema.SchemaError:
        return "bad schema"
    return "valid"
answers = [
    ask({"events": []}, schema),
    ask({"events": 1}, dict(schema)),
    ask({}, schema),
    ask({"events": 1}, {"type": "object"}),
    ask({}, {"type": 7}),
]
print(json.dumps([jsonschema.validate is components.validate, len(components._validators), answers]))
"""


def ask(questions: str) -> str:
    python = ROOT / ".rasa" / "bin" / "python"
    assert python.exists(), "Rasa's environment is missing: `make test` builds it."
    environ = {"PYTHONPATH": str(ROOT / "rasa_env"), "TF_CPP_MIN_LOG_LEVEL": "3", "OMP_NUM_THREADS": "1"}
    command: list[str | Path] = [python, "-W", "ignore", "-c", questions]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout


def test_kept_validators_judge_like_fresh_ones() -> None:
    patched, kept, answers = json.loads(ask(QUESTIONS))
    assert patched
    assert kept == 2
    assert answers == ["valid", "1 is not of type 'array'", "'events' is a required property", "valid", "bad schema"]


COMPARISON = """
import numpy as np, scipy.sparse as sparse
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression
from components.classify import _fit

chance = np.random.default_rng(1)
target = chance.integers(0, 4, 300)
counts = sparse.random(300, 80, 0.1, random_state=1, format="csr")
vectors = chance.normal(size=(300, 20)) + 5 + 1.5 * np.eye(4, 20)[target]
weights, bias, _ = _fit(counts, vectors, target, 4, {"max_iter": 1000, "tol": 0.01})
both = sparse.hstack([counts, vectors]).tocsr()
parent = LogisticRegression(max_iter=5000, tol=1e-6, class_weight="balanced").fit(both, target)
print("DISTANCE", np.abs(softmax(both @ weights.T + bias, axis=1) - parent.predict_proba(both)).max())
"""


def test_the_classifier_is_as_sure_as_its_parent() -> None:
    distance = float(ask(COMPARISON).split("DISTANCE")[1])
    assert distance < 0.01
