"""`sharpen RUN`: a run's targets known more closely, from many draws of a thinned world beside its replications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path
from statistics import median, variance
from typing import Any

from sim.measure.cells import is_reached, value_of
from sim.measure.measured import Measured
from sim.measure.shared_draws import shared_draws
from sim.measure.sharpening import Costs, SharpMean, best_draws, sharp_chance, sharp_mean
from sim.measure.verdicts import decided
from sim.results.run_tables import PARAMETERS, TARGETS, TargetRow, deciding_rows
from sim.results.sharpened_tables import BLANK, CONSTANT, NO_HELP, SHARPENED, SHARPER, WIDER, SharpenedRow
from sim.results.words import Words
from sim.scenario.loading import LoadedScenario
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
DRAWS_EACH = 12
"""Thinned draws for each full replication unless told otherwise: of Bình Định about as much simulating again."""
FEWEST = 5
"""Pairs below which nothing can be said of how the two ways differ."""
_REQUIRED = "run.required_probability"


@dataclass(frozen=True)
class Sharpened:
    """What many thinned draws add to a run.

    Attributes:
        rows: each target that is no milestone, in the plan's order.
        pairs: replications simulated both ways.
        draws: thinned draws, the paired ones among them.
        costs: seconds of one of each.
        wanted: thinned draws beside these pairs that narrow most for the time, from the variances seen.
        thinned: the folder of the thinned draws.
        file: the table written.
        is_whole: whether all draws asked for have ended; a deadline leaves some out.
    """

    rows: tuple[SharpenedRow, ...]
    pairs: int
    draws: int
    costs: Costs
    wanted: int
    thinned: Path
    file: Path
    is_whole: bool


@dataclass(frozen=True)
class _Level:
    """Replications of one level, by their numbers, and the seconds that one takes."""

    folder: Path
    measured: Mapping[int, Measured]
    seconds: float
    is_whole: bool = True


def sharpen(
    run: OpenedFolder, execution: Execution, listener: Listener, *, draws: int | None = None, thinning: int = THINNING
) -> Sharpened:
    """Draw a thinned world often, correct it by the run's replications, and write a table into the run's folder.

    The thinned draws are a run of their own, in a folder of their own that later calls go on with.

    Args:
        run: the folder of a run that has tables and at least `FEWEST` replications.
        execution: how the thinned draws are run; the folder it names is theirs.
        listener: told how far it is.
        draws: thinned draws, more than the run has replications; None for `DRAWS_EACH` times as many.
        thinning: one in so many documents and dossiers begins.

    Raises:
        InputRefusedError: the folder is not of a run, has no tables or too few replications, or is thinned itself; the
            program or the scenario has changed since; too few thinned draws are done.
        KeyboardInterrupt: it was stopped from outside; what is done is kept.
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
    full = _level(run.folder.path, run.manifest)
    _refuse_unfit(run, study, full.measured)
    asked = min(draws or DRAWS_EACH * len(full.measured), MOST_REPLICATIONS)
    thin = _thinned(run, study, asked, thinning, execution, listener)
    pairs = sorted(full.measured.keys() & thin.measured.keys())
    if len(pairs) < FEWEST or len(thin.measured) <= len(pairs):
        raise _too_few(thin.folder, len(thin.measured), len(full.measured))
    deciding = deciding_rows(TARGETS.read(run.folder.path))
    targets = [row for row in deciding if row.measure.partition("(")[0] not in OF_LINES]
    required = next(row.value for row in PARAMETERS.read(run.folder.path) if row.key == _REQUIRED)
    levels = _Levels(study.case.loaded, study.case.seed, full.measured, thin.measured)
    rows = tuple(levels.row(target, required) for target in targets)
    with FolderLock(run.folder.path):
        file = run.folder.write_text(SHARPENED.file, SHARPENED.text(rows))
        write_codebook(run.folder)
    costs = Costs(full.seconds, thin.seconds)
    wanted = levels.wanted(targets, costs)
    return Sharpened(rows, len(pairs), len(thin.measured), costs, wanted, thin.folder, file, thin.is_whole)


def _refuse_unfit(run: OpenedFolder, study: SingleCase, full: Mapping[int, Measured]) -> None:
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


def _too_few(folder: Path, there: int, pairs: int) -> InputRefusedError:
    return InputRefusedError(
        Words(
            f"{folder}: mới có {there} lần mô phỏng thưa, cần nhiều hơn {max(pairs, FEWEST)}; tăng --draws, hoặc gọi"
            " lại với thời gian dài hơn để làm tiếp",
            f"{folder}: has {there} thinned draws, more than {max(pairs, FEWEST)} are needed; give more --draws, or ask"
            " again with more time to go on",
        )
    )


def _thinned(
    run: OpenedFolder, study: SingleCase, draws: int, thinning: int, execution: Execution, listener: Listener
) -> _Level:
    """The thinned draws, so many or more where the folder has them."""
    spec = RunSpec(
        scenario=str(run.folder.path / RESOLVED),
        sets=(f"run.thinning={thinning}",),
        seed=study.case.seed,
        engine=study.spec.engine,
        replications=draws,
        variance=False,
    )
    result = run_study(single_case(spec), execution, listener)
    if result.ending == "interrupted":
        raise KeyboardInterrupt
    if result.ending != "answered":
        raise _too_few(result.path, 0, FEWEST)
    return _level(result.path, result.manifest)


def _level(folder: Path, manifest: Mapping[str, Any]) -> _Level:
    """The replications that the folder's own tables rest on: of one cut short, the unbroken beginning."""
    from sim.measure.payload import decode

    cell_hash, counted = str(manifest["run_hash"]), int(manifest["replications_done"])
    with Journal.to_read(folder) as journal:
        found = {number: decode(payload, months=False) for number, payload in journal.payloads(cell_hash)}
        times = [
            seconds for (of, _), (seconds, status) in journal.times().items() if (of, status) == (cell_hash, "done")
        ]
    measured = {number: found[number] for number in sorted(found)[:counted]}
    ended = counted + int(manifest["replications_failed"])
    return _Level(folder, measured, median(times), ended >= int(manifest["replications_asked"]))


class _Levels:
    """Both levels of every target."""

    def __init__(
        self, loaded: LoadedScenario, seed: int, full: Mapping[int, Measured], thin: Mapping[int, Measured]
    ) -> None:
        self._pairs = sorted(full.keys() & thin.keys())
        numbers = [*self._pairs, *sorted(thin.keys() - full.keys())]
        self._full = [full[number] for number in self._pairs]
        self._thin = [thin[number] for number in numbers]
        self._shared = shared_draws(loaded, seed, numbers)

    def _worth(self, full: Sequence[float], draws: Sequence[float]) -> tuple[float, float]:
        return self._shared.of(range(len(full))).worth(full), self._shared.worth(draws)

    def _values(self, target: TargetRow) -> tuple[list[float], list[float]] | None:
        """Values of the full replications, and of all thinned draws, the paired ones first; None where one is blank."""
        full, thin = ([value_of(one, target.target_id) for one in level] for level in (self._full, self._thin))
        if any(value is None for value in (*full, *thin)):
            return None
        return [value or 0.0 for value in full], [value or 0.0 for value in thin]

    def wanted(self, targets: Sequence[TargetRow], costs: Costs) -> int:
        """Draws that narrow most for the time: of the targets that vary and can be helped, the middle one's."""
        pairs, found = len(self._pairs), []
        for target in targets:
            values = self._values(target)
            if values is None or variance(values[0]) == 0.0:
                continue
            differences = [a - b for a, b in zip(values[0], values[1][:pairs], strict=True)]
            best = best_draws(variance(values[0]), variance(differences), pairs, costs)
            if best > pairs:
                found.append(best)
        if not found:
            return pairs
        most = min(MOST_REPLICATIONS, self._shared.table_worth)  # of a calibration more draws tell hardly more
        return int(min(ceil(median(found)), max(most, pairs)))

    def row(self, target: TargetRow, required: float) -> SharpenedRow:
        """One target before and after."""
        pairs, values = len(self._pairs), self._values(target)
        reached, drawn = ([is_reached(one, target.target_id) for one in level] for level in (self._full, self._thin))
        worth = self._worth([float(one) for one in reached], [float(one) for one in drawn])
        chance = sharp_chance(reached, drawn[:pairs], drawn, worth)
        if values is None:  # a blank value reaches nothing, and says nothing
            chance = replace(chance, p=chance.plain, low=chance.plain_low, high=chance.plain_high)
        mean = None
        if values is not None:
            mean = sharp_mean(values[0], values[1][:pairs], values[1], self._worth(*values))
        return SharpenedRow(
            target_id=target.target_id,
            number=target.number,
            title_vi=target.title_vi,
            title_en=target.title_en,
            measure=target.measure,
            threshold=target.threshold,
            due=target.due,
            state=_state(mean, values),
            plain_mean=None if mean is None else mean.plain,
            plain_half_width=None if mean is None else mean.plain_half,
            mean=None if mean is None else mean.mean,
            half_width=None if mean is None else mean.half,
            worth=None if mean is None else mean.worth,
            correlation=None if mean is None else mean.correlation,
            plain_p=chance.plain,
            plain_p_low=chance.plain_low,
            plain_p_high=chance.plain_high,
            p=chance.p,
            p_low=chance.low,
            p_high=chance.high,
            verdict=decided(chance.low, chance.high, required),
            disagreeing=chance.disagreeing,
            n=pairs,
            draws=len(self._thin),
        )


def _state(mean: SharpMean | None, values: tuple[Sequence[float], Sequence[float]] | None) -> str:
    if mean is None or values is None:
        return BLANK
    if len({*values[0], *values[1]}) == 1:
        return CONSTANT
    if not mean.is_sharper:
        return NO_HELP
    return SHARPER if mean.half < mean.plain_half else WIDER
