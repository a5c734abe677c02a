"""Serves one page to this machine only, under an address that nobody can guess."""

from __future__ import annotations

import hmac
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class PageServer:
    """Answers one address with one page, in a thread that ends with the program.

    Args:
        page: The page.
        port: Where; 0: any port that is free.

    Raises:
        OSError: the port is taken.
    """

    def __init__(self, page: bytes, port: int = 0) -> None:
        token = secrets.token_urlsafe(24)
        self.path = f"/{token}/"

        class Handler(_Handler):
            pass

        Handler.address = self.path.encode()
        Handler.page = page
        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        threading.Thread(
            target=self._server.serve_forever, name="gradlens-page", daemon=True
        ).start()

    def stop(self) -> None:
        """End it; the address answers no more."""
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    address = b""
    page = b""
    server_version = "GradLens"
    sys_version = ""

    def do_GET(self) -> None:
        if self._begin():
            self.wfile.write(self.page)

    def do_HEAD(self) -> None:
        self._begin()

    def _begin(self) -> bool:
        asked = self.path.partition("?")[0].encode("utf-8", "replace")
        if not hmac.compare_digest(asked, self.address):
            self.send_error(404)
            return False
        self.send_response(200)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.page)))
        self.end_headers()
        return True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the notebook's output is no log, and the address is a secret."""
