"""The PEM and DER objects of a file, every one of them: what cannot be read is refused by its place, never left out.

Files of certificates and lists are joined, mailed and edited by hand. Text between the blocks, any line ends, byte
order marks, UTF-16 as PowerShell writes it, no line end at the end of a file, and DER objects one after another are
all read. A block that is cut, broken or of letters that are not base64, and bytes that are neither text nor an object,
end the reading: the one that is dropped may be the one that revokes. The form of a block is that of RFC 7468.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from sim.exchange.signature.der import EncodingError, end_of
from sim.results.words import Words

MOST_OBJECTS = 1000
"""Objects that one file may hold."""
LONGEST_LOOSE_TEXT = 160
"""Letters of base64 in a row without a BEGIN line that may still be a word; the shortest certificate has more."""

_BEGIN, _END, _DASHES = b"-----BEGIN ", b"-----END ", b"-----"
_LABEL = re.compile(rb"[A-Z0-9][A-Z0-9 ./#]{0,39}")
_BLANKS = re.compile(rb"(?:[ \t\r\n\f\v\x1a]+|\xef\xbb\xbf)*")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f]")
_BROKEN_LINE = re.compile(
    rb"--[ \t]{0,8}(?:BEGIN|END)\b|\b(?:BEGIN|END)[A-Z0-9 .]{0,40}--|^-----B(?:E(?:G(?:IN?)?)?)?\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)
_LONG_WORD = re.compile(rb"[A-Za-z0-9+/]{40}")
_LETTERS, _HEX = re.compile(rb"[A-Za-z0-9+/]+={0,2}"), re.compile(rb"[0-9A-Fa-f]+")


class UnreadableError(ValueError):
    """What is wrong with a file, with the place in it, in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


@dataclass(frozen=True)
class Armoured:
    """One object of a file.

    Attributes:
        label: of its block; empty for DER or BER.
        content: its bytes.
        where: it stands, for people.
        before: the last line of the text in front of it that is not blank; empty if there is none.
    """

    label: str
    content: bytes
    where: Words
    before: bytes = b""

    def refused(self, vi: str, en: str) -> UnreadableError:
        """Returns the error that says what is wrong with it."""
        return UnreadableError(Words(f"{self.where.vi}: {vi}", f"{self.where.en}: {en}"))


def read_objects(file: bytes) -> list[Armoured]:
    """Returns all objects of a file in order.

    Raises:
        UnreadableError: there is none, there are too many, or something in the file cannot be read.
    """
    objects = []
    for one in _objects(_eight_bit(file)):
        objects.append(one)
        if len(objects) > MOST_OBJECTS:
            raise UnreadableError(
                Words(f"có hơn {MOST_OBJECTS} đối tượng trong tệp", f"more than {MOST_OBJECTS} objects in the file")
            )
    if not objects:
        raise UnreadableError(Words("không có khối PEM hay đối tượng DER nào", "neither PEM blocks nor DER in it"))
    return objects


def _objects(text: bytes) -> Iterator[Armoured]:
    at, blocks, line, counted = 0, 0, 1, 0
    line_end = b"\n" if b"\n" in text else b"\r"
    while (at := _after_blanks(text, at)) < len(text):
        if _is_der(text, at):
            where = Words(f"đối tượng DER ở byte {at}", f"DER object at byte {at}")
            content = _der(text, at, where)
            yield Armoured("", content, where)
            at += len(content)
            continue
        begin = text.find(_BEGIN, at)
        _check_text(text, at, begin if begin >= 0 else len(text))
        if begin < 0:
            return
        blocks += 1
        line, counted = line + text.count(line_end, counted, begin), begin
        where = Words(f"khối thứ {blocks} (dòng {line})", f"block {blocks} (line {line})")
        before = (text[at:begin].strip().splitlines() or [b""])[-1]
        label, content, at = _block(text, begin, where)
        yield Armoured(label, content, where, before)


def _eight_bit(file: bytes) -> bytes:
    """PowerShell and the Notepad of old write UTF-16, two bytes a letter."""
    form = "utf-16" if file[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
    if not form and file[1:2] == b"\0" and 0 < file[0] < 0x80 and file[0] != 0x30:
        form = "utf-16-le"
    if not form:
        return file
    try:
        return file.decode(form).encode()
    except UnicodeError as error:
        raise UnreadableError(Words("tệp UTF-16 bị hỏng", "damaged UTF-16")) from error


def _after_blanks(text: bytes, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _is_der(text: bytes, at: int) -> bool:
    """A sequence with a length of its own bytes, as everything here has that is longer than 127 bytes; never text."""
    return text[at] == 0x30 and at + 1 < len(text) and 0x80 <= text[at + 1] <= 0x88


def _der(text: bytes, at: int, where: Words) -> bytes:
    try:
        return text[at : end_of(text, at)]
    except EncodingError as error:
        raise UnreadableError(
            Words(f"{where.vi}: bị hỏng hoặc bị cắt", f"{where.en}: damaged or cut ({error})")
        ) from error


def _check_text(text: bytes, at: int, end: int) -> None:
    """What stands between objects must be text for people, with no trace of an object in it."""
    gap = text[at:end]
    if _BINARY.search(gap):
        raise UnreadableError(
            Words(
                f"từ byte {at}: dữ liệu không phải PEM, không phải DER cũng không phải chữ",
                f"from byte {at}: bytes that are neither PEM nor DER nor text",
            )
        )
    broken = _BROKEN_LINE.search(gap)
    if broken is not None or _has_loose_block(gap):
        line = text.count(b"\n", 0, at + (broken.start() if broken else 0)) + 1
        raise UnreadableError(
            Words(
                f"từ dòng {line}: có khối PEM mà dòng BEGIN hoặc END bị hỏng",
                f"from line {line}: a PEM block whose BEGIN or END line is broken",
            )
        )


def _has_loose_block(gap: bytes) -> bool:
    if not _LONG_WORD.search(gap):
        return False
    row = 0
    for line in gap.splitlines():
        letters = b"".join(line.split())
        is_row = _LETTERS.fullmatch(letters) and not _HEX.fullmatch(letters)
        row = row + len(letters) if is_row and (row or _LONG_WORD.search(line)) else 0
        if row > LONGEST_LOOSE_TEXT:
            return True
    return False


def _block(text: bytes, begin: int, where: Words) -> tuple[str, bytes, int]:
    """Returns label, content and where the block ends."""

    def refused(vi: str, en: str) -> UnreadableError:
        return UnreadableError(Words(f"{where.vi}: {vi}", f"{where.en}: {en}"))

    named = text.find(_DASHES, begin + len(_BEGIN))
    label = text[begin + len(_BEGIN) : named] if named >= 0 else b""
    if not _LABEL.fullmatch(label):
        raise refused("dòng BEGIN bị hỏng", "its BEGIN line is broken")
    start = named + len(_DASHES)
    end = text.find(_END, start)
    if end < 0 or text.find(_BEGIN, start, end) >= 0:
        raise refused("có dòng BEGIN mà không có dòng END", "it has a BEGIN line and no END line")
    closing = _END + label + _DASHES
    if not text.startswith(closing, end):
        raise refused("dòng END không khớp với dòng BEGIN", "its END line does not fit its BEGIN line")
    content = _decoded(text[start:end])
    if not content:
        raise refused("nội dung không phải base64 đúng", "its content is not base64")
    return label.decode(), content, end + len(closing)


def _decoded(body: bytes) -> bytes:
    """Returns what the base64 says, nothing if it is none; lines such as `Comment: ...` may stand above a blank one."""
    if b":" in body:
        lines = body.splitlines()
        blank = next((place for place, line in enumerate(lines) if place and not line.strip()), len(lines))
        body = b"\n".join(lines[blank:])
    letters = b"".join(body.split())
    try:
        content = base64.b64decode(letters, validate=True)
    except binascii.Error:
        return b""
    return content if base64.b64encode(content) == letters else b""  # bits too many in the last letter
