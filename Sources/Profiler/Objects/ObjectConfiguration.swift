package import Bytes
package import Symbolizer
package import SystemPackage

/// What is run of a BPF object of others.
package struct ObjectConfiguration {
    /// What it is called.
    package let name: String
    /// The object file.
    package let object: MappedFile
    /// Which programs run where, in the order they are attached in.
    package let programs: [ObjectProgram]
    /// Which maps are shown, and how.
    package let maps: [ObjectMap]
    /// What is put into the object before it runs.
    package let settings: [ObjectSetting]
    /// The types of this kernel; its own where nil.
    package var types: FilePath?
    /// The only process whose functions are probed, and with which it ends; nil for all.
    package var process: ProcessID?
    /// How long it runs; until a signal where nil.
    package var durationNanoseconds: UInt64?

    /// Describes a run.
    package init(
        name: String, object: MappedFile, programs: [ObjectProgram], maps: [ObjectMap],
        settings: [ObjectSetting]
    ) {
        self.name = name
        self.object = object
        self.programs = programs
        self.maps = maps
        self.settings = settings
    }
}
