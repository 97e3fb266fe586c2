extension Sequence<String> {
    /// The name that was probably meant by one that does not exist; none where all are too far away.
    ///
    /// A typing error is a byte inserted, left out or replaced. One is allowed in names of up to 3 bytes, two up to 8,
    /// three above. Ties go to the first by bytes. (`LuaHost` has the like in C, which this target may not know.)
    func nearest(to name: String) -> String? {
        let length = name.utf8.count
        let allowed = length <= 3 ? 1 : length <= 8 ? 2 : 3
        let close = lazy.filter { abs($0.utf8.count - length) <= allowed }
            .map { (editDistance(Array($0.utf8), Array(name.utf8), limit: allowed), $0) }
            .filter { $0.0 <= allowed }
        return close.min { left, right in
            left.0 != right.0 ? left.0 < right.0 : left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
        }?.1
    }
}

/// How many bytes must be inserted, left out or replaced to make one name of the other; more than the limit where that
/// is passed.
///
/// Only what lies so near to the diagonal is computed, since a repository can list many long names.
private func editDistance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
    let far = limit + 1
    var row = (0...right.count).map { Swift.min($0, far) }
    for (i, a) in left.enumerated() {
        let first = Swift.max(0, i - limit)
        let end = Swift.min(right.count, i + limit + 1)
        guard i - limit < right.count else { return far }
        var diagonal = row[first]
        row[first] = first == 0 ? Swift.min(i + 1, far) : far
        var least = row[first]
        for j in first..<end {
            let replaced = diagonal + (a == right[j] ? 0 : 1)
            diagonal = row[j + 1]
            // The last of the band has nothing above it.
            let above = j == i + limit ? far : diagonal + 1
            row[j + 1] = Swift.min(Swift.min(replaced, row[j] + 1), Swift.min(above, far))
            least = Swift.min(least, row[j + 1])
        }
        guard least < far else { return far }
    }
    return row[right.count]
}
