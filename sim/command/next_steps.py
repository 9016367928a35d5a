"""What to type next: each line that can be pasted stands by itself below what it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.command.program import command_line
from sim.results.run_folder import records
from sim.results.words import Lang, Words

STEPS_SHOWN = 2


class Step(NamedTuple):
    """What it gives, and the words to type."""

    about: Words
    words: Sequence[str]


def step_lines(steps: Sequence[Step], typed: Sequence[str], lang: Lang) -> list[str]:
    """Each step in two lines: what it gives, then its command, whole.

    Args:
        steps: in the order in which they help.
        typed: the words that were typed, which tell how the program was called.
        lang: of what it gives; said once more in the command where the person named a language.
    """
    chosen = ["--lang", lang] if "--lang" in typed else []
    return [
        line
        for step in steps
        for line in (
            f"{step.about.text(lang)}:",
            command_line([*step.words, *([] if "--lang" in step.words else chosen)]),
        )
    ]


def steps_of_run(folder: Path, manifest: Mapping[str, Any], tried: Step | None) -> list[Step]:
    """The two that tell most: a verdict on every target, what would help; else why one fails, where.

    Args:
        folder: of a run, as the person named it.
        manifest: its manifest.
        tried: how to have the options tried; None where they were.

    Another version of the program cannot go on with the run: what it would refuse is not offered.
    """
    from sim.command.more_replications import extension  # which gives steps of its own
    from sim.report.words import runs_needed
    from sim.studies.version import program_hash

    first: dict[object, Mapping[str, Any]] = {}
    for row in records(folder, manifest, "targets"):
        first.setdefault(row["target_id"], row)  # the reading that a verdict rests on; others are asked for nothing
    targets = list(first.values())
    steps = []
    goes_on = manifest["program_hash"] == program_hash()
    if goes_on and (more := max((runs_needed(str(row["verdict"] or "")) for row in targets), default=0)):
        open_ = Words(
            "Ước chừng để kết luận các chỉ tiêu còn để ngỏ (có thể vẫn còn)",
            "By estimate, to settle the targets that are open (some may stay so)",
        )
        step = extension(folder, more, open_)
        steps += [step] if step else []
    if goes_on and tried is not None:
        steps.append(tried)
    missed = next((row for row in targets if row["verdict"] not in (None, "reachable")), None)
    if missed is not None:
        name = missed["target_id"]
        about = Words(f"Vì sao {name} chưa đạt, ở huyện nào", f"Why {name} is not reached, and in which districts")
        steps.append(Step(about, ["report", str(folder), "--why", str(name)]))
    steps.append(
        Step(
            Words("Từng cách tính, mọi nguyên nhân", "Every reading, all that stands in the way"),
            ["report", str(folder), "--details"],
        )
    )
    return steps[:STEPS_SHOWN]


def brief_lines(folder: Path, typed: Sequence[str], lang: Lang) -> list[str]:
    """Where the page for a leader is, or how to have it written where it is missing or older than the tables."""
    page = folder / f"brief.{lang}.pdf"
    about = Words("Một trang A4 cho lãnh đạo (PDF, Word)", "One A4 page for a leader (PDF, Word)")
    newest = max((table.stat().st_mtime_ns for table in folder.glob("*.csv")), default=0)  # remedies.csv comes later
    if page.is_file() and page.stat().st_mtime_ns >= newest:
        return [f"{about.text(lang)}: {page}"]
    if page.is_file():
        about = Words(
            f"{about.vi}; tệp {page.name} đang có là của kết quả trước, cần viết lại",
            f"{about.en}; the {page.name} that is there is of earlier results, to be written again",
        )
    return step_lines([Step(about, ["brief", str(folder)])], typed, lang)
