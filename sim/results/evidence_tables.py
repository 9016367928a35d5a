"""Tables that say how far to trust a run: where the spread comes from, what goes with what, and how well it starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from sim.results import columns as c
from sim.results.run_tables import title_of
from sim.results.table import Column, Table
from sim.results.words import Lang, Words

FEWEST_PAIRS = 10
"""Pairs of replications below which resampling says too little of how far off the shares of a variance may be."""


@dataclass(frozen=True, slots=True)
class VarianceRow:
    """How much of a target measure's variance comes from unknown parameters and how much from luck; 0 to 1 each.

    Blank where the pairs do not carry it: fewer than ten, no spread, or an interval wider than half of all there is.
    """

    target_id: Annotated[str, c.TARGET_ID]
    reading: Annotated[str, c.READING]
    measure: Annotated[str, c.MEASURE]
    parameters_share: Annotated[
        float | None,
        Column("phần phương sai do điều chưa biết", "share of the variance that comes from parameters", c.SHARE),
    ]
    luck_share: Annotated[
        float | None,
        Column("phần phương sai do yếu tố ngẫu nhiên", "share of the variance that comes from luck", c.SHARE),
    ]
    luck_low: Annotated[
        float | None,
        Column("phần do yếu tố ngẫu nhiên, cận dưới 95 %", "share that comes from luck, lower end, 95 %", c.SHARE),
    ]
    luck_high: Annotated[
        float | None,
        Column("phần do yếu tố ngẫu nhiên, cận trên 95 %", "share that comes from luck, upper end, 95 %", c.SHARE),
    ]
    n_pairs: Annotated[
        int, Column("số cặp cùng tham số, khác điều kiện ngẫu nhiên", "pairs that share parameters and differ in luck")
    ]


@dataclass(frozen=True, slots=True)
class InfluenceRow:
    """Rank correlation, over the replications, of one uncertain parameter with one target's value.

    `noticeable` says whether it is stronger than chance would give at this number of replications.
    """

    target_id: Annotated[str, c.TARGET_ID]
    key: Annotated[str, Column("tên tham số", "key of the parameter")]
    rank_correlation: Annotated[float, Column("tương quan hạng (Spearman)", "rank correlation (Spearman)")]
    noticeable: Annotated[
        bool, Column("1 nếu mạnh hơn mức do ngẫu nhiên", "1 where it is stronger than chance would give")
    ]
    n: Annotated[int, c.N]


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """What the plan reports for the start, and what the simulated warm-up gives; shares of 0 to 1."""

    baseline_id: Annotated[str, Column("mã số liệu đầu kỳ", "id of the reported value")]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    reported: Annotated[float, Column("kế hoạch báo cáo", "as the plan reports it")]
    low: Annotated[float, Column("cận dưới có thể", "least it may mean")]
    high: Annotated[float, Column("cận trên có thể", "most it may mean")]
    simulated_median: Annotated[float | None, Column("mô phỏng, trung vị", "simulated, median")]
    p05: Annotated[float | None, c.P05]
    p95: Annotated[float | None, c.P95]
    in_band_share: Annotated[
        float | None, Column("tỷ lệ lần mô phỏng nằm trong khoảng", "share of replications within the band", c.SHARE)
    ]
    state: Annotated[str, Column("fitted, set, not fitted, hoặc impossible", "fitted, set, not fitted or impossible")]
    reason_vi: Annotated[str | None, Column("vì sao không khớp được", "why it cannot be fitted, in Vietnamese")]
    reason_en: Annotated[str | None, Column("vì sao, tiếng Anh", "why it cannot be fitted, in English")]
    source: Annotated[str | None, c.SOURCE]
    n: Annotated[int, c.N]

    def reason(self, lang: Lang) -> str:
        """Why it could not be fitted, in the language, else in the other one."""
        return title_of(self.reason_vi, self.reason_en, lang)


VARIANCE = Table("variance", VarianceRow, Words("Điều chưa biết và yếu tố ngẫu nhiên", "Parameters and luck"))
INFLUENCE = Table("influence", InfluenceRow, Words("Tham số đi cùng kết quả", "Parameters that go with the results"))
BASELINES = Table("baselines", BaselineRow, Words("Số liệu đầu kỳ", "The start: reported and simulated"))
