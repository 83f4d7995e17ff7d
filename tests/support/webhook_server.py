"""A webhook of an office, on a real socket: it takes what comes, or fails as it is told."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from clerk.clock import SystemClock
from tests.support.quiet_server import QuietServer, serving


@dataclass
class Posted:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Webhook:
    """One running receiver. `statuses` are its next answers; then it takes everything."""

    url: str
    statuses: list[int] = field(default_factory=list)
    posted: list[Posted] = field(default_factory=list)
    silent: bool = False
    gate: threading.Event = field(default_factory=threading.Event)


@contextmanager
def running_webhook(certificate: Path | None = None) -> Iterator[Webhook]:
    """A receiver on loopback for as long as a test needs it, over TLS with a certificate."""
    server, scheme = QuietServer(("127.0.0.1", 0), _Handler), "http"
    if certificate is not None:
        context, scheme = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), "https"
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    webhook = Webhook(f"{scheme}://127.0.0.1:{server.server_address[1]}/in?key=not-for-logs")
    server.webhook = webhook  # type: ignore[attr-defined]
    with serving(server):
        try:
            yield webhook
        finally:
            webhook.gate.set()


def make_certificate(path: Path) -> Path:
    """A key and a certificate that an office signed itself, for 127.0.0.1, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "webhook of tests")])
    now = SystemClock().now()
    place = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(place, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    told = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(told + certificate.public_bytes(serialization.Encoding.PEM))
    return path


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        webhook: Webhook = self.server.webhook  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        webhook.posted.append(Posted(self.path, dict(self.headers), body))
        if webhook.silent:
            webhook.gate.wait(10)
        status = webhook.statuses.pop(0) if webhook.statuses else 204
        self.send_response(status)
        if status in range(300, 400):
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own word
        """Say nothing."""
