"""What a receiving agency demands of a signature, and what it does with an indeterminate verdict."""

from __future__ import annotations

from dataclasses import dataclass

from sim.exchange.signature.verdict import Value, Verdict


@dataclass(frozen=True)
class Policy:
    """The rules of one verification.

    The defaults are those of a province's agencies: a leader and the organisation sign (Circular 41/2017 of the
    Ministry of Information and Communications, then Decree 30/2020), time-stamped, RSA-2048 and SHA-256 or better.

    Attributes:
        leader_required: the leader must have signed; else a scan under the organisation's signature alone is enough, as
            for an electronic copy of a paper.
        organisation_required: the organisation must have signed over the leader's signature.
        time_stamp_required: a signature without a time stamp fails; if not required, the time of the check counts as
            that of signing, so that a certificate that has expired since then fails.
        attributes_required: the signer must have signed the claimed time and which certificate is meant (CAdES-B-B,
            ETSI EN 319 122-1, clause 6.3); if not, plain CMS is enough.
        title_required: the personal certificate must bear the title and agency that the document names. If not, any
            kind of file may be verified, and of one that is no document of the exchange neither a time stamp nor
            signed attributes are demanded.
        weak_allowed: SHA-1, MD5 and short keys pass, for documents of the past.
        most_intermediates: authorities that may stand between root and signer; the Government's pattern has one.
        hard_fail: what is indeterminate is refused; else it is accepted. It never alters the verdict.
    """

    leader_required: bool = True
    organisation_required: bool = True
    time_stamp_required: bool = True
    attributes_required: bool = True
    title_required: bool = True
    weak_allowed: bool = False
    most_intermediates: int = 8
    hard_fail: bool = True

    def accepts(self, verdict: Verdict) -> bool:
        """Returns whether the agency takes the document."""
        return verdict.value is Value.PASSED or (verdict.value is Value.INDETERMINATE and not self.hard_fail)
