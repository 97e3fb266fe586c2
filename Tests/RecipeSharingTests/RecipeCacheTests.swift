import RecipeSharing
import SprunTesting
import SystemPackage
import Testing

@Suite("The cache")
struct RecipeCacheTests {
    @Test("files are stored by their hash, readable by the owner only")
    func keeping() throws {
        let folder = try TestFolder()
        let cache = RecipeCache(folder: FilePath(folder.file("cache")))
        let bytes = Array("return 1".utf8)
        #expect(try cache.bytes(ContentHash(of: bytes)) == nil)
        let hash = try cache.keep(bytes)
        #expect(hash.hexadecimal == "486d9affb60dbb0063b03d8e23a6ccf6364ce203dc3a9f56f20e750eb41ecade")
        #expect(try cache.bytes(hash) == bytes)
        #expect(try folder.mode("cache") == 0o700)
        #expect(try folder.names(below: "cache") == ["sha256", "sha256/\(hash)"])
        #expect(try folder.mode("cache/sha256/\(hash)") == 0o600)
    }

    @Test("a damaged file is never returned, and is replaced when its bytes are stored again")
    func damage() throws {
        let folder = try TestFolder()
        let cache = RecipeCache(folder: FilePath(folder.file("cache")))
        let bytes = Array("return 1".utf8)
        let hash = try cache.keep(bytes)
        for damaged in [Array("return 2".utf8), [], [UInt8](repeating: 0, count: 2 << 20)] {
            try folder.write(damaged, "cache/sha256/\(hash)")
            let error = #expect(throws: SharingError.self) { try cache.bytes(hash) }
            #expect(error?.code == .damagedCache)
            #expect(error?.message.contains(cache.path(of: hash).string) == true)
            #expect(error?.hint?.contains("delete the file") == true)
            try cache.keep(bytes)
            #expect(try cache.bytes(hash) == bytes)
        }
    }

    @Test("a cache folder that others can enter is made private; a folder that cannot be created is an error")
    func folders() throws {
        let folder = try TestFolder()
        try folder.write("", "cache/x")
        try folder.setMode(0o777, "cache")
        try RecipeCache(folder: FilePath(folder.file("cache"))).keep([1])
        #expect(try folder.mode("cache") == 0o700)
        let error = #expect(throws: SharingError.self) {
            try RecipeCache(folder: FilePath(folder.file("cache/x"))).keep([1])
        }
        #expect(error?.code == .unwritable)
    }
}
