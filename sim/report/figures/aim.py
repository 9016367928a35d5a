"""What a measure is held against: the threshold as a dashed line, the due date as a dotted one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sim.report.figures.drawing import INK, RED
from sim.report.formatting import UnitKind, date_text, threshold_text
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def draw_threshold(axes: Axes, threshold: float, kind: UnitKind, language: Lang) -> None:
    """A dashed line across, named at its left end."""
    axes.axhline(threshold, color=RED, linewidth=1.1, linestyle=(0, (6, 3)))
    axes.annotate(
        Words("ngưỡng ", "threshold ").text(language) + threshold_text(threshold, kind, language),
        (0.01, threshold),
        xycoords=("axes fraction", "data"),
        xytext=(0, -3),
        textcoords="offset points",
        color=RED,
        fontsize=8,
        va="top",
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
    )
