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


def test_kept_validators_judge_like_fresh_ones() -> None:
    python = ROOT / ".rasa" / "bin" / "python"
    assert python.exists(), "Rasa's environment is missing: `make test` builds it."
    done = subprocess.run(
        [python, "-W", "ignore", "-c", QUESTIONS],
        env={"PYTHONPATH": str(ROOT / "rasa_env")},
        capture_output=True,
        text=True,
        check=True,
    )
    patched, kept, answers = json.loads(done.stdout)
    assert patched
    assert kept == 2
    assert answers == ["valid", "1 is not of type 'array'", "'events' is a required property", "valid", "bad schema"]
