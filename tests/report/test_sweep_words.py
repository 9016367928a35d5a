"""What a sweep says of the levels between the ends of a key, and of simulations that are missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sim.report.manifest import manifest_from
from sim.report.study import Aim, StudyKey
from sim.report.sweep import SweepTables, levels_text, missing_texts, sweep_passages, swing_number
from sim.report.sweep_levers import beside_passage, only_money_text
from sim.results.study_tables import BesideRow, LevelRow, SwingRow
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
        "vi",
    )
    assert passage is not None
    assert [point.count("như nhau ở mọi mức") for point in passage.points] == [0, 1]
    assert "30,0%; " in passage.points[1]
    assert "5,0 triệu đồng" in passage.points[1]


def test_a_share_changes_by_100_points_at_most() -> None:
    assert swing_number(SWING, AIM, "vi").startswith("+50,0 điểm % (−40,0 đến +100,0")


@pytest.mark.parametrize(("lang", "said"), [("vi", "Còn 2 lần mô phỏng chưa chạy."), ("en", "2 simulations have not")])
def test_what_is_missing_is_told(lang: str, said: str) -> None:
    assert any(line.startswith(said) for line in missing_texts(tables(), "vi" if lang == "vi" else "en"))
