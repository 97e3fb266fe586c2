package import ServerPilot

/// A timed fact that a recipe read on a copy.
package struct TimedReading: Hashable, Sendable {
    /// The fact.
    package let subject: TimedSubject
    /// The number of readings up to the first at which the fact held, that reading included.
    package private(set) var count = 0
    private var hasHeld = false

    init(_ subject: TimedSubject) { self.subject = subject }

    /// Counts a reading.
    ///
    /// - Parameter holds: returns whether the fact holds at the reading with that number, counted from 0.
    /// - Returns: Whether the fact holds.
    mutating func next(_ holds: (Int) -> Bool) -> Bool {
        let isHolding = holds(count)
        if !hasHeld { count += 1 }
        hasHeld = hasHeld || isHolding
        return isHolding
    }
}
