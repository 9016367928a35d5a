"""A desk where a leader, a registry and a time-stamping service sign, and what the receiver holds."""

from __future__ import annotations

from dataclasses import replace

import odd_cms as odd
from asn1crypto import pem
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from odd_cms import Odd, attribute
from signed_world import DAY, SIGNED, START, good, leader, played, registry

from sim.exchange.signature.audit import Stage
from sim.exchange.signature.authority import issue
from sim.exchange.signature.causes import Cause
from sim.exchange.signature.document import document_bytes
from sim.exchange.signature.keys import Keys
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.received import judge
from sim.exchange.signature.signed_data import Signer
from sim.exchange.signature.timestamping import time_stamp
from sim.exchange.signature.verdict import Verdict

CONTENT = document_bytes(good().document)
UNKNOWN = "1.2.3.4"
LEADER_ONLY = Policy(organisation_required=False)


class Desk:
    """A leader, a registry and a time-stamping service with keys, and what the receiver holds."""

    def __init__(self, keys: Keys) -> None:
        stage = Stage([good()], keys)
        self.received = played(good(), keys)
        self.leader, self.registry = stage.signer(leader()), stage.signer(registry())
        self.service = stage.stamper(SIGNED)
        key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
        holder = issue(stage.authority, leader().holder, key.public_key(), START, START + 1800 * DAY)  # type: ignore[arg-type]
        self.edwards = Signer(holder.public_bytes(serialization.Encoding.DER), key)  # type: ignore[arg-type]
        self.issuing = [der for _, _, der in pem.unarmor(self.received.chain, multiple=True)][1]

    def odd(self, **changed: object) -> Odd:
        """The leader's signature without time stamp."""
        return replace(Odd(self.leader, list(odd.attributes(CONTENT, self.leader, SIGNED).values())), **changed)  # type: ignore[arg-type]

    def with_attributes(self, changed: dict[str, bytes], *more: bytes, **others: object) -> Odd:
        signed = {**odd.attributes(CONTENT, self.leader, SIGNED), **changed}
        return self.odd(signed=[one for one in (*signed.values(), *more) if one], **others)

    def stamped(self, one: Odd, *more: bytes) -> bytes:
        """DER with a good time stamp beside it."""
        token = time_stamp(one.value(), SIGNED, self.service)
        return replace(one, unsigned=[*one.unsigned, attribute(odd.STAMP, token, *more)]).der()

    def judged(self, der: bytes, policy: Policy = LEADER_ONLY, **changed: object) -> Verdict:
        case = replace(self.received, signatures=der, policy=policy)
        return judge(replace(case, **changed))  # type: ignore[arg-type]


def causes_of(verdict: Verdict) -> list[Cause]:
    return [finding.cause for finding in verdict.findings]
