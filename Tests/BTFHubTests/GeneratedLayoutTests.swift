import SystemPackage
import TestSupport
import Testing

@testable import BTFHub

/// The layout of structures as generated, against bpftool's view of pahole's own output.
@Suite(
    .enabled(
        if: Capability.tool("pahole").and(.tool("bpftool")).isAvailable,
        "\(Capability.tool("pahole").and(.tool("bpftool")).reason)"))
struct GeneratedLayoutTests {
    /// Headers of the kernel's interface, with some 1,700 structures; their users are programs, and
    /// no program uses them all.
    private static let headers = [
        "linux/kvm", "linux/videodev2", "linux/fuse", "linux/pkt_sched", "linux/sctp", "linux/vfio",
        "linux/btrfs", "linux/btrfs_tree", "linux/ethtool", "linux/bpf", "linux/xfrm",
        "linux/virtio_crypto", "linux/virtio_gpu", "linux/cdrom", "linux/usb/ch9", "linux/usb/cdc",
        "linux/firewire-cdev", "linux/openvswitch", "linux/if_link", "linux/pfkeyv2", "linux/rds",
        "linux/io_uring", "linux/cryptouser", "linux/wireless", "linux/if_bridge", "linux/hyperv",
        "linux/gfs2_ondisk", "linux/nilfs2_ondisk", "linux/gpio", "linux/uhid", "linux/rtnetlink",
        "linux/ipmi", "linux/input", "linux/usbdevice_fs", "linux/pkt_cls", "linux/inet_diag",
        "linux/virtio_net", "linux/vboxguest", "linux/if_packet", "linux/rkisp1-config",
        "linux/acrn", "linux/omap3isp", "linux/batadv_packet", "linux/usb/video", "linux/vduse",
        "linux/usb/audio", "linux/rio_mport_cdev", "rdma/ib_user_verbs", "rdma/rdma_user_cm",
        "rdma/mlx5-abi", "rdma/mlx4-abi", "rdma/irdma-abi", "sound/asound", "sound/asequencer",
        "sound/asoc", "misc/habanalabs",
    ]

    private static let compared = 1_000

    /// A program with debugging information of all structures it knows of, used or not.
    private func image(in scratch: ScratchDirectory) async throws -> String {
        let includes = Self.headers.map { header in
            "#if __has_include(<\(header).h>)\n#include <\(header).h>\n#endif\n"
        }
        let basics = ["stdint", "stddef", "sys/types", "sys/socket", "netinet/in"]
            .map { "#include <\($0).h>\n" }
        let source = (basics + includes).joined() + "int main(void) { return 0; }\n"
        try scratch.write(source, to: "program.c")
        let options = ["-g", "-fno-eliminate-unused-debug-types", "program.c", "-o", "vmlinux"]
        try await run(Tool.path("gcc") ?? "", options, directory: scratch.path).check()
        return scratch.file("vmlinux")
    }

    /// Named structures and unions by name: the size and the members of each, in bpftool's words.
    private func layouts(of types: BTF) throws -> [String: [String]] {
        var layouts: [String: [String]] = [:]
        for number in 1..<types.typeCount {
            let type = try types.type(BTFTypeID(UInt32(number)))
            guard type.kind.isComposite, !type.isAnonymous else { continue }
            var layout = "size=\(type.size) vlen=\(type.count)"
            for member in types.members(of: type) {
                let name =
                    member.nameOffset == 0 ? "(anon)" : try types.text(at: member.nameOffset)
                layout += "\n'\(name)' bits_offset=\(member.bitOffset)"
                if member.bitFieldSize > 0 { layout += " bitfield_size=\(member.bitFieldSize)" }
            }
            layouts[try types.text(at: type.nameOffset), default: []].append(layout)
        }
        return layouts.mapValues { $0.sorted() }
    }

    private func layouts(dumped dump: String) -> [String: [String]] {
        var layouts: [String: [String]] = [:]
        var current: String?
        for line in dump.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            if line.hasPrefix("\t"), let current, var layout = layouts[current]?.popLast() {
                // Without the number of the type, which depends on the options.
                layout += "\n" + words[0].dropFirst() + " " + words[2...].joined(separator: " ")
                layouts[current]?.append(layout)
            } else if ["STRUCT", "UNION"].contains(words[1]), words[2] != "'(anon)'" {
                let name = String(words[2].dropFirst().dropLast())
                layouts[name, default: []].append(words[3...].joined(separator: " "))
                current = name
            } else {
                current = nil
            }
        }
        return layouts.mapValues { $0.sorted() }
    }

    @Test func `a thousand structures have the layout pahole gave them`() async throws {
        let scratch = try ScratchDirectory()
        try await check(image: try await image(in: scratch), scratch)
    }

    /// Compares the structures that are generated for an image with those that pahole makes of it.
    ///
    /// - Returns: Where the generated types are.
    @discardableResult
    private func check(image: String, _ scratch: ScratchDirectory) async throws -> String {
        let file = scratch.file("own.btf")
        let own = try layouts(
            of: TypesGenerator.generate(from: FilePath(image), to: FilePath(file)))
        let other = scratch.file("other.btf")
        try await run(
            Tool.path("pahole") ?? "", ["--btf_encode_detached=\(other)", image],
            within: .seconds(180)
        ).check()
        let dump = try await run(
            Tool.path("bpftool") ?? "", ["btf", "dump", "file", other, "format", "raw"]
        ).check().standardOutput
        let expected = layouts(dumped: dump)

        #expect(own.count == expected.count)
        try #require(expected.count >= Self.compared)
        var generator = SeededGenerator()
        let sample = expected.keys.sorted().shuffled(using: &generator).prefix(Self.compared)
        let different = sample.filter { own[$0] != expected[$0] }
        #expect(different == [], "seed \(generator.seed)")
        return file
    }

    /// A kernel without types of its own (scripts/kernel-without-btf): its debugging information has
    /// them, and libbpf fits the programs of uprof to them.
    @Suite struct KernelMatrix {
        private static let image = "5.10-without-btf"

        @Test(
            .enabled(
                if: OtherKernel(image).capability.isAvailable,
                "\(OtherKernel(image).capability.reason)"))
        func `a kernel's structures have the layout pahole gave them`() async throws {
            let scratch = try ScratchDirectory()
            let folder = FilePath(try await OtherKernel(Self.image).image()).removingLastComponent()
            let types = try await GeneratedLayoutTests().check(
                image: folder.appending("vmlinux").string, scratch)
            for name in ["attach-legacy", "record-legacy", "record"] {
                let object = "\(TestTarget.packageDirectory)/bpf/build/\(name).bpf.o"
                #expect(try await !CoreObjects.tags(object: object, types: types).isEmpty)
            }
        }
    }
}
