"""What a sweep says of the levels between the ends of a key, and of simulations that are missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sim.report.figures.drawing import house_style
from sim.report.figures.response_curves import axis_title_text, curve_pictures
from sim.report.figures.swings import tornado_panels, tornado_pictures
from sim.report.manifest import manifest_from
from sim.report.study import Aim, StudyKey
from sim.report.sweep import fit_text, levels_text, sweep_passages, swing_number
from sim.report.sweep_design import missing_texts
from sim.report.sweep_levers import beside_passage, only_money_text
from sim.report.sweep_matrix import answer_lines, answer_page, matrix_text
from sim.report.sweep_tables import SweepTables
from sim.results.study_tables import BesideRow, CellRow, LevelRow, SwingRow
from sim.results.words import Words

KEY = StudyKey("budget.scale.I.1", "lever", "count", 0.0, 3.0, Words("Đường truyền", "Lines"), 1.0, 0.0)
AIM = Aim("a4", "Xã kết nối", "Communes linked", "exchange_electronic_share", "all", 0.8, date(2020, 12, 31), 0.8, 1)
SWING = SwingRow(KEY.key, "lever", 0.0, 3.0, "a4", "cells", 0.2, 0.7, 0.5, -0.4, 1.4, 8, None)
LEVELS = tuple(
    LevelRow(KEY.key, value, "a4", mean, None, None, 0, 2, 1, plateau)
    for value, mean, plateau in ((0.0, 0.2, 1), (1.0, 0.7, 2), (2.0, 0.705, 2), (3.0, 0.7, 2))
)


def tables(levels: tuple[LevelRow, ...] = LEVELS) -> SweepTables:
    return SweepTables(
        manifest=manifest_from({}),
        study={"luck": "common"},
        keys=(KEY,),
        aims=(AIM,),
        swings=(replace(SWING, swing_low=0.3, swing_high=0.7),),
        curves=(),
        levels=levels,
        map=(),
        cells=(),
        simulations_done=6,
        simulations_asked=8,
    )


def test_every_level_is_told_and_the_plateau_as_one() -> None:
    said = levels_text(SWING, AIM, tables(), "vi")
    assert "0: 20,0%; 1: 70,0%; 2: 70,5%; 3: 70,0%" in said
    assert said.endswith("Chưa phân biệt được các mức liền nhau: 1 đến 3 (khoảng chênh lệch chứa 0)")
    (passage,) = (one for one in sweep_passages(tables(), "vi") if "Xã kết nối" in one.opening)
    assert any("1 đến 3 (khoảng chênh lệch chứa 0)" in point for point in passage.points)


def test_levels_that_all_differ_two_levels_and_a_folder_of_before_have_no_plateau() -> None:
    apart = tuple(replace(row, plateau=at) for at, row in enumerate(LEVELS, start=1))
    before = tuple(replace(row, plateau=None) for row in LEVELS)
    for levels in (apart, before):
        assert "not told apart" not in levels_text(SWING, AIM, tables(levels), "en")
    assert levels_text(SWING, AIM, tables(LEVELS[:2]), "en") == ""


def test_a_sweep_whose_targets_are_all_milestones_says_so() -> None:
    beside = (BesideRow(KEY.key, 0.0, "exchange_electronic_share", 0.3, None, None, 0.0, None, None, 2, 1),)
    milestone = replace(AIM, measure="milestone")
    assert "đều là mốc bàn giao" in only_money_text((milestone,), beside, "vi")
    assert only_money_text((milestone, AIM), beside, "vi") == only_money_text((milestone,), (), "vi") == ""


def test_what_is_alike_at_every_level_is_said_once() -> None:
    row = BesideRow(KEY.key, 0.0, "exchange_electronic_share", 0.3, None, None, 0.0, None, None, 2, 1)
    rows = [replace(row, value=value) for value in (0.0, 1.0)]
    alike = [*rows, *(replace(one, measure="spent_million_vnd", mean=5.0) for one in rows)]
    passage = beside_passage(
        [
            *alike,
            replace(row, measure="submission_electronic_share"),
            replace(row, measure="submission_electronic_share", mean=0.4),
        ],
        (KEY,),
        (),
        "vi",
    )
    assert passage is not None
    assert [point.lower().count("như nhau ở mọi mức") for point in passage.points] == [0, 1]
    assert "30,0%; " in passage.points[1]
    assert "5,0 triệu đồng" in passage.points[1]


def test_a_share_changes_by_100_points_at_most() -> None:
    assert swing_number(SWING, AIM, "vi").startswith("+50,0 điểm % (−40,0 đến +100,0")


@pytest.mark.parametrize(("lang", "said"), [("vi", "Còn 2 lần mô phỏng chưa chạy."), ("en", "2 simulations have not")])
def test_what_is_missing_is_told(lang: str, said: str) -> None:
    assert any(line.startswith(said) for line in missing_texts(tables(), "vi" if lang == "vi" else "en"))


def _single_simulations() -> SweepTables:
    """Three cells, one simulation of each: two targets that go along with the key, and two that do not move."""
    aims = tuple(replace(AIM, target_id=name, number=number) for number, name in enumerate(("a4", "a3", "c2", "b5"), 1))
    values = {"a4": (0.205, 0.847, 1.0), "a3": (0.552, 0.773, 0.927), "c2": (0.016,) * 3, "b5": (0.7532,) * 3}
    levels = tuple(
        LevelRow(KEY.key, float(place), name, value, None, None, 0, 1, 1, along.index(value) + 1)
        for name, along in values.items()
        for place, value in enumerate(along)
    )
    swings = tuple(
        SwingRow(KEY.key, "lever", 0.0, 2.0, name, "cells", v[0], v[2], v[2] - v[0], None, None, 2, None)
        for name, v in values.items()
    )
    cells = tuple(
        CellRow(number, 0, 1, "done", "", {KEY.key: float(number)}, {}, {name: v[number] for name, v in values.items()})
        for number in range(3)
    )
    spent = tuple(
        BesideRow(KEY.key, float(at), "spent_million_vnd", 5.0 + at, None, None, float(at), None, None, 1, 1)
        for at in range(3)
    )
    return replace(tables(levels), aims=aims, swings=swings, cells=cells, beside=spent)


def test_few_single_simulations_are_said_once_not_to_tell_and_what_is_alike_stands_in_one_line() -> None:
    made = _single_simulations()
    first, *rest = sweep_passages(made, "vi")
    said = "\n".join("\n".join((one.opening, *one.points)) for one in (first, *rest))
    assert any("mới có 3 trường hợp, một lần mô phỏng mỗi trường hợp" in point for point in first.points)
    assert said.count("Đường nối các mức cần từ 10 trường hợp.") == 1
    assert said.count(KEY.title("vi")) == 1  # the only key is named on top
    assert "20,5% → 100,0%, +79,5 điểm %" in said
    assert "Như nhau ở mọi trường hợp, đến chữ số được in (2 chỉ tiêu): 3 (c2) 1,6%; 4 (b5) 75,3%." in said
    assert [one.opening[:18] for one in rest[:2]] == ["Chỉ tiêu 1 (a4), “", "Chỉ tiêu 2 (a3), “"]
    never = ("Không tham số nào", "đủ cơ sở", " 0,0 điểm %", "đoán", "khoảng chênh lệch")
    assert [word for word in never if word in said] == []
    older = replace(made, swings=tuple(replace(one, basis="curve", predicted_share=0.9) for one in made.swings))
    first, *_ = sweep_passages(older, "vi")  # a folder whose curves were drawn through three cells
    assert not any("của chính các trường hợp" in point for point in first.points)


def test_from_which_level_on_a_target_is_reached_stands_in_the_answer() -> None:
    """Of two futures: a4 in both with the highest only, a3 from the plan on, c2 nowhere, b5 everywhere."""
    made = _single_simulations()
    reached = {"a4": (0, 1, 2), "a3": (0, 2, 2), "c2": (0, 0, 0), "b5": (2, 2, 2)}
    levels = tuple(
        replace(row, reached=reached[row.target_id][int(row.value)], simulations=2, mean=row.mean + 0.01 * row.value)
        for row in made.levels
    )
    swings = tuple(replace(one, at_high=one.at_high + 0.02, swing=one.swing + 0.02) for one in made.swings)
    said = list(answer_lines(replace(made, levels=levels, swings=swings), "vi"))
    assert "Đạt ở mọi lần mô phỏng từ 1 trở lên: 2 (a3)." in said
    assert "Đạt ở mọi lần mô phỏng chỉ với 2: 1 (a4)." in said
    assert "Không mức nào có lần đạt: 3 (c2)." in said


def test_only_what_moves_is_drawn() -> None:
    made = _single_simulations()
    assert [aim.target_id for aim, _ in tornado_panels(made)] == ["a4", "a3"]
    (tornado,) = tornado_pictures(made, {"vi": "", "en": ""})
    (axes,) = tornado.draw("vi").axes  # of one key all targets on one scale
    assert [label.get_text()[:6] for label in axes.get_yticklabels()] == ["1 (a4)", "2 (a3)"]
    assert [round(bar.get_width(), 1) for bar in axes.patches] == [79.5, 37.5]
    assert axes.get_title() == "Đường truyền, 0 → 2 (điểm %)"
    assert [one.name for one in curve_pictures(made, {"vi": "", "en": ""})] == ["response_a4", "response_a3"]


def test_a_change_that_may_be_none_is_shown_with_its_interval_and_not_called_none() -> None:
    made = replace(tables(), swings=(replace(SWING, swing_low=-0.127),))
    (passage,) = (one for one in sweep_passages(made, "vi") if "a4" in " ".join(one.points))
    assert passage.opening.startswith("Chưa đủ cơ sở kết luận 1 chỉ tiêu")
    assert "20,0% → 70,0%, +50,0 điểm % (−12,7 đến +100,0" in passage.points[0]


def test_a_refuted_curve_is_told_only_where_there_are_cells_enough_to_refute_one() -> None:
    made = _single_simulations()
    refuted = replace(made, swings=tuple(replace(one, predicted_share=0.1) for one in made.swings))
    assert fit_text(made.aims[0], refuted, "vi") == ""
    cells = tuple(replace(made.cells[0], cell=number) for number in range(10))
    assert "chỉ đúng 10% mức chênh lệch" in fit_text(made.aims[0], replace(refuted, cells=cells), "vi")


def test_a_share_that_is_a_targets_own_has_one_number() -> None:
    row = BesideRow(KEY.key, 0.0, "exchange_electronic_share", 0.3, None, None, 0.0, None, None, 2, 1)
    assert beside_passage([row], (KEY,), (AIM,), "vi") is None
    assert beside_passage([row], (KEY,), (replace(AIM, scope="tier:commune"),), "vi") is not None


def test_the_unit_of_an_axis_is_never_cut() -> None:
    long = Words("Kinh phí mục II.2a (Xây dựng và nâng cấp các hệ thống thông tin cấp tỉnh)", "Money")
    money = replace(KEY, words=long, million_vnd=7520.0)
    assert axis_title_text(money, "vi").splitlines()[-1] == "(triệu đồng)"


def test_what_a_billion_buys_is_told_step_by_step() -> None:
    """From 0 to 1 billion 50 points, then half a point more, then half a point less; the average says 16.7."""
    made = replace(tables(), keys=(replace(KEY, million_vnd=1000.0),))
    shown = " ".join(matrix_text(made, "vi", 200).split())
    assert "+50,0 · +0,5 · −0,5" in shown
    assert "từng bước" in shown
    answer = answer_page(made, "vi")
    assert answer is not None
    assert answer.columns[1:5] == (
        "0 triệu đồng",
        "1.000 triệu đồng (kế hoạch)",
        "2.000 triệu đồng",
        "3.000 triệu đồng",
    )
    assert answer.rows[0][:3] == ("1 (a4). Xã kết nối", "20,0%", "70,0%")
    assert answer_page(replace(made, aims=()), "vi") is None
    ends = matrix_text(replace(made, levels=(LEVELS[0], LEVELS[-1])), "vi", 200)
    assert ("+16,7" in ends, "từng bước" in ends) == (True, False)


def test_no_letter_of_a_picture_is_cut_off_at_any_resolution() -> None:
    """Laid out once, drawn as SVG at 72 and as PNG at 144 dots an inch: words must not grow on the way."""
    long = replace(KEY, words=Words("Kinh phí mục II.2a (Xây dựng và nâng cấp các hệ thống thông tin cấp tỉnh)", ""))
    made = replace(_single_simulations(), keys=(long, replace(long, key="budget.scale.I.2")))
    with house_style():
        (picture,) = tornado_pictures(made, {"vi": "", "en": ""})
        figure = picture.draw("vi")
        figure.draw_without_rendering()
        figure.set_layout_engine(None)
        widths = []
        for dots in (72, 144):
            figure.set_dpi(dots)
            figure.draw_without_rendering()
            (label,) = figure.axes[0].get_yticklabels()
            extent = label.get_window_extent()
            assert extent.x0 > 0.0
            widths.append(extent.width / dots)
    assert widths[0] == pytest.approx(widths[1], rel=0.01)
