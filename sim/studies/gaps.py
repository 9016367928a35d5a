"""What is said of results that are not whole: a merge with gaps, a study cut short by its deadline."""

from __future__ import annotations

from collections.abc import Sequence

from sim.results.words import Words

_MOST_NAMED = 12


def gap_words(asked: int, counted: Sequence[int], later: int, resume: str) -> Words:
    """How much of what was asked for the tables rest on, what more is kept, and how to go on.

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
