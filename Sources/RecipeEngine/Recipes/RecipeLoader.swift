internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot
internal import Synchronization

/// A loader that reads recipes into the host of a run, each in its own environment with the functions it was granted.
final class RecipeLoader: Sendable {
    private struct State {
        var headers: [ObjectIdentifier: ReadRecipe] = [:]
        var places: Int = 0
        /// The values that a realm has imported, by the name that it used.
        var imported: [ObjectIdentifier: [ByteExact: [LuaValue]]] = [:]
        /// The same, by the identity of the module: a module can have many names.
        var modules: [ObjectIdentifier: [ByteExact: [LuaValue]]] = [:]
        var sources: [RecipeSource] = []
        var imports: [RecipeDescription.Import] = []
    }

    /// The maximum depth of imports: more is a mistake, and each level is a coroutine that waits for the next.
    private static let deepest = 16
    /// The maximum number of modules that a run reads.
    ///
    /// Each importer reads its own copy, so two imports at each of 16 levels would make 65,536.
    private static let most = 1000

    private let session: RunSession
    private let surroundings: RecipeSurroundings
    private let parameters: [String: String]
    /// Whether it also reads modules that are imported only when a recipe runs.
    private let looksAhead: Bool
    private let state = Mutex(State())
    /// The modules that are being read, by the realm that reads them and their identity.
    private let readings: SingleFlight<Reading>

    private struct Reading: Hashable {
        let realm: ObjectIdentifier
        let module: ByteExact
    }

    /// Creates a loader.
    ///
    /// - Parameters:
    ///   - session: the run.
    ///   - surroundings: the source of imports.
    ///   - parameters: the content of `sp.params` for a plain script.
    ///   - looksAhead: whether it only looks at recipes, and so also reads what they import when they run.
    init(
        _ session: RunSession, _ surroundings: RecipeSurroundings, parameters: [String: String],
        looksAhead: Bool = false
    ) {
        self.looksAhead = looksAhead
        self.session = session
        self.surroundings = surroundings
        self.parameters = parameters
        readings = SingleFlight(time: session.time)
    }

    /// The sources of the imported modules, for reports that show a line of them.
    var sources: [RecipeSource] { state.withLock { $0.sources } }

    /// The imported modules, with their headers.
    var imports: [RecipeDescription.Import] { state.withLock { $0.imports } }

    // MARK: The recipe itself

    /// Compiles the recipe and creates its environment, without running any of it.
    func root(_ source: RecipeSource, on host: LuaHost) async throws(LuaError) -> (chunk: LuaFunction, RecipeRealm) {
        let realm = RecipeRealm(name: source.name)
        let hasHeader = RecipeText(source.text).hasHeader
        realm.isLoading = hasHeader
        return (try await chunk(of: source, realm, on: host, parameters: hasHeader ? [:] : parameters), realm)
    }

    /// Returns the header of the recipe, after its chunk has run; `nil` for a plain script.
    func header(of realm: RecipeRealm) throws(RecipeError) -> ReadRecipe? {
        guard realm.isLoading else { return nil }
        realm.isLoading = false
        guard let read = state.withLock({ $0.headers[ObjectIdentifier(realm)] }) else {
            throw RecipeError(
                code: RecipeError.badHeader,
                message: "'\(realm.name)' contains 'return recipe', but never calls recipe{}",
                hint: "return recipe { name = …, run = function(p) … end }")
        }
        let header = read.header
        if let requirement = header.requirement, let range = VersionRange(requirement),
            let version = VersionNumber(surroundings.program), !range.contains(version)
        {
            throw RecipeError(
                code: RecipeError.otherVersion,
                message: "'\(header.name)' requires sprun \(requirement); this is sprun \(surroundings.program)")
        }
        realm.restrict(to: header)
        return read
    }

    private func chunk(
        of source: RecipeSource, _ realm: RecipeRealm, on host: LuaHost, parameters: [String: String]
    ) async throws(LuaError) -> LuaFunction {
        let modules =
            [
                SPLibrary(session: session, realm: realm).module(parameters: parameters),
                DNSLibrary(session: session, realm: realm, names: surroundings.names).module,
                HTTPLibrary(session: session, realm: realm, client: surroundings.web).module,
                SSHLibrary(session: session, realm: realm).module,
            ] + surroundings.modules.map { $0(session, realm) }
        let environment = try await host.makeEnvironment(
            modules: modules.map { $0.guarded(by: realm, session) } + [declarations],
            functions: [recipe(realm), importing(realm)])
        return try await host.load(source: source.text, name: source.name, in: environment)
    }

    // MARK: Running

    /// Checks and converts the parameters of a recipe within a call; see `ParameterReader`.
    func read(
        _ given: [LuaTable.Field], of header: RecipeHeader, _ scopes: @escaping (ResourceKind) -> StepScope,
        _ realm: RecipeRealm, _ call: LuaCall
    ) async throws -> LuaTable {
        var reader = ParameterReader(header: header, scopes: scopes, session: session, realm: realm)
        let table = try await reader.read(given)
        // Lua compares strings with the header's patterns, under its limits.
        var problems: [(String, String)] = []
        let source = "local text, pattern = ... return text:find(pattern) ~= nil"
        for parameter in header.parameters {
            var texts: [LuaValue] = [table[parameter.name]]
            if case .table(let list) = table[parameter.name] { texts = list.array }
            guard let pattern = parameter.pattern ?? parameter.elements.first?.pattern else { continue }
            for case .string(let text) in texts {
                let function = try await call.host.load(source: Array(source.utf8), name: "pattern")
                let arguments: [LuaValue] = [.string(text), .string(pattern)]
                if try await Self.call(function, arguments, call) != [true] {
                    problems.append((parameter.name, "'\(text.shown)' does not match the pattern \(pattern)"))
                }
            }
        }
        guard problems.isEmpty else { throw ParameterReader.failure(problems, of: header) }
        return table
    }

    /// Runs an imported recipe for a call of its importer.
    private func run(
        _ function: LuaFunction, _ header: RecipeHeader, _ realm: RecipeRealm, _ call: LuaCall
    ) async throws -> [LuaValue] {
        try realm.importer?.expectRunning(header.name)
        let given = call.arguments[0].isNil ? [] : try call.arguments.table(0).fields
        let scope = StepScope(session, call, realm)
        let parameters = try await read(given, of: header, { _ in scope }, realm, call)
        // The coroutine that runs it is a child of this call.
        let path = call.path.description
        let coroutines = "\(path == "/" ? "" : path)/\(call.number)."
        realm.begin(coroutines)
        defer { realm.end(coroutines) }
        let results = try await Self.call(function, [.table(parameters)], call)
        let result = results.first ?? .nil
        try header.check(session.secrets.open(result), for: session)
        return [try await across(result, of: realm, on: call.host)]
    }

    /// Calls a Lua function on behalf of a call, and passes its failure on unchanged.
    private static func call(_ function: LuaFunction, _ arguments: [LuaValue], _ call: LuaCall) async throws
        -> [LuaValue]
    {
        do throws(LuaConcurrentFailure) {
            RunningCall.current?.end()
            return try await call.concurrently([LuaInvocation(function, arguments)]).first ?? []
        } catch {
            // The limits of the host end the whole run, wherever they are exceeded.
            if [.cpuBudget, .cancelled].contains(error.error.code) { throw error.error }
            throw ModuleFailure(error: error.error)
        }
    }

    // MARK: Functions of modules

    /// The function `recipe { … }`.
    func recipe(_ realm: RecipeRealm) -> HostFunction {
        HostFunction(
            "recipe", parameters: [HostParameter("header", "table")], results: ["table"],
            documentation: "Declares the recipe: its name, parameters, needs and results. The file must return it.",
            sync: { arguments in
                guard realm.isLoading else {
                    throw RecipeError(RecipeError.badHeader, in: "recipe", "write the header as 'return recipe { … }'")
                }
                let (header, problems) = HeaderReader.header(try arguments.table(0))
                guard problems.isEmpty else {
                    throw RecipeError(
                        code: RecipeError.badHeader, message: "invalid header: \(problems.joined(separator: "; "))",
                        operation: "recipe", token: "recipe")
                }
                let isFirst = self.state.withLock { state in
                    guard state.headers[ObjectIdentifier(realm)] == nil else { return false }
                    state.headers[ObjectIdentifier(realm)] = header
                    return true
                }
                guard isFirst else {
                    throw RecipeError(RecipeError.badHeader, in: "recipe", "the file already has a header")
                }
                return [.table(["name": .string(header.header.name), "version": .string(header.header.version)])]
            })
    }

    /// The functions `param.string{ … }` and so on.
    var declarations: HostModule {
        let functions = RecipeParameter.Kind.allCases.map { kind in
            HostFunction(
                kind.rawValue, parameters: [HostParameter("options", "table", isOptional: true)], results: ["table"],
                documentation: kind.documentation,
                sync: { arguments in
                    let place = self.state.withLock { $0.places.increment() }
                    return [try HeaderReader.declaration(kind, arguments, place: place)]
                })
        }
        return HostModule(name: "param", documentation: "The kinds of parameters.", functions: functions)
    }

    /// The function `import "name"`.
    func importing(_ realm: RecipeRealm) -> HostFunction {
        HostFunction(
            "import", parameters: [HostParameter("name", "string")], results: ["function|table"],
            documentation: "Imports another recipe as a function, or the functions of a library.",
            async: { call in
                let name = try call.arguments.string(0)
                let key = ByteExact(name)
                if let known = self.state.withLock({ $0.imported[ObjectIdentifier(realm)]?[key] }) { return known }
                let values = try await self.imported(name, by: realm, call)
                self.state.withLock { $0.imported[ObjectIdentifier(realm), default: [:]][key] = values }
                return values
            })
    }

    private func imported(
        _ name: String, by importer: RecipeRealm, _ call: LuaCall, isLater: Bool = false
    ) async throws -> [LuaValue] {
        let module = try await find(name, for: importer)
        let key = ObjectIdentifier(importer)
        let identity = ByteExact(module.identity)
        // Each importer reads a module once. If several of its coroutines import it, the others wait for the first.
        return try await readings.run(Reading(realm: key, module: identity)) {
            state.withLock { $0.modules[key]?[identity] }
        } work: {
            let values = try await read(module, name, for: importer, call, isLater: isLater)
            state.withLock { $0.modules[key, default: [:]][identity] = values }
            return values
        }
    }

    /// Reads a module that was found under that name.
    private func read(
        _ module: RecipeModule, _ name: String, for importer: RecipeRealm, _ call: LuaCall, isLater: Bool
    ) async throws -> [LuaValue] {
        if importer.chain.contains(where: { $0.identity.map { ByteExact($0) } == ByteExact(module.identity) }) {
            let names = importer.chain.reversed().map(\.name) + [module.source.name]
            throw Self.failure("circular import: \(names.joined(separator: " → "))")
        }
        guard importer.chain.count < Self.deepest else {
            throw Self.failure("imports are nested more than \(Self.deepest) levels deep")
        }
        guard state.withLock({ $0.sources.count }) < Self.most else {
            throw Self.failure("the recipe imports more than \(Self.most) recipes in total")
        }
        try note(module, for: importer, call)
        let realm = RecipeRealm(name: module.source.name, identity: module.identity, importer: importer)
        let hasHeader = RecipeText(module.source.text).hasHeader
        guard hasHeader || module.isOfProject else {
            throw Self.failure(
                "'\(name)' has no header that declares its needs, so it cannot be imported")
        }
        // A plain script of the project is a part of its importer, and is read like it.
        realm.isLoading = hasHeader || importer.isLoading
        if isLater, !hasHeader {
            // It may make any call when it runs, so do not run it now: read only its literal imports.
            note(RecipeDescription.Import(name: realm.name, importer: importer.name, header: nil, isLater: true))
            try await lookAhead(module.source.text, of: realm, call)
            return []
        }
        let chunk: LuaFunction
        do throws(LuaError) {
            chunk = try await self.chunk(of: module.source, realm, on: call.host, parameters: [:])
        } catch {
            throw ModuleFailure(error: error)
        }
        let values = try await Self.call(chunk, [], call)
        if !hasHeader { realm.isLoading = false }
        let read = try self.header(of: realm)
        note(
            RecipeDescription.Import(
                name: realm.name, importer: importer.name, header: read?.header, isLater: isLater))
        if looksAhead { try await lookAhead(module.source.text, of: realm, call) }
        guard let read else { return values }
        let header = read.header
        guard let run = read.run else { return [try await across(.table(read.exports), of: realm, on: call.host)] }
        let function = try await call.host.makeFunction(
            HostFunction(
                header.name, parameters: [HostParameter("parameters", "table", isOptional: true)], results: ["table"],
                documentation: header.summary, async: { call in try await self.run(run, header, realm, call) }))
        return [.function(function)]
    }

    /// Returns a value for another module: each function in it copies its arguments and results.
    ///
    /// A secret that crosses belongs to the module too: others read it only if the module may.
    private func across(_ value: LuaValue, of realm: RecipeRealm, on host: LuaHost) async throws(LuaError) -> LuaValue {
        let sealing = try await host.makeFunction(session.sealing(realm))
        return try await Self.across(value, on: host, sealing)
    }

    private static func across(
        _ value: LuaValue, on host: LuaHost, _ sealing: LuaFunction
    ) async throws(LuaError) -> LuaValue {
        switch value {
        case .function(let function): return .function(try await host.makeBoundary(of: function, sealing: sealing))
        case .table(var table):
            for index in table.array.indices {
                table.array[index] = try await across(table.array[index], on: host, sealing)
            }
            for index in table.fields.indices {
                table.fields[index].value = try await across(table.fields[index].value, on: host, sealing)
            }
            return .table(table)
        default: return value
        }
    }

    private func note(_ module: RecipeDescription.Import) { state.withLock { $0.imports.append(module) } }

    // MARK: Looking ahead

    /// Reads what a recipe imports when it runs, for a report of all modules that may take part.
    ///
    /// Only names written as literals are known. `sprun get` knows the same names, so no other modules of strangers are
    /// locked.
    func lookAhead(_ source: RecipeSource, of realm: RecipeRealm, on host: LuaHost) async throws(LuaError) {
        let looking = try await host.makeFunction(
            HostFunction(
                "imports",
                async: { call in
                    try await self.lookAhead(source.text, of: realm, call)
                    return []
                }))
        _ = try await host.call(looking)
    }

    private func lookAhead(_ text: [UInt8], of realm: RecipeRealm, _ call: LuaCall) async throws {
        for name in RecipeText(text).imports {
            let isKnown = state.withLock { $0.imported[ObjectIdentifier(realm)]?[ByteExact(name)] != nil }
            if isKnown { continue }
            let problem: String
            do {
                let values = try await imported(name, by: realm, call, isLater: true)
                state.withLock { $0.imported[ObjectIdentifier(realm), default: [:]][ByteExact(name)] = values }
                continue
            } catch let error as RecipeError {
                problem = error.message
            } catch let error as ModuleFailure {
                problem = error.error.message
            }
            note(
                RecipeDescription.Import(
                    name: name, importer: realm.name, header: nil, isLater: true, problem: problem))
        }
    }

    private func find(_ name: String, for importer: RecipeRealm) async throws(RecipeError) -> RecipeModule {
        guard let source = surroundings.importer else {
            throw Self.failure("cannot import '\(name)': imports are not available here")
        }
        do throws(RecipeImportFailure) {
            return try await source.module(name, for: importer.identity)
        } catch {
            throw Self.failure("'\(name)': \(error.message)", hint: error.hint)
        }
    }

    private static func failure(_ message: String, hint: String? = nil) -> RecipeError {
        RecipeError(RecipeError.importFailed, in: "import", message, hint: hint)
    }

    /// Records the imported bytes, so that a resumed run, or a run that follows a plan, notices a difference.
    private func note(_ module: RecipeModule, for importer: RecipeRealm, _ call: LuaCall) throws(RecipeError) {
        state.withLock { $0.sources.append(module.source) }
        let way = importer.chain.reversed().map { $0.identity ?? $0.name } + [module.identity]
        // A find function is not called again on replay, so what it imports is no part of the record.
        guard !session.isLooking(in: .coroutine(CoroutinePath(call.path))) else { return }
        try session.note(module, by: way, at: call.site.text(for: session))
    }
}

/// The failure of a module, with all values of the original failure.
struct ModuleFailure: LuaErrorConvertible {
    let error: LuaError

    var luaValue: LuaTable { error.luaValue }
}

extension HostModule {
    /// Returns the same functions, which are refused while the module is only being read.
    ///
    /// They get the secrets that they take, and refuse other secrets.
    func guarded(by realm: RecipeRealm, _ session: RunSession) -> HostModule {
        var module = self
        for (index, function) in functions.enumerated() {
            let name = "\(self.name).\(function.name)"
            let handling = SecretHandling(function.name, of: self.name)
            switch function.body {
            case .sync(let body):
                module.functions[index].body = .sync { arguments in
                    try realm.expectRunning(name)
                    do {
                        return try body(handling.prepared(arguments, session.secrets))
                    } catch let error as LuaArgumentError {
                        throw error.redacted(by: session.redactor)
                    }
                }
            case .async(let body):
                module.functions[index].body = .async { call in
                    try realm.expectRunning(name)
                    var call = call
                    do {
                        call.arguments = try handling.prepared(call.arguments, session.secrets)
                        return try await RunningCall.report(name, call, of: session, body)
                    } catch let error as LuaArgumentError {
                        throw error.redacted(by: session.redactor)
                    }
                }
            }
        }
        return module
    }
}
