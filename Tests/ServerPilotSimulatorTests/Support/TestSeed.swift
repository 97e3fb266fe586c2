import FoundationEssentials
import Testing

/// The seed of a random test: from `SPRUN_SEED`, else a new one; it is printed, so that a failure can be repeated.
func testSeed(_ test: String = #function) -> UInt64 {
    let given = ProcessInfo.processInfo.environment["SPRUN_SEED"].flatMap { UInt64($0) }
    let seed = given ?? UInt64.random(in: 1...UInt64.max)
    print("\(test): SPRUN_SEED=\(seed)")
    return seed
}
