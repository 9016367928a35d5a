"""What happened to one audited delivery, as facts of the simulated world. The simulation fills these in.

Times are moments with a time zone; what lies between two seconds counts as the earlier second, everywhere, since a
certificate knows only seconds. A model that is to agree with the real check floors its own times to seconds first, and
then: valid from `issued` to `expires`, revoked from `revoked`, listed from the first publication at or after `revoked`,
a list in force from its publication to its next update; all bounds included.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sim.exchange.signature.document import Document
from sim.exchange.signature.holder import Holder
from sim.exchange.signature.policy import Policy


class Tampering(StrEnum):
    """What was altered on the way, after signing."""

    NOTHING = "nothing"
    CONTENT = "content"
    """A word of the document."""
    TITLE = "title"
    """The signing title that the document states."""
    SIGNATURE = "signature"
    """A bit of the leader's signature value, the file staying well formed."""
    FILE = "file"
    """The file of signatures is cut short."""
    STAMP_MOVED = "stamp_moved"
    """The leader's time stamp is taken from another signature."""


@dataclass(frozen=True)
class CertificateFacts:
    """One certificate that was issued, as known at the end of the simulation.

    Every audited delivery signed with it must state the same facts of it, a later revocation too.

    Attributes:
        holder: whom it names; a posting makes a new holder title, hence another certificate.
        issued: its first second.
        expires: its last second, at most five years later.
        revoked: when it was taken back; None if never.
        foreign: issued by an authority that the province's agencies do not trust.
    """

    holder: Holder
    issued: datetime
    expires: datetime
    revoked: datetime | None = None
    foreign: bool = False


@dataclass(frozen=True)
class ListFacts:
    """The list of revoked certificates that the receiver fetched last: its number and its times."""

    number: int
    published: datetime
    next_update: datetime


@dataclass(frozen=True)
class DeliveryFacts:
    """One delivery to be audited.

    Attributes:
        key: stable key of the delivery.
        document: what was sent; its `title` and `agency_id` say who had to sign.
        leader: the certificate the leader signed with; None if no leader signed (a locked PIN, no token).
        signed: when the leader signed.
        organisation: the registry's certificate; None if the registry did not sign.
        sealed: when the registry signed; None if it did not.
        stamped: whether the time-stamping service was reached at both signatures.
        tampering: what was altered after signing.
        held_list: the list the receiver had fetched last when it checked; None if it never had one.
        checked: when the receiver checked.
        policy: the receiver's rules.
    """

    key: int
    document: Document
    leader: CertificateFacts | None
    signed: datetime
    organisation: CertificateFacts | None
    sealed: datetime | None
    checked: datetime
    held_list: ListFacts | None
    stamped: bool = True
    tampering: Tampering = Tampering.NOTHING
    policy: Policy = field(default_factory=Policy)
