import Foundation
import LuaHost

/// Embeds Lua with a module `shop`, whose function `shelves` returns at once and `fetch` waits.
///
/// `lua-host-example [script.lua]` runs that script, or a built-in script. `lua-host-example --bench` measures.
@main
struct Example {
    static let shop = HostModule(
        name: "shop", documentation: "A shop with two shelves.",
        functions: [
            HostFunction(
                "shelves", results: ["string[]"], documentation: "The names of the shelves.",
                sync: { _ in [.table(["fruit", "bread"])] }),
            HostFunction(
                "fetch", parameters: [HostParameter("shelf", "string")], results: ["Item[]"],
                documentation: "What is on a shelf, after a while.", async: fetch),
        ])

    static func fetch(_ call: LuaCall) async throws -> [LuaValue] {
        let shelf = try call.arguments.string(0)
        try await Task.sleep(for: .milliseconds(20))
        switch shelf {
        case "fruit": return [.table([.table(["name": "apple", "price": 3]), .table(["name": "pear", "price": 4])])]
        case "bread": return [.table([.table(["name": "rye", "price": 2.5])])]
        default: throw call.arguments.invalid(0, "there is no shelf '\(shelf)'")
        }
    }

    static let script = """
        local total = 0
        for _, shelf in ipairs(shop.shelves()) do
            for _, item in ipairs(shop.fetch(shelf)) do
                print(shelf, item.name, item.price)
                total = total + item.price
            end
        end
        print("no such shelf:", pcall(shop.fetch, "cheese"))
        return total, shop.fetsch
        """

    static func main() async throws {
        let argument = CommandLine.arguments.dropFirst().first
        if argument == "--bench" { return try await Benchmark.run() }
        guard let source = argument.map({ try? String(contentsOfFile: $0, encoding: .utf8) }) ?? script else {
            FileHandle.standardError.write(Data("lua-host-example: cannot read \(argument ?? "") as UTF-8 text\n".utf8))
            exit(64)
        }
        let host = try LuaHost(configuration: LuaHostConfiguration(print: { print($0) }), modules: [shop])
        do {
            let results = try await host.run(source: source, name: argument ?? "built-in.lua")
            print("results:", results)
        } catch {
            print("\(error.code) error: \(error)")
            for frame in error.frames { print("    \(frame)") }
        }
    }
}
