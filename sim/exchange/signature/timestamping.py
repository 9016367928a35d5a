"""Time stamps: RFC 3161 tokens, by which a service with its own certificate says that a signature existed at a time."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import lru_cache

from asn1crypto import core, tsp

from sim.exchange.signature.signed_data import SignedData, Signer, decode, encode, sign

STAMP_POLICY = "1.3.6.1.4.1.4146.2.3"
_CONTENT_TYPE = "tst_info"


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


@lru_cache(maxsize=512)
def read_time_stamp(token: bytes) -> tuple[SignedData, tsp.TSTInfo]:
    """Returns the service's signature and what it says.

    Raises:
        ValueError: damaged, or not a time stamp.
    """
    signed = decode(token)
    if signed.content_type != _CONTENT_TYPE or signed.content is None:
        raise ValueError("not a time stamp")
    info = tsp.TSTInfo.load(signed.content, strict=True)
    try:
        _ = info.native
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from error
    return signed, info


def is_stamp_of(info: tsp.TSTInfo, signature: bytes) -> bool:
    """Returns whether the stamp is of this signature value."""
    imprint = info["message_imprint"]
    name = imprint["hash_algorithm"]["algorithm"].native
    return bool(name == "sha256" and imprint["hashed_message"].native == hashlib.sha256(signature).digest())
