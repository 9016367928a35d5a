"""Who a certificate names: a person under a title, an agency, or the time-stamping service."""

from __future__ import annotations

import unicodedata
import warnings
from dataclasses import dataclass
from enum import StrEnum

from cryptography import x509
from cryptography.x509.oid import NameOID

from sim.exchange.signature.keys import MARK

COUNTRY = "VN"
LONGEST_FIELD = 64
"""Letters in a field of a certificate (RFC 5280, appendix A, ub-common-name and its like): letters, not bytes."""


def field_text(text: str) -> str:
    """Returns a text as a certificate's field holds it: in Unicode form C, cut after 64 letters."""
    return unicodedata.normalize("NFC", text)[:LONGEST_FIELD].rstrip()


def distinguished_name(parts: list[tuple[x509.ObjectIdentifier, str]]) -> x509.Name:
    """Returns a name of these fields, each cut to what it holds; an empty one is left out."""
    with warnings.catch_warnings():  # the library counts bytes, and a Vietnamese letter has up to three
        warnings.simplefilter("ignore", UserWarning)
        cut = [(oid, field_text(text)) for oid, text in parts]
        return x509.Name([x509.NameAttribute(oid, text, _validate=False) for oid, text in cut if text])


class Kind(StrEnum):
    """What a certificate is for."""

    PERSON = "person"
    ORGANISATION = "organisation"
    TIME_STAMP = "time_stamp"


@dataclass(frozen=True)
class Holder:
    """The holder of a certificate.

    Attributes:
        kind: a title-holder, an agency's registry, or the time-stamping service.
        id: stable id; the holder's key hangs on it.
        name: the person's or agency's name.
        agency_id: stable id of the agency; empty for the time-stamping service.
        title: the person's title, such as "Chủ tịch"; empty for the others. After a posting the same person
            holds another certificate, of another title.
    """

    kind: Kind
    id: str
    name: str
    agency_id: str = ""
    agency: str = ""
    title: str = ""

    def subject(self) -> x509.Name:
        """Returns the distinguished name, marked as simulated."""
        parts = [
            (NameOID.COUNTRY_NAME, COUNTRY),
            (NameOID.ORGANIZATION_NAME, self.agency or self.name),
            (NameOID.ORGANIZATIONAL_UNIT_NAME, MARK),
            (NameOID.ORGANIZATION_IDENTIFIER, self.agency_id),
            (NameOID.TITLE, self.title),
            (NameOID.SERIAL_NUMBER, self.id),
            (NameOID.COMMON_NAME, self.name),
        ]
        return distinguished_name(parts)
