"""Tables of a study of many cells: its points and cells, what targets ask, and what each key does to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sim.results import columns as c
from sim.results.table import Column, Table
from sim.results.words import Lang, Words

CELLS_FOR_A_CURVE = 10
"""Cells for each key below which no curve is drawn: so few seldom confirm one that bends, and confirm a wrong one by
chance (a rule of thumb of computer experiments: Loeppky, Sacks, Welch, Technometrics 51 (2009) 366)."""
_KEY = Column("tham số được thay đổi", "key that is varied")
_CELLS = Column("số ô có kết quả", "cells with a value")
_FUTURES = Column("số tương lai được đếm", "futures counted")
_ROLE = Column("lever: đòn bẩy; unknown: điều chưa biết", "lever, chosen by the planner, or unknown")
_MEAN = Column("bình quân trên các ô", "mean over the cells")
_PREDICTED = Column(
    "bỏ từng ô ra rồi đoán lại: phần khác biệt giữa các ô mà mặt khớp đoán đúng; từ 0,5 và đủ ô mới có đường đáp ứng",
    "share of the spread between cells that a fit predicts of cells left out; from 0.5 on, with enough cells, a curve",
)
_P_REACHED = Column("tỷ lệ đạt chỉ tiêu", "share that reaches the target", unit="share")


@dataclass(frozen=True, slots=True)
class AimRow:
    """What a target asks."""

    target_id: Annotated[str, c.TARGET_ID]
    title_vi: Annotated[str | None, c.TITLE_VI]
    title_en: Annotated[str | None, c.TITLE_EN]
    measure: Annotated[str, c.MEASURE]
    scope: Annotated[str, c.SCOPE]
    threshold: Annotated[float, Column("ngưỡng", "value to be reached")]
    due: Annotated[date, Column("thời hạn", "day by which it is due")]
    required_probability: Annotated[float, Column("xác suất yêu cầu", "probability asked for", unit="share")]
    number: Annotated[int | None, c.NUMBER] = None
    stated_threshold: Annotated[float | None, c.STATED_THRESHOLD] = None

    @property
    def shown_threshold(self) -> float:
        """What people are told it must reach: as stated, in a study that keeps it."""
        return self.threshold if self.stated_threshold is None else self.stated_threshold

    def title(self, language: Lang) -> str:
        """Its title in the language, else in the other one, else its id."""
        first, second = (self.title_vi, self.title_en) if language == "vi" else (self.title_en, self.title_vi)
        return first or second or self.target_id


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point of the design, each key between 0 and 1 of its range."""

    cell: Annotated[int, Column("số thứ tự của ô, từ 0", "number of the cell, from 0")]
    places: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class CellRow:
    """One replication of one cell: its keys in base units, its money, each target's value and whether it is reached."""

    cell: Annotated[int, Column("số thứ tự của ô, từ 0", "number of the cell, from 0", unit="1")]
    replication: Annotated[int, Column("số thứ tự lần chạy, từ 0", "number of the replication, from 0", unit="1")]
    seed: Annotated[int, Column("số khởi tạo ngẫu nhiên", "random seed", unit="1")]
    status: Annotated[
        str, Column("done: xong; failed: hỏng; missing: chưa chạy", "done, failed or missing (not run yet)")
    ]
    error: Annotated[str | None, Column("lỗi của lần chạy hỏng", "what went wrong in a failed one")]
    keys: Mapping[str, float]
    money: Mapping[str, float | None]
    outcomes: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class CellColumnRow:
    """What one column of cells.csv holds."""

    column: Annotated[str, Column("tên cột", "name of the column")]
    unit: Annotated[str | None, Column("đơn vị", "unit")]
    meaning_vi: Annotated[str, Column("ý nghĩa, tiếng Việt", "meaning in Vietnamese")]
    meaning_en: Annotated[str, Column("ý nghĩa, tiếng Anh", "meaning in English")]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A target's value at one value of one key, the other keys averaged over the cells."""

    key: Annotated[str, _KEY]
    value: Annotated[float, Column("giá trị của tham số, theo đơn vị gốc", "the key's value in base units")]
    target_id: Annotated[str, c.TARGET_ID]
    mean: Annotated[float, _MEAN]
    mean_low: Annotated[float | None, Column("cận dưới 95% của bình quân", "lower 95 % bound of the mean")]
    mean_high: Annotated[float | None, Column("cận trên 95% của bình quân", "upper 95 % bound of the mean")]
    p05: Annotated[float | None, Column("mốc 5% qua các tương lai", "5th percentile over futures")]
    p95: Annotated[float | None, Column("mốc 95% qua các tương lai", "95th percentile over futures")]
    p_reached: Annotated[float | None, _P_REACHED]
    p_low: Annotated[float | None, Column("cận dưới 95% của tỷ lệ đạt", "lower 95 % bound", unit="share")]
    p_high: Annotated[float | None, Column("cận trên 95% của tỷ lệ đạt", "upper 95 % bound", unit="share")]
    futures: Annotated[int, _FUTURES]
    cells: Annotated[int, _CELLS]
    predicted_share: Annotated[float | None, _PREDICTED]


@dataclass(frozen=True, slots=True)
class SwingRow:
    """How much more a target's value is at the upper end of a key than at its lower end.

    By a curve where left-out cells confirm one, else between the cells at the lower end and those at the upper end
    (the lower and the upper third where the key has many values).
    """

    key: Annotated[str, _KEY]
    role: Annotated[str, _ROLE]
    low: Annotated[float, Column("giá trị đầu thấp", "value of the key at the lower end")]
    high: Annotated[float, Column("giá trị đầu cao", "value of the key at the upper end")]
    target_id: Annotated[str, c.TARGET_ID]
    basis: Annotated[str, Column("curve: theo đường đáp ứng; cells: theo các ô", "curve: by a curve; cells: by cells")]
    at_low: Annotated[float, Column("giá trị chỉ tiêu ở đầu thấp", "the target's mean value at the lower end")]
    at_high: Annotated[float, Column("giá trị chỉ tiêu ở đầu cao", "the target's mean value at the upper end")]
    swing: Annotated[float, Column("thay đổi từ đầu thấp đến đầu cao", "change from the lower to the upper end")]
    swing_low: Annotated[float | None, Column("cận dưới 95%", "lower 95 % bound")]
    swing_high: Annotated[float | None, Column("cận trên 95%", "upper 95 % bound")]
    cells: Annotated[int, _CELLS]
    predicted_share: Annotated[float | None, _PREDICTED]

    @property
    def is_by_curve(self) -> bool:
        """Whether left-out cells confirm a curve."""
        return self.basis == "curve"

    @property
    def is_clear(self) -> bool:
        """Whether its 95 % interval excludes zero."""
        if self.swing_low is None or self.swing_high is None:
            return False
        return self.swing_low > 0.0 or self.swing_high < 0.0


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A target in the cells that stand together along one key: at one of its few values, or in a third of its range."""

    key: Annotated[str, _KEY]
    value: Annotated[float, Column("giá trị của tham số, bình quân của nhóm", "the key's value, mean of the group")]
    target_id: Annotated[str, c.TARGET_ID]
    mean: Annotated[float, _MEAN]
    mean_low: Annotated[float | None, Column("cận dưới 95% của bình quân", "lower 95 % bound of the mean")]
    mean_high: Annotated[float | None, Column("cận trên 95% của bình quân", "upper 95 % bound of the mean")]
    reached: Annotated[int, Column("số lần mô phỏng đạt chỉ tiêu", "simulations that reach the target")]
    simulations: Annotated[int, Column("số lần mô phỏng có kết quả", "simulations with a value")]
    cells: Annotated[int, _CELLS]
    plateau: Annotated[
        int | None,
        Column(
            "nhóm mức chưa phân biệt được với nhau (khoảng chênh lệch chứa 0), đánh số từ 1",
            "run of levels that are not told apart (the interval of the difference holds 0), from 1",
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class BesideRow:
    """A share of documents of the whole province, or the money spent, in the cells that stand together along a key."""

    key: Annotated[str, _KEY]
    value: Annotated[float, Column("giá trị của tham số, bình quân của nhóm", "the key's value, mean of the group")]
    measure: Annotated[str, c.MEASURE]
    mean: Annotated[float, _MEAN]
    mean_low: Annotated[float | None, Column("cận dưới 95% của bình quân", "lower 95 % bound of the mean")]
    mean_high: Annotated[float | None, Column("cận trên 95% của bình quân", "upper 95 % bound of the mean")]
    change: Annotated[float | None, Column("hơn mức thấp nhất bao nhiêu", "how much more than at the lowest level")]
    change_low: Annotated[float | None, Column("cận dưới 95%", "lower 95 % bound")]
    change_high: Annotated[float | None, Column("cận trên 95%", "upper 95 % bound")]
    simulations: Annotated[int, Column("số lần mô phỏng có kết quả", "simulations with a value")]
    cells: Annotated[int, _CELLS]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A target's value and chance at one pair of values of two keys."""

    key_x: Annotated[str, _KEY]
    x: Annotated[float, Column("giá trị của tham số thứ nhất", "value of the first key")]
    key_y: Annotated[str, _KEY]
    y: Annotated[float, Column("giá trị của tham số thứ hai", "value of the second key")]
    target_id: Annotated[str, c.TARGET_ID]
    mean: Annotated[float, _MEAN]
    p_reached: Annotated[float | None, _P_REACHED]
    futures: Annotated[int, _FUTURES]


@dataclass(frozen=True, slots=True)
class EffectRow:
    """How much one key moves one target, by the method's own measure."""

    target_id: Annotated[str, c.TARGET_ID]
    key: Annotated[str, _KEY]
    role: Annotated[str, _ROLE]
    method: Annotated[str, Column("phương pháp: morris, sobol, pawn", "morris, sobol or pawn")]
    effect: Annotated[float, Column("ảnh hưởng theo phương pháp", "the method's measure of the effect")]
    effect_low: Annotated[float, Column("cận dưới 95%", "lower 95 % bound")]
    effect_high: Annotated[float, Column("cận trên 95%", "upper 95 % bound")]
    second: Annotated[float, Column("số thứ hai của phương pháp", "what the method gives beside the effect")]
    noticeable: Annotated[bool, Column("1: vượt mức ngẫu nhiên", "1 where it is beyond chance")]
    cells: Annotated[int, _CELLS]

    @property
    def is_lever(self) -> bool:
        """Whether the key is the planner's to choose."""
        return self.role == "lever"


AIMS = Table("aims", AimRow, Words("Các chỉ tiêu yêu cầu gì", "What the targets ask"))
POINTS = Table("points", PointRow, Words("Các điểm của thiết kế", "Points of the design"))
CELLS = Table("cells", CellRow, Words("Từng lần chạy của từng ô", "Every replication of every cell"))
CODEBOOK = Table(
    "codebook", CellColumnRow, Words("Ý nghĩa các cột của cells.csv", "What the columns of cells.csv hold")
)
RESPONSE = Table("response", CurvePoint, Words("Đường đáp ứng", "Response curves"))
SWINGS = Table("swings", SwingRow, Words("Mỗi tham số làm chỉ tiêu thay đổi bao nhiêu", "What each key moves"))
LEVELS = Table("levels", LevelRow, Words("Bình quân các ô theo từng tham số", "Means of the cells along each key"))
BESIDE = Table("beside", BesideRow, Words("Văn bản và kinh phí đi kèm", "Documents and money beside"))
MAP = Table("map", MapPoint, Words("Hai tham số cùng lúc", "Two keys at once"))
EFFECTS = Table("effects", EffectRow, Words("Điều gì quan trọng", "What matters"))


def points_table(keys: Sequence[str]) -> Table[PointRow]:
    """The table of the points of a design over these keys."""
    return POINTS.with_columns(
        places={key: Column(f"vị trí của {key} trong khoảng của nó", f"place of {key} in its range") for key in keys}
    )


def cells_table(codebook: Sequence[CellColumnRow], keys: Collection[str]) -> Table[CellRow]:
    """The table of the cells whose columns a codebook lists, in its order.

    Args:
        codebook: every column of cells.csv.
        keys: the columns that are keys which were varied.
    """
    own = {column.name for column in CELLS.columns}
    groups: dict[str, dict[str, Column]] = {"keys": {}, "money": {}, "outcomes": {}}
    for row in codebook:
        if row.column in own:
            continue
        group = "outcomes"
        if row.column in keys:
            group = "keys"
        elif row.unit == c.MONEY:
            group = "money"
        groups[group][row.column] = Column(row.meaning_vi, row.meaning_en, row.unit or "")
    return CELLS.with_columns(**groups)
