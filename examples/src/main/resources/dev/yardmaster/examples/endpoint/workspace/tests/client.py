"""A running server, and real requests to it."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request

from app.server import serve

DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Running:
    def __enter__(self) -> Running:
        self.server = serve()
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def get(self, path: str, token: str | None = None) -> tuple[int, object]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.server.server_address[1]}{path}")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with DIRECT.open(request, timeout=10) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)
