"""What the brief leaves out, step by step, until one page holds the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sim.report.brief_layout import FOOT_POINTS, TABLE_POINTS, TEXT_POINTS, columns_mm

COLUMN_NAMES = ("sign", "target", "median", "range", "threshold", "gap", "times", "strip")
"""Of the table of targets, when nothing is left out."""


@dataclass(frozen=True, slots=True)
class Shortening:
    """What goes when the page does not hold everything.

    Attributes:
        readings: other readings with another verdict stand below their target; else one sentence names the targets.
        details: money, and more than the largest cause; else the first only.
        reasons_points: size of letters in the list of what stands in the way, a line for targets of one reason.
        strips: the range of each target is drawn.
        ranges: the 5-95 % range of each target stands beside its median.
        gap: how far each median is from its threshold stands in a column of its own.
        title_letters: letters of the scenario's title.
        table_points: size of letters in the table.
        verdict_rows: each verdict has a line of its own above its targets; else the conclusion says the signs.
        board_lines: lines of a target's title in the table; None for all.
        is_note_small: what was assumed and how far to trust it stand at the foot, in its small letters.
        foot_points: size of letters at the foot.
        places: a tile for each district stands below the table.
        is_board_behind: the table of targets stands on a second page, and the first lists them by verdict.
    """

    readings: bool = True
    details: bool = True
    reasons_points: float = TEXT_POINTS
    strips: bool = True
    gap: bool = True
    ranges: bool = True
    title_letters: int = 160
    table_points: float = TABLE_POINTS[0]
    verdict_rows: bool = True
    board_lines: int | None = None
    is_note_small: bool = False
    foot_points: float = FOOT_POINTS[-1]
    places: bool = False
    is_board_behind: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the table's columns."""
        left_out = {"gap": self.gap, "strip": self.strips, "range": self.ranges}
        return tuple(name for name in COLUMN_NAMES if left_out.get(name, True))

    @property
    def columns_mm(self) -> tuple[float, ...]:
        """How wide they are."""
        return columns_mm(self.table_points, gap=self.gap, strips=self.strips, ranges=self.ranges)

    def with_strips(self) -> Iterator[Shortening]:
        """The same with the range of each target drawn, if need be in the place of its numbers."""
        if not self.strips and not self.is_board_behind:
            yield from (replace(self, strips=True, ranges=ranges) for ranges in dict.fromkeys((self.ranges, False)))

    def with_larger_reasons(self) -> Iterator[Shortening]:
        """The same with the reasons in the larger letters of text and table, the largest first."""
        sizes = (points for points in (TEXT_POINTS, *TABLE_POINTS) if points > self.reasons_points)
        yield from (replace(self, reasons_points=points) for points in sizes)

    def with_places(self) -> Iterator[Shortening]:
        """The same with tiles of districts, for which nothing goes but size from the letters in the table."""
        if not self.is_board_behind:
            sizes = (points for points in TABLE_POINTS if points <= self.table_points)
            yield from (replace(self, places=True, table_points=points) for points in sizes)


_BRIEF = Shortening(readings=False, details=False)
_PLAIN = replace(_BRIEF, strips=False, gap=False, reasons_points=TABLE_POINTS[-1])
_SMALL = replace(_PLAIN, table_points=TABLE_POINTS[-1], verdict_rows=False, is_note_small=True)
SHORTENINGS = (
    Shortening(),
    Shortening(readings=False),
    _BRIEF,
    replace(_BRIEF, reasons_points=TABLE_POINTS[0]),
    replace(_BRIEF, reasons_points=TABLE_POINTS[-1]),
    replace(_BRIEF, reasons_points=TABLE_POINTS[-1], strips=False),
    _PLAIN,
    replace(_PLAIN, table_points=TABLE_POINTS[1]),
    replace(_PLAIN, table_points=TABLE_POINTS[1], verdict_rows=False),
    replace(_PLAIN, table_points=TABLE_POINTS[1], verdict_rows=False, is_note_small=True),
    _SMALL,
    replace(_SMALL, ranges=False),
    replace(_SMALL, ranges=False, board_lines=2),
    replace(_SMALL, ranges=False, board_lines=1),
    replace(_SMALL, ranges=False, board_lines=1, title_letters=50),
    replace(_PLAIN, table_points=TABLE_POINTS[-1], title_letters=110, ranges=False, is_board_behind=True),
)
"""Tried in order until one page holds the whole: other readings go first, then details, size of the reasons, pictures,
gaps, size in the table, lines of verdicts, size of the note, and ends of titles last; what is still too long for one
page takes two."""
