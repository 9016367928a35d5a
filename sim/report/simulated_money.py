"""The plan's money in the years that were simulated; what lies outside them is counted apart, never mixed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from sim.report.formatting import date_text, number_text, period_text, quantity_text
from sim.report.manifest import Manifest
from sim.report.phrases import say
from sim.results.money_tables import MoneyRow, SpendingRow
from sim.results.words import Lang, Words

ALL = "all"
COLUMNS = ("planned", "arrived", "committed", "spent", "under_way", "returned")
"""Entries of a total that the report shows, in the order money goes through them."""

Totals = dict[str, MoneyRow]
"""By entry."""


def totals(money: Sequence[MoneyRow], *, line_id: str = ALL, source: str = ALL, year: str = ALL) -> Totals:
    """One total over lines, sources and years; empty where the table does not have it."""
    key = (line_id, source, year)
    return {row.entry: row for row in money if (row.line_id, row.source, row.year) == key}


def amount_of(found: Totals, entry: str) -> float | None:
    """The median of one entry, million VND; None where it is not recorded."""
    row = found.get(entry)
    return None if row is None else row.median


@dataclass(frozen=True, slots=True)
class SimulatedMoney:
    """Lines of the years the simulation covers, the lines outside, and the day it stopped when that is mid-year."""

    inside: tuple[SpendingRow, ...]
    outside: tuple[SpendingRow, ...]
    stopped: date | None

    @property
    def years(self) -> tuple[int, ...]:
        """Years with a line inside the simulated period, in order."""
        return tuple(sorted({row.year for row in self.inside}))


def simulated_money(spending: Sequence[SpendingRow], manifest: Manifest) -> SimulatedMoney:
    """Split the lines by whether their year lies in the horizon of the manifest; without a horizon all are inside."""
    start, end = manifest.horizon_start, manifest.horizon_end
    first = start.year if start else min((row.year for row in spending), default=0)
    last = end.year if end else max((row.year for row in spending), default=0)
    inside = tuple(row for row in spending if first <= row.year <= last)
    outside = tuple(row for row in spending if not first <= row.year <= last)
    return SimulatedMoney(inside, outside, manifest.stopped if any(row.year == last for row in inside) else None)


def money_notes(money: SimulatedMoney, language: Lang) -> list[str]:
    """What the sums count, and what they leave out."""
    if not money.inside:
        return []
    unit = Words(
        "Đơn vị: triệu đồng. Trong từng lần mô phỏng: được cấp = cam kết chi + nộp trả, cam kết chi = đã chi + đang "
        "thực hiện. Mỗi ô là trung vị (khoảng 5–95%) của chính tổng đó qua n = {n} lần mô phỏng, nên các trung vị "
        "trong bảng không nhất thiết cộng khớp với nhau. Khoảng 5–95% của từng nội dung: money.csv.",
        "Million VND. In each simulation arrived = committed + returned and committed = spent + under way. Each cell "
        "is the median (5–95% range) of that very total over n = {n} simulations, so medians in the table need not add "
        "up. Ranges of single items: money.csv.",
    )
    notes = [say(unit, language, n=number_text(max(row.n for row in money.inside), 0, language))]
    if money.stopped is not None:
        cut = Words(
            "Mô phỏng dừng ngày {day}; kế hoạch năm {year} vẫn tính cả năm.",
            "The simulation stops on {day}; the plan of {year} still counts the whole year.",
        )
        notes.append(say(cut, language, day=date_text(money.stopped, language), year=money.stopped.year))
    if money.outside:
        years = [row.year for row in money.outside]
        left_out = Words(
            "Không tính {planned} ghi kế hoạch cho {period}, ngoài giai đoạn mô phỏng.",
            "Left out: {planned} planned for {period}, outside the simulated period.",
        )
        planned = quantity_text(fsum(row.planned_million_vnd for row in money.outside), "million_vnd", language)
        notes.append(say(left_out, language, planned=planned, period=_years_text(years, language)))
    return notes


def _years_text(years: Sequence[int], language: Lang) -> str:
    single = min(years) == max(years)
    words = Words("năm {period}", "{period}") if single else Words("các năm {period}", "{period}")
    return say(words, language, period=period_text(years, None, language))
