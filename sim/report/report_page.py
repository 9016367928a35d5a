"""The page of a run: numbers and verdicts, what they rest on, pictures, years, places; then an appendix of tables.

What a person who signs reads stands before the appendix, on less than a dozen sheets of A4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sim.report.baselines import baseline_lines, baseline_note
from sim.report.board import board_lines, reported_note
from sim.report.certificates import certificate_section
from sim.report.conclusion import appendix_words, page_words
from sim.report.delays import delay_table
from sim.report.dossiers import check_lines, check_note, dossier_lines, dossier_note, shown_quantities
from sim.report.evidence import evidence_text
from sim.report.figures.causes import LAST_OF_ALL, CauseGroup, cause_groups
from sim.report.figures.drawing import WrittenPicture
from sim.report.figures.mandate_marks import mandate_list, mandate_marks
from sim.report.formatting import (
    BLANK,
    date_text,
    in_two_lines,
    interval_text,
    month_text,
    number_text,
    parameter_text,
    share_text,
    unit_text,
    year_text,
)
from sim.report.headlines import (
    chance_text,
    headlines,
    is_provisional,
    main_target,
    shared_draws_texts,
    value_text,
    warnings_text,
)
from sim.report.hindcast import hindcast_lines, mismatch_lines
from sim.report.measure_words import with_outside_note
from sim.report.milestones import milestone_lines, milestone_note
from sim.report.money import money_section
from sim.report.overtime import overtime_table
from sim.report.page import again_facts, embedded, filled_page, in_words, provenance_facts, template_text, verdict_class
from sim.report.parameter_words import readable_parameter, titles_of
from sim.report.passage import PageTable
from sim.report.phrases import COLUMNS, HEADINGS, READING_GUIDE, SENTENCES, capital, say
from sim.report.plan_ends import alternatives_tables
from sim.report.reasons import REASONS_SHOWN, reason_points
from sim.report.remedies import remedy_lines, remedy_table
from sim.report.run_tables import RunTables
from sim.report.saturation import posts_table, saturation_lines, saturation_note
from sim.report.service_order import order_note
from sim.report.sharpened import sharpened_section
from sim.report.target_years import months_counted, years_table
from sim.report.thresholds import draws_note, limit_notes, limit_text
from sim.report.tile_map import tile_map
from sim.report.untried import untried_text
from sim.report.words import CAUSES, scope_text, term, verdict_text
from sim.results.run_tables import CauseRow, ParameterRow, TargetRow, plan_numbers
from sim.results.sources import source_text
from sim.results.words import Lang, Words


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


_OTHER_PICTURES = Words("Hình của từng chỉ tiêu khác ({n} hình)", "Pictures of the other targets ({n})")
_LOAD_TABLES = (posts_table, overtime_table, delay_table)
_WIDE = ("milestones",)
_IN_APPENDIX = ("causes", "dossier_punctuality", "certificates")
"""Pictures by name: the others stand two a row."""


def report_page(tables: RunTables, pictures: Sequence[WrittenPicture], language: Lang) -> str:
    """The whole page as HTML text; the same tables give the same text."""
    manifest = tables.manifest
    assumed = [row for row in tables.parameters if row.basis == "assumed"]
    windows, tiles = months_counted(tables.targets_by_year, language), tile_map(tables.agencies_by_quarter, language)
    causes = cause_tables(tables, language)
    own: dict[str, object] = {
        "newline": "\n",
        "heading": in_words(HEADINGS, language),
        "column": in_words(COLUMNS, language),
        "provisional": is_provisional(manifest),
        "warnings": [
            *warnings_text(manifest, language),
            *mismatch_lines(tables.hindcast, tables.targets, language, manifest.groups),
        ],
        "board": board_lines(tables.targets, language, windows),
        "limit_notes": [
            f"{note}."
            for note in (reported_note(tables.targets, language), *limit_notes(tables.targets, language))
            if note
        ],
        "draws_note": f"{capital(draws)}." if (draws := draws_note(tables.targets, language)) else "",
        "headlines": headlines(tables, language),
        "targets": verdict_lines(tables.targets, language, windows, tables.manifest.groups),
        "by_year": years_table(tables, language),
        "tiles": tiles,
        "untried": untried_text(tables, language),
        "order_note": order_note(tables, language),
        "cause_tables": causes,
        "cause_notes": list(dict.fromkeys(one.note for one in causes)),
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
        "sharpened": sharpened_section(tables.sharpened, language),
        "hindcast": hindcast_lines(tables.hindcast, language, manifest.groups) if tables.hindcast else [],
        "baselines": baseline_lines(tables.baselines, language, tables.manifest.groups),
        "baseline_note": baseline_note(tables.baselines, language),
        "alternatives": alternatives_tables(tables, language),
        "remedies": remedy_lines(tables, language),
        "remedy_table": remedy_table(tables, language),
        "reasons": reason_points(tables, language, is_whole=True, most=REASONS_SHOWN),
        "conclusion": page_words(tables, language),
        "details": appendix_words(tables, language),
        "orders": _orders(tables, language),
        **_grouped(pictures, main_target(tables.targets), language),
        "assumed": [_parameter(row, language) for row in assumed],
        "assumed_count": evidence_text(tables.parameters, language),
        "reading_guide": [words.text(language) for words in READING_GUIDE],
        "provenance": [*provenance_facts(manifest, language), *again_facts(manifest, language)],
        "notes": [*manifest.notes_in(language), *shared_draws_texts(manifest, language)],
    }
    own["contents"], own["in_appendix"] = _contents(own, language)
    titles, script = titles_of(tables.parameters), template_text("tiles.js") if tiles else ""
    return filled_page("report.j2", HEADINGS["report"], manifest, (), language, own, titles, script)


_SECTIONS = ("verdicts", "remedies", "by_year", "pictures", "tiles", "appendix")
_OF_THE_APPENDIX = (
    "reading_guide",
    "readings",
    "causes",
    "money",
    "remedy_table",
    "details",
    "alternatives",
    "milestones",
    "dossiers",
    "certificates",
    "saturation",
    "baselines",
    "hindcast",
    "sharpened",
    "money_lines",
    "more_pictures",
    "assumed",
)
"""Those that the lists of contents name, on top and where the appendix begins, in the page's order."""


def _contents(own: Mapping[str, object], language: Lang) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Anchor and title of every section that the page has: before the appendix, and in it."""
    always = {"verdicts", "pictures", "causes", "money", "appendix", "reading_guide", "readings", "assumed"}
    made = {"more_pictures": own["more_pictures"], "money_lines": own["money"], "readings": own["targets"]}
    headings = {"verdicts": "conclusion", "readings": "verdicts"}
    before, inside = (
        [
            (anchor, HEADINGS[headings.get(anchor, anchor)].text(language))
            for anchor in anchors
            if anchor in always or made.get(anchor, own.get(anchor))
        ]
        for anchors in (_SECTIONS, _OF_THE_APPENDIX)
    )
    return before, inside


def _grouped(pictures: Sequence[WrittenPicture], main: TargetRow | None, language: Lang) -> dict[str, object]:
    """Pictures that stand two a row, those folded below them, those across the page, and those of the appendix.

    What stands is the main target's, what does not follow one target, and as many targets as fill the last row.
    """
    halves: list[dict[str, str]] = []
    more: list[dict[str, str]] = []
    wides: list[dict[str, str]] = []
    appendix: list[dict[str, str]] = []
    of_all = {f"target_{main.target_id}"} if main is not None else set()
    for one in pictures:
        name = one.picture.name
        is_first = name in of_all or not name.startswith("target_")
        group = appendix if name in _IN_APPENDIX else wides if name in _WIDE else halves if is_first else more
        group.append(embedded(one, language))
    filling = len(halves) % 2
    halves, more = [*halves, *more[:filling]], more[filling:]
    count = len(more) + len(wides)
    return {
        "halves": halves,
        "others": more,
        "wides": wides,
        "more_pictures": appendix,
        "other_pictures": say(_OTHER_PICTURES, language, n=count),
    }


def _orders(tables: RunTables, language: Lang) -> list[str]:
    """The orders in force, by the numbers that the pictures give them."""
    manifest = tables.manifest
    return mandate_list(mandate_marks(tables.mandates, manifest.horizon_start, manifest.horizon_end), language)


def verdict_lines(
    targets: Sequence[TargetRow],
    language: Lang,
    windows: Mapping[tuple[str, str], str] = MappingProxyType({}),
    groups: Mapping[str, Words] = MappingProxyType({}),
) -> list[VerdictLine]:
    """Every target under every reading, the deciding one first; measure and scope repeated only where they differ."""
    lines: list[VerdictLine] = []
    numbers = plan_numbers(targets)
    deciding: dict[str, TargetRow] = {}
    for row in targets:
        decides = row.target_id not in deciding
        main = deciding.setdefault(row.target_id, row)
        lines.append(
            VerdictLine(
                decides=decides,
                number=numbers[row.target_id],
                code=row.target_id,
                title=with_outside_note(row.title(language), row.measure, language),
                measure=term("measure", row.measure, language) if decides or row.measure != main.measure else "",
                reading=term("reading", row.reading, language),
                scope=scope_text(row.scope, language, groups),
                threshold=limit_text(row, language),
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


def _parameter(row: ParameterRow, language: Lang) -> dict[str, str]:
    shown = readable_parameter(row, language)
    low, high = parameter_text(shown.low, language), parameter_text(shown.high, language)
    ends = "" if (low, high) == (BLANK, BLANK) else f" ({low} – {high})"
    return {
        "key": row.key,
        "title": row.title(language),
        "value": f"{parameter_text(shown.value, language)}{ends} {shown.unit}".strip(),
        "kind": term("distribution", row.kind, language),
        "source": source_text(row.source, language),
    }


_AMOUNT = Words("Số lượng (khoảng 5–95%)", "Amount (5–95% range)")
_SHARE = Words("Tỷ trọng (khoảng 5–95%)", "Share (5–95% range)")
_MILLION, _THOUSAND = Words("triệu {unit}", "million {unit}"), Words("nghìn {unit}", "thousand {unit}")
_SCALED_FROM = 10_000.0
"""Hours from here on are sums over a whole province: read in thousands and millions."""


def cause_tables(tables: RunTables, language: Lang) -> list[PageTable]:
    """The causes of each group's last year, the largest share first; none where the run recorded no causes."""
    return [_cause_table(group, tables, language) for group in cause_groups(tables.causes, tables.manifest.stopped)]


def cause_name(cause: str, language: Lang) -> str:
    """A cause at the start of a line; an unknown id exactly as given."""
    return capital(term("cause", cause, language)) if cause in CAUSES else cause


def cause_amount(row: CauseRow, language: Lang) -> str:
    """The median with its range and unit: `20.342 lượt gửi (14.753–29.998)`, `42,2 triệu giờ (27,2–469,8)`."""
    if row.median is None:
        return BLANK
    unit, scale, decimals = unit_text(row.unit, language), 1.0, 0
    if row.unit == "hours" and row.median >= _SCALED_FROM:
        words, scale, decimals = (_MILLION, 1e6, 1) if row.median >= 1e6 else (_THOUSAND, 1e3, 0)
        unit = say(words, language, unit=unit)
    ends = [BLANK if end is None else number_text(end / scale, decimals, language) for end in (row.p05, row.p95)]
    return f"{number_text(row.median / scale, decimals, language)} {unit} ({'–'.join(ends)})"


def _cause_table(group: CauseGroup, tables: RunTables, language: Lang) -> PageTable:
    rows = sorted(
        (bar.last for bar in group.bars), key=lambda row: (row.cause in LAST_OF_ALL, -(row.share_mean or 0.0))
    )
    lines = tuple(
        (cause_name(row.cause, language), cause_amount(row, language), _cause_share(row, language)) for row in rows
    )
    year = year_text(rows[0].year, tables.manifest.stopped, language)
    runs = number_text(max(row.n for row in rows), 0, language)
    columns = (COLUMNS["cause"].text(language), _AMOUNT.text(language), _SHARE.text(language))
    note = say(SENTENCES["cause_scope"], language, year=year, n=runs)
    return PageTable(term("cause_group", group.group, language), columns, lines, note)


def _cause_share(row: CauseRow, language: Lang) -> str:
    if row.share_mean is None:
        return BLANK
    return f"{share_text(row.share_mean, language)} ({interval_text(row.share_p05, row.share_p95, 'share', language)})"
