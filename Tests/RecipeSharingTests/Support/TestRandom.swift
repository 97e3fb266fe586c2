import Foundation

/// A generator of random numbers whose seed is printed, and taken from `SPRUN_SEED` to repeat a failure.
struct TestRandom: RandomNumberGenerator {
    private var state: UInt64
    let seed: UInt64

    init(_ test: String = #function) {
        seed = ProcessInfo.processInfo.environment["SPRUN_SEED"].flatMap(UInt64.init) ?? .random(in: 0 ... .max)
        state = seed
        print("\(test): SPRUN_SEED=\(seed)")
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
