"""`report RUN --why a3 --where dist.tuy_phuoc`: what stops a target, in a district or in one of its agencies."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.command.console import Console
from sim.report.words import target_label
from sim.results.agency_tables import OWN_AGENCIES, OWN_AGENCIES_NAME
from sim.results.columns import AgencyPlace
from sim.results.run_tables import TargetRow, plan_numbers
from sim.results.words import LANGUAGES, NOTHING, Lang, Words
from sim.scenario.errors import shown
from sim.scenario.plan_schema import target_id
from sim.scenario.suggest import did_you_mean, nearest
from sim.studies.refusals import InputRefusedError

_COMMUNES = ("xa ", "phuong ", "thi tran ")
_KINDS = (
    *("ubnd", "uy ban nhan dan", "huyen", "quan", "thi xa", "thanh pho", "tp", "tp.", "tx", "tx.", "dist."),
    *("xa", "phuong", "thi tran", "tt."),
)
_OWN = AgencyPlace(OWN_AGENCIES, "department", None, None, OWN_AGENCIES, OWN_AGENCIES_NAME.vi, OWN_AGENCIES_NAME.en)
"""The province's own agencies, asked for as a district is."""
_OWN_NAMES = {"co quan cap tinh", "cap tinh", "so, ban, nganh", "so ban nganh", "departments"}
_ENDINGS = ("district", "town", "city", "commune", "ward", "township")


def why(folder: Path, target: str, where: str | None, console: Console) -> None:
    """Answer why a target fails, in a district, in one agency, or district by district.

    Raises:
        InputRefusedError: the run knows no such target or place, or two places of that name.
        TableError, FileNotFoundError: its tables cannot be read.
    """
    from sim.report.run_tables import read_run_tables
    from sim.report.why import why_here_text, why_text
    from sim.results.run_tables import deciding_rows

    tables = read_run_tables(folder)
    row = target_named(target, deciding_rows(tables.targets))
    agency = None if where is None else agency_named(where, tables.agencies)
    district = None if where is None or agency is not None else district_named(where, tables.agencies)
    if agency is not None:
        text = why_here_text(tables, row, agency, console.lang)
    else:
        text = why_text(tables, row, district, console.lang)
    if console.as_json:
        found = {"folder": str(folder), "target_id": row.target_id, "district_id": district, "agency_id": agency}
        console.answer_json("report", {**found, "lines": text.split("\n")})
    else:
        console.answer(text)


def target_named(text: str, targets: Sequence[TargetRow]) -> TargetRow:
    """A target by its code or by its number in the plan's order.

    Raises:
        InputRefusedError: there is none.
    """
    name = text.strip()
    by_id = {row.target_id.casefold(): row for row in targets}
    numbers = plan_numbers(targets)
    found = by_id.get(target_id(name, numbers).casefold())
    if found is None:
        known = ", ".join(target_label(number, one) for one, number in numbers.items())
        said, near = shown(text), did_you_mean(name, [row.target_id for row in targets])
        reason = Words(f"--why: không có chỉ tiêu “{said}”", f'--why: there is no target "{said}"')
        raise InputRefusedError(_joined(reason, near, Words(f"Các chỉ tiêu: {known}", f"Targets: {known}")))
    return found


def agency_named(text: str, agencies: Sequence[AgencyPlace]) -> str | None:
    """The id of an agency that is no district, from that or its name; None where no agency is called so.

    What is a district's name too is the district's, unless the kind is said: `thị trấn Tuy Phước`.

    Raises:
        InputRefusedError: several agencies have the name.
    """
    by_id = {row.agency_id: row for row in agencies if row.agency_id != row.district_id}
    if text in by_id:
        return text
    wanted, is_whole = plain_name(text), _unaccented(text).removeprefix("ubnd ").startswith(_COMMUNES)
    districts = {} if is_whole else {row.district_id: row for row in agencies if row.district_id}
    if not wanted or any(wanted in _names(district_id, row) for district_id, row in districts.items()):
        return None
    found = {
        agency_id: row
        for agency_id, row in by_id.items()
        if wanted in {plain_name(name) for name in (row.name_vi, row.name_en) if name}
    }
    if len(found) > 1:
        vi, en = (
            ", ".join(f"{row.name(lang)}, {row.district(lang)} ({one})" for one, row in found.items())
            for lang in LANGUAGES
        )
        said = shown(text)
        raise InputRefusedError(
            Words(f"--where: “{said}” có thể là {vi}; hãy ghi mã", f'--where: "{said}" may be {en}; write the id')
        )
    return next(iter(found), None)


def district_named(text: str, agencies: Sequence[AgencyPlace]) -> str:
    """A district's id, from that or its name, with or without accents and the word for its kind.

    The province's own agencies are asked for as a district is.

    Raises:
        InputRefusedError: there is none, or there are two.
    """
    districts = {row.district_id: row for row in agencies if row.district_id}
    if districts and any(row.tier in ("office", "department") for row in agencies):
        districts[OWN_AGENCIES] = _OWN
    if text in districts:
        return text
    wanted = plain_name(text)
    found = [district_id for district_id, row in districts.items() if wanted and wanted in _names(district_id, row)]
    if len(found) == 1:
        return found[0]
    said = shown(text)
    if found:
        vi, en = (_listed({one: districts[one] for one in found}, lang) for lang in LANGUAGES)
        raise InputRefusedError(
            Words(f"--where: “{said}” có thể là {vi}; hãy ghi mã", f'--where: "{said}" may be {en}; write the id')
        )
    reason = Words(
        f"--where: không có huyện, sở hay xã nào tên “{said}”",
        f'--where: there is no district, department or commune "{said}"',
    )
    raise InputRefusedError(_joined(reason, _near(wanted, districts, agencies), _places(districts)))


def _near(wanted: str, districts: Mapping[str, AgencyPlace], agencies: Sequence[AgencyPlace]) -> Words:
    """The district or, where none is called nearly so, the agency that may be meant."""
    spelled = {plain_name(name): row.name for row in agencies for name in (row.name_vi, row.name_en) if name}
    spelled |= {name: row.district for district_id, row in districts.items() for name in _names(district_id, row)}
    near = nearest(wanted, spelled)
    if near is None:
        return NOTHING
    vi, en = (spelled[near](lang) for lang in LANGUAGES)
    return Words(f"có phải “{vi}”?", f'did you mean "{en}"?')


def _places(districts: Mapping[str, AgencyPlace]) -> Words:
    """What may be asked for."""
    if not districts:
        return Words(
            "Kết quả này không có huyện nào; cơ quan ghi bằng tên hoặc mã trong agencies.csv",
            "This run has no districts; an agency goes by its name or id in agencies.csv",
        )
    vi, en = (_listed(districts, lang) for lang in LANGUAGES)
    return Words(
        f"Các huyện: {vi}; từng sở, từng xã ghi bằng tên hoặc mã trong agencies.csv",
        f"Districts: {en}; one department or commune goes by its name or id in agencies.csv",
    )


def _listed(districts: Mapping[str, AgencyPlace], lang: Lang) -> str:
    """Each by its name, with the id that may be written for it."""
    return ", ".join(f"{row.district(lang)} ({district_id})" for district_id, row in districts.items())


def _names(district_id: str, row: AgencyPlace) -> set[str]:
    own = _OWN_NAMES if district_id == OWN_AGENCIES else set()
    return {plain_name(name) for name in (district_id, row.district_vi, row.district_en) if name} | own


def plain_name(text: str) -> str:
    """A place's name without accents, kind and case: `tuy phuoc` of `Huyện Tuy Phước` and of `dist.tuy_phuoc`."""
    name = _unaccented(text)
    for kind in _KINDS:
        name = name.removeprefix(kind if kind.endswith(".") else f"{kind} ").strip()
    for kind in _ENDINGS:
        name = name.removesuffix(f" {kind}").strip()
    return " ".join(name.split())


def _unaccented(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.strip().casefold().replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).replace("_", " ")


def _joined(reason: Words, near: Words, known: Words) -> Words:
    """What is wrong, what may be meant, and what there is, as sentences."""
    if near == NOTHING:
        return Words(f"{reason.vi}. {known.vi}", f"{reason.en}. {known.en}")
    return Words(f"{reason.vi}; {near.vi} {known.vi}", f"{reason.en}; {near.en} {known.en}")
