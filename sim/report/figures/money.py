"""The plan's money by simulated year: planned, arrived, committed, spent, returned."""

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
    PALE_BLUE,
    DataTable,
    Picture,
    blank_figure,
    draw_legend_below,
    gap,
    value_axis,
)
from sim.report.formatting import number_text, unit_text
from sim.report.language import Language, Words, in_language
from sim.report.periods import period_text
from sim.report.phrases import COLUMNS as PHRASES
from sim.report.phrases import say
from sim.report.rows import Manifest, SpendingRow
from sim.report.simulated_money import COLUMNS, Amounts, simulated_money, sum_amounts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_LOOKS = {
    "planned": (GREY, ""),
    "arrived": (AMBER, "//"),
    "committed": (PALE_BLUE, "\\\\"),
    "spent": (BLUE, ""),
    "returned": (GREEN, ".."),
}


@dataclass(frozen=True, slots=True)
class MoneyYear:
    """What became of the plan's money in one simulated year."""

    year: int
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class MoneyChart:
    """The simulated years in order, and the day the simulation stopped when that is within the last of them."""

    years: tuple[MoneyYear, ...]
    stopped: date | None

    def period(self, language: Language) -> str:
        """The years the bars cover."""
        return period_text([row.year for row in self.years], self.stopped, language)

    @property
    def columns(self) -> tuple[str, ...]:
        """Which amounts are recorded in any year."""
        recorded = {name for row in self.years for name, _ in row.amounts.by_column()}
        return tuple(name for name in COLUMNS if name in recorded)


def money_chart(spending: Sequence[SpendingRow], manifest: Manifest) -> MoneyChart | None:
    """One entry for each simulated year that has a line; None where there is no money to show."""
    money = simulated_money(spending, manifest)
    years = tuple(
        MoneyYear(year, sum_amounts([row for row in money.inside if row.year == year])) for year in money.years
    )
    return MoneyChart(years, money.stopped) if years else None


def money_table(chart: MoneyChart) -> DataTable:
    """One row a year; an amount not recorded in a year is blank."""
    columns = ("year", *(f"{name}_million_vnd" for name in chart.columns), "n")
    rows = [
        (row.year, *(dict(row.amounts.by_column()).get(name) for name in chart.columns), row.amounts.n)
        for row in chart.years
    ]
    return DataTable(columns, tuple(rows))


def money_footnote(chart: MoneyChart, evidence: str, language: Language) -> str:
    """Period, scope, how the sums were made, n."""
    sentence = Words(
        "Kinh phí {period}, toàn kế hoạch, triệu đồng; trừ cột kế hoạch, mỗi cột là tổng trung vị của từng nội "
        "dung, không vẽ khoảng dao động; n = {n} lần mô phỏng. {evidence}",
        "Money {period}, whole plan, million VND; every bar but the planned one is the sum of the lines' medians, "
        "ranges not drawn; n = {n} simulations. {evidence}",
    )
    return say(
        sentence,
        language,
        period=chart.period(language),
        n=number_text(max(row.amounts.n for row in chart.years), 0, language),
        evidence=evidence,
    ).strip()


def money_title(chart: MoneyChart, language: Language) -> str:
    """What the bars compare, and the years."""
    title = Words("Kinh phí theo kế hoạch và thực hiện, {period}", "Money planned and what became of it, {period}")
    return say(title, language, period=chart.period(language))


def draw_money(chart: MoneyChart, evidence: str, language: Language) -> Figure:
    """Draw a bar for each amount and year."""
    figure = blank_figure(
        money_title(chart, language), money_footnote(chart, evidence, language), 9.0, 4.0, legend_rows=1
    )
    axes = figure.subplots()
    step = 0.84 / len(chart.columns)
    for at, column in enumerate(chart.columns):
        heights = [gap(dict(row.amounts.by_column()).get(column)) for row in chart.years]
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
            label=in_language(PHRASES[column], language),
        )
    axes.set_xticks(list(range(len(chart.years))), labels=[str(row.year) for row in chart.years])
    axes.tick_params(axis="x", length=0)
    value_axis(axes, "million_vnd", language)
    axes.set_ylabel(unit_text("million_vnd", language))
    draw_legend_below(figure, *axes.get_legend_handles_labels())
    return figure


def money_pictures(spending: Sequence[SpendingRow], manifest: Manifest, evidence: dict[Language, str]) -> list[Picture]:
    """The picture of the money, or none where nothing was planned for the simulated years."""
    chart = money_chart(spending, manifest)
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
