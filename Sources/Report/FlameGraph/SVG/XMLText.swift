/// Text inside XML.
enum XMLText {
    /// The text with everything replaced that XML 1.0 does not allow or gives a meaning.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in HarmlessText.of(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
