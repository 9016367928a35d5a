"""What agencies of some tiers, or of one district, come to quarter by quarter: what they send, what stops the rest."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import ceil, floor, fsum

from sim.report.formatting import BLANK, number_text, share_text, year_text
from sim.report.phrases import say
from sim.report.run_tables import RunTables
from sim.report.words import term
from sim.results.agency_tables import OWN_AGENCIES, STOPPED_BY, AgencyQuarterRow
from sim.results.columns import AgencyPlace
from sim.results.run_tables import TargetRow
from sim.results.words import Lang, Words

QUARTERS = 4
MOST_CAUSES = 3
Quarters = Mapping[str, Sequence[AgencyQuarterRow]]
"""The quarters of each agency, in order."""
_PROVINCE = ("office", "department")
_FOUR_QUARTERS = Words("bốn quý đến quý {quarter}/{year}", "four quarters to Q{quarter} {year}")
_QUARTERS = Words("{n} quý đến quý {quarter}/{year}", "{n} quarters to Q{quarter} {year}")
_ONE_QUARTER = Words("quý {quarter}/{year}", "Q{quarter} {year}")
_NO_CAUSE = Words("không có", "none")
_BETWEEN = Words("giữa “{low}” và “{high}”", "between “{low}” and “{high}”")
_IN_YEARS = Words("{cause} ({years})", "{cause} ({years})")


def is_in(tier: str, scope: str) -> bool:
    """Whether agencies of a tier are in the scope; `province` is the Office and the departments."""
    names = scope.partition(":")[2].split("+")
    return scope == "all" or tier in names or ("province" in names and tier in _PROVINCE)


def quarters_to_due(tables: RunTables, target: TargetRow, district_id: str | None = None) -> Quarters:
    """The agencies that a target is about, each with its quarters that are over on the due date.

    Args:
        tables: of a run.
        target: whose scope and due date are meant.
        district_id: for the agencies of one district, or of the province itself, alone.
    """
    stopped = tables.manifest.stopped
    found: defaultdict[str, list[AgencyQuarterRow]] = defaultdict(list)
    for row in tables.agencies_by_quarter:
        is_here = district_id is None or place_of(row) == district_id
        if is_here and is_in(row.tier, target.scope) and end_of(row, stopped) <= target.due:
            found[row.agency_id].append(row)
    return found


def place_of(agency: AgencyPlace) -> str:
    """The district in which an agency lies, or that it is one of the province's own; a blank for communes of none."""
    return agency.district_id or (OWN_AGENCIES if agency.tier in _PROVINCE else "")


def end_of(row: AgencyQuarterRow, stopped: date | None = None) -> date:
    """The quarter's last day, or that of the simulation where this came to its end before."""
    month = 3 * row.quarter
    last = date(row.year, month, monthrange(row.year, month)[1])
    return last if stopped is None else min(last, stopped)


def last_quarters(quarters: Quarters) -> Quarters:
    """The last four of each agency, or as many as there are."""
    return {agency_id: rows[-QUARTERS:] for agency_id, rows in quarters.items()}


def rows_of(quarters: Quarters) -> list[AgencyQuarterRow]:
    """The same without the agencies."""
    return [row for rows in quarters.values() for row in rows]


def period_of(rows: Iterable[AgencyQuarterRow], language: Lang) -> str:
    """`bốn quý đến quý 4/2020`: the quarters that some rows are about."""
    quarters = {(row.year, row.quarter) for row in rows}
    year, quarter = max(quarters)
    named = {QUARTERS: _FOUR_QUARTERS, 1: _ONE_QUARTER}.get(len(quarters), _QUARTERS)
    return say(named, language, n=len(quarters), quarter=quarter, year=year)


def quarter_text(row: AgencyQuarterRow, language: Lang) -> str:
    """`quý 4/2020`."""
    return say(_ONE_QUARTER, language, quarter=row.quarter, year=row.year)


def electronic_share(rows: Iterable[AgencyQuarterRow], language: Lang) -> str:
    """How much of what was sent was accepted electronically, over the rows."""
    known = list(rows)
    sent = fsum(row.deliveries_mean for row in known)
    return share_text(fsum(row.electronic_mean for row in known) / sent, language) if sent else BLANK


def amounts_by_cause(rows: Iterable[AgencyQuarterRow]) -> dict[str, float]:
    """Deliveries that were not accepted electronically, by cause, the largest first; causes of none are left out."""
    known = list(rows)
    amounts = {name: fsum(row.by_cause[name] for row in known) for name in STOPPED_BY}
    return {name: amounts[name] for name in sorted(amounts, key=lambda name: -amounts[name]) if amounts[name] > 0.0}


def causes_text(rows: Iterable[AgencyQuarterRow], language: Lang, most: int = MOST_CAUSES) -> str:
    """The main causes of what was not accepted electronically, each with its share of that."""
    amounts = amounts_by_cause(rows)
    whole = fsum(amounts.values())
    said = [f"{term('cause', name, language)} {share_text(amounts[name] / whole, language)}" for name in amounts]
    return ", ".join(said[:most]) or _NO_CAUSE.text(language)


def main_cause(rows: Iterable[AgencyQuarterRow], language: Lang) -> str:
    """The cause of most of what was not accepted electronically."""
    name = next(iter(amounts_by_cause(rows)), None)
    return term("cause", name, language) if name else _NO_CAUSE.text(language)


def by_year(quarters: Quarters) -> dict[int, list[AgencyQuarterRow]]:
    """The rows of all the agencies year by year."""
    found: defaultdict[int, list[AgencyQuarterRow]] = defaultdict(list)
    for row in sorted(rows_of(quarters), key=lambda row: (row.year, row.quarter)):
        found[row.year].append(row)
    return found


def by_quarter(quarters: Quarters) -> dict[tuple[int, int], list[AgencyQuarterRow]]:
    """The rows of all the agencies quarter by quarter."""
    found: defaultdict[tuple[int, int], list[AgencyQuarterRow]] = defaultdict(list)
    for row in sorted(rows_of(quarters), key=lambda row: (row.year, row.quarter)):
        found[row.year, row.quarter].append(row)
    return found


def main_causes_by_year(quarters: Quarters, stopped: date | None, language: Lang) -> str:
    """`nơi gửi chưa dùng văn phòng điện tử (2016–2018), nơi nhận chưa liên thông (2019–2020)`."""
    spans: list[tuple[str, list[int]]] = []
    for year, rows in by_year(quarters).items():
        cause = main_cause(rows, language)
        if spans and spans[-1][0] == cause:
            spans[-1][1].append(year)
        else:
            spans.append((cause, [year]))
    return ", ".join(
        say(_IN_YEARS, language, cause=cause, years=_span(years, stopped, language)) for cause, years in spans
    )


def _span(years: Sequence[int], stopped: date | None, language: Lang) -> str:
    last = year_text(years[-1], stopped, language)
    return last if len(years) == 1 else f"{years[0]}–{last}"


def level_text(level: float | None, language: Lang) -> str:
    """A median level of use: `2`, or `1,5` where it lies between two."""
    return BLANK if level is None else number_text(level, 1, language).removesuffix(",0").removesuffix(".0")


def level_meaning(level: float | None, language: Lang) -> str:
    """What a level is called; of half a level, the two that it lies between."""
    if level is None:
        return ""
    names = [term("level", str(number), language) for number in dict.fromkeys((floor(level), ceil(level)))]
    return say(_BETWEEN, language, low=names[0], high=names[1]) if len(names) > 1 else names[0]


def short_name(row: AgencyQuarterRow, language: Lang) -> str:
    """A commune by its own name: `Phước Hòa` of `UBND xã Phước Hòa`; what bears a district's name keeps its kind.

    So do all other towns and wards: `thị trấn Tuy Phước` lies in `Huyện Tuy Phước`.
    """
    name = row.name(language)
    if row.tier == "district":
        return name
    return re.sub(r"^(UBND )?(xã )?|(?<=\w) commune$", "", name, flags=re.IGNORECASE)
