"""What schemathesis checks beside its own checks, for conformance.py.

A request that the document allows is accepted, or refused for a rule about the account: one that the document lists for
the operation, told in the rule's own words. RULES names the file that `sprun simulate --rules --json` printed.
"""
import json
import os

import schemathesis

with open(os.environ["RULES"], encoding="utf-8") as file:
    SENTENCES = {rule["id"]: rule["rule"] for rule in json.load(file)["rules"]}


@schemathesis.check
def refused_for_a_rule(ctx, response, case):
    if 200 <= response.status_code < 300:
        return
    message = response.json()["error"]["message"]
    if response.status_code == 401 or case.meta is None or case.meta.generation.mode.value != "positive":
        return
    rules = case.operation.definition.raw["x-rules"]
    expected = [SENTENCES[rule] for rule in rules]
    assert message in expected, f"{case.method} {case.path}: refused with '{message}', which is none of {rules}"
