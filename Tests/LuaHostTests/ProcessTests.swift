import Foundation
import LuaHost
import SprunTesting
import Testing

/// Lua in a process of its own: what the host makes of one that is broken or somebody else's.
///
/// That scripts see no difference is tried by running all other tests of this target with `SPRUN_LUA`, the path of the
/// program, in the environment; `scripts/check` does.
@Suite("Lua in a process of its own")
struct ProcessTests {
    private static func host(
        limits: LuaHostLimits = .patient, modules: [HostModule] = [testModule]
    ) throws -> LuaHost {
        try LuaHost(
            configuration: LuaHostConfiguration(limits: limits, isolation: try ownProcess()), modules: modules)
    }

    @Test func `a script calls host functions, waits, fails and returns as in this process`() async throws {
        let results = try await Self.host().run(
            source: """
                local sum = t.add(1, 2)
                local waited = t.wait("later")
                local ok, error = pcall(t.fail)
                local both = t.all{ function() return t.wait(1) end, function() return 2 end }
                return sum, waited, ok, error.code, both[1] + both[2]
                """, name: "test.lua")
        #expect(results == [3, "later", false, "sold_out", 3])
    }

    @Test(
        "a program that breaks the protocol ends the run with an error",
        arguments: [
            "os._exit(7)",
            "os.kill(os.getpid(), signal.SIGSEGV)",
            "answers(); os._exit(0)",
            "os.write(0, b'\\xff' * 100); time.sleep(60)",
            "answers(); os.write(0, struct.pack('<I', 0)); time.sleep(60)",
            "answers(); os.write(0, struct.pack('<I', 0xffffffff)); time.sleep(60)",
            "answers(); send(200); time.sleep(60)",
            "answers(); send(OUTCOME, b'\\0'); time.sleep(60)",
            "answers(); send(CALL); time.sleep(60)",
            "answers(); call(9999, (0, 0)); time.sleep(60)",
            "answers(); call(0, (0xffffffff, 0)); time.sleep(60)",
            "answers(); call(1, (0, 0), operation=0); time.sleep(60)",
            "answers(); call(1, (0, 0), operation=7); time.sleep(60)",
            "answers(); call(1, (0, 0), operation=1); call(1, (0, 0), operation=1); time.sleep(60)",
            "answers((6,)); call(0, (0, 0)); time.sleep(60)",
            "answers((6,)); send(PRINT, b'x'); time.sleep(60)",
            "answers((2,)); send(ABANDON, bytes(8)); time.sleep(60)",
            "answers((6,)); outcome(follows=1); time.sleep(60)",
            "answers(); call(0, (0, 0), b'\\xff\\xff\\xff\\xff'); time.sleep(60)",
            "answers(); call(0, (0, 0), b'\\1\\0\\0\\0\\x63'); time.sleep(60)",
            "answers(); call(0, (0, 0), b'\\1\\0\\0\\0' + (b'\\6\\1\\0\\0\\0' + bytes(8)) * 100000); time.sleep(60)",
            "answers(); call(0, (0, 0), b'\\1\\0\\0\\0\\x0b' + text(b'1,\"x\":2')[1:]); time.sleep(60)",
            "answers(); call(0, (0, 0), b'\\1\\0\\0\\0\\x0b' + text(b'-')[1:]); time.sleep(60)",
            "answers(); outcome(1, operation=1); time.sleep(60)",
            "answers(); call(1, (0, 0), operation=1); outcome(1, operation=2); time.sleep(60)",
            "answers(); call(0, (0, 0), struct.pack('<I', 10000000) + bytes(10000000)); time.sleep(60)",
            "answers(); outcome(data=struct.pack('<I', 10000000) + bytes(10000000)); time.sleep(60)",
            "answers(); outcome(data=b'\\1\\0\\0\\0' + (b'\\6\\1\\0\\0\\0' + bytes(8)) * 100000); time.sleep(60)",
            "answers(); outcome(follows=1); time.sleep(60)",
            "answers(); outcome(1, follows=1); time.sleep(60)",
        ])
    func breach(_ lines: String) async throws {
        let calls = Recorder<String>()
        let error = try await HostileProcess(lines).failure(calls: calls)
        #expect(error?.code == .host, "\(String(describing: error))")
        #expect(calls.all.isEmpty)
    }

    @Test func `what a hostile program does with functions that the run was given is done, and no more`() async throws {
        let calls = Recorder<String>()
        let error = try await HostileProcess(
            "answers(); call(0, (0, 0), b'\\1\\0\\0\\0' + text(b'hello')); receive(); outcome(); time.sleep(60)"
        ).failure(calls: calls)
        #expect(error == nil)
        #expect(calls.all.count == 1)
    }

    @Test func `an async call whose slice ended without its wait is not run for the next coroutine`() async throws {
        let calls = Recorder<String>()
        let error = try await HostileProcess(
            "answers(); call(1, (0, 0), operation=1); outcome(); answers(); outcome(1, operation=1); time.sleep(60)"
        ).failure(runs: 2, calls: calls)
        #expect(error?.code == .host, "\(String(describing: error))")
        #expect(calls.all.isEmpty)
    }

    // The host asks which errors are in use as soon as it holds 1,024 of them.
    @Test(arguments: [(1100, nil), (1101, LuaError.Code.host)])
    func `a program that names more errors than there are ends the run`(_ count: Int, _ code: LuaError.Code?)
        async throws
    {
        let error = try await HostileProcess(
            """
            answers()
            for _ in range(1100):
                call(2, (0, 0))
                receive()
            outcome()
            answers((12,))
            outcome(data=bytes(8 * \(count)))
            answers()
            outcome()
            time.sleep(60)
            """
        ).failure(runs: 2)
        #expect(error?.code == code, "\(String(describing: error))")
    }

    @Test func `an error record that is none is an error all the same`() async throws {
        for data in ["b''", "b'\\1\\0\\0\\0\\0'", "b'\\xff' * 50"] {
            let error = try await HostileProcess("answers(); outcome(2, data=\(data)); time.sleep(60)").failure()
            #expect(error != nil)
        }
    }

    @Test func `random messages end the run and not the host`() async throws {
        var random = TestRandom()
        for _ in 0..<20 {
            let lines = """
                random.seed(\(random.next()))
                answers()
                for _ in range(200):
                    kind = random.choice([OUTCOME, CALL, PRINT, ABANDON, STATISTICS, WALLS, 0, 255])
                    size = random.choice([0, 1, 7, 8, 17, 20, 40, 300])
                    head = struct.pack("<IIIIQI", 0, 0, random.choice([0, 0, 1, 7]), 1, random.choice([0, 1, 2]), 0)
                    body = bytes(random.choice([0, 1, 3, 5, 6, 7, 8, 255]) for _ in range(size))
                    send(kind, head + body if kind == CALL and random.random() < 0.8 else body)
                os._exit(0)
                """
            _ = try await HostileProcess(lines).failure()
        }
    }

    @Test(
        "a program that does nothing ends the run with an error",
        arguments: [
            ("answers(); time.sleep(60)", 0), ("receive(); time.sleep(60)", 0),
            // It reads nothing of a text that no buffer takes whole.
            ("receive(); send(WALLS, b'\\x0f\\0\\0\\0'); time.sleep(60)", 8 << 20),
        ])
    func stalls(_ lines: String, _ size: Int) async throws {
        var limits = LuaHostLimits.patient
        limits.stall = .milliseconds(400)
        let error = try await HostileProcess(lines).failure(
            limits: limits, source: String(repeating: " ", count: size))
        #expect(error?.code == .host, "\(String(describing: error))")
    }

    @Test func `a program that says nothing can be cancelled`() async throws {
        let hostile = try HostileProcess("answers(); time.sleep(600)")
        let run = Task { await hostile.failure() }
        try await Task.sleep(for: .milliseconds(500))
        run.cancel()
        #expect(await run.value?.code == .cancelled)
    }

    // It naps: it uses some CPU time, but it would take hours to reach the limit of a slice.
    @Test(.timeLimit(.minutes(1)), arguments: ["answers()", "answers((6,))"])
    func `a program that naps instead of an answer can be cancelled`(_ lines: String) async throws {
        let hostile = try HostileProcess("\(lines)\nwhile True: time.sleep(0.01)")
        let run = Task { await hostile.failure() }
        try await Task.sleep(for: .milliseconds(500))
        run.cancel()
        #expect(await run.value?.code == .cancelled)
    }

    @Test func `a program that computes without end is ended at the limit of a slice`() async throws {
        var limits = LuaHostLimits()
        limits.slice = .milliseconds(200)
        let error = try await HostileProcess("answers()\nwhile True: pass").failure(limits: limits)
        #expect(error?.code == .cpuBudget, "\(String(describing: error))")
    }

    @Test func `a program that passes the limit of a slice and then naps is ended as one that computed too long`()
        async throws
    {
        var limits = LuaHostLimits()
        limits.slice = .milliseconds(200)
        let lines = "answers()\nbegan = time.process_time()\nwhile time.process_time() < began + 0.35: pass\n"
        let error = try await HostileProcess(lines + "while True: time.sleep(0.01)").failure(limits: limits)
        #expect(error?.code == .cpuBudget, "\(String(describing: error))")
    }

    @Test func `the time that a thread computed before a process starts does not count`() async throws {
        var limits = LuaHostLimits()
        limits.slice = .milliseconds(1)
        let hostile = try HostileProcess("answers(); outcome(); time.sleep(60)")
        // The seconds and nanoseconds of a timespec, whose members optimized builds find in another module.
        var time = (0, 0)
        repeat {
            withUnsafeMutablePointer(to: &time) { time in
                _ = time.withMemoryRebound(to: timespec.self, capacity: 1) {
                    clock_gettime(CLOCK_THREAD_CPUTIME_ID, $0)
                }
            }
        } while time.0 == 0 && time.1 < 600_000_000
        let error = await hostile.failure(limits: limits)
        #expect(error == nil)
    }

    @Test func `a program that is not there, or no program, is an error that names it`() {
        for path in ["/nowhere/sprun-lua", "/etc/passwd"] {
            let error = #expect(throws: LuaError.self) {
                try LuaHost(configuration: LuaHostConfiguration(isolation: .process(path)))
            }
            #expect(error?.code == .host)
            #expect(error?.message.contains(path) == true)
        }
    }

    #if os(Linux)
        @Test func `the process has no descriptor but its socket, no environment, and every wall`() async throws {
            let look = HostFunction("look", sync: { _ in [.string(Self.children().joined(separator: "\n"))] })
            let host = try Self.host(modules: [HostModule(name: "m", functions: [look])])
            let results = try await host.run(source: "return m.look()", name: "test.lua")
            guard case .string(let seen)? = results.first else { throw PlainError() }
            let lines = seen.split(separator: "\n")
            #expect(lines.contains("descriptors 0"))
            #expect(lines.contains("environment 0"))
            #expect(lines.contains("NoNewPrivs:\t1"))
            #expect(lines.contains("Seccomp:\t2"))
            #expect(lines.contains { $0.hasPrefix("Max processes") && $0.contains(" 0 ") })
            #expect(lines.contains { $0.hasPrefix("Max open files") && $0.contains(" 0 ") })
        }

        /// What the kernel says of the processes that run Lua for this one.
        private static func children() -> [String] {
            let manager = FileManager.default
            let pids = ((try? manager.contentsOfDirectory(atPath: "/proc")) ?? []).filter { Int($0) != nil }
            return pids.flatMap { pid -> [String] in
                let read = { (name: String) in
                    (try? String(contentsOfFile: "/proc/\(pid)/\(name)", encoding: .utf8)) ?? ""
                }
                let status = read("status").split(separator: "\n").map(String.init)
                guard status.contains("PPid:\t\(getpid())"), status.contains("Name:\tsprun-lua") else { return [] }
                let descriptors = (try? manager.contentsOfDirectory(atPath: "/proc/\(pid)/fd")) ?? ["?"]
                return status + read("limits").split(separator: "\n").map(String.init) + [
                    "descriptors \(descriptors.joined(separator: " "))", "environment \(read("environ").utf8.count)",
                ]
            }
        }
    #endif
}
