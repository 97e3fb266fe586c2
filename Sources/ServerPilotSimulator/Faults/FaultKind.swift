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
            sentence: "The reply is that failure; effect=done: the call is done all the same."),
        FaultKind(
            name: "throttled", keys: [Key(name: "retry_after", value: .duration, usual: "1s")],
            sentence: "The call is not done; the reply is 429 with Retry-After."),
        FaultKind(
            name: "delay", keys: [Key(name: "time", value: .duration, usual: nil)],
            sentence: "The call is done at once, its reply comes that much later."),
        FaultKind(
            name: "drip", keys: [Key(name: "time", value: .duration, usual: nil)],
            sentence: "The body of the reply comes in small pieces over that time."),
        FaultKind(
            name: "closed", keys: [effect],
            sentence: "The connection ends without a byte, nothing is done; effect=done: after the head of the reply."),
        FaultKind(
            name: "reply_lost", keys: [],
            sentence: "The call is done, the connection ends without a byte."),
        FaultKind(
            name: "truncated",
            keys: [
                Key(name: "length", value: .word(Fault.Announcement.allCases.map(\.rawValue)), usual: "full"),
                Key(name: "keep", value: .integer(0...FaultLimits.largestBody), usual: "half"),
            ],
            sentence: "So many bytes of the body come; length=short: Content-Length says so, else it tells the whole."),
        FaultKind(
            name: "wrong_json",
            keys: [
                Key(name: "body", value: .word(["html", "shape", "huge"]), usual: "html"),
                Key(name: "size", value: .integer(64...FaultLimits.largestBody), usual: "65 MiB"),
            ],
            sentence: "Done, 200, and a page for people, JSON without data, or JSON of that many bytes."),
        FaultKind(
            name: "late",
            keys: [
                Key(name: "after", value: .duration, usual: "5s"),
                Key(name: "patience", value: .duration, usual: "30s"),
            ],
            sentence: "No reply; the call is done some time after the client gave up, at the latest after patience."),
        FaultKind(
            name: "action_slow",
            keys: [Key(name: "factor", value: .number(above: 0, atMost: FaultLimits.largestFactor), usual: nil)],
            sentence: "The work on the server takes that many times as long."),
        FaultKind(
            name: "action_error", keys: [Key(name: "effect", value: .word(["none", "done"]), usual: "done")],
            sentence: "The action ends in error; effect=none: and the account is as if nothing had been asked."),
        FaultKind(
            name: "rival",
            keys: [
                Key(name: "when", value: .word(Fault.When.allCases.map(\.rawValue)), usual: "before"),
                Key(name: "call", value: .operation, usual: nil),
                Key(name: "arguments", value: .object, usual: "none"),
            ],
            sentence: "Somebody else makes that call; {id}, {current.domains}, {reply.id}, {app:NAME} are filled in."),
    ]

    static func named(_ name: String) -> FaultKind? { all.first { $0.name == name } }
}
