"""From the points of a search for the least money to its picture and pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.report.cells import read_table
from sim.report.evidence import evidence_text
from sim.report.figures.money_chance import money_pictures
from sim.report.folder_sweep import files_of, write_pictures
from sim.report.formatting import BLANK, number_text
from sim.report.goal_points import GoalTables, read_goal_tables
from sim.report.goal_words import goal_passages, levers_text
from sim.report.page import PageTable, study_page
from sim.report.tables import parameter_row
from sim.results.words import LANGUAGES, Lang, Words

_KIND = Words("Ít tiền nhất để đạt chỉ tiêu", "The least money that reaches the targets")
_TABLE = Words("Mọi điểm đã thử, rẻ nhất trước", "Every point tried, the cheapest first")
_COLUMNS = (
    Words("Kinh phí, triệu đồng", "Money, million VND"),
    Words("Đòn bẩy", "Levers"),
    Words("Đạt", "Reached"),
    Words("Tương lai mới", "Fresh futures"),
)


def write_goal(folder: Path, languages: Sequence[Lang] = LANGUAGES) -> list[Path]:
    """Write figures/money_chance and goal.LANG.html into the folder from its tables; the files, in order.

    Raises FileNotFoundError when a table is missing, TableError when one cannot be read.
    """
    tables = read_goal_tables(folder)
    parameters = read_table(folder / "parameters.csv", parameter_row)
    evidence = {language: evidence_text(parameters, language) for language in LANGUAGES}
    written = write_pictures(money_pictures(tables, evidence), folder, languages)
    paths = files_of(written)
    for language in languages:
        page = folder / f"goal.{language}.html"
        passages = goal_passages(tables, language)
        content = study_page(_KIND, tables.manifest, [], passages, written, [_table(tables, language)], language)
        page.write_text(content, encoding="utf-8", newline="\n")
        paths.append(page)
    return paths


def _table(tables: GoalTables, language: Lang) -> PageTable:
    rows = tuple(
        (
            number_text(one.objective_million_vnd, 0, language),
            levers_text(tables, one, language),
            f"{one.reached}/{one.n}",
            BLANK if one.fresh_reached is None else f"{one.fresh_reached}/{one.fresh_n}",
        )
        for one in sorted(tables.points, key=lambda one: (one.objective_million_vnd, one.point))
    )
    return PageTable(_TABLE.text(language), tuple(one.text(language) for one in _COLUMNS), rows)
