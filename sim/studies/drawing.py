"""Pictures and pages drawn in this process or in one for each language, and how far that is, told now and then."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.results.words import LANGUAGES, Lang, Words
from sim.studies.progress import Listener, NowAndThen

if TYPE_CHECKING:
    from sim.report.folder import Kind as Drawable

_LOOKS_EVERY_SECONDS = 0.5

_PICTURES = Words("đã vẽ {done}/{total} hình, còn khoảng {left}", "{done} of {total} pictures drawn, about {left} left")

Counts = tuple[Any, Any]
"""Pictures drawn and to be drawn, as numbers that processes share."""
_counts: list[Counts] = []


def drawn(folder: Path, kind: Drawable, listener: Listener, processes: int) -> list[Path]:
    """Write pictures and pages in all languages; the files.

    Args:
        folder: the run folder.
        kind: of the study in it.
        listener: told how far it is.
        processes: how many may draw at a time.
    """
    told = NowAndThen(listener, _PICTURES)
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
