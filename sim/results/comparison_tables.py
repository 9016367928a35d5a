"""Tables of a comparison: the same plan under several cases, which case is best, and how a joint gain divides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sim.results import columns as c
from sim.results.table import Column, Table
from sim.results.words import Lang, Words

WAITING_SHARE, NOT_ELECTRONIC_SHARE, LATE_SHARE = "waiting_share", "not_electronic_share", "late_share"
"""What each cause is of the hours waited while offices are open, of the deliveries that are not electronic, of the late
dossiers."""
FEWEST_PAIRS = 4
"""Pairs below which no interval and no significance is told: Student's interval of two pairs is thirteen standard
errors wide to each side, and says less than the pairs themselves. Assumed; four leave three degrees of freedom."""
_CASE = Column("tên trường hợp: baseline, option:TÊN, adoption:TÊN, future:TÊN", "name of the case")
_DIFFERENCE_MEAN = Column(
    "chênh lệch so với kịch bản gốc, bình quân từng cặp", "how much more than in the baseline, mean over pairs"
)
_DIFFERENCE_LOW = Column(
    "cận dưới của khoảng tin cậy chênh lệch, 95% cho mọi trường hợp cùng lúc (Holm); trống dưới 4 cặp",
    "lower bound of its interval, 95 % for all cases together (Holm); blank below 4 pairs",
)
_DIFFERENCE_HIGH = Column(
    "cận trên của khoảng đó; trống dưới 4 cặp", "upper bound of that interval; blank below 4 pairs"
)
_PAIRS = Column("số lần mô phỏng có ở mọi trường hợp", "replications that all cases have")
_PAIRED = Column(
    "số cặp: lần mô phỏng mà cả trường hợp này và kịch bản gốc đều có", "replications that it and baseline have"
)
_HIGHER = Column("số cặp mà trường hợp này cao hơn", "pairs in which it is higher")
_LOWER = Column("số cặp mà trường hợp này thấp hơn", "pairs in which it is lower")
_LEAST = Column("chênh lệch nhỏ nhất trong các cặp", "smallest difference of a pair")
_MOST = Column("chênh lệch lớn nhất trong các cặp", "largest difference of a pair")
_MEAN_PAIRED = Column("bình quân của trường hợp này trên các cặp đó", "its mean over these pairs")


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a comparison: the baseline, or the baseline with one more option, adoption regime or future."""

    name: str
    title_vi: str | None
    title_en: str | None

    def title(self, language: Lang) -> str:
        """The case's title in the language, else in the other one, else its name."""
        first, second = (self.title_vi, self.title_en) if language == "vi" else (self.title_en, self.title_vi)
        return first or second or self.name


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One target under one reading in one case, and how much more it is than in the baseline, pair by pair."""

    cell: Annotated[str, _CASE]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    target_id: Annotated[str, c.TARGET_ID]
    reading: Annotated[str, c.READING]
    median: Annotated[float | None, c.MEDIAN]
    p05: Annotated[float | None, c.P05]
    p95: Annotated[float | None, c.P95]
    p_reached: Annotated[float | None, Column("tỷ lệ lần mô phỏng đạt chỉ tiêu", "share that reaches it", unit="share")]
    p_low: Annotated[float | None, Column("cận dưới 95% của xác suất đạt", "lower 95 % bound", unit="share")]
    p_high: Annotated[float | None, Column("cận trên 95% của xác suất đạt", "upper 95 % bound", unit="share")]
    n: Annotated[int, c.N]
    verdict: Annotated[str | None, Column("kết luận", "verdict")]
    difference_mean: Annotated[float | None, _DIFFERENCE_MEAN]
    difference_low: Annotated[float | None, _DIFFERENCE_LOW]
    difference_high: Annotated[float | None, _DIFFERENCE_HIGH]
    spent_median_million_vnd: Annotated[
        float | None, Column("kinh phí đã giải ngân, trung vị", "money spent, median", unit="million VND")
    ]
    holm_significant: Annotated[
        bool | None,
        Column(
            "1: khác kịch bản gốc một cách rõ ràng sau khi hiệu chỉnh Holm",
            "1 where the difference is significant at 5 % after Holm's correction",
        ),
    ]
    number: Annotated[int | None, c.NUMBER] = None
    pairs: Annotated[int | None, _PAIRED] = None
    pair_higher: Annotated[int | None, _HIGHER] = None
    pair_lower: Annotated[int | None, _LOWER] = None
    pair_low: Annotated[float | None, _LEAST] = None
    pair_high: Annotated[float | None, _MOST] = None
    pair_mean: Annotated[float | None, _MEAN_PAIRED] = None

    @property
    def case(self) -> Case:
        """The case the row is of."""
        return Case(self.cell, self.title_vi, self.title_en)


@dataclass(frozen=True, slots=True)
class CompareSeriesRow:
    """One month of one measure in one case."""

    cell: Annotated[str, _CASE]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    date: Annotated[date, c.DATE]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    version: Annotated[str, c.VERSION]
    median: Annotated[float | None, c.MEDIAN]
    p05: Annotated[float | None, c.P05]
    p95: Annotated[float | None, c.P95]
    n: Annotated[int, c.N]
    longer: Annotated[str | None, c.LONGER] = None

    @property
    def case(self) -> Case:
        """The case the row is of."""
        return Case(self.cell, self.title_vi, self.title_en)


@dataclass(frozen=True, slots=True)
class RankedCase:
    """One case among those that can be chosen, for one target; the highest mean first."""

    target_id: Annotated[str, c.TARGET_ID]
    cell: Annotated[str, _CASE]
    rank: Annotated[int, Column("thứ hạng, 1 là cao nhất", "place, 1 the highest mean")]
    mean: Annotated[float, Column("bình quân", "mean over the replications")]
    is_best: Annotated[bool, Column("1: cao nhất", "1 for the highest mean")]
    in_contention: Annotated[bool, Column("1: vẫn có thể là tốt nhất", "1 where it may still be the best")]
    is_decided: Annotated[bool, Column("1: đã phân định được tốt nhất", "1 where the best is decided at 95 %")]
    indifference: Annotated[float, Column("mức chênh coi như không đáng kể", "difference that nobody minds")]
    more: Annotated[
        int | None,
        Column("số lần mô phỏng còn cần; trống: quá sát nhau", "more replications needed; blank: too close to call"),
    ]
    n: Annotated[int, _PAIRS]
    variance_ratio: Annotated[
        float | None,
        Column(
            "phương sai chênh lệch khi cùng điều kiện ngẫu nhiên so với khi độc lập",
            "variance of the difference under common luck over that of independent runs",
        ),
    ]


@dataclass(frozen=True, slots=True)
class OptionPart:
    """What one option adds to a target, in the mean over all orders of adding the options (Shapley value)."""

    target_id: Annotated[str, c.TARGET_ID]
    option: Annotated[str, Column("mã phương án", "id of the option")]
    part_mean: Annotated[float, Column("phần của phương án, bình quân", "what it adds, mean")]
    part_low: Annotated[float, Column("cận dưới 95%", "lower 95 % bound")]
    part_high: Annotated[float, Column("cận trên 95%", "upper 95 % bound")]
    alone_mean: Annotated[float, Column("khi chỉ làm phương án này", "what it adds alone")]
    last_mean: Annotated[float, Column("khi thêm sau cùng", "what it adds as the last of all")]
    spent_part_million_vnd: Annotated[
        float, Column("phần kinh phí đã giải ngân", "its part of the money", unit="million VND")
    ]
    gain_per_billion_vnd: Annotated[
        float | None, Column("phần tăng cho mỗi tỷ đồng chi thêm", "gain for each billion VND more spent")
    ]
    n: Annotated[int, _PAIRS]


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """What one case proposes beside the baseline: who decides it, and what one thing of it costs in one year.

    A proposal that states no amount has one row, with the sentence on its cost alone.
    """

    cell: Annotated[str, _CASE]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    group: Annotated[str | None, Column("nhóm phương án", "kind of thing it changes")]
    decided_by_vi: Annotated[str | None, Column("ai quyết định, tiếng Việt", "who decides, in Vietnamese")]
    decided_by_en: Annotated[str | None, Column("ai quyết định, tiếng Anh", "who decides, in English")]
    cost_vi: Annotated[str | None, Column("chi phí bằng lời, tiếng Việt", "cost in a sentence, in Vietnamese")]
    cost_en: Annotated[str | None, Column("chi phí bằng lời, tiếng Anh", "cost in a sentence, in English")]
    of: Annotated[str | None, Column("equipment: thiết bị, dịch vụ; people: con người", "equipment or people")]
    item_vi: Annotated[str | None, Column("khoản chi, tiếng Việt", "what is paid, in Vietnamese")]
    item_en: Annotated[str | None, Column("khoản chi, tiếng Anh", "what is paid, in English")]
    source: Annotated[str | None, c.FUNDING]
    year: Annotated[int | None, c.YEAR]
    amount: Annotated[float | None, Column("số tiền", "amount", unit="million VND")]
    low: Annotated[float | None, Column("mức thấp", "low end of it", unit="million VND")]
    high: Annotated[float | None, Column("mức cao", "high end of it", unit="million VND")]
    simulated: Annotated[
        bool | None, Column("1: mô phỏng chi khoản này", "1 where the simulation spends it, as money of the plan")
    ]
    basis: Annotated[str | None, Column("căn cứ", "basis of the amount")]
    origin: Annotated[str | None, Column("nguồn của số tiền", "source of the amount")]
    by_team: Annotated[
        bool | None, Column("1: các đội triển khai của tỉnh lắp đặt", "1 where the province's project teams install it")
    ] = None

    @property
    def case(self) -> Case:
        """The case the row is of."""
        return Case(self.cell, self.title_vi, self.title_en)


@dataclass(frozen=True, slots=True)
class CaseFigureRow:
    """One operating figure of the last twelve months in one case, and its difference from the baseline judged.

    Why is told by the shares of causes, `waiting_share` and the like.
    """

    cell: Annotated[str, _CASE]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    unit: Annotated[str, c.UNIT]
    mean: Annotated[float, Column("bình quân các lần mô phỏng", "mean over the replications")]
    longer: Annotated[
        bool, Column("1: dài hơn mức ghi (chưa xong khi hết kỳ)", "1 where it is longer than that: not done at the end")
    ]
    difference_mean: Annotated[float | None, _DIFFERENCE_MEAN]
    difference_low: Annotated[float | None, _DIFFERENCE_LOW]
    difference_high: Annotated[float | None, _DIFFERENCE_HIGH]
    minded: Annotated[float, Column("mức chênh nhỏ nhất đáng kể", "smallest difference that anybody minds")]
    judgement: Annotated[
        str | None,
        Column(
            "better, worse, same, unchanged, unknown; trống: kịch bản gốc",
            "better, worse, same, unchanged or unknown; blank: baseline",
        ),
    ]
    n: Annotated[int, c.N]
    pairs: Annotated[int | None, _PAIRED] = None
    pair_higher: Annotated[int | None, _HIGHER] = None
    pair_lower: Annotated[int | None, _LOWER] = None
    pair_low: Annotated[float | None, _LEAST] = None
    pair_high: Annotated[float | None, _MOST] = None
    pair_mean: Annotated[float | None, _MEAN_PAIRED] = None

    @property
    def case(self) -> Case:
        """The case the row is of."""
        return Case(self.cell, self.title_vi, self.title_en)


@dataclass(frozen=True, slots=True)
class CaseOrderRow:
    """One case in the order of the share sent electronically and accepted, and how sure it is above the next one."""

    cell: Annotated[str, _CASE]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    rank: Annotated[int, Column("thứ hạng, 1 là cao nhất", "place, 1 the highest mean")]
    mean: Annotated[float, Column("bình quân các lần mô phỏng chung", "mean over common replications")]
    n: Annotated[int, _PAIRS]
    above_next: Annotated[float | None, Column("hơn trường hợp xếp sau, bình quân", "above the next, mean over pairs")]
    relation: Annotated[
        str | None,
        Column(
            "above: hơn ở mọi cặp, hoặc cả khoảng tin cậy 95% trên 0; level: như nhau ở mọi cặp khi làm tròn;"
            " unsure: chưa chắc; trống: trường hợp cuối",
            "above: in every pair, or by the whole 95 % interval; level: in every pair the same as printed; unsure;"
            " blank: the last",
        ),
    ]
    pairs_above: Annotated[int | None, Column("số cặp hơn trường hợp xếp sau", "pairs in which it is above the next")]

    @property
    def case(self) -> Case:
        """The case the row is of."""
        return Case(self.cell, self.title_vi, self.title_en)


COMPARE = Table("compare", CompareRow, Words("Các trường hợp cạnh nhau", "Cases side by side"))
COMPARE_SERIES = Table("compare_series", CompareSeriesRow, Words("Các trường hợp theo tháng", "Cases by month"))
CASE_FIGURES = Table(
    "case_figures", CaseFigureRow, Words("Số liệu vận hành của từng trường hợp", "Operating figures of each case")
)
RANKING = Table("ranking", RankedCase, Words("Trường hợp nào tốt nhất", "Which case is best"))
SPLIT = Table("split", OptionPart, Words("Phần của từng phương án", "What each option gives when combined"))
PROPOSALS = Table("proposals", ProposalRow, Words("Chi phí và người quyết định", "Costs and who decides"))
CASE_ORDER = Table(
    "case_order", CaseOrderRow, Words("Các trường hợp xếp theo bình quân", "Cases in the order of means")
)
