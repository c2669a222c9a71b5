"""Install a headless Chromium if the machine has none: Debian's with apt when root, else Playwright's own."""

import os
import shutil
import subprocess
import sys

from tools.driving import browser


def from_debian():
    """Install Debian's headless Chromium; return whether there is one now."""
    print(f"installing Debian's {browser.SHELL}", flush=True)
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    subprocess.run(["apt-get", "install", "-y", "-qq", browser.SHELL], check=False)
    return bool(shutil.which(browser.SHELL))


def main():
    """Install and report; exit with the installer's code if it fails. A whole Chromium will do, but costs twice."""
    if found := shutil.which(browser.SHELL):
        print(f"browser: {found}")
    elif shutil.which("apt-get") and os.geteuid() == 0 and from_debian():
        return
    elif found := browser.system_chromium():
        print(f"browser: {found}")
    else:
        print("installing Playwright's chromium", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
