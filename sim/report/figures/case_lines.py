"""One target's measure month by month under every case, each line named at its end."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from sim.report.comparison import CompareTables, moved_targets
from sim.report.figures.drawing import (
    AMBER,
    BLUE,
    GREEN,
    GREY,
    INK,
    DataTable,
    Picture,
    blank_figure,
    day_numbers,
    draw_due_date,
    draw_threshold,
    free_name,
    gap,
    lone_points,
    safe_name,
    time_axis,
    value_axis,
)
from sim.report.formatting import UnitKind, month_text, number_text, quantity_text, threshold_text, unit_kind, unit_text
from sim.report.phrases import say
from sim.report.words import scope_text, term
from sim.results.comparison_tables import Case, CompareSeriesRow
from sim.results.words import LANGUAGES, Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.typing import LineStyleType

MOST_BANDS = 2
"""With more cases only the baseline's band is drawn, else the bands hide the lines."""
_LABEL_WIDTH = 30
LINE_INCHES = 0.15
"""Height of one line of a label."""
_COLOURS = (INK, BLUE, AMBER, GREEN, "#7a3e9d", "#8c5a2b")
_STYLES: tuple[LineStyleType, ...] = ("-", (0, (6, 2)), (0, (1, 1.2)), (0, (6, 2, 1, 2)), (0, (3, 1, 1, 1, 1, 1)))
_MARKERS = ("", "o", "s", "^", "D", "v", "P")


@dataclass(frozen=True, slots=True)
class CaseLine:
    """The months of one case."""

    case: Case
    months: tuple[CompareSeriesRow, ...]

    @property
    def last(self) -> CompareSeriesRow | None:
        """The last month with a value."""
        return next((row for row in reversed(self.months) if row.median is not None), None)


@dataclass(frozen=True, slots=True)
class CaseChart:
    """One measure under every case; threshold and due date where the folder describes its targets."""

    name: str
    heading: Words
    measure: str
    scope: str
    version: str
    lines: tuple[CaseLine, ...]
    threshold: float | None
    due: date | None
    target_number: int = 0
    """The target's number in the comparison; 0 where the folder does not describe its targets."""
    groups: Mapping[str, Words] = field(default_factory=dict)
    """Titles of the groups of agencies that scopes name."""

    @property
    def kind(self) -> UnitKind:
        """How the measure is printed."""
        return unit_kind(self.measure)

    def in_words(self, language: Lang) -> dict[str, str]:
        """What is drawn, for a footnote: measure, version, scope, first and last month, and simulations at most."""
        months = [row for line in self.lines for row in line.months]
        days = [row.date for row in months]
        return {
            "measure": term("measure", self.measure, language),
            "version": term("version", self.version, language),
            "scope": scope_text(self.scope, language, self.groups),
            "first": month_text(min(days), language),
            "last": month_text(max(days), language),
            "n": number_text(max(row.n for row in months), 0, language),
        }


def case_charts(tables: CompareTables) -> list[CaseChart]:
    """A chart for each target that some case changes; for each measure and scope where targets are not described."""
    taken: set[str] = set()
    found: list[CaseChart] = []
    if not tables.described:
        for measure, scope in dict.fromkeys((row.measure, row.scope) for row in tables.series):
            vi, en = (
                f"{term('measure', measure, lang)}, {scope_text(scope, lang, tables.manifest.groups)}"
                for lang in LANGUAGES
            )
            heading = Words(vi, en)
            name = free_name(f"compare_{safe_name(measure)}", taken)
            found += _chart(tables, name, heading, (measure, scope, ("reported", "true")), (None, None))
        return found
    for target in moved_targets(tables):
        row = target.described
        if row is None:
            continue
        versions = ("true", "reported") if row.reading == "true" else ("reported", "true")
        heading = Words(f"{target.label}. {row.title('vi')}", f"{target.label}. {row.title('en')}")
        name = free_name(f"compare_{safe_name(row.target_id)}", taken)
        charts = _chart(tables, name, heading, (row.measure, row.scope, versions), (row.threshold, row.due))
        found += [replace(chart, target_number=target.number) for chart in charts]
    return found


def _chart(
    tables: CompareTables,
    name: str,
    heading: Words,
    what: tuple[str, str, tuple[str, str]],
    aim: tuple[float | None, date | None],
) -> list[CaseChart]:
    measure, scope, versions = what
    rows = [row for row in tables.series if (row.measure, row.scope) == (measure, scope)]
    version = next((one for one in versions if any(row.version == one for row in rows)), "")
    lines = tuple(
        CaseLine(case, months)
        for case in tables.cases
        if (months := _months(rows, case, version)) and any(row.median is not None for row in months)
    )
    chart = CaseChart(name, heading, measure, scope, version, lines, *aim, groups=tables.manifest.groups)
    return [chart] if lines else []


def _months(rows: Sequence[CompareSeriesRow], case: Case, version: str) -> tuple[CompareSeriesRow, ...]:
    mine = [row for row in rows if row.case.name == case.name and row.version == version]
    return tuple(sorted(mine, key=lambda row: row.date))


def case_table(chart: CaseChart) -> DataTable:
    """Every month drawn, and the threshold."""
    columns = ("drawn", "cell", "measure", "scope", "version", "date", "median", "p05", "p95", "n")
    what = (chart.measure, chart.scope, chart.version)
    rows: list[tuple[str | float | date | None, ...]] = [
        ("month", line.case.name, *what, row.date, row.median, row.p05, row.p95, row.n)
        for line in chart.lines
        for row in line.months
    ]
    if chart.threshold is not None:
        rows.append(("threshold", "", *what, chart.due, chart.threshold, None, None, None))
    return DataTable(columns, tuple(rows))


def case_footnote(chart: CaseChart, evidence: str, language: Lang) -> str:
    """Measure, version, scope, period, what is drawn, n."""
    whose = Words("khoảng 5–95%", "5–95% ranges")
    only_first = Words("khoảng 5–95% của riêng trường hợp đầu", "5–95% range of the first case only")
    sentence = Words(
        "{measure}, {version}; {scope}; từng tháng {first} – {last}; đường: trung vị của n = {n} lần mô phỏng cùng "
        "điều kiện ngẫu nhiên; dải màu: {bands}. {evidence}",
        "{measure}, {version}; {scope}; monthly, {first} – {last}; lines: medians of n = {n} simulations with the same "
        "luck; band: {bands}. {evidence}",
    )
    return say(
        sentence,
        language,
        **chart.in_words(language),
        bands=(whose if len(chart.lines) <= MOST_BANDS else only_first).text(language),
        evidence=evidence,
    ).strip()


def draw_cases(chart: CaseChart, evidence: str, language: Lang) -> Figure:
    """Draw one line a case, named at its end."""
    labels = [_label(line, chart.kind, language) for line in chart.lines]
    label_lines = sum(label.count("\n") + 1 for label in labels)
    plot_inches = max(2.6, LINE_INCHES * label_lines + 0.1 * len(labels))
    note = case_footnote(chart, evidence, language)
    figure = blank_figure(chart.heading.text(language), note, 9.0, plot_inches + 1.2)
    axes = figure.subplots()
    for at, line in enumerate(chart.lines):
        _draw_line(axes, line, at, banded=len(chart.lines) <= MOST_BANDS or at == 0)
    days = [row.date for line in chart.lines for row in line.months] + ([chart.due] if chart.due else [])
    time_axis(axes, min(days), max(days))
    value_axis(axes, chart.kind, language)
    if chart.kind in {"hours", "million_vnd"}:
        axes.set_ylabel(unit_text(chart.kind, language))
    if chart.threshold is not None:
        draw_threshold(axes, chart.threshold, threshold_text(chart.threshold, chart.kind, language), language)
    if chart.due is not None:
        draw_due_date(axes, chart.due, language)
    ends = [(line.last.median or 0.0) if line.last else 0.0 for line in chart.lines]
    draw_end_labels(axes, labels, ends, plot_inches)
    return figure


def _label(line: CaseLine, kind: UnitKind, language: Lang) -> str:
    last = line.last
    value = quantity_text(last.median if last else None, kind, language)
    wrapped = textwrap.wrap(
        f"{line.case.title(language)}: {value}", _LABEL_WIDTH, max_lines=3, placeholder=f" …: {value}"
    )
    return "\n".join(wrapped)


def _draw_line(axes: Axes, line: CaseLine, at: int, *, banded: bool) -> None:
    look = look_of(at)
    days = day_numbers([row.date for row in line.months])
    median = [gap(row.median) for row in line.months]
    if banded:
        low, high = [gap(row.p05) for row in line.months], [gap(row.p95) for row in line.months]
        axes.fill_between(days, low, high, color=look.colour, alpha=0.1, linewidth=0)
    axes.plot(
        days,
        median,
        color=look.colour,
        linewidth=2.0 if at == 0 else 1.6,
        linestyle=look.style,
        marker=look.marker or "o",
        markersize=4,
        markevery=(at * 2 % 12, 12) if look.marker else lone_points(median),
    )


def case_pictures(tables: CompareTables, evidence: dict[Lang, str]) -> list[Picture]:
    """A picture for each chart."""
    return [_picture(chart, evidence) for chart in case_charts(tables)]


def _picture(chart: CaseChart, evidence: dict[Lang, str]) -> Picture:
    return Picture(
        name=chart.name,
        data=case_table(chart),
        draw=lambda language: draw_cases(chart, evidence[language], language),
        caption=lambda language: chart.heading.text(language) + ".",
        footnote=lambda language: case_footnote(chart, evidence[language], language),
    )


@dataclass(frozen=True, slots=True)
class Look:
    """How the line of one case is drawn: never by colour alone."""

    colour: str
    style: LineStyleType
    marker: str


def look_of(at: int) -> Look:
    """The look of the case at a place in the order; the first is a plain black line."""
    return Look(_COLOURS[at % len(_COLOURS)], _STYLES[at % len(_STYLES)], _MARKERS[at % len(_MARKERS)])


def spread_places(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Label centres in [0, 1], as close to `wanted` as they can be without overlap."""
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    places = list(wanted)
    floor = 0.0
    for at in order:
        places[at] = max(wanted[at], floor + heights[at] / 2)
        floor = places[at] + heights[at] / 2
    ceiling = 1.0
    for at in reversed(order):
        places[at] = min(places[at], ceiling - heights[at] / 2)
        ceiling = places[at] - heights[at] / 2
    return places


def draw_end_labels(axes: Axes, labels: Sequence[str], ends: Sequence[float], axes_inches: float) -> None:
    """Write each label to the right of the axes, near the value its line ends at."""
    low, high = axes.get_ylim()
    wanted = [(value - low) / (high - low) for value in ends]
    heights = [(LINE_INCHES * (label.count("\n") + 1) + 0.04) / axes_inches for label in labels]
    for at, (label, place) in enumerate(zip(labels, spread_places(wanted, heights), strict=True)):
        look = look_of(at)
        axes.plot([1.0, 1.025], [wanted[at], place], color=GREY, linewidth=0.6, transform=axes.transAxes, clip_on=False)
        axes.plot(
            [1.03, 1.05, 1.07],
            [place] * 3,
            color=look.colour,
            linestyle=look.style,
            linewidth=1.6,
            marker=look.marker,
            markersize=4,
            markevery=[1],
            transform=axes.transAxes,
            clip_on=False,
        )
        axes.annotate(
            label,
            (1.08, place),
            xycoords="axes fraction",
            color=look.colour,
            fontsize=8,
            va="center",
            annotation_clip=False,
        )
