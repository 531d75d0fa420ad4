internal import Bytes
internal import Packager
internal import Profiler
internal import Symbolizer

extension ObjectConfiguration {
    /// What a manifest says of an object, with what the user has chosen; without that, only to be
    /// looked at.
    ///
    /// - Throws: `ObjectError` if what was chosen makes a place none.
    init(
        _ manifest: ObjectManifest, name: String, object: MappedFile,
        arguments: ObjectArguments? = nil
    ) throws {
        let texts = arguments?.values.mapValues(\.text)
        self.init(
            name: name, object: object,
            programs: try manifest.programs.map { try ObjectProgram($0, texts) },
            maps: manifest.maps.map(ObjectMap.init),
            settings: manifest.parameters.compactMap { parameter in
                ObjectSetting(parameter, value: arguments?.values[parameter.name])
            })
        durationNanoseconds = arguments?.durationNanoseconds
        process = manifest.parameters.first { $0.kind == .process }
            .flatMap { arguments?.values[$0.name] }.flatMap { value in
                if case .number(let id) = value, id > 0 {
                    ProcessID(Int32(clamping: id))
                } else {
                    nil
                }
            }
    }
}

extension ObjectProgram {
    fileprivate init(_ program: ManifestProgram, _ texts: [String: String]?) throws {
        self.init(
            name: program.name,
            places: try program.places.map { place in
                guard let texts else { return ProgramPlace(place) }
                guard let filled = place.filled(with: texts) else {
                    throw ObjectError.unavailable(
                        "program \(program.name): with these options, \(place) is no place")
                }
                return ProgramPlace(filled)
            }, isRequired: program.isRequired, alternativeTo: program.alternativeTo)
    }
}

extension ProgramPlace {
    /// A place that is named in full; one to be looked at only can still ask for parameters.
    fileprivate init(_ place: AttachPoint) {
        let (container, name) = (place.container, place.name)
        switch place.kind {
        case .tracepoint: self = .tracepoint(category: container, name: name)
        case .rawTracepoint: self = .rawTracepoint(name)
        case .kernelFunction: self = .kernelFunction(name, atReturn: false)
        case .kernelFunctionReturn: self = .kernelFunction(name, atReturn: true)
        case .function: self = .function(file: container, name: name, atReturn: false)
        case .functionReturn: self = .function(file: container, name: name, atReturn: true)
        case .sample: self = .sample(place.timesASecond ?? 1)
        }
    }
}

extension ObjectMap {
    fileprivate init(_ map: ManifestMap) {
        let style: Style =
            switch map.style {
            case .table: .table(limit: map.limit)
            case .histogram: .histogram(unit: map.unit)
            case .events: .events(type: map.event ?? "", countsLosses: map.lost != nil)
            case .losses: .losses
            }
        self.init(
            name: map.name, style: style, title: map.title,
            columns: map.columns.map { column in
                Column(
                    field: column.field, title: column.title, format: Format(column.format))
            })
    }
}

extension ObjectMap.Format {
    fileprivate init(_ format: ManifestMap.Column.Format) {
        switch format {
        case .plain: self = .plain
        case .hexadecimal: self = .hexadecimal
        case .duration: self = .duration
        case .time: self = .time
        case .text: self = .text
        case .words: self = .words
        }
    }
}

extension ObjectSetting {
    /// Nil if the object itself is not concerned.
    fileprivate init?(_ parameter: ManifestParameter, value: ParameterValue?) {
        let destination: Destination
        switch parameter.destination {
        case nil: return nil
        case .variable(let name)?: destination = .variable(name)
        case .map(let name, let field)?: destination = .map(name, field: field)
        }
        let setting: Value? =
            switch value {
            case nil: nil
            case .number(let number)?: .number(number)
            case .text(let text)?: .text(text)
            }
        self.init(
            name: parameter.name, destination: destination, value: setting,
            isText: parameter.kind == .string)
    }
}
