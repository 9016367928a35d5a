"""The chance of a target over two keys as a map; its value where chances cannot be told."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.ticker import FuncFormatter

from sim.report.figures.drawing import INK, RED, DataTable, Picture, blank_figure, free_name, safe_name
from sim.report.figures.response_curves import key_axis
from sim.report.formatting import date_text, number_text, share_text, unit_text
from sim.report.phrases import say
from sim.report.study import Aim
from sim.report.sweep_design import counted_text
from sim.report.sweep_tables import SweepTables
from sim.report.thresholds import stated_limit
from sim.results.study_tables import MapPoint
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def map_points(tables: SweepTables, aim: Aim) -> list[MapPoint]:
    """The places of one target's map."""
    return [point for point in tables.map if point.target_id == aim.target_id]


def shows_chance(points: list[MapPoint]) -> bool:
    """Whether every place has a chance."""
    return all(point.p_reached is not None for point in points)


def map_table(points: list[MapPoint]) -> DataTable:
    """The places of the map."""
    columns = ("key_x", "x", "key_y", "y", "target_id", "mean", "p_reached")
    rows = [
        (point.key_x, point.x, point.key_y, point.y, point.target_id, point.mean, point.p_reached) for point in points
    ]
    return DataTable(columns, tuple(rows))


def map_title(aim: Aim, points: list[MapPoint], language: Lang) -> str:
    """What is drawn."""
    chance = Words(
        "Xác suất đạt chỉ tiêu {number}: {title} (tại {due})", "Chance of reaching target {number}: {title} (by {due})"
    )
    value = Words("Chỉ tiêu {number}: {title} (giá trị tại {due})", "Target {number}: {title} (value on {due})")
    words = chance if shows_chance(points) else value
    return say(words, language, number=aim.label, title=aim.title(language), due=date_text(aim.due, language))


def map_footnote(tables: SweepTables, aim: Aim, points: list[MapPoint], evidence: str, language: Lang) -> str:
    """What the colours and the line are."""
    chance = Words(
        "Màu: xác suất đạt ngưỡng {limit}, hồi quy logistic theo các trường hợp đạt hay không, các tham số"
        " khác lấy trung bình; "
        "đường đỏ: xác suất cần có {required}. {counted} {evidence}",
        "Colour: chance of the threshold {limit} by logistic regression on which cells reached it, other keys "
        "averaged; red line: the required probability {required}. {counted} {evidence}",
    )
    value = Words(
        "Màu: giá trị theo mặt đa thức khớp với các trường hợp, trong một tương lai; đường đỏ: ngưỡng"
        " {limit}. {counted} "
        "{evidence}",
        "Colour: value by a polynomial fitted to the cells, in one future; red line: the threshold {limit}. "
        "{counted} {evidence}",
    )
    return say(
        chance if shows_chance(points) else value,
        language,
        limit=stated_limit(aim, language),
        required=share_text(aim.required_probability, language),
        counted=counted_text(tables, language),
        evidence=evidence,
    ).strip()


def draw_map(tables: SweepTables, aim: Aim, points: list[MapPoint], evidence: str, language: Lang) -> Figure:
    """Colour over two keys, with the line that matters."""
    figure = blank_figure(
        map_title(aim, points, language), map_footnote(tables, aim, points, evidence, language), 9.0, 5.2
    )
    axes = figure.subplots()
    across, along = tables.key(points[0].key_x), tables.key(points[0].key_y)
    xs = sorted({point.x for point in points})
    ys = sorted({point.y for point in points})
    chance = shows_chance(points)
    found = {(point.x, point.y): (point.p_reached if chance else point.mean) or 0.0 for point in points}
    values = np.array([[found[x, y] for x in xs] for y in ys])
    is_share = chance or aim.kind == "share"
    limits = (0.0, 1.0) if is_share else (float(values.min()), float(values.max()))
    x, y = [value / across.scale[0] for value in xs], [value / along.scale[0] for value in ys]
    mesh = axes.pcolormesh(x, y, values, cmap="cividis", vmin=limits[0], vmax=limits[1], shading="nearest")
    limit = aim.required_probability if chance else aim.threshold
    if values.min() < limit < values.max():
        axes.contour(x, y, values, levels=[limit], colors=[RED], linewidths=1.8)
    dots = {(cell.keys[across.key], cell.keys[along.key]) for cell in tables.cells if cell.status == "done"}
    known = sorted((a / across.scale[0], b / along.scale[0]) for a, b in dots if a is not None and b is not None)
    axes.plot([a for a, _ in known], [b for _, b in known], ".", color="white", markeredgecolor=INK, markersize=6)
    bar = figure.colorbar(mesh, ax=axes)
    bar.ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _bar_text(value, aim, language, is_share=is_share)))
    key_axis(axes, language)
    key_axis(axes, language, vertical=True)
    axes.grid(visible=False)
    axes.set_xlabel("\n".join(textwrap.wrap(across.axis_title(language), 80)), fontsize=8.5)
    axes.set_ylabel("\n".join(textwrap.wrap(along.axis_title(language), 48)), fontsize=8.5)
    return figure


def _bar_text(value: float, aim: Aim, language: Lang, *, is_share: bool) -> str:
    if is_share:
        return number_text(100 * value, 0, language) + "%"
    return f"{number_text(value, 1, language)} {unit_text(aim.kind, language)}"


def map_pictures(tables: SweepTables, evidence: dict[Lang, str]) -> list[Picture]:
    """One map for each target of a study of two keys or more."""
    taken: set[str] = set()
    return [
        _picture(tables, aim, points, evidence, free_name(f"map_{safe_name(aim.target_id)}", taken))
        for aim in tables.aims
        if (points := map_points(tables, aim))
    ]


def _picture(tables: SweepTables, aim: Aim, points: list[MapPoint], evidence: dict[Lang, str], name: str) -> Picture:
    return Picture(
        name=name,
        data=map_table(points),
        draw=lambda language: draw_map(tables, aim, points, evidence[language], language),
        caption=lambda language: map_title(aim, points, language) + ".",
        footnote=lambda language: map_footnote(tables, aim, points, evidence[language], language),
    )
