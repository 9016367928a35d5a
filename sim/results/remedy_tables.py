"""The table of what would help: every option tried on the futures that a run itself met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from sim.results import columns as c
from sim.results.table import Column, Table
from sim.results.words import Lang, Words

ALL_TARGETS = "all"
"""In `target_id`: all targets together, each counted up to its threshold and no further."""

RemedyVerdict = Literal["better", "worse", "no_difference", "unchanged", "unknown", "not_tried", "not_applicable"]


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """What one option gives for one target (or for `all`), beside the run's own plan in the same futures.

    Options stand in the order of what they give in all, the highest first; those that were not tried stand last. Of an
    option the row of `all` comes first, then the targets in the plan's order. What an option costs, who decides it and
    why it does nothing are the same in all its rows.
    """

    option: Annotated[str, Column("mã phương án", "id of the option")]
    title_vi: Annotated[str, c.TITLE_VI]
    title_en: Annotated[str, c.TITLE_EN]
    group: Annotated[str | None, Column("nhóm phương án", "kind of thing it changes")]
    target_id: Annotated[
        str,
        Column(
            "mã chỉ tiêu; all: cộng mọi chỉ tiêu, mỗi chỉ tiêu chỉ tính đến ngưỡng",
            "id of the target; all: the sum over all targets, each counted up to its threshold",
        ),
    ]
    gain_points: Annotated[
        float | None,
        Column(
            "tăng thêm, bình quân từng cặp; chỉ tiêu không phải tỷ lệ: phần trăm của ngưỡng",
            "how much more, mean over pairs; of a target that is no share: per cent of its threshold",
            unit="percentage points",
        ),
    ]
    low: Annotated[
        float | None,
        Column(
            "cận dưới 95% của phần tăng; trống: các cặp chưa cho biết",
            "its lower 95 % bound; blank where the pairs do not tell",
            unit="percentage points",
        ),
    ]
    high: Annotated[float | None, Column("cận trên 95%", "its upper 95 % bound", unit="percentage points")]
    replications: Annotated[
        int, Column("số lần mô phỏng có cả hai bên", "replications that both have: the pairs it rests on")
    ]
    more: Annotated[
        int | None,
        Column(
            "với unknown: số lần mô phỏng còn cần, nếu các số giữ nguyên; trống: quá nhiều hoặc chưa ước được",
            "where unknown: replications that would tell if the figures stayed; blank: too many, or no telling yet",
        ),
    ]
    cost_equipment_million_vnd: Annotated[
        float, Column("chi phí thiết bị, dịch vụ, mọi năm", "cost of equipment and services, all years", c.MONEY)
    ]
    cost_people_million_vnd: Annotated[
        float, Column("chi phí con người, mọi năm", "cost of people, all years", c.MONEY)
    ]
    cost_source: Annotated[
        str | None, Column("nguồn vốn và số tiền (triệu đồng)", "sources of the money, with the million VND of each")
    ]
    cost_vi: Annotated[str | None, Column("chi phí bằng lời, tiếng Việt", "cost in a sentence, in Vietnamese")]
    cost_en: Annotated[str | None, Column("chi phí bằng lời, tiếng Anh", "cost in a sentence, in English")]
    points_per_billion_vnd: Annotated[
        float | None,
        Column(
            "phần tăng cho mỗi tỷ đồng; trống khi chưa rõ là tốt hơn hoặc không tốn tiền",
            "gain for each billion VND; blank unless it is better and costs money",
            unit="percentage points",
        ),
    ]
    tie_group: Annotated[
        int | None,
        Column(
            "nhóm ngang nhau, 1 là cao nhất; trống: không làm thay đổi gì, chưa thử",
            "group of ties, 1 the highest; blank where nothing changed or nothing was tried",
        ),
    ]
    verdict: Annotated[
        str,
        Column(
            "better: tốt hơn; worse: kém hơn; no_difference: chênh không quá một điểm; unchanged: không lần nào đổi;"
            " unknown: chưa đủ cơ sở; not_tried: chưa thử; not_applicable: không áp dụng được",
            "better, worse, no_difference (within a point), unchanged (in every replication), unknown, not_tried or"
            " not_applicable",
        ),
    ]
    reason_vi: Annotated[str | None, Column("vì sao, tiếng Việt", "why it does nothing, in Vietnamese")]
    reason_en: Annotated[str | None, Column("vì sao, tiếng Anh", "why it does nothing, in English")]
    decided_by_vi: Annotated[str | None, Column("ai quyết định, tiếng Việt", "who decides, in Vietnamese")]
    decided_by_en: Annotated[str | None, Column("ai quyết định, tiếng Anh", "who decides, in English")]

    def title(self, language: Lang) -> str:
        """The option's title."""
        return self.title_vi if language == "vi" else self.title_en

    @property
    def cost_million_vnd(self) -> float:
        """Equipment and people together."""
        return self.cost_equipment_million_vnd + self.cost_people_million_vnd


REMEDIES = Table("remedies", RemedyRow, Words("Điều gì giúp đạt chỉ tiêu", "What would help"))
