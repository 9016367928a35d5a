"""The counts in the model card, of the scenario and the example run; `python tests/docs/model_card.py` renews them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

from pages import ROOT

from sim.measure.parameters import parameter_rows
from sim.results.run_tables import BASES
from sim.results.words import Lang, Words
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import load
from sim.scenario.measures import MEASURES

SCENARIO = "binh_dinh_2016_2020"
CARDS: dict[Lang, Path] = {"en": ROOT / "docs" / "model_card.md", "vi": ROOT / "docs" / "model_card.vi.md"}
EXAMPLE = ROOT / "results" / "example"
COUNTED = re.compile(r"(<!-- counted: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
SECTIONS = {
    "horizon": Words("thời gian mô phỏng", "period"),
    "volumes": Words("khối lượng văn bản", "volumes of documents"),
    "matrix": Words("ai gửi cho ai", "who writes to whom"),
    "documents": Words("văn bản", "documents"),
    "people": Words("con người", "people"),
    "network": Words("mạng, trung tâm dữ liệu", "network, data centre"),
    "post": Words("bưu chính", "post"),
    "signatures": Words("chữ ký số", "digital signatures"),
    "adoption": Words("sử dụng văn phòng điện tử", "use of e-office"),
    "equipment": Words("thiết bị", "equipment"),
    "budget": Words("kinh phí", "money"),
    "purchases": Words("mua sắm theo dòng kinh phí", "what budget lines buy"),
    "dossiers": Words("hồ sơ một cửa", "one-stop dossiers"),
    "reporting": Words("số liệu cơ quan tự báo cáo", "what agencies report"),
    "start": Words("trạng thái đầu kỳ", "the start"),
    "mandates": Words("văn bản chỉ đạo", "orders"),
    "run": Words("cách chạy", "how it is run"),
}
HEAD = Words(
    "| Nhóm tham số | plan | reported | derived | assumed | rút từ khoảng |",
    "| Parameters of | plan | reported | derived | assumed | drawn from a range |",
)
ALL = Words("tất cả", "all")
CONTENT = Words(
    "Ngoài ra: {agencies} cơ quan, {lines} dòng kinh phí, {mandates} văn bản chỉ đạo, {targets} chỉ tiêu; {measures}"
    " chỉ số đo mà chỉ tiêu có thể dùng; {option} phương án,"
    " {adoption} cách triển khai sử dụng, {future} bối cảnh tương lai.",
    "Besides: {agencies} agencies, {lines} budget lines, {mandates} orders, {targets} targets; {measures} measures that"
    " a target may use; {option} options, {adoption} adoption regimes, {future} futures.",
)
AGREEMENT = Words(
    "| Kết quả của lần chạy ví dụ | Số lượng |\n|---|---|\n"
    "| số báo cáo đầu kỳ mà mô hình đạt được hoặc được đặt đúng | {met} trên {baselines} |\n"
    "| số liệu tỉnh khác nằm trong khoảng của mô hình | {overlap} trên {checks} |\n"
    "| trong đó: không tham số nào dựa vào | {free_overlap} trên {free} |",
    "| In the example run | Count |\n|---|---|\n"
    "| reported figures of the start that the model meets or is set to | {met} of {baselines} |\n"
    "| figures of other provinces that overlap the model's range | {overlap} of {checks} |\n"
    "| of these: figures on which no parameter rests | {free_overlap} of {free} |",
)


def parameters(lang: Lang) -> str:
    """How many parameters there are in each section, by basis, and how many of them are drawn from a range."""
    rows = parameter_rows(load(SCENARIO))
    sections = dict.fromkeys(row.key.partition(".")[0] for row in rows)
    lines = [HEAD.text(lang), "|---|---|---|---|---|---|"]
    for section in (*sections, None):
        inside = [row for row in rows if section is None or row.key.partition(".")[0] == section]
        bases = Counter(row.basis for row in inside)
        name = ALL if section is None else SECTIONS.get(section, Words(section, section))
        label = name.text(lang) if section is None else f"{name.text(lang)} (`{section}`)"
        drawn = sum(row.kind != "fixed" for row in inside)
        lines.append(f"| {label} | {' | '.join(str(bases[basis]) for basis in BASES)} | {drawn} |")
    return "\n".join(lines)


def content(lang: Lang) -> str:
    """What the scenario holds besides numbers, and what can be laid over it."""
    loaded = load(SCENARIO)
    return CONTENT.text(lang).format(
        agencies=len(loaded.agencies),
        lines=len({line.line_id for line in loaded.budget}),
        mandates=len(loaded.scenario.mandates),
        targets=len(loaded.scenario.targets),
        measures=len(MEASURES),
        **Counter(one.kind for one in list_scenarios()),
    )


def agreement(lang: Lang) -> str:
    """How many published figures the example run gives."""
    states = Counter(row["state"] for row in rows_of("baselines"))
    checks = rows_of("dossier_checks")
    overlap = [row for row in checks if row["relation"] == "overlapping"]
    return AGREEMENT.text(lang).format(
        met=states["fitted"] + states["set"],
        baselines=states.total(),
        overlap=len(overlap),
        checks=len(checks),
        free_overlap=sum(not row["derived_parameter"] for row in overlap),
        free=sum(not row["derived_parameter"] for row in checks),
    )


def rows_of(table: str) -> list[dict[str, str]]:
    with (EXAMPLE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def renewed(lang: Lang) -> str:
    """The card with its counts as they are today."""
    parts = {"parameters": parameters, "content": content, "agreement": agreement}
    text = CARDS[lang].read_text(encoding="utf-8")
    return COUNTED.sub(lambda found: f"{found[1]}{parts[found[2]](lang)}\n{found[3]}", text)


if __name__ == "__main__":
    for language, card in CARDS.items():
        card.write_text(renewed(language), encoding="utf-8")
