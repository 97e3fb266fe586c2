import Foundation
import Subprocess
import Testing

@Suite("The sources of credentials")
struct CredentialSourceTests {
    /// The places in the order in which they are tried, each with credentials of its own.
    private static let places = [
        "flag", "profile", "profile variable", "variables", "directory", "project", "settings", "login", "command",
    ]

    @Test("the first source with credentials is used", arguments: places.indices)
    func order(_ first: Int) async throws {
        let user = try User()
        var arguments: [String] = []
        var variables: [String: String] = [:]
        var configuration = ""
        for place in Self.places[first...] {
            let name = place.replacing(" ", with: "-")
            let text = "client_id = \"cid_\(name)\"\napi_key = \"key\"\n"
            if ["profile", "profile variable", "project", "settings"].contains(place) {
                try user.write("home/profiles/\(name).toml", text)
            }
            switch place {
            case "flag": arguments = ["--credentials-file", try user.write("mine.toml", text)]
            // With --credentials-file, --profile would be a mistake.
            case "profile": if first == 1 { arguments = ["--profile", name] }
            case "profile variable": variables["SPRUN_PROFILE"] = name
            case "project": try user.write("sprun.toml", "profile = \"\(name)\"\n")
            case "settings": configuration += "profile = \"\(name)\"\n"
            case "variables":
                variables["SERVERPILOT_CLIENT_ID"] = "cid_variables"
                variables["SERVERPILOT_API_KEY"] = "key"
            case "directory":
                try user.write("secrets/sprun", text)
                variables["CREDENTIALS_DIRECTORY"] = "\(user.folder)/secrets"
            case "login": try user.write("home/credentials.toml", text)
            default:
                try user.write("command.toml", text)
                configuration += "credentials_command = [\"cat\", \"\(user.folder)/command.toml\"]\n"
            }
        }
        try user.write("home/config.toml", configuration)
        let settled = variables
        let flags = arguments
        try await Judge.with(.honest, user) { judge in
            let run = try await user.launch(["doctor", "--endpoint", judge.url] + flags, environment: settled).run()
            #expect(run.status == .exited(0), "\(run)")
            #expect(
                run.output.contains("credentials  cid_\(Self.places[first].replacing(" ", with: "-")), from"), "\(run)")
        }
    }

    @Test("one variable without the other is an error", arguments: ["SERVERPILOT_CLIENT_ID", "SERVERPILOT_API_KEY"])
    func oneVariable(_ name: String) async throws {
        let user = try User()
        try user.write("home/credentials.toml", "client_id = \"cid_login\"\napi_key = \"key\"\n")
        let run = try await user.sprun("run", "-e", "print('ran')", environment: [name: "value_given"])
        #expect(run.status == .exited(4))
        #expect(run.error.contains("only one of SERVERPILOT_CLIENT_ID and SERVERPILOT_API_KEY is set"), "\(run)")
        #expect(!run.everything.contains("value_given"))
        #expect(run.output.isEmpty)
    }

    @Test("a file that other users can read is rejected, with a chmod command", arguments: [0o644, 0o640, 0o604])
    func openFile(_ mode: Int) async throws {
        let user = try User()
        let path = try user.write(
            "home/credentials.toml", "client_id = \"cid_right\"\napi_key = \"key_right\"\n", mode: mode)
        let run = try await user.sprun("run", "-e", "print('ran')")
        #expect(run.status == .exited(4))
        #expect(run.error.contains("error[SP0105]: other users can read the credentials in '\(path)'"), "\(run)")
        #expect(run.error.contains("hint: chmod 600 \(path)\n"))
        #expect(!run.everything.contains("key_right"))
        // What the hint says helps.
        let mended = try await user.shell(
            "chmod 600 \(path) && \"$SPRUN\" doctor --endpoint http://127.0.0.1:1/v1")
        #expect(mended.output.contains("ok    credentials"), "\(mended)")
    }

    @Test(
        "a file without credentials is an error that does not quote the file",
        arguments: [
            "", "client_id = \"cid_right\"\n", "api_key = \"key_right\"\n",
            "client_id: cid_right\napi_key: key_right\n",
            "client_id = \"cid_right\"\napi_key = \"\"\n", "client_id = 5\napi_key = \"key_right\"\n",
            "client_id = \"cid_right\"\napi_key = \"key_right\\n\"\n", "key_right",
        ])
    func badFile(_ text: String) async throws {
        let user = try User()
        try user.write("mine.toml", text)
        let run = try await user.sprun("run", "--credentials-file", "mine.toml", "-e", "print('ran')")
        #expect(run.status == .exited(4), "\(run)")
        #expect(run.error.contains("error[SP0104]"), "\(run)")
        #expect(run.error.contains("mine.toml"))
        #expect(!run.everything.contains("key_right"))
        #expect(run.output.isEmpty)
    }

    @Test("a missing file that was named is an error")
    func missingFile() async throws {
        let run = try await User().sprun(
            "run", "--credentials-file", "nowhere.toml", "-e", "print('ran')",
            environment: ["SERVERPILOT_CLIENT_ID": "cid_right", "SERVERPILOT_API_KEY": "key_right"])
        #expect(run.status == .exited(4))
        #expect(run.error.contains("'nowhere.toml' cannot be read: no such file or directory"), "\(run)")
    }

    @Test(
        "a command without output is an error",
        arguments: [
            (#"["false"]"#, "failed"), (#"["no-such-command-anywhere"]"#, "could not be run"),
            (#"["echo", "key_right"]"#, "is not valid TOML"), (#"["true"]"#, "lack client_id or api_key"),
            (#"["head", "-c", "100000", "/dev/zero"]"#, "could not be run"),
        ])
    func badCommand(_ command: String, _ message: String) async throws {
        let user = try User()
        try user.write("home/config.toml", "credentials_command = \(command)\n")
        let run = try await user.sprun("run", "-e", "print('ran')")
        #expect(run.status == .exited(4), "\(run)")
        #expect(run.error.contains(message), "\(run)")
        #expect(!run.everything.contains("key_right"))
    }

    @Test(
        "invalid settings are errors",
        arguments: [
            ("endpiont = 'x'", "unknown setting 'endpiont'"), ("endpoint = 5", "'endpoint' must be a string"),
            ("credentials_command = 'pass'", "'credentials_command' must be an array of strings"),
            ("credentials_command = []", "'credentials_command' must be an array of strings"),
            ("credentials_command = ['a', 1]", "'credentials_command' must be an array of strings"),
            ("a\n= 'secret-text'", "line 1 is not valid TOML"), ("endpoint = 'http://example.com/v1'", "example.com"),
            ("endpoint = 'nonsense'", "no scheme"),
        ])
    func settings(_ text: String, _ message: String) async throws {
        let user = try User()
        try user.write("home/config.toml", text)
        let run = try await user.sprun("run", "-e", "print('ran')")
        #expect(run.status == .exited(64), "\(run)")
        #expect(run.error.contains("error[SP0106]"), "\(run)")
        #expect(run.error.contains(message), "\(run)")
        #expect(!run.error.contains("secret-text"))
    }

    @Test("the endpoint comes from the option, else the variable, else the setting")
    func endpoint() async throws {
        let user = try User()
        try user.write("home/config.toml", "endpoint = 'https://setting.example/v1'")
        let variable = ["SERVERPILOT_API_URL": "https://variable.example/v1"]
        func shown(_ arguments: [String], _ environment: [String: String]) async throws -> String {
            // Without credentials, nothing is sent.
            let run = try await user.launch(["doctor"] + arguments, environment: environment).run()
            return run.lines.first { $0.contains("endpoint") } ?? ""
        }
        #expect(try await shown([], [:]).contains("https://setting.example/v1"))
        #expect(try await shown([], variable).contains("https://variable.example/v1"))
        #expect(
            try await shown(["--endpoint", "https://option.example/v1"], variable)
                .contains("https://option.example/v1"))
    }
}
