extension Sequence<UInt8> {
    /// A hash of the bytes (FNV-1a, 64 bits) that is the same in every run, on every machine and in every version.
    ///
    /// It is not safe against an attacker who chooses the bytes.
    package var stableHash: UInt64 { stableHash(from: 0xcbf2_9ce4_8422_2325) }

    /// Returns the same kind of hash, begun with a number other than FNV's own.
    package func stableHash(from start: UInt64) -> UInt64 {
        reduce(start) { hash, byte in (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
}
