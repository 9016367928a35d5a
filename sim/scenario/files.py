"""Reading a text file that somebody else wrote, without hanging, flooding memory or guessing its encoding."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sim.results.words import NOTHING, Words
from sim.scenario.errors import ScenarioError, ScenarioErrors

TOML_LIMIT_BYTES = 1 << 20
CSV_LIMIT_BYTES = 8 << 20

_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path, shown_as: str, limit_bytes: int) -> str:
    """Returns the text of a regular UTF-8 file; a byte-order mark at its start is dropped.

    Raises:
        ScenarioErrors: absent, not a regular file, larger than `limit_bytes`, or not UTF-8 text.
    """
    data = _read_bytes(path, shown_as, limit_bytes)
    if data.startswith(_UTF16_BOMS):
        raise _refusal("E-FILE-004", shown_as, Words("tệp ghi bằng UTF-16", "the file is UTF-16"), _SAVE_AS_UTF8)
    data = data.removeprefix(_UTF8_BOM)
    if b"\x00" in data:
        reason = Words("tệp có byte 0: không phải văn bản UTF-8", "the file has NUL bytes: it is not UTF-8 text")
        raise _refusal("E-FILE-004", _at(shown_as, data, data.index(b"\x00")), reason, _SAVE_AS_UTF8)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = Words("tệp không phải UTF-8", "the file is not UTF-8 text")
        raise _refusal("E-FILE-004", _at(shown_as, data, error.start), reason, _SAVE_AS_UTF8) from None


_SAVE_AS_UTF8 = Words("lưu lại với mã UTF-8", "save it as UTF-8")


def _at(shown_as: str, data: bytes, offset: int) -> str:
    line = data.count(b"\n", 0, offset) + 1
    return f"{shown_as}:{line}"


def _refusal(code: str, place: str, reason: Words, repair: Words = NOTHING) -> ScenarioErrors:
    return ScenarioErrors([ScenarioError(code, place, "", reason, repair)])


def _read_bytes(path: Path, shown_as: str, limit_bytes: int) -> bytes:
    try:
        # Without O_NONBLOCK opening a FIFO would wait for a writer for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        raise _refusal("E-FILE-001", shown_as, Words("không có tệp này", "no such file")) from None
    except (OSError, ValueError) as error:
        reason = Words(f"không mở được tệp: {error}", f"the file cannot be opened: {error}")
        raise _refusal("E-FILE-005", shown_as, reason) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        reason = Words("không phải tệp thường", "not a regular file (a directory, pipe or device)")
        raise _refusal("E-FILE-002", shown_as, reason)
    with os.fdopen(descriptor, "rb") as file:
        data = file.read(limit_bytes + 1)
    if len(data) > limit_bytes:
        size = f"{limit_bytes // (1 << 20)} MiB"
        raise _refusal("E-FILE-003", shown_as, Words(f"tệp lớn hơn {size}", f"the file is larger than {size}"))
    return data
