import LuaHost

@main
struct Example {
    static func main() async throws {
        let host = try LuaHost(modules: [])
        print(try await host.run(source: "return 1 + 1", name: "x.lua"))
    }
}
