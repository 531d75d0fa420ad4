#include "CPages.h"

#pragma clang diagnostic ignored "-Wc23-extensions" // #embed

static const unsigned char svg_style[] = {
#embed "svg/flamegraph.css"
};

static const unsigned char svg_script[] = {
#embed "svg/flamegraph.js"
};

static const unsigned char page_body[] = {
#embed "html/page.html"
};

static const unsigned char page_style[] = {
#embed "html/page.css"
};

// The order is that of use: each file knows only those above it.
static const unsigned char page_script[] = {
#embed "html/data.js"
    ,
#embed "html/tree.js"
    ,
#embed "html/color.js"
    ,
#embed "html/graph.js"
    ,
#embed "html/tables.js"
    ,
#embed "html/search.js"
    ,
#embed "html/views.js"
    ,
#embed "html/input.js"
    ,
#embed "html/app.js"
};

const unsigned char *const uprof_svg_style = svg_style;
const size_t uprof_svg_style_size = sizeof(svg_style);
const unsigned char *const uprof_svg_script = svg_script;
const size_t uprof_svg_script_size = sizeof(svg_script);
const unsigned char *const uprof_page_body = page_body;
const size_t uprof_page_body_size = sizeof(page_body);
const unsigned char *const uprof_page_style = page_style;
const size_t uprof_page_style_size = sizeof(page_style);
const unsigned char *const uprof_page_script = page_script;
const size_t uprof_page_script_size = sizeof(page_script);
