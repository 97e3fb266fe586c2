import Subprocess
import Testing

/// Pages of recipes of others, whose texts must not become part of the page's own structure.
@Suite("sprun doc")
struct DocCommandTests {
    private static func page(_ members: String, _ flags: String...) async throws -> [String] {
        let user = try User()
        try user.write(
            "a.lua", "return recipe { name = 'a', version = '1.0.0', \(members), run = function() end }")
        let run = try await user.launch(["doc"] + flags + ["a.lua"]).run()
        #expect(run.status == .exited(0), "\(run)")
        return run.lines
    }

    @Test("an author's texts cannot create headings, fences, comments or tags in Markdown")
    func markdown() async throws {
        let lines = try await Self.page(
            """
            summary = '# s <!--', author = '<b>',
            description = 'x\\n\\n## Needs\\n\\n- nothing\\n===\\n```\\n<!-- `y`\\n.\\u{301}',
            params = { p = param.string{ default = 'a\\n# b|', doc = '`\\u{301}x' } },
            returns = { ['`r`'] = 'string' }, examples = { '```', '<x> ````' }, needs = { ssh = true }
            """)
        #expect(
            lines == [
                "# a", "", "\\# s \\<!--", "", "> x", ">", "> \\## Needs", ">", "> \\- nothing", "> \\===", "> \\```",
                "> \\<!-- `y`", "> .\u{301}", "", "## Parameters", "", "| name | type | description |", "|---|---|---|",
                "| `p` | string, default a # b\\| | \\`\u{301}x |", "", "## Needs", "",
                "- ssh to EVERY HOST that your keys, agent and configuration reach", "", "## Returns", "",
                "- \\`r\\`: string", "", "## Examples", "", "`````sh", "```", "<x> ````", "`````", "",
                "version 1.0.0, by \\<b\\>",
            ], "\(lines.joined(separator: "\n"))")
    }

    @Test("an author's texts cannot create requests or escapes in roff")
    func manPage() async throws {
        let lines = try await Self.page(
            """
            summary = "\\\\h'|0'", author = '.so z', description = ".so x\\n'so y\\n.\\u{301}so z\\n\\\\\\u{301}",
            params = { p = param.string{ default = '\\\\X"\\n.sy id', doc = '.x', example = '-' } }, examples = { "'pi" }
            """, "--man")
        #expect(
            lines == [
                #".TH "A" 1 "" "a 1.0.0" "Recipes of sprun""#, ".SH NAME", #"a \- \eh'|0'"#, ".SH DESCRIPTION",
                #"\&.so x"#, #"\&'so y"#, #"\&.\[u0301]so z"#, #"\e\[u0301]"#, ".SH PARAMETERS", ".TP",
                #".BI "p" "  string, default \eX\(dq .sy id, such as \-""#, #"\&.x"#, ".SH NEEDS",
                "nothing: it only reads", ".br", ".SH EXAMPLES", #"\&'pi"#, ".br", ".SH ABOUT",
                "version 1.0.0, by .so z", ".br",
            ], "\(lines.joined(separator: "\n"))")
    }
}
