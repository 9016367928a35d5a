"""When orders to use e-office come into force: thin upright lines with small numbers; one list for all pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sim.report.figures.drawing import FAINT_INK, GREY
from sim.report.formatting import date_text
from sim.report.phrases import say
from sim.results.run_tables import MandateRow
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_MARKS = 12
_NEAREST_SHARE = 0.03
"""Lines nearer than this share of the period have their numbers printed as one label."""


@dataclass(frozen=True, slots=True)
class MandateMark:
    """One order inside the period, with its number on the picture."""

    number: int
    start: date
    mandate: MandateRow


@dataclass(frozen=True, slots=True)
class MarkLabel:
    """The numbers printed together, and the day they are centred on."""

    text: str
    day: float


def mandate_marks(mandates: Sequence[MandateRow], first: date | None, last: date | None) -> tuple[MandateMark, ...]:
    """Orders that come into force within the period, numbered by date; at most a dozen, so that they stay legible."""
    if first is None or last is None:
        return ()
    dated = [(row.start, row) for row in mandates if row.start is not None and first <= row.start <= last]
    ordered = sorted(dated, key=lambda pair: (pair[0], pair[1].mandate_id))[:MOST_MARKS]
    return tuple(MandateMark(number, start, row) for number, (start, row) in enumerate(ordered, start=1))


def mark_labels(marks: Sequence[MandateMark], period_days: float) -> tuple[MarkLabel, ...]:
    """One label for each group of lines too near to be told apart."""
    groups: list[list[MandateMark]] = []
    for mark in marks:
        near = bool(groups) and (mark.start - groups[-1][-1].start).days < _NEAREST_SHARE * period_days
        if near:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return tuple(
        MarkLabel(
            ", ".join(str(mark.number) for mark in group), sum(mark.start.toordinal() for mark in group) / len(group)
        )
        for group in groups
    )


def mandate_list(marks: Sequence[MandateMark], language: Lang) -> list[str]:
    """`1. 17/03/2017: title`, with the day from which use is measured where that is another day."""
    measured = Words(" (đo, xếp hạng từ {day})", " (measured from {day})")
    return [
        f"{mark.number}. {date_text(mark.start, language)}: {mark.mandate.title(language)}"
        + (
            say(measured, language, day=date_text(mark.mandate.measured_from, language))
            if mark.mandate.measured_from not in {None, mark.start}
            else ""
        )
        for mark in marks
    ]


def numbers_text(marks: Sequence[MandateMark]) -> str:
    """`1–6`: the numbers on a picture."""
    return "" if not marks else str(marks[0].number) if len(marks) == 1 else f"{marks[0].number}–{marks[-1].number}"


def draw_mandates(axes: Axes, marks: Sequence[MandateMark], period_days: float) -> None:
    """A thin line for each order, its number above the axes."""
    for mark in marks:
        axes.axvline(mark.start.toordinal(), color=GREY, linewidth=0.6, zorder=1)
    for label in mark_labels(marks, period_days):
        axes.annotate(
            label.text,
            (label.day, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(0, 2),
            textcoords="offset points",
            fontsize=7,
            color=FAINT_INK,
            ha="center",
        )
