"""What the text of a workbook's cell means: a code, a number, a day, or a value of the type that the schema wants."""

from __future__ import annotations

import re
import types
import unicodedata
from datetime import date, timedelta
from typing import Annotated, Literal, Union, get_args, get_origin

from sim.results.words import NOTHING, Words
from sim.scenario.cells import unknown_word
from sim.scenario.errors import shown
from sim.scenario.numerals import AMBIGUOUS, is_plain, readings, tidy, two_readings
from sim.scenario.suggest import did_you_mean
from sim.scenario.table_days import days_meant
from sim.scenario.tables import ONE_AGENCY
from sim.scenario.workbook_words import EMPTY, WORDS, one_of

_EXCEL_ERROR = re.compile(r"#(REF!|N/A|DIV/0!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!|#+)")
_SERIAL = re.compile(r"[2-7]\d{4}", re.ASCII)
_DAY_ZERO = date(1899, 12, 30)
"""Day 0 of Excel's count of days (its 1900 system, from March 1900 on)."""
_IN_BRACKETS = re.compile(r"\(([a-z0-9_:+.-]+)\)\s*$")
_TITLED = ("measure", "counted", "scope", "reading")
"""Drop-downs whose words have the code behind them in brackets, or are the code."""


class UnreadError(Exception):
    """A cell is not what it should be."""

    def __init__(self, code: str, reason: Words, repair: Words = NOTHING) -> None:
        self.code, self.reason, self.repair = code, reason, repair
        super().__init__(reason.en)


def refuse_excel_error(text: str) -> None:
    """Looks whether a text is what a spreadsheet shows for a formula that failed.

    Raises:
        UnreadError: it is.
    """
    if text.startswith("#") and _EXCEL_ERROR.fullmatch(text):
        reason = Words(f"{text} là lỗi của Excel", f"{text} is an error of Excel, not a value")
        raise UnreadError("E-TAB-002", reason, Words("sửa công thức rồi lưu lại", "mend the formula and save again"))


def code_of(text: str, words: str) -> str:
    """Returns the code of a drop-down's word, or a word that is a code already.

    Raises:
        UnreadError: the drop-down has no such word.
    """
    wanted = _word(text)
    known = WORDS[words]
    in_brackets = _IN_BRACKETS.search(text)
    if in_brackets is not None and words in _TITLED:
        return in_brackets[1]
    for code, word in known.items():
        if wanted in (_word(word), _word(code)):
            return code
    if words == "served" and wanted.startswith(ONE_AGENCY):
        return text.strip()
    if words == "yes_no" and wanted in ("true", "false"):
        return "1" if wanted == "true" else "0"
    near = did_you_mean(text.strip(), known.values())
    repair = near if near != NOTHING else one_of(words)
    if words in _TITLED:
        return text.strip()  # the rules on targets say more of these
    raise UnreadError("E-TAB-002", unknown_word(text), repair)


def _word(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def typed_as(text: str, holds: object, words: str) -> object:
    """A text as the type that the schema wants; one that is not of it stays text, and the schema says why not."""
    kind = _bare(holds)
    if get_origin(kind) is tuple:
        parts = () if text == EMPTY else tuple(part.strip() for part in text.split(";") if part.strip())
        return tuple(code_of(part, words) for part in parts) if words else parts
    if text == EMPTY:
        return ""
    if kind is bool:
        return code_of(text, "yes_no") == "1"
    if kind is date:
        return _day(text)
    if kind is int:
        number = number_of(text) if readings(tidy(text)) else text
        return int(number) if isinstance(number, float) and number == int(number) else text
    if kind is float:
        return number_of(text)
    return code_of(text, words) if words else text


def _bare(holds: object) -> object:
    """A type without what is noted beside it and without None."""
    if get_origin(holds) is Annotated:
        return _bare(get_args(holds)[0])
    if get_origin(holds) in (Union, types.UnionType):
        return _bare(next(part for part in get_args(holds) if part is not type(None)))
    return str if get_origin(holds) is Literal else holds


def number_of(text: str) -> float:
    """Returns a plain number.

    Raises:
        UnreadError: it is none, or could be read two ways.
    """
    body = tidy(text)
    if is_plain(body):
        return float(body)
    values = {reading.value for reading in readings(body).values()}
    if len(values) == 1:
        return float(values.pop())
    if values:
        raise UnreadError(AMBIGUOUS, *two_readings(body))
    raise UnreadError("E-TAB-002", Words(f"“{shown(text)}” không phải số", f'"{shown(text)}" is not a number'))


def _day(text: str) -> date:
    day = day_of(text)
    if day is None:
        reason = Words(
            f"“{shown(text)}” không phải ngày/tháng/năm, ví dụ 31/12/2030", f'"{shown(text)}" is not day/month/year'
        )
        raise UnreadError("E-TAB-002", reason)
    return day


def day_of(text: str) -> date | None:
    """The day that a cell means: a day of Excel, text with the day first, or Excel's number of a day."""
    written = text.strip()
    if _SERIAL.fullmatch(written):
        return _DAY_ZERO + timedelta(days=int(written))
    meant = days_meant(written)
    return meant.get("ymd") or meant.get("dmy")
