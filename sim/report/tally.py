"""How many targets have each verdict, and the sign of each: said first wherever a run is told."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.formatting import date_text, number_text
from sim.report.phrases import say
from sim.report.words import runs_needed, verdict_group, verdict_text
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.words import Lang, Words

SIGNS = {"reachable": "✓", "at risk": "▲", "out of reach": "✕", "undecided": "?", "too close to call": "≈"}
"""Said beside the colour, so that a page printed in black tells them apart."""
NO_DATA_SIGN = "–"
VERDICT_ORDER = ("reachable", "at risk", "out of reach", "undecided", "too close to call")
TOO_CLOSE_TO_CALL = "too close to call"
_OPEN = ("undecided", TOO_CLOSE_TO_CALL, "")
NO_DATA = Words("chưa có số liệu", "no data")
_FIRST = Words("{n} chỉ tiêu, hạn đến {due}: {counts}.", "{n} targets, due by {due}: {counts}.")
_COUNT = Words("{sign} {count} {verdict}{more}", "{sign} {count} {verdict}{more}")
_MORE = Words(" (cần chạy thêm {runs} lần mô phỏng)", " ({runs} more simulations needed)")
_NEAR = Words(" (khả năng đạt quá sát mức xếp loại)", " (the chance is too near where verdicts part)")
_NONE_YET = Words("✓ chưa chỉ tiêu nào chắc đạt được", "✓ none sure to be reachable yet")
_NONE = Words("✓ không chỉ tiêu nào đạt được", "✓ none reachable")


def sign_of(verdict: str | None) -> str:
    """The sign of a verdict of targets.csv; a dash for none."""
    group = verdict_group(verdict)
    return SIGNS.get(group, SIGNS["undecided"]) if group else NO_DATA_SIGN


def by_verdict(targets: Sequence[TargetRow]) -> list[tuple[str, list[TargetRow]]]:
    """Groups of verdicts with their targets: those decided first; those open first where they are most."""
    rows = deciding_rows(targets)
    groups = [verdict_group(row.verdict) for row in rows]
    order = [*VERDICT_ORDER, *sorted(set(groups) - {*VERDICT_ORDER, ""}), ""]
    if 2 * sum(group in _OPEN for group in groups) > len(groups):
        order = [*_OPEN, *(group for group in order if group not in _OPEN)]
    found = [(group, [row for row in rows if verdict_group(row.verdict) == group]) for group in order]
    return [(group, mine) for group, mine in found if mine]


def tally_text(targets: Sequence[TargetRow], language: Lang) -> str:
    """The first sentence: how many targets have each verdict, by when they are due."""
    rows = deciding_rows(targets)
    due = date_text(max((row.due for row in rows if row.due), default=None), language)
    return say(_FIRST, language, n=len(rows), due=due, counts=counts_text(targets, language))


def counts_text(targets: Sequence[TargetRow], language: Lang) -> str:
    """Each verdict with its sign and how many targets have it; that none is reachable is said too."""
    groups = by_verdict(targets)
    parts = [
        say(
            _COUNT,
            language,
            sign=sign_of(group),
            verdict=verdict_text(group, language) or NO_DATA.text(language),
            count=len(mine),
            more=_NEAR.text(language) if group == TOO_CLOSE_TO_CALL else _more_text(mine, language),
        )
        for group, mine in groups
    ]
    found = {group for group, _ in groups}
    if "reachable" not in found:
        parts.append((_NONE_YET if found & set(_OPEN) else _NONE).text(language))
    return "; ".join(parts)


def counted_signs(targets: Sequence[TargetRow]) -> str:
    """`? 12 · ≈ 3 · ▲ 1 · ✕ 4 · ✓ 0`: the same in signs."""
    groups = by_verdict(targets)
    counts = {group: len(mine) for group, mine in groups}
    counts.setdefault("reachable", 0)
    return " · ".join(f"{sign_of(group)} {count}" for group, count in counts.items())


def _more_text(rows: Sequence[TargetRow], language: Lang) -> str:
    more = sorted({runs_needed(row.verdict) for row in rows} - {0})
    if not more:
        return ""
    return say(_MORE, language, runs="–".join(number_text(n, 0, language) for n in dict.fromkeys((more[0], more[-1]))))
