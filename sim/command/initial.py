"""`init SCENARIO`: fit the state of use on the first day to what the plan reports of it."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.program import command_line
from sim.results.words import Words
from sim.studies.execution import RESULTS, Execution
from sim.studies.refusals import InputRefusedError

if TYPE_CHECKING:
    from sim.scenario.loading import LoadedScenario
    from sim.studies.case import Case
    from sim.studies.cell import Cell
    from sim.studies.fitting import Fit, Tried

CANDIDATES = 200
FEWEST_WIDE, MOST_WIDE = 20, 100
"""Candidates anywhere, half as many as the others within these bounds."""
FOLDER = "initial"
_UNFITTED = ('start.fitted=""', 'start.residuals=""')
_PROGRESS = {"vi": "{done}/{total} trạng thái đã thử", "en": "{done}/{total} starting states tried"}


def init(words: Namespace, console: Console) -> int:
    """Try starting states, keep those whose reports would have been the plan's, write them and say what remains."""
    from sim.command.initial_answer import Answer
    from sim.scenario.loading import load
    from sim.studies.case import case_of

    loaded = load(words.scenario, sets=_UNFITTED)
    if not any(baseline.fitted for baseline in loaded.scenario.baselines):
        name = loaded.slug
        vietnamese = f"{name}: không có số báo cáo nào ([[baselines]]) để ước lượng trạng thái đầu kỳ"
        english = f"{name}: nothing is reported of the start ([[baselines]]), so there is nothing to fit to"
        raise InputRefusedError(Words(vietnamese, english))
    path = _new_file(words.out, loaded)
    case = case_of(loaded)
    number = words.candidates or CANDIDATES
    try:
        stated, wide = _tried(case, number, Execution(workers=words.workers).processes(), console)
    except KeyboardInterrupt:
        again = command_line(words.typed)
        vietnamese = f"đã dừng; các trạng thái đã thử vẫn giữ nguyên. Chạy tiếp bằng:\n{again}"
        console.say(Words(vietnamese, f"stopped; what was tried is kept. Go on with:\n{again}"))
        return exit_codes.INTERRUPTED
    answer = Answer(loaded, _fitted(loaded, stated, wide, console), (number, len(wide.candidates)), path)
    answer.write()
    if console.as_json:
        console.answer_json("init", answer.content())
    else:
        console.answer(answer.text(console.lang))
    return exit_codes.SOME_FAILED if stated.failures or wide.failures else exit_codes.DONE


def _new_file(out: str | None, loaded: LoadedScenario) -> Path:
    """Where the states go; what is there is never overwritten.

    Raises:
        InputRefusedError: it is there already, or is no CSV file.
    """
    from sim.command.initial_answer import residuals_path
    from sim.scenario.places import SCENARIOS, own_file

    scenario, name = loaded.path.resolve(), f"{loaded.slug}.csv"
    usual = own_file(FOLDER, name) if scenario.is_relative_to(SCENARIOS) else scenario.parent / FOLDER / name
    path = Path(out) if out else usual
    if path.suffix != ".csv":
        vietnamese, english = f"{path}: tên tệp phải có đuôi .csv", f"{path}: the file's name must end in .csv"
        raise InputRefusedError(Words(vietnamese, english))
    for taken in (path, residuals_path(path)):
        if taken.exists():
            free = _free_name(path)
            vietnamese = f"{taken}: đã có, không ghi đè; thêm --out {free}"
            english = f"{taken}: is there already and is never overwritten; add --out {free}"
            raise InputRefusedError(Words(vietnamese, english))
    return path


def _free_name(path: Path) -> Path:
    from sim.command.initial_answer import residuals_path

    number = 2
    while True:
        free = path.with_name(f"{path.stem}_{number}.csv")
        if not free.exists() and not residuals_path(free).exists():
            return free
        number += 1


def _tried(case: Case, number: int, workers: int, console: Console) -> tuple[Tried, Tried]:
    """Simulate the candidates of the stated ranges, then those anywhere.

    What is finished stays in a folder under `results` until all are, so that the same command goes on from there.

    Raises:
        FolderBusyError: another process is at the same fit.
        FileWriteError, JournalWriteError: the disk refuses.
    """
    from sim.results.atomic_files import write_bytes_atomic
    from sim.studies.fitting import try_candidates
    from sim.studies.folder import run_folder_name
    from sim.studies.preparing import prepare
    from sim.studies.progress import ENGLISH, VIETNAMESE
    from sim.studies.progress_bar import progress_on
    from sim.studies.replications import local_executor
    from sim.studies.start_model import look_at_start

    texts = {**(VIETNAMESE if console.lang == "vi" else ENGLISH), "done": _PROGRESS[console.lang]}
    prepare(case, console)
    folder = RESULTS / f"init-{run_folder_name(case.loaded.slug, _cell(case, Path(), wide=False).cell_hash)}"
    for file, content in case.files.items():
        _make_folder((folder / file).parent)
        write_bytes_atomic(folder / file, content)
    cells = [_cell(case, folder, wide=wide) for wide in (False, True)]
    wanted = list(zip(cells, (number, min(MOST_WIDE, max(FEWEST_WIDE, number // 2))), strict=True))
    executor = local_executor(look_at_start, workers)
    try:
        stated, wide = try_candidates(wanted, folder, executor, progress_on(sys.stderr, texts))
    finally:
        executor.stop()
    shutil.rmtree(folder, ignore_errors=True)
    return stated, wide


def _make_folder(folder: Path) -> None:
    from sim.results.atomic_files import FileWriteError, plain_reason

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileWriteError(folder, plain_reason(error)) from error


def _cell(case: Case, folder: Path, *, wide: bool) -> Cell:
    from sim.studies.case import RESOLVED
    from sim.studies.cell import Cell, canonical_json
    from sim.studies.start_model import StartSpec

    content = {"scenario": case.loaded.content_hash, "program": case.program, "start": "wide" if wide else "stated"}
    spec = StartSpec(str(folder / RESOLVED), case.loaded.content_hash, case.seed, wide)
    return Cell(case.loaded.slug, canonical_json(content), case.seed, spec)


def _fitted(loaded: LoadedScenario, stated: Tried, wide: Tried, console: Console) -> Fit:
    """Raises InputRefusedError when no candidate came to its end."""
    from sim.measure.baselines import band
    from sim.studies.fitting import Band, fit

    failures = [*stated.failures, *wide.failures]
    if failures:
        asked = len(failures) + len(stated.candidates) + len(wide.candidates)
        last = "".join(failures[-1].error.strip().splitlines()[-1:])
        vietnamese = f"{len(failures)}/{asked} trạng thái thử bị hỏng, đã bỏ qua: {last}"
        english = f"{len(failures)} of {asked} starting states failed and are left out: {last}"
        console.say(Words(vietnamese, english))
    bands = [Band(one.id, *band(one)) for one in loaded.scenario.baselines if one.fitted]
    try:
        return fit(bands, stated.candidates, wide.candidates)
    except ValueError as error:
        reason = Words("không mô phỏng được trạng thái nào", "no starting state could be simulated and counted")
        raise InputRefusedError(reason) from error
