"""The mid-term review of a run: its replications weighed by what has been measured since the plan began."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sim.measure.cells import is_reached, value_of
from sim.measure.eoffice_alone import told_alone
from sim.measure.hindcasts import days_of, simulated_on, units_of
from sim.measure.shared_draws import SharedDraws, shared_draws
from sim.measure.weighing import ENOUGH, Weights, alike, is_met, nearest, weighted_band, weighted_verdict, weights_of
from sim.results.csv_text import csv_text
from sim.results.run_tables import PARAMETERS, SERIES, TARGETS, TargetRow, deciding_rows
from sim.results.update_tables import BLANK, FED, OBSERVED, OUT_OF_RANGE, UPDATED, USED, ObservedRow, UpdatedRow
from sim.results.words import Words
from sim.scenario.errors import ScenarioErrors
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.measured_file import CALIBRATION, MeasuredFigure, measured_figures
from sim.scenario.sheet import columns, may_be_left_out
from sim.studies.case import RESOLVED
from sim.studies.journal import Journal
from sim.studies.manifest import OpenedFolder
from sim.studies.policy_only import refuse_other_values, refuse_what_needs_traffic
from sim.studies.refusals import InputRefusedError
from sim.studies.run_tables import refuse_without_tables, write_codebook

if TYPE_CHECKING:
    from sim.measure.measured import Measured

_REQUIRED = "run.required_probability"
_FEWEST = 2
Said = tuple[date | None, list[float | None]]
"""The simulated day that a figure is set beside, and what each draw says of it."""
SPENT = ("spent_million_vnd", "all")
"""Money paid out since the first day, which every province can measure."""


@dataclass(frozen=True)
class TakenIn:
    """What was measured, beside the replications of a run.

    Attributes:
        measured: the replications.
        numbers: of all draws, those of the replications first; the rest are of the money alone.
        rows: each figure beside them.
        weights: how much each draw counts.
        recognised: how the file was read, where that is worth a line.
        shared: which of the draws have their unknowns from the same row of a calibration.
    """

    measured: Sequence[Measured]
    numbers: tuple[int, ...]
    rows: tuple[ObservedRow, ...]
    weights: Weights
    recognised: tuple[Words, ...]
    shared: SharedDraws

    @property
    def effective(self) -> float:
        """Draws of what is unknown, equal ones, that the weighed ones are worth."""
        return self.shared.draws_worth(self.weights.each) if self.shared.is_any else self.weights.effective

    @property
    def more(self) -> int:
        """Replications to add until they are worth enough, at today's ratio; 0 when they are, or never will be.

        Those of a calibration are never worth more than its table, weighed by the figures in its turn.
        """
        n, effective = len(self.numbers), self.effective
        more = 0 if effective >= ENOUGH else math.ceil(n * ENOUGH / effective) - n
        return more if n + more <= self.shared.table_worth else 0


@dataclass(frozen=True)
class Update:
    """What a run says once what was measured is taken in.

    Attributes:
        observed: each figure beside the replications.
        targets: each target before and after.
        replications: how many there are.
        effective: how many they are worth now.
        more: replications to add until they are worth enough, at today's ratio; 0 when they are.
        recognised: how the file was read, where that is worth a line.
        files: the tables written.
    """

    observed: tuple[ObservedRow, ...]
    targets: tuple[UpdatedRow, ...]
    replications: int
    effective: float
    more: int
    recognised: tuple[Words, ...]
    files: tuple[Path, ...]


def update(run: OpenedFolder, observed: Path) -> Update:
    """Weigh the replications of a run by a file of figures; writes two tables into its folder.

    Args:
        run: the folder of a run that has tables.
        observed: the file, as `sim.scenario.measured_file` reads it.

    Raises:
        InputRefusedError: the folder is not of a run, has no tables or one replication only; no figure is given.
        ScenarioErrors: the file cannot be read, or something in it is wrong; all of it at once.
        JournalDamagedError: a replication is not what was written.
        FileWriteError: the disk refuses.
    """
    taken = take_in(run, observed)
    targets = updated_targets(run, taken)
    files = (
        run.folder.write_text(OBSERVED.file, OBSERVED.text(taken.rows)),
        run.folder.write_text(UPDATED.file, UPDATED.text(targets)),
    )
    write_codebook(run.folder)
    n, effective = len(taken.measured), taken.effective
    return Update(taken.rows, targets, n, effective, taken.more, taken.recognised, files)


def updated_targets(run: OpenedFolder, taken: TakenIn) -> tuple[UpdatedRow, ...]:
    """Each target under the plan's reading, before and after the run's replications are weighed."""
    path = run.folder.path
    required = next(row.value for row in PARAMETERS.read(path) if row.key == _REQUIRED)
    deciding = deciding_rows(TARGETS.read(path))
    return tuple(_updated(row, taken, required) for row in deciding)


def take_in(
    run: OpenedFolder,
    observed: Path,
    *,
    published: bool = False,
    model_error: float | None = None,
    draws: int = 0,
    loaded: LoadedScenario | None = None,
) -> TakenIn:
    """Set a file of figures beside the replications of a run, and weigh these by it.

    Args:
        run: the folder of a run that has tables.
        observed: the file, as `sim.scenario.measured_file` reads it.
        published: the file is the scenario's own, of which the run may cover a part.
        model_error: what the model itself may be off by in a share, either way, at 95 %; added to each share's error.
        draws: of how many draws in all; those beyond the run's are of the money alone.
        loaded: the run's scenario, which draws of the money alone need.

    Raises as `update`.
    """
    refuse_other(run)
    measured = replications_of(run)
    recognised: list[Words] = []
    series = measured[0].series
    figures = measured_figures(observed, units_of(series), days_of(series), recognised, published=published)
    if not figures:
        raise InputRefusedError(
            Words(f"{observed}: chưa có số đo nào ở cột value", f"{observed}: no figure in the column value yet")
        )
    said = [simulated_on(one.date, (one.measure, one.scope, one.version), measured) for one in figures]
    numbers = tuple(one.replication for one in measured)
    if draws and loaded is not None:
        numbers, said = _with_money_alone(loaded, measured, figures, said, draws)
    rows, weights = _weighed(figures, said, model_error or 0.0, is_calibrated=is_calibrated(run))
    shared = SharedDraws.none(len(numbers)) if draws else shared_by(run, measured)
    return TakenIn(measured, numbers, rows, weights, tuple(recognised), shared)


def is_calibrated(run: OpenedFolder) -> bool:
    """Whether a run drew from what agreed with measurements."""
    loaded = _scenario_of(run)
    return loaded is not None and bool(loaded.agreeing_draws)


def shared_by(run: OpenedFolder, measured: Sequence[Measured]) -> SharedDraws:
    """Which draws of a calibration the replications of a run share."""
    loaded = _scenario_of(run)
    if loaded is None:
        return SharedDraws.none(len(measured))
    return shared_draws(loaded, measured[0].seed, [one.replication for one in measured])


def _scenario_of(run: OpenedFolder) -> LoadedScenario | None:
    """None of another version of the program, whose tables can still be read."""
    with suppress(ScenarioErrors):
        return load(run.folder.path / RESOLVED)
    return None


def _with_money_alone(
    loaded: LoadedScenario,
    measured: Sequence[Measured],
    figures: Sequence[MeasuredFigure],
    said: Sequence[Said],
    draws: int,
) -> tuple[tuple[int, ...], list[Said]]:
    """The numbers of all draws, and what each says of each figure: those of the money alone after the run's."""
    wanted = [at for at, figure in enumerate(figures) if figure.feeds in ("", CALIBRATION)]
    refuse_what_needs_traffic([figures[at] for at in wanted])
    asked = [(said[at][0] or figures[at].date, figures[at].scope) for at in wanted]
    numbers = [one.replication for one in measured]
    added = sorted(set(range(draws)).difference(numbers))
    drawn = (*numbers, *added)
    told = told_alone(loaded, measured[0].seed, drawn, asked)
    alone = {at: dict(zip(drawn, values, strict=True)) for at, values in zip(wanted, told, strict=True)}
    found: list[Said] = []
    for at, (day, values) in enumerate(said):
        by_number = alone.get(at, {})
        refuse_other_values(figures[at], by_number, list(zip(numbers, values, strict=True)))
        found.append((day, [*values, *(by_number.get(number) for number in added)]))
    return drawn, found


def blank_figures(run: OpenedFolder, day: date) -> str:
    """The text of a file to be filled in: a line for each thing that the run's targets measure, and for money spent.

    Args:
        run: the folder of a run that has tables.
        day: the day of which the figures will be.

    Raises:
        InputRefusedError: the folder is not of a run, or has no tables.
    """
    refuse_other(run)
    series = {(row.measure, row.scope) for row in SERIES.read(run.folder.path)}
    asked = [(row.measure, row.scope) for row in deciding_rows(TARGETS.read(run.folder.path))]
    wanted = [key for key in dict.fromkeys([*asked, SPENT]) if key in series]
    spare = may_be_left_out(MeasuredFigure)
    names = [name for name in columns(MeasuredFigure) if name not in spare]
    return csv_text(names, ([day.isoformat(), *key, "", "", "", ""] for key in wanted))


def refuse_other(run: OpenedFolder) -> None:
    """Refuse a folder that is not of a run, or that has no tables. Raises InputRefusedError."""
    kind = run.spec.kind
    if kind != "run":
        raise InputRefusedError(
            Words(
                f"{run.shown}: chỉ kết quả của lệnh run mới đối chiếu được với số đã đo; thư mục này của {kind}",
                f"{run.shown}: only what run makes can be set beside figures; this folder is of {kind}",
            )
        )
    refuse_without_tables(run.folder.path, shown=run.shown)


def replications_of(run: OpenedFolder) -> list[Measured]:
    """The replications of a run; two are the fewest.

    Raises:
        InputRefusedError: there are fewer.
        JournalDamagedError: one is not what was written.
    """
    from sim.measure.payload import decode

    with Journal.to_read(run.folder.path) as journal:
        measured = [decode(payload) for _, payload in journal.payloads(run.manifest["run_hash"])]
    if len(measured) < _FEWEST:
        raise InputRefusedError(
            Words(
                f"{run.shown}: cần ít nhất hai lần mô phỏng; chạy thêm bằng extend",
                f"{run.shown}: two replications are the fewest; add some with extend",
            )
        )
    return measured


def _weighed(
    figures: Sequence[MeasuredFigure], said: Sequence[Said], model_error: float, *, is_calibrated: bool
) -> tuple[tuple[ObservedRow, ...], Weights]:
    n = len(said[0][1])
    errors = [one.error_with(model_error) for one in figures]
    states = [
        _state(values, figure, error, is_calibrated=is_calibrated)
        for figure, (_, values), error in zip(figures, said, errors, strict=True)
    ]
    used = [
        (values, figure.value - figure.optimism, error)
        for figure, (_, values), error, state in zip(figures, said, errors, states, strict=True)
        if state == USED
    ]
    weights = weights_of(used, n)
    rows = []
    for figure, (day, values), state in zip(figures, said, states, strict=True):
        before = weighted_band(values, alike(n))
        rows.append(
            ObservedRow(
                measured_on=figure.date,
                measure=figure.measure,
                scope=figure.scope,
                version=figure.version,
                unit=figure.unit,
                value=figure.value,
                plus_minus=figure.plus_minus,
                simulated_on=day,
                before_p05=before.p05,
                before_median=before.median,
                before_p95=before.p95,
                after_median=weighted_band(values, weights).median,
                nearest=nearest(values, figure.value - figure.optimism),
                state=state,
                source=figure.source or None,
            )
        )
    return tuple(rows), weights


def _state(values: Sequence[float | None], figure: MeasuredFigure, error: float, *, is_calibrated: bool) -> str:
    """What feeds the calibration itself informs a run that does not draw from it."""
    if all(value is None for value in values):
        return BLANK
    if figure.feeds and (is_calibrated or figure.feeds != CALIBRATION):
        return FED
    return USED if is_met(values, figure.value - figure.optimism, error) else OUT_OF_RANGE


def _updated(row: TargetRow, taken: TakenIn, required: float) -> UpdatedRow:
    measured, weights = taken.measured, taken.weights
    values = [value_of(one, row.target_id, row.reading) for one in measured]
    reached = [is_reached(one, row.target_id, row.reading) for one in measured]
    equal = alike(len(measured))
    before, after = weighted_band(values, equal), weighted_band(values, weights)
    said_before, said_after = (weighted_verdict(reached, one, required, taken.shared) for one in (equal, weights))
    return UpdatedRow(
        target_id=row.target_id,
        title_vi=row.title_vi,
        title_en=row.title_en,
        measure=row.measure,
        threshold=row.threshold,
        due=row.due,
        before_median=before.median,
        before_p05=before.p05,
        before_p95=before.p95,
        before_p_reached=said_before.p,
        before_verdict=said_before.verdict,
        after_median=after.median,
        after_p05=after.p05,
        after_p95=after.p95,
        after_p_reached=said_after.p,
        after_p_low=said_after.low,
        after_p_high=said_after.high,
        after_verdict=said_after.verdict,
        n=len(measured),
        effective=taken.effective,
        number=row.number,
    )
