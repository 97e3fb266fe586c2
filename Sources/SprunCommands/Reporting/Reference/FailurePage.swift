internal import Groundwork

/// The explanation of a kind of failure: cause, a wrong and a right example, and the commands that lead on.
struct FailurePage: Report {
    let kind: FailureKind

    func lines(on page: Page) -> [String] {
        let style = page.style
        let width = page.width ?? NameList.usualWidth
        let head = "\(kind.number): \(kind.title) (\(kind.code), exit status \(kind.exit.rawValue))"
        var lines = head.rows(of: width) + [""] + kind.explanation.rows(of: width)
        guard let lesson = FailureLesson.all[kind.code] else { return lines }
        func section(_ title: String, _ text: String?) {
            guard let text else { return }
            let body = text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }
            lines += ["", style.bold(title)] + body
        }
        section("wrong", lesson.wrong?.text)
        section("right", lesson.right?.text)
        section("next", lesson.next.joined(separator: "\n"))
        return lines
    }

    var json: JSONValue {
        let lesson = FailureLesson.all[kind.code]
        func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        return [
            "format_version": 1, "number": .string(kind.number), "code": .string(kind.code),
            "exit_status": .integer(Int64(kind.exit.rawValue)), "title": .string(kind.title),
            "explanation": .string(kind.explanation), "wrong": text(lesson?.wrong?.text),
            "right": text(lesson?.right?.text), "next": .array((lesson?.next ?? []).map { .string($0) }),
        ]
    }
}
