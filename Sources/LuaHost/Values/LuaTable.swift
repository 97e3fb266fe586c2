/// A Lua table as data: its positions, its string keys, and the integer keys that fit neither.
///
/// A table that came from Lua is canonical: `fields` is sorted by the bytes of the keys, `sparse` by key,
/// so that equal tables compare equal and everything made from one has a stable order.
public struct LuaTable: Sendable, Hashable {
    /// The values at 1, 2, … up to the first that is missing.
    public var array: [LuaValue]
    /// The values under string keys.
    ///
    /// From Lua: sorted by bytes, each key once, never `.nil`.
    public var fields: [Field]
    /// The values under integers outside `1...array.count`, as in `{ nil, "x" }`, which has one at 2.
    public var sparse: [SparseItem]
    /// What an empty table stands for, where that is known: of a table from Lua, what it was when it was given to Lua.
    public var form: Form?

    /// What an empty table stands for.
    public enum Form: Sendable, Hashable {
        /// A list without items.
        case list
        /// An object without fields.
        case object
    }

    /// One string key and its value.
    public struct Field: Sendable, Hashable {
        /// The key.
        public var key: String
        /// The value; `.nil` given to Lua leaves the key out.
        public var value: LuaValue

        /// Creates a field.
        public init(key: String, value: LuaValue) {
            self.key = key
            self.value = value
        }
    }

    /// One value under an integer key that is not a position of the array.
    public struct SparseItem: Sendable, Hashable {
        /// The key.
        public var key: Int64
        /// The value.
        public var value: LuaValue

        /// Creates an item.
        public init(key: Int64, value: LuaValue) {
            self.key = key
            self.value = value
        }
    }

    /// Creates a table from its parts, in the order given.
    public init(array: [LuaValue] = [], fields: [Field] = [], sparse: [SparseItem] = [], form: Form? = nil) {
        self.array = array
        self.fields = fields
        self.sparse = sparse
        self.form = form
    }

    /// Creates a table of positions.
    public init(_ array: [LuaValue]) {
        self.init(array: array)
    }

    /// Creates a table of string keys, in the order given.
    public init(_ fields: KeyValuePairs<String, LuaValue>) {
        self.init(fields: fields.map { Field(key: $0.key, value: $0.value) })
    }

    /// Whether nothing is in it.
    ///
    /// An empty table takes the type, array or object, that the receiver wants.
    public var isEmpty: Bool {
        array.isEmpty && fields.isEmpty && sparse.isEmpty
    }
}

extension LuaTable: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// A table of positions.
    public init(arrayLiteral elements: LuaValue...) {
        self.init(array: elements)
    }

    /// A table of string keys, in the order written.
    public init(dictionaryLiteral elements: (String, LuaValue)...) {
        self.init(fields: elements.map { Field(key: $0.0, value: $0.1) })
    }
}
