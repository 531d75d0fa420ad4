// The scripts and style sheets of flame graphs, as data of this executable.
#ifndef UPROF_CPAGES_H
#define UPROF_CPAGES_H

#include <stddef.h>

/// svg/flamegraph.css.
extern const unsigned char *const uprof_svg_style;
extern const size_t uprof_svg_style_size;
/// svg/flamegraph.js.
extern const unsigned char *const uprof_svg_script;
extern const size_t uprof_svg_script_size;
/// html/page.html.
extern const unsigned char *const uprof_page_body;
extern const size_t uprof_page_body_size;
/// html/page.css.
extern const unsigned char *const uprof_page_style;
extern const size_t uprof_page_style_size;
/// html/*.js, one after the other.
extern const unsigned char *const uprof_page_script;
extern const size_t uprof_page_script_size;

#endif
