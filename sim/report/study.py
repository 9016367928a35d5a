"""The tables of a study's folder: what was varied, its targets, curves, swings, and the cells themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from sim.report.formatting import UnitKind, number_text, unit_kind
from sim.report.manifest import Record, number, text
from sim.report.words import target_label
from sim.results.run_tables import plan_numbers
from sim.results.study_tables import AIMS, CODEBOOK, AimRow, CellRow, cells_table
from sim.results.table import TableError
from sim.results.words import NOTHING, Lang, Words

_MILLION = Words("triệu đồng", "million VND")
_SCALES: dict[str, tuple[tuple[float, Words], ...]] = {
    "duration": (
        (86_400_000.0, Words("ngày", "days")),
        (3_600_000.0, Words("giờ", "hours")),
        (60_000.0, Words("phút", "minutes")),
        (1_000.0, Words("giây", "seconds")),
    ),
    "size": ((1e6, Words("MB", "MB")), (1e3, Words("kB", "kB"))),
    "rate": ((1e6, Words("Mbit/s", "Mbit/s")), (1e3, Words("kbit/s", "kbit/s"))),
    "share": ((0.01, Words("%", "%")),),
    "money": ((1.0, _MILLION),),
    "per_year": ((1.0, Words("mỗi năm", "a year")),),
}


@dataclass(frozen=True, slots=True)
class StudyKey:
    """One key that was varied, over which range."""

    key: str
    role: str
    dimension: str
    low: float
    high: float
    words: Words = NOTHING
    """What it is called; blank where it has no title."""
    plan: float | None = None
    """The value that the scenario itself has."""
    million_vnd: float | None = None
    """Money that a scale of the plan's money stands for at one: its values are printed as money."""
    earlier_million_vnd: float | None = None
    """What the plan has for the same before the year of its decision; no scale moves it."""

    @property
    def is_lever(self) -> bool:
        """Whether it is the planner's to choose."""
        return self.role == "lever"

    def title(self, language: Lang) -> str:
        """What it is called; the key itself where it has no title."""
        return self.words.text(language) or self.key

    @property
    def scale(self) -> tuple[float, Words]:
        """How many base units one printed unit has, and its name."""
        if self.million_vnd:
            return 1.0 / self.million_vnd, _MILLION
        offered = _SCALES.get(self.dimension, ())
        if not offered:
            return 1.0, Words("", "")
        return next((one for one in offered if self.high >= 2 * one[0]), offered[-1])

    def value_text(self, value: float, language: Lang) -> str:
        """A value with its unit."""
        factor, unit = self.scale
        shown = value / factor
        decimals = 0 if abs(shown - round(shown)) < 1e-6 else 1 if abs(shown) >= 10 else 2
        name = unit.text(language)
        return number_text(shown, decimals, language) + ("%" if name == "%" else f" {name}" if name else "")

    def axis_title(self, language: Lang) -> str:
        """Its title with the unit of the axis."""
        name = self.scale[1].text(language)
        return f"{self.title(language)} ({name})" if name else self.title(language)


@dataclass(frozen=True, slots=True)
class Aim(AimRow):
    """What a target asks, with its number in the order of the plan."""

    number: int = 0

    @property
    def label(self) -> str:
        """What it is called: number and id."""
        return target_label(self.number, self.target_id)

    @property
    def kind(self) -> UnitKind:
        """How its values are printed."""
        return unit_kind(self.measure)


def study_keys(study: Mapping[str, object]) -> tuple[StudyKey, ...]:
    """The keys named in a manifest."""
    listed = study.get("keys")
    return tuple(
        StudyKey(
            text(one, "key"),
            text(one, "role"),
            text(one, "dimension"),
            _sure(one, "low"),
            _sure(one, "high"),
            Words(text(one, "title_vi"), text(one, "title_en")),
            number(one, "plan"),
            number(one, "million_vnd"),
            number(one, "earlier_million_vnd"),
        )
        for one in (listed if isinstance(listed, list) else ())
    )


def read_aims(folder: Path) -> tuple[Aim, ...]:
    """What the targets ask, with their numbers. Raises TableError when the table cannot be read."""
    rows = AIMS.read_if_there(folder)
    numbers, columns = plan_numbers(rows), [one.name for one in fields(AimRow)]
    return tuple(
        Aim(**{name: getattr(row, name) for name in columns} | {"number": numbers[row.target_id]}) for row in rows
    )


def read_cells(folder: Path, keys: Sequence[StudyKey]) -> tuple[CellRow, ...]:
    """Every replication of every cell, its columns as the codebook lists them; none where there is no such table.

    Raises:
        TableError: a table cannot be read, or its columns are not those of the codebook.
    """
    return cells_table(CODEBOOK.read_if_there(folder), {one.key for one in keys}).read_if_there(folder)


def read_study_manifest(folder: Path) -> dict[str, object]:
    """The manifest as it stands; raises FileNotFoundError, or TableError when it is no study's."""
    try:
        read = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except json.JSONDecodeError as problem:
        raise TableError(f"manifest.json:{problem.lineno} {problem.msg}") from None
    if not isinstance(read, dict) or not isinstance(read.get("study"), dict):
        raise TableError("manifest.json: not a study's")
    return read


def _sure(record: Record, column: str) -> float:
    value = number(record, column)
    if value is None:
        raise TableError(f"{column}: missing")
    return value
