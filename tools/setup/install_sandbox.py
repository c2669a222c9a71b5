"""Install bubblewrap, the sandbox of grading, if there is none and we may: Debian's with apt when root."""

import os
import shutil
import subprocess
import sys


def main():
    """Install and report; a machine without a sandbox is told so by grading itself."""
    if found := shutil.which("bwrap"):
        print(f"sandbox: {found}")
    elif shutil.which("apt-get") and os.geteuid() == 0:
        print("installing Debian's bubblewrap", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run(["apt-get", "install", "-y", "-qq", "bubblewrap"], check=True)
    else:
        print("sandbox: bubblewrap is not installed, and cannot be by this user; grading will say what to do")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
