import CLuaBridge

extension Sequence<String> {
    /// Returns the name with the fewest typing errors relative to an unknown name; nil if all have too many.
    ///
    /// Ties go to the first by bytes. A typing error is a byte that is inserted, left out, replaced, or swapped with
    /// its neighbor. Names of up to 3 bytes may have 1 error, of up to 8 bytes 2, longer names 3.
    package func nearest(to name: String) -> String? {
        let length = name.utf8.count
        let allowed: UInt32 = length <= 3 ? 1 : length <= 8 ? 2 : 3
        let candidates = lazy.map { candidate in
            (luabridge_edit_distance(name, length, candidate, candidate.utf8.count, allowed), candidate)
        }
        return candidates.filter { $0.0 <= allowed }.min { left, right in
            left.0 != right.0 ? left.0 < right.0 : left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
        }?.1
    }
}
