"""The ticker calls now, again and again, one at a time, and survives a failing step."""

import threading

from scheduler.clock import Ticker


def test_it_ticks_at_once_and_goes_on_after_a_failure() -> None:
    ticks: list[int] = []
    third = threading.Event()

    def step() -> None:
        ticks.append(len(ticks))
        if len(ticks) == 3:
            third.set()
        if len(ticks) == 1:
            raise ValueError("the first one fails")

    ticker = Ticker(step, seconds=0.05)
    ticker.start()
    assert third.wait(20)
    ticker.stop()
    seen = len(ticks)
    assert not threading.Event().wait(0.2)
    assert len(ticks) == seen
