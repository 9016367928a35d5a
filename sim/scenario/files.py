"""Finding and reading a text file that somebody else wrote, without hanging, flooding memory or guessing."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path

from sim.results.words import NOTHING, Words
from sim.scenario.errors import ScenarioError, ScenarioErrors, printable, shown

TOML_LIMIT_BYTES = 1 << 20
CSV_LIMIT_BYTES = 8 << 20
LONGEST_NAME_BYTES = 255
"""Bytes of one name on the usual disks of Linux, macOS and Windows (NAME_MAX)."""
_LONGEST_PATH_BYTES = 4095

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


def as_on_disk(path: Path) -> Path:
    """Returns a path with each part spelled as the disk spells it; one that is not there comes back as it is.

    A Vietnamese letter is one character or a letter and its marks (Unicode forms NFC and NFD, UAX 15). They look the
    same, yet a Linux disk takes them for two names: a file copied from a Mac is there and not found.

    Raises:
        ScenarioErrors: a name is longer than a disk takes, or two names in one folder look like this one.
    """
    refuse_long_names(path)
    if os.path.lexists(path):
        return path
    found = Path(path.anchor)
    for part in path.relative_to(path.anchor).parts:
        found /= part if part == ".." or os.path.lexists(found / part) else _alike(found, part)
    return found if os.path.lexists(found) else path


def refuse_long_names(path: Path) -> None:
    """Raises ScenarioErrors when a part of a path is longer than a disk takes; says how long, in letters and bytes."""
    for part in path.parts:
        taken = len(os.fsencode(part))
        if taken > LONGEST_NAME_BYTES:
            letters, most = len(part), LONGEST_NAME_BYTES
            reason = Words(
                f"tên dài {letters} chữ, {taken} byte; ổ đĩa nhận nhiều nhất {most} byte (chữ có dấu chiếm 2 hoặc 3)",
                f"the name has {letters} letters, {taken} bytes; a disk takes {most} bytes (a letter with marks is"
                " 2 or 3)",
            )
            raise refusal("E-FILE-008", shown(part), reason, Words("chọn tên ngắn hơn", "choose a shorter one"))
    if len(os.fsencode(path)) > _LONGEST_PATH_BYTES:
        most = _LONGEST_PATH_BYTES
        reason = Words(f"đường dẫn dài hơn {most} byte", f"the path is longer than {most} bytes")
        raise refusal("E-FILE-008", shown(path), reason, Words("chọn đường dẫn ngắn hơn", "choose a shorter one"))


def _alike(folder: Path, part: str) -> str:
    wanted = unicodedata.normalize("NFC", part)
    try:
        names = [name for name in os.listdir(folder) if unicodedata.normalize("NFC", name) == wanted]  # noqa: PTH208
    except (OSError, ValueError):
        return part
    if len(names) > 1:
        many = len(names)
        reason = Words(
            f"trong thư mục này có {many} tên nhìn như nhau nhưng ghi bằng mã Unicode khác nhau",
            f"{many} names in this folder look like this one and differ only in how Unicode spells them",
        )
        repair = Words("đổi tên để chỉ còn một", "rename them so that one is left")
        raise refusal("E-FILE-007", printable(str(folder / part)), reason, repair)
    return names[0] if names else part


def read_text(path: Path, shown_as: str, limit_bytes: int) -> str:
    """Returns the text of a regular UTF-8 file; a byte-order mark at its start is dropped.

    Raises:
        ScenarioErrors: absent, not a regular file, larger than `limit_bytes`, or not UTF-8 text.
    """
    data = read_bytes(path, shown_as, limit_bytes)
    if data.startswith(_UTF16_BOMS):
        raise refusal("E-FILE-004", shown_as, Words("tệp ghi bằng UTF-16", "the file is UTF-16"), _SAVE_AS_UTF8)
    return _utf8(data, shown_as, _SAVE_AS_UTF8)


def read_table_text(path: Path, shown_as: str) -> tuple[str, bool]:
    """Returns the text of a CSV file in UTF-8, or in UTF-16 with its mark, and whether it was UTF-16.

    Raises:
        ScenarioErrors: absent, not a regular file, larger than `CSV_LIMIT_BYTES`, no text, or text in a code page,
            which does not say which letters its bytes are.
    """
    data = read_bytes(path, shown_as, CSV_LIMIT_BYTES)
    for mark, kind in _NO_TEXT.items():
        if data.startswith(mark):
            raise refusal("E-FILE-004", f"{shown_as}:1", *kind)
    if data.startswith(_UTF16_BOMS):
        try:
            return data.decode("utf-16"), True
        except UnicodeDecodeError as error:
            reason = Words("tệp UTF-16 bị hỏng hoặc bị cắt", "the file is damaged or cut UTF-16")
            raise refusal("E-FILE-004", _at(shown_as, data, error.start), reason, _SAVE_AS_CSV_UTF8) from None
    return _utf8(data, shown_as, _SAVE_AS_CSV_UTF8, _code_page), False


def _code_page(data: bytes) -> Words:
    """Why a table that is not UTF-8 is not read: which code page its letters are in, as far as its bytes tell."""
    letters = bytes(byte for byte in data if byte >= 0x80)
    if letters.decode("utf-8", "ignore"):
        return Words("tệp UTF-8 bị hỏng hoặc lẫn bảng mã khác", "the file is damaged UTF-8, or mixed with a code page")
    page = "Windows-1258" if any(byte in letters for byte in _TONES_1258) else "Windows-1258 / 1252"
    return Words(
        f"tệp ghi bằng bảng mã {page}, không phải UTF-8: không chắc đọc đúng chữ Việt",
        f"the file is in a code page ({page}), not UTF-8: its Vietnamese letters cannot be told for certain",
    )


def _not_utf8(_: bytes) -> Words:
    return Words("tệp không phải UTF-8", "the file is not UTF-8 text")


def _utf8(data: bytes, shown_as: str, repair: Words, reason_of: Callable[[bytes], Words] = _not_utf8) -> str:
    data = data.removeprefix(_UTF8_BOM)
    if b"\x00" in data:
        reason = Words("tệp có byte 0: không phải văn bản UTF-8", "the file has NUL bytes: it is not UTF-8 text")
        raise refusal("E-FILE-004", _at(shown_as, data, data.index(b"\x00")), reason, repair)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refusal("E-FILE-004", _at(shown_as, data, error.start), reason_of(data), repair) from None


_SAVE_AS_UTF8 = Words("lưu lại với mã UTF-8", "save it as UTF-8")
_SAVE_AS_CSV_UTF8 = Words(
    "trong Excel: Lưu thành, CSV UTF-8; hoặc dùng thẳng tệp .xlsx",
    "in Excel: Save As, CSV UTF-8 (Comma delimited); or name the .xlsx itself",
)
_NO_TEXT = {
    b"PK\x03\x04": (
        Words("tệp là sổ tính Excel, không phải CSV", "the file is an Excel workbook, not CSV"),
        Words("đổi tên thành .xlsx", "give it a name that ends in .xlsx"),
    ),
    b"\xd0\xcf\x11\xe0": (
        Words("tệp là sổ tính Excel đời cũ (.xls)", "the file is an old Excel workbook (.xls)"),
        Words("lưu lại thành .xlsx", "save it as .xlsx"),
    ),
    b"\xff\xfe\x00\x00": (Words("tệp ghi bằng UTF-32", "the file is UTF-32"), _SAVE_AS_CSV_UTF8),
}
_TONES_1258 = b"\xcc\xd2\xde\xec\xf2"
"""Bytes of the five tone marks that Windows-1258 writes behind a letter."""


def _at(shown_as: str, data: bytes, offset: int) -> str:
    line = data.count(b"\n", 0, offset) + 1
    return f"{shown_as}:{line}"


def refusal(code: str, place: str, reason: Words, repair: Words = NOTHING) -> ScenarioErrors:
    """Returns what a file is refused with."""
    return ScenarioErrors([ScenarioError(code, place, "", reason, repair)])


def read_bytes(path: Path, shown_as: str, limit_bytes: int) -> bytes:
    """Returns the bytes of a regular file.

    Raises:
        ScenarioErrors: absent, not a regular file, or larger than `limit_bytes`.
    """
    try:
        # Without O_NONBLOCK opening a FIFO would wait for a writer for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        raise refusal("E-FILE-001", shown_as, Words("không có tệp này", "no such file")) from None
    except (OSError, ValueError) as error:
        reason = Words(f"không mở được tệp: {error}", f"the file cannot be opened: {error}")
        raise refusal("E-FILE-005", shown_as, reason) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        reason = Words("không phải tệp thường", "not a regular file (a directory, pipe or device)")
        raise refusal("E-FILE-002", shown_as, reason)
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(limit_bytes + 1)
    if len(data) > limit_bytes:
        size = f"{limit_bytes // (1 << 20)} MiB"
        raise refusal("E-FILE-003", shown_as, Words(f"tệp lớn hơn {size}", f"the file is larger than {size}"))
    return data
