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


def ask(questions: str, *arguments: str) -> str:
    python = ROOT / ".rasa" / "bin" / "python"
    assert python.exists(), "Rasa's environment is missing: `make test` builds it."
    environ = {"PYTHONPATH": str(ROOT / "rasa_env"), "TF_CPP_MIN_LOG_LEVEL": "3", "OMP_NUM_THREADS": "1"}
    command: list[str | Path] = [python, "-W", "ignore", "-c", questions, *arguments]
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
from components.regression import fit

chance = np.random.default_rng(1)
target = chance.integers(0, 4, 300)
counts = sparse.random(300, 80, 0.1, random_state=1, format="csr")
vectors = chance.normal(size=(300, 20)) + 5 + 1.5 * np.eye(4, 20)[target]
found = fit(counts, vectors, target, strength=2.0, tolerance=0.01)
both = sparse.hstack([counts, vectors]).tocsr()
peer = LogisticRegression(C=2.0, max_iter=5000, tol=1e-6, class_weight="balanced").fit(both, target)
distance = np.abs(softmax(found.scores(counts, vectors), axis=1) - peer.predict_proba(both)).max()
print("DISTANCE", distance)
"""


def test_the_regression_is_as_sure_as_scikit_learn() -> None:
    assert float(ask(COMPARISON).split("DISTANCE")[1]) < 0.01


SPELLING = """
import json
from components.spelling import letters, sounds
pairs = [("kiero avonar", "quiero abonar"), ("lla boy aser el depocito", "ya voy hacer el deposito"),
         ("grasiasss", "gracias"), ("keja", "queja"), ("jente", "gente")]
print(json.dumps([letters("MAÑANA, pagué 🙏"), [sounds(a) == sounds(b) for a, b in pairs]]))
"""


def test_chat_spelling_sounds_like_the_right_one() -> None:
    assert json.loads(ask(SPELLING)) == ["manana, pague 🙏", [True] * 5]


KEPT = """
import numpy as np, tempfile, pathlib
from components.opinion import Opinion, learn
texts = ["hola buenas", "buenas tardes hola", "adios", "adios hasta luego", "hasta luego"] * 3
intents = ["greet", "greet", "bye", "bye", "bye"] * 3
view = {"reading": "sounds", "unit": "word", "shortest": 1, "longest": 2, "weight": 4}
vectors = np.random.default_rng(1).normal(size=(15, 4)).astype(np.float32)
config = {"ngrams": [view], "strength": 2, "tolerance": 0.01, "words_share": 0.5}
learned = learn(texts, intents, vectors, config)
folder = pathlib.Path(tempfile.mkdtemp())
learned.save(folder)
said, zero = ["ola wenas", "asta luego"], np.zeros((2, 4), dtype=np.float32)
before = learned.probabilities(said, zero, 1.0)
print("DISTANCE", np.abs(Opinion.load(folder).probabilities(said, zero, 1.0) - before).max())
print("SAID", *[learned.intents[each] for each in before.argmax(axis=1)])
"""


def test_what_was_learned_is_kept_with_the_model() -> None:
    told = ask(KEPT)
    assert float(told.split("DISTANCE")[1].split()[0]) < 0.01
    assert told.split("SAID")[1].split() == ["greet", "bye"]


JUDGE = """
import json, pathlib, tempfile
import numpy as np
from components import tone_examples
from components.tone import ToneJudge
from components.vectors import weighed
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

folder = pathlib.Path(tempfile.mkdtemp())
(folder / "some.txt").write_text(
    "# a note\\n\\n[unkind threat]\\nPague o iremos a su casa.\\nIremos por sus cosas si no paga.\\n"
    "[kind thanks]\\nGracias por su pago.\\nMuchas gracias, su pago lleg\u00f3.\\n"
)
view = {"reading": "letters", "unit": "word", "shortest": 1, "longest": 1, "weight": 4}
scales = {"use": 6}
config = {**ToneJudge.get_default_config(), "examples": str(folder), "vectors": scales, "ngrams": [view]}
storage = LocalModelStorage(pathlib.Path(tempfile.mkdtemp()))
resource = ToneJudge.create(config, storage, Resource("tone"), None).train(TrainingData())
judge = ToneJudge.load(config, storage, resource, None)
texts = ["Iremos a su casa.", "Gracias por todo."]
messages = [Message({"text": text}) for text in texts] + [Message({"text": ""})]
for message, row in zip(messages, weighed(texts, scales)):
    for kind in ("sequence", "sentence"):
        message.add_features(Features(row.reshape(1, -1), kind, "text", "embedder"))
judge.process(messages)
said = [message.as_dict(only_output_properties=True).get("tone") for message in messages]
faults = []
for wrong in ("[threat]\\nPague.", "Pague.", "# nothing"):
    (folder / "some.txt").write_text(wrong)
    try:
        tone_examples.read(folder)
    except tone_examples.Unreadable as fault:
        faults.append(str(fault).replace(str(folder), ""))
print("SAID", json.dumps([said, faults]))
"""


def test_the_judge_of_tone_learns_from_its_files() -> None:
    (threat, thanks, nothing), faults = json.loads(ask(JUDGE).split("SAID")[1])
    assert threat["unkind"] > 0.5 > thanks["unkind"]
    assert nothing is None
    assert faults == [
        "/some.txt:1: '[threat]': write [unkind threat] or [kind reminder].",
        "/some.txt:1: 'Pague.' stands below no heading such as [unkind threat].",
        ": no file *.txt holds a text.",
    ]


LEARNED_ONCE = """
import os, sys
from pathlib import Path
import numpy as np
from components.kept import learned

os.environ["ALCORRIENTE_VECTOR_CACHE"] = sys.argv[1]
asked = []
config = {"ngrams": [{"reading": "letters", "unit": "word", "shortest": 1, "longest": 1, "weight": 4}],
          "strength": 2, "words_share": 0.5, "tolerance": 0.1}
def opinion(texts):
    def vectors():
        asked.append(texts)
        return np.eye(len(texts), 4, dtype=np.float32)
    return learned("tone", texts, ["kind", "unkind", "kind"], vectors, config)
first, again = opinion(["a b", "c d", "a e"]), opinion(["a b", "c d", "a e"])
opinion(["a b", "c d", "a f"])
same = np.array_equal(first.regression.by_count, again.regression.by_count)
print(same, len(asked), len(list(Path(sys.argv[1]).iterdir())))
"""


def test_what_was_learned_is_kept_until_an_example_changes(tmp_path: Path) -> None:
    """The vectors are asked once for each state of the texts, and only the last state is kept."""
    same, asked, kept = ask(LEARNED_ONCE, str(tmp_path)).split()
    assert (same, asked, kept) == ("True", "2", "1")
