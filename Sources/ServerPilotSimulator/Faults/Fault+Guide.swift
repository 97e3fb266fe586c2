extension Fault {
    /// The help text about faults: the short form, the kinds with their keys, the document.
    public static var guide: String {
        let kinds = FaultKind.all.map { kind in
            let keys = kind.keys.map { key in key.name + (key.usual.map { "=\($0)" } ?? "=…") }
            return "  \(([kind.name] + keys).joined(separator: ","))\n      \(kind.sentence)"
        }
        return """
            A fault is OPERATION[:CALLS]=KIND[,KEY=VALUE]…

            OPERATION  create_app or another, * for all, reads, writes
            CALLS      2 (the second alone), first-3, every-3, 10% (by --seed);
                       all of them if nothing is said
            KIND       one of those below, with the values its keys have if nothing
                       is said; a number is short for status, as in 'apps=503'.
                       Times are 250ms, 5s, 10m, 1h30m, on the simulator's clock.

            \(kinds.joined(separator: "\n"))

            A file has the same as JSON, and says when servers connect:
              { "faults": [
                  { "operation": "create_app", "nth": 2, "fault": "reply_lost" },
                  { "operation": "writes", "probability": 0.1, "fault": "status",
                    "status": 503, "effect": "done" },
                  { "operation": "update_app", "nth": 1, "fault": "rival",
                    "call": "update_app", "arguments": { "id": "{id}",
                      "domains": ["{current.domains}", "rival.example"] } } ],
                "servers": [ { "name": "www*", "connect_after": "90s" },
                             { "name": "*", "connect_after": null } ] }
            CALLS are "nth", "first", "every" or "probability" there.
            """
    }
}
