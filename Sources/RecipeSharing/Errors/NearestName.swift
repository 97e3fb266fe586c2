extension Sequence<String> {
    /// The name that was probably meant by one that does not exist; none where all are too far away.
    ///
    /// A typing error is a byte inserted, left out or replaced. One is allowed in names of up to 3 bytes, two up to 8,
    /// three above. Ties go to the first by bytes. (`LuaHost` has the like in C, which this target may not know.)
    func nearest(to name: String) -> String? {
        let length = name.utf8.count
        let allowed = length <= 3 ? 1 : length <= 8 ? 2 : 3
        let close = lazy.filter { abs($0.utf8.count - length) <= allowed }
            .map { (editDistance(Array($0.utf8), Array(name.utf8)), $0) }
            .filter { $0.0 <= allowed }
        return close.min { left, right in
            left.0 != right.0 ? left.0 < right.0 : left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
        }?.1
    }
}

/// How many bytes must be inserted, left out or replaced to make one name of the other.
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, b) in right.enumerated() {
            let replaced = diagonal + (a == b ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = Swift.min(replaced, row[j] + 1, row[j + 1] + 1)
        }
    }
    return row[right.count]
}
