"""Small wrong turns of a program: each mutant is the reference with one place changed.

The operators are the classic ones of mutation analysis (DeMillo, Lipton and Sayward 1978; Offutt
et al. 1996), and those slips that numeric code invites: another axis, swapped arguments, a
dropped transpose.  They work on the syntax tree and change nothing else in the text, so that a
survivor's diff is one line.
"""

from __future__ import annotations

import ast
import copy
import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from grader.errors import CourseError
from grader.source import parsed

Node = ast.expr | ast.stmt
Operator = Callable[[ast.AST], Iterator[ast.AST]]

ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
}
COMPARISON: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
UNTOUCHED = {"annotation", "returns", "decorator_list", "ctx", "defaults", "kw_defaults"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """The reference with one place changed."""

    operator: str
    line: int
    was: str  # the changed lines before and after, stripped: what an author records it by
    becomes: str
    text: str
    diff: str


def mutants(text: str) -> Iterator[Mutant]:
    """Yield every mutant of a module's text that differs from it, in order of lines.

    Raises :class:`~grader.errors.CourseError` where Python cannot read the text.
    """
    tree, error = parsed(text)
    if tree is None:
        raise CourseError(
            f"a reference cannot be read: {error}\n"
            "  next: 'grader verify' names the file and the line"
        )
    seen = {text}
    for node in _places(tree):
        for name, operator in OPERATORS.items():
            for changed in operator(node):
                mutated = _replaced(text, node, changed)
                if mutated not in seen and parsed(mutated)[0]:
                    seen.add(mutated)
                    yield _mutant(name, node, text, mutated)


def _places(tree: ast.Module) -> list[Node]:
    """Return the statements and expressions that may change, in order of appearance.

    Annotations, decorators, imports, ``NOTES``, docstrings and formatted texts say nothing about
    behaviour that a check could see.  Defaults of parameters belong to the signature, which the
    stub gives.
    """
    found: list[Node] = []

    def visit(node: ast.AST) -> None:
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.JoinedStr)) or _is_text(node):
            return
        if isinstance(node, (ast.stmt, ast.expr)):
            found.append(node)
        for name, value in ast.iter_fields(node):
            if name in UNTOUCHED:
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    visit(child)

    for child in tree.body:
        visit(child)
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def _is_text(node: ast.AST) -> bool:
    """Tell whether a statement is a docstring, or the student's answer in words."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    targets = node.targets if isinstance(node, ast.Assign) else []
    return any(isinstance(one, ast.Name) and one.id == "NOTES" for one in targets)


def _arithmetic(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in ARITHMETIC:
        yield _with(node, op=ARITHMETIC[type(node.op)]())


def _operands(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and isinstance(
        node.op, (ast.MatMult, ast.Sub, ast.Div, ast.Pow)
    ):
        yield _with(node, left=node.right, right=node.left)


def _one_side(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.MatMult):
        yield node.left
        yield node.right


def _comparison(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for index, operator in enumerate(node.ops):
            for other in COMPARISON[type(operator)]:
                yield _with(node, ops=[*node.ops[:index], other(), *node.ops[index + 1 :]])


def _logic(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        for index in range(len(node.values)):
            rest = [*node.values[:index], *node.values[index + 1 :]]
            yield rest[0] if len(rest) == 1 else _with(node, values=rest)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    if isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _sign(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield node.operand


def _constant(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Constant):
        return
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, (int, float)):
        yield ast.Constant(value + 1)
        if value:
            yield ast.Constant(0 * value)
            yield ast.Constant(2 * value)
    elif value is None:
        yield ast.Constant(0)
    elif isinstance(value, str):
        yield ast.Constant(f"{value}_")


def _axis(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call):
        for index, keyword in enumerate(node.keywords):
            if keyword.arg in {"axis", "keepdims"}:
                yield _with(node, keywords=node.keywords[:index] + node.keywords[index + 1 :])


def _arguments(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call):
        for index in range(len(node.args) - 1):
            swapped = [*node.args]
            swapped[index : index + 2] = swapped[index + 1], swapped[index]
            yield _with(node, args=swapped)


def _bare(node: ast.AST) -> Iterator[ast.AST]:
    """Leave out a function of one argument, a transpose, a method without arguments."""
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        yield node.args[0]
    if isinstance(node, ast.Call) and not node.args and isinstance(node.func, ast.Attribute):
        yield node.func.value
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield node.value


def _dropped(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Expr, ast.Continue, ast.Break)):
        yield ast.Pass()
    if isinstance(node, ast.Return) and node.value is not None:
        yield ast.Return(None)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)) and isinstance(
        getattr(node, "ctx", ast.Load()), ast.Load
    ):
        for index in range(len(node.elts)):
            yield _with(node, elts=[*node.elts[:index], *node.elts[index + 1 :]])


OPERATORS: dict[str, Operator] = {
    "arithmetic": _arithmetic,
    "operands swapped": _operands,
    "one side only": _one_side,
    "comparison": _comparison,
    "logic": _logic,
    "sign": _sign,
    "constant": _constant,
    "axis": _axis,
    "arguments swapped": _arguments,
    "call left out": _bare,
    "dropped": _dropped,
}


def _with(node: ast.AST, **fields: object) -> ast.AST:
    """Return a copy of a node with some fields changed."""
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _replaced(text: str, node: Node, changed: ast.AST) -> str:
    """Return the text with a node's own characters replaced by another node."""
    lines = text.splitlines(keepends=True)
    end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or 0
    code = ast.unparse(ast.fix_missing_locations(changed))
    if isinstance(node, ast.expr):
        code = f"({code})" if not isinstance(changed, (ast.Name, ast.Constant)) else code
    else:
        code = code.replace("\n", f"\n{' ' * node.col_offset}")
    before = lines[node.lineno - 1].encode()[: node.col_offset].decode()
    after = lines[end_line - 1].encode()[end_column:].decode()
    return "".join([*lines[: node.lineno - 1], before, code, after, *lines[end_line:]])


def _mutant(operator: str, node: Node, text: str, mutated: str) -> Mutant:
    old, new = text.splitlines(), mutated.splitlines()
    changes = list(difflib.unified_diff(old, new, lineterm="", n=0))[2:]
    was = [line[1:].strip() for line in changes if line.startswith("-")]
    becomes = [line[1:].strip() for line in changes if line.startswith("+")]
    shown = "\n".join(line for line in changes if not line.startswith("@@"))
    return Mutant(operator, node.lineno, "\n".join(was), "\n".join(becomes), mutated, shown)
