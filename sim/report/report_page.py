"""The page of a run: headline numbers, pictures, verdicts, causes, milestones, dossiers, money, conclusion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sim.report.baselines import baseline_lines, baseline_note
from sim.report.board import board_lines
from sim.report.certificates import certificate_section
from sim.report.conclusion import conclusion
from sim.report.delays import delay_table
from sim.report.dossiers import check_lines, check_note, dossier_lines, dossier_note, shown_quantities
from sim.report.evidence import evidence_text
from sim.report.figures.causes import cause_groups
from sim.report.figures.drawing import WrittenPicture
from sim.report.formatting import (
    BLANK,
    date_text,
    in_two_lines,
    interval_text,
    month_text,
    number_text,
    parameter_text,
    share_text,
    threshold_text,
    unit_kind,
    unit_text,
    year_text,
)
from sim.report.headlines import chance_text, headlines, is_provisional, value_text, warnings_text
from sim.report.measure_words import with_outside_note
from sim.report.milestones import milestone_lines, milestone_note
from sim.report.money import money_section
from sim.report.overtime import overtime_table
from sim.report.page import filled_page, in_words, template_text, verdict_class
from sim.report.parameter_units import readable_parameter
from sim.report.parameter_words import titles_of
from sim.report.phrases import COLUMNS, HEADINGS, READING_GUIDE, SENTENCES, capital, say
from sim.report.plan_ends import alternatives_table
from sim.report.remedies import remedy_lines, remedy_table
from sim.report.run_tables import RunTables
from sim.report.saturation import posts_table, saturation_lines, saturation_note
from sim.report.target_years import months_counted, years_table
from sim.report.tile_map import tile_map
from sim.report.words import CAUSES, scope_text, term, verdict_text
from sim.results.run_tables import ParameterRow, TargetRow
from sim.results.sources import source_text
from sim.results.words import Lang


@dataclass(frozen=True, slots=True)
class VerdictLine:
    """One line of the verdict table, in words; targets are numbered from 1 in the plan's order."""

    decides: bool
    number: int
    code: str
    title: str
    measure: str
    reading: str
    scope: str
    threshold: str
    due: str
    value: str
    window: str
    chance: str
    first_reached: str
    verdict: str
    verdict_class: str


@dataclass(frozen=True, slots=True)
class CauseList:
    """One group of causes as sentences."""

    title: str
    scope: str
    sentences: tuple[str, ...]


_LOAD_TABLES = (posts_table, overtime_table, delay_table)


def report_page(tables: RunTables, pictures: Sequence[WrittenPicture], language: Lang) -> str:
    """The whole page as HTML text; the same tables give the same text."""
    manifest = tables.manifest
    assumed = [row for row in tables.parameters if row.basis == "assumed"]
    windows, tiles = months_counted(tables.targets_by_year, language), tile_map(tables.agencies_by_quarter, language)
    own: dict[str, object] = {
        "newline": "\n",
        "heading": in_words(HEADINGS, language),
        "column": in_words(COLUMNS, language),
        "provisional": is_provisional(manifest),
        "warnings": warnings_text(manifest, language),
        "board": board_lines(tables.targets, language, windows),
        "headlines": headlines(tables, language),
        "targets": verdict_lines(tables.targets, language, windows),
        "by_year": years_table(tables, language),
        "tiles": tiles,
        "cause_groups": cause_lists(tables, language),
        "money": money_section(tables, language),
        "milestones": milestone_lines(tables, language),
        "milestone_note": milestone_note(tables, language),
        "dossiers": dossier_lines(tables, language),
        "dossier_note": dossier_note(tables, language),
        "dossier_columns": shown_quantities(language),
        "dossier_checks": check_lines(tables, language),
        "check_note": check_note(tables, language),
        "certificates": certificate_section(tables, language),
        "saturation": saturation_lines(tables, language),
        "saturation_note": saturation_note(tables, language),
        "load_tables": [one for made in _LOAD_TABLES if (one := made(tables, language))],
        "baselines": baseline_lines(tables.baselines, language),
        "baseline_note": baseline_note(tables.baselines, language),
        "alternatives": alternatives_table(tables, language),
        "remedies": remedy_lines(tables, language),
        "remedy_table": remedy_table(tables, language),
        "conclusion": conclusion(tables, language),
        "assumed": [_parameter(row, language) for row in assumed],
        "assumed_count": evidence_text(tables.parameters, language),
        "reading_guide": [words.text(language) for words in READING_GUIDE],
        "notes": manifest.notes_in(language),
    }
    own["contents"] = _contents(own, language)
    titles, script = titles_of(tables.parameters), template_text("tiles.js") if tiles else ""
    return filled_page("report.j2", HEADINGS["report"], manifest, pictures, language, own, titles, script)


def _contents(own: Mapping[str, object], language: Lang) -> list[tuple[str, str]]:
    """Anchor and title of every section below the conclusion that the page has."""
    names = {
        "pictures": "pictures",
        "readings": "verdicts",
        "by_year": "by_year",
        "tiles": "tiles",
        "remedy_table": "remedy_table",
        "causes": "causes",
        "milestones": "milestones",
        "dossiers": "dossiers",
        "certificates": "certificates",
        "saturation": "saturation",
        "baselines": "baselines",
        "money": "money",
        "assumed": "assumed",
        "reading_guide": "reading_guide",
    }
    always = {"pictures", "readings", "causes", "money", "assumed", "reading_guide"}
    return [
        (anchor, HEADINGS[heading].text(language))
        for anchor, heading in names.items()
        if anchor in always or own.get(anchor)
    ]


def verdict_lines(
    targets: Sequence[TargetRow], language: Lang, windows: Mapping[tuple[str, str], str] = MappingProxyType({})
) -> list[VerdictLine]:
    """Every target under every reading, the deciding one first; measure and scope repeated only where they differ."""
    lines: list[VerdictLine] = []
    deciding: dict[str, TargetRow] = {}
    for row in targets:
        decides = row.target_id not in deciding
        main = deciding.setdefault(row.target_id, row)
        kind = unit_kind(row.measure)
        lines.append(
            VerdictLine(
                decides=decides,
                number=len(deciding),
                code=row.target_id,
                title=with_outside_note(row.title(language), row.measure, language),
                measure=term("measure", row.measure, language) if decides or row.measure != main.measure else "",
                reading=term("reading", row.reading, language),
                scope=scope_text(row.scope, language),
                threshold=threshold_text(row.threshold, kind, language),
                due=date_text(row.due, language),
                value=in_two_lines(value_text(row, language)),
                window=windows.get((row.target_id, row.reading), ""),
                chance=in_two_lines(chance_text(row, language)),
                first_reached=month_text(row.first_reached, language),
                verdict=verdict_text(row.verdict, language) or BLANK,
                verdict_class=verdict_class(row.verdict),
            )
        )
    return lines


def cause_name(cause: str, language: Lang) -> str:
    """A cause at the start of a sentence; an unknown id exactly as given."""
    return capital(term("cause", cause, language)) if cause in CAUSES else cause


def cause_lists(tables: RunTables, language: Lang) -> list[CauseList]:
    """The causes of each group's last year as sentences, the largest share first."""
    lists: list[CauseList] = []
    for group in cause_groups(tables.causes, tables.manifest.stopped):
        rows = sorted((bar.last for bar in group.bars), key=lambda row: -(row.share_mean or 0.0))
        sentences = tuple(
            say(
                SENTENCES["cause_sentence"],
                language,
                cause=cause_name(row.cause, language),
                median=number_text(row.median or 0.0, 0, language),
                unit=unit_text(row.unit, language),
                low=BLANK if row.p05 is None else number_text(row.p05, 0, language),
                high=BLANK if row.p95 is None else number_text(row.p95, 0, language),
                share=BLANK if row.share_mean is None else share_text(row.share_mean, language),
                share_band=interval_text(row.share_p05, row.share_p95, "share", language),
            )
            for row in rows
        )
        runs = number_text(max(row.n for row in rows), 0, language)
        scope = say(
            SENTENCES["cause_scope"], language, year=year_text(rows[0].year, tables.manifest.stopped, language), n=runs
        )
        lists.append(CauseList(term("cause_group", group.group, language), scope, sentences))
    return lists


def _parameter(row: ParameterRow, language: Lang) -> dict[str, str]:
    shown = readable_parameter(row, language)
    low, high = parameter_text(shown.low, language), parameter_text(shown.high, language)
    return {
        "key": row.key,
        "title": row.title(language),
        "value": parameter_text(shown.value, language),
        "range": BLANK if (low, high) == (BLANK, BLANK) else f"{low} – {high}",
        "unit": shown.unit,
        "kind": term("distribution", row.kind, language),
        "basis": term("basis", row.basis, language),
        "source": source_text(row.source, language),
    }
