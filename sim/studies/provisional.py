"""A first look at a run's targets while its replications come in. No verdict rests on it, and no table holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from sim.results.words import LANGUAGES, Lang, Words
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import Target
from sim.studies.journal import Journal
from sim.studies.progress import Progress, TaskKey

if TYPE_CHECKING:
    from sim.measure.measured import Measured

LEAST = 2
"""One replication says nothing of chance."""


@dataclass(frozen=True)
class Board:
    """Targets by the plan's own reading, from the unbroken beginning of the replications."""

    heading: Words
    lines: tuple[Words, ...]

    def parts(self, lang: Lang) -> list[str]:
        """The heading, then a target each."""
        return [self.heading.text(lang), *(line.text(lang) for line in self.lines)]


class FirstLook:
    """The targets of one case, looked at whenever another replication is there."""

    def __init__(self, loaded: LoadedScenario, journal: Journal, cell_hash: str) -> None:
        self._loaded = loaded
        self._journal = journal
        self._cell_hash = cell_hash
        self._measured: dict[int, Measured] = {}

    def board(self, asked: int) -> Board | None:
        """How the targets stand; None without any, with fewer than two replications, nothing new, or all asked for."""
        from sim.measure.payload import decode

        before = self._beginning()
        held = self._journal.held(self._cell_hash)
        new = [number for number, status in held.items() if status == "done" and number not in self._measured]
        for row in self._journal.rows(self._cell_hash, new):
            self._measured[row.replication] = decode(row.payload, months=False)
        done = self._beginning()
        if not self._loaded.scenario.targets or not max(before, LEAST - 1) < done < asked:
            return None
        heading = Words(
            f"tạm tính sau {done} lần chạy, chưa phải kết luận (trung vị; số lần đạt)",
            f"provisional after {done} replications, no verdict yet (median; times reached)",
        )
        measured = [self._measured[number] for number in range(done)]
        numbers = self._loaded.target_numbers
        return Board(
            heading, tuple(_line(target, numbers[target.id], measured) for target in self._loaded.scenario.targets)
        )

    def _beginning(self) -> int:
        """Replications 0, 1, 2... without a gap: what is done beyond was quick, and would lean the answer."""
        return next(number for number in range(len(self._measured) + 1) if number not in self._measured)


def _line(target: Target, number: int, measured: list[Measured]) -> Words:
    """A target, its median so far, and how many replications reach it."""
    from sim.measure.cells import is_reached, value_of
    from sim.report.formatting import BLANK, quantity_text, unit_kind
    from sim.report.words import target_label

    values = [value for one in measured if (value := value_of(one, target.id)) is not None]
    reached = sum(is_reached(one, target.id) for one in measured)
    kind = unit_kind(target.measure)
    shown: Mapping[Lang, str] = {
        lang: quantity_text(median(values), kind, lang) if values else BLANK for lang in LANGUAGES
    }
    label = target_label(number, target.id)
    return Words(*(f"{label} {shown[lang]}; {reached}/{len(measured)}" for lang in LANGUAGES))


class WithFirstLook:
    """Progress that also shows the targets so far."""

    def __init__(self, progress: Progress, look: FirstLook, asked: int) -> None:
        self._progress = progress
        self._look = look
        self._asked = asked
        self.within = progress.within
        self.waiting = progress.waiting
        self.tick = progress.tick
        self.end = progress.end
        self.begin = progress.begin
        self.so_far = progress.so_far

    def finished(self, task: TaskKey, seconds: float, *, failed: bool) -> None:
        """Count it, and look again."""
        self._progress.finished(task, seconds, failed=failed)
        board = self._look.board(self._asked)
        if board is not None:
            self._progress.so_far(board)
