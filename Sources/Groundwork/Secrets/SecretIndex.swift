/// Finds many secrets in a text at once.
///
/// A hostile recipe can choose both the secrets and the text, so time must not grow with their product. The index holds
/// hashes of the first 6, 24, 96, 384 bytes of each form. At each place of a text it looks up ever longer pieces, until no
/// form begins like that. Equal hashes count as equal bytes.
struct SecretIndex: Sendable {
    /// The number of bytes of the shortest form that the index takes.
    static let shortest = 6
    /// The leading bytes of a longer form that the index searches for.
    ///
    /// A match then extends as far as the text equals the rest of the form, so a part of a long key is found too.
    private static let longest = 512
    /// The number of forms with the same 512 leading bytes that extend a match.
    private static let mostExtended = 8
    /// The ratio of each of `lengths` to the one before it.
    private static let step = 4
    /// The lengths at which beginnings of forms are looked up.
    private static let lengths = Array(sequence(first: shortest) { $0 * step < longest ? $0 * step : nil })

    private(set) var forms: [SecretForm] = []
    /// The number of bytes of the longest form; of a form that `isLong`, only the bytes that are searched for count.
    private(set) var longestForm = 0
    /// Indices into `ends`, by the hash of the first bytes of a form.
    private var beginnings = HashedIndices()
    /// For each beginning: the lengths of the forms that are shorter than the next beginning; the longest first.
    private var ends: [[Int]] = []
    /// Indices into `groups`, by the hash of the bytes that are searched for.
    private var searched = HashedIndices()
    /// Indices of the forms that begin with the same searched bytes; of short forms there is only one.
    private var groups: [[Int]] = []

    var isEmpty: Bool { forms.isEmpty }

    /// Adds a form, unless it is too short or known.
    mutating func add(_ form: SecretForm) {
        guard form.bytes.count >= Self.shortest else { return }
        let count = min(form.bytes.count, Self.longest)
        let hashes = PrefixHashes(form.bytes[..<count])
        if let group = searched[hashes.hash(at: 0, count)] {
            guard form.bytes.count > count, groups[group].count < Self.mostExtended,
                !groups[group].contains(where: { forms[$0].bytes == form.bytes })
            else { return }
            groups[group].append(forms.count)
        } else {
            searched.insert(groups.count, for: hashes.hash(at: 0, count))
            groups.append([forms.count])
            addBeginnings(hashes, count)
        }
        forms.append(form)
        longestForm = max(longestForm, form.isLong ? Self.longest : form.bytes.count)
    }

    private mutating func addBeginnings(_ hashes: PrefixHashes, _ count: Int) {
        for length in Self.lengths where length <= count {
            let hash = hashes.hash(at: 0, length)
            let place = beginnings[hash] ?? ends.count
            if place == ends.count {
                beginnings.insert(place, for: hash)
                ends.append([])
            }
            guard length == Self.lengths.last || count < length * Self.step, !ends[place].contains(count) else {
                continue
            }
            ends[place].append(count)
            ends[place].sort(by: >)
        }
    }

    /// Calls `body` with the place of each form in a text, in the order of their beginnings.
    ///
    /// Of places of one form that lie within the place before them, only the first counts.
    ///
    /// - Returns: The number of lookups and of compared bytes, the measure of its time.
    @discardableResult
    func forEachMatch(in text: [UInt8], _ body: (_ range: Range<Int>, _ form: SecretForm) -> Void) -> Int {
        guard !forms.isEmpty, text.count >= Self.shortest else { return 0 }
        var steps = 0
        let hashes = PrefixHashes(text[...])
        // The last group that matched, and the end of the match: a text of one letter costs no more than others.
        var (last, end) = (-1, 0)
        for start in 0...(text.count - Self.shortest) {
            let rest = text.count - start
            for length in Self.lengths {
                steps += 1
                guard length <= rest, let place = beginnings[hashes.hash(at: start, length)] else { break }
                for count in ends[place] where count <= rest {
                    steps += 1
                    guard let group = searched[hashes.hash(at: start, count)] else { continue }
                    let isWithin = group == last && start < end
                    if isWithin, start + count <= end { continue }
                    var (upper, form) = (start + count, groups[group][0])
                    if count == Self.longest, !isWithin {
                        (upper, form) = extend(start, upper, group, in: text)
                        steps += groups[group].count * (upper - start)
                    }
                    (last, end) = (group, upper)
                    body(start..<upper, forms[form])
                }
            }
        }
        return steps
    }

    /// Returns the end of the longest match of a group's forms, and the form.
    private func extend(_ start: Int, _ end: Int, _ group: Int, in text: [UInt8]) -> (end: Int, form: Int) {
        var longest = (end: end, form: groups[group][0])
        for form in groups[group] {
            let equal = zip(forms[form].bytes, text[start...]).prefix { $0 == $1 }.count
            if start + equal > longest.end { longest = (start + equal, form) }
        }
        return longest
    }
}

/// Hashes of all pieces of some bytes: polynomials modulo 2⁶¹ − 1, so that each costs one multiplication.
///
/// Two different pieces have the same hash with a probability of about 10⁻¹⁸, and an innocent piece is removed then.
private struct PrefixHashes {
    private static let prime: UInt64 = 1 << 61 - 1
    /// Any number of that size; nothing depends on its being secret.
    private static let base: UInt64 = 0x0B7E_1516_28AE_D2A6
    /// The powers of the base up to the longest piece that is asked for.
    private static let powers: [UInt64] = (0..<512).reduce(into: [1]) { powers, _ in
        powers.append(product(powers[powers.count - 1], base))
    }

    /// The hash of the first n bytes, for each n.
    private let hashes: [UInt64]

    init(_ bytes: ArraySlice<UInt8>) {
        var hashes: [UInt64] = [0]
        hashes.reserveCapacity(bytes.count + 1)
        var hash: UInt64 = 0
        for byte in bytes {
            // No byte counts as 0, so that pieces of different lengths differ.
            hash = Self.product(hash, Self.base) + UInt64(byte) + 1
            if hash >= Self.prime { hash -= Self.prime }
            hashes.append(hash)
        }
        self.hashes = hashes
    }

    /// Returns the hash of `count` bytes from `start`; at most 512.
    func hash(at start: Int, _ count: Int) -> UInt64 {
        let before = Self.product(hashes[start], Self.powers[count])
        let hash = hashes[start + count]
        return hash >= before ? hash - before : hash + Self.prime - before
    }

    private static func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (high, low) = left.multipliedFullWidth(by: right)
        // The sum of the number's digits to the base 2⁶¹.
        let sum = (low & prime) + (low >> 61 | high << 3)
        return sum >= prime ? sum - prime : sum
    }
}

/// Indices by hashes, which are evenly spread already: a table with open addressing.
private struct HashedIndices: Sendable {
    private var keys: [UInt64] = Array(repeating: .max, count: 16)
    private var indices: [Int32] = Array(repeating: 0, count: 16)
    private var count = 0

    subscript(hash: UInt64) -> Int? {
        var slot = Int(truncatingIfNeeded: hash) & (keys.count - 1)
        while keys[slot] != .max {
            if keys[slot] == hash { return Int(indices[slot]) }
            slot = (slot + 1) & (keys.count - 1)
        }
        return nil
    }

    /// Inserts an index for a hash that is not in the table.
    mutating func insert(_ index: Int, for hash: UInt64) {
        if count * 2 >= keys.count {
            let old = zip(keys, indices)
            keys = Array(repeating: .max, count: keys.count * 2)
            indices = Array(repeating: 0, count: keys.count)
            for (key, index) in old where key != .max { put(Int(index), for: key) }
        }
        put(index, for: hash)
        count += 1
    }

    private mutating func put(_ index: Int, for hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & (keys.count - 1)
        while keys[slot] != .max { slot = (slot + 1) & (keys.count - 1) }
        keys[slot] = hash
        indices[slot] = Int32(index)
    }
}
