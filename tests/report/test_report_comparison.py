from __future__ import annotations

import csv
import math
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from fake_comparison import CASES, write_fake_comparison
from fake_run import HOSTILE_TITLE
from page_reader import Page

from sim.report.comparison import CLEAR, UNCLEAR, CompareTables, difference_text, read_compare_tables
from sim.report.comparison_page import comparison_passages, target_blocks
from sim.report.figures.case_lines import case_charts, draw_cases, look_of, spread_places
from sim.report.figures.differences import difference_footnote, difference_panels, draw_differences
from sim.report.figures.drawing import house_style
from sim.report.folder import write_report
from sim.report.formatting import signed_number
from sim.results.cell_text import clean_text
from sim.results.table import TableError
from sim.results.words import LANGUAGES, Lang

PICTURES = ("compare_differences", "panels_a3", "panels_a2", "compare_a3", "compare_a2")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = write_fake_comparison(tmp_path_factory.mktemp("runs") / "compare")
    write_report(made, "compare")
    return made


@pytest.fixture(scope="module")
def tables(folder: Path) -> CompareTables:
    return read_compare_tables(folder)


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_cases_and_targets_keep_the_order_of_the_table(tables: CompareTables) -> None:
    assert [case.name for case in tables.cases] == list(CASES)
    assert [(target.number, target.target_id, target.reading) for target in tables.targets] == [
        (1, "a3", "plan"),
        (2, "a2", "plan"),
    ]
    assert tables.targets[0].rows["option:all_communes"].difference_mean == 0.312


def test_the_words_name_gains_losses_changes_of_verdict_and_money(tables: CompareTables) -> None:
    gains, money = comparison_passages(tables, "vi")
    assert gains.opening.startswith("So sánh 2 trường hợp với “Kịch bản gốc”, n = 20 lần mô phỏng.")
    first, second = gains.points
    assert first.startswith("Chỉ tiêu 1 (a3) “Văn bản trao đổi giữa các cơ quan")
    assert "tăng rõ với “Văn phòng điện tử cho mọi xã” +31,2 (+28,1 đến +34,3) điểm %; " in first
    assert "giảm rõ với “Cắt giảm biên chế” −4,5 (−6,0 đến −3,0) điểm %; " in first
    assert first.endswith(
        "kết luận đổi từ khó hoàn thành thành chưa đủ cơ sở kết luận với “Văn phòng điện tử cho mọi xã”."
    )
    assert second.endswith(
        "chưa đủ cơ sở nói có khác biệt: “Văn phòng điện tử cho mọi xã”, "
        "“Cắt giảm biên chế”; kết luận không đổi: có nguy "
        "cơ không hoàn thành."
    )
    assert money.opening.startswith("Kinh phí đã giải ngân của “Kịch bản gốc”: 44.946,0 triệu đồng (trung vị).")
    assert list(money.points) == [
        (
            "“Văn phòng điện tử cho mọi xã”: thêm 9.500,0 triệu đồng; mỗi tỷ đồng chi thêm ứng với +3,3 điểm % "
            "ở chỉ tiêu 1 (a3)."
        ),
        "“Cắt giảm biên chế”: bớt 800,0 triệu đồng.",
    ]


def test_money_that_buys_nothing_clear_and_no_money_are_said(tables: CompareTables) -> None:
    unclear = tuple(replace(row, holm_significant=False) for row in tables.rows)
    money = comparison_passages(replace(tables, rows=unclear), "en")[1]
    assert money.points[0].endswith("9,500.0 million VND more, and no target is known to gain.")
    same = tuple(replace(row, spent_median_million_vnd=44946.4) for row in tables.rows)
    assert comparison_passages(replace(tables, rows=same), "en")[1].points[1].endswith("nothing more is spent.")
    none = tuple(replace(row, spent_median_million_vnd=None) for row in tables.rows)
    assert len(comparison_passages(replace(tables, rows=none), "en")) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_targets_of_money_alone_rest_on_no_simulation_and_the_cases_still_do(tables: CompareTables, lang: Lang) -> None:
    """A comparison cut short may be left with such targets only: it met futures all the same."""
    drawn = tuple(replace(row, n=2500, verdict="at risk (money alone, 2500 draws)") for row in tables.rows)
    alone = replace(tables, rows=drawn)
    assert f"n = {tables.manifest.replications_done} " in comparison_passages(alone, lang)[0].opening
    assert "n = " not in difference_footnote(difference_panels(alone), "", lang)
    assert "n = " in difference_footnote(difference_panels(tables), "", lang)


def test_a_case_that_changes_nothing_is_not_called_unclear(tables: CompareTables) -> None:
    zero = {"difference_mean": 0.0, "difference_low": 0.0, "difference_high": 0.0, "holm_significant": False}
    rows = tuple(replace(row, **zero) if row.case.name == "option:all_communes" else row for row in tables.rows)
    same = replace(tables, rows=rows)
    assert "; không làm thay đổi gì: “Văn phòng điện tử cho mọi xã”; " in comparison_passages(same, "vi")[0].points[0]
    line = target_blocks(same, "vi")[0].lines[1]
    assert (line.difference, line.clear) == ("không đổi", "không đổi")
    assert difference_text(replace(rows[3], difference_high=0.001), "share", "vi") == "0,0 (0,0 đến +0,1)"


def test_one_case_alone_is_no_comparison(tables: CompareTables) -> None:
    alone = replace(tables, rows=tuple(row for row in tables.rows if row.case.name == "baseline"))
    assert comparison_passages(alone, "vi") == []
    assert difference_panels(alone) == ()


def test_the_table_shows_differences_in_points_and_whether_they_are_clear(tables: CompareTables) -> None:
    blocks = target_blocks(tables, "vi")
    assert blocks[0].aim == "ngưỡng 95%, thời hạn 31/12/2020; theo đúng nội dung Kế hoạch"
    baseline, option, future = blocks[0].lines
    assert (baseline.difference, baseline.clear, baseline.spent) == ("—", "—", "44.946")
    assert (option.difference, option.clear) == ("+31,2 điểm %\n(+28,1 đến +34,3)", "đủ cơ sở")
    assert (option.verdict, option.verdict_class) == ("chưa đủ cơ sở kết luận (cần chạy thêm 60 lần mô phỏng)", "other")
    assert (future.difference, future.verdict_class) == ("−4,5 điểm %\n(−6,0 đến −3,0)", "out-of-reach")
    assert (blocks[1].lines[1].difference, blocks[1].lines[1].clear) == (
        "+0,1 điểm %\n(−0,4 đến +0,6)",
        "không đáng kể",
    )


def test_differences_draw_exactly_their_csv(tables: CompareTables, folder: Path) -> None:
    written = _csv(folder / "figures" / "compare_differences.csv")
    with house_style():
        figure = draw_differences(difference_panels(tables), "", "vi")
    for axes, target in zip(figure.axes, ("a3", "a2"), strict=True):
        rows = [row for row in written if row["target_id"] == target]
        dots = [line for line in axes.lines if line.get_marker() == "o"]
        assert [list(dot.get_xdata()) for dot in dots] == [[100 * float(row["difference_mean"])] for row in rows]
        filled = [dot.get_markerfacecolor() != "white" for dot in dots]
        assert filled == [row["holm_significant"] == "1" for row in rows]
        ends = [segment for whisker in axes.collections for segment in whisker.get_segments()]
        whiskers = [(float(low), float(high)) for (low, _), (high, _) in ends]
        expected = [(100 * float(row["difference_low"]), 100 * float(row["difference_high"])) for row in rows]
        assert [pytest.approx(pair) for pair in expected] == whiskers
    for panels in (difference_panels(tables), difference_panels(tables)[::-1]):
        axes = draw_differences(panels, "", "vi").axes
        drawn = [end for one in axes for whisker in one.collections for end in whisker.get_segments()[0][:, 0]]
        for one in axes:
            assert one.get_xlim()[0] <= min(drawn) < max(drawn) <= one.get_xlim()[1], "none is cut by an earlier panel"
    assert {row["reading"] for row in written} == {"plan"}


def test_lines_draw_exactly_their_csv_and_differ_in_more_than_colour(tables: CompareTables, folder: Path) -> None:
    written = [row for row in _csv(folder / "figures" / "compare_a3.csv") if row["drawn"] == "month"]
    chart = case_charts(tables)[0]
    with house_style():
        axes = draw_cases(chart, "", "vi").axes[0]
    for line, cell in zip(axes.lines, CASES, strict=False):
        rows = [row for row in written if row["cell"] == cell]
        drawn = [None if math.isnan(value) else value for value in line.get_ydata()]
        assert drawn == [float(row["median"]) if row["median"] else None for row in rows]
        assert rows[0]["version"] == "reported"
    looks = [(look_of(at).style, look_of(at).marker) for at in range(7)]
    assert len(set(looks)) == 7
    labels = [text.get_text().replace("\n", " ") for text in axes.texts]
    assert any(label.startswith("Văn phòng điện tử cho mọi xã: ") for label in labels)
    assert "ngưỡng 95%" in labels


def test_with_three_cases_only_the_baseline_has_its_band(tables: CompareTables) -> None:
    chart = case_charts(tables)[0]
    with house_style():
        assert len(draw_cases(chart, "", "en").axes[0].collections) == 1
        pair = replace(chart, lines=chart.lines[:2])
        assert len(draw_cases(pair, "", "en").axes[0].collections) == 2


def test_labels_keep_off_each_other_and_inside() -> None:
    heights = [0.1, 0.1, 0.2, 0.1]
    places = spread_places([0.99, 0.98, 0.97, 0.1], heights)
    ordered = sorted(zip(places, heights, strict=True))
    for (low, low_height), (high, high_height) in pairwise(ordered):
        assert high - low >= (low_height + high_height) / 2 - 1e-9
    assert max(place + height / 2 for place, height in ordered) <= 1 + 1e-9
    assert places[3] == pytest.approx(0.1)
    assert spread_places([0.3, 0.7], [0.1, 0.1]) == [0.3, 0.7]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_holds_words_pictures_and_table_and_loads_nothing(folder: Path, language: Lang) -> None:
    text = (folder / f"compare.{language}.html").read_text(encoding="utf-8")
    page = Page(text)
    assert "http://" not in text
    assert "https://" not in text
    assert not {"script", "link", "iframe", "object", "embed", "form", "base"} & set(page.tags)
    sources = [value for _, name, value in page.attributes if name in {"src", "href"}]
    assert len(sources) == len(PICTURES)
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
    assert [name for _, name, _ in page.attributes if name.startswith("on") or name == "style"] == []
    assert "built-in method" not in page.text
    table = text[text.rindex("<table") :]
    bare = re.findall(r"<td(?![^>]*data-heading)[^>]*class=\"([^\"]*)\"", table)
    assert 'class="cards"' in table, "on a phone each row is a card"
    assert {name.split()[0] for name in bare} == {"reading", "verdict"}, "every number there under its heading"
    for passage in comparison_passages(read_compare_tables(folder), language):
        for words in (passage.opening, *passage.points):
            assert words in page.text
    assert all(f"figures/{name}.csv" in page.text for name in PICTURES)


def test_without_the_targets_description_ids_stand_in(tmp_path: Path) -> None:
    bare = write_fake_comparison(tmp_path / "bare", described=False)
    names = {path.name for path in write_report(bare, "compare", languages=("vi",))}
    assert {"compare_exchange_electronic_share.csv", "compare_submission_electronic_share.csv"} <= names
    tables = read_compare_tables(bare)
    assert target_blocks(tables, "vi")[0].title == "1 (a3). a3"
    assert target_blocks(tables, "vi")[0].aim == "theo đúng nội dung Kế hoạch"


def test_without_months_there_are_differences_only(tmp_path: Path) -> None:
    bare = write_fake_comparison(tmp_path / "bare")
    (bare / "compare_series.csv").unlink()
    pictures = {path.stem for path in write_report(bare, "compare", languages=("en",)) if path.suffix == ".csv"}
    assert pictures == {"compare_differences"}


def test_the_same_tables_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = write_fake_comparison(tmp_path / "again")
    counted: list[tuple[int, int]] = []
    for path in write_report(again, "compare", languages=("en",), told=lambda *counts: counted.append(counts)):
        assert path.read_bytes() == (folder / path.relative_to(again)).read_bytes(), path.name
    assert counted == [(done, len(PICTURES)) for done in range(len(PICTURES) + 1)]


def test_a_bad_cell_names_file_and_line(tmp_path: Path) -> None:
    bad = write_fake_comparison(tmp_path / "bad")
    table = bad / "compare.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",54446,1", ",54446,perhaps", 1), encoding="utf-8")
    with pytest.raises(TableError, match=r"compare\.csv:5 holm_significant: 'perhaps' is neither true nor false"):
        read_compare_tables(bad)
    table.unlink()
    with pytest.raises(FileNotFoundError, match=r"compare\.csv"):
        write_report(bad, "compare")


def test_hostile_titles_are_shown_and_never_run(tmp_path: Path) -> None:
    hostile = write_fake_comparison(tmp_path / "hostile")
    quoted = '"' + HOSTILE_TITLE.replace('"', '""') + '"'
    for name in ("compare.csv", "compare_series.csv"):
        text = (hostile / name).read_text(encoding="utf-8").replace("Văn phòng điện tử cho mọi xã", quoted)
        (hostile / name).write_text(text.replace("option:all_communes", "=1+1"), encoding="utf-8")
    write_report(hostile, "compare", languages=("vi",))
    page = Page((hostile / "compare.vi.html").read_text(encoding="utf-8"))
    assert "script" not in page.tags
    assert " ".join(clean_text(HOSTILE_TITLE).split()) in page.text
    cells = {row["cell"] for row in _csv(hostile / "figures" / "compare_differences.csv")}
    assert cells == {"'=1+1", "future:staff_cuts"}
    assert "<script" not in (hostile / "figures" / "compare_a3.vi.svg").read_text(encoding="utf-8")


def test_differences_as_text(tables: CompareTables) -> None:
    row = tables.targets[0].rows["option:all_communes"]
    assert difference_text(row, "share", "en") == "+31.2 (+28.1 to +34.3)"
    assert difference_text(replace(row, difference_low=None), "share", "vi") == "+31,2"
    pairs = replace(row, difference_low=None, difference_high=None, pairs=2, pair_low=0.281, pair_high=0.343)
    assert difference_text(pairs, "share", "vi") == "+31,2 (+28,1 đến +34,3 ở 2 cặp)"
    assert difference_text(replace(pairs, pairs=1), "share", "en") == "+31.2 (1 pair so far)"
    assert difference_text(replace(row, difference_mean=None), "share", "vi") == "—"
    assert signed_number(-0.0004, "share", "vi") == "0,0"
    assert signed_number(-12.4, "count", "vi") == "−12"
    assert signed_number(3.25, "hours", "en") == "+3.3"


def _with_a_third_target_nobody_moves(tables: CompareTables, number: int) -> CompareTables:
    """The made-up comparison with more targets, which every case leaves as the baseline has them."""
    rows = [row for row in tables.rows if row.target_id == "a2"]
    still = [
        replace(row, target_id=f"d{at}", difference_mean=0.0, difference_low=0.0, difference_high=0.0)
        if row.difference_mean is not None
        else replace(row, target_id=f"d{at}")
        for at in range(number)
        for row in rows
    ]
    like = next(row for row in tables.described if row.target_id == "a2")
    described = [replace(like, target_id=f"d{at}") for at in range(number)]
    return replace(tables, rows=(*tables.rows, *still), described=(*tables.described, *described))


def test_targets_that_no_case_changes_are_not_drawn_and_told_in_one_sentence(tables: CompareTables) -> None:
    more = _with_a_third_target_nobody_moves(tables, 3)
    assert [panel.target.target_id for panel in difference_panels(more)] == ["a3", "a2"]
    assert [chart.name for chart in case_charts(more)] == ["compare_a3", "compare_a2"]
    points = comparison_passages(more, "en")[0].points
    assert len(points) == 3
    assert points[-1] == "No case changes anything for targets 3 (d0), 4 (d1), 5 (d2)."
    assert [block.title.partition(" ")[0] for block in target_blocks(more, "en")] == ["1", "2", "3", "4", "5"]


def test_targets_of_which_nothing_is_clear_are_told_in_one_sentence_and_drawn_with_their_pairs(
    tables: CompareTables,
) -> None:
    """Two pairs: a whisker from the smaller to the larger difference, and no interval of Student's."""
    two = {"holm_significant": False, "difference_low": None, "difference_high": None, "pairs": 2}
    rows = tuple(
        replace(row, verdict="undecided (14 more)")
        if row.difference_mean is None
        else replace(row, verdict="undecided (14 more)", **two, pair_low=-0.1, pair_high=0.4)
        for row in tables.rows
    )
    few = replace(tables, rows=rows)
    (said,) = comparison_passages(few, "vi")[0].points
    assert said.startswith("Chưa đủ cơ sở nói trường hợp nào làm thay đổi các chỉ tiêu 1 (a3), 2 (a2);")
    with house_style():
        figure = draw_differences(difference_panels(few), "", "vi")
    ends = [s for axes in figure.axes for whisker in axes.collections for s in whisker.get_segments()]
    assert [(float(low), float(high)) for (low, _), (high, _) in ends] == [pytest.approx((-10.0, 40.0))] * 4
    legend = [text.get_text() for text in figure.legends[0].get_texts()]
    assert [line.startswith(words) for line, words in zip(legend, (CLEAR.vi, UNCLEAR.vi), strict=True)] == [True, True]


def test_one_such_target_is_told_by_its_name_and_not_drawn_even_when_there_is_no_other(tables: CompareTables) -> None:
    more = _with_a_third_target_nobody_moves(tables, 1)
    assert "changing nothing: “E-office for every commune”" in comparison_passages(more, "en")[0].points[-1]
    alone = replace(
        more,
        rows=tuple(row for row in more.rows if row.target_id == "d0"),
        described=tuple(row for row in more.described if row.target_id == "d0"),
    )
    assert difference_panels(alone) == ()  # as the footnote says: targets that no case changes are not drawn
    assert [chart.name for chart in case_charts(alone)] == ["compare_d0"]
