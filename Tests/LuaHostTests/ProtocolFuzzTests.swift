import SprunTesting

#if os(Linux)
    import Foundation
    import LuaHost
    import Synchronization
    import Testing

    /// Random messages from a program in the place of `sprun-lua`.
    ///
    /// The program is `Scripts/hostile.c`. It sends valid messages until it breaks the protocol, and the host then ends it.
    /// So the test counts the messages that hosts have parsed, valid or not. `SPRUN_FUZZ_MESSAGES` says how many, and
    /// `SPRUN_SEED` repeats a run.
    @Suite("Random messages of the process that runs Lua")
    struct ProtocolFuzzTests {
        /// The most runs on a host.
        private static let runsPerHost = 20
        /// The most time for a run, far above what it takes on a busy machine: one that takes longer hangs.
        private static let longestRun: Duration = .seconds(240)

        @Test func `a hostile process never traps or hangs the host, and calls only what it may`() async throws {
            let environment = ProcessInfo.processInfo.environment
            let wanted = environment["SPRUN_FUZZ_MESSAGES"].flatMap(Int.init) ?? 20_000
            let program = try Program()
            defer { program.remove() }
            var random = TestRandom()
            var (parsed, hosts, results, errors) = (0, 0, 0, [String: Int]())
            let clock = ContinuousClock()
            let start = clock.now
            while parsed < wanted {
                let watch = Watch()
                let end = await Self.useHost(program.path, seed: random.next(), watch)
                for (code, count) in end.errors { errors[code, default: 0] += count }
                results += end.results
                hosts += 1
                parsed += watch.messages
                let faults = watch.faults
                #expect(faults.isEmpty, "host \(hosts) of SPRUN_SEED=\(random.seed): \(faults)")
                guard faults.isEmpty else { return }
            }
            print("protocol: \(parsed) messages of \(hosts) processes in \(clock.now - start)")
            print("protocol: \(results) runs with a result, errors \(errors.sorted { $0.key < $1.key })")
            #expect(results > 0)
            #expect(errors["host", default: 0] > 0)
        }

        /// Runs scripts on a host until its process is gone.
        private static func useHost(
            _ path: String, seed: UInt64, _ watch: Watch
        ) async -> (results: Int, errors: [String: Int]) {
            var (results, errors) = (0, [String: Int]())
            var limits = LuaHostLimits.patient
            limits.stall = .milliseconds(300)
            do throws(LuaError) {
                let configuration = LuaHostConfiguration(
                    limits: limits, seed: seed, isolation: .process(path), print: watch.printed)
                let host = try LuaHost(configuration: configuration, modules: [watch.module])
                for _ in 0..<runsPerHost {
                    watch.begin()
                    let clock = ContinuousClock()
                    let start = clock.now
                    defer { if clock.now - start > longestRun { watch.fault("a run took \(clock.now - start)") } }
                    do throws(LuaError) {
                        _ = try await host.run(source: "return 1", name: "x.lua")
                        results += 1
                    } catch {
                        errors["\(error.code)", default: 0] += 1
                        if error.code == .host { throw error }
                    }
                }
            } catch {
                if watch.messages == 0 { watch.count(1) }
                errors["\(error.code)", default: 0] += 1
            }
            return (results, errors)
        }
    }

    /// A record of the calls and the printed lines of a host.
    private final class Watch: Sendable {
        /// The most messages of a program between two lines that count them.
        private static let longestGap = 1000

        private struct State {
            var messages = 0
            /// The coroutine of the program that each coroutine of the run belongs to.
            var owners: [String: String] = [:]
            var faults: [String] = []
        }
        private let state = Mutex(State())

        /// The messages of the program that the host has parsed.
        var messages: Int { state.withLock { $0.messages } }
        var faults: [String] { state.withLock { $0.faults } }

        func begin() { state.withLock { $0.owners = [:] } }
        func count(_ messages: Int) { state.withLock { $0.messages += messages } }
        func fault(_ text: String) { state.withLock { $0.faults.append(text) } }

        /// Takes a line such as `#42`; changed messages can contain other numbers.
        func printed(_ line: String) {
            guard line.hasPrefix("#"), let number = Int(line.dropFirst()) else { return }
            state.withLock { state in
                if number > state.messages, number < state.messages + Self.longestGap { state.messages = number }
            }
        }

        /// Checks that the program may call a function, and that one coroutine of the program calls for one of the run.
        private func see(_ arguments: LuaArguments, _ path: LuaCoroutinePath) {
            if !arguments.values.allSatisfy(Self.isSound) { fault("\(arguments.values) are no values of Lua") }
            guard case .string(let tag) = arguments[0] else { return }
            state.withLock { state in
                if tag == "forbidden" { state.faults.append("a call ran that the host must refuse, at \(path)") }
                guard tag.hasPrefix("c"), Int(tag.dropFirst()) != nil else { return }
                let owner = state.owners["\(path)", default: tag]
                if owner != tag { state.faults.append("\(tag) called for \(owner) at \(path)") }
                state.owners["\(path)"] = owner
            }
        }

        /// Whether all large integers in a value are digits.
        private static func isSound(_ value: LuaValue) -> Bool {
            switch value {
            case .largeInteger(let digits): digits.wholeMatch(of: /-?[0-9]+/) != nil
            case .table(let table):
                table.array.allSatisfy(isSound) && table.fields.allSatisfy { isSound($0.value) }
                    && table.sparse.allSatisfy { isSound($0.value) }
            default: true
            }
        }

        /// The functions in the order that `hostile.c` knows.
        var module: HostModule {
            HostModule(
                name: "t",
                functions: [
                    HostFunction(
                        "note", parameters: [.init("tag", "string")],
                        sync: { [self] arguments in
                            see(arguments, arguments.coroutine)
                            return [arguments[1]]
                        }),
                    HostFunction(
                        "wait",
                        async: { [self] call in
                            see(call.arguments, call.path)
                            await Task.yield()
                            return [call.arguments[1]]
                        }),
                    HostFunction(
                        "both",
                        async: { [self] call in
                            see(call.arguments, call.path)
                            let functions = call.arguments.values.compactMap { value in
                                if case .function(let function) = value { function } else { nil }
                            }
                            let results = try await call.concurrently(functions.map { LuaInvocation($0) })
                            return results.map { $0.first ?? .nil }
                        }),
                ])
        }
    }

    /// `hostile.c`, compiled into a folder of its own.
    private struct Program {
        let path: String
        private let folder: URL

        init() throws {
            folder = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            path = folder.appending(path: "sprun-lua").path
            let source = ReferenceTests.folder.appending(path: "hostile.c")
            let headers = ReferenceTests.folder.appending(path: "../../../Sources/CLuaBridge/include")
            let compiler = Process()
            compiler.executableURL = URL(filePath: "/usr/bin/env")
            compiler.arguments = ["clang", "-std=gnu11", "-O1", "-I\(headers.path)", source.path, "-o", path]
            try compiler.run()
            compiler.waitUntilExit()
            guard compiler.terminationStatus == 0 else {
                throw PlainError(description: "clang cannot compile hostile.c")
            }
        }

        func remove() { try? FileManager.default.removeItem(at: folder) }
    }
#endif
