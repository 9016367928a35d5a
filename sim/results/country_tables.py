"""The table of a country: what each of its provinces did, and what it exchanged with the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from sim.results import columns as c
from sim.results.table import Column, Table
from sim.results.words import Lang, Words


@dataclass(frozen=True, slots=True)
class CountryProvinceRow:
    """One province over the counted days; deliveries belong to the month of their issue."""

    province_id: Annotated[str, Column("mã tỉnh", "id of the province")]
    name_vi: Annotated[str, c.TITLE_VI]
    name_en: Annotated[str, c.TITLE_EN]
    population: Annotated[
        int, Column("dân số của tỉnh trong bảng các tỉnh", "people, as the table of provinces has it")
    ]
    districts: Annotated[int, Column("số cấp huyện", "districts")]
    communes: Annotated[int, Column("số cấp xã", "communes")]
    agencies: Annotated[int, Column("số cơ quan được mô phỏng", "agencies simulated")]
    deliveries: Annotated[
        int, Column("lượt gửi của tỉnh, cả đi và đến từ bên ngoài", "deliveries, to and from the outside included")
    ]
    inside: Annotated[int, Column("lượt gửi trong tỉnh", "deliveries within the province")]
    inside_electronic: Annotated[
        int, Column("trong đó gửi điện tử", "those of them sent electronically, with or without paper")
    ]
    from_centre: Annotated[int, Column("lượt đến từ trung ương", "deliveries from Government and ministries")]
    to_centre: Annotated[
        int, Column("lượt đã đến trung ương", "deliveries that have reached Government and ministries")
    ]
    from_provinces: Annotated[int, Column("lượt đến từ tỉnh khác", "deliveries from other provinces")]
    to_provinces_linked: Annotated[
        int,
        Column(
            "lượt gửi tỉnh khác giữa các hệ thống liên thông (trục quốc gia)",
            "deliveries for other provinces between linked systems (the national axis)",
        ),
    ]
    to_provinces_mail: Annotated[
        int, Column("lượt gửi tỉnh khác bằng thư công vụ", "deliveries for other provinces by official e-mail")
    ]
    to_provinces_paper: Annotated[
        int, Column("lượt gửi tỉnh khác bằng giấy", "deliveries for other provinces on paper")
    ]
    fingerprint: Annotated[
        str,
        Column(
            "dấu của mọi số đếm: hai lần chạy khác nhau ở đâu thì khác dấu",
            "of every count: two runs that differ anywhere differ here",
        ),
    ]

    def name(self, lang: Lang) -> str:
        """The province's name."""
        return self.name_vi if lang == "vi" else self.name_en

    @property
    def to_provinces(self) -> int:
        """Deliveries for other provinces, on all channels."""
        return self.to_provinces_linked + self.to_provinces_mail + self.to_provinces_paper


COUNTRY_PROVINCES = Table("provinces", CountryProvinceRow, Words("Các tỉnh của cả nước", "The country's provinces"))
