"""How an annex to an administrative document is laid out: Decree 30/2020/NĐ-CP, Appendix I, part I.

Section I: A4 upright (clauses 1, 2); margins of 20-25 mm above and below, 30-35 mm left, 15-20 mm right (3); Times New
Roman in black (4); pages numbered from 1, 13-14 points, centred in the top margin, the first number not shown (7).
Section II, clause 6: text of 13-14 points, both edges straight, first lines set in by 1 or 1.27 cm, 6 points or more
between paragraphs, lines single to one and a half. Section III, clause 1: the word "Phụ lục" on a line of its own,
centred, small letters, 14 points, bold (b); its name below, centred, capitals, 13-14 points, bold (b); "(Kèm theo
văn bản số ...)" below that, centred, 13-14 points, italic, left unfilled in an electronic document (c); an annex's
pages are numbered on their own (đ). The decree gives no size for text in tables: ours is 11 to 9 points.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import matplotlib as mpl
from PIL import ImageFont

PAGE_MM: Final = (210.0, 297.0)
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 20.0, 20.0, 30.0, 15.0
TEXT_WIDTH_MM: Final = PAGE_MM[0] - LEFT_MM - RIGHT_MM
FIRST_LINE_MM: Final = 10.0
WORD_POINTS: Final = 14.0
"""Of "Phụ lục"."""
TEXT_POINTS: Final = 13.0
TABLE_POINTS: Final = (11.0, 10.0, 9.0)
"""Of the table of targets; the smaller where the page does not hold it otherwise."""
FOOT_POINTS: Final = (11.0, 10.0, 9.0)
"""Of what stands at the foot, how to do it again: the largest for which the page has room."""
BETWEEN_PARAGRAPHS_POINTS: Final = 6.0
FONT: Final = "Times New Roman"
_SIGN_MM = 5.6
_NUMBERS_MM: Final = {"median": 18.7, "range": 20.2, "threshold": 16.5, "gap": 14.1, "times": 15.5}
"""Of the table of targets in its largest letters."""
_STRIP_MM = 20.0
CELL_EDGES_MM: Final = 3.0
"""Left and right of what a cell holds."""


FILLS: Final = {
    "reachable": (217, 237, 217),
    "at-risk": (255, 236, 190),
    "out-of-reach": (246, 208, 208),
    "other": (228, 228, 228),
    "blank": (255, 255, 255),
}
"""Colours by class of verdict: light, so that black letters on them and their signs stay readable in print."""

PLACE_FILLS: Final = {
    "none": (255, 255, 255),
    "s0": (255, 255, 255),
    "s1": (226, 237, 247),
    "s2": (198, 219, 239),
    "s3": (166, 200, 229),
    "s4": (130, 176, 217),
}
"""Colours of districts by shade: light, as above."""

MM_PER_POINT: Final = 25.4 / 72
STAND_IN: Final = Path(mpl.get_data_path()) / "fonts" / "ttf"
"""Folder of DejaVu, which comes with matplotlib, may be embedded in a PDF and has every Vietnamese letter. Times New
Roman may not be shipped, and no Times-like font with these letters is in a package."""
STAND_IN_SIZE: Final = 0.86
"""DejaVu Serif at this share of the size has small letters as tall as those of Times New Roman (0.519 and 0.448 em)."""
STAND_IN_WIDTH: Final = 0.94
"""Of its width: words then run as long as in Times New Roman, or a little longer, so that what fits one page of the PDF
fits one of the Word document (measured: 0.78-0.81 of DejaVu Serif of the same size). Capitals are not made narrower
(0.86)."""
SINGLE_LINE: Final = 1.15
"""Height of a line of Times New Roman, in its size."""
_MEASURED_AT = 200


def columns_mm(points: float, *, gap: bool, strips: bool, ranges: bool = True) -> tuple[float, ...]:
    """Sign, title, median, range, threshold, gap, times reached, range: together the text's width.

    Args:
        points: of the table's letters.
        gap: whether the gap between median and threshold is there.
        strips: whether the range is drawn.
        ranges: whether it stands in numbers.
    """
    left_out = {"gap": gap, "range": ranges}
    numbers = [wide * points / TABLE_POINTS[0] for name, wide in _NUMBERS_MM.items() if left_out.get(name, True)]
    after = [*numbers, *([_STRIP_MM * points / TABLE_POINTS[0]] if strips else [])]
    return (_SIGN_MM, TEXT_WIDTH_MM - _SIGN_MM - sum(after), *after)


def width_mm(text: str, points: float) -> float:
    """How wide a text is in letters of that size, on the wide side."""
    size = stand_in_points(points) * MM_PER_POINT
    return _measure().getlength(text) / _MEASURED_AT * size * STAND_IN_WIDTH


def stand_in_points(points: float) -> float:
    """Size at which the font of the PDF looks like Times New Roman of so many points."""
    return points * STAND_IN_SIZE


@cache
def _measure() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(STAND_IN / "DejaVuSerif.ttf"), _MEASURED_AT)
