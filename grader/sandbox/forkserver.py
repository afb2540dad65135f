"""The process that imports TensorFlow once and from then on only forks.

It is executed with an environment of its own and holds no secret: whatever lies in its memory,
every student's code can read.  It never runs student code, never prints, and never calls a
TensorFlow operation, whose threads would not survive a fork.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
from collections.abc import Sequence

from grader.sandbox import warden, warming
from grader.sandbox.plan import Plan

MAX_REQUEST = 1 << 16
PATIENCE = 3  # seconds


def main(descriptor: int, wanted: Sequence[str]) -> None:
    """Serve fork requests on a connected SOCK_SEQPACKET socket until the judge hangs up.

    ``wanted`` names the modules that children are to find imported already.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the judge's to answer
    control = socket.socket(fileno=descriptor)
    control.send(json.dumps({"ready": True, "versions": preload(wanted)}).encode())
    gc.collect()
    gc.freeze()  # a collection in a child would touch, and so copy, every page
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, MAX_REQUEST, 3)
        reap()
        if not request:
            bury()
            return
        channel, output, leash = descriptors
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            control.close()
            warden.run(Plan.from_json(request.decode()), channel, output, leash)
        for one in descriptors:
            os.close(one)
        control.send(json.dumps({"pid": pid}).encode())


def preload(wanted: Sequence[str]) -> dict[str, str]:
    """Import what students will import, and warm what is slow the first time; return versions."""
    versions = {"python": sys.version.split()[0]}
    for name in wanted:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
            top = name.partition(".")[0]
            versions[top] = str(getattr(sys.modules[top], "__version__", ""))
    for name in ("portray", "child"):
        importlib.import_module(f"grader.sandbox.{name}")
    warming.warm()
    for name in ("expression", "keras_model", "keras_layers"):
        importlib.import_module(f"grader.{name}")
    return versions


def reap() -> None:
    """Collect wardens that have ended."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def bury() -> None:
    """Wait a moment: wardens, whose leashes the judge has dropped as well, bury their children."""
    signal.alarm(PATIENCE)  # its default action ends this process, and so kills every warden
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
