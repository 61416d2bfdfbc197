"""The only place that hashes: identities of findings and keys of the cache."""

from __future__ import annotations

try:
    # hashlib loads OpenSSL first, which costs more than everything that is hashed here.
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - an interpreter without the module
    from hashlib import blake2b


def digest(*parts: bytes, size: int = 16) -> str:
    """Return the BLAKE2b digest of some bytes in hexadecimal, `size` bytes long (RFC 7693)."""
    state = blake2b(digest_size=size)
    for part in parts:
        state.update(part)
    return str(state.hexdigest())
