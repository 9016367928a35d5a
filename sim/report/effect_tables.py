"""The table of effects in a folder: which key moves which target, and how sure that is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from sim.report.cells import Record, count, number, read_table, text, yes
from sim.report.parameter_words import parameter_title
from sim.report.rows import Manifest
from sim.report.study_tables import Aim, read_aims
from sim.report.tables import read_manifest
from sim.results.words import Lang


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One key and one target; `second` is what the method gives beside the effect."""

    target_id: str
    key: str
    role: str
    method: str
    effect: float
    low: float
    high: float
    second: float
    is_noticeable: bool
    cells: int

    @property
    def is_lever(self) -> bool:
        """Whether the key is the planner's to choose."""
        return self.role == "lever"

    def title(self, language: Lang) -> str:
        """What the key is called."""
        return parameter_title(self.key, language) or self.key


@dataclass(frozen=True, slots=True)
class EffectTables:
    """What the page of a sensitivity study reads.

    Attributes:
        manifest: of the folder.
        aims: what the targets ask.
        rows: the effects.
        luck: `common` where all cells met the same futures, `own` where each met its own; empty for a run.
        futures: replications of each cell; nought for a run.
    """

    manifest: Manifest
    aims: tuple[Aim, ...]
    rows: tuple[EffectRow, ...]
    luck: str = ""
    futures: int = 0

    @property
    def method(self) -> str:
        """How effects were measured; empty without any."""
        return self.rows[0].method if self.rows else ""

    def of(self, aim: Aim, *, levers: bool) -> list[EffectRow]:
        """One target's levers, or its unknowns, the strongest first."""
        mine = [row for row in self.rows if row.target_id == aim.target_id and row.is_lever == levers]
        return sorted(mine, key=lambda row: (-row.effect, row.key))


def read_effect_tables(folder: Path) -> EffectTables:
    """Read a folder with effects.csv. Raises FileNotFoundError without it, TableError when it cannot be read."""
    rows = read_table(folder / "effects.csv", _effect, required=True)
    manifest, luck = read_manifest(folder), _luck(folder)
    if not luck:
        return EffectTables(manifest, read_aims(folder), rows)
    numbers = read_table(folder / "cells.csv", lambda record: count(record, "replication"))
    return EffectTables(manifest, read_aims(folder), rows, luck, 1 + max(numbers, default=0))


def _luck(folder: Path) -> str:
    study = json.loads((folder / "manifest.json").read_text(encoding="utf-8")).get("study")
    return text(study, "luck") if isinstance(study, dict) else ""


def _effect(record: Record) -> EffectRow:
    return EffectRow(
        target_id=text(record, "target_id"),
        key=text(record, "key"),
        role=text(record, "role"),
        method=text(record, "method"),
        effect=number(record, "effect") or 0.0,
        low=number(record, "effect_low") or 0.0,
        high=number(record, "effect_high") or 0.0,
        second=number(record, "second") or 0.0,
        is_noticeable=yes(record, "noticeable"),
        cells=count(record, "cells"),
    )
