"""A scenario written as a folder of its own: a TOML file and its tables as CSV; it needs nothing but the defaults."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from shutil import rmtree
from typing import Any

from sim.results.atomic_files import FileWriteError, plain_reason
from sim.results.words import Words
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.keys import ROW_LISTS
from sim.scenario.own import OwnScenario, table_text
from sim.scenario.sheet import columns
from sim.scenario.table_set import TABLES
from sim.scenario.toml_text import toml_text, toml_value
from sim.scenario.workbook_sheets import SHEETS
from sim.scenario.workbook_tables import LINES, TOTALS
from sim.scenario.workbook_words import STATED, SheetKind

BLANK_TABLES = ("agencies", "budget.lines", "budget.totals", "budget.purchases")
"""Tables without which a province is none; the others may be added."""
BLANK_WARM_UP: Mapping[str, str] = {
    "value": "3 tháng",
    "kind": "fixed",
    "basis": "assumed",
    "source": "đủ để mọi văn bản đang xử lý trước kỳ được giải quyết xong",
}
"""The time before the first day that a blank province starts with."""

_SECTION = re.compile(r"\[\[?([a-z_]+)")
_OF_TABLES: Mapping[str, str] = {
    "budget.lines": "Dự toán theo mục, nguồn vốn và năm, triệu đồng, từ phụ lục kinh phí của kế hoạch: mỗi khoản một"
    " dòng.",
    "budget.totals": "Các số tổng in trong kế hoạch, triệu đồng, để đối chiếu. Phạm vi: TOTAL là cả kế hoạch, hoặc mã"
    " phần, mã mục; năm, hoặc total là cả kỳ.",
}
"""What stands in a text table that has another shape than its sheet."""
_ABOUT: Mapping[str, str] = {
    "plan": "Quyết định phê duyệt kế hoạch.",
    "horizon": "Kỳ mô phỏng.",
    "budget": "Kinh phí: các bảng đi cùng, và những gì tỉnh mình khác mặc định.",
    **{
        kind.key: kind.about.replace(" thì để trống cả trang", " thì bỏ qua")
        for kind in SHEETS
        if kind.key in ROW_LISTS
    },
}
_EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "budget.lines": {**LINES.example, "year": "2027", "amount_million_vnd": "500"},
    "budget.totals": {**TOTALS.example, "year": "total", "amount_million_vnd": "1150"},
}


def own_texts(own: OwnScenario) -> dict[str, str]:
    """Returns the texts of a scenario's files by name; its own settings file has no name yet and stands under `""`."""
    tree: dict[str, Any] = {}
    for key, value in own.entries.items():
        table = tree
        for part in key[:-1]:
            table = table.setdefault(part, {})
        table[key[-1]] = value
    files = {}
    for name, rows in own.tables.items():
        section, _, last = name.rpartition(".")
        (tree[section] if section else tree)[last] = TABLES[name].file
        files[TABLES[name].file] = table_text(TABLES[name].row_type, rows)
    for listed in ROW_LISTS:
        if isinstance(tree.get(listed), dict):
            tree[listed] = tuple(tree[listed].values())
    head: dict[str, Any] = {"complete": True} if own.complete else {}
    head |= {"unset": own.unset} if own.unset else {}
    lines, told = [], set()
    for line in toml_text(head | tree).splitlines():
        found = _SECTION.match(line)
        if found is not None and found[1] in _ABOUT and found[1] not in told:
            told.add(found[1])
            lines.append(f"# {_ABOUT[found[1]]}")
        lines.append(line)
    return {"": "\n".join(lines) + "\n", **files}


def blank_texts(name: str) -> dict[str, str]:
    """Returns the texts of a province that has nothing yet: what to fill in, where a plan says it, and an example."""
    lines = [
        "schema = 1",
        f"name = {toml_value(name)}",
        "",
        "# Bỏ dấu # ở đầu dòng và điền. Lệnh check nêu những gì còn thiếu.",
        "# Bảng số liệu nằm trong các tệp .csv cùng thư mục; mở bằng Excel được.",
        'agencies = "agencies.csv"',
    ]
    section = ""
    for key, stated in STATED.items():
        if key == "name":
            continue
        around, _, last = key.rpartition(".")
        if around != section:
            section = around
            lines += ["", f"[{section}]"]
        lines += [f"# {stated.title}. {stated.note}.", _stated_line(key, last, stated.example)]
    lines += ["", "[budget]", *(f'{key.partition(".")[2]} = "{TABLES[key].file}"' for key in BLANK_TABLES[1:])]
    for kind in (one for one in SHEETS if one.key in ROW_LISTS and one.key != "extra_lines"):
        lines += ["", f"# {_ABOUT[kind.key]}", *_list_example(kind)]
    files = {TABLES[key].file: _blank_table(key) for key in BLANK_TABLES}
    return {"": "\n".join(lines) + "\n", **files}


def _stated_line(key: str, last: str, example: str) -> str:
    if key == "horizon.warm_up":
        said = ", ".join(f"{part} = {toml_value(value)}" for part, value in BLANK_WARM_UP.items())
        return f"{last} = {{ {said} }}"
    if key.startswith("signatures."):
        return f'# {last} = {{ value = {example}, kind = "fixed", basis = "reported", source = "…" }}'
    day = "/".join(reversed(example.split("/"))).replace("/", "-")
    return f"# {last} = {day}" if example.count("/") == 2 else f"# {last} = {toml_value(example or '…')}"


def _list_example(kind: SheetKind) -> list[str]:
    """An entry of a list, commented out."""
    from sim.scenario.workbook_cells import example_entry

    return [f"# [[{kind.key}]]", *(f"# {line}" for line in toml_text(example_entry(kind)).splitlines() if line)]


def _blank_table(key: str) -> str:
    """A table with what it is and an example above its header, where they are skipped."""
    kind = next(one for one in SHEETS if one.key == key)
    names = columns(TABLES[key].row_type)
    titles = {heading.code: heading.title for heading in kind.headings}
    titles |= {"year": "Năm", "amount_million_vnd": "Số tiền (triệu đồng)"}
    from sim.scenario.workbook_cells import example_codes

    example = example_codes(kind, _EXAMPLES.get(key, kind.example))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_OF_TABLES.get(key, kind.about)])
    writer.writerow([f"Ví dụ: {example.get(names[0], '')}", *(example.get(name, "") for name in names[1:])])
    writer.writerow([titles[name] for name in names])
    writer.writerow(names)
    return out.getvalue()


def write_own_folder(folder: Path, name: str, texts: Mapping[str, str]) -> Path:
    """Writes the files of a scenario into a new folder, whole or not at all; returns its settings file.

    Raises:
        ScenarioErrors: there is something of this name already.
    """
    if os.path.lexists(folder):
        raise already_there(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{name}-", dir=folder.parent))
    try:
        for file, text in texts.items():
            marked = "utf-8-sig" if file.endswith(".csv") else "utf-8"  # Excel takes unmarked letters for a code page
            (making / (file or f"{name}.toml")).write_text(text, encoding=marked, newline="")
        making.chmod(0o755)
        making.rename(folder)
    except OSError:
        if os.path.lexists(folder):  # somebody else was quicker
            raise already_there(folder) from None
        raise
    finally:
        rmtree(making, ignore_errors=True)
    return folder / f"{name}.toml"


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, and the folder it is in.

    Raises:
        ScenarioErrors: there is something of this name already.
        FileWriteError: the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except FileExistsError:
        raise already_there(path) from None
    except OSError as error:
        raise FileWriteError(path, plain_reason(error)) from error


def already_there(path: Path) -> ScenarioErrors:
    """Returns the refusal of a name that is taken."""
    reason = Words("đã có tên này, không ghi đè", "there is something of this name, which is never overwritten")
    repair = Words("chọn tên khác, hoặc dời cái cũ đi", "choose another name, or move the old one away")
    here = Path.cwd()
    near = path.relative_to(here) if path.is_relative_to(here) else path
    return ScenarioErrors([ScenarioError("E-NEW-002", shown(str(near)), "", reason, repair)])
