"""The command line: one group whose commands load when they are called."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click
from click.shell_completion import CompletionItem

from grader import __version__
from grader.cli.workflow import commands_stopped
from grader.errors import Exit, GraderError

COMMANDS = {
    "check": ("grader.cli.student", "Ask the public questions of your own files."),
    "watch": ("grader.cli.student", "Check again on every save."),
    "hint": ("grader.cli.student", "Show the next hint, one level at a time."),
    "list": ("grader.cli.student", "List the exercises, how they stand, and their points."),
    "start": ("grader.cli.start", "Lay out what students get, or an autograder."),
    "grade": ("grader.cli.instructor", "Grade submissions and write reports."),
    "merge": ("grader.cli.instructor", "Make the reports of a class graded in parts."),
    "collect": ("grader.cli.gradebook", "Copy a platform's download into a folder per student."),
    "export": ("grader.cli.gradebook", "Fill grades into the file that a platform exported."),
    "review": ("grader.cli.review", "Read the answers in words, in the browser."),
    "serve": ("grader.cli.review", "Watch a class being graded, in the browser."),
    "new": ("grader.cli.author", "Start a new exercise that verifies from the first moment."),
    "verify": ("grader.cli.author", "Prove that a course judges well."),
    "doctor": ("grader.cli.anyone", "Say what works on this machine, and what does not."),
}
READERS = {
    "You do the exercises": ("check", "watch", "hint", "list"),
    "You grade them": ("start", "collect", "grade", "serve", "review", "merge", "export"),
    "You write them": ("new", "verify"),
    "Something does not work": ("doctor",),
}
ATTRIBUTES = {"list": "list_"}  # a command's name in its module, where Python has that word


class Lazy(click.Group):
    """A group that imports a command's module only when the command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the commands in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, ATTRIBUTES.get(cmd_name, cmd_name))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest a command where a name is nearly right."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=1)
            suggestion = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"There is no command {name!r}.{suggestion}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands by who needs them, without importing them."""
        for reader, names in READERS.items():
            with formatter.section(reader):
                formatter.write_dl([(name, COMMANDS[name][1]) for name in names])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the name of a command without importing any."""
        fitting = (name for name in COMMANDS if name.startswith(incomplete))
        items = [CompletionItem(name, help=COMMANDS[name][1]) for name in fitting]
        return [*items, *click.Command.shell_complete(self, ctx, incomplete)]


@click.group(
    cls=Lazy,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Each command explains itself: grader grade --help. Names complete in bash after: "
    'eval "$(_GRADER_COMPLETE=bash_source grader)"',
)
@click.version_option(__version__, prog_name="grader")
def cli() -> None:
    """Grade exercises on neural networks, and say what is wrong.

    \b
    grader check q5                          your own files, before you hand them in
    grader grade SUBMISSION… --out reports   a file, a folder, a zip, or a whole class

    An exercise is named q5, 5, or by its file, and a course is the folder with exercises/ that
    you stand in.
    """  # noqa: D301


@commands_stopped()
def main(args: list[str] | None = None) -> Any:
    """Run the command line and leave with its exit code."""
    try:
        code = cli.main(args=args, prog_name="grader", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nInterrupted.", err=True)
        sys.exit(Exit.INTERRUPTED)
    except GraderError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.code)
    sys.exit(code if isinstance(code, int) else Exit.OK)
