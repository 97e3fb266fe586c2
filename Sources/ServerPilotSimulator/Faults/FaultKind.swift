internal import Groundwork
internal import ServerPilot

/// A kind of fault in text form: its name, its keys, its effect in words.
struct FaultKind {
    /// A key of a kind.
    struct Key {
        /// The type of the key's value, with its range.
        enum Value {
            case integer(ClosedRange<Int>)
            case number(above: Double, atMost: Double)
            case duration
            case word([String])
            case operation
            case object
        }

        let name: String
        let value: Value
        /// The default value in words; `nil` if the key is required.
        let usual: String?
    }

    let name: String
    let keys: [Key]
    let sentence: String

    private static let effect = Key(name: "effect", value: .word(["none", "done"]), usual: "none")

    /// All kinds, in the order of the guide.
    static let all = [
        FaultKind(
            name: "status", keys: [Key(name: "status", value: .integer(400...599), usual: nil), effect],
            sentence: "The reply has this status. With effect=done, the call is executed anyway."),
        FaultKind(
            name: "throttled", keys: [Key(name: "retry_after", value: .duration, usual: "1s")],
            sentence: "The call is not executed. The reply is 429 with Retry-After."),
        FaultKind(
            name: "delay", keys: [Key(name: "time", value: .duration, usual: nil)],
            sentence: "The call is executed at once. Its reply is delayed by this time."),
        FaultKind(
            name: "drip", keys: [Key(name: "time", value: .duration, usual: nil)],
            sentence: "The body of the reply arrives in small pieces during this time."),
        FaultKind(
            name: "closed", keys: [effect],
            sentence: "No reply, and the call is not executed. With effect=done, it is, and only headers arrive."),
        FaultKind(
            name: "reply_lost", keys: [],
            sentence: "The call is executed. The connection closes without a reply."),
        FaultKind(
            name: "truncated",
            keys: [
                Key(name: "length", value: .word(Fault.Announcement.allCases.map(\.rawValue)), usual: "full"),
                Key(name: "keep", value: .integer(0...FaultLimits.largestBody), usual: "half"),
            ],
            sentence: "The body is cut after keep bytes. With length=short, Content-Length is the cut length."),
        FaultKind(
            name: "wrong_json",
            keys: [
                Key(name: "body", value: .word(["html", "shape", "huge"]), usual: "html"),
                Key(name: "size", value: .integer(64...FaultLimits.largestBody), usual: "65 MiB"),
            ],
            sentence: "The call is executed. The reply is 200 with HTML, JSON without data, or JSON of this size."),
        FaultKind(
            name: "late",
            keys: [
                Key(name: "after", value: .duration, usual: "5s"),
                Key(name: "patience", value: .duration, usual: "30s"),
            ],
            sentence: "No reply. The call is executed after the client gave up, at the latest after patience."),
        FaultKind(
            name: "action_slow",
            keys: [Key(name: "factor", value: .number(above: 0, atMost: FaultLimits.largestFactor), usual: nil)],
            sentence: "The work on the server takes factor times as long."),
        FaultKind(
            name: "action_error", keys: [Key(name: "effect", value: .word(["none", "done"]), usual: "done")],
            sentence: "The action ends in error. With effect=none, the account does not change."),
        FaultKind(
            name: "rival",
            keys: [
                Key(name: "when", value: .word(Fault.When.allCases.map(\.rawValue)), usual: "before"),
                Key(name: "call", value: .operation, usual: nil),
                Key(name: "arguments", value: .object, usual: "none"),
            ],
            sentence: "Another client makes this call. {id}, {current.domains}, {reply.id}, {app:NAME} are filled in."),
    ]

    static func named(_ name: String) -> FaultKind? { all.first { $0.name == name } }
}
