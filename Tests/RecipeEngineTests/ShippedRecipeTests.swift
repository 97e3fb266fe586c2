import Groundwork
import HTTPTypes
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import SystemPackage
import Testing

@Suite("The recipes that ship")
struct ShippedRecipeTests {
    let runner = RecipeStage()

    private func recipe(_ name: String) throws -> String {
        let path = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
            .appending("scripts").appending("recipes").appending(name)
        let descriptor = try FileDescriptor.open(path, .readOnly)
        return try descriptor.closeAfter {
            var text: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 65536)
            while case let count = try chunk.withUnsafeMutableBytes({ try descriptor.read(into: $0) }), count > 0 {
                text += chunk[..<count]
            }
            return String(decoding: text, as: UTF8.self)
        }
    }

    @Test("new-site creates user, app and database once, and enables AutoSSL when available")
    func newSite() async throws {
        let text = try recipe("new-site.lua")
        let parameters = ["server": "www1", "domain": "acme.example"]
        let first = await runner.run(text, name: "new-site.lua", parameters: parameters)
        #expect(first.failure == nil, "\(first.failure?.description ?? "")")
        #expect(first.changes == ["POST /sysusers", "POST /apps", "POST /dbs"])
        #expect(first.result?["url"] == "http://acme.example/")
        #expect(first.result?["user_password"]?.stringValue?.count == 24)
        #expect(first.outcome?.redactedResult?["database_password"] == "<redacted>")
        let second = await runner.run(text, name: "new-site.lua", parameters: parameters)
        #expect(second.changes == [])
        #expect(second.result?["user_password"] == nil)
        _ = await runner.run("sp.sleep('1h')")
        let third = await runner.run(text, name: "new-site.lua", parameters: parameters)
        #expect(third.changes.count == 2)
        #expect(third.result?["url"] == "https://acme.example/")
        #expect(await runner.run(text, name: "new-site.lua", parameters: parameters).changes == [])
    }

    @Test("new-site adopts resources after a lost reply and creates nothing twice", arguments: [1, 2, 3])
    func newSiteContinues(after requests: Int) async throws {
        let text = try recipe("new-site.lua")
        let sent = Recorder<Int>()
        let breaking = AlteredTransport(base: runner.serverPilot.transport) {
            request, response throws(ServerPilotError) in
            guard request.method == .post else { return response }
            sent.add(1)
            let count = sent.take().count
            for _ in 0..<count { sent.add(1) }
            if count == requests {
                throw ServerPilotError(code: .connectionLost, message: "lost", delivery: .ambiguous)
            }
            return response
        }
        let parameters = ["server": "www1", "domain": "acme.example"]
        let first = await runner.run(text, parameters: parameters, transport: breaking)
        #expect(first.failure == nil, "\(first.failure?.description ?? "")")
        let second = await runner.run(text, parameters: parameters)
        #expect(second.failure == nil)
        #expect(first.changes.count == 3 && second.changes == [])
        let account = runner.serverPilot.account
        #expect(account.sysusers.values.count { $0.name == "acme" } == 1)
        #expect(account.apps.values.count { $0.name == "acme" } == 1)
        #expect(account.databases.values.count { $0.name == "acme" } == 1)
    }

    @Test("inventory lists every app and returns all data")
    func inventory() async throws {
        let report = await runner.run(try recipe("inventory.lua"))
        #expect(report.failure == nil, "\(report.failure?.description ?? "")")
        #expect(report.changes == [])
        #expect(
            report.printed.contains { $0.contains("oliveoil") && $0.contains("php7.4") && $0.contains("olive.example") }
        )
        #expect(report.result?["apps"]?.arrayValue?.count == runner.serverPilot.account.apps.count)
    }

    @Test("php-upgrade moves old apps only, by number, one at a time for a server and runtime")
    func phpUpgrade() async throws {
        let text = try recipe("php-upgrade.lua")
        _ = await runner.run(
            """
            local user = sp.find_sysuser{ name = "olive" }
            for i = 1, 3 do
                sp.ensure_app{ name = "old" .. i, sysuserid = user.id, runtime = "php5.6" }
            end
            """)
        let report = await runner.run(text, parameters: ["below": "php8.3", "to": "php8.4"])
        #expect(report.failure == nil, "\(report.failure?.description ?? "")")
        #expect(report.changes.count == 4)
        #expect(runner.serverPilot.account.apps.values.allSatisfy { ["php8.3", "php8.4"].contains($0.runtime) })
        let bad = await runner.run(text, parameters: ["below": "eight"])
        #expect(bad.failure?.code == "bad_parameters")
        #expect(bad.requests == [])
    }
}
