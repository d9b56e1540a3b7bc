"""The shop's HTTP interface."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from app.store import Store


class Handler(BaseHTTPRequestHandler):
    store = Store()

    def do_GET(self) -> None:
        if self.path == "/health":
            self.answer(200, {"status": "ok"})
        else:
            self.answer(404, {"error": "not found"})

    def answer(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Requests are not logged: their headers hold tokens."""


def serve(port: int = 0) -> ThreadingHTTPServer:
    """A server on this port, 0 for any that is free; not serving yet."""
    return ThreadingHTTPServer(("127.0.0.1", port), Handler)
