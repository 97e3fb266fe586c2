import CLuaBridge

extension Sequence<String> {
    /// The name that was probably meant by a name that does not exist: the one with the fewest typing errors between
    /// them, none when all are too far away.
    ///
    /// Ties go to the first by bytes.
    ///
    /// A typing error is a byte inserted, left out, replaced or swapped with its neighbour. One is allowed in
    /// names of up to 3 bytes, two up to 8, three above.
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
