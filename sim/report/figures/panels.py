"""Several courses side by side, one small panel each on the same axes: median, 5-95 % range, threshold, due date."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.report.figures.drawing import (
    BLUE,
    GREEN,
    INK,
    RED,
    blank_figure,
    day_numbers,
    draw_legend_below,
    gap,
    lone_points,
    time_axis,
    value_axis,
)
from sim.report.formatting import UnitKind, date_text, quantity_text, threshold_text
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 2
_PANEL_INCHES = 2.1
_HEADING_WIDTH = 56
_COLOURS = {"reported": BLUE, "true": GREEN}
_LEGEND = (
    Words("khoảng 5–95%", "5–95% range"),
    Words("trung vị", "median"),
    Words("ngưỡng", "threshold"),
    Words("thời hạn", "due date"),
)


@dataclass(frozen=True, slots=True)
class Course:
    """One panel: what it is about, and its months; a blank month is a gap."""

    heading: str
    note: str
    days: tuple[date, ...]
    median: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Panels on the same axes, and what all are held against."""

    title: str
    footnote: str
    courses: tuple[Course, ...]
    kind: UnitKind
    version: str
    threshold: float | None
    due: date | None


def draw_grid(grid: Grid, language: Lang) -> Figure:
    """Two panels a row, in reading order; a place left over stays empty."""
    rows = -(-len(grid.courses) // COLUMNS)
    figure = blank_figure(grid.title, grid.footnote, 9.0, _PANEL_INCHES * rows + 1.2, legend_rows=1)
    axes = figure.subplots(rows, COLUMNS, sharex=True, sharey=True, squeeze=False)
    places = [place for row in axes for place in row]
    days = [day for course in grid.courses for day in course.days] + ([grid.due] if grid.due else [])
    for place, course in zip(places, grid.courses, strict=False):
        _draw_course(place, course, grid)
    for place in places[len(grid.courses) :]:
        place.set_visible(False)
        places[len(grid.courses) - COLUMNS].tick_params(labelbottom=True)
    time_axis(places[0], min(days), max(days))
    value_axis(places[0], grid.kind, language)
    _draw_legend(figure, grid, language)
    return figure


def _draw_course(axes: Axes, course: Course, grid: Grid) -> None:
    colour = _COLOURS.get(grid.version, BLUE)
    days, median = day_numbers(course.days), [gap(value) for value in course.median]
    low, high = [gap(value) for value in course.low], [gap(value) for value in course.high]
    axes.fill_between(days, low, high, color=colour, alpha=0.2, linewidth=0)
    axes.plot(days, median, color=colour, linewidth=1.8, marker="o", markersize=3, markevery=lone_points(median))
    if grid.threshold is not None:
        axes.axhline(grid.threshold, color=RED, linewidth=1.1, linestyle=(0, (6, 3)))
    if grid.due is not None:
        axes.axvline(grid.due.toordinal(), color=INK, linewidth=0.9, linestyle=":")
    lines = textwrap.wrap(course.heading, _HEADING_WIDTH, max_lines=2, placeholder=" …")
    axes.set_title("\n".join([*lines, course.note]), fontsize=8.5)


def _draw_legend(figure: Figure, grid: Grid, language: Lang) -> None:
    colour = _COLOURS.get(grid.version, BLUE)
    words = [name.text(language) for name in _LEGEND]
    handles = [Patch(color=colour, alpha=0.2, linewidth=0), Line2D([], [], color=colour, linewidth=1.8)]
    labels = words[:2]
    if grid.threshold is not None:
        handles.append(Line2D([], [], color=RED, linewidth=1.1, linestyle=(0, (6, 3))))
        labels.append(f"{words[2]} {threshold_text(grid.threshold, grid.kind, language)}")
    if grid.due is not None:
        handles.append(Line2D([], [], color=INK, linewidth=0.9, linestyle=":"))
        labels.append(f"{words[3]} {date_text(grid.due, language)}")
    draw_legend_below(figure, handles, labels, columns=len(labels))


def end_note(median: Sequence[float | None], kind: UnitKind, language: Lang) -> str:
    """The last month's median, as a panel says it below its heading."""
    last = next((value for value in reversed(median) if value is not None), None)
    return f"{Words('cuối kỳ: ', 'at the end: ').text(language)}{quantity_text(last, kind, language)}"
