"""Tables of one replication, from which those of a run are made: what the journal keeps of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sim.results import columns as c
from sim.results.table import Column, Table
from sim.results.words import Words


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month of one measure in one replication."""

    date: Annotated[date, c.DATE]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    version: Annotated[str, c.VERSION]
    unit: Annotated[str, c.UNIT]
    value: Annotated[float | None, Column("giá trị; trống: quá ít để tính", "value; blank over too few")]


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One target under one reading in one replication."""

    target_id: Annotated[str, c.TARGET_ID]
    reading: Annotated[str, c.READING]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    value: Annotated[float | None, Column("giá trị tại hạn", "value at the due date")]
    reached: Annotated[bool, Column("1 nếu đạt", "1 where it is reached")]
    first_reached: Annotated[
        date | None, Column("tháng đầu tiên đạt và giữ ba tháng", "first month from which it holds three months")
    ]


@dataclass(frozen=True, slots=True)
class YearValueRow:
    """One target under one reading at the end of one year of one replication, counted as at its due date."""

    target_id: Annotated[str, c.TARGET_ID]
    reading: Annotated[str, c.READING]
    year: Annotated[int, c.YEAR]
    as_of: Annotated[date, c.AS_OF]
    window_months: Annotated[int | None, c.WINDOW]
    value: Annotated[float | None, Column("giá trị đến ngày đó", "value on that day")]
    reached: Annotated[bool, Column("1 nếu đạt ngưỡng", "1 where it is at its threshold")]


@dataclass(frozen=True, slots=True)
class DistrictValueRow:
    """One target over the agencies of one district alone, on its due date in one replication."""

    target_id: Annotated[str, c.TARGET_ID]
    district_id: Annotated[str, Column("mã huyện", "id of the district")]
    value: Annotated[float | None, Column("giá trị tại hạn", "value at the due date")]
    reached: Annotated[bool, Column("1 nếu đạt ngưỡng", "1 where it is at the threshold")]


@dataclass(frozen=True, slots=True)
class CauseAmountRow:
    """What one cause accounts for in one year of one replication."""

    year: Annotated[int, c.YEAR]
    group: Annotated[str, Column("nhóm nguyên nhân", "group of causes")]
    cause: Annotated[str, Column("nguyên nhân", "cause")]
    unit: Annotated[str, c.UNIT]
    value: Annotated[float, Column("giá trị", "value")]


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One budget line, source and year in one replication: what became of its money, in million VND."""

    line_id: Annotated[str, c.LINE_ID]
    source: Annotated[str, c.FUNDING]
    year: Annotated[int, Column("năm kế hoạch", "year of the plan")]
    planned: Annotated[float, Column("theo kế hoạch", "planned", c.MONEY)]
    arrived: Annotated[float, Column("được bố trí", "arrived", c.MONEY)]
    committed: Annotated[float, Column("đã ký hợp đồng", "committed", c.MONEY)]
    spent: Annotated[float, Column("đã giải ngân", "spent", c.MONEY)]
    returned: Annotated[float, Column("chưa cam kết khi hết kỳ", "uncommitted at the end", c.MONEY)]


@dataclass(frozen=True, slots=True)
class AgencyStateRow:
    """One agency at the end of one replication."""

    agency_id: Annotated[str, Column("mã cơ quan", "id of the agency")]
    level: Annotated[int, Column("mức dùng văn phòng điện tử (0 đến 4)", "level of e-office use (0 to 4)")]
    users: Annotated[int, Column("số người dùng văn phòng điện tử", "staff on e-office", "persons")]
    staff: Annotated[int, Column("số cán bộ", "staff", "persons")]
    electronic_share: Annotated[
        float | None,
        Column(
            "tỷ lệ lượt gửi điện tử trong 12 tháng cuối", "share sent electronically in the last twelve months", c.SHARE
        ),
    ]
    registry_utilisation: Annotated[float | None, Column("độ bận của văn thư", "how busy the registry is", c.SHARE)]


@dataclass(frozen=True, slots=True)
class StartValueRow:
    """What one replication would have reported of the start."""

    baseline_id: Annotated[str, Column("mã số liệu đầu kỳ", "id of the reported value")]
    value: Annotated[float | None, Column("giá trị sẽ được báo cáo", "what would have been reported")]


@dataclass(frozen=True, slots=True)
class MilestoneStateRow:
    """A milestone's planned money in one replication, by what had become of it at the due date, in million VND."""

    target_id: Annotated[str, c.TARGET_ID]
    delivered: Annotated[float, Column("đã giao", "delivered", c.MONEY)]
    not_arrived: Annotated[float, Column("chưa được bố trí", "not arrived", c.MONEY)]
    stopped: Annotated[float, Column("dừng, trả lại", "stopped and returned", c.MONEY)]
    late: Annotated[float, Column("chậm", "late", c.MONEY)]


MONTHS = Table("months", MonthRow, Words("Các chỉ số đo theo tháng", "Measures month by month"))
OUTCOMES = Table("outcomes", OutcomeRow, Words("Chỉ tiêu", "Targets"))
YEAR_VALUES = Table("year_values", YearValueRow, Words("Chỉ tiêu theo năm", "Targets by year"))
DISTRICT_VALUES = Table("district_values", DistrictValueRow, Words("Chỉ tiêu theo huyện", "Targets by district"))
CAUSE_AMOUNTS = Table("cause_amounts", CauseAmountRow, Words("Nguyên nhân", "Causes"))
ACCOUNTS = Table("accounts", AccountRow, Words("Kinh phí", "Money"))
AGENCY_STATES = Table("agency_states", AgencyStateRow, Words("Các cơ quan cuối kỳ", "Agencies at the end"))
START_VALUES = Table("start_values", StartValueRow, Words("Số liệu đầu kỳ", "The start"))
MILESTONE_STATES = Table("milestone_states", MilestoneStateRow, Words("Các mốc việc", "Milestones"))
