"""Whether reading many returns needs more memory than reading a few."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable

FEW, MANY = 100, 1000
WARM_UP = 2_500
"""CPython keeps up to 2,000 used tuples of each size for the next ones, a few bytes a read, and gives them back when it
collects garbage. That is no growth: after so many reads there are as many as there will ever be."""
ALLOWED_GROWTH = 1.10


def peak_growth(read: Callable[[], object]) -> float:
    """The peak of Python's memory over 1,000 reads, by that over 100, after those that only warm up."""
    gc.collect()
    for _ in range(WARM_UP):
        read()
    few = _peak(read, FEW)
    return _peak(read, MANY) / few


def _peak(read: Callable[[], object], times: int) -> int:
    tracemalloc.start()
    try:
        for _ in range(times):
            read()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
