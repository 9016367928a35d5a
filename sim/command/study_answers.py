"""What a study answers: the text or JSON of its kind, what is said beside it, and the exit code."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.command import exit_codes
from sim.command.comparison_answer import comparison_answer
from sim.command.console import Console
from sim.command.more_replications import ENOUGH, extension
from sim.command.next_steps import Step, brief_lines, step_lines, steps_of_run
from sim.command.program import program
from sim.command.remedies import offer, remedies_content
from sim.command.sweep_answer import sweep_answer
from sim.report.goal import goal_passages, read_goal_tables
from sim.report.sensitivity import effect_lines, nothing_told, read_effect_tables
from sim.results.run_folder import named, records
from sim.results.run_tables import SERIES
from sim.results.words import Words
from sim.scenario.errors import printable
from sim.studies.execution import Shard
from sim.studies.manifest import opened
from sim.studies.refusals import InputRefusedError
from sim.studies.run_tables import has_tables, page_of
from sim.studies.runner import StudyResult


def answer_result(
    result: StudyResult,
    command: str,
    console: Console,
    *,
    again: Sequence[str] = (),
    typed: Sequence[str] = (),
    details: bool = False,
) -> int:
    """Print what came of a study, then what is missing or failed.

    Args:
        result: what came of it.
        command: its name.
        console: where it goes.
        again: words that ask a run again.
        typed: the words that were typed.
        details: whether it is told in full.

    Raises:
        FileWriteError: standard output is full.
    """
    if result.ending == "interrupted":
        _say_what_is_there(result, typed, console)
        return exit_codes.INTERRUPTED
    manifest, path = result.manifest, result.path
    shard = Shard.read(str(manifest.get("shard", "")))
    if result.ending == "shard" and shard is not None:
        answer_shard(path, shard, manifest, command, console)
    elif result.ending == "answered" or console.as_json:
        match result.study.spec.kind:
            case "compare":
                comparison_answer(path, manifest, command, console, details=details)
            case "run":
                answer_run(path, manifest, command, console, again=again, typed=typed, details=details)
            case kind:
                answer_study(kind, path, manifest, command, console, details=details)
    for words in result.remarks:
        console.say(words)
    failed = bool(manifest.get("failures") or manifest.get("simulations_failed"))
    return exit_codes.SOME_FAILED if failed or result.ending == "nothing" else exit_codes.DONE


def _say_what_is_there(result: StudyResult, typed: Sequence[str], console: Console) -> None:
    """How the targets stand so far, where tables of the replications that are done could still be written."""
    done, asked = (result.manifest.get(f"replications_{name}", 0) for name in ("done", "asked"))
    if result.study.spec.kind == "run" and done and has_tables(result.path):
        about = Words(f"Xem các chỉ tiêu tính từ {done}/{asked} lần chạy", f"The targets by {done} of {asked}")
        for line in step_lines([Step(about, ["report", str(result.path)])], typed, console.lang):
            console.say(Words(line, line))


def answer_study(
    kind: str, path: Path, manifest: Mapping[str, Any], command: str, console: Console, *, details: bool = False
) -> None:
    """Print what a sweep, a sensitivity or a goal says; of a sweep every level where `details` are wanted.

    Raises:
        FileWriteError: standard output is full.
    """
    match kind:
        case "sweep":
            sweep_answer(path, manifest, command, console, details=details)
        case "sensitivity":
            answer_sensitivity(path, manifest, command, console)
        case _:
            answer_goal(path, manifest, console)


def answer_run(
    folder: Path,
    manifest: Mapping[str, Any],
    command: str,
    console: Console,
    *,
    again: Sequence[str] = (),
    typed: Sequence[str] = (),
    details: bool = False,
) -> None:
    """Print the verdicts on one screen or in full, where page and brief are, and what to type next.

    Args:
        folder: the run folder, as the person named it.
        manifest: its manifest.
        command: the command's name.
        console: where it goes.
        again: words that ask the run again.
        typed: the words that were typed.
        details: whether every reading and cause is told.

    Raises:
        FileWriteError: standard output is full.
    """
    page = page_of(folder, "run", console.lang)
    if console.as_json:
        content = {
            **named(folder, manifest),
            "engine": manifest["engine"],
            "replications": {name: manifest[f"replications_{name}"] for name in ("asked", "done", "failed")},
            "failures": manifest["failures"],
            "targets": records(folder, manifest, "targets"),
            "last_day": _last_day(folder),
            **remedies_content(folder, manifest),
            "report": str(page) if page.is_file() else None,
        }
        console.answer_json(command, content)
        return
    from sim.report.terminal import colour_wanted, run_folder_text

    colour = sys.stdout is not None and colour_wanted(sys.stdout)
    text = run_folder_text(folder, console.lang, console.width(), colour=colour, details=details)
    where = [Words(f"Báo cáo: {page}", f"Report: {page}").text(console.lang)] if page.is_file() else []
    steps = steps_of_run(folder, manifest, offer(folder, manifest, again) if again else None)
    lines = [*where, *brief_lines(folder, typed, console.lang), *step_lines(steps, typed, console.lang)]
    console.answer("\n".join([text.rstrip("\n"), *lines]), coloured=colour)


def _last_day(folder: Path) -> list[dict[str, str | int | float | None]]:
    """Every measure over the province and its tiers on the last simulated day, also those of no target due by then."""
    from sim.report.last_day import last_day

    if not (folder / SERIES.file).is_file():
        return []
    header, rows = SERIES.filled(last_day(SERIES.read(folder))).header_and_cells()
    return [dict(zip(header, row, strict=True)) for row in rows]


def answer_shard(shown: Path, shard: Shard, manifest: Mapping[str, Any], command: str, console: Console) -> None:
    """Say that a shard is there and what to do with it; a part alone gets no verdict.

    Raises:
        FileWriteError: standard output is full.
    """
    if console.as_json:
        content = {
            **named(shown, manifest),
            "shard": {"number": shard.number, "of": shard.of},
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
            **named(shown, manifest),
            "failures": manifest["failures"],
            "effects": records(shown, manifest, "effects"),
            "report": str(page) if page.is_file() else None,
        }
        console.answer_json(command, content)
        return
    tables = read_effect_tables(shown)
    lines = [printable(line) for line in effect_lines(tables, console.lang)]
    if page.is_file():
        lines += ["", Words(f"Báo cáo: {page}", f"Report: {page}").text(console.lang)]
    more = ENOUGH - max((row.cells for row in tables.rows), default=0)
    if not tables.luck and nothing_told(tables) and more > 0:
        step = extension(shown, more, Words("Để phân biệt rõ hơn", "To tell more"))
        again = Step(Words("rồi hỏi lại", "then ask again"), ["sensitivity", str(shown)])
        lines += step_lines([step, again] if step else [], [], console.lang)
    console.answer("\n".join(lines))


def answer_sensitivity_dry(place: Path, console: Console) -> None:
    """Say what would be read and written of a finished study: nothing is simulated, and now nothing written.

    Raises:
        InputRefusedError: it is another kind of study, or the folder cannot be read.
        FileWriteError: standard output is full.
    """
    run = opened(str(place))
    if run.spec.kind not in ("run", "sweep", "sensitivity"):
        vietnamese = f"{place}: cần kết quả của run, sweep hay sensitivity"
        raise InputRefusedError(Words(vietnamese, f"{place}: holds neither a run nor a sweep"))
    done = run.manifest.get("simulations_done", run.manifest["replications_done"])
    if console.as_json:
        content = {"folder": str(place), "simulations": {"held": done, "left": 0}, "seconds": 0.0}
        console.answer_json("sensitivity --dry-run", content)
        return
    console.answer(
        Words(
            f"không mô phỏng gì: đọc {done} lần mô phỏng đã có trong {place}, chừng một phút; chạy thật thì ghi"
            f" effects.csv và {page_of(place, 'sensitivity', 'vi').name} vào đó",
            f"nothing is simulated: {done} simulations held in {place} are read, in about a minute; without --dry-run"
            f" effects.csv and {page_of(place, 'sensitivity', 'en').name} are written there",
        ).text(console.lang)
    )


def answer_goal(shown: Path, manifest: Mapping[str, Any], console: Console) -> None:
    """Print the least money by source and how sure it is, or give it to a machine.

    Raises:
        FileWriteError: standard output is full.
    """
    page = page_of(shown, "goal", console.lang)
    if console.as_json:
        content = {
            **named(shown, manifest),
            "goal": manifest["goal"],
            "points": records(shown, manifest, "goal_points"),
            "report": str(page) if page.is_file() else None,
        }
        console.answer_json("goal", content)
        return
    tables = read_goal_tables(shown)
    lines = [tables.manifest.title(console.lang), *tables.manifest.notes_in(console.lang)]
    for passage in goal_passages(tables, console.lang):
        lines += ["", passage.opening, *(f"   {point}" for point in passage.points)]
    text = [printable(line) for line in lines]
    if page.is_file():
        text += ["", Words(f"Báo cáo: {page}", f"Report: {page}").text(console.lang)]
    console.answer("\n".join(text))
