"""From the tables of a run folder to its brief, as PDF and as Word document."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from pathlib import Path

from sim.report.brief import Brief, brief_of
from sim.report.brief_docx import docx_of
from sim.report.brief_layout import FOOT_POINTS
from sim.report.brief_pdf import pages_needed, pdf_of
from sim.report.brief_shortening import SHORTENINGS, Shortening
from sim.report.run_tables import RunTables, read_run_tables
from sim.results.atomic_files import write_bytes_atomic
from sim.results.words import Lang


def write_brief(folder: Path, language: Lang) -> list[Path]:
    """Write `brief.<language>.pdf` and `.docx` into a run folder; the files.

    fpdf2, python-docx and matplotlib are loaded by importing this module, so import it only when a brief is wanted.

    Raises:
        FileNotFoundError: a table is missing.
        TableError: a table cannot be read.
        FileWriteError: the disk refuses.
    """
    brief, pdf = on_one_page(read_run_tables(folder), language)
    written = {"pdf": pdf, "docx": docx_of(brief)}
    paths = [folder / f"brief.{language}.{kind}" for kind in written]
    for path, content in zip(paths, written.values(), strict=True):
        write_bytes_atomic(path, content)
    return paths


def on_one_page(tables: RunTables, language: Lang) -> tuple[Brief, bytes]:
    """The brief that loses least of those that fit one page, its foot in the largest letters that still do; its PDF.

    Ranges are drawn and districts have their tiles where the page still holds them. Where none fits, that with
    the table of targets on further pages.
    """

    def is_one_page(shortening: Shortening) -> bool:
        return pages_needed(brief_of(tables, language, shortening)) == 1

    least = SHORTENINGS[bisect_left(SHORTENINGS[:-1], True, key=is_one_page)]
    least = next(filter(is_one_page, least.with_larger_reasons()), least)
    least = next(filter(is_one_page, least.with_strips()), least)
    if tables.agencies_by_quarter:
        least = next(filter(is_one_page, least.with_places()), least)
    if least.is_note_small:  # the note is read, so that it takes the largest letters that still fit
        sizes = (replace(least, foot_points=points) for points in FOOT_POINTS)
        least = next(filter(is_one_page, sizes), least)
    brief = brief_of(tables, language, least)
    return brief, pdf_of(brief)
