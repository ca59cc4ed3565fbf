"""Ogg streams with a serial number that is chosen, where encoders throw dice (RFC 3533, 6)."""

from collections.abc import Iterator
from functools import cache

_HEADER, _SERIAL, _CHECKSUM, _COUNT = 27, slice(14, 18), slice(22, 26), 26
_POLYNOMIAL = 0x04C11DB7


def with_serial(stream: bytes, serial: int) -> bytes:
    """The same stream under this number, every page's checksum made anew."""
    return b"".join(_renumbered(page, serial) for page in _pages(stream))


def _pages(stream: bytes) -> Iterator[bytearray]:
    at = 0
    while stream[at : at + 4] == b"OggS":
        segments = stream[at + _COUNT]
        table = stream[at + _HEADER : at + _HEADER + segments]
        end = at + _HEADER + segments + sum(table)
        yield bytearray(stream[at:end])
        at = end


def _renumbered(page: bytearray, serial: int) -> bytes:
    page[_SERIAL] = serial.to_bytes(4, "little")
    page[_CHECKSUM] = bytes(4)
    page[_CHECKSUM] = _checksum(bytes(page)).to_bytes(4, "little")
    return bytes(page)


def _checksum(page: bytes) -> int:
    """The CRC of RFC 3533: no reflection, zero to begin with, nothing turned at the end."""
    checksum, table = 0, _table()
    for byte in page:
        checksum = (checksum << 8 & 0xFFFFFFFF) ^ table[checksum >> 24 ^ byte]
    return checksum


@cache
def _table() -> tuple[int, ...]:
    return tuple(_shifted(byte << 24) for byte in range(256))


def _shifted(value: int) -> int:
    for _ in range(8):
        value = (value << 1 ^ (_POLYNOMIAL if value & 0x80000000 else 0)) & 0xFFFFFFFF
    return value
