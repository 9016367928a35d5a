"""The table of effects in a folder: which key moves which target, and how sure that is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.report.cells import text
from sim.report.rows import Manifest
from sim.report.study_tables import Aim, read_aims, read_cells, study_keys
from sim.report.tables import read_manifest
from sim.results.study_tables import EFFECTS, EffectRow


@dataclass(frozen=True, slots=True)
class EffectTables:
    """What the page of a sensitivity study reads.

    Attributes:
        manifest: of the folder.
        aims: what the targets ask.
        rows: the effects.
        luck: `common` where all cells met the same futures, `own` where each met its own; empty for a run.
        futures: replications of each cell; 0 for a run.
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
    rows = EFFECTS.read(folder)
    manifest, study = read_manifest(folder), _study(folder)
    luck = text(study, "luck")
    if not luck:
        return EffectTables(manifest, read_aims(folder), rows)
    last = max((row.replication for row in read_cells(folder, study_keys(study))), default=0)
    return EffectTables(manifest, read_aims(folder), rows, luck, 1 + last)


def _study(folder: Path) -> Mapping[str, object]:
    """What the manifest says of the study; nothing for a run."""
    study = json.loads((folder / "manifest.json").read_text(encoding="utf-8")).get("study")
    return study if isinstance(study, dict) else {}
