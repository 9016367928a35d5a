"""A shard: one office's part of a study, when several machines without a cluster share its replications."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WRITTEN = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", re.ASCII)


@dataclass(frozen=True)
class Shard:
    """The `number`-th of `of` parts, counted from 1: every `of`-th replication, in all cells alike.

    So each shard has the same share of what is asked for, a comparison keeps its pairs, and shards stay the same
    when more replications are asked for later.
    """

    number: int
    of: int

    @classmethod
    def read(cls, text: str) -> Shard | None:
        """The shard written `2/3`; None when the text is no such thing, or names a part that is not there."""
        found = _WRITTEN.fullmatch(text)
        if found is None or int(found[1]) > int(found[2]):
            return None
        return cls(int(found[1]), int(found[2]))

    def holds(self, replication: int) -> bool:
        """Whether that replication is this shard's to run."""
        return replication % self.of == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"
