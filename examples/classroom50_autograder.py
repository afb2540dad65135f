"""autograder.py of Classroom 50, beside a folder course/: leaves result.json in the checkout."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

course = Path(__file__).resolve().with_name("course")
out = Path(tempfile.mkdtemp())
asked = ["--course", course, "--format", "classroom50,markdown", "--out", out, "--exit-zero"]
done = subprocess.run(["grader", "grade", ".", *asked], check=False)
for ending, name in (("classroom50.json", "result.json"), ("md", "release-body.md")):
    for written in out.glob(f"*.{ending}"):
        shutil.copy(written, name)
sys.exit(done.returncode)
