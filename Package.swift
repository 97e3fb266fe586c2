// swift-tools-version: 6.2
import PackageDescription

// The parts of sprun and the arrows between them. `Sources/README.md` is the map;
// `Tests/StructureTests` holds this file and the imports to it.

/// What every Swift target is compiled with: Swift 6 mode comes with the tools version.
let settings: [SwiftSetting] =
    [
        "ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault", "NonisolatedNonsendingByDefault",
    ].map { .enableUpcomingFeature($0) } + [.treatAllWarnings(as: .error)]

/// The recipes that ship, in scripts/recipes.
let shippedRecipes = [
    "audit",
    "autossl-when-ready",
    "connect-server",
    "demo-sites",
    "inventory",
    "map-domain",
    "move-apps",
    "new-server",
    "new-site",
    "php-upgrade",
    "preview-environment",
    "providers/digitalocean",
    "providers/hetzner",
    "providers/provider-calls",
    "purge-demo-sites",
    "remove-server",
    "rotate-db-password",
    "ssh-key-fanout",
]

let package = Package(
    name: "sprun",
    products: [
        .library(name: "LuaHost", targets: ["LuaHost"]),
        .library(name: "ServerPilot", targets: ["Groundwork", "ServerPilot", "ServerPilotClient"]),
        .library(name: "ServerPilotSimulator", targets: ["ServerPilotSimulator"]),
        .library(name: "RecipeEngine", targets: ["RecipeEngine", "RecipeLanguage", "RecipePlanner"]),
        .library(name: "DurableSteps", targets: ["DurableSteps", "RunJournal"]),
        .library(name: "SprunTesting", targets: ["SprunTesting"]),
        .executable(name: "sprun", targets: ["sprun"]),
        .executable(name: "sprun-lua", targets: ["sprun-lua"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.3.0"),
        // What a plan knows of the certificates that it would install.
        .package(url: "https://github.com/apple/swift-certificates", from: "1.10.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.1.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        // How a request looks before it has lost its version and its Host.
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.25.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.29.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        // Without its trait for all of Foundation, which brings 44 MB of ICU into the program.
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.10.0",
            traits: ["ConfigurationSupport"]),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.25.0"),
        // How Hummingbird is asked to answer what is under way before it stops.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.0.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
        // The configuration file is TOML: what people edit by hand, with comments.
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLua", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"]), .brew(["lua@5.4"])]),
        .target(name: "CLuaBridge", dependencies: ["CLua"], cSettings: [.treatAllWarnings(as: .error)]),
        .executableTarget(
            name: "sprun-lua", dependencies: ["CLuaBridge"], cSettings: [.treatAllWarnings(as: .error)],
            // Nothing of Swift's runtime: the program starts for every run.
            linkerSettings: [
                .unsafeFlags(["-nostartfiles"], .when(platforms: [.linux])),
                .unsafeFlags(["-static-stdlib"], .when(platforms: [.linux], configuration: .release)),
            ]),
        .target(name: "LuaHost", dependencies: ["CLuaBridge"], swiftSettings: settings),
        .target(
            name: "Groundwork",
            dependencies: [
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings),
        .target(
            name: "DurableSteps",
            dependencies: [
                "Groundwork",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: settings),
        .target(
            name: "ServerPilot",
            dependencies: [
                "Groundwork",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: settings),
        .target(
            name: "ServerPilotClient",
            dependencies: [
                "Groundwork", "ServerPilot",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                // The names in a server's certificate.
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: settings),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
        .target(
            name: "StoreFile",
            dependencies: [
                "CSQLite",
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings),
        .target(
            name: "ServerPilotSimulator",
            dependencies: [
                "Groundwork", "ServerPilot", "StoreFile",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            // In the program itself: it is one file that people copy, and has no folder of resources beside it.
            resources: [.embedInCode("Page/page.html")],
            swiftSettings: settings),
        .target(
            name: "RecipeLanguage",
            dependencies: [
                "Groundwork", "LuaHost", "ServerPilot",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: settings),
        .target(
            name: "RecipeEngine",
            dependencies: [
                "DurableSteps", "Groundwork", "LuaHost", "RecipeLanguage", "ServerPilot",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                // Whether a certificate, its key and an app's domains belong together, before it is sent.
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            resources: [.embedInCode("Reference/examples.lua")],
            swiftSettings: settings),
        .target(
            name: "RecipePlanner",
            dependencies: [
                "DurableSteps", "Groundwork", "RecipeEngine", "RecipeLanguage", "ServerPilot", "ServerPilotSimulator",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: settings),
        .target(
            name: "RecipeSharing",
            dependencies: [
                "Groundwork", "ServerPilot",
                .product(name: "Crypto", package: "swift-crypto"),
                // The user's own git does the transport, so that private repositories and proxies work.
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings),
        .target(
            name: "RunJournal",
            dependencies: [
                "DurableSteps", "Groundwork", "StoreFile",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings),
        .target(
            name: "SecureShell",
            dependencies: [
                "DurableSteps", "Groundwork", "RecipeEngine", "ServerPilot",
                .product(name: "Crypto", package: "swift-crypto"),
                // The user's own ssh makes the connections, so that their keys, agent and configuration work.
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            // In the program itself: it is sent to other hosts.
            resources: [.embedInCode("Runner/runner.sh")],
            swiftSettings: settings),
        .target(
            name: "SprunCommands",
            dependencies: [
                "DurableSteps", "Groundwork", "LuaHost", "RecipeEngine", "RecipeLanguage", "RecipePlanner",
                "RecipeSharing", "RunJournal",
                "SecureShell",
                "ServerPilot", "ServerPilotClient", "ServerPilotSimulator",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
                .product(name: "TOMLKit", package: "TOMLKit"),
            ],
            // A link to scripts/recipes, so that the recipes that ship are in the program itself.
            exclude: ["Shipped/README.md", "Shipped/cases.json", "Shipped/providers/README.md"],
            resources: shippedRecipes.map { .embedInCode("Shipped/\($0).lua") },
            swiftSettings: settings),
        .target(
            name: "SprunTesting",
            dependencies: [
                "DurableSteps", "Groundwork", "RecipeEngine", "RecipeLanguage", "ServerPilot", "ServerPilotSimulator",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "sprun", dependencies: ["SprunCommands"], swiftSettings: settings,
            // The program that people install runs without Swift. It exports no symbols, so that the linker leaves out
            // what nothing calls. The two libraries are parts of FoundationEssentials; all of Foundation needs more, so
            // that a dependency that brings it along does not link.
            linkerSettings: [
                .unsafeFlags(
                    [
                        "-static-stdlib", "-Xlinker", "--no-export-dynamic", "-l_FoundationCShims",
                        "-l_FoundationCollections",
                    ], .when(platforms: [.linux], configuration: .release))
            ]),
        .executableTarget(
            name: "durable-steps-example",
            dependencies: [
                "DurableSteps", "Groundwork", "RunJournal",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: settings),
        .executableTarget(name: "lua-host-example", dependencies: ["LuaHost"], swiftSettings: settings),
        .testTarget(
            name: "GroundworkTests",
            dependencies: [
                "Groundwork", "SprunTesting",
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "DurableStepsTests",
            dependencies: [
                "DurableSteps", "Groundwork", "SprunTesting",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "LuaHostTests", dependencies: ["LuaHost", "SprunTesting", "sprun-lua"], exclude: ["Scripts"],
            swiftSettings: settings),
        .testTarget(
            name: "ServerPilotTests",
            dependencies: [
                "Groundwork", "ServerPilot", "SprunTesting",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ServerPilotClientTests",
            dependencies: [
                "Groundwork", "ServerPilot", "ServerPilotClient", "SprunTesting",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "ServerPilotSimulatorTests",
            dependencies: [
                "Groundwork", "ServerPilot", "ServerPilotSimulator", "SprunTesting",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RecipeEngineTests",
            dependencies: [
                "DurableSteps", "Groundwork", "LuaHost", "RecipeEngine", "RecipeLanguage", "RecipePlanner",
                "ServerPilot",
                "ServerPilotSimulator",
                "SprunTesting",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RecipeSharingTests",
            dependencies: [
                "Groundwork", "RecipeSharing", "ServerPilot", "SprunTesting",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "RunJournalTests",
            dependencies: [
                "DurableSteps", "Groundwork", "RecipeEngine", "RunJournal", "ServerPilot", "SprunTesting", "StoreFile",
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "SecureShellTests",
            dependencies: [
                "DurableSteps", "Groundwork", "RecipeEngine", "SecureShell", "ServerPilot", "SprunTesting",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: settings),
        .testTarget(
            name: "SprunCommandsTests",
            dependencies: [
                // The tests run sprun as its users do. It is no dependency: they cannot be linked in its way. A build of
                // the tests builds it too.
                "DurableSteps", "Groundwork", "RecipeEngine", "RecipeLanguage", "RunJournal", "ServerPilot",
                "SprunCommands",
                "SprunTesting",
                "sprun-lua",
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            exclude: ["Fixtures"],
            swiftSettings: settings),
        .testTarget(
            name: "SprunTestingTests",
            dependencies: ["DurableSteps", "RecipeEngine", "RecipeLanguage", "ServerPilotSimulator", "SprunTesting"],
            swiftSettings: settings),
        .testTarget(name: "StructureTests", swiftSettings: settings),
    ]
)
