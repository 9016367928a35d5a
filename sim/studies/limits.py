"""Limits of the machine that a program can only meet, not mend: open files, memory, processes."""

from __future__ import annotations

import errno
import resource

from sim.results.words import Words

_NO_MEMORY = Words(
    "không đủ bộ nhớ; đóng chương trình khác, bỏ giới hạn (ulimit -v unlimited) hoặc bớt tiến trình (--workers 1), rồi"
    " chạy lại cùng lệnh: phần đã xong được giữ",
    "there is not enough memory; close other programs, lift the limit (ulimit -v unlimited) or use fewer processes"
    " (--workers 1), then type the same command: what is finished is kept",
)
_NO_PROCESSES = Words(
    "hệ thống không cho mở thêm tiến trình hay luồng; nâng giới hạn (ulimit -u) hoặc bớt tiến trình (--workers 1), rồi"
    " chạy lại cùng lệnh",
    "the system allows no further process or thread; raise the limit (ulimit -u) or use fewer processes (--workers 1),"
    " then type the same command",
)
_OF_MEMORY = ("failed to map segment", "cannot allocate memory", "unable to allocate")
_OF_PROCESSES = ("can't start new thread",)


def limit_words(error: BaseException) -> Words | None:
    """Which limit an error tells of and how to lift it; None when it is another error."""
    number = error.errno if isinstance(error, OSError) else None
    text = str(error).lower()
    if number in (errno.EMFILE, errno.ENFILE):
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
        return Words(
            f"hết số tệp được mở cùng lúc (giới hạn {most}); gõ ulimit -n 1024 rồi chạy lại cùng lệnh",
            f"too many files are open at once (the limit is {most}); type ulimit -n 1024, then the same command",
        )
    if isinstance(error, MemoryError) or number == errno.ENOMEM:
        return _NO_MEMORY
    if isinstance(error, ImportError | OSError) and any(part in text for part in _OF_MEMORY):
        return _NO_MEMORY
    if isinstance(error, BlockingIOError) or (isinstance(error, RuntimeError) and text in _OF_PROCESSES):
        return _NO_PROCESSES
    return None
