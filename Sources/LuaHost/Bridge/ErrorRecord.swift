import CLuaBridge

/// The bridge's record of an error: kind, message, value, id of the Swift error, frames.
struct ErrorRecord {
    private let kind: Int
    private let message: String
    private let value: LuaValue
    private let id: UInt64
    private let frames: [LuaFrame]
    private let chunk: String?

    /// Reads a record; `chunk` is the name of the chunk being loaded, nil if code was running.
    init(_ values: [LuaValue], chunk: String?) {
        self.chunk = chunk
        guard values.count == 5, case .integer(let kind) = values[0], case .string(let message) = values[1],
            case .integer(let id) = values[3], case .table(let frames) = values[4]
        else {  // the bridge had no memory to describe the error
            self.kind = LUABRIDGE_ERROR_MEMORY
            self.message = "not enough memory"
            self.value = .nil
            self.id = 0
            self.frames = []
            return
        }
        self.kind = Int(kind)
        self.message = message
        self.value = values[2]
        self.id = UInt64(bitPattern: id)
        self.frames = frames.array.compactMap(Self.frame)
    }

    private static func frame(_ value: LuaValue) -> LuaFrame? {
        guard case .table(let table) = value, table.array.count == 3, case .string(let source) = table.array[0],
            case .integer(let line) = table.array[1], case .string(let function) = table.array[2]
        else { return nil }
        return LuaFrame(source: source, line: line < 0 ? nil : Int(line), function: function)
    }

    /// Returns the error for callers.
    ///
    /// `underlying` finds the Swift error by id, or by message if the id is 0.
    func error(underlying: (UInt64, String) -> (any Error)?) -> LuaError {
        let innermost = frames.first { $0.line != nil }
        var site = innermost.map { LuaCallSite(source: $0.source, line: $0.line ?? 0) }
        var text = message
        if case .string = value, let position = Position(of: message, sources: sources) {
            site = position.site
            text = position.rest
        }
        return LuaError(
            code: code, message: text, value: value, frames: frames, site: site, underlying: underlying(id, text))
    }

    private var sources: Set<String> {
        var sources = Set(frames.map(\.source))
        if let chunk { sources.insert(chunk) }
        return sources
    }

    private var code: LuaError.Code {
        switch kind {
        case LUABRIDGE_ERROR_SYNTAX: return .syntax
        case LUABRIDGE_ERROR_MEMORY: return .memory
        case LUABRIDGE_ERROR_VALUES: return .values
        case LUABRIDGE_ERROR_CANCELLED: return .cancelled
        case LUABRIDGE_ERROR_CPU: return .cpuBudget
        case LUABRIDGE_ERROR_HOST: return .host
        default:
            // Only its text distinguishes a stack overflow from other errors.
            guard case .string(let text) = value else { return .runtime }
            return text.contains("stack overflow") ? .depth : .runtime
        }
    }
}

/// The position that Lua and `error` put in front of a message: `site.lua:12: `.
private struct Position {
    let site: LuaCallSite
    let rest: String

    /// Finds the position in front of a message, in any of these chunks; nil if there is none.
    init?(of message: String, sources: Set<String>) {
        for source in sources {
            guard message.utf8.starts(with: "\(source):".utf8) else { continue }
            let tail = message.utf8.dropFirst(source.utf8.count + 1)
            let digits = tail.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            let text = tail.dropFirst(digits.count)
            guard let line = Int(Substring(digits)), text.starts(with: ": ".utf8) else { continue }
            site = LuaCallSite(source: source, line: line)
            rest = String(text.dropFirst(2)) ?? ""
            return
        }
        return nil
    }
}
