import Foundation
import RecipeEngine
import SecureShell
import SprunTesting
import Subprocess
import SystemPackage
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A real `sshd` on loopback with keys of its own, where the test's user logs in and has another home folder.
struct SSHServer: Sendable {
    let folder: TestFolder
    let port: Int
    /// The fingerprint of its key.
    let fingerprint: String

    /// The home folder of who logs in.
    var home: String { folder.file("home") }
    /// The private key that it lets in.
    var identity: String { folder.file("key") }
    /// A file in which its key stands.
    var knownHosts: String { folder.file("known") }

    /// How ssh is run: without what the user of this machine has configured.
    var shell: OpenSSH { shell { try await Task.sleep(for: $0) } }

    /// The same, with another way in which time passes.
    func shell(elapse: @escaping @Sendable (Duration) async throws -> Void) -> OpenSSH {
        var environment = ProcessInfo.processInfo.environment
        environment["SSH_AUTH_SOCK"] = nil
        environment["TMPDIR"] = folder.path
        return OpenSSH(environment: environment, configuration: folder.file("ssh_config"), elapse: elapse)
    }

    static var user: String { String(cString: getpwuid(getuid()).pointee.pw_name) }

    /// The server as a host that is known by its file.
    func host(
        port: Int? = nil, user: String = Self.user, identity: String? = nil, jump: String? = nil,
        fingerprint: String? = nil, knownHosts: String? = nil, acceptsNew: Bool = false
    ) throws -> ShellHost {
        try ShellHost(
            "127.0.0.1", port: port ?? self.port, user: user, identity: identity ?? self.identity, jump: jump,
            fingerprint: fingerprint,
            knownHosts: fingerprint == nil ? knownHosts ?? self.knownHosts : nil, acceptsNew: acceptsNew)
    }

    /// Starts a server, does something with it, and ends it.
    static func with<Value: Sendable>(
        _ body: @escaping @Sendable (SSHServer) async throws -> Value
    ) async throws -> Value {
        // As the program does: an ssh that is refused does not read its input.
        signal(SIGPIPE, SIG_IGN)
        let server = try await prepared()
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
        let result = try await Subprocess.run(
            .path("/usr/sbin/sshd"), arguments: ["-D", "-e", "-f", server.folder.file("sshd_config")],
            platformOptions: options, input: .none, output: .discarded, error: .sequence
        ) { execution in
            // One iteration: the stream gives its lines once.
            let lines = execution.standardError.strings()
            var iterator = lines.makeAsyncIterator()
            var said = ""
            while let line = try await iterator.next() {
                said += line + "\n"
                if line.contains("Server listening") { break }
            }
            guard said.contains("Server listening") else { throw Program.Failed(description: "sshd: \(said)") }
            let value: Value
            do {
                value = try await body(server)
            } catch {
                try? execution.send(signal: .terminate)
                throw error
            }
            try execution.send(signal: .terminate)
            return value
        }
        return result.closureResult
    }

    private static func prepared() async throws -> SSHServer {
        let folder = try TestFolder()
        for name in ["hostkey", "key", "otherkey"] {
            try await Program.run(
                "ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", folder.file(name)])
        }
        let port = try freePort()
        try FileManager.default.createDirectory(atPath: folder.file("home"), withIntermediateDirectories: false)
        if getuid() == 0 { mkdir("/run/sshd", 0o755) }
        try folder.write(
            """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(folder.file("hostkey"))
            AuthorizedKeysFile \(folder.file("key.pub"))
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin yes
            SetEnv HOME=\(folder.file("home"))
            """, "sshd_config")
        try folder.write(
            """
            UserKnownHostsFile \(folder.file("unknown"))
            GlobalKnownHostsFile none
            IdentityFile \(folder.file("key"))
            IdentityAgent none

            """, "ssh_config")
        let key = try folder.text("hostkey.pub").split(separator: " ")
        try folder.write("[127.0.0.1]:\(port) \(key[0]) \(key[1])\n", "known")
        let shown = try await Program.run("ssh-keygen", ["-lf", folder.file("hostkey.pub")])
        return SSHServer(folder: folder, port: port, fingerprint: String(shown.split(separator: " ")[1]))
    }

    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, size) == 0 ? getsockname(descriptor, pointer, &size) : -1
            }
        }
        guard result == 0 else { throw Program.Failed(description: "no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
