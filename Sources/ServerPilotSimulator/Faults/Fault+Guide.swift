extension Fault {
    /// The help text about faults: the short form, the kinds with their keys, the document.
    public static var guide: String {
        let kinds = FaultKind.all.map { kind in
            let keys = kind.keys.map { key in key.name + (key.usual.map { "=\($0)" } ?? "=…") }
            return "  \(([kind.name] + keys).joined(separator: ","))\n      \(kind.sentence)"
        }
        return """
            A fault is OPERATION[:CALLS]=KIND[,KEY=VALUE]…

            OPERATION  an operation such as create_app, * for all, reads, or writes
            CALLS      2 (only the second), first-3, every-3, 10% (by --seed);
                       all calls by default
            KIND       one of these kinds, shown with the defaults of their keys;
                       a number is short for status, as in 'apps=503'.
                       Times are 250ms, 5s, 10m, 1h30m, on the simulator's clock.

            \(kinds.joined(separator: "\n"))

            A file has faults as JSON, and the times at which servers connect:
              { "faults": [
                  { "operation": "create_app", "nth": 2, "fault": "reply_lost" },
                  { "operation": "writes", "probability": 0.1, "fault": "status",
                    "status": 503, "effect": "done" },
                  { "operation": "update_app", "nth": 1, "fault": "rival",
                    "call": "update_app", "arguments": { "id": "{id}",
                      "domains": ["{current.domains}", "rival.example"] } } ],
                "servers": [ { "name": "www*", "connect_after": "90s" },
                             { "name": "*", "connect_after": null } ] }
            There, CALLS are "nth", "first", "every" or "probability".
            """
    }
}
