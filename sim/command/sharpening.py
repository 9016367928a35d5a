"""`sharpen RUN`: the run's targets known more closely, from many draws of a thinned world."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.next_steps import Step, step_lines
from sim.command.program import command_line
from sim.report.formatting import number_text
from sim.report.sharpened import sharpened_lines, sharpened_notes, worth_of_surer
from sim.results.run_folder import records
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
_GAIN = Words(
    "Riêng mô phỏng đủ, theo thời gian vừa đo, phải mất gấp {gain} lần tổng thời gian này mới được như thế.",
    "By the times just measured, full replications alone would take {gain} times as long as both together.",
)
_MORE_DRAWS = Words("hẹp hơn nữa: thêm lần mô phỏng thưa", "narrower still: more thinned draws")
_IN_REPORT = Words("để báo cáo có các dòng này", "to have these lines in the report")
_MORE_RUNS = Words(
    "hẹp hơn nữa: thêm lần mô phỏng đủ, rồi sharpen lại", "narrower still: more full replications, then sharpen again"
)


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
        *step_lines([_next(found, words), Step(_IN_REPORT, ("report", words.run))], words.typed, console.lang),
    ]
    console.answer("\n".join(printable(line) for line in lines))
    return exit_codes.DONE


def _next(found: Sharpened, words: Namespace) -> Step:
    if found.wanted > found.draws or not found.is_whole:
        alike = (("--thinning", words.thinning), ("--out", words.out))
        kept = [word for name, value in alike if value is not None for word in (name, str(value))]
        return Step(_MORE_DRAWS, ("sharpen", words.run, "--draws", str(max(found.wanted, found.draws)), *kept))
    return Step(_MORE_RUNS, ("extend", words.run, "--replications", str(found.pairs)))


def _lines(found: Sharpened, thinning: int, lang: Lang) -> Iterator[str]:
    yield _HEAD.text(lang).format(
        pairs=found.pairs,
        draws=found.draws,
        thinning=thinning,
        thin=number_text(found.costs.thinned, 1, lang),
        full=number_text(found.costs.full, 1, lang),
    )
    for line in sharpened_lines(found.rows, lang):
        yield f"  {line}"
    yield ""
    yield from sharpened_notes(found.rows, lang)
    worth = worth_of_surer(found.rows)
    if worth is not None:
        gain = found.costs.gain(found.pairs, found.draws, worth)
        yield _GAIN.text(lang).format(gain=number_text(gain, 1, lang))
