import FoundationEssentials
import Groundwork
import HTTPTypes
import OrderedCollections
import ServerPilot
import Testing

/// The table held against the examples of ServerPilot's own document.
///
/// They do not lie in this package: the environment variable `SPRUN_API_EXAMPLES` names the file. Without it these
/// tests say that they were left out.
@Suite(
    "The examples of ServerPilot's document",
    .enabled(if: DocumentedExample.file != nil, "SPRUN_API_EXAMPLES does not name the file of examples"))
struct DocumentedExamplesTests {
    /// The operations that the example can be about: the document names the variables of paths as it likes.
    private static func operations(for example: DocumentedExample) -> [Operation] {
        func shape(_ path: String) -> [String] {
            path.split(separator: "/").map { $0.hasPrefix(":") ? ":" : String($0) }
        }
        return Operation.all.filter {
            $0.method.rawValue == example.method && shape($0.path.description) == shape(example.path)
        }
    }

    @Test("every example belongs to an operation of the table, and every operation has an example")
    func complete() throws {
        let examples = try DocumentedExample.all()
        #expect(examples.count > 30)
        var seen: Set<String> = []
        for example in examples {
            let operations = Self.operations(for: example)
            #expect(!operations.isEmpty, "\(example.title)")
            seen.formUnion(operations.map(\.name.rawValue))
        }
        #expect(seen == Set(Operation.all.map(\.name.rawValue)))
    }

    @Test("every documented request equals the operation's request, except for passwords that are too short")
    func requests() throws {
        var sent = 0
        for example in try DocumentedExample.all() {
            for (path, body) in example.requests {
                let members = body.objectValue ?? [:]
                let operations = Self.operations(for: example)
                let operation = try #require(
                    operations.first { operation in operation.bodyNames.contains { members[$0] != nil } }
                        ?? operations.first)
                var arguments = members
                for name in operation.fixedBody.keys { arguments[name] = nil }
                let ids = operation.path.match(path.split(separator: "/")) ?? [:]
                for (name, id) in ids { arguments[name] = .string(id) }
                let problems = operation.problems(in: arguments).filter { !$0.argument.hasSuffix("password") }
                #expect(problems.isEmpty, "\(example.title): \(problems.map(\.message))")
                guard operation.problems(in: arguments).isEmpty else { continue }
                let request = try operation.request(arguments)
                #expect(request.path == path, "\(example.title)")
                #expect(try body == .null || JSONValue(bytes: request.body) == .object(members), "\(example.title)")
                sent += 1
            }
        }
        #expect(sent > 25)
    }

    @Test("every documented reply is read by its operation and its model, without unknown members")
    func replies() throws {
        for example in try DocumentedExample.all() {
            for reply in example.replies {
                let operation = try #require(Self.operations(for: example).first)
                let read = try operation.reply(from: WireResponse(status: .ok, body: reply.bytes))
                if operation.queues == .always { #expect(read.actionID != nil, "\(example.title)") }
                if operation.queues == .never { #expect(read.actionID == nil, "\(example.title)") }
                switch operation.result {
                case .nothing: #expect(read.data == [:], "\(example.title)")
                case .object(let shape): try Self.decode(read.data, as: shape, example.title)
                case .list(let shape):
                    for element in try #require(read.data.arrayValue) {
                        try Self.decode(element, as: shape, example.title)
                    }
                }
            }
        }
    }

    private static func decode(_ value: JSONValue, as shape: Shape, _ title: String) throws {
        func leftOver<Value: Model>(_ type: Value.Type) throws -> Any? {
            Mirror(reflecting: try type.init(value)).children.first { $0.label == "unknownFields" }?.value
        }
        let types: [any Model.Type] = [
            Server.self, SSHKey.self, Sysuser.self, App.self, SSL.self, Database.self, Action.self,
        ]
        let type = try #require(types.first { $0.shape.name == shape.name }, "\(title)")
        #expect(try leftOver(type) as? JSONObject == [:], "\(title)")
        let missing = shape.fields.filter { $0.isRequired && value[$0.name] == nil }
        #expect(missing.isEmpty, "\(title) lacks \(missing.map(\.name))")
    }
}
