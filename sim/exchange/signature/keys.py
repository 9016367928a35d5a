"""RSA keys of simulated holders: made when first needed, kept for the user, and good for nothing but simulation.

A key cannot be made from a seed, so no verdict, size or time may depend on which key a holder has; that a holder keeps
it from run to run only saves the tens of milliseconds that making one takes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sim.engine.code_cache import user_cache

MARK = "SIMULATION ONLY"
KEY_BITS = 2048
"""Circular 16/2019 of the Ministry of Information and Communications asks for RSA of at least 2048 bits."""
FEWEST_FOR_A_POOL = 32
_EXPONENT = 65537


def default_folder() -> Path:
    """Where this user's simulated keys are kept."""
    return user_cache() / "lienthong" / "simulation_keys"


class Keys:
    """Private keys by the stable name of their holder; two names never share one.

    The files are readable by the user alone. Where the folder cannot be used, keys live as long as the object.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or default_folder()
        self._held: dict[str, rsa.RSAPrivateKey] = {}

    def key(self, holder: str, bits: int = KEY_BITS) -> rsa.RSAPrivateKey:
        """Returns the holder's key, made now if there is none."""
        name = holder if bits == KEY_BITS else f"{holder} {bits}"
        if name not in self._held:
            self._held[name] = _read(self._path(name)) or self._made(name, bits)
        return self._held[name]

    def prepare(self, holders: Iterable[str], workers: int = 1) -> None:
        """Make what is missing of many keys, in `workers` processes if that pays."""
        missing = [name for name in dict.fromkeys(holders) if name not in self._held and not self._path(name).exists()]
        if workers < 2 or len(missing) < FEWEST_FOR_A_POOL:
            for name in missing:
                self.key(name)
            return
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for name, pem in zip(missing, pool.map(_new_pem, missing, chunksize=8), strict=True):
                self._held[name] = self._kept(name, pem)

    def _path(self, name: str) -> Path:
        return self._folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.pem"

    def _made(self, name: str, bits: int) -> rsa.RSAPrivateKey:
        return self._kept(name, _new_pem(name, bits))

    def _kept(self, name: str, pem: bytes) -> rsa.RSAPrivateKey:
        """Returns the key that stands in the folder afterwards: another process may have been first."""
        path = self._path(name)
        partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(pem)
            if _read(path) is None:
                path.unlink(missing_ok=True)
            with suppress(FileExistsError):
                os.link(partial, path)
            partial.unlink()
        except OSError:
            return _key_of(pem)
        return _read(path) or _key_of(pem)


def _new_pem(name: str, bits: int = KEY_BITS) -> bytes:
    key = rsa.generate_private_key(_EXPONENT, bits)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return f"{MARK}: a key of lienthong's simulated holder {name!a}; it protects nothing\n".encode() + pem


def _key_of(pem: bytes) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True)  # our own file
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("not an RSA key")
    return key


def _read(path: Path) -> rsa.RSAPrivateKey | None:
    """Returns None for what is not there or is no marked key of this user alone."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            state = os.fstat(file.fileno())
            if state.st_uid != os.getuid() or state.st_mode & 0o077:
                return None
            pem = file.read(65536)
        return _key_of(pem) if pem.startswith(MARK.encode()) else None
    except (OSError, ValueError, TypeError):
        return None
