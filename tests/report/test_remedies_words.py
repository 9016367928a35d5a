"""What would help, in words: small leagues made at random, every sentence looked up in the cells it speaks of."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from sim.measure.measured import Measured
from sim.report.best_remedies import WHAT_A_POINT_IS, remedies_text
from sim.report.formatting import BLANK
from sim.report.manifest import manifest_from
from sim.report.remedies import MOST_LINES, REMEDY_VERDICTS, remedy_lines, remedy_table
from sim.report.run_tables import RunTables
from sim.report.run_workbook import run_sheets
from sim.report.words import term
from sim.results.remedy_tables import ALL_TARGETS, RemedyRow
from sim.results.replication_tables import OutcomeRow
from sim.results.run_tables import TargetRow
from sim.results.words import Lang, Words
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import load
from sim.scenario.plan_schema import Target
from sim.scenario.proposal import Proposal
from sim.studies.league import Tried, league_rows

SEEDS = range(40)
_LEFT = re.compile(r" và (\d+) phương án khác$| and (\d+) more$")


@lru_cache(maxsize=1)
def targets() -> tuple[Target, ...]:
    """Some targets of a shipped plan: shares of flows and stocks, a milestone."""
    kept = {"a2", "a3", "b1", "c2", "c1"}
    return tuple(target for target in load("binh_dinh_2016_2020").scenario.targets if target.id in kept)


@lru_cache(maxsize=1)
def proposals() -> Mapping[str, Proposal]:
    return {one.name: one.proposal for one in list_scenarios() if one.kind == "option" and one.proposal is not None}


def measured(replication: int, values: Mapping[str, float]) -> Measured:
    rows = [OutcomeRow(name, "plan", "m", "all", value, value > 0.9, None) for name, value in values.items()]
    rest: dict[str, Any] = {field.name: () for field in fields(Measured)}
    return Measured(**rest | {"replication": replication, "targets": tuple(rows)})


def league(seed: int) -> list[RemedyRow]:
    """A league of 3 to 12 options on 1 to 16 futures: strong, weak, useless, harmful, refused, not tried."""
    draw = random.Random(seed)
    pairs = draw.choice((1, 2, 3, 4, 8, 16))
    base = {at: measured(at, {t.id: draw.uniform(0.2, 1.0) for t in targets()}) for at in range(pairs)}
    tried = []
    for name in draw.sample(sorted(proposals()), draw.randint(3, 12)):
        kind = draw.choice(("strong", "weak", "useless", "harmful", "refused", "untried", "alike"))
        if kind in ("refused", "untried"):
            refused = Words("vướng", "a clash") if kind == "refused" else Words("", "")
            tried.append(Tried(name, proposals()[name], {}, refused=refused))
            continue
        mine = {}
        for at in range(draw.randint(1, pairs)):
            gain = {"strong": draw.gauss(0.2, 0.02), "weak": draw.gauss(0.003, 0.001), "alike": 0.1, "useless": 0.0}
            by = gain.get(kind, draw.gauss(-0.1, 0.02))
            touched = {t.id for t in targets()[: 1 + len(name) % 3]}
            found = {row.target_id: (row.value or 0.0) for row in base[at].targets}
            moved = {t: min(1.0, max(0.0, value + by)) if t in touched else value for t, value in found.items()}
            mine[at] = measured(at, moved)
        tried.append(Tried(name, proposals()[name], mine))
    return league_rows(targets(), base, tried, draw.choice((1, 3)))


def tables_of(rows: Sequence[RemedyRow]) -> RunTables:
    described = [
        TargetRow(
            t.id, t.title.vi, t.title.en, t.measure, t.scope, "plan", 0.9, date(2020, 12, 31), 0.5, 0.4, 0.6, 0.0, 0.0,
            0.2, 4, None, "out of reach",
        )
        for t in targets()
    ]  # fmt: skip
    return RunTables(manifest_from({"scenario": "x"}), tuple(described), remedies=tuple(rows))


def number(text: str, lang: Lang) -> float:
    plain = text.replace(".", "").replace(",", ".") if lang == "vi" else text.replace(",", "")
    return float(plain.replace("−", "-").replace("+", ""))


def whole_rows(rows: Sequence[RemedyRow]) -> list[RemedyRow]:
    return [row for row in rows if row.target_id == ALL_TARGETS]


def names_in(line: str) -> tuple[list[str], int]:
    """The options a line names after its colon, and how many more it counts."""
    text = line.partition(": ")[2].removesuffix(".")
    left = _LEFT.search(text)
    return _LEFT.sub("", text).split("; "), int(next(filter(None, left.groups()))) if left else 0


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("seed", SEEDS)
def test_every_sentence_is_true_of_its_cells(seed: int, lang: Lang) -> None:
    rows = league(seed)
    whole = whole_rows(rows)
    of = {row.title(lang): row for row in whole}
    lines = remedy_lines(tables_of(rows), lang)
    assert len(lines) + 1 <= MOST_LINES
    told = 0
    for line in lines[1:]:
        if numbered := re.match(r"(?:Nhóm|Group) (\d+) – ", line):
            row = next(row for title, row in of.items() if line.startswith(f"{numbered[0]}{title}: "))
            check_option(line.removeprefix(f"{numbered[0]}{row.title(lang)}: "), row, rows, lang)
            assert row.tie_group == int(numbered[1])
            told += row.verdict != "unknown"
        elif line.startswith(("Chưa đủ cơ sở", "Options not yet known")):
            unknown = [row for row in whole if row.verdict == "unknown"]
            assert int(re.findall(r"\d+", line)[0]) == len(unknown)
            told += len(unknown)
            wanted = [row.replications + row.more for row in unknown if row.more is not None]
            if wanted:
                assert re.search(rf"\b{min(wanted)}(–{max(wanted)})? (lần|replications)", line)
            else:
                assert line.endswith(("Chưa ước được cần bao nhiêu lần.", "cannot be said yet."))
        elif line.startswith(("Chưa phương án nào", "No option is clearly")):
            assert not [row for row in whole if row.verdict == "better"]
        elif line.startswith(("Số lần thử còn quá ít", "Too few runs")):
            assert all(row.verdict == "unknown" for row in whole if (row.gain_points or 0.0) > 1.0)
        elif line.startswith(("Không phương án nào", "No option that was tried")):
            assert not [row for row in whole if (row.gain_points or 0.0) > 1.0]
        else:
            told += check_list(line, of, rows)
    assert told == len(whole), "each option is told of once"


def check_option(said: str, row: RemedyRow, rows: Sequence[RemedyRow], lang: Lang) -> None:
    """Gain, bounds, pairs, targets and money of one option's line."""
    gain, inside = re.match(r"([+−]?[\d.,]+) \w+ \(([^)]*)\)", said).groups()  # type: ignore[union-attr]
    assert row.verdict in ("better", "unknown")
    assert number(gain, lang) == pytest.approx(row.gain_points, abs=0.051)
    if row.low is None or row.high is None:
        assert inside.startswith(str(row.replications))
    else:
        low, high, pairs = re.match(r"(\S+) (?:đến|to) (\S+); (\d+) ", inside).groups()  # type: ignore[union-attr]
        assert (number(low, lang), number(high, lang)) == pytest.approx((row.low, row.high), abs=0.051)
        assert int(pairs) == row.replications
    single = {one.target_id: one for one in rows if one.option == row.option and one.target_id != ALL_TARGETS}
    clear = {name for name, one in single.items() if one.verdict in ("better", "worse")}
    found = re.findall(r"(?:chỉ tiêu|target) \d+ \((\w+)\) ([+−]?[\d.,]*\d)", said)
    assert {name for name, _ in found} == clear
    for name, points in found:
        assert number(points, lang) == pytest.approx(single[name].gain_points, abs=0.051)
    money = re.search(r"([\d.,]+) (?:triệu đồng|million VND) \((?:con người|people) ([\d.,]+)\)", said)
    assert (money is None) == (row.cost_million_vnd == 0.0)
    if money is not None:
        both = number(money[1], lang), number(money[2], lang)
        assert both == pytest.approx((row.cost_million_vnd, row.cost_people_million_vnd), abs=0.6)
    worth = re.search(r"([\d.,]+) (?:điểm mỗi|points per)", said)
    assert (worth is None) == (row.points_per_billion_vnd is None)
    if worth is not None and row.points_per_billion_vnd is not None:
        assert number(worth[1], lang) == pytest.approx(row.points_per_billion_vnd, abs=0.051)
        assert row.points_per_billion_vnd == pytest.approx(1000.0 * (row.gain_points or 0.0) / row.cost_million_vnd)


STARTS = {
    ("Tốt hơn còn có", "Also better"): "better",
    ("Kém hơn", "Worse"): "worse",
    ("Chênh không quá", "No difference"): "no_difference",
    ("Không làm thay đổi", "Moved no target"): "unchanged",
    ("Chỉ thay đổi phần", "Moved only"): "unchanged",
    ("Chưa kịp thử", "Not tried"): "not_tried",
    ("Không áp dụng", "Do not apply"): "not_applicable",
}


def check_list(line: str, of: Mapping[str, RemedyRow], rows: Sequence[RemedyRow]) -> int:
    verdict = next(verdict for starts, verdict in STARTS.items() if line.startswith(starts))
    names, left = names_in(line)
    for name in names:
        assert of[name].verdict == verdict, line
        single = [row for row in rows if row.option == of[name].option]
        if line.startswith(("Không làm thay đổi", "Moved no target")):
            assert {row.verdict for row in single} == {"unchanged"}
        if line.startswith(("Chỉ thay đổi phần", "Moved only")):
            assert {row.verdict for row in single} != {"unchanged"}
    return len(names) + left


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_table_has_every_option_once_with_its_verdict(lang: Lang) -> None:
    rows = league(3)
    table = remedy_table(tables_of(rows), lang)
    assert table is not None
    assert [line[0] for line in table.rows] == [row.title(lang) for row in whole_rows(rows)]
    assert {len(line) for line in table.rows} == {len(table.columns)}
    for line, row in zip(table.rows, whole_rows(rows), strict=True):
        assert line[5].startswith(REMEDY_VERDICTS[row.verdict].text(lang))


def test_the_sheet_has_the_cells_of_the_table() -> None:
    rows = league(3)
    sheet = next(sheet for sheet in run_sheets(tables_of(rows)) if sheet.name == "Phương án - Options")
    assert {len(cells) for cells in sheet.rows} == {len(sheet.columns)}
    every = {"all": ("mọi chỉ tiêu", "all targets")}
    assert [(cells[0], cells[3:5], cells[5], cells[8]) for cells in sheet.rows] == [
        (row.option, every.get(row.target_id, (row.target_id,) * 2), row.gain_points, row.replications) for row in rows
    ]
    assert {cells[11:13] for cells, row in zip(sheet.rows, rows, strict=True) if not row.cost_source} == {("", "")}
    named = term("money_source", "local", "vi"), term("money_source", "local", "en")
    priced = [replace(rows[0], cost_source="local 1200")]
    sheet = next(sheet for sheet in run_sheets(tables_of(priced)) if sheet.name == "Phương án - Options")
    assert sheet.rows[0][11:13] == (f"{named[0]} 1.200", f"{named[1]} 1,200")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_one_trial_is_no_gain_to_quote(lang: Lang) -> None:
    """Neither in the lines, nor in the table: the figure of one pair stands in remedies.csv only."""
    one, target = targets()[0], proposals()["second_line"]
    base = {0: measured(0, {one.id: 0.1})}
    rows = league_rows([one], base, [Tried("second_line", target, {0: measured(0, {one.id: 0.8})})], 1)
    tables = tables_of(rows)
    table = remedy_table(tables, lang)
    assert table is not None
    assert rows[0].gain_points == pytest.approx(70.0)
    assert not [text for text in (*remedy_lines(tables, lang), *table.rows[0]) if "+70" in text]
    assert table.rows[0][1].startswith(BLANK)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_a_point_is_stands_before_the_first_figure_in_points(lang: Lang) -> None:
    rows = league(3)
    for text in (remedies_text(rows, lang, is_whole=False), " ".join(remedy_lines(tables_of(rows), lang))):
        assert 0 <= text.find(WHAT_A_POINT_IS.text(lang)) < text.find({"vi": " điểm (", "en": " points ("}[lang])


def test_a_run_without_options_tried_says_nothing() -> None:
    assert remedy_lines(tables_of(()), "vi") == []
    assert remedy_table(tables_of(()), "vi") is None
