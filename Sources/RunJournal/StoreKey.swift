internal import Crypto
internal import FoundationEssentials

/// What the bytes of a key file are used for: each use has a subkey, so that none tells anything of another.
struct StoreKey: Sendable {
    /// So many random bytes are a key.
    static let byteCount = 32

    private let digests: SymmetricKey
    private let contents: SymmetricKey
    /// What a store notes of its key, to tell it from another.
    let check: String

    /// - Parameter bytes: the random bytes.
    init(_ bytes: [UInt8]) {
        let key = SymmetricKey(data: bytes)
        func subkey(_ use: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key, info: Data("sprun journal 1 \(use)".utf8), outputByteCount: Self.byteCount)
        }
        digests = subkey("digests")
        contents = subkey("contents")
        check = Self.hexadecimal(
            HMAC<SHA256>.authenticationCode(for: Data("sprun journal".utf8), using: subkey("check")))
    }

    /// A new key's bytes.
    static func random() -> [UInt8] { SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) } }

    /// The HMAC-SHA256 of the bytes.
    func digest(_ bytes: [UInt8]) -> String {
        Self.hexadecimal(HMAC<SHA256>.authenticationCode(for: bytes, using: digests))
    }

    /// Encrypts bytes, bound to others that stand beside them in the open.
    ///
    /// Each time with another random nonce; a key is good for four billion of them (NIST SP 800-38D, 8.3).
    func seal(_ bytes: [UInt8], authenticating context: [UInt8]) throws -> Data {
        let box = try AES.GCM.seal(bytes, using: contents, authenticating: context)
        // There is none where the nonce has another length than the one that was just made.
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return combined
    }

    /// Decrypts what `seal` encrypted.
    ///
    /// - Throws: `CryptoKitError` where either was changed.
    func unseal(_ sealed: Data, authenticating context: [UInt8]) throws -> [UInt8] {
        Array(try AES.GCM.open(try AES.GCM.SealedBox(combined: sealed), using: contents, authenticating: context))
    }

    /// Decrypts what `seal` encrypted; `nil` where either was changed.
    func unsealed(_ bytes: [UInt8], beside context: [UInt8]) -> [UInt8]? {
        try? unseal(Data(bytes), authenticating: context)
    }

    /// Bytes as hexadecimal digits.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0xF)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
