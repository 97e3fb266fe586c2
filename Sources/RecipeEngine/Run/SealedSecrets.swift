internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import RecipeLanguage
internal import Synchronization

/// The secrets of a run behind the seals that its modules have instead of them.
///
/// A module gets a seal for each secret: `sp.secret` and parameters of the kind `secret`. It passes the seal on, and the
/// functions that take a secret open it here. A seal belongs to the modules through whose hands it went: only if all of
/// them may read secrets, `reveal` gives its text.
final class SealedSecrets: Sendable {
    private struct Secret {
        let text: String
        let origin: String
        let owners: [RecipeRealm]
    }

    /// The identity of a seal.
    ///
    /// Two secrets have the same seal only if all three are the same.
    ///
    /// The origin separates a secret from a guess of its text, which comes from elsewhere. The text, by its bytes,
    /// separates the items of a list, and texts that look equal.
    private struct Identity: Hashable {
        let owners: Set<ObjectIdentifier>
        let origin: String
        let text: ByteExact
    }

    private struct State {
        var secrets: [LuaSeal: Secret] = [:]
        var seals: [Identity: LuaSeal] = [:]
    }

    /// The most bytes that are put in the places of seals in a value.
    ///
    /// A secret can be longer than its seal. The functions that take secrets refuse what has seals left.
    private static let mostBytes = 8 << 20

    /// The secrets among the run's parameters.
    let given = GivenSecrets()
    private let steps: StepRunner
    private let state = Mutex(State())

    init(_ steps: StepRunner) { self.steps = steps }

    /// Returns the seal of a secret for a module: the same for the same origin and text, also in a resumed run.
    ///
    /// - Parameters:
    ///   - text: the secret.
    ///   - origin: where the module has it from, such as a parameter.
    ///   - owners: the module, and those that it was passed to.
    /// - Returns: the seal.
    func seal(_ text: String, from origin: String, owners: [RecipeRealm]) -> LuaSeal {
        let identity = Identity(
            owners: Set(owners.map { ObjectIdentifier($0) }), origin: origin, text: ByteExact(text))
        if let known = state.withLock({ $0.seals[identity] }) { return known }
        let names = owners.map { $0.chain.map(\.name).joined(separator: " < ") }
        let seal = steps.seal(of: names + [origin, text]) ?? LuaSeal()
        state.withLock { state in
            state.seals[identity] = seal
            state.secrets[seal] = Secret(text: text, origin: origin, owners: owners)
        }
        return seal
    }

    /// Returns a text that crosses between a module and another one: its seals belong to the module too.
    func passed(_ text: String, through module: RecipeRealm) -> (text: String, seals: [LuaSeal]) {
        var seals: [LuaSeal] = []
        let text = LuaSeal.replacing(in: text) { seal in
            guard let secret = state.withLock({ $0.secrets[seal] }) else { return nil }
            guard !secret.owners.contains(where: { $0 === module }) else { return nil }
            seals.append(self.seal(secret.text, from: secret.origin, owners: secret.owners + [module]))
            return seals.last?.text
        }
        return (text, seals)
    }

    /// Returns the text with the secrets in the places of their seals.
    func open(_ text: String) -> String {
        var left = Self.mostBytes
        return open(text, &left)
    }

    /// Returns the value with all texts in it opened, but for the names of members.
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
            for index in table.fields.indices { table.fields[index].value = open(table.fields[index].value, &left) }
            for index in table.sparse.indices { table.sparse[index].value = open(table.sparse[index].value, &left) }
            return .table(table)
        default: return value
        }
    }

    /// Returns the text with the secrets in the places of their seals, for a script.
    ///
    /// - Throws: `RecipeError` if a module through whose hands one of them went may not read secrets.
    func reveal(_ text: String) throws(RecipeError) -> String {
        _ = try LuaSeal.replacing(in: text) { seal throws(RecipeError) in
            for owner in state.withLock({ $0.secrets[seal]?.owners }) ?? [] {
                try owner.check(.secrets, for: "secret:reveal")
            }
            return nil
        }
        return open(text)
    }
}

extension RunSession {
    /// Returns a secret for a script of a module.
    ///
    /// - Parameters:
    ///   - text: the secret.
    ///   - origin: where the module has it from, such as a parameter.
    ///   - realm: the module.
    /// - Returns: the seal as a string.
    func sealed(_ text: String, from origin: String, for realm: RecipeRealm) -> LuaValue {
        let seal = secrets.seal(text, from: origin, owners: [realm])
        // Messages show the seal as they show the secret.
        output.learn(secret: seal.text)
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

    /// The function that gets each text with a seal that crosses between a module and others.
    func sealing(_ module: RecipeRealm) -> HostFunction {
        HostFunction(
            "seal",
            sync: { [weak self] arguments in
                guard let self else { return [arguments[0]] }
                let passed = secrets.passed(try arguments.string(0), through: module)
                for seal in passed.seals { output.learn(secret: seal.text) }
                return [.string(passed.text)]
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

extension StepRunner {
    /// Returns a seal that only this store gives for these texts; `nil` for a run without a journal.
    fileprivate func seal(of texts: [String]) -> LuaSeal? {
        let bits = (0..<2).map { half -> UInt64? in
            let values = [JSONValue.string("seal \(half)")] + texts.map { .string($0) }
            return digest(JSONValue.array(values).bytes).flatMap { UInt64($0.prefix(16), radix: 16) }
        }
        guard let first = bits[0], let second = bits[1] else { return nil }
        return LuaSeal((first, second))
    }
}
