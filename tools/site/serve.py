"""Serve the book on this machine and print its address; in the book's archive, serve the folder this file is in."""

import argparse
import errno
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).resolve().parent
SITE = HERE if (HERE / "index.html").is_file() else HERE.parents[1] / "_build" / "html"
HOST = "127.0.0.1"
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm", ".woff2": "font/woff2"}

PYTHON = Path("lite") / "static" / "pyodide" / "pyodide.asm.wasm"  # there if Python in the browser is part of the site
# What a page may load: of the book nothing but files of the site; in JupyterLite, below lite/, what Python needs too.
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
LITE_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src 'self' blob:; "
    "connect-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:"
)


class QuietHandler(SimpleHTTPRequestHandler):
    """Answer requests for files under the policy, and without a line for each of them."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, **TYPES}

    def end_headers(self):
        """Add the Content-Security-Policy of the book or of JupyterLite; none where Pyodide comes from its CDN."""
        if "/lite/" not in self.path:
            self.send_header("Content-Security-Policy", POLICY)
        elif (Path(self.directory) / PYTHON).is_file():
            self.send_header("Content-Security-Policy", LITE_POLICY)
        super().end_headers()

    def log_message(self, *_):
        """Print nothing."""


def open_server(port, handler=QuietHandler, site=SITE):
    """Return a server of `site` on `port`, or on a free one if that is taken."""
    answer = partial(handler, directory=str(site))
    try:
        return ThreadingHTTPServer((HOST, port), answer)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        print(f"port {port} is in use; taking a free one", flush=True)
        return ThreadingHTTPServer((HOST, 0), answer)


def main():
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--site", type=Path, default=SITE)
    options = parser.parse_args()
    server = open_server(options.port, site=options.site)
    print(f"\nThe book is at  http://{HOST}:{server.server_port}/\nStop it with Ctrl+C.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
