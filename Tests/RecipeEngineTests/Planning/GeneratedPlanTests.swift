import DurableSteps
import Foundation
import Groundwork
import OrderedCollections
import RecipeEngine
import RecipePlanner
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

/// Plans of generated recipes on generated accounts.
///
/// `SPRUN_PLANS` says of how many, `SPRUN_SEED` from which seed.
@Suite("Plans of generated recipes on generated accounts", .timeLimit(.minutes(180)))
struct GeneratedPlanTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let first = TestRandom.seed("generated plans", in: 1...1_000_000_000)
    private static let pairs = UInt64(environment["SPRUN_PLANS"].flatMap(Int.init) ?? 16)

    @Test("send each GET once, and applying them makes the planned calls in order")
    func isTrue() async throws {
        print("plans: seed \(Self.first), \(Self.pairs) of them")
        var (changes, sideBySide, otherTurns) = (0, 0, 0)
        for seed in Self.first..<(Self.first + Self.pairs) {
            let lua = GeneratedRecipe(seed: seed).text
            let account = try await GrownAccount.make(seed: seed)
            let runner = PlannedRunner(lua, seed: seed, account: account)
            do {
                let plan = try await runner.plan().plan
                let asked = runner.sent()
                #expect(asked.allSatisfy { $0.hasPrefix("GET ") }, "seed \(seed): \(asked)")
                #expect(runner.serverPilot.account == account, "seed \(seed)")
                #expect(Set(asked).count == asked.count, "seed \(seed): nothing is read twice: \(asked)")
                #expect(try await runner.planner.drift(of: plan) == [], "seed \(seed)")
                _ = try await runner.follow(plan)
                let planned = try ChangeLog.changes(of: plan, on: account)
                let made = runner.changeLog.changes
                changes += made.count
                let isSideBySide = Set(planned.map(\.step.place)).count > 1
                sideBySide += isSideBySide ? 1 : 0
                otherTurns += made == planned.map(\.text) ? 0 : 1
                #expect(isSideBySide || made == planned.map(\.text), "seed \(seed)\n\(lua)")
                Self.expect(made, toBe: planned, "seed \(seed)\n\(lua)")
            } catch {
                Issue.record("seed \(seed): \(error)\n\(lua)")
            }
        }
        print(
            "plans: \(changes) changes; \(sideBySide) recipes did things at once, \(otherTurns) took other turns then")
        #expect(changes > Int(Self.pairs))
    }

    /// All of them, those of each coroutine in their order; what runs at once may take turns otherwise than planned,
    /// since work on a real server takes as long as it takes.
    private static func expect(
        _ made: [String], toBe planned: [(step: StepID, text: String)], _ comment: @autoclosure () -> String
    ) {
        #expect(made.sorted() == planned.map(\.text).sorted(), "\(comment())")
        for (coroutine, steps) in Dictionary(grouping: planned, by: \.step.place) {
            var left = steps.map(\.text)[...]
            for text in made where text == left.first { left.removeFirst() }
            #expect(left.isEmpty, "\(coroutine): \(left.first ?? "") \(comment())")
        }
    }

    @Test("have no changes after they were applied, if the recipe converges")
    func converged() async throws {
        for seed in Self.first..<(Self.first + (Self.pairs + 3) / 4) {
            let lua = GeneratedRecipe(seed: seed, converges: true).text
            let runner = PlannedRunner(lua, seed: seed, account: try await GrownAccount.make(seed: seed))
            do {
                // Some of it may be there already.
                let beginning = GeneratedRecipe(seed: seed, converges: true, listsAll: false, blocks: Int(seed % 3))
                    .text
                _ = try await runner.follow(try await runner.plan(beginning).plan, lua: beginning)
                _ = try await runner.follow(try await runner.plan().plan)
                _ = runner.sent()
                let second = try await runner.plan().plan
                #expect(second.changes == [], "seed \(seed)\n\(lua)")
                _ = try await runner.follow(second)
                #expect(runner.sent().allSatisfy { $0.hasPrefix("GET") }, "seed \(seed)")
            } catch {
                Issue.record("seed \(seed): \(error)\n\(lua)")
            }
        }
    }

    @Test("are stale if anything they depend on changed, and only then")
    func drift() async throws {
        var (caught, passed) = (0, 0)
        for seed in Self.first..<(Self.first + Self.pairs) {
            let lua = GeneratedRecipe(seed: seed, listsAll: seed % 2 == 0).text
            let account = try await GrownAccount.make(seed: seed)
            do {
                let plan = try await PlannedRunner(lua, seed: seed, account: account).plan().plan
                let read = Self.ids(in: plan, on: account)
                var random = SeededRandom(seed: seed)
                for edit in RivalChange.all(on: account).shuffled(using: &random).prefix(4) {
                    let runner = PlannedRunner(lua, seed: seed, account: account)
                    try await edit.make(runner.serverPilot.transport)
                    let moved = try await runner.planner.drift(of: plan)
                    if !read.isDisjoint(with: edit.touched) {
                        caught += 1
                        #expect(
                            moved.contains { $0.contains("'\(edit.name)'") }, "seed \(seed): \(edit) \(moved)\n\(lua)")
                    } else {
                        passed += 1
                        #expect(moved == [], "seed \(seed): \(edit)\n\(lua)")
                        _ = try await runner.follow(plan)
                        Self.expect(
                            runner.changeLog.changes, toBe: try ChangeLog.changes(of: plan, on: account),
                            "seed \(seed): \(edit)\n\(lua)")
                    }
                }
            } catch {
                Issue.record("seed \(seed): \(error)\n\(lua)")
            }
        }
        print("drift: \(caught) edits of what a plan had read, \(passed) elsewhere")
        #expect(caught > Int(Self.pairs) && passed > Int(Self.pairs) / 4)
    }

    /// The ids of what the plan read, of what it changes, and of what falls with that.
    private static func ids(in plan: Plan, on account: Account) -> Set<String> {
        var ids: Set<String> = []
        for answer in plan.answers {
            for thing in answer.answer.arrayValue ?? [answer.answer] {
                _ = thing["id"]?.stringValue.map { ids.insert($0) }
            }
        }
        for change in plan.changes where change.refusal == nil {
            _ = change.arguments["id"]?.stringValue.map { ids.insert($0) }
            for fallen in change.detail?.fallen ?? [] {
                switch fallen.kind {
                case .app: ids.formUnion(account.apps.values.filter { $0.name == fallen.name }.map(\.id.rawValue))
                case .db: ids.formUnion(account.databases.values.filter { $0.name == fallen.name }.map(\.id.rawValue))
                default: break
                }
            }
        }
        return ids
    }
}

/// What somebody else changes in the account.
private struct RivalChange: CustomStringConvertible {
    let operation: ServerPilot.Operation.Name
    let arguments: JSONObject
    let name: String
    /// The ids of all that it changes.
    let touched: Set<String>

    var description: String { "\(operation) '\(name)'" }

    private init(_ operation: ServerPilot.Operation.Name, _ arguments: JSONObject, _ name: String, also: [String] = [])
    {
        self.operation = operation
        self.arguments = arguments
        self.name = name
        touched = Set(also + [arguments["id"]?.stringValue ?? ""])
    }

    func make(_ transport: any Transport) async throws {
        _ = try await transport.call(try #require(ServerPilot.Operation.named(operation)), arguments)
    }

    /// One of everything that is there.
    static func all(on account: Account) -> [RivalChange] {
        func id<Kind>(_ id: Identifier<Kind>) -> JSONValue { .string(id.rawValue) }
        var changes: [RivalChange] = []
        for server in account.servers.values {
            changes.append(
                RivalChange("update_server", ["id": id(server.id), "firewall": .bool(!server.firewall)], server.name))
        }
        for key in account.sshkeys.values {
            changes.append(RivalChange("rename_sshkey", ["id": id(key.id), "name": "renamed"], key.name))
            changes.append(RivalChange("delete_sshkey", ["id": id(key.id)], key.name))
        }
        for app in account.apps.values {
            let runtime = app.runtime == "php8.2" ? "php8.3" : "php8.2"
            changes.append(RivalChange("update_app", ["id": id(app.id), "runtime": .string(runtime)], app.name))
            changes.append(
                RivalChange("update_app", ["id": id(app.id), "domains": ["rival.example"]], app.name))
            let databases = account.databases.values.filter { $0.appID == app.id }.map(\.id.rawValue)
            changes.append(RivalChange("delete_app", ["id": id(app.id)], app.name, also: databases))
        }
        for database in account.databases.values {
            changes.append(RivalChange("delete_db", ["id": id(database.id)], database.name))
        }
        return changes
    }
}
