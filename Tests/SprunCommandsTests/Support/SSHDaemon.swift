import Foundation
import Subprocess

/// A real `sshd` on loopback with keys of its own, where the test's user logs in and has another home folder.
struct SSHDaemon: Sendable {
    let port: Int
    /// The private key that it lets in.
    let identity: String
    /// The fingerprint of its key.
    let fingerprint: String
    /// The home folder of who logs in, below the user's own.
    static let home = "there"

    /// What a recipe writes to reach it.
    var options: String {
        """
        host = "127.0.0.1", port = \(port), user = "\(NSUserName())", identity = "\(identity)", \
        host_key = "\(fingerprint)"
        """
    }

    /// Starts one, does something with it, and ends it.
    static func with<Value: Sendable>(
        _ user: User, _ body: @escaping @Sendable (SSHDaemon) async throws -> Value
    ) async throws -> Value {
        let made = try await user.shell(
            """
            set -e
            mkdir there
            [ "$(id -u)" != 0 ] || mkdir -p /run/sshd
            for name in hostkey key; do ssh-keygen -q -t ed25519 -N '' -C test -f $name; done
            python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
            ssh-keygen -lf hostkey.pub
            """)
        let lines = made.lines
        guard lines.count == 2, let port = Int(lines[0]) else { throw NotMade(description: "\(made)") }
        let daemon = SSHDaemon(
            port: port, identity: "\(user.folder)/key", fingerprint: String(lines[1].split(separator: " ")[1]))
        let file = try user.write(
            "sshd_config",
            """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(user.folder)/hostkey
            AuthorizedKeysFile \(user.folder)/key.pub
            PidFile none
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin yes
            SetEnv HOME=\(user.folder)/\(home)
            """)
        let launch = Launch(
            program: "/usr/sbin/sshd", arguments: ["-D", "-e", "-f", file], environment: user.environment(),
            folder: user.folder, user: user)
        return try await launch.run { program in
            try await program.error.contains("Server listening")
            let value = try await body(daemon)
            try program.send(.terminate)
            return value
        }.value
    }

    struct NotMade: Error, CustomStringConvertible {
        let description: String
    }
}
