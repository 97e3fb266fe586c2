internal import Groundwork
internal import LuaHost
internal import RecipeLanguage
internal import ServerPilot

/// Functions about the run itself: messages, time, random numbers, secrets, the result.
extension SPLibrary {
    var runFunctions: [HostFunction] {
        let log = shown("log", "Prints a message during the run.") { .logged($0, at: $1) }
        let warn = shown("warn", "Prints a warning.") { .warned($0, at: $1) }
        return [log, warn, dump, time, random, secret, shortName, result] + forms
    }

    /// The functions `sp.object` and `sp.list`, because Lua writes an empty list and an empty object the same way.
    private var forms: [HostFunction] {
        [("object", LuaTable.Form.object, "{}"), ("list", .list, "[]")].map { name, form, text in
            HostFunction(
                name, parameters: [HostParameter("table", "table", isOptional: true)], results: ["table"],
                documentation: "Returns the table, which becomes `\(text)` in JSON if it is empty.",
                sync: { arguments in
                    var table = arguments[0].isNil ? LuaTable(form: form) : try arguments.table(0)
                    table.form = form
                    return [.table(table)]
                })
        }
    }

    /// Returns a function that shows a message.
    private func shown(
        _ name: String, _ documentation: String, _ event: @escaping @Sendable (String, LuaCallSite) -> RunEvent
    ) -> HostFunction {
        let message = HostParameter(
            "message", "any", isText: true, documentation: "Text. A table is shown with its contents.")
        return HostFunction(
            name, parameters: [message], documentation: documentation,
            sync: { [session] arguments in
                session.output.emit(event(try Self.text(arguments), arguments.site))
                return []
            })
    }

    private var dump: HostFunction {
        HostFunction(
            "dump", parameters: [HostParameter("value", "any", isText: true)], results: ["string"],
            documentation: "Returns any value as text, tables with their contents. `print` shows tables the same way.",
            sync: { arguments in [.string(arguments[0].isNil ? "nil" : try Self.text(arguments))] })
    }

    private static func text(_ arguments: LuaArguments) throws(LuaArgumentError) -> String {
        switch arguments[0] {
        case .null: "null"
        case .integer(let value): String(value)
        case .largeInteger(let digits): digits
        case .number(let value): "\(value)"
        case .boolean(let value): "\(value)"
        default: try arguments.string(0)
        }
    }

    private var time: HostFunction {
        HostFunction(
            "time", results: ["integer"], documentation: "Returns the time of the run's clock, in seconds since 1970.",
            sync: { [session, realm] arguments in
                let time = try StepScope(session, arguments, realm, of: "time").observeNow("time") {
                    .integer(session.time.now.epochSeconds)
                }
                return [.integer(time.integerValue ?? 0)]
            })
    }

    private var random: HostFunction {
        HostFunction(
            "random", parameters: [HostParameter("n", "integer")], results: ["integer"],
            documentation: "Returns a random integer from 1 to n.",
            sync: { [session, realm] arguments in
                let bound = try arguments.integer(0)
                guard bound >= 1 else { throw arguments.invalid(0, "expected an integer of at least 1") }
                let number = try StepScope(session, arguments, realm, of: "random").observeNow("random") {
                    var generator = SessionGenerator(draw: session.services.random)
                    return .integer(Int64.random(in: 1...bound, using: &generator))
                }
                return [.integer(number.integerValue ?? 1)]
            })
    }

    /// The characters of generated secrets.
    ///
    /// Letters and digits survive shells, URLs and configuration files. The look-alikes 0, O, 1, l and I are left out.
    private static let alphabet = Array("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
    /// The most bytes of a secret's name, which the run keeps.
    private static let longestSecretName = 1 << 10
    /// The default length of a secret: 24 of 57 characters are 140 bits.
    private static let secretLength = 24
    /// The allowed lengths: ServerPilot accepts passwords of 8 to 200 characters.
    private static let secretLengths: ClosedRange<Int64> = 8...200

    private var secret: HostFunction {
        HostFunction(
            "secret",
            parameters: [
                HostParameter(
                    "name", "string",
                    documentation: "The purpose of the secret. The same name returns the "
                        + "same secret."),
                HostParameter("options", "table", isOptional: true, documentation: "length, 8 to 200."),
            ],
            results: ["secret"],
            documentation:
                "Returns a password. The run generates it on first use and redacts it in all output. The run's "
                + "result contains it only if a request sent it.",
            sync: { [session, realm] arguments in
                let name = try arguments.string(0)
                guard !name.isEmpty else { throw arguments.invalid(0, "expected a name") }
                guard name.utf8.count <= Self.longestSecretName else {
                    throw arguments.invalid(0, "expected a name of at most 1 KiB")
                }
                guard !name.contains(RecipeRealm.secretSeparator) else {
                    throw arguments.invalid(0, "expected a name without '\(RecipeRealm.secretSeparator)'")
                }
                let length = try Self.secretLength(arguments)
                let secret = try session.secret(realm.secretName(name)) {
                    var generator = SessionGenerator(draw: session.services.random)
                    let characters = (0..<(length ?? Self.secretLength)).map { _ in
                        Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &generator)]
                    }
                    return String(characters)
                }.reveal()
                guard length == nil || secret.count == length else {
                    throw arguments.invalid(1, "the secret '\(name)' already exists with another length")
                }
                return [session.sealed(secret, from: "secret \(name)", for: realm)]
            })
    }

    private static func secretLength(_ arguments: LuaArguments) throws(LuaArgumentError) -> Int? {
        let reader = try FieldReader(options: arguments, at: 1)
        try reader.expect(["length"])
        return try reader.integer("length", in: secretLengths, else: "length must be an integer from 8 to 200")
    }

    private var shortName: HostFunction {
        HostFunction(
            "short_name",
            parameters: [
                HostParameter("text", "string", documentation: "The text to make the name from, such as a domain."),
                HostParameter("limit", "integer", documentation: "The maximum length, 8 to 64 characters."),
            ],
            results: ["string"],
            documentation: "Returns a name of lower-case letters, digits and dashes that is not longer than the "
                + "limit. A valid name stays unchanged. Otherwise the name ends with a short hash of the text, so "
                + "that two texts do not share a name.",
            sync: { arguments in
                let text = try arguments.string(0)
                let limit = try arguments.integer(1)
                guard (Int64(ShortName.shortestLimit)...64).contains(limit) else {
                    throw arguments.invalid(1, "expected a limit from \(ShortName.shortestLimit) to 64")
                }
                guard text.utf8.count <= ShortName.longestText else {
                    throw arguments.invalid(0, "expected a text of at most \(ShortName.longestText >> 10) KiB")
                }
                guard let name = ShortName(text, limit: Int(limit)) else {
                    throw arguments.invalid(0, "expected a text with at least one letter a-z or digit")
                }
                return [.string(name.text)]
            })
    }

    private var result: HostFunction {
        HostFunction(
            "result", parameters: [HostParameter("result", "any")],
            documentation: "Sets the result of the run. A later call replaces the result.",
            sync: { [session, realm] arguments in
                guard realm.importer == nil else {
                    throw RecipeError(
                        RecipeError.badResult, in: "sp.result",
                        "'\(realm.name)' is imported: return the result from its function instead")
                }
                if arguments[0].isNil { throw arguments.invalid(0, "expected a value") }
                do throws(UnsendableValue) {
                    if let value = try JSONValue(arguments[0], empty: .object) { session.set(result: value) }
                } catch {
                    throw arguments.invalid(0, "\(error.path.isEmpty ? "it" : "'\(error.path)'") is \(error.found)")
                }
                return []
            })
    }
}

/// The run's source of random numbers, as a generator of the standard library.
private struct SessionGenerator: RandomNumberGenerator {
    let draw: @Sendable () -> UInt64

    mutating func next() -> UInt64 { draw() }
}
