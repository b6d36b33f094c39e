"""The PyTorch script for the graph of a gradient: ``create_graph=True``, then a second way back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from derivlab.autodiff.tape_nodes import Graph
from derivlab.lowering.spelling import free_name, quoted
from derivlab.lowering.to_python import Script, python_lines


def gradient_script(graph: Graph, at: Mapping[str, Any]) -> Script:
    """The script that records ``graph`` (of ``create_graph=True`` at the point ``at``) and prints its numbers.

    ``result_line`` of the answer is the line that makes the gradient, ``backward_line`` the second way back,
    None where PyTorch refuses that. Where f itself has no gradient it is the script of f. Raises InputError
    for a point that does not fit the function.
    """
    plain = python_lines(graph.function, at, None, steps=True, raw=True)
    if graph.wrt is None or not any(node.stage == "gradient" for node in graph.nodes):
        return plain
    lines = plain.text.splitlines()
    names = {name: _assigned(lines[line - 1]) for name, line in plain.leaf_line.items()}
    result = _assigned(lines[plain.result_line - 1])
    gradient = free_name(("g", "slope"), {_assigned(line) for line in lines})
    is_single = not any(leaf.shape for leaf in graph.leaves)
    total = "" if is_single else ".sum()"
    body = [
        *lines[: plain.result_line],
        "",
        "# create_graph=True: the way back is recorded too, so the gradient has a graph of its own.",
        f"({gradient},) = torch.autograd.grad({result}{total}, {names[graph.wrt]}, create_graph=True)",
    ]
    made = len(body)
    if graph.backward_error:
        body.append(f"# {gradient} is a constant: {gradient}.backward() would raise a RuntimeError.")
    else:
        body.append(f"{gradient}{total}.backward()")
    body += ["", *_prints(graph, names, result, gradient, "item" if is_single else "tolist")]
    backward_line = None if graph.backward_error else made + 1
    return Script("\n".join(body) + "\n", plain.line_of, plain.leaf_line, made, backward_line)


def _assigned(line: str) -> str:
    """The name that a line of the script gives a value to."""
    return line.split(" = ", maxsplit=1)[0]


def _prints(graph: Graph, names: Mapping[str, str], result: str, gradient: str, ask: str) -> list[str]:
    """The lines that print the value, the gradient, and what the second way back left in the leaves."""
    f = graph.function
    first = f"d{f.name}/d{graph.wrt}"
    heading = f"{f.name}({', '.join(f.variables)}) ="
    lines = [
        f"print({quoted(heading)}, {result}.{ask}())",
        f"print({quoted(first + ' =')}, {gradient}.{ask}())",
    ]
    if graph.backward_error:
        return lines
    for name, slope in graph.gradient.items():
        kept = f"{names[name]}.grad" + ("" if slope is None else f".{ask}()")
        lines.append(f"print({quoted(f'd({first})/d{name} =')}, {kept})")
    return lines
