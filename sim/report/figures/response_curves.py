"""A target's value along each key: a curve where left-out cells confirm one, else means of cells; and the cells."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.report.figures.drawing import (
    BLUE,
    GREY,
    INK,
    PALE_BLUE,
    RED,
    Cell,
    DataTable,
    Picture,
    blank_figure,
    draw_legend_below,
    free_name,
    gap,
    safe_name,
    value_axis,
)
from sim.report.formatting import date_text, number_text
from sim.report.phrases import say
from sim.report.study import Aim, StudyKey
from sim.report.sweep import is_same
from sim.report.sweep_design import counted_text
from sim.report.sweep_tables import SweepTables
from sim.report.thresholds import stated_limit
from sim.results.study_tables import CurvePoint, LevelRow
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_PANELS = 6
_COLUMNS = 3
_MOST_DOTS = 2_000


_CURVE = Words(
    "Đường: giá trị bình quân theo mặt đa thức khớp với các trường hợp (trên thang logit nếu đoán đúng hơn),"
    " các tham số khác"
    " lấy bình quân; dải đậm: khoảng tin cậy 95% của bình quân; dải nhạt (nếu có): 9/10 tương lai",
    "Line: mean by a polynomial fitted to the cells (on logits where that predicts better), other keys averaged;"
    " dark band: 95% confidence interval of the mean; light band (where there is one): nine of ten futures",
)
_MEANS = Words(
    "Hình thoi: bình quân của các trường hợp cùng nhóm, vạch là khoảng tin cậy 95% (nếu có); không vẽ đường"
    " nối vì chưa đủ trường hợp"
    " hoặc các trường hợp bị bỏ ra không xác nhận",
    "Diamonds: means of the cells that stand together, whiskers their 95% confidence intervals (where there are any);"
    " no line joins them: the cells are too few or, left out, do not confirm one",
)


def panel_keys(tables: SweepTables, aim: Aim) -> list[StudyKey]:
    """The keys that move the target most, at most six."""
    return [tables.key(swing.key) for swing in tables.swings_of(aim.target_id)[:MOST_PANELS]]


def curve_table(tables: SweepTables, aim: Aim, keys: Sequence[StudyKey]) -> DataTable:
    """The points of every curve, or the means of cells where there is none."""
    columns = ("key", "value", "target_id", "mean", "mean_low", "mean_high", "p05", "p95", "p_reached")
    rows: list[tuple[Cell, ...]] = []
    for key in keys:
        for row in tables.curve(aim.target_id, key.key):
            mean = row.mean, row.mean_low, row.mean_high
            rows.append((row.key, row.value, row.target_id, *mean, row.p05, row.p95, row.p_reached))
        if not tables.curve(aim.target_id, key.key):
            for group in tables.groups(aim.target_id, key.key):
                mean = group.mean, group.mean_low, group.mean_high
                share = group.reached / group.simulations
                rows.append((group.key, group.value, group.target_id, *mean, None, None, share))
    return DataTable(columns, tuple(rows))


def curve_title(aim: Aim, language: Lang) -> str:
    """What is drawn."""
    wording = Words(
        "Chỉ tiêu {number} theo từng tham số: {title} (tại {due})", "Target {number} along each key: {title} (on {due})"
    )
    due = date_text(aim.due, language)
    return say(wording, language, number=aim.label, title=aim.title(language), due=due)


def curve_footnote(tables: SweepTables, aim: Aim, evidence: str, language: Lang) -> str:
    """What the lines, bands and dots are."""
    wording = Words(
        "{how}; chấm: từng lần mô phỏng; vạch đứng: kế hoạch hiện nay. {counted} {evidence}",
        "{how}; dots: single simulations; upright line: the plan as it stands. {counted} {evidence}",
    )
    how = (_CURVE if _has_curve(tables, aim) else _MEANS).text(language)
    return say(wording, language, how=how, counted=counted_text(tables, language), evidence=evidence).strip()


def _has_curve(tables: SweepTables, aim: Aim) -> bool:
    return any(row.target_id == aim.target_id for row in tables.curves)


def draw_curves(tables: SweepTables, aim: Aim, keys: Sequence[StudyKey], evidence: str, language: Lang) -> Figure:
    """One panel a key, all with the same vertical axis."""
    columns = min(_COLUMNS, len(keys))
    rows = math.ceil(len(keys) / columns)
    note = curve_footnote(tables, aim, evidence, language)
    figure = blank_figure(curve_title(aim, language), note, 9.0, 1.5 + 2.6 * rows, legend_rows=1)
    grid = figure.subplots(rows, columns, squeeze=False, sharey=True)
    for place, axes in enumerate(grid.flat):
        if place < len(keys):
            _draw_panel(axes, tables, aim, keys[place], language)
        else:
            axes.set_visible(False)
    handles, labels = _legend(language, has_curve=_has_curve(tables, aim))
    draw_legend_below(figure, handles, labels)
    return figure


def _legend(language: Lang, *, has_curve: bool) -> tuple[list[Artist], list[str]]:
    line = Words("bình quân", "mean")
    shown: list[tuple[Artist, Words]] = (
        [
            (Line2D([], [], color=BLUE, linewidth=1.8), line),
            (Patch(color=PALE_BLUE, alpha=0.9), Words("khoảng 95% của bình quân", "95% interval of the mean")),
            (Patch(color=PALE_BLUE, alpha=0.35), Words("9/10 tương lai", "nine of ten futures")),
        ]
        if has_curve
        else [(Line2D([], [], color=BLUE, marker="D", linestyle="", markersize=5), line)]
    )
    shown += [
        (Line2D([], [], color=RED, linestyle="--", linewidth=1.1), Words("ngưỡng", "threshold")),
        (Line2D([], [], color=INK, linestyle=":", linewidth=1.1), Words("kế hoạch hiện nay", "the plan as it stands")),
    ]
    return [artist for artist, _ in shown], [words.text(language) for _, words in shown]


def _draw_panel(axes: Axes, tables: SweepTables, aim: Aim, key: StudyKey, language: Lang) -> None:
    factor, _ = key.scale
    rows = tables.curve(aim.target_id, key.key)
    x = [row.value / factor for row in rows]
    dots = [
        (place / factor, value)
        for cell in tables.cells[:_MOST_DOTS]
        if (value := cell.outcomes[aim.target_id]) is not None and (place := cell.keys.get(key.key)) is not None
    ]
    axes.plot([dot[0] for dot in dots], [dot[1] for dot in dots], ".", color=GREY, markersize=4, alpha=0.6)
    if rows:
        _draw_curve(axes, x, rows)
    else:
        _draw_means(axes, tables.groups(aim.target_id, key.key), factor)
    if key.plan is not None and key.low <= key.plan <= key.high:
        axes.axvline(key.plan / factor, color=INK, linestyle=":", linewidth=1.1)
    axes.axhline(aim.threshold, color=RED, linestyle="--", linewidth=1.1)
    limit = stated_limit(aim, language)
    axes.annotate(
        limit, (0.01, aim.threshold), xycoords=("axes fraction", "data"), fontsize=7.5, color=INK, va="bottom"
    )
    value_axis(axes, aim.kind, language)
    key_axis(axes, language)
    axes.set_xlabel(axis_title_text(key, language), fontsize=8)


def _draw_curve(axes: Axes, x: Sequence[float], rows: Sequence[CurvePoint]) -> None:
    low, high = [gap(row.p05) for row in rows], [gap(row.p95) for row in rows]
    axes.fill_between(x, low, high, color=PALE_BLUE, alpha=0.35, linewidth=0)
    low, high = [gap(row.mean_low) for row in rows], [gap(row.mean_high) for row in rows]
    axes.fill_between(x, low, high, color=PALE_BLUE, alpha=0.9, linewidth=0)
    axes.plot(x, [row.mean for row in rows], color=BLUE, linewidth=1.8)


def _draw_means(axes: Axes, groups: Sequence[LevelRow], factor: float) -> None:
    for group in groups:
        x = group.value / factor
        if group.mean_low is not None and group.mean_high is not None:
            axes.plot([x, x], [group.mean_low, group.mean_high], color=INK, linewidth=1.2, marker="_", markersize=6)
        axes.plot([x], [group.mean], "D", color=BLUE, markersize=5)


def key_axis(axes: Axes, language: Lang, *, vertical: bool = False) -> None:
    """Ticks of a key written as the language writes numbers."""

    def tick_text(value: float, _position: int | None) -> str:
        decimals = next((n for n in (0, 1, 2) if abs(value * 10**n - round(value * 10**n)) < 1e-6), 3)
        return number_text(value, decimals, language)

    axis = axes.yaxis if vertical else axes.xaxis
    axis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(tick_text))


def axis_title_text(key: StudyKey, language: Lang) -> str:
    """What a key is called, cut to two lines where it is long, and its unit, which is never cut."""
    unit = key.scale[1].text(language)
    lines = textwrap.wrap(key.title(language), 38, max_lines=2, placeholder=" …")
    return "\n".join([*lines, *([f"({unit})"] if unit else [])])


def curve_pictures(tables: SweepTables, evidence: dict[Lang, str]) -> list[Picture]:
    """One picture for each target that is not alike in all cells."""
    taken: set[str] = set()
    return [
        _picture(tables, aim, keys, evidence, free_name(f"response_{safe_name(aim.target_id)}", taken))
        for aim in tables.aims
        if not is_same(aim, tables) and (keys := panel_keys(tables, aim))
    ]


def _picture(tables: SweepTables, aim: Aim, keys: Sequence[StudyKey], evidence: dict[Lang, str], name: str) -> Picture:
    return Picture(
        name=name,
        data=curve_table(tables, aim, keys),
        draw=lambda language: draw_curves(tables, aim, keys, evidence[language], language),
        caption=lambda language: curve_title(aim, language) + ".",
        footnote=lambda language: curve_footnote(tables, aim, evidence[language], language),
    )
