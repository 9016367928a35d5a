"""The plan's money by year: planned, arrived, spent, returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.figures.drawing import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    DataTable,
    Picture,
    blank_figure,
    draw_legend_below,
    value_axis,
)
from sim.report.formatting import number_text, unit_text
from sim.report.language import Language, Words, in_language
from sim.report.phrases import COLUMNS, say
from sim.report.rows import SpendingRow

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class MoneyYear:
    """Sums over the plan's lines in one year, million VND; arrived, spent and returned are sums of medians."""

    year: int
    planned: float
    arrived: float
    spent: float
    returned: float
    n: int


def money_years(spending: Sequence[SpendingRow]) -> tuple[MoneyYear, ...]:
    """One entry a year of spending.csv, in order."""
    years = sorted({row.year for row in spending})
    return tuple(_money_year(year, [row for row in spending if row.year == year]) for year in years)


def _money_year(year: int, rows: Sequence[SpendingRow]) -> MoneyYear:
    return MoneyYear(
        year=year,
        planned=sum(row.planned_million_vnd for row in rows),
        arrived=sum(row.arrived_median or 0.0 for row in rows),
        spent=sum(row.spent_median or 0.0 for row in rows),
        returned=sum(row.returned_median or 0.0 for row in rows),
        n=max(row.n for row in rows),
    )


def money_table(years: Sequence[MoneyYear]) -> DataTable:
    """One row a year."""
    columns = ("year", "planned_million_vnd", "arrived_million_vnd", "spent_million_vnd", "returned_million_vnd", "n")
    return DataTable(
        columns, tuple((row.year, row.planned, row.arrived, row.spent, row.returned, row.n) for row in years)
    )


def money_footnote(years: Sequence[MoneyYear], evidence: str, language: Language) -> str:
    """Period, scope, how the sums were made, n."""
    sentence = Words(
        "Kinh phí {first}–{last}, toàn kế hoạch, triệu đồng; được cấp, đã chi, nộp trả: tổng trung vị của từng nội "
        "dung, không vẽ khoảng dao động; n = {n} lần mô phỏng. {evidence}",
        "Money {first}–{last}, whole plan, million VND; arrived, spent, returned: sums of the lines' medians, ranges "
        "not drawn; n = {n} simulations. {evidence}",
    )
    return say(
        sentence,
        language,
        first=years[0].year,
        last=years[-1].year,
        n=number_text(max(row.n for row in years), 0, language),
        evidence=evidence,
    ).strip()


def money_title(years: Sequence[MoneyYear], language: Language) -> str:
    """What the bars compare, and the years."""
    title = Words(
        "Kinh phí theo kế hoạch, được cấp và đã chi, {first}–{last}", "Money planned, arrived and spent, {first}–{last}"
    )
    return say(title, language, first=years[0].year, last=years[-1].year)


def draw_money(years: Sequence[MoneyYear], evidence: str, language: Language) -> Figure:
    """Draw four bars a year."""
    figure = blank_figure(
        money_title(years, language), money_footnote(years, evidence, language), 9.0, 4.0, legend_below=True
    )
    axes = figure.subplots()
    bars: tuple[tuple[str, list[float], str, str], ...] = (
        ("planned", [row.planned for row in years], GREY, ""),
        ("arrived", [row.arrived for row in years], AMBER, "//"),
        ("spent", [row.spent for row in years], BLUE, ""),
        ("returned", [row.returned for row in years], GREEN, ".."),
    )
    for at, (column, heights, colour, hatch) in enumerate(bars):
        places = [place + (at - 1.5) * 0.2 for place in range(len(years))]
        axes.bar(
            places,
            heights,
            width=0.19,
            facecolor=colour,
            edgecolor="white",
            linewidth=0.5,
            hatch=hatch,
            label=in_language(COLUMNS[column], language),
        )
    axes.set_xticks(list(range(len(years))), labels=[str(row.year) for row in years])
    axes.tick_params(axis="x", length=0)
    value_axis(axes, "million_vnd", language)
    axes.set_ylabel(unit_text("million_vnd", language))
    draw_legend_below(figure, *axes.get_legend_handles_labels())
    return figure


def money_pictures(spending: Sequence[SpendingRow], evidence: dict[Language, str]) -> list[Picture]:
    """The picture of the money, or none where there is no spending table."""
    years = money_years(spending)
    if not years:
        return []
    return [
        Picture(
            name="money",
            data=money_table(years),
            draw=lambda language: draw_money(years, evidence[language], language),
            caption=lambda language: money_title(years, language) + ".",
            footnote=lambda language: money_footnote(years, evidence[language], language),
        )
    ]
