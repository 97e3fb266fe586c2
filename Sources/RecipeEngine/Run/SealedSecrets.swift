internal import Groundwork
internal import LuaHost
internal import ServerPilot
internal import Synchronization

/// The secrets of a run behind the seals that its modules have instead of them.
///
/// A module gets a seal for each secret: `sp.secret` and parameters of the kind `secret`. It passes the seal on, and the
/// functions that take a secret open it here.
final class SealedSecrets: Sendable {
    private struct Secret {
        let text: String
        /// The module that got the seal.
        let owner: RecipeRealm
    }

    private struct Place: Hashable {
        let owner: ObjectIdentifier
        let text: ByteExact
    }

    private struct State {
        var secrets: [LuaSeal: Secret] = [:]
        var seals: [Place: LuaSeal] = [:]
    }

    private let recorder: RunRecorder
    private let state = Mutex(State())

    init(_ recorder: RunRecorder) { self.recorder = recorder }

    /// Returns the seal of a secret for a module: the same for the same text, also in a resumed run.
    func seal(_ text: String, for owner: RecipeRealm) -> LuaSeal {
        let place = Place(owner: ObjectIdentifier(owner), text: ByteExact(text))
        if let known = state.withLock({ $0.seals[place] }) { return known }
        let seal = recorder.seal(of: [owner.chain.map(\.name).joined(separator: " < "), text]) ?? LuaSeal()
        state.withLock { state in
            state.seals[place] = seal
            state.secrets[seal] = Secret(text: text, owner: owner)
        }
        return seal
    }

    /// The most bytes that are put in the places of seals in a value.
    ///
    /// Secrets can be much longer than seals. The functions that take secrets have smaller limits, and refuse what has
    /// seals left.
    private static let mostBytes = 32 << 20

    /// Returns the text with the secrets in the places of their seals.
    func open(_ text: String) -> String {
        var left = Self.mostBytes
        return open(text, &left)
    }

    /// Returns the value with all texts in it opened.
    func open(_ value: LuaValue) -> LuaValue {
        guard value.hasSeal else { return value }
        var left = Self.mostBytes
        return open(value, &left)
    }

    private func open(_ text: String, _ left: inout Int) -> String {
        LuaSeal.replacing(in: text) { seal in
            guard let secret = state.withLock({ $0.secrets[seal]?.text }), secret.utf8.count <= left else { return nil }
            left -= secret.utf8.count
            return secret
        }
    }

    private func open(_ value: LuaValue, _ left: inout Int) -> LuaValue {
        switch value {
        case .string(let text): return .string(open(text, &left))
        case .table(var table):
            for index in table.array.indices { table.array[index] = open(table.array[index], &left) }
            for index in table.fields.indices {
                table.fields[index].key = open(table.fields[index].key, &left)
                table.fields[index].value = open(table.fields[index].value, &left)
            }
            for index in table.sparse.indices { table.sparse[index].value = open(table.sparse[index].value, &left) }
            return .table(table)
        default: return value
        }
    }

    /// Returns the text with the secrets in the places of their seals, for a script.
    ///
    /// - Throws: `RecipeError` if a module that got one of them may not read secrets.
    func reveal(_ text: String) throws(RecipeError) -> String {
        _ = try LuaSeal.replacing(in: text) { seal throws(RecipeError) in
            try state.withLock({ $0.secrets[seal]?.owner })?.check(.secrets, for: "secret:reveal")
            return nil
        }
        return open(text)
    }
}

extension RunSession {
    /// Returns a secret for a script of a module.
    func sealed(_ text: String, for realm: RecipeRealm) -> LuaValue {
        let seal = secrets.seal(text, for: realm)
        // Messages show the seal as they show the secret.
        learn(secret: seal.text)
        return .string(seal.text)
    }

    /// The method `reveal` of strings.
    var reveal: HostFunction {
        HostFunction(
            "reveal", parameters: [HostParameter("secret", "secret")], results: ["string"],
            sync: { [weak self] arguments in
                let text = try arguments.string(0)
                return [.string(try self?.secrets.reveal(text) ?? text)]
            })
    }
}

extension LuaValue {
    /// Whether a text in the value has a seal.
    var hasSeal: Bool {
        switch self {
        case .string(let text): LuaSeal.isIn(text)
        case .table(let table):
            table.array.contains(where: \.hasSeal) || table.fields.contains { LuaSeal.isIn($0.key) || $0.value.hasSeal }
                || table.sparse.contains(where: \.value.hasSeal)
        default: false
        }
    }
}

/// What a host function does with secrets among its arguments.
enum SecretHandling {
    /// Takes them anywhere.
    case opens
    /// Passes them on to scripts, or opens them in its secret fields and refuses them in others.
    case passes
    /// Refuses them: a name, an id and a number are no secrets.
    case refuses

    /// Returns the handling of the function of that name in that module.
    init(_ function: String, of module: String) {
        switch (module, function) {
        case ("http", _), ("ssh", _), ("sp", "log"), ("sp", "warn"), ("sp", "result"): self = .opens
        case ("sp", "object"), ("sp", "list"), ("sp", "all"), ("sp", "each"): self = .passes
        case ("sp", _):
            let takes = ["create_", "update_", "ensure_", "set_", "add_"].contains { function.hasPrefix($0) }
            self = takes ? .passes : .refuses
        default: self = .refuses
        }
    }

    /// Returns the arguments for the function.
    ///
    /// - Throws: `LuaArgumentError` for a secret that the function does not take.
    func prepared(_ arguments: LuaArguments, _ secrets: SealedSecrets) throws(LuaArgumentError) -> LuaArguments {
        switch self {
        case .passes: return arguments
        case .refuses:
            guard let position = arguments.values.firstIndex(where: \.hasSeal) else { return arguments }
            throw arguments.invalid(position, "this is a secret, or contains one; it cannot be used here")
        case .opens:
            var arguments = arguments
            arguments.values = arguments.values.map { secrets.open($0) }
            return arguments
        }
    }
}
