"""From effects.csv to the pictures and pages of a sensitivity study."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.report.cells import read_table
from sim.report.effect_tables import EffectTables, read_effect_tables
from sim.report.effect_words import effect_passages, effect_text
from sim.report.evidence import evidence_text
from sim.report.figures.effects import effect_pictures
from sim.report.folder_sweep import files_of, write_pictures
from sim.report.page import PageTable, study_page
from sim.report.tables import parameter_row
from sim.results.words import LANGUAGES, Lang, Words

_KIND = Words("Điều gì quan trọng", "What matters")
_TABLE = Words("Mọi khóa, mạnh nhất trước", "Every key, the strongest first")
_COLUMNS = (
    Words("Chỉ tiêu", "Target"),
    Words("Loại", "Kind"),
    Words("Khóa: ảnh hưởng (khoảng 95%)", "Key: effect (95% interval)"),
    Words("Nổi rõ", "Stands out"),
)
_ROLES = {True: Words("đòn bẩy", "lever"), False: Words("điều chưa biết", "unknown")}
_YES, _NO = Words("có", "yes"), Words("không", "no")
_MOST_ROWS = 20


def write_sensitivity(folder: Path, languages: Sequence[Lang] = LANGUAGES) -> list[Path]:
    """Write figures/effects and sensitivity.LANG.html into the folder from its tables; the files, in order.

    Raises FileNotFoundError when a table is missing, TableError when one cannot be read.
    """
    tables = read_effect_tables(folder)
    parameters = read_table(folder / "parameters.csv", parameter_row)
    evidence = {language: evidence_text(parameters, language) for language in LANGUAGES}
    written = write_pictures(effect_pictures(tables, evidence), folder, languages)
    paths = files_of(written)
    for language in languages:
        page = folder / f"sensitivity.{language}.html"
        passages = effect_passages(tables, language)
        content = study_page(_KIND, tables.manifest, [], passages, written, [_table(tables, language)], language)
        page.write_text(content, encoding="utf-8", newline="\n")
        paths.append(page)
    return paths


def _table(tables: EffectTables, language: Lang) -> PageTable:
    rows = []
    for aim in tables.aims:
        for levers in (False, True):
            for row in tables.of(aim, levers=levers)[:_MOST_ROWS]:
                stands = (_YES if row.noticeable else _NO).text(language)
                role = _ROLES[levers].text(language)
                rows.append((f"{aim.number}", role, f"{effect_text(row, aim, language)} [{row.key}]", stands))
    return PageTable(_TABLE.text(language), tuple(one.text(language) for one in _COLUMNS), tuple(rows))
