import Foundation
import LuaHost
import SprunTesting

/// A program in the place of `sprun-lua` that does not keep to the protocol: a Python script, since it shares no code with
/// either end.
///
/// It answers what the host asks, until the first slices run; then it does what the test says.
struct HostileProcess {
    /// The kinds of `LuaProtocol.h`, and a loop that answers until RUN, with the walls that all stand.
    private static let prelude = """
        #!/usr/bin/python3
        import os, random, signal, struct, time
        OUTCOME, CALL, PRINT, ABANDON, STATISTICS, WALLS = 101, 102, 103, 104, 105, 106
        def send(kind, payload=b""):
            data = struct.pack("<IB", len(payload) + 1, kind) + payload
            while data:
                data = data[os.write(0, data):]
        def exactly(count):
            data = b""
            while len(data) < count:
                piece = os.read(0, count - len(data))
                if not piece: os._exit(0)
                data += piece
            return data
        def receive():
            count, = struct.unpack("<I", exactly(4))
            data = exactly(count)
            return data[0], data[1:]
        def outcome(status=0, operation=0, handle=(0, 0), data=b"", follows=0):
            send(OUTCOME, struct.pack("<BBQII", status, follows, operation, *handle) + data)
        def call(function, coroutine, data=b"\\0\\0\\0\\0", operation=0):
            send(CALL, struct.pack("<IIIIQ", *coroutine, function, 1, operation) + struct.pack("<I", 1) + b"x" + data)
        def text(words): return b"\\5" + struct.pack("<I", len(words)) + words
        def slices(data):
            data, parts = data[8:], []
            while data:
                count, = struct.unpack("<I", data[:4])
                parts.append(data[4:4 + count])
                data = data[4 + count:]
            return parts
        def answers(kinds=()):
            while True:
                kind, data = receive()
                if kind in kinds or kind == 8: return kind, data
                if kind == 1: send(WALLS, b"\\x0f\\0\\0\\0")
                elif kind == 13: send(STATISTICS, bytes(40))
                elif kind in (9, 10, 11): pass
                else: outcome()
        def together(count, limit=0):
            # Starts coroutines 1, 2, ... in slots of the same numbers, each of which waits once. Answers until the host
            # sends their next slices together.
            answers()
            functions = b"".join(b"\\7" + struct.pack("<II", 100 + i, 0) for i in range(count))
            call(3, (0, 0), struct.pack("<I", count + 1) + b"\\3" + struct.pack("<Q", limit) + functions, operation=1)
            outcome(1, operation=1)
            started = 0
            while started < (limit or count):
                parts = slices(answers()[1])
                for i in range(len(parts)):
                    started += 1
                    wait(started, 1 + started, follows=int(i + 1 < len(parts)))
            parts = slices(answers()[1])
            assert len(parts) == (limit or count) > 1
        def wait(slot, operation, follows=0, words=b"w"):
            call(1, (slot, 0), struct.pack("<I", 1) + text(words), operation=operation)
            outcome(1, operation=operation, follows=follows)
        def forbidden(slot, function=0, operation=0):
            call(function, (slot, 0), struct.pack("<I", 1) + text(b"forbidden"), operation=operation)

        """

    let path: String
    private let folder: URL

    /// Writes the program; `lines` are Python.
    init(_ lines: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "hostile-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "sprun-lua").path
        try Data((Self.prelude + lines + "\n").utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    }

    /// Runs a script on a host whose Lua is this program, `runs` times.
    ///
    /// - Returns: the error that a run ends with; `nil` when all end well.
    func failure(
        limits: LuaHostLimits = .patient, source: String = "", runs: Int = 1, calls: Recorder<String> = Recorder()
    ) async -> LuaError? {
        defer { try? FileManager.default.removeItem(at: folder) }
        let module = HostModule(
            name: "t",
            functions: [
                HostFunction(
                    "note",
                    sync: { arguments in
                        calls.add(arguments.values.description)
                        return []
                    }),
                HostFunction(
                    "wait",
                    async: { call in
                        calls.add(call.arguments.values.description)
                        return []
                    }),
                HostFunction("fail", sync: { _ in throw ShopError() }),
                HostFunction(
                    "together",
                    async: { call in
                        let limit = Int(try call.arguments.integer(0))
                        let functions = call.arguments.values.compactMap { value in
                            if case .function(let function) = value { LuaInvocation(function) } else { nil }
                        }
                        _ = try await call.concurrently(functions, limit: limit == 0 ? nil : limit)
                        return []
                    }),
            ])
        while true {
            do throws(LuaError) {
                let configuration = LuaHostConfiguration(limits: limits, isolation: .process(path))
                let host = try LuaHost(configuration: configuration, modules: [module])
                for _ in 0..<runs { _ = try await host.run(source: source, name: "x.lua") }
                return nil
            } catch {
                // Another test that started a program meanwhile holds the file open for some milliseconds (ETXTBSY).
                guard error.message.hasSuffix("Text file busy") else { return error }
                await Task.yield()
            }
        }
    }
}
