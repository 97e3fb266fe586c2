extension Int {
    /// Adds one, and returns the new number: the next number of a series that begins with 1.
    package mutating func increment() -> Int {
        self += 1
        return self
    }
}
