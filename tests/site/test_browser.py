"""What `hdclib` does where Python runs in a browser."""

import subprocess
import sys

CODE = """
import logging, sys
sys.platform = {platform!r}
import hdclib
print(logging.getLogger("matplotlib.font_manager").isEnabledFor(logging.WARNING))
"""


def warns(platform):
    code = CODE.format(platform=platform)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_the_list_of_fonts_is_made_in_silence_in_the_browser_alone():
    assert warns("emscripten") == "False"
    assert warns("linux") == "True"
