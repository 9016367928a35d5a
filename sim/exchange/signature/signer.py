"""Who a certificate says has signed, and whether that is who the document says had to.

Two texts are the same when the same letters remain in Unicode form C (UAX 15), with spaces of any kind and number made
one and capitals not counted (X.520 caseIgnoreMatch); ids must be the same to the letter. Letters that only look alike,
full-width or of another alphabet, are different letters. A certificate's field holds 64 letters at most (RFC 5280,
appendix A), so a longer text of the document is compared by its first 64. What is absent equals nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from asn1crypto import x509

from sim.exchange.signature.causes import Cause
from sim.exchange.signature.document import Document
from sim.exchange.signature.holder import Kind, field_text
from sim.exchange.signature.verdict import Finding, Part
from sim.scenario.errors import has_hidden_letters

_FIELDS = {
    "common_name": "name",
    "title": "title",
    "organization_name": "agency",
    "organization_identifier": "agency_id",
    "serial_number": "serial",
    "user_id": "user",
    "given_name": "given_name",
    "surname": "surname",
    "pseudonym": "pseudonym",
}
_LONGEST_STATED = 1000
"""Letters of a name or title in a document; the longest names of agencies have a quarter of that."""
_COMPARED = ("name", "title", "agency", "agency_id")
_PERSONAL_NUMBER = re.compile(r"(?:PAS|IDC|PNO)[A-Z]{2}-.*|(?:CCCD|CMND|HC|CMT)\s*:.*", re.IGNORECASE | re.DOTALL)
"""Numbers of people: ETSI EN 319 412-1, clause 5.1.3, and identity card or passport as Vietnamese authorities write."""
_AGENCY_NUMBER = re.compile(r"(?:VAT|NTR)[A-Z]{2}-.*|MST\s*:.*", re.IGNORECASE | re.DOTALL)
"""Numbers of legal persons: ETSI EN 319 412-1, clause 5.1.4, and the Vietnamese tax code."""
_SIGNING = {"email_protection", "microsoft_document_signing", "1.3.6.1.5.5.7.3.36", "any_extended_key_usage"}
"""Purposes that a key which signs documents may have (RFC 5280 4.2.1.12, RFC 9336)."""
_NEVER_A_SIGNER = {"time_stamping", "ocsp_signing"}


@dataclass(frozen=True)
class Named:
    """What a certificate says of its holder; empty where it says nothing.

    Attributes:
        unclear: the field that is there twice or has letters which cannot be seen; empty if there is none.
    """

    name: str = ""
    title: str = ""
    agency: str = ""
    agency_id: str = ""
    serial: str = ""
    user: str = ""
    given_name: str = ""
    surname: str = ""
    pseudonym: str = ""
    unclear: str = ""

    @property
    def kind(self) -> Kind:
        """An agency's certificate names the agency twice and no person; any other is somebody's own."""
        personal = self.title or self.given_name or self.surname or self.pseudonym
        numbers = (self.serial, self.user)
        if personal or any(_PERSONAL_NUMBER.fullmatch(number) for number in numbers):
            return Kind.PERSON
        return Kind.ORGANISATION if _is_same(self.name, self.agency) else Kind.PERSON


def named_by(certificate: x509.Certificate) -> Named:
    """Returns what a certificate says of its holder, whether its name has one part in a set or several (RFC 5280)."""
    found: dict[str, str] = {}
    unclear = ""
    for one in (one for names in certificate.subject.chosen for one in names):
        field = _FIELDS.get(one["type"].native)
        if field is None:
            continue
        text = one["value"].native
        is_text = isinstance(text, str)
        if field in _COMPARED and (field in found or not is_text or has_hidden_letters(text)):
            unclear = unclear or field
        if is_text:
            found.setdefault(field, text.strip())
    return Named(**found, unclear=unclear)


def signer_findings(certificate: x509.Certificate, part: Part, document: Document | None) -> list[Finding]:
    """Returns what is wrong with who signed: a person with the title for the agency, or the agency itself.

    Args:
        certificate: the signer's.
        part: the leader's or the organisation's signature.
        document: what says who had to sign; None compares no name, title or agency, and asks for no title.
    """
    named = named_by(certificate)
    if named.unclear:
        return [Finding(Cause.NAME_UNCLEAR, part, named.unclear)]
    if _is_for_other_things(certificate) or not _is_of_kind(named, part, titled=document is not None):
        return [Finding(Cause.SIGNER_KIND, part, named.title or named.name)]
    return [] if document is None else _differences(named, part, document)


def is_one_agency(one: Named, other: Named) -> bool:
    """Whether two certificates are of one agency, by name, and by id where both state it."""
    ids = {named.agency_id for named in (one, other) if named.agency_id}
    return len(ids) <= 1 and _is_same(one.agency, other.agency)


def document_findings(document: Document) -> list[Finding]:
    """Returns which of the document's words on who signs are unclear: hidden letters in them, or far too many."""
    texts = {"signer": document.signer, "title": document.title, "agency": document.agency, "id": document.agency_id}
    unclear = [name for name, text in texts.items() if len(text) > _LONGEST_STATED or has_hidden_letters(text)]
    return [Finding(Cause.NAME_UNCLEAR, Part.DOCUMENT, name) for name in unclear]


def _is_of_kind(named: Named, part: Part, *, titled: bool) -> bool:
    if part is Part.ORGANISATION:
        return named.kind is Kind.ORGANISATION
    is_agencys = any(_AGENCY_NUMBER.fullmatch(number) for number in (named.serial, named.user))
    return (
        named.kind is Kind.PERSON
        and not is_agencys
        and not _is_same(named.name, named.agency)
        and (bool(named.title) or not titled)
    )


def _is_for_other_things(certificate: x509.Certificate) -> bool:
    purposes = certificate.extended_key_usage_value
    if purposes is None:
        return False
    named = set(purposes.native)
    return not named & _SIGNING or bool(named & _NEVER_A_SIGNER)


def _differences(named: Named, part: Part, document: Document) -> list[Finding]:
    findings = []
    if part is Part.LEADER and not _is_stated(named.title, document.title):
        findings.append(Finding(Cause.OTHER_TITLE, part, named.title))
    if not named.agency_id or unicodedata.normalize("NFC", named.agency_id) != document.agency_id.strip():
        findings.append(Finding(Cause.OTHER_AGENCY, part, named.agency_id or named.agency))
    elif not _is_stated(named.agency, document.agency):
        findings.append(Finding(Cause.OTHER_AGENCY, part, named.agency))
    if part is Part.LEADER and not _is_stated(named.name, document.signer):
        findings.append(Finding(Cause.OTHER_SIGNER, part, named.name))
    return findings


def _is_stated(certified: str, stated: str) -> bool:
    """Whether a certificate's field is what the document states."""
    return _is_same(certified, stated) or _is_same(certified, field_text(stated))


def _is_same(one: str, other: str) -> bool:
    first, second = _plain(one), _plain(other)
    return bool(first) and first == second


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", " ".join(composed.split()).casefold())
