extension Duration {
    /// Reads `250ms`, `5s`, `10m`, `2h`, `1d`, and sums such as `1h30m`.
    ///
    /// A number without a unit is refused, because the unit would be a guess.
    ///
    /// - Returns: `nil` if the text has another form, is negative or exceeds 100 years.
    public init?(text: String) {
        var total = Duration.zero
        var rest = text[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard digits.count <= 9, let count = Int64(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(unit.count)
            switch unit {
            case "ms": total += .milliseconds(count)
            case "s": total += .seconds(count)
            case "m": total += .seconds(count * 60)
            case "h": total += .seconds(count * 3600)
            case "d": total += .seconds(count * 86400)
            default: return nil
            }
            // 100 years: above the limits of all callers, so that errors report those limits, and sums cannot overflow.
            guard total <= .seconds(36_525 * 86400) else { return nil }
        }
        self = total
    }

    /// The duration in seconds.
    public var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }

    /// A short text for display: `320ms`, `3.2s`, `2m5s`, `1h30m`.
    public var shortText: String {
        let milliseconds = Int64((inSeconds * 1000).rounded())
        let seconds = milliseconds / 1000
        if milliseconds < 1000 { return "\(milliseconds)ms" }
        if seconds < 60 {
            let tenths = milliseconds % 1000 / 100
            return tenths == 0 ? "\(seconds)s" : "\(seconds).\(tenths)s"
        }
        if seconds < 3600 { return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds / 60)m\(seconds % 60)s" }
        let minutes = seconds % 3600 / 60
        return minutes == 0 ? "\(seconds / 3600)h" : "\(seconds / 3600)h\(minutes)m"
    }
}
