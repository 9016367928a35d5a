"""Tables of a mid-term review: what has been measured so far, and what is still to come once it is taken in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sim.results import columns as c
from sim.results.table import Column, Table
from sim.results.words import Lang, Words

USED, OUT_OF_RANGE, BLANK, FED = "used", "out_of_range", "blank", "fed"
"""Weighed; told but not weighed, since no replication comes near it; nothing simulated there: too few items; a default
rests on it, so that it tells nothing more."""


@dataclass(frozen=True, slots=True)
class ObservedRow:
    """One thing that was measured, beside what the replications say of that day, before and after they are weighed."""

    measured_on: Annotated[date, Column("ngày của số đo", "day of the measurement")]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    version: Annotated[str, c.VERSION]
    unit: Annotated[str, c.UNIT]
    value: Annotated[float, Column("giá trị đo được", "what was measured")]
    plus_minus: Annotated[float, Column("sai số của số đo, mức 95 %", "its error, 95 %")]
    simulated_on: Annotated[
        date | None, Column("cuối tháng mô phỏng được đối chiếu", "end of the simulated month it is set beside")
    ]
    before_p05: Annotated[float | None, Column("mô phỏng, mốc 5%, trước khi xét", "simulated, 5 % point, before")]
    before_median: Annotated[float | None, Column("mô phỏng, trung vị, trước khi xét", "simulated, median, before")]
    before_p95: Annotated[float | None, Column("mô phỏng, mốc 95%, trước khi xét", "simulated, 95 % point, before")]
    after_median: Annotated[float | None, Column("mô phỏng, trung vị, sau khi xét", "simulated, median, after")]
    nearest: Annotated[float | None, Column("giá trị mô phỏng gần nhất", "the nearest that was simulated")]
    state: Annotated[
        str,
        Column(
            "used: đã dùng; out_of_range: không lần nào gần tới, không dùng; blank: mô phỏng không có giá trị; fed: một"
            " giá trị mặc định dựa vào số này, không dùng lại",
            "used; out_of_range: no replication comes near it, so it is left out; blank: nothing was simulated there;"
            " fed: a default rests on it, so it is left out",
        ),
    ]
    source: Annotated[str | None, c.SOURCE]


@dataclass(frozen=True, slots=True)
class UpdatedRow:
    """One target under the plan's reading: what the replications give, all alike, and weighed by what was measured."""

    target_id: Annotated[str, c.TARGET_ID]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    measure: Annotated[str, c.MEASURE]
    threshold: Annotated[float, Column("ngưỡng phải đạt", "what the value must reach")]
    due: Annotated[date, Column("hạn hoàn thành", "date by which it must be reached")]
    before_median: Annotated[float | None, Column("trung vị, trước", "median, before")]
    before_p05: Annotated[float | None, Column("mốc 5%, trước", "5 % point, before")]
    before_p95: Annotated[float | None, Column("mốc 95%, trước", "95 % point, before")]
    before_p_reached: Annotated[float | None, Column("xác suất đạt, trước", "probability, before", c.SHARE)]
    before_verdict: Annotated[str | None, Column("kết luận, trước", "verdict, before")]
    after_median: Annotated[float | None, Column("trung vị, sau", "median, after")]
    after_p05: Annotated[float | None, Column("mốc 5%, sau", "5 % point, after")]
    after_p95: Annotated[float | None, Column("mốc 95%, sau", "95 % point, after")]
    after_p_reached: Annotated[float | None, Column("xác suất đạt, sau", "probability, after", c.SHARE)]
    after_p_low: Annotated[float | None, Column("cận dưới 95 %, sau", "its lower 95 % bound", c.SHARE)]
    after_p_high: Annotated[float | None, Column("cận trên 95 %, sau", "its upper 95 % bound", c.SHARE)]
    after_verdict: Annotated[str | None, Column("kết luận, sau", "verdict, after")]
    n: Annotated[int, c.N]
    effective: Annotated[
        float,
        Column(
            "số lần mô phỏng hiệu dụng sau khi gán trọng số (Kish)", "replications that the weights are worth (Kish)"
        ),
    ]
    number: Annotated[int | None, c.NUMBER] = None

    def title(self, lang: Lang) -> str:
        """The target's title in the language, else in the other one, else its id."""
        first, second = (self.title_vi, self.title_en) if lang == "vi" else (self.title_en, self.title_vi)
        return first or second or self.target_id


@dataclass(frozen=True, slots=True)
class LearntRow:
    """One unknown, as it was drawn and as the draws that agree with what was measured have it."""

    key: Annotated[str, Column("tên tham số", "key of the parameter")]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    unit: Annotated[str, Column("đơn vị gốc; 1: không có", "base unit; 1 for none")]
    before_median: Annotated[float | None, Column("trung vị, trước khi hiệu chỉnh", "median, before")]
    before_p05: Annotated[float | None, Column("mốc 5%, trước", "5 % point, before")]
    before_p95: Annotated[float | None, Column("mốc 95%, trước", "95 % point, before")]
    after_median: Annotated[float | None, Column("trung vị, sau khi hiệu chỉnh", "median, after")]
    after_p05: Annotated[float | None, Column("mốc 5%, sau", "5 % point, after")]
    after_p95: Annotated[float | None, Column("mốc 95%, sau", "95 % point, after")]
    shift: Annotated[
        float,
        Column(
            "trung bình lệch đi mấy lần độ lệch chuẩn ban đầu",
            "how far the mean moved, in standard deviations of before",
        ),
    ]
    spread_left: Annotated[
        float, Column("độ lệch chuẩn còn lại, so với ban đầu", "standard deviation left, of that before", c.SHARE)
    ]
    learnt: Annotated[
        bool,
        Column(
            "trung bình dịch nhiều hơn mức ngẫu nhiên có thể gây ra ở bất kỳ tham số nào (5 %, Bonferroni)",
            "the mean moved by more than chance would move any of them (5 %, Bonferroni)",
        ),
    ]
    n: Annotated[int, c.N]
    effective: Annotated[float, Column("số lần rút hiệu dụng (Kish)", "draws that the weights are worth (Kish)")]

    def title(self, lang: Lang) -> str:
        """The title in the language, else the key."""
        return (self.title_vi if lang == "vi" else self.title_en) or self.key


@dataclass(frozen=True, slots=True)
class WorthRow:
    """One figure whose measuring on a day would narrow a target, beside those named before it."""

    target_id: Annotated[str, c.TARGET_ID]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    measured_on: Annotated[date, Column("ngày sẽ đo", "day on which it would be measured")]
    rank: Annotated[int, Column("thứ tự: 1 là đo trước", "order: 1 is measured first")]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    version: Annotated[str, c.VERSION]
    rank_correlation: Annotated[
        float,
        Column(
            "tương quan hạng với chỉ tiêu, đã trừ phần của các số đo trước nó",
            "rank correlation with the target, less what the figures before it say",
        ),
    ]
    spread_left: Annotated[
        float,
        Column(
            "độ phân tán của chỉ tiêu còn lại khi biết số này và các số trước nó",
            "the target's spread left once this and the figures before it are known",
            c.SHARE,
        ),
    ]
    n: Annotated[int, c.N]
    number: Annotated[int | None, c.NUMBER] = None

    def title(self, lang: Lang) -> str:
        """The target's title in the language, else its id."""
        return (self.title_vi if lang == "vi" else self.title_en) or self.target_id


OBSERVED = Table("observed", ObservedRow, Words("Số đã đo được", "What has been measured"))
UPDATED = Table(
    "updated_targets", UpdatedRow, Words("Chỉ tiêu sau khi xét số đã đo", "Targets after what was measured")
)
LEARNT = Table("learnt", LearntRow, Words("Đã hiểu thêm về các điều chưa biết", "What was learnt of the unknowns"))
WORTH = Table("worth_measuring", WorthRow, Words("Số nên đo giữa kỳ", "What is worth measuring midway"))
UPDATE_TABLES: tuple[Table[ObservedRow] | Table[UpdatedRow] | Table[LearntRow] | Table[WorthRow], ...] = (
    OBSERVED,
    UPDATED,
    LEARNT,
    WORTH,
)
