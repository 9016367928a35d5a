"""`update RUN --observed FILE`: the mid-term review of a run."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.next_steps import Step, step_lines
from sim.command.specs import words_of
from sim.measure.weighing import TOO_FEW
from sim.report.formatting import date_text, month_text, number_text, quantity_text, share_text, unit_kind
from sim.report.words import scope_text, target_label, term, verdict_text
from sim.results.run_folder import records
from sim.results.run_tables import plan_numbers
from sim.results.update_tables import BLANK, FED, OUT_OF_RANGE, USED, ObservedRow, UpdatedRow
from sim.results.words import Lang, Words
from sim.scenario.changeover import acting_day
from sim.scenario.errors import printable, shown
from sim.scenario.own_files import write_new
from sim.studies.lock import FolderLock
from sim.studies.manifest import OpenedFolder, opened
from sim.studies.midway import Midway, midway
from sim.studies.refusals import InputRefusedError
from sim.studies.spec import RunSpec, replaced
from sim.studies.updating import Update, blank_figures, update

_HEAD = Words(
    "Xét {figures} số đã đo: {n} lần mô phỏng, sau khi gán trọng số tương đương {effective} lần.",
    "{figures} figures taken in: {n} replications, worth {effective} once they are weighed.",
)
_FIGURE = Words(
    "{day}, {what}: đo được {value} (± {error}); mô phỏng cuối {on}: {low} đến {high}, trung vị {median}",
    "{day}, {what}: measured {value} (± {error}); simulated at the end of {on}: {low} to {high}, median {median}",
)
_AFTER = Words("; sau khi xét: trung vị {after}", "; after: median {after}")
_OUT = Words(
    "; không lần nào gần tới (gần nhất {nearest}) nên KHÔNG được dùng: xem lại số đo, hoặc các giả định",
    "; no replication comes near (nearest {nearest}), so it is NOT used: look at it again, or at the assumptions",
)
_FED = Words(
    "; một giá trị mặc định dựa vào số này nên không dùng lại", "; a default rests on it, so it is not used again"
)
_BLANK = Words(
    "{day}, {what}: mô phỏng không có giá trị ngày đó, không dùng", "{day}, {what}: nothing simulated, unused"
)
_TARGETS = Words("Chỉ tiêu, trước và sau khi xét số đã đo:", "Targets, before and after:")
_TARGET = Words(
    "{label} {title}: trung vị {before} → {after} ({low} đến {high}); xác suất đạt {p} → {q} ({q_low} đến {q_high});"
    " {verdict}",
    "{label} {title}: median {before} -> {after} ({low} to {high}); probability {p} -> {q} ({q_low} to {q_high});"
    " {verdict}",
)
_NOTHING_USED = Words(
    "Không số nào dùng được, nên mọi chỉ tiêu còn như trước.",
    "None of them can be used: every target stands as before.",
)
_TOO_FEW = Words(
    "Các số đo chỉ còn hợp với chừng {effective} trong {n} lần mô phỏng: quá ít để nói gì về chỉ tiêu"
    " (bảng updated_targets.csv giữ các con số).",
    "Only about {effective} of {n} replications still agree with the figures: too few to say anything of the targets"
    " (updated_targets.csv keeps the numbers).",
)
_PAST = Words(" (hạn {due} không sau số đo cuối)", " (due {due}, not after the last figure)")
_CHANGED = Words("{before} → {after}", "{before} -> {after}")
_MEANT = Words(
    "Trọng số chỉ chọn trong các lần đã mô phỏng; sai số các số đo được coi là độc lập. Mốc việc ở đây tính theo các"
    " lần mô phỏng, không theo riêng kinh phí.",
    "Weights choose among what was simulated; errors of figures are taken as independent. Milestones are counted over"
    " the replications here, not from the money alone.",
)
_WORTH = Words(
    "Nên đo gì vào cuối {month} để biết trước kết quả các chỉ tiêu, theo {n} lần mô phỏng:",
    "What to measure at the end of {month} to know how the targets will end, by {n} replications:",
)
_FIGURE_WORTH = Words("{rank}. {what}: độ phân tán còn {left}", "{rank}. {what}: {left} of the spread left")
_UNCLEAR = Words(
    "Chưa số nào nổi rõ hơn ngẫu nhiên đối với: {targets}; thêm lần mô phỏng có thể rõ hơn.",
    "No figure stands out from chance for: {targets}; more replications may tell.",
)
_WORTH_MEANT = Words(
    "Số sau chỉ tính phần nó cho biết thêm. Độ phân tán: của thứ hạng các lần mô phỏng; sai số khi đo chưa tính.",
    "Each counts for what it adds to those before. The spread is that of ranks; errors of measuring are not counted.",
)
_AGREE = Words(
    "để các lần mô phỏng sau cũng hợp với số đã đo: hiệu chỉnh trước, rồi ghi dòng draws được in ra vào kịch bản",
    "for later runs to agree with the figures too: calibrate first, and put the line draws that it prints into the"
    " scenario",
)
_FROM_NOW = Words(
    "phương án nào còn giúp được, nếu áp dụng từ ngày của số đo cuối",
    "which options can still help, acting from the day of the last figure",
)
_BUDGET = "30min"
_MORE = Words("để đủ chắc: thêm lần mô phỏng rồi xét lại", "to be surer: add replications, then update again")


def update_run(words: Namespace, console: Console) -> int:
    """Weigh the run's replications by the file and say what is to come; `--blank` and `--worth` prepare such a file.

    Raises as `sim.studies.updating.update` and `midway`; InputRefusedError unless just one of the three is asked;
    ScenarioErrors where the file to be written is there already.
    """
    run = opened(words.run)
    if (words.observed is not None) + (words.blank is not None) + words.worth != 1:
        reason = Words(
            "ghi một trong ba: --observed, --blank hoặc --worth",
            "name one of the three: --observed, --blank or --worth",
        )
        raise InputRefusedError(reason)
    if words.worth:
        return _answer_worth(run, words, console)
    if words.blank is not None:
        if Path(words.blank).suffix.lower() != ".csv":
            name = shown(words.blank)
            raise InputRefusedError(
                Words(
                    f"--blank: {name} phải có đuôi .csv; Excel mở và lưu được tệp đó, --observed đọc cả .csv lẫn .xlsx",
                    f"--blank: {name} must end in .csv; Excel opens and saves it, and --observed reads .csv and .xlsx",
                )
            )
        write_new(Path(words.blank), blank_figures(run, words.day or datetime.now().astimezone().date()))
        console.answer(words.blank)
        return exit_codes.DONE
    with FolderLock(run.folder.path):
        found = update(run, Path(words.observed))
    for line in found.recognised:
        console.say(line)
    if console.as_json:
        content = {
            "folder": words.run,
            "replications": found.replications,
            "effective": found.effective,
            "observed": records(run.folder.path, run.manifest, "observed"),
            "targets": records(run.folder.path, run.manifest, "updated_targets"),
            "files": [str(path) for path in found.files],
        }
        console.answer_json("update", content)
        return exit_codes.DONE
    lines = list(_lines(found, console.lang))
    steps = [Step(_MORE, ("extend", words.run, "--replications", str(found.more)))] if found.more else []
    steps += _what_from_now_on(run, found, words)
    if steps:
        lines += ["", *step_lines(steps, words.typed, console.lang)]
    console.answer("\n".join(printable(line) for line in lines))
    return exit_codes.DONE


def _what_from_now_on(run: OpenedFolder, found: Update, words: Namespace) -> Iterator[Step]:
    """The review's next question: what can still be done; nothing after the last turn of a month that is simulated."""
    spec, used = run.spec, [figure.measured_on for figure in found.observed if figure.state == USED]
    if not used or not isinstance(spec, RunSpec) or spec.options:
        return
    last = max(used)
    if acting_day(last).isoformat() > str(run.manifest["horizon_end"]):
        return
    yield Step(_AGREE, ("calibrate", words.run, "--observed", words.observed))
    asked = words_of(replaced(spec, options_from=last.isoformat()))
    yield Step(_FROM_NOW, (*asked, "--remedies", _BUDGET))


def _answer_worth(run: OpenedFolder, words: Namespace, console: Console) -> int:
    with FolderLock(run.folder.path):
        found = midway(run, words.day)
    if console.as_json:
        content = {
            "folder": words.run,
            "replications": found.replications,
            "day": found.day.isoformat(),
            "worth_measuring": records(run.folder.path, run.manifest, "worth_measuring"),
            "unclear": [row.target_id for row in found.unclear],
            "file": str(found.file),
        }
        console.answer_json("update", content)
    else:
        console.answer("\n".join(printable(line) for line in _worth_lines(found, console.lang)))
    return exit_codes.DONE


def _worth_lines(found: Midway, lang: Lang) -> Iterator[str]:
    numbers = plan_numbers(found.asked)
    yield _WORTH.text(lang).format(month=month_text(found.day, lang), n=found.replications)
    for target_id, rows in groupby(found.rows, key=lambda row: row.target_id):
        first, *others = rows
        yield f"  {target_label(numbers[target_id], target_id)} {first.title(lang)}"
        for row in (first, *others):
            of = row.measure.partition("(")[2].rstrip(")") or scope_text(row.scope, lang)
            what = f"{term('measure', row.measure, lang)} ({of})"
            left = share_text(row.spread_left, lang)
            yield f"    {_FIGURE_WORTH.text(lang).format(rank=row.rank, what=what, left=left)}"
    if found.unclear:
        labels = (target_label(numbers[row.target_id], row.target_id) for row in found.unclear)
        yield _UNCLEAR.text(lang).format(targets=", ".join(labels))
    if found.rows:
        yield _WORTH_MEANT.text(lang)


def _lines(found: Update, lang: Lang) -> Iterator[str]:
    yield _HEAD.text(lang).format(
        figures=len(found.observed), n=found.replications, effective=number_text(found.effective, 1, lang)
    )
    for figure in found.observed:
        yield f"  {figure_text(figure, lang)}"
    yield ""
    if all(figure.state != USED for figure in found.observed):
        yield _NOTHING_USED.text(lang)
        return
    if found.effective < TOO_FEW:
        yield _TOO_FEW.text(lang).format(effective=number_text(found.effective, 1, lang), n=found.replications)
        return
    yield _TARGETS.text(lang)
    last = max(figure.measured_on for figure in found.observed)
    numbers = plan_numbers(found.targets)
    for target in found.targets:
        yield f"  {_target(numbers[target.target_id], target, last, lang)}"
    yield ""
    yield _MEANT.text(lang)


def figure_text(row: ObservedRow, lang: Lang) -> str:
    """A figure beside what the replications say of that day."""
    kind = unit_kind(row.measure, row.unit)
    what = f"{term('measure', row.measure, lang)} ({scope_text(row.scope, lang)})"
    day = date_text(row.measured_on, lang)
    if row.state == BLANK:
        return _BLANK.text(lang).format(day=day, what=what)
    value, error, low, high, median, after, nearest = (
        quantity_text(one, kind, lang)
        for one in (
            row.value,
            row.plus_minus,
            row.before_p05,
            row.before_p95,
            row.before_median,
            row.after_median,
            row.nearest,
        )
    )
    said = _FIGURE.text(lang).format(
        day=day,
        what=what,
        value=value,
        error=error,
        on=month_text(row.simulated_on, lang),
        low=low,
        high=high,
        median=median,
    )
    end = {OUT_OF_RANGE: _OUT, FED: _FED}.get(row.state, _AFTER)
    return said + end.text(lang).format(after=after, nearest=nearest)


def _target(number: int, row: UpdatedRow, last: date, lang: Lang) -> str:
    kind = unit_kind(row.measure)
    before, after, low, high = (
        quantity_text(one, kind, lang) for one in (row.before_median, row.after_median, row.after_p05, row.after_p95)
    )
    told = [verdict_text(one, lang) for one in (row.before_verdict, row.after_verdict)]
    said = _TARGET.text(lang).format(
        label=target_label(number, row.target_id),
        title=row.title(lang),
        before=before,
        after=after,
        low=low,
        high=high,
        p=share_text(row.before_p_reached or 0.0, lang),
        q=share_text(row.after_p_reached or 0.0, lang),
        q_low=share_text(row.after_p_low or 0.0, lang),
        q_high=share_text(1.0 if row.after_p_high is None else row.after_p_high, lang),
        verdict=told[0] if told[0] == told[1] else _CHANGED.text(lang).format(before=told[0], after=told[1]),
    )
    return said + (_PAST.text(lang).format(due=date_text(row.due, lang)) if row.due <= last else "")
