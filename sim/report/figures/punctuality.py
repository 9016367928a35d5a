"""Dossiers truly on time against on time by the books, by year: where the two part, reports say little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sim.report.figures.drawing import BLUE, GREEN, DataTable, Picture, blank_figure, draw_legend_below, gap, value_axis
from sim.report.formatting import number_text
from sim.report.phrases import capital, say
from sim.report.run_tables import RunTables
from sim.report.words import scope_text, term
from sim.results.service_tables import DossierRow
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DRAWN = {"recorded_on_time_share": (BLUE, "s", -0.09), "real_on_time_share": (GREEN, "o", 0.09)}
"""Colour, marker and shift beside the year of each; blue is what reports say, green what is true, as everywhere."""
_COLUMNS = 2
_TITLE = Words(
    "Hồ sơ một cửa đúng hạn: theo sổ sách và trên thực tế", "One-stop dossiers on time: by the books and in truth"
)
_FOOTNOTE = Words(
    "Số liệu trọn năm, theo cấp nhận hồ sơ; điểm: trung vị, vạch: khoảng 5–95% của n = {n} lần mô phỏng. {evidence}",
    "Whole years, by tier of intake; marks: medians, bars: 5–95% range of n = {n} simulations. {evidence}",
)


def punctuality_pictures(tables: RunTables, evidence: Mapping[Lang, str]) -> list[Picture]:
    """The picture, or none where no dossier was simulated for a whole year."""
    rows = [row for row in tables.dossiers if row.quantity in DRAWN and row.median is not None]
    if not rows:
        return []
    return [
        Picture(
            name="dossier_punctuality",
            data=_data(rows),
            draw=lambda language: _draw(rows, evidence[language], language),
            caption=lambda language: _TITLE.text(language) + ".",
            footnote=lambda language: _footnote(rows, evidence[language], language),
        )
    ]


def _draw(rows: Sequence[DossierRow], evidence: str, language: Lang) -> Figure:
    tiers = list(dict.fromkeys(row.tier for row in rows))
    lines = -(-len(tiers) // _COLUMNS)
    footnote = _footnote(rows, evidence, language)
    figure = blank_figure(_TITLE.text(language), footnote, 9.0, 2.2 * lines + 1.1, legend_rows=1)
    panels = figure.subplots(lines, _COLUMNS, sharex=True, sharey=True, squeeze=False)
    for axes, tier in zip(panels.flat, tiers, strict=False):
        _panel(axes, [row for row in rows if row.tier == tier], language)
        axes.set_title(capital(scope_text("all" if tier == "all" else f"tier:{tier}", language)))
    for axes in panels.flat[len(tiers) :]:
        axes.set_visible(False)
    handles = panels[0, 0].containers
    labels = [term("dossier_quantity", name, language) for name in DRAWN]
    draw_legend_below(figure, [container.lines[0] for container in handles], labels)
    return figure


def _panel(axes: Axes, rows: Sequence[DossierRow], language: Lang) -> None:
    years = sorted({row.year for row in rows})
    for name, (colour, marker, shift) in DRAWN.items():
        mine = sorted((row for row in rows if row.quantity == name), key=lambda row: row.year)
        medians = [gap(row.median) for row in mine]
        below = [max(0.0, gap(row.median) - gap(row.p05)) for row in mine]
        above = [max(0.0, gap(row.p95) - gap(row.median)) for row in mine]
        places = [row.year + shift for row in mine]
        axes.errorbar(places, medians, [below, above], color=colour, marker=marker, markersize=4.5, capsize=2.5)
    axes.set_xticks(years, labels=[str(year) for year in years])
    axes.set_xlim(years[0] - 0.5, years[-1] + 0.5)
    value_axis(axes, "share", language)


def _footnote(rows: Sequence[DossierRow], evidence: str, language: Lang) -> str:
    runs = number_text(max(row.n for row in rows), 0, language)
    return say(_FOOTNOTE, language, n=runs, evidence=evidence).strip()


def _data(rows: Sequence[DossierRow]) -> DataTable:
    columns = ("year", "tier", "quantity", "median", "p05", "p95", "n")
    return DataTable(columns, tuple((r.year, r.tier, r.quantity, r.median, r.p05, r.p95, r.n) for r in rows))
