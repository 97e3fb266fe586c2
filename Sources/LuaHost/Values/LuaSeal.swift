import CLuaBridge

/// A text that stands for a secret of the host.
///
/// Scripts get the seal instead of the secret. They pass it on and join it with other texts. The host puts the secret in
/// the place of the seal where it uses the text. So a script, and the process that runs it, never have the secret. The
/// functions of Lua that look into a text, cut it or change it raise an error if the text has a seal; `..`,
/// `table.concat`, `%s` and `==` work.
///
/// ```swift
/// func header(from host: LuaHost, secret: String) async throws -> String? {
///     let seal = LuaSeal()
///     let results = try await host.run(source: "return 'Bearer ' .. ...", name: "x", arguments: [.string(seal.text)])
///     guard case .string(let text) = results[0] else { return nil }
///     return LuaSeal.replacing(in: text) { $0 == seal ? secret : nil }  // "Bearer s3cr3t"
/// }
/// ```
public struct LuaSeal: Hashable, Sendable {
    /// The text that scripts get.
    public let text: String

    /// Creates a seal from 128 bits, which nobody must be able to guess: a script could make the seal itself.
    public init(_ bits: (UInt64, UInt64)) {
        let digits = [bits.0, bits.1].map { number in
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        text = LUABRIDGE_SEAL_MARK + digits.joined() + LUABRIDGE_SEAL_END
    }

    /// Creates a seal from 128 bits of the system's random number generator.
    public init() {
        var random = SystemRandomNumberGenerator()
        self.init((random.next(), random.next()))
    }

    private init(text: String) { self.text = text }

    /// Whether a text has a seal.
    public static func isIn(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { luabridge_find_seal($0.baseAddress, $0.count) != nil }
        }
    }

    /// Returns a text with other texts in the places of its seals.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - secret: Returns the text for a seal; `nil` to leave the seal as it is.
    /// - Returns: The text without the seals that have a text.
    /// - Throws: What `secret` throws.
    public static func replacing<Failure>(
        in text: String, _ secret: (LuaSeal) throws(Failure) -> String?
    ) throws(Failure) -> String {
        guard isIn(text) else { return text }
        var rest = Array(text.utf8)[...]
        var result: [UInt8] = []
        while let place = place(in: rest) {
            let end = place + LUABRIDGE_SEAL_BYTES
            let seal = LuaSeal(text: String(decoding: rest[place..<end], as: UTF8.self))
            result += rest[..<place]
            result += (try secret(seal) ?? seal.text).utf8
            rest = rest[end...]
        }
        return String(decoding: result + rest, as: UTF8.self)
    }

    private static func place(in bytes: ArraySlice<UInt8>) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { text in
                guard let start = text.baseAddress, let found = luabridge_find_seal(start, text.count) else {
                    return nil
                }
                return bytes.startIndex + (found - start)
            }
        }
    }
}
