"""Run a command in the project's own virtual environment, making that first where it is missing.

    python3 .ci/env.py grader grade tests/samples --out reports
    python3 .ci/env.py pytest

The environment is `.venv`, or the folder that GRADER_VENV names.  `uv` makes it where there is
one, `venv` and `pip` otherwise.  It is brought up to date whenever pyproject.toml has changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = Path(os.environ.get("GRADER_VENV", ROOT / ".venv"))
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
SUPPORTED = ((3, 11), (3, 14))  # from, and below


def main(command: list[str]) -> int:
    """Prepare the environment, then become the command."""
    if not command:
        print(__doc__)
        return 2
    prepare()
    program = shutil.which(command[0], path=str(BIN)) or command[0]
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run([program, *command[1:]], env=environment, cwd=ROOT).returncode


def prepare() -> None:
    """Install the project for development, unless that has been done for this pyproject.toml."""
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / "grader-installed"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    uv = shutil.which("uv")
    tool = "uv" if uv else "venv and pip"
    say(f"Preparing {VENV.name} with {tool}: TensorFlow is a large download.")
    if uv:
        run(uv, "venv", "--quiet", "--allow-existing", "--python", ">=3.11,<3.14", str(VENV))
        run(uv, "pip", "install", "--quiet", "--python", str(BIN / "python"), "-e", f"{ROOT}[test]")
    else:
        if not SUPPORTED[0] <= sys.version_info[:2] < SUPPORTED[1]:
            sys.exit(
                f"error: Python 3.11, 3.12 or 3.13 is needed; this is {sys.version.split()[0]}"
            )
        run(sys.executable, "-m", "venv", str(VENV))
        run(str(BIN / "python"), "-m", "pip", "install", "--quiet", "-e", f"{ROOT}[test]")
    stamp.write_text(wanted)


def run(*command: str) -> None:
    """Run one step of the installation, or stop where it fails."""
    if subprocess.run(command).returncode:
        sys.exit(f"error: this step failed: {' '.join(command)}")


def say(text: str) -> None:
    """Tell what takes so long; standard output belongs to the command."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
