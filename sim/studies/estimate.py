"""`--dry-run`: how long it would take and how much disk, from an earlier run where there is one."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from sim.results.words import Words
from sim.studies.case import Case
from sim.studies.execution import Execution
from sim.studies.folder import MARK, FolderRefusedError, RunFolder
from sim.studies.journal import Journal
from sim.studies.manifest import cell_hashes, read_manifest
from sim.studies.preparing import is_prepared
from sim.studies.refusals import InputRefusedError, refusal
from sim.studies.shard import Shard
from sim.studies.study import Study
from sim.studies.tasks import statuses_of, tasks_of

_SECONDS_PER_AGENCY_MONTH = {"compiled": 0.002, "simpy": 0.2}
_BYTES_PER_AGENCY_MONTH = 10
_TABLES_TO_PAYLOAD = 9
"""The journal keeps values compressed, `replications.csv` of a case by itself as text."""
_BYTES_OF_A_REPORT = 5_000_000
_ROWS_LOOKED_AT = 5
_PREPARING_SECONDS = 60.0
_STARTING_SECONDS = 10.0


class Cost(NamedTuple):
    """What one replication takes."""

    seconds: float
    bytes_kept: float


class Amount(NamedTuple):
    """How much there is to do.

    Attributes:
        cells: cases.
        asked: replications of each.
        held: of these, done in every case.
        simulations: all that the journal will hold, those under another luck included; of a shard, its own.
        left: simulations still to be run.
    """

    cells: int
    asked: int
    held: int
    simulations: int
    left: int


@dataclass(frozen=True)
class Estimate:
    """What a study would take.

    Attributes:
        case: the case, or the baseline of several.
        path: the run folder.
        amount: how much there is to do.
        workers: processes asked for.
        seconds: until the answer.
        is_measured: whether earlier replications on this machine tell how long one takes.
        disk_bytes: that the folder will take.
        seconds_each: that one simulation takes one process.
        affordable: of the simulations left, those that fit in before the deadline; None without one.
    """

    case: Case
    path: Path
    amount: Amount
    workers: int
    seconds: float
    is_measured: bool
    disk_bytes: float
    seconds_each: float
    affordable: int | None


def estimate(study: Study, execution: Execution) -> Estimate:
    """What the study would take; nothing is written.

    Raises:
        InputRefusedError: the folder holds another run.
    """
    path = execution.folder(study.folder_name)
    amount = _amount(study, execution, path)
    case = study.case
    measured = next(_earlier(case, path), None)
    cost = measured or _rough(case)
    workers = execution.processes()
    preparing = 0.0 if is_prepared(case.engine) or not amount.left else _PREPARING_SECONDS
    seconds = preparing + _STARTING_SECONDS + -(-amount.left // max(1, workers)) * cost.seconds
    as_text = amount.asked * _TABLES_TO_PAYLOAD if amount.cells == 1 else 0
    return Estimate(
        case,
        path,
        amount,
        workers,
        seconds,
        measured is not None,
        (amount.simulations + as_text) * cost.bytes_kept + _BYTES_OF_A_REPORT,
        cost.seconds,
        _affordable(execution, amount, cost.seconds, preparing + _STARTING_SECONDS),
    )


def _amount(study: Study, execution: Execution, path: Path) -> Amount:
    cells, shard = study.cells(path), execution.shard
    wanted = tasks_of(study, path, study.wanted, shard)
    folder = _folder(path, study.run_hash)
    if folder is None:
        return Amount(len(cells), len(_numbers(study, shard, study.wanted)), 0, len(wanted), len(wanted))
    with Journal.to_read(folder.path) as journal:
        held = [journal.held(cell.cell_hash) for cell in cells.values()]
        asked = max([study.wanted, *(number + 1 for each in held for number in each)])
        wanted = tasks_of(study, path, asked, shard)
        statuses = statuses_of(wanted, journal)
    numbers = _numbers(study, shard, asked)
    in_all = sum(all(each.get(number) == "done" for each in held) for number in numbers)
    left = len(wanted) - list(statuses.values()).count("done")
    return Amount(len(cells), len(numbers), in_all, len(wanted), left)


def _numbers(study: Study, shard: Shard | None, asked: int) -> list[int]:
    if shard is None or study.by_cell:
        return list(range(asked))
    return [number for number in range(asked) if shard.holds(number)]


def _affordable(execution: Execution, amount: Amount, seconds_each: float, before: float) -> int | None:
    """How many of the simulations left fit in before the deadline, if there is one."""
    if execution.deadline is None:
        return None
    rounds = max(0.0, execution.deadline.seconds_to_simulate() - before) // max(seconds_each, 1e-3)
    return min(amount.left, int(rounds) * max(1, execution.processes()))


def _folder(path: Path, run_hash: str) -> RunFolder | None:
    with suppress(FolderRefusedError):
        folder = RunFolder.opened(path)
        if folder.run_hash != run_hash:
            vietnamese = "thư mục chứa kết quả của kịch bản hoặc phiên bản chương trình khác"
            english = "the folder holds the results of another scenario or program version"
            raise InputRefusedError(Words(f"{path}: {vietnamese}", f"{path}: {english}"))
        return folder
    return None


def _earlier(case: Case, path: Path) -> Iterator[Cost]:
    """What replications of this scenario took: those of this very run first, then those of runs beside it."""
    beside = path.parent.iterdir() if path.parent.is_dir() else iter(())
    folders = [folder for folder in beside if folder != path and (folder / MARK).is_file()]
    horizon = case.loaded.scenario.horizon
    alike = {
        "scenario": case.loaded.slug,
        "engine": case.engine,
        "horizon_start": horizon.start.isoformat(),
        "horizon_end": horizon.end.isoformat(),
    }
    for folder in [path, *sorted(folders)]:
        try:
            manifest = read_manifest(folder)
            if manifest is not None and manifest.items() >= alike.items():
                hashes = cell_hashes(manifest)
                with Journal.to_read(folder) as journal, closing(_rows(journal, hashes[0])) as rows:
                    costs = list(islice(rows, _ROWS_LOOKED_AT))
                if costs:
                    yield Cost(median(cost.seconds for cost in costs), median(cost.bytes_kept for cost in costs))
        except Exception as error:
            if refusal(error) is None:
                raise


def _rows(journal: Journal, cell_hash: str) -> Generator[Cost, None, None]:
    for row in journal.rows(cell_hash):
        if row.status == "done":
            yield Cost(row.seconds, float(len(row.payload)))


def _rough(case: Case) -> Cost:
    horizon = case.loaded.scenario.horizon
    months = (horizon.end - horizon.start).days / 30.4 + 3
    agency_months = months * len(case.loaded.agencies)
    return Cost(agency_months * _SECONDS_PER_AGENCY_MONTH[case.engine], agency_months * _BYTES_PER_AGENCY_MONTH)
