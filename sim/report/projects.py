"""Targets that count projects, or the databases and websites that projects build: which are not finished, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sim.report.formatting import number_text
from sim.report.measure_words import COUNT_OF_PROJECTS
from sim.report.phrases import say
from sim.report.plan_ends import reason_words
from sim.report.run_tables import RunTables
from sim.report.words import term
from sim.results.money_tables import ProjectRow
from sim.results.run_tables import TargetRow
from sim.results.words import Lang, Words

BUILT_BY_PROJECTS: Mapping[str, str] = {
    "website_agency_share": "website",
    "sector_database_share": "sector_database",
    "key_database_count": "",
}
"""Measures of what projects build, and the kind of thing of which an agency has one or lacks it."""
MOST_NAMED = 8
_FINISHED = "delivered"
_COUNTED = Words(
    "ở quá nửa trong {n} lần mô phỏng, {open} trong {all} dự án chưa hoàn thành khi đến hạn",
    "in more than half of {n} simulations {open} of the {all} projects are not finished when due",
)
_BUILDING = Words(
    "ở quá nửa trong {n} lần mô phỏng, {open} trong {all} dự án xây dựng nội dung này chưa hoàn thành khi đến hạn",
    "in more than half of {n} simulations {open} of the {all} projects that build these are not finished when due",
)
_BECAUSE = Words("{count} vì {reason} ({named})", "{count}: {reason} ({named})")
_WITHOUT = Words(
    "cuối kỳ, ở quá nửa số lần mô phỏng, {count} sở, huyện chưa có, {reason}: {named}",
    "at the end, in more than half of the simulations, {count} departments and districts lack one, {reason}: {named}",
)


def is_of_projects(measure: str) -> bool:
    """Whether a measure counts projects, or what projects build."""
    return measure.startswith(COUNT_OF_PROJECTS) or measure in BUILT_BY_PROJECTS


def projects_text(target: TargetRow, tables: RunTables, language: Lang, *, is_whole: bool = True) -> str:
    """Which projects of a target are not finished when it is due, by what keeps them; empty where that is not known.

    Args:
        target: that counts them, or what they build.
        tables: of the run.
        language: of the text.
        is_whole: projects and agencies by name too; else the numbers, and the reason of most.
    """
    by_line: defaultdict[str, list[ProjectRow]] = defaultdict(list)
    for row in tables.projects:
        if row.target_id == target.target_id:
            by_line[row.line_id].append(row)
    parts = [_open_projects(target, by_line, language, is_whole=is_whole)] if by_line else []
    if is_whole:
        parts += _agencies_without(target, tables, language)
    return "; ".join(parts)


def _open_projects(
    target: TargetRow, by_line: Mapping[str, Sequence[ProjectRow]], language: Lang, *, is_whole: bool
) -> str:
    kept: defaultdict[str, list[str]] = defaultdict(list)
    for line, rows in by_line.items():
        unfinished = [row for row in rows if row.state != _FINISHED]
        if 2 * sum(row.times for row in unfinished) > rows[0].n:
            kept[max(unfinished, key=lambda row: row.times).state].append(line)
    first = say(
        _COUNTED if target.measure.startswith(COUNT_OF_PROJECTS) else _BUILDING,
        language,
        n=number_text(next(iter(by_line.values()))[0].n, 0, language),
        open=number_text(sum(map(len, kept.values())), 0, language),
        all=number_text(len(by_line), 0, language),
    )
    usual = sorted(kept.items(), key=lambda item: (-len(item[1]), item[0]))
    reasons = [
        say(
            _BECAUSE,
            language,
            count=len(lines),
            reason=term("project_state", state, language),
            named=", ".join(lines if is_whole else [*lines[:1], *(["…"] if len(lines) > 1 else [])]),
        )
        for state, lines in (usual if is_whole else usual[:1])
    ]
    return f"{first}: {'; '.join(reasons)}" if reasons else first


def _agencies_without(target: TargetRow, tables: RunTables, language: Lang) -> list[str]:
    """Departments and districts that usually end without the thing, by reason."""
    kind = BUILT_BY_PROJECTS.get(target.measure, "")
    mine = [
        row
        for row in tables.unserved
        if kind and row.kind == kind and row.tier in ("department", "district") and row.unserved_share > 0.5
    ]
    counted = Counter(reason_words(row).text(language) for row in mine)
    return [
        say(
            _WITHOUT,
            language,
            count=count,
            reason=reason,
            named=_listed([row.name(language) for row in mine if reason_words(row).text(language) == reason], count),
        )
        for reason, count in counted.most_common()
    ]


def _listed(names: Sequence[str], count: int) -> str:
    shown = list(names[:MOST_NAMED])
    return ", ".join([*shown, "…"] if count > len(shown) else shown)
