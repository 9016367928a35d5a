"""A run held against what was reported, and predictions put down before anybody compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.measure.elsewhere import elsewhere_rows
from sim.measure.hindcasts import days_of, hindcast_rows, predicted_values, units_of
from sim.measure.left_out import left_out_rows
from sim.measure.verdicts import band_of
from sim.results.hindcast_tables import (
    BEYOND,
    ELSEWHERE,
    HINDCAST,
    LEFT_OUT,
    NOT_SIMULATED,
    PREDICTED,
    ElsewhereRow,
    HindcastRow,
    LeftOutRow,
    PredictionRow,
)
from sim.results.words import Words
from sim.scenario.asked_predictions import AskedValue, asked_values
from sim.scenario.measured_file import MeasuredFigure, measured_figures, observed_file
from sim.scenario.observations import SHAPED, SHAPES, observations
from sim.studies.manifest import OpenedFolder
from sim.studies.refusals import InputRefusedError
from sim.studies.run_tables import write_codebook
from sim.studies.updating import is_calibrated, refuse_other, replications_of, shared_by

if TYPE_CHECKING:
    from sim.measure.measured import Measured


_FEWEST_LEFT_OUT = 2
Predicted = tuple[str | None, str | None, list[float | None]]
"""Version, unit and what each replication says."""


@dataclass(frozen=True)
class Hindcast:
    """A run beside what was reported.

    Attributes:
        rows: each figure, in the order of their days.
        replications: how many there are.
        recognised: how the file was read, where that is worth a line, or that there is none.
        file: the table written.
        is_calibrated: whether the run draws from what agreed with measurements, which may be these.
        elsewhere: figures of other places beside the run, which are not scored.
        left_out: each figure foretold from the others, where that was asked for.
    """

    rows: tuple[HindcastRow, ...]
    replications: int
    recognised: tuple[Words, ...]
    file: Path
    is_calibrated: bool
    elsewhere: tuple[ElsewhereRow, ...]
    left_out: tuple[LeftOutRow, ...] = ()


def hindcast(
    run: OpenedFolder,
    at: date | None = None,
    observed: Path | None = None,
    *,
    leave_one_out: bool = False,
    model_error: float = 0.0,
) -> Hindcast:
    """Hold a run against the figures of its province; writes `hindcast.csv` and `elsewhere.csv` there.

    Args:
        run: the folder of a run that has tables.
        at: figures of a later day are not told, though the table has them; None for all within the run.
        observed: a file of figures, as `update` reads one; None for the published ones of the scenario, and where there
            are none for those of other places alone.
        leave_one_out: foretell each figure up to that day from the others, in `left_out.csv`.
        model_error: what the model itself may be off by in a share then, either way, at 95 %.

    Raises:
        InputRefusedError: the folder is not of a run, has no tables or one replication only; its file has nothing
            that the run can say, or fewer than two figures to be scored where each is to be left out.
        ScenarioErrors: the file cannot be read, or something in it is wrong; all of it at once.
        JournalDamagedError: a replication is not what was written.
        FileWriteError: the disk refuses.
    """
    refuse_other(run)
    file = observed or observed_file(str(run.manifest["scenario"]))
    measured = replications_of(run)
    recognised: list[Words] = []
    figures: tuple[MeasuredFigure, ...] = ()
    if file is not None:
        series = measured[0].series
        is_published = observed is None
        figures = measured_figures(
            file, units_of(series), days_of(series), [] if is_published else recognised, published=is_published
        )
    rows = hindcast_rows(figures, measured)
    wanted = tuple(row for row in rows if at is None or row.measured_on <= at)
    elsewhere = elsewhere_rows(observations(SHAPES, SHAPED), measured)
    if file is None:
        recognised.append(_nothing_known(str(run.manifest["scenario"])))
    elif not wanted:
        raise _nothing_by_then(run, file, at)
    left_out = _left_out(run, figures, measured, at, model_error) if leave_one_out else ()
    if leave_one_out:
        run.folder.write_text(LEFT_OUT.file, LEFT_OUT.text(left_out))
    else:  # an older one may be of other figures than those beside it now
        run.folder.inside(LEFT_OUT.file).unlink(missing_ok=True)
    written = run.folder.write_text(HINDCAST.file, HINDCAST.text(rows))
    run.folder.write_text(ELSEWHERE.file, ELSEWHERE.text(elsewhere))
    write_codebook(run.folder)
    return Hindcast(wanted, len(measured), tuple(recognised), written, is_calibrated(run), elsewhere, left_out)


def _left_out(
    run: OpenedFolder,
    figures: Sequence[MeasuredFigure],
    measured: Sequence[Measured],
    at: date | None,
    model_error: float,
) -> tuple[LeftOutRow, ...]:
    by_then = [one for one in figures if at is None or one.date <= at]
    rows = left_out_rows(by_then, measured, shared_by(run, measured), model_error)
    if len(rows) < _FEWEST_LEFT_OUT:
        raise InputRefusedError(
            Words(
                f"{run.shown}: để riêng từng số thì cần ít nhất hai số chấm được, cùng tỉnh, trong kỳ",
                f"{run.shown}: leaving each figure out needs two that can be scored, of the province and the period",
            )
        )
    return rows


def _nothing_known(scenario: str) -> Words:
    return Words(
        f"chưa có số đã báo cáo nào của {scenario} trong scenarios/observations, chỉ có số của nơi khác; số của mình:"
        " --observed TỆP.csv (mẫu: update RUN --blank TỆP.csv)",
        f"nothing reported of {scenario} is known in scenarios/observations, only figures of other places; for your own"
        " use --observed FILE.csv (update RUN --blank FILE.csv begins one)",
    )


def _nothing_by_then(run: OpenedFolder, file: Path, at: date | None) -> InputRefusedError:
    last = date.fromisoformat(str(run.manifest["horizon_end"]))
    day = last if at is None else min(at, last)
    return InputRefusedError(
        Words(
            f"{file.name}: không có số nào đến ngày {day:%d/%m/%Y} mà lần mô phỏng này cho biết",
            f"{file.name}: no figure up to {day} that this run can say",
        )
    )


def predictions(run: OpenedFolder, command: str, made_on: date) -> tuple[PredictionRow, ...]:
    """What a run predicts of all that is asked of its scenario.

    Args:
        run: the folder of a run that has tables.
        command: the words that make it again.
        made_on: today.

    Raises:
        InputRefusedError: the folder is not of a run, has no tables or one replication only; nothing is asked.
        ScenarioErrors: the list of what is asked cannot be read.
        JournalDamagedError: a replication is not what was written.
    """
    refuse_other(run)
    scenario = str(run.manifest["scenario"])
    asked = asked_values(scenario)
    if not asked:
        raise InputRefusedError(
            Words(
                f"{scenario}: scenarios/predictions/asked.csv không hỏi gì về kịch bản này",
                f"{scenario}: scenarios/predictions/asked.csv asks nothing of this scenario",
            )
        )
    measured = replications_of(run)
    kept = {
        "made_on": made_on,
        "scenario": scenario,
        "seed": int(run.manifest["seed"]),
        "replications": len(measured),
        "model_version": str(run.manifest["model_version"]),
        "scenario_hash": str(run.manifest["scenario_hash"]),
        "command": command,
    }
    return tuple(row for one in asked for row in _predicted(one, measured, kept))


def _predicted(asked: AskedValue, measured: Sequence[Measured], kept: dict[str, Any]) -> Iterator[PredictionRow]:
    is_beyond = asked.date > days_of(measured[0].series)[1]
    found: list[Predicted] = [] if is_beyond else [*predicted_values(asked, measured)]
    state = BEYOND if is_beyond else PREDICTED if found else NOT_SIMULATED
    nothing: Predicted = (None, None, [])
    for version, unit, values in found or [nothing]:
        told = [value for value in values if value is not None]
        median, p05, p95 = band_of(told)
        yield PredictionRow(
            date=asked.date,
            window=asked.window,
            measure=asked.measure,
            scope=asked.scope,
            version=version,
            unit=unit,
            median=median,
            p05=p05,
            p95=p95,
            n=len(told),
            state=state if told or not found else NOT_SIMULATED,
            definition_vi=asked.definition_vi,
            definition_en=asked.definition_en,
            **kept,
        )
