"""From the tables of a sweep's folder to its pictures and pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.report.cells import read_table
from sim.report.evidence import evidence_text
from sim.report.figures.drawing import Picture, WrittenPicture, write_picture
from sim.report.figures.response_curves import curve_pictures
from sim.report.figures.swings import tornado_pictures
from sim.report.figures.target_map import map_pictures
from sim.report.formatting import BLANK
from sim.report.page import PageTable, study_page
from sim.report.phrases import say
from sim.report.study_tables import StudyTables, read_study_tables
from sim.report.sweep_words import sweep_passages, swing_number
from sim.report.tables import parameter_row
from sim.results.words import LANGUAGES, Lang, Words

_KIND = Words("Thay đổi kinh phí và các khóa khác", "Sweep over money and other keys")
_TABLE = Words("Mỗi khóa làm chỉ tiêu thay đổi bao nhiêu", "What each key moves")
_COLUMNS = (
    Words("Chỉ tiêu", "Target"),
    Words("Khóa", "Key"),
    Words("Loại", "Kind"),
    Words("Từ", "From"),
    Words("Đến", "To"),
    Words("Thay đổi (khoảng tin cậy 95%)", "Change (95% interval)"),
)
_ROLES = {"lever": Words("đòn bẩy", "lever"), "unknown": Words("điều chưa biết", "unknown")}


def write_sweep(folder: Path, languages: Sequence[Lang] = LANGUAGES) -> list[Path]:
    """Write figures/ and sweep.LANG.html into the folder from its tables; the files written, in order.

    Raises FileNotFoundError when a table is missing, TableError when one cannot be read.
    """
    tables = read_study_tables(folder)
    parameters = read_table(folder / "parameters.csv", parameter_row)
    evidence = {language: evidence_text(parameters, language) for language in LANGUAGES}
    pictures = [
        *tornado_pictures(tables, evidence),
        *map_pictures(tables, evidence),
        *curve_pictures(tables, evidence),
    ]
    written = write_pictures(pictures, folder, languages)
    paths = files_of(written)
    for language in languages:
        page = folder / f"sweep.{language}.html"
        warnings = study_warnings(tables, language)
        passages = sweep_passages(tables, language)
        content = study_page(_KIND, tables.manifest, warnings, passages, written, [_table(tables, language)], language)
        page.write_text(content, encoding="utf-8", newline="\n")
        paths.append(page)
    return paths


def write_pictures(pictures: Sequence[Picture], folder: Path, languages: Sequence[Lang]) -> list[WrittenPicture]:
    """Write every picture with its data into figures/."""
    figures = folder / "figures"
    figures.mkdir(exist_ok=True)
    return [write_picture(picture, figures, languages) for picture in pictures]


def files_of(written: Sequence[WrittenPicture]) -> list[Path]:
    """The files of pictures, in order."""
    return [path for picture in written for path in (picture.csv, *picture.svg.values(), *picture.png.values())]


def study_warnings(tables: StudyTables, language: Lang) -> list[str]:
    """What is missing, and that single futures are no forecast."""
    lines = []
    failed = sum(row.status == "failed" for row in tables.cells)
    missing = tables.simulations_asked - tables.simulations_done - failed
    if failed:
        wording = Words("{n} lần mô phỏng hỏng; cells.csv nêu lỗi.", "{n} simulations failed; cells.csv says why.")
        lines.append(say(wording, language, n=failed))
    if missing > 0:
        wording = Words("Còn {n} lần mô phỏng chưa chạy.", "{n} simulations have not been run yet.")
        lines.append(say(wording, language, n=missing))
    return lines


def _table(tables: StudyTables, language: Lang) -> PageTable:
    rows = []
    for aim in tables.aims:
        for swing in tables.swings_of(aim.target_id):
            key = tables.key(swing.key)
            rows.append(
                (
                    f"{aim.number}. {aim.title(language)}",
                    f"{key.title(language)} [{key.key}]",
                    _ROLES.get(key.role, Words(BLANK, BLANK)).text(language),
                    key.value_text(key.low, language),
                    key.value_text(key.high, language),
                    swing_number(swing, aim, language),
                )
            )
    return PageTable(_TABLE.text(language), tuple(one.text(language) for one in _COLUMNS), tuple(rows))
