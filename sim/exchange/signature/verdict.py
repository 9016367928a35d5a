"""What a verification says: one of three values, and each finding in the words of ETSI EN 319 102-1.

The standard's main indication is not taken over: it calls a foreign chain or a wrong key usage INDETERMINATE too, and
here that value belongs to what another list of revoked certificates may mend, because an agency may accept what is
indeterminate and must never accept the rest.
TRY_LATER is said only where such a list comes by waiting or can be fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sim.exchange.signature.causes import Cause, Reason
from sim.results.words import Lang, Words
from sim.scenario.errors import shown

LONGEST_NOTE = 160
"""Letters shown of what a reading said; the rest is cut."""


class Value(StrEnum):
    """The three values of a verdict."""

    PASSED = "passed"
    INDETERMINATE = "indeterminate"
    FAILED = "failed"


class Part(StrEnum):
    """What of the signed document a finding is about."""

    DOCUMENT = "document"
    LEADER = "leader"
    ORGANISATION = "organisation"
    LEADER_STAMP = "leader_time_stamp"
    ORGANISATION_STAMP = "organisation_time_stamp"
    DOCUMENT_STAMP = "document_time_stamp"


PARTS: dict[Part, Words] = {
    Part.DOCUMENT: Words("văn bản", "document"),
    Part.LEADER: Words("chữ ký lãnh đạo", "leader's signature"),
    Part.ORGANISATION: Words("chữ ký cơ quan", "organisation's signature"),
    Part.LEADER_STAMP: Words("dấu thời gian của chữ ký lãnh đạo", "time stamp of the leader's signature"),
    Part.ORGANISATION_STAMP: Words("dấu thời gian của chữ ký cơ quan", "time stamp of the organisation's signature"),
    Part.DOCUMENT_STAMP: Words("dấu thời gian trên cả văn bản", "time stamp over the document"),
}


@dataclass(frozen=True)
class Finding:
    """One thing wrong.

    Attributes:
        cause: what.
        part: where.
        detail: a name, date or rule number, the same in every language; may be empty.
        note: what the reading or the rule said, in English, for who looks closer; may be empty.
        note_vi: the same in Vietnamese, where there are words for it.
    """

    cause: Cause
    part: Part = Part.DOCUMENT
    detail: str = ""
    note: str = ""
    note_vi: str = ""

    @property
    def reason(self) -> Reason:
        """The ETSI word."""
        return self.cause.reason

    @property
    def value(self) -> Value:
        """Indeterminate if another list of revoked certificates may mend it, else failed."""
        return Value.INDETERMINATE if self.cause.startswith("crl_") else Value.FAILED

    def text(self, lang: Lang) -> str:
        """Returns one line in plain words; what a stranger wrote is cut and its control characters are escaped.

        Of what is not of the right form it says what was found, in English where there are no other words.
        """
        note = self.note_vi if lang == "vi" and self.note_vi else self.note
        told = (self.detail, note if self.reason is Reason.FORMAT_FAILURE else "")
        brackets = "".join(f" ({shown(text, LONGEST_NOTE)})" for text in told if text)
        return f"{PARTS[self.part].text(lang)}: {self.cause.words.text(lang)}{brackets}"


class Later(StrEnum):
    """What was added to a PDF after a signature without changing what it signed."""

    NOTHING = "nothing"
    HELPS = "helps"
    """Metadata, or time stamps, certificates and lists that help to verify it for longer (PAdES-LTA)."""
    SIGNATURES = "signatures"
    """Further signatures or what is filled in by leave of the signer, and perhaps the helps."""


@dataclass(frozen=True)
class SignedBy:
    """Who made one signature and when, as the certificate and the signature say; proved only if the verdict is passed.

    Attributes:
        part: the leader's or the organisation's signature.
        name: the person or the agency; title, agency and agency_id are empty where the certificate has none.
        claimed: when the signer says to have signed; None if that is not said.
        stamped: when the time-stamping service saw the signature; None without a time stamp.
        revision: which state of a PDF it covers, from 1, and of how many; None where there is but one.
        later: what was added to a PDF after it.
    """

    part: Part
    name: str
    title: str
    agency: str
    agency_id: str
    claimed: datetime | None
    stamped: datetime | None
    revision: tuple[int, int] | None = None
    later: Later = Later.NOTHING


@dataclass(frozen=True)
class Verdict:
    """The outcome of a verification: all findings, what failed before what is only indeterminate, and who signed."""

    findings: tuple[Finding, ...] = ()
    signers: tuple[SignedBy, ...] = ()

    @classmethod
    def of(cls, findings: list[Finding], signers: Sequence[SignedBy] = ()) -> Verdict:
        """Returns the verdict on these findings; the order among failures is kept, the first one gives the reason."""
        first = sorted(dict.fromkeys(findings), key=lambda finding: finding.value is not Value.FAILED)
        return cls(tuple(first), tuple(signers))

    @property
    def value(self) -> Value:
        """Passed only when nothing was found."""
        return self.findings[0].value if self.findings else Value.PASSED

    @property
    def reason(self) -> Reason | None:
        """The ETSI word of the first finding; None when passed."""
        return self.findings[0].reason if self.findings else None

    @property
    def cause(self) -> Cause | None:
        """The first finding's cause; None when passed."""
        return self.findings[0].cause if self.findings else None
