internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// A reader of the members of a table argument, such as a request or options.
struct FieldReader {
    let given: [LuaTable.Field]
    let arguments: LuaArguments
    let position: Int

    /// The member of that name; `nil` if it is missing.
    subscript(name: String) -> LuaValue? { given.last { $0.key == name }.flatMap { $0.value.isNil ? nil : $0.value } }

    func invalid(_ message: String) -> LuaArgumentError { arguments.invalid(position, message) }

    /// Refuses unknown members.
    func expect(_ known: [String]) throws(LuaArgumentError) {
        for field in given where !known.contains(field.key) {
            throw arguments.unknownOption(position, field.key, known: known)
        }
    }

    /// Returns a duration; `nil` if the member is missing.
    func duration(_ name: String, atMost longest: Duration) throws(LuaArgumentError) -> Duration? {
        guard let value = self[name] else { return nil }
        return try arguments.duration(position, value, atMost: longest)
    }

    func text(_ name: String) throws(LuaArgumentError) -> String? {
        guard let value = self[name] else { return nil }
        guard case .string(let text) = value else { throw invalid("\(name) must be a string") }
        return text
    }

    func flag(_ name: String) throws(LuaArgumentError) -> Bool? {
        guard let value = self[name] else { return nil }
        guard case .boolean(let flag) = value else { throw invalid("\(name) must be true or false") }
        return flag
    }

    /// Returns a whole number in a range; `nil` if the member is missing.
    ///
    /// - Throws: `LuaArgumentError` with the problem for anything else.
    func integer(
        _ name: String, in range: ClosedRange<Int64> = Int64.min...Int64.max, else problem: String
    ) throws(LuaArgumentError) -> Int? {
        guard let value = self[name] else { return nil }
        guard let number = value.exactInteger, range.contains(number) else { throw invalid(problem) }
        return Int(clamping: number)
    }

    func statuses(_ name: String) throws(LuaArgumentError) -> Set<Int> {
        guard let value = self[name] else { return [] }
        let elements = if case .table(let table) = value { try? table.asArray() } else { [LuaValue]?.none }
        let statuses = elements?.compactMap(\.exactInteger).filter { (100...599).contains($0) }
        guard let statuses, statuses.count == elements?.count else {
            throw invalid("\(name) must be a list of HTTP statuses, such as { 200, 404 }")
        }
        return Set(statuses.map { Int($0) })
    }

    /// Returns a value as JSON; an empty table of unknown form becomes an object.
    func json(_ name: String) throws(LuaArgumentError) -> JSONValue? {
        guard let value = self[name] else { return nil }
        do throws(UnsendableValue) {
            return try JSONValue(value, empty: .object)
        } catch {
            throw invalid("\(error.inMember(name).path) is \(error.found)")
        }
    }

    /// Returns the names and values of a table as strings, in its order.
    private func texts(_ name: String) throws(LuaArgumentError) -> [(name: String, value: String)]? {
        guard let value = self[name] else { return nil }
        guard case .table(let table) = value, table.array.isEmpty, table.sparse.isEmpty else {
            throw invalid("\(name) must be a table with string keys")
        }
        var texts: [(String, String)] = []
        for field in table.fields {
            switch field.value {
            case .string(let text): texts.append((field.key, text))
            case .integer(let number): texts.append((field.key, String(number)))
            case .largeInteger(let digits): texts.append((field.key, digits))
            case .number(let number) where number.isFinite:
                texts.append((field.key, field.value.exactInteger.map(String.init) ?? "\(number)"))
            case .boolean(let flag): texts.append((field.key, String(flag)))
            default: throw invalid("\(name).\(field.key) must be a string")
            }
        }
        return texts
    }

    /// The maximum length of a header's value, in bytes: servers accept 8 to 64 KiB.
    static let longestHeader = 64 << 10

    func headers(
        _ name: String = "headers", refusing reserved: Set<String> = []
    ) throws(LuaArgumentError) -> [WebField] {
        var fields: [WebField] = []
        for (key, value) in try texts(name) ?? [] {
            guard value.utf8.count <= Self.longestHeader else {
                throw invalid("\(name).\(key) has more than \(Self.longestHeader >> 10) KiB")
            }
            guard let field = WebField(key, value) else {
                throw invalid("\(name).\(key) is not valid in a header")
            }
            guard !reserved.contains(field.name) else { throw invalid("recipes cannot set \(name).\(key)") }
            fields.append(field)
        }
        return fields
    }

    func form() throws(LuaArgumentError) -> String? {
        try texts("form")?.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case _ where byte.isLetterOrDigit || "-._*".utf8.contains(byte):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: " "): result += "+"
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }

    /// Returns the reply that the recipe declares for plans and simulations.
    func planned() throws(LuaArgumentError) -> WebReply? {
        guard let value = self["planned"] else { return nil }
        guard case .table(let table) = value else { throw invalid("planned must be a table") }
        let known = ["status", "json", "body", "headers"]
        for field in table.fields where !known.contains(field.key) {
            let nearest = known.nearest(to: field.key).map { " (did you mean '\($0)'?)" } ?? ""
            throw invalid("planned has no field '\(field.key)'\(nearest)")
        }
        let reader = FieldReader(given: table.fields, arguments: arguments, position: position)
        let fields = try reader.headers()
        let problem = "planned.status must be an HTTP status, such as 200"
        let status = try reader.integer("status", in: 100...599, else: problem)
        var reply = WebReply(status: status ?? 200, fields: fields)
        if let json = try reader.json("json") {
            reply.body = json.bytes
            if reply["content-type"] == nil, let field = WebField("content-type", "application/json") {
                reply.fields.append(field)
            }
        } else if let body = try reader.text("body") {
            reply.body = Array(body.utf8)
        }
        return reply
    }
}

extension FieldReader {
    /// Creates a reader of an optional table argument.
    init(options arguments: LuaArguments, at position: Int) throws(LuaArgumentError) {
        let given = arguments[position].isNil ? [] : try arguments.table(position).fields
        self.init(given: given, arguments: arguments, position: position)
    }
}
