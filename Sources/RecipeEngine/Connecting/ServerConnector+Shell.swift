internal import Groundwork
internal import LuaHost
internal import RecipeLanguage

extension SPLibrary {
    /// Returns access to the machine; `nil` if the recipe gave no `ssh` table.
    ///
    /// - Throws: `LuaArgumentError` for invalid options, `RecipeError` if the recipe was not granted that host.
    func machine(
        _ request: ConnectRequest, _ arguments: LuaArguments, _ scope: StepScope
    ) throws -> ServerConnector.Machine? {
        guard let ssh = request.ssh else { return nil }
        let name = "sp.connect_server"
        let reader = FieldReader(given: ssh.fields, arguments: arguments, position: 0)
        try reader.expect(CallOption.shell.names)
        let target = try ShellTarget(reader, session)
        // Check the grants before the record is created, not after.
        try realm.check(target, for: name, session.surroundings.files)
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
