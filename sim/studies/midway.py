"""What to measure in the middle of a plan: the figures of a day that would narrow each target most."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sim.measure.cells import value_of
from sim.measure.measured import Measured
from sim.measure.shared_draws import SharedDraws
from sim.measure.worth import Worth, worth_measuring
from sim.results.run_tables import TARGETS, TargetRow, deciding_rows
from sim.results.update_tables import WORTH, WorthRow
from sim.results.words import Words
from sim.scenario.measured_file import VERSIONS
from sim.studies.manifest import OpenedFolder
from sim.studies.refusals import InputRefusedError
from sim.studies.run_tables import write_codebook
from sim.studies.updating import refuse_other, replications_of, shared_by

Figure = tuple[str, str, str]
"""Measure, scope and version, as the run's series name them."""


@dataclass(frozen=True)
class Midway:
    """What is worth measuring.

    Attributes:
        day: the end of the simulated month on which it would be.
        rows: by target in the plan's order, what to measure first, second and third.
        asked: targets that are due later and whose value differs between replications.
        unclear: those of them for which no figure stands out from chance.
        replications: how many there are.
        file: the table written.
    """

    day: date
    rows: tuple[WorthRow, ...]
    asked: tuple[TargetRow, ...]
    unclear: tuple[TargetRow, ...]
    replications: int
    file: Path


def midway(run: OpenedFolder, day: date | None = None) -> Midway:
    """Say what to measure on a day; writes a table into the run's folder.

    Args:
        run: the folder of a run that has tables.
        day: when; the middle of the simulated period when None.

    Raises:
        InputRefusedError: the folder is not of a run, has no tables or one replication only; the day is outside the
            simulated period; no target is still open then.
        JournalDamagedError: a replication is not what was written.
        FileWriteError: the disk refuses.
    """
    refuse_other(run)
    measured = replications_of(run)
    month = _month(measured[0], day)
    figures = _figures(measured, month)
    asked = [row for row in deciding_rows(TARGETS.read(run.folder.path)) if row.due > month and _varies(row, measured)]
    if not asked:
        raise InputRefusedError(
            Words(
                f"{run.shown}: không chỉ tiêu nào đến hạn sau {month:%d/%m/%Y} mà còn chưa rõ kết quả",
                f"{run.shown}: no target due after {month.isoformat()} comes out differently between replications",
            )
        )
    shared = shared_by(run, measured)
    found = [(row, _worth(figures, row, measured, len(asked), shared)) for row in asked]
    rows = tuple(
        _row(target, month, rank, one, len(measured))
        for target, worth in found
        for rank, one in enumerate(worth, start=1)
    )
    unclear = tuple(target for target, worth in found if not worth)
    file = run.folder.write_text(WORTH.file, WORTH.text(rows))
    write_codebook(run.folder)
    return Midway(month, rows, tuple(asked), unclear, len(measured), file)


def _month(one: Measured, day: date | None) -> date:
    """The last simulated month's end that is not after the day."""
    months: list[date] = sorted({moment.date() for moment in one.series["date"]})
    if day is None:
        return months[(len(months) - 1) // 2]
    before = [month for month in months if month <= day]
    if not before or day > months[-1]:
        said = f"{months[0]:%d/%m/%Y}-{months[-1]:%d/%m/%Y}", f"{months[0].isoformat()} to {months[-1].isoformat()}"
        raise InputRefusedError(Words(f"--day: mô phỏng chỉ có {said[0]}", f"--day: the run has {said[1]} only"))
    return before[-1]


def _figures(measured: Sequence[Measured], month: date) -> Mapping[Figure, Sequence[float]]:
    """Of all that every replication can say of the month, as agencies report it where they do."""
    each: list[dict[Figure, float]] = []
    for one in measured:
        rows = one.series[one.series["date"].dt.date == month]
        values = zip(rows["measure"], rows["scope"], rows["version"], rows["value"], strict=True)
        each.append({(measure, scope, version): float(value) for measure, scope, version, value in values})
    known = {key for key in each[0] if all(not math.isnan(one.get(key, math.nan)) for one in each)}
    reported, true = VERSIONS
    return {
        key: [one[key] for one in each]
        for key in sorted(known)
        if key[2] != true or (key[0], key[1], reported) not in known
    }


def _varies(target: TargetRow, measured: Sequence[Measured]) -> bool:
    return len({*_values(target, measured)}) > 1


def _worth(
    figures: Mapping[Figure, Sequence[float]],
    target: TargetRow,
    measured: Sequence[Measured],
    targets: int,
    shared: SharedDraws,
) -> list[Worth[Figure]]:
    """Of a target that has no value in some replication nothing is told."""
    values = _values(target, measured)
    return worth_measuring(figures, values, targets, shared) if len(values) == len(measured) else []


def _values(target: TargetRow, measured: Sequence[Measured]) -> list[float]:
    values = [value_of(one, target.target_id, target.reading) for one in measured]
    return [value for value in values if value is not None]


def _row(target: TargetRow, month: date, rank: int, worth: Worth[Figure], n: int) -> WorthRow:
    measure, scope, version = worth.figure
    return WorthRow(
        target_id=target.target_id,
        title_vi=target.title_vi,
        title_en=target.title_en,
        measured_on=month,
        rank=rank,
        measure=measure,
        scope=scope,
        version=version,
        rank_correlation=worth.correlation,
        spread_left=worth.spread_left,
        n=n,
        number=target.number,
    )
