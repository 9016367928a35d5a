"""Certificates and signatures by year, with what is refused and why: on the page and as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.formatting import BLANK, in_two_lines, number_text, unit_text
from sim.report.phrases import COLUMNS, capital, say
from sim.report.run_tables import RunTables
from sim.report.words import scope_text, term
from sim.report.workbook import RUNS, Quantity, Sheet, both, cells, named, scopes, terms
from sim.results.service_tables import CertificateRow
from sim.results.words import Lang, Words

STOCKS = ("certificates_active", "certificates_expiring_quarter", "certificates_expired")
TOKEN, SIGNED, REFUSED = "token_wait_days", "exchange_signed_share", "refusal_share"
SIGNING_TIERS = ("all", "tier:department", "tier:district", "tier:commune")
_NOTE = Words(
    "Chứng thư số: số có trên toàn tỉnh vào ngày cuối năm. Số ngày tính từ khi yêu cầu đến khi cầm được thiết bị ký, "
    "chưa phải đến lần ký đầu tiên. Số ngày, tỷ lệ ký số và tỷ lệ từ chối: bình quân các tháng trong năm. Trung vị "
    "(khoảng 5–95%) qua n = {n} lần mô phỏng. Đủ các số: certificates.csv.",
    "Certificates: those of the whole province on the last day of the year. Days run from request to token in hand, "
    "not to the first signature. Days, signed shares and refusals are means of the year's months. Medians (5–95% "
    "ranges) over n = {n} simulations. Every number: certificates.csv.",
)
_REFUSED_ALL = Words("Bị từ chối tiếp nhận, trên mọi lần gửi điện tử", "Refused, of all electronic attempts")
_REFUSED = Words("– do {cause}", "– because: {cause}")
_SIGNED = Words("Ký số hợp lệ, {scope}", "With a valid signature, {scope}")


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One quantity in words, a value for each year."""

    title: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CertificateSection:
    """The table of certificates and signatures, and what it counts."""

    note: str
    years: tuple[str, ...]
    lines: tuple[CertificateLine, ...]


def certificate_section(tables: RunTables, language: Lang) -> CertificateSection | None:
    """Stocks, days to a token, signed shares by tier, refusals by cause; None where the run has none of it."""
    rows = tables.certificates
    if not rows:
        return None
    years = sorted({row.year for row in rows})
    keys = [(name, "all") for name in (*STOCKS, TOKEN)] + [(SIGNED, scope) for scope in SIGNING_TIERS]
    keys += [(REFUSED, "all"), *((REFUSED, scope) for scope in refusal_scopes(rows))]
    lines = [
        CertificateLine(_title(quantity, scope, language), tuple(_value(mine.get(year), language) for year in years))
        for quantity, scope in keys
        if (mine := {row.year: row for row in rows if (row.quantity, row.scope) == (quantity, scope)})
    ]
    runs = number_text(max(row.n for row in rows), 0, language)
    return CertificateSection(say(_NOTE, language, n=runs), tuple(str(year) for year in years), tuple(lines))


def refusal_scopes(rows: Sequence[CertificateRow]) -> list[str]:
    """Causes for which anything is refused in any year, those that may be the largest (5-95 % range) first."""
    found = [row for row in rows if row.quantity == REFUSED and row.scope.startswith("cause:") and row.p95]
    most: dict[str, float] = {}
    for row in found:
        most[row.scope] = max(most.get(row.scope, 0.0), row.p95 or 0.0)
    return sorted(most, key=lambda scope: (-most[scope], scope))


def _title(quantity: str, scope: str, language: Lang) -> str:
    if quantity == SIGNED:
        return say(_SIGNED, language, scope=scope_text(scope, language))
    if quantity == REFUSED and scope != "all":
        return say(_REFUSED, language, cause=term("refusal", scope.partition(":")[2], language))
    if quantity == REFUSED:
        return _REFUSED_ALL.text(language)
    return capital(term("measure", quantity, language))


def _value(row: CertificateRow | None, language: Lang) -> str:
    if row is None or row.median is None:
        return BLANK
    as_percent = row.unit == "share"
    decimals = 2 if row.quantity == REFUSED else int(as_percent)
    factor, sign = (100.0, "%") if as_percent else (1.0, "")
    median, *ends = (
        BLANK if value is None else number_text(factor * value, decimals, language)
        for value in (row.median, row.p05, row.p95)
    )
    return in_two_lines(f"{median}{sign} ({'–'.join(ends)}{sign})")


def certificates_sheet(tables: RunTables) -> Sheet:
    """Every quantity, scope and year."""
    columns = (
        *named("year"),
        *both(COLUMNS["quantity"], 44.0),
        *both(COLUMNS["scope"], 34.0),
        *both(COLUMNS["unit"], 12.0),
        *named("median", "p05", "p95"),
        RUNS,
    )
    rows = tuple(
        cells(
            Quantity(row.year, "year"),
            *terms("measure", row.quantity),
            *scopes(row.scope),
            unit_text(row.unit, "vi"),
            unit_text(row.unit, "en"),
            *(Quantity(value, "share" if row.unit == "share" else "plain") for value in (row.median, row.p05, row.p95)),
            row.n,
        )
        for row in tables.certificates
    )
    title = Words("Chứng thư số và chữ ký số theo năm", "Certificates and signatures by year")
    return Sheet("Chứng thư số - Certificates", title, columns, rows)
