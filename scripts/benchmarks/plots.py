"""Draws plots as SVG: plain, and readable on light and on dark pages."""
import math
from xml.sax.saxutils import escape

STYLE = """<style>
text { font: 13px system-ui, sans-serif; fill: #24292f; }
.title { font-weight: 600; font-size: 15px; }
.panel { fill: #ffffff; stroke: #d0d7de; }
.grid { stroke: #d8dee4; stroke-width: 1; }
.axis { stroke: #57606a; stroke-width: 1; fill: none; }
.ideal { stroke: #57606a; stroke-width: 1.5; stroke-dasharray: 5 4; fill: none; }
.line { stroke-width: 2; fill: none; }
.c0 { stroke: #0969da; } .f0 { fill: #0969da; } .c1 { stroke: #bc4c00; } .f1 { fill: #bc4c00; }
.c2 { stroke: #1a7f37; } .f2 { fill: #1a7f37; } .c3 { stroke: #8250df; } .f3 { fill: #8250df; }
.c4 { stroke: #9a6700; } .f4 { fill: #9a6700; }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3; } .panel { fill: #0d1117; stroke: #30363d; } .grid { stroke: #30363d; }
.axis { stroke: #8b949e; } .ideal { stroke: #8b949e; }
.c0 { stroke: #58a6ff; } .f0 { fill: #58a6ff; } .c1 { stroke: #f0883e; } .f1 { fill: #f0883e; }
.c2 { stroke: #3fb950; } .f2 { fill: #3fb950; } .c3 { stroke: #bc8cff; } .f3 { fill: #bc8cff; }
.c4 { stroke: #d29922; } .f4 { fill: #d29922; }
}
</style>"""
COLORS = 5


class Canvas:
    """An SVG image that grows by elements."""

    def __init__(self, width, height, title):
        self.width, self.height, self.title = width, height, title
        self.parts = []
        self.text(20, 28, title, "title")

    def text(self, x, y, words, kind="", anchor="start"):
        """Adds text."""
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>')

    def line(self, points, kind):
        """Adds a line through points."""
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.parts.append(f'<polyline points="{path}" class="{kind}"/>')

    def dot(self, x, y, color):
        """Adds a point of a line."""
        self.parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" class="f{color}"/>')

    def bar(self, x, y, width, height, color):
        """Adds a bar."""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{height:.1f}" class="f{color}"/>')

    @property
    def svg(self):
        """The file."""
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
                f'width="{self.width}" height="{self.height}" role="img" aria-label="{escape(self.title)}">\n{STYLE}\n'
                f'<rect x="0.5" y="0.5" width="{self.width - 1}" height="{self.height - 1}" rx="6" class="panel"/>\n'
                + "\n".join(self.parts) + "\n</svg>\n")


class Axes:
    """Two logarithmic axes in a part of a canvas."""

    def __init__(self, canvas, left, top, width, height, across, up):
        self.canvas, self.left, self.top, self.width, self.height = canvas, left, top, width, height
        self.across, self.up = [(math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9))
                                for low, high in (across, up)]
        for tick in range(self.across[0], self.across[1] + 1):
            x, _ = self.place(10.0 ** tick, 1)
            canvas.line([(x, top), (x, top + height)], "grid")
            canvas.text(x, top + height + 18, power(tick), anchor="middle")
        for tick in range(self.up[0], self.up[1] + 1):
            _, y = self.place(1, 10.0 ** tick)
            canvas.line([(left, y), (left + width, y)], "grid")
            canvas.text(left - 8, y + 4, power(tick), anchor="end")
        canvas.line([(left, top), (left, top + height), (left + width, top + height)], "axis")

    def place(self, x, y):
        """The point of two values."""
        share = [(math.log10(max(value, 1e-12)) - low) / max(high - low, 1)
                 for value, (low, high) in ((x, self.across), (y, self.up))]
        return self.left + share[0] * self.width, self.top + (1 - share[1]) * self.height

    def series(self, points, color):
        """Draws a line with points."""
        placed = [self.place(*point) for point in points]
        self.canvas.line(placed, f"line c{color}")
        for x, y in placed:
            self.canvas.dot(x, y, color)


def power(tick):
    """A power of ten as people write it."""
    return f"{10 ** tick:,}" if tick >= 0 else f"{10.0 ** tick:g}"


def legend(canvas, left, top, names, ideal=None):
    """Names lines by their color, one below the other."""
    for index, name in enumerate(names):
        canvas.line([(left, top - 4 + index * 20), (left + 24, top - 4 + index * 20)], f"line c{index % COLORS}")
        canvas.text(left + 32, top + index * 20, name)
    if ideal:
        y = top + len(names) * 20
        canvas.line([(left, y - 4), (left + 24, y - 4)], "ideal")
        canvas.text(left + 32, y, ideal)


def goals(rows):
    """Each goal, and how much of it is used up."""
    checks = [(row.module.NUMBER, check) for row in rows if row.measured for check in row.measured.checks
              if check.limit > 0]
    if not checks:
        return None
    height = 86 + 24 * len(checks)
    canvas = Canvas(760, height, "Measured, divided by the goal: at most 1 is met")
    low, high, left, width = 0.01, 100.0, 360, 310

    def place(value):
        share = (math.log10(min(max(value, low), high)) - math.log10(low)) / (math.log10(high) - math.log10(low))
        return left + share * width

    bottom = height - 38
    for tick in (0.01, 0.1, 1, 10, 100):
        canvas.line([(place(tick), 46), (place(tick), bottom)], "ideal" if tick == 1 else "grid")
        canvas.text(place(tick), bottom + 20, f"{tick:g}", anchor="middle")
    for index, (name, check) in enumerate(checks):
        y = 52 + 24 * index
        canvas.text(left - 10, y + 13, f"{name}  {check.what}", anchor="end")
        canvas.bar(left, y + 2, place(check.share) - left, 14, 2 if check.met else 1)
        # In a column of its own, where no line crosses it.
        canvas.text(740, y + 13, f"{check.share:.2f}" if check.share < 10 else f"{check.share:,.0f}", anchor="end")
    return canvas.svg


def growth(rows):
    """CPU time by size, beside a straight line."""
    series = next((row.measured.data for row in rows if row.measured and row.module.NUMBER == "P11"), None)
    if not series:
        return None
    grown = {name: [(point["size"] / points[0]["size"], point["cpu"] / points[0]["cpu"]) for point in points]
             for name, points in series.items()}
    most = max(y for points in grown.values() for _, y in points)
    least = min(y for points in grown.values() for _, y in points)
    canvas = Canvas(760, 360, "CPU time beside the smallest size")
    axes = Axes(canvas, 70, 50, 400, 250, (1, 100), (min(least, 1), max(most, 100)))
    canvas.line([axes.place(1, 1), axes.place(100, 100)], "ideal")
    for index, points in enumerate(grown.values()):
        axes.series(points, index % COLORS)
    canvas.text(270, 345, "size beside the smallest", anchor="middle")
    legend(canvas, 500, 80, list(grown), "a straight line")
    return canvas.svg


def fleets(rows):
    """Requests and memory of a fleet by the number of sites."""
    data = next((row.measured.data for row in rows if row.measured and "sizes" in row.measured.data), None)
    if not data:
        return None
    canvas = Canvas(760, 380, "Fleets by their number of sites")
    names = {"sizes": "without faults", "faults": "faults of nine kinds, 1 % each"}
    for index, (title, value) in enumerate(
            (("requests", lambda fleet: fleet["requests"]), ("memory, MiB", lambda fleet: fleet["memory_kib"] / 1024))):
        values = [max(value(fleet), 0.1) for kind in names for fleet in data[kind]]
        sites = [fleet["sites"] for kind in names for fleet in data[kind]]
        left = 75 + 365 * index
        axes = Axes(canvas, left, 75, 280, 210, (min(sites), max(sites)), (min(values), max(values)))
        canvas.text(left, 62, title)
        if title == "requests":
            canvas.line([axes.place(fleet["sites"], fleet["least"]) for fleet in data["sizes"]], "ideal")
        for color, kind in enumerate(names):
            axes.series([(fleet["sites"], max(value(fleet), 0.1)) for fleet in data[kind]], color)
        canvas.text(left + 140, 322, "sites", anchor="middle")
    for index, name in enumerate(names.values()):
        left = 75 + 155 * index
        canvas.line([(left, 350), (left + 24, 350)], f"line c{index}")
        canvas.text(left + 32, 354, name)
    canvas.line([(510, 350), (534, 350)], "ideal")
    canvas.text(542, 354, "the least possible requests")
    return canvas.svg


def draw(rows):
    """All plots that the rows have figures for, by file name."""
    drawn = {"performance-goals.svg": goals(rows), "performance-growth.svg": growth(rows),
             "performance-fleets.svg": fleets(rows)}
    return {name: svg for name, svg in drawn.items() if svg}
