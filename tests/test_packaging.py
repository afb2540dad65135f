"""What is installed works: the wheel carries the course, and students can check with it alone."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    done = subprocess.run([*command, str(ROOT)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_carries_the_public_half_of_the_course_only(wheel: Path) -> None:
    """Statements, stubs, questions and data are in it; solutions and tests are not."""
    names = zipfile.ZipFile(wheel).namelist()
    assert "grader/_course/exercises/q02_xor/check.py" in names
    assert "grader/_course/course.toml" in names
    assert "grader/render/schema/report-v1.json" in names
    assert [name for name in names if "solutions" in name or "tests/" in name] == []


def test_a_student_can_check_with_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    """Installed away from the checkout, `grader check` finds the course that it brought along."""
    home = tmp_path / "env"
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    install = [python, "-m", "pip", "install", "-q", "--no-deps", "--no-index", wheel]
    subprocess.run(list(map(str, install)), check=True)
    # The dependencies are those of this environment: a .pth line, which brings no other .pth along.
    site = next((home / "lib").glob("python*/site-packages"))
    (site / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    work = tmp_path / "work"
    work.mkdir()
    stub = (ROOT / "exercises" / "q02_xor" / "xor.py").read_text(encoding="utf-8")
    (work / "xor.py").write_text(stub, encoding="utf-8")
    command = [str(home / "bin" / "grader"), "check", "q2"]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert "TODO" in done.stdout


def test_an_editable_install_is_the_checkout_and_nothing_else() -> None:
    """The package is edited in place, and no other folder of the checkout can be imported."""
    code = "import grader; print(grader.__file__)\nimport exercises"
    done = subprocess.run([sys.executable, "-c", code], cwd="/", capture_output=True, text=True)
    assert done.stdout.strip() == str(ROOT / "grader" / "__init__.py")
    assert "No module named 'exercises'" in done.stderr
