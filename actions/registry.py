"""Which function answers which of Rasa's actions."""

from collections.abc import Callable

from actions.turn import Turn

Answer = Callable[[Turn], None]
ANSWERS: dict[str, Answer] = {}


def answers(*names: str) -> Callable[[Answer], Answer]:
    """Marks the function that answers these actions of domain.yml."""

    def register(function: Answer) -> Answer:
        for name in names:
            ANSWERS[name] = function
        return function

    return register
