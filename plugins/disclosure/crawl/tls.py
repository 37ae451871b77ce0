"""How a host proves who it is: always, and by today's rules, unless its site file says what else, and why."""

from __future__ import annotations

import re
import ssl
from functools import cache
from pathlib import Path
from threading import Lock

import certifi
from urllib3.util.ssl_ import create_urllib3_context

from disclosure.records import Tls

_OLD_CIPHERS = "DEFAULT@SECLEVEL=0"  # 1024-bit keys, SHA-1 and what TLS 1.0 had

# What OpenSSL says, and the key of a site file that would let it pass; the first that fits.
_CURES = {
    "too small": "old_ciphers",
    "too weak": "old_ciphers",
    "protocol version": "old_ciphers",
    "unsupported protocol": "old_ciphers",
    "handshake failure": "old_ciphers",
    "legacy renegotiation": "legacy_renegotiation",
    "certificate verify failed": "ca_file or fingerprint",
}
_REASON = re.compile(r"\[SSL[^\]]*\][^()'\"]*|Fingerprints did not match[^'\")]*")


_making = Lock()


def make_context(exception: Tls | None = None) -> ssl.SSLContext:
    """What a connection to a host is held to. One context serves all connections of the process: loading the authorities
    takes 15 ms, and the threads of a night begin together."""
    with _making:
        return _context(exception)


@cache
def _context(exception: Tls | None) -> ssl.SSLContext:
    context: ssl.SSLContext = create_urllib3_context()
    context.load_verify_locations(certifi.where())
    if exception is None:
        return context
    if exception.ca_file:
        context.load_verify_locations(Path(exception.ca_file))
    if exception.fingerprint:
        # The one certificate that is expected, whoever signed it.
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    if exception.legacy_renegotiation:
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)  # named since Python 3.12
    if exception.old_ciphers:
        context.set_ciphers(_OLD_CIPHERS)
        context.minimum_version = ssl.TLSVersion.TLSv1
    return context


def explain(error: Exception) -> str:
    """What was wrong with a host's certificate or handshake, and which key of its site file would allow it."""
    said = _REASON.search(str(error))
    words = said[0].strip() if said else str(error)
    cure = next((cure for sign, cure in _CURES.items() if sign in words.casefold()), None)
    advice = f"; if that is as it should be, `tls: {cure}` in its site file says so" if cure else ""
    return f"no trusted connection: {words}{advice}"
