"""Attacks on the wall from inside, made as root and as an ordinary user, with all layers or few.

Every attack runs for real, in a child behind a real wall, and brings back what it got.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import json
import mmap
import os
import resource
import select
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from grader.sandbox import jail, kernel, landlock, seccomp
from grader.sandbox.layers import FIRST_UID, UIDS
from grader.sandbox.namespaces import INSIDE_UID, NAMESPACES

ROOT = os.geteuid() == 0
ORDINARY_UID = 61150  # above the jail's own; no account has it
INSIDE = "/submission"
SLOT = 7
MACHINE = os.uname().machine
JUDGE = os.getpid()
DENIED = {"EACCES", "EPERM", "ENOENT", "EROFS", "ESRCH", "EXDEV"}
SYSTEM = ("/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache")

libc = ctypes.CDLL(None, use_errno=True)


class Case(NamedTuple):
    """Who runs the grader, and which layers there are."""

    user: str
    profile: str
    layers: frozenset[str]


class Ended(NamedTuple):
    """What a child behind the wall returned, and its exit code as its warden saw it."""

    value: Any
    code: int


def fork(work: Callable[[], object]) -> int:
    """Run work in a fork that ends with it, and return its process number."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # pytest may have threads; we use none
        pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return pid


def answer(work: Callable[[], object]) -> Any:
    """Run work in a fork and return what it returned, or the error that it raised."""
    reading, writing = os.pipe()

    def told() -> None:
        try:
            value = work()
        except Exception as error:  # noqa: BLE001  whatever it is, the test shall show it
            value = f"{type(error).__name__}: {error}"
        os.write(writing, json.dumps(value).encode())

    pid = fork(told)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read()
    os.waitpid(pid, 0)
    return json.loads(text)


def become(user: str) -> None:
    """Give up root where an ordinary user is wanted; give root a group to be rid of."""
    if user == "root":
        os.setgroups([ORDINARY_UID])
    elif ROOT:
        os.setgroups([])
        os.setresgid(ORDINARY_UID, ORDINARY_UID, ORDINARY_UID)
        os.setresuid(ORDINARY_UID, ORDINARY_UID, ORDINARY_UID)


def working_layers(user: str) -> dict[str, str]:
    """Return what `probe` finds for a user."""

    def look() -> dict[str, str]:
        become(user)
        return jail.probe()

    found: dict[str, str] = answer(look)
    return found


def cases() -> Iterator[Case]:
    """List the walls that this machine can build."""
    for user in ("root", "ordinary") if ROOT else ("ordinary",):
        layers = frozenset(name for name, fault in working_layers(user).items() if not fault)
        few = layers - {*NAMESPACES, "mount_setattr"}
        for chosen in dict.fromkeys([layers, layers - {"landlock"}, few]):
            name = answer(lambda user=user, chosen=chosen: (become(user), jail.profile(chosen))[1])
            if name != "C":
                yield Case(user, name, chosen)


def label(case: Case) -> str:
    """Name a wall in the list of tests."""
    return f"{case.user}-{case.profile}{'' if 'landlock' in case.layers else '-without-landlock'}"


CASES = list(cases())
every_wall = pytest.mark.parametrize("case", CASES, ids=label)
full_walls = pytest.mark.parametrize("case", [c for c in CASES if c.profile == "A"], ids=label)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a folder of the user's own that every user can reach."""
    made = Path(tempfile.mkdtemp(prefix="jail-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


def wall(case: Case, folder: Path, **changes: Any) -> jail.Wall:
    """Describe a small wall; what may be read is what the user of the inside can reach."""
    python = (sys.prefix, sys.base_prefix)
    if ROOT and (case.user, case.profile) != ("root", "A"):
        python = tuple(p for p in python if all(anyone_can_enter(q) for q in [p, *Path(p).parents]))
    given = folder / "given"
    given.write_text("a provided file", encoding="utf-8")
    scratch = INSIDE
    if "mount" not in case.layers:
        place = folder / "scratch"
        place.mkdir(exist_ok=True)
        if ROOT and case.user == "ordinary":
            os.chown(place, ORDINARY_UID, ORDINARY_UID)
        scratch = str(place)
    described = jail.Wall(
        scratch=scratch,
        scratch_bytes=8 << 20,
        scratch_inodes=100,
        provided=((str(given), "given.txt"),),
        readable=tuple(dict.fromkeys(p for p in (*python, *SYSTEM) if Path(p).exists())),
        memory=256 << 20,
        cpu_seconds=20,
        file_bytes=64 << 20,
        descriptors=64,
        processes=64,
        slot=SLOT,
        layers=case.layers,
    )
    return replace(described, **changes)


def anyone_can_enter(path: Path | str) -> bool:
    """Tell whether a stranger may read a folder and reach what lies in it."""
    return stat.S_IMODE(Path(path).stat().st_mode) & 0o005 == 0o005


def behind(case: Case, described: jail.Wall, work: Callable[[], object]) -> Ended:
    """Run work behind a wall as the servers of the grader do: a warden forks the child."""

    def inside() -> object:
        jail.enter(described)
        return work()

    def warden() -> object:
        become(case.user)
        jail.warden_prepare(described)
        reading, writing = os.pipe()

        def told() -> None:
            try:
                value = inside()
            except jail.JailError as error:
                value = {"layer": error.layer, "error": str(error)}
            os.write(writing, json.dumps(value).encode())

        child = fork(told)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            text = pipe.read().decode()
        return [text, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])]

    reply = answer(warden)
    assert isinstance(reply, list), reply
    return Ended(json.loads(reply[0]) if reply[0] else None, reply[1])


def outcome(action: Callable[[], object]) -> str:
    """Do something and name the error that stopped it; "done" where nothing did."""
    try:
        action()
    except OSError as error:
        return errno.errorcode.get(error.errno or 0, str(error))
    except MemoryError:
        return "MemoryError"
    return "done"


def system_call(number: int, *arguments: int) -> str:
    """Make a system call by number and name its error."""
    passed = [ctypes.c_long(argument) for argument in (*arguments, *[0] * (6 - len(arguments)))]
    result = libc.syscall(ctypes.c_long(number), *passed)
    if result == 0 and number in {57, 58}:
        os._exit(3)  # a fork that should not have been
    return "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]


def test_this_machine_can_hold_strangers_code() -> None:
    """Every user who runs these tests has a wall that is good enough, or the tests mean nothing."""
    assert {case.user for case in CASES} == ({"root", "ordinary"} if ROOT else {"ordinary"})


@every_wall
def test_files_outside_cannot_be_read(case: Case, folder: Path) -> None:
    """Neither the machine's secrets nor the course nor another process's memory can be opened."""
    secret = folder / "secret"
    secret.write_text("reference solution", encoding="utf-8")
    secret.chmod(0o644)
    paths = [
        *("/etc/shadow", "/etc/hostname", "/proc/self/mem", "/proc/self/environ"),
        *(__file__, f"/..{__file__}", str(secret), str(folder)),
        *(f"/proc/{JUDGE}/{name}" for name in ("environ", "mem", "cmdline", "root")),
    ]

    def attack() -> dict[str, str]:
        return {p: outcome(lambda p=p: os.close(os.open(p, os.O_RDONLY))) for p in paths}

    assert {p: got for p, got in behind(case, wall(case, folder), attack).value.items()
            if got not in DENIED} == {}  # fmt: skip


@full_walls
def test_files_outside_do_not_exist_inside(case: Case, folder: Path) -> None:
    """With a root folder of its own the child cannot even ask whether a path exists."""
    paths = [__file__, str(folder), "/etc/shadow", "/etc/hostname", "/sys", f"/proc/{JUDGE}"]
    seen = behind(case, wall(case, folder), lambda: [p for p in paths if Path(p).exists()])
    assert seen.value == []


@full_walls
def test_a_folder_among_readable_ones_can_be_kept_back(case: Case, folder: Path) -> None:
    """Where a course lies in a folder that Python needs, the child finds its place empty."""
    private = folder / "course" / "solutions"
    private.mkdir(parents=True)
    (private / "reference.py").write_text("answer = 42", encoding="utf-8")
    described = wall(case, folder)
    described = replace(
        described, readable=(*described.readable, str(folder)), covered=(str(private),)
    )

    def look() -> list[Any]:
        beside = sorted(path.name for path in private.parent.iterdir())
        return [beside, list(private.iterdir()), outcome(partial((private / "x").write_text, ""))]

    assert behind(case, described, look).value == [["solutions"], [], "EROFS"]


@every_wall
def test_nothing_outside_can_be_written(case: Case, folder: Path) -> None:
    """Files can be made in the scratch folder and nowhere else."""
    folder.chmod(0o777)
    places = ["/", "/etc", "/usr", "/dev", "/proc/self", sys.base_prefix, str(folder), "/tmp"]

    def attack() -> dict[str, str]:
        names = [f"{place}/planted" for place in places]
        names += ["/etc/passwd", "/proc/self/oom_score_adj", f"/proc/{JUDGE}/oom_score_adj"]
        return {n: outcome(lambda n=n: Path(n).write_text("x", encoding="utf-8")) for n in names}

    results = behind(case, wall(case, folder), attack).value
    assert {n: got for n, got in results.items() if got not in DENIED} == {}
    assert not (folder / "planted").exists()


@every_wall
def test_files_of_the_user_stay_as_they_are(case: Case, folder: Path) -> None:
    """What Landlock does not cover, modes, times, attributes, truncation, is refused as well."""
    mine = folder / "mine"
    mine.write_text("keep me", encoding="utf-8")
    mine.chmod(0o666)
    if ROOT and case.user == "ordinary":
        os.chown(mine, ORDINARY_UID, ORDINARY_UID)
    before = mine.stat()
    path = str(mine)
    attacks = {
        "chmod": partial(os.chmod, path, 0o777),
        "chown": partial(os.chown, path, before.st_uid, before.st_gid),
        "times": partial(os.utime, path, (1, 1)),
        "truncate": partial(os.truncate, path, 0),
        "truncating open for reading": partial(os.open, path, os.O_RDONLY | os.O_TRUNC),
        "truncating open for nothing": partial(os.open, path, 3 | os.O_TRUNC),
        "attribute": partial(os.setxattr, path, "user.mark", b"1"),
        "link": partial(os.link, path, "linked"),
        "rename": partial(os.rename, path, "moved"),
        "unlink": partial(os.unlink, path),
    }
    results = behind(
        case, wall(case, folder), lambda: {name: outcome(act) for name, act in attacks.items()}
    ).value
    assert {name: got for name, got in results.items() if got not in DENIED} == {}
    after = mine.stat()
    assert (after.st_mode, after.st_mtime_ns, after.st_size) == (
        before.st_mode, before.st_mtime_ns, before.st_size
    )  # fmt: skip


@every_wall
def test_the_scratch_folder_is_for_use(case: Case, folder: Path) -> None:
    """The child starts in its scratch folder, reads what is provided and writes files."""

    def use() -> dict[str, Any]:
        Path("made").mkdir()
        Path("made/file").write_text("text", encoding="utf-8")
        Path("made/file").rename("file")
        Path("/dev/null").write_bytes(b"gone")
        return {
            "here": str(Path.cwd()),
            "given": Path("given.txt").read_text(encoding="utf-8"),
            "file": Path("file").read_text(encoding="utf-8"),
            "random": len(Path("/dev/urandom").open("rb").read(8)),
        }

    described = wall(case, folder)
    expected = {"here": described.scratch, "given": "a provided file", "file": "text", "random": 8}
    assert behind(case, described, use).value == expected
    assert (folder / "given").read_text(encoding="utf-8") == "a provided file"


@full_walls
def test_what_is_provided_is_read_only(case: Case, folder: Path) -> None:
    """A provided file can be neither changed nor removed."""

    def attack() -> list[str]:
        given = Path("given.txt")
        return [outcome(lambda: given.write_text("x", encoding="utf-8")), outcome(given.unlink)]

    assert behind(case, wall(case, folder), attack).value == ["EROFS", "EBUSY"]


@full_walls
def test_the_scratch_folder_has_an_end(case: Case, folder: Path) -> None:
    """Neither bytes nor the number of files can grow beyond the limit."""

    def fill() -> list[str]:
        def grow() -> None:
            with Path("big").open("wb") as file:
                file.writelines(bytes(1 << 20) for _ in range(16))

        def litter() -> None:
            for n in range(200):
                Path(f"small{n}").touch()

        full = outcome(grow)
        Path("big").unlink()
        return [full, outcome(litter)]

    assert behind(case, wall(case, folder), fill).value == ["ENOSPC", "ENOSPC"]


@every_wall
def test_one_file_has_a_largest_size(case: Case, folder: Path) -> None:
    """Where the scratch folder is an ordinary one, at least a single file cannot fill the disk."""

    def grow() -> str:
        with Path("big").open("wb") as file:
            return outcome(lambda: file.truncate(2 << 20))

    assert behind(case, wall(case, folder, file_bytes=1 << 20), grow).value == "EFBIG"


@every_wall
def test_other_processes_are_out_of_reach(case: Case, folder: Path) -> None:
    """No signal, limit, priority or processor set of a process outside can be touched."""

    def attack() -> dict[str, str]:
        ours, _ = socket.socketpair()
        return {
            "kill judge": outcome(partial(os.kill, JUDGE, 0)),
            "kill all": outcome(partial(os.kill, -1, 0)),
            "limit": outcome(partial(resource.prlimit, JUDGE, resource.RLIMIT_CPU, (1, 1))),
            "priority": outcome(partial(os.setpriority, os.PRIO_PROCESS, JUDGE, 19)),
            "processors": outcome(partial(os.sched_setaffinity, JUDGE, {0})),
            "owner of a socket": outcome(partial(fcntl.fcntl, ours, 8, JUDGE)),
        }

    results = behind(case, wall(case, folder), attack).value
    assert {name: got for name, got in results.items() if got not in DENIED} == {}


@every_wall
def test_a_signal_to_the_own_group_leaves_the_warden_alive(case: Case, folder: Path) -> None:
    """The child leads a process group of its own, so the warden lives to tell how it ended."""
    attack = partial(outcome, partial(os.killpg, 0, signal.SIGKILL))
    ended = behind(case, wall(case, folder), attack)
    assert ended in {Ended(None, -signal.SIGKILL), Ended("done", 0), Ended("EPERM", 0)}


@full_walls
def test_the_child_is_the_first_process_of_its_own_world(case: Case, folder: Path) -> None:
    """It is process 1 on a machine with another name."""
    seen = behind(case, wall(case, folder), lambda: [os.getpid(), socket.gethostname()])
    assert seen.value == [1, "sandbox"]


@every_wall
def test_there_is_no_network(case: Case, folder: Path) -> None:
    """No family of sockets reaches beyond the machine or into the kernel's corners."""
    families = {"inet": 2, "inet6": 10, "netlink": 16, "packet": 17, "alg": 38, "vsock": 40}

    def attack() -> dict[str, str]:
        return {
            f"{name} {kind}": outcome(partial(socket.socket, number, kind))
            for name, number in families.items()
            for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW)
        }

    assert set(behind(case, wall(case, folder), attack).value.values()) == {"EACCES"}


@every_wall
def test_services_of_the_machine_cannot_be_called(case: Case, folder: Path) -> None:
    """A service that listens on a path or an abstract name hears nothing; socket pairs work."""
    stream, datagram = str(folder / "stream"), str(folder / "datagram")
    abstract = f"\0grader-test-{JUDGE}"

    def call(kind: int, address: str) -> None:
        with socket.socket(socket.AF_UNIX, kind) as caller:
            caller.connect(address)

    def call_from_a_pair() -> None:
        ours, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        ours.sendto(b"hello", datagram)

    def attack() -> list[str]:
        ours, theirs = socket.socketpair()
        ours.send(b"works")
        return [
            outcome(partial(call, socket.SOCK_STREAM, stream)),
            outcome(partial(call, socket.SOCK_STREAM, abstract)),
            outcome(partial(call, socket.SOCK_DGRAM, datagram)),
            outcome(call_from_a_pair),
            theirs.recv(5).decode(),
        ]

    with contextlib.ExitStack() as open_sockets:
        for kind, name in ((1, stream), (1, abstract), (2, datagram)):
            server = open_sockets.enter_context(socket.socket(socket.AF_UNIX, kind))
            server.bind(name)
            if kind == socket.SOCK_STREAM:
                server.listen()
            if name.startswith("/"):
                Path(name).chmod(0o777)
        *calls, pair = behind(case, wall(case, folder), attack).value
    assert set(calls) <= DENIED | {"ECONNREFUSED"}
    assert pair == "works"


@every_wall
def test_dangerous_system_calls_are_refused(case: Case, folder: Path) -> None:
    """Every call of the table is refused by its number, whoever makes it without the C library."""
    table = seccomp.numbers(seccomp.REFUSED.values(), seccomp.MACHINES[MACHINE][0])

    def attack() -> dict[str, str]:
        return {name: system_call(number) for name, number in table.items()}

    assert set(behind(case, wall(case, folder), attack).value.values()) == {"EPERM"}


@every_wall
def test_there_is_no_second_process_and_no_program(case: Case, folder: Path) -> None:
    """Forks, daemons, shells and programs are refused with an error that Python can show."""
    true = ["/bin/true"]

    def attack() -> dict[str, str]:
        return {
            "fork": outcome(lambda: os.fork() or os._exit(3)),
            "exec": outcome(partial(os.execv, true[0], true)),
            "spawn": outcome(partial(os.posix_spawn, true[0], true, {})),
            "subprocess": outcome(partial(subprocess.run, true, check=False)),
            "shell": str(os.system("true") != 0),
        }

    assert behind(case, wall(case, folder), attack).value == {
        "fork": "EPERM", "exec": "EPERM", "spawn": "EPERM", "subprocess": "EPERM", "shell": "True"
    }  # fmt: skip


@every_wall
def test_threads_work(case: Case, folder: Path) -> None:
    """Threads are no processes: a submission may start some, but not more than its limit."""

    def start(count: int) -> int:
        seen: list[int] = []
        threads = [threading.Thread(target=seen.append, args=(n,)) for n in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(seen)

    assert behind(case, wall(case, folder), lambda: start(20)).value == 20


@every_wall
def test_the_wall_cannot_be_loosened(case: Case, folder: Path) -> None:
    """The child cannot outlive its warden, become readable to others or filter once more."""
    options = (1, 4, 22)  # PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP

    def attack() -> list[str]:
        return [outcome(partial(kernel.prctl, option, 0)) for option in options]

    assert behind(case, wall(case, folder), attack).value == ["EPERM"] * 3


@every_wall
def test_the_child_has_no_privileges(case: Case, folder: Path) -> None:
    """It is nobody: a spare user id, no groups, no capability, none to be had by any program."""
    none = dict.fromkeys(("CapInh", "CapPrm", "CapEff", "CapAmb"), 0)
    expected = {**none, "NoNewPrivs": 1, "Seccomp": 2}

    def look() -> list[Any]:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        status = dict(line.split(":\t", 1) for line in lines)
        ids = sorted({*os.getresuid(), *os.getresgid()})
        return [ids, os.getgroups(), {name: int(status[name], 16) for name in expected}]

    ids, groups, status = behind(case, wall(case, folder), look).value
    assert status == expected
    if case.user == "root":
        assert (ids, groups) == ([FIRST_UID + SLOT], [])
    elif "user" in case.layers:
        assert ids == [INSIDE_UID]


@every_wall
def test_memory_beyond_the_limit_is_an_error_that_python_shows(case: Case, folder: Path) -> None:
    """Private memory ends in MemoryError, shared memory in ENOMEM; neither kills the process."""

    def attack() -> list[str]:
        return [
            outcome(lambda: bytearray(128 << 20)),
            outcome(lambda: bytearray(1 << 30)),
            outcome(lambda: mmap.mmap(-1, 8 << 30)),
        ]

    assert behind(case, wall(case, folder), attack).value == ["done", "MemoryError", "ENOMEM"]


@every_wall
def test_an_endless_loop_ends_at_the_processor_limit(case: Case, folder: Path) -> None:
    """A loop that ignores every signal is killed when its processor time is used up."""

    def loop() -> None:
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        while True:
            pass

    assert behind(case, wall(case, folder, cpu_seconds=1), loop) == (None, -signal.SIGKILL)


@every_wall
def test_the_child_dies_with_its_warden(case: Case, folder: Path) -> None:
    """When the warden is killed nothing is left that could hold a descriptor open."""
    described = wall(case, folder)
    reading, writing = os.pipe()

    def child() -> None:
        jail.enter(described)
        os.write(writing, b"in")
        time.sleep(60)

    def warden() -> None:
        become(case.user)
        jail.warden_prepare(described)
        os.waitpid(fork(child), 0)

    pid = fork(warden)
    os.close(writing)
    assert os.read(reading, 2) == b"in"
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    assert select.select([reading], [], [], 20)[0] == [reading]
    assert os.read(reading, 1) == b""
    os.close(reading)


@full_walls
def test_without_a_process_namespace_the_hosts_proc_is_bound(case: Case, folder: Path) -> None:
    """Where a container forbids a new /proc the old one serves, and others' secrets stay closed."""
    fewer = case._replace(layers=case.layers - {"pid"})

    def look() -> list[str]:
        return [
            outcome(Path("/proc/self/exe").readlink),
            outcome(lambda: os.kill(JUDGE, 0)),
            outcome(lambda: os.close(os.open(f"/proc/{JUDGE}/environ", os.O_RDONLY))),
        ]

    done, *refused = behind(fewer, wall(fewer, folder), look).value
    assert done == "done"
    assert set(refused) <= DENIED


def test_python_is_found_below_a_folder_that_is_closed(folder: Path) -> None:
    """Modules that the server never loaded can be imported, even where Python lies in /root."""
    case = CASES[0]
    loaded = set(sys.modules)

    def use() -> list[bool]:
        import xmlrpc.client

        return ["xmlrpc.client" not in loaded, hasattr(xmlrpc.client, "dumps")]

    assert behind(case, wall(case, folder), use).value == [True, True]


def test_keras_and_matplotlib_work_behind_the_wall() -> None:
    """A network can be fitted and saved and a figure drawn by a fork of a process that has them."""
    environment = {**os.environ, "CUDA_VISIBLE_DEVICES": "", "MPLBACKEND": "Agg",
                   "TF_CPP_MIN_LOG_LEVEL": "3"}  # fmt: skip
    search = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", __file__],
        env={**environment, "PYTHONPATH": search},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [["figure.png", "given.txt", "model.keras"], 0]


def fit_and_draw() -> list[str]:
    """Train a small network for two epochs, save it, and save a figure."""
    os.environ |= {"HOME": INSIDE, "TMPDIR": INSIDE, "MPLCONFIGDIR": f"{INSIDE}/.matplotlib"}
    tempfile.tempdir = None
    import keras
    import numpy as np
    from matplotlib import pyplot as plt

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    model.fit(np.ones((64, 4)), np.ones(64), epochs=2, verbose=0)
    model.save("model.keras")
    plt.plot([0, 1], [1, 0])
    plt.savefig("figure.png")
    return sorted(path.name for path in Path().iterdir() if not path.name.startswith("."))


@full_walls
def test_a_path_that_does_not_exist_stops_the_child(case: Case, folder: Path) -> None:
    """The wall fails closed: the error names the layer and the path, and no code has run."""
    described = wall(case, folder, readable=("/usr", "/no/such/folder"))
    value = behind(case, described, lambda: "student code").value
    assert value["layer"] == "mount"
    assert "/no/such/folder" in value["error"]


@every_wall
def test_a_wall_that_makes_no_sense_is_refused(case: Case, folder: Path) -> None:
    """There are only so many spare user ids, and a provided file lies in the scratch folder."""
    value = behind(case, wall(case, folder, slot=UIDS), lambda: "student code").value
    assert value["layer"] == "uid"
    for name in ("../../given", "/etc/passwd", ""):
        given = ((str(folder / "given"), name),)
        value = behind(case, wall(case, folder, provided=given), lambda: "student code").value
        assert value["layer"] == "mount"


def test_profiles_are_named_after_what_the_child_can_see() -> None:
    """A needs a world of its own, B needs Landlock and seccomp, and less than B is C."""
    owner = {"uid"} if ROOT else set()
    few = frozenset({"landlock", "seccomp", "rlimits"} | owner)
    full = few | {"uid" if ROOT else "user", *NAMESPACES, "mount_setattr"}
    assert jail.profile(full) == "A"
    assert jail.profile(full - {"landlock"}) == "A"
    assert [jail.profile(full - {name}) for name in ("mount", "pid", "net", "ipc")] == ["B"] * 4
    assert jail.profile(few) == "B"
    assert [jail.profile(few - {name}) for name in few] == ["C"] * len(few)


def test_layers_are_tried_and_not_believed() -> None:
    """In a process that may not mount, the probe says so, and the profile is no longer A."""

    def look() -> dict[str, str]:
        kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
        landlock.restrict([("/", landlock.WRITE)])
        return jail.probe()

    found = answer(look)
    assert "Operation not permitted" in found["mount"]
    assert found["seccomp"] == ""
    assert jail.profile(frozenset(name for name, fault in found.items() if not fault)) != "A"


def test_every_layer_has_an_answer() -> None:
    """The probe tells of each layer that it works, or why not; an id is root's to change."""
    found = working_layers("ordinary")
    names = {*NAMESPACES, "landlock", "seccomp", "mount_setattr", "uid", "rlimits", "cgroup"}
    assert set(found) == names
    assert found["uid"] == "only root can change its user id"


def decide(steps: list[seccomp.Step], call: tuple[int, int, tuple[int, ...]]) -> str:
    """Run a filter as the kernel would, on (architecture, number, arguments)."""
    architecture, number, arguments = call
    data = struct.pack("<IIQ6Q", number, architecture, 0, *arguments, *[0] * (6 - len(arguments)))
    value, at = 0, 0
    while True:
        step = steps[at]
        at += 1
        if step.code == seccomp.LOAD:
            value = struct.unpack_from("<I", data, step.operand)[0]
        elif step.code == seccomp.AND:
            value &= step.operand
        elif step.code == seccomp.RETURN:
            break
        else:
            true = {
                seccomp.IF_EQUAL: value == step.operand,
                seccomp.IF_ABOVE: value > step.operand,
                seccomp.IF_ANY_BIT: bool(value & step.operand),
            }[step.code]
            at += step.if_true if true else step.if_false
    if step.operand in {seccomp.ALLOW, seccomp.KILL}:
        return "allow" if step.operand == seccomp.ALLOW else "kill"
    return errno.errorcode[step.operand & 0xFFFF]


@pytest.mark.parametrize("machine", sorted(seccomp.MACHINES))
def test_the_filter_decides_by_arguments(machine: str) -> None:
    """On every processor that has a table: threads but no processes, local sockets, own signals."""
    column, architecture = seccomp.MACHINES[machine]
    number = {"clone": (56, 220), "clone3": (435, 435), "socket": (41, 198), "kill": (62, 129),
              "socketpair": (53, 199), "openat": (257, 56), "read": (0, 63), "new": (470, 470),
              "prctl": (157, 167), "execve": (59, 221), "fchmod": (91, 52)}  # fmt: skip
    thread = 0x3D0F00  # what the C library passes for a thread
    far, near = {}, {}
    for decisions, own_pid in ((far, None), (near, 77)):
        steps = seccomp.program(machine, own_pid)
        for name, *arguments in (
            ("clone", thread), ("clone", 17), ("clone", thread | 0x40000000), ("clone3",),
            ("socket", 1), ("socket", 2), ("socketpair", 1, 1), ("socketpair", 1, 2),
            ("kill", 77), ("kill", 78), ("kill", 0), ("openat", 0, 0, 0x200),
            ("openat", 0, 0, 0x241), ("read",), ("new",), ("prctl", 15), ("prctl", 1),
            ("execve",), ("fchmod",),
        ):  # fmt: skip
            call = (architecture, number[name][column], tuple(arguments))
            decisions[(name, *arguments)] = decide(steps, call)
        assert decide(steps, (0x40000003, 1, ())) == "kill"
    refused = {("clone", 17): "EPERM", ("clone", thread | 0x40000000): "EPERM",
               ("clone3",): "ENOSYS", ("new",): "ENOSYS", ("socket", 2): "EACCES",
               ("prctl", 1): "EPERM", ("execve",): "EPERM"}  # fmt: skip
    assert {call: what for call, what in far.items() if what != "allow"} == refused
    assert {call: what for call, what in near.items() if what != "allow"} == {
        **refused, ("socket", 1): "EACCES", ("socketpair", 1, 2): "EACCES", ("kill", 78): "EPERM",
        ("kill", 0): "EPERM", ("openat", 0, 0, 0x200): "EPERM", ("fchmod",): "EPERM",
    }  # fmt: skip
    with pytest.raises(OSError, match="riscv64"):
        seccomp.program("riscv64", None)


if __name__ == "__main__":
    import keras  # noqa: F401
    import matplotlib.pyplot as plt  # noqa: F401

    with tempfile.TemporaryDirectory() as name:
        described = wall(CASES[0], Path(name), memory=2 << 30, processes=128,
                         scratch_bytes=64 << 20, descriptors=256)  # fmt: skip
        json.dump(behind(CASES[0], described, fit_and_draw), sys.stdout)
