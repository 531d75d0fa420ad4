// swift-tools-version: 6.2

import PackageDescription

/// Settings every Swift target of the package shares.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableExperimentalFeature("Lifetimes"),
    .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency =
    .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

let package = Package(
    name: "uprof",
    products: [.executable(name: "uprof", targets: ["uprof"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.4.0"),
    ],
    targets: [
        // Leaves: C libraries and bytes.
        .systemLibrary(name: "CUprofABI", path: "bpf/include"),
        .target(name: "CTruncation", path: "Sources/Bytes/CTruncation"),
        .target(
            name: "Bytes",
            dependencies: ["CTruncation", system],
            exclude: ["CTruncation"],
            swiftSettings: settings + [.strictMemorySafety()]),
        .testTarget(
            name: "BytesTests", dependencies: ["Bytes", "TestSupport", system],
            swiftSettings: settings),

        .systemLibrary(name: "CDeflate", path: "Sources/Compression/CDeflate"),
        .systemLibrary(name: "CLZMA", path: "Sources/Compression/CLZMA"),
        .systemLibrary(name: "CZlib", path: "Sources/Compression/CZlib"),
        .systemLibrary(name: "CZstd", path: "Sources/Compression/CZstd"),
        .target(
            name: "Compression",
            dependencies: ["CDeflate", "CLZMA", "CZlib", "CZstd"],
            exclude: ["CDeflate", "CLZMA", "CZlib", "CZstd"],
            swiftSettings: settings),
        .testTarget(
            name: "CompressionTests", dependencies: ["Compression", "TestSupport"],
            swiftSettings: settings),

        // What was computed once and is kept between runs.
        .target(
            name: "Cache", dependencies: ["Bytes", "Compression", system],
            swiftSettings: settings),
        .testTarget(
            name: "CacheTests", dependencies: ["Bytes", "Cache", "TestSupport", system],
            swiftSettings: settings),

        .target(name: "Processes", dependencies: [system], swiftSettings: settings),

        // Names for addresses.
        .target(
            name: "CDemangle",
            path: "Sources/Symbolizer/CDemangle",
            linkerSettings: [.linkedLibrary("iberty")]),
        .target(
            name: "Symbolizer",
            dependencies: ["Bytes", "Cache", "CDemangle", "Compression", "Processes", system],
            exclude: ["CDemangle"],
            swiftSettings: settings),
        .testTarget(
            name: "SymbolizerTests",
            dependencies: [
                "Symbolizer", "Bytes", "Cache", "Compression", "TestSupport", system,
            ],
            swiftSettings: settings),

        // What fuzzing feeds, in `make fuzz` and, what once failed, in every test.
        .target(
            name: "FuzzHarnesses",
            dependencies: ["BTFHub", "Bytes", "Packager", "Report", "Symbolizer"],
            path: "Fuzz/Harnesses",
            swiftSettings: settings),
        .testTarget(
            name: "FuzzTests", dependencies: ["FuzzHarnesses", "TestSupport"],
            swiftSettings: settings),

        // The profile model and one renderer per format.
        .target(
            name: "CPages", path: "Sources/Report/FlameGraph/CPages", exclude: ["svg", "html"]),
        .target(
            name: "Report", dependencies: ["Bytes", "CPages", "Compression", system],
            exclude: ["FlameGraph/CPages"], swiftSettings: settings),
        .testTarget(
            name: "ReportTests", dependencies: ["Bytes", "Report", "TestSupport", system],
            swiftSettings: settings),

        // Ownership over libbpf.
        .target(
            name: "CLibBPF",
            path: "Sources/LibBPF/CLibBPF",
            linkerSettings: [.linkedLibrary("bpf"), .linkedLibrary("elf"), .linkedLibrary("z")]),
        .target(
            name: "LibBPF",
            dependencies: ["CLibBPF", logging, system],
            exclude: ["CLibBPF"],
            swiftSettings: settings),
        .testTarget(
            name: "LibBPFTests", dependencies: ["LibBPF", "TestSupport", system],
            swiftSettings: settings),

        // Type information of kernels: reading, finding, minimizing.
        .systemLibrary(name: "CArchive", path: "Sources/BTFHub/CArchive"),
        .systemLibrary(name: "CNettle", path: "Sources/BTFHub/CNettle"),
        .target(
            name: "BTFHub",
            dependencies: [
                "Bytes", "CArchive", "CNettle", "Compression", "Symbolizer", system,
            ],
            exclude: ["CArchive", "CNettle"],
            swiftSettings: settings),
        .testTarget(
            name: "BTFHubTests",
            dependencies: ["BTFHub", "Bytes", "TestSupport", system],
            swiftSettings: settings),

        // Probes: planning, loading, attaching, reading.
        .systemLibrary(name: "CCapstone", path: "Sources/Profiler/CCapstone"),
        .target(name: "CProbeObjects", path: "Sources/Profiler/CProbeObjects"),
        .target(name: "CInstructionSets", path: "Sources/Profiler/CInstructionSets"),
        .target(name: "CLinux", path: "Sources/Profiler/CLinux"),
        .target(
            name: "Profiler",
            dependencies: [
                "Bytes", "BTFHub", "Cache", "CCapstone", "CInstructionSets", "CLinux",
                "CProbeObjects",
                "CUprofABI", "Compression", "LibBPF", "Report", "Symbolizer", logging, system,
            ],
            exclude: ["CCapstone", "CInstructionSets", "CLinux", "CProbeObjects"],
            swiftSettings: settings),
        .testTarget(
            name: "ProfilerTests",
            dependencies: [
                "Profiler", "Bytes", "Cache", "CUprofABI", "Report", "Symbolizer", "TestSupport",
                logging, system,
            ],
            swiftSettings: settings),

        // Bundles: one file that runs a probe elsewhere.
        .systemLibrary(name: "CSodium", path: "Sources/Packager/CSodium"),
        .target(
            name: "CLicences", path: "Sources/Packager/CLicences", exclude: ["libraries.txt"]),
        .target(name: "CRunning", path: "Sources/Packager/CRunning"),
        .target(name: "CTOML", path: "Sources/Packager/CTOML"),
        .target(
            name: "Packager",
            dependencies: [
                "Bytes", "CLicences", "CRunning", "CSodium", "CTOML", "Processes", "Symbolizer",
                system,
            ],
            exclude: ["CLicences", "CRunning", "CSodium", "CTOML"],
            swiftSettings: settings),
        .testTarget(
            name: "PackagerTests",
            dependencies: ["Packager", "Bytes", "Symbolizer", "TestSupport", system],
            swiftSettings: settings),

        // The command line.
        .executableTarget(
            name: "uprof",
            dependencies: [
                "Bytes", "BTFHub", "Cache", "Packager", "Profiler", "Symbolizer", "Report",
                argumentParser, logging, system,
            ],
            swiftSettings: settings),
        .testTarget(
            name: "CommandTests", dependencies: ["TestSupport", system], swiftSettings: settings),

        .target(
            name: "TestSupport", dependencies: [system], path: "Tests/TestSupport",
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx20
)

// The static executable leaves out a library it has no use for: Makefile, `make build`.
if Context.environment["UPROF_STATIC"] != nil {
    package.targets.append(.target(name: "CStatic"))
    package.targets.first { $0.name == "uprof" }?.dependencies.append("CStatic")
}

// libFuzzer needs a build of its own, with an instrumented Swift: scripts/fuzz.
if Context.environment["UPROF_FUZZ"] != nil {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Fuzz/CLibFuzzer"),
        .executableTarget(
            name: "uprof-fuzz", dependencies: ["CLibFuzzer", "FuzzHarnesses"], path: "Fuzz/Runner",
            swiftSettings: [
                .enableUpcomingFeature("InternalImportsByDefault"), .swiftLanguageMode(.v5),
            ]),
    ]
}
