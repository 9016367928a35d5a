"""The plan's money in the years that were simulated; what lies outside them is counted apart, never mixed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sim.report.formatting import date_text, number_text, quantity_text
from sim.report.language import Language, Words
from sim.report.periods import period_text
from sim.report.phrases import say
from sim.report.rows import Manifest, SpendingRow

COLUMNS = ("planned", "arrived", "committed", "spent", "returned")


@dataclass(frozen=True, slots=True)
class Amounts:
    """Sums over plan lines, million VND; all but planned are sums of medians; committed is None where not recorded."""

    planned: float
    arrived: float
    committed: float | None
    spent: float
    returned: float
    n: int

    def by_column(self) -> tuple[tuple[str, float], ...]:
        """The amounts in the order money goes through them; those not recorded left out."""
        values = (self.planned, self.arrived, self.committed, self.spent, self.returned)
        return tuple((name, value) for name, value in zip(COLUMNS, values, strict=True) if value is not None)


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


def sum_amounts(rows: Sequence[SpendingRow]) -> Amounts:
    """Add up lines; at least one row is needed for n."""
    committed = [row.committed_median for row in rows if row.committed_median is not None]
    return Amounts(
        planned=sum(row.planned_million_vnd for row in rows),
        arrived=sum(row.arrived_median or 0.0 for row in rows),
        committed=sum(committed) if committed else None,
        spent=sum(row.spent_median or 0.0 for row in rows),
        returned=sum(row.returned_median or 0.0 for row in rows),
        n=max((row.n for row in rows), default=0),
    )


def simulated_money(spending: Sequence[SpendingRow], manifest: Manifest) -> SimulatedMoney:
    """Split the lines by whether their year lies in the horizon of the manifest; without a horizon all are inside."""
    start, end = manifest.horizon_start, manifest.horizon_end
    first = start.year if start else min((row.year for row in spending), default=0)
    last = end.year if end else max((row.year for row in spending), default=0)
    inside = tuple(row for row in spending if first <= row.year <= last)
    outside = tuple(row for row in spending if not first <= row.year <= last)
    return SimulatedMoney(inside, outside, manifest.stopped if any(row.year == last for row in inside) else None)


def money_notes(money: SimulatedMoney, language: Language) -> list[str]:
    """What the sums count, and what they leave out."""
    if not money.inside:
        return []
    unit = Words(
        "Đơn vị: triệu đồng. Được cấp, cam kết chi, đã chi, nộp trả: tổng trung vị của từng nội dung, nên các cột có "
        "thể không khớp nhau đến đơn vị cuối; n = {n}.",
        "Million VND. Arrived, committed, spent and returned are sums of the lines' medians, so the columns need not "
        "agree to the last unit; n = {n}.",
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
        planned = quantity_text(sum_amounts(money.outside).planned, "million_vnd", language)
        notes.append(say(left_out, language, planned=planned, period=_years_text(years, language)))
    return notes


def _years_text(years: Sequence[int], language: Language) -> str:
    single = min(years) == max(years)
    words = Words("năm {period}", "{period}") if single else Words("các năm {period}", "{period}")
    return say(words, language, period=period_text(years, None, language))
