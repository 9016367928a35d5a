"""Which agency a row is about and where it lies: the same columns, first in every table that goes by agency."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from sim.results.column import Column
from sim.results.words import Lang


@dataclass(frozen=True, slots=True)
class AgencyPlace:
    """An agency and the district it lies in; a district lies in itself, the Office and departments in none."""

    agency_id: Annotated[str, Column("mã cơ quan", "id of the agency")]
    tier: Annotated[str, Column("cấp: office, department, district, commune", "office, department, district, commune")]
    name_vi: Annotated[str | None, Column("tên cơ quan", "name in Vietnamese")]
    name_en: Annotated[str | None, Column("tên tiếng Anh", "name in English")]
    district_id: Annotated[
        str | None,
        Column("mã huyện; trống: cơ quan cấp tỉnh", "id of the district; blank for the province's own agencies"),
    ]
    district_vi: Annotated[str | None, Column("huyện, thị xã, thành phố", "district in Vietnamese")]
    district_en: Annotated[str | None, Column("huyện bằng tiếng Anh", "district in English")]

    def name(self, lang: Lang) -> str:
        """The agency's name in the language, else in the other one, else its id."""
        return ((self.name_vi or self.name_en) if lang == "vi" else (self.name_en or self.name_vi)) or self.agency_id

    def district(self, lang: Lang) -> str:
        """The district's name in the language, else in the other one; empty for the province's own agencies."""
        in_order = (self.district_vi, self.district_en) if lang == "vi" else (self.district_en, self.district_vi)
        return next((name for name in (*in_order, self.district_id) if name), "")
