"""Addresses of this machine, and those that may be trusted to reach what they name."""

import ipaddress
from urllib.parse import urlsplit


def is_safe_address(address: str) -> bool:
    """Whether what is fetched there cannot be changed on its way."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    host = parts.hostname or ""
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host)))


def is_loopback(host: str) -> bool:
    """Whether only this machine can be reached there."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
