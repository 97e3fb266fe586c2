internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot
internal import ServerPilotSimulator
internal import SystemPackage

/// A file that describes the account with which a simulation begins (`AccountSeed`): JSON, or Lua that returns it.
struct SeedAccountFile {
    let path: FilePath

    /// So many problems are told; one mistake in a list can be in every element of it.
    private static let mostProblems = 10

    /// Makes the account.
    ///
    /// - Throws: `CommandFailure`: `unreadable_file`, `invalid_seed` with the path of every mistake.
    func account(
        at now: Timestamp, random: inout SeededRandom, _ settings: AccountSettings
    ) async throws -> Account {
        let bytes = try PrivateFile.read(path, what: "the account to begin with")
        let value = path.extension == "lua" ? try await table(bytes) : try json(bytes)
        do throws(AccountSeedError) {
            return try AccountSeed(value).account(at: now, random: &random, settings: settings)
        } catch {
            throw failure(error)
        }
    }

    private func json(_ bytes: [UInt8]) throws -> JSONValue {
        do throws(JSONFailure) {
            return try JSONValue(bytes: bytes)
        } catch {
            throw failure("\(error)")
        }
    }

    /// What the file returns, run without any function that reaches out of Lua.
    private func table(_ bytes: [UInt8]) async throws -> JSONValue {
        let result: LuaValue?
        do throws(LuaError) {
            let host = try LuaHost(configuration: LuaHostConfiguration(isolation: LuaProgram.isolation))
            result = try await host.run(source: bytes, name: path.lastComponent?.string ?? path.string).first
        } catch {
            throw failure(error.description)
        }
        let value: JSONValue?
        do throws(UnsendableValue) {
            value = try JSONValue(result ?? .nil, as: .object(AccountSeed.fields))
        } catch {
            throw failure("\(error.path.isEmpty ? "what it returns" : error.path) is \(error.found)")
        }
        guard let value else { throw failure("it returns nothing") }
        return value
    }

    private func failure(_ error: AccountSeedError) -> CommandFailure {
        var lines = error.problems.prefix(Self.mostProblems).map(Self.line)
        let more = error.problems.count - lines.count
        if more > 0 { lines.append("and \(more) more") }
        return failure(lines.joined(separator: "; "))
    }

    private static func line(_ problem: AccountSeedError.Problem) -> String {
        let nearest = problem.wrong.flatMap { problem.known.nearest(to: $0) }.map { " (did you mean '\($0)'?)" }
        // A problem of an argument begins with its path.
        let place = problem.message.hasPrefix("'") || problem.path.isEmpty ? "" : "\(problem.path): "
        return place + problem.message + (nearest ?? "")
    }

    private func failure(_ reason: String) -> CommandFailure {
        CommandFailure(
            "invalid_seed", "the account in '\(path)' cannot be used: \(reason)",
            hint: "a line each of servers, sysusers, apps, dbs is in: sprun simulate --help")
    }
}
