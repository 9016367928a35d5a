"""The signatures of one document in a file of their own: the leader's over the document, the organisation's over both.

The registry signs last, as it seals last: its signature covers the document and the leader's signature with its time
stamp. Each is a CMS in PEM after the word that says whose it is; programs that read CMS skip that word.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace
from datetime import datetime

from sim.exchange.signature.signed_data import SignedData, Signer, decode, encode, sign
from sim.exchange.signature.timestamping import time_stamp

LARGEST_FILE = 1024 * 1024
_BLOCK = re.compile(rb"(leader|organisation)\n-----BEGIN CMS-----\n([A-Za-z0-9+/=\n]+?)\n-----END CMS-----\n")
_LETTERS_A_LINE = 64


@dataclass(frozen=True)
class Signatures:
    """What was signed of one document; either may be missing."""

    leader: SignedData | None = None
    organisation: SignedData | None = None


def sign_as_leader(document: bytes, signer: Signer, at: datetime, stamper: Signer | None) -> Signatures:
    """Returns the leader's signature, with a time stamp of the same second unless `stamper` is None."""
    return Signatures(leader=_stamped(sign(document, signer, at), at, stamper))


def sign_as_organisation(
    document: bytes, signatures: Signatures, signer: Signer, at: datetime, stamper: Signer | None
) -> Signatures:
    """Returns the signatures with the registry's added."""
    sealed = sign(sealed_content(document, signatures.leader), signer, at)
    return replace(signatures, organisation=_stamped(sealed, at, stamper))


def sealed_content(document: bytes, leader: SignedData | None) -> bytes:
    """Returns what the organisation signs."""
    return document + (encode(leader) if leader else b"")


def write_signatures(signatures: Signatures) -> bytes:
    """Returns the file."""
    return b"".join(
        _block(name, encode(signed))
        for name, signed in ((b"leader", signatures.leader), (b"organisation", signatures.organisation))
        if signed is not None
    )


def read_signatures(file: bytes) -> Signatures:
    """Returns the signatures of a file; an empty one holds none.

    Raises:
        ValueError: damaged, too large, or not exactly what `write_signatures` writes.
    """
    if len(file) > LARGEST_FILE:
        raise ValueError(f"larger than {LARGEST_FILE} bytes")
    blocks = {name.decode(): base64.b64decode(text) for name, text in _BLOCK.findall(file)}
    signatures = Signatures(**{name: decode(der) for name, der in blocks.items()})
    if write_signatures(signatures) != file:
        raise ValueError("not a file of signatures")
    return signatures


def _stamped(signed: SignedData, at: datetime, stamper: Signer | None) -> SignedData:
    return signed if stamper is None else replace(signed, token=time_stamp(signed.signature, at, stamper))


def _block(name: bytes, der: bytes) -> bytes:
    text = base64.b64encode(der)
    lines = [text[at : at + _LETTERS_A_LINE] for at in range(0, len(text), _LETTERS_A_LINE)]
    return b"\n".join([name, b"-----BEGIN CMS-----", *lines, b"-----END CMS-----", b""])
