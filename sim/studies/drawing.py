"""Pictures and pages drawn in this process or in one for each language, and how far that is, told now and then."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.results.words import LANGUAGES, Lang, Words
from sim.studies.progress import ENGLISH, VIETNAMESE, Listener, duration

if TYPE_CHECKING:
    from sim.report.folder import Kind as Drawable

_SECONDS_BETWEEN_LINES = 10.0
_LOOKS_EVERY_SECONDS = 0.5

Counts = tuple[Any, Any]
"""Pictures drawn and to be drawn, as numbers that processes share."""
_counts: list[Counts] = []


PICTURES = Words("đã vẽ {done}/{total} hình, còn khoảng {left}", "{done} of {total} pictures drawn, about {left} left")
CASES_OF_MONEY = Words(
    "đã tính riêng kinh phí của {done}/{total} trường hợp, còn khoảng {left}",
    "the money of {done} of {total} cases drawn by itself, about {left} left",
)


class NowAndThen:
    """Says which of how many is done, and about how long the others take; no line for a short while.

    Args:
        listener: who is told.
        words: the line, with `{done}`, `{total}` and `{left}`.
        clock: seconds from a clock that never goes back.
    """

    def __init__(
        self, listener: Listener, words: Words = PICTURES, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._listener = listener
        self._words = words
        self._clock = clock
        self._since = self._said = clock()

    def __call__(self, done: int, total: int) -> None:
        """So many of so many are done."""
        now = self._clock()
        if not 0 < done < total or now - self._said < _SECONDS_BETWEEN_LINES:
            return
        self._said = now
        left = (now - self._since) / done * (total - done)
        counted = {"done": done, "total": total}
        vietnamese = self._words.vi.format(left=duration(left, VIETNAMESE), **counted)
        self._listener.say(Words(vietnamese, self._words.en.format(left=duration(left, ENGLISH), **counted)))


def drawn(folder: Path, kind: Drawable, listener: Listener, processes: int) -> list[Path]:
    """Write pictures and pages in all languages; the files.

    Args:
        folder: the run folder.
        kind: of the study in it.
        listener: told how far it is.
        processes: how many may draw at a time.
    """
    told = NowAndThen(listener)
    return _side_by_side(folder, kind, told) if processes > 1 else written(folder, kind, LANGUAGES, told)


def written(folder: Path, kind: Drawable, languages: Sequence[Lang], told: Callable[[int, int], None]) -> list[Path]:
    """The files of these languages, drawn in this process; `told` as `write_report` says."""
    from sim.report.folder import write_report

    return write_report(folder, kind, languages, told)


def _side_by_side(folder: Path, kind: Drawable, told: NowAndThen) -> list[Path]:
    """Each language in a process of its own."""
    from concurrent.futures import ProcessPoolExecutor, wait
    from multiprocessing import get_context

    from sim.studies.worker_processes import ctrl_c_held

    context = get_context("spawn")
    counts = context.Value("i", 0), context.Value("i", 0)
    with ProcessPoolExecutor(len(LANGUAGES), context, _begin, counts) as pool:
        with ctrl_c_held():
            parts = [pool.submit(_counted, folder, kind, language) for language in LANGUAGES]
        while wait(parts, _LOOKS_EVERY_SECONDS).not_done:
            told(counts[0].value, counts[1].value)
        return list(dict.fromkeys(path for part in parts for path in part.result()))


def _begin(done: Any, total: Any) -> None:
    """Ctrl-C reaches every process; what is kept is told by the one that was started."""
    _counts[:] = [(done, total)]
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGHUP})


def _counted(folder: Path, kind: Drawable, language: Lang) -> list[Path]:
    """The files of one language, each picture added to what all processes have drawn."""
    (done, total), before = _counts[0], [0, 0]

    def told(mine: int, of: int) -> None:
        for shared, at, now in ((done, 0, mine), (total, 1, of)):
            with shared.get_lock():
                shared.value += now - before[at]
            before[at] = now

    return written(folder, kind, (language,), told)
