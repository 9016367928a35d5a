"""Tables of a hindcast and of a prediction: what the replications say beside what was, or will be, reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sim.results import columns as c
from sim.results.table import Column, Table
from sim.results.words import Lang, Words

INSIDE, OUTSIDE, FED, NOT_SIMULATED = "inside", "outside", "fed", "not_simulated"
"""Within the 5-95 % band of what would have been reported; not; rests a default, so no test; nothing simulated."""
FEWEST_SCORED = 10
"""Scored figures below which nothing is said of how often the band holds what was reported."""
TOO_FEW_AGREE = "too_few"
"""Too few replications agree with the other figures for anything to be said of the one left out."""
NO_OTHER = "alone"
"""No other figure that any replication comes near: nothing foretells the one left out."""
PREDICTED, BEYOND = "predicted", "beyond_horizon"


@dataclass(frozen=True, slots=True)
class HindcastRow:
    """One figure that was reported, beside what the replications say would have been reported that day."""

    measured_on: Annotated[date, Column("ngày của số đo", "day of the figure")]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    version: Annotated[str, c.VERSION]
    unit: Annotated[str, c.UNIT]
    value: Annotated[float, Column("giá trị được báo cáo", "what was reported")]
    plus_minus: Annotated[
        float,
        Column(
            "sai số của số đo kể cả độ lạc quan chưa rõ, mức 95 %", "its error and what is open of its optimism, 95 %"
        ),
    ]
    optimism: Annotated[float, Column("báo cáo thường cao hơn chừng này", "what a self-report is taken to add")]
    simulated_on: Annotated[
        date | None, Column("cuối tháng mô phỏng được đối chiếu", "end of the simulated month it is set beside")
    ]
    median: Annotated[float | None, Column("mô phỏng như sẽ được báo cáo, trung vị", "as would be reported, median")]
    p05: Annotated[float | None, Column("mốc 5%", "5 % point")]
    p95: Annotated[float | None, Column("mốc 95%", "95 % point")]
    error: Annotated[float | None, Column("trung vị trừ giá trị được báo cáo", "median less what was reported")]
    crps: Annotated[
        float | None,
        Column(
            "điểm CRPS, càng gần 0 càng tốt (Gneiting và Raftery 2007)",
            "continuous ranked probability score, 0 is perfect (Gneiting and Raftery 2007)",
        ),
    ]
    share_below: Annotated[
        float | None, Column("phần dự báo nằm dưới giá trị báo cáo", "share of the prediction below it", c.SHARE)
    ]
    rank: Annotated[
        int | None,
        Column(
            "hạng giữa các lần mô phỏng: 1 là dưới tất cả, n + 1 là trên tất cả",
            "place among the replications: 1 below all, n + 1 above all",
        ),
    ]
    straight_line: Annotated[
        float | None,
        Column(
            "đường thẳng qua lúc đầu và số đo trước; trống: chỉ có một điểm",
            "straight line through the start and an earlier figure; blank with one point only",
        ),
    ]
    logistic: Annotated[float | None, Column("đường logistic qua hai điểm đó", "logistic through the same two points")]
    state: Annotated[
        str,
        Column(
            "inside: trong dải 5-95 %; outside: ngoài dải; fed: một giá trị mặc định dựa vào số này, không phải kiểm"
            " chứng; not_simulated: không có giá trị mô phỏng",
            "inside the 5-95 % band; outside it; fed: a default rests on it, so it is no test; not_simulated",
        ),
    ]
    n: Annotated[int, c.N]
    confidence: Annotated[str | None, Column("độ chắc của số đo", "how well the figure is known")]
    definition_vi: Annotated[str | None, Column("đếm gì, trên cái gì", "what was counted, in Vietnamese")]
    definition_en: Annotated[str | None, Column("đếm gì, bằng tiếng Anh", "what was counted, among what")]
    feeds: Annotated[str | None, Column("giá trị mặc định dựa vào số này", "the default that rests on it")]
    source: Annotated[str | None, c.SOURCE]

    def definition(self, lang: Lang) -> str:
        """What was counted, in the language, else in the other one."""
        first, second = (
            (self.definition_vi, self.definition_en) if lang == "vi" else (self.definition_en, self.definition_vi)
        )
        return first or second or ""


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """One reported figure, predicted from the replications as the other figures of its province weigh them."""

    measured_on: Annotated[date, Column("ngày của số đo", "day of the figure")]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    version: Annotated[str, c.VERSION]
    unit: Annotated[str, c.UNIT]
    value: Annotated[float, Column("giá trị được báo cáo", "what was reported")]
    others: Annotated[int, Column("số đo khác dùng để gán trọng số", "other figures that weigh the replications")]
    before_median: Annotated[
        float | None, Column("chưa gán trọng số, như sẽ được báo cáo, trung vị", "unweighed, as reported, median")
    ]
    before_p05: Annotated[float | None, Column("chưa gán trọng số, mốc 5%", "unweighed, 5 % point")]
    before_p95: Annotated[float | None, Column("chưa gán trọng số, mốc 95%", "unweighed, 95 % point")]
    median: Annotated[
        float | None, Column("theo các số đo khác, như sẽ được báo cáo, trung vị", "by the others, as reported, median")
    ]
    p05: Annotated[float | None, Column("theo các số đo khác, mốc 5%", "by the others, 5 % point")]
    p95: Annotated[float | None, Column("theo các số đo khác, mốc 95%", "by the others, 95 % point")]
    effective: Annotated[float, Column("số lần mô phỏng hiệu dụng (Kish)", "replications that are left (Kish)")]
    n: Annotated[int, c.N]
    before_state: Annotated[str, Column("chưa gán trọng số: inside, outside", "unweighed: inside, outside")]
    state: Annotated[
        str,
        Column(
            "inside, outside: trong, ngoài dải 5-95 % theo các số đo khác; too_few: quá ít lần mô phỏng hợp với chúng;"
            " alone: không có số đo khác để dựa vào",
            "inside or outside the 5-95 % band by the others; too_few: too few replications agree with those; alone: no"
            " other figure to go by",
        ),
    ]


@dataclass(frozen=True, slots=True)
class ElsewhereRow:
    """One figure of another place beside this province's run: of a shape, so that it is not scored."""

    place_name: Annotated[str, Column("nơi", "place")]
    period: Annotated[str, Column("tháng đầu và tháng cuối", "first and last month")]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    unit: Annotated[str, c.UNIT]
    value: Annotated[float, Column("giá trị đã công bố", "what was published")]
    median: Annotated[float | None, c.MEDIAN]
    p05: Annotated[float | None, c.P05]
    p95: Annotated[float | None, c.P95]
    n: Annotated[int, c.N]
    note_vi: Annotated[str, Column("đếm gì, bằng tiếng Việt", "what was counted, in Vietnamese")]
    note_en: Annotated[str, Column("đếm gì, bằng tiếng Anh", "what was counted")]
    source: Annotated[str, c.SOURCE]


@dataclass(frozen=True, slots=True)
class PredictionRow:
    """One value that was asked for before anybody compares, with all that it takes to make it again."""

    made_on: Annotated[date, Column("ngày lập dự báo", "day on which it was made")]
    scenario: Annotated[str, Column("kịch bản", "scenario")]
    date: Annotated[date, Column("ngày được dự báo", "day it is of")]
    window: Annotated[
        str,
        Column(
            "day: tại ngày đó (tỷ lệ văn bản: của tháng đó); year: của năm dương lịch đến ngày đó",
            "day: on it (shares of documents: of that month); year: of the calendar year up to it",
        ),
    ]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    version: Annotated[str | None, c.VERSION]
    unit: Annotated[str | None, c.UNIT]
    median: Annotated[float | None, c.MEDIAN]
    p05: Annotated[float | None, c.P05]
    p95: Annotated[float | None, c.P95]
    n: Annotated[int, c.N]
    state: Annotated[
        str,
        Column(
            "predicted: đã dự báo; beyond_horizon: sau kỳ mô phỏng, không dự báo; not_simulated: không mô phỏng",
            "predicted; beyond_horizon: after the simulated period, not predicted; not_simulated",
        ),
    ]
    seed: Annotated[int, Column("số khởi tạo ngẫu nhiên", "seed")]
    replications: Annotated[int, Column("số lần mô phỏng", "replications")]
    model_version: Annotated[str, Column("phiên bản chương trình", "version of the program")]
    scenario_hash: Annotated[str, Column("mã băm của kịch bản", "hash of the scenario")]
    command: Annotated[str, Column("lệnh đã dùng", "the command")]
    definition_vi: Annotated[str | None, Column("đếm gì, trên cái gì", "what is counted, in Vietnamese")]
    definition_en: Annotated[str | None, Column("đếm gì, bằng tiếng Anh", "what is counted, among what")]


HINDCAST = Table("hindcast", HindcastRow, Words("Mô phỏng và số đã được báo cáo", "Predicted and reported"))
LEFT_OUT = Table("left_out", LeftOutRow, Words("Từng số đo để riêng ra", "Each figure left out"))
ELSEWHERE = Table("elsewhere", ElsewhereRow, Words("Số của nơi khác", "Figures of other places"))
PREDICTIONS = Table("predictions", PredictionRow, Words("Dự báo", "Predictions"))
