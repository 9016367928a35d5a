"""The tables of a study's folder: what was varied, its targets, curves, swings, and the cells themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sim.report.cells import Record, TableError, count, day, number, read_table, text
from sim.report.formatting import UnitKind, number_text, unit_kind
from sim.report.parameter_words import parameter_title
from sim.report.rows import Manifest
from sim.report.tables import manifest_from
from sim.results.words import Lang, Words

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
    "money": ((1.0, Words("triệu đồng", "million VND")),),
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

    @property
    def is_lever(self) -> bool:
        """Whether it is the planner's to choose."""
        return self.role == "lever"

    def title(self, language: Lang) -> str:
        """What it is called; the key itself where it has no title."""
        return parameter_title(self.key, language) or self.key

    @property
    def scale(self) -> tuple[float, Words]:
        """How many base units one printed unit has, and its name."""
        offered = _SCALES.get(self.dimension, ())
        if not offered:
            return 1.0, Words("", "")
        return next((one for one in offered if self.high >= 2 * one[0]), offered[-1])

    def value_text(self, value: float, language: Lang) -> str:
        """A value with its unit."""
        factor, unit = self.scale
        shown = value / factor
        decimals = 0 if abs(shown - round(shown)) < 1e-9 else 1 if abs(shown) >= 10 else 2
        name = unit.text(language)
        return number_text(shown, decimals, language) + ("%" if name == "%" else f" {name}" if name else "")

    def axis_title(self, language: Lang) -> str:
        """Its title with the unit of the axis."""
        name = self.scale[1].text(language)
        return f"{self.title(language)} ({name})" if name else self.title(language)


@dataclass(frozen=True, slots=True)
class Aim:
    """What a target asks."""

    target_id: str
    number: int
    title_vi: str
    title_en: str
    measure: str
    threshold: float
    due: date | None
    required: float

    def title(self, language: Lang) -> str:
        """Its title in the language, else in the other one, else its id."""
        first, second = (self.title_vi, self.title_en) if language == "vi" else (self.title_en, self.title_vi)
        return first or second or self.target_id

    @property
    def kind(self) -> UnitKind:
        """How its values are printed."""
        return unit_kind(self.measure)


@dataclass(frozen=True, slots=True)
class Swing:
    """How much more a target's value is at the upper end of a key than at its lower end."""

    key: str
    target_id: str
    swing: float
    low: float | None
    high: float | None
    cells: int

    @property
    def is_clear(self) -> bool:
        """Whether its 95 % interval leaves nought out."""
        return self.low is not None and self.high is not None and (self.low > 0.0 or self.high < 0.0)


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A target's value at one value of one key, the other keys averaged over the cells."""

    key: str
    value: float
    target_id: str
    mean: float
    mean_low: float | None
    mean_high: float | None
    p05: float | None
    p95: float | None
    p_reached: float | None
    predicted_share: float | None


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A target's value and chance at one pair of values of two keys."""

    key_x: str
    x: float
    key_y: str
    y: float
    target_id: str
    mean: float
    p_reached: float | None


@dataclass(frozen=True, slots=True)
class CellRow:
    """One simulation: its cell, its keys, and each target's value."""

    cell: int
    replication: int
    status: str
    keys: Mapping[str, float | None]
    values: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class StudyTables:
    """Everything the page of a sweep reads."""

    manifest: Manifest
    study: Mapping[str, object]
    keys: tuple[StudyKey, ...]
    aims: tuple[Aim, ...]
    swings: tuple[Swing, ...]
    curves: tuple[CurvePoint, ...]
    map: tuple[MapPoint, ...]
    cells: tuple[CellRow, ...]
    simulations_done: int
    simulations_asked: int

    def key(self, name: str) -> StudyKey:
        """The key of this name; raises TableError when the study does not vary it."""
        for one in self.keys:
            if one.key == name:
                return one
        raise TableError(f"{name}: not a key of this study")

    @property
    def futures(self) -> int:
        """Replications of each cell under common luck; 0 when each cell has its own luck."""
        if self.study.get("luck") != "common":
            return 0
        return 1 + max((row.replication for row in self.cells), default=0)

    def swings_of(self, target_id: str) -> list[Swing]:
        """Of one target, the largest first."""
        return sorted((row for row in self.swings if row.target_id == target_id), key=lambda row: -abs(row.swing))

    def curve(self, target_id: str, key: str) -> list[CurvePoint]:
        """Of one target along one key."""
        return [row for row in self.curves if (row.target_id, row.key) == (target_id, key)]


def study_keys(study: Mapping[str, object]) -> tuple[StudyKey, ...]:
    """The keys named in a manifest."""
    listed = study.get("keys")
    return tuple(
        StudyKey(text(one, "key"), text(one, "role"), text(one, "dimension"), _sure(one, "low"), _sure(one, "high"))
        for one in (listed if isinstance(listed, list) else ())
    )


def read_aims(folder: Path) -> tuple[Aim, ...]:
    """What the targets ask, numbered from 1."""
    records = read_table(folder / "aims.csv", _as_it_stands)
    return tuple(
        Aim(
            target_id=text(record, "target_id"),
            number=at,
            title_vi=text(record, "title_vi"),
            title_en=text(record, "title_en"),
            measure=text(record, "measure"),
            threshold=_sure(record, "threshold"),
            due=day(record, "due"),
            required=_sure(record, "required_probability"),
        )
        for at, record in enumerate(records, start=1)
    )


def read_study_manifest(folder: Path) -> dict[str, object]:
    """The manifest as it stands; raises FileNotFoundError, or TableError when it is no study's."""
    try:
        read = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except json.JSONDecodeError as problem:
        raise TableError(f"manifest.json:{problem.lineno} {problem.msg}") from None
    if not isinstance(read, dict) or not isinstance(read.get("study"), dict):
        raise TableError("manifest.json: not a study's")
    return read


def read_study_tables(folder: Path) -> StudyTables:
    """Read a sweep's folder. Raises FileNotFoundError when a table is missing, TableError when one cannot be read."""
    manifest = read_study_manifest(folder)
    study = manifest["study"]
    keys = study_keys(study if isinstance(study, dict) else {})
    aims = read_aims(folder)
    return StudyTables(
        manifest=manifest_from(manifest),
        study=study if isinstance(study, dict) else {},
        keys=keys,
        aims=aims,
        swings=read_table(folder / "swings.csv", _swing, required=True),
        curves=read_table(folder / "response.csv", _curve_point),
        map=read_table(folder / "map.csv", _map_point),
        cells=read_table(folder / "cells.csv", lambda record: _cell(record, keys, aims)),
        simulations_done=count(manifest, "simulations_done"),
        simulations_asked=count(manifest, "simulations_asked"),
    )


def _as_it_stands(record: Record) -> Record:
    return record


def _sure(record: Record, column: str) -> float:
    value = number(record, column)
    if value is None:
        raise TableError(f"{column}: missing")
    return value


def _swing(record: Record) -> Swing:
    key, target = text(record, "key"), text(record, "target_id")
    low, high = number(record, "swing_low"), number(record, "swing_high")
    return Swing(key, target, _sure(record, "swing"), low, high, count(record, "cells"))


def _curve_point(record: Record) -> CurvePoint:
    bands = (number(record, name) for name in ("mean_low", "mean_high", "p05", "p95", "p_reached", "predicted_share"))
    named = text(record, "key"), _sure(record, "value"), text(record, "target_id")
    return CurvePoint(*named, _sure(record, "mean"), *bands)


def _map_point(record: Record) -> MapPoint:
    place = text(record, "key_x"), _sure(record, "x"), text(record, "key_y"), _sure(record, "y")
    return MapPoint(*place, text(record, "target_id"), _sure(record, "mean"), number(record, "p_reached"))


def _cell(record: Record, keys: tuple[StudyKey, ...], aims: tuple[Aim, ...]) -> CellRow:
    return CellRow(
        cell=count(record, "cell"),
        replication=count(record, "replication"),
        status=text(record, "status"),
        keys={key.key: number(record, key.key) for key in keys},
        values={aim.target_id: number(record, aim.target_id) for aim in aims},
    )
