internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// A reader that converts a recipe's parameters to the types in its header and looks resources up in the account.
///
/// It reports all problems at once.
struct ParameterReader {
    let header: RecipeHeader
    /// The scope for the steps of lookups, by the kind of resource.
    let scopes: (ResourceKind) -> StepScope
    let session: RunSession
    /// The module that gets the parameters.
    let realm: RecipeRealm
    private(set) var problems: [(name: String, text: String)] = []
    private(set) var lists: [ResourceKind: [JSONValue]] = [:]

    /// Returns the value of every parameter that has a value.
    ///
    /// - Parameter given: the given values by name; from the command line, all are strings.
    /// - Returns: the table for the recipe.
    /// - Throws: `RecipeError` with the code `bad_parameters`, or with the error of a lookup.
    mutating func read(_ given: [LuaTable.Field]) async throws(RecipeError) -> LuaTable {
        let names = header.parameters.map(\.name)
        let known = Set(names)
        let unknown = given.filter { !known.contains($0.key) }
        for field in unknown.prefix(Self.shownNames) {
            let nearest = names.nearest(to: field.key).map { "; did you mean '\($0)'?" }
            problems.append((field.key, "unknown parameter" + (nearest ?? "")))
        }
        if unknown.count > Self.shownNames { problems.append(("…", "\(unknown.count) unknown parameters in total")) }
        let declared = given.filter { known.contains($0.key) }
        var table = LuaTable(fields: [])
        // A runtime belongs to a server, so the server is looked up first.
        for parameter in header.parameters where parameter.kind != .runtime {
            table[parameter.name] = try await value(of: parameter, declared)
        }
        for parameter in header.parameters where parameter.kind == .runtime {
            table[parameter.name] = try await runtime(parameter, value(of: parameter, declared), table)
        }
        // A recipe could test guesses of a secret at a module: only what the user gives is compared.
        if realm.importer == nil { noteOrdinarySecrets(table) }
        guard problems.isEmpty else { throw Self.failure(problems, of: header) }
        return table
    }

    /// Refuses a secret that is also the text of another parameter: redacted output could not distinguish the two.
    private mutating func noteOrdinarySecrets(_ table: LuaTable) {
        for things in lists.values { session.warnOfOrdinarySecrets(in: JSONArray(things)) }
        let others = header.parameters.filter { $0.kind != .secret }
        for parameter in header.parameters where parameter.kind == .secret {
            guard case .string(let seal) = table[parameter.name] else { continue }
            let secret = session.secrets.open(seal)
            for other in others where Self.texts(table[other.name]).contains(secret) {
                _ = note(parameter, "has the same value as '\(other.name)', which is not a secret")
            }
        }
    }

    /// Returns the texts of a parameter; for a record of the account, its id and name.
    private static func texts(_ value: LuaValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .table(let table): (table.array + [table["id"], table["name"]]).flatMap(texts)
        default: []
        }
    }

    static func failure(_ problems: [(name: String, text: String)], of header: RecipeHeader) -> RecipeError {
        let lines = problems.map { "\($0.name): \($0.text)" }
        let count = lines.count == 1 ? "" : "\(lines.count) parameters of '\(header.name)' are invalid: "
        return RecipeError(
            code: RecipeError.badParameters, message: count + lines.joined(separator: "; "), operation: header.name,
            hint: "run 'sprun show FILE' to list the recipe's parameters")
    }

    private mutating func note(_ parameter: RecipeParameter, _ text: String) -> LuaValue {
        problems.append((parameter.name, text))
        return .nil
    }

    private mutating func value(
        of parameter: RecipeParameter, _ given: [LuaTable.Field]
    ) async throws(RecipeError) -> LuaValue {
        let found = given.last { $0.key == parameter.name }?.value ?? .nil
        if found == "", !parameter.allowsEmpty { return note(parameter, Self.emptyWords(parameter)) }
        guard found.isNil || found == .null else { return try await checked(found, parameter) }
        if parameter.defaultValue != .null { return try await checked(LuaValue(parameter.defaultValue), parameter) }
        guard parameter.isRequired else { return .nil }
        let example = parameter.example.map { ", such as \($0)" } ?? ""
        return note(parameter, "is missing (\(parameter.kindWords)\(example))")
    }

    /// The most bytes of a secret: keys and tokens have some KiB.
    private static let longestSecret = 64 << 10

    /// Returns the problem of an empty value.
    ///
    /// An unset shell variable produces an empty value; taken as a missing value, it would widen what a recipe does.
    private static func emptyWords(_ parameter: RecipeParameter) -> String {
        "is empty" + (parameter.isRequired ? "" : "; omit the parameter instead")
            + (parameter.kind == .string ? "; the recipe can allow it: param.string{ allow_empty = true }" : "")
    }

    private mutating func checked(_ value: LuaValue, _ parameter: RecipeParameter) async throws(RecipeError) -> LuaValue
    {
        let origin = origin(of: value, parameter)
        let value = parameter.kind == .secret ? session.secrets.open(value) : value
        guard parameter.kind == .list || !value.hasSeal else {
            return note(parameter, "got a secret, but is declared as \(parameter.kindWords)")
        }
        if let kind = parameter.kind.resource { return try await thing(kind, value, parameter) }
        if parameter.kind == .list {
            var elements: [LuaValue] = []
            for element in PlainParameter.elements(of: value) {
                guard var rule = parameter.elements.first else { continue }
                guard element != "" || rule.allowsEmpty else {
                    return note(parameter, "has an empty item in its list")
                }
                rule.name = parameter.name
                elements.append(try await checked(element, rule))
            }
            let count = bounds(Double(elements.count), parameter, "values")
            return count ?? .table(LuaTable(elements))
        }
        let (result, problem) = PlainParameter.value(value, parameter)
        if let problem { return note(parameter, problem) }
        if parameter.kind == .secret, case .string(let secret) = result {
            guard secret.utf8.count >= Redactor.shortestSecret else {
                return note(
                    parameter, "is too short to redact: a secret needs at least \(Redactor.shortestSecret) bytes"
                )
            }
            guard secret.utf8.count <= Self.longestSecret else {
                return note(
                    parameter,
                    "is longer than \(Self.longestSecret >> 10) KiB, the maximum for a secret; use a file parameter")
            }
            guard !secret.contains(Redactor.replacement) else {
                return note(parameter, "is the placeholder \(Redactor.replacement); pass the secret itself")
            }
            session.output.learn(secret: secret)
            session.secrets.given.add(secret, named: parameter.name)
        }
        switch (parameter.kind, result) {
        case (.string, .string(let text)): return bounds(Double(text.count), parameter, "characters") ?? result
        case (.secret, .string(let text)):
            return bounds(Double(text.count), parameter, "characters") ?? session.sealed(text, from: origin, for: realm)
        case (.integer, .integer(let number)): return bounds(Double(number), parameter, nil) ?? result
        case (.number, .number(let number)): return bounds(number, parameter, nil) ?? result
        default: return result
        }
    }

    /// Returns where a secret parameter is from.
    ///
    /// A recipe that gives a module a guess and compares the seals must not learn whether it is right: the seal of a text
    /// that a recipe gives differs from that of a secret that it passes on.
    private func origin(of value: LuaValue, _ parameter: RecipeParameter) -> String {
        guard case .string(let given) = value, realm.importer != nil else { return "parameter \(parameter.name)" }
        return "\(LuaSeal.isIn(given) ? "secret" : "text") \(given) in \(parameter.name)"
    }

    private mutating func bounds(_ number: Double, _ parameter: RecipeParameter, _ unit: String?) -> LuaValue? {
        let unit = unit.map { " \($0)" } ?? ""
        func text(_ bound: Double) -> String { Int(exactly: bound).map { "\($0)" } ?? "\(bound)" }
        let bound =
            parameter.minimum.flatMap { number < $0 ? "at least \(text($0))" : nil }
            ?? parameter.maximum.flatMap { number > $0 ? "at most \(text($0))" : nil }
        return bound.map { note(parameter, "must be \($0)\(unit)") }
    }

    // MARK: Lookups in the account

    private mutating func list(_ kind: ResourceKind) async throws(RecipeError) -> [JSONValue] {
        if let known = lists[kind] { return known }
        let reply = try await scopes(kind).call(ServerPilot.Operation.Name(rawValue: "\(kind.rawValue)s"), [:])
        let things = reply.data.arrayValue ?? []
        lists[kind] = things
        return things
    }

    /// Looks up a resource by its id, its name, or `server/name`; another recipe may pass the record itself.
    private mutating func thing(
        _ kind: ResourceKind, _ value: LuaValue, _ parameter: RecipeParameter
    ) async throws(RecipeError) -> LuaValue {
        let word: String
        switch value {
        case .string(let text): word = text
        case .table(let table):
            guard case .string(let id) = table["id"] else { return note(parameter, "must be a table with an id") }
            word = id
        default: return note(parameter, "\(value.typeName) is not a valid \(parameter.kindWords)")
        }
        let things = try await list(kind)
        let lookup = ResourceLookup(kind)
        var outcome = lookup.find(word, among: things, servers: lists[.server])
        if case .needsServers = outcome {
            outcome = lookup.find(word, among: things, servers: try await list(.server))
        }
        switch outcome {
        case .found(let thing): return LuaValue(thing)
        case .problem(let problem): return note(parameter, problem)
        case .needsServers: return .nil
        }
    }

    /// The maximum number of undeclared parameters listed.
    private static let shownNames = 5

    private mutating func runtime(
        _ parameter: RecipeParameter, _ value: LuaValue, _ table: LuaTable
    ) -> LuaValue {
        guard case .string(let word) = value else { return value }
        let name = parameter.server ?? header.parameters.first { $0.kind == .server }?.name
        guard let name, case .table(let server) = table[name], case .table(let list) = server["available_runtimes"]
        else {
            // Without a valid server there are no runtimes to compare with.
            if word == "newest" {
                return name == nil ? value : note(parameter, "'newest' requires the parameter '\(name ?? "")'")
            }
            guard PHPRuntime(word) != nil else {
                return note(parameter, "'\(word.shown)' is not a PHP runtime; \(Self.runtimeForm(of: word))")
            }
            return value
        }
        let runtimes = list.array.compactMap(\.text)
        if word == "newest" {
            let newest = PHPRuntime.newest(of: runtimes)
            return newest.map { .string($0) } ?? note(parameter, "the server has no PHP runtimes")
        }
        guard !runtimes.contains(word) else { return value }
        return note(parameter, "the server does not have '\(word.shown)'; it has \(runtimes.joined(separator: ", "))")
    }

    /// Returns how to write a runtime; a bare version is most often what was meant, but is never assumed.
    private static func runtimeForm(of word: String) -> String {
        let version = word.contains(".") ? word : "\(word).0"
        return "write \(PHPRuntime("php\(version)")?.name ?? "it like php8.2")"
    }
}
