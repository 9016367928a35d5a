"""The signatures of one document in a file of their own: the leader's over the document, the organisation's over both.

The registry signs last, as it seals last: its signature covers the document and the leader's signature with its time
stamp, joined, and says so by content hints of their own type, so that neither can be taken for a document alone nor a
document alone for them. Each is a CMS in PEM after the word that says whose it is; programs that read CMS skip that
word. What others write is read too: PEM with other words or none, DER, BER, several signers in one CMS.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import datetime

from sim.exchange.signature.armour import Armoured, read_objects
from sim.exchange.signature.der import EncodingError, end_of
from sim.exchange.signature.signed_data import SignedData, Signer, encode, sign
from sim.exchange.signature.signed_message import DATA, SignedMessage, read_message
from sim.exchange.signature.timestamping import time_stamp

LARGEST_FILE = 1024 * 1024
MOST_MESSAGES = 16
MOST_SIGNATURES = 32
"""Signatures and time stamps of a file together; each may need a chain of its own to be looked for."""
DOCUMENT_HINT = DATA
SEALED_HINT = "2.25.324442614750821248834330477210279966910"
"""Content type of a document with the leader's signature behind it: one from a UUID, which needs no registry
(ITU-T X.667)."""
LEADER, ORGANISATION = "leader", "organisation"
_LETTERS_A_LINE = 64
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_LABELS = ("", "CMS", "PKCS7", "PKCS #7 SIGNED DATA")


@dataclass(frozen=True)
class Signatures:
    """What is written for one document; either may be missing."""

    leader: SignedData | None = None
    organisation: SignedData | None = None


@dataclass(frozen=True)
class NamedMessage:
    """A CMS of a file, and whose it is said to be: "leader", "organisation" or nothing."""

    name: str
    message: SignedMessage


def sign_as_leader(document: bytes, signer: Signer, at: datetime, stamper: Signer | None) -> Signatures:
    """Returns the leader's signature, with a time stamp of the same second unless `stamper` is None."""
    return Signatures(leader=_stamped(sign(document, signer, at), at, stamper))


def sign_as_organisation(
    document: bytes, signatures: Signatures, signer: Signer, at: datetime, stamper: Signer | None
) -> Signatures:
    """Returns the signatures with the registry's added."""
    leader = signatures.leader
    content, hint = (document, DOCUMENT_HINT) if leader is None else (document + encode(leader), SEALED_HINT)
    return replace(signatures, organisation=_stamped(sign(content, signer, at, hint=hint), at, stamper))


def write_signatures(signatures: Signatures) -> bytes:
    """Returns the file."""
    return b"".join(
        _block(name, encode(signed))
        for name, signed in ((LEADER, signatures.leader), (ORGANISATION, signatures.organisation))
        if signed is not None
    )


def read_signatures(file: bytes) -> list[NamedMessage]:
    """Returns the CMS of a file in their order; an empty file holds none.

    Text between PEM blocks is nobody's word and left aside, but nothing that may be a broken block.

    Raises:
        ValueError: damaged, too large, or something in it is no CMS; UncheckedPartError, a kind of it, if something is
            in a CMS that cannot be verified.
    """
    if len(file) > LARGEST_FILE:
        raise ValueError(f"larger than {LARGEST_FILE} bytes")
    blocks = [_named(one) for one in read_objects(file)] if file.strip() else []
    if len(blocks) > MOST_MESSAGES:
        raise ValueError(f"{len(blocks)} signatures")
    names = [name for name, _ in blocks if name]
    if len(set(names)) != len(names):
        raise ValueError("two signatures are said to be of the same")
    if len(names) not in (0, len(blocks)):
        raise ValueError("only some of the signatures say whose they are")
    found = [NamedMessage(name, read_message(raw)) for name, raw in blocks]
    if sum(1 + len(signer.tokens) for one in found for signer in one.message.signers) > MOST_SIGNATURES:
        raise ValueError(f"more than {MOST_SIGNATURES} signatures and time stamps")
    return found


def ends_in_signature(document: bytes) -> bool:
    """Returns whether a CMS in DER is the last thing in a document, as it is in what an organisation seals.

    Only lengths that are told in front are looked at: a document may hold a hundred thousand beginnings of BER.
    """
    at, first = len(document), max(0, len(document) - LARGEST_FILE)
    while (at := document.rfind(_SIGNED_DATA, first, at)) > first:
        for head in range(2, 7):
            start = at - head
            is_head = start >= 0 and document[start] == 0x30 and document[start + 1] != 0x80
            if is_head and _reaches_end(document, start):
                return True
    return False


def _reaches_end(document: bytes, start: int) -> bool:
    try:
        return end_of(document, start) == len(document)
    except EncodingError:
        return False


def _named(one: Armoured) -> tuple[str, bytes]:
    """Whose the text in front of a block says it is, and its content."""
    if one.label not in _LABELS:
        raise one.refused(f"khối {one.label} không phải chữ ký", f"a block of {one.label} is no signature")
    is_said = one.before in (LEADER.encode(), ORGANISATION.encode())
    return one.before.decode() if is_said else "", one.content


def _stamped(signed: SignedData, at: datetime, stamper: Signer | None) -> SignedData:
    return signed if stamper is None else replace(signed, token=time_stamp(signed.signature, at, stamper))


def _block(name: str, der: bytes) -> bytes:
    text = base64.b64encode(der)
    lines = [text[at : at + _LETTERS_A_LINE] for at in range(0, len(text), _LETTERS_A_LINE)]
    return b"\n".join([name.encode(), b"-----BEGIN CMS-----", *lines, b"-----END CMS-----", b""])
