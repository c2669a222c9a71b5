"""Serve the built book on this machine and print its address."""

import argparse
import errno
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SITE = Path(__file__).resolve().parents[1] / "_build" / "html"
HOST = "127.0.0.1"


class QuietHandler(SimpleHTTPRequestHandler):
    """Answer requests for files without a line for each of them."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript", ".woff2": "font/woff2"}

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
    server = open_server(parser.parse_args().port)
    print(f"\nThe book is at  http://{HOST}:{server.server_port}/\nStop it with Ctrl+C.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
