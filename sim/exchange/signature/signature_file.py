"""The signatures of one document in a file of their own: the leader's over the document, the organisation's over both.

The registry signs last, as it seals last: its signature covers the document and the leader's signature with its time
stamp, joined, and says so by content hints of their own type, so that neither can be taken for a document alone nor a
document alone for them. Each is a CMS in PEM after the word that says whose it is; programs that read CMS skip that
word. What others write is read too: PEM with other words or none, DER, BER, several signers in one CMS.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from dataclasses import dataclass, replace
from datetime import datetime

from sim.exchange.signature.der import EncodingError, end_of
from sim.exchange.signature.signed_data import SignedData, Signer, encode, sign
from sim.exchange.signature.signed_message import DATA, SignedMessage, read_message
from sim.exchange.signature.timestamping import time_stamp

LARGEST_FILE = 1024 * 1024
MOST_MESSAGES = 16
DOCUMENT_HINT = DATA
SEALED_HINT = "2.25.324442614750821248834330477210279966910"
"""Content type of a document with the leader's signature behind it: one from a UUID, which needs no registry
(ITU-T X.667)."""
LEADER, ORGANISATION = "leader", "organisation"
_LETTERS_A_LINE = 64
_EDGE = re.compile(rb"-----(BEGIN|END) ([A-Z0-9 #]{1,40})-----")
_BROKEN_EDGE = re.compile(rb"-(BEGIN|END)|(BEGIN|END)[A-Z0-9 #]*--")
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_LABELS = (b"CMS", b"PKCS7", b"PKCS #7 SIGNED DATA")
_LOOKS_ENCODED = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")


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
    if file.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        file = file.decode("utf-16").encode()
    is_pem = b"-----BEGIN" in file
    blocks = _pem_blocks(file) if is_pem else [("", raw) for raw in _joined(file)]
    if len(blocks) > MOST_MESSAGES:
        raise ValueError(f"{len(blocks)} signatures")
    names = [name for name, _ in blocks if name]
    if len(set(names)) != len(names):
        raise ValueError("two signatures are said to be of the same")
    if len(names) not in (0, len(blocks)):
        raise ValueError("only some of the signatures say whose they are")
    return [NamedMessage(name, read_message(raw)) for name, raw in blocks]


def ends_in_signature(document: bytes) -> bool:
    """Returns whether a CMS in DER is the last thing in a document, as it is in what an organisation seals."""
    at, first = len(document), max(0, len(document) - LARGEST_FILE)
    while (at := document.rfind(_SIGNED_DATA, first, at)) > first:
        for head in range(2, 7):
            start = at - head
            if start >= 0 and document[start] == 0x30 and _reaches_end(document, start):
                return True
    return False


def _reaches_end(document: bytes, start: int) -> bool:
    try:
        return end_of(document, start) == len(document)
    except EncodingError:
        return False


def _pem_blocks(file: bytes) -> list[tuple[str, bytes]]:
    """Name and content of each block; edges come in pairs and alone on their lines."""
    blocks: list[tuple[str, bytes]] = []
    before: list[bytes] = []
    inside: list[bytes] | None = None
    label = b""
    for line in file.removeprefix(codecs.BOM_UTF8).splitlines():
        text = line.strip()
        edge = _EDGE.fullmatch(text)
        if edge is None:
            if _BROKEN_EDGE.search(text):
                raise ValueError("a line that begins or ends a block is broken")
            (before if inside is None else inside).append(text)
        elif (edge[1] == b"BEGIN") is not (inside is None) or (edge[1] == b"END" and edge[2] != label):
            raise ValueError("a block without its beginning or end")
        elif inside is None:
            label, inside = edge[2], []
        else:
            blocks.append((_name(before), _decoded(label, inside)))
            before, inside = [], None
    if inside is not None:
        raise ValueError("a block without its end")
    _name(before)
    return blocks


def _name(before: list[bytes]) -> str:
    """Whose the text before a block says it is."""
    if any(_LOOKS_ENCODED.fullmatch(line) for line in before):
        raise ValueError("a block without its beginning or end")
    last = next((line for line in reversed(before) if line), b"")
    return last.decode() if last in (LEADER.encode(), ORGANISATION.encode()) else ""


def _decoded(label: bytes, lines: list[bytes]) -> bytes:
    if label not in _LABELS:
        raise ValueError(f"a block of {label.decode()}, which is no signature")
    try:
        content = base64.b64decode(b"".join(lines), validate=True)
    except binascii.Error as error:
        raise ValueError(f"a block that is not Base64: {error}") from error
    if base64.b64encode(content) != b"".join(lines):
        raise ValueError("a block whose last letter has bits too many")
    return content


def _joined(file: bytes) -> list[bytes]:
    """Values in DER or BER, one behind the other."""
    found: list[bytes] = []
    at = 0
    while at < len(file) and len(found) <= MOST_MESSAGES:
        end = end_of(file, at)
        found.append(file[at:end])
        at = end
    return found


def _stamped(signed: SignedData, at: datetime, stamper: Signer | None) -> SignedData:
    return signed if stamper is None else replace(signed, token=time_stamp(signed.signature, at, stamper))


def _block(name: str, der: bytes) -> bytes:
    text = base64.b64encode(der)
    lines = [text[at : at + _LETTERS_A_LINE] for at in range(0, len(text), _LETTERS_A_LINE)]
    return b"\n".join([name.encode(), b"-----BEGIN CMS-----", *lines, b"-----END CMS-----", b""])
