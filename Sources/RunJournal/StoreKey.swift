internal import Crypto
internal import FoundationEssentials
internal import Groundwork

/// The keys derived from a key file's bytes: one subkey per use, so that no use reveals anything about another.
struct StoreKey: Sendable {
    /// The length of a key in bytes.
    static let byteCount = 32

    private let digests: SymmetricKey
    private let contents: SymmetricKey
    /// A value that a store records to recognize its key; it does not reveal the key.
    let check: String

    /// Derives the subkeys.
    ///
    /// - Parameter bytes: The random bytes of the key file.
    init(_ bytes: [UInt8]) {
        let key = SymmetricKey(data: bytes)
        func subkey(_ use: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: key, info: Data("sprun journal 1 \(use)".utf8), outputByteCount: Self.byteCount)
        }
        digests = subkey("digests")
        contents = subkey("contents")
        check = HexadecimalText.text(
            HMAC<SHA256>.authenticationCode(for: Data("sprun journal".utf8), using: subkey("check")))
    }

    /// Returns the random bytes of a new key.
    static func random() -> [UInt8] { SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) } }

    /// Returns the HMAC-SHA256 of the bytes in hexadecimal.
    func digest(_ bytes: [UInt8]) -> String {
        HexadecimalText.text(HMAC<SHA256>.authenticationCode(for: bytes, using: digests))
    }

    /// Encrypts bytes with AES-GCM and authenticates a context that is stored in plain text.
    ///
    /// Each call uses a new random nonce, which limits a key to 2³² calls (NIST SP 800-38D, 8.3).
    func seal(_ bytes: [UInt8], authenticating context: [UInt8]) throws -> Data {
        let box = try AES.GCM.seal(bytes, using: contents, authenticating: context)
        // `combined` is `nil` only for nonces of an unusual length; this nonce was just generated.
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return combined
    }

    /// Decrypts the result of `seal`.
    ///
    /// - Throws: `CryptoKitError` if the bytes or the context were changed.
    func unseal(_ sealed: Data, authenticating context: [UInt8]) throws -> [UInt8] {
        Array(try AES.GCM.open(try AES.GCM.SealedBox(combined: sealed), using: contents, authenticating: context))
    }

    /// Decrypts the result of `seal`; `nil` if the bytes or the context were changed.
    func unsealed(_ bytes: [UInt8], beside context: [UInt8]) -> [UInt8]? {
        try? unseal(Data(bytes), authenticating: context)
    }
}
