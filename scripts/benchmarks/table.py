"""The table of all rows: Markdown for people, JSON for programs."""
import dataclasses


@dataclasses.dataclass
class Check:
    """A goal: a measured value and its limit."""

    what: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def met(self):
        return self.value >= self.limit if self.at_least else self.value <= self.limit

    @property
    def share(self):
        """How much of the goal is used up: 1 is exactly the limit, more is not met."""
        pair = (self.limit, self.value) if self.at_least else (self.value, self.limit)
        return pair[0] / pair[1] if pair[1] else float("inf")


@dataclasses.dataclass
class Measured:
    """What a row measured.

    Attributes:
        checks: its goals. Without any, the row only informs.
        columns: the heads of its details, the first of which names the line.
        lines: the details, as text.
        notes: sentences for the reader.
        data: the figures, for JSON and for other rows.
    """

    checks: list = dataclasses.field(default_factory=list)
    columns: list = dataclasses.field(default_factory=list)
    lines: list = dataclasses.field(default_factory=list)
    notes: list = dataclasses.field(default_factory=list)
    data: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Row:
    """A row of the table: a module of `rows`, with what it measured or why it could not."""

    module: object
    measured: Measured | None
    reason: str | None

    @property
    def verdict(self):
        if self.measured is None:
            return "not measured"
        if not self.measured.checks:
            return "–"
        return "met" if all(check.met for check in self.measured.checks) else "not met"

    @property
    def summary(self):
        if self.measured is None:
            return self.reason
        return "; ".join(f"{check.what} {number(check.value)}" for check in self.measured.checks) or "see below"

    @property
    def json(self):
        """The row as it stands in the file of results."""
        row = {"work": self.module.WORK, "beside": self.module.BESIDE, "goal": self.module.GOAL,
               "verdict": self.verdict}
        if self.measured is None:
            return row | {"reason": self.reason}
        return row | {
            "checks": [dataclasses.asdict(check) | {"met": check.met} for check in self.measured.checks],
            "notes": self.measured.notes, "figures": self.measured.data}


def number(value):
    """A number with three digits that count."""
    if value == 0:
        return "0"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 1 else 3
    return f"{value:.{digits}f}"


def millions(count):
    """Instructions, in millions."""
    return f"{number(count / 1e6)} M"


def line_of(cells):
    """A line of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def markdown(rows, heading="##"):
    """The table of all rows, and the details of each."""
    text = [line_of(["#", "work", "beside", "goal", "measured", ""]), "|---|---|---|---|---|---|"]
    text += [line_of([row.module.NUMBER, row.module.WORK, row.module.BESIDE, row.module.GOAL, row.summary, row.verdict])
             for row in rows]
    for row in rows:
        if row.measured is None or not (row.measured.lines or row.measured.notes):
            continue
        text += ["", f"{heading} {row.module.NUMBER} {row.module.TITLE}"]
        if row.measured.lines:
            text += [line_of(row.measured.columns), "|---" + "|--:" * (len(row.measured.columns) - 1) + "|"]
            text += [line_of(line) for line in row.measured.lines]
        if row.measured.notes:
            text += ([""] if row.measured.lines else []) + row.measured.notes
    return "\n".join(text) + "\n"
