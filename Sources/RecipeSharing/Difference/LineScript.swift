/// All lines of two texts in a single order; a line of both texts occurs once.
struct LineScript {
    /// The lines; in a change, removed lines come first.
    private(set) var lines: [TextDifference.Line] = []

    /// Compares two lists of lines.
    ///
    /// - Parameters:
    ///   - old: The old lines, each with its line feed.
    ///   - new: The new lines, each with its line feed.
    init(old: [ArraySlice<UInt8>], new: [ArraySlice<UInt8>]) {
        let shared = zip(old, new).prefix { $0 == $1 }.count
        let room = min(old.count, new.count) - shared
        let sharedEnd = zip(old.reversed(), new.reversed()).prefix(room).prefix { $0 == $1 }.count
        let (oldMiddle, newMiddle) = (old[shared..<(old.count - sharedEnd)], new[shared..<(new.count - sharedEnd)])
        add(old[..<shared], .same)
        if max(oldMiddle.count, newMiddle.count) > SharingLimits.mostComparedLines {
            add(oldMiddle, .removed)
            add(newMiddle, .added)
        } else {
            compare(Array(oldMiddle), Array(newMiddle))
        }
        add(old[(old.count - sharedEnd)...], .same)
    }

    private mutating func compare(_ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]) {
        // Numbers are faster to compare than lines.
        var numbers: [ArraySlice<UInt8>: Int] = [:]
        func number(_ line: ArraySlice<UInt8>) -> Int {
            let number = numbers[line] ?? numbers.count
            numbers[line] = number
            return number
        }
        let (oldNumbers, newNumbers) = (old.map(number), new.map(number))
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in newNumbers.difference(from: oldNumbers) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            if i < old.count, removed.contains(i) {
                add([old[i]], .removed)
                i += 1
            } else if j < new.count, added.contains(j) {
                add([new[j]], .added)
                j += 1
            } else {
                add([old[i]], .same)
                i += 1
                j += 1
            }
        }
    }

    private mutating func add(_ bytes: some Sequence<ArraySlice<UInt8>>, _ kind: TextDifference.Line.Kind) {
        for line in bytes {
            let isEnded = line.last == UInt8(ascii: "\n")
            let text = String(decoding: isEnded ? line.dropLast() : line, as: UTF8.self)
            lines.append(TextDifference.Line(kind: kind, text: text, isUnended: !isEnded))
        }
    }

    /// Returns the lines of a text, each with its line feed.
    static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var rest = text[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(rest[...end])
            rest = rest[(end + 1)...]
        }
        return rest.isEmpty ? lines : lines + [rest]
    }
}
