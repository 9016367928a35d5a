"""`explain SCENARIO` without a key: every number of the model in a line, with its range and basis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.report.formatting import BLANK, parameter_text
from sim.report.parameter_units import readable_parameter
from sim.report.words import term
from sim.results.run_tables import BASES
from sim.results.words import Lang, Words
from sim.scenario.errors import printable

if TYPE_CHECKING:
    from sim.results.run_tables import ParameterRow

_FIXED = Words("cố định", "fixed")
_IN_ALL = Words("Tất cả {total} tham số: {counts}.", "{total} parameters in all: {counts}.")
_MORE_ON_ONE = Words(
    "Nguồn, nơi ghi và nghĩa của một tham số: explain KỊCH_BẢN THAM_SỐ",
    "Source, place and meaning of one: explain SCENARIO KEY",
)


def every_parameter(rows: Sequence[ParameterRow], lang: Lang) -> str:
    """Every parameter by section: key, value, unit, 5-95 % range, basis, name; and how many there are of each basis."""
    sections: dict[str, list[str]] = {}
    for row in rows:
        sections.setdefault(row.key.partition(".")[0], []).append(_line(row, lang))
    lines = [line for section, inside in sections.items() for line in (section, *inside)]
    bases = Counter(row.basis for row in rows)
    counts = ", ".join(f"{bases[basis]} {term('basis', basis, lang)}" for basis in BASES)
    return "\n".join([*lines, "", _IN_ALL.text(lang).format(total=len(rows), counts=counts), _MORE_ON_ONE.text(lang)])


def _line(row: ParameterRow, lang: Lang) -> str:
    shown = readable_parameter(row, lang)
    value, low, high = (parameter_text(number, lang) for number in (shown.value, shown.low, shown.high))
    spread = _FIXED.text(lang) if BLANK in (low, high) else f"{low} … {high}"
    amount = f"{value} {shown.unit}".rstrip()
    return printable(f"  {row.key} = {amount} ({spread}; {term('basis', row.basis, lang)}): {row.title(lang)}")
