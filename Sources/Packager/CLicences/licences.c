#include "CLicences.h"

#pragma clang diagnostic ignored "-Wc23-extensions" // #embed

static const unsigned char licence[] = {
#embed "../../../LICENSE"
};

const unsigned char *const uprof_licence = licence;
const size_t uprof_licence_size = sizeof(licence);

static const unsigned char library_licences[] = {
#embed "libraries.txt"
};

const unsigned char *const uprof_library_licences = library_licences;
const size_t uprof_library_licences_size = sizeof(library_licences);
