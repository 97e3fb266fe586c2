package import SystemPackage

extension FileDescriptor {
    /// Bytes to read at a time.
    private static let chunk = 64 << 10

    /// Reads the file to its end, without closing it.
    ///
    /// - Parameter limit: The largest number of bytes.
    /// - Returns: The bytes; `nil` if there are more than `limit`, and then the rest is not read.
    /// - Throws: `Errno`.
    package func readAll(limit: Int) throws -> [UInt8]? {
        var bytes: [UInt8] = []
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 1)
        defer { chunk.deallocate() }
        while case let count = try read(into: chunk), count > 0 {
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else { return nil }
        }
        return bytes
    }
}

extension FilePermissions {
    /// All permissions of users other than the owner.
    package static let ofOthers: FilePermissions = [.groupReadWriteExecute, .otherReadWriteExecute]
}
