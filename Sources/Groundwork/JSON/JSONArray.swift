/// The elements of a JSON array.
///
/// A long list that a server sent stays text until an element is read. A text takes a third of the memory of the values,
/// and most lists are only passed on.
///
/// ```swift
/// let domains: JSONValue = ["acme.example", "www.acme.example"]
/// if case .array(let elements) = domains { print(elements.count, elements[0].stringValue ?? "-") }  // 2 acme.example
/// ```
public struct JSONArray: Sendable {
    private enum Storage {
        case values([JSONValue])
        case text(JSONListText)
    }

    private var storage: Storage

    /// Creates an array from its elements.
    public init(_ elements: [JSONValue]) { storage = .values(elements) }

    /// Creates an array of the elements of a text.
    init(_ text: JSONListText) { storage = .text(text) }

    /// The elements as values; every element of a text is read.
    public var values: [JSONValue] {
        switch storage {
        case .values(let values): values
        case .text(let text): text.indices.map { text.value(at: $0) }
        }
    }

    /// The text of the elements; `nil` if they are values.
    package var text: JSONListText? { if case .text(let text) = storage { text } else { nil } }

    /// Returns the member of the element at an index, without reading the rest of a text.
    ///
    /// - Returns: the member; `nil` if the element has none of that name, or is not an object.
    package func member(_ name: String, at index: Int) -> JSONValue? {
        switch storage {
        case .values(let values): values[index][name]
        case .text(let text): text.member(name, at: index)
        }
    }

    /// Returns the index of the first element that has a string as a member; `nil` if there is none.
    package func firstIndex(with name: String, _ value: String) -> Int? {
        indices.first { member(name, at: $0)?.stringValue == value }
    }
}

extension JSONArray: RandomAccessCollection {
    /// The position of the first element: 0.
    public var startIndex: Int { 0 }

    /// The position after the last element: the number of elements.
    public var endIndex: Int {
        switch storage {
        case .values(let values): values.count
        case .text(let text): text.count
        }
    }

    /// The element at a position; an element of a text is read at each access.
    public subscript(position: Int) -> JSONValue {
        switch storage {
        case .values(let values): values[position]
        case .text(let text): text.value(at: position)
        }
    }
}

extension JSONArray: Hashable {
    /// Compares the elements.
    public static func == (one: JSONArray, other: JSONArray) -> Bool {
        if case (.values(let one), .values(let other)) = (one.storage, other.storage) { return one == other }
        return one.elementsEqual(other)
    }

    /// Hashes the elements.
    public func hash(into hasher: inout Hasher) { hasher.combine(values) }
}

extension JSONArray: ExpressibleByArrayLiteral {
    /// Creates an array from its elements.
    public init(arrayLiteral elements: JSONValue...) { self.init(elements) }
}
