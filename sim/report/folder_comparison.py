"""From the tables of a compare folder to its pictures and pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.report.cells import read_table
from sim.report.compare_tables import CompareTables, read_compare_tables
from sim.report.comparison_page import comparison_page
from sim.report.evidence import evidence_text
from sim.report.figures.case_lines import case_pictures
from sim.report.figures.case_panels import panel_pictures
from sim.report.figures.differences import difference_pictures
from sim.report.figures.drawing import Picture, write_picture
from sim.report.ranking_words import read_ranking
from sim.report.rows import ParameterRow
from sim.report.tables import parameter_row
from sim.results.words import LANGUAGES, Lang


def comparison_pictures(tables: CompareTables, parameters: Sequence[ParameterRow]) -> list[Picture]:
    """The pictures a comparison's tables allow: the differences, cases side by side, each target month by month."""
    evidence = {language: evidence_text(parameters, language) for language in LANGUAGES}
    panels = panel_pictures(tables, evidence)
    return [*difference_pictures(tables, evidence), *panels, *case_pictures(tables, evidence)]


def write_comparison(run_folder: Path, languages: Sequence[Lang] = LANGUAGES) -> list[Path]:
    """Write figures/ and compare.LANG.html into the compare folder from its tables; the files written, in order.

    Reads manifest.json and compare.csv; compare_series.csv, targets.csv (the baseline's, for titles, thresholds and due
    dates) and parameters.csv where they are there. Raises FileNotFoundError when manifest or compare.csv is missing,
    TableError when a table cannot be read.
    """
    tables = read_compare_tables(run_folder)
    parameters = read_table(run_folder / "parameters.csv", parameter_row)
    ranking = read_ranking(run_folder)
    figures = run_folder / "figures"
    figures.mkdir(exist_ok=True)
    written = [write_picture(picture, figures, languages) for picture in comparison_pictures(tables, parameters)]
    paths: list[Path] = []
    for picture in written:
        paths += [picture.csv, *picture.svg.values(), *picture.png.values()]
    for language in languages:
        page = run_folder / f"compare.{language}.html"
        page.write_text(comparison_page(tables, written, language, ranking), encoding="utf-8", newline="\n")
        paths.append(page)
    return paths
