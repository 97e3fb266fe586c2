import Groundwork
import OrderedCollections
import ServerPilot
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("FaultPlan")
struct FaultPlanTests {
    static let texts = [
        "create_app:2=reply_lost", "*=503", "reads:first-3=408,effect=done", "writes:10%=closed",
        "apps:every-7=closed,effect=done", "create_db=throttled,retry_after=9s", "*:0.5%=delay,time=1500ms",
        "*=drip,time=60s", "*=truncated", "*=truncated,length=short,keep=12", "*=wrong_json",
        "*=wrong_json,body=shape", "*=wrong_json,body=huge,size=70000000", "create_app=late,after=1s,patience=60s",
        "*=action_slow,factor=2.5", "*=action_error", "*=action_error,effect=none",
        #"update_app:1=rival,when=after,call=update_app,arguments={"id":"{id}","domains":["{current.domains}","x.example"]}"#,
    ]

    @Test("a fault prints its short form, which reads back as the same fault", arguments: texts)
    func text(_ text: String) throws {
        #expect(try Fault(text: text).description == text)
    }

    @Test("a written document reads back the same, with its version")
    func document() throws {
        let plan = FaultPlan(
            try Self.texts.map { try Fault(text: $0) },
            connections: [.init("www*", after: .seconds(90)), .init(after: nil)])
        #expect(try FaultPlan(bytes: plan.document.bytes) == plan)
        #expect(plan.document["format_version"] == 1)
        #expect(try FaultPlan(bytes: Array("{}".utf8)) == FaultPlan())
    }

    @Test("the guide's own document is a valid plan, and the guide names every kind")
    func guide() throws {
        let json = try #require(Fault.guide.firstRange(of: "{ \"faults\"").map { Fault.guide[$0.lowerBound...] })
        let end = try #require(json.lastIndex(of: "}"))
        let plan = try FaultPlan(bytes: Array(json[...end].utf8))
        #expect(plan.faults.count == 3)
        #expect(plan.connections.count == 2)
        #expect(Fault.guide.split(separator: "\n").allSatisfy { $0.count <= 110 })
    }

    @Test(
        "a mistake in a document is reported with its JSON path and the nearest name",
        arguments: [
            ("[]", "$: must be an object, not array"),
            ("{", "$: it is not JSON: "),
            (#"{"fualts":[]}"#, "$: unknown key 'fualts'; did you mean 'faults'?"),
            (#"{"format_version":2}"#, "$.format_version: must be 1"),
            (#"{"faults":{}}"#, "$.faults: must be an array, not object"),
            (#"{"faults":[7]}"#, "$.faults[0]: must be an object, not integer"),
            (#"{"faults":[{}]}"#, "$.faults[0]: 'fault' is missing"),
            (#"{"faults":[{"falt":"closed"}]}"#, "$.faults[0]: unknown key 'falt'; did you mean 'fault'?"),
            (
                #"{"faults":[{"fault":"closed"},{"fault":"reply_lots"}]}"#,
                "$.faults[1].fault: unknown fault 'reply_lots'; did you mean 'reply_lost'?"
            ),
            (
                #"{"faults":[{"fault":"closed","opration":"*"}]}"#,
                "$.faults[0]: unknown key 'opration'; did you mean 'operation'?"
            ),
            (
                #"{"faults":[{"fault":"closed","operation":"creat_app"}]}"#,
                "$.faults[0].operation: unknown operation 'creat_app'; did you mean 'create_app'?"
            ),
            (#"{"faults":[{"fault":"closed","time":"1s"}]}"#, "$.faults[0]: unknown key 'time'; known: "),
            (
                #"{"faults":[{"fault":"closed","effect":"dine"}]}"#,
                "$.faults[0].effect: unknown value 'dine'; did you mean 'done'?"
            ),
            (#"{"faults":[{"fault":"closed","nth":0}]}"#, "$.faults[0].nth: must be 1 to"),
            (#"{"faults":[{"fault":"closed","nth":"2"}]}"#, "$.faults[0].nth: must be a whole number, not \"2\""),
            (
                #"{"faults":[{"fault":"closed","nth":2,"first":3}]}"#,
                "$.faults[0]: nth and first cannot be combined"
            ),
            (#"{"faults":[{"fault":"closed","probability":1.5}]}"#, "$.faults[0].probability: must be more than 0"),
            (#"{"faults":[{"fault":"closed","probability":0}]}"#, "$.faults[0].probability: must be more than 0"),
            (#"{"faults":[{"fault":"status"}]}"#, "$.faults[0]: 'status' is missing, which status needs"),
            (#"{"faults":[{"fault":"status","status":200}]}"#, "$.faults[0].status: must be 400 to 599, not 200"),
            (#"{"faults":[{"fault":"delay","time":5}]}"#, "$.faults[0].time: must be a time such as"),
            (#"{"faults":[{"fault":"delay","time":"2d"}]}"#, "$.faults[0].time: must be at most 86400s"),
            (
                #"{"faults":[{"fault":"throttled","retry_after":"1500ms"}]}"#,
                "$.faults[0].retry_after: must be whole seconds"
            ),
            (#"{"faults":[{"fault":"wrong_json","size":100}]}"#, "$.faults[0].size: is only for body=huge"),
            (#"{"faults":[{"fault":"action_slow","factor":0}]}"#, "$.faults[0].factor: must be more than 0"),
            (#"{"faults":[{"fault":"rival"}]}"#, "$.faults[0]: 'call' is missing, which rival needs"),
            (#"{"faults":[{"fault":"rival","call":"apps"}]}"#, "$.faults[0].call: must change the account"),
            (
                #"{"faults":[{"fault":"rival","call":"delete_app","arguments":{"ids":"x"}}]}"#,
                "$.faults[0].arguments: unknown key 'ids'; did you mean 'id'?"
            ),
            (#"{"servers":[{"name":"*"}]}"#, "$.servers[0]: 'connect_after' is missing"),
            (#"{"servers":[{"connect_after":"soon"}]}"#, "$.servers[0].connect_after: must be a time"),
        ])
    func mistakes(_ text: String, _ message: String) {
        let error = #expect(throws: FaultPlanError.self) { try FaultPlan(bytes: Array(text.utf8)) }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }

    @Test(
        "a mistake in the short form is reported",
        arguments: [
            ("reply_lost", "a fault is OPERATION[:CALLS]=KIND"), ("=reply_lost", "a fault is OPERATION[:CALLS]=KIND"),
            ("create_app:x=503", "calls must be 2, first-3, every-3 or 10%, not 'x'"),
            ("create_app=", "unknown fault ''"), ("create_app=lost", "unknown fault 'lost'"),
            ("create_app=delay,5s", "'5s' has no value: write KEY=VALUE"),
            ("*=delay,time=5s,time=6s", "appears twice"),
            ("*=700", "must be 400 to 599, not 700"), ("*=truncated,keep=-1", "must be 0 to"),
            ("*=rival,call=delete_app,arguments={id", "is not JSON"),
            ("*:200%=503", "must be more than 0 and at most 1"),
            ("*=503,operation=apps", "appears twice"), ("*=503,first=2x", "must be a whole number"),
        ])
    func textMistakes(_ text: String, _ message: String) {
        let error = #expect(throws: FaultPlanError.self) { try Fault(text: text) }
        #expect(error?.reason.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("the number of faults is limited")
    func limit() {
        let fault: JSONValue = ["fault": "reply_lost"]
        let error = #expect(throws: FaultPlanError.self) {
            try FaultPlan(document: ["faults": .array(Array(repeating: fault, count: 1001))])
        }
        #expect(error?.code == .tooMany)
    }

    @Test(
        "calls are counted from the moment at which the fault was set",
        arguments: [
            ("2", [false, true, false, false, false, false]), ("first-2", [true, true, false, false, false, false]),
            ("every-3", [false, false, true, false, false, true]), ("100%", [true, true, true, true, true, true]),
        ] as [(String, [Bool])])
    func triggers(_ calls: String, _ expected: [Bool]) throws {
        let operation = try #require(Operation.named("create_app"))
        let other = try #require(Operation.named("create_db"))
        var state = FaultState(FaultPlan([try Fault(text: "create_app:\(calls)=reply_lost")]))
        for _ in 0..<2 {
            let found = (0..<6).map { _ in
                #expect(state.decide(other).isEmpty)
                return !state.decide(operation).isEmpty
            }
            #expect(found == expected)
            #expect(state.counts.map(\.calls) == [6])
            #expect(state.counts.map(\.struck) == [expected.count { $0 }])
            let plan = state.plan
            state.removeAll()
            state.add(plan)
        }
    }

    @Test("reads, writes and * are groups of operations")
    func groups() throws {
        for operation in Operation.all {
            var state = FaultState(
                FaultPlan(try ["reads=501", "writes=502", "*=503"].map { try Fault(text: $0) }))
            let struck = state.decide(operation).map(\.description)
            #expect(struck == [operation.changesAccount ? "writes=502" : "reads=501", "*=503"])
        }
    }

    @Test("a seed repeats the sequence of faults, at about the given probability; another seed differs")
    func determinism() throws {
        let seed = TestRandom.seed()
        let operation = try #require(Operation.named("apps"))
        func sequence(_ seed: UInt64) throws -> [Bool] {
            var state = FaultState(
                FaultPlan([try Fault(text: "apps:25%=503")]), random: SeededRandom(seed: seed))
            return (0..<4000).map { _ in !state.decide(operation).isEmpty }
        }
        let first = try sequence(seed)
        #expect(try sequence(seed) == first)
        #expect(try sequence(seed &+ 1) != first)
        // Six standard deviations.
        #expect((836...1164).contains(first.count { $0 }))
    }

    @Test(
        "names of servers are matched with patterns",
        arguments: [
            ("*", "anything", true), ("www1", "www1", true), ("www1", "www11", false), ("www*", "www1", true),
            ("www*", "ww", false), ("*.example", "a.example", true), ("a*b*c", "a-b-c", true), ("a*b*c", "acb", false),
            ("a*a", "a", false), ("a*b*b", "a-b", false), ("", "", true), ("", "x", false), ("**", "x", true),
        ])
    func patterns(_ pattern: String, _ name: String, _ fits: Bool) async throws {
        guard !name.isEmpty else { return }
        let stage = Stage(faults: FaultPlan(connections: [.init(pattern, after: .zero)]))
        let reply = try? await stage.call("create_server", ["name": .string(name)])
        guard let id = reply?.data["id"] else { return }
        let connection = try await stage.call("server", ["id": id]).data["lastconn"]
        #expect((connection != .null) == fits)
    }
}
