import Foundation
import Groundwork
import LuaHost
import OrderedCollections
import RecipeEngine
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// Whatever a server answers, there is no crash, no hang, and always a typed error.
///
/// `SPRUN_HOSTILE_REPLIES` says how many, `SPRUN_SEED` from which seed.
@Suite("Malformed replies", .timeLimit(.minutes(300)))
struct HostileReplyTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = TestRandom.seed("hostile replies", in: 1...1_000_000_000)
    private static let count = environment["SPRUN_HOSTILE_REPLIES"].flatMap(Int.init) ?? 1000
    /// Reading one reply takes far less; a machine that is busy takes longer.
    private static let hang = Duration.seconds(20)

    /// An honest reply of every operation that reads, and of a create.
    private static func honest() async throws -> [(ServerPilot.Operation, WireResponse)] {
        let runner = RecipeStage()
        let account = runner.serverPilot.account
        let ids = [
            "server": account.servers.keys.first?.rawValue, "sysuser": account.sysusers.keys.first?.rawValue,
            "app": account.apps.keys.first?.rawValue, "db": account.databases.keys.first?.rawValue,
        ]
        var replies: [(ServerPilot.Operation, WireResponse)] = []
        for operation in ServerPilot.Operation.all where !operation.changesAccount {
            let id = ids[operation.kind.rawValue] ?? nil
            let arguments: JSONObject = operation.pathParameters.isEmpty ? [:] : ["id": .string(id ?? "none")]
            replies.append((operation, try await runner.serverPilot.transport.send(operation.request(arguments))))
        }
        return replies
    }

    @Test("are read, or raise an error that names the problem")
    func decoded() async throws {
        print("hostile replies: seed \(Self.seed)")
        let honest = try await Self.honest()
        #expect(honest.count > 10)
        var mutator = HostileReply(seed: Self.seed)
        var longest = Duration.zero
        var refused = 0
        for number in 0..<Self.count {
            let (operation, reply) = honest[number % honest.count]
            let hostile = mutator.next(from: reply)
            let began = ContinuousClock.now
            do throws(ServerPilotError) {
                let read = try operation.reply(from: hostile)
                _ = operation.secrets(inReply: read.data)
                _ = operation.withoutHidden(read.data)
            } catch {
                refused += 1
                if error.code.rawValue.isEmpty || error.message.isEmpty { Issue.record("reply \(number): untyped") }
                _ = error.retryAfter.map { $0 + .seconds(1) }
            }
            longest = max(longest, .now - began)
        }
        print("hostile replies: \(Self.count) read, \(refused) refused, the longest took \(longest)")
        #expect(refused > Self.count / 10 && refused < Self.count)
        #expect(longest < Self.hang)
    }

    private static let reads = """
        local function try(f, ...)
            local ok, problem = pcall(f, ...)
            if not ok and (type(problem) ~= "table" or type(problem.code) ~= "string" or #tostring(problem) < 5) then
                if type(problem) ~= "string" or not problem:find("test.lua:") then
                    error("untyped: " .. type(problem) .. " " .. tostring(problem), 0)
                end
            end
            return ok and problem or nil
        end
        local function look(list)
            for _, thing in ipairs(list or {}) do local _ = tostring(thing.id) .. tostring(thing.name) end
        end
        while sp.time() do
            look(try(sp.servers)) look(try(sp.sysusers)) look(try(sp.apps)) look(try(sp.dbs)) look(try(sp.sshkeys))
            look(try(sp.apps, { runtime = "php8.4" }))
            local server = try(sp.find_server, { name = "www1" })
            if server then try(sp.newest_runtime, server) try(sp.server, server.id) end
            try(sp.find_app, { name = "oliveoil" })
            try(sp.app, "AAAAAAAAAAAAAAAA") try(sp.action, "AAAAAAAAAAAAAAAA")
            try(sp.wait, "AAAAAAAAAAAAAAAA", { timeout = "30s" })
            local ok, problem = pcall(sp.servers)
            if not ok and problem.code == "not_connected" then return "over" end
        end
        """

    @Test("raise errors that a recipe can catch")
    func reads() async throws {
        let runner = RecipeStage()
        let transport = HostileTransport(
            runner.serverPilot.transport, seed: Self.seed &+ 1, count: max(300, Self.count / 10))
        var limits = RunLimits()
        limits.lua.total = .seconds(100_000)
        let report = await runner.run(
            "return { how = (function() \(Self.reads) end)() }", transport: transport, limits: limits)
        #expect(report.failure == nil, "\(report.failure?.description ?? "")")
        #expect(report.result?["how"] == "over")
        #expect(transport.left == 0)
        #expect(transport.longest < Self.hang)
    }

    private static let changes = """
        local server = sp.find_server{ name = "www1" }
        local user, a1 = sp.create_sysuser{ serverid = server.id, name = "acme", password = sp.secret("user") }
        sp.wait(a1)
        local app = sp.ensure_app{ name = "acmesite", sysuserid = user.id, runtime = "php8.4", domains = { "a.example" } }
        local _, a2 = sp.update_app(app.id, { runtime = "php8.3" })
        sp.wait(a2)
        sp.wait(sp.delete_app(app.id))
        """

    @Test("to changes either fail the run with a typed error or are accepted")
    func changes() async throws {
        var replies = max(300, Self.count / 10)
        var seed = Self.seed &+ 2
        while replies > 0 {
            let runner = RecipeStage(seed: seed)
            let count = 1 + Int(seed % 5)
            let transport = HostileTransport(runner.serverPilot.transport, seed: seed, count: count)
            let report = await runner.run(Self.changes, transport: transport)
            let users = runner.serverPilot.account.sysusers.values.count { $0.name == "acme" }
            #expect(users <= 1, "seed \(seed)")
            if let failure = report.failure {
                #expect(!failure.code.isEmpty && !failure.message.isEmpty, "seed \(seed): \(failure)")
            }
            #expect(transport.longest < Self.hang, "seed \(seed)")
            replies -= count - transport.left
            if count == transport.left { break }
            seed &+= 1
        }
        #expect(replies <= 0)
    }
}
