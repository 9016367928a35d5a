"""Digital signatures made and verified for real: authorities, lists of revoked certificates, time stamps, a verifier.

Cold Python over `cryptography`, `asn1crypto` and `pyhanko-certvalidator`, loaded when first called; the compiled model
imports none of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.exchange.signature.policy import Policy
    from sim.exchange.signature.verdict import Verdict


def verify(
    document: bytes, signatures: bytes, chain: bytes, crls: Sequence[bytes], at: datetime, policy: Policy | None = None
) -> Verdict:
    """Returns the verdict on a signed document from bytes alone; see `sim.exchange.signature.verifier.verify`."""
    from sim.exchange.signature import verifier

    return verifier.verify(document, signatures, chain, crls, at, policy)
