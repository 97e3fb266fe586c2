internal import ArgumentParser
internal import ServerPilotSimulator
internal import SystemPackage

/// Options for the address, port and certificate of a simulator.
struct ListenOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Listen on this port; 0 takes a free one.", valueName: "port"))
    var port: Int = 0

    @Option(help: ArgumentHelp("Listen on this address.", valueName: "address"))
    var host: String = "127.0.0.1"

    @Option(help: ArgumentHelp("Serve HTTPS with this certificate and its chain.", valueName: "file"))
    var tlsCert: String?

    @Option(help: ArgumentHelp("Use this private key of the certificate, in PEM.", valueName: "file"))
    var tlsKey: String?

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
        guard !host.isEmpty else { throw ValidationError("--host must not be empty") }
        guard (tlsCert == nil) == (tlsKey == nil) else {
            throw ValidationError("use --tls-cert and --tls-key together")
        }
    }

    /// The address to listen on.
    var address: SimulatorServer.Address { SimulatorServer.Address(host: host, port: port) }

    /// Reads the TLS certificate and key; `nil` for plain HTTP.
    ///
    /// - Throws: `CommandFailure`, `invalid_certificate`.
    func identity() throws -> ServerIdentity? {
        guard let tlsCert, let tlsKey else { return nil }
        do {
            let certificate = try PrivateFile.read(FilePath(tlsCert), what: "the certificate")
            let key = try PrivateFile.read(FilePath(tlsKey), what: "the private key")
            return try ServerIdentity(certificate: certificate, key: key, names: (tlsCert, tlsKey))
        } catch let error as ServerIdentityError {
            throw CommandFailure("invalid_certificate", error.message)
        } catch let failure as CommandFailure {
            throw CommandFailure("invalid_certificate", failure.message, hint: failure.hint)
        }
    }

    /// Whether other machines could read unencrypted traffic: plain HTTP on an address that is not loopback.
    var isOpenToEavesdroppers: Bool {
        tlsCert == nil && host != "localhost" && host != "::1" && !host.hasPrefix("127.")
    }
}
