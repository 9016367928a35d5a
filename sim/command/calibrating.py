"""`calibrate RUN --observed FILE`: keep the draws that agree with what was measured, for later studies to draw from."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.initial import name_in_scenario
from sim.command.next_steps import Step, step_lines
from sim.command.updating import figure_text
from sim.report.formatting import number_text, parameter_text, share_text
from sim.report.parameter_words import readable
from sim.results.run_folder import records
from sim.results.update_tables import LearntRow
from sim.results.words import Lang, Words
from sim.scenario.errors import printable
from sim.scenario.places import PROVINCES, SCENARIOS, named_file
from sim.studies.calibrating import Calibration, calibrate
from sim.studies.lock import FolderLock
from sim.studies.manifest import opened

MOST_SHOWN = 10
_HEAD = Words(
    "{n} lần rút, xét {figures} số đã đo: tương đương {effective} lần sau khi gán trọng số; giữ {kept} lần.",
    "{n} draws, {figures} figures taken in: worth {effective} once they are weighed; {kept} that weigh anything kept.",
)
_LEARNT = Words("Số đã đo cho biết thêm về:", "The figures tell something of:")
_NOTHING_LEARNT = Words(
    "Không tham số nào dịch nhiều hơn mức ngẫu nhiên: các số đã đo chọn lọc tổ hợp, không chọn riêng tham số nào.",
    "No parameter moved by more than chance would move one: the figures choose among combinations, not single values.",
)
_MORE_LEARNT = Words("  … và {count} tham số nữa ở learnt.csv", "  ... and {count} more in learnt.csv")
_ONE = Words(
    "{title}: {before} → {after}; độ phân tán còn {left}", "{title}: {before} -> {after}; {left} of its spread left"
)
_FEW = Words(
    "Chỉ tương đương {effective} lần: các lệnh sau chỉ rút đi rút lại vài lần này, nên khoảng kết quả hẹp hơn thực tế.",
    "Worth only {effective}: later studies would draw the same few again, and their ranges would be too narrow.",
)
_USE = Words(
    "Đã ghi; để mọi lệnh rút từ đó, thêm vào kịch bản:", "Written; for every command to draw from it, put into:"
)
_PRIOR = Words("bỏ qua hiệu chỉnh trong một lệnh: --prior", "to leave the calibration out of one command: --prior")
_MORE_DRAWS = Words(
    "để đủ chắc: hiệu chỉnh lại với nhiều lần rút hơn, ghi vào tệp khác",
    "to be surer: calibrate again with more draws, into another file",
)
_MORE = Words("để đủ chắc: thêm lần mô phỏng rồi hiệu chỉnh lại", "to be surer: add replications, then calibrate again")


def calibrate_run(words: Namespace, console: Console) -> int:
    """Keep the run's draws that agree with the file, and say what was learnt. Raises as `calibrate`."""
    run = opened(words.run)
    with FolderLock(run.folder.path):
        observed, out = (Path(file) if file else None for file in (words.observed, words.out))
        found = calibrate(run, observed, out, model_error=words.model_error, draws=words.draws or 0)
    for line in found.taken.recognised:
        console.say(line)
    if console.as_json:
        content = {
            "folder": words.run,
            "draws": len(found.taken.numbers),
            "effective": found.taken.weights.effective,
            "kept": found.kept,
            "observed": records(run.folder.path, run.manifest, "observed"),
            "learnt": records(run.folder.path, run.manifest, "learnt"),
            "file": str(found.path),
        }
        console.answer_json("calibrate", content)
        return exit_codes.DONE
    lines = list(_lines(found, run.spec.scenario, console.lang))
    if found.taken.more:
        more = found.taken.more
        step = Step(_MORE, ("extend", words.run, "--replications", str(more)))
        if words.draws:
            again = ("calibrate", words.run, "--draws", str(words.draws + more), "--out", "FILE.csv")
            step = Step(_MORE_DRAWS, again)
        lines += ["", *step_lines([step], words.typed, console.lang)]
    console.answer("\n".join(printable(line) for line in lines))
    return exit_codes.DONE


def _lines(found: Calibration, scenario: str, lang: Lang) -> Iterator[str]:
    taken = found.taken
    effective = number_text(taken.weights.effective, 1, lang)
    yield _HEAD.text(lang).format(n=len(taken.numbers), figures=len(taken.rows), effective=effective, kept=found.kept)
    for figure in taken.rows:
        yield f"  {figure_text(figure, lang)}"
    yield ""
    learnt = [row for row in found.learnt if row.learnt]
    yield (_LEARNT if learnt else _NOTHING_LEARNT).text(lang)
    for row in learnt[:MOST_SHOWN]:
        yield f"  {_learnt(row, lang)}"
    if len(learnt) > MOST_SHOWN:
        yield _MORE_LEARNT.text(lang).format(count=len(learnt) - MOST_SHOWN)
    if taken.more:
        yield ""
        yield _FEW.text(lang).format(effective=effective)
    yield ""
    yield _USE.text(lang)
    folder = named_file(scenario, PROVINCES, SCENARIOS).resolve().parent
    yield "  [calibration]"
    yield f'  draws = "{name_in_scenario(found.path, folder)}"'
    yield _PRIOR.text(lang)


def _learnt(row: LearntRow, lang: Lang) -> str:
    before = _range(row.before_p05, row.before_median, row.before_p95, row.unit, lang)
    after = _range(row.after_p05, row.after_median, row.after_p95, row.unit, lang)
    return _ONE.text(lang).format(
        title=row.title(lang), before=before, after=after, left=share_text(row.spread_left, lang)
    )


def _range(low: float | None, middle: float | None, high: float | None, unit: str, lang: Lang) -> str:
    shown = readable(low, middle or 0.0, high, unit, lang)
    value, *ends = (_digits(number, lang) for number in (shown.value, shown.low, shown.high))
    return f"{value} ({ends[0]}–{ends[1]}) {shown.unit}".rstrip()


def _digits(value: float | None, lang: Lang) -> str:
    """Three digits: a weighted quantile has no more."""
    return parameter_text(None if value is None else float(f"{value:.3g}"), lang)
