public import ServerPilot

/// When the facts that only time decides come to hold on a copy: one of the ways in which time may decide.
///
/// A fact that came to hold stays so. Counted is by readings of the resource, since what lies between two of them makes
/// no difference to a recipe.
public struct Foresight: Hashable, Sendable {
    /// By `TimedSubject.place`, from which reading on the fact holds, counted from 0.
    public var readings: [String: Int]
    /// From which reading on all other facts hold; `nil` leaves them to the copy's clock.
    public var others: Int?
    /// Facts that are left to the copy's clock, by `TimedSubject.place`.
    public var exceptions: Set<String>

    /// A foresight; without arguments the copy's clock decides everything.
    public init(readings: [String: Int] = [:], others: Int? = nil, exceptions: Set<String> = []) {
        self.readings = readings
        self.others = others
        self.exceptions = exceptions
    }

    /// Whether the fact holds at a reading; `nil` where the copy's clock decides.
    func holds(_ subject: TimedSubject, reading: Int) -> Bool? {
        guard !exceptions.contains(subject.place) else { return nil }
        return (readings[subject.place] ?? others).map { reading >= $0 }
    }
}

/// A fact that only time decides, as a recipe met it on a copy.
public struct TimedReading: Hashable, Sendable {
    /// The fact.
    public let subject: TimedSubject
    /// How often its resource was read until it held, that reading included.
    public private(set) var count = 0
    private var hasHeld = false

    init(_ subject: TimedSubject) { self.subject = subject }

    /// Counts one more reading.
    ///
    /// - Parameter holds: whether the fact holds at the reading of that number, from 0.
    /// - Returns: whether it holds.
    mutating func next(_ holds: (Int) -> Bool) -> Bool {
        let isHolding = holds(count)
        if !hasHeld { count += 1 }
        hasHeld = hasHeld || isHolding
        return isHolding
    }
}
