"""`sharpen RUN`: the run's targets known more closely, from many draws of a thinned world."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from statistics import median

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.next_steps import Step, step_lines
from sim.command.program import command_line
from sim.report.formatting import number_text, quantity_text, share_text, unit_kind
from sim.report.words import target_label, term
from sim.results.run_folder import records
from sim.results.run_tables import plan_numbers
from sim.results.sharpened_tables import BLANK, CONSTANT, NO_HELP, SHARPER, SharpenedRow
from sim.results.words import Lang, Words
from sim.scenario.errors import printable
from sim.studies.execution import Execution
from sim.studies.manifest import opened
from sim.studies.sharpening import THINNING, Sharpened, sharpen

_HEAD = Words(
    "{pairs} lần mô phỏng đủ, thêm {draws} lần mô phỏng thưa (cứ {thinning} văn bản, hồ sơ lấy một; {thin} giây một lần"
    " thay cho {full} giây), trước → sau:",
    "{pairs} full replications, and {draws} of a thinned world (one in {thinning} documents and dossiers; {thin} s each"
    " instead of {full} s), before -> after:",
)
_TARGET = Words(
    "{label} {title}: trung bình {plain} ± {plain_half} → {mean} ± {half}; xác suất đạt {chance}{verdict}",
    "{label} {title}: mean {plain} ± {plain_half} -> {mean} ± {half}; probability {chance}{verdict}",
)
_CHANCE = Words("{plain} ({low}–{high}) → {p} ({p_low}–{p_high})", "{plain} ({low}-{high}) -> {p} ({p_low}-{p_high})")
_SAME_CHANCE = Words("{plain} ({low}–{high}), không hẹp hơn", "{plain} ({low}-{high}), no narrower")
_UNDECIDED = Words("; vẫn chưa đủ cơ sở kết luận", "; still not decided")
_OTHERWISE = {
    NO_HELP: Words(
        "{label} {title}: không có hàng chờ thì khác hẳn, nên mô phỏng thưa không làm hẹp được; trung bình {plain} ±"
        " {plain_half}",
        "{label} {title}: quite another without its queues, so that thinned draws do not narrow it; mean {plain} ±"
        " {plain_half}",
    ),
    CONSTANT: Words("{label} {title}: lần nào cũng {plain}", "{label} {title}: {plain} in every draw"),
    BLANK: Words(
        "{label} {title}: mô phỏng thưa còn quá ít văn bản, hồ sơ để tính",
        "{label} {title}: too few documents and dossiers are left in the thinned world",
    ),
}
_GAIN = Words(
    "Chỉ bằng mô phỏng đủ, cùng độ hẹp của trung bình phải mất gấp {gain} lần thời gian (trung vị các chỉ tiêu hẹp"
    " hơn).",
    "Full replications alone would need {gain} times the simulating for the same width of the mean (median of the"
    " targets that are narrower).",
)
_NONE = Words(
    "Không chỉ tiêu nào hẹp hơn: hãy dùng extend để thêm lần mô phỏng đủ.",
    "No target is narrower: add full replications with extend.",
)
_MEANT = Words(
    "Khoảng 95 %. Mốc việc không có ở đây: chúng tính từ riêng kinh phí. Trung vị và dải 5–95 % vẫn đọc ở bảng chỉ"
    " tiêu.",
    "Intervals are 95 %. Milestones are not here: they are counted from the money alone. Medians and 5-95 % bands stay"
    " those of the table of targets.",
)
_MORE_DRAWS = Words("hẹp hơn nữa: thêm lần mô phỏng thưa", "narrower still: more thinned draws")
_MORE_RUNS = Words("hẹp hơn nữa: thêm lần mô phỏng đủ, rồi sharpen lại", "narrower still: more full replications")


def sharpen_run(words: Namespace, console: Console) -> int:
    """Simulate the thinned draws and say what they add. Raises as `sharpen`."""
    run = opened(words.run)
    execution = Execution(
        out=Path(words.out) if words.out else None,
        workers=words.workers,
        deadline=words.deadline,
        resume=command_line(words.typed),
        typed=tuple(words.typed),
    )
    thinning = words.thinning or THINNING
    found = sharpen(run, execution, console, draws=words.draws, thinning=thinning)
    if console.as_json:
        content = {
            "folder": words.run,
            "replications": found.pairs,
            "draws": found.draws,
            "thinning": thinning,
            "seconds": {"full": found.costs.full, "thinned": found.costs.thinned},
            "complete": found.is_whole,
            "targets": records(run.folder.path, run.manifest, "sharpened_targets"),
            "thinned_folder": str(found.thinned),
            "file": str(found.file),
        }
        console.answer_json("sharpen", content)
        return exit_codes.DONE
    lines = [
        *_lines(found, thinning, console.lang),
        "",
        *step_lines([_next(found, words.run)], words.typed, console.lang),
    ]
    console.answer("\n".join(printable(line) for line in lines))
    return exit_codes.DONE


def _next(found: Sharpened, run: str) -> Step:
    if found.wanted > found.draws or not found.is_whole:
        return Step(_MORE_DRAWS, ("sharpen", run, "--draws", str(max(found.wanted, found.draws))))
    return Step(_MORE_RUNS, ("extend", run, "--replications", str(found.pairs)))


def _lines(found: Sharpened, thinning: int, lang: Lang) -> Iterator[str]:
    yield _HEAD.text(lang).format(
        pairs=found.pairs,
        draws=found.draws,
        thinning=thinning,
        thin=number_text(found.costs.thinned, 1, lang),
        full=number_text(found.costs.full, 1, lang),
    )
    numbers = plan_numbers(found.rows)
    for row in found.rows:
        yield f"  {_target(numbers[row.target_id], row, lang)}"
    yield ""
    gains = [row.gain for row in found.rows if row.state == SHARPER and row.gain is not None]
    yield _GAIN.text(lang).format(gain=number_text(median(gains), 1, lang)) if gains else _NONE.text(lang)
    yield _MEANT.text(lang)


def _target(number: int, row: SharpenedRow, lang: Lang) -> str:
    kind = unit_kind(row.measure)
    values = {
        "label": target_label(number, row.target_id),
        "title": row.title(lang),
        "plain": quantity_text(row.plain_mean, kind, lang),
        "mean": quantity_text(row.mean, kind, lang),
        "plain_half": _half(row.plain_half_width, row, lang),
        "half": _half(row.half_width, row, lang),
    }
    if row.state != SHARPER:
        return _OTHERWISE[row.state].text(lang).format(**values)
    verdict = _UNDECIDED.text(lang) if row.verdict is None else f": {term('verdict', row.verdict, lang)}"
    return _TARGET.text(lang).format(**values, chance=_chance(row, lang), verdict=verdict)


def _chance(row: SharpenedRow, lang: Lang) -> str:
    narrower = row.p_high - row.p_low < row.plain_p_high - row.plain_p_low
    shares = {
        "plain": row.plain_p,
        "low": row.plain_p_low,
        "high": row.plain_p_high,
        "p": row.p,
        "p_low": row.p_low,
        "p_high": row.p_high,
    }
    said = {name: share_text(share, lang) for name, share in shares.items()}
    return (_CHANCE if narrower else _SAME_CHANCE).text(lang).format(**said)


def _half(half: float | None, row: SharpenedRow, lang: Lang) -> str:
    """Half an interval in the target's unit; of a share in percentage points, as much after the point as the share."""
    if half is None:
        return ""
    if unit_kind(row.measure) == "share":
        return number_text(ceil(1000 * half - 1e-9) / 10, 1, lang)
    return number_text(half, 1, lang)
