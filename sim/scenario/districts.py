"""Districts and communes: in which of them an agency lies, by name, and how many people each serves."""

from __future__ import annotations

from collections.abc import Sequence

from sim.results.columns import AgencyPlace
from sim.scenario.tables import AgencyRow

_COMMITTEE = ("ủy ban nhân dân ", "uỷ ban nhân dân ", "ubnd ")
"""What stands before a district's name where its agency is meant."""


def agency_places(agencies: Sequence[AgencyRow]) -> dict[str, AgencyPlace]:
    """Every agency of a table by its id, in its order; communes of a province without districts lie in none."""
    named = {row.agency_id: row for row in agencies}
    return {row.agency_id: _place(row, _district_of(row, named)) for row in agencies}


def _district_of(row: AgencyRow, named: dict[str, AgencyRow]) -> AgencyRow | None:
    district = row if row.tier == "district" else named.get(row.parent_id)
    return district if district is not None and district.tier == "district" else None


def _place(row: AgencyRow, district: AgencyRow | None) -> AgencyPlace:
    return AgencyPlace(
        agency_id=row.agency_id,
        tier=row.tier,
        name_vi=row.name_vi,
        name_en=row.name_en,
        district_id=district.agency_id if district else None,
        district_vi=place_name(district.name_vi) if district else None,
        district_en=district.name_en if district else None,
    )


def place_name(agency: str) -> str:
    """The place of a People's Committee: `UBND huyện Tuy Phước` is that of `Huyện Tuy Phước`."""
    before = next((words for words in _COMMITTEE if agency.casefold().startswith(words)), "")
    name = agency[len(before) :]
    return name[:1].upper() + name[1:]


def home_tier(agencies: Sequence[AgencyRow]) -> str:
    """Returns the tier whose people make up the province: districts, or communes where there are no districts."""
    return "district" if any(row.tier == "district" for row in agencies) else "commune"


def people_by_agency(agencies: Sequence[AgencyRow]) -> dict[str, float]:
    """Returns the inhabitants of every district and commune by agency id.

    A commune without a figure takes an equal part of what its district has left; communes' figures of another
    census year that leave nothing, or that leave something though none is blank, are scaled to the district's.
    A district without a figure has its communes' sum. Where there are no districts every commune has its own figure.

    Raises:
        ValueError: neither a district nor one of its communes has a figure, or a commune that has no district.
    """
    people: dict[str, float] = {}
    if home_tier(agencies) == "commune":
        for row in (row for row in agencies if row.tier == "commune"):
            if row.population is None:
                raise ValueError(f"the population of {row.agency_id} is not known")
            people[row.agency_id] = float(row.population)
    for district in (row for row in agencies if row.tier == "district"):
        communes = [row for row in agencies if row.tier == "commune" and row.parent_id == district.agency_id]
        known = {row.agency_id: float(row.population) for row in communes if row.population is not None}
        blank = [row.agency_id for row in communes if row.population is None]
        if district.population is None and (blank or not known):
            raise ValueError(f"the population of {district.agency_id} is not known")
        total = float(sum(known.values()) if district.population is None else district.population)
        people[district.agency_id] = total
        people |= _shared(known, blank, total)
    return people


def _shared(known: dict[str, float], blank: list[str], total: float) -> dict[str, float]:
    """Figures as stated and equal parts for the blanks, scaled to the district wherever they cannot add up to it."""
    added = sum(known.values())
    typical = added / len(known) if known else 1.0
    left = (total - added) / len(blank) if blank else 0.0
    filled = known | dict.fromkeys(blank, left if left > 0.0 else typical)
    summed = sum(filled.values())
    scale = total / summed if summed > 0.0 else 0.0
    return {agency_id: value * scale for agency_id, value in filled.items()}
