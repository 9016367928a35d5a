"""Whether bytes are well-formed ASN.1, looked at once from front to back before anything reads what they mean.

Certificates, lists of revoked certificates, time stamps and the signed attributes of a signature have to be DER, the
one form of a value (ITU-T X.690, clauses 10 and 11); the CMS around them may be BER (RFC 5652, section 2). Libraries
read lazily, take more than DER allows, and some need exponential time for lengths that nest without end; after this
they are asked only about what is in order, in a time that grows with the number of bytes and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

DEEPEST = 48
"""Levels of nesting; a time stamp with certificates within a signature has about 25."""
MOST_ELEMENTS = 100_000
"""Values in one object; a signature with a time stamp and a chain has a few hundred. Lists may be told to have more."""

_LONGEST_LENGTH = 8
_CONSTRUCTED, _FIRST_CLASS = 0x20, 0x40
_OCTETS, _SEQUENCE, _SET = 0x04, 0x30, 0x31
_UTC = re.compile(rb"\d{12}Z")
_GENERALIZED = re.compile(rb"\d{14}(\.\d*[1-9])?Z")


class EncodingError(ValueError):
    """The bytes are not in order; the message says where and why, in English."""


def check_der(content: bytes, most_elements: int = MOST_ELEMENTS, *, times: bool = True) -> None:
    """Look through the one DER value that `content` has to be.

    Lengths must be definite and of the fewest bytes, nothing may follow or be left over, what has one form only must
    have that one: truth values, whole numbers, bits, object identifiers, strings in one piece, sets in order, and times
    in seconds, or decimals of them, of Greenwich.

    Args:
        content: the bytes.
        most_elements: how many values there may be within.
        times: False leaves the form of times to whoever reads them.

    Raises:
        EncodingError: not DER, or nested too deeply, or of too many parts.
    """
    _check_there(content)
    at, left = 0, most_elements
    ends = [len(content)]
    sets: list[list[int] | None] = [None]  # where the members start, for each open value that is a set
    while True:
        while at == ends[-1]:
            starts = sets.pop()
            if starts:
                _check_order(content, starts, at)
            ends.pop()
            if len(ends) <= 1:
                _check_end(content, at)
                return
        left -= 1
        if left < 0:
            raise EncodingError(f"more than {most_elements} values")
        members = sets[-1]
        if members is not None:
            members.append(at)
        tag = content[at]
        start, length = _head(content, at, ends[-1])
        if tag & _CONSTRUCTED:
            _check_constructed(tag, at, len(ends))
            ends.append(start + length)
            sets.append([] if tag == _SET else None)
            at = start
        else:
            if tag < _FIRST_CLASS:
                _check_primitive(content, tag, start, length, times)
            at = start + length
            if len(ends) == 1:
                _check_end(content, at)
                return


def is_der(content: bytes) -> bool:
    """Returns whether `check_der` finds nothing."""
    try:
        check_der(content)
    except EncodingError:
        return False
    return True


def values(content: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Yields tag, start, start of the content and end of each value that stands side by side from `start` to `end`.

    Raises:
        EncodingError: one of them does not end before `end`.
    """
    at = start
    while at < end:
        inner, length = _head(content, at, end)
        yield content[at], at, inner, inner + length
        at = inner + length


class _Open:
    """A constructed value that is being read: its identifier, where it ends (-1: where it says so), what it has so far.

    Attributes:
        in_pieces: an octet string; `inner` if it is itself a piece of one.
    """

    def __init__(self, identifier: bytes, end: int, parent: _Open | None) -> None:
        tag = identifier[0] & ~_CONSTRUCTED if identifier else 0
        self.end = end
        self.limit: int = end if end >= 0 or parent is None else parent.limit
        self.in_pieces = tag == _OCTETS
        self.parts: list[bytes] = []
        self._inner = parent is not None and parent.in_pieces
        self._identifier = bytes([_OCTETS]) if self.in_pieces else identifier

    def add(self, identifier: bytes, value: bytes) -> None:
        """Append a primitive value."""
        if self.in_pieces and identifier != bytes([_OCTETS]):
            raise EncodingError("a piece of another type in an octet string")
        self.parts.append(value if self.in_pieces else identifier + _length(len(value)) + value)

    def closed(self) -> bytes:
        """Returns the whole value, only the content where it is a piece."""
        content = b"".join(self.parts)
        return content if self._inner else self._identifier + _length(len(content)) + content


def der_of(content: bytes, most_elements: int = MOST_ELEMENTS) -> bytes:
    """Returns one BER value with the lengths of DER: definite, of the fewest bytes, octet strings in one piece.

    The order of sets and the inside of primitive values stay as they are; `check_der` of the parts that have to be DER
    sees to them.

    Raises:
        EncodingError: not BER, or nested too deeply, or of too many parts.
    """
    der, end = _converted(content, 0, most_elements)
    _check_end(content, end)
    return der


def end_of(content: bytes, at: int, most_elements: int = MOST_ELEMENTS) -> int:
    """Returns where the DER or BER value that begins at byte `at` ends.

    Raises:
        EncodingError: no value that ends begins there.
    """
    _check_there(content[at : at + 1])
    start, length = _head(content, at, len(content), definite=False)
    return start + length if length >= 0 else _converted(content, at, most_elements)[1]


def _converted(content: bytes, first: int, most_elements: int) -> tuple[bytes, int]:
    """Returns the value at byte `first` in DER, and where it ends."""
    _check_there(content)
    at, left = first, most_elements
    opened = [_Open(b"", len(content), None)]
    while at == first or len(opened) > 1:
        inner = opened[-1]
        ends_here = inner.end < 0 and content[at : at + 2] == b"\0\0" and at + 2 <= inner.limit
        if at == inner.end or ends_here:
            at += 2 if ends_here else 0
            opened.pop()
            opened[-1].parts.append(inner.closed())
            continue
        left -= 1
        if left < 0:
            raise EncodingError(f"more than {most_elements} values")
        start, length = _head(content, at, inner.limit, definite=False)
        identifier = _identifier(content, at)
        if identifier[0] & _CONSTRUCTED:
            _check_depth(len(opened))
            if inner.in_pieces and identifier[0] != _OCTETS | _CONSTRUCTED:
                raise EncodingError(f"a piece of another type in an octet string at byte {at}")
            opened.append(_Open(identifier, start + length if length >= 0 else -1, inner))
            at = start
        else:
            if length < 0:
                raise EncodingError(f"a length without end of a value in one piece at byte {at}")
            inner.add(identifier, content[start : start + length])
            at = start + length
    return opened[0].parts[0], at


def _head(content: bytes, at: int, limit: int, *, definite: bool = True) -> tuple[int, int]:
    """Returns where the content of the value at `at` starts and its length, -1 if it is told by its end (BER only)."""
    try:
        first = content[at]
        at += 1
        if first & 0x1F == 0x1F:
            at = _after_long_tag(content, at)
        elif first == 0:
            raise EncodingError(f"an end without a beginning at byte {at - 1}")
        length = content[at]
        at += 1
        if length >= 0x80:
            at, length = _long_length(content, at, length & 0x7F, definite)
    except IndexError:
        raise EncodingError("it ends too early") from None
    if at + length > limit:
        raise EncodingError(f"a value that is longer than what it is in, at byte {at}")
    return at, length


def _long_length(content: bytes, at: int, count: int, definite: bool) -> tuple[int, int]:
    if count == 0 and not definite:
        return at, -1
    if not 0 < count <= _LONGEST_LENGTH:
        raise EncodingError(f"a length without end at byte {at - 1}" if count == 0 else f"a huge length at byte {at}")
    length = int.from_bytes(content[at : at + count])
    if definite and (content[at] == 0 or length < 0x80):
        raise EncodingError(f"a length in more bytes than it needs at byte {at}")
    return at + count, length


def _after_long_tag(content: bytes, at: int) -> int:
    first, number = at, 0
    while True:
        number = number << 7 | content[at] & 0x7F
        at += 1
        if not content[at - 1] & 0x80:
            break
        if at - first == 4:
            raise EncodingError(f"a tag of too many bytes at byte {first}")
    if number < 31 or content[first] == 0x80:
        raise EncodingError(f"a tag in more bytes than it needs at byte {first}")
    return at


def _check_there(content: bytes) -> None:
    if not content:
        raise EncodingError("nothing in it")


def _check_end(content: bytes, at: int) -> None:
    if at != len(content):
        raise EncodingError(f"{len(content) - at} bytes after the end, from byte {at}")


def _check_depth(levels: int) -> None:
    if levels > DEEPEST:
        raise EncodingError(f"more than {DEEPEST} levels")


def _check_constructed(tag: int, at: int, levels: int) -> None:
    _check_depth(levels)
    if tag < _FIRST_CLASS and tag not in (_SEQUENCE, _SET):
        raise EncodingError(f"a value of type {tag & 0x1F} in pieces at byte {at}")


def _check_order(content: bytes, starts: list[int], end: int) -> None:
    """A set has its members in the order of their bytes (X.690, 11.6)."""
    edges = [*starts, end]
    previous = b""
    for start, stop in pairwise(edges):
        member = content[start:stop]
        if member < previous:
            raise EncodingError(f"a set that is not in order at byte {start}")
        previous = member


def _check_primitive(content: bytes, tag: int, start: int, length: int, times: bool) -> None:
    match tag:
        case 2 | 10:
            _check_number(content, start, length)
        case 6:
            _check_oid(content[start : start + length], start)
        case 1:
            if content[start : start + length] not in (b"\x00", b"\xff"):
                raise EncodingError(f"a truth value that is not one byte of zeros or ones at byte {start}")
        case 3:
            _check_bits(content, start, length)
        case 5 if length:
            raise EncodingError(f"a null with content at byte {start}")
        case 16 | 17:
            raise EncodingError(f"a sequence or set that is not of parts at byte {start}")
        case 23 | 24 if times:
            _check_time(content, tag, start, length)


def _check_time(content: bytes, tag: int, start: int, length: int) -> None:
    if not (_UTC if tag == 23 else _GENERALIZED).fullmatch(content, start, start + length):
        raise EncodingError(f"a time that is not in seconds of Greenwich at byte {start}")


def _check_number(content: bytes, start: int, length: int) -> None:
    if not length or (length > 1 and (content[start], content[start + 1] >> 7) in ((0, 0), (0xFF, 1))):
        raise EncodingError(f"a number in more or fewer bytes than it needs at byte {start}")


def _check_oid(value: bytes, start: int) -> None:
    if not value or value[-1] & 0x80 or len(value) > 64:
        raise EncodingError(f"an object identifier that does not end at byte {start}")
    if value[0] == 0x80 or any(value[at] == 0x80 and not value[at - 1] & 0x80 for at in range(1, len(value))):
        raise EncodingError(f"an object identifier in more bytes than it needs at byte {start}")


def _check_bits(content: bytes, start: int, length: int) -> None:
    unused = content[start] if length else 8
    if unused > 7 or (length == 1 and unused) or content[start + length - 1] & ((1 << unused) - 1):
        raise EncodingError(f"bits whose rest is not zero at byte {start}")


def _identifier(content: bytes, at: int) -> bytes:
    end = at + 1
    if content[at] & 0x1F == 0x1F:
        end = _after_long_tag(content, end)
    return content[at:end]


def _length(length: int) -> bytes:
    if length < 0x80:
        return bytes([length])
    count = (length.bit_length() + 7) // 8
    return bytes([0x80 | count]) + length.to_bytes(count)


def content_of(value: bytes) -> bytes:
    """Returns the content of one DER value that has been checked, without its tag and length."""
    return value[_head(value, 0, len(value))[0] :]


def members(value: bytes) -> list[bytes]:
    """Returns the values within a constructed DER value that has been checked, each whole."""
    found = []
    at, end = _head(value, 0, len(value))[0], len(value)
    while at < end:
        start, length = _head(value, at, end)
        found.append(value[at : start + length])
        at = start + length
    return found


class Fields:
    """The fields of a sequence in DER that has been checked, taken one after the other by their tags."""

    def __init__(self, value: bytes, what: str, tag: int = _SEQUENCE) -> None:
        """Raises EncodingError if `value` is not of this tag; `what` is its name in messages."""
        if value[0] != tag:
            raise EncodingError(f"{what} is of another type")
        self._what = what
        self._left = members(value)[::-1]

    def take(self, tag: int) -> bytes:
        """Returns the next field, which has to be of this tag, whole."""
        found = self.take_if(tag)
        if found is None:
            raise EncodingError(f"a field of {self._what} is missing or of another type")
        return found

    def take_if(self, tag: int) -> bytes | None:
        """Returns the next field if it is of this tag."""
        return self._left.pop() if self._left and self._left[-1][0] == tag else None

    def end(self) -> None:
        """Raises EncodingError if anything is left."""
        if self._left:
            raise EncodingError(f"{self._what} has a field too many, or in the wrong place")
