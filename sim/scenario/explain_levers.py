"""Levers on the plan's money as `explain` tells them: what holds, which money they move, and what to type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sim.results.words import Lang, Words
from sim.scenario.arrivals import arrival_years
from sim.scenario.budget_levers import is_meant
from sim.scenario.errors import ScenarioError
from sim.scenario.keys import ARRIVAL, Key, title_of
from sim.scenario.loading import LoadedScenario
from sim.scenario.proposal import amount_text

_FROM_YEAR = Words(
    "{total} theo kế hoạch, trong đó {part} từ năm {year} (năm quyết định kế hoạch) trở đi chịu tác động",
    "{total} as planned, of which it acts on {part}, from {year}, the year of the decision",
)
_BECOMES = Words("; với tất cả thay đổi đang đặt thì thành {acting}", "; with all that is set it comes to {acting}")


def is_money(lever: str, name: str, loaded: LoadedScenario) -> bool:
    """Whether the plan has the line, chapter, source or year of a source that a lever names."""
    if lever == ARRIVAL:
        return name in {f"{source}.{year}" for source, year in arrival_years(loaded.scenario)}
    lines = loaded.plan_lines or loaded.budget
    named = {name for line in lines for name in (line.line_id, f"chapter.{line.chapter}", f"source.{line.source}")}
    return name in named | {"all"}


class _Unset(NamedTuple):
    """A lever on money while nobody has set it: what holds then, a value to try, a range to sweep, what it names."""

    value: Words
    example: str
    swept: str
    names: Words


_LINES = Words("với tên mục, chapter.PHẦN, source.NGUỒN hoặc all", "by line, chapter.CHAPTER, source.SOURCE or all")
_ONE = Words("1 (chưa đặt: đúng như kế hoạch)", "1 (not set: all as planned)")
_NONE = Words("0 (chưa đặt: đúng như kế hoạch)", "0 (not set: all as planned)")
_UNSET: Mapping[str, _Unset] = {
    "scale": _Unset(_ONE, "1.5", "0.5:3", _LINES),
    "redivide": _Unset(_ONE, "1.5", "0.5:3", Words("với tên mục hoặc chapter.PHẦN", "by line or chapter.CHAPTER")),
    "shift_years": _Unset(_NONE, "1", "", _LINES),
    ARRIVAL: _Unset(
        Words(
            "chưa đặt: mỗi lần mô phỏng rút theo khả năng bố trí của nguồn", "not set: drawn by the source's chances"
        ),
        "0.5",
        "0:1",
        Words("với NGUỒN.NĂM", "by SOURCE.YEAR"),
    ),
}


def unset_rows(loaded: LoadedScenario, path: Key, lang: Lang) -> list[tuple[str, str]]:
    """A lever on the money of one line, chapter, source or year that nobody has set: what holds, and how to set it."""
    unset = _UNSET[path[1]]
    rows = [("title", title_of(".".join(path)).text(lang)), ("value", unset.value.text(lang))]
    return [*rows, ("money", _money_moved(loaded, path, lang, is_set=False)), ("change", _change_text(path))]


def set_rows(loaded: LoadedScenario, path: Key, lang: Lang) -> list[tuple[str, str]]:
    """What a lever that is set makes of the money, and what held before."""
    money, before = _money_moved(loaded, path, lang, is_set=True), _UNSET[path[1]].value.text(lang)
    return [("money", money), ("before", before), ("change", _change_text(path))]


def _change_text(path: Key) -> str:
    """What to type to set a lever, and to sweep it."""
    unset, key = _UNSET[path[1]], ".".join(path)
    return f"--set {key}={unset.example}" + (f"; --over {key}={unset.swept}" if unset.swept else "")


def unset_fault(key: str, path: Key, loaded: LoadedScenario) -> ScenarioError:
    """A kind of lever on money that nobody has set, without the money it moves."""
    unset, lines = _UNSET[path[1]], loaded.plan_lines or loaded.budget
    named = {"redivide": lines[0].line_id if lines else "I", ARRIVAL: f"TW.{loaded.scenario.horizon.end.year}"}
    example = f"--set {'.'.join(path)}.{named.get(path[1], 'all')}={unset.example}"
    reason = Words(f"đòn bẩy về kinh phí, {unset.value.vi}", f"a lever on money, {unset.value.en}")
    repair = Words(f"đặt bằng {example}, {unset.names.vi}", f"set it with {example}, {unset.names.en}")
    return ScenarioError("E-KEY-005", "", key, reason, repair)


def _money_moved(loaded: LoadedScenario, path: Key, lang: Lang, *, is_set: bool) -> str:
    """The money that a lever names, what of it it acts on, and where it is set what all changes make of it."""
    lever, name, first_year = path[1], path[2], loaded.scenario.plan.decided.year
    if lever == ARRIVAL:
        source, _, year = name.partition(".")
        lines = [line for line in loaded.budget if (line.source, str(line.year)) == (source, year)]
        return amount_text(sum(line.amount_million_vnd for line in lines), lang)
    planned, turned = (
        [line for line in lines if is_meant(name, line)]
        for lines in (loaded.plan_lines or loaded.budget, loaded.budget)
    )
    total, open_part, acting = (
        amount_text(sum(line.amount_million_vnd for line in lines), lang)
        for lines in (planned, [line for line in planned if line.year >= first_year], turned)
    )
    said = total if open_part == total else _FROM_YEAR.text(lang).format(total=total, part=open_part, year=first_year)
    return said if acting == total or not is_set else said + _BECOMES.text(lang).format(acting=acting)
