"""The page of verdicts in `docs/`: what a run of each province says of every target of its plan, and why.

`python tests/docs/verdicts.py --replications 20` runs every province and writes what came of it to `verdicts.json` and
the two pages. Folders of runs that are there may be named instead; a province without one keeps what stands in the
file, or is run if `--replications` is given. Without words the pages are written again from the file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pages import PROGRAM, ROOT

from sim.measure.milestones import ROUNDS_TO_ALL
from sim.report.formatting import BLANK, interval_text, number_text, quantity_text, threshold_text, unit_kind
from sim.report.obstacles import UNKNOWN
from sim.report.phrases import capital
from sim.report.run_tables import RunTables, read_run_tables
from sim.report.tally import SIGNS, sign_of
from sim.report.thresholds import NOT_STATED, ROUNDED
from sim.report.why import by_year, other_readings, what_stops
from sim.report.words import runs_needed, scope_text, term, verdict_group, verdict_text
from sim.results.run_tables import BASES, TargetRow, deciding_rows
from sim.results.words import LANGUAGES, Lang, Words
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.plan_schema import Title

KEPT = Path(__file__).with_name("verdicts.json")
PAGES: dict[Lang, Path] = {"en": ROOT / "docs" / "verdicts.md", "vi": ROOT / "docs" / "verdicts.vi.md"}
OPEN = SIGNS["undecided"]
CLOSED = ("reachable", "at risk", "out of reach")
ORDER = ("reachable", "at risk", "out of reach", "undecided", "too close to call")
TITLE = Words("Kết luận về mọi chỉ tiêu của năm kế hoạch", "A verdict on every target of the five plans")
ABOUT = Words(
    "Năm kế hoạch trong sáu kịch bản. Bảng lập từ thư mục kết quả của mỗi tỉnh bằng"
    " `.venv/bin/python tests/docs/verdicts.py --replications 20`; kết luận theo cách tính mà kịch bản lấy làm chính."
    " Chỉ tiêu có dấu * không có con số trong kế hoạch: ngưỡng là cách hiểu của kịch bản; ¹: coi là đạt từ 99,5%."
    " Xác suất đạt của mốc kinh phí"
    " tính trên các lần tính thử kinh phí."
    " Mã mô hình khác mã hiện tại là của trạng thái trước đó trong cùng ngày. Ký hiệu: ✓ đạt được,"
    " ▲ có nguy cơ không hoàn thành, ✕ khó hoàn thành,"
    " ? chưa đủ cơ sở kết luận, ≈ không phân định được. [In English](verdicts.md)",
    "Five plans in six scenarios. The tables are made from a run folder of each province by"
    " `.venv/bin/python tests/docs/verdicts.py --replications 20`; a verdict is of the reading that the scenario takes"
    " first. A target with * has no figure in the plan: its threshold is the scenario's reading; ¹: met from 99.5% on."
    " The chance of a"
    " milestone of money is of draws of the money."
    " A model that differs from the program's own is of an earlier state of it on the same day. Signs: ✓ reachable,"
    " ▲ at risk, ✕ out of reach, ? undecided, ≈ too close to call."
    " [Bằng tiếng Việt](verdicts.vi.md)",
)
OVERVIEW = Words("Sáu kịch bản", "The six scenarios")
OVERVIEW_HEAD = Words(
    "| Kịch bản | Chỉ tiêu | kế hoạch có số | ✓ | ▲ | ✕ | ? | Tham số | giả định | Lần mô phỏng | Ngày | Mô hình |",
    "| Scenario | Targets | with a figure | ✓ | ▲ | ✕ | ? | Parameters | assumed | Replications | Day | Model |",
)
HEAD = Words(
    "| Số | Mã | Ngưỡng | Hạn | Trung vị | 5–95% | Xác suất đạt | Kết luận |",
    "| No. | Code | Threshold | Due | Median | 5–95% | Chance | Verdict |",
)
RUN_BY = Words(
    "`{command}`, ngày {day}, số khởi tạo {seed}, mô hình {model}.", "`{command}`, {day}, seed {seed}, model {model}."
)
TOLD = Words(
    "{reached} trên {n} chỉ tiêu đạt được. Tham số: {assumed} giả định trên {parameters}. {note}",
    "{reached} of {n} targets are reachable. Parameters: {assumed} assumed of {parameters}. {note}",
)
READINGS = Words("Cách tính khác thì kết luận khác: {codes}.", "Another reading gives another verdict: {codes}.")
WHY = Words(
    "Từng chỉ tiêu, đếm gì, và vì sao chưa chắc đạt:", "Each target, what is counted, and why it is not certain:"
)
EACH = Words("{number} (`{id}`): {title}. Đếm: {counted}.", "{number} (`{id}`): {title}. Counted: {counted}.")
NOTES = {
    "ba_ria_vung_tau_2011_2015": Words(
        "Quyết định không ghi số tiền nào và không có phần hiện trạng, nên mọi khoản kinh phí và phần lớn đầu kỳ là giả"
        " định: kết luận về nội dung phải mua chỉ đúng với số tiền giả định đó.",
        "The decision prints no amount of money and no chapter on the start, so all money and most of the start are"
        " assumed: a verdict on something bought holds for that money only.",
    ),
    "binh_dinh_2011_2015": Words(
        "Kinh phí là số đã chi nên chắc chắn về; chỉ tiêu mà không dự án nào chi cho (mạng chuyên dùng, một cửa cấp"
        " huyện) thì không thể đạt, đúng như kết quả được báo cáo (6% và 9%). Thư điện tử và tập huấn được báo cáo đạt"
        " khoảng 70%.",
        "The money is what was spent, so that it comes; targets that no project pays for (dedicated network, district"
        " one-stop software) cannot be met, as was reported of their end (6% and 9%). Of mail and training about 70%"
        " were reported as reached.",
    ),
    "binh_dinh_2016_2020": Words(
        "Gần một nửa kinh phí là hỗ trợ từ Trung ương, có thể không về; cấp xã bắt đầu khi chưa có văn phòng điện tử.",
        "Nearly half of the money is central support that may not come; communes start without e-office.",
    ),
    "binh_duong_2011_2015": Words(
        "Năm của từng dự án là giả định, vì cột năm của báo cáo đã mất; không dự án nào mua trang thông tin cho huyện"
        " hay cơ sở dữ liệu chuyên ngành cho sáu huyện.",
        "The year of each project is assumed, since the report's columns of years are lost; no project buys a website"
        " for a district, nor a sector database for six of them.",
    ),
    "binh_phuoc_2018_2021": Words(
        "Quyết định là khung kiến trúc, không có chỉ tiêu bằng số và không có số tiền: chỉ tiêu ở đây là các mốc theo"
        " giai đoạn và mục tiêu của Chính phủ đến 2020, kinh phí là giả định.",
        "The decision is an architecture without a target in figures and without money: the targets here are its tasks"
        " by phase and the Government's goals for 2020, the money is assumed.",
    ),
    "long_an_2011_2015": Words(
        "Chỉ biết tổng kinh phí, cách chia là giả định. Văn bản “hoàn toàn điện tử” cần hai đầu liên thông và không ai"
        " gửi kèm bản giấy.",
        "Only the total of the money is known, its division is assumed. A document exchanged “entirely electronically”"
        " needs both ends linked and nobody who sends paper beside it.",
    ),
}
"""What decides in a province besides what the tables say; true of the scenario, whatever a run gives."""

Kept = dict[str, Any]


def provinces() -> list[str]:
    return [one.name for one in list_scenarios() if one.kind == "scenario"]


def kept() -> dict[str, Kept]:
    """What stands in the file, by scenario."""
    return dict(json.loads(KEPT.read_text(encoding="utf-8"))) if KEPT.is_file() else {}


def in_words(title: Title) -> Words:
    return Words(title.vi, title.en)


def counted(row: TargetRow, loaded: LoadedScenario, lang: Lang) -> str:
    """What a target counts and where, shortly."""
    where = scope_text(row.scope, lang, loaded.group_titles)
    return f"{term('measure', row.measure.partition('(')[0], lang)}; {where}"


def why_not(row: TargetRow, tables: RunTables, lang: Lang) -> str:
    """What `report --why` gives first; where it knows no cause, how far the measure came year by year."""
    if said := what_stops(tables, row, lang):
        return said
    return "; ".join(part for part in (UNKNOWN.text(lang), by_year(tables, row, lang)) if part)


def of_target(row: TargetRow, tables: RunTables, loaded: LoadedScenario) -> Kept:
    """All that the page says of one target."""
    stated = next(one for one in loaded.scenario.targets if one.id == row.target_id)
    return {
        "id": row.target_id,
        "title": {lang: row.title(lang) for lang in LANGUAGES},
        "counted": {lang: counted(row, loaded, lang) for lang in LANGUAGES},
        "has_figure": stated.threshold.basis == "plan",
        "measure": row.measure,
        "threshold": row.threshold,
        "due": f"{row.due:%m/%Y}",
        "median": row.median,
        "p05": row.p05,
        "p95": row.p95,
        "p_reached": row.p_reached,
        "verdict": row.verdict,
        "why": {lang: "" if row.p_reached == 1.0 else why_not(row, tables, lang) for lang in LANGUAGES},
        "readings": {lang: other_readings(tables, row, lang) for lang in LANGUAGES},
    }


def of_run(folder: Path) -> tuple[str, Kept]:
    """The scenario of a run folder, and all that the page says of it.

    Raises:
        ValueError: options, a future or settings were laid over the plan, so that it is no verdict on the plan.
    """
    tables = read_run_tables(folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    name = tables.manifest.scenario
    laid = [manifest[key] for key in ("options", "adoption", "future", "set", "until") if manifest[key]]
    if laid:
        raise ValueError(f"{folder}: not the plan as it stands, but with {laid}")
    bases = Counter(row.basis for row in tables.parameters)
    loaded = load(name)
    told = {
        "command": f"{PROGRAM}run {name} --replications {manifest['replications_done']}",
        "day": f"{datetime.fromtimestamp((folder / 'manifest.json').stat().st_mtime, UTC):%Y-%m-%d}",
        "seed": manifest["seed"],
        "model": manifest["program_hash"],
        "replications": manifest["replications_done"],
        "parameters": sum(bases[basis] for basis in BASES),
        "assumed": bases["assumed"],
        "targets": [of_target(row, tables, loaded) for row in deciding_rows(tables.targets)],
    }
    return name, told


def run(name: str, replications: int) -> Path:
    """Simulate a province as its plan stands and return the folder; what is there already is gone on with."""
    words = ["run", name, "--replications", str(replications), "--no-variance"]
    typed = [sys.executable, str(ROOT / "run.py"), *words, "--json"]
    answer = subprocess.run(typed, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return ROOT / str(json.loads(answer.stdout)["folder"])


def group_of(target: Kept) -> str:
    return verdict_group(target["verdict"])


def row_of(number: int, target: Kept, lang: Lang) -> str:
    kind = unit_kind(target["measure"])
    chance = BLANK if target["p_reached"] is None else f"{number_text(100 * target['p_reached'], 0, lang)}%"
    is_rounded = target["threshold"] == ROUNDS_TO_ALL
    needed = runs_needed(target["verdict"])
    verdict = term("verdict", "undecided", lang) if needed else verdict_text(group_of(target), lang)
    cells = [
        str(number),
        f"`{target['id']}`{'' if target['has_figure'] else f' {NOT_STATED}'}",
        threshold_text(1.0 if is_rounded else target["threshold"], kind, lang) + (ROUNDED if is_rounded else ""),
        target["due"],
        quantity_text(target["median"], kind, lang),
        interval_text(target["p05"], target["p95"], kind, lang),
        chance,
        f"{sign_of(group_of(target))} {verdict}",
    ]
    return f"| {' | '.join(cells)} |"


def day_of(told: Kept, lang: Lang) -> str:
    return f"{date.fromisoformat(told['day']):%d/%m/%Y}" if lang == "vi" else str(told["day"])


def overview_row(name: str, told: Kept) -> str:
    targets = told["targets"]
    groups = Counter(group_of(one) if group_of(one) in CLOSED else OPEN for one in targets)
    cells = [f"`{name}`", len(targets), sum(one["has_figure"] for one in targets)]
    cells += [groups[group] for group in (*CLOSED, OPEN)]
    cells += [told[key] for key in ("parameters", "assumed", "replications", "day")] + [f"`{told['model']}`"]
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def section(name: str, told: Kept, lang: Lang) -> Iterator[str]:
    """One province: how it was run, the paragraph, the table, and why."""
    targets: Sequence[Mapping[str, Any]] = told["targets"]
    yield from (
        f"## {in_words(load(name).scenario.title).text(lang)}",
        "",
        RUN_BY.text(lang).format(**told | {"day": day_of(told, lang)}),
        "",
    )
    reached = sum(group_of(dict(one)) == "reachable" for one in targets)
    counts = {"reached": reached, "n": len(targets), "assumed": told["assumed"], "parameters": told["parameters"]}
    said = [TOLD.text(lang).format(**counts, note=NOTES[name].text(lang))]
    if codes := [f"`{one['id']}` ({'; '.join(one['readings'][lang])})" for one in targets if one["readings"][lang]]:
        said.append(READINGS.text(lang).format(codes=", ".join(codes)))
    yield from (" ".join(said), "", HEAD.text(lang), f"|{'---|' * 8}")
    yield from (row_of(number, dict(one), lang) for number, one in enumerate(targets, start=1))
    yield from ("", WHY.text(lang), "")
    for number, one in enumerate(targets, start=1):
        told_of_it = EACH.text(lang).format(
            number=number, id=one["id"], title=one["title"][lang], counted=one["counted"][lang]
        )
        why = one["why"][lang]
        yield f"- {told_of_it}" + (f" {capital(why)}." if why else "")
    yield ""


def page(lang: Lang, of: Mapping[str, Kept]) -> str:
    """The whole page."""
    lines = [f"# {TITLE.text(lang)}", "", ABOUT.text(lang), "", f"## {OVERVIEW.text(lang)}", ""]
    lines += [OVERVIEW_HEAD.text(lang), f"|{'---|' * 12}", *(overview_row(name, told) for name, told in of.items()), ""]
    for name, told in of.items():
        lines += section(name, told, lang)
    return "\n".join(lines)


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, help="folders of runs of the plans as they stand")
    parser.add_argument("--replications", type=int, help="run every province that has no folder here so many times")
    words = parser.parse_args()
    named = dict(of_run(folder) for folder in words.folders)
    told = kept() | named
    for name in provinces() if words.replications else []:
        if name not in named:
            told |= [of_run(run(name, words.replications))]
            write(told)
    write(told)


def write(told: Mapping[str, Kept]) -> None:
    """The file and both pages, provinces in the order of their names."""
    of = {name: told[name] for name in provinces() if name in told}
    KEPT.write_text(json.dumps(of, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for lang, path in PAGES.items():
        path.write_text(page(lang, of), encoding="utf-8")


if __name__ == "__main__":
    main()
