"""Markdown tables, and the measures in them."""


def markdown(head, rows):
    """A table: the first column left, the others right."""
    rows = [[cell if isinstance(cell, str) else f"{cell:.1f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def f1(gold, found):
    """F1 in per cent of sets of things found."""
    return 200.0 * len(gold & found) / max(1, len(gold) + len(found))
