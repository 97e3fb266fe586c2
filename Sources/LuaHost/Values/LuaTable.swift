/// A Lua table as data: its array, its string keys, and its other integer keys.
///
/// A table from Lua is canonical: `fields` is sorted by the bytes of the keys, and `sparse` by key. So equal tables
/// compare equal, and everything made from a table has a stable order.
///
/// ```swift
/// let app: LuaTable = ["name": "shop", "domains": .table(["shop.example", "www.shop.example"])]
/// print(app["name"])  // string("shop")
/// if case .table(let domains) = app["domains"] { print(try domains.asArray().count) }  // 2
/// ```
public struct LuaTable: Sendable, Hashable {
    /// The values at 1, 2, … up to the first that is missing.
    public var array: [LuaValue]
    /// The values of string keys.
    ///
    /// From Lua: sorted by bytes, each key once, never `.nil`.
    public var fields: [Field]
    /// The values of integer keys outside `1...array.count`, as the value at 2 in `{ nil, "x" }`.
    public var sparse: [SparseItem]
    /// The meaning of an empty table, or nil if unknown; a table from Lua has the form with which it was passed to Lua.
    public var form: Form?

    /// The meaning of an empty table.
    public enum Form: Sendable, Hashable {
        /// A list without items.
        case list
        /// An object without fields.
        case object
    }

    /// A string key and its value.
    public struct Field: Sendable, Hashable {
        /// The key.
        public var key: String
        /// The value; with `.nil`, Lua gets no such key.
        public var value: LuaValue

        /// Creates a field.
        public init(key: String, value: LuaValue) {
            self.key = key
            self.value = value
        }
    }

    /// A value of an integer key that is not a position of the array.
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

    /// Creates a table with values at 1, 2, ….
    public init(_ array: [LuaValue]) {
        self.init(array: array)
    }

    /// Creates a table of string keys, in the order given.
    public init(_ fields: KeyValuePairs<String, LuaValue>) {
        self.init(fields: fields.map { Field(key: $0.key, value: $0.value) })
    }

    /// Whether the table has no values.
    ///
    /// The receiver of an empty table can read it as an array or as an object.
    public var isEmpty: Bool {
        array.isEmpty && fields.isEmpty && sparse.isEmpty
    }
}

extension LuaTable: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// Creates a table with values at 1, 2, ….
    public init(arrayLiteral elements: LuaValue...) {
        self.init(array: elements)
    }

    /// Creates a table of string keys, in the order written.
    public init(dictionaryLiteral elements: (String, LuaValue)...) {
        self.init(fields: elements.map { Field(key: $0.0, value: $0.1) })
    }
}
