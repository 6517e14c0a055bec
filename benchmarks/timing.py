"""Measures what runs side by side, so that a busy machine slows both sides alike."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two things measured in one run. Times in seconds, each the best of the rounds.

    `limit` bounds the ratio; None where there is nothing to promise, and the figure is for information.
    """

    name: str
    ours: float
    theirs: float
    limit: float | None

    @property
    def ratio(self) -> float:
        """How many times as long ours takes."""
        return self.ours / self.theirs

    @property
    def holds(self) -> bool:
        """Whether it is within its limit."""
        return self.limit is None or self.ratio <= self.limit

    def line(self) -> str:
        """One line for people."""
        verdict = "info" if self.limit is None else "ok" if self.holds else "OVER"
        limit = "no limit" if self.limit is None else f"limit {self.limit:g}"
        times = f"{self.ours * 1000:.2f} ms : {self.theirs * 1000:.2f} ms"
        return f"{verdict:<5}{self.name:<68}{self.ratio:7.2f}  ({limit}; {times})"


def compare(
    name: str, ours: Callable[[], object], theirs: Callable[[], object], limit: float | None, rounds: int = 15
) -> Comparison:
    """Time both in turn, `rounds` times, and keep the best of each."""
    if rounds > 2:
        ours(), theirs()
    best_ours = best_theirs = float("inf")
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            best_ours = min(best_ours, _time(ours))
            best_theirs = min(best_theirs, _time(theirs))
    finally:
        gc.enable()
    return Comparison(name, best_ours, best_theirs, limit)


def _time(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start
