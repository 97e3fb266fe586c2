import LuaHost
import Testing

/// Seals: texts that stand for secrets, which scripts pass on and do not read.
@Suite("Seals")
struct SealTests {
    private static let seal = LuaSeal((0x0123_4567_89AB_CDEF, 1))
    private static let other = LuaSeal()

    private func run(_ source: String, methods: [HostFunction] = []) async throws(LuaError) -> [LuaValue] {
        let configuration = LuaHostConfiguration(limits: .patient, stringMethods: methods)
        let host = try LuaHost(configuration: configuration, modules: [testModule])
        return try await host.run(
            source: source, name: "x.lua", arguments: [.string(Self.seal.text), .string(Self.other.text)])
    }

    private static func opened(_ value: LuaValue) -> String? {
        guard case .string(let text) = value else { return nil }
        return LuaSeal.replacing(in: text) { $0 == seal ? "SECRET" : $0 == other ? "OTHER" : nil }
    }

    @Test("contain their bits, and two new seals differ")
    func made() {
        #expect(Self.seal.text == "\u{F8F0}0123456789abcdef0000000000000001\u{F8F1}")
        #expect(LuaSeal() != LuaSeal())
        #expect(LuaSeal.isIn("a\(Self.seal.text)b") && !LuaSeal.isIn("a\u{F8F0}0123\u{F8F1}"))
    }

    @Test("are replaced wherever they occur, and no other text is")
    func replaced() throws {
        let (one, two) = (Self.seal.text, Self.other.text)
        func opened(_ text: String) -> String? { Self.opened(.string(text)) }
        #expect(opened(one) == "SECRET" && opened("") == "" && opened("plain") == "plain")
        #expect(opened("é\(one)\(two)\u{F8F0}x\(one)\0") == "éSECRETOTHER\u{F8F0}xSECRET\0")
        // A mark without a whole seal behind it stays as it is.
        #expect(opened("\u{F8F0}\(one)") == "\u{F8F0}SECRET")
        let cut = String(one.dropLast())
        #expect(opened("\(cut)\(one)") == "\(cut)SECRET")
        let upper = one.uppercased()
        #expect(opened(upper) == upper)
        struct Stop: Error {}
        #expect(throws: Stop.self) { try LuaSeal.replacing(in: one) { _ throws(Stop) in throw Stop() } }
    }

    @Test("can be passed on and joined")
    func joined() async throws {
        let values = try await run(
            """
            local one, two = ...
            return "a" .. one .. 1 .. two, table.concat({ "a", one, two }, "-"), ("%s=%s"):format("x", one),
                ("{p}"):gsub("{p}", one), one:rep(2, ","), t.wait(one), tostring(two), t.echo({ k = { one } }).k[1]
            """)
        #expect(
            values.map(Self.opened) == [
                "aSECRET1OTHER", "a-SECRET-OTHER", "x=SECRET", "SECRET", "SECRET,SECRET", "SECRET", "OTHER",
                "SECRET",
            ])
        #expect(try await run("return (...) == t.echo(...), (...) == select(2, ...)") == [true, false])
    }

    @Test(
        "are rejected by functions that inspect, cut or change strings",
        arguments: [
            "byte()", "byte(-1)", "find('x')", "find('x', 1, true)", "gmatch('.')", "gsub('a', 'b')", "len()",
            "lower()",
            "match('^a')", "reverse()", "sub(2)", "sub(1, 5)", "sub(-3)", "upper()",
        ])
    func refused(_ call: String) async {
        let error = await #expect(throws: LuaError.self) { _ = try await run("return (...):\(call)") }
        #expect(error?.message.contains("cannot look into a secret") == true, "\(String(describing: error))")
        guard !["byte()", "byte(-1)"].contains(call) else { return }
        let joined = await #expect(throws: LuaError.self) { _ = try await run("return ('ab' .. ... .. 'cd'):\(call)") }
        #expect(joined?.message.contains("cannot look into a secret") == true, "\(String(describing: joined))")
    }

    @Test(
        "are rejected by formats and packed strings",
        arguments: [
            "('%q'):format(...)", "('%50s'):format(...)", "('%.3s'):format(...)", "string.pack('s', ...)",
            "string.unpack('s', ...)",
        ])
    func formats(_ expression: String) async {
        let error = await #expect(throws: LuaError.self) { _ = try await run("return \(expression)") }
        #expect(error?.message.contains("cannot look into a secret") == true, "\(String(describing: error))")
    }

    @Test("do not change the text beside them")
    func beside() async throws {
        let values = try await run(
            """
            local text = ("x"):rep(100) .. ... .. ("y"):rep(100)
            return text:sub(1, 100), text:sub(-100), text:byte(100), text:byte(139), pcall(string.sub, text, 1, 101),
                pcall(string.byte, text, 138)
            """)
        #expect(
            values.prefix(4) == [
                .string(String(repeating: "x", count: 100)), .string(String(repeating: "y", count: 100)), 120, 121,
            ])
        #expect(values[4] == false && values.dropFirst(5).contains(false))
        #expect(
            try await run("return ('abc'):sub(2), ('abc'):byte(), ('é'):len(), ('abc'):sub(0), ('abc'):sub(5)")
                == ["bc", 97, 2, "abc", ""])
    }

    @Test("cross between environments as the host decides, in arguments, results and functions")
    func crossing() async throws {
        let host = try LuaHost(configuration: LuaHostConfiguration(limits: .patient), modules: [testModule])
        let source = Array("return function(t, f) return t.s .. '!', f(t.s), t end".utf8)
        let environment = try await host.makeEnvironment()
        let made = try await host.call(try await host.load(source: source, name: "m.lua", in: environment))
        guard case .function(let function) = made.first else { return _ = Issue.record("\(made)") }
        let sealing = try await host.makeFunction(
            HostFunction("seal", sync: { [.string("<\(Self.opened($0[0]) ?? "")>")] }))
        let across = try await host.makeBoundary(of: function, sealing: sealing)
        let values = try await host.run(
            source:
                "local f, s = ... local a, b, c = f({ s = s, n = 1 }, function(x) return x .. s end) return a, b, c.s",
            name: "x.lua", arguments: [.function(across), .string(Self.seal.text)])
        #expect(values == ["<SECRET>!", "<<SECRET>SECRET>", "<SECRET>"])
        let plain = try await host.makeBoundary(of: function)
        let unchanged = try await host.run(
            source: "local f, s = ... return f({ s = s }, print)", name: "x.lua",
            arguments: [.function(plain), .string(Self.seal.text)])
        #expect(unchanged.first == .string(Self.seal.text + "!"))
    }

    @Test("strings have the methods that the host adds")
    func method() async throws {
        let reveal = HostFunction("reveal", sync: { [.string(Self.opened($0[0]) ?? "none")] })
        #expect(
            try await run("return (...):reveal(), ('x' .. ...):reveal(), (''):reveal()", methods: [reveal])
                == ["SECRET", "xSECRET", ""])
        #expect(try await run("return string.reveal, ('x').reveal") == [.nil, .nil])
        // A script reaches the table of the methods in no way.
        let kept = try await run(
            "pcall(function() getmetatable('').__index.reveal = nil end) string.reveal = 1 return ('x'):reveal()",
            methods: [reveal])
        #expect(kept == ["x"])
    }
}
