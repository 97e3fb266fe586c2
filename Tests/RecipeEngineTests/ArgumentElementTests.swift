import RecipeEngine
import ServerPilotSimulator
import SprunTesting
import Testing

/// Elements of lists and texts in PEM, checked before anything is sent.
@Suite("Values in arguments")
struct ArgumentElementTests {
    let runner = RecipeStage()
    private static let key = "-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----\\n"
    private static let cert = "-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\\n"

    private static let wrong: [(lua: String, says: String)] = [
        (
            #"sp.create_app{ name = "acme", sysuserid = "a", runtime = "php8.4", domains = { "acme.example", "bad domain" } }"#,
            "'domains[2]' must be a domain such as acme.example"
        ),
        (#"sp.update_app("a", { domains = { "" } })"#, "'domains[1]' must have 1 to 253 characters"),
        (#"sp.update_app("a", { domains = { "https://acme.example/" } })"#, "'domains[1]' must be a domain"),
        (#"sp.add_domains("a", { "acme.example", "bad domain" })"#, "sp.add_domains: 'domains[2]' must"),
        (#"sp.remove_domains("a", { "bad domain" })"#, "sp.remove_domains: 'domains[1]' must"),
        (
            #"sp.ensure_app{ name = "acme", sysuserid = "a", runtime = "php8.4", domains = { "bad domain" } }"#,
            "'domains[1]' must"
        ),
        (#"sp.add_ssl("a", { key = "abc", cert = "\#(cert)" })"#, "'key' must be a private key in PEM"),
        (
            #"sp.add_ssl("a", { key = "\#(cert)", cert = "\#(key)" })"#,
            "2 problems: 'key' must be a private key in PEM"
        ),
        (
            #"sp.ensure_ssl{ appid = "a", key = "\#(cert)", cert = "\#(key)" }"#,
            "'cert' must be one or more certificates in PEM"
        ),
        (
            #"sp.add_ssl("a", { key = "\#(key)", cert = "\#(cert)\#(key)" })"#,
            "'cert' must be one or more certificates in PEM"
        ),
        (#"sp.add_ssl("a", { key = "\#(key)\#(key)", cert = "\#(cert)" })"#, "'key' must be a private key in PEM"),
        (
            #"sp.add_ssl("a", { key = "\#(key)", cert = "\#(cert)", cacerts = "" })"#,
            "'cacerts' must be one or more certificates"
        ),
        (#"sp.add_ssl("a", { key = "\#(key)", cert = "\#(cert)", cacerts = "\#(key)" })"#, "'cacerts' must be"),
        (
            #"sp.add_ssl("a", { key = "\#(key)", cert = "-----BEGIN CERTIFICATE-----\nAAAA\n" })"#,
            "'cert' must contain complete PEM blocks"
        ),
        (
            #"sp.add_ssl("a", { key = "\#(key)", cert = "-----BEGIN CERTIFICATE-----\n<p>\n-----END CERTIFICATE-----" })"#,
            "'cert' must contain complete PEM blocks"
        ),
    ]

    @Test("an invalid value is reported with its position, and nothing is sent", arguments: wrong)
    func refused(_ lua: String, _ says: String) async {
        let report = await runner.run(lua)
        #expect(report.failure?.code == "invalid_arguments", "\(report.failure?.description ?? "")")
        #expect(report.failure?.message.contains(says) == true, "\(report.failure?.description ?? "")")
        #expect(report.failure?.message.contains("AAAA") == false)
        #expect(report.requests == [])
    }

    @Test(
        "may be a chain, an old key with a passphrase, a key with its curve, with comments and any line ends",
        arguments: [
            (key, cert + cert), (key, "subject=/CN=acme\\n" + cert), (key.replacing("\\n", with: "\\r\\n"), cert),
            (
                "-----BEGIN EC PARAMETERS-----\\nBggq\\n-----END EC PARAMETERS-----\\n"
                    + key.replacing("PRIVATE KEY", with: "EC PRIVATE KEY"), cert
            ),
            (
                "-----BEGIN RSA PRIVATE KEY-----\\nProc-Type: 4,ENCRYPTED\\nDEK-Info: AES-128-CBC,AB\\n\\nAAAA\\n"
                    + "-----END RSA PRIVATE KEY-----", cert
            ),
        ])
    func accepted(_ key: String, _ cert: String) async {
        let report = await runner.run(
            """
            sp.add_ssl(sp.find_app{ name = "oliveoil" }.id, { key = "\(key)", cert = "\(cert)" })
            """)
        #expect(report.failure == nil, "\(report.failure?.description ?? "")")
        #expect(report.changes.count == 1)
    }

    @Test("a PHP version that is not a runtime is rejected with the expected form")
    func runtimes() async {
        let lua = """
            return recipe {
                name = "r", version = "1.0.0", summary = "R",
                params = { below = param.runtime{ required = true } },
                run = function(p) return { below = p.below } end,
            }
            """
        for (word, form) in [("8.2", "write php8.2"), ("8", "write php8.0"), ("eight", "write it like php8.2")] {
            let report = await runner.run(lua, parameters: ["below": word])
            #expect(report.failure?.code == "bad_parameters")
            #expect(report.failure?.message.contains(form) == true, "\(report.failure?.description ?? "")")
        }
        let surroundings = RecipeSurroundings(program: "0.1.0", importer: TextImporter(texts: ["r": lua]))
        let number = await runner.run("return import('r'){ below = 8.2 }", surroundings: surroundings)
        #expect(number.failure?.message.contains("\"php8.2\"") == true, "\(number.failure?.description ?? "")")
    }
}

/// Domains that the certificate of an app does not have.
@Suite("A change that leaves domains without a certificate")
struct CertificateCoverageTests {
    private static func warnings(_ lua: String) async -> [String] {
        let runner = RecipeStage()
        runner.serverPilot.change { account, _ in account.settings.autoSSLDelay = .zero }
        let report = await runner.run("local id = sp.find_app{ name = \"oliveoil\" }.id\n" + lua)
        #expect(report.failure == nil, "\(report.failure?.description ?? "")")
        return report.warnings
    }

    private static let forced = "sp.ensure_ssl{ appid = id, auto = true, force = true }\n"

    @Test("warns once when a domain is added, with the effect for visitors")
    func added() async {
        let said = await Self.warnings(Self.forced + #"sp.add_domains(id, { "new.example", "www.olive.example" })"#)
        #expect(said.count == 1 && said[0].contains("does not include new.example yet"), "\(said)")
        #expect(said.first?.contains("redirects HTTP to HTTPS") == true)
        let wildcard = await Self.warnings(Self.forced + #"sp.add_domains(id, { "*.new.example" })"#)
        #expect(wildcard.count == 1 && wildcard[0].contains("does not cover wildcards: *.new.example"), "\(wildcard)")
        let list = #"sp.update_app(id, { domains = { "olive.example", "new.example" } })"#
        #expect(await Self.warnings(Self.forced + list).first?.contains("new.example") == true)
    }

    @Test("warns when HTTPS is forced or AutoSSL is enabled for a wildcard")
    func forcedWildcard() async {
        let said = await Self.warnings(#"sp.add_domains(id, { "*.olive.example" })"# + "\n" + Self.forced)
        #expect(said.count == 2 && said.allSatisfy { $0.contains("*.olive.example") }, "\(said)")
        #expect(said.last?.contains("redirects HTTP to HTTPS") == true)
    }

    @Test("does not warn if the app has no certificate, or keeps its domains")
    func silent() async {
        #expect(await Self.warnings(#"sp.add_domains(id, { "new.example" })"#) == [])
        #expect(await Self.warnings(Self.forced) == [])
        #expect(await Self.warnings(Self.forced + #"sp.remove_domains(id, { "www.olive.example" })"#) == [])
    }
}
