"""Tables of a plan's open ends: what hangs on a choice, what money changes nothing, and who never got anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from sim.results import columns as c
from sim.results.columns import AgencyPlace
from sim.results.run_tables import title_of
from sim.results.table import Column, Table
from sim.results.words import Lang, Words


@dataclass(frozen=True, slots=True)
class AlternativeRow:
    """One target under one reading, over the replications in which an open choice came out one way."""

    choice: Annotated[str, Column("tên lựa chọn còn để ngỏ", "key of the choice that is left open")]
    choice_vi: Annotated[str, Column("tên lựa chọn, tiếng Việt", "what the choice is called, in Vietnamese")]
    choice_en: Annotated[str, Column("tên lựa chọn, tiếng Anh", "what the choice is called, in English")]
    alternative: Annotated[str, Column("phương án, như ghi trong kịch bản", "the alternative, as a scenario names it")]
    alternative_vi: Annotated[str, Column("phương án, tiếng Việt", "the alternative in Vietnamese")]
    alternative_en: Annotated[str, Column("phương án, tiếng Anh", "the alternative in English")]
    target_id: Annotated[str, c.TARGET_ID]
    measure: Annotated[str, c.MEASURE]
    reading: Annotated[str, c.READING]
    median: Annotated[float | None, Column("trung vị tại hạn", "median at the due date")]
    p05: Annotated[float | None, c.P05]
    p95: Annotated[float | None, c.P95]
    p_reached: Annotated[float, Column("xác suất đạt", "probability of being reached", c.SHARE)]
    p_low: Annotated[float, Column("cận dưới 95 % (Wilson)", "lower end, 95 % (Wilson)", c.SHARE)]
    p_high: Annotated[float, Column("cận trên 95 % (Wilson)", "upper end, 95 % (Wilson)", c.SHARE)]
    n: Annotated[int, Column("số lần mô phỏng rơi vào phương án này", "replications with this alternative")]
    verdict: Annotated[str, Column("kết luận của riêng phương án này", "verdict on this alternative alone")]

    def choice_title(self, lang: Lang) -> str:
        """What is left open."""
        return self.choice_vi if lang == "vi" else self.choice_en

    def title(self, lang: Lang) -> str:
        """The alternative in words."""
        return self.alternative_vi if lang == "vi" else self.alternative_en


@dataclass(frozen=True, slots=True)
class InertRow:
    """Money of a budget line that buys what changes nothing that is simulated, and why."""

    line_id: Annotated[str, c.LINE_ID]
    kind: Annotated[str, Column("loại thứ được mua", "kind of thing that is bought")]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    amount_million_vnd: Annotated[
        float, Column("kinh phí theo kế hoạch, với tỷ lệ đã nêu", "planned money, at the stated share", c.MONEY)
    ]
    reason_vi: Annotated[str, Column("vì sao không có tác dụng, tiếng Việt", "why it has no effect, in Vietnamese")]
    reason_en: Annotated[str, Column("vì sao không có tác dụng, tiếng Anh", "why it has no effect, in English")]

    def title(self, lang: Lang) -> str:
        """What is bought, in the language, else in the other one."""
        return title_of(self.title_vi, self.title_en, lang) or self.kind

    def reason(self, lang: Lang) -> str:
        """Why it has no effect."""
        return self.reason_vi if lang == "vi" else self.reason_en


@dataclass(frozen=True, slots=True)
class UnservedRow(AgencyPlace):
    """An agency that in part of the replications still lacks, at the end, what the plan buys for others."""

    kind: Annotated[str, Column("loại thứ được mua", "kind of thing that is bought")]
    kind_vi: Annotated[str, Column("tên loại, tiếng Việt", "what the kind is called, in Vietnamese")]
    kind_en: Annotated[str, Column("tên loại, tiếng Anh", "what the kind is called, in English")]
    unserved_share: Annotated[
        float, Column("tỷ lệ lần mô phỏng mà cuối kỳ vẫn chưa có", "share of replications that end without it", c.SHARE)
    ]
    reason: Annotated[
        str,
        Column(
            "lý do thường gặp nhất tính đến ngày cuối, cùng các mã với held_up.csv",
            "usual reason as of the last day, by the names of held_up.csv",
        ),
    ]
    n: Annotated[int, Column("số lần mô phỏng", "replications")]


@dataclass(frozen=True, slots=True)
class HeldUpRow:
    """How many lack something that a target counts on its due date, for one reason; those who have it are a row too.

    The means of a target's rows add up to all that it is counted over, and the shares to one. A target that does not
    ask for everybody is short of those who are nearest to it.
    """

    target_id: Annotated[str, c.TARGET_ID]
    lacks: Annotated[str | None, Column("thiếu gì; trống: đã đạt", "what is lacking; blank for those who are counted")]
    reason: Annotated[str, Column("vì sao; has_it: đã đạt", "why; has_it for those who are counted")]
    unit: Annotated[str, Column("đếm gì: agencies, persons, services", "counted: agencies, persons or services")]
    mean: Annotated[float, Column("bình quân qua mọi lần mô phỏng", "mean over all replications")]
    missed_mean: Annotated[
        float | None,
        Column("bình quân qua những lần không đạt; trống: không có lần nào", "mean over the misses; blank without any"),
    ]
    short_mean: Annotated[
        float | None,
        Column(
            "trong đó cần thêm mới tới ngưỡng, nơi gần nhất trước; trống với has_it",
            "of these, needed to get to the threshold, the nearest first; blank for has_it",
        ),
    ]
    share: Annotated[
        float | None,
        Column(
            "tỷ lệ trong phần thiếu so với ngưỡng, gộp những lần không đạt; trống với has_it",
            "share of what is short of the threshold, all misses together; blank for has_it",
            c.SHARE,
        ),
    ]
    missed: Annotated[int, Column("số lần không đạt", "replications that miss the target")]
    n: Annotated[int, c.N]


ALTERNATIVES = Table("alternatives", AlternativeRow, Words("Kết luận theo từng phương án", "Verdicts by alternative"))
INERT = Table("inert", InertRow, Words("Kinh phí chỉ tính vào mốc hoàn thành", "Money that only milestones count"))
UNSERVED = Table("unserved", UnservedRow, Words("Cơ quan chưa được bố trí", "Agencies not served"))
HELD_UP = Table("held_up", HeldUpRow, Words("Ai còn thiếu khi đến hạn, vì sao", "Who lacks it when due, and why"))
