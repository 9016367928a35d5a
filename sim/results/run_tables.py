"""Tables of every run: targets and verdicts, months, causes, agencies, orders, and the numbers the model used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Protocol

from sim.results import columns as c
from sim.results.columns import AgencyPlace
from sim.results.table import Column, Table
from sim.results.words import Lang, Words


def title_of(title_vi: str | None, title_en: str | None, lang: Lang) -> str:
    """A title in the language, else in the other one; empty without any."""
    return ((title_vi or title_en) if lang == "vi" else (title_en or title_vi)) or ""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target under one reading; the first row of each target_id is the reading that decides."""

    target_id: Annotated[str, c.TARGET_ID]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    reading: Annotated[str, c.READING]
    threshold: Annotated[float, Column("ngưỡng phải đạt", "what the value must reach")]
    due: Annotated[date, Column("hạn hoàn thành", "date by which it must be reached")]
    median: Annotated[float | None, Column("trung vị tại hạn", "median at the due date")]
    p05: Annotated[float | None, c.P05]
    p95: Annotated[float | None, c.P95]
    p_reached: Annotated[float | None, Column("xác suất đạt", "probability of being reached", c.SHARE)]
    p_low: Annotated[float | None, Column("cận dưới 95 % (Wilson)", "lower end, 95 % (Wilson)", c.SHARE)]
    p_high: Annotated[float | None, Column("cận trên 95 % (Wilson)", "upper end, 95 % (Wilson)", c.SHARE)]
    n: Annotated[int, Column("số lần mô phỏng", "replications")]
    first_reached: Annotated[
        date | None,
        Column(
            "tháng đầu tiên đạt và giữ ba tháng, trung vị; trống: quá nửa không đạt",
            "first month from which it holds three months, median; blank when most never reach it",
        ),
    ]
    verdict: Annotated[
        str | None,
        Column(
            "kết luận: reachable, at risk, out of reach, undecided, too close to call",
            "verdict: reachable, at risk, out of reach, undecided or too close to call",
        ),
    ]
    number: Annotated[int | None, c.NUMBER] = None
    stated_threshold: Annotated[float | None, c.STATED_THRESHOLD] = None
    threshold_basis: Annotated[
        str | None,
        Column(
            "plan: kế hoạch nêu con số ấy; khác: kế hoạch không nêu, ngưỡng do kịch bản đặt",
            "plan: the plan states this figure; else it states none and the scenario sets one",
        ),
    ] = None

    @property
    def shown_threshold(self) -> float:
        """What people are told it must reach: as stated, in a run that keeps it."""
        return self.threshold if self.stated_threshold is None else self.stated_threshold

    def title(self, lang: Lang) -> str:
        """The target's title in the language, else in the other one, else its id."""
        return title_of(self.title_vi, self.title_en, lang) or self.target_id


NOT_DUE, PAST_DUE = "not_due", "past_due"
"""States of a target in a year other than that of its due date."""


@dataclass(frozen=True, slots=True)
class TargetYearRow:
    """One target under one reading at the end of one year; in the year it is due, on that day, with its verdict."""

    target_id: Annotated[str, c.TARGET_ID]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    reading: Annotated[str, c.READING]
    year: Annotated[int, c.YEAR]
    as_of: Annotated[date, c.AS_OF]
    window_months: Annotated[int | None, c.WINDOW]
    median: Annotated[float | None, c.MEDIAN]
    p05: Annotated[float | None, c.P05]
    p95: Annotated[float | None, c.P95]
    p_reached: Annotated[
        float | None, Column("tỷ lệ lần mô phỏng đạt ngưỡng", "share of replications at the threshold", c.SHARE)
    ]
    threshold: Annotated[
        float | None,
        Column(
            "ngưỡng để xét đạt vào ngày hạn; 100 % văn bản hay kinh phí xét từ 99,5 %",
            "what it must reach on its due date; 100 % of documents or of money is met from 99.5 % on",
        ),
    ]
    state: Annotated[
        str,
        Column(
            "not_due: chưa đến hạn; past_due: đã qua hạn; năm đến hạn: kết luận, như trong targets.csv",
            "not_due, past_due, or in the year it is due the verdict, as in targets.csv",
        ),
    ]
    n: Annotated[int, c.N]

    def title(self, lang: Lang) -> str:
        """The target's title in the language, else in the other one, else its id."""
        return title_of(self.title_vi, self.title_en, lang) or self.target_id

    @property
    def is_due(self) -> bool:
        """Whether the target falls due in this year."""
        return self.state not in (NOT_DUE, PAST_DUE)


def deciding_rows(targets: Sequence[TargetRow]) -> tuple[TargetRow, ...]:
    """The first row of each target, in the plan's order: the reading the verdict rests on."""
    first: dict[str, TargetRow] = {}
    for row in targets:
        first.setdefault(row.target_id, row)
    return tuple(first.values())


class Numbered(Protocol):
    """A row of a target that may say which number the target has in its plan."""

    @property
    def target_id(self) -> str:
        """Its id in the plan."""

    @property
    def number(self) -> int | None:
        """Its number in the plan's order; None where the table does not say."""


def plan_numbers(rows: Iterable[Numbered]) -> dict[str, int]:
    """The number of each target in its plan's order; rows that say none are numbered from 1 as they come."""
    first: dict[str, Numbered] = {}
    for row in rows:
        first.setdefault(row.target_id, row)
    return {target_id: row.number or at for at, (target_id, row) in enumerate(first.items(), start=1)}


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One month of one measure, true or as reported: quantiles over the replications."""

    date: Annotated[date, c.DATE]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    version: Annotated[str, c.VERSION]
    unit: Annotated[str, c.UNIT]
    median: Annotated[float | None, c.MEDIAN]
    p05: Annotated[float | None, c.P05]
    p25: Annotated[float | None, c.P25]
    p75: Annotated[float | None, c.P75]
    p95: Annotated[float | None, c.P95]
    n: Annotated[int, c.N]
    longer: Annotated[str | None, c.LONGER] = None


@dataclass(frozen=True, slots=True)
class ReplicationRow:
    """One month of one measure in one replication; months without a value are left out."""

    replication: Annotated[int, Column("số thứ tự lần mô phỏng, từ 0", "number of the replication, from 0")]
    date: Annotated[date, c.DATE]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    version: Annotated[str, c.VERSION]
    value: Annotated[float, Column("giá trị, đơn vị như trong series", "value, in the unit that series gives")]


@dataclass(frozen=True, slots=True)
class CauseRow:
    """How many deliveries, or how many hours, one cause accounts for in one year, and its share of its group.

    Shares are of each simulation's own total; their means add up to one over a group, medians need not.
    """

    year: Annotated[int, c.YEAR]
    group: Annotated[
        str,
        Column(
            "nhóm: not_electronic, parallel_paper, waiting, late_dossiers",
            "group: not_electronic, parallel_paper, waiting or late_dossiers",
        ),
    ]
    cause: Annotated[str, Column("nguyên nhân", "cause")]
    unit: Annotated[str, c.UNIT]
    median: Annotated[float | None, c.MEDIAN]
    p05: Annotated[float | None, c.P05]
    p95: Annotated[float | None, c.P95]
    n: Annotated[int, c.N]
    share_mean: Annotated[float | None, Column("tỷ trọng trong nhóm, trung bình", "share of its group, mean", c.SHARE)]
    share_p05: Annotated[float | None, Column("tỷ trọng, mốc 5%", "share of its group, 5 % point", c.SHARE)]
    share_p95: Annotated[float | None, Column("tỷ trọng, mốc 95%", "share of its group, 95 % point", c.SHARE)]


@dataclass(frozen=True, slots=True)
class AgencyRow(AgencyPlace):
    """One agency at the end of the run: e-office level, users, electronic share of what it sends, registry load."""

    level_median: Annotated[
        float | None, Column("mức dùng văn phòng điện tử (0 đến 4), trung vị", "level of e-office use (0 to 4), median")
    ]
    user_share_median: Annotated[
        float | None,
        Column("tỷ lệ người dùng văn phòng điện tử, trung vị", "share of staff on e-office, median", c.SHARE),
    ]
    electronic_share_median: Annotated[
        float | None,
        Column(
            "tỷ lệ lượt gửi điện tử trong 12 tháng cuối, trung vị",
            "share sent electronically in the last twelve months, median",
            c.SHARE,
        ),
    ]
    registry_utilisation_median: Annotated[
        float | None, Column("độ bận của văn thư, trung vị", "how busy the registry is, median", c.SHARE)
    ]
    n: Annotated[int, Column("số lần mô phỏng", "replications")]


BASES: dict[str, Words] = {
    "plan": Words("kế hoạch", "plan"),
    "reported": Words("báo cáo", "reported"),
    "derived": Words("suy ra", "derived"),
    "assumed": Words("giả định", "assumed"),
}
"""On what a number stands."""
DISTRIBUTIONS: dict[str, Words] = {
    "lognormal": Words("log-chuẩn", "lognormal"),
    "beta": Words("beta", "beta"),
    "triangular": Words("tam giác", "triangular"),
    "uniform": Words("đều", "uniform"),
    "fixed": Words("cố định", "fixed"),
    "choice": Words("lựa chọn còn để ngỏ", "open choice"),
    "whole_or_cut": Words("đủ hoặc bị cắt giảm", "whole or cut"),
}
"""The shapes that numbers are drawn from."""


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One number the model used: its range, basis and source."""

    key: Annotated[str, Column("tên tham số", "key of the parameter")]
    unit: Annotated[str, Column("đơn vị gốc; 1: không có", "base unit; 1 for none")]
    low: Annotated[float | None, Column("mốc 5%; trống: cố định", "5 % point; blank when it is fixed")]
    value: Annotated[
        float,
        Column(
            "giá trị nêu trong kịch bản: trung vị của phân phối lognormal, đỉnh của triangular",
            "value as the scenario states it: median of a lognormal, mode of a triangular distribution",
        ),
    ]
    high: Annotated[float | None, Column("mốc 95%; trống: cố định", "95 % point; blank when it is fixed")]
    kind: Annotated[str, Column("phân phối", "distribution")]
    basis: Annotated[
        str, Column("cơ sở: plan, reported, derived, assumed", "basis: plan, reported, derived or assumed")
    ]
    source: Annotated[str | None, c.SOURCE]
    title_vi: Annotated[str, Column("tên gọi, tiếng Việt", "what it is called, in Vietnamese")]
    title_en: Annotated[str, Column("tên gọi, tiếng Anh", "what it is called, in English")]
    moves: Annotated[
        str | None,
        Column("chỉ số đo tính trên thứ được mua, cách nhau bằng ;", "measures that count it, separated by ;"),
    ]

    def title(self, lang: Lang) -> str:
        """What it is called in the language."""
        return self.title_vi if lang == "vi" else self.title_en


@dataclass(frozen=True, slots=True)
class MandateRow:
    """An order to use e-office: from when it holds, and from when use is measured and ranked."""

    mandate_id: Annotated[str, Column("mã quy định", "id of the order")]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    start: Annotated[date, Column("ngày hiệu lực", "day from which it holds")]
    measured_from: Annotated[
        date | None, Column("ngày bắt đầu đo lường, xếp hạng", "day from which use is measured and ranked")
    ]
    tiers: Annotated[str | None, Column("các cấp phải theo, cách nhau bằng ;", "tiers it binds, separated by ;")]

    def title(self, lang: Lang) -> str:
        """The order's title in the language, else in the other one, else its id."""
        return title_of(self.title_vi, self.title_en, lang) or self.mandate_id


TARGETS = Table("targets", TargetRow, Words("Chỉ tiêu và kết luận", "Targets and verdicts"))
TARGETS_BY_YEAR = Table("targets_by_year", TargetYearRow, Words("Chỉ tiêu theo năm", "Targets by year"))
SERIES = Table("series", SeriesRow, Words("Các chỉ số đo theo tháng", "Measures month by month"))
REPLICATIONS = Table(
    "replications", ReplicationRow, Words("Các chỉ số đo theo tháng, từng lần mô phỏng", "Measures by replication")
)
CAUSES = Table("causes", CauseRow, Words("Nguyên nhân theo năm", "Causes by year"))
AGENCIES = Table("agencies", AgencyRow, Words("Các cơ quan cuối kỳ", "Agencies at the end"))
PARAMETERS = Table("parameters", ParameterRow, Words("Tham số của mô hình", "Parameters of the model"))
MANDATES = Table("mandates", MandateRow, Words("Quy định bắt buộc sử dụng", "Orders to use e-office"))
