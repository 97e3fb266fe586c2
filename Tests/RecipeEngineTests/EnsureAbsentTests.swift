import Groundwork
import HTTPTypes
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("sp.ensure_absent_…")
struct EnsureAbsentTests {
    /// A call for each kind, with what it removes from the demo account.
    static let calls = [
        #"sp.ensure_absent_app{ id = sp.find_app{ name = "oliveoil" }.id }"#,
        #"sp.ensure_absent_app{ serverid = sp.find_server{ name = "www1" }.id, name = "oliveoil" }"#,
        #"sp.ensure_absent_sysuser{ serverid = sp.find_server{ name = "www1" }.id, name = "olive" }"#,
        #"sp.ensure_absent_db{ id = sp.find_db{ name = "oliveoil-wp" }.id }"#,
        #"sp.ensure_absent_server{ name = "www4" }"#,
    ]

    @Test("deletes a resource and waits; a second call finds it absent and sends nothing", arguments: calls)
    func twice(_ call: String) async throws {
        let runner = RecipeStage()
        let id = #"local which = \#(call.drop { $0 != "{" })"#
        let function = call.prefix { $0 != "{" }
        let first = await runner.run(
            "\(id) local s, action = \(function)(which) return { s = s, action = action ~= nil, id = which.id }")
        #expect(first.failure == nil && first.result?["s"] == "deleted", "\(first)")
        #expect(first.changes.count == 1 && first.changes[0].hasPrefix("DELETE "))
        let arguments = first.result?["id"]?.stringValue.map { "{ id = '\($0)' }" } ?? String(call.drop { $0 != "{" })
        let second = await runner.run("return { s = \(function)(\(arguments)) }")
        #expect(second.result?["s"] == "absent" && second.changes == [], "\(second)")
    }

    @Test("skips resources that are already deleted, even if they were deleted after the lookup")
    func list() async throws {
        let runner = RecipeStage()
        // Whoever deleted them: the API says that they are not there.
        let transport = AlteredTransport(base: runner.serverPilot.transport) { request, response in
            guard request.method == .delete, request.path.hasPrefix("/apps/") else { return response }
            return WireResponse(status: .notFound, body: Array(#"{"error":{"message":"No app"}}"#.utf8))
        }
        let report = await runner.run(
            """
            local said = {}
            for _, app in ipairs(sp.apps()) do said[#said + 1] = sp.ensure_absent_app{ id = app.id } end
            for _, id in ipairs{ "nope1234567890ab" } do said[#said + 1] = sp.ensure_absent_db{ id = id } end
            return { said = said }
            """, transport: transport)
        #expect(report.failure == nil && report.result?["said"] == ["deleted", "deleted", "absent"], "\(report)")
        #expect(report.warnings.count { $0.contains("it was already deleted") } == 2)
    }

    @Test("removes a certificate, AutoSSL and SSH keys, and succeeds if their owner is deleted")
    func parts() async throws {
        let report = await RecipeStage().run(
            """
            local olive, app = sp.find_sysuser{ name = "olive" }, sp.find_app{ name = "oliveoil" }
            local key = sp.create_sshkey{ name = "deploy", public_key = "ssh-ed25519 AAAAdeploy" }
            sp.wait(sp.add_sysuser_sshkey(olive.id, key.id))
            return {
                sp.ensure_absent_sysuser_sshkey(olive.id, key.id), (sp.ensure_absent_sysuser_sshkey(olive.id, key.id)),
                (sp.ensure_absent_sysuser_sshkey("nope1234567890ab", key.id)), (sp.ensure_absent_sshkey{ id = key.id }),
                (sp.ensure_absent_ssl(app.id)), (sp.ensure_absent_ssl("nope1234567890ab")),
            }
            """)
        #expect(report.failure == nil, "\(report)")
        let said = report.result?.arrayValue?.compactMap(\.stringValue).filter { ["deleted", "absent"].contains($0) }
        #expect(said == ["deleted", "absent", "absent", "deleted", "absent", "absent"], "\(report)")
    }

    @Test(
        "accepts only an id or the whole natural key",
        arguments: ["{ name = 'oliveoil' }", "{}", "{ id = nil }", "{ id = 'a', name = 'b' }", "{ serverid = 'x' }"])
    func incomplete(_ which: String) async throws {
        let report = await RecipeStage().run("sp.ensure_absent_app\(which)")
        #expect(report.failure?.code == "invalid_arguments" && report.requests == [], "\(report)")
    }

    @Test("raises an error if several resources match, or if the API rejects the request")
    func refused() async throws {
        let runner = RecipeStage()
        let user = try #require(runner.serverPilot.account.sysusers.values.first { $0.name == "serverpilot" })
        let report = await runner.run("sp.ensure_absent_sysuser{ id = '\(user.id)' }")
        #expect(report.failure?.code == "forbidden", "\(report)")
    }
}
