internal import DurableSteps
public import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// The document form of a plan: an explicit format with its own version.
extension Plan {
    /// The version of the format, which is raised when the meaning of a member changes.
    ///
    /// Version 2 added branches: a run that ignored them would not do what the plan says.
    public static let formatVersion: Int64 = 2

    /// The reason why a document is not a plan.
    public enum DocumentError: Error, Hashable, Sendable {
        /// A newer version of the program wrote the document.
        case newer(Int64)
        /// A member is missing or has another type.
        case malformed(String)
    }

    /// The plan as JSON, including secrets: it must be stored encrypted.
    public var document: JSONValue {
        var header: JSONObject = [
            "recipe": .string(self.header.recipe), "recipe_digest": .string(self.header.recipeDigest),
            "account": .string(self.header.account), "account_name": .string(self.header.accountName),
            "seed": .string(String(self.header.seed)), "lua": .string(self.header.lua),
            "program": .string(self.header.program), "made": .integer(self.header.made.epochSeconds),
        ]
        header["parameters"] = .object(self.header.parameters.mapValues { .string($0) })
        let answers = self.answers.map { answer -> JSONValue in
            [
                "operation": .string(answer.reading.operation.rawValue), "arguments": .object(answer.reading.arguments),
                "filter": .object(answer.reading.filter), "answer": answer.answer,
            ]
        }
        var draws = JSONObject()
        for (step, value) in self.draws.sorted(by: { $0.key.description < $1.key.description }) {
            draws[step.description] = value
        }
        var secrets = JSONObject()
        for (name, secret) in self.secrets.sorted(by: { $0.key < $1.key }) { secrets[name] = .string(secret.reveal()) }
        return [
            "format_version": .integer(Self.formatVersion), "header": .object(header),
            "changes": .array(changes.map(\.document)), "branches": .array(branches.map(\.document)),
            "answers": .array(answers), "draws": .object(draws),
            "secrets": .object(secrets), "warnings": .array(warnings.map { .string($0) }),
            "assumptions": .array(assumptions.map { .string($0) }), "declared": .array(declared.map(\.document)),
            "milliseconds": .integer(duration.inMilliseconds),
        ]
    }

    /// Parses the output of `document`.
    ///
    /// - Throws: `DocumentError` if a newer version wrote the document, or a member is missing or has another type.
    public init(document: JSONValue) throws(DocumentError) {
        let version = document["format_version"]?.integerValue ?? 0
        guard version <= Self.formatVersion else { throw .newer(version) }
        func member(_ name: String, of value: JSONValue?) throws(DocumentError) -> String {
            guard let text = value?[name]?.stringValue else { throw .malformed(name) }
            return text
        }
        let head = document["header"]
        guard let seed = UInt64(try member("seed", of: head)), let made = head?["made"]?.integerValue else {
            throw .malformed("header")
        }
        header = Header(
            recipe: try member("recipe", of: head), recipeDigest: try member("recipe_digest", of: head),
            parameters: (head?["parameters"]?.objectValue ?? [:]).compactMapValues(\.stringValue),
            account: try member("account", of: head), accountName: try member("account_name", of: head), seed: seed,
            lua: try member("lua", of: head), program: try member("program", of: head),
            made: Timestamp(epochSeconds: made))
        changes = try document.list("changes").map(PlannedChange.init(document:))
        branches = []
        for branch in document.list("branches") {
            branches.append(try PlanBranch(document: branch, earlier: branches.count))
        }
        answers = try document.list("answers").map { answer throws(DocumentError) in
            let reading = PlanReading(
                ServerPilot.Operation.Name(rawValue: try member("operation", of: answer)),
                answer["arguments"]?.objectValue ?? [:], filter: answer["filter"]?.objectValue ?? [:])
            return Answer(reading, answer["answer"] ?? .null)
        }
        draws = [:]
        for (step, value) in document["draws"]?.objectValue ?? [:] {
            guard let step = StepID(step) else { throw .malformed("draws") }
            draws[step] = value
        }
        declared = try document.list("declared").map { answer throws(DocumentError) in
            DeclaredAnswer(
                operation: try member("operation", of: answer), object: try member("object", of: answer),
                value: answer["value"] ?? .null)
        }
        secrets = [:]
        for (name, value) in document["secrets"]?.objectValue ?? [:] {
            secrets[name] = value.stringValue.map { Secret($0) }
        }
        warnings = document.list("warnings").compactMap(\.stringValue)
        assumptions = document.list("assumptions").compactMap(\.stringValue)
        duration = .milliseconds(document["milliseconds"]?.integerValue ?? 0)
    }
}

extension PlanBranch {
    fileprivate var document: JSONValue {
        [
            "line": .string(line), "parent": parent.map { .integer(Int64($0)) } ?? .null,
            "before": .integer(Int64(before)), "replaces": .integer(Int64(replaces)),
            "conditions": .array(conditions.map(\.document)), "changes": .array(changes.map(\.document)),
            "failure": failure.map { .string($0) } ?? .null,
        ]
    }

    /// Parses a branch, whose parent must be among the `earlier` branches before it.
    fileprivate init(document: JSONValue, earlier: Int) throws(Plan.DocumentError) {
        guard let line = document["line"]?.stringValue, let before = document["before"]?.integerValue, before >= 0,
            let replaces = document["replaces"]?.integerValue, replaces >= 0
        else { throw .malformed("branches") }
        let parent = document["parent"]?.integerValue.map { Int(clamping: $0) }
        if let parent, !(0..<earlier).contains(parent) { throw .malformed("branches") }
        let conditions = try document.list("conditions").map(PlanAnswer.init(document:))
        let changes = try document.list("changes").map(PlannedChange.init(document:))
        self.init(
            line: line, parent: parent, before: Int(clamping: before), replaces: Int(clamping: replaces),
            conditions: conditions, changes: changes, failure: document["failure"]?.stringValue)
    }
}

extension PlanAnswer {
    fileprivate var document: JSONValue {
        [
            "fact": .string(subject.fact.rawValue), "id": .string(subject.id), "name": .string(subject.name),
            "serverid": subject.serverID.map { .string($0) } ?? .null, "site": .string(site), "holds": .bool(holds),
        ]
    }

    fileprivate init(document: JSONValue) throws(Plan.DocumentError) {
        guard let fact = document["fact"]?.stringValue.flatMap({ TimedFact(rawValue: $0) }),
            let id = document["id"]?.stringValue, let name = document["name"]?.stringValue,
            let site = document["site"]?.stringValue, let holds = document["holds"]?.boolValue
        else { throw .malformed("branches") }
        self.init(
            TimedSubject(fact, id: id, name: name, serverID: document["serverid"]?.stringValue), site: site,
            holds: holds)
    }
}

extension DeclaredAnswer {
    fileprivate var document: JSONValue {
        ["operation": .string(operation), "object": .string(object), "value": value]
    }
}

extension PlannedChange {
    fileprivate var document: JSONValue {
        var members: JSONObject = [
            "step": .string(step.description), "operation": .string(operation.rawValue),
            "arguments": .object(arguments), "site": .string(site), "reply": reply,
            "actionid": actionID.map { .string($0) } ?? .null, "refusal": refusal.map { .string($0) } ?? .null,
        ]
        if let object { members["object"] = .string(object) }
        if !contents.isEmpty { members["contents"] = .object(contents) }
        if let detail {
            members["detail"] = [
                "before": detail.before ?? .null, "server": detail.server.map { .string($0) } ?? .null,
                "fallen": .array(
                    detail.fallen.map {
                        ["kind": .string($0.kind.rawValue), "id": .string($0.id), "name": .string($0.name)]
                    }),
                "neighbours": .array(detail.neighbours.map { .string($0) }),
                "work": detail.work.map { .integer($0.inMilliseconds) } ?? .null,
            ]
        }
        return .object(members)
    }

    fileprivate init(document: JSONValue) throws(Plan.DocumentError) {
        guard let step = document["step"]?.stringValue.flatMap({ StepID($0) }),
            let operation = document["operation"]?.stringValue, let arguments = document["arguments"]?.objectValue
        else { throw .malformed("changes") }
        self.init(
            step: step, operation: ServerPilot.Operation.Name(rawValue: operation), arguments: arguments,
            site: document["site"]?.stringValue ?? "", reply: document["reply"] ?? .null,
            actionID: document["actionid"]?.stringValue, refusal: document["refusal"]?.stringValue,
            object: document["object"]?.stringValue)
        contents = document["contents"]?.objectValue ?? [:]
        guard let detail = document["detail"] else { return }
        let before = detail["before"] ?? .null
        self.detail = Detail(
            before: before == .null ? nil : before, server: detail["server"]?.stringValue,
            fallen: detail.list("fallen").compactMap { fallen in
                guard let kind = fallen["kind"]?.stringValue.flatMap(ResourceKind.init),
                    let id = fallen["id"]?.stringValue, let name = fallen["name"]?.stringValue
                else { return nil }
                return Cascade.Resource(kind: kind, id: id, name: name)
            }, neighbours: detail.list("neighbours").compactMap(\.stringValue),
            work: detail["work"]?.integerValue.map { .milliseconds($0) })
    }
}

extension JSONValue {
    /// Returns a list of the document; empty if it is missing.
    fileprivate func list(_ name: String) -> [JSONValue] { self[name]?.arrayValue ?? [] }
}

extension Duration {
    fileprivate var inMilliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
