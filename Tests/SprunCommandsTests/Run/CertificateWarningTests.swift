import Foundation
import Subprocess
import Testing

/// What a plan says of certificates that `openssl` made.
@Suite("Certificates in a plan", .timeLimit(.minutes(5)))
struct CertificateWarningTests {
    private static let recipe = """
        local app = sp.find_app{ name = "oliveoil" }
        sp.ensure_ssl{ appid = app.id, key = sp.params.key, cert = sp.params.cert, force = true }
        """
    /// Keys of both kinds; certificates for one name, a wildcard, all names with a chain, of the past and of soon.
    private static let making = """
        key() { openssl genpkey -quiet -algorithm "$2" $3 -out "$1.key" 2>/dev/null; }
        cert() { openssl req -x509 -key "$1.key" -subj /CN=x -days "$3" -out "$2.pem" -addext "subjectAltName=$4" 2>/dev/null; }
        key rsa RSA; key ec EC "-pkeyopt ec_paramgen_curve:P-256"
        cert rsa good 300 DNS:olive.example,DNS:www.olive.example
        cert ec wild 300 "DNS:*.olive.example,DNS:olive.example"
        cert ec one 300 DNS:OLIVE.example
        cert ec soon 3 "DNS:*.olive.example,DNS:olive.example"
        cat good.pem wild.pem > chain.pem
        openssl pkcs8 -topk8 -in rsa.key -passout pass:secret -out locked.key
        """

    @Test("lead to warnings about the problems of visitors, and to no warning if they are valid")
    func warnings() async throws {
        let user = try User()
        try user.write("site.lua", Self.recipe)
        let made = try await user.shell(Self.making)
        #expect(made.status == .exited(0), "\(made)")
        let expected: [(key: String, cert: String, warnings: [String])] = [
            ("rsa", "good", []), ("ec", "wild", []), ("rsa", "chain", []),
            ("ec", "one", ["The certificate for 'oliveoil' does not cover www.olive.example."]),
            ("ec", "soon", ["The certificate for 'oliveoil' expires on "]),
            (
                "locked", "good",
                ["The private key for 'oliveoil' is not a valid PEM key, or it has a passphrase."]
            ),
        ]
        _ = try await Simulation.with(user, ["--seed", "7"]) { simulation in
            for (key, cert, warnings) in expected {
                let line = #"$SPRUN plan site.lua "key=$(cat \#(key).key)" "cert=$(cat \#(cert).pem)""#
                let planned = try await user.shell(line, environment: simulation.environment)
                #expect(planned.status == .exited(0), "\(planned)")
                let said =
                    planned.output.split(separator: "\n").filter {
                        $0.contains("ertificate") && $0.hasPrefix("warning")
                    }
                    + planned.output.split(separator: "\n").filter {
                        $0.contains("private key for") && !$0.contains("ertificate")
                    }
                #expect(said.count == warnings.count, "\(key) \(cert): \(planned)")
                for warning in warnings { #expect(planned.output.contains(warning), "\(key) \(cert): \(planned)") }
            }
        }
    }

    @Test("a key of another certificate is rejected in a plan and in a run, before the request")
    func pair() async throws {
        let user = try User()
        try user.write("site.lua", Self.recipe)
        #expect(try await user.shell(Self.making).status == .exited(0))
        _ = try await Simulation.with(user, ["--seed", "7", "--log", "log.jsonl"]) { simulation in
            for (verb, key, cert) in [("plan", "ec", "good"), ("run", "rsa", "wild"), ("run", "rsa", "soon")] {
                let line = #"$SPRUN \#(verb) site.lua "key=$(cat \#(key).key)" "cert=$(cat \#(cert).pem)""#
                let run = try await user.shell(line, environment: simulation.environment)
                #expect(run.status == .exited(1), "\(run)")
                #expect(run.error.contains("SP0204"), "\(run)")
                #expect(run.error.contains("'key' must belong to the certificate in 'cert'"), "\(run)")
            }
            #expect(!(try user.read("log.jsonl").contains(#""method":"POST""#)))
            let line = #"$SPRUN run site.lua "key=$(cat ec.key)" "cert=$(cat soon.pem)""#
            let run = try await user.shell(line, environment: simulation.environment)
            #expect(
                run.status == .exited(0)
                    && run.error.contains(
                        "The certificate for 'oliveoil' expires on "),
                "\(run)")
        }
    }

    @Test("lead to warnings if they are expired or not yet valid")
    func time() async throws {
        let user = try User()
        try user.write("site.lua", Self.recipe)
        #expect(try await user.shell(Self.making).status == .exited(0))
        // `openssl req` makes none of another time.
        let made = try await user.shell(
            """
            printf '[ca]\\ndefault_ca=d\\n[d]\\nnew_certs_dir=.\\ndatabase=index\\nserial=serial\\ndefault_md=sha256\\n' > ca.cnf
            printf 'policy=p\\nunique_subject=no\\n[p]\\ncommonName=supplied\\n' >> ca.cnf
            touch index; echo 01 > serial; openssl req -new -key ec.key -subj /CN=x -out request.csr
            of() { openssl ca -batch -notext -selfsign -config ca.cnf -keyfile ec.key -in request.csr -out "$1.pem" \\
                -startdate "$2" -enddate "$3" 2>/dev/null; }
            of past 20190101000000Z 20200203000000Z && of future 20900101000000Z 20910101000000Z
            """)
        #expect(made.status == .exited(0), "\(made)")
        _ = try await Simulation.with(user, ["--seed", "7"]) { simulation in
            for (cert, warning) in [("past", "expired on 2020-02-03."), ("future", "is not valid before 2090-01-01.")] {
                let line = #"$SPRUN plan site.lua "key=$(cat ec.key)" "cert=$(cat \#(cert).pem)""#
                let planned = try await user.shell(line, environment: simulation.environment)
                #expect(planned.output.contains("The certificate for 'oliveoil' \(warning)"), "\(planned)")
            }
        }
    }
}
