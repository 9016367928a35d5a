"""How much more each case gives than the baseline: a dot and its interval, target by target."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.report.comparison import (
    CLEAR,
    UNCHANGED,
    UNCLEAR,
    ComparedTarget,
    CompareTables,
    bounds_of,
    difference_text,
    nothing_changes,
    with_differences,
)
from sim.report.figures.drawing import GREY, INK, DataTable, Picture, blank_figure, draw_legend_below, tick_text
from sim.report.formatting import UnitKind, number_text, points_number, signed_number, unit_text
from sim.report.phrases import say
from sim.report.words import simulations
from sim.results.comparison_tables import FEWEST_PAIRS, CompareRow
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LEAST_SPAN = 1.0
"""Points, hours or pieces to each side that a panel shows at least, so that no hair looks like a difference."""
_CASE_WIDTH = 40
_LEGEND = (
    Words(
        f"{CLEAR.vi} (khả năng do ngẫu nhiên dưới 5%, đã tính đến việc so nhiều trường hợp)",
        f"{CLEAR.en} (by chance in under 5%, with all cases compared allowed for)",
    ),
    Words(f"{UNCLEAR.vi}; {UNCHANGED.vi} nếu không có vạch", f"{UNCLEAR.en}; {UNCHANGED.en} where no whisker is"),
)


@dataclass(frozen=True, slots=True)
class DifferencePanel:
    """One target and the differences of its cases, in the order of the table."""

    target: ComparedTarget
    rows: tuple[CompareRow, ...]


def difference_panels(tables: CompareTables) -> tuple[DifferencePanel, ...]:
    """One panel for each target that some case changes by as much as is printed; none where no case changes any."""
    cases = tables.cases
    moved = [target for target in tables.targets if not nothing_changes(target, cases)]
    panels = (DifferencePanel(target, tuple(with_differences(target, cases))) for target in moved)
    return tuple(panel for panel in panels if any(_is_seen(row, panel.target.kind) for row in panel.rows))


def _is_seen(row: CompareRow, kind: UnitKind) -> bool:
    """Whether the mean difference, or an end of its whisker, is as much as is printed."""
    drawn = (row.difference_mean or 0.0, *(bounds_of(row) or ()))
    return any(signed_number(value, kind, "en")[:1] in "+−" for value in drawn)


def difference_table(panels: tuple[DifferencePanel, ...]) -> DataTable:
    """Every dot with its interval."""
    columns = (
        "target_id",
        "reading",
        "cell",
        "difference_mean",
        "difference_low",
        "difference_high",
        "pair_low",
        "pair_high",
        "holm_significant",
        "n",
    )
    rows = [
        (
            row.target_id,
            row.reading,
            row.case.name,
            row.difference_mean,
            row.difference_low,
            row.difference_high,
            row.pair_low,
            row.pair_high,
            int(bool(row.holm_significant)),
            row.n,
        )
        for panel in panels
        for row in panel.rows
    ]
    return DataTable(columns, tuple(rows))


def difference_title(language: Lang) -> str:
    """What the dots show."""
    title = Words("Chênh lệch so với kịch bản gốc tại thời hạn", "Difference from the baseline at the due date")
    return title.text(language)


def difference_footnote(panels: tuple[DifferencePanel, ...], evidence: str, language: Lang) -> str:
    """What a dot and a whisker are, n."""
    sentence = Words(
        "Chấm: trung bình chênh lệch giữa từng cặp lần mô phỏng cùng tham số, cùng điều kiện ngẫu nhiên; vạch: khoảng "
        "tin cậy 95% của trung bình đó, chung cho mọi trường hợp, dưới {fewest} cặp thì từ cặp nhỏ nhất đến cặp lớn "
        "nhất; mỗi chỉ tiêu theo cách tính quyết định kết luận; không vẽ chỉ tiêu không đổi, hoặc đổi chưa đến mức làm "
        "tròn, ở mọi trường hợp{runs}. {evidence}",
        "Dot: mean difference over pairs of simulations with the same parameters and luck; whisker: interval of that "
        "mean that holds at 95% for all cases together, below {fewest} pairs from the smallest to the largest pair; "
        "each target by the reading that decides; targets that no case changes by as much as is printed are left out"
        "{runs}. {evidence}",
    )
    most = simulations(row for panel in panels for row in panel.rows)
    counted = Words("; n = {n} lần mô phỏng", "; n = {n} simulations")
    runs = say(counted, language, n=number_text(most, 0, language)) if most else ""  # of the money alone: none
    return say(sentence, language, runs=runs, evidence=evidence, fewest=FEWEST_PAIRS).strip()


def draw_differences(panels: tuple[DifferencePanel, ...], evidence: str, language: Lang) -> Figure:
    """Draw one panel a target; targets of one unit share the horizontal axis."""
    rows = [len(panel.rows) for panel in panels]
    height = 1.2 + 0.5 * len(panels) + 0.4 * sum(rows)
    note = difference_footnote(panels, evidence, language)
    figure = blank_figure(difference_title(language), note, 9.0, height, legend_rows=1)
    shared: Literal["all", "none"] = "all" if len({panel.target.kind for panel in panels}) == 1 else "none"
    ratios = [count + 0.5 for count in rows]
    grid = figure.subplots(len(panels), 1, squeeze=False, sharex=shared, height_ratios=ratios)
    for axes, panel in zip(grid[:, 0], panels, strict=True):
        _draw_panel(axes, panel, language)
        axes.tick_params(axis="x", labelbottom=True)
    for axes in grid[:, 0]:
        _show_every_interval(axes)
    handles = [
        Line2D([], [], color=INK, marker="o", markersize=7, linewidth=1.2),
        Line2D([], [], color=INK, marker="o", markersize=7, linewidth=1.2, markerfacecolor="white"),
    ]
    draw_legend_below(figure, handles, [words.text(language) for words in _LEGEND])
    return figure


def _draw_panel(axes: Axes, panel: DifferencePanel, language: Lang) -> None:
    kind = panel.target.kind
    for place, row in enumerate(panel.rows):
        mean = points_number(row.difference_mean or 0.0, kind)
        low, high = (points_number(end, kind) for end in bounds_of(row) or (row.difference_mean or 0.0,) * 2)
        axes.errorbar(
            [mean],
            [place],
            xerr=[[max(0.0, mean - low)], [max(0.0, high - mean)]],
            color=INK,
            marker="o",
            markersize=7,
            markerfacecolor=INK if row.holm_significant else "white",
            capsize=3.5,
            linewidth=1.2,
            linestyle="none",
        )
        axes.annotate(
            difference_text(row, kind, language),
            (1.02, place),
            xycoords=("axes fraction", "data"),
            fontsize=8,
            va="center",
            annotation_clip=False,
        )
    axes.axvline(0.0, color=GREY, linewidth=1.0)
    names = ["\n".join(textwrap.wrap(row.case.title(language), _CASE_WIDTH, max_lines=2)) for row in panel.rows]
    axes.set_yticks(range(len(panel.rows)), labels=names, fontsize=8)
    axes.set_ylim(len(panel.rows) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    axes.tick_params(axis="y", length=0)
    unit = Words("điểm %", "percentage points").text(language) if kind == "share" else unit_text(kind, language)
    title = f"{panel.target.label}. {panel.target.title(language)}"
    axes.set_title("\n".join(textwrap.wrap(f"{title} ({unit})", 95)), fontsize=9)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick_text(value, language)))


def _show_every_interval(axes: Axes) -> None:
    """Once all panels are drawn: limits set before would leave out what later panels of a shared axis hold."""
    left, right = axes.get_xlim()
    axes.set_xlim(min(left, -_LEAST_SPAN), max(right, _LEAST_SPAN))


def difference_pictures(tables: CompareTables, evidence: dict[Lang, str]) -> list[Picture]:
    """The picture of the differences, or none where nothing differs from a baseline."""
    panels = difference_panels(tables)
    if not panels:
        return []
    return [
        Picture(
            name="compare_differences",
            data=difference_table(panels),
            draw=lambda language: draw_differences(panels, evidence[language], language),
            caption=lambda language: difference_title(language) + ".",
            footnote=lambda language: difference_footnote(panels, evidence[language], language),
        )
    ]
