/// Counts the members of the objects of a list, while their text is checked.
struct MemberCounter: JSONVisitor {
    /// How often a member occurs.
    struct Count {
        /// The number of objects in which it is a string.
        var strings = 0
        /// The number of objects in which it is not null.
        var values = 0
    }

    private struct Member {
        let name: [UInt8]
        var count = Count()
        /// The number of the last object with the member.
        var object = 0
    }

    private var members: [Member] = []
    /// The place of the member whose value follows.
    ///
    /// Most objects have the same members in the same order.
    private var place = -1
    private var object = 0
    private var depth = 0
    /// Whether a name repeats in an object.
    private(set) var hasDuplicate = false

    /// The counts by name.
    var counts: [String: Count] {
        Dictionary(members.map { (String(decoding: $0.name, as: UTF8.self), $0.count) }, uniquingKeysWith: { $1 })
    }

    mutating func null() {}
    mutating func bool(_ value: Bool) { count() }
    mutating func integer(_ value: Int64) { count() }
    mutating func largeInteger(_ digits: UnsafeBufferPointer<UInt8>) { count() }
    mutating func double(_ value: Double) { count() }
    mutating func string(_ text: UnsafeBufferPointer<UInt8>) { count(strings: 1) }

    mutating func beginArray() {
        count()
        depth += 1
    }

    mutating func endArray() { depth -= 1 }

    mutating func beginObject() {
        if depth == 0 { (object, place) = (object + 1, -1) } else { count() }
        depth += 1
    }

    mutating func endObject() { depth -= 1 }

    mutating func name(_ text: UnsafeBufferPointer<UInt8>) {
        guard depth == 1 else { return }
        place += 1
        if place >= members.count || !members[place].name.elementsEqual(text) {
            place = members.firstIndex { $0.name.elementsEqual(text) } ?? members.count
            if place == members.count { members.append(Member(name: Array(text))) }
        }
        if members[place].object == object { hasDuplicate = true }
        members[place].object = object
    }

    /// Counts the value of a member of the object itself.
    private mutating func count(strings: Int = 0) {
        guard depth == 1 else { return }
        members[place].count.values += 1
        members[place].count.strings += strings
    }
}
