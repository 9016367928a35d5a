"""Whoever follows a study while it runs: a terminal, a notebook, or nobody. Studies print nothing themselves."""

from __future__ import annotations

from typing import Protocol

from sim.results.words import Words
from sim.studies.progress import Progress, Silent

REPLICATIONS_DONE = Words("{done}/{total} lần chạy", "{done}/{total} replications")
"""How progress counts unless told otherwise."""


class Listener(Protocol):
    """What a study tells while it runs; whoever shows it implements these."""

    def say(self, words: Words) -> None:
        """A message in between."""

    def progress(self, counted: Words = REPLICATIONS_DONE) -> Progress:
        """One that is told of each replication, counted in these words, which hold `{done}` and `{total}`."""


class NoListener:
    """Follows nothing."""

    def say(self, words: Words) -> None:
        """Nothing."""

    def progress(self, counted: Words = REPLICATIONS_DONE) -> Progress:  # noqa: ARG002 - the form of a listener
        """Nothing is shown."""
        return Silent()
