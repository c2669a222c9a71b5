"""Install a Chromium if the machine has none: Debian's with apt when root, else Playwright's own."""

import os
import shutil
import subprocess
import sys

import browser


def main():
    """Install and report; exit with the installer's code if it fails."""
    if found := browser.system_chromium():
        print(f"browser: {found}")
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("installing Debian's chromium", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=True)
    else:
        print("installing Playwright's chromium", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
