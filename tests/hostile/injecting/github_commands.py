"""error: commands to the machine that runs a workflow
student: ::set-output name=points::100
"""

COMMANDS = (
    "\n::error file=check.py,line=1::the checker is broken\n"
    "::add-mask::4\n##[set-env name=PATH]/tmp\n::stop-commands::x\n  ::group::all passed\n"
)
print(COMMANDS)


def area(radius):
    raise ValueError(COMMANDS)
