extension FlameTree {
    /// A frame, with what its name tells where nothing else is known.
    func frame(_ index: Int) -> Frame {
        guard details.isEmpty else { return details[index] }
        return AnnotatedName(names.text(of: index)).frame
    }

    /// Whether a frame comes before another one: by their names, bytewise.
    func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
        let order = names.order(Int(left), Int(right))
        guard order == 0, !details.isEmpty else { return order < 0 }
        let (left, right) = (details[Int(left)], details[Int(right)])
        return (left.module, left.kind.rawValue) < (right.module, right.kind.rawValue)
    }
}
