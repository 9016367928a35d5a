"""Replications that failed: which, with which seed, and why, in one line for each reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.results.words import Words
from sim.scenario.errors import printable
from sim.studies.cell import Cell
from sim.studies.journal import Journal

SECOND_LUCK = "second_luck"
"""The name under which failures of the replications repeated under another luck are listed."""
HOPELESS = "trying again cannot help"
"""In the error of a replication that fails again however often it is run."""
_LONGEST_REASON = 300


def failures_of(journal: Journal, cells: Mapping[str, Cell], repeated: Cell | None) -> list[dict[str, object]]:
    """Number, seed and last line of the error of each failed replication, and its cell unless it is the only one.

    Raises:
        JournalDamagedError: a row is not what was written.
    """
    named = dict(cells) | ({SECOND_LUCK: repeated} if repeated is not None else {})
    by_hash = {cell.cell_hash: name for name, cell in reversed(named.items())}
    return [
        {
            **({"cell": name} if name else {}),
            "replication": row.replication,
            "seed": row.seed,
            "error": last_line(row.error),
        }
        for cell_hash, name in reversed(by_hash.items())
        if "failed" in journal.held(cell_hash).values()
        for row in journal.rows(cell_hash)
        if row.status == "failed"
    ]


def failures_text(failures: Sequence[Mapping[str, object]], asked: int) -> Words:
    """Returns what to say of them, those with the same reason together."""
    numbers: dict[tuple[object, ...], list[object]] = {}
    for failure in failures:
        reason = failure["error"], failure["seed"], failure.get("cell", "")
        numbers.setdefault(reason, []).append(failure["replication"])
    count = len(failures)
    vietnamese = [f"{count}/{asked} lần chạy hỏng; chạy lại cùng lệnh để thử lại"]
    english = [f"{count} of {asked} replications failed; the same command tries them again"]
    if all(HOPELESS in str(failure["error"]) for failure in failures):
        vietnamese = [f"{count}/{asked} lần chạy hỏng; chạy lại không giúp được, phải sửa kịch bản"]
        english = [f"{count} of {asked} replications failed; running them again cannot help, the scenario must change"]
    for (error, seed, cell), of in numbers.items():
        which, place = ", ".join(map(str, of)), _place(str(cell))
        vietnamese.append(f"  lần chạy {which}{place.vi} (số khởi tạo {seed}): {error}")
        english.append(f"  replication {which}{place.en} (seed {seed}): {error}")
    return Words("\n".join(vietnamese), "\n".join(english))


def _place(cell: str) -> Words:
    if cell == SECOND_LUCK:
        return Words(" trong điều kiện ngẫu nhiên khác", " under another luck")
    return Words(f" của {cell}", f" of {cell}") if cell else Words("", "")


def last_line(error: str) -> str:
    """The last line of a traceback, which names the error."""
    lines = [line.strip() for line in error.splitlines() if line.strip()]
    return printable(lines[-1] if lines else "")[:_LONGEST_REASON]
