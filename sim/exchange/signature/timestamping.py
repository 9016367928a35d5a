"""Time stamps: RFC 3161 tokens, by which a service with its own certificate says that a signature existed at a time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from asn1crypto import core, tsp

from sim.exchange.signature.algorithm import UnknownAlgorithmError, digest_name
from sim.exchange.signature.der import Fields, check_der, content_of, members
from sim.exchange.signature.signed_attributes import dotted
from sim.exchange.signature.signed_data import Signer, encode, sign
from sim.exchange.signature.signed_message import SignedMessage, SignerInfo, UncheckedPartError, read_message

STAMP_POLICY = "1.3.6.1.4.1.4146.2.3"
_CONTENT_TYPE, _TST_INFO = "tst_info", "1.2.840.113549.1.9.16.1.4"


def time_stamp(signature: bytes, at: datetime, service: Signer) -> bytes:
    """Returns the token (DER) over a signature value, in whole seconds."""
    imprint = hashlib.sha256(signature).digest()
    serial = int.from_bytes(hashlib.sha256(imprint + at.isoformat().encode()).digest()[:16]) >> 1 | 1 << 126
    info = tsp.TSTInfo(
        {
            "version": "v1",
            "policy": STAMP_POLICY,
            "message_imprint": {
                "hash_algorithm": {"algorithm": "sha256", "parameters": core.Null()},
                "hashed_message": imprint,
            },
            "serial_number": serial,
            "gen_time": at.astimezone(UTC).replace(microsecond=0),
        }
    )
    return encode(sign(info.dump(), service, at, content_type=_CONTENT_TYPE, detached=False))


@dataclass(frozen=True)
class TimeStamp:
    """What a token says, and the service's signature on it.

    Attributes:
        moment: when the service saw the signature, in whole seconds (a fraction is cut off).
        digest: name of the digest of what was stamped; empty if it is not a known one, which `unknown` then names.
        imprint: its value.
        name: the service's name as it is written in the token (a GeneralName in DER), None if it is not there.
    """

    message: SignedMessage
    moment: datetime
    digest: str
    unknown: str
    imprint: bytes
    name: bytes | None

    @property
    def signer(self) -> SignerInfo:
        """The service's part."""
        return self.message.signers[0]

    def is_of(self, signature: bytes) -> bool:
        """Returns whether it is over this signature value."""
        return bool(self.digest) and hashlib.new(self.digest, signature).digest() == self.imprint


@lru_cache(maxsize=512)
def read_time_stamp(token: bytes) -> TimeStamp:
    """Returns what a token says.

    Raises:
        ValueError: damaged, not a time stamp, or of another form than RFC 3161, section 2.4.2, demands;
            UncheckedPartError, a kind of it, if something is in it that nobody signed.
    """
    message = read_message(token)
    if message.content_type != _TST_INFO or message.content is None:
        raise ValueError("not a time stamp")
    if not message.is_der or len(message.signers) != 1 or message.signers[0].attributes is None:
        raise ValueError("not DER, or not with one signer and its signed attributes")
    if message.signers[0].tokens:
        raise UncheckedPartError("unsignedAttrs")
    return _told(message, message.content)


def _told(message: SignedMessage, content: bytes) -> TimeStamp:
    check_der(content)
    fields = Fields(content, "what the time stamp says")
    if content_of(fields.take(2)) != b"\x01":
        raise ValueError("a time stamp of another version than 1")
    fields.take(6)
    imprint = Fields(fields.take(0x30), "the imprint")
    identifier, value = imprint.take(0x30), content_of(imprint.take(4))
    imprint.end()
    fields.take(2)
    moment = _moment(content_of(fields.take(0x18)))
    accuracy, ordering = fields.take_if(0x30), fields.take_if(1)
    fields.take_if(2)
    name, extensions = fields.take_if(0xA0), fields.take_if(0xA1)
    fields.end()
    if accuracy is not None:
        _check_accuracy(accuracy)
    if ordering is not None and content_of(ordering) == b"\0":
        raise ValueError("a default value is written out in the time stamp, which DER does not")
    if extensions is not None:
        _check_extensions(extensions)
    names = members(name) if name is not None else []
    if name is not None and len(names) != 1:
        raise ValueError("not one name of the service")
    try:
        digest, unknown = digest_name(identifier), ""
    except UnknownAlgorithmError as error:
        digest, unknown = "", str(error)
    return TimeStamp(message, moment, digest, unknown, value, names[0] if names else None)


def _moment(text: bytes) -> datetime:
    return datetime.strptime(f"{text[:14].decode('ascii')}Z", "%Y%m%d%H%M%S%z")


def _check_accuracy(value: bytes) -> None:
    """Seconds, then thousandths and millionths of one, from 1 to 999 (RFC 3161, 2.4.2)."""
    fields = Fields(value, "the accuracy")
    seconds = fields.take_if(2)
    if seconds is not None and int.from_bytes(content_of(seconds), signed=True) < 0:
        raise ValueError("an accuracy below nothing")
    for tag in (0x80, 0x81):
        part = fields.take_if(tag)
        if part is not None and not 1 <= int.from_bytes(content_of(part), signed=True) <= 999:
            raise ValueError("an accuracy outside 1 to 999 parts of a second")
    fields.end()


def _check_extensions(value: bytes) -> None:
    """None is known here, so a critical one is refused (RFC 3161, 2.4.2; RFC 5280, 4.2)."""
    seen = set()
    for one in members(value):
        fields = Fields(one, "an extension of the time stamp")
        kind, critical = fields.take(6), fields.take_if(1)
        fields.take(4)
        fields.end()
        if critical is not None:
            raise ValueError(f"a critical extension {dotted(kind)} in the time stamp")
        if kind in seen:
            raise ValueError("an extension of the time stamp is there twice")
        seen.add(kind)
    if not seen:
        raise ValueError("no extension where there should be some")
