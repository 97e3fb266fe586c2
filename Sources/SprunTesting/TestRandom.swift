internal import FoundationEssentials
internal import ServerPilotSimulator

/// Random numbers for a test, whose seed is printed, and taken from the environment to replay a failure.
///
/// ```swift
/// @Test func sorting() {
///     var random = TestRandom()
///     let numbers = (0..<100).map { _ in Int.random(in: 0...9, using: &random) }
///     #expect(numbers.sorted().first == numbers.min())
/// }
/// ```
///
/// The test prints `sorting(): SPRUN_SEED=4711`. Run it with that variable in the environment to get the same numbers.
public struct TestRandom: RandomNumberGenerator, Sendable {
    /// The seed that determines all numbers.
    public let seed: UInt64
    private var numbers: SeededRandom

    /// Creates numbers from `SPRUN_SEED`, or from a new seed, and prints the seed.
    ///
    /// - Parameter test: The name to print before the seed; the calling function by default.
    public init(_ test: String = #function) { self.init(seed: Self.seed(test)) }

    /// Creates numbers from a seed, without printing it.
    public init(seed: UInt64) {
        self.seed = seed
        numbers = SeededRandom(seed: seed)
    }

    /// Chooses the seed for a test, and prints it.
    ///
    /// - Parameters:
    ///   - test: The name to print before the seed; the calling function by default.
    ///   - range: The range of new seeds; a seed from the environment may lie outside it.
    /// - Returns: `SPRUN_SEED`, or else a new seed.
    public static func seed(_ test: String = #function, in range: ClosedRange<UInt64> = 1...UInt64.max) -> UInt64 {
        let given = ProcessInfo.processInfo.environment["SPRUN_SEED"].flatMap(UInt64.init)
        let seed = given ?? .random(in: range)
        print("\(test): SPRUN_SEED=\(seed)")
        return seed
    }

    /// Returns the next number.
    public mutating func next() -> UInt64 { numbers.next() }
}
