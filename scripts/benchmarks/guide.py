"""Writes the table and the plots into the guide, so that nobody types figures there."""
import os

import table

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..",
                      "Sources", "SprunCommands", "SprunCommands.docc")
PAGE = os.path.join(FOLDER, "Performance.md")
BEGIN, END = "<!-- written by scripts/bench --guide -->", "<!-- until here -->"


def write(rows, where, drawn):
    """Replaces the text between the markers, and the plots beside the page."""
    with open(PAGE, encoding="utf-8") as file:
        before, rest = file.read().split(BEGIN)
    after = rest.split(END)[1]
    turns = "1 turn" if where["turns"] == 1 else f"{where['turns']} turns"
    sentence = (f"Measured on {where['date']} with {turns} on {where['cores']} cores ({where['machine']}), "
                f"{where['program']}.")
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(f"{before}{BEGIN}\n{sentence}\n\n{table.markdown(rows, '###')}{END}{after}")
    for name, content in drawn.items():
        with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
            file.write(content)
