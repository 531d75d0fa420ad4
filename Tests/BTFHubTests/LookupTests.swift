import SystemPackage
import TestSupport
import Testing

@testable import BTFHub

/// Which file of a hub belongs to which host.
@Suite struct LookupTests {
    /// A host, and what must be found for it.
    struct Case: Sendable, CustomTestStringConvertible {
        let system: String
        let release: String
        var machine = "x86_64"
        /// `distribution/version` of the file, or nil if there must be none.
        let found: String?

        var testDescription: String { "\(release) on \(system.prefix(40))" }
    }

    private static let centos7 =
        #"NAME="CentOS Linux"\#nID="centos"\#nID_LIKE="rhel fedora"\#nVERSION_ID="7""#
    private static let rhel79 = #"ID="rhel"\#nID_LIKE="fedora"\#nVERSION_ID="7.9""#
    private static let rhel81 = #"ID="rhel"\#nID_LIKE="fedora"\#nVERSION_ID="8.1""#
    private static let rocky = #"ID="rocky"\#nID_LIKE="rhel centos fedora"\#nVERSION_ID="8.4""#
    private static let alma = #"ID="almalinux"\#nID_LIKE="rhel centos fedora"\#nVERSION_ID="8.3""#
    private static let oracle7 = #"ID="ol"\#nID_LIKE="fedora"\#nVERSION_ID="7.9""#
    private static let oracle8 = #"ID="ol"\#nID_LIKE="fedora"\#nVERSION_ID="8.1""#
    private static let amazon1 = #"ID="amzn"\#nID_LIKE="rhel fedora"\#nVERSION_ID="2018.03""#
    private static let amazon2 = #"ID="amzn"\#nID_LIKE="centos rhel fedora"\#nVERSION_ID="2""#
    private static let bionic = "ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"18.04\""
    private static let focal = "ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"20.04\""
    private static let jammy = "ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"22.04\""
    private static let mint = "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\nVERSION_ID=\"19\""
    private static let sles = #"ID="sles"\#nID_LIKE="suse"\#nVERSION_ID="12.3""#
    private static let leap = #"ID="opensuse-leap"\#nID_LIKE="suse opensuse"\#nVERSION_ID="15.1""#
    private static let debian = "ID=debian\nVERSION_ID=\"10\""
    private static let fedora = "ID=fedora\nVERSION_ID=31"
    private static let alpine = "ID=alpine\nVERSION_ID=3.19.1"

    /// `release distribution/version architecture contents`; the same contents are the same types.
    private static let hub = [
        "3.10.0-957.el7.x86_64 centos/7 x86_64 a",
        "3.10.0-1160.el7.x86_64 centos/7 x86_64 b",
        "3.10.0-1160.el7.x86_64 rhel/7 x86_64 b",
        "3.10.0-1160.el7.x86_64 ol/7 x86_64 c",
        "4.18.0-147.el8.x86_64 centos/8 x86_64 d",
        "4.18.0-147.el8.x86_64 rhel/8 x86_64 e",
        "4.18.0-147.8.1.el8_1.x86_64 centos/8 x86_64 f",
        "4.18.0-305.el8.x86_64 rhel/8 x86_64 g",
        "4.14.35-1902.306.2.13.el7uek.x86_64 ol/7 x86_64 h",
        "4.14.35-1902.306.2.13.el7uek.aarch64 ol/7 arm64 i",
        "4.14.243-185.433.amzn2.x86_64 amzn/2 x86_64 j",
        "4.14.281-212.502.amzn2.aarch64 amzn/2 arm64 k",
        "4.14.26-46.32.amzn1.x86_64 amzn/2018 x86_64 l",
        "4.15.0-213-generic ubuntu/18.04 x86_64 m",
        "4.15.0-213-generic ubuntu/16.04 x86_64 n",
        "4.15.0-1140-aws ubuntu/18.04 x86_64 o",
        "5.4.0-42-generic ubuntu/18.04 x86_64 p",
        "5.4.0-42-generic ubuntu/20.04 x86_64 p",
        "5.4.0-42-lowlatency ubuntu/20.04 x86_64 q",
        "5.3.0-1030-azure ubuntu/18.04 x86_64 r",
        "4.4.103-6.33.1-default sles/12.3 x86_64 s",
        "4.12.14-197.7-default sles/15.1 x86_64 t",
        "4.12.14-197.18.1-default sles/15.1 x86_64 u",
        "4.12.14-197.18.2-default sles/15.1 x86_64 v",
        "4.12.14-16.7.1-azure sles/15.1 x86_64 w",
        "4.19.0-27-amd64 debian/10 x86_64 x",
        "4.19.0-27-cloud-amd64 debian/10 x86_64 y",
        "4.19.0-27-arm64 debian/10 arm64 z",
        "5.3.7-301.fc31.x86_64 fedora/31 x86_64 A",
        "5.4.28-200.el7.x86_64 centos/8 x86_64 B",
    ]

    static let cases = [
        // CentOS, RHEL and their rebuilds
        Case(system: centos7, release: "3.10.0-957.el7.x86_64", found: "centos/7"),
        Case(system: centos7, release: "3.10.0-1160.el7.x86_64", found: "centos/7"),
        Case(system: centos7, release: "3.10.0-1160.2.1.el7.x86_64", found: nil),
        Case(system: centos7, release: "3.10.0-957", found: nil),
        Case(system: centos7, release: "3.10.0-957.el7.x86_64.debug", found: nil),
        Case(system: rhel79, release: "3.10.0-1160.el7.x86_64", found: "rhel/7"),
        Case(system: rhel79, release: "3.10.0-957.el7.x86_64", found: "centos/7"),
        Case(system: rhel81, release: "4.18.0-147.el8.x86_64", found: "rhel/8"),
        Case(system: rhel81, release: "4.18.0-147.8.1.el8_1.x86_64", found: "centos/8"),
        Case(system: rhel81, release: "4.18.0-147.8.1.el8.x86_64", found: nil),
        Case(system: rhel81, release: "4.18.0-147.el8.x86_64", machine: "aarch64", found: nil),
        Case(system: rocky, release: "4.18.0-305.el8.x86_64", found: "rhel/8"),
        Case(system: rocky, release: "4.18.0-147.el8.x86_64", found: "rhel/8"),
        Case(system: rocky, release: "4.18.0-348.el8.x86_64", found: nil),
        Case(system: alma, release: "4.18.0-305.el8.x86_64", found: "rhel/8"),
        Case(system: alma, release: "4.18.0-147.8.1.el8_1.x86_64", found: "centos/8"),
        // Oracle, its own kernels and those of RHEL
        Case(system: oracle7, release: "4.14.35-1902.306.2.13.el7uek.x86_64", found: "ol/7"),
        Case(
            system: oracle7, release: "4.14.35-1902.306.2.13.el7uek.aarch64", machine: "aarch64",
            found: "ol/7"),
        Case(
            system: oracle7, release: "4.14.35-1902.306.2.13.el7uek.aarch64", machine: "x86_64",
            found: nil),
        Case(system: oracle7, release: "3.10.0-1160.el7.x86_64", found: "ol/7"),
        Case(system: oracle8, release: "4.18.0-305.el8.x86_64", found: "rhel/8"),
        Case(system: oracle7, release: "4.14.35-1902.306.2.14.el7uek.x86_64", found: nil),
        // Amazon
        Case(system: amazon1, release: "4.14.26-46.32.amzn1.x86_64", found: "amzn/2018"),
        Case(system: amazon2, release: "4.14.243-185.433.amzn2.x86_64", found: "amzn/2"),
        Case(
            system: amazon2, release: "4.14.281-212.502.amzn2.aarch64", machine: "aarch64",
            found: "amzn/2"),
        Case(system: amazon2, release: "4.14.281-212.502.amzn2.x86_64", found: nil),
        // Ubuntu and its flavors
        Case(system: bionic, release: "4.15.0-213-generic", found: "ubuntu/18.04"),
        Case(system: bionic, release: "4.15.0-1140-aws", found: "ubuntu/18.04"),
        Case(system: bionic, release: "4.15.0-1140-azure", found: nil),
        Case(system: bionic, release: "5.3.0-1030-azure", found: "ubuntu/18.04"),
        Case(system: focal, release: "5.4.0-42-generic", found: "ubuntu/20.04"),
        Case(system: focal, release: "5.4.0-42-lowlatency", found: "ubuntu/20.04"),
        Case(system: focal, release: "5.4.0-43-generic", found: nil),
        Case(system: mint, release: "4.15.0-1140-aws", found: "ubuntu/18.04"),
        Case(system: mint, release: "4.15.0-213-generic", found: nil),
        // SUSE: the kernel's name for itself, and the packages'
        Case(system: sles, release: "4.4.103-6.33-default", found: "sles/12.3"),
        Case(system: sles, release: "4.4.103-6.33.1-default", found: "sles/12.3"),
        Case(system: sles, release: "4.4.103-6.33-azure", found: nil),
        Case(system: sles, release: "4.4.103-6.3-default", found: nil),
        Case(system: leap, release: "4.12.14-197.7-default", found: "sles/15.1"),
        Case(system: leap, release: "4.12.14-197.7.1-default", found: "sles/15.1"),
        Case(system: leap, release: "4.12.14-197.18-default", found: nil),
        Case(system: leap, release: "4.12.14-16.7-azure", found: "sles/15.1"),
        // Debian and Fedora
        Case(system: debian, release: "4.19.0-27-amd64", found: "debian/10"),
        Case(system: debian, release: "4.19.0-27-cloud-amd64", found: "debian/10"),
        Case(
            system: debian, release: "4.19.0-27-arm64", machine: "aarch64", found: "debian/10"),
        Case(system: debian, release: "4.19.0-28-amd64", found: nil),
        Case(system: fedora, release: "5.3.7-301.fc31.x86_64", found: "fedora/31"),
        Case(system: fedora, release: "5.3.7-301.fc31.aarch64", machine: "aarch64", found: nil),
        // Containers: the image says one thing, the kernel is another
        Case(system: jammy, release: "3.10.0-957.el7.x86_64", found: "centos/7"),
        Case(system: alpine, release: "4.14.243-185.433.amzn2.x86_64", found: "amzn/2"),
        Case(system: debian, release: "5.4.0-42-generic", found: "ubuntu/18.04"),
        Case(system: alpine, release: "4.18.0-147.el8.x86_64", found: nil),
        Case(system: "", release: "4.19.0-27-amd64", found: "debian/10"),
        Case(
            system: "nonsense without an equals sign", release: "4.15.0-1140-aws",
            found: "ubuntu/18.04"),
        Case(system: centos7, release: "5.4.28-200.el7.x86_64", found: "centos/8"),
    ]

    private func index(in scratch: ScratchDirectory) throws -> HubIndex {
        let lines = Self.hub.map { line in
            let words = line.split(separator: " ").map(String.init)
            let place = words[1].split(separator: "/").map(String.init)
            let path = "\(words[1])/\(words[2])/\(words[0]).btf"
            let record = HubRecord(
                release: words[0], distribution: place[0], version: place[1],
                architecture: Architecture(words[2]), hash: words[3], size: 1, date: 0, origin: "",
                path: FilePath(path), member: "")
            return HubIndexLine(
                path: path, member: "", fingerprint: "1:1", content: .record(record))
        }
        try HubIndex.write(lines, of: FilePath(scratch.path))
        return try HubIndex(of: FilePath(scratch.path))
    }

    @Test(arguments: cases)
    func `finds the one file or none`(test: Case) throws {
        let scratch = try ScratchDirectory()
        let host = Host(
            release: test.release, architecture: Architecture(test.machine),
            system: OSRelease(parsing: test.system))
        let match = try HubLookup.find(host, in: index(in: scratch))
        if case .found(let record, _) = match {
            #expect("\(record.distribution)/\(record.version)" == test.found)
        } else {
            #expect(test.found == nil, "\(match)")
        }
    }

    @Test func `a near match is named, and taken only if allowed`() throws {
        let scratch = try ScratchDirectory()
        let index = try index(in: scratch)
        let host = Host(
            release: "3.10.0-1160.2.1.el7.x86_64", architecture: Architecture("x86_64"),
            system: nil)
        guard case .missing(let nearest) = try HubLookup.find(host, in: index) else {
            Issue.record("found something")
            return
        }
        #expect(nearest.first?.release == "3.10.0-1160.el7.x86_64")
        let allowed = try HubLookup.find(host, in: index, allowingNearest: true)
        guard case .found(let record, let reason) = allowed else {
            Issue.record("found nothing")
            return
        }
        #expect(record.release == "3.10.0-1160.el7.x86_64")
        #expect(reason == .nearest)
        #expect(reason.words.contains("NEAREST"))
    }

    @Test(arguments: [
        (text: "ID='centos'\nVERSION_ID='7'", id: "centos", version: "7"),
        (text: "  ID=\"rhel\"  \nVERSION_ID=8.1 ", id: "rhel", version: "8.1"),
        (
            text: "# ID=no\nID=fedora\nVERSION_ID=31\nVERSION=\"31 (a=b)\"", id: "fedora",
            version: "31"
        ),
        (text: #"ID="sl\es"\#nVERSION_ID="15\".1""#, id: "sles", version: "15\".1"),
        (text: "ID=\"Debian\"\r\nVERSION_ID=\"10\"\r\n", id: "debian", version: "10"),
        (text: "ID=\nVERSION_ID", id: "linux", version: ""),
        (text: "", id: "linux", version: ""),
    ])
    func `reads os-release as a shell would`(text: String, id: String, version: String) {
        let system = OSRelease(parsing: text)
        #expect(system.id == id)
        #expect(system.version == version)
    }

    @Test(.enabled(if: Capability.centOSTypes.isAvailable, "\(Capability.centOSTypes.reason)"))
    func `the kernel's own types come first, then images, then the hub`() throws {
        let scratch = try ScratchDirectory()
        let index = try index(in: scratch)
        let root = try ScratchDirectory()
        let locator = TypesLocator(root: FilePath(root.path))
        let host = Host(
            release: "3.10.0-957.el7.x86_64", architecture: Architecture("x86_64"), system: nil)
        guard case .found(.hub) = try locator.find(host, in: index) else {
            Issue.record("not the hub")
            return
        }
        let types = try BTF(
            path: FilePath("\(CentOSTypes.directory)/7/x86_64/3.10.0-957.el7.x86_64.btf"))
        try root.makeDirectory("boot")
        try root.write("no types", to: "boot/vmlinux-3.10.0-957.el7.x86_64")
        guard case .found(.hub) = try locator.find(host, in: index) else {
            Issue.record("an image without types was taken")
            return
        }
        try root.write(types.contents, to: "boot/vmlinux-3.10.0-957.el7.x86_64")
        guard case .found(.image) = try locator.find(host, in: index) else {
            Issue.record("not the image")
            return
        }
        try root.makeDirectory("sys/kernel/btf")
        try root.write(types.contents, to: "sys/kernel/btf/vmlinux")
        guard case .found(.kernel) = try locator.find(host, in: index) else {
            Issue.record("not the kernel")
            return
        }
        guard case .found(.named) = try locator.find(host, file: "mine.btf", in: index) else {
            Issue.record("not the file named")
            return
        }
    }
}
