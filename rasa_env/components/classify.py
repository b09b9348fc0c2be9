"""The intent classifier as a part of Rasa's pipeline."""

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.opinion import Opinion, learn

RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(RasaIntentClassifier, GraphComponent):
    """Reads the texts itself and takes the sentence vectors from the featurizers before it.

    ``temperature`` divides the scores, so that a confidence of 0.8 is right eight times in ten.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [DenseFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"ngrams": [], "strength": 1.0, "words_share": 0.5, "temperature": 1.0, "tolerance": 5.0}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self.config, self.storage, self.resource = {**self.get_default_config(), **config}, storage, resource
        self.opinion: Opinion | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentClassifier":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "IntentClassifier":
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.opinion = Opinion.load(folder)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        messages = [message for message in training_data.intent_examples if message.get(INTENT) and message.get(TEXT)]
        texts, intents = [m.get(TEXT) for m in messages], [m.get(INTENT) for m in messages]
        self.opinion = learn(texts, intents, sentence_vectors(messages), self.config)
        with self.storage.write_to(self.resource) as folder:
            self.opinion.save(folder)
        return self.resource

    def process(self, messages: list[Message]) -> list[Message]:
        said = [message for message in messages if message.get(TEXT)]
        if not said or not self.opinion:
            return messages
        texts = [message.get(TEXT) for message in said]
        shares = self.opinion.probabilities(texts, sentence_vectors(said), self.config["temperature"])
        for message, share in zip(said, shares, strict=True):
            order = np.argsort(-share)[:RANKED]
            ranking = [{"name": self.opinion.intents[each], "confidence": float(share[each])} for each in order]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after it learns from what it would say of its own examples."""
        return training_data


def sentence_vectors(messages: list[Message]) -> np.ndarray:
    return np.vstack([message.get_dense_features(attribute=TEXT)[1].features for message in messages])
