"""The page of verdicts before and after calibration in `docs/`, from run folders.

`python tests/docs/calibrated.py FOLDER...` takes folders of runs. One that draws from its scenario's calibration is the
side after; any other one is the side before and, where the scenario has no calibration, after too: its replications
weighed by the published figures. What they say is written to `calibrated.json` and to the two pages; what no folder is
given for keeps what stands in the file. Without words the pages are written again from the file.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from pages import PROGRAM, ROOT
from verdicts import Kept, in_words

from sim.report.formatting import BLANK, interval_text, number_text, quantity_text, threshold_text, unit_kind
from sim.report.words import scope_text, term, verdict_group, verdict_text
from sim.results.run_tables import TARGETS, TargetRow, deciding_rows
from sim.results.update_tables import USED, ObservedRow
from sim.results.words import LANGUAGES, Lang, Words
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import load
from sim.scenario.measured_file import observed_file
from sim.scenario.measures import MILESTONE
from sim.studies.manifest import OpenedFolder, opened
from sim.studies.single_case import PRIOR
from sim.studies.updating import is_calibrated, take_in, updated_targets

KEPT = Path(__file__).with_name("calibrated.json")
PAGES: dict[Lang, Path] = {"en": ROOT / "docs" / "calibration.md", "vi": ROOT / "docs" / "calibration.vi.md"}
MODEL_ERROR = 0.15
"""What the model may be off by in a share at 95 %; `scenarios/calibrated/README.md` says on what grounds."""
GOAL = 0.5
"""Of the widths of today: what the median of share targets is to come to."""
FEWEST_SCORED = 10

TITLE = Words("Kết luận trước và sau khi hiệu chỉnh", "Verdicts before and after calibration")
ABOUT = Words(
    "Trang do `.venv/bin/python tests/docs/calibrated.py` lập từ thư mục kết quả. Trước: rút từ các khoảng đã nêu. Sau:"
    " rút từ bảng hiệu chỉnh của kịch bản; nơi chưa có bảng thì chính các lần mô phỏng ấy, gán trọng số theo số đã đo."
    " Độ rộng: dải 5–95% sau so với trước. Chỉ các chỉ tiêu có số, không có mốc kinh phí. [In English](calibration.md)",
    "Made by `.venv/bin/python tests/docs/calibrated.py` from run folders. Before: drawn from the stated ranges. After:"
    " drawn from the scenario's calibration; where there is none, the same replications, weighed by the figures. Width:"
    " the 5–95% band after, of that before. Targets in figures only, no milestones of money."
    " [Bằng tiếng Việt](calibration.vi.md)",
)
HEAD = Words(
    "| Số | Mã | Ngưỡng | Trước: trung vị (5–95%), xác suất, kết luận | Sau | Độ rộng | Đổi |",
    "| No. | Code | Threshold | Before: median (5–95%), chance, verdict | After | Width | Changed |",
)
BEFORE_BY = Words("Trước: `{command}`, mô hình {model}.{thin}", "Before: `{command}`, model {model}.{thin}")
AFTER_BY = Words("Sau: `{command}`, mô hình {model}.{thin}", "After: `{command}`, model {model}.{thin}")
WEIGHED = Words(
    "Sau: các lần ấy, gán trọng số, tương đương {effective} lần độc lập.",
    "After: the same replications, weighed, worth {effective} independent ones.",
)
THINNED = Words(
    " Chỉ một phần văn bản, hồ sơ được mô phỏng: phần mua sắm, trang bị đúng như mô phỏng đủ, tỷ lệ luân chuyển xấp xỉ,"
    " chờ đợi thì không.",
    " A part of documents and dossiers is simulated: what is bought and installed is as in the full world, shares of"
    " flows nearly, waiting is not.",
)
NOTES = {
    "binh_dinh_2016_2020": Words(
        "Mô hình trước đặt khả năng xã dùng chung một văn phòng điện tử ở 85%, khi đã biết số của năm 2017; nay đặt một"
        " nửa rồi để số ấy chọn. Số ấy cho biết xã dùng chung một văn phòng điện tử và tiền thành hợp đồng trong 104"
        " ngày thay vì 152 (trung vị); không cho biết gì về mức sử dụng. Hai cột là hai trạng thái của mô hình trong"
        " cùng ngày, mỗi cột 20 lần: chỗ khác nhau ở dịch vụ một cửa (b1 đến b6) là do ngẫu nhiên hoặc do sửa đổi khác,"
        " hầu như không do hiệu chỉnh; độ rộng chỉ chắc đến mức 20 lần cho phép.",
        "The model before put the chance that communes share one e-office at 85%, with the figure of 2017 known; now"
        " it is even, and the figure chooses. It tells that communes share one, and that money becomes a contract in"
        " 104 days instead of 152 (medians); it tells nothing of use. The two sides are of two states of the model on"
        " one day, 20 replications each: where services (b1 to b6) differ it is by chance or by other mends, hardly by"
        " the calibration, and widths are no surer than 20 replications make them.",
    )
}
"""What the figures tell, and how the two sides may be compared."""
FIGURE = Words(
    "- {measure}, {where}, {day}: đo được {value}, mô phỏng trước {median} ({band})",
    "- {measure}, {where}, {day}: measured {value}, simulated before {median} ({band})",
)
WIDTHS = Words(
    "Tỷ số độ rộng trung vị của {n} chỉ tiêu tỷ lệ có dải: {ratio}; mục tiêu: không quá {goal}{met}.",
    "Median ratio of widths of the {n} share targets that have a band: {ratio}; goal: at most {goal}{met}.",
)
MET, MISSED = Words(" (đạt)", " (met)"), Words(" (chưa đạt)", " (not met)")
COVERAGE = Words(
    "Kiểm trên số để riêng: chưa có. Tỉnh ở đây chỉ có một số dùng được và nó đã dùng rồi; các tỉnh khác có {n} số"
    " chấm được, của kế hoạch khác, không bảng hiệu chỉnh nào ở đây chạm tới. Dưới {fewest} số thì không nói được dải"
    " giữ đúng bao nhiêu phần trăm.",
    "On left-out observations: none yet. The province here has one figure that can be used, and it was; other plans"
    " have {n} that can be scored, which no calibration here reaches. Below {fewest} no coverage can be told.",
)
YES = Words("có", "yes")


def command_of(run: OpenedFolder) -> str:
    """The words that make the run again."""
    manifest = run.manifest
    sets = "".join(f" --set {one}" for one in manifest["set"] if one != PRIOR)
    prior = " --prior" if PRIOR in manifest["set"] else ""
    return f"{PROGRAM}run {manifest['scenario']} --replications {manifest['replications_done']}{sets}{prior}"


def of_target(row: TargetRow) -> Kept:
    return {
        "number": row.number,
        "id": row.target_id,
        "measure": row.measure,
        "threshold": row.threshold,
        "median": row.median,
        "p05": row.p05,
        "p95": row.p95,
        "p_reached": row.p_reached,
        "verdict": row.verdict,
    }


def of_run(run: OpenedFolder) -> Kept:
    """One side of the table: what a run says of each target in figures."""
    return {
        "command": command_of(run),
        "model": run.manifest["program_hash"],
        "thinned": any(one.startswith("run.thinning") for one in run.manifest["set"]),
        "targets": [of_target(row) for row in in_figures(deciding_rows(TARGETS.read(run.folder.path)))],
    }


def in_figures(rows: Sequence[TargetRow]) -> list[TargetRow]:
    return [row for row in rows if not row.measure.startswith(MILESTONE)]


def of_weights(run: OpenedFolder) -> tuple[list[Kept], Kept]:
    """The figures beside a run, and what its replications say once they are weighed by them."""
    file = observed_file(str(run.manifest["scenario"]))
    if file is None:
        return [], {}
    taken = take_in(run, file, published=True, model_error=MODEL_ERROR)
    figures = [of_figure(row) for row in taken.rows if row.state == USED]
    after = [
        {
            "id": one.target_id,
            "median": one.after_median,
            "p05": one.after_p05,
            "p95": one.after_p95,
            "p_reached": one.after_p_reached,
            "verdict": one.after_verdict,
        }
        for one in updated_targets(run, taken)
    ]
    return figures, {"effective": taken.weights.effective, "targets": after}


def of_figure(row: ObservedRow) -> Kept:
    return {
        "measure": row.measure,
        "scope": row.scope,
        "day": row.measured_on.isoformat(),
        "unit": row.unit,
        "value": row.value,
        "median": row.before_median,
        "p05": row.before_p05,
        "p95": row.before_p95,
    }


def added(told: dict[str, Kept], run: OpenedFolder) -> None:
    """Put what a folder says where it belongs."""
    name = str(run.manifest["scenario"])
    mine = told.setdefault(name, {"before": None, "after": None, "figures": []})
    if is_calibrated(run):
        mine["after"] = of_run(run)
        return
    mine["before"] = of_run(run)
    if not load(name).agreeing_draws:
        mine["figures"], mine["after"] = of_weights(run)


def pairs(told: Kept) -> list[tuple[Kept, Kept]]:
    """Each target before and after."""
    after = {one["id"]: one for one in told["after"]["targets"]}
    return [(one, after[one["id"]]) for one in told["before"]["targets"] if one["id"] in after]


def ratio_of(was: Kept, now: Kept) -> float | None:
    """The width of the band after, of that before; None where there was none."""
    if None in (was["p05"], was["p95"], now["p05"], now["p95"]) or was["p95"] - was["p05"] < 1e-9:
        return None
    return float((now["p95"] - now["p05"]) / (was["p95"] - was["p05"]))


def side(one: Kept, measure: str, lang: Lang) -> str:
    kind = unit_kind(measure)
    chance = BLANK if one["p_reached"] is None else f"{number_text(100 * one['p_reached'], 0, lang)}%"
    group = verdict_group(one["verdict"])
    verdict = term("verdict", "undecided", lang) if group.startswith("undecided") else verdict_text(group, lang)
    band = interval_text(one["p05"], one["p95"], kind, lang)
    return f"{quantity_text(one['median'], kind, lang)} ({band}), {chance}, {verdict}"


def row_of(was: Kept, now: Kept, lang: Lang) -> str:
    ratio, measure = ratio_of(was, now), was["measure"]
    changed = verdict_group(was["verdict"]) != verdict_group(now["verdict"])
    cells = [
        str(was["number"]),
        f"`{was['id']}`",
        threshold_text(was["threshold"], unit_kind(measure), lang),
        side(was, measure, lang),
        side(now, measure, lang),
        BLANK if ratio is None else number_text(ratio, 2, lang),
        YES.text(lang) if changed else "",
    ]
    return f"| {' | '.join(cells)} |"


def widths(of: Sequence[tuple[Kept, Kept]], lang: Lang) -> str:
    """The median ratio of widths of share targets, against the goal."""
    shares = [(was, now) for was, now in of if unit_kind(was["measure"]) == "share"]
    ratios = [ratio for was, now in shares if (ratio := ratio_of(was, now)) is not None]
    if not ratios:
        return ""
    found = median(ratios)
    met = (MET if found <= GOAL else MISSED).text(lang)
    shown, goal = (number_text(value, 2, lang) for value in (found, GOAL))
    return WIDTHS.text(lang).format(n=len(ratios), ratio=shown, goal=goal, met=met)


def run_by(words: Words, one: Kept, lang: Lang) -> str:
    thin = THINNED.text(lang) if one["thinned"] else ""
    return words.text(lang).format(command=one["command"], model=one["model"], thin=thin)


def section(name: str, told: Kept, lang: Lang) -> Iterator[str]:
    """One province: how both sides were run, the figures, the table, its widths."""
    yield from (f"## {in_words(load(name).scenario.title).text(lang)}", "", run_by(BEFORE_BY, told["before"], lang))
    if "command" in told["after"]:
        yield run_by(AFTER_BY, told["after"], lang)
    else:
        yield WEIGHED.text(lang).format(effective=number_text(told["after"]["effective"], 1, lang))
    yield from ("", *([NOTES[name].text(lang), ""] if name in NOTES else []))
    for figure in told["figures"]:
        kind = unit_kind(figure["measure"], figure["unit"])
        yield FIGURE.text(lang).format(
            measure=term("measure", figure["measure"].partition("(")[0], lang),
            where=scope_text(figure["scope"], lang),
            day=figure["day"],
            value=quantity_text(figure["value"], kind, lang),
            median=quantity_text(figure["median"], kind, lang),
            band=interval_text(figure["p05"], figure["p95"], kind, lang),
        )
    yield from ("", HEAD.text(lang), f"|{'---|' * 7}")
    yield from (row_of(was, now, lang) for was, now in pairs(told))
    yield from ("", widths(pairs(told), lang), "")


def scored_besides(of: Mapping[str, Kept]) -> int:
    """Published figures that nothing rests on and that no scenario here was weighed by."""
    import csv

    found = 0
    for name in (one.name for one in list_scenarios() if one.kind == "scenario"):
        file = observed_file(name)
        if file is not None and name not in of:
            with file.open(encoding="utf-8", newline="") as lines:
                found += sum(not row["feeds"] for row in csv.DictReader(lines))
    return found


def page(lang: Lang, of: Mapping[str, Kept]) -> str:
    """The whole page."""
    lines = [f"# {TITLE.text(lang)}", "", ABOUT.text(lang), ""]
    everything = [pair for told in of.values() for pair in pairs(told)]
    lines += [widths(everything, lang), COVERAGE.text(lang).format(n=scored_besides(of), fewest=FEWEST_SCORED), ""]
    for name, told in of.items():
        lines += section(name, told, lang)
    return "\n".join(lines)


def kept() -> dict[str, Kept]:
    """What stands in the file, by scenario."""
    return dict(json.loads(KEPT.read_text(encoding="utf-8"))) if KEPT.is_file() else {}


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", help="folders of runs, before or after")
    told = kept()
    for folder in parser.parse_args().folders:
        added(told, opened(folder))
    of = dict(sorted(told.items()))
    KEPT.write_text(json.dumps(of, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    whole = {name: one for name, one in of.items() if one["before"] and one["after"]}
    for lang in LANGUAGES:
        PAGES[lang].write_text(page(lang, whole), encoding="utf-8")


if __name__ == "__main__":
    main()
