"""`run` and `extend`: replications until the run folder holds them all, then tables, report and the answer."""

from __future__ import annotations

import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.command import exit_codes
from sim.command import manifest as kept
from sim.command.case import RESOLVED, Case, case_of
from sim.command.console import Console
from sim.command.failures import failures_of, failures_text
from sim.command.program import command_line
from sim.command.refusals import InputRefusedError
from sim.command.results import answer, draw_report, has_report, has_tables, write_tables
from sim.command.scenarios import loaded_as_asked
from sim.scenario.errors import Words
from sim.scenario.loading import load
from sim.study.folder import RunFolder, run_folder_name
from sim.study.journal import Journal
from sim.study.replications import run_replications

RESULTS = Path("results")
LOG = "error.log"


@dataclass(frozen=True)
class Order:
    """What is to be done, once it is clear what was asked.

    Attributes:
        command: the command's name, for the answer.
        case: what is simulated.
        path: the run folder.
        wanted: replications there should be in the end.
        workers: processes.
        resume: the command line that goes on after an interruption.
        begin: makes the manifest of a folder that has none, and writes what goes with it.
    """

    command: str
    case: Case
    path: Path
    wanted: int
    workers: int
    resume: str
    begin: Callable[[RunFolder], dict[str, Any]]


def run(words: Namespace, console: Console) -> int:
    """`run SCENARIO`: simulate; typed again, it goes on from what is there."""
    asked = loaded_as_asked(words)
    case = case_of(asked, words.seed, words.engine)
    path = Path(words.out) if words.out else RESULTS / run_folder_name(case.loaded.slug, case.run_hash)
    wanted = words.replications or case.loaded.scenario.run.replications
    if words.dry_run:
        from sim.command.estimate import estimate

        return estimate(case, path, wanted, _workers(words), console)

    def begin(folder: RunFolder) -> dict[str, Any]:
        kept.write_provenance(folder, asked)
        return kept.first_manifest(case, asked, words)

    return carry_out(Order("run", case, path, wanted, _workers(words), command_line(words.typed), begin), console)


def extend(words: Namespace, console: Console) -> int:
    """`extend RUN --replications N`: so many more than the run was asked for."""
    folder = RunFolder.opened(Path(words.run))
    manifest = kept.read_manifest(folder.path)
    if manifest is None:
        absent = Words("chưa có gì để chạy thêm", "there is nothing yet to extend")
        raise InputRefusedError(Words(f"{words.run}: {absent.vi}", f"{words.run}: {absent.en}"))
    case = case_of(load(folder.path / RESOLVED), int(manifest["seed"]), str(manifest["engine"]))
    if case.run_hash != folder.run_hash:
        vietnamese = "chương trình hoặc kịch bản đã đổi từ lần chạy đó; hãy chạy mới bằng lệnh run"
        english = "the program or the scenario has changed since that run; begin a new one with run"
        raise InputRefusedError(Words(f"{words.run}: {vietnamese}", f"{words.run}: {english}"))
    wanted = int(manifest["replications_asked"]) + int(words.replications)
    again = ["run", str(folder.path / RESOLVED), "--seed", str(case.seed), "--engine", case.engine]
    again += ["--replications", str(wanted), "--workers", str(_workers(words)), "--out", str(folder.path)]
    again += ["--lang", console.lang] * bool(words.lang) + ["--json"] * console.as_json
    resume = command_line(words.typed, again)
    order = Order("extend", case, Path(words.run), wanted, _workers(words), resume, lambda _: manifest)
    return carry_out(order, console)


def carry_out(order: Order, console: Console) -> int:
    """Fill the run folder and answer; whatever stops it, what is finished stays."""
    folder = RunFolder.claim(order.path, order.case.run_hash)
    with Journal.to_write(folder.path) as journal:
        folder.clear_partials()
        try:
            return _Run(order, folder, journal, console).to_the_end()
        except KeyboardInterrupt:
            console.say(
                Words(
                    f"đã dừng; kết quả đã có vẫn giữ nguyên. Chạy tiếp bằng:\n{order.resume}",
                    f"stopped; what is finished is kept. Go on with:\n{order.resume}",
                )
            )
            return exit_codes.INTERRUPTED
        except Exception as error:
            _log(folder, error)
            raise


class _Run:
    """One call on one run folder, whose lock is held."""

    def __init__(self, order: Order, folder: RunFolder, journal: Journal, console: Console) -> None:
        self._order = order
        self._case = order.case
        self._folder = folder
        self._journal = journal
        self._console = console
        self._shown = order.path
        held = journal.held(self._case.run_hash)
        self._asked = max([order.wanted, *(number + 1 for number in held)])
        self._manifest = kept.read_manifest(folder.path)

    def to_the_end(self) -> int:
        """Run what is missing, tabulate, report, answer."""
        if self._is_complete():
            self._console.say(Words(f"đã có sẵn trong {self._shown}", f"already there in {self._shown}"))
        else:
            self._begin()
            self._replicate()
            self._settle(kept.RUNNING)
            if not self._manifest_now()["replications_done"]:
                return self._without_result()
            write_tables(self._folder, self._case, self._journal)
        if not has_report(self._folder.path) or self._manifest_now()["status"] == kept.RUNNING:
            draw_report(self._folder.path, self._console)
        failed = self._manifest_now()["replications_failed"]
        self._settle(kept.SOME_FAILED if failed else kept.DONE)
        answer(self._shown, self._manifest_now(), self._order.command, self._console)
        self._tell_failures()
        return exit_codes.SOME_FAILED if failed else exit_codes.DONE

    def _without_result(self) -> int:
        """None succeeded: no table is written, and nothing is pretended."""
        self._settle(kept.SOME_FAILED)
        if self._console.as_json:
            answer(self._shown, self._manifest_now(), self._order.command, self._console)
        self._tell_failures()
        return exit_codes.SOME_FAILED

    def _is_complete(self) -> bool:
        manifest = self._manifest
        if manifest is None or manifest["status"] != kept.DONE or not has_tables(self._folder.path):
            return False
        statuses = self._journal.held(self._case.run_hash)
        done = sum(1 for status in statuses.values() if status == "done")
        return done == self._asked == int(manifest["replications_done"])

    def _begin(self) -> None:
        self._case.write_into(self._folder)
        if self._manifest is None:
            self._manifest = self._order.begin(self._folder)
        self._settle(kept.RUNNING)
        self._console.say(Words(f"kết quả ghi vào {self._shown}", f"results go to {self._shown}"))

    def _replicate(self) -> None:
        from sim.command.model import replicate
        from sim.command.preparing import prepare
        from sim.study.progress import ENGLISH, VIETNAMESE
        from sim.study.progress_bar import progress_on

        statuses = self._journal.held(self._case.run_hash)
        if all(statuses.get(number) == "done" for number in range(self._asked)):
            return
        texts = VIETNAMESE if self._console.lang == "vi" else ENGLISH
        try:
            prepare(self._case, self._console)
            run_replications(
                replicate,
                self._case.cell(self._folder.path),
                range(self._asked),
                self._journal,
                workers=self._order.workers,
                progress=progress_on(sys.stderr, texts),
            )
        except KeyboardInterrupt:
            self._settle(kept.INTERRUPTED)
            done = self._manifest_now()["replications_done"]
            vietnamese = f"đang dừng; ghi bảng từ {done}/{self._asked} lần chạy đã xong"
            english = f"stopping; writing tables from the {done} of {self._asked} replications that are done"
            self._console.say(Words(vietnamese, english))
            if done:
                write_tables(self._folder, self._case, self._journal)
            raise

    def _manifest_now(self) -> dict[str, Any]:
        return self._manifest or {}

    def _settle(self, status: str) -> None:
        """Keep in the manifest how far the run is."""
        statuses = self._journal.held(self._case.run_hash)
        failures = failures_of(self._journal, self._case.run_hash) if "failed" in statuses.values() else []
        now = {
            "status": status,
            "replications_asked": self._asked,
            "replications_done": sum(1 for each in statuses.values() if each == "done"),
            "replications_failed": len(failures),
            "failures": failures,
        }
        if self._manifest_now().items() >= now.items():
            return
        self._manifest = self._manifest_now() | now
        kept.write_manifest(self._folder, self._manifest)

    def _tell_failures(self) -> None:
        failures = self._manifest_now()["failures"]
        if failures:
            self._console.say(failures_text(failures, self._asked))


def _workers(words: Namespace) -> int:
    if words.workers is not None:
        return int(words.workers)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _log(folder: RunFolder, error: Exception) -> None:
    """Keep the traceback of a bug where the planner can send it from; a refusal needs none."""
    from sim.command.refusals import refusal

    if refusal(error) is None:
        with suppress(Exception):
            path = folder.write_text(LOG, "".join(traceback.format_exception(error)))
            error.add_note(f"{path}.")
