"""Causes as horizontal bars: why not electronic, why paper still goes along, what documents wait for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sim.report.figures.drawing import (
    GREY,
    INK,
    PALE_AMBER,
    PALE_BLUE,
    PALE_GREEN,
    PALE_RED,
    DataTable,
    Picture,
    blank_figure,
    value_axis,
)
from sim.report.formatting import number_text, unit_text, year_text
from sim.report.phrases import say
from sim.report.words import CAUSE_GROUPS, term
from sim.results.run_tables import CauseRow
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_TITLE = Words("Nguyên nhân: năm {last} so với năm {first}", "Causes: {last} against {first}")
_TITLE_ONE_YEAR = Words("Nguyên nhân: năm {last}", "Causes in {last}")
_COLOURS = {"not_electronic": PALE_BLUE, "parallel_paper": PALE_AMBER, "waiting": PALE_GREEN, "late_dossiers": PALE_RED}

LAST_OF_ALL = ("office_closed",)
"""Causes that no plan shortens, below all others: nights and weekends are most of any waiting."""


@dataclass(frozen=True, slots=True)
class CauseBar:
    """One cause in the last year of its group, and its median in the first year where there is one."""

    last: CauseRow
    first: CauseRow | None


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """The bars of one group, longest first, and the day the simulation stopped when it cut a year short."""

    group: str
    unit: str
    bars: tuple[CauseBar, ...]
    stopped: date | None = None


def cause_groups(causes: Sequence[CauseRow], stopped: date | None = None) -> tuple[CauseGroup, ...]:
    """Groups in the order of the report, then any other group as given; a group with no value is left out.

    A last year that the simulation cut short is not set against a whole one.
    """
    valued = [row for row in causes if row.median is not None]
    present = {row.group: None for row in valued}
    names = [
        *(name for name in CAUSE_GROUPS if name in present),
        *(name for name in present if name not in CAUSE_GROUPS),
    ]
    groups: list[CauseGroup] = []
    for name in names:
        rows = [row for row in valued if row.group == name]
        first_year, last_year = min(row.year for row in rows), max(row.year for row in rows)
        whole = first_year < last_year and (stopped is None or stopped.year != last_year)
        earlier = {row.cause: row for row in rows if row.year == first_year and whole}
        latest = sorted(
            (row for row in rows if row.year == last_year),
            key=lambda row: (row.cause in LAST_OF_ALL, -(row.median or 0.0), row.cause),
        )
        bars = tuple(CauseBar(row, earlier.get(row.cause)) for row in latest)
        groups.append(CauseGroup(name, latest[0].unit, bars, stopped))
    return tuple(groups)


def causes_table(groups: Sequence[CauseGroup]) -> DataTable:
    """Every bar, its range and its first-year mark."""
    columns = ("drawn", "group", "cause", "unit", "year", "median", "p05", "p95", "n")
    rows: list[tuple[str | int | float | None, ...]] = []
    for group in groups:
        for bar in group.bars:
            for drawn, row in (("bar", bar.last), ("first_year", bar.first)):
                if row is not None:
                    low, high = (row.p05, row.p95) if drawn == "bar" else (None, None)
                    rows.append((drawn, row.group, row.cause, row.unit, row.year, row.median, low, high, row.n))
    return DataTable(columns, tuple(rows))


def draw_causes(groups: Sequence[CauseGroup], evidence: str, language: Lang) -> Figure:
    """Draw one panel a group."""
    bars = [len(group.bars) for group in groups]
    height = 1.5 + 0.62 * len(groups) + 0.3 * sum(bars)
    footnote = causes_footnote(groups, evidence, language)
    figure = blank_figure(causes_title(groups, language), footnote, 9.0, height)
    grid = figure.subplots(len(groups), 1, squeeze=False, height_ratios=[count + 0.9 for count in bars])
    for axes, group in zip(grid[:, 0], groups, strict=True):
        _draw_group(axes, group, language)
    return figure


def causes_title(groups: Sequence[CauseGroup], language: Lang) -> str:
    """The years compared."""
    first, last = _years(groups)
    shown = year_text(last, groups[0].stopped, language)
    return say(_TITLE if first < last else _TITLE_ONE_YEAR, language, first=first, last=shown)


def _years(groups: Sequence[CauseGroup]) -> tuple[int, int]:
    rows = [row for group in groups for bar in group.bars for row in (bar.first, bar.last) if row is not None]
    return min(row.year for row in rows), max(row.year for row in rows)


def causes_footnote(groups: Sequence[CauseGroup], evidence: str, language: Lang) -> str:
    """Period, scope, range, n, and how much of it is assumed."""
    rows = [bar.last for group in groups for bar in group.bars]
    first, last = _years(groups)
    marks = Words("; vạch đứng: trung vị năm {first}", "; upright marks: median of {first}")
    sentence = Words(
        "Thanh: trung vị năm {last}, toàn tỉnh; vạch ngang: khoảng 5–95%{marks}; n = {n} lần mô phỏng. {evidence}",
        "Bars: median of {last}, whole province; whiskers: 5–95% range{marks}; n = {n} simulations. {evidence}",
    )
    return say(
        sentence,
        language,
        last=year_text(last, groups[0].stopped, language),
        marks=say(marks, language, first=first) if first < last else "",
        n=number_text(max(row.n for row in rows), 0, language),
        evidence=evidence,
    ).strip()


def _draw_group(axes: Axes, group: CauseGroup, language: Lang) -> None:
    places = list(range(len(group.bars)))
    rows = [bar.last for bar in group.bars]
    lengths = [row.median or 0.0 for row in rows]
    below = [
        max(0.0, length - (length if row.p05 is None else row.p05)) for row, length in zip(rows, lengths, strict=True)
    ]
    above = [
        max(0.0, (length if row.p95 is None else row.p95) - length) for row, length in zip(rows, lengths, strict=True)
    ]
    axes.barh(places, lengths, height=0.62, color=_COLOURS.get(group.group, GREY))
    axes.errorbar(lengths, places, xerr=[below, above], color=INK, linestyle="none", linewidth=0.9, capsize=2.5)
    marked = [(bar.first.median or 0.0, place) for bar, place in zip(group.bars, places, strict=True) if bar.first]
    axes.plot([x for x, _ in marked], [y for _, y in marked], linestyle="none", marker="|", markersize=13, color=INK)
    axes.set_yticks(places, labels=[term("cause", row.cause, language) for row in rows])
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    axes.tick_params(axis="y", length=0)
    axes.set_title(f"{term('cause_group', group.group, language)} ({unit_text(group.unit, language)})")
    value_axis(axes, "count", language, horizontal=True)


def causes_pictures(causes: Sequence[CauseRow], stopped: date | None, evidence: dict[Lang, str]) -> list[Picture]:
    """The picture of the causes, or none where the table has no value."""
    groups = cause_groups(causes, stopped)
    if not groups:
        return []
    return [
        Picture(
            name="causes",
            data=causes_table(groups),
            draw=lambda language: draw_causes(groups, evidence[language], language),
            caption=lambda language: causes_title(groups, language) + ".",
            footnote=lambda language: causes_footnote(groups, evidence[language], language),
        )
    ]
