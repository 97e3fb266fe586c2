internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage

/// The module `ssh`: scripts and files for other hosts.
struct SSHLibrary: Sendable {
    let session: RunSession
    let realm: RecipeRealm

    var module: HostModule {
        HostModule(
            name: "ssh", documentation: "Scripts and files on other hosts, through this machine's OpenSSH.",
            functions: [run, copy])
    }

    private var run: HostFunction {
        HostFunction(
            "run",
            parameters: [
                HostParameter(
                    "options", "table",
                    documentation: "\(ShellTarget.documentation); script, stdin, timeout, reads, "
                        + "planned = { status, stdout, stderr }.")
            ], results: ["table"],
            documentation:
                "Runs a script with sh on another host, once. Returns { status, stdout, stderr, dropped }. An exit "
                + "status other than 0 raises an error with the code ssh_exit.",
            async: { call in
                let reader = FieldReader(
                    given: try call.arguments.table(0).fields, arguments: call.arguments, position: 0)
                try reader.expect(CallOption.script.names)
                let target = try ShellTarget(reader, session)
                guard let script = try reader.text("script") else { throw reader.invalid("script is missing") }
                let order = ShellOrder(
                    name: "ssh.run", script: Secret(script), input: Secret(try reader.text("stdin") ?? ""),
                    timeout: try reader.duration("timeout", atMost: session.limits.longestWait)
                        ?? session.limits.shellTime,
                    isRead: try reader.flag("reads") ?? false, planned: try Self.plannedAnswer(reader))
                return [LuaValue(try await StepScope(session, call, realm).run(order, on: target))]
            })
    }

    private var copy: HostFunction {
        HostFunction(
            "copy",
            parameters: [
                HostParameter(
                    "options", "table",
                    documentation: "\(ShellTarget.documentation); from (a file below needs.read) or content, to (an "
                        + "absolute path on the host), mode (\"0644\"), planned = { changed }.")
            ], results: ["table"],
            documentation: "Writes a file on another host atomically, unless the host already has it. Returns { "
                + "changed }.",
            async: { call in
                let reader = FieldReader(
                    given: try call.arguments.table(0).fields, arguments: call.arguments, position: 0)
                try reader.expect(CallOption.copy.names)
                let target = try ShellTarget(reader, session)
                guard let path = try reader.text("to") else { throw reader.invalid("to is missing") }
                var planned: JSONValue = ["changed": true]
                if let given = try reader.json("planned") {
                    guard case .bool? = given["changed"] else {
                        throw reader.invalid("planned must be { changed = … }")
                    }
                    planned = given
                }
                return [
                    LuaValue(
                        try await StepScope(session, call, realm).copy(
                            Secret(try content(reader)), to: path, mode: try reader.text("mode") ?? "0644",
                            on: target, planned: planned))
                ]
            })
    }

    private static func plannedAnswer(_ reader: FieldReader) throws(LuaArgumentError) -> JSONValue {
        guard let given = reader["planned"] else { return ShellOrder.answer(status: 0) }
        guard case .table(let table) = given else { throw reader.invalid("planned must be a table") }
        let planned = FieldReader(given: table.fields, arguments: reader.arguments, position: reader.position)
        try planned.expect(["status", "stdout", "stderr"])
        let problem = "planned.status must be an exit status from 0 to 255"
        let status = try planned.integer("status", in: 0...255, else: problem) ?? 0
        return ShellOrder.answer(
            status: status, output: try planned.text("stdout") ?? "", error: try planned.text("stderr") ?? "")
    }

    /// Returns the bytes to copy: the given content, or that of a file that the recipe may read.
    private func content(_ reader: FieldReader) throws -> [UInt8] {
        let (from, content) = (try reader.text("from"), try reader.text("content"))
        if let content, from == nil { return Array(content.utf8) }
        guard let from, content == nil else { throw reader.invalid("either from or content is required") }
        guard let files = session.surroundings.files else {
            throw RecipeError(code: RecipeError.notGranted, message: "ssh.copy: local files are not available here")
        }
        do throws(LocalFileFailure) {
            return try files.read(from, below: realm.readGrants, limit: ShellFile.largest)
        } catch {
            let hint =
                "a recipe can read files of its project in the folders that its needs list: read = { \"./files\" }"
            throw RecipeError(
                error.isRefused ? RecipeError.notGranted : "unreadable_file", in: "ssh.copy", error.message,
                object: from, hint: error.isRefused ? hint : nil)
        }
    }
}
