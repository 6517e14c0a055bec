"""Whether reading many returns needs more memory than reading a few."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable

FEW, MANY = 100, 1000
ALLOWED_GROWTH = 1.10


def peak_growth(read: Callable[[], object]) -> float:
    """The peak of Python's memory over 1,000 reads, by that over 100; the first 100 only warm up."""
    _peak(read, FEW)
    few = _peak(read, FEW)
    return _peak(read, MANY) / few


def _peak(read: Callable[[], object], times: int) -> int:
    gc.collect()
    tracemalloc.start()
    try:
        for _ in range(times):
            read()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
