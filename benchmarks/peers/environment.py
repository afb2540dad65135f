"""Virtual environments of the peers, made once and kept."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path

# TensorFlow and Keras are 2 GB: the peers find this environment's copies behind their own packages.
SHARED = "tensorflow"


def programs(cache: Path, name: str, requirements: list[str]) -> Path:
    """Return ``bin/`` of the environment that holds a peer; make it where it is not there yet."""
    home = cache / name
    done = home / "complete"
    if not done.is_file():
        print(f"installing {' '.join(requirements)} into {home}", file=sys.stderr, flush=True)
        venv.create(home, clear=True, with_pip=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", *requirements]
        subprocess.run(pip, check=True)
        (packages,) = (home / "lib").glob("python*/site-packages")
        (packages / "shared.pth").write_text(f"{shared()}\n", encoding="utf-8")
        done.write_text("", encoding="ascii")
    return home / "bin"


def shared() -> Path:
    """Return the folder of this environment that holds TensorFlow."""
    spec = importlib.util.find_spec(SHARED)
    if spec is None or spec.origin is None:
        raise SystemExit(f"error: {SHARED} is not installed here\n  next: pip install -e '.[test]'")
    return Path(spec.origin).parents[1]


def versions(bin_: Path, names: list[str]) -> dict[str, str]:
    """Return the versions that an environment's Python finds."""
    program = (
        "import importlib.metadata as m, sys\n"
        "print(*(f'{n}={m.version(n)}' for n in sys.argv[1:]), sep='\\n')"
    )
    words = [str(bin_ / "python"), "-c", program, *names]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return dict(line.split("=", 1) for line in said.split())


def isolate(home: Path) -> None:
    """Keep settings of the person who measures away from the tools."""
    home.mkdir(parents=True, exist_ok=True)
    for name, folder in (
        ("HOME", home),
        ("JUPYTER_CONFIG_DIR", home / "jupyter"),
        ("JUPYTER_DATA_DIR", home / "jupyter"),
        ("IPYTHONDIR", home / "ipython"),
    ):
        os.environ[name] = str(folder)
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["CUDA_VISIBLE_DEVICES"] = ""
