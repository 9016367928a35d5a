"""The matrix of a comparison: every sign and every sentence true of its own cells, of studies made at random."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from fake_comparison import write_fake_comparison
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_1samp

from sim.measure.case_figures import FIGURES, CaseFigures, judged
from sim.measure.case_order import case_order_rows
from sim.measure.comparison import ComparedCell, holm, paired_difference
from sim.report.case_answer import AnswerRow, answer_table, conclusion
from sim.report.case_matrix import OPERATION, RESULTS, SIGNS, cell_of, matrix_rows
from sim.report.case_order import order_text
from sim.report.comparison import CompareTables, read_compare_tables
from sim.report.ranking import Ranking, ranking_text
from sim.results.comparison_tables import FEWEST_PAIRS, CaseFigureRow, ProposalRow, RankedCase
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
    (sentence,) = conclusion(tables_of(list(rows.values())), "en")
    said = (
        sentence.removesuffix(" No target is known to move by as much as anybody minds.").partition(": ")[2].rstrip(".")
    )
    named: dict[str, str] = {}
    for part in said.split("; "):
        for name in re.findall("“(.) en”", part):
            assert name not in named
            named[name] = part.partition("“")[0].strip()
    assert set(named) == set(CASES)
    for name, words in named.items():
        mine = [b - a for a, b in zip(values["baseline"], values[name], strict=True)]
        mean, few, equal = sum(mine) / len(mine), len(mine) < FEWEST_PAIRS, max(mine) - min(mine) <= 1e-9
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


@given(st.integers(1, 5).flatmap(lambda n: st.fixed_dictionaries({name: shares(n) for name in ("baseline", *CASES)})))
def test_cases_stand_in_the_order_of_their_means_with_signs_that_their_pairs_bear_out(
    values: dict[str, list[float]],
) -> None:
    """Also of two simulations each: ">" where all pairs agree, "=" where none differs as printed, "≈" else.

    Where no case is surely above the next there is no order to tell, only from where to where they go.
    """
    cells = [ComparedCell(name, f"{name} vi", f"{name} en", None, ()) for name in values]  # type: ignore[arg-type]
    figures = {
        name: [CaseFigures(number, {(SHARE, "all"): value}, frozenset()) for number, value in enumerate(found)]
        for name, found in values.items()
    }
    order = case_order_rows(cells, figures)
    tables = replace(tables_of([]), order=tuple(order))
    said = order_text(tables, "en")
    n, listed = len(values["baseline"]), said.partition("): ")[2].partition(". ")[0]
    assert f"mean of {n} simulations" in said
    if not listed:
        (low, lowest), (high, highest) = re.findall(r"([\d.]+)% \(“(\w+) en”\)", said)
        averages = {name: 100 * sum(found) / n for name, found in values.items()}
        assert float(low) == pytest.approx(min(averages.values()), abs=0.05 + 1e-9)
        assert float(high) == pytest.approx(max(averages.values()), abs=0.05 + 1e-9)
        assert averages[lowest] == pytest.approx(min(averages.values()))
        assert averages[highest] == pytest.approx(max(averages.values()))
        for row, below in pairwise(order):
            mine = [one - other for one, other in zip(values[row.cell], values[below.cell], strict=True)]
            assert n < 2 or min(mine) <= 1e-9 or max(map(abs, mine)) < 0.0005 + 1e-9
        return
    found = re.findall(r"“(\w+) en” ([\d.]+)%(?: ([>=≈]))?", listed)
    assert sorted(name for name, _, _ in found) == sorted(values)
    means = [sum(values[name]) / n for name, _, _ in found]
    assert all(one >= other - 1e-12 for one, other in pairwise(means))
    for (name, shown, sign), (below, _, _) in pairwise(found):
        assert float(shown) == pytest.approx(100 * sum(values[name]) / n, abs=0.05 + 1e-9)
        mine = [one - other for one, other in zip(values[name], values[below], strict=True)]
        if sign == "=":
            assert max(map(abs, mine)) < 0.0005 + 1e-9
        elif sign == ">":
            assert n >= 2
            assert min(mine) > 0.0 or (n >= FEWEST_PAIRS and ttest_1samp(mine, 0.0).pvalue <= 0.05 + 1e-9)
        else:
            assert sign == "≈"
            assert n < 2 or min(mine) <= 1e-9
    for sign in {sign for _, _, sign in found if sign}:
        assert f"“{sign}” is " in said


def shares(n: int) -> st.SearchStrategy[list[float]]:
    return st.lists(st.sampled_from([0.3, 0.3004, 0.5, 0.51, 0.7]), min_size=n, max_size=n)


def test_a_failed_case_has_no_place_and_the_others_keep_theirs() -> None:
    cells = [ComparedCell(name, name, name, None, ()) for name in ("baseline", "a", "b")]  # type: ignore[arg-type]
    figures = {
        "baseline": [CaseFigures(0, {(SHARE, "all"): 0.4}, frozenset())],
        "a": [],
        "b": [CaseFigures(0, {(SHARE, "all"): 0.6}, frozenset())],
    }
    assert [(row.cell, row.relation) for row in case_order_rows(cells, figures)] == [
        ("b", "unsure"),
        ("baseline", None),
    ]


def answered(tables: CompareTables, language: Lang) -> tuple[AnswerRow, ...]:
    table = answer_table(tables, language)
    assert table is not None
    return table.rows


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
    assert future.results[pages].text == "81\n±4"
    pairs = {"pairs": 2, "pair_higher": 2, "pair_lower": 0}
    same = figure_row("option:all_communes", SHARE, "all", 0.6, judgement="same", difference_mean=0.004, **pairs)
    share = next(column for column in RESULTS if column.key == (SHARE, "all"))
    assert cell_of(share, {(SHARE, "all"): same}, "vi", counted=True).difference == "±1,0", "no difference, no pairs"
    unsure = {(SHARE, "all"): replace(same, judgement="unknown", difference_mean=0.04)}
    assert cell_of(share, unsure, "vi", counted=True).difference == "? +4,0 (2/2 cặp tăng)"


def test_the_strongest_effect_is_in_the_table_and_only_what_stands_out_beside_it_below(tmp_path: Path) -> None:
    """all_communes clearly moves a3 and not a2; staff_cuts too, downwards."""
    rows = [figure_row(name, SHARE, "all", 0.5) for name in ("baseline", "option:all_communes", "future:staff_cuts")]
    baseline, option, future = answered(with_figures(tmp_path, rows), "en")
    assert baseline.cells[1].text == "—"
    assert option.cells[1].text == "1 (a3): 57.7% → 90.0%\n▲ +31.2 percentage points"
    assert future.cells[1].text == "1 (a3): 57.7% → 53.0%\n▼ −4.5 percentage points"
    assert any("(a3) +31.2" in note and "out of reach → " in note for note in option.notes), "its verdict goes over"
    assert not any("(a3)" in note for note in future.notes)
    assert not any("(a2)" in note for note in (*option.notes, *future.notes))


def test_levels_pairs_and_worth_of_two_simulations_are_told_with_their_doubt(tmp_path: Path) -> None:
    """From which level to which over the pairs; what falls meanwhile; points a billion though nothing is sure."""
    tables = with_figures(tmp_path, [figure_row("baseline", SHARE, "all", 0.5)])
    two = {"holm_significant": False, "difference_low": None, "difference_high": None, "pairs": 2, "n": 2}
    moved = {
        "a3": {"difference_mean": 0.249, "pair_mean": 0.568, "pair_higher": 2, "pair_lower": 0},
        "a2": {"difference_mean": -0.034, "pair_mean": 0.9, "pair_higher": 0, "pair_lower": 1},
    }
    rows = tuple(
        replace(row, **(two | {"pair_low": -0.068, "pair_high": 0.37} | moved[row.target_id]))
        if (row.cell, row.reading) == ("option:all_communes", "plan")
        else row
        for row in tables.rows
    )
    cost = figure_row("option:all_communes", "spent_million_vnd", "all", 9.0, difference_mean=3_274.0)
    paid = replace(PEOPLE, of="equipment", amount=1_908.0, simulated=True, by_team=True)
    told = replace(tables, rows=rows, figures=(*tables.figures, cost), proposals=(paid,))
    _, option, _ = answered(told, "vi")
    assert option.cells[1].text.split("\n") == ["1 (a3): 31,9% → 56,8%", "? +24,9 điểm % (2/2 cặp tăng)"], (
        "what one pair of two does is no effect"
    )
    assert option.cells[3].text == "? +7,6 ở 1 (a3)"
    assert not any("Vì sao" in note for note in option.notes), "one pair of two falls: nothing to explain yet"
    both = replace(told, rows=tuple(replace(row, pair_lower=2) if row.pair_lower == 1 else row for row in rows))
    _, option, _ = answered(both, "vi")
    assert option.cells[1].text.split("\n")[2:] == ["2 (a2): 93,4% → 90,0%", "? −3,4 điểm % (2/2 cặp giảm)"]
    assert any(note.startswith("Vì sao 2 (a2) giảm: ") and "đội triển khai" in note for note in option.notes)
    untouched = replace(both, proposals=(replace(paid, by_team=False),))
    assert not any("Vì sao" in note for row in answered(untouched, "vi") for note in row.notes)


def test_what_no_case_changes_leaves_the_first_screen_and_is_named(tmp_path: Path) -> None:
    """Nought in every pair is = 0, less than is printed in every pair = 0.0, and only more than that is unknown."""
    late, pages = ("dossier_late_share", "all"), ("paper_pages", "all")
    cases = ("baseline", "option:all_communes", "future:staff_cuts")
    rows = [figure_row(case, *key, mean) for case in cases for key, mean in ((late, 0.014), (pages, 2_499_000.0))]
    unknown = {"judgement": "unknown", "pairs": 2, "n": 2}
    rows[2] = replace(rows[2], difference_mean=1e-5, pair_low=-1e-5, pair_high=3e-5, **unknown)
    rows[3] = replace(
        rows[3], difference_mean=-329_000.0, pair_low=-4e5, pair_high=-2e5, pair_lower=2, minded=1e5, **unknown
    )
    rows[4] = replace(rows[4], difference_mean=0.0, difference_low=0.0, difference_high=0.0, judgement="unchanged")
    rows[5] = replace(rows[5], difference_mean=0.0, pair_low=-900.0, pair_high=900.0, minded=1e5, **unknown)
    tables = with_figures(tmp_path, rows)
    table = answer_table(tables, "vi")
    assert table is not None
    assert table.headings[-1] == "Trang giấy, nghìn"
    assert "Hồ sơ trễ hạn (1,4%)" in table.alike
    assert "Trang giấy" not in table.alike
    assert table.rows[1].cells[-1].text == "2.499\n? −329"
    place = [column.key for column in RESULTS].index(late)
    _, option, future = matrix_rows(tables, "vi")
    assert (option.results[place].difference, future.results[place].difference) == ("= 0,0", "= 0")
    assert future.results[place + 1].difference == "? 0"
    assert table.reached.endswith(": mọi trường hợp 0/2.")
    hardly = replace(tables, rows=tuple(replace(row, difference_mean=1e-5, pairs=2) for row in tables.rows))
    assert answered(hardly, "vi")[1].cells[1].text == "Trang giấy, nghìn: 2.828 → 2.499\n? −329 (2/2 cặp giảm)"
    assert answered(hardly, "vi")[2].cells[1].text == "mọi chỉ tiêu đổi chưa đến mức làm tròn"
    zero = {"difference_mean": 0.0, "difference_low": 0.0, "difference_high": 0.0}
    still = replace(tables, rows=tuple(replace(row, **zero) for row in tables.rows))
    assert answered(still, "vi")[2].cells[1].text == "không chỉ tiêu nào đổi"


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
    _, option, _ = answered(replace(tables, rows=rows), "vi")
    (small,) = (note for note in option.notes if "không đáng kể (chưa đến 1,0 điểm %)" in note)
    assert "(a3) +0,4 điểm %" in small
    assert "? +3,0 điểm %" in option.cells[1].text
    assert not any(note.startswith("Chỉ tiêu đổi đáng kể") for note in option.notes)


@pytest.mark.parametrize(("clear", "said"), [(True, "đổi đáng kể với: “Văn phòng điện tử cho mọi xã” ("), (False, "")])
def test_the_answer_names_targets_that_move_though_the_whole_share_does_not(
    tmp_path: Path, clear: bool, said: str
) -> None:
    """An option may lift one target and leave the province's share within a point of the baseline."""
    same = figure_row("option:all_communes", SHARE, "all", 0.5, judgement="same", difference_mean=0.001)
    tables = with_figures(tmp_path, [figure_row("baseline", SHARE, "all", 0.5), replace(same, minded=0.01)])
    rows = tuple(replace(row, holm_significant=clear and row.holm_significant) for row in tables.rows)
    answer = " ".join(conclusion(replace(tables, rows=rows), "vi"))
    assert "so với kịch bản gốc: chênh không quá 1,0 điểm %: " in answer
    assert "tương đương" not in answer
    assert (said or "Chưa chỉ tiêu nào đủ cơ sở để nói là đổi đáng kể.") in answer


PEOPLE = ProposalRow(
    "option:all_communes", None, None, "staffing", None, None, None, None, "people", None, None, "SN", 2018, 800.0,
    None, None, False, "assumed", None,
)  # fmt: skip


def test_people_are_a_part_of_the_cost_and_worth_is_a_number_with_its_doubt(tmp_path: Path) -> None:
    found = read_compare_tables(write_fake_comparison(tmp_path))
    spent = figure_row("option:all_communes", "spent_million_vnd", "all", 9.0, difference_mean=1_200.0)
    for judgement, worth in (("better", "+1.0 in the share sent"), ("unknown", "? +1.0 in the share sent")):
        share = figure_row("option:all_communes", SHARE, "all", 0.7, difference_mean=0.02, judgement=judgement)
        tables = CompareTables(found.manifest, found.rows, (), (), (PEOPLE,), (spent, share))
        option = answered(tables, "en")[1]
        _, _, cost, gain = option.cells
        assert cost.text == "+2,000\n(800)"
        assert gain.text == f"+15.6 in 1 (a3)\n{worth}"
    free = answered(replace(tables, figures=(replace(spent, difference_mean=-800.0), share)), "en")[1]
    assert free.cells[3].text == "—"


def test_what_an_option_may_touch_is_what_the_baseline_waits_for(tmp_path: Path) -> None:
    """Of the second line, outages; an option without a single cause says nothing of the kind."""
    found = read_compare_tables(write_fake_comparison(tmp_path))
    renamed = {"option:all_communes": "option:second_line"}
    compared = tuple(replace(row, cell=renamed.get(row.cell, row.cell)) for row in found.rows)
    causes = {"link_busy": 0.004, "outage": 0.025, "polling": 0.001, "clerk_busy": 0.9}
    rows = tuple(figure_row("baseline", "waiting_share", f"cause:{cause}", share) for cause, share in causes.items())
    tables = CompareTables(found.manifest, compared, (), (), (), rows)
    for language, said in (("vi", "2,5%"), ("en", "2.5%")):
        _, option, future = answered(tables, cast("Lang", language))
        assert any(said in note for note in option.notes)
        assert not any("%" in note and "waiting" in note for note in future.notes)
    untouched = replace(tables, rows=found.rows)
    assert not any("2.5%" in note for row in answered(untouched, "en") for note in row.notes)


def test_a_part_that_shrinks_because_the_whole_grows_is_no_reason(tmp_path: Path) -> None:
    """Less is sent electronically: senders without e-office are more of the rest, secret documents less of it."""
    case = "option:all_communes"
    lower = {"difference_mean": -0.1, "judgement": "worse"}
    rows = [
        figure_row(case, SHARE, "all", 0.5, **lower),
        figure_row(
            case, "not_electronic_share", "cause:sender_no_eoffice", 0.3, difference_mean=0.05, judgement="worse"
        ),
        figure_row(case, "not_electronic_share", "cause:secret", 0.05, difference_mean=-0.02, judgement="better"),
    ]
    told = with_figures(tmp_path, [figure_row("baseline", SHARE, "all", 0.6), *rows])
    (why,) = (note for note in answered(told, "vi")[1].notes if note.startswith("Vì sao"))
    assert ("chưa dùng văn phòng điện tử" in why, "văn bản mật" in why) == (True, False)
    unsure = replace(rows[0], judgement="unknown", pairs=4, pair_higher=1, pair_lower=3)
    told = replace(told, figures=(told.figures[0], unsure, *rows[1:]))
    assert not any(note.startswith("Vì sao") for note in answered(told, "vi")[1].notes), "nobody knows that it is lower"


def ranked_case(target_id: str, cell: str, mean: float, *, is_best: bool, is_decided: bool) -> RankedCase:
    return RankedCase(target_id, cell, 1, mean, is_best, is_decided, is_decided, 0.01, 0, 20, None)


ABC = (("a", 0.9), ("b", 0.895), ("c", 0.2))


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
        *(ranked_case("c2", cell, mean, is_best=cell == "a", is_decided=True) for cell, mean in ABC),
    ]
    labels = {"a1": "1 (a1)", "a2": "2 (a2)", "a3": "3 (a3)", "a4": "4 (a4)", "c1": "5 (c1)", "c2": "6 (c2)"}
    said = ranking_text(Ranking(tuple(cases), ()), {"a": "Một", "b": "Hai", "c": "Ba"}, labels, 1, "vi")
    assert said == (
        "Trường hợp tốt nhất theo từng chỉ tiêu: “Một” với 1 (a1); chênh không đáng kể: mọi trường hợp với 2 (a2);"
        " chênh không đáng kể:"
        " “Một”, “Hai” với 6 (c2); mọi trường hợp như nhau với 5 (c1); chưa biết với 3 (a3), 4 (a4) (mới có một lần mô"
        " phỏng)."
    )
    many = labels | {f"d{number}": f"{number} (d{number})" for number in range(7, 19)}
    counted = ranking_text(Ranking(tuple(cases), ()), {}, many, 2, "en")
    assert counted.endswith("; not known for 14 other targets (2 simulations so far).")
