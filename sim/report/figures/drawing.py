"""The house style of the pictures, and how a picture and its data are written.

SVG and PNG come out the same byte for byte from the same rows: fixed ids, no date, a font that ships with matplotlib.
Text from a scenario is never read as a formula, neither by matplotlib nor by a spreadsheet.
"""

from __future__ import annotations

import csv
import math
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.layout_engine import TightLayoutEngine
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from sim.report.formatting import UnitKind, date_text, number_text
from sim.results.csv_text import csv_cell
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

Cell = str | int | float | date | None

INK = "#1f2933"
FAINT_INK = "#52606d"
GREY = "#7b8794"
BLUE = "#1f5fa8"
GREEN = "#2f7d5b"
AMBER = "#c77700"
PALE_BLUE = "#86aad6"
PALE_GREEN = "#84b89e"
PALE_AMBER = "#e3b566"
PALE_RED = "#d99a94"
RED = "#b3261e"
_HALO = withStroke(linewidth=2.2, foreground="white")
"""Around words that may lie on a curve."""


@dataclass(frozen=True, slots=True)
class DataTable:
    """The rows a picture is drawn from, as its CSV shows them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture ready to be drawn: its file name without ending, its data, and how to draw it in a language."""

    name: str
    data: DataTable
    draw: Callable[[Lang], Figure]
    caption: Callable[[Lang], str]
    footnote: Callable[[Lang], str]


@dataclass(frozen=True, slots=True)
class WrittenPicture:
    """The files of one picture: data, and SVG and PNG by language."""

    picture: Picture
    csv: Path
    svg: dict[Lang, Path]
    png: dict[Lang, Path]


@contextmanager
def house_style() -> Iterator[None]:
    """Draw and save inside this: fonts, colours, fixed SVG ids, no mathematical markup."""
    with mpl.rc_context(
        {
            "font.family": "DejaVu Sans",
            "font.size": 9.0,
            "text.hinting": "none",  # hinted letters are wider or narrower by a tenth from resolution to resolution
            "text.color": INK,
            "text.parse_math": False,
            "axes.edgecolor": GREY,
            "axes.labelcolor": INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlesize": 10.0,
            "axes.titleweight": "normal",
            "axes.titlelocation": "left",
            "axes.grid": True,
            "axes.grid.axis": "y",
            "axes.axisbelow": True,
            "grid.color": "#dde2e7",
            "grid.linewidth": 0.7,
            "xtick.color": INK,
            "ytick.color": INK,
            "legend.frameon": False,
            "figure.facecolor": "white",
            "svg.hashsalt": "lienthong",
            "svg.fonttype": "path",
        }
    ):
        yield


def blank_figure(
    title: str, footnote: str, width_inches: float, height_inches: float, *, legend_rows: int = 0
) -> Figure:
    """An empty figure with its title above and the footnote (measure, period, scope, range, n) below.

    `legend_rows` is the room, in lines, kept under the axes for the legend.
    """
    note = textwrap.wrap(footnote.replace("n = ", "n\u00a0=\u00a0"), int(width_inches * 17.5))
    note_inches = 0.12 + 0.16 * len(note)
    bottom = (note_inches + (0.1 + 0.19 * legend_rows if legend_rows else 0.08)) / height_inches
    heading = "\n".join(textwrap.wrap(title, int(width_inches * 9.7)))
    top = 1 - (0.12 + 0.22 * (heading.count("\n") + 1)) / height_inches
    figure = Figure(figsize=(width_inches, height_inches))
    # the constrained engine's solver gives other last digits from run to run; this one is plain arithmetic
    figure.set_layout_engine(TightLayoutEngine(rect=(0.0, bottom, 1.0, top), pad=0.5, w_pad=1.8, h_pad=1.2))
    figure.text(0.012, 1 - 0.1 / height_inches, heading, va="top", ha="left", fontsize=11.5, fontweight="bold")
    figure.text(0.012, 0.06 / height_inches, "\n".join(note), fontsize=7.5, color=FAINT_INK, va="bottom", ha="left")
    return figure


def draw_legend_below(figure: Figure, handles: Sequence[Artist], labels: Sequence[str], columns: int = 0) -> None:
    """The legend between the axes and the footnote, in the room `blank_figure` left for it; one line unless told."""
    engine = figure.get_layout_engine()
    bottom = engine.get()["rect"][1] if engine is not None else 0.0
    figure.legend(
        handles,
        labels,
        loc="upper left",
        bbox_to_anchor=(0.006, bottom),
        ncols=columns or len(labels),
        fontsize=8,
        borderpad=0.2,
    )


def gap(value: float | None) -> float:
    """A blank cell as not-a-number, which is drawn as a gap and never as zero."""
    return math.nan if value is None else value


def lone_points(values: Sequence[float]) -> list[int]:
    """Positions of values with a gap on both sides: a line would not show them, so they get a marker."""
    blank = [True, *(math.isnan(value) for value in values), True]
    return [at for at in range(len(values)) if not blank[at + 1] and blank[at] and blank[at + 2]]


def day_numbers(days: Sequence[date]) -> list[float]:
    """Days on the time axis, counted from year 1."""
    return [float(day.toordinal()) for day in days]


def time_axis(axes: Axes, first: date, last: date) -> None:
    """A tick at each New Year, or at quarters when the period is shorter than two years; digits only."""
    years = range(first.year, last.year + 2)
    if (last - first).days > 730:
        ticks = {date(year, 1, 1): str(year) for year in years}
    else:
        ticks = {date(year, month, 1): f"{month:02d}/{year}" for year in years for month in (1, 4, 7, 10)}
    shown = {day: text for day, text in ticks.items() if (first - day).days <= 31 and (day - last).days <= 31}
    axes.set_xticks(day_numbers(list(shown)), labels=list(shown.values()))
    margin_days = 0.03 * (last - first).days + 1
    axes.set_xlim(first.toordinal() - margin_days, last.toordinal() + margin_days)


def tick_text(value: float, language: Lang) -> str:
    """A tick with as many decimals as it has, three at most, so that no two ticks read alike."""
    decimals = next((n for n in range(3) if abs(value * 10**n - round(value * 10**n)) < 1e-6), 3)
    return number_text(value, decimals, language).replace("-", "−")


def value_axis(axes: Axes, kind: UnitKind, language: Lang, *, horizontal: bool = False) -> None:
    """Ticks written as the language writes numbers; shares from 0 to 100 %, everything else from 0."""
    decimals = 0 if kind in {"share", "count", "million_vnd"} else 1

    def value_text(value: float, _position: int | None) -> str:
        return (
            number_text(100 * value, 0, language) + "%" if kind == "share" else number_text(value, decimals, language)
        )

    axis = axes.xaxis if horizontal else axes.yaxis
    if kind != "share":
        axis.set_major_locator(MaxNLocator(nbins=6, integer=decimals == 0))
    axis.set_major_formatter(FuncFormatter(value_text))
    if horizontal:
        axes.set_xlim(left=0)
    elif kind == "share":
        axes.set_ylim(0, 1.03)
    else:
        axes.set_ylim(bottom=0)


def safe_name(text: str) -> str:
    """An id as part of a file name: Latin letters, digits, "-" and "_" only, 60 at most."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", text)[:60] or "target"


def free_name(base: str, taken: set[str]) -> str:
    """The name, or the name with a number when a file of that name is taken already; it is taken from then on."""
    name = next(name for name in (base, *(f"{base}_{k}" for k in range(2, 10_000))) if name.casefold() not in taken)
    taken.add(name.casefold())
    return name


def cell_text(cell: Cell) -> str:
    """One CSV cell; text a spreadsheet would run as a formula gets an apostrophe in front."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, str):
        return csv_cell(cell)
    return cell.isoformat() if isinstance(cell, date) else repr(cell)


def table_text(table: DataTable) -> str:
    """The data of a picture as CSV text with Unix line ends."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([cell_text(cell) for cell in row] for row in table.rows)
    return stream.getvalue()


def files_of(picture: Picture, folder: Path, languages: Sequence[Lang]) -> WrittenPicture:
    """Where a picture's files stand in the folder."""
    svg = {language: folder / f"{picture.name}.{language}.svg" for language in languages}
    png = {language: folder / f"{picture.name}.{language}.png" for language in languages}
    return WrittenPicture(picture, folder / f"{picture.name}.csv", svg, png)


def write_picture(picture: Picture, folder: Path, languages: Sequence[Lang]) -> WrittenPicture:
    """Write NAME.csv and, per language, NAME.LANG.svg and NAME.LANG.png into the folder."""
    files = files_of(picture, folder, languages)
    files.csv.write_text(table_text(picture.data), encoding="utf-8", newline="")
    no_metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    for language in languages:
        with house_style():
            figure = picture.draw(language)
            figure.draw_without_rendering()  # everything finds its place once, not for each kind of file
            figure.set_layout_engine(None)
            figure.savefig(files.svg[language], format="svg", metadata=no_metadata)
            figure.savefig(files.png[language], format="png", dpi=144, metadata={"Software": None})
    return files


def draw_threshold(axes: Axes, threshold: float, limit: str, language: Lang) -> None:
    """A dashed line across, named at its left end by the threshold in words."""
    axes.axhline(threshold, color=RED, linewidth=1.1, linestyle=(0, (6, 3)))
    axes.annotate(
        Words("ngưỡng ", "threshold ").text(language) + limit,
        (0.01, threshold),
        xycoords=("axes fraction", "data"),
        xytext=(0, -3),
        textcoords="offset points",
        color=RED,
        fontsize=8,
        va="top",
        path_effects=[_HALO],
    )


def draw_due_date(axes: Axes, due: date, language: Lang) -> None:
    """A dotted upright line, named at its foot."""
    axes.axvline(due.toordinal(), color=INK, linewidth=0.9, linestyle=":")
    axes.annotate(
        Words("hạn ", "due ").text(language) + date_text(due, language),
        (due.toordinal(), 0.02),
        xycoords=("data", "axes fraction"),
        xytext=(-4, 0),
        textcoords="offset points",
        fontsize=8,
        ha="right",
        path_effects=[_HALO],
    )
