"""Names at the ends of lines, moved apart so that they do not cover each other, each with a sample of its line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.report.figures.drawing import AMBER, BLUE, GREEN, GREY, INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.typing import LineStyleType

LINE_INCHES = 0.15
"""Height of one line of a label."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the line of one case is drawn: never by colour alone."""

    colour: str
    style: LineStyleType
    marker: str


_COLOURS = (INK, BLUE, AMBER, GREEN, "#7a3e9d", "#8c5a2b")
_STYLES: tuple[LineStyleType, ...] = ("-", (0, (6, 2)), (0, (1, 1.2)), (0, (6, 2, 1, 2)), (0, (3, 1, 1, 1, 1, 1)))
_MARKERS = ("", "o", "s", "^", "D", "v", "P")


def look_of(at: int) -> Look:
    """The look of the case at a place in the order; the first is a plain black line."""
    return Look(_COLOURS[at % len(_COLOURS)], _STYLES[at % len(_STYLES)], _MARKERS[at % len(_MARKERS)])


def spread_places(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Middles of labels between 0 and 1, as near to the wanted ones as they can be without covering each other."""
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
