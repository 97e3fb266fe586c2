internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// A wait until a server has connected for the first time.
struct ConnectionWait {
    let session: RunSession
    let id: String
    /// The server's name for messages.
    let name: String
    let timeout: Duration
    /// The recipe's line that waits.
    let site: LuaCallSite?

    /// Polls the server until it has connected.
    ///
    /// - Returns: the server record after its first connection.
    /// - Throws: `RecipeError` with `waitTimedOut` or with the API's error; `CancellationError`.
    func wait() async throws -> JSONValue {
        guard let reading = ServerPilot.Operation.reading(.server) else { return .null }
        let started = session.time.steady
        var hasTold = false
        while true {
            let server: JSONValue
            switch await session.look(reading, ["id": .string(id)]) {
            case .success(let data): server = data
            case .failure(let error): throw RecipeError(error, object: id)
            }
            if server["lastconn"]?.integerValue != nil { return server }
            try Task.checkCancellation()
            let age = session.time.steady - started
            guard age < timeout else { throw timedOut(after: age) }
            if !hasTold {
                session.output.emit(.logged("waiting for the server \(name) to connect", at: site))
                hasTold = true
            }
            let pause = min(PollSchedule.pause(age: age), timeout - age)
            RunningCall.current?.waits(
                for: "the server \(name) to connect", since: started, nextLook: session.time.steady + pause,
                limit: started + timeout)
            try await session.time.sleep(for: pause)
        }
    }

    private func timedOut(after age: Duration) -> RecipeError {
        RecipeError(
            code: RecipeError.waitTimedOut,
            message: "the server '\(name)' (\(id)) has not connected after \(age.shortText)"
                + " (timeout \(timeout.shortText))",
            operation: "connect_server", object: id,
            hint: "check on the machine that the installer ran and that ServerPilot is reachable; the record exists: "
                + "'sprun undo' deletes what the run created",
            token: "connect_server")
    }
}

extension StepScope {
    /// Waits for a server's first connection, as one step.
    func connection(of id: String, _ name: String, timeout: Duration) async throws -> JSONValue {
        let session = session
        return try await observe(.own("wait_connected"), ["id": .string(id)]) {
            if session.isDeclared { session.surroundings.connects?(ServerID(id)) }
            return try await ConnectionWait(
                session: session, id: id, name: name, timeout: timeout, site: LuaCallSite(site)
            ).wait()
        }
    }
}
