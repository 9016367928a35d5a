"""Where an agency lies: its district, by name, for every table that goes by agency."""

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
