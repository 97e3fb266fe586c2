import Foundation
import Groundwork
import OrderedCollections
import RecipeEngine
import RecipePlanner
import ServerPilotSimulator
import SprunTesting
import Testing

/// The recipes that ship, planned and carried out, with AutoSSL becoming available at every moment.
@Suite("Plans of the recipes that ship", .timeLimit(.minutes(20)))
struct ShippedPlanTests {
    private static let late: Duration = .seconds(10_000 * 86_400)
    /// Waits for AutoSSL ask for hours: after so many requests nothing new can happen.
    private static let mostMoments = 60

    private struct Case {
        let recipe: String
        let parameters: [String: String]
        let account: Account
        let names: [String: [String]]
    }

    private static func text(_ name: String) throws -> String {
        let top = String(#filePath).components(separatedBy: "/Tests/")[0]
        return try String(contentsOfFile: "\(top)/scripts/recipes/\(name)", encoding: .utf8)
    }

    private static func table() throws -> JSONValue { try JSONValue(bytes: Array(try text("cases.json").utf8)) }

    static func names() throws -> [String] { Array(try table()["recipes"]?.objectValue?.keys ?? []).sorted() }

    private static func cases(of recipe: String) throws -> [Case] {
        let table = try table()
        return try (table["recipes"]?[recipe]?.arrayValue ?? []).compactMap { one in
            guard one["fails"] == nil, one["planned"] == nil else { return nil }
            var parameters: [String: String] = [:]
            for word in one["arguments"]?.arrayValue?.compactMap(\.stringValue) ?? [] {
                let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
                let file = parts[1].hasPrefix("@") ? String(parts[1].dropFirst()) : parts[1]
                parameters[parts[0]] = one["files"]?[file]?.stringValue ?? parts[1]
            }
            var names: [String: [String]] = [:]
            for (name, addresses) in one["dns"]?.objectValue ?? [:] {
                names[name] = addresses.arrayValue?.compactMap(\.stringValue)
            }
            return Case(
                recipe: recipe, parameters: parameters,
                account: try account(table["accounts"]?[one["account"]?.stringValue ?? ""] ?? .null), names: names)
        }
    }

    private static func account(_ seed: JSONValue) throws -> Account {
        var random = SeededRandom(seed: 5)
        var settings = AccountSettings()
        settings.autoSSLDelay = late
        var account =
            seed == .null
            ? Account.demo(at: RecipeStage.start, random: &random)
            : try AccountSeed(seed).account(at: RecipeStage.start, random: &random)
        account.settings = settings
        return account
    }

    private static func runner(_ one: Case) throws -> PlannedRunner {
        let modules = ["new-site": try text("new-site.lua")]
        return PlannedRunner(
            try text("\(one.recipe).lua"), name: "\(one.recipe).lua", account: one.account,
            parameters: one.parameters,
            surroundings: RecipeSurroundings(
                program: "0.1.0", importer: TextImporter(texts: modules), names: KnownNames(addresses: one.names)))
    }

    @Test("succeed whenever AutoSSL becomes available, and contain every change", arguments: try names())
    func everyMoment(_ recipe: String) async throws {
        for one in try Self.cases(of: recipe) {
            var ways: Set<Int> = []
            let plan = try await Self.runner(one).plan().plan
            #expect(plan.assumptions.allSatisfy { !$0.contains("more ways") }, "\(recipe): \(plan.assumptions)")
            let planned = try ChangeLog.changes(of: plan, on: one.account).map(\.text)
            let possible = Set(planned + (try Self.inBranches(plan, one.account)))
            for moment in 0..<Self.mostMoments {
                let runner = try Self.runner(one)
                do {
                    let transport = MomentTransport(
                        base: runner.changeLog, serverPilot: runner.serverPilot, moment: moment)
                    _ = try await runner.follow(plan, transport: transport)
                } catch  where error.message.contains("did not become available") {
                    // It has waited as long as it was told: later than that nothing is to be tried.
                    #expect(recipe == "autossl-when-ready" && moment > 20, "\(moment): \(error)")
                    break
                } catch {
                    Issue.record("\(recipe) \(one.parameters), AutoSSL at request \(moment): \(error)")
                }
                #expect(runner.changeLog.changes.allSatisfy(possible.contains), "\(recipe) \(moment)")
                ways.insert(runner.changeLog.changes.count)
                if runner.sent().count <= moment { break }
            }
            #expect(!ways.isEmpty)
        }
    }

    private static func inBranches(_ plan: Plan, _ account: Account) throws -> [String] {
        var branches = plan
        branches.changes = plan.allChanges
        return try ChangeLog.changes(of: branches, on: account).map(\.text)
    }

    @Test("are not stale because AutoSSL has become available between plan and apply", arguments: try names())
    func beforeApply(_ recipe: String) async throws {
        for one in try Self.cases(of: recipe) {
            let runner = try Self.runner(one)
            let plan = try await runner.plan().plan
            runner.serverPilot.change { account, _ in account.settings.autoSSLDelay = .zero }
            #expect(try await runner.planner.drift(of: plan) == [], "\(recipe) \(one.parameters)")
        }
    }
}

private struct KnownNames: NameLookup {
    let addresses: [String: [String]]
    func addresses(of name: String) async throws(NameLookupFailure) -> [String] { addresses[name] ?? [] }
}
