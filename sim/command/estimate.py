"""`--dry-run`: how long it would take and how much disk, from an earlier run where there is one."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from sim.command import exit_codes
from sim.command import manifest as kept
from sim.command.carrying_out import Order, Study
from sim.command.console import Console
from sim.results.words import Words
from sim.studies.case import Case
from sim.studies.executor_choice import is_prepared
from sim.studies.folder import MARK, FolderRefusedError, RunFolder
from sim.studies.journal import Journal
from sim.studies.progress import ENGLISH, VIETNAMESE, duration
from sim.studies.refusals import InputRefusedError, refusal
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


def estimate(order: Order, study: Study, console: Console) -> int:
    """Say what the command would do; nothing is written.

    Raises:
        InputRefusedError: the folder holds another run.
        FileWriteError: standard output is full.
    """
    amount = _amount(order, study)
    case = study.case
    measured = next(_earlier(case, order.path), None)
    cost = measured or _rough(case)
    workers = max(1, order.workers)
    preparing = 0.0 if is_prepared(case.engine) or not amount.left else _PREPARING_SECONDS
    seconds = preparing + _STARTING_SECONDS + -(-amount.left // workers) * cost.seconds
    affordable = _affordable(order, amount, cost.seconds, preparing + _STARTING_SECONDS)
    as_text = amount.asked * _TABLES_TO_PAYLOAD if amount.cells == 1 else 0
    disk = (amount.simulations + as_text) * cost.bytes_kept + _BYTES_OF_A_REPORT
    if console.as_json:
        content = {
            "cells": amount.cells,
            "replications": {"asked": amount.asked, "held": amount.held, "left": amount.asked - amount.held},
            "simulations": {"asked": amount.simulations, "left": amount.left},
            "workers": order.workers,
            **({} if affordable is None else {"affordable_simulations": affordable}),
            "seconds": round(seconds, 1),
            "basis": "measured" if measured else "rough",
            "disk_bytes": round(disk),
            "folder": str(order.path),
        }
        console.answer_json(f"{order.command} --dry-run", content)
        return exit_codes.DONE
    time = duration(seconds, VIETNAMESE if console.lang == "vi" else ENGLISH)
    basis = _EARLIER if measured else _ROUGH
    cases = Words(f"{amount.cells} trường hợp", "1 case" if amount.cells == 1 else f"{amount.cells} cases")
    vietnamese = [
        f"{case.loaded.scenario.title.vi}",
        f"{cases.vi}, {amount.asked} lần chạy mỗi trường hợp: đã có {amount.held}, còn {amount.asked - amount.held}",
        f"tất cả {amount.simulations} lần mô phỏng, còn {amount.left}",
        f"thời gian: khoảng {time} với {workers} tiến trình ({basis.vi})",
        f"đĩa: khoảng {disk / 1e6:.0f} MB trong {order.path}",
    ]
    english = [
        f"{case.loaded.scenario.title.en}",
        f"{cases.en}, {amount.asked} replications each: {amount.held} held, {amount.asked - amount.held} left",
        f"{amount.simulations} simulations in all, {amount.left} left",
        f"time: about {time} with {workers} processes ({basis.en})",
        f"disk: about {disk / 1e6:.0f} MB in {order.path}",
    ]
    if affordable is not None:
        vietnamese.append(f"đến hạn: chừng {affordable} trong {amount.left} lần mô phỏng đó")
        english.append(f"by the deadline: about {affordable} of those {amount.left} simulations")
    console.answer(Words("\n".join(vietnamese), "\n".join(english)).text(console.lang))
    return exit_codes.DONE


_EARLIER = Words("đo từ lần chạy trước trên máy này", "as earlier replications took")
_ROUGH = Words("ước lượng thô, chưa có lần chạy nào để đo", "a rough figure, there is no earlier run to go by")


def _amount(order: Order, study: Study) -> Amount:
    cells = study.cells(order.path)
    wanted = tasks_of(study, order.path, order.wanted, order.shard)
    folder = _folder(order.path, study.run_hash)
    if folder is None:
        return Amount(len(cells), len(_numbers(order, study, order.wanted)), 0, len(wanted), len(wanted))
    with Journal.to_read(folder.path) as journal:
        held = [journal.held(cell.cell_hash) for cell in cells.values()]
        asked = max([order.wanted, *(number + 1 for each in held for number in each)])
        wanted = tasks_of(study, order.path, asked, order.shard)
        statuses = statuses_of(wanted, journal)
    numbers = _numbers(order, study, asked)
    in_all = sum(all(each.get(number) == "done" for each in held) for number in numbers)
    left = len(wanted) - list(statuses.values()).count("done")
    return Amount(len(cells), len(numbers), in_all, len(wanted), left)


def _numbers(order: Order, study: Study, asked: int) -> list[int]:
    whole = order.shard is None or study.by_cell
    return [number for number in range(asked) if whole or (order.shard is not None and order.shard.holds(number))]


def _affordable(order: Order, amount: Amount, seconds_each: float, before: float) -> int | None:
    """How many of the simulations left fit in before the deadline, if there is one."""
    if order.deadline is None:
        return None
    rounds = max(0.0, order.deadline.seconds_to_simulate() - before) // max(seconds_each, 1e-3)
    return min(amount.left, int(rounds) * max(1, order.workers))


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
            manifest = kept.read_manifest(folder)
            if manifest is not None and manifest.items() >= alike.items():
                hashes = kept.cell_hashes(manifest)
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
