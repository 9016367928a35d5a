"""The board of verdicts: each target on one line with a sign beside the colour, for who reads nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sim.report.formatting import BLANK, date_text, quantity_text, signed_number, unit_kind, unit_of_difference
from sim.report.measure_words import with_outside_note
from sim.report.page import verdict_class
from sim.report.passage import numbers_of, targets_named
from sim.report.phrases import capital, say
from sim.report.tally import sign_of
from sim.report.thresholds import limit_text
from sim.report.words import is_of_money_alone, target_label, times_text, verdict_group, verdict_text
from sim.results.run_tables import TargetRow, deciding_rows, plan_numbers
from sim.results.words import Lang, Words

_ABOVE = Words("cao hơn ngưỡng {gap}", "{gap} above the threshold")
_BELOW = Words("thấp hơn ngưỡng {gap}", "{gap} below the threshold")
_EVEN = Words("bằng ngưỡng", "at the threshold")
_TRUE = "true"
_REPORTED = Words(
    "{named}: tỷ lệ lấy theo số các cơ quan báo cáo; thực tế thấp hơn, lệch nhiều nhất ở chỉ tiêu {label}: báo cáo"
    " {reported}, thực tế {true}",
    "{named}: shares as agencies report them; in truth they are lower, most for target {label}: reported {reported},"
    " in truth {true}",
)


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One target by the reading that decides.

    Attributes:
        number: in the plan's order, from 1.
        code: the target's id, as commands take it.
        title: what it asks.
        limit: threshold and due date.
        value: the median; blank without any.
        gap: how far the median is from the threshold, in words; empty without any.
        window: over which months the median is counted; empty where it stands on the day.
        chance: how many simulations reach it.
        sign: repeats the verdict without colour.
        verdict: in words; that it rests on draws of the money is said by `chance`.
        verdict_class: for a style sheet.
    """

    number: int
    code: str
    title: str
    limit: str
    value: str
    gap: str
    window: str
    chance: str
    sign: str
    verdict: str
    verdict_class: str

    @property
    def label(self) -> str:
        """What it is called: number and id."""
        return target_label(self.number, self.code)


def board_lines(
    targets: Sequence[TargetRow], language: Lang, windows: Mapping[tuple[str, str], str] = MappingProxyType({})
) -> list[BoardLine]:
    """Every target, in the plan's order; `windows` says of a target's reading over which months it is counted."""
    numbers = plan_numbers(targets)
    return [
        _line(numbers[row.target_id], row, windows.get((row.target_id, row.reading), ""), language)
        for row in deciding_rows(targets)
    ]


def _line(number: int, row: TargetRow, window: str, language: Lang) -> BoardLine:
    kind, group = unit_kind(row.measure), verdict_group(row.verdict)
    return BoardLine(
        number=number,
        code=row.target_id,
        title=with_outside_note(row.title(language), row.measure, language),
        limit=f"{limit_text(row, language)}, {date_text(row.due, language)}",
        value=BLANK if row.median is None else quantity_text(row.median, kind, language),
        gap=_gap(row, language),
        window=window,
        chance=times_text(row, language),
        sign=sign_of(row.verdict),
        verdict=verdict_text(group if is_of_money_alone(row.verdict) else row.verdict, language) or BLANK,
        verdict_class=verdict_class(row.verdict),
    )


def _gap(row: TargetRow, language: Lang) -> str:
    if row.median is None:
        return ""
    kind = unit_kind(row.measure)
    shown = signed_number(row.median - row.shown_threshold, kind, language)
    if shown[0] not in "+−":
        return _EVEN.text(language)
    amount = f"{shown[1:]} {unit_of_difference(kind, language)}".strip()
    return say(_ABOVE if shown[0] == "+" else _BELOW, language, gap=amount)


def reported_note(targets: Sequence[TargetRow], language: Lang) -> str:
    """Which shares are reported figures above the true ones, and both where they are farthest apart; empty for none."""
    decides = {row.target_id: row for row in deciding_rows(targets)}
    true = {row.target_id: row.median for row in targets if row.reading == _TRUE and row.median is not None}
    gaps = {
        row.target_id: row.median - true[row.target_id]
        for row in decides.values()
        if row.median is not None and row.target_id in true and unit_kind(row.measure) == "share"
    }
    seen = [name for name, gap in gaps.items() if signed_number(gap, "share", language).startswith("+")]
    if not seen:
        return ""
    worst = max(seen, key=lambda name: gaps[name])
    return say(
        _REPORTED,
        language,
        named=capital(targets_named(seen, numbers_of(targets), language)),
        label=target_label(plan_numbers(targets)[worst], worst),
        reported=quantity_text(decides[worst].median, "share", language),
        true=quantity_text(true[worst], "share", language),
    )
