internal import OrderedCollections
internal import ServerPilot
internal import Synchronization
internal import SystemPackage

/// Keeps the secrets that a run generates, before anything is done with them, so that no password is lost when the run
/// fails or its result goes where secrets do not: one file a run, readable by its owner only.
final class SecretFile: Sendable {
    private struct State {
        var secrets: JSONObject = [:]
        var failure: CommandFailure?
    }

    let path: FilePath
    private let recipe: String
    private let state = Mutex(State())

    init(folder: FilePath, recipe: String, time: Timestamp, process: Int32) {
        path = folder.appending("\(time.epochSeconds)-\(process).json")
        self.recipe = recipe
    }

    /// Adds a secret and writes the file.
    func keep(_ name: String, _ value: Secret<String>) {
        state.withLock { state in
            state.secrets[name] = .string(value.reveal())
            let document: JSONObject = [
                "format_version": 1, "recipe": .string(recipe), "secrets": .object(state.secrets),
            ]
            do {
                try PrivateFile(path: path).write(Array(JSONValue.object(document).text(indentation: 2).utf8) + [0x0A])
            } catch {
                state.failure = error as? CommandFailure
            }
        }
    }

    /// Whether there are any.
    var isEmpty: Bool { state.withLock { $0.secrets.isEmpty } }

    /// Why the file could not be written, if it could not.
    var failure: CommandFailure? { state.withLock { $0.failure } }

    /// Removes the file when everything in it stands in the text, which somebody has got.
    func removeIfDelivered(in text: String) -> Bool {
        let isDelivered = state.withLock { state in
            state.secrets.values.allSatisfy { $0.stringValue.map(text.contains) ?? true }
        }
        if isDelivered { PrivateFile(path: path).remove() }
        return isDelivered
    }
}
