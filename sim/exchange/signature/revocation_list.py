"""One list of revoked certificates as received (RFC 5280, section 5): what it says of itself, and of one certificate.

A list may be long and come from anyone. Its head is read when it comes in; its entries only when they are asked for,
which is after its signature has been found right, once, in one pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache

from asn1crypto import algos, crl, x509
from asn1crypto.keys import PublicKeyInfo

from sim.exchange.signature.algorithm import is_signature
from sim.exchange.signature.der import check_der, values

_INTEGER, _BITS, _OCTETS, _ENUMERATED, _BOOLEAN, _SEQUENCE, _EXTENSIONS = 0x02, 0x03, 0x04, 0x0A, 0x01, 0x30, 0xA0
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_TIME = {_UTC_TIME: re.compile(rb"\d{12}Z"), _GENERALIZED_TIME: re.compile(rb"\d{14}Z")}
_HEAD_ELEMENTS = 5000

_BRANCH = b"\x55\x1d"  # 2.5.29
_ISSUER_NAMES, _NUMBER, _REASON, _HOLD, _INVALID = (_BRANCH + bytes([leaf]) for leaf in (18, 20, 21, 23, 24))
_DELTA, _SCOPE, _CERTIFICATE_ISSUER, _AUTHORITY_KEY = (_BRANCH + bytes([leaf]) for leaf in (27, 28, 29, 35))
_FRESHEST, _EXPIRED_TOO = (_BRANCH + bytes([leaf]) for leaf in (46, 60))
_INFORMATION = b"\x2b\x06\x01\x05\x05\x07\x01\x01"  # authority information access
_UNDERSTOOD = {_ISSUER_NAMES, _DELTA, _SCOPE, _AUTHORITY_KEY, _FRESHEST, _EXPIRED_TOO, _INFORMATION}
_UNDERSTOOD_IN_ENTRIES = {_REASON, _HOLD, _INVALID, _CERTIFICATE_ISSUER}

HOLD, LIFTED = "certificate_hold", "remove_from_crl"
_REASONS = {
    0: "unspecified",
    1: "key_compromise",
    2: "ca_compromise",
    3: "affiliation_changed",
    4: "superseded",
    5: "cessation_of_operation",
    6: HOLD,
    8: LIFTED,
    9: "privilege_withdrawn",
    10: "aa_compromise",
}


@dataclass(frozen=True)
class Entry:
    """What a list says of one certificate.

    Attributes:
        revoked: from when on.
        reason: as RFC 5280 names it, such as "key_compromise"; empty if none is given, "other" if it is unknown.
        invalid_since: when the key may have been lost already (invalidity date); None if not said.
    """

    revoked: datetime
    reason: str
    invalid_since: datetime | None = None


class RevocationList:
    """One list.

    Attributes:
        issuer: the name it bears, in the form in which names are compared.
        version: 1 or 2.
        published: thisUpdate.
        next_update: when the next one comes at the latest; None if not said.
        number: its number; None without.
        base_number: of the list that a delta list builds on; None if it is no delta list.
        scope: which certificates it is about; None if all of its issuer.
        lists_expired_since: it also names certificates that have expired since then; None if not said.
        critical: names of critical extensions that are not understood.
        is_sound: False if an extension appears twice or a number is critical.
    """

    def __init__(self, der: bytes) -> None:
        """Read the head.

        Raises:
            ValueError: it is no list.
        """
        self._der = der
        outer = _inside(der, 0, len(der), _SEQUENCE)
        if len(outer) != 1:
            raise ValueError("not one sequence")
        parts = _inside(der, outer[0][2], outer[0][3], _SEQUENCE, _SEQUENCE, _BITS)
        if len(parts) != 3:
            raise ValueError("not content, algorithm and signature")
        for _, start, _, end in parts[1:]:
            check_der(der[start:end])
        _, self._start, content, self._end = parts[0]
        self._algorithm_der = der[parts[1][1] : parts[1][3]]
        self.algorithm = algos.SignedDigestAlgorithm.load(self._algorithm_der)
        _ = self.algorithm["algorithm"].native
        self.signature = der[parts[2][2] + 1 : parts[2][3]]
        self._read_head([*values(der, content, self._end)])
        self._signed_by: dict[bytes, bool] = {}

    def _read_head(self, fields: list[tuple[int, int, int, int]]) -> None:
        der, self.version = self._der, 1
        if fields and fields[0][0] == _INTEGER:
            self.version = der[fields[0][2]] + 1
            fields = fields[1:]
        tags = [field[0] for field in fields]
        if tags[:2] != [_SEQUENCE, _SEQUENCE] or len(tags) < 3 or tags[2] not in _TIME:
            raise ValueError("no algorithm, issuer and time of publication")
        self._inner_algorithm_der, issuer = (der[start:end] for _, start, _, end in fields[:2])
        check_der(self._inner_algorithm_der)
        check_der(issuer, _HEAD_ELEMENTS)
        self.name = x509.Name.load(issuer)
        self.issuer = name_key(self.name)
        self.published = _moment(der, fields[2])
        rest = fields[3:]
        self.next_update = _moment(der, rest.pop(0)) if rest and rest[0][0] in _TIME else None
        self._entries = (0, 0)
        if rest and rest[0][0] == _SEQUENCE:
            self._entries = rest.pop(0)[2:]
        extensions = rest.pop(0) if rest and rest[0][0] == _EXTENSIONS else None
        if rest:
            raise ValueError("something after the extensions")
        self._read_extensions(extensions)

    def _read_extensions(self, field: tuple[int, int, int, int] | None) -> None:
        found: list[tuple[bytes, bool, bytes]] = []
        if field is not None:
            extensions = self._der[field[2] : field[3]]
            check_der(extensions, _HEAD_ELEMENTS)
            found = _extensions(extensions)
        known = {oid: value for oid, _, value in found}
        self.critical = tuple(
            oid.hex() for oid, critical, _ in found if critical and oid not in {*_UNDERSTOOD, _NUMBER}
        )
        numbers = [critical for oid, critical, _ in found if oid == _NUMBER]
        self.is_sound = len(known) == len(found) and numbers in ([], [False])
        self.number = _number(known[_NUMBER]) if _NUMBER in known else None
        self.base_number = _number(known[_DELTA]) if _DELTA in known else None
        self.scope: crl.IssuingDistributionPoint | None = None
        self.scope_der = known.get(_SCOPE, b"")
        if self.scope_der:
            check_der(self.scope_der, _HEAD_ELEMENTS)
            self.scope = crl.IssuingDistributionPoint.load(self.scope_der)
            _ = self.scope.native
        self.lists_expired_since: datetime | None = None
        if _EXPIRED_TOO in known:
            self.lists_expired_since = _moment(known[_EXPIRED_TOO], _one(known[_EXPIRED_TOO]))

    @property
    def is_indirect(self) -> bool:
        """Whether it says that it names certificates of other issuers too."""
        return self.scope is not None and bool(self.scope["indirect_crl"].native)

    @property
    def names_one_algorithm(self) -> bool:
        """Whether the algorithm within what is signed is that of the signature (RFC 5280, 5.1.1.2)."""
        return self._algorithm_der == self._inner_algorithm_der

    def is_signed_by(self, key: PublicKeyInfo) -> bool:
        """Returns whether its signature was made with the private half of `key`."""
        der = key.dump()
        if der not in self._signed_by:
            signed = self._der[self._start : self._end]
            self._signed_by[der] = is_signature(self.signature, signed, key, self.algorithm)
        return self._signed_by[der]

    @property
    def is_readable(self) -> bool:
        """Whether all entries can be read and are understood; only for lists whose signature is right."""
        return self._read[1] and not self._read[2]

    @property
    def has_unknown_entries(self) -> bool:
        """Whether an entry has a critical extension that is not understood (RFC 5280, 5.3: of no use for anyone)."""
        return self._read[2]

    def entries_of(self, certificate: x509.Certificate) -> list[Entry]:
        """Returns what the list says of a certificate, every time that it is named."""
        return [self._entry(place) for place in self._places(certificate)]

    def names(self, certificate: x509.Certificate) -> bool:
        """Whether it says anything of a certificate."""
        return bool(self._places(certificate))

    def _places(self, certificate: x509.Certificate) -> tuple[int, ...]:
        return self._read[0].get((name_key(certificate.issuer), certificate.serial_number), ())

    @cached_property
    def _read(self) -> tuple[dict[tuple[str, int], tuple[int, ...]], bool, bool]:
        """Where each certificate is named, whether all could be read, whether one has an unknown critical part."""
        der, issuer, issuers = self._der, self.issuer, {self.issuer: self.issuer}
        places: dict[tuple[str, int], tuple[int, ...]] = {}
        seen: dict[bytes, tuple[bool, bytes]] = {}
        is_unknown = False
        try:
            for tag, at, start, end in values(der, *self._entries):
                serial, extensions = _entry_parts(der, tag, start, end)
                if extensions:
                    if extensions not in seen:
                        seen[extensions] = _looked_through(extensions)
                    is_unknown = is_unknown or seen[extensions][0]
                    if seen[extensions][1]:
                        issuer = _directory_name(seen[extensions][1])
                        issuer = issuers.setdefault(issuer, issuer)
                places[issuer, serial] = (*places.get((issuer, serial), ()), at)
            is_right = len(issuers) == 1 or self.is_indirect
        except (ValueError, KeyError, TypeError, IndexError):
            is_right = False
        return places, is_right, is_unknown

    def _entry(self, at: int) -> Entry:
        _, _, start, end = next(values(self._der, at, len(self._der)))
        _, moment, *more = values(self._der, start, end)
        known = {oid: value for oid, _, value in _extensions(self._der[more[0][1] : more[0][3]])} if more else {}
        reason, since = "", None
        if _REASON in known:
            _, _, inner, _ = _one(known[_REASON])
            reason = _REASONS.get(known[_REASON][inner], "other")
        if _INVALID in known:
            since = _moment(known[_INVALID], _one(known[_INVALID]))
        return Entry(_moment(self._der, moment), reason, since)


@lru_cache(maxsize=256)
def revocation_list(der: bytes) -> RevocationList:
    """Returns the list in these bytes.

    Raises:
        ValueError: it is no list.
    """
    try:
        return RevocationList(der)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError) as error:
        raise ValueError(str(error) or type(error).__name__) from error


def name_key(name: x509.Name) -> str:
    """Returns a name in the form in which names are compared: letter case and blanks aside (RFC 5280, 7.1)."""
    return _name_key(name.chosen.dump())  # without the tag that a name may have inside another


@lru_cache(maxsize=4096)
def _name_key(der: bytes) -> str:
    key: str = x509.Name.load(der).hashable
    return key


def _inside(der: bytes, start: int, end: int, *tags: int) -> list[tuple[int, int, int, int]]:
    found = []
    for value in values(der, start, end):
        found.append(value)
        if len(found) > len(tags) or value[0] != tags[len(found) - 1]:
            raise ValueError("not the structure of a list of revoked certificates")
    return found


def _one(der: bytes) -> tuple[int, int, int, int]:
    check_der(der)
    return next(values(der, 0, len(der)))


def _extensions(der: bytes) -> list[tuple[bytes, bool, bytes]]:
    """Returns identifier, whether critical, and value of each extension."""
    found = []
    _, _, start, end = next(values(der, 0, len(der)))
    for _, _, first, last in values(der, start, end):
        parts = [*values(der, first, last)]
        critical = len(parts) == 3 and parts[1][0] == _BOOLEAN and der[parts[1][2]] != 0
        if not 2 <= len(parts) <= 3 or parts[-1][0] != _OCTETS:
            raise ValueError("an extension that is none")
        found.append((der[parts[0][2] : parts[0][3]], critical, der[parts[-1][2] : parts[-1][3]]))
    return found


def _entry_parts(der: bytes, tag: int, start: int, end: int) -> tuple[int, bytes]:
    """Returns serial number and extensions of an entry, whose time must be one."""
    serial, moment, *more = values(der, start, end)
    if tag != _SEQUENCE or serial[0] != _INTEGER or not _TIME[moment[0]].fullmatch(der, moment[2], moment[3]):
        raise ValueError("an entry without serial number and time")
    if len(more) > 1:
        raise ValueError("something after the extensions of an entry")
    return int.from_bytes(der[serial[2] : serial[3]], signed=True), der[more[0][1] : more[0][3]] if more else b""


def _looked_through(extensions: bytes) -> tuple[bool, bytes]:
    """Returns of an entry's extensions whether one is critical and unknown, and the issuer that they name."""
    check_der(extensions)
    found = _extensions(extensions)
    known = {oid: value for oid, _, value in found}
    if len(known) != len(found):
        raise ValueError("an extension of an entry appears twice")
    if _REASON in known and (known[_REASON][:1] != bytes([_ENUMERATED]) or len(known[_REASON]) != 3):
        raise ValueError("a reason that is none")
    is_unknown = any(critical and oid not in _UNDERSTOOD_IN_ENTRIES for oid, critical, _ in found)
    return is_unknown, known.get(_CERTIFICATE_ISSUER, b"")


def _directory_name(der: bytes) -> str:
    check_der(der)
    for name in x509.GeneralNames.load(der):
        if name.name == "directory_name":
            return name_key(name.chosen)
    raise ValueError("the issuer of an entry has no directory name")


def _number(der: bytes) -> int:
    tag, _, start, end = _one(der)
    if tag != _INTEGER:
        raise ValueError("a number that is none")
    return int.from_bytes(der[start:end], signed=True)


def _moment(der: bytes, value: tuple[int, int, int, int]) -> datetime:
    """Years of two digits are of 1950 to 2049 (RFC 5280, 4.1.2.5.1)."""
    tag, _, start, end = value
    if tag not in _TIME or not _TIME[tag].fullmatch(der, start, end):
        raise ValueError("a time that is not in seconds of Greenwich")
    text = der[start : end - 1].decode()
    if tag == _UTC_TIME:
        text = ("19" if text >= "50" else "20") + text
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
