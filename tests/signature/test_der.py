"""What is well-formed is told from what is not, at once, whatever the bytes."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from asn1crypto import core
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.exchange.signature.der import DEEPEST, EncodingError, check_der, der_of, is_der

GOOD = ["0500", "0101ff", "010100", "020100", "02020080", "0201ff", "030100", "030204f0", "0c02c3a1", "3000"]
GOOD += ["3106020101020102", "06032a0304", "a003020105", "8001ff", "9f1f0101", "048180" + "00" * 128]
GOOD += ["170d3138303631353033303030305a", "180f32303530303631353033303030305a"]
BAD = {
    "a length without end": "30800000",
    "in more bytes than it needs": "30820003020105",
    "bytes after the end": "05000500",
    "ends too early": "3082",
    "longer than what it is in": "3003020205",
    "in pieces": "2403040101",
    "truth value": "010101",
    "more or fewer bytes": "02020001",
    "rest is not zero": "030204ff",
    "null with content": "050100",
    "object identifier in more": "06032a8001",
    "does not end": "06022a83",
    "not in order": "3106020102020101",
    "not of parts": "100100",
    "seconds of Greenwich": "170b313830363135303330305a",
    "end without a beginning": "30020000",
    "huge length": "3089" + "01" * 9,
    "tag of too many bytes": "1f8181818181010100",
    "nothing": "",
}


@pytest.mark.parametrize("text", GOOD)
def test_what_is_der(text: str) -> None:
    check_der(bytes.fromhex(text))
    assert der_of(bytes.fromhex(text)) == bytes.fromhex(text)


@pytest.mark.parametrize("words", BAD)
def test_what_is_not_says_why(words: str) -> None:
    with pytest.raises(EncodingError, match=words):
        check_der(bytes.fromhex(BAD[words]))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (23, "180615030000+0700"),
        (23, "1806150300Z"),
        (23, "180615030000"),
        (24, "20180615030000"),
        (24, "20180615030000+0700"),
        (24, "20180615030000.50Z"),
        (24, "20180615030000,5Z"),
        (24, "2018061503Z"),
    ],
)
def test_times_without_zone_or_with_another(kind: int, text: str) -> None:
    value = bytes([kind, len(text)]) + text.encode()
    assert not is_der(value)
    check_der(value, times=False)
    assert is_der(b"\x18\x1120180615030000.5Z")


@pytest.mark.parametrize(
    ("ber", "der"),
    [
        ("30800201050000", "3003020105"),
        ("3081030201 05", "3003020105"),
        ("a080 2480 040101 040102 0000 0000", "a004 04020102"),
        ("24 80 24 03 040101 040102 0000", "04 02 0102"),
        ("30 80 30 80 0000 0500 0000", "3004 3000 0500"),
        ("0484 00000001 07", "040107"),
    ],
)
def test_ber_becomes_der(ber: str, der: str) -> None:
    assert der_of(bytes.fromhex(ber)) == bytes.fromhex(der)
    assert is_der(bytes.fromhex(der))


@pytest.mark.parametrize("text", ["3080 0500", "3080", "0480 0000", "2480 0500 0000", "3003 3080 00 00", "30800000 00"])
def test_broken_ber_is_refused(text: str) -> None:
    with pytest.raises(EncodingError):
        der_of(bytes.fromhex(text))


@pytest.mark.parametrize("piece", [b"\x30\x80", b"\xa0\x80", b"\x24\x80", b"\x30\x84\x00\x00\x00\x00", b"\x05\x00"])
@pytest.mark.parametrize("read", [check_der, der_of])
def test_a_megabyte_of_nests_or_crumbs_is_answered_at_once(piece: bytes, read: Callable[[bytes], object]) -> None:
    """A library took minutes for 7.5 kB of lengths that end in 0x80."""
    content = piece * (2**20 // len(piece))
    whole = b"\x30\x84" + len(content).to_bytes(4) + content
    begun = time.process_time()
    for case in (content, whole, content + b"\x00" * len(content)):
        with pytest.raises(EncodingError):
            read(case)
    assert time.process_time() - begun < 2


def test_depth_is_bounded_in_either_way() -> None:
    deep = b"\x05\x00"
    for _ in range(DEEPEST):
        deep = b"\x30" + bytes([len(deep)]) + deep
    check_der(deep)
    assert der_of(deep) == deep
    for read in (check_der, der_of):
        with pytest.raises(EncodingError, match="levels"):
            read(b"\x30" + bytes([len(deep)]) + deep)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.recursive(st.binary(max_size=9) | st.integers(), lambda inner: st.lists(inner, max_size=4), max_leaves=20))
def test_what_a_library_writes_is_der_and_comes_back_from_ber(value: object) -> None:
    check_der(written(value))
    assert der_of(loose(value)) == written(value)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.binary(max_size=60))
def test_any_bytes_are_answered(content: bytes) -> None:
    if is_der(content):
        assert der_of(content) == content
        assert core.Any.load(content, strict=True).dump() == content


def written(value: object) -> bytes:
    if isinstance(value, list):
        kind = core.Sequence(contents=b"".join(map(written, value)))
    else:
        kind = core.OctetString(value) if isinstance(value, bytes) else core.Integer(value)
    der: bytes = kind.dump()
    return der


def loose(value: object) -> bytes:
    """The same in BER: lengths told by their end, octet strings byte by byte."""
    if isinstance(value, list):
        return b"\x30\x80" + b"".join(map(loose, value)) + b"\0\0"
    if isinstance(value, bytes):
        return b"\x24\x80" + b"".join(b"\x04\x81\x01" + bytes([one]) for one in value) + b"\0\0"
    return written(value)
