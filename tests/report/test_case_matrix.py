"""The matrix of a comparison: every sign and every sentence true of its own cells, of studies made at random."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from fake_comparison import write_fake_comparison
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_1samp

from sim.measure.case_figures import FIGURES, judged
from sim.measure.comparison import holm, paired_difference
from sim.report.case_matrix import OPERATION, RESULTS, SIGNS, conclusion, matrix_rows
from sim.report.comparison import CompareTables, read_compare_tables
from sim.report.ranking import Ranking, ranking_text
from sim.results.comparison_tables import CaseFigureRow, ProposalRow, RankedCase
from sim.results.words import Lang

SHARE = "exchange_electronic_share"
CASES = ("a", "b", "c", "d")
VALUES = st.lists(st.floats(0.2, 0.8), min_size=4, max_size=4)
STUDIES = st.fixed_dictionaries(dict.fromkeys(("baseline", *CASES), VALUES))


def figure_row(cell: str, measure: str, scope: str, mean: float, **others: object) -> CaseFigureRow:
    plain: dict[str, object] = dict.fromkeys(("difference_mean", "difference_low", "difference_high", "judgement"))
    plain |= {"minded": 0.01, "longer": False, "n": 4, "unit": FIGURES[measure].unit} | others
    return CaseFigureRow(cell, f"{cell} vi", f"{cell} en", measure, scope, mean=mean, **plain)  # type: ignore[arg-type]


def study(values: dict[str, list[float]]) -> list[CaseFigureRow]:
    """Rows of one share as a study of these replications has them."""
    baseline, pairs = dict(enumerate(values["baseline"])), len(values["baseline"])
    differences = {name: paired_difference(dict(enumerate(values[name])), baseline) for name in CASES}
    standing = holm({name: found.p_value for name, found in differences.items() if found.p_value is not None})
    rows = [figure_row("baseline", SHARE, "all", sum(values["baseline"]) / pairs)]
    for name, found in differences.items():
        judgement = judged(found, 0.01, pairs, more_is_better=True, stands_out=standing[name])
        bounds = {"difference_mean": found.mean, "difference_low": found.low, "difference_high": found.high}
        rows.append(figure_row(name, SHARE, "all", sum(values[name]) / pairs, judgement=judgement, **bounds))
    return rows


def tables_of(rows: list[CaseFigureRow], proposals: tuple[ProposalRow, ...] = ()) -> CompareTables:
    return CompareTables(
        manifest=None,  # type: ignore[arg-type]
        rows=(),
        series=(),
        described=(),
        proposals=proposals,
        figures=tuple(rows),
    )


@given(STUDIES)
def test_every_case_is_named_once_and_as_its_own_replications_say(values: dict[str, list[float]]) -> None:
    """What is called up is up in its mean and in its interval; what is called alike is within one point."""
    rows = {row.cell: row for row in study(values)}
    said = conclusion(tables_of(list(rows.values())), "en").partition(": ")[2].rstrip(".")
    named: dict[str, str] = {}
    for part in said.split("; "):
        for name in re.findall("“(.) en”", part):
            assert name not in named
            named[name] = part.partition("“")[0].strip()
    assert set(named) == set(CASES)
    for name, words in named.items():
        mine = [b - a for a, b in zip(values["baseline"], values[name], strict=True)]
        mean, few, equal = sum(mine) / len(mine), len(mine) < 3, max(mine) - min(mine) <= 1e-9
        if "up" in words or "down" in words:
            assert not few
            assert abs(mean) >= 0.01
            assert (mean > 0) == ("up" in words)
            assert not equal or 2.0 ** (1 - len(mine)) <= 0.05
            theirs = None if equal else ttest_1samp(mine, 0.0).pvalue
            assert theirs is None or theirs <= 0.05
        elif "within" in words:
            assert not few
            low, high = ttest_1samp(mine, 0.0).confidence_interval(0.95)
            assert -0.01 - 1e-9 <= low <= high <= 0.01 + 1e-9
        elif "unchanged" in words:
            assert max(map(abs, mine)) <= 1e-9
        else:
            assert words == "not yet known:"


def with_figures(folder: Path, rows: list[CaseFigureRow]) -> CompareTables:
    found = read_compare_tables(write_fake_comparison(folder))
    return CompareTables(found.manifest, found.rows, found.series, found.described, figures=tuple(rows))


def test_a_cell_shows_value_sign_and_difference_and_marks_what_is_longer(tmp_path: Path) -> None:
    rows = [
        figure_row("baseline", "delivery_hours_p95", "channel:paper", 240.0, longer=True),
        figure_row(
            "option:all_communes",
            "delivery_hours_p95",
            "channel:paper",
            190.0,
            longer=False,
            judgement="better",
            difference_mean=-50.0,
            minded=12.0,
        ),
        figure_row(
            "future:staff_cuts", "paper_pages", "all", 81_400.0, judgement="same", difference_mean=9.0, minded=4_000.0
        ),
    ]
    baseline, option, future = matrix_rows(with_figures(tmp_path, rows), "vi")
    place = [column.key for column in OPERATION].index(("delivery_hours_p95", "channel:paper"))
    assert baseline.operation[place].text == ">240,0"
    assert option.operation[place].text == f"190,0\n{SIGNS['better']} −50,0"
    pages = [column.key for column in RESULTS].index(("paper_pages", "all"))
    assert future.results[pages].text == f"81\n{SIGNS['same']} ±4"


def test_only_what_stands_out_is_told_of_targets_and_a_reading_that_moves_alone_is_shown(tmp_path: Path) -> None:
    """all_communes clearly moves a3 and not a2; staff_cuts too, downwards."""
    rows = [figure_row(name, SHARE, "all", 0.5) for name in ("baseline", "option:all_communes", "future:staff_cuts")]
    _, option, future = matrix_rows(with_figures(tmp_path, rows), "en")
    assert any("(a3) +31.2 percentage points" in note for note in option.notes)
    assert not any("(a2)" in note for note in (*option.notes, *future.notes))
    assert any("(a3) −4.5 percentage points" in note for note in future.notes)


def test_a_difference_that_may_be_chance_and_one_that_nobody_minds_are_told_as_that(tmp_path: Path) -> None:
    """No pair is called both alike and clearly moved: a2 by 3 points not for sure, a3 by 0.4 points for sure."""
    tables = with_figures(tmp_path, [figure_row("baseline", SHARE, "all", 0.5)])
    moved = {("option:all_communes", "a2"): (0.03, False), ("option:all_communes", "a3"): (0.004, True)}
    rows = tuple(
        replace(row, difference_mean=found[0], holm_significant=found[1])
        if row.reading == "plan" and (found := moved.get((row.cell, row.target_id)))
        else row
        for row in tables.rows
    )
    _, option, _ = matrix_rows(replace(tables, rows=rows), "vi")
    (small,) = (note for note in option.notes if "không đáng kể (chưa đến 1,0 điểm %)" in note)
    (unsure,) = (note for note in option.notes if note.startswith("Chỉ tiêu có chênh lệch nhưng chưa đủ cơ sở"))
    assert "(a3) +0,4 điểm %" in small
    assert "(a2) +3,0 điểm %" in unsure
    assert not any(note.startswith("Chỉ tiêu thay đổi rõ: ") for note in option.notes)


@pytest.mark.parametrize(("clear", "said"), [(True, "thay đổi rõ với: “Văn phòng điện tử cho mọi xã” ("), (False, "")])
def test_the_answer_names_targets_that_move_though_the_whole_share_does_not(
    tmp_path: Path, clear: bool, said: str
) -> None:
    """An option may lift one target and leave the province's share within a point of the baseline."""
    same = figure_row("option:all_communes", SHARE, "all", 0.5, judgement="same", difference_mean=0.001)
    tables = with_figures(tmp_path, [figure_row("baseline", SHARE, "all", 0.5), replace(same, minded=0.01)])
    rows = tuple(replace(row, holm_significant=clear and row.holm_significant) for row in tables.rows)
    answer = conclusion(replace(tables, rows=rows), "vi")
    assert "chênh không quá 1,0 điểm % so với kịch bản gốc" in answer
    assert "tương đương" not in answer
    assert (said or "Chưa chỉ tiêu nào thay đổi rõ.") in answer


def test_people_are_a_part_of_the_cost_and_worth_is_shown_only_of_what_is_better(tmp_path: Path) -> None:
    found = read_compare_tables(write_fake_comparison(tmp_path))
    paid = ProposalRow(
        "option:all_communes", None, None, "staffing", None, None, None, None, "people", None, None, "SN", 2018, 800.0,
        None, None, False, "assumed", None,
    )  # fmt: skip
    spent = figure_row("option:all_communes", "spent_million_vnd", "all", 9.0, difference_mean=1_200.0)
    for judgement, worth in (("better", "+10.0"), ("unknown", "—"), ("same", "—")):
        share = figure_row("option:all_communes", SHARE, "all", 0.7, difference_mean=0.2, judgement=judgement)
        tables = CompareTables(found.manifest, found.rows, (), (), (paid,), (spent, share))
        option = matrix_rows(tables, "en")[1]
        cost, gain = option.results[-2:]
        assert cost.text == "+2,000\n(800)"
        assert gain.text == worth


def test_what_an_option_may_touch_is_what_the_baseline_waits_for(tmp_path: Path) -> None:
    """Of the second line, outages; an option without a single cause says nothing of the kind."""
    found = read_compare_tables(write_fake_comparison(tmp_path))
    renamed = {"option:all_communes": "option:second_line"}
    compared = tuple(replace(row, cell=renamed.get(row.cell, row.cell)) for row in found.rows)
    causes = {"link_busy": 0.004, "outage": 0.025, "polling": 0.001, "clerk_busy": 0.9}
    rows = tuple(figure_row("baseline", "waiting_share", f"cause:{cause}", share) for cause, share in causes.items())
    tables = CompareTables(found.manifest, compared, (), (), (), rows)
    for language, said in (("vi", "2,5%"), ("en", "2.5%")):
        _, option, future = matrix_rows(tables, cast("Lang", language))
        assert any(said in note for note in option.notes)
        assert not any("%" in note and "waiting" in note for note in future.notes)
    untouched = replace(tables, rows=found.rows)
    assert not any("2.5%" in note for row in matrix_rows(untouched, "en") for note in row.notes)


def ranked_case(target_id: str, cell: str, mean: float, *, is_best: bool, is_decided: bool) -> RankedCase:
    return RankedCase(target_id, cell, 1, mean, is_best, is_decided, is_decided, 0.01, 0, 20, None)


def test_the_best_case_is_told_where_known_level_where_level_and_not_known_elsewhere() -> None:
    cases = [
        *(
            ranked_case("a1", cell, mean, is_best=cell == "a", is_decided=True)
            for cell, mean in (("a", 0.9), ("b", 0.5))
        ),
        *(
            ranked_case("a2", cell, mean, is_best=cell == "a", is_decided=True)
            for cell, mean in (("a", 0.9), ("b", 0.895))
        ),
        *(
            ranked_case("a3", cell, mean, is_best=cell == "b", is_decided=False)
            for cell, mean in (("a", 0.7), ("b", 0.8))
        ),
        *(ranked_case("c1", cell, 1.0, is_best=cell == "a", is_decided=True) for cell in ("a", "b")),
    ]
    labels = {"a1": "1 (a1)", "a2": "2 (a2)", "a3": "3 (a3)", "a4": "4 (a4)", "c1": "5 (c1)"}
    said = ranking_text(Ranking(tuple(cases), ()), {"a": "Một", "b": "Hai"}, labels, 1, "vi")
    assert said == (
        "Trường hợp tốt nhất theo từng chỉ tiêu: “Một” với 1 (a1); ngang nhau: “Một”, “Hai” với 2 (a2); chưa biết với"
        " 3 (a3), 4 (a4) (mới có một lần mô phỏng); mọi trường hợp như nhau với 5 (c1)."
    )
