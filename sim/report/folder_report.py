"""From the tables of a run folder to its pictures and pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.report.evidence import evidence_text
from sim.report.figures.causes import causes_pictures
from sim.report.figures.certificates import certificate_pictures
from sim.report.figures.drawing import Picture, write_picture
from sim.report.figures.fan_chart import fan_pictures
from sim.report.figures.milestones import milestone_pictures
from sim.report.figures.money import money_pictures
from sim.report.figures.punctuality import punctuality_pictures
from sim.report.figures.usage_levels import usage_pictures
from sim.report.report_page import report_page
from sim.report.rows import RunTables
from sim.report.run_workbook import write_workbook
from sim.report.tables import read_run_tables
from sim.results.words import LANGUAGES, Lang


def run_pictures(tables: RunTables) -> list[Picture]:
    """The pictures a run's tables allow: targets, milestones, causes, dossiers, certificates, use, money."""
    evidence = {language: evidence_text(tables.parameters, language) for language in LANGUAGES}
    return [
        *fan_pictures(tables, evidence),
        *milestone_pictures(tables, evidence),
        *causes_pictures(tables.causes, tables.manifest.stopped, evidence),
        *punctuality_pictures(tables, evidence),
        *certificate_pictures(tables, evidence),
        *usage_pictures(tables.series, evidence),
        *money_pictures(tables, evidence),
    ]


def write_report(run_folder: Path, languages: Sequence[Lang] = LANGUAGES) -> list[Path]:
    """Write figures/, report.LANG.html and report.xlsx into the run folder from its tables; the files, in order.

    Raises FileNotFoundError when manifest, targets or series are missing, TableError when a table cannot be read.
    Matplotlib and Jinja are loaded by importing this module, so import it only when a report is wanted.
    """
    tables = read_run_tables(run_folder)
    figures = run_folder / "figures"
    figures.mkdir(exist_ok=True)
    written = [write_picture(picture, figures, languages) for picture in run_pictures(tables)]
    paths: list[Path] = []
    for picture in written:
        paths += [picture.csv, *picture.svg.values(), *picture.png.values()]
    for language in languages:
        page = run_folder / f"report.{language}.html"
        page.write_text(report_page(tables, written, language), encoding="utf-8", newline="\n")
        paths.append(page)
    workbook = run_folder / "report.xlsx"
    write_workbook(tables, workbook)
    return [*paths, workbook]
