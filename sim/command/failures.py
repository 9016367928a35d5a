"""Replications that failed: which, with which seed, and why, in one line for each reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.scenario.errors import Words, printable
from sim.study.journal import Journal

_LONGEST_REASON = 300


def failures_of(journal: Journal, run_hash: str) -> list[dict[str, object]]:
    """Number, seed and last line of the error of each failed replication. Raises JournalDamagedError."""
    return [
        {"replication": row.replication, "seed": row.seed, "error": _last_line(row.error)}
        for row in journal.rows(run_hash)
        if row.status == "failed"
    ]


def failures_text(failures: Sequence[Mapping[str, object]], asked: int) -> Words:
    """Returns what to say of them, those with the same reason together."""
    numbers: dict[tuple[object, object], list[object]] = {}
    for failure in failures:
        numbers.setdefault((failure["error"], failure["seed"]), []).append(failure["replication"])
    rows = [(", ".join(map(str, of)), seed, error) for (error, seed), of in numbers.items()]
    count = len(failures)
    vietnamese = [f"{count}/{asked} lần chạy hỏng; chạy lại cùng lệnh để thử lại"]
    english = [f"{count} of {asked} replications failed; the same command tries them again"]
    vietnamese += [f"  lần chạy {which} (số khởi tạo {seed}): {error}" for which, seed, error in rows]
    english += [f"  replication {which} (seed {seed}): {error}" for which, seed, error in rows]
    return Words("\n".join(vietnamese), "\n".join(english))


def _last_line(error: str) -> str:
    lines = [line.strip() for line in error.splitlines() if line.strip()]
    return printable(lines[-1] if lines else "")[:_LONGEST_REASON]
