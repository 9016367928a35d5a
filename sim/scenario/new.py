"""A new scenario of one's own, started from another."""

from __future__ import annotations

from pathlib import Path

from sim.results.words import Words
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.places import IS_CLONE, PROVINCES, SCENARIOS, is_plain_name, own_file, shown_path
from sim.scenario.toml_text import toml_value

_DEVICE_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))]
)

_TEMPLATE = """\
# {title_vi}
# Kịch bản này kế thừa “{parent}”: chỉ ghi những gì khác. / This scenario extends "{parent}": write only what differs.
#
#   {program} check {typed}
#       mọi lỗi cùng một lúc / every error at once
#   {program} explain {typed} network
#       giá trị, nguồn, nơi ghi / value, source, where it was written
#   {program} run {typed}

extends = {extends}
name = {quoted}
title = {{ vi = {title_vi_quoted}, en = {title_en_quoted} }}

# Một giá trị trong khoảng low … high của nó chỉ cần ghi số và đơn vị.
# A value within its low … high needs only the number and its unit.
#
# [network]
# poll_interval = "{poll_interval}"
#
# Ra ngoài khoảng thì ghi cả khoảng mới, căn cứ và nguồn.
# Beyond the range, restate it with its basis and source.
#
# [people]
# scan = {{ value = "3 min", low = "2 min", high = "5 min", kind = "lognormal", basis = "assumed", source = "…" }}
#
# Chỉ tiêu và văn bản chỉ đạo thêm vào theo id; unset = ["targets.ID"] ở đầu tệp để bỏ.
# Targets and mandates are added by id; unset = ["targets.ID"] at the top of the file drops one.
"""


def new(name: str, from_: str, root: Path | None = None) -> Path:
    """Writes a commented scenario that extends another; returns its path.

    The path is `provinces/NAME.toml` of the scenarios of a clone. An installed program has no folder of its own to
    write to: it is `NAME.toml` where the user stands.

    Raises:
        ScenarioErrors: the name is not a safe file name or is taken, or the source is not valid.
    """
    if not is_plain_name(name) or name.lower() in _DEVICE_NAMES:
        reason = Words(f"“{shown(name)}” không dùng làm tên tệp được", f'"{shown(name)}" is not a safe file name')
        repair = Words("dùng chữ không dấu, số, _ và -", "use letters without marks, digits, _ and -, at most 64")
        raise ScenarioErrors([ScenarioError("E-NEW-001", "", shown(name), reason, repair)])
    folder = (root or SCENARIOS).resolve()
    source = load(from_, root=folder)
    path = own_file(PROVINCES, f"{name}.toml", root)
    is_listed = path.is_relative_to(folder)
    text = _text(name, from_, source, typed=name if is_listed else path.name)
    path.parent.mkdir(exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        shown_as = shown_path(path, folder)
        reason = Words("đã có tệp này, không ghi đè", "the file exists and is never overwritten")
        raise ScenarioErrors([ScenarioError("E-NEW-002", shown_as, name, reason)]) from None
    return path


def _text(name: str, from_: str, source: LoadedScenario, *, typed: str) -> str:
    title = source.scenario.title
    poll = source.settings["network"]["poll_interval"]["value"]
    parent = from_ if is_plain_name(from_) else str(source.path.resolve())
    return _TEMPLATE.format(
        program="python run.py" if IS_CLONE else "lienthong",
        typed=typed,
        parent=shown(parent),
        extends=toml_value(parent),
        quoted=toml_value(name),
        title_vi=shown(title.vi),
        title_vi_quoted=toml_value(f"{title.vi} ({name})"),
        title_en_quoted=toml_value(f"{title.en} ({name})"),
        poll_interval=poll,
    )
