"""What each key moves from its lower to its upper end, the largest first: a tornado for each target."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.patches import Patch
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
from sim.report.formatting import UnitKind, points_number, signed_number, unit_text
from sim.report.phrases import say
from sim.report.study import Aim
from sim.report.sweep import is_same, same_text
from sim.report.sweep_design import counted_text
from sim.report.sweep_tables import SweepTables
from sim.results.study_tables import SwingRow
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_BARS = 10


def tornado_panels(tables: SweepTables) -> list[tuple[Aim, list[SwingRow]]]:
    """Each target that is not alike in all cells, with the keys that move it most."""
    panels = [(aim, tables.swings_of(aim.target_id)[:MOST_BARS]) for aim in tables.aims if not is_same(aim, tables)]
    return [(aim, swings) for aim, swings in panels if swings]


def tornado_table(panels: Sequence[tuple[Aim, Sequence[SwingRow]]], tables: SweepTables) -> DataTable:
    """Every bar with its interval."""
    columns = ("target_id", "key", "role", "low", "high", "swing", "swing_low", "swing_high", "cells")
    rows = []
    for aim, swings in panels:
        for row in swings:
            key = tables.key(row.key)
            named = (aim.target_id, row.key, key.role, row.low, row.high)
            rows.append((*named, row.swing, row.swing_low, row.swing_high, row.cells))
    return DataTable(columns, tuple(rows))


def tornado_title(language: Lang) -> str:
    """What the bars show."""
    wording = Words(
        "Mỗi tham số từ đầu thấp đến đầu cao: chỉ tiêu thay đổi bao nhiêu",
        "Each key from its low to its high end: how much the target moves",
    )
    return wording.text(language)


def tornado_footnote(tables: SweepTables, evidence: str, language: Lang) -> str:
    """What a bar and a whisker are."""
    wording = Words(
        "Thanh: chênh lệch bình quân giữa đầu cao và đầu thấp của tham số, theo đường đáp ứng nếu các trường"
        " hợp bị bỏ ra xác "
        "nhận, nếu không thì giữa chính các trường hợp; vạch: khoảng tin cậy 95% (nếu có). {same} {counted} {evidence}",
        "Bar: mean difference between the key's high and low end, by a curve where left-out cells confirm one, else "
        "between the cells themselves; whisker: 95% interval (where there is one). {same} {counted} {evidence}",
    )
    shown = {"same": same_text(tables, language), "counted": counted_text(tables, language), "evidence": evidence}
    return " ".join(say(wording, language, **shown).split())


@dataclass(frozen=True, slots=True)
class _Bar:
    """One swing: what stands beside it, and whether the planner chooses the key."""

    name: str
    row: SwingRow
    is_lever: bool


@dataclass(frozen=True, slots=True)
class _Panel:
    """Bars on one axis, all of one kind of value."""

    title: str
    kind: UnitKind
    bars: tuple[_Bar, ...]


def draw_tornado(
    panels: Sequence[tuple[Aim, Sequence[SwingRow]]], tables: SweepTables, evidence: str, language: Lang
) -> Figure:
    """One panel a target with the keys below each other; of one key one panel with the targets, on the same scale."""
    drawn = _by_target(panels, tables, language) if len(tables.keys) > 1 else _of_one_key(panels, tables, language)
    counts = [len(panel.bars) for panel in drawn]
    height = 1.3 + 0.55 * len(drawn) + 0.36 * sum(counts)
    note = tornado_footnote(tables, evidence, language)
    figure = blank_figure(tornado_title(language), note, 9.0, height, legend_rows=1)
    grid = figure.subplots(len(drawn), 1, squeeze=False, height_ratios=[count + 0.5 for count in counts])
    for axes, panel in zip(grid[:, 0], drawn, strict=True):
        _draw_panel(axes, panel, language)
    kinds = {bar.is_lever for panel in drawn for bar in panel.bars}
    shown = [entry for entry in _LEGEND if entry[0] in kinds]
    handles = [Patch(facecolor=colour, alpha=0.85, hatch=hatch) for _, colour, hatch, _ in shown]
    draw_legend_below(figure, handles, [words.text(language) for _, _, _, words in shown])
    return figure


_LEGEND = (
    (True, BLUE, "", Words("đòn bẩy (kế hoạch chọn được)", "lever (a choice)")),
    (False, AMBER, "//", Words("điều chưa biết", "unknown")),
)


def _by_target(panels: Sequence[tuple[Aim, Sequence[SwingRow]]], tables: SweepTables, language: Lang) -> list[_Panel]:
    found = []
    for aim, swings in panels:
        bars = tuple(_Bar(_key_text(tables, row, language), row, tables.key(row.key).is_lever) for row in swings)
        found.append(_Panel(f"{aim.label}. {aim.title(language)} ({_unit(aim.kind, language)})", aim.kind, bars))
    return found


def _of_one_key(panels: Sequence[tuple[Aim, Sequence[SwingRow]]], tables: SweepTables, language: Lang) -> list[_Panel]:
    (key,) = tables.keys
    bars: dict[UnitKind, list[_Bar]] = {}
    for aim, (row, *_) in panels:
        name = "\n".join(textwrap.wrap(f"{aim.label}. {aim.title(language)}", 48, max_lines=2, placeholder=" …"))
        bars.setdefault(aim.kind, []).append(_Bar(name, row, key.is_lever))
    named = ", ".join(_key_text(tables, panels[0][1][0], language).rsplit("\n", 1)).replace("\n", " ") if panels else ""
    return [_Panel(f"{named} ({_unit(kind, language)})", kind, tuple(mine)) for kind, mine in bars.items()]


def _key_text(tables: SweepTables, row: SwingRow, language: Lang) -> str:
    key = tables.key(row.key)
    ends = f"{key.value_text(row.low, language)} → {key.value_text(row.high, language)}"
    return "\n".join([*textwrap.wrap(key.title(language), 42, max_lines=2, placeholder=" …"), ends])


def _draw_panel(axes: Axes, panel: _Panel, language: Lang) -> None:
    for place, bar in enumerate(panel.bars):
        row, kind = bar.row, panel.kind
        colour, hatch = (BLUE, "") if bar.is_lever else (AMBER, "//")
        axes.barh([place], [points_number(row.swing, kind)], color=colour, alpha=0.85, height=0.62, hatch=hatch)
        if row.swing_low is not None and row.swing_high is not None:
            low, high = points_number(row.swing_low, kind), points_number(row.swing_high, kind)
            axes.plot([low, high], [place, place], color=INK, linewidth=1.2, marker="|", markersize=6)
        text = signed_number(row.swing, kind, language)
        axes.annotate(
            text, (1.01, place), xycoords=("axes fraction", "data"), fontsize=8, va="center", annotation_clip=False
        )
    axes.axvline(0.0, color=GREY, linewidth=1.0)
    axes.set_yticks(range(len(panel.bars)), labels=[bar.name for bar in panel.bars], fontsize=7.5)
    axes.set_ylim(len(panel.bars) - 0.5, -0.5)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")
    axes.tick_params(axis="y", length=0)
    axes.set_title("\n".join(textwrap.wrap(panel.title, 95)), fontsize=9)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=7))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick_text(value, language)))


def _unit(kind: UnitKind, language: Lang) -> str:
    return Words("điểm %", "percentage points").text(language) if kind == "share" else unit_text(kind, language)


def tornado_pictures(tables: SweepTables, evidence: dict[Lang, str]) -> list[Picture]:
    """The tornado, or none where nothing moves."""
    panels = tornado_panels(tables)
    if not panels:
        return []
    return [
        Picture(
            name="swings",
            data=tornado_table(panels, tables),
            draw=lambda language: draw_tornado(panels, tables, evidence[language], language),
            caption=lambda language: tornado_title(language) + ".",
            footnote=lambda language: tornado_footnote(tables, evidence[language], language),
        )
    ]
