internal import LuaHost
internal import ServerPilot

extension SPLibrary {
    /// The machine, where the recipe has said how to reach it.
    ///
    /// - Throws: `LuaArgumentError` where it is said wrongly, `RecipeError` where the recipe may not.
    func machine(
        _ request: ConnectRequest, _ arguments: LuaArguments, _ scope: StepScope
    ) throws -> ServerConnector.Machine? {
        guard let ssh = request.ssh else { return nil }
        let name = "sp.connect_server"
        let reader = FieldReader(given: ssh.fields, arguments: arguments, position: 0)
        try reader.expect(ShellTarget.known)
        let target = try ShellTarget(reader, session)
        // Before the record is made, not after it.
        try realm.check(target, for: name, session.files)
        return ServerConnector.Machine(
            reach: {
                let probe = ShellOrder(
                    name: name, script: Secret("exit 0"), timeout: session.limits.shellProbe, isRead: true)
                _ = try await scope.run(probe, on: target)
            },
            run: { script, input in
                let order = ShellOrder(name: name, script: Secret(script), input: input, timeout: request.timeout)
                _ = try await scope.run(order, on: target)
            })
    }
}
