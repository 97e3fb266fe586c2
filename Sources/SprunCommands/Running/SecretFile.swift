internal import FoundationEssentials
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import Synchronization
internal import SystemPackage

/// A file for the secrets that a run generates, readable by its owner only.
///
/// Each secret is written before its first use. A password is then not lost if the run fails or its result is shown
/// without secrets. Each run has its own file.
final class SecretFile: Sendable {
    let path: FilePath
    private let recipe: String
    /// Whether a file is written; false if a journal keeps the secrets.
    private let isWritten: Bool
    private let secrets = Mutex<JSONObject>([:])

    init(folder: FilePath, recipe: String, time: Timestamp, isWritten: Bool) {
        self.isWritten = isWritten
        path = folder.appending("\(time.epochSeconds)-\(ProcessInfo.processInfo.processIdentifier).json")
        self.recipe = recipe
    }

    /// Adds a secret and writes the file.
    ///
    /// - Throws: An error for the recipe if the file cannot be written.
    func keep(_ name: String, _ value: Secret<String>) throws {
        try secrets.withLock { secrets in
            var all = secrets
            all[name] = .string(value.reveal())
            if isWritten {
                do {
                    try write(all)
                } catch let failure as CommandFailure {
                    throw UnkeptSecret(name: name, reason: failure)
                }
            }
            secrets = all
        }
    }

    /// Removes all secrets except these, which are in use.
    func forget(allBut names: Set<String>) {
        secrets.withLock { secrets in
            let all = secrets
            secrets = secrets.filter { names.contains($0.key) }
            guard isWritten, secrets.count < all.count else { return }
            // If rewriting fails, the file stays unchanged: a surplus secret does less harm than a missing secret.
            if secrets.isEmpty { PrivateFile(path: path).remove() } else { try? write(secrets) }
        }
    }

    private func write(_ secrets: JSONObject) throws {
        let document: JSONObject = ["format_version": 1, "recipe": .string(recipe), "secrets": .object(secrets)]
        try PrivateFile(path: path).write(Array(JSONValue.object(document).text(indentation: 2).utf8) + [0x0A])
    }

    /// Whether there are no secrets.
    var isEmpty: Bool { secrets.withLock { $0.isEmpty } }

    /// Removes the file if the text, which the user has received, contains all secrets; returns whether it does.
    func removeIfDelivered(in text: String) -> Bool {
        let isDelivered = secrets.withLock { secrets in
            secrets.values.allSatisfy { $0.stringValue.map(text.contains) ?? true }
        }
        if isDelivered, isWritten { PrivateFile(path: path).remove() }
        return isDelivered
    }
}

/// The error that a recipe gets instead of a secret that could not be stored.
private struct UnkeptSecret: LuaErrorConvertible {
    let name: String
    let reason: CommandFailure

    var luaValue: LuaTable {
        [
            "code": .string(reason.code),
            "message": .string("sp.secret: the secret '\(name)' could not be saved: \(reason.message)"),
        ]
    }
}
