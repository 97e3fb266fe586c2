extension LuaTable {
    /// The value under a string key, `.nil` when it is absent.
    ///
    /// Setting `.nil` removes the key.
    ///
    /// Keys are compared by bytes, as Lua does, not by Unicode equivalence.
    public subscript(name: String) -> LuaValue {
        get {
            for field in fields where field.key.utf8.elementsEqual(name.utf8) {
                return field.value
            }
            return .nil
        }
        set {
            let place = fields.firstIndex { $0.key.utf8.elementsEqual(name.utf8) }
            switch (place, newValue) {
            case (let place?, .nil): fields.remove(at: place)
            case (let place?, _): fields[place].value = newValue
            case (nil, .nil): break
            case (nil, _): fields.append(Field(key: name, value: newValue))
            }
        }
    }

    /// The values of a table that is a plain array: keys 1 to n and nothing else.
    ///
    /// An empty table is one.
    ///
    /// - Throws: ``LuaShapeError`` that says which key is in the way.
    public func asArray() throws(LuaShapeError) -> [LuaValue] {
        if let item = sparse.first {
            throw .hole(key: item.key, expected: Int64(array.count) + 1)
        }
        if let field = fields.first {
            throw .unexpectedField(field.key)
        }
        return array
    }

    /// The fields of a table that is a plain object: string keys and nothing else.
    ///
    /// An empty table is one.
    ///
    /// - Throws: ``LuaShapeError`` that says which key is in the way.
    public func asObject() throws(LuaShapeError) -> [Field] {
        if !array.isEmpty {
            throw .unexpectedPosition(1)
        }
        if let item = sparse.first {
            throw .unexpectedPosition(item.key)
        }
        return fields
    }
}
