"""Columns that several tables share: the same name means the same thing in all of them.

Every table that goes by agency begins with the same ones: which agency a row is about, and where it lies.
"""

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


TITLE_VI = Column("tên bằng tiếng Việt", "title in Vietnamese")
TITLE_EN = Column("tên bằng tiếng Anh", "title in English")
NUMBER = Column(
    "số thứ tự của chỉ tiêu trong kế hoạch, cả khi kỳ mô phỏng rút ngắn",
    "number of the target in the plan's order, also where the period is cut short",
)
TARGET_ID = Column("mã chỉ tiêu", "id of the target")
READING = Column("cách tính: plan là của kế hoạch", "way to count the target; plan is the plan's own")
STATED_THRESHOLD = Column(
    "ngưỡng như kịch bản ghi: 100 % của tỷ lệ văn bản hoặc kinh phí được coi là đạt từ 99,5 %",
    "threshold as the scenario states it: 100 % of documents or of money is met from 99.5 % on",
)
MEASURE = Column("mã chỉ số đo", "id of the measure")
SCOPE = Column("phạm vi: all, tier:…, tiers:…, agency:…", "what it is counted over: all, tier:…, tiers:…, agency:…")
UNIT = Column("đơn vị của các giá trị trong dòng", "unit of the values in the row")
SOURCE = Column("nguồn của con số", "source of the number")
DATE = Column(
    "ngày cuối tháng; dòng đầu: trạng thái đầu kỳ", "last day of the month; the first is the state at the start"
)
VERSION = Column("true: thật; reported: theo báo cáo", "true: as it is; reported: as agencies report it")
AS_OF = Column("tính đến ngày", "day on which it stands")
WINDOW = Column(
    "số tháng được tính, đến hết ngày đó; trống: tình trạng đúng ngày đó",
    "months counted, up to and including that day; blank: as things stand on the day",
    "months",
)
YEAR = Column("năm dương lịch", "calendar year")
FUNDING = Column("nguồn vốn: TW, DT, SN", "source of money: TW, DT, SN")
LINE_ID = Column("mã dòng kinh phí", "id of the budget line")

MEDIAN = Column("trung vị qua các lần mô phỏng", "median over the replications")
P05 = Column("mốc 5%", "5 % point")
P25 = Column("mốc 25%", "25 % point")
P75 = Column("mốc 75%", "75 % point")
P95 = Column("mốc 95%", "95 % point")
LONGER = Column(
    "các mốc thực ra lâu hơn số ghi (>): đến hết mô phỏng vẫn chưa xong; trống: không có",
    "points that are longer (>) than what stands there, not done when the simulation ended; blank where none is",
)
N = Column("số lần mô phỏng có giá trị", "replications that have a value")

SHARE = "share"
MONEY = "million VND"
