import Foundation
import Subprocess
import Testing

@Suite("Profiles")
struct ProfileTests {
    private static let key = "client_id = \"cid_right\"\napi_key = \"key_right\"\n"

    @Test("sprun login --profile saves an account with its endpoint, and --profile uses both")
    func saved() async throws {
        let user = try User()
        try await Judge.with(.asking, user) { judge in
            let login = try await user.launch(["login", "--profile", "client-a", "--endpoint", judge.url])
                .run(input: "cid_right\nkey_right\n")
            #expect(login.status == .exited(0), "\(login)")
            #expect(login.error.contains("saved in \(user.home)/profiles/client-a.toml"))
            #expect(try user.mode("home/profiles/client-a.toml") == 0o600)
            #expect(try user.mode("home/profiles") == 0o700)
            #expect(try user.read("home/profiles/client-a.toml") == Self.key + "endpoint = \"\(judge.url)\"\n")
            // The address of the profile belongs to its key, so a variable does not replace it.
            let doctor = try await user.sprun(
                "doctor", "--profile", "client-a", environment: ["SERVERPILOT_API_URL": "http://127.0.0.1:1/v1"])
            #expect(
                doctor.status == .exited(0) && doctor.output.contains("client-a.toml (profile of --profile)"),
                "\(doctor)")
        }
    }

    @Test("sprun profiles lists files and entries of config.toml, and marks the profile of the folder")
    func list() async throws {
        let user = try User()
        try user.write("home/profiles/client-b.toml", Self.key)
        try user.write("home/config.toml", "[profiles.client-a]\ncredentials_command = [\"pass\", \"show\", \"a\"]\n")
        let plain = try await user.sprun("profiles")
        #expect(
            plain.lines == [
                "  PROFILE   CLIENT ID  ENDPOINT  FROM", "  client-a  -          -         command: pass show a",
                "  client-b  cid_right  -         \(user.home)/profiles/client-b.toml",
            ], "\(plain)")
        #expect(!plain.everything.contains("key_right"))
        try user.write("sprun.toml", "profile = \"client-b\"\n")
        let marked = try await user.sprun("profiles", "--json")
        #expect(marked.output.contains(#""name":"client-b","selected":true"#), "\(marked)")
        let removed = try await user.sprun("profiles", "--remove", "client-b")
        #expect(removed.status == .exited(0) && !user.has("home/profiles/client-b.toml"), "\(removed)")
    }

    @Test("a profile of config.toml gets its credentials from its command, and has an endpoint")
    func command() async throws {
        let user = try User()
        try user.write("a.toml", Self.key)
        try await Judge.with(.asking, user) { judge in
            try user.write(
                "home/config.toml",
                "[profiles.a]\ncredentials_command = [\"cat\", \"\(user.folder)/a.toml\"]\nendpoint = \"\(judge.url)\"\n"
            )
            let run = try await user.sprun("doctor", environment: ["SPRUN_PROFILE": "a"])
            #expect(run.status == .exited(0) && run.output.contains("cid_right, from the command 'cat'"), "\(run)")
        }
    }

    @Test(
        "an unknown profile, or a profile with a wrong name or file, is an error that names it",
        arguments: [
            ("client-c", "there is no profile 'client-c' (selected by --profile)", "did you mean 'client-a'?"),
            ("../x", "'../x' cannot be the name of a profile", "use letters"),
            ("open", "other users can read the credentials in", "chmod 600"),
            ("empty", "lack client_id or api_key", "write two lines"),
        ])
    func mistakes(_ name: String, _ message: String, _ hint: String) async throws {
        let user = try User()
        try user.write("home/profiles/client-a.toml", Self.key)
        try user.write("home/profiles/open.toml", Self.key, mode: 0o644)
        try user.write("home/profiles/empty.toml", "endpoint = \"https://api.serverpilot.io/v1\"\n")
        let run = try await user.sprun("run", "--profile", name, "-e", "print('ran')")
        #expect(run.status != .exited(0) && run.output.isEmpty)
        #expect(run.error.contains(message) && run.error.contains(hint), "\(run)")
        #expect(!run.everything.contains("key_right"))
    }

    @Test("a warning says that variables override the profile of the project")
    func overridden() async throws {
        let user = try User()
        try user.write("sprun.toml", "profile = \"client-a\"\n")
        try await Judge.with(.honest, user) { judge in
            let run = try await user.sprun(
                "run", "--endpoint", judge.url, "-e", "return 1",
                environment: ["SERVERPILOT_CLIENT_ID": "cid_right", "SERVERPILOT_API_KEY": "key_right"])
            #expect(run.status == .exited(0))
            #expect(
                run.error.contains(
                    "warning: SERVERPILOT_CLIENT_ID overrides the profile 'client-a' of sprun.toml\n"), "\(run)")
        }
    }
}
