internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

/// A script to run on another host, requested by a recipe or a function of `sp`.
struct ShellOrder: Sendable {
    /// The function in errors and in the journal, such as `ssh.run`.
    let name: String
    let script: Secret<String>
    var input = Secret("")
    let timeout: Duration
    /// Whether the script changes nothing: then it needs no marker and may run repeatedly.
    var isRead = false
    /// The result in a plan or a simulation.
    var planned = answer(status: 0)

    /// Returns a result: `{ status, stdout, stderr, dropped }`.
    static func answer(status: Int, output: String = "", error: String = "", dropped: Int = 0) -> JSONValue {
        [
            "status": .integer(Int64(status)), "stdout": .string(output), "stderr": .string(error),
            "dropped": .integer(Int64(dropped)),
        ]
    }
}

extension StepScope {
    /// Runs a script on another host, as one step.
    ///
    /// A script that may change something starts only once, whatever happens to this process or its connections. The
    /// output is logged line by line as it arrives, without the secrets of the run.
    ///
    /// - Parameters:
    ///   - order: the script, which may contain secrets.
    ///   - target: the host.
    /// - Returns: `{ status, stdout, stderr, dropped }`, with status 0.
    /// - Throws: `RecipeError`: `ssh_exit` for another status, or a code of `ShellFailure`.
    func run(_ order: ShellOrder, on target: ShellTarget) async throws -> JSONValue {
        try realm.check(target, for: order.name, session.surroundings.files)
        try await reach(target, for: order.name)
        let (session, host, site) = (session, target.host, LuaCallSite(site))
        var identity = target.identity
        identity["script"] = .string(order.script.reveal())
        identity["stdin"] = .string(order.input.reveal())
        let object = session.redactor.redact(host.description)
        guard !order.isRead else {
            return try await observe(.outside(order.name), identity, object: object) {
                let value = try await session.answer(order, on: host, marker: nil, at: site)
                try session.expectSuccess(value, of: order.name, object)
                return value
            }
        }
        let run = RunMarker()
        let result: Result<JSONValue, RecipeError>
        do throws(RecipeError) {
            result = .success(
                try await perform(order.name, identity, object: object, recovery: .repeatable) {
                    attempt throws(RecipeError) in
                    let value = try await session.answer(order, on: host, marker: attempt.marker, at: site)
                    run.value = attempt.marker
                    // Treat it as a failure, so that a resumed run tries it again.
                    try session.expectSuccess(value, of: order.name, object)
                    return value
                })
        } catch {
            result = .failure(error)
        }
        // The result is durable, so the host need not keep the output any longer.
        if let marker = run.value, !session.isDeclared { await session.surroundings.shell?.forget(marker, on: host) }
        return try result.get()
    }

    /// Writes a file on another host whole or not at all, as one step.
    ///
    /// - Returns: `{ changed }`.
    /// - Throws: `RecipeError`.
    func copy(
        _ content: Secret<[UInt8]>, to path: String, mode: String, on target: ShellTarget, planned: JSONValue
    ) async throws -> JSONValue {
        let name = "ssh.copy"
        try realm.check(target, for: name, session.surroundings.files)
        let file: ShellFile
        do throws(ShellFailure) { file = try ShellFile(content, path: path, mode: mode) } catch {
            throw RecipeError(error, of: name, target.host)
        }
        try await reach(target, for: name)
        let (session, host) = (session, target.host)
        var identity = target.identity
        identity["to"] = .string(path)
        identity["mode"] = .string(mode)
        // Each byte becomes the scalar with its number, so the bytes need not be valid text.
        identity["content"] = .string(
            String(String.UnicodeScalarView(content.reveal().map { Unicode.Scalar($0) })))
        let object = session.redactor.redact("\(host.description):\(path)")
        return try await perform(name, identity, object: object, recovery: .repeatable) { _ throws(RecipeError) in
            guard !session.isDeclared else { return planned }
            do throws(ShellFailure) {
                return ["changed": .bool(try await session.remoteShell().copy(file, to: host))]
            } catch {
                throw RecipeError(error, of: name, host)
            }
        }
    }

    /// Waits for a host that does not answer yet, such as a machine that is booting.
    private func reach(_ target: ShellTarget, for name: String) async throws {
        guard target.wait > .zero else { return }
        let session = session
        _ = try await observe(.outside("ssh.wait"), target.identity) {
            guard !session.isDeclared else { return .null }
            let began = session.time.steady
            // Bounded by the time limit that the recipe gave.
            while true {
                let host = "\(target.host) to answer"
                RunningCall.current?.waits(for: host, limit: began + target.wait)
                do throws(ShellFailure) {
                    let probe = try ShellScript(
                        Secret("exit 0"), marker: nil, timeLimit: session.limits.shellProbe)
                    _ = try await session.remoteShell().run(probe, on: target.host) { _ in }
                    return .null
                } catch {
                    guard error.mayPass, session.time.steady - began < target.wait else {
                        throw RecipeError(error, of: name, target.host)
                    }
                    RunningCall.current?.waits(
                        for: host, nextLook: session.time.steady + session.limits.shellPause,
                        limit: began + target.wait)
                    try await session.time.sleep(for: session.limits.shellPause)
                }
            }
        }
    }
}

extension RunSession {
    /// Returns the client for scripts on other hosts.
    ///
    /// - Throws: `ShellFailure` if there is none.
    func remoteShell() throws(ShellFailure) -> any RemoteShell {
        guard let shell = surroundings.shell else {
            throw ShellFailure(.missing, "ssh is not available here")
        }
        return shell
    }

    /// Throws `RecipeError` if a script ended with a status other than 0.
    fileprivate func expectSuccess(_ answer: JSONValue, of name: String, _ object: String) throws(RecipeError) {
        if let failure = RecipeError(exit: answer, of: name, object, redactor: redactor) { throw failure }
    }

    /// Returns the result of a script: runs it now, or uses its planned result.
    fileprivate func answer(
        _ order: ShellOrder, on host: ShellHost, marker: String?, at site: LuaCallSite?
    ) async throws(RecipeError) -> JSONValue {
        guard !isDeclared else { return order.planned }
        do throws(ShellFailure) {
            let script = try ShellScript(
                order.script, input: Secret(Array(order.input.reveal().utf8)), marker: marker,
                timeLimit: order.timeout)
            RunningCall.current?.waits(for: "\(order.name) \(host)", limit: time.steady + order.timeout)
            let progress = ShellProgress(host) { self.output.emit(.logged($0, at: site)) }
            let result = try await remoteShell().run(script, on: host) { progress.tell($0) }
            return ShellOrder.answer(
                status: result.status, output: String(decoding: result.output, as: UTF8.self),
                error: String(decoding: result.error, as: UTF8.self), dropped: result.dropped)
        } catch {
            throw RecipeError(error, of: order.name, host)
        }
    }
}
