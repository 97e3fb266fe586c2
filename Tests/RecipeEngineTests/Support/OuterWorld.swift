import DurableSteps
import Groundwork
import LuaHost
import OrderedCollections
import RecipeLanguage
import ServerPilot
import Synchronization

@testable import RecipeEngine

/// A world outside of the account: it counts what is done to it, and does a thing of the same mark only once if asked to.
///
/// Recipes reach it by `outer.change(name, recovery, planned)`, which gives the world's answer or `name` back, and by
/// `outer.read(name, planned)`.
final class OuterWorld: Sendable {
    private struct State {
        var tries: [ChangeAttempt] = []
        var done: [String] = []
        var marks: Set<String> = []
        var failures: [String: [Delivery?]] = [:]
        var answers: [String: [String]] = [:]
    }

    private let state = Mutex(State())
    /// Called while a change is under way.
    let underWay = Mutex<@Sendable () -> Void>({})

    /// What was done, in order; names come several times when they were done several times.
    var done: [String] { state.withLock { $0.done } }
    /// All tries.
    var tries: [ChangeAttempt] { state.withLock { $0.tries } }

    /// The next tries of a name fail like that.
    ///
    /// One that is ambiguous is done all the same.
    func fail(_ name: String, _ deliveries: [Delivery?]) { state.withLock { $0.failures[name] = deliveries } }

    /// What it answers to a name, one after the other; the last one stays.
    func answer(_ name: String, _ answers: String...) { state.withLock { $0.answers[name] = answers } }

    private func answer(to name: String) -> String {
        state.withLock { state in
            guard let answers = state.answers[name], let first = answers.first else { return name }
            if answers.count > 1 { state.answers[name]?.removeFirst() }
            return first
        }
    }

    /// Surroundings with this world, for a process that dies.
    func surroundings(_ fate: Fate = Fate(), outside: OutsideWorld = .real) -> RecipeSurroundings {
        var surroundings = RecipeSurroundings(outside: outside)
        surroundings.modules = [{ session, realm in self.module(session, realm, fate) }]
        return surroundings
    }

    private func module(_ session: RunSession, _ realm: RecipeRealm, _ fate: Fate) -> HostModule {
        HostModule(
            name: "outer", documentation: "A world outside.",
            functions: [
                HostFunction(
                    "change",
                    parameters: [
                        HostParameter("name", "string"), HostParameter("recovery", "string"),
                        HostParameter("planned", "string", isOptional: true),
                    ],
                    results: ["string"], documentation: "Changes it.",
                    async: { call in
                        let name = try call.arguments.string(0)
                        let recovery: Recovery =
                            switch try call.arguments.string(1) {
                            case "repeatable": .repeatable
                            case "raised": .raised
                            default: .askPerson
                            }
                        let planned = call.arguments[2].isNil ? name : try call.arguments.string(2)
                        let value = try await StepScope(session, call, realm).perform(
                            "outer.change", ["name": .string(name)], object: name, recovery: recovery
                        ) { attempt throws(RecipeError) in
                            guard !session.isDeclared else { return .string(planned) }
                            return try self.change(name, recovery, attempt, fate)
                        }
                        return [LuaValue(value)]
                    }),
                HostFunction(
                    "read", parameters: [HostParameter("name", "string"), HostParameter("planned", "string")],
                    results: ["string"], documentation: "Asks it.",
                    async: { call in
                        let name = try call.arguments.string(0)
                        let planned = try call.arguments.string(1)
                        let value = try await StepScope(session, call, realm).observe(
                            .outside("outer.read"), ["name": .string(name)], object: name
                        ) { .string(!session.isDeclared ? self.answer(to: name) : planned) }
                        return [LuaValue(value)]
                    }),
            ])
    }

    private func change(
        _ name: String, _ recovery: Recovery, _ attempt: ChangeAttempt, _ fate: Fate
    ) throws(RecipeError) -> JSONValue {
        guard fate.survives() else { throw Self.failure(.ambiguous) }
        underWay.withLock { $0 }()
        let failure = state.withLock { state -> RecipeError? in
            state.tries.append(attempt)
            var failure: RecipeError?
            if var failures = state.failures[name], !failures.isEmpty {
                failure = Self.failure(failures.removeFirst())
                state.failures[name] = failures
            }
            let isDone = failure.map { $0.delivery == .ambiguous || $0.delivery == nil } ?? true
            if isDone, recovery != .repeatable || state.marks.insert(attempt.marker).inserted {
                state.done.append(name)
            }
            return failure
        }
        guard fate.survives() else { throw Self.failure(.ambiguous) }
        if let failure { throw failure }
        return .string(answer(to: name))
    }

    private static func failure(_ delivery: Delivery?) -> RecipeError {
        RecipeError(code: "outer_failure", message: "it failed", delivery: delivery)
    }
}
