"""The server sends the policy that each part of the site needs."""

import threading
import urllib.request

import pytest

from tools.site import serve


@pytest.fixture
def policy(tmp_path):
    """Return a function that asks for a file and gives the policy sent with it."""
    for name in ("index.html", "lite/index.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    server = serve.open_server(0, site=tmp_path)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def ask(path):
        with urllib.request.urlopen(f"http://{serve.HOST}:{server.server_port}/{path}") as answer:
            return answer.headers["Content-Security-Policy"]

    yield ask
    server.shutdown()
    server.server_close()


def test_the_book_loads_from_its_own_site_alone(policy):
    assert policy("index.html") == serve.POLICY


def test_python_of_the_site_needs_no_other_host(policy, tmp_path):
    (tmp_path / serve.PYTHON).parent.mkdir(parents=True)
    (tmp_path / serve.PYTHON).touch()
    assert policy("lite/index.html") == serve.LITE_POLICY


def test_python_from_its_cdn_is_let_in(policy):
    assert policy("lite/index.html") is None
