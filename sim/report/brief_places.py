"""The province on the brief: a tile for its own agencies and one for each district, with what goes electronically."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sim.report.brief_layout import CELL_EDGES_MM, TABLE_POINTS, TEXT_WIDTH_MM, width_mm
from sim.report.formatting import share_text
from sim.report.phrases import say
from sim.report.run_tables import RunTables
from sim.report.service_order import order_note
from sim.report.tile_map import OWN, agencies_by_place, quarter_text, shade_of, share_of
from sim.results.words import Lang, Words

POINTS = TABLE_POINTS[-1]
"""Size of letters on the tiles."""
_FEWEST = 3
"""Places of which a map is made; fewer are said as well by the page."""
_OWN = Words("Cấp tỉnh", "Province")
_KIND = re.compile(r"^(huyện|quận|thị xã|thành phố) | (district|town|city)$", re.IGNORECASE)
_TITLE = Words(
    "Tỷ lệ văn bản gửi trong tỉnh được tiếp nhận điện tử, theo nơi gửi, {quarter} (bình quân các lần mô phỏng).",
    "Share of what is sent within the province that is accepted electronically, by sender, {quarter} (mean of the"
    " simulations).",
)


@dataclass(frozen=True, slots=True)
class BriefPlace:
    """A district, or the province's own agencies, with its share; the shade repeats it."""

    text: str
    shade: str


@dataclass(frozen=True, slots=True)
class BriefPlaces:
    """The tiles row by row, and what is on them."""

    title: str
    rows: tuple[tuple[BriefPlace, ...], ...]

    @property
    def columns(self) -> int:
        """Tiles in the longest row."""
        return len(self.rows[0])


def brief_places(tables: RunTables, language: Lang) -> BriefPlaces | None:
    """The tiles of the last quarter; None where the run has too few districts, or no agencies by quarter."""
    tiles, rows = [], tables.agencies_by_quarter
    for place, agencies in agencies_by_place(rows).items():
        last = [mine[-1] for mine in agencies]
        share = share_of(last)
        if share is not None and (place == OWN or place.strip()):
            name = _OWN.text(language) if place == OWN else _KIND.sub("", last[0].district(language))
            tiles.append(BriefPlace(f"{name} {share_text(share, language)}", shade_of(share)))
    if len(tiles) < _FEWEST:
        return None
    widest = max(width_mm(tile.text, POINTS) for tile in tiles) + CELL_EDGES_MM
    most = max(1, int(TEXT_WIDTH_MM // widest))
    across = -(-len(tiles) // -(-len(tiles) // most))  # rows as even as can be
    at = rows[-1]
    title = say(_TITLE, language, quarter=quarter_text(at.year, at.quarter, language))
    if note := order_note(tables, language):
        title = f"{title} {note}"
    return BriefPlaces(title, tuple(tuple(tiles[k : k + across]) for k in range(0, len(tiles), across)))
