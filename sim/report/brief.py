"""One A4 page for a leader, in words: what the run says, what stops the targets, what would help, how sure it is.

Every number is that of the run's tables, worded as on its page, in its workbook and in the terminal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.report.best_remedies import remedies_text
from sim.report.board import board_lines
from sim.report.brief_board import BOARD_COLUMNS, BriefRow, board_note, brief_rows
from sim.report.brief_places import BriefPlaces, brief_places
from sim.report.brief_shortening import Shortening
from sim.report.evidence import evidence_text
from sim.report.formatting import POINTS, POINTS_WHOLE, cut
from sim.report.headlines import main_target, value_text, warnings_text
from sim.report.money import MONEY_LEAD, money_text
from sim.report.page import changed_facts, run_code
from sim.report.parameter_words import titles_of
from sim.report.passage import numbers_of
from sim.report.phrases import SENTENCES, say
from sim.report.reasons import reached_so_far, reason_points
from sim.report.run_tables import RunTables
from sim.report.tally import tally_text
from sim.report.untried import untried_text
from sim.report.words import times_text
from sim.results.changeover_words import options_act_from
from sim.results.words import Lang, Words

AUTHOR = "lienthong"
"""In the properties of both files."""
ANNEX = Words("Phụ lục", "Annex")
_TITLE = Words("Kết quả mô phỏng khả năng hoàn thành chỉ tiêu", "Will the targets be met: result of the simulation")
_ATTACHED = Words(
    "(Kèm theo Văn bản số ......../........ ngày ...... tháng ...... năm ........ của ........................)",
    "(With letter no. ......../........ dated ............ of ........................)",
)
_LEADS = {
    "conclusion": Words("Kết luận.", "In conclusion."),
    "reasons": Words("Khó khăn, vướng mắc chính.", "What mostly stands in the way."),
    "money": MONEY_LEAD,
    "remedies": Words("Giải pháp.", "What would help."),
    "assumed": Words("Giả định và thay đổi.", "Assumed and changed."),
    "trust": Words("Độ tin cậy.", "How far to trust this."),
    "again": Words("Lập lại kết quả:", "To do it again:"),
}
_BOARD_IS_BEHIND = Words("Bảng từng chỉ tiêu: từ trang 2.", "Each target in a table: from page 2.")
_MAIN = Words(
    "Chỉ tiêu số {label}{title}: {value}, {gap}; đạt ở {chance}.",
    "Target no. {label}{title}: {value}, {gap}; met in {chance}.",
)
_LETTERS_OF_A_TARGET = 75
"""A longer title is left to the table."""
_UNCHANGED = Words(
    "Giữ nguyên kịch bản: không phương án, bối cảnh hay giả định nào khác.",
    "The scenario as it stands: no option, no future, no changed assumption.",
)
_CALIBRATED = Words(
    "Những điều chưa biết lấy theo bảng hiệu chỉnh đi cùng kịch bản.",
    "What is unknown is drawn from the calibration that comes with the scenario.",
)
_THINNED = Words(
    "Chỉ mô phỏng 1/{n} văn bản, hồ sơ: không nói gì về thời gian chờ, quá tải, trễ hạn.",
    "Only one in {n} documents and dossiers is simulated: nothing is said of waiting, overload and lateness.",
)
_AGAIN = Words(
    "{code}lệnh chạy lại ghi ở cuối báo cáo ({page}).", "{code}the command is at the end of the report ({page})."
)
_CODE = Words("mã lần chạy {code}; ", "run {code}; ")


@dataclass(frozen=True, slots=True)
class Clause:
    """A few words in bold, then the text."""

    lead: str
    text: str


Paragraph = tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """The page in one language, from top to bottom; with `is_board_behind` the table stands on a second page."""

    annex: str
    title: tuple[str, ...]
    attached: str
    opening: tuple[Paragraph, ...]
    columns: tuple[str, ...]
    columns_mm: tuple[float, ...]
    has_strips: bool
    rows: tuple[BriefRow, ...]
    board_note: str
    places: BriefPlaces | None
    reasons: tuple[Paragraph, ...]
    reasons_points: float
    closing: tuple[Paragraph, ...]
    foot: Paragraph
    table_points: float
    foot_points: float
    is_board_behind: bool


def brief_of(tables: RunTables, language: Lang, shortening: Shortening) -> Brief:
    """The page, shortened."""
    rows = brief_rows(tables.targets, language, shortening)
    said = {
        "conclusion": _conclusion(tables, language, is_counted=not shortening.is_board_behind),
        "money": f"{money}." if (money := money_text(tables, language)) else "",
        "remedies": _remedies(tables, language, shortening),
        "assumed": _assumed(tables, language),
        "trust": " ".join(warnings_text(tables.manifest, language)),
        "again": _again(tables, language),
    }
    clauses = {name: Clause(_LEADS[name].text(language), text) for name, text in said.items() if text}
    note = board_note(rows, tables, language, shortening)
    small, note_names = shortening.is_note_small, ["assumed", "trust"]
    if not shortening.verdict_rows:
        rows = tuple(row for row in rows if row.kind != "verdict")
    return Brief(
        annex=ANNEX.text(language),
        title=(
            _TITLE.text(language).upper(),
            cut(tables.manifest.title(language), lambda text: len(text) <= shortening.title_letters).upper(),
        ),
        attached=_ATTACHED.text(language),
        opening=(
            _clauses(clauses, "conclusion", "money"),
            *(_verdicts(rows, language) if shortening.is_board_behind else ()),
        ),
        columns=tuple(BOARD_COLUMNS[name].text(language) for name in shortening.columns),
        columns_mm=shortening.columns_mm,
        has_strips=shortening.strips,
        rows=rows,
        board_note=note,
        places=brief_places(tables, language) if shortening.places else None,
        reasons=_reasons(tables, language, shortening),
        reasons_points=shortening.reasons_points,
        closing=tuple(_clauses(clauses, *names) for names in (["remedies"], [] if small else note_names)),
        foot=_clauses(clauses, *(note_names if small else []), "again"),
        table_points=shortening.table_points,
        foot_points=shortening.foot_points,
        is_board_behind=shortening.is_board_behind,
    )


def _clauses(clauses: Mapping[str, Clause], *names: str) -> Paragraph:
    return tuple(clauses[name] for name in names if name in clauses)


def _conclusion(tables: RunTables, language: Lang, *, is_counted: bool) -> str:
    main = main_target(tables.targets)
    if main is None:
        return SENTENCES["no_target_due"].text(language)
    sentences = [tally_text(tables.targets, language)] if is_counted else []  # else verdict by verdict right below
    if main.median is not None:
        gap = next(line.gap for line in board_lines(tables.targets, language) if line.code == main.target_id)
        label = numbers_of(tables.targets)[main.target_id]
        chance = times_text(main, language)
        value = value_text(main, language)
        title = f", “{name}”" if len(name := main.title(language)) <= _LETTERS_OF_A_TARGET else ""
        said = gap.replace(POINTS.text(language), POINTS_WHOLE.text(language))
        sentences.append(say(_MAIN, language, label=label, title=title, value=value, gap=said, chance=chance))
    return " ".join(sentences)


def _reasons(tables: RunTables, language: Lang, shortening: Shortening) -> tuple[Paragraph, ...]:
    """A line for all targets of one reason, the first behind the lead."""
    labels = numbers_of(tables.targets)
    said = reason_points(tables, language, is_whole=shortening.details, labels=labels)
    points = dict.fromkeys([*said, *reached_so_far(tables, language, labels)])
    return tuple((Clause("" if k else _LEADS["reasons"].text(language), point),) for k, point in enumerate(points))


def _remedies(tables: RunTables, language: Lang, shortening: Shortening) -> str:
    """The best of those tried; where none is better, what the catalogue has against the main reasons, untried."""
    tried = remedies_text(tables.remedies, language, is_whole=shortening.details)
    return " ".join(filter(None, (tried, untried_text(tables, language, by_point=True))))


def _verdicts(rows: Sequence[BriefRow], language: Lang) -> list[Paragraph]:
    """Each verdict with its targets and their values, where the table stands on the next page."""
    listed: dict[str, list[str]] = {}
    for row in rows:
        if row.kind == "verdict":
            mine = listed.setdefault(f"{row.sign} {row.title}:", [])
        else:
            mine.append(f"{row.title.partition('.')[0]} ({row.cells[0]})")
    behind = Clause("", _BOARD_IS_BEHIND.text(language))
    return [*((Clause(verdict, f"{', '.join(targets)}."),) for verdict, targets in listed.items()), (behind,)]


def _assumed(tables: RunTables, language: Lang) -> str:
    titles = titles_of(tables.parameters)
    changes = [f"{name}: {value}." for name, value in changed_facts(tables.manifest, language, titles, ids=False)]
    said = " ".join(changes) or _UNCHANGED.text(language)
    if tables.manifest.options_from:
        said = f"{options_act_from(tables.manifest.options_from).text(language)} {said}"
    if tables.manifest.thinning > 1:
        said = f"{say(_THINNED, language, n=tables.manifest.thinning)} {said}"
    if tables.manifest.is_calibrated:
        said = f"{said} {_CALIBRATED.text(language)}"
    return f"{said} {evidence_text(tables.parameters, language)}".strip()


def _again(tables: RunTables, language: Lang) -> str:
    code = run_code(tables.manifest)
    named = say(_CODE, language, code=code) if code else ""
    return say(_AGAIN, language, code=named, page=f"report.{language}.html")
