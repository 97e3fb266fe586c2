import Foundation
import NIOSSL
import Synchronization

/// A certificate authority of the tests' own, made by the `openssl` command in a temporary folder.
struct TestAuthority {
    /// Made once for all tests.
    static let shared = Result { try TestAuthority() }

    /// `openssl ca` keeps its index in files that two of it at a time break.
    private static let isSigning = Mutex(())

    /// The folder, which holds nothing but test certificates and goes with the machine's temporary files.
    let folder: URL

    /// The authority's own certificate.
    var file: String { folder.appendingPathComponent("ca.pem").path }

    private init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("server-pilot-client-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data().write(to: folder.appendingPathComponent("index.txt"))
        try Data(
            """
            [ca]
            default_ca = test
            [test]
            database = index.txt
            new_certs_dir = .
            certificate = ca.pem
            private_key = ca.key
            rand_serial = yes
            default_md = sha256
            policy = any
            unique_subject = no
            copy_extensions = copy
            [any]
            commonName = supplied
            """.utf8
        ).write(to: folder.appendingPathComponent("ca.cnf"))
        try run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "ca.key",
            "-out", "ca.pem", "-days", "2", "-subj", "/CN=Tests", "-addext", "keyUsage=critical,keyCertSign")
    }

    /// A server's TLS with a certificate of this authority.
    func server(_ name: String, hosts: String, until end: String = "20991231235959Z") throws -> NIOSSLContext {
        try run(
            "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
            "\(name).key", "-out", "\(name).csr", "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(hosts)")
        try Self.isSigning.withLock { _ in
            try run(
                "ca", "-batch", "-config", "ca.cnf", "-in", "\(name).csr", "-out", "\(name).pem", "-notext",
                "-startdate", "20200101000000Z", "-enddate", end)
        }
        return try context(name)
    }

    /// A server's TLS with a certificate that it signed itself.
    func selfSignedServer(_ name: String, hosts: String) throws -> NIOSSLContext {
        try run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout",
            "\(name).key", "-out", "\(name).pem", "-days", "2", "-subj", "/CN=\(name)", "-addext",
            "subjectAltName=\(hosts)")
        return try context(name)
    }

    /// A folder in which a certificate lies under its hash.
    func hashedFolder(of file: String) throws -> String {
        let hashed = folder.appendingPathComponent("hashed-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: hashed, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: file, toPath: hashed.appendingPathComponent("ca.pem").path)
        try run("rehash", hashed.path)
        return hashed.path
    }

    private func context(_ name: String) throws -> NIOSSLContext {
        let path = folder.appendingPathComponent(name).path
        return try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: NIOSSLCertificate.fromPEMFile(path + ".pem").map { .certificate($0) },
                privateKey: .privateKey(NIOSSLPrivateKey(file: path + ".key", format: .pem))))
    }

    private func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = folder
        let output = Pipe()
        process.standardError = output
        process.standardOutput = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw OpenSSLFailure(message: String(decoding: text, as: UTF8.self))
        }
    }

    struct OpenSSLFailure: Error { let message: String }
}
