extension Sequence<String> {
    /// Returns the existing name that a misspelled name probably meant; `nil` if none is close enough.
    ///
    /// A typing error is a byte inserted, omitted or replaced. Names of up to 3 bytes may have one error, names of up
    /// to 8 bytes two, longer names three. If several names are equally close, the first in byte order wins. (`LuaHost`
    /// has a similar function in C, which this target must not import.)
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

/// Returns the number of bytes to insert, omit or replace to turn one name into the other.
///
/// Beyond `limit`, the result is `limit + 1`. Only the band of `limit` cells around the diagonal is computed, because a
/// repository can list many long names.
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
            // The last cell of the band has no cell above it.
            let above = j == i + limit ? far : diagonal + 1
            row[j + 1] = Swift.min(Swift.min(replaced, row[j] + 1), Swift.min(above, far))
            least = Swift.min(least, row[j + 1])
        }
        guard least < far else { return far }
    }
    return row[right.count]
}
