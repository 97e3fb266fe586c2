import RecipeEngine
import Testing

@testable import SecureShell

/// What runners say.
@Suite("Reading the runner", .timeLimit(.minutes(3)))
struct RunnerReaderTests {
    private static let talk = "Welcome!\nsprun-runner 1\ns new\nh\no 5\na\nb\ncx 1 2 3\n"
    private static let events: [RunnerEvent] = [
        .greeted, .begun(before: false), .running, .wrote(.output, Array("a\nb\nc".utf8)),
        .ended(status: 1, output: 2, error: 3),
    ]

    @Test("any split of the output into pieces gives the same result", arguments: 1...40)
    func pieces(size: Int) {
        var reader = RunnerReader()
        var events: [RunnerEvent] = []
        var rest = Array(Self.talk.utf8)[...]
        while !rest.isEmpty {
            events += reader.read(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        var joined: [RunnerEvent] = []
        for event in events {
            if case .wrote(let stream, let bytes) = event, case .wrote(_, let before)? = joined.last {
                joined[joined.count - 1] = .wrote(stream, before + bytes)
            } else {
                joined.append(event)
            }
        }
        #expect(joined == Self.events)
    }

    @Test(
        "invalid output is rejected",
        arguments: ["o -1\n", "o 0\n", "o 1048577\n", "x 1 2\n", "x 256 0 0\n", "x 1 -2 3\n", "y\n", "\n", "h h\n"])
    func garbled(line: String) {
        var reader = RunnerReader()
        #expect(reader.read(Array("sprun-runner 1\n\(line)".utf8)) == [.greeted, .garbled])
        #expect(reader.read(Array("h\n".utf8)) == [])
    }

    @Test("endless output is rejected")
    func endless() {
        var reader = RunnerReader()
        let noise = Array(repeating: UInt8(0x41), count: 40_000)
        #expect(reader.read(noise) == [])
        #expect(reader.read(noise) == [.garbled])
        var lines = RunnerReader()
        #expect(lines.read(Array(String(repeating: "motd\n", count: 20_000).utf8)) == [.garbled])
    }

    @Test("half a runner does nothing, and the whole runner has no quote that a login shell would interpret")
    func command() {
        let command = RunnerRequest.command
        #expect(command.wholeMatch(of: #/exec sh -c 'eval "\$\(dd bs=1 count=[0-9]+ 2>\/dev/null\)"'/#) != nil)
    }
}
