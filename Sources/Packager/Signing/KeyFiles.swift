internal import Bytes
internal import Glibc
internal import SystemPackage

/// Key files on disk: who may read them, and that none is overwritten.
package enum KeyFiles {
    /// What other users may not do with a secret key.
    private static let othersMode: mode_t = 0o077

    /// Reads a public key: a file, or the one line of base64 in it.
    ///
    /// - Throws: `SigningError`.
    package static func publicKey(_ place: String) throws(SigningError) -> PublicKey {
        if access(place, F_OK) != 0, let key = try? PublicKey(parsing: place, file: place) {
            return key
        }
        return try PublicKey(parsing: text(of: try map(place)), file: place)
    }

    /// Reads the file of a secret key that nobody else can read.
    ///
    /// - Throws: `SigningError`.
    package static func secretKey(_ path: String) throws(SigningError) -> SecretKeyFile {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw .file(path, Errno(rawValue: errno).description)
        }
        guard status.st_mode & othersMode == 0 else { throw .open(file: path) }
        return try SecretKeyFile(parsing: text(of: try map(path)), file: path)
    }

    /// Writes a new pair: `NAME.key`, for its owner alone, and `NAME.pub`.
    ///
    /// - Throws: `SigningError.file` if one of them is there already; none is written then.
    package static func write(
        _ secret: SecretKeyFile, _ key: PublicKey, name: String
    ) throws(SigningError) {
        let (secretPath, publicPath) = ("\(name).key", "\(name).pub")
        for path in [secretPath, publicPath] where access(path, F_OK) == 0 {
            throw .file(path, "is there already; a key is not overwritten")
        }
        try write(secret.text, to: secretPath, mode: 0o600)
        do {
            try write(key.text, to: publicPath, mode: 0o644)
        } catch {
            unlink(secretPath)
            throw error
        }
    }

    private static func write(
        _ text: String, to path: String, mode: CModeT
    ) throws(SigningError) {
        do {
            let descriptor = try FileDescriptor.open(
                FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: FilePermissions(rawValue: mode))
            try descriptor.closeAfter { _ = try descriptor.writeAll(text.utf8) }
        } catch {
            throw .file(path, "\(error)")
        }
    }

    private static func map(_ path: String) throws(SigningError) -> MappedFile {
        do {
            return try MappedFile(path: FilePath(path))
        } catch {
            throw .file(path, "\(error)")
        }
    }

    private static func text(of file: MappedFile) -> String {
        // Key files have two short lines.
        file.bytes.extracting(first: min(file.bytes.byteCount, 4_096)).text
    }
}
