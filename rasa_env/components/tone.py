"""How a text to a borrower sounds, learned from texts that were refused and texts that pass (nlu_data/tone)."""

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components import tone_examples
from components.classify import sentence_vectors
from components.kept import learned
from components.opinion import Opinion
from components.tone_examples import UNKIND
from components.vectors import weighed


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ToneJudge(GraphComponent):
    """Adds ``tone: {"unkind": p}``; no intent. It learns the kinds of texts, and p is what all unkind ones share.

    Its examples are no phrases of borrowers, so they come from files of their own. ``vectors`` says which encoders to
    ask about them and with which scales: those of the pipeline, in its order.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [DenseFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        learning = {"ngrams": [], "strength": 1.0, "words_share": 0.0, "temperature": 1.0, "tolerance": 5.0}
        return {"examples": str(tone_examples.FOLDER), "vectors": {}, **learning}

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
    ) -> "ToneJudge":
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> "ToneJudge":
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component.opinion = Opinion.load(folder)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        texts, kinds = tone_examples.read(Path(self.config["examples"]))
        scales = self.config["vectors"]
        self.opinion = learned("tone", texts, kinds, lambda: weighed(texts, scales), self.config)
        with self.storage.write_to(self.resource) as folder:
            self.opinion.save(folder)
        return self.resource

    def process(self, messages: list[Message]) -> list[Message]:
        said = [message for message in messages if message.get(TEXT)]
        if said and self.opinion:
            texts = [message.get(TEXT) for message in said]
            shares = self.opinion.share(UNKIND, texts, sentence_vectors(said), self.config["temperature"])
            for message, share in zip(said, shares, strict=True):
                message.set("tone", {UNKIND: float(share)}, add_to_output=True)
        return messages
