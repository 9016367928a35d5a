"""Files that are either wholly there or not there at all, whatever kills the program or the power."""

import errno
import os
from pathlib import Path

_PLAIN = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file would pass the size limit",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.EIO: "the disk reports an input/output error",
    errno.ELOOP: "it is a symbolic link, which is not followed",
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.EISDIR: "it is a folder",
    errno.ENAMETOOLONG: "the name is too long for this disk",
}

_LETTERS_OF_A_PARTIAL = 50


class FileWriteError(Exception):
    """A file could not be written; what stood there before still stands.

    Attributes:
        path: the file.
        reason: a plain sentence part such as "the disk is full".
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: cannot be written: {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type["FileWriteError"], tuple[Path, str]]:
        """Pickle by its two parts, not by the sentence."""
        return type(self), (self.path, self.reason)


def plain_reason(error: OSError) -> str:
    """What went wrong on the disk, for a person who has never heard of errno."""
    return _PLAIN.get(error.errno or 0, error.strerror or "the system refused")


def write_text_atomic(path: Path, text: str) -> None:
    """Write UTF-8 text so that a reader, or a power cut, finds the old file or the new one. Line ends stay as given.

    Raises:
        FileWriteError: disk full, read-only, no permission; the old file is untouched.
    """
    write_bytes_atomic(path, text.encode())


def write_bytes_atomic(path: Path, content: bytes) -> None:
    """Write bytes to a partial file beside `path`, force them to disk, then put it in place in one step.

    A symbolic link at `path` is replaced, never followed.

    Raises:
        FileWriteError: disk full, read-only, no permission; the old file is untouched.
    """
    beginning = path.name[:_LETTERS_OF_A_PARTIAL]  # the whole of a long name and more would be too long for a disk
    partial = path.with_name(f".{beginning}.{os.getpid()}.partial")
    try:
        _write_and_sync(partial, content)
        partial.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        _forget(partial)
        raise FileWriteError(path, plain_reason(error)) from error


def _write_and_sync(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget(partial: Path) -> None:
    try:
        partial.unlink(missing_ok=True)
    except OSError:
        return  # the first error is the one to tell
