internal import ServerPilot

/// The readings at which timed facts (`TimedFact`) come to hold on a copy: one possible course of events.
///
/// A fact that holds keeps holding. Readings of the resource are counted instead of time, because the time between two
/// readings makes no difference to a recipe.
package struct Foresight: Hashable, Sendable {
    /// The first reading at which a fact holds, counted from 0, by `TimedSubject.place`.
    package var readings: [String: Int]
    /// The first reading at which all other facts hold; `nil` leaves them to the copy's clock.
    package var others: Int?
    /// The facts left to the copy's clock, by `TimedSubject.place`.
    package var exceptions: Set<String>

    /// Creates a foresight; without arguments, the copy's clock decides everything.
    package init(readings: [String: Int] = [:], others: Int? = nil, exceptions: Set<String> = []) {
        self.readings = readings
        self.others = others
        self.exceptions = exceptions
    }

    /// Returns whether the fact holds at a reading; `nil` if the copy's clock decides.
    func holds(_ subject: TimedSubject, reading: Int) -> Bool? {
        guard !exceptions.contains(subject.place) else { return nil }
        return (readings[subject.place] ?? others).map { reading >= $0 }
    }
}
