"""Which keys matter for each target: unknowns above, levers below, the strongest first, with intervals."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.report.figures.drawing import (
    AMBER,
    BLUE,
    GREY,
    INK,
    DataTable,
    Picture,
    blank_figure,
    draw_legend_below,
    tick_text,
)
from sim.report.formatting import points_number
from sim.report.phrases import say
from sim.report.sensitivity import Effect, EffectTables, method_text
from sim.report.study import Aim
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_BARS = 8


def effect_panels(tables: EffectTables) -> list[tuple[Aim, list[Effect]]]:
    """Each target with its strongest unknowns, then its strongest levers."""
    panels = [
        (aim, [*tables.of(aim, levers=False)[:MOST_BARS], *tables.of(aim, levers=True)[:MOST_BARS]])
        for aim in tables.aims
    ]
    return [(aim, rows) for aim, rows in panels if rows]


def effect_table(panels: Sequence[tuple[Aim, Sequence[Effect]]]) -> DataTable:
    """Every bar with its interval."""
    columns = ("target_id", "key", "role", "method", "effect", "effect_low", "effect_high", "second", "noticeable")
    rows = [
        (
            aim.target_id,
            row.key,
            row.role,
            row.method,
            row.effect,
            row.effect_low,
            row.effect_high,
            row.second,
            int(row.noticeable),
        )
        for aim, listed in panels
        for row in listed
    ]
    return DataTable(columns, tuple(rows))


def effect_title(language: Lang) -> str:
    """What is drawn."""
    return Words("Chỉ tiêu phụ thuộc vào điều gì nhất", "What each target hangs on most").text(language)


def effect_footnote(tables: EffectTables, evidence: str, language: Lang) -> str:
    """What a dot and a whisker are."""
    wording = Words(
        "{method} Vạch: khoảng tin cậy 95%; chấm rỗng: chưa nổi rõ. {cells} trường hợp. {evidence}",
        "{method} Whisker: 95% confidence interval; hollow: does not stand out. {cells} cells. {evidence}",
    )
    cells = max((row.cells for row in tables.rows), default=0)
    return say(wording, language, method=method_text(tables.method, language), cells=cells, evidence=evidence).strip()


def draw_effects(
    tables: EffectTables, panels: Sequence[tuple[Aim, Sequence[Effect]]], evidence: str, language: Lang
) -> Figure:
    """One panel a target."""
    counts = [len(rows) for _, rows in panels]
    height = 1.4 + 0.55 * len(panels) + 0.27 * sum(counts)
    note = effect_footnote(tables, evidence, language)
    figure = blank_figure(effect_title(language), note, 9.0, height, legend_rows=1)
    grid = figure.subplots(len(panels), 1, squeeze=False, height_ratios=[count + 0.6 for count in counts])
    for axes, (aim, rows) in zip(grid[:, 0], panels, strict=True):
        _draw_panel(axes, aim, rows, language)
    handles = [
        Line2D([], [], color=colour, marker=mark, linestyle="none") for colour, mark in ((AMBER, "D"), (BLUE, "o"))
    ]
    labels = Words("điều chưa biết", "unknown"), Words("đòn bẩy (kế hoạch chọn được)", "lever (a choice)")
    draw_legend_below(figure, handles, [words.text(language) for words in labels])
    return figure


def _draw_panel(axes: Axes, aim: Aim, rows: Sequence[Effect], language: Lang) -> None:
    scale = points_number(1.0, aim.kind) if rows[0].method == "morris" else 100.0 if rows[0].method == "sobol" else 1.0
    for place, row in enumerate(rows):
        colour = BLUE if row.is_lever else AMBER
        axes.plot([scale * row.effect_low, scale * row.effect_high], [place, place], color=INK, linewidth=1.0)
        face = colour if row.noticeable else "white"
        axes.plot(
            [scale * row.effect],
            [place],
            "o" if row.is_lever else "D",
            color=colour,
            markerfacecolor=face,
            markersize=6,
        )
    names = [textwrap.shorten(row.title(language), 60, placeholder=" …") for row in rows]
    axes.set_yticks(range(len(rows)), labels=names, fontsize=7.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(left=0.0)
    axes.axvline(0.0, color=GREY, linewidth=1.0)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    axes.tick_params(axis="y", length=0)
    axes.set_title(
        "\n".join(textwrap.wrap(f"{aim.label}. {aim.title(language)}{_unit(aim, rows[0], language)}", 95)), fontsize=9
    )
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick_text(value, language)))


def _unit(aim: Aim, row: Effect, language: Lang) -> str:
    if row.method == "sobol":
        return Words(" (% phương sai)", " (% of the variance)").text(language)
    if row.method == "morris" and aim.kind == "share":
        return Words(" (điểm %)", " (percentage points)").text(language)
    return ""


def effect_pictures(tables: EffectTables, evidence: dict[Lang, str]) -> list[Picture]:
    """The picture of effects, or none where there are none."""
    panels = effect_panels(tables)
    if not panels:
        return []
    return [
        Picture(
            name="effects",
            data=effect_table(panels),
            draw=lambda language: draw_effects(tables, panels, evidence[language], language),
            caption=lambda language: effect_title(language) + ".",
            footnote=lambda language: effect_footnote(tables, evidence[language], language),
        )
    ]
