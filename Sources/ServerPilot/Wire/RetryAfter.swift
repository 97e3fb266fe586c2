internal import Groundwork

/// The header field `Retry-After`: the time that a server asks a client to wait (RFC 9110, section 10.2.3).
///
/// The wait is never shorter than the server asked for. Fractions of a second are rounded up: servers in the field send
/// them, though the RFC has none. A date is compared with the `Date` of the same response, not with this machine's
/// clock.
package enum RetryAfter {
    /// Reads the field.
    ///
    /// - Parameters:
    ///   - text: the value of the field: seconds, or a date in one of HTTP's three forms.
    ///   - date: the `Date` of the same response. Transports add the time of receipt if the server sent none.
    /// - Returns: the time to wait from now on, at least zero; `nil` if the value has no known form, or is a date
    ///   without a `Date` to compare it with.
    package static func wait(_ text: String?, date: String?) -> Duration? {
        guard let text = text.map(trimmed), !text.isEmpty else { return nil }
        if let seconds = seconds(text) { return .seconds(seconds) }
        guard let until = HTTPDate.parse(text), let sent = date.flatMap({ HTTPDate.parse(trimmed($0)) }) else {
            return nil
        }
        return max(until - sent, .zero)
    }

    /// The longest wait, in seconds; longer waits are cut to it.
    ///
    /// `RetryPolicy` waits for minutes, and no sum may overflow.
    private static let longest: Int64 = 1_000_000_000

    /// Reads `120`, `3.5` or `3,5`, rounded up to whole seconds.
    private static func seconds(_ text: String) -> Int64? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard parts.count <= 2, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let whole = parts.first, !whole.isEmpty || parts.last?.isEmpty == false
        else { return nil }
        let hasFraction = parts.count == 2 && parts[1].contains { $0 != "0" }
        // Digits that do not fit into an Int64 count as the longest wait.
        let seconds = whole.isEmpty ? 0 : min(Int64(whole) ?? longest, longest)
        return seconds + (hasFraction ? 1 : 0)
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
