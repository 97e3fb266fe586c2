internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage
internal import ServerPilot
internal import ServerPilotSimulator
internal import SystemPackage

/// A file with the initial account of a simulation (`AccountSeed`), in JSON or in Lua that returns it.
struct SeedAccountFile {
    let path: FilePath

    /// The number of problems listed; a mistake in a list can occur in every element.
    private static let mostProblems = 10

    /// Creates the account.
    ///
    /// - Throws: `CommandFailure`: `unreadable_file`; `invalid_seed` with the paths of the mistakes.
    func account(
        at now: Timestamp, random: inout SeededRandom, _ settings: AccountSettings
    ) async throws -> Account {
        let bytes = try PrivateFile.read(path, what: "the seed account")
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

    /// Runs the file as Lua, without any host functions, and returns its result.
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
            throw failure("\(error.path.isEmpty ? "its result" : error.path) is \(error.found)")
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
        // The message about an argument already begins with its path.
        let place = problem.message.hasPrefix("'") || problem.path.isEmpty ? "" : "\(problem.path): "
        return place + problem.message + (nearest ?? "")
    }

    private func failure(_ reason: String) -> CommandFailure {
        CommandFailure(
            "invalid_seed", "the account in '\(path)' cannot be used: \(reason)",
            hint: "'sprun simulate --help' shows the form")
    }
}
