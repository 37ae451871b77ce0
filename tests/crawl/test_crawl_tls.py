"""Certificates are verified; a site that needs an exception says so, and only it gets it."""

import ipaddress
import shutil
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from disclosure.crawl.client import Client
from disclosure.crawl.hosts import host_of
from disclosure.crawl.limits import Limits
from disclosure.crawl.outcomes import NotFetched
from disclosure.crawl.sites import read_site
from disclosure.crawl.tls import make_context
from disclosure.errors import SiteFileError
from disclosure.records import Tls

pytestmark = pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")

REASON = "the site leaves the intermediate certificate out"


def certificate(name, key, issuer=None, signer=None, is_authority=False):
    """A certificate for 127.0.0.1, signed by `issuer` or by itself."""
    now, names = datetime.now(UTC), x509.Name([x509.NameAttribute(x509.OID_COMMON_NAME, name)])
    return (
        x509.CertificateBuilder()
        .subject_name(names)
        .issuer_name(issuer.subject if issuer else names)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(signer or key, hashes.SHA256())
    )


def pem(*parts):
    written = b""
    for part in parts:
        if isinstance(part, x509.Certificate):
            written += part.public_bytes(serialization.Encoding.PEM)
        else:
            written += part.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
    return written


@pytest.fixture(scope="module")
def authority():
    key = ec.generate_private_key(ec.SECP256R1())
    return SimpleNamespace(key=key, certificate=certificate("An authority", key, is_authority=True))


@pytest.fixture(scope="module")
def secure_site(authority, tmp_path_factory):
    """Start a site over TLS: `start(key)` returns its address, its certificate and the file of its authority."""
    started, folder = [], tmp_path_factory.mktemp("certificates")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"body")

        def log_message(self, *arguments):
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address):
            """A client that does not trust it is what these tests are about."""

    def start(key, **context):
        own = certificate("127.0.0.1", key, authority.certificate, authority.key)
        ca, chain = folder / "ca.pem", folder / f"{len(started)}.pem"
        ca.write_bytes(pem(authority.certificate))
        chain.write_bytes(pem(key, own))
        server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server_context.set_ciphers("DEFAULT@SECLEVEL=0")
        for name, value in context.items():
            setattr(server_context, name, value)
        server_context.load_cert_chain(chain)
        server = Server(("127.0.0.1", 0), Handler)
        server.socket = server_context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        started.append(server)
        return SimpleNamespace(
            address=f"https://127.0.0.1:{server.server_port}",
            ca_file=str(ca),
            fingerprint=own.fingerprint(hashes.SHA256()).hex(),
        )

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def site(secure_site):
    return secure_site(ec.generate_private_key(ec.SECP256R1()))


def get(site, tls=None, of=None):
    client = Client("test", limits=Limits(attempts=1))
    client.private.add(host_of(site.address))
    if tls is not None:
        client.tls[host_of((of or site).address)] = tls
    try:
        return client.get(site.address + "/a").body
    finally:
        client.close()


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(site):
    with pytest.raises(NotFetched, match="CERTIFICATE_VERIFY_FAILED") as error:
        get(site)
    assert error.value.outcome == "not_trusted"
    assert "`tls: ca_file or fingerprint` in its site file" in str(error.value)


def test_an_authority_that_the_site_file_names(site):
    assert get(site, Tls(REASON, ca_file=site.ca_file)) == b"body"


def test_the_one_certificate_that_the_site_file_names(site):
    assert get(site, Tls(REASON, fingerprint=site.fingerprint)) == b"body"


def test_another_certificate_than_the_one_that_is_named(site):
    with pytest.raises(NotFetched, match="Fingerprints did not match") as error:
        get(site, Tls(REASON, fingerprint="ab" * 32))
    assert error.value.outcome == "not_trusted"


def test_only_the_site_that_asks_gets_its_exception(site, secure_site):
    other = secure_site(ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(NotFetched) as error:
        get(other, Tls(REASON, ca_file=site.ca_file), of=site)
    assert error.value.outcome == "not_trusted"


def test_a_short_key_needs_old_ciphers(secure_site):
    old = secure_site(rsa.generate_private_key(65537, 1024))
    with pytest.raises(NotFetched) as error:
        get(old, Tls(REASON, ca_file=old.ca_file))
    assert error.value.outcome == "not_trusted"
    assert "old_ciphers" in str(error.value)
    assert get(old, Tls(REASON, ca_file=old.ca_file, old_ciphers=True)) == b"body"


def test_an_old_protocol_needs_old_ciphers(secure_site):
    old = secure_site(
        ec.generate_private_key(ec.SECP256R1()), maximum_version=ssl.TLSVersion.TLSv1_1,
        minimum_version=ssl.TLSVersion.TLSv1,
    )  # fmt: skip
    with pytest.raises(NotFetched) as error:
        get(old, Tls(REASON, ca_file=old.ca_file))
    assert error.value.outcome == "not_trusted"
    assert "old_ciphers" in str(error.value)
    assert get(old, Tls(REASON, ca_file=old.ca_file, old_ciphers=True)) == b"body"


def test_legacy_renegotiation_is_off_unless_the_site_file_asks_for_it():
    flag = getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    assert not make_context().options & flag
    assert not make_context(Tls(REASON, old_ciphers=True)).options & flag
    assert make_context(Tls(REASON, legacy_renegotiation=True)).options & flag


# --- as the site file says it -----------------------------------------------------------------------

SITE = """\
name: a
agencies: [{name: 某局, key: a}]
lists: [{url: "https://www.a.gov.cn/"}]
"""


def read(folder, tls):
    path = folder / "a.yaml"
    path.write_text(f"{SITE}tls: {tls}\n", encoding="utf-8")
    return read_site(path).tls


def test_the_exception_stands_in_the_site_file_with_its_reason(site, tmp_path):
    shutil.copy(site.ca_file, tmp_path / "a.pem")
    tls = read(tmp_path, f"{{reason: {REASON}, ca_file: a.pem, old_ciphers: true}}")
    assert tls == Tls(REASON, ca_file=str(tmp_path / "a.pem"), old_ciphers=True)
    assert get(site, tls) == b"body"


@pytest.mark.parametrize(
    ("tls", "words"),
    [
        ("{old_ciphers: true}", "reason is missing"),
        ("{reason: '', old_ciphers: true}", "a reviewer has to agree"),
        ("{reason: old, ca_file: missing.pem}", "missing.pem is no PEM file"),
        ("{reason: old, ca_file: a.yaml}", "a.yaml is no PEM file"),
        ("{reason: old, fingerprint: 'AB:CD'}", "64 digits"),
        ("{reason: old, verify: false}", "unknown key 'verify'; allowed here: reason, ca_file"),
    ],
)
def test_a_wrong_exception_is_told_with_its_line(tmp_path, tls, words):
    with pytest.raises(SiteFileError, match=rf"a\.yaml:4: .*{words}"):
        read(tmp_path, tls)
