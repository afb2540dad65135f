"""Grading on other machines: a real scheduler and real workers, killed in the middle of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from whole_class import (
    CIRCLE,
    TINY,
    command,
    grade,
    hand_in,
    kill_all,
    record,
    reference,
    results,
    slow,
    wait_for,
)

RIGHT = reference(CIRCLE)
COUNT = 16
MAKE_CERTIFICATE = (
    "import sys; from distributed.security import Security; s = Security.temporary()\n"
    "open(sys.argv[1], 'w').write(s.tls_ca_file)\n"
    "open(sys.argv[2], 'w').write(s.tls_client_key)\n"
)


@dataclass
class Cluster:
    """A scheduler and its workers, each a process, with certificates in files."""

    home: Path
    running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What tells Dask, in any process, which certificates to use."""
        files = {"CA_FILE": "ca.pem"}
        for role in ("SCHEDULER", "WORKER", "CLIENT"):
            files |= {f"{role}__CERT": "ca.pem", f"{role}__KEY": "key.pem"}
        tls = {f"DASK_DISTRIBUTED__COMM__TLS__{k}": str(self.home / v) for k, v in files.items()}
        # Workers that lose their scheduler, and a client that does, wait a moment only.
        return os.environ | tls | {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s"}

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        import json

        read = json.loads((self.home / "scheduler.json").read_text(encoding="utf-8"))
        return str(read["address"])

    def start(self, name: str, *arguments: str) -> None:
        """Start a part of the cluster."""
        with (self.home / f"{name}.log").open("w", encoding="utf-8") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                env=self.environment,
                cwd=self.home,
                stdout=log,
                stderr=log,
                text=True,
            )

    def grade(self, folder: Path, out: Path) -> subprocess.Popen[str]:
        """Begin to grade a class on the cluster."""
        line = command("grade", folder, "--out", out, "--course", TINY, "--only", "q1")
        line += ["--seed", "7", "--cluster", self.address]
        return subprocess.Popen(
            line, env=self.environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler with TLS and two workers, ready for work."""
    home = tmp_path / "cluster"
    home.mkdir()
    files = [str(home / "ca.pem"), str(home / "key.pem")]
    subprocess.run([sys.executable, "-c", MAKE_CERTIFICATE, *files], check=True)
    made = Cluster(home)
    here = ("--protocol", "tls", "--host", "127.0.0.1", "--no-dashboard")
    where = str(home / "scheduler.json")
    made.start("scheduler", "distributed.cli.dask_scheduler", *here, "--port", "0",
               "--scheduler-file", where)  # fmt: skip
    for name in ("one", "two"):
        made.start(name, "distributed.cli.dask_worker", *here, "--scheduler-file", where,
                   "--name", name, "--nthreads", "1", "--no-nanny")  # fmt: skip
    try:
        wait_for(lambda: all("Registered to" in log(home, name) for name in ("one", "two")))
        yield made
    finally:
        for running in made.running.values():
            if running.poll() is None:
                kill_all(running)


def log(home: Path, name: str) -> str:
    """Return what a part of the cluster has said so far."""
    return (home / f"{name}.log").read_text(encoding="utf-8")


def test_workers_and_the_scheduler_may_die(cluster: Cluster, tmp_path: Path) -> None:
    """What a lost worker was at goes to the other; after a lost scheduler, the rest is graded here.

    In the end everything is as one machine makes it, but for the times.
    """
    for number in range(COUNT):
        hand_in(tmp_path / "class", f"s{number}", circle=slow(f"{RIGHT}\n# {number}\n", 0.4))
    out = tmp_path / "out"
    running = cluster.grade(tmp_path / "class", out)
    wait_for(lambda: len(results(out)) >= 2 or running.poll() is not None)
    kill_all(cluster.running["one"])
    before = len(results(out))
    wait_for(lambda: len(results(out)) >= before + 2 or running.poll() is not None)
    assert running.poll() is None, running.communicate()[1]
    os.kill(cluster.running["scheduler"].pid, signal.SIGKILL)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 4, said
    assert "the same command goes on from there" in said
    assert "Traceback" not in said
    kill_all(cluster.running["two"])
    kept = len(results(out))
    assert before + 2 <= kept < COUNT
    rest = grade(tmp_path / "class", out, "--only", "q1", "--seed", 7)
    assert f"{COUNT - kept} graded, {kept} unchanged" in rest.stderr
    grade(tmp_path / "class", tmp_path / "local", "--only", "q1", "--seed", 7)
    for number in range(COUNT):
        assert record(out, f"s{number}") == record(tmp_path / "local", f"s{number}")


def test_a_scheduler_without_tls_is_refused(tmp_path: Path) -> None:
    """Before anything is sent, the answer says why and what to do."""
    hand_in(tmp_path / "class", "ann", circle=RIGHT)
    done = grade(tmp_path / "class", tmp_path / "out", "--cluster", "tcp://127.0.0.1:8786")
    assert done.returncode == 2
    assert "without TLS" in done.stderr
    assert "--protocol tls" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('kind = "slrum"\nworkers = 8\n', "write one of slurm"),
        ('kind = "slurm"\nworkers = 0\n', "write how many at most"),
        ("kind = \n", "Invalid value"),
    ],
)
def test_a_settings_file_that_cannot_be_meant_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    """The answer names the file and what to write."""
    from grader.batch.cluster import ClusterError, settings

    file = tmp_path / "slurm.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ClusterError, match=said) as refused:
        settings(file)
    assert str(file) in str(refused.value)


def test_what_slurm_is_asked_for_is_what_the_file_says(tmp_path: Path) -> None:
    """The job script of the shipped example asks for its queue, time and memory, and for TLS."""
    example = Path(__file__).parents[1] / "examples" / "slurm.toml"
    code = (
        "import sys; from pathlib import Path; from grader.batch.cluster import *\n"
        "with cluster_of(settings(Path(sys.argv[1]))) as cluster:\n"
        "    print(cluster.job_script()); print(cluster.scheduler_address)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(example)], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for line in ("#SBATCH -p short", "#SBATCH -t 01:00:00", "#SBATCH --mem=4G"):
        assert line in done.stdout
    assert "tls://" in done.stdout.splitlines()[-1]
    assert "--tls-ca-file" in done.stdout
