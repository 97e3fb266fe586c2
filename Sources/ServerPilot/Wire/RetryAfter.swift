/// The header field `Retry-After`: how long a server asks a client to wait (RFC 9110, section 10.2.3).
///
/// The wait is never shorter than the server said: fractions of a second, which servers in the field send though the RFC
/// has none, are rounded up, and a date is compared with the `Date` of the same response, whatever this machine's clock
/// says.
package enum RetryAfter {
    /// Reads the field.
    ///
    /// - Parameters:
    ///   - text: its value: seconds, or a date in one of the three forms of HTTP.
    ///   - date: the `Date` of the same response. Transports add the time of receipt where the server sent none.
    /// - Returns: how long to wait from now on, at least zero. `nil` where the value has no known form, and for a date
    ///   without a `Date` to compare it with.
    package static func wait(_ text: String?, date: String?) -> Duration? {
        guard let text = text.map(trimmed), !text.isEmpty else { return nil }
        if let seconds = seconds(text) { return .seconds(seconds) }
        guard let until = HTTPDate.parse(text), let sent = date.flatMap({ HTTPDate.parse(trimmed($0)) }) else {
            return nil
        }
        return max(until - sent, .zero)
    }

    /// Longer waits count as this one: `RetryPolicy` keeps to minutes, and no sum may overflow.
    private static let longest: Int64 = 1_000_000_000

    /// `120`, `3.5` or `3,5`, rounded up.
    private static func seconds(_ text: String) -> Int64? {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard parts.count <= 2, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let whole = parts.first, !whole.isEmpty || parts.last?.isEmpty == false
        else { return nil }
        let hasFraction = parts.count == 2 && parts[1].contains { $0 != "0" }
        // Digits without end are a number that does not fit.
        let seconds = whole.isEmpty ? 0 : min(Int64(whole) ?? longest, longest)
        return seconds + (hasFraction ? 1 : 0)
    }

    private static func trimmed(_ text: String) -> String {
        String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
