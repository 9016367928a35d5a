"""The answer of `compare`: each target with its cases side by side, and what each case spends."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.command.console import Console
from sim.command.more_replications import narrower
from sim.command.next_steps import step_lines
from sim.report.case_answer import AnswerTable, answer_table, conclusion, notes_by_case, ranked_text
from sim.report.case_matrix import MatrixCell, matrix_rows, operation_headings, result_headings
from sim.report.case_targets import minded_share
from sim.report.comparison import CompareTables, clearness_text, difference_with_unit, read_compare_tables
from sim.report.formatting import (
    BLANK,
    UnitKind,
    date_text,
    in_two_lines,
    interval_text,
    number_text,
    quantity_text,
    threshold_text,
    unit_kind,
)
from sim.report.headlines import first_answer_texts
from sim.report.proposals import proposal_lines
from sim.report.ranking import Ranking, best_text, pairing_text, part_texts, read_ranking
from sim.report.words import verdict_text
from sim.results.comparison_tables import CompareRow
from sim.results.run_folder import named, records
from sim.results.words import Lang, Words
from sim.scenario.errors import printable
from sim.scenario.loading import load
from sim.scenario.plan_schema import Target
from sim.studies.case import RESOLVED
from sim.studies.comparison import BASELINE
from sim.studies.run_tables import page_of

if TYPE_CHECKING:
    from rich.console import Console as Screen

Record = Mapping[str, Any]

_ROOMY_WIDTH = 96
_PLAN = "plan"
_COLUMNS = (
    Words("Trường hợp", "Case"),
    Words("Trung vị\n(khoảng 5–95%)", "Median\n(5–95% range)"),
    Words("Số lần đạt\n(khoảng 95%)", "Times reached\n(95% interval)"),
    Words("Chênh lệch so với kịch bản gốc\n(khoảng 95%)", "More than baseline\n(95% interval)"),
    Words("Khác biệt", "Difference"),
    Words("Kết luận", "Verdict"),
)
_CLEAR_COLUMN = 4
_READ_AS = Words(
    "Mọi trường hợp gặp cùng điều kiện ngẫu nhiên; số chênh lệch là trung bình của từng cặp lần mô "
    "phỏng. “Có ý nghĩa thống kê”: vẫn có ý nghĩa ở"
    " mức 5% sau khi hiệu chỉnh Holm vì so sánh nhiều trường hợp.",
    'All cases meet the same luck; a difference is the mean over pairs of simulations. "Clear": significant at 5%'
    " after Holm's correction for comparing several cases.",
)
_NO_TARGET = Words(
    "Không có chỉ tiêu nào đến hạn trong kỳ mô phỏng nên không có gì để so sánh ngoài kinh phí; số liệu hằng tháng ở"
    " compare_series.csv.",
    "No target is due within the simulated period: nothing to compare but money; monthly figures are in"
    " compare_series.csv.",
)
_OF_EACH = Words(" mỗi trường hợp", " of each case")
_COLOURS = {"better": "green", "worse": "red"}
_MORE = Words(
    "Mọi số đo, từng chỉ tiêu, dự toán từng năm: thêm --details, hoặc xem báo cáo.",
    "All figures, each target, budgets by year: add --details, or see the report.",
)


def comparison_answer(shown: Path, manifest: Record, command: str, console: Console, *, details: bool = False) -> None:
    """Print the comparison in a run folder, or give it to a machine.

    Args:
        shown: the run folder, as the person named it.
        manifest: its manifest.
        command: the command's name.
        console: where it goes.
        details: whether each target is told by itself below the matrix.

    Raises:
        FileWriteError: standard output is full.
    """
    rows = records(shown, manifest, "compare")
    page = page_of(shown, "compare", console.lang)
    if console.as_json:
        content = {
            **named(shown, manifest),
            "engine": manifest["engine"],
            "replications": {name: manifest[f"replications_{name}"] for name in ("asked", "done", "failed")},
            "failures": manifest["failures"],
            "cells": [{name: cell[name] for name in ("cell", "title_vi", "title_en")} for cell in manifest["cells"]],
            "targets": rows,
            "figures": records(shown, manifest, "case_figures"),
            "order": records(shown, manifest, "case_order"),
            "ranking": records(shown, manifest, "ranking"),
            "split": records(shown, manifest, "split"),
            "proposals": records(shown, manifest, "proposals"),
            "report": str(page) if page.is_file() else None,
        }
        console.answer_json(command, content)
        return
    from sim.report.terminal import colour_wanted

    colour = sys.stdout is not None and colour_wanted(sys.stdout)
    where = Words(f"Báo cáo: {page}", f"Report: {page}").text(console.lang) if page.is_file() else ""
    tables = read_compare_tables(shown)
    ranking = read_ranking(shown)
    text = answer_text(tables, manifest, console.lang, console.width(), colour=colour, ranking=ranking)
    if details or not tables.figures:
        text += matrix_text(tables, console.lang, console.width(), colour=colour)
        targets = load(shown / "cells" / BASELINE / RESOLVED).scenario.targets
        text += "\n" + comparison_text(
            tables.rows,
            manifest,
            targets,
            minded_share(tables),
            console.lang,
            console.width(),
            colour=colour,
            ranking=ranking,
        )
    else:
        text += _MORE.text(console.lang) + "\n"
    step = narrower(shown, int(manifest["replications_done"]), _OF_EACH)
    text += "".join(f"{line}\n" for line in step_lines([step] if step else [], [], console.lang))
    console.answer(f"{text}{where}", coloured=colour)


def _print_heading(screen: Screen, manifest: Record, lang: Lang, *how_to_read: Words) -> None:
    """The comparison's title, how many simulations it rests on, how to read it, and the notes of its manifest."""
    from rich.text import Text

    done, asked = int(manifest["replications_done"]), int(manifest["replications_asked"])
    screen.print(Text(printable(str(manifest[f"title_{lang}"])), style="bold"))
    cases = len(manifest["cells"])
    counted = Words(
        f"{cases} trường hợp, {done}/{asked} lần mô phỏng mỗi trường hợp.",
        f"{cases} cases, {done} of {asked} simulations each.",
    )
    screen.print(Text(" ".join([counted.text(lang), *first_answer_texts(done, lang)])))
    for words in how_to_read:
        screen.print(Text(words.text(lang)))
    for note in manifest.get("notes", ()):
        screen.print(Text(printable(str(note[lang]))))


def answer_text(
    tables: CompareTables,
    manifest: Record,
    lang: Lang,
    width: int,
    *,
    colour: bool = False,
    ranking: Ranking | None = None,
) -> str:
    """What is read first: cases in order, what each is bought for and costs, what else differs, and why."""
    from rich.text import Text

    from sim.report.text_table import printed
    from sim.report.text_table import screen as screen_of

    screen, stream = screen_of(width, colour=colour)
    _print_heading(screen, manifest, lang)
    for said in conclusion(tables, lang):
        screen.print(Text(printable(said), style="bold"))
    if (table := answer_table(tables, lang)) is not None:
        _print_answer(screen, table, lang)
    if ranking and (ranked := ranked_text(tables, ranking, lang)):
        screen.print(Text(printable(ranked)))
    return printed(stream)


def _print_answer(screen: Screen, table: AnswerTable, lang: Lang) -> None:
    from rich.text import Text

    for part in (slice(None, table.first), slice(table.first, None)):
        cells = [(row.title, row.cells[part]) for row in table.rows]
        _print_cells(screen, table.headings[part], cells, lang)
    if table.targets is not None:
        screen.print()
        screen.print(Text(printable(table.targets.about)))
        heading, *headings = table.targets.headings
        _print_cells(screen, headings, [(line.label, line.cells) for line in table.targets.rows], lang, first=heading)
    for sentence in (table.money, table.alike, table.reached, table.legend):
        if sentence:
            screen.print(Text(printable(sentence)))
    for note, titles in notes_by_case(table.rows).items():
        screen.print(Text(printable(f"{', '.join(f'“{title}”' for title in titles)}: {note}")))


def _print_cells(
    screen: Screen,
    headings: Sequence[str],
    rows: Sequence[tuple[str, Sequence[MatrixCell]]],
    lang: Lang,
    first: str = "",
) -> None:
    """A table with the cases, or what `first` names, in its first column; nothing without another column or a row."""
    from rich.text import Text

    from sim.report.text_table import print_table

    if not headings or not rows:
        return
    screen.print()
    lines = [
        [Text(printable(title)), *(Text(cell.text, style=_COLOURS.get(cell.judgement, "")) for cell in cells)]
        for title, cells in rows
    ]
    print_table(screen, [first or _COLUMNS[0].text(lang), *headings], lines)


def matrix_text(tables: CompareTables, lang: Lang, width: int, *, colour: bool = False) -> str:
    """Every figure of every case, and who decides each and what it costs by year and source."""
    from rich.text import Text

    from sim.report.text_table import printed
    from sim.report.text_table import screen as screen_of

    screen, stream = screen_of(width, colour=colour)
    rows = matrix_rows(tables, lang)
    _print_cells(screen, result_headings(lang), [(row.title, row.results) for row in rows], lang)
    _print_cells(screen, operation_headings(lang), [(row.title, row.operation) for row in rows], lang)
    for line in proposal_lines(tables.proposals, tables.proposals_by_the_end, tables.figures, lang):
        screen.print(Text(printable(line)))
    return printed(stream)


def comparison_text(
    rows: Sequence[CompareRow],
    manifest: Record,
    targets: Sequence[Target],
    minded: float,
    lang: Lang,
    width: int,
    *,
    colour: bool = False,
    ranking: Ranking | None = None,
) -> str:
    """The rows of compare.csv for a terminal of that width, each target by the reading that decides.

    `minded` is the smallest difference in a share that anybody minds.
    """
    from rich.text import Text

    from sim.report.text_table import print_table, printed
    from sim.report.text_table import screen as screen_of

    screen, stream = screen_of(width, colour=colour)
    ranked = _ranked(ranking, manifest, targets, lang) if ranking else {}
    _print_heading(screen, manifest, lang, _READ_AS)
    if not targets:
        screen.print(Text(_NO_TARGET.text(lang)))
    for target in targets:
        mine = [row for row in rows if row.target_id == target.id and row.reading == _PLAN]
        if mine:
            kind = unit_kind(target.measure)
            limit = f"{threshold_text(target.threshold.value, kind, lang)}, {date_text(target.due, lang)}"
            screen.print()
            screen.print(
                Text.assemble((printable(target.title.vi if lang == "vi" else target.title.en), "bold"), f"  ({limit})")
            )
            headings, cells = _target_table(mine, kind, minded, lang, roomy=width >= _ROOMY_WIDTH)
            print_table(screen, headings, [[Text(cell) for cell in row] for row in cells])
            screen.print(Text(_best(mine, kind, lang)))
            for line in ranked.get(target.id, ()):
                screen.print(Text(printable(line)))
    if ranking and (pairing := pairing_text(ranking, lang)):
        screen.print()
        screen.print(Text(pairing))
    screen.print()
    for line in _spending(rows, lang):
        screen.print(Text(printable(line)))
    return printed(stream)


def _ranked(ranking: Ranking, manifest: Record, targets: Sequence[Target], lang: Lang) -> dict[str, list[str]]:
    titles = {str(cell["cell"]): str(cell[f"title_{lang}"]) for cell in manifest["cells"]}
    found = {}
    for target in targets:
        kind = unit_kind(target.measure)
        best = best_text(ranking, target.id, titles, kind, lang)
        parts = part_texts(ranking, target.id, titles, kind, lang) if best else []
        heading = Words("Phần của từng phương án khi làm cùng nhau:", "What each option gives when combined:")
        divided = [heading.text(lang), *(f"  {part}" for part in parts)] if parts else []
        found[target.id] = [*([best] if best else []), *divided]
    return found


def _target_table(
    rows: Sequence[CompareRow], kind: UnitKind, minded: float, lang: Lang, *, roomy: bool
) -> tuple[list[str], list[tuple[str, ...]]]:
    """Headings and the cases one below the other; with little room, what is clear stands below the difference."""
    headings = [words.text(lang) for place, words in enumerate(_COLUMNS) if roomy or place != _CLEAR_COLUMN]
    found = []
    for row in rows:
        value = f"{quantity_text(row.median, kind, lang)} ({interval_text(row.p05, row.p95, kind, lang)})"
        interval = interval_text(row.p_low, row.p_high, "share", lang)
        chance = f"{round((row.p_reached or 0.0) * row.n)}/{row.n} ({interval})"
        difference = in_two_lines(difference_with_unit(row, kind, lang))
        clearness = clearness_text(row, minded if kind == "share" else None, lang)
        if roomy:
            against_today = [difference, clearness]
        elif clearness == BLANK:
            against_today = [difference]
        else:
            against_today = [f"{difference}\n{clearness}"]
        found.append(
            (
                printable(row.case.title(lang)),
                BLANK if row.median is None else in_two_lines(value),
                BLANK if row.p_reached is None else in_two_lines(chance),
                *against_today,
                verdict_text(row.verdict or "", lang) or BLANK,
            )
        )
    return headings, found


def _best(rows: Sequence[CompareRow], kind: UnitKind, lang: Lang) -> str:
    """Which case raises the target most, if one clearly does."""
    better = [row for row in rows if row.holm_significant and (row.difference_mean or 0.0) > 0.0]
    if not better:
        return Words("Không trường hợp nào hơn rõ kịch bản gốc.", "No case is clearly above the baseline.").text(lang)
    best = max(better, key=lambda row: row.difference_mean or 0.0)
    title = printable(best.case.title(lang))
    much = difference_with_unit(best, kind, lang).partition(" (")[0]
    return Words(f"Hơn nhiều nhất: {title} ({much}).", f"Raises it most: {title} ({much}).").text(lang)


def _spending(rows: Sequence[CompareRow], lang: Lang) -> list[str]:
    """What each case spends, in the middle of its replications."""
    title = Words(
        "Đã giải ngân trong mô phỏng (trung vị, triệu đồng):", "Spent in the simulation (median, million VND):"
    )
    lines = [title.text(lang)]
    for row in {row.cell: row for row in rows}.values():
        amount = row.spent_median_million_vnd
        text = BLANK if amount is None else number_text(amount, 0, lang)
        lines.append(f"  {printable(row.case.title(lang))}: {text}")
    return lines
