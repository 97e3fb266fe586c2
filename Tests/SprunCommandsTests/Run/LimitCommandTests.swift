import Subprocess
import Testing

@Suite("The limits of a run", .timeLimit(.minutes(5)))
struct LimitCommandTests {
    @Test(
        "the CPU time of a recipe is limited by --max-cpu, also in functions without hooks (exit status 8)",
        arguments: [
            "while true do end", "while true do sp.servers() end", "while true do pcall(sp.sleep, 0) end",
            // One instruction of Lua, which takes minutes.
            "local c = print for i = 1, 300000 do c = setmetatable({}, { __call = c }) end c()",
        ])
    func cpu(lua: String) async throws {
        let user = try User()
        let run = try await user.sprun("run", "--simulate", "--max-cpu", "1", "-e", lua)
        #expect(run.status == .exited(8) && run.error.contains("error[SP0602]"), "\(run)")
        let json = try await user.sprun("run", "--simulate", "--json", "--max-cpu", "1", "-e", lua)
        #expect(json.status == .exited(8) && json.output.contains("cpu_limit"), "\(json)")
    }

    @Test(
        "the memory of a recipe and of the host for it is limited by --max-memory (exit status 8)",
        arguments: [
            "local t = {} while true do t[#t + 1] = ('x'):rep(1000) end", "print(('x'):rep(16000000))",
            "local r, t = {}, {} for i = 1, 2000 do r[i] = true end for i = 1, 2000 do t[i] = r end sp.result(t)",
        ])
    func memory(lua: String) async throws {
        let run = try await User().sprun("run", "--simulate", "--max-memory", "48", "-e", lua)
        #expect(run.status == .exited(8) && run.error.contains("error[SP0601]"), "\(run)")
    }
}
