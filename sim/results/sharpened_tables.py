"""Table of a run made sharper: each target from its replications alone, and with many draws of a thinned world."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sim.results import columns as c
from sim.results.table import Column, Table
from sim.results.words import Lang, Words

SHARPER, WIDER, NO_HELP, CONSTANT, BLANK = "sharper", "wider", "no_help", "constant", "blank"
"""Surer than before; surer, by an interval that is wider, since the few full replications came out alike by luck; the
thinned world does not follow the full one closely enough to add anything; the same in
every draw of both; some draw has no value, for want of documents or dossiers."""


@dataclass(frozen=True, slots=True)
class SharpenedRow:
    """One target under the plan's reading."""

    target_id: Annotated[str, c.TARGET_ID]
    number: Annotated[int | None, c.NUMBER]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    measure: Annotated[str, c.MEASURE]
    threshold: Annotated[float, Column("ngưỡng phải đạt", "what the value must reach")]
    due: Annotated[date, Column("hạn hoàn thành", "date by which it must be reached")]
    state: Annotated[
        str,
        Column(
            "sharper: chắc hơn; wider: chắc hơn, mà khoảng rộng ra vì các lần mô phỏng đủ tình cờ gần nhau; no_help: mô"
            " phỏng thưa không đi sát mô phỏng đủ nên không thêm gì; constant: lần nào cũng như nhau; blank: có lần"
            " không có giá trị",
            "sharper; wider: surer, by a wider interval, the full replications being alike by luck; no_help: thinned"
            " draws do not follow the full ones closely enough to add anything; constant: the same in every draw;"
            " blank: some draw has no value",
        ),
    ]
    plain_mean: Annotated[float | None, Column("trung bình các lần mô phỏng đủ", "mean of the full replications")]
    plain_half_width: Annotated[
        float | None, Column("nửa khoảng tin cậy 95 % của nó", "half of its 95 % interval (Student)")
    ]
    mean: Annotated[float | None, Column("trung bình, thêm các lần mô phỏng thưa", "mean with the thinned draws")]
    half_width: Annotated[float | None, Column("nửa khoảng tin cậy 95 % của nó", "half of its 95 % interval (Student)")]
    worth: Annotated[
        float | None,
        Column(
            "số lần mô phỏng đủ, độc lập, cho cùng khoảng tin cậy của trung bình",
            "independent full replications that would give the mean the same interval",
        ),
    ]
    correlation: Annotated[
        float | None, Column("tương quan giữa hai cách, qua các cặp", "correlation of both ways, over the pairs")
    ]
    plain_p: Annotated[float, Column("xác suất đạt, chỉ mô phỏng đủ", "probability, full replications alone", c.SHARE)]
    plain_p_low: Annotated[float, Column("cận dưới 95 % của nó", "its lower 95 % bound (Wilson)", c.SHARE)]
    plain_p_high: Annotated[float, Column("cận trên 95 % của nó", "its upper 95 % bound (Wilson)", c.SHARE)]
    p: Annotated[
        float, Column("xác suất đạt, thêm các lần mô phỏng thưa", "probability with the thinned draws", c.SHARE)
    ]
    p_low: Annotated[float, Column("cận dưới 95 % của nó", "its lower 95 % bound", c.SHARE)]
    p_high: Annotated[float, Column("cận trên 95 % của nó", "its upper 95 % bound", c.SHARE)]
    verdict: Annotated[
        str | None,
        Column("kết luận theo các cận ấy; trống: chưa đủ cơ sở", "verdict by these bounds; blank: not yet decided"),
    ]
    disagreeing: Annotated[
        int, Column("số cặp mà chỉ một cách đạt", "pairs of which one way reaches it and the other does not")
    ]
    n: Annotated[int, c.N]
    draws: Annotated[int, Column("số lần mô phỏng thưa", "draws of the thinned world")]

    def title(self, lang: Lang) -> str:
        """The target's title in the language, else its id."""
        return (self.title_vi if lang == "vi" else self.title_en) or self.target_id


SHARPENED = Table(
    "sharpened_targets", SharpenedRow, Words("Chỉ tiêu, thêm các lần mô phỏng thưa", "Targets with the thinned draws")
)
