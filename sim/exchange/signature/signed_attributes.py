"""What a signer signed besides the content: the signed attributes of RFC 5652, clause 11, RFC 5035 and CAdES.

They must be DER and each of them there once (RFC 5652, 5.3 and 5.4). Those that say nothing which is relied on here may
be there too, since the signer has signed them; one that belongs among the unsigned may not.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from asn1crypto import core, x509

from sim.exchange.signature.algorithm import digest_name
from sim.exchange.signature.der import EncodingError, Fields, check_der, content_of, members

CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
SIGNING_TIME = "1.2.840.113549.1.9.5"
SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12"
SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
CONTENT_HINTS = "1.2.840.113549.1.9.16.2.4"
TIME_STAMP = "1.2.840.113549.1.9.16.2.14"
_ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52"
_POLICY = "1.2.840.113549.1.9.16.2.15"
_ONLY_UNSIGNED = {"1.2.840.113549.1.9.6": "a countersignature", TIME_STAMP: "a time stamp"}
_MOST_REFERENCES = 16


@dataclass(frozen=True)
class CertificateReference:
    """A certificate named by its digest, and by issuer and serial number if `issuer` (a name in DER) is given."""

    digest: str
    value: bytes
    issuer: bytes | None = None
    serial: int = 0

    def is_of(self, der: bytes) -> bool:
        """Returns whether it names this certificate (RFC 5035, section 4; RFC 2634, section 5.4)."""
        return _is_reference_of(self, der)


@lru_cache(maxsize=1024)
def _is_reference_of(reference: CertificateReference, der: bytes) -> bool:
    if hashlib.new(reference.digest, der).digest() != reference.value:
        return False
    if reference.issuer is None:
        return True
    certificate = x509.Certificate.load(der)
    same_serial = certificate.serial_number == reference.serial
    return bool(same_serial and x509.Name.load(reference.issuer) == certificate.issuer)


@dataclass(frozen=True)
class SignedAttributes:
    """Signed attributes as read; `der` is what the signature is over.

    Attributes:
        signing_time: when the signer says to have signed; None if that is not said.
        references: for each signing-certificate attribute (of RFC 2634, of RFC 5035) the certificates it names, the
            signer's first.
        hint: the content type that the content hints tell (RFC 2634, section 2.9); empty if there are none.
        policy: whether a signature policy is named.
        protected: digest and signature algorithm as signed too (RFC 6211), both in DER; None if they are not.
    """

    der: bytes
    content_type: str
    message_digest: bytes
    signing_time: datetime | None = None
    references: tuple[tuple[CertificateReference, ...], ...] = ()
    hint: str = ""
    policy: bool = False
    protected: tuple[bytes, bytes] | None = None


def read_signed_attributes(der: bytes) -> SignedAttributes:
    """Returns what the attributes say.

    Args:
        der: a SET OF Attribute.

    Raises:
        ValueError: not DER, one is there twice or without a value, or a needed one is missing or of another form.
    """
    check_der(der)
    values = _values(der)
    for oid, what in _ONLY_UNSIGNED.items():
        if oid in values:
            raise ValueError(f"{what} among the signed attributes")
    types, digests = (_single(values, oid, tag) for oid, tag in ((CONTENT_TYPE, 6), (MESSAGE_DIGEST, 4)))
    if types is None or digests is None:
        raise ValueError("content type or message digest is not among the signed attributes")
    hints = _single(values, CONTENT_HINTS, 0x30)
    protected = _single(values, _ALGORITHM_PROTECTION, 0x30)
    return SignedAttributes(
        der,
        dotted(types),
        content_of(digests),
        _time(_single(values, SIGNING_TIME)),
        tuple(
            _references(value, with_digest=oid == SIGNING_CERTIFICATE_V2)
            for oid in (SIGNING_CERTIFICATE, SIGNING_CERTIFICATE_V2)
            for value in [_single(values, oid, 0x30)]
            if value is not None
        ),
        dotted(members(hints)[-1]) if hints is not None and members(hints) else "",
        _POLICY in values and values[_POLICY] != [b"\x05\x00"],
        _protected(protected) if protected is not None else None,
    )


def dotted(oid: bytes) -> str:
    """Returns an object identifier, given in DER, in numbers and dots.

    Raises:
        ValueError: it is none.
    """
    try:
        return str(core.ObjectIdentifier.load(oid, strict=True).dotted)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"not an object identifier: {error}") from error


def attributes_of(der: bytes) -> list[tuple[str, list[bytes]]]:
    """Returns type and values of each attribute in a set, signed or unsigned, in DER.

    Raises:
        EncodingError: a field is missing, or there is no attribute or value at all.
    """
    found = []
    for one in members(der):
        fields = Fields(one, "an attribute")
        kind, values = fields.take(6), members(fields.take(0x31))
        fields.end()
        if not values:
            raise EncodingError("an attribute without a value")
        found.append((dotted(kind), values))
    if not found:
        raise EncodingError("a set of attributes without any")
    return found


def _values(der: bytes) -> dict[str, list[bytes]]:
    found = attributes_of(der)
    values = dict(found)
    if len(values) < len(found):
        raise ValueError("a signed attribute is there twice")
    return values


def _single(values: dict[str, list[bytes]], oid: str, tag: int | None = None) -> bytes | None:
    """The one value of an attribute; None if the attribute is not there."""
    if oid not in values:
        return None
    if len(values[oid]) != 1 or (tag is not None and values[oid][0][0] != tag):
        raise ValueError(f"the signed attribute {oid} has not one value of its type")
    return values[oid][0]


def _time(value: bytes | None) -> datetime | None:
    """A time in whole seconds of Greenwich, in two digits for the years 1950 to 2049 (RFC 5652, 11.3)."""
    if value is None:
        return None
    text = content_of(value).decode("ascii")
    if value[0] == 23:
        moment = datetime.strptime(("19" if text[0] >= "5" else "20") + text, "%Y%m%d%H%M%S%z")
    elif value[0] == 24 and "." not in text:
        moment = datetime.strptime(text, "%Y%m%d%H%M%S%z")
        if 1950 <= moment.year < 2050:
            raise ValueError("a signing time of these years in four digits of the year (RFC 5652, 11.3)")
    else:
        raise ValueError("a signing time of another form (RFC 5652, 11.3)")
    return moment


def _references(value: bytes, *, with_digest: bool) -> tuple[CertificateReference, ...]:
    fields = Fields(value, "the signing certificate")
    certificates = members(fields.take(0x30))
    if fields.take_if(0x30) is not None:
        raise ValueError("certificate policies in the signing certificate attribute are not supported")
    fields.end()
    if not 0 < len(certificates) <= _MOST_REFERENCES:
        raise ValueError(f"the signing certificate attribute names {len(certificates)} certificates")
    return tuple(_reference(one, with_digest=with_digest) for one in certificates)


def _reference(value: bytes, *, with_digest: bool) -> CertificateReference:
    fields = Fields(value, "a certificate's reference")
    digest = "sha256" if with_digest else "sha1"
    if with_digest:
        named = fields.take_if(0x30)
        digest = digest_name(named) if named is not None else digest
    mark = content_of(fields.take(4))
    named = fields.take_if(0x30)
    fields.end()
    if named is None:
        return CertificateReference(digest, mark)
    both = Fields(named, "issuer and serial number")
    names, serial = members(both.take(0x30)), both.take(2)
    both.end()
    if len(names) != 1 or names[0][0] != 0xA4:
        raise ValueError("the issuer of a referred certificate is not one directory name")
    return CertificateReference(digest, mark, content_of(names[0]), int.from_bytes(content_of(serial), signed=True))


def _protected(value: bytes) -> tuple[bytes, bytes]:
    fields = Fields(value, "the protection of algorithms")
    digest, how = fields.take(0x30), fields.take(0xA1)
    fields.end()
    return digest, b"\x30" + how[1:]
