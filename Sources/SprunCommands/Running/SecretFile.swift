internal import LuaHost
internal import OrderedCollections
internal import ServerPilot
internal import Synchronization
internal import SystemPackage

/// Keeps the secrets that a run generates, before anything is done with them, so that no password is lost when the run
/// fails or its result goes where secrets do not: one file a run, readable by its owner only.
final class SecretFile: Sendable {
    let path: FilePath
    private let recipe: String
    /// Whether there is a file: a journal keeps them otherwise.
    private let isWritten: Bool
    private let secrets = Mutex<JSONObject>([:])

    init(folder: FilePath, recipe: String, time: Timestamp, process: Int32, isWritten: Bool) {
        self.isWritten = isWritten
        path = folder.appending("\(time.epochSeconds)-\(process).json")
        self.recipe = recipe
    }

    /// Adds a secret and writes the file.
    ///
    /// - Throws: an error for the recipe when it cannot be written.
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

    /// Leaves out those that open nothing.
    func forget(allBut names: Set<String>) {
        secrets.withLock { secrets in
            let all = secrets
            secrets = secrets.filter { names.contains($0.key) }
            guard isWritten, secrets.count < all.count else { return }
            // What could not be written anew stays as it was: a secret too many harms less than one too few.
            if secrets.isEmpty { PrivateFile(path: path).remove() } else { try? write(secrets) }
        }
    }

    private func write(_ secrets: JSONObject) throws {
        let document: JSONObject = ["format_version": 1, "recipe": .string(recipe), "secrets": .object(secrets)]
        try PrivateFile(path: path).write(Array(JSONValue.object(document).text(indentation: 2).utf8) + [0x0A])
    }

    /// Whether there are any.
    var isEmpty: Bool { secrets.withLock { $0.isEmpty } }

    /// Removes the file when everything in it stands in the text, which somebody has got.
    func removeIfDelivered(in text: String) -> Bool {
        let isDelivered = secrets.withLock { secrets in
            secrets.values.allSatisfy { $0.stringValue.map(text.contains) ?? true }
        }
        if isDelivered, isWritten { PrivateFile(path: path).remove() }
        return isDelivered
    }
}

/// A generated secret could not be kept, so the recipe did not get it.
private struct UnkeptSecret: LuaErrorConvertible {
    let name: String
    let reason: CommandFailure

    var luaValue: LuaTable {
        [
            "code": .string(reason.code),
            "message": .string("sp.secret: the secret '\(name)' could not be kept: \(reason.message)"),
        ]
    }
}
