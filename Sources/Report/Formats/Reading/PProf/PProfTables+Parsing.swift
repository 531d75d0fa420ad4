internal import Bytes

extension PProfTables {
    /// Reads a profile; the numbers are those of the fields in `profile.proto`.
    ///
    /// - Throws: What is wrong with the bytes.
    init(parsing bytes: RawSpan) throws {
        var reader = ProtobufReader(bytes)
        while !reader.isAtEnd {
            let field = try reader.next()
            switch field.number {
            case 1: sampleTypes.append(try ValueType(parsing: field.bytes))
            case 2: samples.append(try Sample(parsing: field.bytes))
            case 3: mappings.append(try Mapping(parsing: field.bytes))
            case 4: locations.append(try Location(parsing: field.bytes))
            case 5: functions.append(try Function(parsing: field.bytes))
            case 6: strings.append(field.bytes.text)
            case 9: timeNanoseconds = field.value
            case 10: durationNanoseconds = field.value
            case 11: periodType = try ValueType(parsing: field.bytes)
            case 12: period = field.value
            case 13: comments += try field.numbers()
            case 14: defaultSampleType = field.value
            default: break
            }
        }
    }
}

extension PProfTables.ValueType {
    fileprivate init(parsing bytes: RawSpan) throws {
        var reader = ProtobufReader(bytes)
        while !reader.isAtEnd {
            let field = try reader.next()
            switch field.number {
            case 1: type = field.value
            case 2: unit = field.value
            default: break
            }
        }
    }
}

extension PProfTables.Sample {
    fileprivate init(parsing bytes: RawSpan) throws {
        var reader = ProtobufReader(bytes)
        while !reader.isAtEnd {
            let field = try reader.next()
            switch field.number {
            case 1: locations += try field.numbers()
            case 2: values += try field.numbers()
            case 3: labels.append(try PProfTables.Label(parsing: field.bytes))
            default: break
            }
        }
    }
}

extension PProfTables.Label {
    fileprivate init(parsing bytes: RawSpan) throws {
        var reader = ProtobufReader(bytes)
        while !reader.isAtEnd {
            let field = try reader.next()
            switch field.number {
            case 1: key = field.value
            case 2: text = field.value
            case 3: number = field.signed
            case 4: unit = field.value
            default: break
            }
        }
    }
}

extension PProfTables.Mapping {
    fileprivate init(parsing bytes: RawSpan) throws {
        var reader = ProtobufReader(bytes)
        while !reader.isAtEnd {
            let field = try reader.next()
            switch field.number {
            case 1: id = field.value
            case 2: start = field.value
            case 3: limit = field.value
            case 4: offset = field.value
            case 5: file = field.value
            case 6: buildID = field.value
            default: break
            }
        }
    }
}

extension PProfTables.Location {
    fileprivate init(parsing bytes: RawSpan) throws {
        var reader = ProtobufReader(bytes)
        while !reader.isAtEnd {
            let field = try reader.next()
            switch field.number {
            case 1: id = field.value
            case 2: mapping = field.value
            case 3: address = field.value
            case 4: lines.append(try Self.line(parsing: field.bytes))
            default: break
            }
        }
    }

    private static func line(parsing bytes: RawSpan) throws -> (function: UInt64, line: UInt64) {
        var line: (function: UInt64, line: UInt64) = (0, 0)
        var reader = ProtobufReader(bytes)
        while !reader.isAtEnd {
            let field = try reader.next()
            switch field.number {
            case 1: line.function = field.value
            case 2: line.line = field.value
            default: break
            }
        }
        return line
    }
}

extension PProfTables.Function {
    fileprivate init(parsing bytes: RawSpan) throws {
        var reader = ProtobufReader(bytes)
        while !reader.isAtEnd {
            let field = try reader.next()
            switch field.number {
            case 1: id = field.value
            case 2: name = field.value
            case 3: systemName = field.value
            case 4: file = field.value
            default: break
            }
        }
    }
}
