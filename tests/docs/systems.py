"""The page of systems in `docs/`: what the plans name and what of it is simulated.

`python tests/docs/systems.py` writes it anew.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pages import ROOT

from sim.measure.parameters import parameter_rows
from sim.results.run_tables import BASES
from sim.results.words import Lang, Words
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import LoadedScenario, load

CATALOGUE = Path(__file__).with_name("systems.toml")
PAGES: dict[Lang, Path] = {"en": ROOT / "docs" / "systems.md", "vi": ROOT / "docs" / "systems.vi.md"}
DOES = {
    "acts": Words("tác động", "acts"),
    "counted": Words("chỉ đếm", "counted only"),
    "nothing": Words("không mô phỏng", "not simulated"),
}
OF_BASES = {
    "plan": Words("kế hoạch", "plan"),
    "reported": Words("báo cáo", "reported"),
    "derived": Words("suy ra", "derived"),
    "assumed": Words("giả định", "assumed"),
}
TITLE = Words("Các hệ thống mà kế hoạch nêu", "Every system that the plans name")
ABOUT = Words(
    "Năm kế hoạch nêu {systems} loại hệ thống: {acts} loại tác động lên văn bản, hồ sơ hay người dùng, {counted} loại"
    " chỉ được đếm, {nothing} loại không mô phỏng, kèm lý do. Trang này lập từ `tests/docs/systems.toml` và các kịch"
    " bản bằng `.venv/bin/python tests/docs/systems.py`; một kiểm thử giữ cho nó đúng. [In English](systems.md)",
    "The five plans name {systems} kinds of system: {acts} act on documents, dossiers or people, {counted} are only"
    " counted, {nothing} are not simulated, with the reason. `.venv/bin/python tests/docs/systems.py` makes this page"
    " from `tests/docs/systems.toml` and the scenarios; a test keeps it true. [Bằng tiếng Việt](systems.vi.md)",
)
HEAD = Words(
    "| Số | Hệ thống | Trong mô phỏng | Làm gì, hoặc vì sao không | Mua bằng | Chỉ số đo | Kiểm thử |",
    "| No. | System | Simulated | What it does, or why nothing | Bought as | Measures | Test |",
)
BY_PROVINCE = Words("Ở từng tỉnh", "In each province")
ABOUT_PROVINCES = Words(
    "Kế hoạch của tỉnh có gì về từng hệ thống: số mục kinh phí chi cho nó (chi), số chỉ tiêu (CT), số liệu đã báo cáo"
    " (BC), văn bản chỉ đạo, lần chuyển trụ sở, đợt triển khai theo ngày hay thủ tục, và số tham số theo căn cứ. Ô"
    " trống: kịch bản không nói gì riêng. Tham số chung cho mọi tỉnh cũng được đếm.",
    "What a province's scenario holds of each system: budget lines that pay for it, targets, reported figures, orders,"
    " moves, roll-outs or procedures, and parameters by basis. Blank: the scenario says nothing of it. Parameters that"
    " all provinces share are counted too.",
)
COUNTS = {
    "lines": Words("{n} mục chi", "{n} budget lines"),
    "targets": Words("{n} CT", "{n} targets"),
    "reported": Words("{n} BC", "{n} reported"),
    "orders": Words("{n} văn bản", "{n} orders"),
    "moves": Words("{n} lần chuyển", "{n} moves"),
    "rollouts": Words("{n} đợt theo ngày", "{n} roll-outs"),
    "procedures": Words("{n} thủ tục", "{n} procedures"),
}
PARAMETERS = Words("tham số: {counts}", "parameters: {counts}")


@dataclass(frozen=True)
class System:
    """One kind of system: what of it is simulated and where that shows."""

    id: str
    does: str
    vi: str
    en: str
    what_vi: str
    what_en: str
    kinds: Sequence[str] = ()
    measures: Sequence[str] = ()
    parameters: Sequence[str] = ()
    tests: Sequence[str] = ()

    @property
    def title(self) -> Words:
        return Words(self.vi, self.en)

    @property
    def what(self) -> Words:
        return Words(self.what_vi, self.what_en)


def systems() -> list[System]:
    return [System(**one) for one in tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["system"]]


def provinces() -> list[LoadedScenario]:
    return [load(one.name) for one in list_scenarios() if one.kind == "scenario"]


def holdings(system: System, loaded: LoadedScenario) -> Counter[str]:
    """How many entries of the scenario are about the system."""
    plan = loaded.scenario
    return Counter(
        lines=len({one.line_id for one in loaded.purchases if one.kind in system.kinds}),
        targets=sum(one.measure in system.measures for one in plan.targets),
        reported=sum(one.measure in system.measures for one in plan.baselines),
        orders=len(plan.mandates) if system.id == "K24" else 0,
        moves=len(plan.moves) if system.id == "K25" else 0,
        rollouts=len(plan.rollouts) if system.id == "K32" else 0,
        procedures=len(loaded.procedures) if system.id == "K28" else 0,
    )


def bases(system: System, loaded: LoadedScenario) -> Counter[str]:
    """How many of its parameters rest on what."""
    prefixes = tuple(f"{key}." for key in system.parameters)
    return Counter(
        row.basis for row in parameter_rows(loaded) if row.key in system.parameters or row.key.startswith(prefixes)
    )


def _cell(system: System, loaded: LoadedScenario, lang: Lang) -> str:
    counts = holdings(system, loaded)
    said = [words.text(lang).format(n=counts[name]) for name, words in COUNTS.items() if counts[name]]
    on = bases(system, loaded)
    rest = ", ".join(f"{on[basis]} {OF_BASES[basis].text(lang)}" for basis in BASES if on[basis])
    return "; ".join([*said, *([PARAMETERS.text(lang).format(counts=rest)] if rest else [])])


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def page(lang: Lang) -> str:
    """The whole page."""
    named, of = systems(), provinces()
    counts = {does: sum(one.does == does for one in named) for does in DOES}
    lines = [f"# {TITLE.text(lang)}", "", ABOUT.text(lang).format(systems=len(named), **counts), ""]
    lines += [HEAD.text(lang), "|---|---|---|---|---|---|---|"]
    for one in named:
        cells = [one.id, one.title.text(lang), DOES[one.does].text(lang), one.what.text(lang)]
        cells += [_listed(one.kinds), _listed(one.measures), _listed(one.tests)]
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", f"## {BY_PROVINCE.text(lang)}", "", ABOUT_PROVINCES.text(lang), ""]
    lines += [f"| | {' | '.join(f'`{one.scenario.name}`' for one in of)} |", f"|---{'|---' * len(of)}|"]
    lines += [f"| {one.id} {one.title.text(lang)} | {' | '.join(_cell(one, p, lang) for p in of)} |" for one in named]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for language, path in PAGES.items():
        path.write_text(page(language), encoding="utf-8")
