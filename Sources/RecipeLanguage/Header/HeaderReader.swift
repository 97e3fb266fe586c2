internal import Groundwork
package import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// A reader of the tables of `param.…{}` and `recipe{}`, which collects all problems in them.
package struct HeaderReader {
    private(set) var problems: [String] = []
    /// The bytes of all texts read so far, up to `mostText`.
    private var textBytes = 0

    // MARK: Parameters

    /// Returns the declaration that `param.KIND` makes of its options: a table that includes the kind.
    ///
    /// - Throws: `LuaArgumentError` that lists all problems.
    package static func declaration(
        _ kind: RecipeParameter.Kind, _ arguments: LuaArguments, place: Int
    ) throws(LuaArgumentError) -> LuaValue {
        var table = arguments[0].isNil ? LuaTable(fields: []) : try arguments.table(0)
        table["param"] = .string(kind.rawValue)
        table["place"] = .integer(Int64(place))
        var reader = HeaderReader()
        _ = reader.parameter("", .table(table))
        guard reader.problems.isEmpty else { throw arguments.invalid(0, reader.problems.joined(separator: "; ")) }
        return .table(table)
    }

    /// Reads a declaration; returns `nil` if the value is none.
    private mutating func parameter(_ name: String, _ value: LuaValue) -> RecipeParameter? {
        guard case .table(let table) = value, case .string(let word) = table["param"],
            let kind = RecipeParameter.Kind(rawValue: word)
        else {
            problems.append("params.\(name) must be declared with a function of param, such as param.string{}")
            return nil
        }
        var parameter = RecipeParameter(name: name, kind: kind)
        for field in table.fields where field.key != "param" {
            read(field, of: &parameter)
        }
        if let item = table.array.first ?? table.sparse.first?.value {
            problems.append("an option needs a name; found \(item.typeName) without a name")
        }
        if kind == .enumeration, parameter.values.isEmpty { problems.append("values must list the allowed words") }
        if kind == .list, parameter.elements.isEmpty {
            parameter.elements = [RecipeParameter(name: name, kind: .string)]
        }
        if let element = parameter.elements.first, [.list, .runtime].contains(element.kind) {
            problems.append("a list cannot contain \(element.kind.rawValue) values")
        }
        if [.file, .secret].contains(kind), parameter.defaultValue != .null {
            problems.append("a \(kind.rawValue) parameter cannot have a default")
        } else if parameter.defaultValue != .null, let problem = PlainParameter.problem(ofDefault: parameter) {
            problems.append("default: \(problem)")
        }
        if parameter.isRequired, parameter.defaultValue != .null {
            problems.append("a required parameter cannot have a default")
        }
        return parameter
    }

    private mutating func read(_ field: LuaTable.Field, of parameter: inout RecipeParameter) {
        let known = (HeaderKey.commonOptions + HeaderKey.options(of: parameter.kind)).names
        switch (field.key, field.value) {
        case ("place", .integer(let place)): parameter.place = Int(clamping: place)
        case (let name, _) where !known.contains(name): problems.append(Self.unknown("option", name, known))
        case ("required", .boolean(let isRequired)): parameter.isRequired = isRequired
        case ("allow_empty", .boolean(let allowsEmpty)): parameter.allowsEmpty = allowsEmpty
        case ("default", _):
            do throws(UnsendableValue) {
                parameter.defaultValue = try JSONValue(field.value) ?? .null
                if !fits("default", parameter.defaultValue.text(), Self.longestDefault) {
                    parameter.defaultValue = .null
                }
            } catch {
                problems.append("default cannot be \(error.found)")
            }
        case ("doc", .string(let text)): parameter.documentation = oneLine("doc", text, Self.longestDoc)
        case ("example", _):
            guard let text = Self.text(field.value) else {
                return problems.append(
                    "example must be a string, number or boolean")
            }
            parameter.example = oneLine("example", text, Self.longestDoc)
        case ("values", .table(let table)):
            guard table.array.count <= Self.mostNames else {
                return problems.append("values has more than \(Self.mostNames) entries")
            }
            parameter.values = table.array.compactMap(Self.text).map { oneLine("values", $0) }
            let isList = table.fields.isEmpty && table.sparse.isEmpty
            if parameter.values.count != table.array.count || !isList {
                problems.append("values must be a list of words without holes")
            }
        case ("min", _): parameter.minimum = number(field)
        case ("max", _): parameter.maximum = number(field)
        case ("pattern", .string(let text)): if fits("pattern", text, Self.longestDoc) { parameter.pattern = text }
        case ("server", .string(let text)): if fits("server", text, Self.longestLine) { parameter.server = text }
        case ("of", _): if let element = self.parameter("of", field.value) { parameter.elements = [element] }
        default: problems.append("\(field.key) cannot be \(field.value.typeName)")
        }
    }

    private mutating func number(_ field: LuaTable.Field) -> Double? {
        switch field.value {
        case .integer(let value): return Double(value)
        case .number(let value) where value.isFinite: return value
        default:
            problems.append("\(field.key) must be a number")
            return nil
        }
    }

    private static func text(_ value: LuaValue) -> String? {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .number(let number): "\(number)"
        case .boolean(let flag): String(flag)
        default: nil
        }
    }

    private static func unknown(_ what: String, _ name: String, _ known: [String]) -> String {
        let nearest = known.nearest(to: name).map { " (did you mean '\($0)'?)" }
        return "unknown \(what) '\(name)'" + (nearest ?? " (known: \(known.joined(separator: ", ")))")
    }

    // MARK: The header

    /// The maximum number of names in a table of the header: only programs write more, and each is compared with
    /// others.
    private static let mostNames = 1000
    /// The maximum length of its texts of one line, such as its summary, in bytes.
    private static let longestLine = 500
    /// The maximum length of its description, in bytes.
    private static let longestDescription = 16 << 10
    /// The maximum length of the documentation of a parameter, of an example and of a pattern, in bytes.
    private static let longestDoc = 2 << 10
    /// The maximum length of a default as JSON, in bytes.
    private static let longestDefault = 64 << 10
    /// The maximum length of all its texts together, in bytes: what shows them holds all of them.
    private static let mostText = 1 << 20
    /// The maximum number of its examples.
    private static let mostExamples = 50
    /// The maximum number of entries in its needs: people read them before they answer a question.
    private static let mostNeeds = 100
    /// The maximum length of a path in its needs, in bytes.
    private static let longestPath = 200
    /// The maximum number of unknown keys in an error.
    private static let shownKeys = 20

    private static let keys = HeaderKey.all.names

    /// Reads the table of `recipe{}`; the problems come in the order in which they were found.
    package static func header(_ table: LuaTable) -> (recipe: ReadRecipe, problems: [String]) {
        var reader = HeaderReader()
        let recipe = reader.read(table)
        return (recipe, reader.problems)
    }

    private mutating func read(_ table: LuaTable) -> ReadRecipe {
        for field in table.fields.filter({ !Self.keys.contains($0.key) }).prefix(Self.shownKeys) {
            problems.append(Self.unknown("key", field.key, Self.keys))
        }
        if !table.array.isEmpty || !table.sparse.isEmpty {
            problems.append(
                "the header must contain only named fields, not list items")
        }
        let (run, undo) = (function("run", table), function("undo", table))
        if undo != nil, run == nil { problems.append("undo requires run, which is missing") }
        let exports = object("exports", table)
        if run == nil, exports == nil { problems.append("run or exports is required") }
        if run != nil, exports != nil { problems.append("run and exports cannot be combined") }
        for field in exports?.fields ?? [] {
            if case .function = field.value { continue }
            problems.append("exports.\(field.key) must be a function")
        }
        let (creations, deletions) = limits(table)
        for field in exports?.fields ?? [] { _ = oneLine("exports", field.key) }
        let header = RecipeHeader(
            name: text("name", table, "contain only a-z, 0-9 and -") { $0.utf8.allSatisfy(\.isLabelByte) },
            version: text("version", table, "be numbers separated by dots, such as 1.2.0") { VersionNumber($0) != nil },
            requirement: text("sprun", table),
            summary: text("summary", table, isRequired: true) ?? "", description: text("description", table) ?? "",
            author: text("author", table), license: text("license", table), needs: needs(table), creations: creations,
            deletions: deletions, parameters: parameters(table), returns: returns(table),
            examples: examples(table), exports: exports.map { $0.fields.map(\.key) },
            canUndo: undo != nil)
        if let requirement = header.requirement, VersionRange(requirement) == nil {
            problems.append("sprun must be a version range such as \">=0.1\"")
        }
        let servers = header.parameters.filter { $0.kind == .server }.map(\.name)
        for parameter in header.parameters {
            if let server = parameter.server, !servers.contains(server) {
                problems.append("params.\(parameter.name): no parameter of kind server is named '\(server)'")
            }
        }
        return ReadRecipe(header: header, run: run, undo: undo, exports: exports ?? LuaTable(fields: []))
    }

    private mutating func function(_ key: String, _ table: LuaTable) -> LuaFunction? {
        switch table[key] {
        case .function(let function): return function
        case .nil: break
        default: problems.append("\(key) must be a function")
        }
        return nil
    }

    private mutating func text(_ key: String, _ table: LuaTable, isRequired: Bool = false) -> String? {
        switch table[key] {
        case .string(let text) where !text.isEmpty: return key == "description" ? paragraphs(text) : oneLine(key, text)
        case .nil where !isRequired: return nil
        case .nil: problems.append("\(key) is missing")
        default: problems.append("\(key) must be a string")
        }
        return nil
    }

    /// Returns whether a text is no longer than its limit in bytes, and all texts together no longer than theirs.
    private mutating func fits(_ key: String, _ text: String, _ limit: Int) -> Bool {
        let isMore = textBytes <= Self.mostText
        guard text.utf8.count <= limit else {
            let words = limit % 1024 == 0 ? "\(limit >> 10) KiB" : "\(limit) bytes"
            let problem = "\(key) has more than \(words)"
            if problems.last != problem { problems.append(problem) }
            return false
        }
        textBytes += text.utf8.count
        guard textBytes > Self.mostText else { return true }
        if isMore { problems.append("the header has more than \(Self.mostText >> 20) MiB of text") }
        return false
    }

    /// Requires a text of a single line: people see it before a question, so it must not pretend to be other output.
    private mutating func oneLine(_ key: String, _ text: String, _ limit: Int = longestLine) -> String {
        guard fits(key, text, limit) else { return "" }
        if text.unicodeScalars.contains(where: Self.isControl) {
            problems.append("\(key) must be one line of plain text")
        }
        return text
    }

    private mutating func paragraphs(_ text: String) -> String {
        guard fits("description", text, Self.longestDescription) else { return "" }
        if text.unicodeScalars.contains(where: { Self.isControl($0) && $0 != "\n" && $0 != "\t" }) {
            problems.append("description must be plain text")
        }
        return text
    }

    /// Returns whether a character is a control character, or changes the direction or the end of a line.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .format: scalar != "\u{200D}" && scalar != "\u{FE0F}"
        default: false
        }
    }

    /// Returns a required text that has a certain form; the demand follows "must".
    private mutating func text(
        _ key: String, _ table: LuaTable, _ demand: String, where isValid: (String) -> Bool
    ) -> String {
        let text = text(key, table, isRequired: true) ?? ""
        if !text.isEmpty, !isValid(text) { problems.append("\(key) must \(demand)") }
        return text
    }

    private mutating func object(_ key: String, _ table: LuaTable) -> LuaTable? {
        switch table[key] {
        case .nil: return nil
        case .table(let value) where value.fields.count > Self.mostNames:
            problems.append("\(key) has more than \(Self.mostNames) names")
            return nil
        case .table(let value) where value.array.isEmpty && value.sparse.isEmpty: return value
        default:
            problems.append("\(key) must be a table with string keys")
            return nil
        }
    }

    private mutating func strings(_ key: String, _ value: LuaValue, _ limit: Int = longestLine) -> [String] {
        switch value {
        case .nil: return []
        case .table(let table) where table.fields.isEmpty && table.sparse.isEmpty:
            let texts = table.array.compactMap(\.text)
            if texts.count == table.array.count { return texts.map { oneLine(key, $0, limit) } }
        default: break
        }
        problems.append("\(key) must be a list of strings without holes")
        return []
    }

    private mutating func examples(_ table: LuaTable) -> [String] {
        if case .table(let list) = table["examples"], list.array.count > Self.mostExamples {
            problems.append("examples has more than \(Self.mostExamples) entries")
            return []
        }
        return strings("examples", table["examples"], Self.longestDoc)
    }

    private mutating func needs(_ table: LuaTable) -> RecipeNeeds {
        guard let table = object("needs", table) else { return RecipeNeeds() }
        let count = table.fields.reduce(0) { count, field in
            if case .table(let list) = field.value { count + list.array.count } else { count + 1 }
        }
        guard count <= Self.mostNeeds else {
            problems.append("needs has more than \(Self.mostNeeds) entries")
            return RecipeNeeds()
        }
        var needs: [RecipeNeed] = []
        for effect in [ServerPilot.Operation.Effect.create, .update, .delete] {
            let known = ServerPilot.Operation.resources[effect] ?? []
            needs += items(effect.word, table[effect.word], { known.contains($0) ? .change(effect, $0) : nil }) {
                Self.unknown("kind", $0, known)
            }
        }
        needs += items("http", table["http"], { WebAddress.isHost($0) ? .http($0.lowercased()) : nil }) {
            "'\($0.shown)' is not a host such as api.example.com or api.example.com:8443"
        }
        switch table["dns"] {
        case .nil, .boolean(false): break
        case .boolean(true): needs.append(.dns)
        default: problems.append("needs.dns must be true or false")
        }
        switch table["secrets"] {
        case .nil: break
        case "reveal": needs.append(.secrets)
        default:
            problems.append(
                "needs.secrets must be \"reveal\"; without it, a recipe can only pass secrets to functions")
        }
        needs += hosts(table["ssh"])
        needs += items("read", table["read"], { Self.isPath($0) ? .read($0) : nil }) {
            "'\($0.shown)' must be a path of at most \(Self.longestPath) bytes, without leading, trailing or repeated "
                + "spaces and without other white space"
        }
        for field in table.fields where !HeaderKey.needs.names.contains(field.key) {
            problems.append("needs: " + Self.unknown("word", field.key, HeaderKey.needs.names))
        }
        return RecipeNeeds(needs)
    }

    /// Returns the hosts of `needs.ssh`.
    private mutating func hosts(_ value: LuaValue) -> [RecipeNeed] {
        switch value {
        case .nil, .boolean(false): return []
        case .boolean(true): return [.ssh(nil)]
        case .table: break
        default:
            problems.append("needs.ssh must be a list of hosts, or true for every host")
            return []
        }
        return items("ssh", value, { HostName.isValid($0) ? .ssh($0) : nil }) {
            "'\($0.shown)' is not a host name as passed to ssh.run"
        }
    }

    /// Returns the needs in a list, and notes a problem for each item that is none.
    private mutating func items(
        _ word: String, _ value: LuaValue, _ need: (String) -> RecipeNeed?, problem: (String) -> String
    ) -> [RecipeNeed] {
        let items = strings("needs.\(word)", value)
        problems += items.filter { need($0) == nil }.map { "needs.\(word): \(problem($0))" }
        return items.compactMap(need)
    }

    /// Returns whether a text is a path that is shown unambiguously: no invisible characters, no unusual spaces.
    private static func isPath(_ text: String) -> Bool {
        (1...longestPath).contains(text.utf8.count) && !text.hasPrefix(" ") && !text.hasSuffix(" ")
            && !text.contains("  ")
            && text.unicodeScalars.allSatisfy { scalar in
                !scalar.properties.isDefaultIgnorableCodePoint && scalar.value != 0x2800
                    && (scalar == " " || scalar.properties.generalCategory != .spaceSeparator)
            }
    }

    private mutating func limits(_ table: LuaTable) -> (Int?, Int?) {
        guard let table = object("limits", table) else { return (nil, nil) }
        var limits: [String: Int] = [:]
        for field in table.fields {
            switch (field.key, field.value) {
            case ("create", .integer(let count)) where count >= 0, ("delete", .integer(let count)) where count >= 0:
                limits[field.key] = Int(clamping: count)
            case ("create", _), ("delete", _): problems.append("limits.\(field.key) must be an integer of at least 0")
            default: problems.append("limits: " + Self.unknown("word", field.key, HeaderKey.limits.names))
            }
        }
        return (limits["create"], limits["delete"])
    }

    private mutating func parameters(_ table: LuaTable) -> [RecipeParameter] {
        let fields = object("params", table)?.fields ?? []
        for field in fields where !Self.isParameterName(field.key) {
            problems.append("params: the name '\(field.key)' must contain only letters, digits and _")
        }
        return fields.filter { fits("a name in params", $0.key, Self.longestLine) }
            .compactMap { parameter($0.key, $0.value) }
            .sorted { $0.place < $1.place }
    }

    private static func isParameterName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !first.isDigit else { return false }
        return name.utf8.allSatisfy { $0 == UInt8(ascii: "_") || $0.isLetterOrDigit }
    }

    private mutating func returns(_ table: LuaTable) -> OrderedDictionary<String, RecipeResultType> {
        var types = OrderedDictionary<String, RecipeResultType>()
        for field in object("returns", table)?.fields ?? [] {
            _ = oneLine("returns", field.key)
            guard case .string(let text) = field.value else {
                problems.append("returns.\(field.key) must be the name of a type")
                continue
            }
            let isOptional = text.hasSuffix("?")
            let word = isOptional ? String(text.dropLast()) : text
            let known = RecipeResultType.Kind.allCases.map(\.rawValue)
            guard let kind = RecipeResultType.Kind(rawValue: word) else {
                problems.append("returns.\(field.key): " + Self.unknown("type", word, known))
                continue
            }
            types[field.key] = RecipeResultType(kind: kind, isOptional: isOptional)
        }
        return types
    }
}
