"""seccomp: the system calls that a submission has no use for, refused by a small kernel program.

A list of what is refused, not of what is allowed: TensorFlow, BLAS and HDF5 make about 150 kinds of
call, which change from release to release.  Namespaces and Landlock are the boundary; this filter
keeps rarely used kernel code out of reach and closes what those two leave open.  Above all it
refuses new processes and programs: no fork bombs, no daemons, no shell.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from errno import EACCES, ENOSYS, EPERM
from typing import NamedTuple

from grader.sandbox import kernel

# Name, number on x86_64, number on aarch64 (- where it has no such call).
REFUSED = {
    "new processes and programs": """
        fork 57 -  vfork 58 -  execve 59 221  execveat 322 281""",
    "the insides of other processes": """
        ptrace 101 117  process_vm_readv 310 270  process_vm_writev 311 271  kcmp 312 272
        process_madvise 440 440  process_mrelease 448 448  pidfd_open 434 434
        pidfd_getfd 438 438  pidfd_send_signal 424 424  move_pages 279 239
        migrate_pages 256 238""",
    "what others do with files": """
        inotify_init 253 -  inotify_init1 294 26  inotify_add_watch 254 27
        fanotify_init 300 262""",
    "namespaces and mounts": """
        unshare 272 97  setns 308 268  chroot 161 51  pivot_root 155 41  mount 165 40
        umount2 166 39  open_tree 428 428  move_mount 429 429  fsopen 430 430
        fsconfig 431 431  fsmount 432 432  fspick 433 433  mount_setattr 442 442
        statmount 457 457  listmount 458 458  name_to_handle_at 303 264
        open_by_handle_at 304 265  quotactl 179 60  quotactl_fd 443 443""",
    "memory outside the limits, messages past the wall": """
        memfd_create 319 279  memfd_secret 447 447  shmget 29 194  shmat 30 196
        shmctl 31 195  msgget 68 186  msgsnd 69 189  msgrcv 70 188  msgctl 71 187
        semget 64 190  semop 65 193  semtimedop 220 192  semctl 66 191  mq_open 240 180
        mq_unlink 241 181  add_key 248 217  request_key 249 218  keyctl 250 219""",
    "kernel code with a long record of holes": """
        bpf 321 280  userfaultfd 323 282  perf_event_open 298 241  io_uring_setup 425 425
        io_uring_enter 426 426  io_uring_register 427 427
        seccomp 317 277  personality 135 92  modify_ldt 154 -  lookup_dcookie 212 18
        nfsservctl 180 42  uselib 134 -  ustat 136 -  _sysctl 156 -""",
    "the administrator's calls": """
        init_module 175 105  finit_module 313 273  delete_module 176 106  kexec_load 246 104
        kexec_file_load 320 294  reboot 169 142  swapon 167 224  swapoff 168 225  acct 163 89
        syslog 103 116  sethostname 170 161  setdomainname 171 162  settimeofday 164 170
        clock_settime 227 112  clock_adjtime 305 266  adjtimex 159 171  iopl 172 -
        ioperm 173 -  vhangup 153 58""",
}

# Where a namespace is missing, the user's own files, processes and services are in reach.
_REFUSED_IN_REACH = {
    "what Landlock does not cover": """
        chmod 90 -  fchmod 91 52  fchmodat 268 53  fchmodat2 452 452  chown 92 -  fchown 93 55
        lchown 94 -  fchownat 260 54  utime 132 -  utimes 235 -  futimesat 261 -
        utimensat 280 88  setxattr 188 5  lsetxattr 189 6  fsetxattr 190 7  removexattr 197 14
        lremovexattr 198 15  fremovexattr 199 16  truncate 76 45""",
    "services that listen on a path": """
        connect 42 203""",
    "the pace and signals of other processes": """
        setpriority 141 140  ioprio_set 251 30  sched_setscheduler 144 119
        sched_setparam 142 118  sched_setattr 314 274  tkill 200 130""",
}

# Calls whose arguments decide.
_INSPECTED = """
    clone 56 220  clone3 435 435  ioctl 16 29  prctl 157 167  socket 41 198
    socketpair 53 199  open 2 -  openat 257 56  openat2 437 437  fcntl 72 25
    kill 62 129  tgkill 234 131  rt_sigqueueinfo 129 138  rt_tgsigqueueinfo 297 240
    prlimit64 302 261  sched_setaffinity 203 122"""

MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column, AUDIT_ARCH_*
_NEWEST = 462  # mseal; later calls, and those of the x32 interface, are answered ENOSYS

_CLONE_THREAD = 0x10000
_CLONE_NEW = 0x7E020000  # cgroup, uts, ipc, user, pid, net, mount
_AF_UNIX, _SOCK_STREAM, _SOCK_TYPE = 1, 1, 0xF
_ACCESS_MODE, _O_TRUNC = 3, 0x200
_TIOCSTI, _TIOCLINUX, _FIOSETOWN, _SIOCSPGRP = 0x5412, 0x541C, 0x8901, 0x8902
_F_SETOWN, _F_SETSIG, _F_SETOWN_EX = 8, 10, 15
_PR_SET_MM, _PR_SET_PTRACER = 35, 0x59616D61

ALLOW, KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
LOAD, RETURN, AND = 0x20, 0x06, 0x54
IF_EQUAL, IF_ABOVE, IF_ANY_BIT = 0x15, 0x25, 0x45


class Step(NamedTuple):
    """One classic BPF instruction: what to do, steps to skip if true, if false, the operand."""

    code: int
    operand: int
    if_true: int = 0
    if_false: int = 0


def program(machine: str, own_pid: int | None) -> list[Step]:
    """Write the filter for a processor.

    Args:
        machine: "x86_64" or "aarch64".
        own_pid: None where every namespace is there; else this process's number, the only one
            that it may signal, and the filter also refuses what reaches the user's own things.

    Raises:
        OSError: the numbers of this processor's system calls are not known.
    """
    if machine not in MACHINES:
        raise OSError(f"no table of system calls for {machine} processors")
    column, architecture = MACHINES[machine]
    known = numbers([_INSPECTED], column)
    refused = numbers(REFUSED.values(), column)
    if own_pid is not None:
        refused |= numbers(_REFUSED_IN_REACH.values(), column)
    steps = [
        Step(LOAD, 4),
        Step(IF_EQUAL, architecture, if_true=1),
        Step(RETURN, KILL),
        Step(LOAD, 0),
        *_when(IF_ABOVE, _NEWEST, [_error(ENOSYS)]),
        # The flags of clone3 lie behind a pointer; the C library falls back to clone.
        *_when(IF_EQUAL, known["clone3"], [_error(ENOSYS)]),
    ]
    for number in refused.values():
        steps += _when(IF_EQUAL, number, [_error(EPERM)])
    inspections = ([] if own_pid is None else _in_reach(own_pid)) + _everywhere()
    for name, argument, decision in inspections:  # the first that names a call decides
        if name in known:
            steps += _when(IF_EQUAL, known[name], [Step(LOAD, 16 + 8 * argument), *decision])
    return [*steps, Step(RETURN, ALLOW)]


def install(own_pid: int | None) -> None:
    """Put the filter over this process, for good; it must have set no_new_privs.

    Raises:
        OSError: the kernel has no seccomp, or the processor's table is missing.
    """
    steps = program(os.uname().machine, own_pid)
    code = b"".join(struct.pack("HBBI", s.code, s.if_true, s.if_false, s.operand) for s in steps)
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("H6xP", len(steps), ctypes.addressof(buffer))
    pointer = ctypes.cast(ctypes.c_char_p(header), ctypes.c_void_p)
    kernel.prctl(kernel.PR_SET_SECCOMP, 2, pointer, what="seccomp filter")


def _everywhere() -> list[tuple[str, int, list[Step]]]:
    """Decide by one argument: (call, which argument, steps that end in an answer)."""
    traits = (kernel.PR_SET_PDEATHSIG, kernel.PR_SET_DUMPABLE, kernel.PR_SET_SECCOMP)
    threads_only = [
        *_when(IF_ANY_BIT, _CLONE_NEW, [_error(EPERM)]),
        *_when(IF_ANY_BIT, _CLONE_THREAD, [Step(RETURN, ALLOW)]),
        _error(EPERM),
    ]
    return [
        ("clone", 0, threads_only),
        ("prctl", 0, _none_of(*traits, _PR_SET_MM, _PR_SET_PTRACER)),
        ("socket", 0, _only(_AF_UNIX, answer=EACCES)),
        ("ioctl", 1, _none_of(_TIOCSTI, _TIOCLINUX)),
    ]


def _in_reach(own_pid: int) -> list[tuple[str, int, list[Step]]]:
    """Decide where the user's own files, processes and services are in reach.

    Before version 3 Landlock lets a file that is opened for reading be truncated.  Pairs of stream
    sockets stay: a datagram socket of a pair could still be sent to any service by its path.
    """
    opening = [Step(AND, _O_TRUNC | _ACCESS_MODE), *_none_of(_O_TRUNC, _O_TRUNC | _ACCESS_MODE)]
    by_pid = ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo")
    return [
        ("socket", 0, [_error(EACCES)]),
        ("socketpair", 1, [Step(AND, _SOCK_TYPE), *_only(_SOCK_STREAM, answer=EACCES)]),
        ("open", 1, opening),
        ("openat", 2, opening),
        ("openat2", 0, [_error(ENOSYS)]),  # its flags lie behind a pointer
        ("fcntl", 1, _none_of(_F_SETOWN, _F_SETSIG, _F_SETOWN_EX)),  # signals by detour
        ("ioctl", 1, _none_of(_TIOCSTI, _TIOCLINUX, _FIOSETOWN, _SIOCSPGRP)),
        *((name, 0, _only(own_pid)) for name in by_pid),
        ("prlimit64", 0, _only(0, own_pid)),
        ("sched_setaffinity", 0, _only(0, own_pid)),
    ]


def numbers(tables: Iterable[str], column: int) -> dict[str, int]:
    """Read tables of system calls: the number of each call on a processor, by its name."""
    words = " ".join(tables).split()
    rows = zip(words[::3], words[1::3], words[2::3], strict=True)
    return {row[0]: int(row[1 + column]) for row in rows if row[1 + column] != "-"}


def _when(test: int, operand: int, then: list[Step]) -> list[Step]:
    return [Step(test, operand, if_false=len(then)), *then]


def _error(number: int) -> Step:
    return Step(RETURN, _ERRNO | number)


def _none_of(*values: int) -> list[Step]:
    refused = [step for value in values for step in _when(IF_EQUAL, value, [_error(EPERM)])]
    return [*refused, Step(RETURN, ALLOW)]


def _only(*values: int, answer: int = EPERM) -> list[Step]:
    allowed = [step for value in values for step in _when(IF_EQUAL, value, [Step(RETURN, ALLOW)])]
    return [*allowed, _error(answer)]
