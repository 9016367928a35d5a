"""A CMS SignedData (RFC 5652) as it is read: content or none, certificates that came along, one or several signers.

BER is read where the standard allows it and kept as it came; signed attributes and certificates must be DER in it.
What is neither signed nor needed to verify what is, such as other unsigned attributes than time stamps, is refused and
named: a reader would take it for signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from asn1crypto import x509

from sim.exchange.signature.algorithm import UnknownAlgorithmError, digest_name
from sim.exchange.signature.der import EncodingError, Fields, content_of, der_of, is_der, members
from sim.exchange.signature.signed_attributes import (
    TIME_STAMP,
    SignedAttributes,
    attributes_of,
    dotted,
    read_signed_attributes,
)

LARGEST_MESSAGE = 1024 * 1024
LARGEST_CERTIFICATE = 64 * 1024
MOST_CERTIFICATES, MOST_SIGNERS, MOST_STAMPS = 64, 16, 4
DATA = "1.2.840.113549.1.7.1"
_SIGNED_DATA = "1.2.840.113549.1.7.2"


class UncheckedPartError(ValueError):
    """Something is there that nobody signed and that is not verified here; the message is its name in the standard."""


@dataclass(frozen=True)
class SignerInfo:
    """One signer's part.

    Attributes:
        issuer: issuer (a name in DER) and `serial` number of the signer's certificate; None where `key_identifier`
            names it instead.
        digest: name of the digest; empty if it is not a known one, which `unknown` then names.
        algorithm: identifier of the signature algorithm, in DER; `digest_identifier` that of the digest.
        attributes: None if only the content is signed.
        tokens: time stamps over the signature value, in DER.
    """

    issuer: bytes | None
    serial: int
    key_identifier: bytes | None
    digest: str
    unknown: str
    digest_identifier: bytes
    algorithm: bytes
    attributes: SignedAttributes | None
    signature: bytes
    tokens: tuple[bytes, ...] = ()

    def is_by(self, certificate: x509.Certificate) -> bool:
        """Returns whether this is the certificate that the signer's part names, the issuer's name to the byte.

        Nobody has signed that name, so a capital changed in it must not pass.
        """
        if self.issuer is None:
            return bool(certificate.key_identifier == self.key_identifier)
        return bool(certificate.serial_number == self.serial and certificate.issuer.dump() == self.issuer)


@dataclass(frozen=True)
class SignedMessage:
    """One CMS.

    Attributes:
        content_type: its object identifier.
        content: None if it lies elsewhere.
        certificates: those that came along, in DER.
        raw: the bytes as they came.
        is_der: whether all of it is DER.
    """

    content_type: str
    content: bytes | None
    certificates: tuple[bytes, ...]
    signers: tuple[SignerInfo, ...]
    raw: bytes
    is_der: bool


@lru_cache(maxsize=512)
def read_message(raw: bytes) -> SignedMessage:
    """Returns the parts of a CMS SignedData in DER or BER.

    Raises:
        ValueError: damaged, not of the right structure, or too large; UncheckedPartError, a kind of it, if something is
            in it that cannot be verified.
    """
    if len(raw) > LARGEST_MESSAGE:
        raise ValueError(f"larger than {LARGEST_MESSAGE} bytes")
    try:
        return _read(raw)
    except (TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _read(raw: bytes) -> SignedMessage:
    whole_is_der = is_der(raw)
    der = raw if whole_is_der else der_of(raw)
    outer = Fields(der, "the content information")
    if dotted(outer.take(6)) != _SIGNED_DATA:
        raise ValueError("not signed data")
    (data,) = _exactly_one(outer.take(0xA0))
    outer.end()
    fields = Fields(data, "signed data")
    version = fields.take(2)
    digests = members(fields.take(0x31))
    content_type, content = _encapsulated(fields.take(0x30))
    enclosed, lists = fields.take_if(0xA0), fields.take_if(0xA1)
    infos = members(fields.take(0x31))
    fields.end()
    if lists is not None:
        raise UncheckedPartError("crls")
    certificates = _certificates(enclosed, raw)
    if not 0 < len(infos) <= MOST_SIGNERS:
        raise ValueError(f"{len(infos)} signers")
    signers = tuple(_signer(info, raw) for info in infos)
    needs_three = content_type != DATA or any(signer.issuer is None for signer in signers)
    if int.from_bytes(content_of(version), signed=True) != (3 if needs_three else 1):
        raise ValueError("the version of signed data is not what its content asks for (RFC 5652, 5.1)")
    _check_digests(digests, signers)
    return SignedMessage(content_type, content, certificates, signers, raw, whole_is_der)


def _exactly_one(value: bytes) -> list[bytes]:
    found = members(value)
    if len(found) != 1:
        raise EncodingError("not one value where one has to be")
    return found


def _encapsulated(value: bytes) -> tuple[str, bytes | None]:
    fields = Fields(value, "the encapsulated content")
    content_type, content = dotted(fields.take(6)), fields.take_if(0xA0)
    fields.end()
    if content is None:
        return content_type, None
    (octets,) = _exactly_one(content)
    if octets[0] != 4:
        raise EncodingError("the encapsulated content is not an octet string")
    return content_type, content_of(octets)


def _check_digests(listed: list[bytes], signers: tuple[SignerInfo, ...]) -> None:
    """Every signer's digest is announced at the front, and no other (RFC 5652, 5.1)."""
    announced = {_digest(one)[0] or _digest(one)[1] for one in listed}
    used = {signer.digest or signer.unknown for signer in signers}
    if announced != used or len(listed) != len(announced):
        raise ValueError("the digests that are announced are not those of the signers")


def _digest(identifier: bytes) -> tuple[str, str]:
    try:
        return digest_name(identifier), ""
    except UnknownAlgorithmError as error:
        return "", str(error)


def _certificates(enclosed: bytes | None, raw: bytes) -> tuple[bytes, ...]:
    found = members(enclosed) if enclosed is not None else []
    if len(found) > MOST_CERTIFICATES:
        raise ValueError(f"{len(found)} certificates enclosed")
    for one in found:
        if one[0] != 0x30:
            raise UncheckedPartError("certificates, other than X.509")
        if len(one) > LARGEST_CERTIFICATE or one not in raw or not is_der(one):
            raise ValueError("a certificate enclosed is not DER, or too large")
    if len(set(found)) != len(found):
        raise ValueError("a certificate is enclosed twice")
    return tuple(found)


def _signer(info: bytes, raw: bytes) -> SignerInfo:
    fields = Fields(info, "a signer's part")
    version = int.from_bytes(content_of(fields.take(2)), signed=True)
    named, identifier = fields.take_if(0x30), None
    if named is None:
        identifier = content_of(fields.take(0x80))
    issuer, serial = _issuer_and_serial(named)
    if version != (3 if named is None else 1):
        raise ValueError("the version of a signer's part is not that of how it names the signer (RFC 5652, 5.3)")
    digest_identifier = fields.take(0x30)
    signed, algorithm, signature = fields.take_if(0xA0), fields.take(0x30), content_of(fields.take(4))
    unsigned = fields.take_if(0xA1)
    fields.end()
    if signed is not None and signed not in raw:
        raise EncodingError("the signed attributes are not DER (RFC 5652, 5.3)")
    attributes = read_signed_attributes(b"\x31" + signed[1:]) if signed is not None else None
    tokens = _tokens(unsigned, raw) if unsigned is not None else ()
    digest, unknown = _digest(digest_identifier)
    return SignerInfo(
        issuer, serial, identifier, digest, unknown, digest_identifier, algorithm, attributes, signature, tokens
    )


def _issuer_and_serial(named: bytes | None) -> tuple[bytes | None, int]:
    if named is None:
        return None, 0
    fields = Fields(named, "issuer and serial number")
    issuer, serial = fields.take(0x30), fields.take(2)
    fields.end()
    return issuer, int.from_bytes(content_of(serial), signed=True)


def _tokens(unsigned: bytes, raw: bytes) -> tuple[bytes, ...]:
    tokens: list[bytes] = []
    for kind, values in attributes_of(unsigned):
        if kind != TIME_STAMP:
            raise UncheckedPartError(f"unsignedAttrs {kind}")
        tokens += values
    if len(tokens) > MOST_STAMPS or len(set(tokens)) != len(tokens):
        raise ValueError("too many time stamps, or one is there twice")
    for token in tokens:
        if token not in raw or not is_der(token):
            raise EncodingError("a time stamp is not DER")
    return tuple(tokens)
