"""Columns that several tables share: the same name means the same thing in all of them."""

from __future__ import annotations

from sim.results.table import Column

TITLE_VI = Column("tên bằng tiếng Việt", "title in Vietnamese")
TITLE_EN = Column("tên bằng tiếng Anh", "title in English")
NUMBER = Column(
    "số thứ tự của chỉ tiêu trong kế hoạch, cả khi kỳ mô phỏng rút ngắn",
    "number of the target in the plan's order, also where the period is cut short",
)
TARGET_ID = Column("mã chỉ tiêu", "id of the target")
READING = Column("cách hiểu chỉ tiêu: plan là của kế hoạch", "way to count the target; plan is the plan's own")
MEASURE = Column("mã thước đo", "id of the measure")
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
P05 = Column("phân vị 5 %", "5 % point")
P25 = Column("phân vị 25 %", "25 % point")
P75 = Column("phân vị 75 %", "75 % point")
P95 = Column("phân vị 95 %", "95 % point")
LONGER = Column(
    "các mốc thực ra lâu hơn số ghi (>): đến hết mô phỏng vẫn chưa xong; trống: không có",
    "points that are longer (>) than what stands there, not done when the simulation ended; blank where none is",
)
N = Column("số lần mô phỏng có giá trị", "replications that have a value")

SHARE = "share"
MONEY = "million VND"
