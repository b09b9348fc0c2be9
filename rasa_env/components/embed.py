"""The sentence encoders as a part of Rasa's pipeline."""

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.vectors import PACKAGES, KnownVectors, encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEmbedder(DenseFeaturizer, GraphComponent):
    """Gives each message the vector of its whole text as its sentence feature, and its tokens none.

    ``kind`` is ``use`` or ``e5``. ``scale`` multiplies the unit vector: it is the weight of this feature beside
    the others in a regularised classifier.
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
        messages = [message for message in messages if message.get(TEXT)]
        if messages:
            self._add(messages, np.asarray(self.encode([each.get(TEXT) for each in messages]), dtype=np.float32))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        known = KnownVectors(self._config["kind"])
        messages = [message for message in training_data.training_examples if message.get(TEXT)]
        self._add(messages, known.of([message.get(TEXT) for message in messages]))
        known.save()
        return training_data

    def _add(self, messages: list[Message], vectors: np.ndarray) -> None:
        for message, vector in zip(messages, vectors * np.float32(self._config["scale"]), strict=True):
            self.add_features_to_message(None, vector.reshape(1, -1), TEXT, message)
