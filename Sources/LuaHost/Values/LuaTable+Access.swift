extension LuaTable {
    /// The value of a string key; `.nil` if the key is absent.
    ///
    /// Setting `.nil` removes the key. Keys are compared by bytes, as in Lua, not by Unicode equivalence.
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

    /// Returns the values of a plain array: a table with the keys 1 to n and no others.
    ///
    /// An empty table counts as a plain array.
    ///
    /// - Throws: ``LuaShapeError`` with the key that does not fit.
    public func asArray() throws(LuaShapeError) -> [LuaValue] {
        if let item = sparse.first {
            throw .hole(key: item.key, expected: Int64(array.count) + 1)
        }
        if let field = fields.first {
            throw .unexpectedField(field.key)
        }
        return array
    }

    /// Returns the fields of a plain object: a table with string keys and no others.
    ///
    /// An empty table counts as a plain object.
    ///
    /// - Throws: ``LuaShapeError`` with the key that does not fit.
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
