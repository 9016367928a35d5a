"""The province as tiles, a row for its own agencies and one for each district, quarter by quarter.

No map data: a tile is an agency. Its shade repeats the share printed on it, a sign stands for the main cause, so that a
print in black and a reader who does not tell colours lose nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum

from sim.report.formatting import BLANK, number_text, share_text
from sim.report.phrases import capital, say
from sim.report.words import EOFFICE_LEVELS, term
from sim.results.agency_tables import STOPPED_BY, AgencyQuarterRow
from sim.results.words import Lang, Words

SIGNS = dict(zip(STOPPED_BY, "①②③④⑤⑥⑦⑧⑨", strict=True))
STEPS = (0.2, 0.4, 0.6, 0.8)
"""Shares at which the shade of a tile changes."""
OWN = ""
"""Stands for a district among the places of a map: agencies of the province itself."""
_QUARTER = Words("quý {quarter}/{year}", "Q{quarter} {year}")
_OWN = Words("Cơ quan cấp tỉnh", "Agencies of the province")
_ALONE = Words("Các xã", "Communes")
_NOTE = Words(
    "Mỗi ô là một cơ quan. Số lớn: tỷ lệ văn bản gửi trong tỉnh được tiếp nhận điện tử trong quý (trung vị qua "
    "n = {n} lần mô phỏng; “–”: dưới 30 lượt); mức dùng văn phòng điện tử: {levels}; ký hiệu: nguyên nhân chính của "
    "phần không điện tử; dải màu: cuối các năm {years}. "
    "Bên tên huyện: tỷ lệ của cả huyện, bình quân các lần mô phỏng; report --why --where ghi bình quân bốn quý "
    "của từng cơ quan, nên khác trung vị trên ô. Từng con số và độ "
    "dao động: agencies_by_quarter.csv.",
    "A tile is an agency. Large: share of what it sends within the province that is accepted electronically in the "
    "quarter (median of n = {n} simulations; “–” under 30 deliveries); level of e-office use: {levels}; the sign: "
    "main cause of what is not electronic; strip: the ends of {years}. "
    "Beside a district: its own share, mean of the simulations; report --why --where gives each agency's mean of four "
    "quarters, which is not the median on its tile. Every number and "
    "spread: agencies_by_quarter.csv.",
)
_ON_PAPER = Words(
    "(quý của bản in này; muốn quý khác thì kéo thanh trượt trên màn hình rồi in; cuối từng năm: dải màu dưới mỗi ô, "
    "từ trái sang phải, và các số dưới tên huyện)",
    "(the quarter of this print; for another, move the slider on the screen and print; the end of each year: the strip "
    "at the foot of a tile, from left to right, and the numbers under a district)",
)
_NOWHERE = Words(" (không đâu là chính)", " (nowhere the main one)")
_ENDS = Words("cuối năm {said}", "at the end of {said}")
_COMMITTEE = Words("UBND cấp huyện", "District committee")
_LEVEL = Words("M", "L")
_KINDS = {"xã": "", "Sở": "", "phường": "P. ", "thị trấn": "TT. "}
_UNDER, _FROM = Words("dưới {high}", "under {high}"), Words("{low} trở lên", "{low} and more")


@dataclass(frozen=True, slots=True)
class Tile:
    """One agency: its name, what is on it in the last quarter, and what is in every quarter, for the slider.

    `ends` are its shades at the end of each year, which paper shows too.
    """

    name: str
    short: str
    shade: str
    share: str
    level: str
    cause: str
    quarters: str
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TileRow:
    """A district, or the province's own agencies, with its share in the last quarter, in every one, and by year."""

    title: str
    share: str
    quarters: str
    ends: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class TileMap:
    """The map and what is needed to read it.

    Attributes:
        quarters: names of the quarters, joined by `;`.
        causes: names of the causes, joined by `;`.
        last: the last quarter's name.
        steps: number of the last quarter, from 0.
        rows: top to bottom.
        shades: class and range of each shade.
        signs: sign and cause, up to the last that comes up; signs are the same in every report.
        note: what is shown.
        on_paper: that a print has one quarter, which, and where the others are.
    """

    quarters: str
    causes: str
    last: str
    steps: int
    rows: tuple[TileRow, ...]
    shades: tuple[tuple[str, str], ...]
    signs: tuple[tuple[str, str], ...]
    note: str
    on_paper: str


def tile_map(rows: Sequence[AgencyQuarterRow], language: Lang) -> TileMap | None:
    """The map of a run; None where it has no agencies by quarter."""
    if not rows:
        return None
    places = agencies_by_place(rows)
    quarters = [(row.year, row.quarter) for row in next(iter(places.values()))[0]]
    ends = _year_ends(quarters)
    names = [quarter_text(year, quarter, language) for year, quarter in quarters]
    met = {row.cause for row in rows if row.cause}
    return TileMap(
        quarters=";".join(names),
        causes=";".join(term("cause", cause, language) for cause in STOPPED_BY),
        last=names[-1],
        steps=len(names) - 1,
        rows=tuple(_row(place, several, ends, language) for place, several in places.items()),
        shades=_shades(language),
        signs=_signs(met, language),
        note=say(_NOTE, language, n=rows[0].n, levels=_levels(language), years=", ".join(map(str, ends))),
        on_paper=_ON_PAPER.text(language),
    )


def _signs(met: Collection[str], language: Lang) -> tuple[tuple[str, str], ...]:
    """The legend without gaps: a cause between two that come up, and itself nowhere the main one, says so."""
    last = max((at for at, cause in enumerate(STOPPED_BY) if cause in met), default=-1)
    return tuple(
        (SIGNS[cause], term("cause", cause, language) + ("" if cause in met else _NOWHERE.text(language)))
        for cause in STOPPED_BY[: last + 1]
    )


def agencies_by_place(rows: Sequence[AgencyQuarterRow]) -> dict[str, list[list[AgencyQuarterRow]]]:
    """Agencies, each quarter by quarter, by district; by `OWN` those of the province, by a blank communes of none."""
    agencies: defaultdict[str, list[AgencyQuarterRow]] = defaultdict(list)
    for row in rows:
        agencies[row.agency_id].append(row)
    places: defaultdict[str, list[list[AgencyQuarterRow]]] = defaultdict(list)
    for mine in agencies.values():
        places[mine[0].district_id or (OWN if mine[0].tier != "commune" else " ")].append(mine)
    return dict(places)


def quarter_text(year: int, quarter: int, language: Lang) -> str:
    """`quý 4/2020`."""
    return say(_QUARTER, language, year=year, quarter=quarter)


def shade_of(share: float | None) -> str:
    """`s0` to `s4`, the darker the larger the share; `none` where it is not known."""
    return "none" if share is None else f"s{sum(share >= step for step in STEPS)}"


def _year_ends(quarters: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The place of each year's last quarter."""
    return {year: place for place, (year, _) in enumerate(quarters)}


def _levels(language: Lang) -> str:
    """What `M0` to `M4` stand for."""
    letter = _LEVEL.text(language)
    return ", ".join(f"{letter}{level} {words.text(language)}" for level, words in EOFFICE_LEVELS.items())


def _row(
    place: str, agencies: Sequence[Sequence[AgencyQuarterRow]], ends: Mapping[int, int], language: Lang
) -> TileRow:
    titles = {OWN: _OWN.text(language), " ": _ALONE.text(language)}
    title = titles.get(place) or agencies[0][0].district(language)
    shares = [_share_text(share_of(quarter), language) for quarter in zip(*agencies, strict=True)]
    in_order = sorted(agencies, key=lambda mine: mine[0].tier == "commune")
    said = "; ".join(f"{year}: {shares[at]}" for year, at in ends.items())
    tiles = tuple(_tile(mine, ends, language) for mine in in_order)
    return TileRow(capital(title), shares[-1], ";".join(shares), say(_ENDS, language, said=said), tiles)


def share_of(agencies: Sequence[AgencyQuarterRow]) -> float | None:
    """What some agencies together sent electronically in one quarter, mean over the simulations; None of nothing."""
    sent, electronic = fsum(row.deliveries_mean for row in agencies), fsum(row.electronic_mean for row in agencies)
    return electronic / sent if sent else None


def _share_text(share: float | None, language: Lang) -> str:
    return BLANK if share is None else share_text(share, language)


def _tile(mine: Sequence[AgencyQuarterRow], ends: Mapping[int, int], language: Lang) -> Tile:
    said = [_said(row, language) for row in mine]
    shade, share, level, cause, _ = said[-1]
    name = mine[0].name(language)
    quarters = ";".join(",".join(one) for one in said)
    kinds = {"district": _COMMITTEE.text(language), "office": capital(term("tier", "office", language))}
    short = kinds.get(mine[0].tier) or _short(name)
    return Tile(name, short, shade, share, level, cause, quarters, tuple(said[at][0] for at in ends.values()))


def _said(row: AgencyQuarterRow, language: Lang) -> tuple[str, str, str, str, str]:
    """Shade, share, level, sign of the cause and its number, as the slider shows them; none holds a comma."""
    share = row.share_median
    shade = shade_of(share)
    level = "" if row.level_median is None else f"{_LEVEL.text(language)}{number_text(row.level_median, 0, language)}"
    cause, number = (SIGNS[row.cause], str(STOPPED_BY.index(row.cause))) if row.cause in SIGNS else ("", "")
    return shade, "–" if share is None else f"{number_text(100.0 * share, 0, language)}%", level, cause, number


def _short(name: str) -> str:
    """A commune's own name, a department's without the word for its kind; a town may be called as its district is."""
    short = re.sub(r"^(UBND |Ủy ban nhân dân )", "", name)
    for kind, abbreviated in _KINDS.items():
        short = re.sub(rf"^{kind} ", abbreviated, short, flags=re.IGNORECASE)
    return capital(re.sub(r" commune$", "", re.sub(r"^Department of ", "", short)))


def _shades(language: Lang) -> tuple[tuple[str, str], ...]:
    ends = [f"{number_text(100.0 * step, 0, language)}%" for step in STEPS]
    first, last = say(_UNDER, language, high=ends[0]), say(_FROM, language, low=ends[-1])
    between = [f"{low}–{high}" for low, high in pairwise(ends)]
    return tuple((f"s{at}", said) for at, said in enumerate((first, *between, last)))
