"""CI of course repositories: the action, the examples and the hooks, run as a runner would."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.errors import Exit

ROOT = Path(__file__).resolve().parents[1]
TINY = ROOT / "tests" / "courses" / "tiny"
RIGHT = (TINY / "solutions" / "q01_circle" / "circle.py").read_text(encoding="utf-8")
WRONG = RIGHT.replace("np.pi *", "3 *")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def example(name: str) -> Any:
    """Read one of the examples."""
    return yaml.safe_load((ROOT / "examples" / name).read_text(encoding="utf-8"))


def git(folder: Path, *arguments: str) -> None:
    """Run git, with an author of its own."""
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.edu", "-c", "init.defaultBranch=a")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def put(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program as an installation puts it on the path."""
    folder = tmp_path_factory.mktemp("bin")
    (folder / "grader").write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -m grader "$@"\n', encoding="utf-8"
    )
    (folder / "grader").chmod(0o755)
    return folder


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A runner's workspace: a fresh clone of a course's repository in ``course``."""
    origin = tmp_path / "origin"
    shutil.copytree(TINY, origin, ignore=shutil.ignore_patterns("__pycache__"))
    git(origin, "init")
    git(origin, "add", ".")
    git(origin, "commit", "-m", "A course")
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    git(workspace, "clone", str(origin), "course")
    return workspace


class Runner:
    """Runs the steps of a workflow in bash, as GitHub does."""

    def __init__(self, workspace: Path, program: Path) -> None:
        self.workspace = workspace
        self.summary = workspace / "summary-of-the-step.md"
        self.environment = os.environ | {
            "PATH": f"{program}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_ACTIONS": "true",
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }

    def run(self, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run one step's script."""
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
            cwd=self.workspace,
            env=self.environment | variables,
            capture_output=True,
            text=True,
        )

    def act(self, **inputs: str) -> list[subprocess.CompletedProcess[str]]:
        """Run the action after its installation, with inputs such as ``fail_under``."""
        given = {name.replace("_", "-"): text for name, text in inputs.items()}
        values = {name: one.get("default", "") for name, one in ACTION["inputs"].items()} | given
        done = []
        for step in ACTION["runs"]["steps"]:
            variables = {
                name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: values[m[1]], text)
                for name, text in step.get("env", {}).items()
            }
            wanted = step.get("name") != "Install" and "run" in step
            if wanted and (step.get("if") == "always()" or all(d.returncode == 0 for d in done)):
                done.append(self.run(step["run"], **variables))
        return done


@pytest.fixture
def runner(workspace: Path, program: Path) -> Runner:
    """A runner in the workspace."""
    return Runner(workspace, program)


def test_the_action_grades_annotates_and_sums_up(runner: Runner) -> None:
    """A wrong submission fails the job; its lines are annotated and the summary says why."""
    put(runner.workspace / "work", {"circle.py": WRONG})
    graded, told = runner.act(course="course", only="q1 q2")
    assert (graded.returncode, told.returncode) == (1, 0), graded.stderr
    assert "::error file=circle.py,line=" in told.stdout
    assert "### work" in runner.summary.read_text(encoding="utf-8")
    names = {path.name for path in (runner.workspace / "reports").iterdir()}
    assert {"work.html", "work.json", "work.junit.xml", "index.html"} <= names


def test_the_gate_opens_from_so_many_percent_on(runner: Runner) -> None:
    """``fail-under`` decides; the steps' commands are stopped while students' words are shown."""
    put(runner.workspace / "work", {"circle.py": RIGHT})
    graded, _ = runner.act(course="course", fail_under="50")
    assert graded.returncode == 0, graded.stderr
    assert graded.stdout.startswith("::stop-commands::")
    assert runner.act(course="course", fail_under="51")[0].returncode == 1


def test_inputs_are_words_and_no_script(runner: Runner) -> None:
    """No input is pasted into a script, where its text would run."""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
    put(runner.workspace / "work", {"circle.py": RIGHT})
    runner.act(course="course", submission="$(touch ran); touch ran")
    assert not (runner.workspace / "ran").exists()


def test_a_submission_brings_no_questions_of_its_own(runner: Runner) -> None:
    """Its exercises/ is neither used nor run: with --course, and without, where it is refused."""
    trap = "from pathlib import Path\nPath(__file__).with_name('ran').touch()\n"
    theirs = {f"exercises/q01_circle/{name}": trap for name in ("check.py", "judge/a.py")}
    work = put(runner.workspace / "work", {"circle.py": WRONG, **theirs})
    shutil.copy(TINY / "exercises" / "q01_circle" / "README.md", work / "exercises" / "q01_circle")
    assert runner.act(course="course")[0].returncode == 1
    record = json.loads((runner.workspace / "reports" / "work.json").read_text(encoding="utf-8"))
    assert [one["out_of"] for one in record["exercises"]] == [4, 4]
    for script in ("grader grade work", "cd work && grader grade ."):
        refused = runner.run(script)
        assert refused.returncode == 2
        assert "name the instructor's copy with --course" in refused.stderr
    assert not list(work.rglob("ran"))


def test_a_fresh_clone_of_a_course_passes_its_gate(runner: Runner) -> None:
    """The steps of the course's workflow verify it; with a reference gone wrong they do not."""
    steps = example("github-course.yml")["jobs"]["verify"]["steps"]
    (script,) = (step["run"] for step in steps if step.get("name") == "Verify")
    runner.workspace /= "course"
    assert runner.run(script).returncode == 0
    reference = runner.workspace / "solutions" / "q01_circle" / "circle.py"
    reference.write_text(WRONG, encoding="utf-8")
    broken = runner.run(f"{script} q1")
    assert broken.returncode == 1
    assert "q01_circle" in broken.stdout


def test_the_example_for_students_names_the_action_and_its_inputs() -> None:
    """The workflow gives the action only inputs that it has, and no secret."""
    steps = example("github-workflow.yml")["jobs"]["grade"]["steps"]
    (ours,) = (step for step in steps if "grader" in step.get("uses", ""))
    assert set(ours["with"]) <= set(ACTION["inputs"])
    assert ours["with"]["course"] == "course"
    assert "secrets." not in (ROOT / "examples" / "github-workflow.yml").read_text("utf-8")


def test_the_example_for_gitlab_runs(runner: Runner) -> None:
    """Its script grades a folder of submissions, and the artifacts that it names are there."""
    runner.workspace /= "course"
    put(runner.workspace / "submissions", {"ann/circle.py": RIGHT, "bob/circle.py": WRONG})
    job = example("gitlab-ci.yml")["grade"]
    done = runner.run("\n".join(job["script"]))
    assert done.returncode == 1, done.stderr
    reports = sorted(runner.workspace.glob(job["artifacts"]["reports"]["junit"]))
    assert [path.name for path in reports] == ["ann.junit.xml", "bob.junit.xml"]


def test_the_example_for_classroom50_leaves_its_result(runner: Runner) -> None:
    """The autograder ends with 0 for a wrong submission, and result.json is in the checkout."""
    shutil.copy(ROOT / "examples" / "classroom50_autograder.py", runner.workspace)
    put(runner.workspace / "checkout", {"circle.py": WRONG})
    names = ("CLASSROOM", "ASSIGNMENT", "COMMIT_URL", "RELEASE_URL")
    values = dict.fromkeys(names, "nn-101") | {"SUBMISSION_TAG": "submit/2026-11-23-a1"}
    script = f"cd checkout && {sys.executable} ../classroom50_autograder.py"
    done = runner.run(script, **values)
    assert done.returncode == 0, done.stderr
    result = json.loads((runner.workspace / "checkout" / "result.json").read_text("utf-8"))
    assert (result["score"], result["max-score"]) == (0, 8)
    assert (runner.workspace / "checkout" / "release-body.md").is_file()
    assert "CLASSROOM" in runner.run("grader grade checkout --format classroom50").stderr


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_a_hook_has_what_pre_commit_asks_for(hook: dict[str, Any], runner: Runner) -> None:
    """Its manifest has the required keys, and its entry is a command that there is."""
    assert {"id", "name", "entry", "language"} <= set(hook)
    assert set(hook) <= {
        *("id", "name", "description", "entry", "language", "types_or", "pass_filenames")
    }
    assert runner.run(f"{hook['entry']} --help").returncode == 0


def test_a_checker_that_breaks_is_our_failure_whatever_is_asked(runner: Runner) -> None:
    """Exit code 4, with --exit-zero too: no score of anybody's comes of it."""
    check = runner.workspace / "course" / "exercises" / "q01_circle" / "check.py"
    text = check.read_text(encoding="utf-8")
    check.write_text(text.replace("for radius in (1.5, 0.25):", "for radius in 1 / 0:"), "utf-8")
    put(runner.workspace / "work", {"circle.py": RIGHT})
    for more in (" --exit-zero", " --fail-under 0"):
        assert runner.run(f"grader grade work --course course --only q1{more}").returncode == 4


def test_an_interrupted_command_says_so(runner: Runner) -> None:
    """Ctrl-C ends with 130 and no traceback, also while the course is read."""
    check = runner.workspace / "course" / "exercises" / "q01_circle" / "check.py"
    press = "import os, signal\n\nos.kill(os.getpid(), signal.SIGINT)\n"
    check.write_text(f'"""A question."""\n\n{press}', encoding="utf-8")
    done = runner.run("grader verify --course course")
    assert (done.returncode, done.stderr.strip()) == (130, "Interrupted.")


def test_the_exit_codes_that_instructors_are_told_of_are_those_there_are() -> None:
    """The table explains each code that a command may end with."""
    page = (ROOT / "docs" / "instructor.md").read_text(encoding="utf-8")
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)] == list(Exit)
