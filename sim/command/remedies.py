"""`run --remedies 30min`: what would help; offered where it was not asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

from sim.command.console import Console
from sim.command.next_steps import Step
from sim.results.remedy_tables import ALL_TARGETS, REMEDIES
from sim.results.run_folder import records
from sim.results.words import Words
from sim.scenario.listing import list_scenarios
from sim.studies.estimate import Estimate
from sim.studies.journal import Journal
from sim.studies.journal_file import JOURNAL_FILE
from sim.studies.manifest import REMEDIES_KEPT
from sim.studies.progress import ENGLISH, VIETNAMESE, duration
from sim.studies.tasks import FIRST_PAIRS

SWITCH = "--remedies"
_LEAST_MINUTES = 5
_OFFERED_MINUTES = 30
"""As the page, the brief and the README offer; a whole screening of a large province takes hours."""
_ROUNDS_TO_THE_END = 2
"""A first look at every option takes half of a screening: the later rounds halve the options as they double the pairs,
and there are two or three of them for twenty replications."""


def options_beside(laid: Sequence[str]) -> int:
    """How many options there are that a plan does not have."""
    taken = {Path(name).stem for name in laid}
    return sum(one.kind == "option" and one.name not in taken for one in list_scenarios())


def remedies_content(folder: Path, manifest: Mapping[str, Any]) -> dict[str, object]:
    """What would help, as JSON takes it; nothing where it was not asked."""
    if not (folder / REMEDIES.file).is_file():
        return {}
    return {"screening": manifest.get("remedies", {}), "remedies": records(folder, manifest, "remedies")}


def offer(folder: Path, manifest: Mapping[str, Any], again: Sequence[str]) -> Step | None:
    """How to have the options tried, or those that there was no time for; None where none is left or no target is due.

    Args:
        folder: of the run.
        manifest: its manifest.
        again: words that ask the run again.
    """
    if (folder / REMEDIES.file).is_file():
        return _offer_the_rest(folder, manifest, again)
    if not records(folder, manifest, "targets"):
        return None
    options = options_beside(manifest["options"])
    minutes = _minutes(folder, manifest, options)
    about = Words(
        f"Điều gì giúp đạt chỉ tiêu (thử {options} phương án trong cùng các tương lai, chừng {minutes} phút)",
        f"What would help ({options} options tried in the same futures, about {minutes} minutes)",
    )
    if minutes > _OFFERED_MINUTES:
        about = Words(
            f"Điều gì giúp đạt chỉ tiêu (thử các phương án trong {_OFFERED_MINUTES} phút; đủ cả {options} phương án cần"
            f" chừng {minutes} phút)",
            f"What would help (options tried for {_OFFERED_MINUTES} minutes; all {options} would take about {minutes})",
        )
    return Step(about, [*again, SWITCH, f"{min(minutes, _OFFERED_MINUTES)}min"])


def _offer_the_rest(folder: Path, manifest: Mapping[str, Any], again: Sequence[str]) -> Step | None:
    """The same with a longer time, which counts what was spent before, where that did not reach every option."""
    rows = records(folder, manifest, "remedies")
    untried = sum((row["target_id"], row["verdict"]) == (ALL_TARGETS, "not_tried") for row in rows)
    if not untried:
        return None
    spent = ceil(float(manifest.get(REMEDIES_KEPT, {}).get("spent_seconds", 0.0)) / 60.0)
    more = _minutes(folder, manifest, untried)
    about = Words(
        f"Thử nốt {untried} phương án chưa kịp thử (chừng {more} phút nữa; thời gian trong lệnh gồm cả phần đã dùng)",
        f"Try the {untried} options left (about {more} minutes more; the command's time counts what was used before)",
    )
    return Step(about, [*_without_time(again), SWITCH, f"{spent + more}min"])


def _without_time(again: Sequence[str]) -> list[str]:
    """The words without a time for options that was given before."""
    words = list(again)
    if SWITCH in words:
        at = words.index(SWITCH)
        del words[at : at + 2]
    return [word for word in words if not word.startswith(f"{SWITCH}=")]


def _minutes(folder: Path, manifest: Mapping[str, Any], options: int) -> int:
    """Time for every option on a few replications and the promising ones on more, from what replications took."""
    times: list[float] = []
    if (folder / JOURNAL_FILE).is_file():  # a folder passed on with its tables alone has none
        with Journal.to_read(folder) as journal:
            times = [seconds for seconds, status in journal.times().values() if status == "done"]
    workers = max(1, int(manifest.get("workers", 1)))
    each = median(times) if times else 1.0
    seconds = _ROUNDS_TO_THE_END * options * min(FIRST_PAIRS, len(times) or 1) * each / workers
    minutes = seconds / 60.0
    return max(_LEAST_MINUTES, ceil(minutes / 5) * 5)


def dry_run_words(found: Estimate, laid: Sequence[str], budget_seconds: float, console: Console) -> Words:
    """How far the stated time goes, after the run itself."""
    options, workers, each = options_beside(laid), max(1, found.workers), max(found.seconds_each, 1e-3)
    texts = VIETNAMESE if console.lang == "vi" else ENGLISH
    pairs = min(FIRST_PAIRS, found.amount.asked)
    simulations = min(int(budget_seconds * workers / each), options * found.amount.asked)
    stated, first = duration(budget_seconds - 1, texts), duration(options * pairs * each / workers, texts)
    return Words(
        f"sau đó thử {options} phương án trong {stated}: chừng {simulations} lần mô phỏng; mỗi phương án {pairs} lần"
        f" mất khoảng {first}",
        f"then {options} options for {stated}: about {simulations} simulations; {pairs} of each take about {first}",
    )
