"""The plan's money by simulated year: planned, arrived, committed, spent, under way, returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sim.report.figures.drawing import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    INK,
    PALE_BLUE,
    PALE_GREEN,
    DataTable,
    Picture,
    blank_figure,
    draw_legend_below,
    gap,
    value_axis,
)
from sim.report.formatting import number_text, period_text, unit_text
from sim.report.manifest import Manifest
from sim.report.money import ENTRIES, Totals, simulated_money, totals
from sim.report.phrases import COLUMNS, say
from sim.report.run_tables import RunTables
from sim.results.money_tables import MoneyRow, SpendingRow
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LOOKS = {
    "planned": (GREY, ""),
    "arrived": (AMBER, "//"),
    "committed": (PALE_BLUE, "\\\\"),
    "spent": (BLUE, ""),
    "under_way": (PALE_GREEN, "--"),
    "returned": (GREEN, ".."),
}


@dataclass(frozen=True, slots=True)
class MoneyYear:
    """What became of the plan's money in one simulated year."""

    year: int
    amounts: Totals


@dataclass(frozen=True, slots=True)
class MoneyChart:
    """The simulated years in order, and the day the simulation stopped when that is within the last of them."""

    years: tuple[MoneyYear, ...]
    stopped: date | None

    def period(self, language: Lang) -> str:
        """The years the bars cover."""
        return period_text([row.year for row in self.years], self.stopped, language)

    @property
    def columns(self) -> tuple[str, ...]:
        """Which amounts are recorded in any year."""
        recorded = {name for row in self.years for name in row.amounts}
        return tuple(name for name in ENTRIES if name in recorded)


def money_chart(money: Sequence[MoneyRow], spending: Sequence[SpendingRow], manifest: Manifest) -> MoneyChart | None:
    """One entry for each simulated year that has a line; None where there is no money to show."""
    planned = simulated_money(spending, manifest)
    years = tuple(MoneyYear(year, found) for year in planned.years if (found := totals(money, year=str(year))))
    return MoneyChart(years, planned.stopped) if years else None


def money_table(chart: MoneyChart) -> DataTable:
    """One row a year, median and 5-95 % range of each amount; an amount not recorded in a year is blank."""
    ends = ("", "_p05", "_p95")
    columns = ("year", *(f"{name}_million_vnd{end}" for name in chart.columns for end in ends), "n")
    rows = [
        (row.year, *(value for name in chart.columns for value in _values(row, name)), _runs(row))
        for row in chart.years
    ]
    return DataTable(columns, tuple(rows))


def _values(year: MoneyYear, entry: str) -> tuple[float | None, float | None, float | None]:
    row = year.amounts.get(entry)
    return (None, None, None) if row is None else (row.median, row.p05, row.p95)


def _runs(year: MoneyYear) -> int:
    return max(row.n for row in year.amounts.values())


def money_footnote(chart: MoneyChart, evidence: str, language: Lang) -> str:
    """Period, scope, how the sums were made, n."""
    sentence = Words(
        "Kinh phí {period}, toàn kế hoạch, triệu đồng; cột: trung vị của tổng trong năm, vạch: khoảng 5–95% của "
        "n = {n} lần mô phỏng; các trung vị không nhất thiết cộng khớp. {evidence}",
        "Money {period}, whole plan, million VND; bars: medians of the year's totals, lines: 5–95% range of n = {n} "
        "simulations; medians need not add up. {evidence}",
    )
    return say(
        sentence,
        language,
        period=chart.period(language),
        n=number_text(max(_runs(row) for row in chart.years), 0, language),
        evidence=evidence,
    ).strip()


def money_title(chart: MoneyChart, language: Lang) -> str:
    """What the bars compare, and the years."""
    title = Words("Kinh phí theo kế hoạch và thực hiện, {period}", "Money planned and what became of it, {period}")
    return say(title, language, period=chart.period(language))


def draw_money(chart: MoneyChart, evidence: str, language: Lang) -> Figure:
    """Draw a bar for each amount and year."""
    figure = blank_figure(
        money_title(chart, language), money_footnote(chart, evidence, language), 6.2, 3.6, legend_rows=2
    )
    axes = figure.subplots()
    step = 0.84 / len(chart.columns)
    for at, column in enumerate(chart.columns):
        heights = [gap(_values(row, column)[0]) for row in chart.years]
        places = [place + (at - 0.5 * (len(chart.columns) - 1)) * step for place in range(len(chart.years))]
        colour, hatch = _LOOKS[column]
        axes.bar(
            places,
            heights,
            width=0.95 * step,
            facecolor=colour,
            edgecolor="white",
            linewidth=0.5,
            hatch=hatch,
            label=COLUMNS[column].text(language),
        )
        lows, highs = ([gap(_values(row, column)[end]) for row in chart.years] for end in (1, 2))
        axes.vlines(places, lows, highs, color=INK, linewidth=0.9)
    axes.set_xticks(list(range(len(chart.years))), labels=[str(row.year) for row in chart.years])
    axes.tick_params(axis="x", length=0)
    value_axis(axes, "million_vnd", language)
    axes.set_ylabel(unit_text("million_vnd", language))
    draw_legend_below(figure, *axes.get_legend_handles_labels(), columns=3)
    return figure


def money_pictures(tables: RunTables, evidence: dict[Lang, str]) -> list[Picture]:
    """The picture of the money, or none where nothing was planned for the simulated years."""
    chart = money_chart(tables.money, tables.spending, tables.manifest)
    if chart is None:
        return []
    return [
        Picture(
            name="money",
            data=money_table(chart),
            draw=lambda language: draw_money(chart, evidence[language], language),
            caption=lambda language: money_title(chart, language) + ".",
            footnote=lambda language: money_footnote(chart, evidence[language], language),
        )
    ]
