"""The names of a plan: its targets and budget lines, and what a planner's words name among all that `explain` knows."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from sim.command.program import command_line
from sim.report.formatting import BLANK, date_text, parameter_text, share_text, threshold_text, unit_kind
from sim.report.parameter_words import readable_parameter
from sim.report.words import scope_text, target_label, term
from sim.results.money_tables import MONEY_SOURCES
from sim.results.run_tables import BASES
from sim.results.sources import basis_text, source_text
from sim.results.words import Lang, Words
from sim.scenario.errors import ScenarioErrors, printable
from sim.scenario.explain import UNKNOWN_KEY, block
from sim.scenario.kinds import INSTALLED, KIND_TITLES, WEB_SERVICE
from sim.scenario.listing import list_scenarios
from sim.scenario.overlays import FOLDERS
from sim.scenario.plan_schema import target_id
from sim.scenario.proposal import amount_text

if TYPE_CHECKING:
    from sim.results.run_tables import ParameterRow
    from sim.scenario.loading import LoadedScenario
    from sim.scenario.plan_schema import Target
    from sim.scenario.tables import BudgetLine, Purchase

MOST_FOUND = 40
"""Lines of a search shown; a vaguer word is better made sharper than read through."""
_LABELS = {
    "title": Words("tên gọi", "name"),
    "aim": Words("cần đạt", "aim"),
    "measure": Words("chỉ số đo", "measure"),
    "counted": Words("đơn vị đếm", "counted by"),
    "scope": Words("phạm vi", "scope"),
    "window": Words("kỳ tính", "window"),
    "reading": Words("cách khác", "otherwise"),
    "lines": Words("mục chi", "lines"),
    "chapter": Words("phần", "chapter"),
    "money": Words("kinh phí", "money"),
    "total": Words("tổng cộng", "in all"),
    "buys": Words("mua gì", "buys"),
    "basis": Words("căn cứ", "basis"),
    "levers": Words("tham số", "keys"),
    "source": Words("nguồn", "source"),
    "place": Words("nơi ghi", "place"),
}
_FIXED = Words("cố định", "fixed")
_IN_ALL = Words("Tất cả {total} tham số: {counts}.", "{total} parameters in all: {counts}.")
_MORE_ON_ONE = Words(
    "Nguồn, nơi ghi và nghĩa của một tham số, ví dụ: {line}", "Source, place and meaning of one, as in: {line}"
)
_ONE_FOUND = Words("Từng tên, ví dụ: {line}", "One of them, as in: {line}")
_ONE_OF_PLAN = Words("Từng chỉ tiêu, mục chi, ví dụ: {line}", "One target or line, as in: {line}")
_SEARCH = Words("tìm theo từ trong tên gọi, ví dụ: {line}", "search by words of titles, as in: {line}")
_FOUND = Words("{count} tên có “{words}”", '{count} with "{words}"')
_NEAREST = Words(
    "không tên nào có đủ các từ “{words}”; có {most} từ trong đó:",
    'nothing holds all of "{words}"; with {most} of them:',
)
_SEARCHED = Words("văn thư", "clerk")
_COUNTED = {
    "delivery": Words("lượt gửi (một văn bản đến một nơi nhận)", "delivery: one document to one recipient"),
    "document": Words("văn bản", "document"),
    "dossier": Words("hồ sơ", "dossier"),
    "agency": Words("cơ quan", "agency"),
    "person": Words("người", "person"),
    "service": Words("dịch vụ", "services"),
    "database": Words("cơ sở dữ liệu", "databases"),
    "project": Words("dự án", "projects"),
    "money": Words("kinh phí", "money"),
}
_EVENTS = {
    "sent": Words("tính khi gửi đi", "counted when sent"),
    "accepted": Words("tính khi nơi nhận đã tiếp nhận", "counted when the recipient has accepted it"),
    "state": Words("tính tại thời điểm", "a state on the day"),
}
_BESIDE = Words(
    "tính thêm để đối chiếu, không quyết định kết luận:", "counted beside it; none of these decides the verdict:"
)
_SYLLABLE = re.compile(r"[^\W_]+")
_STATES = ("agency", "person", "service", "database", "project", "money")


def overlay_named(word: str) -> str | None:
    """`option:NAME` for the bare name of an option, regime or future; None where no file, or several, bear it."""
    names = [f"{one.kind}:{one.name}" for one in list_scenarios() if one.kind in FOLDERS and one.name == word.strip()]
    return names[0] if len(names) == 1 else None


def explain_item(loaded: LoadedScenario, word: str, lang: Lang) -> str | None:
    """A target by number or id, or a budget line by id, as a block of rows; None where the word names neither."""
    targets = loaded.scenario.targets
    named = target_id(word, loaded.target_numbers)
    for target in targets:
        if target.id == named:
            number = loaded.target_numbers[target.id]
            return block(target_label(number, target.id), _target_rows(loaded, target, lang), _LABELS, lang)
    lines = [line for line in loaded.plan_lines or loaded.budget if line.line_id.casefold() == word.strip().casefold()]
    return block(lines[0].line_id, _line_rows(loaded, lines, lang), _LABELS, lang) if lines else None


def explain_line(scenario: str, *names: str) -> str:
    """The line that explains a scenario or one of its names, as it can be typed."""
    return printable(command_line([], ["explain", scenario, *names]))


def or_search(refused: ScenarioErrors, scenario: str) -> ScenarioErrors:
    """The same refusal of a name that nothing has, with the line that finds names by the words in their titles."""
    vi, en = (_SEARCH.text(lang).format(line=explain_line(scenario, _SEARCHED.text(lang))) for lang in ("vi", "en"))
    return ScenarioErrors(
        replace(
            one,
            repair=Words("; ".join(filter(None, (one.repair.vi, vi))), "; ".join(filter(None, (one.repair.en, en)))),
        )
        if one.code == UNKNOWN_KEY
        else one
        for one in refused.errors
    )


def search(loaded: LoadedScenario, scenario: str, words: str, lang: Lang) -> str | None:
    """Every key, target, line, option, regime and future whose title or id holds all the words, tones aside.

    Where titles hold the words one after another, these alone; where none holds all of them, those that hold most, if
    that is two at least, and it is said. None where nothing does, or no word has a letter. Tones typed count: `cấp`
    does not find `cáp`; and words are whole, so that `thư` does not find `thượng`, but for endings of English and parts
    of a name: `clerk` finds `clerks_added`.
    """
    if not any(letter.isalpha() for letter in words):
        return None
    spaced = words if "." in words else words.replace("_", " ")  # `van_thu` is two words, `network.delay` a key
    wanted = unicodedata.normalize("NFC", spaced).casefold().split()
    held = {(name, title): _held(title.vi, f"{name} {title.en}", wanted) for name, title in _named(loaded)}
    most = max((one.words for one in held.values()), default=0)
    if most < min(len(wanted), 2):
        return None
    found = [one for one in held if held[one].words == most]
    found = [one for one in found if held[one].in_a_row] or found
    shown = found[:MOST_FOUND]
    widest = min(max(len(name) for name, _ in shown), 48)
    lines = [printable(f"  {name:<{widest}}  {title.text(lang)}") for name, title in shown]
    left = len(found) - len(shown)
    heading = _FOUND if most == len(wanted) else _NEAREST
    of_one = _ONE_FOUND.text(lang).format(line=explain_line(scenario, shown[0][0]))
    more = [Words(f"  … còn {left}: thêm từ để tìm hẹp hơn", f"  … {left} more: add a word").text(lang)] if left else []
    said = heading.text(lang).format(count=len(found), words=printable(words), most=most)
    return "\n".join([said, *lines, *more, of_one])


def plan_list(loaded: LoadedScenario, scenario: str, lang: Lang) -> str:
    """The targets and the budget lines of a plan, by the names that every command takes."""
    lines = [Words("chỉ tiêu (--target, --why, --half-width)", "targets (--target, --why, --half-width)").text(lang)]
    numbers = loaded.target_numbers
    for target in loaded.scenario.targets:
        lines.append(
            f"  {target_label(numbers[target.id], target.id):<20} {Words(target.title.vi, target.title.en).text(lang)}"
        )
        lines.append(f"      {aim_text(target, lang)}")
    lines += ["", Words("mục chi (budget.scale.MỤC)", "budget lines (budget.scale.LINE)").text(lang)]
    plan = sorted(loaded.plan_lines or loaded.budget, key=lambda line: line.line_id)
    for line_id, grouped in groupby(plan, key=lambda line: line.line_id):
        rows = list(grouped)
        total = amount_text(sum(row.amount_million_vnd for row in rows), lang)
        sources = ", ".join(MONEY_SOURCES[source].text(lang) for source in sorted({row.source for row in rows}))
        lines.append(f"  {line_id:<20} {Words(rows[0].title_vi, rows[0].title_en).text(lang)}")
        lines.append(f"      {total} ({sources})")
    named = [target.id for target in loaded.scenario.targets] + [line.line_id for line in plan]
    lines += ["", _ONE_OF_PLAN.text(lang).format(line=explain_line(scenario, named[0]))] if named else []
    return "\n".join(map(printable, lines))


def plan_record(loaded: LoadedScenario) -> dict[str, object]:
    """The same for a machine."""
    return {
        "targets": [
            {
                "number": loaded.target_numbers[target.id],
                "id": target.id,
                "title": {"vi": target.title.vi, "en": target.title.en},
                "measure": target.measure,
                "scope": target.scope,
                "threshold": target.threshold.value,
                "due": target.due.isoformat(),
            }
            for target in loaded.scenario.targets
        ],
        "lines": [
            {
                "id": line.line_id,
                "title": {"vi": line.title_vi, "en": line.title_en},
                "source": line.source,
                "year": line.year,
                "amount_million_vnd": line.amount_million_vnd,
            }
            for line in loaded.plan_lines or loaded.budget
        ],
    }


def _named(loaded: LoadedScenario) -> Iterator[tuple[str, Words]]:
    """Everything that `explain` knows by a name, with its title: what a planner chooses first, then the keys."""
    from sim.scenario.keys import title_of

    for target in loaded.scenario.targets:
        yield target_label(loaded.target_numbers[target.id], target.id), Words(target.title.vi, target.title.en)
    for line_id, rows in groupby(loaded.plan_lines or loaded.budget, key=lambda line: line.line_id):
        first = next(rows)
        yield line_id, Words(first.title_vi, first.title_en)
        yield f"budget.scale.{line_id}", title_of(f"budget.scale.{line_id}")
    for one in list_scenarios():
        if one.kind in FOLDERS:
            yield f"{one.kind}:{one.name}", one.title
    quantities = {name.rpartition(".")[0] for name in loaded.provenance if name.endswith(".value")}
    for key in sorted(loaded.provenance):
        part_of_quantity = key.rpartition(".")[0] in quantities
        title = title_of(key)
        if not part_of_quantity and title.vi:
            yield key, title


def _plain(text: str) -> str:
    """Lower case without tones and vowel marks: what is typed on any keyboard."""
    letters = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


class _Held(NamedTuple):
    """How many of the words asked for a thing's titles hold, and whether they hold them one after another."""

    words: int
    in_a_row: bool


def _held(vietnamese: str, english: str, wanted: list[str]) -> _Held:
    """What titles hold of the words: as typed where a word has marks, whatever the marks where it has none.

    A Vietnamese syllable counts whole; an English word, or a name, also by its beginning.
    """
    marked, plain = unicodedata.normalize("NFC", vietnamese).casefold(), _plain(vietnamese)
    texts = [" ".join(["", *_SYLLABLE.findall(text), ""]) for text in (marked, plain, english.casefold())]
    begun = (re.search(rf"(?<![^\W_]){re.escape(word)}", english.casefold()) for word in wanted)
    words = sum(
        any(f" {word} " in text for text in texts[:2]) or begins is not None
        for word, begins in zip(wanted, begun, strict=True)
    )
    phrase = " ".join(wanted)
    return _Held(words, any(f" {phrase} " in text for text in texts[:2]) or f" {phrase}" in texts[2])


def aim_text(target: Target, lang: Lang) -> str:
    """`95%, hạn 31/12/2020`, or `14 cơ sở dữ liệu, hạn …` for a target that counts things."""
    kind = unit_kind(target.measure)
    threshold = threshold_text(target.threshold.value, kind, lang)
    if kind == "count":
        threshold = f"{threshold} {_COUNTED[target.unit].text(lang)}"
    due = date_text(target.due, lang)
    return Words(f"{threshold}, hạn {due}", f"{threshold}, due {due}").text(lang)


def _target_rows(loaded: LoadedScenario, target: Target, lang: Lang) -> Iterator[tuple[str, str]]:
    yield "title", Words(target.title.vi, target.title.en).text(lang)
    yield "aim", aim_text(target, lang)
    yield "measure", f"{term('measure', target.measure, lang)} [{target.measure}]"
    yield "scope", f"{scope_text(target.scope, lang, loaded.group_titles)} [{target.scope}]"
    yield "counted", f"{_COUNTED[target.unit].text(lang)}; {_EVENTS[target.event].text(lang)}"
    if target.unit not in _STATES:
        months = target.window_months
        yield "window", Words(f"{months} tháng đến hạn", f"{months} months up to the due date").text(lang)
    if target.readings:
        yield "reading", _BESIDE.text(lang)
    for reading in target.readings:
        yield "reading", f"{term('reading', reading, lang)} [{reading}]"
    if target.lines:
        yield "lines", ", ".join(target.lines)
    yield "source", source_text(target.source, lang)
    origin = loaded.provenance.get(f"targets.{target.id}.measure")
    if origin is not None:
        yield "place", origin.place


def _line_rows(loaded: LoadedScenario, lines: list[BudgetLine], lang: Lang) -> Iterator[tuple[str, str]]:
    first = lines[0]
    yield "title", Words(first.title_vi, first.title_en).text(lang)
    yield "chapter", first.chapter
    for source, rows in groupby(sorted(lines, key=lambda line: (line.source, line.year)), key=lambda line: line.source):
        years = ", ".join(f"{line.year}: {amount_text(line.amount_million_vnd, lang)}" for line in rows)
        yield "money", f"{MONEY_SOURCES[source].text(lang)} ({source}): {years}"
    yield "total", amount_text(sum(line.amount_million_vnd for line in lines), lang)
    bought = [one for one in loaded.purchases if one.line_id == first.line_id]
    for one in bought:
        yield "buys", _bought(one, lang, either=_is_alternative(one, bought))
        yield "basis", basis_text(one.basis, one.source, lang)
    yield "levers", f"budget.scale.{first.line_id}, budget.shift_years.{first.line_id}, budget.redivide.{first.line_id}"
    if first.place:
        yield "place", first.place


def _is_alternative(one: Purchase, bought: Sequence[Purchase]) -> bool:
    """Whether a line buys e-office installed or as a shared service: one of the two takes the share of both."""
    forms = {INSTALLED, WEB_SERVICE}
    return one.kind in forms and forms <= {other.kind for other in bought}


def _bought(one: Purchase, lang: Lang, *, either: bool) -> str:
    what = next(title for kind, title in KIND_TITLES.items() if kind == one.kind).text(lang)
    if either:
        other = KIND_TITLES[WEB_SERVICE if one.kind == INSTALLED else INSTALLED].text(lang)
        what = Words(f"{what} (hoặc {other}, không cả hai)", f"{what} (or {other}, not both)").text(lang)
    part = share_text(one.share, lang)
    if one.unit_cost_million_vnd is None:
        return Words(f"{what}: {part} kinh phí của mục", f"{what}: {part} of the line's money").text(lang)
    price = amount_text(one.unit_cost_million_vnd, lang)
    return Words(
        f"{what}: {part} kinh phí của mục, đơn giá {price}", f"{what}: {part} of the line's money, {price} each"
    ).text(lang)


def every_parameter(rows: Sequence[ParameterRow], scenario: str, lang: Lang) -> str:
    """Every parameter by section: key, value, unit, 5-95 % range, basis, name; and how many there are of each basis."""
    sections: dict[str, list[str]] = {}
    for row in rows:
        sections.setdefault(row.key.partition(".")[0], []).append(_line(row, lang))
    lines = [line for section, inside in sections.items() for line in (section, *inside)]
    bases = Counter(row.basis for row in rows)
    counts = ", ".join(f"{bases[basis]} {term('basis', basis, lang)}" for basis in BASES)
    of_one = _MORE_ON_ONE.text(lang).format(line=explain_line(scenario, rows[0].key))
    return "\n".join([*lines, "", _IN_ALL.text(lang).format(total=len(rows), counts=counts), of_one])


def _line(row: ParameterRow, lang: Lang) -> str:
    shown = readable_parameter(row, lang)
    value, low, high = (parameter_text(number, lang) for number in (shown.value, shown.low, shown.high))
    spread = _FIXED.text(lang) if BLANK in (low, high) else f"{low} … {high}"
    amount = f"{value} {shown.unit}".rstrip()
    return printable(f"  {row.key} = {amount} ({spread}; {term('basis', row.basis, lang)}): {row.title(lang)}")
