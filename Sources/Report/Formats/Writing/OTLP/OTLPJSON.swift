/// A profile as OTLP's `ProfilesData` (opentelemetry-proto 1.10, `v1development`) in the JSON of
/// protocol buffers: integers of 64 bits are strings, and zeros are left out.
package struct OTLPJSON: Renderer {
    /// OTLP's JSON.
    package init() {}

    package func render(_ profile: StackProfile) -> String {
        let profiles = OTLPProfiles(profile)
        var writer = JSONWriter()
        writer.object { writer in
            writer.array("resourceProfiles", of: [profiles]) { writer, profiles in
                writer.object("resource") { _ in }
                writer.array("scopeProfiles", of: [profiles]) { writer, profiles in
                    writer.object("scope") { $0.member("name", "uprof") }
                    let indices = Array(profiles.profile.valueKinds.indices)
                    writer.array("profiles", of: indices) { Self.write(&$0, profiles, $1) }
                }
            }
            writer.object("dictionary") { Self.write(&$0, profiles.dictionary) }
        }
        return writer.text + "\n"
    }

    private static func write(_ writer: inout JSONWriter, _ profiles: OTLPProfiles, _ index: Int) {
        let recording = profiles.profile.recording
        writer.object("sampleType") { write(&$0, profiles.types[index]) }
        let samples = zip(profiles.profile.samples, profiles.samples).filter {
            $0.0.values[index] != 0
        }
        writer.array("samples", of: samples) { writer, pair in
            writer.member("stackIndex", pair.1.stack)
            if !pair.1.attributes.isEmpty {
                writer.array("attributeIndices", numbers: pair.1.attributes)
            }
            let value = min(pair.0.values[index], UInt64(Int64.max))
            writer.array("values", strings: [String(value)])
        }
        write(&writer, "timeUnixNano", recording.startNanoseconds)
        write(&writer, "durationNano", recording.durationNanoseconds)
        writer.object("periodType") { write(&$0, profiles.periodType) }
        write(&writer, "period", recording.period)
        if !profiles.attributes.isEmpty {
            writer.array("attributeIndices", numbers: profiles.attributes)
        }
    }

    private static func write(_ writer: inout JSONWriter, _ type: (type: Int, unit: Int)) {
        writer.member("typeStrindex", type.type)
        writer.member("unitStrindex", type.unit)
    }

    /// An integer of 64 bits.
    private static func write(_ writer: inout JSONWriter, _ key: String, _ value: UInt64?) {
        if let value, value != 0 { writer.member(key, String(value)) }
    }

    private static func write(_ writer: inout JSONWriter, _ dictionary: OTLPDictionary) {
        writer.array("mappingTable", of: dictionary.mappings.elements) { writer, mapping in
            write(&writer, "memoryStart", mapping.start)
            write(&writer, "memoryLimit", mapping.limit)
            write(&writer, "fileOffset", mapping.fileOffset)
            writer.member("filenameStrindex", mapping.file)
            writer.array("attributeIndices", numbers: mapping.attributes)
        }
        writer.array("locationTable", of: dictionary.locations.elements) { writer, location in
            writer.member("mappingIndex", location.mapping)
            write(&writer, "address", location.address)
            writer.array("lines", of: location.lines) { writer, line in
                writer.member("functionIndex", line.function)
                write(&writer, "line", line.line)
            }
            writer.array("attributeIndices", numbers: location.attributes)
        }
        writer.array("functionTable", of: dictionary.functions.elements) { writer, function in
            writer.member("nameStrindex", function.name)
            writer.member("systemNameStrindex", function.systemName)
            writer.member("filenameStrindex", function.file)
        }
        writer.array("linkTable", of: [0]) { _, _ in }
        writer.array("stringTable", strings: dictionary.strings.elements)
        writer.array("attributeTable", of: dictionary.attributes.elements, write)
        writer.array("stackTable", of: dictionary.stacks.elements) { writer, stack in
            writer.array("locationIndices", numbers: stack)
        }
    }

    private static func write(
        _ writer: inout JSONWriter, _ attribute: OTLPDictionary.Attribute
    ) {
        writer.member("keyStrindex", attribute.key)
        switch attribute.value {
        case .none: break
        case .text(let text): writer.object("value") { $0.member("stringValue", text) }
        case .number(let number):
            writer.object("value") { $0.member("intValue", String(number)) }
        }
        writer.member("unitStrindex", attribute.unit)
    }
}
