"""What a study answers: the text or JSON of its kind, what is said beside it, and the exit code."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.command import exit_codes
from sim.command.comparison_answer import comparison_answer
from sim.command.console import Console
from sim.command.goal_answer import goal_answer
from sim.command.program import program
from sim.command.remedies import remedies_content
from sim.command.sweep_answer import sweep_answer
from sim.report.sensitivity import effect_lines, read_effect_tables
from sim.results.run_folder import records
from sim.results.words import NOTHING, Words
from sim.scenario.errors import printable
from sim.studies.run_tables import page_of
from sim.studies.runner import StudyResult
from sim.studies.shard import Shard


def answer_result(
    result: StudyResult, command: str, console: Console, offer: Words = NOTHING, *, details: bool = False
) -> int:
    """Print what came of a study, then what is missing or failed.

    Args:
        result: what came of it.
        command: its name.
        console: where it goes.
        offer: what else can be asked of a run.
        details: whether a comparison is told target by target too.

    Raises:
        FileWriteError: standard output is full.
    """
    if result.ending == "interrupted":
        return exit_codes.INTERRUPTED
    manifest, path = result.manifest, result.path
    shard = Shard.read(str(manifest.get("shard", "")))
    if result.ending == "shard" and shard is not None:
        answer_shard(path, shard, manifest, command, console)
    elif result.ending == "answered" or console.as_json:
        _answer_kind(result, command, console, offer, details=details)
    for words in result.remarks:
        console.say(words)
    failed = bool(manifest.get("failures") or manifest.get("simulations_failed"))
    return exit_codes.SOME_FAILED if failed or result.ending == "nothing" else exit_codes.DONE


def _answer_kind(result: StudyResult, command: str, console: Console, offer: Words, *, details: bool) -> None:
    manifest, path = result.manifest, result.path
    match result.study.spec.kind:
        case "compare":
            comparison_answer(path, manifest, result.study.case.loaded, command, console, details=details)
        case "sweep":
            sweep_answer(path, manifest, command, console)
        case "sensitivity":
            answer_sensitivity(path, manifest, command, console)
        case "goal":
            goal_answer(path, manifest, console)
        case _:
            answer_run(path, manifest, command, console, offer)


def answer_run(
    folder: Path, manifest: Mapping[str, Any], command: str, console: Console, offer: Words = NOTHING
) -> None:
    """Print the verdicts, what would help or how to ask that, and where the report is.

    Raises:
        FileWriteError: standard output is full.
    """
    page = page_of(folder, "run", console.lang)
    if console.as_json:
        content = {
            "folder": str(folder),
            "status": manifest["status"],
            "scenario": manifest["scenario"],
            "seed": manifest["seed"],
            "engine": manifest["engine"],
            "replications": {name: manifest[f"replications_{name}"] for name in ("asked", "done", "failed")},
            "failures": manifest["failures"],
            "targets": records(folder, manifest, "targets"),
            **remedies_content(folder, manifest),
            "report": str(page) if page.is_file() else None,
        }
        console.answer_json(command, content)
        return
    from sim.report.terminal import colour_wanted, run_folder_text

    colour = sys.stdout is not None and colour_wanted(sys.stdout)
    text = run_folder_text(folder, console.lang, console.width(), colour=colour)
    where = Words(f"Báo cáo: {page}", f"Report: {page}") if page.is_file() else Words("", "")
    parts = text, *(words.text(console.lang) for words in (where, _next_line(folder, manifest), offer))
    console.answer("\n".join(part for part in parts if part), coloured=colour)


def _next_line(folder: Path, manifest: Mapping[str, Any]) -> Words:
    """The command that gives the targets without a verdict the simulations they need; blank where all have one."""
    from sim.report.words import runs_needed

    more = max((runs_needed(str(row["verdict"] or "")) for row in records(folder, manifest, "targets")), default=0)
    line = f"{program()} extend {shlex.quote(str(folder))} --replications {more}"
    if not more:
        return NOTHING
    return Words(f"Để đủ cơ sở kết luận mọi chỉ tiêu: {line}", f"For a verdict on every target: {line}")


def answer_shard(shown: Path, shard: Shard, manifest: Mapping[str, Any], command: str, console: Console) -> None:
    """Say that a shard is there and what to do with it; a part alone gets no verdict.

    Raises:
        FileWriteError: standard output is full.
    """
    if console.as_json:
        content = {
            "folder": str(shown),
            "status": manifest["status"],
            "shard": {"number": shard.number, "of": shard.of},
            "scenario": manifest["scenario"],
            "seed": manifest["seed"],
            "replications": {name: manifest[f"replications_{name}"] for name in ("asked", "done", "failed")},
            "failures": manifest["failures"],
        }
        console.answer_json(command, content)
        return
    kind = "simulations" if "simulations_done" in manifest else "replications"
    done, asked = manifest[f"{kind}_done"], manifest[f"{kind}_asked"]
    console.answer(
        Words(
            f"phần {shard}: {done} trong {asked} lần chạy, trong {shown}\n"
            f"Khi đủ {shard.of} phần, gộp lại bằng: {program()} merge THƯ_MỤC THƯ_MỤC ... --out THƯ_MỤC",
            f"shard {shard}: {done} of the {asked} {kind}, in {shown}\n"
            f"When all {shard.of} shards are there, merge them with: {program()} merge RUN RUN ... --out DIR",
        ).text(console.lang)
    )


def answer_sensitivity(shown: Path, manifest: Mapping[str, Any], command: str, console: Console) -> None:
    """Print what each target depends on, or give it to a machine; raises FileWriteError."""
    page = page_of(shown, "sensitivity", console.lang)
    if console.as_json:
        content = {
            "folder": str(shown),
            "status": manifest["status"],
            "scenario": manifest["scenario"],
            "seed": manifest["seed"],
            "failures": manifest["failures"],
            "effects": records(shown, manifest, "effects"),
            "report": str(page) if page.is_file() else None,
        }
        console.answer_json(command, content)
        return
    lines = [printable(line) for line in effect_lines(read_effect_tables(shown), console.lang)]
    if page.is_file():
        lines += ["", Words(f"Báo cáo: {page}", f"Report: {page}").text(console.lang)]
    console.answer("\n".join(lines))
