"""What the lists of revoked certificates that a receiver holds say of one certificate (RFC 5280, 6.3.3).

Two questions are asked of them. Was it revoked? Any list that its issuer signed may tell, an old one too. Was it not?
Only the silence of lists tells that: complete together for every reason of revocation, in force at the check, and from
the time when they still had to name it. A list counts only if who signed it had the right to when it was published:
an unbroken path to the same root, a certificate neither expired nor revoked then, and a key that is not known to be
stolen by the time of the check, since a thief dates lists back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from asn1crypto import x509

from sim.exchange.signature.algorithm import algorithms
from sim.exchange.signature.causes import Cause
from sim.exchange.signature.policy import Policy
from sim.exchange.signature.revocation_list import HOLD, LIFTED, Entry, RevocationList, name_key
from sim.exchange.signature.scope import EVERY_REASON, covered_reasons, has_no_point, is_asked_for
from sim.exchange.signature.trust import Trust

MOST_RECORDS = 300
"""Certificates whose standing is asked for to judge one path; more is an attack, not a hierarchy."""
HARMLESS = frozenset({"affiliation_changed", "superseded", "cessation_of_operation"})
"""Reasons that say that the key was not lost, so that what it signed before stays believed."""
HARMLESS_STAMPER = HARMLESS | {"unspecified"}
"""For a time-stamping service RFC 3161, 4 (1) says so of "unspecified" too, if it is written; silence means stolen."""

Path = tuple[x509.Certificate, ...]
"""Certificates from the root down."""
_Asked = frozenset[bytes]
_TELLING = (
    Cause.CRL_AFTER_EXPIRY,
    Cause.CRL_EXTENSION,
    Cause.CRL_FORM,
    Cause.CRL_VERSION,
    Cause.CRL_NUMBER,
    Cause.CRL_OPEN_ENDED,
    Cause.CRL_DELTA,
    Cause.CRL_STALE,
    Cause.CRL_NOT_YET,
    Cause.CRL_NO_POINT,
    Cause.CRL_SCOPE,
    Cause.CRL_ISSUER_EXPIRED,
    Cause.CRL_ISSUER,
    Cause.CRL_WEAK,
    Cause.CRL_SIGNATURE,
    Cause.CRL_MISSING,
)
"""Of several lists that do not help, the one that came furthest gives the reason."""


@dataclass(frozen=True)
class Fault:
    """Why no path is good: the cause, and a date, name or rule as its detail."""

    cause: Cause
    detail: str = ""
    note: str = ""


@dataclass(frozen=True)
class _Revoked:
    """A time for which a certificate is known to be revoked; without `until` it still is."""

    since: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True)
class _Record:
    """All that is known of a certificate; `fault` says why it cannot be taken for not revoked."""

    revoked: tuple[_Revoked, ...]
    fault: Fault | None


@dataclass(frozen=True)
class _Authentic:
    """A list whose signer had the right to sign it, as seen from one certificate.

    `flaw` says why its silence about the certificate means nothing, None if it does.
    """

    listed: RevocationList
    signer: bytes
    reasons: frozenset[str]
    entries: tuple[Entry, ...]
    flaw: Fault | None

    @property
    def age(self) -> tuple[datetime, int]:
        return self.listed.published, self.listed.number or 0

    @property
    def is_delta(self) -> bool:
        return self.listed.base_number is not None

    @property
    def was_in_order(self) -> bool:
        """Nothing is wrong with it but that a newer one should be at hand."""
        return self.flaw is None or self.flaw.cause is Cause.CRL_STALE

    def builds_on(self, base: _Authentic) -> bool:
        """Whether it is a delta list that may be put on top of `base` (RFC 5280, 5.2.4)."""
        delta, complete = self.listed, base.listed
        return (
            delta.base_number is not None
            and delta.number is not None
            and complete.number is not None
            and delta.base_number <= complete.number < delta.number
            and (delta.issuer, delta.scope_der, self.signer) == (complete.issuer, complete.scope_der, base.signer)
        )


class HeldLists:
    """The lists that can concern one signer's certificate, at the time of a check."""

    def __init__(
        self, near: Trust, checked: datetime, policy: Policy, paths_to: Callable[..., Sequence[Path] | Fault]
    ) -> None:
        """Hold what is near.

        Args:
            near: certificates and lists.
            checked: the time of the check.
            policy: the receiver's rules.
            paths_to: good paths, lists aside, to a certificate at a time, or why there is none; a third word False
                leaves out roots of the certificate's own key.
        """
        self._lists, self._checked, self._policy, self._paths_to = near.crls, checked, policy, paths_to
        self._others, self._certificates = near.others, (*near.others, *near.roots)
        self._records: dict[tuple[bytes, ...], _Record] = {}
        self._twins_issuers: dict[bytes, Path] = {}
        self._cuts = 0
        self._left = MOST_RECORDS

    def faults(self, path: Path, signed: datetime, harmless: frozenset[str] | None = None) -> list[Fault]:
        """Returns what the lists have against the certificates of a path, from the root down; nothing if all is well.

        Args:
            path: from the root to the signer.
            signed: when the signer signed, as far as that is proved.
            harmless: for a signer that dates things, the reasons of a later revocation that leave them believed.
        """
        found = self._root_faults(path[0])
        for place in range(1, len(path)):
            is_signer = place == len(path) - 1
            lenient = harmless if is_signer else HARMLESS
            fault = self._fault(path[place], path[:place], signed, lenient, frozenset())
            if fault is not None:
                found.append(fault if is_signer else _of_authority(fault, path[place]))
        return found

    def _root_faults(self, root: x509.Certificate) -> list[Fault]:
        """A root that names itself in its own list says that it must not be believed, whatever the reason.

        Another root may say the same of its key, having certified it too.
        """
        own = [one for one in self._lists if one.issuer == name_key(root.subject) and one.is_signed_by(root.public_key)]
        if any(one.is_readable and one.names(root) for one in own):
            return [Fault(Cause.KEY_STOLEN, note="the root names itself")]
        stolen = self._stolen(root, (), (), HARMLESS, frozenset())
        return [_of_authority(stolen, root)] if stolen else []

    def _fault(
        self, certificate: x509.Certificate, above: Path, at: datetime, harmless: frozenset[str] | None, asked: _Asked
    ) -> Fault | None:
        record = self._record(certificate, above, asked)
        for one in record.revoked:
            if one.since <= at and (one.until is None or at < one.until):
                return Fault(Cause.REVOKED, f"{one.since:%Y-%m-%d %H:%M:%SZ}", one.reason)
        stolen = None if harmless is None else self._stolen(certificate, above, record.revoked, harmless, asked)
        return stolen or record.fault

    def _stolen(
        self,
        certificate: x509.Certificate,
        above: Path,
        revoked: Sequence[_Revoked],
        harmless: frozenset[str],
        asked: _Asked,
    ) -> Fault | None:
        """Whether a key is known to be lost: what is known of one certificate for it is known of all."""
        twins = (self._record(twin, issuers, asked) for twin, issuers in self._twins(certificate, above, asked))
        for one in (*revoked, *(one for twin in twins for one in twin.revoked)):
            if one.until is None and one.reason not in harmless:
                return Fault(Cause.KEY_STOLEN, f"{one.since:%Y-%m-%d %H:%M:%SZ}", one.reason)
        return None

    def _twins(
        self, certificate: x509.Certificate, above: Path, asked: _Asked
    ) -> Iterator[tuple[x509.Certificate, Path]]:
        """Yields other certificates for the same key, each with the authorities above it.

        Those of other authorities only for the path itself: who cross-certify one another would ask without end.
        """
        der, key, issuer = certificate.dump(), certificate.public_key.dump(), name_key(certificate.issuer)
        for other in self._others:
            if other is certificate or other.public_key.dump() != key or other.dump() == der:
                continue
            if above and name_key(other.issuer) == issuer:
                yield other, above
            elif not asked and (issuers := self._issuers_of(other)):
                yield other, issuers

    def _issuers_of(self, twin: x509.Certificate) -> Path:
        """The shortest path to who issued a certificate; none if it is not of an authority that is trusted."""
        der = twin.dump()
        if der not in self._twins_issuers:
            found = self._paths_to(twin, min(self._checked, twin.not_valid_after), False)
            self._twins_issuers[der] = () if isinstance(found, Fault) else min(found, key=len)[:-1]
        return self._twins_issuers[der]

    def _record(self, certificate: x509.Certificate, above: Path, asked: _Asked) -> _Record:
        place = (certificate.sha256, *(one.sha256 for one in above))  # another path may have other signers of lists
        known = self._records.get(place)
        if known is not None:
            return known
        self._left -= 1
        if self._left < 0:
            return _Record((), Fault(Cause.CRL_ISSUER, note="too many certificates vouch for one another's lists"))
        cuts = self._cuts
        record = self._asked_anew(certificate, above, asked | {certificate.public_key.dump()})
        if cuts == self._cuts:  # nothing was left out because it was being asked for already
            self._records[place] = record
        return record

    def _asked_anew(self, certificate: x509.Certificate, above: Path, asked: _Asked) -> _Record:
        notes, authentic = [Fault(Cause.CRL_MISSING)], []
        for listed in self._lists:
            if not is_asked_for(listed, certificate):
                continue
            signer = self._signer(listed, above, asked)
            if isinstance(signer, Fault):
                notes.append(signer)
            else:
                authentic.append(self._seen_from(certificate, listed, signer))
        covered: frozenset[str] = frozenset()
        for one in authentic:
            bases = [base for base in authentic if one.builds_on(base) and base.was_in_order] if one.is_delta else [one]
            if one.flaw is not None:
                notes.append(one.flaw)
            elif not bases:
                notes.append(Fault(Cause.CRL_DELTA))
            for base in bases if one.flaw is None else ():
                covered |= base.reasons
        if covered:
            notes.append(Fault(Cause.CRL_SCOPE))
        fault = min(notes, key=lambda note: _TELLING.index(note.cause)) if covered < EVERY_REASON else None
        return _Record(tuple(_revoked(authentic)), fault or _unclear(authentic))

    def _seen_from(self, certificate: x509.Certificate, listed: RevocationList, signer: bytes) -> _Authentic:
        reasons = covered_reasons(listed, certificate)
        flaw = self._flaw(listed, certificate, reasons)
        try:
            entries = tuple(listed.entries_of(certificate))
        except ValueError as error:
            entries, flaw = (), Fault(Cause.CRL_FORM, note=str(error))
        return _Authentic(listed, signer, reasons, entries, flaw)

    def _flaw(self, listed: RevocationList, certificate: x509.Certificate, reasons: frozenset[str]) -> Fault | None:
        if listed.version != 2:
            return Fault(Cause.CRL_VERSION, str(listed.version))
        if listed.critical or not listed.is_sound or listed.has_unknown_entries:
            return Fault(Cause.CRL_EXTENSION, ", ".join(listed.critical))
        if not listed.is_readable:
            return Fault(Cause.CRL_FORM)
        if listed.number is None:
            return Fault(Cause.CRL_NUMBER)
        expired, since = certificate.not_valid_after, listed.lists_expired_since
        if listed.published > expired and (since is None or since > expired):
            return Fault(Cause.CRL_AFTER_EXPIRY, f"{listed.published:%Y-%m-%d} > {expired:%Y-%m-%d}")
        if listed.next_update is None:
            return Fault(Cause.CRL_OPEN_ENDED)
        if listed.published > self._checked:
            return Fault(Cause.CRL_NOT_YET, f"{listed.published:%Y-%m-%d %H:%M:%SZ}")
        if self._checked > listed.next_update:
            return Fault(Cause.CRL_STALE, f"{listed.next_update:%Y-%m-%d %H:%M:%SZ}")
        if not reasons:
            return Fault(Cause.CRL_SCOPE)
        return Fault(Cause.CRL_NO_POINT) if has_no_point(listed, certificate) else None

    def _signer(self, listed: RevocationList, above: Path, asked: _Asked) -> bytes | Fault:
        """Returns the key that signed the list and had the right to, or why there is none."""
        named = [one for one in (*reversed(above), *self._certificates) if name_key(one.subject) == listed.issuer]
        if not named:
            return Fault(Cause.CRL_ISSUER, note="no certificate of the name that the list bears")
        allowed, faults = algorithms(self._policy), []
        for signer in named if listed.names_one_algorithm else ():
            if not listed.is_signed_by(signer.public_key):
                continue
            if not allowed.signature_algorithm_allowed(listed.algorithm, None, signer.public_key):
                return Fault(Cause.CRL_WEAK, listed.algorithm["algorithm"].native)
            fault = self._signer_fault(signer, listed, above, asked)
            if fault is None:
                key: bytes = signer.public_key.dump()
                return key
            faults.append(fault)
        return min(faults, key=lambda fault: _TELLING.index(fault.cause), default=Fault(Cause.CRL_SIGNATURE))

    def _signer_fault(
        self, signer: x509.Certificate, listed: RevocationList, above: Path, asked: _Asked
    ) -> Fault | None:
        if signer.public_key.dump() in asked:
            self._cuts += 1
            return Fault(Cause.CRL_MISSING, note="a key cannot vouch for itself")
        usage = signer.key_usage_value
        if usage is not None and "crl_sign" not in usage.native:
            return Fault(Cause.CRL_ISSUER, note="its key is not for signing lists")
        place = next((place for place, one in enumerate(above) if one is signer), None)
        paths = [above[: place + 1]] if place is not None else self._paths_to(signer, listed.published)
        if isinstance(paths, Fault):
            expired = paths.cause is Cause.EXPIRED
            return Fault(Cause.CRL_ISSUER_EXPIRED if expired else Cause.CRL_ISSUER, note=paths.cause)
        known = {one.public_key.dump() for one in above}
        is_own = name_key(above[-1].subject) == listed.issuer
        faults = [
            self._publisher_fault(path, listed, asked)
            for path in paths
            if path[0].dump() == above[0].dump()
            and (place is not None or not is_own or path[-2].public_key.dump() in known)
        ]
        if not faults:
            return Fault(Cause.CRL_ISSUER, note="of the same name, but certified by others")
        return None if None in faults else faults[0]

    def _publisher_fault(self, path: Path, listed: RevocationList, asked: _Asked) -> Fault | None:
        """Whether all certificates above a list were valid when it was published, and are not known to be stolen."""
        published = listed.published
        for place, certificate in enumerate(path):
            if published > certificate.not_valid_after:
                return Fault(Cause.CRL_ISSUER_EXPIRED, f"{certificate.not_valid_after:%Y-%m-%d %H:%M:%SZ}")
            if published < certificate.not_valid_before:
                is_old = listed.next_update is not None and listed.next_update < self._checked
                return Fault(Cause.CRL_STALE if is_old else Cause.CRL_ISSUER, note="its issuer was not yet valid")
            fault = self._fault(certificate, path[:place], published, HARMLESS, asked) if place else None
            if fault is not None:
                return Fault(Cause.CRL_ISSUER, fault.detail, fault.cause)
        return None


def _of_authority(fault: Fault, authority: x509.Certificate) -> Fault:
    """A fault of a certificate above the signer's names it."""
    named = authority.subject.native.get("common_name")
    parts = (fault.detail, named if isinstance(named, str) else "")
    return replace(fault, detail=", ".join(part for part in parts if part))


def _revoked(authentic: Sequence[_Authentic]) -> list[_Revoked]:
    """The times of revocation that readable lists name, earliest first.

    A hold ends when the first later list that says so is published: before that nobody knew it to be over.
    """
    found = []
    for one in authentic:
        if one.flaw is not None and one.flaw.cause in (Cause.CRL_EXTENSION, Cause.CRL_FORM):
            continue
        for entry in one.entries:
            if entry.reason == LIFTED and one.is_delta:
                continue
            over = [later.listed.published for later in authentic if entry.reason == HOLD and _lifts(later, one)]
            since = min(entry.revoked, entry.invalid_since or entry.revoked)
            found.append(_Revoked(since, min(over, default=None), entry.reason))
    return sorted(found, key=lambda one: one.since)


def _lifts(later: _Authentic, held: _Authentic) -> bool:
    """Whether a later list shows that a hold is over: a complete one by silence, a delta list by name."""
    if later.age <= held.age or not later.was_in_order:
        return False
    if not later.is_delta:
        return HOLD in later.reasons and not later.entries
    lifted = bool(later.entries) and all(entry.reason == LIFTED for entry in later.entries)
    return lifted and (later.builds_on(held) or (held.is_delta and later.listed.scope_der == held.listed.scope_der))


def _unclear(authentic: Sequence[_Authentic]) -> Fault | None:
    """A list that must not be used and yet may name the certificate leaves its standing open (X.509, 8.5.2.2)."""
    for one in authentic:
        if one.flaw is not None and (
            one.flaw.cause is Cause.CRL_FORM or (one.flaw.cause is Cause.CRL_EXTENSION and one.entries)
        ):
            return one.flaw
    return None
