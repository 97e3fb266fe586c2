import Groundwork
import RecipeEngine
import ServerPilotSimulator
import SprunTesting
import Testing

@Suite("sp.short_name")
struct ShortNameTests {
    let runner = RecipeStage()

    private func name(_ text: String, _ limit: Int) async -> String? {
        let report = await runner.run(
            "return { name = sp.short_name(sp.params.text, \(limit)) }", parameters: ["text": text])
        return report.result?["name"]?.stringValue
    }

    @Test("keeps a valid name", arguments: ["acme", "shop-pr-7", "7up", "a23456789012345678901234567890"])
    func kept(_ text: String) async {
        #expect(await name(text, 30) == text)
    }

    @Test(
        "returns valid, distinct names for shortened or changed texts",
        arguments: [
            ("averylongprojectname-pr-1", "averylongprojectname-pr-2", 16),
            ("shop-production-one", "shop-production-two", 16), ("my_shop", "my-shop", 30),
            ("shop.acme", "shop-acme", 30),
            ("bücher", "bécher", 30), ("x-averyvery", "x-averyvery-", 12), ("---ab", "ab", 8),
        ])
    func cut(_ first: String, _ second: String, _ limit: Int) async throws {
        let names = [try #require(await name(first, limit)), try #require(await name(second, limit))]
        #expect(names[0] != names[1])
        for name in names {
            #expect(name.count <= limit)
            #expect(name.wholeMatch(of: #/[a-z0-9]([a-z0-9-]*[a-z0-9])?/#) != nil, "\(name)")
        }
        #expect(await name(first, limit) == names[0], "the same each time")
    }

    @Test("returns different names for texts with the same beginning")
    func distinct() async {
        let report = await runner.run(
            """
            local seen, count = {}, 0
            for i = 1, 5000 do
                local name = sp.short_name("averylongprojectname-pr-" .. i, 16)
                if not seen[name] then seen[name], count = true, count + 1 end
            end
            return { count = count }
            """)
        #expect(report.result?["count"] == 5000, "\(report.failure?.description ?? "")")
    }

    @Test(
        "rejects texts without a letter or digit, texts over 64 KiB, and limits that are too small",
        arguments: [
            ("", 30), ("--", 30), ("acme", 7), ("acme", 65), (String(repeating: "a", count: 64 << 10 + 1), 30),
        ])
    func refused(_ text: String, _ limit: Int) async {
        #expect(await name(text, limit) == nil)
    }
}
