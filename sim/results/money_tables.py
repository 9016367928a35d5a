"""Tables of money: each account of the plan, its totals, and what milestones have delivered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from sim.results import columns as c
from sim.results.run_tables import title_of
from sim.results.table import Column, Table
from sim.results.words import Lang, Words

MONEY_SOURCES: dict[str, Words] = {
    "TW": Words("ngân sách Trung ương hỗ trợ", "central budget support"),
    "ĐT": Words("vốn đầu tư phát triển", "development investment"),
    "DT": Words("vốn đầu tư phát triển", "development investment"),
    "SN": Words("vốn sự nghiệp", "recurrent (non-business) funds"),
}
"""What the sources of a plan's money are called."""
COST_KINDS: Mapping[str, Words] = {
    "equipment": Words("thiết bị, dịch vụ", "equipment and services"),
    "people": Words("con người", "people"),
}
"""What an option may cost."""


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """One plan line, source and year: money planned, arrived, committed, spent and returned, in million VND.

    Medians of single accounts; totals are in `MoneyRow`, since medians do not add up.
    """

    line_id: Annotated[str, c.LINE_ID]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    source: Annotated[str, c.FUNDING]
    year: Annotated[int, Column("năm kế hoạch", "year of the plan")]
    planned_million_vnd: Annotated[float, Column("theo kế hoạch", "planned", c.MONEY)]
    arrived_median: Annotated[float | None, Column("được bố trí, trung vị", "arrived, median", c.MONEY)]
    committed_median: Annotated[float | None, Column("đã ký hợp đồng, trung vị", "committed, median", c.MONEY)]
    spent_median: Annotated[float | None, Column("đã giải ngân, trung vị", "spent, median", c.MONEY)]
    returned_median: Annotated[
        float | None, Column("chưa cam kết khi hết kỳ, trung vị", "uncommitted at the end, median", c.MONEY)
    ]
    n: Annotated[int, c.N]

    def title(self, lang: Lang) -> str:
        """The line's title in the language, else in the other one, else its id."""
        return title_of(self.title_vi, self.title_en, lang) or self.line_id


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One entry (planned, arrived ...) of a total over lines, sources and years, in million VND.

    `all` stands for each of the three that is summed over; only simulated years are in it.
    """

    line_id: Annotated[str, Column("mã dòng kinh phí; all: mọi dòng", "id of the budget line; all for all of them")]
    source: Annotated[str, Column("nguồn vốn; all: mọi nguồn", "source of money; all for all of them")]
    year: Annotated[str, Column("năm; all: mọi năm", "year; all for all of them")]
    entry: Annotated[
        str,
        Column(
            "khoản: planned, not_arrived, arrived, committed, spent, under_way, returned",
            "entry: planned, not_arrived, arrived, committed, spent, under_way or returned",
        ),
    ]
    median: Annotated[float | None, c.MEDIAN.in_unit(c.MONEY)]
    p05: Annotated[float | None, c.P05.in_unit(c.MONEY)]
    p95: Annotated[float | None, c.P95.in_unit(c.MONEY)]
    n: Annotated[int, c.N]


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """What had become of part of a milestone's money by its due date, in million VND.

    `largest_in` of the `missed` simulations that did not reach it, this is what stopped most of the rest.
    """

    target_id: Annotated[str, c.TARGET_ID]
    state: Annotated[
        str, Column("delivered, not_arrived, stopped, late", "delivered, not_arrived, stopped or late at the due date")
    ]
    planned_million_vnd: Annotated[float, Column("theo kế hoạch, mọi trạng thái", "planned, all states", c.MONEY)]
    median: Annotated[float | None, c.MEDIAN.in_unit(c.MONEY)]
    p05: Annotated[float | None, c.P05.in_unit(c.MONEY)]
    p95: Annotated[float | None, c.P95.in_unit(c.MONEY)]
    largest_in: Annotated[
        int | None,
        Column(
            "số lần không đạt mà đây là phần chưa giao lớn nhất; trống với delivered",
            "misses of which this is the largest part not delivered; blank for delivered",
        ),
    ]
    missed: Annotated[int, Column("số lần không đạt", "replications that miss the target")]
    n: Annotated[int, c.N]


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """In how many replications a project, counted by a target or building what it counts, was in a state when due."""

    target_id: Annotated[str, c.TARGET_ID]
    line_id: Annotated[str, c.LINE_ID]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    state: Annotated[
        str,
        Column(
            "delivered, planned_later, not_arrived, stopped, not_contracted, under_way, nothing_to_buy",
            "delivered (finished), planned_later, not_arrived, stopped, not_contracted, under_way or nothing_to_buy",
        ),
    ]
    times: Annotated[int, Column("số lần mô phỏng ở trạng thái này", "replications in which it was so")]
    n: Annotated[int, c.N]

    def title(self, lang: Lang) -> str:
        """The project's title in the language, else in the other one, else its id."""
        return title_of(self.title_vi, self.title_en, lang) or self.line_id


SPENDING = Table("spending", SpendingRow, Words("Kinh phí theo dòng, nguồn, năm", "Money by line, source and year"))
MONEY = Table("money", MoneyRow, Words("Tổng kinh phí", "Totals of money"))
MILESTONES = Table(
    "milestones", MilestoneRow, Words("Các mốc việc và phần đã giao", "Milestones and what is delivered")
)
PROJECTS = Table("projects", ProjectRow, Words("Các dự án đến hạn", "Projects on the due date"))
