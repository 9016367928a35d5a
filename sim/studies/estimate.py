"""`--dry-run`: how long it would take and how much disk, from an earlier run where there is one."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from sim.results.words import Words
from sim.studies.case import Case
from sim.studies.execution import Execution, Shard
from sim.studies.folder import MARK, FolderRefusedError, RunFolder
from sim.studies.journal import Journal
from sim.studies.journal_file import JOURNAL_FILE
from sim.studies.manifest import cell_hashes, read_manifest
from sim.studies.preparing import is_prepared
from sim.studies.refusals import InputRefusedError, refusal
from sim.studies.study import Study
from sim.studies.tasks import statuses_of, tasks_of

_SECONDS_PER_AGENCY_MONTH = {"compiled": 0.002, "simpy": 0.2}
_BYTES_PER_AGENCY_MONTH = 10
_TABLES_TO_PAYLOAD = 9
"""The journal keeps values compressed, `replications.csv` of a case by itself as text."""
_BYTES_OF_A_REPORT = 5_000_000
_ROWS_LOOKED_AT = 5
_FOLDERS_LOOKED_AT = 3
_WARM_UP_MONTHS = 3
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
    cost, is_measured = cost_of_one(case, path)
    workers = execution.processes()
    preparing = 0.0 if is_prepared(case.engine) or not amount.left else _PREPARING_SECONDS
    as_text = amount.asked * _TABLES_TO_PAYLOAD if amount.cells == 1 else 0
    return Estimate(
        case,
        path,
        amount,
        workers,
        seconds_for(amount.left, case, cost, workers),
        is_measured,
        disk_for(amount.simulations + as_text, cost),
        cost.seconds,
        _affordable(execution, amount, cost.seconds, preparing + _STARTING_SECONDS),
    )


def cost_of_one(case: Case, path: Path) -> tuple[Cost, bool]:
    """What one simulation takes, and whether that was measured: one figure for every kind of study of a scenario.

    By the latest simulations of this scenario in the folders beside, whatever asked for them, month for month.

    Args:
        case: what is simulated.
        path: the run folder, whether it is there or not.
    """
    found = [cost for costs in islice(_earlier(case, path), _FOLDERS_LOOKED_AT) for cost in costs]
    if not found:
        return _rough(case), False
    months = _months(case.loaded.scenario.horizon.start, case.loaded.scenario.horizon.end)
    seconds, kept = (median(values) for values in zip(*found, strict=True))
    return Cost(months * seconds, months * kept), True


def seconds_for(simulations: int, case: Case, cost: Cost, workers: int) -> float:
    """How long so many simulations take, with preparing the model where that has not been done, and the report."""
    preparing = 0.0 if is_prepared(case.engine) or not simulations else _PREPARING_SECONDS
    return preparing + _STARTING_SECONDS + -(-simulations // max(1, workers)) * cost.seconds


def disk_for(simulations: int, cost: Cost) -> float:
    """Bytes that a folder of so many simulations takes."""
    return simulations * cost.bytes_kept + _BYTES_OF_A_REPORT


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


def _earlier(case: Case, path: Path) -> Iterator[list[Cost]]:
    """What a month of this scenario took in the first simulations of each folder, the latest folders first."""
    beside = path.parent.iterdir() if path.parent.is_dir() else iter(())
    folders = [folder for folder in beside if folder != path and (folder / MARK).is_file()]
    folders += [path] if (path / MARK).is_file() else []
    alike = {"scenario": case.loaded.slug, "engine": case.engine}
    for folder in sorted(folders, key=_last_written, reverse=True):
        try:
            manifest = read_manifest(folder)
            if manifest is not None and manifest.items() >= alike.items():
                hashes = cell_hashes(manifest)
                with Journal.to_read(folder) as journal, closing(_rows(journal, hashes[0])) as rows:
                    costs = list(islice(rows, _ROWS_LOOKED_AT))
                months = _months(*(date.fromisoformat(manifest[f"horizon_{end}"]) for end in ("start", "end")))
                if costs:
                    yield [Cost(cost.seconds / months, cost.bytes_kept / months) for cost in costs]
        except Exception as error:
            if refusal(error) is None:
                raise


def _last_written(folder: Path) -> tuple[float, str]:
    journal = folder / JOURNAL_FILE
    return (journal.stat().st_mtime if journal.is_file() else 0.0, folder.name)


def _rows(journal: Journal, cell_hash: str) -> Generator[Cost, None, None]:
    for row in journal.rows(cell_hash):
        if row.status == "done":
            yield Cost(row.seconds, float(len(row.payload)))


def _months(start: date, end: date) -> float:
    """Months simulated, those before the first day included."""
    return (end - start).days / 30.4 + _WARM_UP_MONTHS


def _rough(case: Case) -> Cost:
    horizon = case.loaded.scenario.horizon
    agency_months = _months(horizon.start, horizon.end) * len(case.loaded.agencies)
    return Cost(agency_months * _SECONDS_PER_AGENCY_MONTH[case.engine], agency_months * _BYTES_PER_AGENCY_MONTH)
