"""What would help: the league of options beside a run, in a few lines and as a table; it says what its cells say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.report.best_remedies import (
    HIGHEST,
    NO_COST,
    NONE_BETTER,
    NOTHING_GAINS,
    TOO_FEW,
    WHAT_A_POINT_IS,
    is_quotable,
    points_text,
    range_text,
)
from sim.report.formatting import BLANK, number_text
from sim.report.passage import PageTable, target_labels
from sim.report.phrases import say
from sim.report.run_tables import RunTables
from sim.report.words import term
from sim.report.workbook import RUNS, Column, Sheet, both, cells
from sim.results.remedy_tables import ALL_TARGETS, REMEDIES, RemedyRow
from sim.results.words import LANGUAGES, Lang, Words

MOST_LINES = 12
"""Of a short answer, with its title."""
_MOST_UNDECIDED = 3
_MOST_NAMED = 4

REMEDY_VERDICTS: Mapping[str, Words] = {
    "better": Words("tốt hơn", "better"),
    "worse": Words("kém hơn", "worse"),
    "no_difference": Words("chênh không quá 1 điểm", "no difference beyond 1 point"),
    "unchanged": Words("không đổi", "unchanged"),
    "unknown": Words("chưa đủ cơ sở", "not yet known"),
    "not_tried": Words("chưa thử", "not tried"),
    "not_applicable": Words("không áp dụng được", "does not apply"),
}
_INTRO = Words(
    "{options} phương án, mỗi phương án đặt lên chính các tương lai của lần mô phỏng này ({pairs} lần). {point} Trong"
    " một nhóm chưa phân định được hơn kém.",
    "{options} options, each in the very futures of this run ({pairs} replications). {point} Within a group none is"
    " clearly ahead of another.",
)
_OPTION = Words(
    "Nhóm {group} – {title}: {gain} điểm ({range}){targets}; {cost}{worth}{who}",
    "Group {group} – {title}: {gain} points ({range}){targets}; {cost}{worth}{who}",
)
_RISES = Words("; rõ ở {names}", "; clear in {names}")
_FALLS = Words("; giảm ở {names}", "; less in {names}")
_TARGET = Words("chỉ tiêu {label} {gain}", "target {label} {gain}")
_COST = Words("{total} triệu đồng (con người {people})", "{total} million VND (people {people})")
_WORTH = Words("; {points} điểm mỗi tỷ đồng", "; {points} points per billion VND")
_WHO = Words("; quyết định: {who}", "; decided by: {who}")
_MORE = Words("; cần thêm chừng {more} lần", "; about {more} more would tell")
_FURTHER = Words("Tốt hơn còn có: {names}.", "Also better: {names}.")
_UNKNOWN = Words("Chưa đủ cơ sở: {count} phương án{highest}. {more}", "Options not yet known: {count}{highest}. {more}")
_HIGHEST = Words(", cao nhất {title} {gain} điểm ({range})", ", the highest {title} with {gain} points ({range})")
_MORE_OF = Words(
    "Nếu các số giữ nguyên, {count} phương án trong đó rõ khi mỗi phương án có {wanted} lần (nay nhiều nhất {there}).",
    "If the figures stayed, {count} of them would be known with {wanted} replications each ({there} at most so far).",
)
_NO_TELLING = Words("Chưa ước được cần bao nhiêu lần.", "How many replications would tell cannot be said yet.")
_SMALL = Words("Chênh không quá 1 điểm: {names}.", "No difference beyond 1 point: {names}.")
_UNMOVED = Words(
    "Không làm thay đổi chỉ tiêu nào trong mọi lần đã thử: {names}.",
    "Moved no target in any replication tried: {names}.",
)
_ABOVE = Words("Chỉ thay đổi phần vượt ngưỡng: {names}.", "Moved only what is above a threshold: {names}.")
_WORSE = Words("Kém hơn khi cộng mọi chỉ tiêu: {names}.", "Worse, all targets added: {names}.")
_UNTRIED = Words("Chưa kịp thử: {names}.", "Not tried in the time: {names}.")
_REFUSED = Words("Không áp dụng được: {names}.", "Do not apply: {names}.")
_AND_MORE = Words("{names} và {count} phương án khác", "{names} and {count} more")
_NAME = Words("Phương án", "Option")
_TARGET_ID = Words("Mã chỉ tiêu", "Target id")
_EVERY_TARGET = Words("mọi chỉ tiêu", "all targets")
_CLEAR = Words("Chỉ tiêu thay đổi rõ", "Targets clearly moved")
_WORTH_IT = Words("Điểm mỗi tỷ đồng", "Points per billion VND")
_VERDICT = Words("Kết luận", "Verdict")
_DECIDES = Words("Ai quyết định", "Who decides")
_COLUMNS = (
    _NAME,
    Words("Mọi chỉ tiêu, điểm (khoảng 95%; số lần)", "All targets, points (95% interval; replications)"),
    _CLEAR,
    Words("Chi phí, triệu đồng", "Cost, million VND"),
    _WORTH_IT,
    _VERDICT,
    _DECIDES,
)
_GROUP = Words("nhóm {group}", "group {group}")
_COST_LINES = Words(
    "thiết bị {equipment}\ncon người {people}\n({sources})", "equipment {equipment}\npeople {people}\n({sources})"
)
_POINT_COLUMNS = (
    Words("Tăng thêm, điểm", "Gain, points"),
    Words("Cận dưới 95%", "Lower 95% bound"),
    Words("Cận trên 95%", "Upper 95% bound"),
)
_MONEY_COLUMNS = (
    Words("Thiết bị, triệu đồng", "Equipment, million VND"),
    Words("Con người, triệu đồng", "People, million VND"),
)
_NOTE = Words(
    "Tốt hơn, kém hơn: sai lầm không quá 5% khi so mọi phương án cùng lúc ở một chỉ tiêu (Holm) và với mọi số lần mà"
    " việc thử có thể dừng. Chi phí do phương án nêu, cho tỉnh có số cơ quan như Bình Định; cộng mọi năm.",
    "Better, worse: an error of 5% at most, all options compared at once for a target (Holm) and for every number of"
    " replications at which the trial may have stopped. Costs are as the options state them, for a province with Bình"
    " Định's agencies; all years added.",
)


@dataclass(frozen=True, slots=True)
class _Option:
    """One option: its row for all targets, and those for single ones."""

    whole: RemedyRow
    single: tuple[RemedyRow, ...]

    @property
    def moves_nothing(self) -> bool:
        return self.whole.verdict == "unchanged" and all(row.verdict == "unchanged" for row in self.single)


def remedy_lines(tables: RunTables, language: Lang) -> list[str]:
    """Twelve lines at most: the best options with what they cost, and what may be said of the others."""
    options = _options(tables.remedies)
    if not options:
        return []
    labels = target_labels(tables.targets)
    better = _with(options, "better")
    others = list(_others(options, language, said_highest=not better))
    pairs = [option.whole.replications for option in options if option.whole.replications]
    tried = _span(min(pairs), max(pairs)) if pairs else "0"
    lines = [say(_INTRO, language, options=len(pairs), pairs=tried, point=WHAT_A_POINT_IS.text(language))]
    if better:
        room = MOST_LINES - 2 - len(others)
        shown = len(better) if len(better) <= room else room - 1
        lines += [_option_text(option, labels, language) for option in better[:shown]]
        if better[shown:]:
            lines.append(say(_FURTHER, language, names=_named(better[shown:], language)))
    else:
        gaining = [one for one in _with(options, "unknown") if (one.whole.gain_points or 0.0) > 0.0]
        highest = [one for one in gaining if is_quotable(one.whole)][:_MOST_UNDECIDED]
        said = [NONE_BETTER, HIGHEST] if highest else [TOO_FEW] if gaining else [NOTHING_GAINS]
        lines.append(" ".join(words.text(language) for words in said))
        lines += [_option_text(option, labels, language) for option in highest]
    return [*lines, *others]


def remedy_table(tables: RunTables, language: Lang) -> PageTable | None:
    """One row for each option, in the league's order; None where no option was tried."""
    options = _options(tables.remedies)
    if not options:
        return None
    labels = target_labels(tables.targets)
    return PageTable(
        REMEDIES.title.text(language),
        tuple(words.text(language) for words in _COLUMNS),
        tuple(_cells(option, labels, language) for option in options),
        _NOTE.text(language),
    )


def remedies_sheet(tables: RunTables) -> Sheet:
    """Every option and target, as in `remedies.csv`."""
    columns = (
        Column(Words("Mã phương án", "Option"), 26.0),
        *both(_NAME, 40.0),
        *both(_TARGET_ID, 16.0),
        *(Column(words) for words in _POINT_COLUMNS),
        RUNS,
        *(Column(words) for words in _MONEY_COLUMNS),
        *both(Words("Nguồn vốn", "Source of money"), 26.0),
        Column(_WORTH_IT),
        Column(Words("Nhóm", "Group"), 8.0),
        *both(_VERDICT, 24.0),
        Column(Words("Số lần còn cần", "More replications needed")),
        *both(Words("Vì sao", "Why"), 40.0),
        *both(_DECIDES, 40.0),
    )
    rows = tuple(
        cells(
            row.option,
            row.title_vi,
            row.title_en,
            *(_target_text(row, language) for language in LANGUAGES),
            row.gain_points,
            row.low,
            row.high,
            row.replications,
            row.cost_equipment_million_vnd,
            row.cost_people_million_vnd,
            *("; ".join(_by_source(row, language)) for language in LANGUAGES),
            row.points_per_billion_vnd,
            row.tie_group,
            REMEDY_VERDICTS[row.verdict].vi,
            REMEDY_VERDICTS[row.verdict].en,
            row.more,
            row.reason_vi,
            row.reason_en,
            row.decided_by_vi,
            row.decided_by_en,
        )
        for row in tables.remedies
    )
    return Sheet("Phương án - Options", REMEDIES.title, columns, rows)


def _options(rows: Sequence[RemedyRow]) -> list[_Option]:
    found: dict[str, list[RemedyRow]] = {}
    for row in rows:
        found.setdefault(row.option, []).append(row)
    return [_Option(mine[0], tuple(row for row in mine if row.target_id != ALL_TARGETS)) for mine in found.values()]


def _with(options: Sequence[_Option], verdict: str) -> list[_Option]:
    return [option for option in options if option.whole.verdict == verdict]


def _option_text(option: _Option, labels: Mapping[str, str], language: Lang) -> str:
    row = option.whole
    rises, falls = (_moved(option, verdict, labels, language) for verdict in ("better", "worse"))
    targets = (say(_RISES, language, names=rises) if rises else "") + (
        say(_FALLS, language, names=falls) if falls else ""
    )
    worth = row.points_per_billion_vnd
    who = row.decided_by_vi if language == "vi" else row.decided_by_en
    more = say(_MORE, language, more=row.more) if row.verdict == "unknown" and row.more is not None else ""
    said = say(
        _OPTION,
        language,
        group=row.tie_group,
        title=row.title(language),
        gain=points_text(row.gain_points, language),
        range=range_text(row, language),
        targets=targets,
        cost=_cost_text(row, language),
        worth="" if worth is None else say(_WORTH, language, points=number_text(worth, 1, language)),
        who=say(_WHO, language, who=who) if who else "",
    )
    return f"{said}{more}."


def _moved(option: _Option, verdict: str, labels: Mapping[str, str], language: Lang) -> str:
    rows = sorted(
        (row for row in option.single if row.verdict == verdict), key=lambda row: -abs(row.gain_points or 0.0)
    )
    return ", ".join(
        say(
            _TARGET,
            language,
            label=labels.get(row.target_id, row.target_id),
            gain=points_text(row.gain_points, language),
        )
        for row in rows
    )


def _cost_text(row: RemedyRow, language: Lang) -> str:
    if row.cost_million_vnd <= 0.0:
        return NO_COST.text(language)
    total, people = (number_text(amount, 0, language) for amount in (row.cost_million_vnd, row.cost_people_million_vnd))
    return say(_COST, language, total=total, people=people)


def _others(options: Sequence[_Option], language: Lang, *, said_highest: bool) -> Iterator[str]:
    """What may be said of all that have no line of their own, one line for each verdict."""
    unknown = _with(options, "unknown")
    if unknown:
        yield _unknown_text(unknown, options, language, said_highest=said_highest)
    unmoved = [option for option in options if option.moves_nothing]
    above = [option for option in _with(options, "unchanged") if not option.moves_nothing]
    for words, mine in (
        (_WORSE, _with(options, "worse")),
        (_SMALL, _with(options, "no_difference")),
        (_UNMOVED, unmoved),
        (_ABOVE, above),
        (_UNTRIED, _with(options, "not_tried")),
        (_REFUSED, _with(options, "not_applicable")),
    ):
        if mine:
            yield say(words, language, names=_named(mine, language))


def _unknown_text(unknown: Sequence[_Option], options: Sequence[_Option], language: Lang, *, said_highest: bool) -> str:
    first = unknown[0].whole
    highest = ""
    if not said_highest and is_quotable(first):
        gain, span = points_text(first.gain_points, language), range_text(first, language)
        highest = say(_HIGHEST, language, title=first.title(language), gain=gain, range=span)
    wanted = [one.whole.replications + one.whole.more for one in unknown if one.whole.more is not None]
    more = _NO_TELLING.text(language)
    if wanted:
        there = max(option.whole.replications for option in options)
        more = say(_MORE_OF, language, count=len(wanted), wanted=_span(min(wanted), max(wanted)), there=there)
    return say(_UNKNOWN, language, count=len(unknown), highest=highest, more=more)


def _named(options: Sequence[_Option], language: Lang) -> str:
    """Some of them by title, the others counted."""
    names = "; ".join(option.whole.title(language) for option in options[:_MOST_NAMED])
    left = len(options) - _MOST_NAMED
    return say(_AND_MORE, language, names=names, count=left) if left > 0 else names


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def _cells(option: _Option, labels: Mapping[str, str], language: Lang) -> tuple[str, ...]:
    row = option.whole
    moved = [_moved(option, verdict, labels, language) for verdict in ("better", "worse")]
    group = "" if row.tie_group is None else say(_GROUP, language, group=row.tie_group)
    verdict = REMEDY_VERDICTS[row.verdict].text(language)
    reason = row.reason_vi if language == "vi" else row.reason_en
    range_ = f"\n({range_text(row, language)})" if row.replications else ""
    return (
        row.title(language),
        (points_text(row.gain_points, language) if is_quotable(row) else BLANK) + range_,
        ", ".join(part for part in moved if part) or BLANK,
        _cost_lines(row, language),
        BLANK if row.points_per_billion_vnd is None else number_text(row.points_per_billion_vnd, 1, language),
        "; ".join(part for part in (verdict, group, _more_text(row, language), reason) if part),
        (row.decided_by_vi if language == "vi" else row.decided_by_en) or BLANK,
    )


def _cost_lines(row: RemedyRow, language: Lang) -> str:
    """Equipment, people and where the money comes from; the option's own sentence where it states no amount."""
    if row.cost_million_vnd <= 0.0:
        return (row.cost_vi if language == "vi" else row.cost_en) or BLANK
    equipment, people = (
        number_text(amount, 0, language) for amount in (row.cost_equipment_million_vnd, row.cost_people_million_vnd)
    )
    return say(_COST_LINES, language, equipment=equipment, people=people, sources="; ".join(_by_source(row, language)))


def _by_source(row: RemedyRow, language: Lang) -> list[str]:
    """Each source in words with its million VND."""
    sources = [part.split(" ") for part in (row.cost_source or "").split("; ") if part]
    return [
        f"{term('money_source', name, language)} {number_text(float(amount), 0, language)}" for name, amount in sources
    ]


def _target_text(row: RemedyRow, language: Lang) -> str:
    return _EVERY_TARGET.text(language) if row.target_id == ALL_TARGETS else row.target_id


def _more_text(row: RemedyRow, language: Lang) -> str:
    return say(_MORE, language, more=row.more).removeprefix("; ") if row.more is not None else ""
