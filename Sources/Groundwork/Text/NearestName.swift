extension Sequence<String> {
    /// Returns the name with the fewest typing errors relative to an unknown name; `nil` if all have too many.
    ///
    /// A typing error is a byte that is inserted, left out, replaced, or swapped with its neighbor. Names of up to 3
    /// bytes may have 1 error, of up to 8 bytes 2, longer names 3. Ties go to the first name in byte order.
    ///
    /// `CLuaBridge` counts the same errors for names within Lua, where no Swift may run.
    package func nearest(to name: String) -> String? {
        let wanted = Array(name.utf8)
        let allowed = wanted.count <= 3 ? 1 : wanted.count <= 8 ? 2 : 3
        let close = lazy.filter { abs($0.utf8.count - wanted.count) <= allowed }
            .map { (editDistance(Array($0.utf8), wanted, limit: allowed), $0) }
            .filter { $0.0 <= allowed }
        return close.min { left, right in
            left.0 != right.0 ? left.0 < right.0 : left.1.utf8.lexicographicallyPrecedes(right.1.utf8)
        }?.1
    }
}

/// Returns the number of bytes to insert, leave out, replace or swap to turn one name into the other.
///
/// Beyond `limit`, the result is `limit + 1`. Only the band of `limit` cells around the diagonal is computed, because a
/// repository can list many long names.
private func editDistance(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int {
    let far = limit + 1
    let beyond = Array(repeating: far, count: right.count + 1)
    // The last three rows: a swap of two neighbors reaches back by two.
    var (older, above, row) = (beyond, (0...right.count).map { Swift.min($0, far) }, beyond)
    for i in 0..<left.count {
        let (first, end) = (Swift.max(0, i - limit), Swift.min(right.count, i + limit + 1))
        guard first < end || first == 0 else { return far }
        row = beyond
        if first == 0 { row[0] = Swift.min(i + 1, far) }
        var least = row[first]
        for j in first..<end {
            var distance = above[j] + (left[i] == right[j] ? 0 : 1)
            distance = Swift.min(distance, above[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                distance = Swift.min(distance, older[j - 1] + 1)
            }
            row[j + 1] = Swift.min(distance, far)
            least = Swift.min(least, row[j + 1])
        }
        // A swap can still lead on from the row above.
        guard Swift.min(least, above.min() ?? far) < far else { return far }
        (older, above) = (above, row)
    }
    return above[right.count]
}
