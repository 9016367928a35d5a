"""From the tables of a folder to its pictures and pages, whatever kind of study it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, get_args

from sim.report.already_written import Written, made_from
from sim.report.comparison import CompareTables, read_compare_tables
from sim.report.comparison_page import comparison_page
from sim.report.evidence import evidence_text
from sim.report.figures.case_lines import case_pictures
from sim.report.figures.causes import causes_pictures
from sim.report.figures.certificates import certificate_pictures
from sim.report.figures.differences import difference_pictures
from sim.report.figures.drawing import Picture, WrittenPicture, files_of, write_picture
from sim.report.figures.effects import effect_pictures
from sim.report.figures.fan_chart import fan_pictures
from sim.report.figures.milestones import milestone_pictures
from sim.report.figures.money import money_pictures
from sim.report.figures.money_chance import money_pictures as search_pictures
from sim.report.figures.panels import panel_pictures
from sim.report.figures.punctuality import punctuality_pictures
from sim.report.figures.response_curves import curve_pictures
from sim.report.figures.swings import tornado_pictures
from sim.report.figures.target_map import map_pictures
from sim.report.figures.usage_levels import usage_pictures
from sim.report.goal import goal_passages, goal_table, read_goal_tables
from sim.report.page import study_page
from sim.report.parameter_words import titles_of
from sim.report.ranking import read_ranking
from sim.report.report_page import report_page
from sim.report.run_tables import RunTables, read_run_tables
from sim.report.run_workbook import WORKBOOKS, write_workbook
from sim.report.sensitivity import effect_passages, effect_table, read_effect_tables
from sim.report.sweep import sweep_passages, sweep_table
from sim.report.sweep_design import sweep_warnings
from sim.report.sweep_matrix import answer_page
from sim.report.sweep_tables import read_sweep_tables
from sim.results.run_tables import PARAMETERS, ParameterRow
from sim.results.words import LANGUAGES, Lang, Words

Kind = Literal["run", "compare", "sweep", "goal", "sensitivity"]
"""What a folder holds, and so which pictures and pages are made of it."""
PageOf = Callable[[Sequence[WrittenPicture], Lang], str]
Drawn = tuple[Sequence[Picture], PageOf]
"""The pictures of a folder, and what makes its page in one language once they are written."""

KINDS: tuple[Kind, ...] = get_args(Kind)
_SWEEP = Words("Thay đổi kinh phí và các tham số khác", "Sweep over money and other keys")
_GOAL = Words("Ít tiền nhất để đạt chỉ tiêu", "The least money that reaches the targets")
_SENSITIVITY = Words("Điều gì quan trọng", "What matters")


def write_report(
    folder: Path,
    kind: Kind = "run",
    languages: Sequence[Lang] = LANGUAGES,
    told: Callable[[int, int], None] = lambda *_: None,
) -> list[Path]:
    """Write figures/ and the pages of a folder from its tables, for a run its workbook too; the files, in order.

    Pictures and workbooks that are there as they would be made again are left.

    Matplotlib and Jinja are loaded by importing this module, so import it only when a report is wanted.

    Args:
        folder: the run folder.
        kind: of the study in it.
        languages: of the pages and the words in the pictures.
        told: after each picture, how many are drawn and how many there are; each counts once in each language.

    Raises:
        FileNotFoundError: a table that this kind cannot do without is missing.
        TableError: a table cannot be read.
    """
    name = "report" if kind == "run" else kind
    pictures, page_of = _DRAWING[kind](folder)
    figures = folder / "figures"
    figures.mkdir(exist_ok=True)
    source = made_from(folder)
    before = {language: Written(folder, language, source) for language in languages}
    written: list[WrittenPicture] = []
    for picture in pictures:
        told(len(written) * len(languages), len(pictures) * len(languages))
        one = files_of(picture, figures, languages)
        if not all(before[language].has(_in_language(one, language)) for language in languages):
            write_picture(picture, figures, languages)
        written.append(one)
    told(len(written) * len(languages), len(written) * len(languages))
    paths = [path for one in written for path in (one.csv, *one.svg.values(), *one.png.values())]
    for language in languages:
        page = folder / f"{name}.{language}.html"
        page.write_text(page_of(written, language), encoding="utf-8", newline="\n")
        paths.append(page)
    workbooks = {language: folder / WORKBOOKS[language] for language in languages} if kind == "run" else {}
    if late := [language for language, path in workbooks.items() if not before[language].has([path])]:
        tables = read_run_tables(folder)
        for language in late:
            write_workbook(tables, workbooks[language], language)
    for language in languages:
        mine = [path for one in written for path in _in_language(one, language)]
        before[language].note([*mine, *([workbooks[language]] if workbooks else [])])
    return [*paths, *workbooks.values()]


def _in_language(one: WrittenPicture, language: Lang) -> list[Path]:
    return [one.csv, one.svg[language], one.png[language]]


def run_pictures(tables: RunTables) -> list[Picture]:
    """The pictures a run's tables allow: targets, milestones, causes, dossiers, certificates, use, money."""
    evidence = _evidence(tables.parameters)
    return [
        *fan_pictures(tables, evidence),
        *milestone_pictures(tables, evidence),
        *causes_pictures(tables.causes, tables.manifest.stopped, evidence),
        *punctuality_pictures(tables, evidence),
        *certificate_pictures(tables, evidence),
        *usage_pictures(tables.series, tables.level_means, evidence),
        *money_pictures(tables, evidence),
    ]


def comparison_pictures(tables: CompareTables, parameters: Sequence[ParameterRow]) -> list[Picture]:
    """The pictures a comparison's tables allow: the differences, cases side by side, each target month by month."""
    evidence = _evidence(parameters)
    panels = panel_pictures(tables, evidence)
    return [*difference_pictures(tables, evidence), *panels, *case_pictures(tables, evidence)]


def _run(folder: Path) -> Drawn:
    tables = read_run_tables(folder)
    return run_pictures(tables), lambda written, language: report_page(tables, written, language)


def _compare(folder: Path) -> Drawn:
    tables = read_compare_tables(folder)
    ranking = read_ranking(folder)
    parameters = _parameters(folder)
    pictures, titles = comparison_pictures(tables, parameters), titles_of(parameters)
    return pictures, lambda written, language: comparison_page(tables, written, language, ranking, titles)


def _sweep(folder: Path) -> Drawn:
    tables = read_sweep_tables(folder)
    evidence = _evidence(_parameters(folder))

    def page(written: Sequence[WrittenPicture], language: Lang) -> str:
        warnings = sweep_warnings(tables, language)
        passages, table = sweep_passages(tables, language), sweep_table(tables, language)
        titles, answer = titles_of(_parameters(folder)), answer_page(tables, language)
        return study_page(_SWEEP, tables.manifest, warnings, passages, written, [table], language, titles, answer)

    pictures = [*tornado_pictures(tables, evidence), *map_pictures(tables, evidence), *curve_pictures(tables, evidence)]
    return pictures, page


def _goal(folder: Path) -> Drawn:
    tables = read_goal_tables(folder)

    def page(written: Sequence[WrittenPicture], language: Lang) -> str:
        passages, table = goal_passages(tables, language), goal_table(tables, language)
        return study_page(
            _GOAL, tables.manifest, [], passages, written, [table], language, titles_of(_parameters(folder))
        )

    return search_pictures(tables, _evidence(_parameters(folder))), page


def _sensitivity(folder: Path) -> Drawn:
    tables = read_effect_tables(folder)

    def page(written: Sequence[WrittenPicture], language: Lang) -> str:
        passages, table = effect_passages(tables, language), effect_table(tables, language)
        return study_page(
            _SENSITIVITY, tables.manifest, [], passages, written, [table], language, titles_of(_parameters(folder))
        )

    return effect_pictures(tables, _evidence(_parameters(folder))), page


def _parameters(folder: Path) -> tuple[ParameterRow, ...]:
    return PARAMETERS.read_if_there(folder)


def _evidence(parameters: Sequence[ParameterRow]) -> dict[Lang, str]:
    return {language: evidence_text(parameters, language) for language in LANGUAGES}


_DRAWING: dict[Kind, Callable[[Path], Drawn]] = {
    "run": _run,
    "compare": _compare,
    "sweep": _sweep,
    "goal": _goal,
    "sensitivity": _sensitivity,
}
