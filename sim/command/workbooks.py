"""Commands that begin a scenario and take it to Excel and back: `new`, `export`, `import`."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.program import program
from sim.results.words import NOTHING, Words

if TYPE_CHECKING:
    from sim.scenario.workbook_pen import Titles


def new_one(words: Namespace, console: Console) -> int:
    """`new NAME [--from SCENARIO] [--excel]`: a folder or a workbook of one's own; nothing there is ever touched."""
    from sim.scenario.new import new, new_workbook

    from_ = vars(words)["from"]
    path = new_workbook(words.name, from_, program(), _titles()) if words.excel else new(words.name, from_)
    if console.as_json:
        console.answer_json("new", {"name": words.name, "path": str(path)})
    else:
        console.answer(str(path))
        if from_:
            console.say(_CHANGE_FIRST)
        if from_ and (left := _left_calibration(from_)):
            console.say(left)
        console.say(_next_steps(path, words.name))
    return exit_codes.DONE


_CHANGE_FIRST = Words(
    "Bản sao còn mang tên và quyết định của kế hoạch gốc: sửa trước tiên tên, số quyết định và các ngày (trang Kế hoạch"
    " của sổ Excel, hay đầu tệp .toml), vì báo cáo in lại chúng.",
    "The copy still has the name and decision of the plan it was copied from: change first the title, the number of the"
    " decision and the days (sheet Kế hoạch, or the top of the .toml file), which every report prints.",
)


def _left_calibration(source: str) -> Words | None:
    """That a copy does not draw its unknowns from what was measured where it was copied from, and what would."""
    from sim.scenario.loading import load

    loaded = load(source)
    if not loaded.agreeing_draws:
        return None
    title = loaded.scenario.title
    return Words(
        f"Bản sao không mang theo hiệu chỉnh theo số đo của “{title.vi}”: các yếu tố chưa biết lấy từ khoảng đã nêu."
        " Muốn giữ, khi vẫn là kế hoạch của tỉnh ấy, thì dùng lệnh export rồi sửa sổ Excel.",
        f"The copy leaves out what was learnt from measurements of “{title.en}”: unknowns are drawn from their stated"
        " ranges. To keep it, for the same province's plan, use export and edit the workbook.",
    )


def export_one(words: Namespace, console: Console) -> int:
    """`export SCENARIO [--out FILE.xlsx]`: a whole scenario as a workbook."""
    from sim.scenario.new import export

    path = export(words.scenario, Path(words.out) if words.out else None, program(), _titles())
    if console.as_json:
        console.answer_json("export", {"scenario": words.scenario, "path": str(path)})
    else:
        console.answer(str(path))
        console.say(_next_steps(path, path.name))
    return exit_codes.DONE


def import_one(words: Namespace, console: Console) -> int:
    """`import FILE.xlsx [--out NAME]`: the scenario of a workbook as a folder of text files."""
    from sim.scenario.new import import_workbook

    loaded, path = import_workbook(words.file, words.out)
    for line in loaded.recognised:
        console.say(line)
    if console.as_json:
        console.answer_json("import", {"name": loaded.scenario.name, "path": str(path)})
    else:
        console.answer(str(path))
        console.say(_next_steps(path, path.parent.name))
    return exit_codes.DONE


def _next_steps(path: Path, name: str) -> Words:
    """Where it is and why, where that is not here; and what is done with it next, as it is typed from here."""
    typed = _typed(path, name)
    where = NOTHING
    if typed == name and not path.resolve().is_relative_to(Path.cwd()):
        where = Words(
            "Thư mục này nằm trong thư mục kịch bản của chương trình, không phải nơi bạn đang đứng, để gọi được bằng"
            f" tên {name} từ mọi nơi; dời đi chỗ khác cũng được, khi đó gọi bằng đường dẫn.\n",
            f"The folder is among the program's scenarios, not where you stand, so that the name {name} means it from"
            " anywhere; it may be moved, and is then called by its path.\n",
        )
    return Words(
        f"{where.vi}sửa xong thì kiểm tra:   {program()} check {typed}\n"
        f"rồi mô phỏng:            {program()} run {typed}",
        f"{where.en}edit it, then check:   {program()} check {typed}\nand simulate:          {program()} run {typed}",
    )


def _typed(path: Path, name: str) -> str:
    from sim.scenario.errors import ScenarioErrors
    from sim.scenario.places import PROVINCES, SCENARIOS, named_file

    try:
        if named_file(name, PROVINCES, SCENARIOS.resolve()).resolve() == path.resolve():
            return name
    except ScenarioErrors:
        pass
    here = Path.cwd()
    return str(path.resolve().relative_to(here)) if path.resolve().is_relative_to(here) else str(path)


def _titles() -> Titles:
    """What reports call measures, readings and scopes."""
    from sim.report.measure_words import MEASURES
    from sim.report.words import READINGS, scope_text
    from sim.scenario.workbook_words import WORDS

    return {
        "measure": {name: words.vi for name, words in MEASURES.items()},
        "counted": {name: words.vi for name, words in MEASURES.items()},
        "reading": {name: words.vi for name, words in READINGS.items()},
        "scope": {scope: scope_text(scope, "vi") for scope in WORDS["scope"]},
    }
