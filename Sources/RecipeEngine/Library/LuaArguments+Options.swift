internal import Groundwork
internal import LuaHost

extension LuaArguments {
    /// Reads a duration given as a string with a unit, or as a number of seconds.
    ///
    /// - Throws: `LuaArgumentError` for anything else, for a negative duration, and for more than `longest`.
    func duration(_ position: Int, _ value: LuaValue, atMost longest: Duration) throws(LuaArgumentError) -> Duration {
        let duration: Duration? =
            switch value {
            case .string(let text): Duration(text: text)
            case .integer(let seconds) where (0...1_000_000_000).contains(seconds): .seconds(seconds)
            case .number(let seconds) where seconds >= 0 && seconds <= 1e9: .seconds(seconds)
            default: nil
            }
        guard let duration else {
            throw invalid(position, "expected a duration: \"250ms\", \"5s\", \"10m\", \"1h30m\", or seconds")
        }
        guard duration <= longest else { throw invalid(position, "the duration must be at most \(longest.shortText)") }
        return duration
    }

    /// Returns the error for an unknown option.
    func unknownOption(_ position: Int, _ name: String, known: [String]) -> LuaArgumentError {
        let nearest = known.nearest(to: name)
        return invalid(
            position,
            "unknown option '\(name)'"
                + (nearest.map { " (did you mean '\($0)'?)" } ?? " (known: \(known.joined(separator: ", ")))"))
    }
}
