"""`hindcast`: a run beside what was reported of its province, and predictions put down before anybody compares."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime
from pathlib import Path

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.next_steps import Step, step_lines
from sim.command.program import command_line
from sim.command.study_answers import answer_result
from sim.report.hindcast import elsewhere_lines, hindcast_lines
from sim.report.left_out import left_out_lines
from sim.report.manifest import manifest_from
from sim.results.hindcast_tables import BEYOND, INSIDE, NOT_SIMULATED, OUTSIDE, PREDICTED, PREDICTIONS, PredictionRow
from sim.results.run_folder import records
from sim.results.words import Words
from sim.scenario.errors import printable
from sim.scenario.files import as_on_disk
from sim.scenario.own_files import already_there, write_new
from sim.studies.execution import Execution
from sim.studies.folder import MARK
from sim.studies.hindcasting import hindcast, predictions
from sim.studies.lock import FolderLock
from sim.studies.manifest import OpenedFolder, opened
from sim.studies.refusals import InputRefusedError
from sim.studies.runner import run_study
from sim.studies.single_case import PRIOR, single_case
from sim.studies.spec import RunSpec

_HEAD = Words(
    "{title}: {n} số đã được báo cáo, đặt cạnh {runs} lần mô phỏng ({folder})",
    "{title}: {n} reported figures beside {runs} replications ({folder})",
)
_MEANT = Words(
    "Dải là của cái mà cơ quan sẽ báo cáo: số mô phỏng, cộng phần lạc quan và sai số của số đo.",
    "The band is of what agencies would report: what is simulated, with the optimism and the error of the figure.",
)
_CALIBRATED = Words(
    "Mô phỏng này rút từ các lần đã hiệu chỉnh: số dùng để hiệu chỉnh không kiểm chứng được gì; --prior bỏ hiệu chỉnh.",
    "This run draws from a calibration: figures it was calibrated on test nothing; --prior leaves the calibration out.",
)
_IN_REPORT = Words(
    "để báo cáo và hình có các số này (chạy lại run thì mất)",
    "to have them in the report and its pictures (until run again)",
)
_PREDICTED = Words(
    "{file}: {n} giá trị dự báo từ {runs} lần mô phỏng", "{file}: {n} values predicted from {runs} replications"
)
_UNPREDICTED = Words(
    "; {beyond} không dự báo vì sau kỳ mô phỏng, {blank} vì không mô phỏng",
    "; {beyond} not predicted: after the simulated period; {blank} not simulated",
)


def hindcast_run(words: Namespace, console: Console) -> int:
    """Hold a run, or the run of a scenario, against what was reported; with `--predict` write a new file instead.

    Raises as `sim.studies.hindcasting`; ScenarioErrors where the file to be written is there already.
    """
    _refuse_what_does_nothing(words)
    if words.predict is not None:
        _refuse_file(words)
    place = as_on_disk(Path(words.place))
    if (place / MARK).is_file():
        _refuse_words_of_a_scenario(words)
        return _answer(opened(words.place), words, console)
    spec = RunSpec(
        scenario=words.place,
        until=words.at.isoformat() if words.at else None,
        seed=words.seed,
        replications=words.replications,
        sets=(PRIOR,) if words.prior else (),
        variance=False,
    )
    execution = Execution(
        out=Path(words.out) if words.out else None,
        workers=words.workers,
        resume=command_line(words.typed),
        typed=tuple(words.typed),
    )
    result = run_study(single_case(spec), execution, console)
    if result.ending != "answered":
        return answer_result(result, "hindcast", console)
    for remark in result.remarks:
        console.say(remark)
    return _answer(opened(str(result.path)), words, console)


def _refuse_what_does_nothing(words: Namespace) -> None:
    """Before anything is simulated. Raises InputRefusedError."""
    if words.model_error is not None and not words.leave_one_out:
        raise InputRefusedError(
            Words("--model-error: chỉ dùng cùng --leave-one-out", "--model-error: only together with --leave-one-out")
        )
    if words.predict is not None and words.leave_one_out:
        raise InputRefusedError(
            Words(
                "ghi một trong hai: --predict hoặc --leave-one-out", "name one of the two: --predict or --leave-one-out"
            )
        )


def _refuse_words_of_a_scenario(words: Namespace) -> None:
    """What says how a scenario is to be run does nothing to a run that is done. Raises InputRefusedError."""
    asked = {
        "--replications": words.replications is not None,
        "--seed": words.seed is not None,
        "--prior": words.prior,
        "--workers": words.workers is not None,
        "--out": words.out is not None,
    }
    names = ", ".join(name for name, is_there in asked.items() if is_there)
    if names:
        raise InputRefusedError(
            Words(
                f"{words.place}: đã mô phỏng xong nên bỏ {names}; muốn chạy lại thì ghi tên kịch bản",
                f"{words.place}: is a finished run, so leave out {names}; name the scenario to simulate anew",
            )
        )


def _refuse_file(words: Namespace) -> None:
    """Before anything is simulated. Raises InputRefusedError, ScenarioErrors."""
    if words.observed is not None:
        reason = Words("ghi một trong hai: --observed hoặc --predict", "name one of the two: --observed or --predict")
        raise InputRefusedError(reason)
    path = Path(words.predict)
    if path.suffix.lower() != ".csv":
        raise InputRefusedError(
            Words(f"--predict: {path.name} phải có đuôi .csv", f"--predict: {path.name} must end in .csv")
        )
    if path.exists():
        raise already_there(path)


def _answer(run: OpenedFolder, words: Namespace, console: Console) -> int:
    if words.predict is not None:
        return _write_predictions(run, words, console)
    with FolderLock(run.folder.path):
        found = hindcast(
            run,
            words.at,
            Path(words.observed) if words.observed else None,
            leave_one_out=words.leave_one_out,
            model_error=words.model_error or 0.0,
        )
    for line in found.recognised:
        console.say(line)
    scored = [row for row in found.rows if row.state in (INSIDE, OUTSIDE)]
    if console.as_json:
        content = {
            "folder": run.shown,
            "replications": found.replications,
            "scored": len(scored),
            "calibrated": found.is_calibrated,
            "inside": sum(row.state == INSIDE for row in scored),
            "hindcast": records(run.folder.path, run.manifest, "hindcast")[: len(found.rows)],
            "elsewhere": records(run.folder.path, run.manifest, "elsewhere"),
            "left_out": records(run.folder.path, run.manifest, "left_out") if words.leave_one_out else [],
            "files": [str(found.file)],
        }
        console.answer_json("hindcast", content)
        return exit_codes.DONE
    title = str(run.manifest["title_vi" if console.lang == "vi" else "title_en"])
    groups = manifest_from(run.manifest).groups
    head = _HEAD.text(console.lang).format(title=title, n=len(found.rows), runs=found.replications, folder=run.shown)
    lines = [
        head,
        *(f"  {line}" for line in hindcast_lines(found.rows, console.lang, groups)),
        _MEANT.text(console.lang),
    ]
    lines += left_out_lines(found.left_out, console.lang, groups)
    lines += elsewhere_lines(found.elsewhere, console.lang)
    if found.is_calibrated:
        lines.append(_CALIBRATED.text(console.lang))
    shown = [printable(line) for line in lines]
    if words.observed:
        shown += step_lines([Step(_IN_REPORT, ("report", run.shown))], words.typed, console.lang)
    console.answer("\n".join(shown))
    return exit_codes.DONE


def _write_predictions(run: OpenedFolder, words: Namespace, console: Console) -> int:
    today: date = datetime.now().astimezone().date()
    rows = predictions(run, command_line(words.typed), today)
    write_new(Path(words.predict), PREDICTIONS.text(rows))
    if console.as_json:
        header, values = PREDICTIONS.filled(rows).header_and_cells()
        found = [dict(zip(header, row, strict=True)) for row in values]
        console.answer_json("hindcast", {"folder": run.shown, "file": words.predict, "predictions": found})
        return exit_codes.DONE
    console.answer("\n".join(_predicted_lines(rows, words.predict, console)))
    return exit_codes.DONE


def _predicted_lines(rows: tuple[PredictionRow, ...], file: str, console: Console) -> list[str]:
    from sim.report.formatting import date_text, interval_text, quantity_text, unit_kind
    from sim.report.words import scope_text, term

    lang = console.lang
    counts = {state: sum(row.state == state for row in rows) for state in (PREDICTED, BEYOND, NOT_SIMULATED)}
    runs = max((row.replications for row in rows), default=0)
    head = _PREDICTED.text(lang).format(file=file, n=counts[PREDICTED], runs=runs)
    if counts[BEYOND] or counts[NOT_SIMULATED]:
        head += _UNPREDICTED.text(lang).format(beyond=counts[BEYOND], blank=counts[NOT_SIMULATED])
    lines = [head]
    for row in rows:
        if row.state != PREDICTED:
            continue
        kind = unit_kind(row.measure, row.unit or "")
        day = str(row.date.year) if row.window == "year" else date_text(row.date, lang)
        version = term("version", row.version or "", lang)
        what = f"{term('measure', row.measure, lang)} ({scope_text(row.scope, lang)}; {version})"
        band = interval_text(row.p05, row.p95, kind, lang)
        lines.append(printable(f"  {day}, {what}: {quantity_text(row.median, kind, lang)} ({band})"))
    return lines
