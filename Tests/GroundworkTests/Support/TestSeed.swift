import FoundationEssentials
import Testing

/// The seed of a random test: from `SPRUN_SEED`, else a new one; it is printed, so that a failure can be repeated.
func testSeed(_ test: String = #function) -> UInt64 {
    let given = ProcessInfo.processInfo.environment["SPRUN_SEED"].flatMap { UInt64($0) }
    let seed = given ?? UInt64.random(in: 1...UInt64.max)
    print("\(test): SPRUN_SEED=\(seed)")
    return seed
}

/// Random numbers that a seed determines: a linear congruence (Knuth's MMIX) with its better half.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        let high = step() >> 32
        return high << 32 | step() >> 32
    }

    private mutating func step() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state
    }
}
