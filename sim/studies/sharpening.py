"""`sharpen RUN`: a run's targets known more closely, from many draws of a thinned world beside its replications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from statistics import median, variance

from sim.measure.cells import is_reached, value_of
from sim.measure.measured import Measured
from sim.measure.sharpening import Costs, SharpMean, best_draws, sharp_chance, sharp_mean
from sim.measure.verdicts import decided
from sim.results.run_tables import PARAMETERS, TARGETS, TargetRow, deciding_rows
from sim.results.sharpened_tables import BLANK, CONSTANT, NO_HELP, SHARPENED, SHARPER, SharpenedRow
from sim.results.words import Words
from sim.scenario.measures import OF_LINES
from sim.studies.case import RESOLVED
from sim.studies.execution import Execution
from sim.studies.journal import Journal
from sim.studies.lock import FolderLock
from sim.studies.manifest import OpenedFolder
from sim.studies.opening import reopened
from sim.studies.progress import Listener
from sim.studies.refusals import InputRefusedError
from sim.studies.run_tables import write_codebook
from sim.studies.runner import run_study
from sim.studies.single_case import SingleCase, single_case
from sim.studies.spec import MOST_REPLICATIONS, RunSpec
from sim.studies.updating import refuse_other

THINNING = 50
"""One in so many documents and dossiers begins, unless told otherwise."""
FEWEST = 5
"""Full replications below which nothing can be said of how the two ways differ."""
_REQUIRED = "run.required_probability"
Numbered = Mapping[int, Measured]


@dataclass(frozen=True)
class Sharpened:
    """What many thinned draws add to a run.

    Attributes:
        rows: each target that is no milestone, in the plan's order.
        pairs: replications simulated both ways.
        draws: thinned draws, the paired ones among them.
        costs: seconds of one of each.
        wanted: thinned draws that narrow most for the time, from the variances seen.
        thinned: the folder of the thinned draws.
        file: the table written.
        is_whole: whether all draws asked for are there; a deadline or an interruption leaves some out.
    """

    rows: tuple[SharpenedRow, ...]
    pairs: int
    draws: int
    costs: Costs
    wanted: int
    thinned: Path
    file: Path
    is_whole: bool


def sharpen(
    run: OpenedFolder, execution: Execution, listener: Listener, *, draws: int | None = None, thinning: int = THINNING
) -> Sharpened:
    """Draw a thinned world often, correct it by the run's replications, and write a table into the run's folder.

    The thinned draws are a run of their own, in a folder of their own that later calls go on with.

    Args:
        run: the folder of a run that has tables and at least `FEWEST` replications.
        execution: how the thinned draws are run; the folder it names is theirs.
        listener: told how far it is.
        draws: thinned draws; None for as many as narrow most for the time, in no more time than the run itself took.
        thinning: one in so many documents and dossiers begins.

    Raises:
        InputRefusedError: the folder is not of a run, has no tables or too few replications, or is thinned itself; the
            program or the scenario has changed since; no thinned draw is done.
        ScenarioErrors: the scenario in the folder can no longer be read.
        FolderBusyError: somebody writes into one of the folders.
        JournalDamagedError: a replication is not what was written.
        FileWriteError, JournalWriteError: the disk refuses.
        WorkerStartError: there is nobody to run it.
    """
    refuse_other(run)
    study = reopened(run)
    if not isinstance(study, SingleCase):
        raise TypeError(f"a run's folder holds {type(study).__name__}")
    full, full_seconds = _replications(run.folder.path, study.run_hash)
    _refuse_unfit(run, study, full)
    path, thin, seconds, is_whole = _thinned(run, study, len(full), thinning, execution, listener)
    costs = Costs(full_seconds, seconds)
    targets = [
        row for row in deciding_rows(TARGETS.read(run.folder.path)) if row.measure.partition("(")[0] not in OF_LINES
    ]
    wanted = _wanted(targets, full, thin, costs)
    asked = draws or min(wanted, ceil(len(full) * costs.full / costs.thinned))
    if is_whole and asked > len(thin):
        path, thin, seconds, is_whole = _thinned(run, study, asked, thinning, execution, listener)
        costs = Costs(full_seconds, seconds)
    required = next(row.value for row in PARAMETERS.read(run.folder.path) if row.key == _REQUIRED)
    rows = tuple(_sharpened(row, full, thin, costs, required) for row in targets)
    with FolderLock(run.folder.path):
        file = run.folder.write_text(SHARPENED.file, SHARPENED.text(rows))
        write_codebook(run.folder)
    pairs = len(_pairs(full, thin))
    return Sharpened(rows, pairs, len(thin), costs, wanted, path, file, is_whole and len(thin) >= asked)


def _refuse_unfit(run: OpenedFolder, study: SingleCase, full: Numbered) -> None:
    if study.case.loaded.scenario.run.thinning > 1:
        raise InputRefusedError(
            Words(
                f"{run.shown}: chính lần này đã là mô phỏng thưa; sharpen cần một lần chạy đủ",
                f"{run.shown}: is thinned itself; sharpen needs a run of the full world",
            )
        )
    if len(full) < FEWEST:
        raise InputRefusedError(
            Words(
                f"{run.shown}: có {len(full)} lần mô phỏng, cần ít nhất {FEWEST}; chạy thêm bằng extend",
                f"{run.shown}: has {len(full)} replications, {FEWEST} are the fewest; add some with extend",
            )
        )


def _thinned(
    run: OpenedFolder, study: SingleCase, draws: int, thinning: int, execution: Execution, listener: Listener
) -> tuple[Path, Numbered, float, bool]:
    """The thinned draws, at least so many: their folder, each by its number, seconds of one, whether all are there."""
    spec = RunSpec(
        scenario=str(run.folder.path / RESOLVED),
        sets=(f"run.thinning={thinning}",),
        seed=study.case.seed,
        engine=study.spec.engine,
        replications=min(draws, MOST_REPLICATIONS),
        variance=False,
    )
    result = run_study(single_case(spec), execution, listener)
    if result.ending != "answered":
        raise InputRefusedError(
            Words(
                f"{result.path}: chưa có lần mô phỏng thưa nào dùng được; gọi lại để làm tiếp",
                f"{result.path}: no thinned draw can be used yet; ask again to go on",
            )
        )
    drawn, seconds = _replications(result.path, str(result.manifest["run_hash"]))
    return result.path, drawn, seconds, len(drawn) >= draws


def _replications(folder: Path, cell_hash: str) -> tuple[Numbered, float]:
    """The replications of a run by their numbers, and the seconds that one takes."""
    from sim.measure.payload import decode

    with Journal.to_read(folder) as journal:
        found = {number: decode(payload, months=False) for number, payload in journal.payloads(cell_hash)}
        times = [
            seconds for (of, _), (seconds, status) in journal.times().items() if of == cell_hash and status == "done"
        ]
    return found, max(median(times), 1e-6) if times else 1e-6


def _pairs(full: Numbered, thin: Numbered) -> list[int]:
    return sorted(full.keys() & thin.keys())


def _values(target: TargetRow, full: Numbered, thin: Numbered) -> tuple[list[float], list[float], list[float]] | None:
    """Values of the pairs both ways, and of all thinned draws; None where one of them is blank."""
    pairs = _pairs(full, thin)
    of_full = [value_of(full[number], target.target_id) for number in pairs]
    of_thin = {number: value_of(one, target.target_id) for number, one in thin.items()}
    if any(value is None for value in (*of_full, *of_thin.values())):
        return None
    known = {number: value or 0.0 for number, value in of_thin.items()}
    return [value or 0.0 for value in of_full], [known[number] for number in pairs], list(known.values())


def _wanted(targets: Sequence[TargetRow], full: Numbered, thin: Numbered, costs: Costs) -> int:
    """Draws that narrow most for the time: of the targets that vary and can be helped, the middle one's."""
    pairs = len(_pairs(full, thin))
    found = []
    for target in targets:
        values = _values(target, full, thin)
        if values is None or variance(values[0]) == 0.0:
            continue
        differences = [a - b for a, b in zip(values[0], values[1], strict=True)]
        best = best_draws(variance(values[0]), variance(differences), pairs, costs)
        if best > pairs:
            found.append(best)
    return ceil(median(found)) if found else pairs


def _sharpened(target: TargetRow, full: Numbered, thin: Numbered, costs: Costs, required: float) -> SharpenedRow:
    pairs = _pairs(full, thin)
    values = _values(target, full, thin)
    reached = [is_reached(full[number], target.target_id) for number in pairs]
    drawn = {number: is_reached(one, target.target_id) for number, one in thin.items()}
    paired = [drawn[number] for number in pairs]
    chance = sharp_chance(reached, paired, paired if values is None else list(drawn.values()))
    if values is None:  # a blank thinned value reaches nothing, and says nothing
        chance = replace(chance, p=chance.plain, low=chance.plain_low, high=chance.plain_high)
    mean = None if values is None else sharp_mean(*values, costs)
    return SharpenedRow(
        target_id=target.target_id,
        number=target.number,
        title_vi=target.title_vi,
        title_en=target.title_en,
        measure=target.measure,
        threshold=target.threshold,
        due=target.due,
        state=_state(mean),
        plain_mean=None if mean is None else mean.plain,
        plain_half_width=None if mean is None else mean.plain_half,
        mean=None if mean is None else mean.mean,
        half_width=None if mean is None else mean.half,
        gain=None if mean is None else mean.gain,
        correlation=None if mean is None else mean.correlation,
        plain_p=chance.plain,
        plain_p_low=chance.plain_low,
        plain_p_high=chance.plain_high,
        p=chance.p,
        p_low=chance.low,
        p_high=chance.high,
        verdict=decided(chance.low, chance.high, required),
        disagreeing=chance.disagreeing,
        n=len(pairs),
        draws=len(thin),
    )


def _state(mean: SharpMean | None) -> str:
    if mean is None:
        return BLANK
    if mean.plain_half == 0.0 and mean.half == 0.0:
        return CONSTANT
    return SHARPER if mean.is_sharper else NO_HELP
