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
from csv import DictReader
from dataclasses import asdict
from pathlib import Path
from statistics import median

from pages import PROGRAM, ROOT
from verdicts import Kept, in_words

from sim.measure.hindcasts import days_of, units_of
from sim.measure.left_out import left_out_rows
from sim.report.formatting import BLANK, interval_text, number_text, quantity_text, threshold_text, unit_kind
from sim.report.words import scope_text, term, verdict_group, verdict_text
from sim.results.hindcast_tables import FEWEST_SCORED, INSIDE, NO_OTHER, TOO_FEW_AGREE
from sim.results.run_tables import TARGETS, TargetRow, deciding_rows
from sim.results.update_tables import USED, ObservedRow
from sim.results.words import LANGUAGES, Lang, Words
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import load
from sim.scenario.measured_file import measured_figures, observed_file
from sim.scenario.measures import MILESTONE
from sim.studies.manifest import OpenedFolder, opened
from sim.studies.single_case import PRIOR
from sim.studies.updating import is_calibrated, replications_of, shared_by, take_in, updated_targets

KEPT = Path(__file__).with_name("calibrated.json")
PAGES: dict[Lang, Path] = {"en": ROOT / "docs" / "calibration.md", "vi": ROOT / "docs" / "calibration.vi.md"}
MODEL_ERROR = 0.15
"""What the model may be off by in a share at 95 %; `scenarios/calibrated/README.md` says on what grounds."""
GOAL = 0.5
"""Of the widths of today: what the median of share targets is to come to."""

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
        "Số ấy cho biết xã dùng chung một văn phòng điện tử và tiền thành hợp đồng trong 104 ngày thay vì 152 (trung"
        " vị); không cho biết gì về mức sử dụng. Hai cột cùng một mô hình, cùng số khởi tạo; độ rộng chỉ chắc đến mức"
        " số lần mô phỏng cho phép.",
        "It tells that communes share one e-office, and that money becomes a contract in 104 days instead of 152"
        " (medians); it tells nothing of use. Both sides are of one model and one seed; widths are no surer than the"
        " replications make them.",
    ),
    "binh_dinh_2011_2015": Words(
        "Các số này kéo về hai phía: thư điện tử và văn bản gửi Bộ, ngành ít hơn mô phỏng, văn bản nội bộ hoàn toàn"
        " điện tử nhiều hơn, chứng thư số cá nhân thì không lần mô phỏng nào có; ít lần hợp với tất cả, nên cột sau chỉ"
        " tựa vào vài lần và kết luận thành chưa đủ cơ sở. Đó là do mô hình sai về hình dạng, không phải thiếu hiệu"
        " chỉnh.",
        "The figures pull both ways: mail and documents to ministries less than simulated, documents wholly electronic"
        " inside agencies more, and personal certificates that no replication has. Few replications agree with all, so"
        " that the side after rests on a handful and verdicts become undecided. There the model has the wrong shape;"
        " it does not lack a calibration.",
    ),
}
"""What the figures tell, and how the two sides may be compared."""
FIGURE = Words(
    "- {what}, {day}: đo được {value}, mô phỏng trước {median} ({band})",
    "- {what}, {day}: measured {value}, simulated before {median} ({band})",
)
WIDTHS = Words(
    "Tỷ số độ rộng trung vị của {n} chỉ tiêu tỷ lệ có dải: {ratio}; mục tiêu: không quá {goal}{met}.",
    "Median ratio of widths of the {n} share targets that have a band: {ratio}; goal: at most {goal}{met}.",
)
MET, MISSED = Words(" (đạt)", " (met)"), Words(" (chưa đạt)", " (not met)")
COVERAGE = Words(
    "Kiểm trên số để riêng (mỗi số được dự báo từ các số khác của cùng kế hoạch; mô hình có thể lệch {error}): {inside}"
    " trên {scored} số nằm trong dải 5–95%; {none} số không nói được gì vì quá ít lần mô phỏng hợp với các số kia;"
    " {alone} số không có số khác để dựa vào. Chưa hiệu chỉnh thì {before} trên {all} số nằm trong. Mục tiêu: 85–95%;"
    " dưới {fewest} số thì chưa nói được dải giữ đúng bao nhiêu phần trăm.",
    "On left-out observations (each foretold from the other ones of its plan, the model being off by up to {error}):"
    " {inside} of {scored} inside the 5–95% band; of {none} nothing can be said, since too few replications agree with"
    " the others; {alone} has no other to go by. Uncalibrated {before} of {all} are inside. Goal: 85–95%; below"
    " {fewest} no coverage can be told.",
)
LEFT_HEAD = Words(
    "| Số đo để riêng | Báo cáo | Chưa hiệu chỉnh (5–95%) | Theo các số khác (5–95%) | Bằng bao nhiêu lần |",
    "| Figure left out | Reported | Uncalibrated (5–95%) | By the others (5–95%) | Replications' worth |",
)
NO_FIGURE = Words(
    "Không có số nào trong kỳ kế hoạch mà không tham số nào dựa vào, nên không có gì để hiệu chỉnh: {names}. Kết luận ở"
    " [bảng kết luận](verdicts.vi.md).",
    "No figure of the plan's course on which no parameter rests is known, so that there is nothing to calibrate on:"
    " {names}. Their verdicts are in [verdicts](verdicts.md).",
)
NOT_CARRIED = Words(
    "Kết quả hiệu chỉnh của tỉnh này không chuyển sang tỉnh khác. Hai tỉnh có số dùng được là quá ít để biết các tỉnh"
    " khác nhau bao nhiêu, mà không biết điều đó thì mượn kết quả chỉ làm dải hẹp giả; tỉnh thứ sáu dùng các khoảng đã"
    " nêu.",
    "No province's calibration is carried to another. Two provinces with figures that can be used are too few to know"
    " how much provinces differ, and without that a borrowed fit would only make bands falsely narrow; a sixth province"
    " gets the stated ranges.",
)
POINTS = Words("điểm phần trăm", "percentage points")
UNCOUNTED = Words("quá ít trường hợp khi mô phỏng thưa", "too few cases in a thinned run")
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


def of_left_out(run: OpenedFolder) -> list[Kept]:
    """Each figure that may be scored, foretold from the others; of a single one from none."""
    file = observed_file(str(run.manifest["scenario"]))
    if file is None:
        return []
    measured = replications_of(run)
    series = measured[0].series
    figures = measured_figures(file, units_of(series), days_of(series), [], published=True)
    rows = left_out_rows(figures, measured, shared_by(run, measured), MODEL_ERROR)
    return [{**asdict(row), "measured_on": row.measured_on.isoformat()} for row in rows]


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
        mine["left_out"] = of_left_out(run)


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
    if one["median"] is None:
        return UNCOUNTED.text(lang)
    chance = BLANK if one["p_reached"] is None else f"{number_text(100 * one['p_reached'], 0, lang)}%"
    group = verdict_group(one["verdict"])
    verdict = term("verdict", "undecided", lang) if group.startswith("undecided") else verdict_text(group, lang)
    band = interval_text(one["p05"], one["p95"], kind, lang)
    return f"{quantity_text(one['median'], kind, lang)} ({band}), {chance}, {verdict}"


def row_of(was: Kept, now: Kept, lang: Lang) -> str:
    ratio, measure = ratio_of(was, now), was["measure"]
    is_told = None not in (was["median"], now["median"])
    changed = is_told and verdict_group(was["verdict"]) != verdict_group(now["verdict"])
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
            what=figure_name(figure, lang),
            day=figure["day"],
            value=quantity_text(figure["value"], kind, lang),
            median=quantity_text(figure["median"], kind, lang),
            band=interval_text(figure["p05"], figure["p95"], kind, lang),
        )
    yield from ("", HEAD.text(lang), f"|{'---|' * 7}")
    yield from (row_of(was, now, lang) for was, now in pairs(told))
    yield from ("", widths(pairs(told), lang), "")


def left_out(told: Mapping[str, Kept], lang: Lang) -> Iterator[str]:
    """How the figures that were left out came out, all plans together, then each."""
    rows = [row for one in told.values() for row in one.get("left_out", ())]
    said = [row for row in rows if row["state"] not in (TOO_FEW_AGREE, NO_OTHER)]
    yield COVERAGE.text(lang).format(
        error=f"{number_text(100 * MODEL_ERROR, 0, lang)} {POINTS.text(lang)}",
        inside=sum(row["state"] == INSIDE for row in said),
        scored=len(said),
        none=sum(row["state"] == TOO_FEW_AGREE for row in rows),
        alone=sum(row["state"] == NO_OTHER for row in rows),
        before=sum(row["before_state"] == INSIDE for row in rows),
        all=len(rows),
        fewest=FEWEST_SCORED,
    )
    yield from ("", LEFT_HEAD.text(lang), f"|{'---|' * 5}")
    yield from (left_out_row(row, lang) for row in rows)
    yield ""


def left_out_row(row: Kept, lang: Lang) -> str:
    kind = unit_kind(row["measure"], row["unit"])

    def band(before: str, state: str) -> str:
        median, low, high = (row[f"{before}{name}"] for name in ("median", "p05", "p95"))
        said = f"{quantity_text(median, kind, lang)} ({interval_text(low, high, kind, lang)})"
        return f"{said}, {term('figure_state', state, lang)}"

    named = f"{figure_name(row, lang)}, {row['measured_on']}"
    by_others = BLANK if row["state"] in (TOO_FEW_AGREE, NO_OTHER) else band("", row["state"])
    cells = [
        named,
        quantity_text(row["value"], kind, lang),
        band("before_", row["before_state"]),
        by_others,
        BLANK if row["state"] == NO_OTHER else number_text(row["effective"], 1, lang),
    ]
    return f"| {' | '.join(cells)} |"


def figure_name(row: Kept, lang: Lang) -> str:
    return f"{term('measure', row['measure'].partition('(')[0], lang)}, {scope_text(row['scope'], lang)}"


def without_figures(of: Mapping[str, Kept]) -> list[str]:
    """Scenarios that no figure can calibrate.

    Raises:
        KeyError: one has figures and no folder of it was given.
    """
    found = []
    for name in (one.name for one in list_scenarios() if one.kind == "scenario" and one.name not in of):
        file = observed_file(name)
        if file is not None and any(not row["feeds"] for row in DictReader(file.read_text("utf-8").splitlines())):
            raise KeyError(name)
        found.append(name)
    return found


def page(lang: Lang, of: Mapping[str, Kept]) -> str:
    """The whole page."""
    lines = [f"# {TITLE.text(lang)}", "", ABOUT.text(lang), ""]
    everything = [pair for told in of.values() for pair in pairs(told)]
    lines += [widths(everything, lang), "", *left_out(of, lang)]
    names = ", ".join(in_words(load(name).scenario.title).text(lang) for name in without_figures(of))
    lines += [NO_FIGURE.text(lang).format(names=names), "", NOT_CARRIED.text(lang), ""]
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
