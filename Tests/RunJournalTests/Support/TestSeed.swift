import FoundationEssentials
import Testing

/// The seed of a random test: from `SPRUN_SEED`, else a new one; it is printed, so that a failure can be repeated.
func testSeed(_ test: String = #function) -> UInt64 {
    let given = ProcessInfo.processInfo.environment["SPRUN_SEED"].flatMap { UInt64($0) }
    let seed = given ?? UInt64.random(in: 1...UInt64.max)
    print("\(test): SPRUN_SEED=\(seed)")
    return seed
}

/// Random numbers that a seed determines (SplitMix64).
struct TestRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
