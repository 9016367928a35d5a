"""What is said beside a study's answer: gaps in it, volumes that were drawn again, replications that failed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sim.results.words import Words
from sim.scenario.errors import printable
from sim.studies.cell import Cell
from sim.studies.journal import Journal

_MOST_NAMED = 12


def gap_words(asked: int, counted: Sequence[int], later: int, resume: str) -> Words:
    """What is said where a merge has gaps or a deadline cut short: what the tables rest on, and how to go on.

    Args:
        asked: replications asked for.
        counted: the numbers of those in the tables.
        later: replications that are done and kept but not counted yet.
        resume: the command line that runs the rest.
    """
    missing = [number for number in range(asked) if number not in set(counted)]
    named = ", ".join(map(str, missing[:_MOST_NAMED]))
    if len(missing) > _MOST_NAMED:
        named += ", …"
    vietnamese = f"{len(counted)} trong {asked} lần chạy; còn thiếu lần {named}"
    english = f"{len(counted)} of {asked} replications; still to run: {named}"
    if later:
        vietnamese += f"\n{later} lần chạy sau đó đã xong, được giữ lại nhưng chưa tính: lần nhanh sẽ làm lệch kết quả"
        english += f"\n{later} later ones are done and kept but not counted: only the quick ones would lean the answer"
    return Words(f"{vietnamese}\nChạy tiếp bằng:\n{resume}", f"{english}\nGo on with:\n{resume}")


def simulations_words(done: int, asked: int, resume: str) -> Words:
    """How many cells of a study are there, where each is a result by itself, and how to go on."""
    vietnamese = f"mới xong {done} trong {asked} lần mô phỏng\nChạy tiếp bằng:\n{resume}"
    return Words(vietnamese, f"{done} of {asked} simulations are done\nGo on with:\n{resume}")


REDRAWN = "volumes_redrawn"
"""In the manifest: simulations whose volumes were drawn again because a draw could not hold together, `of` so many;
absent when there is none."""


def redraws_of(journal: Journal, cells: Iterable[str]) -> dict[str, Any]:
    """What the manifest says of them; nothing when every draw held together.

    Raises:
        JournalDamagedError: a row is not what was written.
    """
    from sim.measure.payload import was_redrawn

    found = [was_redrawn(payload) for cell_hash in dict.fromkeys(cells) for _, payload in journal.payloads(cell_hash)]
    return {REDRAWN: {"simulations": sum(found), "of": len(found)}} if any(found) else {}


def redraw_words(manifest: Mapping[str, Any]) -> Words | None:
    """The share of such draws, and where to look; None when every draw held together."""
    if REDRAWN not in manifest:
        return None
    number, of = manifest[REDRAWN]["simulations"], manifest[REDRAWN]["of"]
    share = f"{100 * number / of:.3g}"
    share_vi = share.replace(".", ",")
    return Words(
        f"{number}/{of} lần mô phỏng ({share_vi} %) rút phải số văn bản đi và đến không khớp nhau, đã rút lại số"
        " văn bản; lệnh check nêu tham số nào và khoảng nào khớp",
        f"{number} of {of} simulations ({share} %) drew volumes that cannot hold together, and drew them again; check"
        " names the keys and the range that holds",
    )


def with_note(manifest: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Changes to the manifest: what was found, and a note for the reader of the report."""
    said = redraw_words(found)
    if said is None:
        return {}
    before = redraw_words(manifest)
    kept = [note for note in manifest["notes"] if before is None or note["en"] != f"{before.en}."]
    return {**found, "notes": [*kept, {"vi": f"{said.vi}.", "en": f"{said.en}."}]}


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
