/// A profile as OTLP's `ProfilesData` (opentelemetry-proto 1.10, `v1development`), a message of
/// protocol buffers. The numbers are those of the fields in `profiles.proto`.
package struct OTLPProtobuf: BinaryRenderer {
    /// OTLP's binary format.
    package init() {}

    package func bytes(_ profile: StackProfile) -> [UInt8] {
        let profiles = OTLPProfiles(profile)
        var scope = ProtobufWriter()
        scope.field(1, Self.scope)
        for index in profile.valueKinds.indices {
            scope.field(2, Self.message(profiles, index))
        }
        var resource = ProtobufWriter()
        resource.field(1, ProtobufWriter())
        resource.field(2, scope)
        var data = ProtobufWriter()
        data.field(1, resource)
        data.field(2, Self.message(profiles.dictionary))
        return data.bytes
    }

    private static var scope: ProtobufWriter {
        var writer = ProtobufWriter()
        writer.field(1, text: "uprof")
        return writer
    }

    private static func message(_ profiles: OTLPProfiles, _ index: Int) -> ProtobufWriter {
        let recording = profiles.profile.recording
        var writer = ProtobufWriter()
        writer.field(1, message(profiles.types[index]))
        for (sample, entry) in zip(profiles.profile.samples, profiles.samples)
        where sample.values[index] != 0 {
            var message = ProtobufWriter()
            message.field(1, UInt64(entry.stack))
            message.field(2, packed: entry.attributes.map(UInt64.init))
            message.field(4, packed: [min(sample.values[index], UInt64(Int64.max))])
            writer.field(2, message)
        }
        writer.field(3, fixed: recording.startNanoseconds ?? 0)
        writer.field(4, recording.durationNanoseconds ?? 0)
        writer.field(5, message(profiles.periodType))
        writer.field(6, min(recording.period ?? 0, UInt64(Int64.max)))
        writer.field(11, packed: profiles.attributes.map(UInt64.init))
        return writer
    }

    private static func message(_ type: (type: Int, unit: Int)) -> ProtobufWriter {
        var writer = ProtobufWriter()
        writer.field(1, UInt64(type.type))
        writer.field(2, UInt64(type.unit))
        return writer
    }

    private static func message(_ dictionary: OTLPDictionary) -> ProtobufWriter {
        var writer = ProtobufWriter()
        for mapping in dictionary.mappings.elements { writer.field(1, message(mapping)) }
        for location in dictionary.locations.elements { writer.field(2, message(location)) }
        for function in dictionary.functions.elements { writer.field(3, message(function)) }
        writer.field(4, ProtobufWriter())  // The zero value of links, of which there are none.
        for string in dictionary.strings.elements { writer.field(5, text: string) }
        for attribute in dictionary.attributes.elements { writer.field(6, message(attribute)) }
        for stack in dictionary.stacks.elements {
            var message = ProtobufWriter()
            message.field(1, packed: stack.map(UInt64.init))
            writer.field(7, message)
        }
        return writer
    }

    private static func message(_ mapping: OTLPDictionary.Mapping) -> ProtobufWriter {
        var writer = ProtobufWriter()
        writer.field(1, mapping.start)
        writer.field(2, mapping.limit)
        writer.field(3, mapping.fileOffset)
        writer.field(4, UInt64(mapping.file))
        writer.field(5, packed: mapping.attributes.map(UInt64.init))
        return writer
    }

    private static func message(_ location: OTLPDictionary.Location) -> ProtobufWriter {
        var writer = ProtobufWriter()
        writer.field(1, UInt64(location.mapping))
        writer.field(2, location.address)
        for line in location.lines {
            var message = ProtobufWriter()
            message.field(1, UInt64(line.function))
            message.field(2, line.line)
            writer.field(3, message)
        }
        writer.field(4, packed: location.attributes.map(UInt64.init))
        return writer
    }

    private static func message(_ function: OTLPDictionary.Function) -> ProtobufWriter {
        var writer = ProtobufWriter()
        writer.field(1, UInt64(function.name))
        writer.field(2, UInt64(function.systemName))
        writer.field(3, UInt64(function.file))
        return writer
    }

    private static func message(_ attribute: OTLPDictionary.Attribute) -> ProtobufWriter {
        var writer = ProtobufWriter()
        writer.field(1, UInt64(attribute.key))
        switch attribute.value {
        case .none: break
        case .text(let text):
            var value = ProtobufWriter()
            value.field(1, text: text)
            writer.field(2, value)
        case .number(let number):
            var value = ProtobufWriter()
            value.oneof(3, UInt64(bitPattern: number))
            writer.field(2, value)
        }
        writer.field(3, UInt64(attribute.unit))
        return writer
    }
}
