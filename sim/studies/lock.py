"""One writer to a run folder: a lock the operating system drops when its process dies, so none is ever left behind."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from sim.results.atomic_files import FileWriteError, plain_reason

LOCK_FILE = ".lock"


class FolderBusyError(Exception):
    """Another process is writing in the folder.

    Attributes:
        path: the folder.
        holder: the other process's number, or an empty text when it cannot be read.
    """

    def __init__(self, path: Path, holder: str) -> None:
        other = f" (process {holder})" if holder else ""
        super().__init__(f"{path}: another run{other} is writing in this folder; wait for it, or stop it")
        self.path = path
        self.holder = holder


class FolderLock:
    """The sole right to write in a folder, held until `release` or the end of the process.

    Raises:
        FolderBusyError: another process holds it; told at once, without waiting.
        FileWriteError: the lock file cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / LOCK_FILE
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise FileWriteError(path, plain_reason(error)) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)
        except BlockingIOError as error:
            holder = os.pread(self._descriptor, 20, 0).decode("ascii", "replace").strip()
            os.close(self._descriptor)
            raise FolderBusyError(folder, holder if holder.isdigit() else "") from error
        except OSError as error:
            os.close(self._descriptor)
            raise FileWriteError(path, plain_reason(error)) from error

    def release(self) -> None:
        """Give the folder free; the empty lock file stays, for removing it would let two in at once."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
