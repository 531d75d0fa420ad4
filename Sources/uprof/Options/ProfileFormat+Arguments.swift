internal import ArgumentParser
internal import Report

extension ProfileFormat: ExpressibleByArgument {}
